//! Words for times and the article's day enter; TIMEX3 values (TimeML 1.2.1, ISO 8601) with their first day leave.

use jiff::{ToSpan, civil::Date};

/// What a time expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// `2025-07-10`, `2025-07`, `2025`, `2025-W28`, `2025-W28-WE`, `2025-Q2`, `2025-SU`, `199`, `A/B`.
    pub text: String,
    /// Its first day.
    pub day: Date,
    /// Its last day.
    pub end: Date,
}

/// Which of several days of the same name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The last one, the article's day included.
    Past,
    /// The next one, the article's day included.
    Future,
    /// Before the article's day.
    Last,
    /// After it.
    Next,
    /// The nearest.
    Near,
}

pub fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub fn of_day(day: Date) -> Value {
    Value { text: day.strftime("%Y-%m-%d").to_string(), day, end: day }
}

/// A period of some months.
fn months(text: String, day: Date, count: i64) -> Value {
    Value { text, day, end: shift(shift_months(day, count), -1) }
}

pub fn of_month(year: i16, month: i8) -> Option<Value> {
    Some(months(format!("{year:04}-{month:02}"), date(year, month, 1)?, 1))
}

pub fn of_year(year: i16) -> Option<Value> {
    Some(months(format!("{year:04}"), date(year, 1, 1)?, 12))
}

pub fn of_decade(year: i16) -> Option<Value> {
    Some(months(format!("{:03}", year / 10), date(year - year.rem_euclid(10), 1, 1)?, 120))
}

/// The ISO 8601 week of a day.
pub fn of_week(day: Date) -> Value {
    let week = day.iso_week_date();
    let first = monday(day);
    Value { text: format!("{:04}-W{:02}", week.year(), week.week()), day: first, end: shift(first, 6) }
}

/// Saturday and Sunday of the week of a day.
pub fn of_weekend(day: Date) -> Value {
    let week = of_week(day);
    Value { text: format!("{}-WE", week.text), day: shift(week.day, 5), end: week.end }
}

pub fn of_quarter(year: i16, quarter: i8) -> Option<Value> {
    Some(months(format!("{year:04}-Q{quarter}"), date(year, quarter * 3 - 2, 1)?, 3))
}

pub fn of_half(year: i16, half: i8) -> Option<Value> {
    Some(months(format!("{year:04}-H{half}"), date(year, half * 6 - 5, 1)?, 6))
}

/// The 100 years that begin with `first`; TIMEX3 writes the two digits that they share.
pub fn of_century(first: i16) -> Option<Value> {
    Some(months(format!("{:02}", first / 100), date(first, 1, 1)?, 1200))
}

/// A season by its TIMEX3 code, with the meteorological month it begins in.
pub fn of_season(year: i16, season: &str) -> Option<Value> {
    let (code, month) = season_code(season)?;
    Some(months(format!("{year:04}-{code}"), date(year, month, 1)?, 3))
}

pub fn season_code(season: &str) -> Option<(&'static str, i8)> {
    Some(match season {
        "spring" => ("SP", 3),
        "summer" => ("SU", 6),
        "autumn" | "fall" => ("FA", 9),
        "winter" => ("WI", 12),
        _ => return None,
    })
}

pub fn between(from: &Value, to: &Value) -> Option<Value> {
    let text = || format!("{}/{}", from.text, to.text);
    (from.day <= to.day).then(|| Value { text: text(), day: from.day, end: to.end })
}

/// The day some days away; the same day where the calendar ends.
pub fn shift(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

pub fn shift_months(day: Date, months: i64) -> Date {
    day.checked_add(months.months()).unwrap_or(day)
}

fn monday(day: Date) -> Date {
    shift(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The weekday (0 is Monday) nearest to `day` on the side that is meant.
pub fn weekday(day: Date, offset: i8, side: Side) -> Date {
    let back = i64::from((day.weekday().to_monday_zero_offset() - offset).rem_euclid(7));
    match side {
        Side::Past => shift(day, -back),
        Side::Last => shift(day, if back == 0 { -7 } else { -back }),
        Side::Future if back == 0 => day,
        Side::Future | Side::Next => shift(day, 7 - back),
        Side::Near => shift(day, if back <= 3 { -back } else { 7 - back }),
    }
}

/// The year of a month and day that the text gives without one. Without a cue the nearest is meant; a cue decides
/// only where the nearest is more than 45 days away.
pub fn year_of(today: Date, month: i8, day: i8, side: Side) -> Option<i16> {
    let year = today.year();
    let candidates = [year - 1, year, year + 1].into_iter().filter_map(|y| date(y, month, day));
    let away = |d: Date| (d - today).get_days();
    let near = candidates.clone().min_by_key(|d| (away(*d).abs(), away(*d) > 0))?;
    let best = match side {
        // A cue does not turn what is only days away into what is a year away.
        Side::Past | Side::Future if away(near).abs() <= 45 => Some(near),
        Side::Past => candidates.filter(|d| *d <= today).max(),
        Side::Last => candidates.filter(|d| *d < today).max(),
        Side::Future => candidates.filter(|d| *d >= today).min(),
        Side::Next => candidates.filter(|d| *d > today).min(),
        Side::Near => Some(near),
    };
    best.map(|d| d.year())
}

/// The year of a month alone.
pub fn year_of_month(today: Date, month: i8, side: Side) -> i16 {
    let (year, now) = (today.year(), today.month());
    match side {
        Side::Past | Side::Near => year - i16::from(month > now),
        Side::Last => year - i16::from(month >= now),
        Side::Future => year + i16::from(month < now),
        Side::Next => year + i16::from(month <= now),
    }
}

pub fn month_number(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3)?.to_ascii_lowercase();
    NAMES.iter().position(|n| *n == head).map(|i| i as i8 + 1)
}

pub fn weekday_number(word: &str) -> Option<i8> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    NAMES.iter().position(|n| word.eq_ignore_ascii_case(n)).map(|i| i as i8)
}

/// Number words up to twelve, and digits up to 999.
pub fn count(word: &str) -> Option<i64> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an") {
        return Some(1);
    }
    let named = WORDS.iter().position(|w| word.eq_ignore_ascii_case(w)).map(|i| i as i64 + 1);
    named.or_else(|| word.parse().ok().filter(|n| (1..1000).contains(n)))
}
