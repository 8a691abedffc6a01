//! Weekdays, `yesterday`, `last week`, `two years ago`, `in February` enter; their values, counted from the article's
//! day, leave.

use jiff::civil::Date;

use crate::annotate::{
    dates::{
        Found, Scope, anchored,
        calendar::{self, Side, Value},
        period,
    },
    words,
};

/// `Thursday`, `last Thursday`, `Thursday, July 10`, `Monday night`.
pub(crate) fn weekday(scope: &Scope, at: usize, free: usize) -> Found {
    let word = scope.word(at);
    let number = calendar::weekday_number(word)?;
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    // Feasts and shopping days; a family name; what happens week after week.
    if matches!(
        scope.previous(at, free),
        "Black"
            | "Good"
            | "Ash"
            | "Palm"
            | "Easter"
            | "Cyber"
            | "Bloody"
            | "Super"
            | "Holy"
            | "every"
            | "Every"
            | "each"
            | "Each"
    ) {
        return None;
    }
    // `Thursday, July 10, 2025`, `Thursday 10 July`: the date says more.
    let date = at + 1 + usize::from(scope.word(at + 1) == ",");
    let month = if scope.input.is(date, words::MONTH) {
        Some(date)
    } else if scope.day(date).is_some() && scope.input.is(date + 1, words::MONTH) {
        Some(date + 1)
    } else {
        None
    };
    if let Some(month) = month.filter(|m| scope.range.contains(m))
        && let Some((range, value)) = scope.month(month, date)
        && value.text.len() == 10
    {
        return Some((at..range.end, value));
    }
    let mut start = at;
    let side = match scope.previous(at, free) {
        "last" | "Last" | "previous" => {
            start -= 1;
            Side::Last
        }
        // `this past Thursday`, but not `lasted past Thursday`.
        "past" if on_past(scope, at, free) => {
            start -= 1 + usize::from(matches!(scope.previous(at - 1, free), "this" | "This" | "the" | "The"));
            Side::Last
        }
        "next" | "Next" => {
            start -= 1;
            Side::Next
        }
        "coming" => {
            start -= 1 + usize::from(matches!(scope.previous(at - 1, free), "this" | "This" | "the" | "The"));
            Side::Next
        }
        "this" | "This" => {
            start -= 1;
            if scope.side(at) == Side::Past { Side::Past } else { Side::Future }
        }
        // `By Sunday evening, 4,000 had fled`, `it had sunk by Sunday`.
        "by" | "By" if had(scope, at) => Side::Past,
        "until" | "Until" | "till" | "by" | "By" => Side::Future,
        "through" | "Through" if scope.side(at) != Side::Past => Side::Future,
        _ if scope.side(at) == Side::Future => Side::Future,
        _ => Side::Past,
    };
    let end = at + 1 + usize::from(is_part_of_day(scope.word(at + 1)));
    Some((start..end, calendar::of_day(calendar::weekday(scope.today, number, side))))
}

/// Whether the `past` before a weekday is an adjective: behind `this`, `the` or `on`, or at the head of the sentence.
fn on_past(scope: &Scope, at: usize, free: usize) -> bool {
    matches!(scope.previous(at - 1, free), "this" | "This" | "the" | "The" | "on" | "On" | "")
}

/// Whether the sentence speaks of what had been done, and of nothing to come.
fn had(scope: &Scope, at: usize) -> bool {
    let sentence = scope.input.sentence(at);
    let near = sentence.start.max(at.saturating_sub(12))..sentence.end.min(at + 12);
    near.clone().any(|t| scope.input.word(t) == "had")
        && !near.clone().any(|t| scope.input.is(t, words::FUTURE))
}

fn is_part_of_day(word: &str) -> bool {
    matches!(word, "morning" | "afternoon" | "evening" | "night")
}

