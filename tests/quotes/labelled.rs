//! Labelled copy enters; how many speakers and times are found rightly leaves. Read by the tests and by
//! `examples/score_quotes.rs`.
//!
//! A line of a `.jsonl` file is one text: `names` maps an id to its kind and the forms that the copy uses (an id with
//! `?` in front is a name without an entity); in `copy`, `{id}`, `{=words}`, `{?}` or `{-}` stands behind a mark where
//! that entity, that description, somebody unknown, or nobody begins to speak; `dates` lists expressions with values.

use std::{collections::BTreeMap, error::Error};

use dateline::{
    annotate::{dates, input::Input, quotes},
    model::{
        Block, BlockKind, Candidate, EntityId, EntityKind, Evidence, Mention, Prose, QuoteKind, Span,
        Speaker, Status,
    },
    text::{sentence::sentences, token::tokenize},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub date: String,
    pub names: BTreeMap<String, Vec<String>>,
    pub copy: String,
    #[serde(default)]
    pub dates: Vec<(String, String)>,
}

/// What stands at a mark.
#[derive(Debug, PartialEq)]
pub enum Gold {
    Entity(String),
    Described(String),
    Unknown,
    Nobody,
}

#[derive(Default)]
pub struct Tally {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
    pub above: usize,
    pub above_right: usize,
    pub nobody: usize,
    pub nobody_wrong: usize,
    pub dates: usize,
    pub dates_right: usize,
    pub dates_found: usize,
}

/// Above it a speaker may be published.
pub const THRESHOLD: u8 = 70;

/// Reads and scores a file.
#[expect(clippy::disallowed_methods, reason = "tests read their own copy")]
pub fn score_file(path: &std::path::Path, verbose: bool) -> Result<Tally, Box<dyn Error>> {
    let mut tally = Tally::default();
    for line in std::fs::read_to_string(path)?.lines().filter(|l| !l.trim().is_empty()) {
        let case: Case = serde_json::from_str(line).map_err(|e| format!("{e}: {line:.60}"))?;
        score(&case, &mut tally, verbose)?;
    }
    Ok(tally)
}

/// Adds a text to the tally; `verbose` prints what is wrong.
pub fn score(case: &Case, tally: &mut Tally, verbose: bool) -> Result<(), Box<dyn Error>> {
    let (text, gold) = strip(&case.copy);
    let prose = prose(text);
    let tokens = tokenize(&prose.text);
    let sentences = sentences(&prose.text, &tokens);
    let mentions = mentions(&prose.text, &case.names);
    let input = Input::new(&prose, &tokens, &sentences, &mentions);
    let quotes = quotes::quotes(&input);
    for (at, gold) in &gold {
        let quote = quotes.iter().find(|q| q.kind != QuoteKind::Indirect && q.span.start == *at as u32);
        let right = quote.is_some_and(|q| agrees(gold, &q.speaker, &prose, &mentions));
        if *gold == Gold::Nobody {
            tally.nobody += 1;
            let wrong = quote.is_some_and(|q| q.confidence >= THRESHOLD);
            tally.nobody_wrong += usize::from(wrong);
            if wrong && verbose {
                println!("{}: spoken by nobody: {:?}", case.id, quote);
            }
            continue;
        }
        tally.gold += 1;
        tally.found += usize::from(quote.is_some());
        tally.right += usize::from(right);
        let above = quote.is_some_and(|q| q.confidence >= THRESHOLD);
        tally.above += usize::from(above);
        tally.above_right += usize::from(above && right);
        if !right && verbose {
            let said = quote.map(|q| describe(&q.speaker, &prose));
            let words: String = prose.text[*at..].chars().take(40).collect();
            println!("{}: {words:?} wants {gold:?}, has {said:?} {:?}", case.id, quote.map(|q| q.confidence));
        } else if verbose && quote.is_some_and(|q| q.confidence < THRESHOLD) {
            let words: String = prose.text[*at..].chars().take(40).collect();
            println!("{}: low {:?} {words:?} {gold:?}", case.id, quote.map(|q| q.confidence));
        }
    }
    let found = dates::dates(&input, case.date.parse()?);
    tally.dates_found += if case.dates.is_empty() { 0 } else { found.len() };
    let mut at = 0;
    for (words, value) in &case.dates {
        tally.dates += 1;
        let place = prose.text[at..].find(words.as_str()).map(|p| p + at);
        let Some(place) = place else { return Err(format!("{}: no {words} in the copy", case.id).into()) };
        at = place + words.len();
        let span = Span::new(place, at);
        let hit = found.iter().find(|d| d.span.overlaps(span));
        if hit.is_some_and(|h| h.value == *value) {
            tally.dates_right += 1;
        } else if verbose {
            println!(
                "{}: {words} wants {value}, has {:?}",
                case.id,
                hit.map(|h| (prose.slice(h.span), &h.value))
            );
        }
    }
    if verbose && !case.dates.is_empty() {
        for d in found.iter().filter(|d| {
            !case
                .dates
                .iter()
                .any(|(w, _)| prose.slice(d.span).contains(w.as_str()) || w.contains(prose.slice(d.span)))
        }) {
            println!("{}: extra time {} {}", case.id, prose.slice(d.span), d.value);
        }
    }
    Ok(())
}

