//! Where a text names something: what the editor marked, the registry's names, the built-in names and the tagger's
//! spans, brought together so that no two overlap.
//!
//! The longest wins (`Moscow State University` is not `Moscow`); of equals, the editor's mark, then the registry,
//! then the built-in knowledge, then the tagger. What the losers knew of the same words is kept.

use std::{cmp::Reverse, ops::Range};

use crate::{
    annotate::{
        names::{Bearer, Folded, Hit, case_agrees},
        tagger::{self, NerKind},
    },
    knowledge::{index::Candidate, pack::Knowledge, record::SubKind},
    model::{Mark, MarkTarget, Prose, Span},
    text::token::{Token, TokenKind},
};

/// A name in the text, and all that is known of it before it is resolved.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    pub tokens: Range<u32>,
    pub span: Span,
    /// The tagger's word on what it names, with its confidence (0 to 1).
    pub tagged: Option<(NerKind, f32)>,
    /// Title before it, in tokens.
    pub title: Option<Range<u32>>,
    pub bearers: Vec<&'a Bearer>,
    pub pack: Vec<Candidate>,
    pub mark: Option<&'a Mark>,
}

/// The text under annotation.
pub struct Text<'a> {
    pub prose: &'a Prose,
    pub tokens: &'a [Token],
    pub folded: &'a Folded,
}

impl Text<'_> {
    pub fn span(&self, tokens: &Range<u32>) -> Span {
        Span {
            start: self.tokens[tokens.start as usize].start,
            end: self.tokens[tokens.end as usize - 1].end,
        }
    }

    pub fn surface(&self, tokens: &Range<u32>) -> &str {
        self.prose.slice(self.span(tokens))
    }

    /// The folded words of a range, joined by spaces.
    pub fn folded(&self, tokens: &Range<u32>) -> String {
        let words: Vec<&str> = tokens.clone().map(|i| self.folded.token(i as usize)).collect();
        words.join(" ")
    }

    fn masked(&self, span: Span) -> bool {
        self.prose.masks.iter().any(|mask| mask.overlaps(span))
    }

    /// Whether the word stands right beside another capitalised one, with nothing but a space between.
    fn beside_capital(&self, i: usize) -> bool {
        let close = |a: usize, b: usize| {
            let between = self.prose.text.get(self.tokens[a].end as usize..self.tokens[b].start as usize);
            between == Some(" ")
                && self.tokens[a].kind == TokenKind::Word
                && self.tokens[b].kind == TokenKind::Word
        };
        (i + 1 < self.tokens.len() && close(i, i + 1) && self.capital(i + 1))
            || (i > 1 && close(i - 1, i) && self.capital(i - 1) && close(i - 2, i - 1))
    }

    fn capital(&self, i: usize) -> bool {
        let word = self.tokens[i].of(&self.prose.text);
        word.chars().next().is_some_and(char::is_uppercase)
    }
}

/// All names of the text, in order.
pub fn occurrences<'a>(
    text: &Text<'a>,
    hits: &[Hit<'a>],
    pack: Option<&Knowledge>,
    spans: &[tagger::Span],
) -> Vec<Occurrence<'a>> {
    let mut found: Vec<(u8, Occurrence<'a>)> = Vec::new();
    marked(text, &mut found);
    for hit in hits {
        let surface = text.surface(&hit.tokens);
        let bearers: Vec<&Bearer> = hit.bearers.iter().filter(|b| case_agrees(&b.name, surface)).collect();
        if !bearers.is_empty() {
            found.push((1, Occurrence { bearers, ..blank(text, hit.tokens.clone()) }));
        }
    }
    if let Some(pack) = pack {
        built_in(text, pack, spans, &mut found);
    }
    for span in spans {
        let occurrence = Occurrence {
            tagged: Some((span.kind, span.confidence)),
            title: span.title.clone(),
            ..blank(text, span.tokens.clone())
        };
        // An unsure long span does not swallow a registered name.
        let swallows = span.confidence < 0.8
            && found.iter().any(|(rank, o)| {
                *rank == 1
                    && o.tokens != span.tokens
                    && o.tokens.len() > 1
                    && span.tokens.start <= o.tokens.start
                    && o.tokens.end <= span.tokens.end
            });
        if !swallows {
            found.push((3, occurrence));
        }
    }
    settle(text, found)
}

fn blank<'a>(text: &Text<'_>, tokens: Range<u32>) -> Occurrence<'a> {
    Occurrence {
        span: text.span(&tokens),
        tokens,
        tagged: None,
        title: None,
        bearers: Vec::new(),
        pack: Vec::new(),
        mark: None,
    }
}

