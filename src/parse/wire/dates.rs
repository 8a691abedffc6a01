//! Text that starts with a date in; the day and the time it names out. Nothing is supplied that is not written.

use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};

use crate::{
    model::Moment,
    parse::wire::zones::{self, Zone},
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

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRead<'a> {
    pub time: Time,
    pub zone: Zone<'a>,
    pub length: usize,
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
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The month, counted from 1, that `word` names in full or in an abbreviation of three or four letters.
pub fn month(word: &str) -> Option<i8> {
    index_of(word, &MONTHS).map(|i| i as i8 + 1)
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

/// A reader that walks over a line.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip(&mut self, blanks: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(blanks).len();
    }

    /// The run of characters that `keep` accepts.
    fn run(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// A number of one to `most` digits.
    fn number(&mut self, most: usize) -> Option<(i32, usize)> {
        let digits = self.run(|c| c.is_ascii_digit());
        if digits.is_empty() || digits.len() > most {
            None
        } else {
            Some((digits.parse().ok()?, digits.len()))
        }
    }

    fn word(&mut self) -> &'a str {
        let start = self.at;
        self.run(char::is_alphabetic);
        if self.at > start {
            self.eat('.');
        }
        &self.text[start..self.at]
    }
}

const BLANKS: [char; 3] = [' ', '\t', '\u{A0}'];

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
    if cursor.word() == "of" {
        cursor.skip(&BLANKS);
    } else {
        cursor = before;
    }
    let month = month(cursor.word())?;
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

/// The time at the start of `text`, after `T`, `at`, commas, dashes and blanks: `18:12`, `18:12:00 UTC`,
/// `6:12 p.m. EDT`, `6.12pm`, `18:12 (UTC+3)`, `1812 GMT`.
pub fn time(text: &str) -> Option<TimeRead<'_>> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.skip(&[' ', '\t', '\u{A0}', ',', '-', '–', '|', '•', '·', '/', '(']);
    let before = cursor;
    if !matches!(cursor.word(), "T" | "at" | "At") {
        cursor = before;
    }
    cursor.skip(&BLANKS);
    let (mut hour, width) = cursor.number(4)?;
    let (mut minute, mut second) = (0, 0);
    let plain = width == 4;
    let mut minutes = plain;
    if plain {
        (hour, minute) = (hour / 100, hour % 100);
    } else if cursor.rest().starts_with(':') || clock_point(cursor.rest()) {
        cursor.at += 1;
        minute = cursor.number(2).filter(|(_, width)| *width == 2)?.0;
        minutes = true;
        if cursor.eat(':') {
            second = cursor.number(2)?.0;
            if cursor.eat('.') {
                cursor.run(|c| c.is_ascii_digit());
            }
        }
    }
    let half = half_of_day(&mut cursor);
    let at = cursor.at;
    let zone = zone(&mut cursor);
    let certain = half.is_some() || minutes && !plain || plain && zone != Zone::None;
    hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    let glued = cursor.rest().starts_with(char::is_alphanumeric);
    if !certain || glued && cursor.at == at {
        return None;
    }
    let part = |n: i32| i8::try_from(n).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    Some(TimeRead { time, zone, length: cursor.at })
}

/// A point between hour and minute: `6.12pm`, `18.12`.
fn clock_point(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    bytes.first() == Some(&b'.') && digit(1) && digit(2) && !digit(3) && bytes.get(3) != Some(&b'.')
}

/// `am` is false, `pm` true.
fn half_of_day(cursor: &mut Cursor<'_>) -> Option<bool> {
    let before = *cursor;
    cursor.skip(&BLANKS);
    let letter = cursor.run(|c| matches!(c, 'a' | 'p' | 'A' | 'P'));
    let point = cursor.eat('.');
    let half = (letter.len() == 1 && (cursor.eat('m') || cursor.eat('M')))
        .then(|| letter.eq_ignore_ascii_case("p"))
        .filter(|_| !cursor.rest().starts_with(char::is_alphanumeric));
    match half {
        Some(_) if point => {
            cursor.eat('.');
        }
        Some(_) => {}
        None => *cursor = before,
    }
    half
}

fn zone<'a>(cursor: &mut Cursor<'a>) -> Zone<'a> {
    let start = *cursor;
    cursor.skip(&BLANKS);
    let before = *cursor;
    if !matches!(cursor.word().to_ascii_lowercase().as_str(), "hrs" | "hrs." | "hours" | "h" | "h.") {
        *cursor = before;
    }
    cursor.skip(&[' ', '\t', '\u{A0}', '(']);
    let open = cursor.text[..cursor.at].ends_with('(');
    let name = cursor.run(|c| c.is_ascii_uppercase());
    let found = match name {
        "" => offset(cursor).map(Zone::Offset),
        "UTC" | "GMT" => Some(offset(cursor).map_or(Zone::Named(name), Zone::Offset)),
        name if zones::is_zone(name) => Some(Zone::Named(name)),
        _ => None,
    };
    match found {
        Some(zone) if !cursor.rest().starts_with(char::is_alphanumeric) => {
            if open {
                cursor.eat(')');
            }
            zone
        }
        _ => {
            *cursor = start;
            Zone::None
        }
    }
}

/// `+3`, `+03:00`, `-0400`, in seconds.
fn offset(cursor: &mut Cursor<'_>) -> Option<i32> {
    let before = *cursor;
    let sign = match cursor.rest().chars().next() {
        Some('+') => 1,
        Some('-' | '−') => -1,
        _ => return None,
    };
    cursor.at += cursor.rest().chars().next().map_or(0, char::len_utf8);
    let read = |cursor: &mut Cursor<'_>| {
        let (number, width) = cursor.number(4)?;
        let (hours, minutes) = match width {
            4 => (number / 100, number % 100),
            1 | 2 if cursor.eat(':') => (number, cursor.number(2)?.0),
            1 | 2 => (number, 0),
            _ => return None,
        };
        (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
    };
    let seconds = read(cursor);
    if seconds.is_none() {
        *cursor = before;
    }
    seconds
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
    let Some(time) = text.get(date.length..).and_then(time) else {
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
