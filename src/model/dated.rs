//! A date that a text gives → whether the timeline shows it, and under what; the years that it fills → which of them have a
//! page of their own.

use jiff::civil::Date;

use crate::{
    model::{
        annotation::DateRef,
        site::{DatedYear, Site},
    },
    path::SitePath,
};

/// With at most so many dates the whole timeline stands on its front page.
const WHOLE: u32 = 240;
/// A year with so many has a page of its own where the whole is longer than that.
const OWN: u32 = 12;
/// Days of a period at most; a longer one, and a bare year, says too little of when.
const LONGEST: i32 = 92;

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A whole month or a longer period: it stands before the days of the month in which it begins.
    Month,
    /// Some days, under the first of them.
    Days,
    Day,
}

/// Under what the timeline shows a date; `None` where it does not.
pub fn grain(date: &DateRef) -> Option<Grain> {
    period(date.day, date.end).filter(|_| date.value.len() > 4 && date.day.year() > 0)
}

fn period(day: Date, end: Date) -> Option<Grain> {
    let days = (end - day).get_days() + 1;
    match days {
        1 => Some(Grain::Day),
        2.. if days > LONGEST => None,
        2.. if days > 31 || (day.day() == 1 && end == day.last_of_month()) => Some(Grain::Month),
        2.. => Some(Grain::Days),
        _ => None,
    }
}

/// The address of the timeline.
pub fn front() -> SitePath {
    SitePath::new("/timeline/")
}

/// The address of a year of the timeline.
pub fn path(year: i16) -> SitePath {
    SitePath::new(&format!("/timeline/{year:04}/"))
}

/// The years of the timeline with a page of their own, oldest first.
pub fn paged(site: &Site) -> impl DoubleEndedIterator<Item = &DatedYear> {
    let all: u32 = site.dated.iter().map(|year| year.dates).sum();
    site.dated.iter().filter(move |year| all > WHOLE && year.dates >= OWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_period_stands_under() {
        let check = |from: &str, to: &str, expect: Option<Grain>| {
            assert_eq!(period(from.parse().unwrap(), to.parse().unwrap()), expect, "{from} {to}");
        };
        check("2024-05-03", "2024-05-03", Some(Grain::Day));
        check("2024-05-03", "2024-05-07", Some(Grain::Days));
        check("2024-04-28", "2024-05-03", Some(Grain::Days));
        check("2024-02-01", "2024-02-29", Some(Grain::Month));
        check("2024-02-01", "2024-02-28", Some(Grain::Days));
        check("2024-01-01", "2024-03-31", Some(Grain::Month));
        check("2024-01-01", "2024-12-31", None);
        check("2024-05-07", "2024-05-03", None);
    }
}
