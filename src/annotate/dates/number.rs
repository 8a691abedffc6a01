//! A number enters; the time it stands for, if it does, leaves: `2025-07-10`, `in 1989`, `the 1990s`, `1990-91`.

use std::ops::Range;

use crate::annotate::{
    dates::{
        Scope,
        calendar::{self, Value},
    },
    words,
};

/// The expression that begins with, or is, the number at `at`.
pub(crate) fn read(scope: &Scope, at: usize, free: usize) -> Option<(Range<usize>, Value)> {
    let word = scope.word(at);
    if matches!(word, "'" | "’" | "‘") {
        let decade = decade_of(scope.word(at + 1)).filter(|y| *y < 100)?;
        return Some((start_of(scope, at, free)..at + 2, calendar::of_decade(1900 + decade)?));
    }
    if let Some(value) = iso(word).or_else(|| figures(scope, at)) {
        return Some((at..at + 1, value));
    }
    if let Some(year) = decade_of(word) {
        let year = if year < 100 { 1900 + year } else { year };
        return Some((start_of(scope, at, free)..at + 1, calendar::of_decade(year)?));
    }
    if let Some((from, to)) = years(word) {
        // `the winter of 1962-63`.
        if to == from + 1
            && scope.previous(at, free) == "of"
            && at > free + 1
            && scope.word(at - 2) == "winter"
        {
            return Some((at - 2..at + 1, calendar::of_season(from, "winter")?));
        }
        let value = calendar::between(&calendar::of_year(from)?, &calendar::of_year(to)?)?;
        return Some((at..at + 1, value));
    }
    let year = scope.year(at)?;
    let before = scope.previous(at, free);
    let after = scope.word(at + 1);
    // `2,016 people` has a comma; `2016 people` a noun; a price has its sign.
    if matches!(before, "$" | "€" | "£" | "No." | "#")
        || matches!(after, "%" | "percent" | "per" | "km" | "miles" | "people")
    {
        return None;
    }
    let lead = words::classes(before);
    if matches!(after, "-" | "–" | "—")
        && let Some(to) = scope.year(at + 2)
    {
        return Some((at..at + 3, calendar::between(&calendar::of_year(year)?, &calendar::of_year(to)?)?));
    }
    let timely = matches!(
        before,
        "in" | "In"
            | "since"
            | "Since"
            | "by"
            | "By"
            | "from"
            | "From"
            | "until"
            | "Until"
            | "till"
            | "during"
            | "During"
            | "before"
            | "Before"
            | "after"
            | "After"
            | "between"
            | "early"
            | "late"
            | "year"
            | "around"
            | "circa"
            | "through"
            | "last"
            | "mid"
            | "fiscal"
            | "least"
    );
    // `a budget for 2026`, but not `for 2000 euros`.
    let timely = timely || before == "for" && (1900..=2100).contains(&year) && scope.closed(at + 1);
    // Between 1990 and 1995; from 1990 to 1995; of 2016, where the noun before is a time or an event.
    let paired = matches!(before, "and" | "to" | "or" | "," | "through")
        && (at.saturating_sub(6)..at.saturating_sub(1))
            .any(|t| t >= scope.range.start && scope.year(t).is_some());
    let of = before == "of"
        && at > free + 1
        && (words::classes(scope.word(at - 2)) & (words::UNIT | words::MONTH) != 0
            || matches!(
                scope.word(at - 2),
                "end"
                    | "start"
                    | "beginning"
                    | "half"
                    | "middle"
                    | "most"
                    | "much"
                    | "rest"
                    | "war"
                    | "crisis"
                    | "election"
                    | "revolution"
                    | "deal"
                    | "coup"
                    | "out"
            )
            // `the cuts of 2019 and 2020`.
            || at > free + 2
                && words::classes(scope.word(at - 3)) & words::DETERMINER != 0
                && scope.word(at - 2).bytes().all(|b| b.is_ascii_lowercase())
                && (words::classes(after) & (words::JOINER | words::PREPOSITION | words::STOP) != 0
                    || !after.starts_with(|c: char| c.is_alphanumeric())));
    let adjective = (lead & words::DETERMINER != 0 || matches!(before, "'s" | "’s"))
        && after.starts_with(|c: char| c.is_alphabetic());
    let bracketed = before == "(" && matches!(after, ")" | "," | ";");
    if !(timely || paired || of || adjective || bracketed)
        || words::classes(after) & words::MONTH != 0 && timely
    {
        return None;
    }
    if of && let Some(found) = part_of_year(scope, at, free, year) {
        return Some(found);
    }
    // Beyond the usual, only a plain preposition speaks for a year.
    ((1400..=2100).contains(&year)).then_some((at..at + 1, calendar::of_year(year)?))
}

