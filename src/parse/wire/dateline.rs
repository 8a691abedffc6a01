//! The beginning of the first paragraph in; the place, agency and date of its dateline out.

use std::ops::Range;

use crate::parse::wire::{
    dates::{self, DateRead},
    lines::{head, is_capitals},
    words,
};

/// A dateline as read. Ranges are bytes of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatelineRead {
    /// `Kuala Lumpur, Malaysia`; `None` for a bare `(Reuters) -`.
    pub place: Option<String>,
    pub source: Range<usize>,
    pub agency: Option<(String, Range<usize>)>,
    pub date: Option<(DateRead, Range<usize>)>,
    /// Where the copy itself starts; the length of the paragraph when the dateline is all of it.
    pub end: usize,
    pub confidence: u8,
}

/// The longest dateline, in bytes.
const LONGEST: usize = 180;

/// Labels that stand before a colon or a dash as a place does.
const LABELS: [&str; 48] = [
    "analysis",
    "opinion",
    "update",
    "updated",
    "breaking",
    "live",
    "exclusive",
    "watch",
    "video",
    "explainer",
    "note",
    "question",
    "answer",
    "summary",
    "highlights",
    "background",
    "editorial",
    "comment",
    "correction",
    "photo",
    "source",
    "interview",
    "factbox",
    "timeline",
    "headline",
    "news",
    "report",
    "developing",
    "urgent",
    "key points",
    "advertisement",
    "warning",
    "disclaimer",
    "topic",
    "about",
    "fact check",
    "q",
    "a",
    "more",
    "related",
    "read more",
    "subject",
    "title",
    "file",
    "file photo",
    "file image",
    "photos",
    "editor's note",
];

/// Reads the dateline at the start of `paragraph`. `known` tells whether the copy speaks of being in a place.
pub fn read(paragraph: &str, known: impl Fn(&str) -> bool) -> Option<DatelineRead> {
    let text = head(paragraph, LONGEST);
    let places = places(text);
    let mut at = places.end;
    let date = date_after(text, &mut at);
    let agency = agency_after(text, &mut at);
    let (mark, after) = terminator(text, at);
    let mut read =
        DatelineRead { place: None, source: places.range.clone(), agency, date, end: after, confidence: 0 };
    if places.segments.is_empty() {
        let known = read.agency.as_ref().is_some_and(|(name, _)| words::agency(name).is_some());
        let bare = text.starts_with('(') && known && matches!(mark, Mark::Dash);
        read.confidence = 90;
        return bare.then_some(read);
    }
    if mark == Mark::Bullet {
        let name = agency_after_bullet(text, &mut read.end)?;
        read.agency = Some(name);
    }
    let rest = text.get(read.end..).unwrap_or("");
    let opens = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«„[".contains(c));
    read.confidence = confidence(text, &places, &read, mark, opens, known)?;
    // On a line of its own only a form that cannot be anything else.
    if rest.is_empty() && (text.len() < paragraph.len() || mark != Mark::Bullet && read.confidence < 92) {
        return None;
    }
    read.place = Some(places.spelt());
    Some(read)
}

/// How sure the form alone makes us that this is a dateline; `None` when it is none.
fn confidence(
    text: &str,
    places: &Places<'_>,
    read: &DatelineRead,
    mark: Mark,
    opens: bool,
    known: impl Fn(&str) -> bool,
) -> Option<u8> {
    let first = places.segments.first()?;
    let label = LABELS.contains(&&*first.to_lowercase());
    let words = first.split(' ').count();
    let shouted = is_capitals(first) && first.len() > 1;
    let agency = read.agency.as_ref().map(|(name, _)| words::agency(name).is_some());
    let slashed = read.agency.is_some()
        && text.get(..read.end).is_some_and(|head| head.trim_end().ends_with(['/', '.']));
    if label || words > 5 {
        return None;
    }
    match (mark, agency) {
        (Mark::Dash, Some(true)) => Some(97),
        (Mark::Colon, Some(true)) => Some(95),
        (Mark::Bullet, Some(true)) => Some(92),
        (Mark::Bullet, _) => Some(75),
        (Mark::Dash | Mark::Colon, Some(false)) => Some(82),
        (Mark::None, Some(true)) if read.date.is_some() => Some(92),
        (Mark::None, Some(true)) if shouted => Some(85),
        (Mark::None, Some(false)) if read.date.is_some() && slashed => Some(82),
        (Mark::Dash | Mark::Colon, None) if read.date.is_some() => Some(92),
        (Mark::Dash, None) if shouted => Some(90),
        (Mark::Colon, None) if shouted => Some(if known(first) { 92 } else { 80 }),
        (Mark::Colon | Mark::Dash, None) if opens && words <= 4 => match () {
            () if known(first) => Some(92),
            () if places.segments.len() > 1 => Some(82),
            () if mark == Mark::Colon => Some(72),
            () => Some(62),
        },
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    Dash,
    Colon,
    Bullet,
}

struct Places<'a> {
    segments: Vec<&'a str>,
    range: Range<usize>,
    end: usize,
}

impl Places<'_> {
    /// As prose writes the place: capitals recast, except short abbreviations after a comma (`UAE`).
    fn spelt(&self) -> String {
        let spell = |(i, segment): (usize, &&str)| match i {
            0 => words::recase(segment),
            _ if segment.len() > 3 => words::recase(segment),
            _ => (*segment).to_owned(),
        };
        let name = self.segments.iter().enumerate().map(spell).collect::<Vec<_>>().join(", ");
        // The full stop of `Kyiv. July 10.` is no part of the name; those of `D.C.` are.
        let last = name.rsplit(' ').next().unwrap_or("");
        match name.strip_suffix('.') {
            Some(bare) if last.len() > 3 && !last[..last.len() - 1].contains('.') => bare.to_owned(),
            _ => name,
        }
    }
}

