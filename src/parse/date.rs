//! Dates and times as editors write them enter; a [`Moment`] leaves, or what is wrong and how to write it.
//!
//! Read are a day (ISO 8601 `YYYY-MM-DD`), RFC 3339 with `Z` or an offset, the looser timestamp of YAML 1.1
//! (`YYYY-MM-DD HH:MM:SS +2`), and a local time without an offset, which is of the site's zone.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, Offset, TimeZone},
};

use crate::model::Moment;

/// A date as given, before a zone is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Given {
    Day(Date),
    /// A wall clock in the site's zone.
    Local(DateTime),
    Instant(Timestamp),
}

/// What is wrong with a date: one sentence, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate {
    pub message: String,
    pub help: String,
}

const FORMS: &str = "write `YYYY-MM-DD`, or with a time `YYYY-MM-DDTHH:MM:SS+02:00`";

/// Reads a day, a local time or an instant.
pub fn parse(text: &str) -> Result<Given, BadDate> {
    let text = text.trim();
    let Some((head, rest)) = text.split_at_checked(10) else { return Err(no_date(text)) };
    let Some([year, month, day]) = digits(head, [4, 2, 2], b'-') else { return Err(no_date(text)) };
    let date = calendar(year, month, day)?;
    if rest.is_empty() {
        return Ok(Given::Day(date));
    }
    let bad = || BadDate {
        message: format!("`{}` is not a time of day", rest.trim()),
        help: "write `HH:MM` or `HH:MM:SS`, with `Z` or an offset such as `+02:00` where you know it".into(),
    };
    let clock = rest.strip_prefix(['T', 't', ' ']).ok_or_else(bad)?.trim_start();
    let end = clock.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(end);
    let time = time(clock).ok_or_else(bad)?;
    let local = DateTime::from_parts(date, time);
    match zone.trim() {
        "" => Ok(Given::Local(local)),
        zone => {
            let offset = offset(zone).ok_or_else(bad)?;
            offset.to_timestamp(local).map(Given::Instant).map_err(|_| bad())
        }
    }
}

/// Sets a date into the zone of the site. The text is a warning where the clocks change: a local time that does
/// not exist is moved forward, of one that comes twice the first is taken (RFC 5545, section 3.3.5).
pub fn moment(given: Given, zone: &TimeZone) -> (Moment, Option<String>) {
    let (local, instant) = match given {
        Given::Day(day) => return (Moment::day(day), None),
        Given::Local(local) => (local, None),
        Given::Instant(instant) => (zone.to_datetime(instant), Some(instant)),
    };
    if let Some(instant) = instant {
        return (Moment { day: local.date(), time: Some(instant) }, None);
    }
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let name = zone.iana_name().unwrap_or("the site's zone");
    let wall = local.strftime("%Y-%m-%d %H:%M");
    let warning = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => {
            Some(format!("`{wall}` does not exist in {name}: the clocks go forward over it"))
        }
        AmbiguousOffset::Fold { .. } => {
            Some(format!("`{wall}` comes twice in {name}, as the clocks go back; the first is taken"))
        }
    };
    let time = ambiguous.compatible().ok();
    (Moment { day: time.map_or(local.date(), |time| zone.to_datetime(time).date()), time }, warning)
}

/// Checks a day of a life or of an office: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, before Christ with a minus sign
/// (ISO 8601-1, 4.3.2: year 0 is 1 BC).
pub fn partial(text: &str) -> Result<(), BadDate> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let parts: Vec<&str> = plain.split('-').collect();
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let fields = match *parts {
        [year] => number(year, 4).map(|y| (y, 1, 1)),
        [year, month] => number(year, 4).zip(number(month, 2)).map(|(y, m)| (y, m, 1)),
        [year, month, day] => {
            number(year, 4).zip(number(month, 2)).zip(number(day, 2)).map(|((y, m), d)| (y, m, d))
        }
        _ => None,
    };
    let Some((year, month, day)) = fields else {
        let help = "write `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with a year of four digits".into();
        return Err(BadDate { message: format!("`{text}` is not a year, month or day"), help });
    };
    calendar(year, month, day).map(|_| ())
}

/// The day in the calendar, or how many days the month has.
fn calendar(year: i16, month: i16, day: i16) -> Result<Date, BadDate> {
    let narrow = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(year, narrow(month), narrow(day)).map_err(|_| BadDate {
        message: format!("`{year:04}-{month:02}-{day:02}` is not a day of the calendar"),
        help: match Date::new(year, narrow(month), 1) {
            Ok(first) => format!("{} has {} days", first.strftime("%B %Y"), first.days_in_month()),
            Err(_) => "months are numbered 01 to 12".into(),
        },
    })
}

