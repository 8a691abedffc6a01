//! Text that starts with a date in; the day and the time it names out. Nothing is supplied that is not written.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    model::Moment,
    parse::wire::{
        clock,
        cursor::{BLANKS, Cursor},
        zones,
    },
};

/// A date as written. The year may be missing, and the day may not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRead {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    /// 0 to 100: less where day and month could change places.
    pub confidence: u8,
    /// Bytes read.
    pub length: usize,
}

impl DateRead {
    /// The day, with `year` where none is written; `None` when there is no such day.
    pub fn on(self, year: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(year), self.month, self.day).ok()
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Full names in French, German, Spanish, Italian, Portuguese, Dutch, Ukrainian and Russian, as they stand behind
/// a day. Shorter forms are left out: too many are words of English.
const ABROAD: [&str; 12] = [
    "janvier januar jänner enero gennaio janeiro januari січня января",
    "février fevrier februar febrero febbraio fevereiro februari лютого февраля",
    "mars märz marzo março maart березня марта",
    "avril april abril aprile квітня апреля",
    "mai mayo maggio maio mei травня мая",
    "juin juni junio giugno junho червня июня",
    "juillet juli julio luglio julho липня июля",
    "août aout august agosto augustus серпня августа",
    "septembre september septiembre settembre setembro вересня сентября",
    "octobre oktober octubre ottobre outubro жовтня октября",
    "novembre november noviembre novembro листопада ноября",
    "décembre dezember diciembre dicembre dezembro december грудня декабря",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month, counted from 1, that `word` names in full or in an abbreviation of three or four letters.
pub fn month(word: &str) -> Option<i8> {
    index_of(word, &MONTHS).map(|i| i as i8 + 1)
}

/// The month, counted from 1, that `word` names in another language.
fn month_abroad(word: &str) -> Option<i8> {
    let word = if word.len() <= 24 { word.to_lowercase() } else { return None };
    let position = ABROAD.iter().position(|names| names.split(' ').any(|name| name == word));
    position.map(|i| i as i8 + 1)
}

/// Whether `word` names a day of the week.
pub fn is_weekday(word: &str) -> bool {
    index_of(word, &DAYS).is_some()
}

fn index_of(word: &str, names: &[&str]) -> Option<usize> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let short = (3..=5).contains(&word.len());
    names.iter().position(|name| {
        name.eq_ignore_ascii_case(word)
            || short && name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
    })
}

/// The date at the very start of `text`: ISO 8601, `10-07-2025` (day first), `July 10, 2025`, `10 July 2025`,
/// each with a day of the week before it, the year optional where the month is a word.
pub fn date(text: &str) -> Option<DateRead> {
    let mut cursor = Cursor { text, at: 0 };
    let before = cursor;
    if is_weekday(cursor.word()) {
        cursor.skip(&[' ', ',', '\t', '\u{A0}']);
    } else {
        cursor = before;
    }
    let read = if cursor.rest().starts_with(|c: char| c.is_ascii_digit()) {
        numeric(cursor).or_else(|| day_month(cursor))
    } else {
        month_day(cursor)
    }?;
    let follows = text.get(read.length..)?.chars().next();
    let glued = follows.is_some_and(|c| c.is_alphanumeric() && c != 'T');
    (!glued).then_some(read)
}

fn numeric(mut cursor: Cursor<'_>) -> Option<DateRead> {
    let (first, width) = cursor.number(4)?;
    let separator = cursor.rest().chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '\u{2011}'))?;
    cursor.eat(separator);
    let (second, _) = cursor.number(2)?;
    if !cursor.eat(separator) {
        return None;
    }
    let (third, last) = cursor.number(4)?;
    let (year, month, day, confidence) = match (width, last) {
        (4, 1 | 2) => (first, second, third, 95),
        (1 | 2, 4) if second > 12 && first <= 12 => (third, first, second, 90),
        (1 | 2, 4) if first > 12 || first == second => (third, second, first, 95),
        (1 | 2, 4) if separator == '/' => (third, second, first, 55),
        (1 | 2, 4) => (third, second, first, 85),
        _ => return None,
    };
    made(Some(year), month, day, confidence, cursor.at)
}

