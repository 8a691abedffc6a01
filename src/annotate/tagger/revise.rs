//! What the model said of every chunk enters; features of a second decoding leave, which sees the whole document.
//!
//! The second decoding starts from the scores of the first. Its features tell what the first said of the same word,
//! of the same name, of the full name whose end a word is, of the long form of an acronym, and of the neighbours in
//! a list. Their weights are trained on documents that the first model had not seen (after Krishnan and Manning
//! 2006, "An effective two-stage model for exploiting non-local dependencies in named entity recognition").

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::annotate::tagger::Evidence;
use crate::annotate::tagger::classes;
use crate::annotate::tagger::decode::{LABELS, Lattice, Row};
use crate::annotate::tagger::document::{Chunk, Document, Setting};
use crate::annotate::tagger::features::View;
use crate::annotate::tagger::lexicon::kind;
use crate::annotate::tagger::model::{Model, Scratch};
use crate::annotate::tagger::table::mix;

/// Votes for being outside a name and for each of the five types.
pub type Ballot = [u16; 6];

/// What the first decoding left.
#[derive(Clone, Debug, Default)]
pub struct First {
    /// Scores of the labels of the tokens of all chunks, one chunk after the other.
    pub rows: Vec<Row>,
    /// Where the rows of each chunk begin.
    pub starts: Vec<u32>,
    /// The label of each token of the text.
    pub labels: Vec<u8>,
    /// The place in a listed name and its bits, for each row.
    pub listed: Vec<(u8, u16)>,
}

/// The type of a label: 0 outside, 1 to 5.
pub fn kind_of(label: u8) -> usize {
    (label as usize).div_ceil(4)
}

impl First {
    /// Decodes all chunks. `scratch` must be of the memory that the document was made with.
    pub fn run(model: &Model<'_>, document: &Document, scratch: &mut Scratch) -> First {
        let mut first = First { labels: vec![0; document.ids.len()], ..First::default() };
        let (mut view, mut lattice) = (View::default(), Lattice::default());
        for &chunk in &document.chunks {
            model.decode(document, chunk, &mut view, &mut lattice, scratch);
            first.starts.push(first.rows.len() as u32);
            first.rows.extend_from_slice(&lattice.rows);
            first.listed.extend_from_slice(&view.listed);
            first.labels[chunk.start as usize..chunk.end as usize].copy_from_slice(&lattice.best);
        }
        first
    }

    /// The rows of a chunk.
    pub fn chunk(&self, document: &Document, index: usize) -> &[Row] {
        let start = self.starts[index] as usize;
        let chunk = document.chunks[index];
        &self.rows[start..start + (chunk.end - chunk.start) as usize]
    }
}

/// Cuts labels into spans: token range and type, 1 to 5.
pub fn spans(labels: &[u8], chunk: Chunk) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    let mut open = chunk.start as usize;
    (chunk.start as usize..chunk.end as usize).filter_map(move |at| {
        let label = labels[at];
        let place = label.wrapping_sub(1) % 4;
        if label == 0 {
            return None;
        }
        if place == 0 || place == 3 {
            open = at;
        }
        (place >= 2).then(|| (open..at + 1, kind_of(label)))
    })
}

/// What the document says of its words and names.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    words: Vec<Ballot>,
    /// Per folded word, in which part of longer names it stands: bit `type` first, bit `type + 6` last, `+ 12` inside.
    parts: Vec<u32>,
    names: FxHashMap<u64, Ballot>,
    /// By the hash of their initials: names of two or more words.
    long: FxHashMap<u64, Ballot>,
    /// By the hash of their letters: words in capitals.
    short: FxHashMap<u64, Ballot>,
    /// The name of each token: its spans' or runs' key, and the type, for tokens of chunks.
    keys: Vec<u64>,
    /// The types of the names before and after in a list, for each token: low and high half.
    lists: Vec<u8>,
}

/// The key of a name by its folded words.
pub fn key(document: &Document, range: Range<usize>) -> u64 {
    range.fold(11, |key, at| mix(key, document.word(at).folded))
}

/// The hash of the initials of the words with a capital, or `None` for fewer than two.
fn initials(document: &Document, range: Range<usize>) -> Option<u64> {
    let (mut x, mut count) = (5, 0);
    for at in range {
        let word = document.word(at);
        if word.class & classes::ACTIVE != 0 {
            x = mix(x, u64::from(word.first));
            count += 1;
        }
    }
    (count > 1).then_some(x)
}