/// Numbers of fixed widths with a sign between them.
fn digits<const N: usize>(text: &str, widths: [usize; N], between: u8) -> Option<[i16; N]> {
    let mut parts = text.split(char::from(between));
    let mut out = [0; N];
    for (slot, width) in out.iter_mut().zip(widths) {
        let part = parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))?;
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(out)
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`. A leap second is the last second of its minute.
fn time(text: &str) -> Option<Time> {
    let (clock, fraction) = text.split_once('.').map_or((text, ""), |(clock, fraction)| (clock, fraction));
    if text.contains('.') && (fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let [hour, minute, second] = match clock.len() {
        8 => digits(clock, [2, 2, 2], b':')?,
        _ if text.contains('.') => return None,
        _ => digits(clock, [2, 2], b':').map(|[h, m]| [h, m, 0])?,
    };
    let nanos: i32 = format!("{:0<9.9}", fraction).parse().ok()?;
    let second = if second == 60 { 59 } else { second };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, nanos).ok()
}

/// `Z`, `+02:00`, `+0200`, `+02` or `+2`.
fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z" | "UTC") {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let rest = rest.replacen(':', "", 1);
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match rest.len() {
        1 | 2 => (rest.parse::<i32>().ok()?, 0),
        4 => (rest[..2].parse::<i32>().ok()?, rest[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    (hours <= 23 && minutes <= 59)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())
        .flatten()
}

/// What is wrong with a text that does not begin as a date; numbers in the order year, month, day are set right.
fn no_date(text: &str) -> BadDate {
    let numbers: Vec<&str> = text.split(['-', '/', '.']).collect();
    let help = match *numbers {
        [year, month, day] if year.len() == 4 => {
            let right = format!("{year}-{month:0>2}-{day:0>2}");
            match digits(&right, [4, 2, 2], b'-').map(|[y, m, d]| calendar(y, m, d)) {
                Some(Ok(_)) => format!("write `{right}`"),
                _ => FORMS.into(),
            }
        }
        _ => FORMS.into(),
    };
    BadDate { message: format!("`{}` is not a date", shorten(text)), help }
}

/// At most forty characters, for a message.
pub fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dates() {
        let check = |input: &str, expect: &str| {
            let zone = TimeZone::get("Europe/Berlin").expect("bundled");
            let told = match parse(input) {
                Ok(given) => {
                    let (moment, warning) = moment(given, &zone);
                    let time = moment.time.map_or("-".to_owned(), |t| t.to_string());
                    format!("{} {time}{}", moment.day, warning.map_or("", |_| " warned"))
                }
                Err(bad) => format!("{} | {}", bad.message, bad.help),
            };
            assert_eq!(told, expect, "{input}");
        };
        check("1989-11-09", "1989-11-09 -");
        check("2025-07-10T23:30:00Z", "2025-07-11 2025-07-10T23:30:00Z");
        check("2025-07-10t23:30:00.25-04:00", "2025-07-11 2025-07-11T03:30:00.25Z");
        check("2025-07-10 08:15", "2025-07-10 2025-07-10T06:15:00Z");
        check("2025-07-10 08:15:30 +2", "2025-07-10 2025-07-10T06:15:30Z");
        check("2016-12-31T23:59:60Z", "2017-01-01 2016-12-31T23:59:59Z");
        check("2025-03-30 02:30", "2025-03-30 2025-03-30T01:30:00Z warned");
        check("2025-10-26 02:30", "2025-10-26 2025-10-26T00:30:00Z warned");
        check("1989-02-30", "`1989-02-30` is not a day of the calendar | February 1989 has 28 days");
        check("1989-13-01", "`1989-13-01` is not a day of the calendar | months are numbered 01 to 12");
        check("1989/11/9", "`1989/11/9` is not a date | write `1989-11-09`");
        check("9 Nov 1989", &format!("`9 Nov 1989` is not a date | {FORMS}"));
        check("ääääää", &format!("`ääääää` is not a date | {FORMS}"));
        let help = "write `HH:MM` or `HH:MM:SS`, with `Z` or an offset such as `+02:00` where you know it";
        check("2025-07-10 25:00", &format!("`25:00` is not a time of day | {help}"));
        check("2025-07-10T10:00:00+99:00", &format!("`T10:00:00+99:00` is not a time of day | {help}"));
        check("2025-07-10x", &format!("`x` is not a time of day | {help}"));
    }

    #[test]
    fn parts_of_dates() {
        let check = |input: &str, sound: bool| assert_eq!(partial(input).is_ok(), sound, "{input}");
        for sound in ["1934", "1934-12", "1934-12-15", "-0043-03-15", "2000-02-29"] {
            check(sound, true);
        }
        for bad in ["34", "1934-13", "1934-02-30", "c. 1934", "", "-", "1934-1-1", "１９３４"] {
            check(bad, false);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{0,12}[-+Zz0-9: ]{0,8}") {
            for text in [text, near] {
                let _ = partial(&text);
                if let Ok(given) = parse(&text) {
                    let _ = moment(given, &TimeZone::UTC);
                }
            }
        }
    }
}