/// `the first quarter of 2025`, `the spring of 1990`.
fn part_of_year(scope: &Scope, at: usize, free: usize, year: i16) -> Option<(Range<usize>, Value)> {
    let unit = scope.word(at - 2);
    let value = match unit {
        "quarter" => {
            let nth = at.checked_sub(3).filter(|t| *t >= free).and_then(|t| ordinal(scope.word(t)))?;
            return Some((at - 3..at + 1, calendar::of_quarter(year, nth)?));
        }
        season => calendar::of_season(year, season)?,
    };
    Some((at - 2..at + 1, value))
}

fn ordinal(word: &str) -> Option<i8> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    })
}

/// `the early 1990s` begins with its article.
fn start_of(scope: &Scope, at: usize, free: usize) -> usize {
    let mut start = at;
    if matches!(scope.previous(start, free), "early" | "late" | "mid") {
        start -= 1;
    }
    if matches!(scope.previous(start, free), "the" | "The") {
        start -= 1;
    }
    start
}

/// `12/16/2024`, `16.12.2024`: month first or day first, where one cannot be a month or another date nearby tells.
fn figures(scope: &Scope, at: usize) -> Option<Value> {
    let (first, second, year) = parts(scope.word(at))?;
    let order = |a: i8, b: i8| if b > 12 { Some(true) } else { (a > 12).then_some(false) };
    let told = order(first, second).or((first == second).then_some(true)).or_else(|| {
        let near = at.saturating_sub(NEAR).max(scope.range.start)..(at + NEAR).min(scope.range.end);
        near.filter_map(|t| parts(scope.word(t))).find_map(|(a, b, _)| order(a, b))
    });
    let (month, day) = if told? { (first, second) } else { (second, first) };
    Some(calendar::of_day(calendar::date(year, month, day)?))
}

/// So many tokens away another date tells the order.
const NEAR: usize = 100;

fn parts(word: &str) -> Option<(i8, i8, i16)> {
    if word.len() < 8 || word.len() > 10 || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mark = if word.contains('/') { '/' } else { '.' };
    let mut parts = word.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    let both = (1..=31).contains(&first) && (1..=31).contains(&second);
    both.then_some((first, second, year.parse().ok().filter(|y| (1000..2200).contains(y))?))
}

fn iso(word: &str) -> Option<Value> {
    let bytes = word.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let day = calendar::date(
        word.get(..4)?.parse().ok()?,
        word.get(5..7)?.parse().ok()?,
        word.get(8..)?.parse().ok()?,
    )?;
    Some(calendar::of_day(day))
}

/// `1990s`, `90s` after an apostrophe.
fn decade_of(word: &str) -> Option<i16> {
    let digits = word.strip_suffix('s')?;
    let year: i16 = digits.parse().ok()?;
    ((digits.len() == 4 && (1000..2100).contains(&year)) || digits.len() == 2).then_some(())?;
    (year % 10 == 0).then_some(year)
}

/// `1990-91`, `1990-1991`.
fn years(word: &str) -> Option<(i16, i16)> {
    let (from, to) = word.split_once(['-', '\u{2011}'])?;
    if from.len() != 4 {
        return None;
    }
    let year: i16 = from.parse().ok().filter(|y| (1400..2100).contains(y))?;
    let end: i16 = match to.len() {
        4 => to.parse().ok()?,
        2 => year - year % 100 + to.parse::<i16>().ok()?,
        _ => return None,
    };
    (end > year && end < 2200).then_some((year, end))
}
