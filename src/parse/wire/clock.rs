//! Text that starts with a time of day in; the time and what it says of its zone out.

use jiff::civil::Time;

use crate::parse::wire::{
    cursor::{BLANKS, Cursor},
    zones::{self, Zone},
};

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRead<'a> {
    pub time: Time,
    pub zone: Zone<'a>,
    pub length: usize,
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
