//! An article and its headline enter; the two or three sentences that best sum it up leave, as they stand.
//!
//! Sentences near the top count most (news is written as an inverted pyramid), then those that share words with the
//! headline and name the article's chief entities. Spoken words, questions, sentences that lean on the one before
//! them, and ones too short or too long are left out.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{input::Input, words},
    model::{BlockKind, Span},
    text::{fold::fold, token::tokenize},
};

/// Words in a sentence that can stand alone.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=48;
/// How many sentences from the top are looked at.
const DEPTH: usize = 60;

/// A sentence that might be chosen.
struct Candidate {
    tokens: Range<usize>,
    /// Keys of the words that carry meaning.
    words: FxHashSet<u64>,
    score: f32,
}

/// At most three sentences in text order; two when few are fit.
pub fn key_sentences(input: &Input, headline: &str) -> Vec<Span> {
    let headline_tokens = tokenize(headline);
    let title = content(headline_tokens.iter().map(|t| t.of(headline)).map(|w| (w, words::classes(w))));
    let weights = weights(input);
    let mut candidates = Vec::new();
    let mut position = 0;
    for paragraph in input.paragraphs.iter().filter(|p| p.kind == BlockKind::Paragraph) {
        if position >= DEPTH {
            break;
        }
        let mut at = paragraph.tokens.start;
        let mut nth = 0;
        // Whether somebody is speaking where the sentence begins.
        let mut open = false;
        while at < paragraph.tokens.end && position < DEPTH {
            let tokens = at..input.sentence(at).end.clamp(at + 1, paragraph.tokens.end);
            at = tokens.end;
            let spoken = open;
            open ^= tokens.clone().filter(|t| input.is(*t, words::DOUBLE)).count() % 2 == 1;
            // A part of what somebody says is no sentence that stands alone.
            if !spoken && !open && fits(input, &tokens) {
                candidates.push(candidate(input, tokens, &title, &weights, position, nth));
            }
            position += 1;
            nth += 1;
        }
    }
    let count = if candidates.len() >= 6 { 3 } else { 2 };
    let mut chosen: Vec<Candidate> = Vec::new();
    while chosen.len() < count {
        let best = (0..candidates.len()).max_by(|a, b| {
            let score = |i: usize| candidates[i].score - repetition(&candidates[i], &chosen);
            score(*a).total_cmp(&score(*b)).then(b.cmp(a))
        });
        let Some(best) = best else { break };
        chosen.push(candidates.swap_remove(best));
    }
    chosen.sort_by_key(|c| c.tokens.start);
    chosen.into_iter().map(|c| input.span(c.tokens)).collect()
}

fn fits(input: &Input, tokens: &Range<usize>) -> bool {
    let count = tokens.clone().filter(|t| input.is_word(*t)).count();
    if !LENGTH.contains(&count) {
        return false;
    }
    let first = tokens.clone().find(|t| input.is_word(*t)).unwrap_or(tokens.start);
    let last = input.word(tokens.end - 1);
    let dangling = input.is(first, words::DANGLING) && input.mention(first).is_none();
    let quoted = quoted(input, tokens);
    let asks = tokens.clone().rev().take(2).any(|t| input.word(t).starts_with('?'));
    let whole = input.is(tokens.end - 1, words::STOP | words::DOUBLE | words::SINGLE)
        || last == ")"
        || last.ends_with('.');
    let starts = input.is_capital(first) || input.word(first).starts_with(|c: char| c.is_ascii_digit());
    !dangling && !asks && whole && starts && first == tokens.start && quoted * 3 <= count
}

/// How many words stand between marks.
fn quoted(input: &Input, tokens: &Range<usize>) -> usize {
    let mut inside = false;
    let mut count = 0;
    for t in tokens.clone() {
        if input.is(t, words::DOUBLE) {
            inside = !inside;
        } else if inside && input.is_word(t) {
            count += 1;
        }
    }
    count
}

fn candidate(
    input: &Input,
    tokens: Range<usize>,
    title: &FxHashSet<u64>,
    weights: &FxHashMap<u32, f32>,
    position: usize,
    nth: usize,
) -> Candidate {
    let words = content(tokens.clone().map(|t| (input.word(t), input.classes[t])));
    let shared = title.iter().filter(|w| words.contains(*w)).count() as f32 / title.len().max(1) as f32;
    let mut seen = FxHashSet::default();
    let named: f32 = tokens
        .clone()
        .filter_map(|t| input.owners[t].checked_sub(1))
        .filter(|m| input.mentions[*m as usize].entity.as_ref().is_some_and(|e| seen.insert(e)))
        .filter_map(|m| weights.get(&m))
        .sum();
    let early = 1.0 / (1.0 + position as f32 * 0.22);
    let heads = if nth == 0 { 0.12 } else { 0.0 };
    let count = tokens.clone().filter(|t| input.is_word(*t)).count() as f32;
    let length = 0.15 - ((count - 24.0).abs() / 24.0).min(1.0) * 0.15;
    Candidate { tokens, words, score: 1.2 * early + shared + 0.5 * named.min(1.0) + heads + length }
}

/// What a sentence repeats of those already chosen.
fn repetition(candidate: &Candidate, chosen: &[Candidate]) -> f32 {
    let repeated = |c: &Candidate| candidate.words.iter().filter(|w| c.words.contains(*w)).count();
    let most = chosen.iter().map(repeated).max().unwrap_or(0) as f32 / candidate.words.len().max(1) as f32;
    if most > 0.6 { 1.0 } else { most * 0.4 }
}

/// The share of all mentions of linked entities that each mention's entity has.
fn weights(input: &Input) -> FxHashMap<u32, f32> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    let linked =
        || input.mentions.iter().enumerate().filter_map(|(i, m)| m.entity.as_ref().map(|e| (i, e.as_str())));
    for (_, id) in linked() {
        *counts.entry(id).or_insert(0) += 1;
    }
    let all: u32 = counts.values().sum();
    linked().map(|(i, id)| (i as u32, counts[id] as f32 / all.max(1) as f32)).collect()
}

/// Keys of the words that carry meaning, without plural endings.
fn content<'a>(words: impl Iterator<Item = (&'a str, words::Classes)>) -> FxHashSet<u64> {
    words
        .filter(|(w, c)| w.len() > 2 && c & (words::EMPTY | words::WEEKDAY) == 0)
        .filter(|(w, _)| w.starts_with(char::is_alphanumeric))
        .map(|(w, _)| if w.is_ascii() { key(w) } else { key(&fold(w)) })
        .collect()
}

fn key(word: &str) -> u64 {
    let stem = word.trim_end_matches(['s', '.', 'S']);
    // FNV-1a, over small letters.
    stem.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}