/// A month without a day or year.
pub(crate) fn month(scope: &Scope, at: usize, month: i8, free: usize) -> Found {
    let before = scope.previous(at, free);
    let today = scope.today;
    let (start, side) = match before {
        "last" | "Last" => (at - 1, Side::Last),
        "next" | "Next" => (at - 1, Side::Next),
        "this" | "This" => return Some((at - 1..at + 1, calendar::of_month(today.year(), month)?)),
        // `that March`: of the year that was spoken of.
        "that" | "That" if scope.closed(at + 1) && scope.anchor(at).is_some() => {
            let year = scope.anchor(at)?.1.day.year();
            return Some((at - 1..at + 1, calendar::of_month(year, month)?));
        }
        "in" | "In" | "since" | "Since" | "by" | "By" | "from" | "From" | "until" | "Until" | "till"
        | "during" | "During" | "of" | "early" | "Early" | "late" | "Late" | "through" | "before"
        | "after" | "mid" | "for" | "between" | "to" | "and" | "previous" => {
            let coordinated = !matches!(before, "and" | "to") || near_month(scope, at);
            if !coordinated {
                return None;
            }
            // `to March`, `to May` are the verbs and the name; `for May` may be a person.
            if matches!(before, "to" | "for") && !near_month(scope, at) && ambiguous(month) {
                return None;
            }
            // `between May and July 1994`: the year is that of both.
            if matches!(scope.word(at + 1), "to" | "and" | "or" | "until" | "through" | "-" | "–")
                && let Some(second) = calendar::month_number(scope.word(at + 2))
                && scope.input.is(at + 2, words::MONTH)
                && let Some(year) = scope.year(at + 3)
            {
                let year = year - i16::from(second < month);
                return Some((at..at + 1, calendar::of_month(year, month)?));
            }
            let side = match before {
                "since" | "Since" => Side::Past,
                "until" | "Until" | "by" | "By" | "through" if scope.side(at) != Side::Past => Side::Future,
                // `by the end of August`.
                "of" if at >= free + 4
                    && matches!(scope.word(at - 4), "by" | "until" | "before" | "through" | "till") =>
                {
                    Side::Future
                }
                _ => scope.side(at),
            };
            (at, side)
        }
        // `the July meeting`, `July's talks`.
        _ if !ambiguous(month) && before != "." => (at, scope.side(at)),
        _ => return None,
    };
    // `since August` with capital words behind is a name: `in August Wilson's play`.
    if scope.input.is_capital(at + 1)
        && scope.input.is_word(at + 1)
        && matches!(month, 4 | 5 | 6 | 8)
        && before != "last"
    {
        return None;
    }
    Some((start..at + 1, calendar::of_month(calendar::year_of_month(today, month, side), month)?))
}

fn ambiguous(month: i8) -> bool {
    matches!(month, 3 | 5)
}

/// Whether another month or a year stands within three words.
fn near_month(scope: &Scope, at: usize) -> bool {
    (at.saturating_sub(4).max(scope.range.start)..(at + 4).min(scope.range.end))
        .any(|t| t != at && scope.input.is(t, words::MONTH) && scope.input.is_capital(t))
}

/// `yesterday`, `last week`, `earlier this month`, `three days ago`.
pub(crate) fn read(scope: &Scope, at: usize, free: usize) -> Found {
    let today = scope.today;
    if scope.input.is(at, words::DAY_WORD) {
        return day_word(scope, at, free);
    }
    if scope.word(at) == "Year" {
        return period::feast(scope, at, free);
    }
    if scope.word(at) == "century" {
        return century(scope, at, free);
    }
    let unit = singular(scope.word(at))?;
    // `two weeks ago`, `a year ago`, `10 years ago`.
    if scope.word(at + 1) == "ago" {
        let count = at.checked_sub(1).filter(|b| *b >= free).and_then(|b| calendar::count(scope.word(b)))?;
        return Some((at - 1..at + 2, back(today, unit, count)?));
    }
    let counted = anchored::read(scope, at, free, unit)
        .or_else(|| period::rolling(scope, at, free, unit))
        .or_else(|| period::ending(scope, at, free, unit))
        .or_else(|| period::edge(scope, at, free, unit));
    if counted.is_some() {
        return counted;
    }
    let which = scope.previous(at, free);
    // `over the weekend`: the one just gone, or the one that the clause points to.
    if unit == "weekend"
        && scope.word(at) == unit
        && which == "the"
        && at >= free + 2
        && scope.closed(at + 1)
        && matches!(scope.word(at - 2), "over" | "Over" | "at" | "At" | "during" | "During" | "on" | "On")
    {
        let side = if scope.side(at) == Side::Future { Side::Future } else { Side::Past };
        return Some((at - 1..at + 1, weekend(today, 0, side)));
    }
    if unit == "quarter"
        && scope.word(at) == unit
        && let Some(found) = period::part(scope, at, free, 4)
    {
        return Some(found);
    }
    if calendar::season_code(unit).is_some()
        && let Some(found) = period::season(scope, at, free, unit)
    {
        return Some(found);
    }
    let step = match which {
        "last" | "Last" | "previous" => -1,
        "this" | "This" => 0,
        "next" | "Next" | "coming" => 1,
        _ => return None,
    };
    if which == "previous" || scope.word(at) != unit {
        return None;
    }
    let mut start = at - 1;
    if step == 0 && matches!(scope.previous(start, free), "earlier" | "Earlier" | "later" | "Later") {
        start -= 1;
    }
    if step == 1 && which == "coming" && scope.previous(start, free) == "the" {
        start -= 1;
    }
    let value = match unit {
        "day" => return None,
        "week" => calendar::of_week(calendar::shift(today, 7 * step)),
        "weekend" => weekend(today, step, scope.side(at)),
        "month" => {
            let day = calendar::shift_months(calendar::date(today.year(), today.month(), 1)?, step);
            calendar::of_month(day.year(), day.month())?
        }
        "quarter" => {
            let first = calendar::date(today.year(), (today.month() - 1) / 3 * 3 + 1, 1)?;
            let day = calendar::shift_months(first, 3 * step);
            calendar::of_quarter(day.year(), (day.month() - 1) / 3 + 1)?
        }
        "year" => calendar::of_year(today.year().checked_add(step as i16)?)?,
        "decade" => calendar::of_decade(today.year().checked_add(10 * step as i16)?)?,
        season => {
            let (_, month) = calendar::season_code(season)?;
            let side = match step {
                -1 => Side::Last,
                1 => Side::Next,
                _ => return Some((start..at + 1, calendar::of_season(today.year(), season)?)),
            };
            calendar::of_season(calendar::year_of_month(today, month, side), season)?
        }
    };
    Some((start..at + 1, value))
}

