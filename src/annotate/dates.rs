//! An article's words and its day enter; its time expressions leave, each with the value it stands for (TIMEX3,
//! ISO 8601) and the sentence that says what happened then.
//!
//! The rules, `D` being the article's day:
//! 1. A full date stands for itself.
//! 2. A bare weekday is the nearest one up to `D`, `D` included; with a cue of the future in its clause (`will`,
//!    `scheduled`, `was to`, `flies`; `tense`) the nearest from `D` on. `last` and `this past` are before `D`, `next`
//!    and `the coming` after it, `this` in the week of `D`.
//! 3. A month and day without a year is the nearest to `D`; a cue of past or future in the clause decides the side.
//! 4. A month alone needs a preposition, `last`, `next` or the like; it is the last one up to `D`'s month, or the next
//!    one where the clause points to the future. `May` and `March` follow the same rule, so that neither the verbs nor
//!    Theresa May are times.
//! 5. A year alone needs a preposition or a determiner before it, or brackets.
//! 6. Weeks are those of ISO 8601; a weekend belongs to the week it ends.
//! 7. Two times of one kind that `from` and `to`, `between` and `and` or `through` join are a period; `overnight` is the
//!    night to `D`, and `the week of` a day the week of that day.
//! 8. `ago` counts back in the unit that it is given in: two weeks ago is a week, a year ago a year.
//!
//! 9. A quarter or half without a year is the last one ended, or the next one where the clause points ahead, in
//!    sentences about money only; the past, the next so many units are the days between then and `D`.
//! 10. `earlier`, `later`, `the following day`, `that year` count from the time before them (`anchored`).
//! 11. Ends and starts of a period have its value, as `mid-July` has July's. Of `3/11/2024` the order of day and month
//!     must be told by another such date near it, or by a number over 12.
//!
//! Nothing inside the name of a person, organisation or work is a time.

mod anchored;
pub mod calendar;
mod number;
mod period;
mod relative;
mod tense;

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    annotate::{
        dates::calendar::{Side, Value},
        input::Input,
        words,
    },
    model::{BlockKind, annotation::DateRef},
};

const TIMES: words::Classes = words::WEEKDAY | words::MONTH | words::DAY_WORD | words::UNIT | words::PERIOD;

/// All time expressions of the article, in text order, without overlap. `today` is the article's date.
pub fn dates(input: &Input, today: Date) -> Vec<DateRef> {
    let mut out = Vec::new();
    let mut scope = Scope { input, today, range: 0..0, anchor: None };
    for paragraph in input.paragraphs.iter().filter(|p| p.kind != BlockKind::Code) {
        scope.range = paragraph.tokens.clone();
        let mut at = paragraph.tokens.start;
        let mut free = at;
        // Kept back until it is known whether a period begins with it.
        let mut last: Option<(Range<usize>, Value)> = None;
        while at < paragraph.tokens.end {
            let Some((range, value)) = scope.read(at, free) else {
                at += 1;
                continue;
            };
            free = range.end.max(at + 1);
            at = free;
            let (range, value) = scope.week_of(range, value);
            scope.remember(&range, &value);
            let joined = last.as_ref().and_then(|(first, from)| scope.period(first, from, &range, &value));
            if joined.is_none() {
                out.extend(last.take().map(|found| scope.found(found)));
            }
            last = joined.or(Some((range, value)));
        }
        out.extend(last.map(|found| scope.found(found)));
    }
    out
}

/// A paragraph in which expressions are read.
pub(crate) struct Scope<'a, 'b> {
    pub(crate) input: &'b Input<'a>,
    pub(crate) today: Date,
    pub(crate) range: Range<usize>,
    /// The last time that others may count from (`anchored`).
    pub(crate) anchor: Option<(Range<usize>, Value)>,
}

/// An expression: its tokens and value.
type Found = Option<(Range<usize>, Value)>;

impl Scope<'_, '_> {
    fn found(&self, (range, value): (Range<usize>, Value)) -> DateRef {
        let sentence = self.input.sentence_span(range.start);
        DateRef { span: self.input.span(range), value: value.text, day: value.day, end: value.end, sentence }
    }