impl Votes {
    /// Counts what the first decoding said.
    pub fn count(document: &Document, first: &First) -> Votes {
        let tokens = document.ids.len();
        let mut votes = Votes {
            words: vec![[0; 6]; document.evidence.len()],
            parts: vec![0; document.evidence.len()],
            keys: vec![0; tokens],
            lists: vec![0; tokens],
            ..Votes::default()
        };
        let mut last: Option<(Range<usize>, usize)> = None;
        for &chunk in &document.chunks {
            let plain = document.settings[chunk.sentence as usize] == Setting::Plain;
            let weight = if plain { 2 } else { 1 };
            for at in chunk.start as usize..chunk.end as usize {
                let word = document.word(at);
                if word.class & classes::ACTIVE != 0 {
                    bump(&mut votes.words[word.entry as usize], kind_of(first.labels[at]), weight);
                }
            }
            for run in document.runs(chunk) {
                if first.labels[run.clone()].iter().all(|&l| l == 0) {
                    let key = key(document, run.clone());
                    bump(votes.names.entry(key).or_default(), 0, weight);
                    votes.keys[run].fill(key);
                }
            }
            for (range, kind) in spans(&first.labels, chunk) {
                let key = key(document, range.clone());
                bump(votes.names.entry(key).or_default(), kind, weight);
                votes.keys[range.clone()].fill(key);
                if range.len() > 1 {
                    for at in range.clone() {
                        let part = if at == range.start {
                            0
                        } else if at + 1 == range.end {
                            6
                        } else {
                            12
                        };
                        votes.parts[document.word(at).entry as usize] |= 1 << (kind + part);
                    }
                    if let Some(letters) = initials(document, range.clone()) {
                        bump(votes.long.entry(letters).or_default(), kind, weight);
                    }
                } else if document.word(range.start).class & classes::UPPER != 0 {
                    bump(votes.short.entry(document.word(range.start).letters).or_default(), kind, weight);
                }
                if let Some((before, other)) = &last
                    && listed(document, before.end, range.start)
                {
                    votes.lists[range.clone()].iter_mut().for_each(|cell| *cell |= *other as u8);
                    votes.lists[before.clone()].iter_mut().for_each(|cell| *cell |= (kind as u8) << 4);
                }
                last = Some((range, kind));
            }
        }
        votes
    }
}

fn bump(ballot: &mut Ballot, kind: usize, weight: u16) {
    ballot[kind] = ballot[kind].saturating_add(weight);
}

/// Whether the tokens between two names join them to a list.
fn listed(document: &Document, from: usize, to: usize) -> bool {
    (from + 1..=from + 2).contains(&to) && (from..to).all(|at| document.word(at).class & classes::JOINS != 0)
}