/// `10 July 2025`, `10th of July, 2025`, `10 July`.
fn day_month(mut cursor: Cursor<'_>) -> Option<DateRead> {
    let (day, _) = cursor.number(2)?;
    ordinal(&mut cursor);
    cursor.skip(&[' ', '\t', '\u{A0}', '-']);
    let before = cursor;
    if matches!(cursor.word(), "of" | "de") {
        cursor.skip(&BLANKS);
    } else {
        cursor = before;
    }
    let word = cursor.word();
    let month = month(word).or_else(|| month_abroad(word))?;
    let before = cursor;
    cursor.skip(&BLANKS);
    if cursor.word() != "de" {
        cursor = before;
    }
    let year = year(&mut cursor);
    made(year, i32::from(month), day, 95, cursor.at)
}

/// `July 10, 2025`, `Jul. 10th 2025`, `July 10`.
fn month_day(mut cursor: Cursor<'_>) -> Option<DateRead> {
    let month = month(cursor.word())?;
    cursor.skip(&BLANKS);
    let (day, _) = cursor.number(2)?;
    ordinal(&mut cursor);
    let year = year(&mut cursor);
    made(year, i32::from(month), day, 95, cursor.at)
}

fn ordinal(cursor: &mut Cursor<'_>) {
    let rest = cursor.rest();
    if ["st", "nd", "rd", "th"].iter().any(|end| rest.starts_with(end)) {
        cursor.at += 2;
    } else if rest.starts_with(". ") {
        cursor.at += 1;
    }
}

fn year(cursor: &mut Cursor<'_>) -> Option<i32> {
    let before = *cursor;
    cursor.skip(&[' ', ',', '\t', '\u{A0}', '-']);
    match cursor.number(4) {
        Some((year, 4)) if (1500..2200).contains(&year) => Some(year),
        _ => {
            *cursor = before;
            None
        }
    }
}

fn made(year: Option<i32>, month: i32, day: i32, confidence: u8, length: usize) -> Option<DateRead> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let year = year.map(i16::try_from).transpose().ok()?;
    Some(DateRead { year, month, day, confidence, length })
}

/// A point in time and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    /// `None` when there is no such day, or no year is known.
    pub moment: Option<Moment>,
    pub confidence: u8,
    /// Why less than sure; empty otherwise.
    pub reason: &'static str,
    pub length: usize,
}

/// The date and time at the start of `text`. `site` is the site's zone, in which days are counted; `indian`
/// settles the abbreviation `IST`.
pub fn stamp(text: &str, site: &TimeZone, indian: bool) -> Option<Stamp> {
    let date = date(text)?;
    let sure = |moment: Option<Moment>, length: usize| {
        let reason = if date.confidence < 80 { "day and month might be the other way round" } else { "" };
        Stamp { moment, confidence: date.confidence, reason, length }
    };
    let Some(day) = date.year.and_then(|year| date.on(year)) else {
        return Some(sure(None, date.length));
    };
    let Some(time) = text.get(date.length..).and_then(clock::time) else {
        return Some(sure(Some(Moment::day(day)), date.length));
    };
    let length = date.length + time.length;
    match zones::instant(day.to_datetime(time.time), time.zone, site, indian) {
        Ok(instant) => {
            let day = site.to_datetime(instant).date();
            Some(sure(Some(Moment { day, time: Some(instant) }), length))
        }
        Err(reason) => Some(Stamp {
            moment: Some(Moment::day(day)),
            confidence: date.confidence.min(75),
            reason,
            length,
        }),
    }
}

