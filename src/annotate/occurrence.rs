//! Where a text names something: what the editor marked, the registry's names, the built-in names and the tagger's
//! spans, brought together so that no two overlap.
//!
//! The longest wins (`Moscow State University` is not `Moscow`); of equals, the editor's mark, then the registry,
//! then the built-in knowledge, then the tagger. What the losers knew of the same words is kept.

use std::{cmp::Reverse, ops::Range};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{
        names::{Bearer, Folded, Hit, case_agrees},
        tagger::{self, NerKind},
    },
    knowledge::{index::Candidate, pack::Knowledge, record::SubKind},
    model::{Mark, MarkTarget, Prose, Span},
    text::{
        family,
        token::{Token, TokenKind},
    },
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

    /// The folded word of a token, nothing behind the end.
    pub fn word(&self, at: usize) -> &str {
        if at < self.tokens.len() { self.folded.token(at) } else { "" }
    }

    /// Whether a token begins with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        let token = self.tokens.get(at);
        token.is_some_and(|t| t.of(&self.prose.text).starts_with(char::is_uppercase))
    }

    /// `the other Jordan`: not the one that was spoken of.
    pub fn is_the_other(&self, tokens: &Range<u32>) -> bool {
        let word = |back: u32| tokens.start.checked_sub(back).map_or("", |i| self.folded.token(i as usize));
        word(1) == "other" && word(2) == "the"
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

    /// Whether there is a capital in the word: `al-Assad`.
    fn has_capital(&self, i: usize) -> bool {
        self.tokens[i].of(&self.prose.text).chars().any(char::is_uppercase)
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
    let mut registered: Vec<Range<u32>> = found
        .iter()
        .filter(|(rank, o)| *rank == 1 && o.tokens.len() > 1)
        .map(|(_, o)| o.tokens.clone())
        .collect();
    registered.sort_by_key(|tokens| (tokens.start, tokens.end));
    for span in spans {
        let occurrence = match landform(text, span) {
            Some(tokens) => {
                Occurrence { tagged: Some((NerKind::Place, span.confidence)), ..blank(text, tokens) }
            }
            None => Occurrence {
                tagged: Some((span.kind, span.confidence)),
                title: span.title.clone(),
                ..blank(text, span.tokens.clone())
            },
        };
        // An unsure long span does not swallow a registered name.
        let from = registered.partition_point(|tokens| tokens.start < span.tokens.start);
        let swallows = span.confidence < 0.8
            && registered[from..]
                .iter()
                .take_while(|tokens| tokens.start < span.tokens.end)
                .any(|tokens| *tokens != span.tokens && tokens.end <= span.tokens.end);
        if !swallows {
            found.push((3, occurrence));
        }
    }
    with_particles(text, spans, &mut found);
    settle(text, found)
}

/// `Prince William Sound`: the tokens of a land form or water that bears a person's name, with the title
/// that belongs to it.
fn landform(text: &Text<'_>, span: &tagger::Span) -> Option<Range<u32>> {
    // `Michael Bay` and `Amy Beach` are people.
    const FORMS: [&str; 11] = [
        "sound",
        "island",
        "islands",
        "strait",
        "straits",
        "peninsula",
        "mountains",
        "glacier",
        "reef",
        "inlet",
        "archipelago",
    ];
    let last = text.folded.token(span.tokens.end as usize - 1);
    let person = span.kind == NerKind::Person && span.tokens.len() > 1;
    if !person || !FORMS.contains(&last) {
        return None;
    }
    // `the island's Prince William Sound`: only a title in capitals is a part of it.
    let capital = |t: &u32| {
        let word = text.tokens[*t as usize].of(&text.prose.text);
        word.starts_with(char::is_uppercase)
    };
    let title = span.title.clone().filter(|title| title.clone().all(|t| capital(&t)));
    Some(title.map_or(span.tokens.start, |title| title.start)..span.tokens.end)
}

/// `Von der Leyen` after Ursula von der Leyen, `Bin Salman` after Mohammed bin Salman: the family name with its
/// particles, wherever it stands.
fn with_particles<'a>(text: &Text<'_>, spans: &[tagger::Span], found: &mut Vec<(u8, Occurrence<'a>)>) {
    let mut tails: FxHashMap<&str, Vec<Range<usize>>> = FxHashMap::default();
    for span in spans.iter().filter(|s| s.kind == NerKind::Person && s.tokens.len() > 2) {
        let tokens = span.tokens.start as usize + 1..span.tokens.end as usize;
        let from = tokens.clone().find(|i| !text.capital(*i) && family::is_particle(text.folded.token(*i)));
        let Some(from) = from.filter(|from| *from + 1 < tokens.end) else { continue };
        let tails = tails.entry(text.folded.token(from)).or_default();
        let words = |range: &Range<usize>| range.clone().map(|i| text.folded.token(i)).collect::<Vec<_>>();
        let tail = from..tokens.end;
        if tails.len() < 8 && !tails.iter().any(|t| words(t) == words(&tail)) {
            tails.push(tail);
        }
    }
    if tails.is_empty() {
        return;
    }
    for i in 0..text.tokens.len() {
        for tail in tails.get(text.folded.token(i)).into_iter().flatten() {
            let end = i + tail.len();
            let same = end <= text.tokens.len()
                && (i..end).zip(tail.clone()).all(|(a, b)| text.folded.token(a) == text.folded.token(b));
            if same && text.has_capital(end - 1) {
                let occurrence =
                    Occurrence { tagged: Some((NerKind::Person, 0.8)), ..blank(text, i as u32..end as u32) };
                if !text.prose.slice(occurrence.span).contains('\n') {
                    found.push((4, occurrence));
                }
            }
        }
    }
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
    let named: FxHashSet<(u32, u32)> =
        spans.iter().filter(|s| s.kind != NerKind::Misc).map(|s| (s.tokens.start, s.tokens.end)).collect();
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
            if surface.contains('\n') || !text.has_capital(i + length - 1) {
                continue;
            }
            // `Douglas` before another name is not the town.
            let part = length == 1 && text.beside_capital(i);
            let confirmed = named.contains(&(tokens.start, tokens.end));
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
    let mut masks = text.prose.masks.clone();
    masks.sort_unstable();
    // Masks do not overlap, so only the last that begins before the end of a span can reach into it.
    let masked = |span: Span| {
        let before = masks.partition_point(|mask| mask.start < span.end);
        before.checked_sub(1).is_some_and(|i| masks[i].overlaps(span))
    };
    let mut owner: Vec<u32> = vec![u32::MAX; text.tokens.len()];
    let mut chosen: Vec<Occurrence<'a>> = Vec::new();
    for (_, occurrence) in found {
        let range = occurrence.tokens.start as usize..occurrence.tokens.end as usize;
        let first = owner[range.start];
        if first != u32::MAX && chosen[first as usize].tokens == occurrence.tokens {
            merge(&mut chosen[first as usize], occurrence);
        } else if owner[range.clone()].iter().all(|o| *o == u32::MAX) && !masked(occurrence.span) {
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