/// A ballot without one vote, summed up: the leading type, how clearly it leads, how many votes there are.
fn verdict(ballot: &Ballot, own: usize, weight: u16) -> u64 {
    let mut rest = *ballot;
    rest[own] = rest[own].saturating_sub(weight);
    let total: u32 = rest.iter().map(|&n| u32::from(n)).sum();
    if total == 0 {
        return 0;
    }
    let mut lead = 0;
    for kind in 1..6 {
        if rest[kind] > rest[lead] {
            lead = kind;
        }
    }
    let top = u32::from(rest[lead]);
    let clear = if top == total {
        2
    } else if top * 3 >= total * 2 {
        1
    } else {
        0
    };
    let many = match total {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    1 + lead as u64 + 6 * (clear + 3 * many)
}

/// How clearly the first decoding preferred the label of a token to every other type.
fn margin(row: &Row, label: u8) -> u64 {
    let own = kind_of(label);
    let mut best = i32::MIN;
    for (other, &score) in row.iter().enumerate().take(LABELS) {
        if kind_of(other as u8) != own {
            best = best.max(score);
        }
    }
    match row[label as usize].saturating_sub(best) {
        ..=-1 => 0,
        0..=59 => 1,
        60..=159 => 2,
        160..=319 => 3,
        _ => 4,
    }
}

/// Calls `sink` with the key of every second-stage feature of token `at` of chunk number `index`.
pub fn features(
    document: &Document,
    first: &First,
    votes: &Votes,
    index: usize,
    at: usize,
    sink: &mut impl FnMut(u64),
) {
    let chunk = document.chunks[index];
    let row_at = first.starts[index] as usize + at - chunk.start as usize;
    let (word, label) = (document.word(at), first.labels[at]);
    let own = kind_of(label);
    let setting = document.settings[chunk.sentence as usize];
    let weight = if setting == Setting::Plain { 2 } else { 1 };
    let active = word.class & classes::ACTIVE != 0;
    let neighbour = |other: Option<usize>| match other {
        Some(i) if i >= chunk.start as usize && i < chunk.end as usize => {
            let w = document.word(i);
            let near = kind_of(first.labels[i]);
            7 * verdict(&votes.words[w.entry as usize], near, weight) + near as u64
        }
        _ => 6,
    };
    let lone = u64::from(label > 0 && (label - 1) % 4 == 3 || label == 0);
    let sure = margin(&first.rows[row_at], label);
    let base = own as u64 | sure << 3 | (setting as u64) << 6 | lone << 8;
    let mut put = |template: u64, value: u64| sink(mix(template + 1000, value));
    put(1, base);
    if !active {
        put(2, own as u64 | (neighbour(at.checked_sub(1)) << 3) | neighbour(Some(at + 1)) << 16);
        return;
    }
    let same = verdict(&votes.words[word.entry as usize], own, weight);
    let place = u64::from(label.wrapping_sub(1) % 4) | (own as u64) << 2;
    put(3, same | (own as u64) << 8);
    put(4, same | base << 8);
    put(5, same | place << 8 | u64::from(word.class & classes::UPPER) << 16);
    let name = votes.names.get(&votes.keys[at]).map_or(0, |ballot| verdict(ballot, own, weight));
    put(6, name | (own as u64) << 8);
    put(7, name | base << 8);
    put(8, name << 8 | same | (own as u64) << 16);
    let parts = u64::from(votes.parts[word.entry as usize]);
    put(9, parts | lone << 20 | (own as u64) << 21);
    for bit in 0..18 {
        if parts >> bit & 1 != 0 {
            put(10, bit | base << 8);
        }
    }
    if word.class & classes::UPPER != 0 {
        let long = votes.long.get(&word.letters).map_or(0, |ballot| 1 + verdict(ballot, 0, 0));
        put(11, long | (own as u64) << 8);
        put(12, long | base << 8);
    }
    if own > 0 && lone == 0 {
        let start =
            (chunk.start as usize..=at).rev().find(|&i| matches!(first.labels[i], 1 | 5 | 9 | 13 | 17));
        let end = (at..chunk.end as usize).find(|&i| matches!(first.labels[i], 3 | 7 | 11 | 15 | 19));
        if let (Some(start), Some(end)) = (start, end)
            && let Some(ballot) =
                initials(document, start..end + 1).and_then(|letters| votes.short.get(&letters))
        {
            put(13, verdict(ballot, 0, 0) | base << 8);
        }
    }
    let lists = u64::from(votes.lists[at]);
    if lists != 0 {
        put(14, lists | (own as u64) << 8);
        put(15, lists | base << 8);
    }
    let bits = first.listed[row_at];
    let kinds = u64::from(bits.1 & kind::PLACE != 0)
        | u64::from(bits.1 & kind::ORG != 0) << 1
        | u64::from(bits.1 & (kind::PERSON | kind::SURNAME) != 0) << 2
        | u64::from(bits.0) << 3;
    put(16, kinds | same << 8 | (own as u64) << 16);
    put(17, own as u64 | neighbour(at.checked_sub(1)) << 3);
    put(18, own as u64 | neighbour(Some(at + 1)) << 3);
    put(19, same | u64::from(document.evidence[word.entry as usize] & 0xff_ffff) << 16);
}

/// Why the second decoding made a span: nothing new when the first had made the same one.
pub fn reason(
    document: &Document,
    first: &First,
    votes: &Votes,
    range: Range<usize>,
    kind: usize,
) -> Evidence {
    let before = &first.labels[range.clone()];
    let place = |at: usize| before[at].wrapping_sub(1) % 4;
    let closed = if range.len() == 1 { place(0) == 3 } else { place(0) == 0 && place(range.len() - 1) == 2 };
    if closed && before.iter().all(|&label| kind_of(label) == kind) {
        return Evidence::Model;
    }
    let word = document.word(range.start);
    let parts = votes.parts[word.entry as usize];
    let name = votes.names.get(&key(document, range.clone()));
    if range.len() == 1 && word.class & classes::UPPER != 0 && votes.long.contains_key(&word.letters)
        || initials(document, range.clone()).is_some_and(|letters| votes.short.contains_key(&letters))
    {
        Evidence::Acronym
    } else if name.is_some_and(|ballot| ballot[kind] > 0) {
        Evidence::SameName
    } else if range.len() == 1 && parts & (1 << kind | 1 << (kind + 6)) != 0 {
        Evidence::FullName
    } else if votes.lists[range.start] != 0 {
        Evidence::List
    } else {
        Evidence::Document
    }
}