    /// `from Oct. 7 to Oct. 9`, `between Monday and Wednesday`, `Saturday through Monday`: one period of two times of
    /// the same kind.
    fn period(&self, first: &Range<usize>, from: &Value, second: &Range<usize>, to: &Value) -> Found {
        if second.start != first.end + 1 || from.text.len() != to.text.len() {
            return None;
        }
        let before = self.previous(first.start, self.range.start);
        let joined = match self.word(first.end) {
            "to" | "until" | "till" => matches!(before, "from" | "From"),
            "and" => matches!(before, "between" | "Between"),
            "through" | "-" | "–" => true,
            _ => false,
        };
        if !joined {
            return None;
        }
        let mut to = to.clone();
        // The second weekday is the first such day behind the first one.
        if calendar::weekday_number(self.word(second.start)).is_some() {
            let days = (to.day - from.day).get_days().rem_euclid(7);
            to = calendar::of_day(calendar::shift(from.day, i64::from(days)));
        }
        Some((first.start..second.end, calendar::between(from, &to)?))
    }

    /// `the week of July 5`.
    fn week_of(&self, range: Range<usize>, value: Value) -> (Range<usize>, Value) {
        let is = |back: usize, word: &str| {
            range.start >= self.range.start + back && self.word(range.start - back) == word
        };
        if value.day == value.end && is(1, "of") && is(2, "week") {
            let start = range.start - if is(3, "the") { 3 } else { 2 };
            return (start..range.end, calendar::of_week(value.day));
        }
        (range, value)
    }

    /// The expression whose chief word is `at`; no token before `free` may belong to it.
    fn read(&self, at: usize, free: usize) -> Found {
        let input = self.input;
        let first = input.word(at).as_bytes().first().copied().unwrap_or(0);
        let digit = first.is_ascii_digit();
        let compound = (first | 32) == b'm' && input.word(at).contains('-');
        if (first | 32) == b'o' && input.word(at).eq_ignore_ascii_case("overnight") {
            return self.overnight(at);
        }
        if !digit && !input.is(at, TIMES) && !compound && !matches!(first, b'\'') && first != 0xe2 {
            return None;
        }
        if self.named(at) {
            return None;
        }
        if digit || !input.is_word(at) {
            return number::read(self, at, free);
        }
        if compound {
            return self.mid_month(at);
        }
        if input.is(at, words::WEEKDAY) {
            return relative::weekday(self, at, free);
        }
        if input.is(at, words::MONTH) {
            return self.month(at, free);
        }
        if input.is(at, words::PERIOD) {
            return period::read(self, at, free);
        }
        relative::read(self, at, free)
    }

    /// The night to the article's day, but not an `overnight train`.
    fn overnight(&self, at: usize) -> Found {
        let next = self.word(at + 1);
        let free = !next.starts_with(|c: char| c.is_ascii_lowercase())
            || self.input.is(at + 1, words::JOINER | words::PREPOSITION | words::AUX | words::RELATIVE);
        let timed = self.input.is(at + 1, words::WEEKDAY) || next == "on";
        let eve = calendar::of_day(calendar::shift(self.today, -1));
        let night = calendar::between(&eve, &calendar::of_day(self.today))?;
        (free && !timed).then_some((at..at + 1, night))
    }

    /// Whether the token belongs to a name that is longer than the time in it.
    pub(crate) fn named(&self, at: usize) -> bool {
        self.input.mention(at).is_some()
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        if self.range.contains(&at) { self.input.word(at) } else { "" }
    }

    /// The word before, if it belongs to nothing yet.
    pub(crate) fn previous(&self, at: usize, free: usize) -> &str {
        if at > free { self.input.word(at - 1) } else { "" }
    }

    pub(crate) fn year(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        let year: i16 = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
        (1000..=2199).contains(&year).then_some(year)
    }

    /// A day of a month, `10`, `10th`, `the 1st`.
    pub(crate) fn day(&self, at: usize) -> Option<i8> {
        day_number(self.word(at))
    }

