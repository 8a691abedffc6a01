//! A line in; the fields of a header line out: the crawler's first line, labelled lines, lines that are a date.

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::{
    model::Moment,
    parse::wire::{
        clock,
        dates::{self, Stamp},
        lines::{is_closed, range_of, starts_with, strip},
        words, zones,
    },
};

/// The fields that a header line can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Headline,
    Date,
    Updated,
    Source,
    Section,
    Dateline,
    Byline,
    Summary,
}

/// One field as written. The range is bytes of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Key,
    pub source: Range<usize>,
    /// Read already where it is a date.
    pub stamp: Option<Stamp>,
}

/// Labels with what they name. The longer of two with one beginning stands first.
const LABELS: [(&str, Key); 40] = [
    ("headline", Key::Headline),
    ("title", Key::Headline),
    ("first published", Key::Date),
    ("published on", Key::Date),
    ("published at", Key::Date),
    ("published date", Key::Date),
    ("publish date", Key::Date),
    ("published", Key::Date),
    ("publication date", Key::Date),
    ("posted on", Key::Date),
    ("posted", Key::Date),
    ("created on", Key::Date),
    ("created", Key::Date),
    ("issued", Key::Date),
    ("released", Key::Date),
    ("date published", Key::Date),
    ("date", Key::Date),
    ("last updated on", Key::Updated),
    ("last updated at", Key::Updated),
    ("last updated", Key::Updated),
    ("last modified", Key::Updated),
    ("updated on", Key::Updated),
    ("updated at", Key::Updated),
    ("updated", Key::Updated),
    ("modified", Key::Updated),
    ("source", Key::Source),
    ("agency", Key::Source),
    ("publisher", Key::Source),
    ("provider", Key::Source),
    ("section", Key::Section),
    ("category", Key::Section),
    ("rubric", Key::Section),
    ("dateline", Key::Dateline),
    ("location", Key::Dateline),
    ("place", Key::Dateline),
    ("byline", Key::Byline),
    ("authors", Key::Byline),
    ("author", Key::Byline),
    ("standfirst", Key::Summary),
    ("summary", Key::Summary),
];

/// The crawler's line: `date 2025-07-10 SOURCE / section`, its parts after the date optional. A date that does
/// not exist still makes a header: its stamp holds no moment.
pub fn crawled(line: &str, site: &TimeZone, indian: bool) -> Option<Vec<Entry>> {
    let rest =
        strip(line, "date").filter(|rest| rest.starts_with([' ', ':', '\t', '=']) && line.len() <= 300)?;
    let rest = rest.trim_start_matches([' ', ':', '\t', '=']);
    let stamp = dates::stamp(rest, site, indian).or_else(|| broken(rest))?;
    let mut entries =
        vec![Entry { key: Key::Date, source: range_of(line, &rest[..stamp.length]), stamp: Some(stamp) }];
    let rest = rest[stamp.length..].trim_matches([' ', '|', ',', ';', '•', '·', '\t', '–', '—']);
    if is_closed(rest) && !rest.ends_with('.') || rest.len() > 120 {
        return None;
    }
    let (source, section) = match rest.rsplit_once(" / ").or_else(|| rest.rsplit_once(" | ")) {
        Some((source, section)) => (source.trim(), section.trim()),
        None if rest.starts_with('/') => ("", rest.trim_start_matches('/').trim()),
        None => (rest.trim_end_matches('/').trim(), ""),
    };
    for (key, part) in [(Key::Source, source), (Key::Section, section)] {
        let part = ["source:", "section:"].iter().find_map(|l| strip(part, l)).unwrap_or(part).trim();
        if !part.is_empty() {
            entries.push(Entry { key, source: range_of(line, part), stamp: None });
        }
    }
    Some(entries)
}

/// A number in the place of a date: `2025-13-45`, `20.25.2020`.
fn broken(rest: &str) -> Option<Stamp> {
    let word = rest.split([' ', '|']).next().unwrap_or("");
    let numeric = word.len() >= 6
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || "-/.T:Z+".contains(c));
    numeric.then_some(Stamp { moment: None, confidence: 0, reason: "", length: word.len() })
}

