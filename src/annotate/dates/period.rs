//! Parts of the business year, rolling periods, ends of periods, seasons and feasts enter: `the third quarter`, `Q2
//! 2025`, `the past three months`, `in 30 days`, `the end of the year`, `in the autumn`, `Christmas Eve`. Their values
//! leave.

use crate::annotate::{
    dates::{
        Found, Scope,
        calendar::{self, Side, Value},
        relative,
    },
    words,
};

/// What a sentence about money says; a quarter or half without a year is one of the business year only there.
const BUSINESS: &str = " sales profit profits revenue revenues earnings income growth economy output gdp shipments \
    deliveries orders exports imports margins dividend percent inflation investment prices demand costs turnover results \
    loss losses ";
/// What a sentence about a match says.
const GAME: &str = " points touchdown touchdowns quarterback yards basket baskets goal goals game match scored lead halftime half-time ";

/// `half`, `Q3`, `third-quarter`, `hours`, `year-end`, `Christmas`.
pub(crate) fn read(scope: &Scope, at: usize, free: usize) -> Found {
    let word = scope.word(at).to_ascii_lowercase();
    match word.as_str() {
        "hours" => rolling(scope, at, free, "hour"),
        "half" => part(scope, at, free, 2),
        "year-end" | "yearend" => {
            let led = matches!(
                scope.previous(at, free),
                "by" | "By" | "at" | "At" | "until" | "before" | "to" | "since"
            );
            let gone = scope.side(at) != Side::Future
                && scope.today.month() <= 4
                && !matches!(scope.previous(at, free), "by" | "By" | "until" | "before");
            let year = scope.today.year() - i16::from(gone);
            (led && scope.closed(at + 1)).then(|| calendar::of_year(year)).flatten().map(|v| (at..at + 1, v))
        }
        "christmas" => feast(scope, at, free),
        _ => {
            let (count, nth) = match word.strip_prefix(['q', 'h']) {
                Some(digit) => (if word.starts_with('q') { 4 } else { 2 }, digit.parse().ok()?),
                None => {
                    let (nth, unit) = word.split_once('-')?;
                    (if unit == "half" { 2 } else { 4 }, ordinal(nth)?)
                }
            };
            let (end, value) = of_part(scope, at, at + 1, count, nth)?;
            Some((at..end, value))
        }
    }
}

/// `the first quarter`, `the second half of 2025`: `count` parts make the year.
pub(crate) fn part(scope: &Scope, at: usize, free: usize, count: i8) -> Found {
    let nth = at.checked_sub(1).filter(|t| *t >= free).and_then(|t| ordinal(scope.word(t)))?;
    let (end, value) = of_part(scope, at - 1, at + 1, count, nth)?;
    Some((at - 1..end, value))
}

fn of_part(scope: &Scope, at: usize, next: usize, count: i8, nth: i8) -> Option<(usize, Value)> {
    if nth < 1 || nth > count {
        return None;
    }
    let of = usize::from(scope.word(next) == "of");
    let fiscal = usize::from(matches!(scope.word(next + of), "fiscal" | "financial"));
    if let Some(year) = scope.year(next + of + fiscal) {
        return Some((next + of + fiscal + 1, whole(year, count, nth)?));
    }
    let today = scope.today;
    if of == 1 {
        let step = match (scope.word(next + 1), scope.word(next + 2)) {
            ("last", "year") => -1,
            ("this" | "the", "year") => 0,
            ("next", "year") => 1,
            _ => return None,
        };
        return Some((next + 3, whole(today.year() + step, count, nth)?));
    }
    let (mut business, mut game) = (false, false);
    let sentence = scope.input.sentence(at);
    for t in sentence.start.max(at.saturating_sub(40))..sentence.end.min(at + 40) {
        let word = scope.input.word(t);
        business |= matches!(word, "%" | "$" | "€" | "£") || listed(BUSINESS, word);
        game |= listed(GAME, word);
    }
    if !business || game {
        return None;
    }
    let year = today.year();
    // `results for the fourth quarter are due`: only the results are ahead.
    let told = (at.saturating_sub(4)..at).any(|t| {
        let word = scope.word(t);
        ["results", "earnings", "figures", "profit"].iter().any(|noun| noun.eq_ignore_ascii_case(word))
            && scope.word(t + 1) == "for"
    });
    let value = if scope.side(at) == Side::Future && !told {
        let this = whole(year, count, nth)?;
        if this.end >= today { this } else { whole(year + 1, count, nth)? }
    } else {
        let this = whole(year, count, nth)?;
        if this.end < today { this } else { whole(year - 1, count, nth)? }
    };
    Some((next, value))
}