/// `the 20th century`.
fn century(scope: &Scope, at: usize, free: usize) -> Found {
    let nth: i16 =
        scope.previous(at, free).trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let value = (10..=22).contains(&nth).then(|| calendar::of_century((nth - 1) * 100)).flatten()?;
    let the = scope.previous(at - 1, free).eq_ignore_ascii_case("the");
    Some((at - 1 - usize::from(the)..at + 1, value))
}

fn day_word(scope: &Scope, at: usize, free: usize) -> Found {
    let today = scope.today;
    let days = match scope.word(at).to_ascii_lowercase().as_str() {
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    // `the day before yesterday`, `the day after tomorrow`.
    if at >= free + 3 && scope.word(at - 2) == "day" && scope.word(at - 3).eq_ignore_ascii_case("the") {
        let further = match scope.word(at - 1) {
            "before" => -1,
            "after" => 1,
            _ => 0,
        };
        if further != 0 {
            return Some((at - 3..at + 1, calendar::of_day(calendar::shift(today, days + further))));
        }
    }
    // `today's world` is no day.
    if matches!(scope.word(at + 1), "'s" | "’s")
        && days >= 0
        && !matches!(scope.word(at + 2), "meeting" | "vote" | "talks")
    {
        return None;
    }
    let end = at + 1 + usize::from(is_part_of_day(scope.word(at + 1)));
    Some((at..end, calendar::of_day(calendar::shift(today, days))))
}

fn singular(word: &str) -> Option<&str> {
    let lower = word;
    Some(match lower {
        "days" => "day",
        "weeks" => "week",
        "months" => "month",
        "years" => "year",
        "weekends" => "weekend",
        "day" | "week" | "month" | "year" | "weekend" | "quarter" | "decade" | "spring" | "summer"
        | "autumn" | "fall" | "winter" => lower,
        _ => return None,
    })
}

pub(crate) fn back(today: Date, unit: &str, count: i64) -> Option<Value> {
    match unit {
        "day" => Some(calendar::of_day(calendar::shift(today, -count))),
        "week" => Some(calendar::of_week(calendar::shift(today, -7 * count))),
        "month" => {
            let day = calendar::shift_months(calendar::date(today.year(), today.month(), 1)?, -count);
            calendar::of_month(day.year(), day.month())
        }
        "year" => calendar::of_year(today.year().checked_sub(i16::try_from(count).ok()?)?),
        "decade" => {
            calendar::of_decade(today.year().checked_sub(i16::try_from(count).ok()?.checked_mul(10)?)?)
        }
        _ => None,
    }
}

/// The weekend that is meant: on a Monday, `this weekend` in the past tense is the one just gone.
fn weekend(today: Date, step: i64, side: Side) -> Value {
    let gone = step == 0 && side == Side::Past && today.weekday().to_monday_zero_offset() < 5;
    calendar::of_weekend(calendar::shift(today, 7 * (step - i64::from(gone))))
}