fn marked<'a>(text: &Text<'a>, found: &mut Vec<(u8, Occurrence<'a>)>) {
    // A mark around nothing, or around blanks, names nobody.
    let shown = |m: &&Mark| m.target != MarkTarget::Leave && !text.prose.slice(m.span).trim().is_empty();
    for mark in text.prose.marks.iter().filter(shown) {
        let start = text.tokens.partition_point(|t| t.end <= mark.span.start) as u32;
        let end = text.tokens.partition_point(|t| t.start < mark.span.end) as u32;
        if start < end {
            found.push((0, Occurrence { mark: Some(mark), span: mark.span, ..blank(text, start..end) }));
        }
    }
}

/// Names of the built-in knowledge: those of several words or of the first rank, and any that the tagger confirms.
fn built_in<'a>(
    text: &Text<'a>,
    pack: &Knowledge,
    spans: &[tagger::Span],
    found: &mut Vec<(u8, Occurrence<'a>)>,
) {
    let words: Vec<&str> = (0..text.tokens.len()).map(|i| text.folded.token(i)).collect();
    // A name that begins inside a registered one is part of it.
    let mut inside = vec![false; words.len()];
    for (_, registered) in found.iter().filter(|(rank, _)| *rank == 1) {
        inside[registered.tokens.start as usize + 1..registered.tokens.end as usize].fill(true);
    }
    for (i, inside) in inside.into_iter().enumerate() {
        if inside || text.tokens[i].kind != TokenKind::Word || !text.capital(i) {
            continue;
        }
        for (length, candidates) in pack.prefixes(&words, i) {
            let tokens = i as u32..(i + length) as u32;
            let surface = text.surface(&tokens);
            if surface.contains('\n') || !text.capital(i + length - 1) {
                continue;
            }
            // `Douglas` before another name is not the town.
            let part = length == 1 && text.beside_capital(i);
            let confirmed = spans.iter().any(|s| s.tokens == tokens && s.kind != NerKind::Misc);
            let fits: Vec<Candidate> = candidates
                .filter(|c| c.fits(surface))
                .filter(|c| {
                    let Some(brief) = pack.brief(c.id) else { return false };
                    let first_rank = brief.tier == 0 && !c.weak;
                    confirmed
                        || (first_rank && !part)
                        || (length > 1 && !c.weak && brief.sub_kind != SubKind::Person)
                })
                .take(12)
                .collect();
            if !fits.is_empty() {
                found.push((2, Occurrence { pack: fits, ..blank(text, tokens) }));
            }
        }
    }
}

/// Chooses occurrences that do not overlap; equal ranges become one.
fn settle<'a>(text: &Text<'_>, mut found: Vec<(u8, Occurrence<'a>)>) -> Vec<Occurrence<'a>> {
    let key = |rank: u8, o: &Occurrence<'_>| (rank != 0, Reverse(o.tokens.len()), o.tokens.start, rank);
    found.sort_by_key(|(rank, occurrence)| key(*rank, occurrence));
    let mut owner: Vec<u32> = vec![u32::MAX; text.tokens.len()];
    let mut chosen: Vec<Occurrence<'a>> = Vec::new();
    for (_, occurrence) in found {
        let range = occurrence.tokens.start as usize..occurrence.tokens.end as usize;
        let first = owner[range.start];
        if first != u32::MAX && chosen[first as usize].tokens == occurrence.tokens {
            merge(&mut chosen[first as usize], occurrence);
        } else if owner[range.clone()].iter().all(|o| *o == u32::MAX) && !text.masked(occurrence.span) {
            owner[range].fill(chosen.len() as u32);
            chosen.push(occurrence);
        } else if occurrence.title.is_some() && first != u32::MAX {
            // The tagger's title still stands before the longer name.
            let kept = &mut chosen[first as usize];
            if kept.tokens.start == occurrence.tokens.start && kept.title.is_none() {
                kept.title = occurrence.title;
            }
        }
    }
    chosen.sort_by_key(|o| o.tokens.start);
    chosen
}

fn merge<'a>(kept: &mut Occurrence<'a>, other: Occurrence<'a>) {
    kept.tagged = kept.tagged.or(other.tagged);
    if kept.title.is_none() {
        kept.title = other.title;
    }
    if kept.bearers.is_empty() {
        kept.bearers = other.bearers;
    }
    if kept.pack.is_empty() {
        kept.pack = other.pack;
    }
}