/// Labelled fields of a line: `Published: July 10, 2025 | Source: Example Press`. Empty when the line is not
/// made of such fields.
pub fn labelled(line: &str, site: &TimeZone, indian: bool) -> Vec<Entry> {
    if line.len() > 600 {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut fields = 0;
    for part in line.split(['|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()) {
        // `PTI | New Delhi | July 10, 2025`: an agency and a date need no labels beside each other.
        let stamp = dates::whole(part, site, indian).map(|s| Stamp { confidence: s.confidence.min(90), ..s });
        let bare = match stamp {
            Some(_) => Some(Key::Date),
            None => words::agency(part).map(|_| Key::Source),
        };
        match (entry(line, part, site, indian), bare) {
            (Some(entry), _) => {
                fields += 1;
                entries.push(entry);
            }
            (None, Some(key)) => {
                fields += usize::from(key == Key::Date);
                entries.push(Entry { key, source: range_of(line, part), stamp });
            }
            (None, None) if entries.is_empty() => return entries,
            (None, None) => {}
        }
    }
    if fields == 0 { Vec::new() } else { entries }
}

fn entry(line: &str, part: &str, site: &TimeZone, indian: bool) -> Option<Entry> {
    let (rest, key) = LABELS.iter().find_map(|(label, key)| {
        strip(part, label).filter(|rest| rest.starts_with([' ', ':', '\t'])).map(|rest| (rest, *key))
    })?;
    let colon = rest.trim_start().starts_with(':');
    let value = rest.trim_start_matches([' ', ':', '\t', ',']).trim_end();
    let stamp = match key {
        Key::Date | Key::Updated => {
            let stamp = dates::stamp(value, site, indian).or_else(|| broken(value).filter(|_| colon))?;
            let after = value[stamp.length..].trim_matches([' ', '.', ',', ')', ';']);
            if !colon && !after.is_empty() && after.len() > 24 {
                return None;
            }
            Some(stamp)
        }
        _ if !colon || value.is_empty() => return None,
        Key::Source | Key::Section | Key::Dateline if value.len() > 120 => return None,
        _ => None,
    };
    let length = stamp.map_or(value.len(), |stamp| stamp.length);
    Some(Entry { key, source: range_of(line, &value[..length]), stamp })
}

/// A line that is a date, with a time and counters beside it: `July 10 2025, 06:12 PM • 1234 views`.
pub fn dated(line: &str, site: &TimeZone, indian: bool) -> Option<(Stamp, Range<usize>)> {
    if line.len() > 160 {
        return None;
    }
    let mut found = None;
    for part in line.split(['|', '•', '·']).map(str::trim).filter(|part| !part.is_empty()) {
        let part = part.trim_matches(['(', ')']);
        match dates::whole(part, site, indian) {
            Some(stamp) if found.is_none() => found = Some((stamp, range_of(line, part))),
            _ if is_counter(part) || clock::time(part).is_some_and(|time| time.length == part.len()) => {}
            _ => return None,
        }
    }
    found
}

/// `1234 views`, `5 min read`, `3 comments`.
fn is_counter(part: &str) -> bool {
    let bare = part.trim_start_matches(|c: char| c.is_ascii_digit() || ", .kK".contains(c));
    bare.len() < part.len()
        && ["views", "view", "reads", "comments", "comment", "shares", "min", "minutes", "minute"]
            .iter()
            .any(|word| starts_with(bare, word))
        && bare.split_whitespace().count() <= 2
}

/// Whether `line` puts the copy under an embargo.
pub fn is_embargo(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opens =
        ["embargo:", "embargoed", "embargo until", "under embargo", "strictly embargoed", "strict embargo"];
    let held = ["not for publication before", "not for publication until", "not for release before"];
    let held =
        held.iter().chain(&["not for release until", "not for broadcast before", "not for broadcast until"]);
    line.len() <= 200
        && (opens.iter().any(|o| starts_with(bare, o)) || held.into_iter().any(|h| starts_with(bare, h)))
        && !line.ends_with(['"', '”'])
}

/// The end of the embargo that `line` names: a date with a time after it, or before it
/// (`EMBARGOED UNTIL 00:01 GMT, 10 July 2025`).
pub fn embargo(line: &str, site: &TimeZone, indian: bool) -> Option<(Stamp, Range<usize>)> {
    let starts: Vec<usize> = std::iter::once(0).chain(line.match_indices(' ').map(|(i, _)| i + 1)).collect();
    let (at, mut stamp) =
        starts.iter().find_map(|at| dates::stamp(&line[*at..], site, indian).map(|s| (*at, s)))?;
    let source = at..at + stamp.length;
    if stamp.moment.is_some_and(|m| m.time.is_none()) {
        let time =
            starts.iter().filter(|start| **start < at).find_map(|start| clock::time(&line[*start..at]));
        let day = stamp.moment.map(|m| m.day);
        if let (Some(time), Some(day)) = (time, day) {
            let clock = day.to_datetime(time.time);
            if let Ok(instant) = zones::instant(clock, time.zone, site, indian) {
                stamp.moment = Some(Moment { day: site.to_datetime(instant).date(), time: Some(instant) });
            }
        }
    }
    Some((stamp, source))
}