fn whole(year: i16, count: i8, nth: i8) -> Option<Value> {
    if count == 2 { calendar::of_half(year, nth) } else { calendar::of_quarter(year, nth) }
}

fn listed(list: &str, word: &str) -> bool {
    word.len() > 2 && list.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word))
}

pub(crate) fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" | "First" => 1,
        "second" | "Second" => 2,
        "third" | "Third" => 3,
        "fourth" | "Fourth" => 4,
        _ => return None,
    })
}

/// `the past three months`, `the next two years`, `in 30 days`, `within a week`.
pub(crate) fn rolling(scope: &Scope, at: usize, free: usize, unit: &str) -> Found {
    let today = scope.today;
    let single = scope.previous(at, free) == "past" && unit != "hour";
    let (count, which) = if single {
        (1, at - 1)
    } else {
        let number = at.checked_sub(1).filter(|b| *b >= free)?;
        (calendar::count(scope.word(number))?, number.checked_sub(1).filter(|b| *b >= free)?)
    };
    let ahead = match scope.word(which) {
        "past" | "last" => false,
        "next" | "coming" => true,
        word @ ("in" | "within" | "In" | "Within") if !single => {
            if scope.side(at) != Side::Future || !scope.closed(at + 1) {
                return None;
            }
            if unit == "hour" {
                return None;
            }
            if word.eq_ignore_ascii_case("in") {
                return Some((at - 1..at + 1, relative::back(today, unit, -count)?));
            }
            let to = calendar::of_day(away(scope, unit, count)?);
            return Some((which..at + 1, calendar::between(&calendar::of_day(today), &to)?));
        }
        _ => return None,
    };
    // `the last three weeks of May` are not the last three.
    if scope.word(at + 1) == "of" {
        return None;
    }
    let the = which > free && scope.word(which - 1).eq_ignore_ascii_case("the");
    if !the && single {
        return None;
    }
    let other = calendar::of_day(away(scope, unit, if ahead { count } else { -count })?);
    let now = calendar::of_day(today);
    let value = if ahead { calendar::between(&now, &other)? } else { calendar::between(&other, &now)? };
    Some((which - usize::from(the)..at + 1, value))
}

fn away(scope: &Scope, unit: &str, count: i64) -> Option<jiff::civil::Date> {
    let today = scope.today;
    Some(match unit {
        "hour" => calendar::shift(today, if count > 0 { (count + 23) / 24 } else { -((23 - count) / 24) }),
        "day" => calendar::shift(today, count),
        "week" => calendar::shift(today, 7 * count),
        "month" => calendar::shift_months(today, count),
        "year" => calendar::shift_months(today, 12 * count),
        "decade" => calendar::shift_months(today, 120 * count),
        _ => return None,
    })
}

/// `the quarter to June`, `the 12 months to January`, `the year ended March 31, 2024`, `the week ending May 20`.
pub(crate) fn ending(scope: &Scope, at: usize, free: usize, unit: &str) -> Found {
    if !matches!(scope.word(at + 1), "to" | "through" | "ended" | "ending" | "until") {
        return None;
    }
    let month = at + 2 + usize::from(scope.word(at + 2) == "on");
    if !scope.input.is(month, words::MONTH) || !scope.input.is_capital(month) {
        return None;
    }
    let number = calendar::month_number(scope.word(month))?;
    let (end, last) = match scope.month(month, month) {
        Some((range, value)) => (range.end, value),
        None => {
            let year = calendar::year_of_month(scope.today, number, Side::Past);
            (month + 1, calendar::of_month(year, number)?)
        }
    };
    let mut start = at;
    let months = match unit {
        "week" if last.day == last.end => return Some((at..end, calendar::of_week(last.day))),
        "quarter" => 3,
        // `down in the year to March` compares with that month.
        "year" if matches!(scope.word(at + 1), "ended" | "ending") => 12,
        "month" => {
            start = at.checked_sub(1).filter(|b| *b >= free)?;
            calendar::count(scope.word(start))?
        }
        _ => return None,
    };
    let (year, month) = (last.end.year(), last.end.month());
    let value = if months == 3 && month % 3 == 0 {
        calendar::of_quarter(year, month / 3)?
    } else if months == 12 && month == 12 {
        calendar::of_year(year)?
    } else {
        let first = calendar::shift_months(calendar::date(year, month, 1)?, 1 - months);
        calendar::between(
            &calendar::of_month(first.year(), first.month())?,
            &calendar::of_month(year, month)?,
        )?
    };
    Some((start..end, value))
}