fn agrees(gold: &Gold, speaker: &Speaker, prose: &Prose, mentions: &[Mention]) -> bool {
    match (gold, speaker) {
        (Gold::Entity(id), Speaker::Entity { id: found, .. }) => id == found.as_str(),
        (Gold::Entity(id), Speaker::Described { span }) => mentions
            .iter()
            .any(|m| m.span == *span && m.candidates.first().is_some_and(|c| c.entity.as_str() == id)),
        (Gold::Described(words), Speaker::Described { span }) => {
            let found = prose.slice(*span).to_lowercase();
            found.contains(&words.to_lowercase()) || words.to_lowercase().contains(&found)
        }
        (Gold::Unknown, Speaker::Unknown) => true,
        _ => false,
    }
}

pub fn describe(speaker: &Speaker, prose: &Prose) -> String {
    match speaker {
        Speaker::Entity { id, .. } => id.to_string(),
        Speaker::Described { span } => format!("={}", prose.slice(*span)),
        Speaker::Unknown => "?".into(),
    }
}

/// Takes the labels out of the copy.
fn strip(copy: &str) -> (String, Vec<(usize, Gold)>) {
    let mut text = String::with_capacity(copy.len());
    let mut gold = Vec::new();
    let mut rest = copy;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        gold.push((
            text.len(),
            match label {
                "?" => Gold::Unknown,
                "-" => Gold::Nobody,
                _ => match label.strip_prefix('=') {
                    Some(words) => Gold::Described(words.to_owned()),
                    None => Gold::Entity(label.to_owned()),
                },
            },
        ));
        rest = after;
    }
    text.push_str(rest);
    (text, gold)
}

pub fn prose(text: String) -> Prose {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.is_empty() {
            blocks.push(Block { span: Span::new(at, at + line.len()), kind: BlockKind::Paragraph });
        }
        at += line.len() + 1;
    }
    Prose { text, blocks, ..Prose::default() }
}

/// Every place where a given form stands as whole words, the longest first.
pub fn mentions(text: &str, names: &BTreeMap<String, Vec<String>>) -> Vec<Mention> {
    let mut forms: Vec<(&str, &str, EntityKind)> = Vec::new();
    for (id, list) in names {
        let kind = match list.first().map_or("", String::as_str) {
            "person" => EntityKind::Person,
            "org" => EntityKind::Organization,
            _ => EntityKind::Place,
        };
        forms.extend(list.iter().skip(1).map(|form| (form.as_str(), id.as_str(), kind)));
    }
    forms.sort_by_key(|(form, ..)| std::cmp::Reverse(form.len()));
    let mut found: Vec<Mention> = Vec::new();
    for (form, id, kind) in forms {
        for (at, _) in text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
            let whole =
                !inside(text[..at].chars().next_back()) && !inside(text[span.end as usize..].chars().next());
            if whole && !found.iter().any(|m| m.span.overlaps(span)) {
                let known = !id.starts_with('?');
                found.push(Mention {
                    span,
                    sentence: span,
                    kind,
                    entity: known.then(|| EntityId::new(id)),
                    confidence: 95,
                    evidence: Evidence::Shape,
                    status: Status::Accepted,
                    role: None,
                    candidates: vec![Candidate { entity: EntityId::new(id), score: 0, reasons: Vec::new() }],
                });
            }
        }
    }
    found.sort_by_key(|m| m.span.start);
    found
}
