//! A draft in; the fields that only weaker signs give, and the list of doubts, out.

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Doubt, Moment, Span},
    parse::wire::{
        Copy, Draft, Field, SURE, Wire, byline, dates,
        lines::{head, strip},
        offer, span, words,
    },
};

/// The longest headline that is made from a sentence, in characters.
const DERIVED: usize = 90;

/// Whether the copy names an Indian agency or city as its own.
pub fn is_indian(wire: &Wire) -> bool {
    let fields = wire.source.iter().chain(&wire.dateline).chain(&wire.credits);
    fields.into_iter().any(|field| words::is_indian(&field.value))
}

/// Fills date, headline and authors from weaker signs, then lists doubts.
pub fn settle(copy: &Copy<'_>, draft: &mut Draft) {
    date(copy, draft);
    authors(draft);
    if draft.wire.headline.is_none() {
        draft.wire.headline = derived(&draft.wire);
    }
    let doubts = doubts(&draft.wire);
    let wire = &mut draft.wire;
    wire.doubts.extend(doubts);
    wire.doubts.sort_by_key(|doubt| (doubt.source, doubt.field));
    if wire.prose.text.is_empty() {
        let fault = Diagnostic::warning("no-text", "no text for readers was found in the copy");
        wire.diagnostics.push(fault.at(Place::file(copy.path)));
    }
}

/// A header's date, else the dateline's, else the file name's, else the day of the last update.
fn date(copy: &Copy<'_>, draft: &mut Draft) {
    let path = copy.path.as_str();
    let named = dates::of_path(path);
    let header = draft.wire.date.as_ref().map(|field| field.value.day);
    let near = header.or(named);
    let year = near.map(|day| day.year()).or_else(|| dates::year_of_path(path));
    let wire = &mut draft.wire;
    if let Some((read, source)) = draft.dateline_date {
        // The year that brings the day nearest to the one known: copy of 1 January has datelines of December.
        let year = read.year.or(year);
        let years = year.into_iter().flat_map(|year| match read.year {
            Some(_) => vec![year],
            None => vec![year, year - 1, year + 1],
        });
        let days = years.filter_map(|year| read.on(year));
        let day = match near {
            // Copy is filed on the day of its dateline or after it, hardly ever a week before.
            Some(near) => days.min_by_key(|day| {
                let apart = near.duration_until(*day).as_secs();
                (apart > 7 * 86_400, apart.abs())
            }),
            None => days.into_iter().next(),
        };
        match day {
            Some(day) => {
                let (confidence, reason) = match () {
                    () if read.year.is_some() => (85, ""),
                    () if named == Some(day) => (85, ""),
                    () => (65, "the date is the dateline's, the year the file's"),
                };
                match wire.date.as_mut() {
                    Some(held) => agree(held, day),
                    None => {
                        offer(&mut wire.date, Field { value: Moment::day(day), confidence, source, reason })
                    }
                }
            }
            None => wire.doubts.push(Doubt {
                field: "date",
                confidence: 30,
                source,
                reason: "the dateline's date has no year",
            }),
        }
    }
    if let (None, Some(day)) = (&wire.date, named) {
        wire.date =
            Some(Field { value: Moment::day(day), confidence: 82, source: Span::default(), reason: "" });
    }
    if let (None, Some(updated)) = (&wire.date, &wire.updated) {
        let reason = "only the time of an update is known";
        wire.date =
            Some(Field { value: Moment::day(updated.value.day), confidence: 60, reason, ..updated.clone() });
    }
}

/// A header's date more than three days from the dateline's is doubted.
fn agree(held: &mut Field<Moment>, day: jiff::civil::Date) {
    let apart = held.value.day.duration_until(day).as_secs().abs();
    if apart > 3 * 86_400 && held.confidence >= SURE {
        held.confidence = 75;
        held.reason = "header and dateline name different days";
    }
}

/// `Reporting by Jane Doe in Kyiv; Editing by …` names the authors where no byline does.
fn authors(draft: &mut Draft) {
    if !draft.wire.byline.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for credit in &draft.wire.credits {
        let Some(rest) = strip(&credit.value, "reporting by ") else { continue };
        let people = rest.split(';').next().unwrap_or("").trim();
        let read = byline::strict(&format!("By {people}"));
        let names = read.map(|read| read.authors).unwrap_or_default();
        found.extend(names.into_iter().map(|(value, _)| Field {
            value,
            confidence: 72,
            source: credit.source,
            reason: "the authors were taken from the closing credit",
        }));
    }
    draft.wire.byline = found;
}

/// The first sentence of the copy, shortened at a word.
fn derived(wire: &Wire) -> Option<Field<String>> {
    let block = wire.prose.blocks.first()?;
    let text = head(wire.prose.slice(block.span), 2000);
    let sentence = first_sentence(text).trim();
    let bare = sentence.strip_suffix('.').filter(|bare| !bare.ends_with('.')).unwrap_or(sentence).trim_end();
    let value = if bare.chars().count() <= DERIVED { bare.to_owned() } else { shortened(bare) };
    let start = wire.prose.source_offset(block.span.start);
    let end = wire.prose.source_offset(block.span.start + sentence.len() as u32).max(start);
    (!value.is_empty()).then_some(Field {
        value,
        confidence: 40,
        source: span(start..end),
        reason: "no headline was found, so the first sentence stands for it",
    })
}

/// Up to the first full stop, question or exclamation mark that a blank and a large letter follow.
fn first_sentence(text: &str) -> &str {
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')) {
        let rest = text[at + c.len_utf8()..].trim_start_matches(['"', '”', '’', '\'', ')']);
        let end = text.len() - rest.len();
        let next = rest.trim_start();
        let word = text[..at].rsplit([' ', '\u{A0}']).next().unwrap_or("");
        let title =
            ["Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Sen", "Rep", "Gov", "Col", "Lt", "No", "Prof", "Sgt"];
        let abbreviated =
            c == '.' && (word.chars().count() == 1 || word.contains('.') || title.contains(&word));
        let opens =
            next.starts_with(|c: char| c.is_uppercase() || "\"“‘'(".contains(c) || c.is_ascii_digit());
        if !abbreviated && next.len() < rest.len() && opens || next.is_empty() {
            return &text[..end];
        }
    }
    text
}

/// The words that fit, with an ellipsis.
fn shortened(text: &str) -> String {
    let limit = text.char_indices().nth(DERIVED).map_or(text.len(), |(i, _)| i);
    let cut = text[..limit].rfind(' ').filter(|cut| *cut > limit / 2).unwrap_or(limit);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '-', '–', '—', ' ']))
}

fn doubts(wire: &Wire) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut note = |field: &'static str, confidence: u8, source: Span, reason: &'static str| {
        if confidence < SURE {
            doubts.push(Doubt { field, confidence, source, reason });
        }
    };
    let strings = [
        ("title", &wire.headline),
        ("summary", &wire.summary),
        ("source", &wire.source),
        ("section", &wire.section),
        ("dateline", &wire.dateline),
    ];
    for (name, field) in strings {
        if let Some(field) = field {
            note(name, field.confidence, field.source, field.reason);
        }
    }
    for (name, field) in [("date", &wire.date), ("updated", &wire.updated), ("publish_at", &wire.embargo)] {
        if let Some(field) = field {
            note(name, field.confidence, field.source, field.reason);
        }
    }
    for field in &wire.byline {
        note("authors", field.confidence, field.source, field.reason);
    }
    for field in &wire.credits {
        note("credit", field.confidence, field.source, field.reason);
    }
    doubts
}