/// `the end of the year`, `since the start of the month`: the period itself, as TIMEX3 has it.
pub(crate) fn edge(scope: &Scope, at: usize, free: usize, unit: &str) -> Found {
    let edged = at >= free + 3
        && scope.word(at - 1) == "the"
        && scope.word(at - 2) == "of"
        && matches!(
            scope.word(at - 3),
            "end" | "start" | "beginning" | "middle" | "close" | "rest" | "remainder"
        );
    if !edged || !matches!(unit, "week" | "month" | "quarter" | "year" | "decade") || !scope.closed(at + 1) {
        return None;
    }
    let mut today = scope.today;
    if scope.side(at) != Side::Future
        && let Some((range, value)) = scope.anchor(at)
        && range.start >= scope.input.sentence(at).start
        && value.day < today
    {
        today = value.day;
    }
    let value = match unit {
        "week" => calendar::of_week(today),
        "month" => calendar::of_month(today.year(), today.month())?,
        "quarter" => calendar::of_quarter(today.year(), (today.month() - 1) / 3 + 1)?,
        "year" => calendar::of_year(today.year())?,
        _ => calendar::of_decade(today.year())?,
    };
    Some((at - 3..at + 1, value))
}

/// `in the autumn`, `spring 2020`, `since the summer`: without a year only where the clause says on which side it lies.
pub(crate) fn season(scope: &Scope, at: usize, free: usize, season: &str) -> Found {
    let (_, month) = calendar::season_code(season)?;
    let before = scope.previous(at, free);
    let leads = |t: usize| {
        t >= free
            && matches!(
                scope.word(t),
                "in" | "In"
                    | "since"
                    | "Since"
                    | "until"
                    | "Until"
                    | "by"
                    | "By"
                    | "of"
                    | "during"
                    | "During"
                    | "from"
                    | "for"
                    | "before"
                    | "this"
                    | "last"
            )
    };
    let the = matches!(before, "the" | "The");
    let led = at > free && (leads(at - 1) || the && at >= 2 && leads(at - 2));
    if !led {
        return None;
    }
    if let Some(year) = scope.year(at + 1) {
        return Some((at..at + 2, calendar::of_season(year, season)?));
    }
    if !the || !scope.closed(at + 1) || scope.word(at + 1) == "of" {
        return None;
    }
    let side = match scope.word(at - 2) {
        "since" | "Since" => Side::Past,
        "until" | "Until" | "by" | "By" | "before" => Side::Future,
        _ => scope.side(at),
    };
    if side == Side::Near {
        return None;
    }
    Some((at - 1..at + 1, calendar::of_season(calendar::year_of_month(scope.today, month, side), season)?))
}

/// `Christmas Eve`, `before Christmas`, `New Year's Day`; not a `Christmas market`.
pub(crate) fn feast(scope: &Scope, at: usize, free: usize) -> Found {
    let (start, mut end, mut month, mut day) = if scope.word(at) == "Year" {
        if scope.previous(at, free) != "New" || !matches!(scope.word(at + 1), "'s" | "’s") {
            return None;
        }
        match scope.word(at + 2) {
            "Eve" => (at - 1, at + 3, 12, 31),
            "Day" => (at - 1, at + 3, 1, 1),
            _ => return None,
        }
    } else {
        (at, at + 1, 12, 25)
    };
    if scope.word(at) != "Year" {
        if !scope.word(at).starts_with('C') {
            return None;
        }
        match scope.word(at + 1) {
            "Eve" => (end, month, day) = (at + 2, 12, 24),
            "Day" => end = at + 2,
            _ => {}
        }
    }
    if let Some(year) = scope.year(end) {
        return Some((start..end + 1, calendar::of_day(calendar::date(year, month, day)?)));
    }
    let timely = matches!(
        scope.previous(start, free),
        "before"
            | "Before"
            | "by"
            | "By"
            | "until"
            | "since"
            | "on"
            | "On"
            | "at"
            | "At"
            | "after"
            | "After"
            | "last"
    );
    if !timely || !scope.closed(end) {
        return None;
    }
    let side = match scope.previous(start, free) {
        "since" | "last" => Side::Past,
        "until" | "by" | "By" => Side::Future,
        _ => scope.side(at),
    };
    let year = calendar::year_of(scope.today, month, day, side)?;
    Some((start..end, calendar::of_day(calendar::date(year, month, day)?)))
}
