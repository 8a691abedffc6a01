//! The spans of both decodings enter; those that were doubtful leave with the type that the document is sure of.
//!
//! 1. A doubtful name has the type of the same name where that is certain.
//! 2. A doubtful single word that ends a person's certain full name is that person.
//! 3. A doubtful acronym in parentheses has the type of the certain name before it, and the other way round.
//! 4. A doubtful member of a list of three or more has the type on which all certain members agree.
//!
//! A type changes only where the others are certain and agree: evidence against it, a doubt or two types of the same
//! name, leaves the model's word.

use rustc_hash::FxHashMap;

use crate::annotate::tagger::document::Document;
use crate::annotate::tagger::{Evidence, NerKind, Span, classes};

/// From here on a span is certain; below [`DOUBT`] it gives way.
const SURE: f32 = 0.8;
/// Spans below this give way.
const DOUBT: f32 = 0.6;

/// The one type of certain spans, or `None` where they differ.
type Verdict = Option<NerKind>;

fn note(verdicts: &mut FxHashMap<u64, Verdict>, key: u64, kind: NerKind) {
    let verdict = verdicts.entry(key).or_insert(Some(kind));
    *verdict = verdict.filter(|known| *known == kind);
}

/// Changes the types of doubtful spans; see the head of the file. `key` gives the key of a span's words.
pub fn settle(document: &Document, spans: &mut [(Span, f32)], key: impl Fn(&Span) -> u64) {
    let mut names: FxHashMap<u64, Verdict> = FxHashMap::default();
    let mut ends: FxHashMap<u32, Verdict> = FxHashMap::default();
    for (span, _) in spans.iter().filter(|(span, _)| span.confidence >= SURE) {
        note(&mut names, key(span), span.kind);
        if span.tokens.len() > 1 {
            let entry = document.word(span.tokens.end as usize - 1).entry;
            let verdict = ends.entry(entry).or_insert(Some(span.kind));
            *verdict = verdict.filter(|known| *known == span.kind);
        }
    }
    let doubtful: Vec<usize> = (0..spans.len()).filter(|&at| spans[at].0.confidence < DOUBT).collect();
    for at in doubtful {
        let span = &spans[at].0;
        let same = names.get(&key(span)).copied().flatten();
        let full = (span.tokens.len() == 1)
            .then(|| ends.get(&document.word(span.tokens.start as usize).entry).copied().flatten())
            .flatten()
            .filter(|kind| *kind == NerKind::Person);
        let found = same
            .map(|kind| (kind, Evidence::SameName))
            .or(full.map(|kind| (kind, Evidence::FullName)))
            .or_else(|| bracketed(document, spans, at).map(|kind| (kind, Evidence::Acronym)))
            .or_else(|| listed(document, spans, at).map(|kind| (kind, Evidence::List)));
        if let Some((kind, evidence)) = found.filter(|(kind, _)| *kind != span.kind) {
            spans[at].0.kind = kind;
            spans[at].0.evidence = evidence;
        }
    }
}

/// The type of the certain name that a doubtful one explains in parentheses, or that explains it.
fn bracketed(document: &Document, spans: &[(Span, f32)], at: usize) -> Option<NerKind> {
    let initials = |long: &Span, short: &Span| {
        short.tokens.len() == 1
            && long.tokens.len() > 1
            && short.tokens.start == long.tokens.end + 1
            && document.word(short.tokens.start as usize).class & classes::UPPER != 0
            && document.word(long.tokens.end as usize).class & classes::MARK != 0
    };
    let own = &spans[at].0;
    let before = at.checked_sub(1).map(|i| &spans[i].0).filter(|long| initials(long, own));
    let after = spans.get(at + 1).map(|(span, _)| span).filter(|short| initials(own, short));
    before.or(after).filter(|other| other.confidence >= SURE).map(|other| other.kind)
}

/// The type on which the certain members of the list around a name agree, if there are two or more.
fn listed(document: &Document, spans: &[(Span, f32)], at: usize) -> Option<NerKind> {
    let joined = |i: usize| {
        let (from, to) = (spans[i].0.tokens.end as usize, spans[i + 1].0.tokens.start as usize);
        (from + 1..=from + 2).contains(&to)
            && (from..to).all(|t| document.word(t).class & classes::JOINS != 0)
    };
    // Longer lists than these tell nothing more.
    const REACH: usize = 8;
    let first = (at.saturating_sub(REACH)..at).rev().take_while(|&i| joined(i)).last().unwrap_or(at);
    let last =
        (at..(at + REACH).min(spans.len() - 1)).take_while(|&i| joined(i)).last().map_or(at, |i| i + 1);
    let mut certain =
        spans[first..=last].iter().filter(|(span, _)| span.confidence >= SURE).map(|(span, _)| span.kind);
    let kind = certain.next()?;
    let (mut count, mut agree) = (1, true);
    certain.for_each(|other| {
        count += 1;
        agree &= other == kind;
    });
    (agree && count >= 2).then_some(kind)
}