    /// `July 10, 2025`, `July 10-12`, `July 2025`, `10 July`, `in July`, `last July`.
    fn month(&self, at: usize, free: usize) -> Found {
        let word = self.word(at);
        // The verbs are written small.
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let month = calendar::month_number(word)?;
        let start = at;
        let next = at + 1;
        // `10 July`, `the 10th of July`.
        let before = match self.previous(at, free) {
            "of" if at > free + 1 => at.checked_sub(2),
            _ => at.checked_sub(1).filter(|b| *b >= free),
        };
        if let Some(before) = before
            && let Some(day) = self.day(before)
        {
            return self.day_first(before, at, month, day, free);
        }
        if let Some((from, to)) = day_range(self.word(next)) {
            let (year, end) = self.trailing_year(next + 1);
            return self.days(start..end, year, month, from, Some(to), at);
        }
        if let Some(day) = self.day(next) {
            let after = self.word(next + 1);
            if let Some(to) = self.day(next + 2).filter(|to| self.joins(after, day, *to)) {
                let (year, end) = self.trailing_year(next + 3);
                if after != "and" || self.closed(end) {
                    return self.days(start..end, year, month, day, Some(to), at);
                }
            }
            let (year, end) = self.trailing_year(next + 1);
            return self.days(start..end, year, month, day, None, at);
        }
        let comma = usize::from(self.word(next) == ",");
        if let Some(year) = self.year(next + comma) {
            return Some((start..next + comma + 1, calendar::of_month(year, month)?));
        }
        if self.word(next) == "of"
            && let Some(year) = self.year(next + 1)
        {
            return Some((start..next + 2, calendar::of_month(year, month)?));
        }
        relative::month(self, at, month, free)
    }

    /// A day before its month.
    fn day_first(&self, before: usize, at: usize, month: i8, day: i8, free: usize) -> Found {
        let mut start = before;
        // `10-12 July` is one token; `10 to 12 July`, `10 and 12 July`.
        let comma = usize::from(self.word(at + 1) == "," && self.year(at + 2).is_some());
        let (year, end) = match self.year(at + 1 + comma) {
            Some(year) => (Some(year), at + 2 + comma),
            None => (None, at + 1),
        };
        if before >= free + 2
            && let Some(from) = self.day(before - 2)
            && self.joins(self.word(before - 1), from, day)
        {
            return self.days(before - 2..end, year, month, from, Some(day), at);
        }
        if start > free && self.word(start - 1) == "the" {
            start -= 1;
        }
        self.days(start..end, year, month, day, None, at)
    }

    /// `July 4 to 6`, and of days that are listed only those that follow each other: `July 4 and 5`.
    fn joins(&self, word: &str, from: i8, to: i8) -> bool {
        match word {
            "to" | "-" | "–" | "through" => from < to,
            "and" => from + 1 == to,
            _ => false,
        }
    }

    /// `, 2025` or ` 2025` at `at`: the year and where it ends.
    fn trailing_year(&self, at: usize) -> (Option<i16>, usize) {
        let comma = usize::from(self.word(at) == ",");
        if let Some(year) = self.year(at + comma) {
            return (Some(year), at + comma + 1);
        }
        // `July 13 of last year`.
        let step = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("of", "last", "year") => -1,
            ("of", "this", "year") => 0,
            ("of", "next", "year") => 1,
            _ => return (None, at),
        };
        (Some(self.today.year() + step), at + 3)
    }

    fn days(
        &self,
        range: Range<usize>,
        year: Option<i16>,
        month: i8,
        day: i8,
        to: Option<i8>,
        at: usize,
    ) -> Found {
        let year = match year {
            Some(year) => year,
            None => {
                let limit = range.start > self.range.start
                    && matches!(self.word(range.start - 1), "by" | "until" | "till" | "By" | "Until");
                let side = if limit { Side::Future } else { self.side(at) };
                calendar::year_of(self.today, month, day, side)?
            }
        };
        let from = calendar::of_day(calendar::date(year, month, day)?);
        let value = match to {
            Some(to) => calendar::between(&from, &calendar::of_day(calendar::date(year, month, to)?))?,
            None => from,
        };
        Some((range, value))
    }

    /// `mid-July`, `mid-July 2025`, `mid-2019`.
    fn mid_month(&self, at: usize) -> Found {
        let rest = self.word(at).get(4..).filter(|_| self.word(at)[..4].eq_ignore_ascii_case("mid-"))?;
        if let Some(year) = rest.parse().ok().filter(|y| (1000..2200).contains(y)) {
            return Some((at..at + 1, calendar::of_year(year)?));
        }
        if words::classes(rest) & words::MONTH == 0 || !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let month = calendar::month_number(rest)?;
        let (year, end) = self.trailing_year(at + 1);
        let year = year.unwrap_or_else(|| calendar::year_of_month(self.today, month, self.side(at)));
        Some((at..end, calendar::of_month(year, month)?))
    }
}

/// `10`, `10th`.
fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if digits.len() > 2 || !matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// `10-12`, as one token.
fn day_range(word: &str) -> Option<(i8, i8)> {
    let (from, to) = word.split_once(['-', '\u{2011}'])?;
    let (from, to) = (day_number(from)?, day_number(to)?);
    (from < to).then_some((from, to))
}