/// A stamp that is a line by itself: no words stand before or after it.
pub fn whole(text: &str, site: &TimeZone, indian: bool) -> Option<Stamp> {
    let stamp = stamp(text, site, indian)?;
    text.get(stamp.length..)?.trim_matches([' ', '.', ',', '|', ')', '\u{A0}']).is_empty().then_some(stamp)
}

/// The day that a path names: in the file name (`2025-07-10-slug.txt`, `20250710-slug.txt`), or in its folders
/// (`2025/07/10/slug.txt`).
pub fn of_path(path: &str) -> Option<Date> {
    let name = path.rsplit('/').next().unwrap_or("");
    let read = |text: &str| -> Option<Date> {
        let mut cursor = Cursor { text, at: 0 };
        let digits = cursor.run(|c| c.is_ascii_digit());
        let (year, month, day) = match digits.len() {
            8 => (&digits[..4], &digits[4..6], &digits[6..]),
            4 => {
                let separator = cursor.run(|c| matches!(c, '-' | '_' | '.' | '/'));
                let month = cursor.run(|c| c.is_ascii_digit());
                let same = cursor.run(|c| matches!(c, '-' | '_' | '.' | '/')) == separator;
                let day = cursor.run(|c| c.is_ascii_digit());
                if !same || separator.len() != 1 || month.len() != 2 || day.len() != 2 {
                    return None;
                }
                (digits, month, day)
            }
            _ => return None,
        };
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let folders = path.len() - name.len();
    read(name).or_else(|| {
        let parts = path[..folders].match_indices('/').map(|(i, _)| i + 1);
        let mut starts: Vec<usize> = std::iter::once(0).chain(parts).collect();
        starts.reverse();
        starts.into_iter().find_map(|start| read(&path[start..]))
    })
}

/// The year that a path names, when it names no day: `2025/slug.txt`, `2025-slug.txt`.
pub fn year_of_path(path: &str) -> Option<i16> {
    let parts = path.split(['/', '-', '_', '.']);
    parts.filter(|p| p.len() == 4).filter_map(|p| p.parse().ok()).find(|y| (1900..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let check = |text: &str, expect: &str| {
            let read = date(text).map(|d| {
                let year = d.year.map_or("?".to_owned(), |y| y.to_string());
                format!("{year}-{}-{} +{}", d.month, d.day, text.len() - d.length)
            });
            assert_eq!(read.unwrap_or_default(), expect, "{text}");
        };
        check("2025-07-10 rest", "2025-7-10 +5");
        check("10-07-2025", "2025-7-10 +0");
        check("10.07.2025", "2025-7-10 +0");
        check("07/25/2025", "2025-7-25 +0");
        check("July 10, 2025", "2025-7-10 +0");
        check("Sept. 3", "?-9-3 +0");
        check("Thu, 10 Jul 2025 18:12", "2025-7-10 +6");
        check("10th of July", "?-7-10 +0");
        check("10. Juli 2025", "2025-7-10 +0");
        check("10 de julio de 2025", "2025-7-10 +0");
        check("10 août 2025", "2025-8-10 +0");
        check("10 липня 2025", "2025-7-10 +0");
        check("10 men", "");
        check("10 out of 12", "");
        check("May we", "");
        check("2025-07-101", "");
        check("1.2.3", "");
    }

    #[test]
    fn days_of_paths() {
        let check = |path: &str, expect: &str| {
            assert_eq!(of_path(path).map_or(String::new(), |d| d.to_string()), expect, "{path}");
        };
        check("content/2025-07-10-a.txt", "2025-07-10");
        check("content/2025_07_10.txt", "2025-07-10");
        check("content/20250710-a.txt", "2025-07-10");
        check("content/2025/07/10/a.txt", "2025-07-10");
        check("content/2025-07-10/a.txt", "2025-07-10");
        check("content/2025-07/a.txt", "");
        check("content/a-2025.txt", "");
        assert_eq!(year_of_path("content/2025/a.txt"), Some(2025));
        assert_eq!(year_of_path("content/a.txt"), None);
    }
}