/// Up to three names parted by commas, until a date, a bracket or a mark.
fn places(text: &str) -> Places<'_> {
    let mut places = Places { segments: Vec::new(), range: 0..0, end: 0 };
    let mut at = 0;
    while places.segments.len() < 3 {
        let Some(end) = place(text, at) else { break };
        places.segments.push(&text[at..end]);
        places.range = 0..end;
        places.end = end;
        // Indian agencies put the country in square brackets.
        let inner = text[end..].strip_prefix(" [");
        if let Some(close) = inner.and_then(|inner| inner.find(']')).filter(|i| (1..=40).contains(i)) {
            places.segments.push(&text[end + 2..end + 2 + close]);
            places.end = end + 2 + close + 1;
            places.range = 0..places.end;
            break;
        }
        let rest = &text[end..];
        if !rest.starts_with(", ") || dates::date(&rest[2..]).is_some() {
            break;
        }
        at = end + 2;
    }
    places
}

/// The end of the run of words with large letters at `start`, particles between them allowed.
fn place(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    let mut end = None;
    loop {
        let rest = &text[at..];
        let length = rest
            .find(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '/')))
            .unwrap_or(rest.len());
        let word = rest[..length].trim_end_matches(['-', '/']);
        let large = word.starts_with(char::is_uppercase);
        if word.is_empty() || !large && (end.is_none() || !words::is_particle(word)) || at > start + 60 {
            return end;
        }
        if large {
            if dates::date(rest).is_some() && end.is_some() {
                return end;
            }
            end = Some(at + word.len());
        }
        at += length;
        if word.len() < length || !text[at..].starts_with(' ') {
            return end;
        }
        at += 1;
    }
}

/// `, July 10`, `. July 10` or ` July 10, 2025` at `at`.
fn date_after(text: &str, at: &mut usize) -> Option<(DateRead, Range<usize>)> {
    let rest = &text[*at..];
    let start = *at + (rest.len() - rest.trim_start_matches([',', '.', ' ']).len());
    let read = dates::date(&text[start..]).filter(|_| start > *at)?;
    *at = start + read.length;
    if text[*at..].starts_with(',') {
        *at += 1;
    }
    Some((read, start..start + read.length))
}

/// `(AP)`, `/TASS/` at `at`, or the name of an agency between full stops: `Kyiv. July 10. UNN.`
fn agency_after(text: &str, at: &mut usize) -> Option<(String, Range<usize>)> {
    let rest = &text[*at..];
    let open = *at + (rest.len() - rest.trim_start_matches([' ', ',', '.']).len());
    let rest = &text[open..];
    let (inner, close) = match rest.chars().next()? {
        '(' => (&rest[1..], rest[1..].find(')')?),
        '/' => (&rest[1..], rest[1..].find('/')?),
        _ => {
            let close = rest.find('.').filter(|i| *i <= 24)?;
            let name = words::agency(&rest[..close]).filter(|_| text[*at..].starts_with('.'))?;
            *at = open + close + 1;
            return Some((name.to_owned(), open..open + close));
        }
    };
    let name = inner.get(..close).filter(|name| (2..=40).contains(&name.len()))?.trim();
    let worded = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '&' | '-' | '/' | '\''));
    if !worded || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    *at = open + 1 + close + 1;
    if rest.starts_with('/') && text[*at..].starts_with('.') {
        *at += 1;
    }
    Some((words::agency(name).unwrap_or(name).to_owned(), open + 1..open + 1 + close))
}

/// The mark that closes the dateline, and where the copy starts after it.
fn terminator(text: &str, at: usize) -> (Mark, usize) {
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches([' ', '\u{A0}']);
    let spaced = trimmed.len() < rest.len();
    let from = text.len() - trimmed.len();
    let (mark, length) = match () {
        () if trimmed.starts_with("--") => {
            (Mark::Dash, trimmed.len() - trimmed.trim_start_matches('-').len())
        }
        () if trimmed.starts_with(['—', '–', '―']) => (Mark::Dash, '—'.len_utf8()),
        // Old lines of agencies carry no dash and write `_` for it.
        () if trimmed.starts_with(['-', '_']) && spaced => (Mark::Dash, 1),
        () if trimmed.starts_with(':') => (Mark::Colon, 1),
        () if trimmed.starts_with(['•', '·']) => {
            (Mark::Bullet, trimmed.chars().next().map_or(0, char::len_utf8))
        }
        () => (Mark::None, 0),
    };
    let rest = &trimmed[length..];
    (mark, from + length + (rest.len() - rest.trim_start_matches([' ', '\u{A0}', '\t']).len()))
}

/// `UNN` of `Kyiv • UNN`, or of `Kyiv • UNN • Text`.
fn agency_after_bullet(text: &str, at: &mut usize) -> Option<(String, Range<usize>)> {
    let rest = &text[*at..];
    let name = rest.split(['•', '·']).next()?.trim_end();
    let word = if name.len() <= 40 && name.split(' ').count() <= 3 { name } else { return None };
    if !word.starts_with(char::is_uppercase) || word.ends_with('.') {
        return None;
    }
    let source = *at..*at + word.len();
    let after = rest[word.len()..].trim_start_matches([' ', '•', '·', '\u{A0}']);
    *at = text.len() - after.len();
    Some((words::agency(word).unwrap_or(word).to_owned(), source))
}
