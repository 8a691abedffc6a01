//! `two weeks later`, `a year earlier`, `the following day`, `that March` enter with the time that stands before them;
//! the time that they count to leaves.
//!
//! The anchor is the last time in the same sentence or in the two before it; the day on which somebody says something
//! is none, since nothing is told from it. Weeks and days count from days only. Without an anchor, `a year earlier`
//! and `three months earlier` count from the article's day, as reports of results do; `later` is left alone.

use std::ops::Range;

use crate::annotate::{
    dates::{
        Found, Scope,
        calendar::{self, Value},
        relative,
    },
    words,
};

/// The expression whose unit stands at `at`.
pub(crate) fn read(scope: &Scope, at: usize, free: usize, unit: &str) -> Found {
    let before = scope.previous(at, free);
    let count = || at.checked_sub(1).filter(|b| *b >= free).and_then(|b| calendar::count(scope.word(b)));
    let anchor = scope.anchor(at);
    let after = scope.word(at + 1);
    match after {
        "earlier" | "later" => {
            let steps = if after == "later" { count()? } else { -count()? };
            // What lies ahead is not what a tale goes back from.
            let anchor = anchor.filter(|(_, value)| after == "later" || value.day <= scope.today);
            let value = match anchor {
                Some((_, value)) => shifted(value, unit, steps)?,
                None if after == "earlier" && matches!(unit, "month" | "year") => {
                    relative::back(scope.today, unit, -steps)?
                }
                None => return None,
            };
            return Some((at - 1..at + 2, value));
        }
        // `on Saturday, a day after police searched his house`: the day of the search.
        "before" | "after" if matches!(unit, "day" | "week") && count().is_some() => {
            let (range, value) = anchor?;
            let touches = range.end == at - 1 || range.end + 1 == at - 1 && scope.word(range.end) == ",";
            let steps = if after == "before" { count()? } else { -count()? };
            return touches.then(|| shifted(value, unit, steps)).flatten().map(|v| (at - 1..at + 2, v));
        }
        // `the year before`, at the end of its clause.
        "before" | "after" if matches!(before, "the" | "The") && scope.closed(at + 2) => {
            let steps = if after == "before" { -1 } else { 1 };
            return shifted(&anchor?.1, unit, steps).map(|v| (at - 1..at + 2, v));
        }
        _ => {}
    }
    let the = |word: usize| scope.word(word).eq_ignore_ascii_case("the") && word >= free;
    let steps = match before {
        "following" if at >= 2 && the(at - 2) => 1,
        "next" if unit == "day" && at >= 2 && the(at - 2) => 1,
        "previous" if at >= 2 && the(at - 2) => -1,
        "same" if at >= 2 && the(at - 2) => 0,
        // `that day`, but not `that day care costs too much`.
        "that" | "That" if scope.closed(at + 1) => {
            return shifted(&anchor?.1, unit, 0).map(|v| (at - 1..at + 1, v));
        }
        _ => return None,
    };
    shifted(&anchor?.1, unit, steps).map(|v| (at - 2..at + 1, v))
}

/// The time some units away from the anchor; no day can be counted from a year.
fn shifted(anchor: &Value, unit: &str, steps: i64) -> Option<Value> {
    let day = if steps > 0 { anchor.end } else { anchor.day };
    let is_day = anchor.day == anchor.end;
    let is_month = anchor.text.len() == 7 && !anchor.text.contains(['W', 'Q', 'H', 'S', 'F']);
    match unit {
        "day" if is_day => Some(calendar::of_day(calendar::shift(day, steps))),
        "week" if is_day && steps != 0 => Some(calendar::of_day(calendar::shift(day, 7 * steps))),
        "week" if is_day || anchor.text.contains("-W") => {
            Some(calendar::of_week(calendar::shift(day, 7 * steps)))
        }
        "month" if is_day || is_month => {
            let month = calendar::shift_months(calendar::date(day.year(), day.month(), 1)?, steps);
            calendar::of_month(month.year(), month.month())
        }
        "year" => {
            let year = day.year().checked_add(i16::try_from(steps).ok()?)?;
            if is_month && steps != 0 {
                return calendar::of_month(year, day.month());
            }
            (anchor.text.len() < 12 && !anchor.text.contains('/')).then(|| calendar::of_year(year)).flatten()
        }
        _ => None,
    }
}

impl Scope<'_, '_> {
    /// The time before `at` in its sentence or the two before.
    pub(crate) fn anchor(&self, at: usize) -> Option<&(Range<usize>, Value)> {
        let (range, _) = self.anchor.as_ref()?;
        let here = self.input.sentence(at).start;
        let back = |at: usize| at.checked_sub(1).map_or(0, |t| self.input.sentence(t).start);
        let near = range.start >= back(back(here));
        near.then_some(self.anchor.as_ref()).flatten()
    }

    /// Remembers a time that others may count from.
    pub(crate) fn remember(&mut self, range: &Range<usize>, value: &Value) {
        let low = range.start.saturating_sub(2).max(self.range.start);
        // `he said on Thursday`: the day of the words, not of what they tell.
        if !(low..range.start).any(|t| self.input.is(t, words::SAY)) {
            self.anchor = Some((range.clone(), value.clone()));
        }
    }

    /// Whether no noun follows that the words before `at` would describe.
    pub(crate) fn closed(&self, at: usize) -> bool {
        !self.word(at).starts_with(char::is_alphanumeric)
            || self.input.is(
                at,
                words::JOINER
                    | words::PREPOSITION
                    | words::AUX
                    | words::RELATIVE
                    | words::SAY
                    | words::PRONOUN
                    | words::DETERMINER,
            )
    }
}
