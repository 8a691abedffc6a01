//! A chunk of a document enters; the keys of the features of each of its tokens leave, through a sink.
//!
//! The trainer and the tagger call the same function, so that both see the same features.

use std::ops::Range;

use crate::annotate::tagger::classes;
use crate::annotate::tagger::document::{Chunk, Document, Setting};
use crate::annotate::tagger::lexicon::{Lexicon, kind};
use crate::annotate::tagger::table::mix;
use crate::annotate::tagger::word::Word;

use self::Group::{Identity, Listed, Robust};

/// What a feature speaks of; training drops whole groups at random, so that the others learn to do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Shapes, clusters, context, evidence.
    Robust,
    /// The identity of the word itself.
    Identity,
    /// Lists of names.
    Listed,
}

/// What the features of a chunk need beyond the document; reused between chunks.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Per token of the chunk: place in a listed name (0 outside, 1 alone, 2 first, 3 inner, 4 last), its bits.
    pub listed: Vec<(u8, u16)>,
    /// Per token of the chunk: the run it stands in, empty for small words.
    pub runs: Vec<Range<usize>>,
}

impl View {
    /// Prepares the view of `chunk`.
    pub fn fill(&mut self, document: &Document, chunk: Chunk, lexicon: &Lexicon<'_>) {
        let (start, end) = (chunk.start as usize, chunk.end as usize);
        self.listed.clear();
        self.listed.resize(end - start, (0, 0));
        self.runs.clear();
        self.runs.extend((start..end).map(|at| at..at));
        for run in document.runs(chunk) {
            self.runs[run.start - start..run.end - start].fill(run.clone());
        }
        let mut at = start;
        while at < end {
            let active = document.word(at).class & (classes::ACTIVE | classes::PARTICLE) != 0;
            let Some((len, bits)) = active.then(|| document.listed(lexicon, at, end)).flatten() else {
                at += 1;
                continue;
            };
            for inner in 0..len {
                let place = match (len, inner) {
                    (1, _) => 1,
                    (_, 0) => 2,
                    (n, i) if i + 1 == n => 4,
                    _ => 3,
                };
                self.listed[at + inner - start] = (place, bits);
            }
            at += len;
        }
    }
}

/// The class of a token on which the weight of a step between labels depends, below [`STEP_CLASSES`].
pub fn step_class(document: &Document, at: usize) -> usize {
    let word = document.word(at);
    let c = word.class;
    if c & classes::ACTIVE != 0 {
        return if c & classes::INITIAL != 0 {
            2
        } else if c & classes::UPPER != 0 {
            1
        } else if c & classes::TITLE != 0 {
            3
        } else if word.info.lists() & (crate::annotate::tagger::lexicon::list::ORG_HEAD) != 0 {
            4
        } else if word.info.lists() & (crate::annotate::tagger::lexicon::list::GIVEN) != 0 {
            5
        } else {
            0
        };
    }
    if c & classes::POSSESSIVE != 0 {
        6
    } else if c & classes::MARK != 0 {
        7
    } else if c & classes::PARTICLE != 0 {
        8
    } else if c & classes::THE != 0 {
        9
    } else {
        10 + (word.folded % 6) as usize
    }
}

/// The number of classes of [`step_class`].
pub const STEP_CLASSES: usize = 16;

/// Stands for the words beyond a sentence.
fn edge() -> Word {
    Word { folded: 0x51, exact: 0x51, shape: 0x51, ..Word::default() }
}

/// The places of a word whose features are its own: the token, one and two before, one and two after.
pub const PLACES: usize = 5;

/// The word at a place beside token `at` of `chunk`, or `None` beyond the sentence.
pub fn neighbour(document: &Document, chunk: Chunk, at: usize, place: usize) -> Option<&Word> {
    let sentence = document.sentences.get(chunk.sentence as usize)?;
    let offset = [0, -1, -2, 1, 2][place % PLACES];
    let other = at.checked_add_signed(offset)?;
    (other >= sentence.start as usize && other < sentence.end as usize).then(|| document.word(other))
}

/// Calls `sink` with the key of every feature that depends on nothing but a word (`None` beyond the sentence) and its
/// place.
pub fn of_place(word: Option<&Word>, place: usize, sink: &mut impl FnMut(Group, u64)) {
    let beyond = edge();
    let w = word.unwrap_or(&beyond);
    let mut put = |group: Group, template: u64, value: u64| sink(group, mix(template, value));
    let (fine, coarse) = (u64::from(w.info.fine()), u64::from(w.info.coarse()));
    let (like, middle) = (u64::from(w.like.fine), u64::from(w.like.middle));
    match place {
        0 => {
            put(Robust, 1, 0);
            put(Identity, 2, w.folded);
            for k in 0..4 {
                put(Robust, 4, w.prefix[k]);
                put(Robust, 5, w.suffix[k]);
            }
            put(Robust, 6, w.shape);
            put(Robust, 13, fine);
            put(Robust, 14, coarse);
            put(Listed, 50, lists(w));
            put(Listed, 54, lists(w) ^ mix(1, w.shape));
            put(Robust, 58, role(w));
            put(Robust, 100, like);
            put(Robust, 103, middle);
            put(Robust, 113, middle ^ mix(1, w.shape));
        }
        1 => {
            put(Robust, 16, fine);
            put(Robust, 20, coarse);
            put(Robust, 30, w.folded);
            put(Robust, 41, w.suffix[2]);
            put(Robust, 55, role(w));
            put(Robust, 101, like);
            put(Robust, 104, middle);
        }
        2 => {
            put(Robust, 18, fine);
            put(Robust, 32, w.folded);
            put(Robust, 106, middle);
        }
        3 => {
            put(Robust, 17, fine);
            put(Robust, 21, coarse);
            put(Robust, 31, w.folded);
            put(Robust, 42, w.suffix[2]);
            put(Robust, 56, role(w));
            put(Robust, 102, like);
            put(Robust, 105, middle);
        }
        _ => {
            put(Robust, 19, fine);
            put(Robust, 33, w.folded);
            put(Robust, 107, middle);
        }
    }
}

fn lists(word: &Word) -> u64 {
    u64::from(word.info.lists())
}

/// The closed classes that tell what a word does to its neighbours.
fn role(word: &Word) -> u64 {
    const ROLES: u32 = classes::TITLE
        | classes::SPEECH
        | classes::WHERE
        | classes::ROLE
        | classes::BUSINESS
        | classes::TIME
        | classes::INITIAL
        | classes::POSSESSIVE
        | classes::THE;
    u64::from(word.class & ROLES)
}

/// Calls `sink` with the key of every other feature of token `at`, which lies in `chunk`, prepared in `view`.
pub fn features(
    document: &Document,
    view: &View,
    chunk: Chunk,
    at: usize,
    sink: &mut impl FnMut(Group, u64),
) {
    let sentence = document.sentences.get(chunk.sentence as usize).cloned().unwrap_or_default();
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    let beyond = edge();
    let word = |offset: isize| -> &Word {
        match at.checked_add_signed(offset) {
            Some(i) if i >= first && i < last => document.word(i),
            _ => &beyond,
        }
    };
    let (w, p, n, pp, nn) = (word(0), word(-1), word(1), word(-2), word(2));
    let setting = document.settings.get(chunk.sentence as usize).copied().unwrap_or(Setting::Plain);
    let opening = u64::from(at == first || at == first + 1 && p.class & classes::MARK != 0);
    let place = setting as u64 * 2 + opening;
    let run = &view.runs[at - chunk.start as usize];
    let mut put = |group: Group, template: u64, value: u64| sink(group, mix(template, value));

    // The word itself.
    put(Identity, 3, w.exact ^ place);
    put(Robust, 7, w.shape ^ mix(1, p.shape));
    put(Robust, 8, w.shape ^ mix(1, n.shape));
    put(Robust, 9, mix(p.shape, w.shape) ^ n.shape);
    put(Robust, 10, place);
    let habit = u64::from(w.small.case()) | u64::from(w.info.case()) << 2 | place << 4;
    put(Robust, 11, habit);
    put(Robust, 12, habit ^ mix(1, w.shape));

    // Clusters.
    let coarse = |x: &Word| u64::from(x.info.coarse());
    put(Robust, 15, coarse(w) << 3 | place);
    put(Robust, 22, coarse(p) << 8 | coarse(w));
    put(Robust, 23, coarse(w) << 8 | coarse(n));
    put(Robust, 24, coarse(p) << 8 | coarse(n));
    put(Robust, 25, coarse(pp) << 8 | coarse(p));
    put(Robust, 26, coarse(n) << 8 | coarse(nn));

    // Classes of likeness.
    let fine = |x: &Word| u64::from(x.like.fine);
    let middle = |x: &Word| u64::from(x.like.middle);
    let wide = |x: &Word| u64::from(x.like.wide);
    put(Robust, 108, middle(p) << 8 | middle(w));
    put(Robust, 109, middle(w) << 8 | middle(n));
    put(Robust, 110, wide(w) << 8 | place);
    put(Robust, 111, wide(p) << 16 | wide(w) << 8 | wide(n));
    put(Robust, 112, middle(p) << 8 | middle(n));
    put(Robust, 114, wide(w) ^ mix(1, p.folded));
    put(Robust, 115, wide(w) ^ mix(1, n.folded));

    // Neighbours.
    put(Robust, 39, p.folded ^ mix(1, w.shape));
    put(Robust, 40, n.folded ^ mix(1, w.shape));

    // Lists of words.
    put(Listed, 51, lists(p) << 11 | lists(w));
    put(Listed, 52, lists(w) << 11 | lists(n));
    put(Listed, 53, lists(p) << 11 | lists(n));
    put(Robust, 57, role(p) ^ mix(1, role(n)));

    // Listed names.
    let listed = |i: usize| -> (u8, u16) {
        i.checked_sub(chunk.start as usize).and_then(|i| view.listed.get(i)).copied().unwrap_or((9, 0))
    };
    let (spot, bits) = listed(at);
    let spot = u64::from(spot);
    put(Listed, 60, spot << 16 | u64::from(bits));
    let before = listed(at.wrapping_sub(1));
    let after = listed(at + 1);
    put(Listed, 61, spot << 40 | u64::from(bits) << 24 | u64::from(before.0) << 16 | u64::from(before.1));
    put(Listed, 62, spot << 40 | u64::from(bits) << 24 | u64::from(after.0) << 16 | u64::from(after.1));
    if bits != 0 {
        for bit in 0..14 {
            if bits >> bit & 1 != 0 {
                put(Listed, 63, spot << 16 | bit);
                put(Listed, 64, (spot << 16 | bit) ^ mix(1, w.shape));
            }
        }
        let kinds = u64::from(bits & kind::PLACE != 0)
            | u64::from(bits & kind::ORG != 0) << 1
            | u64::from(bits & (kind::PERSON | kind::SURNAME) != 0) << 2;
        put(Listed, 65, (spot << 8 | kinds) ^ mix(1, p.folded));
        put(Listed, 66, (spot << 8 | kinds) ^ mix(1, n.folded));
        put(Listed, 67, spot << 20 | kinds << 16 | coarse(p) << 8 | coarse(n));
    }

    // The run of capital words around it.
    if !run.is_empty() {
        let outside = |i: Option<usize>| match i {
            Some(i) if i >= first && i < last => document.word(i),
            _ => &beyond,
        };
        let (left, right) = (outside(run.start.checked_sub(1)), outside(Some(run.end)));
        let (head, tail) = (document.word(run.start), document.word(run.end - 1));
        let where_in = u64::from(at == run.start) | u64::from(at + 1 == run.end) << 1;
        let length = run.len().min(5) as u64;
        let spot = where_in | length << 2;
        put(Robust, 70, spot << 3 | place);
        put(Robust, 71, tail.folded ^ where_in);
        put(Robust, 72, head.folded ^ where_in);
        put(Robust, 73, left.folded ^ where_in);
        put(Robust, 74, right.folded ^ where_in);
        put(Robust, 75, (u64::from(left.info.fine()) << 16 | where_in) ^ length);
        put(Robust, 76, (u64::from(right.info.fine()) << 16 | where_in) ^ length);
        put(Robust, 77, coarse(left) << 16 | coarse(right) << 8 | spot);
        put(Listed, 78, lists(head) << 20 | lists(tail) << 8 | spot);
        put(Robust, 79, tail.suffix[3] ^ spot);
        put(Robust, 80, coarse(tail) << 16 | coarse(head) << 8 | spot);
        put(Robust, 81, role(left) << 6 | spot);
        put(Robust, 82, role(right) << 6 | spot);
        put(Robust, 116, fine(tail) << 5 | spot);
        put(Robust, 117, fine(head) << 5 | spot);
        put(Robust, 118, middle(left) << 5 | spot);
        put(Robust, 119, middle(right) << 5 | spot);
        put(Robust, 120, middle(head) << 16 | middle(tail) << 8 | spot);
        put(Robust, 121, wide(left) << 16 | wide(tail) << 8 | spot);
        put(Robust, 122, wide(right) << 16 | wide(tail) << 8 | spot);
        let after = outside(Some(run.end + 1));
        put(
            Robust,
            85,
            u64::from(after.info.coarse()) << 16
                | u64::from(right.class & classes::MARK != 0) << 8
                | where_in,
        );
    }

    // What the document shows.
    let seen = document.evidence.get(w.entry as usize).copied().unwrap_or(0);
    put(Robust, 90, u64::from(seen));
    for bit in bits_of(seen) {
        put(Robust, 91, bit << 8 | place);
        put(Robust, 92, bit ^ mix(1, w.shape));
    }
    if run.len() > 1 {
        let tail = document.word(run.end - 1).entry as usize;
        let spot = u64::from(at == run.start) << 1 | u64::from(at + 1 == run.end);
        for bit in bits_of(document.evidence.get(tail).copied().unwrap_or(0)) {
            put(Robust, 93, bit << 8 | spot);
        }
    }
}

/// The numbers of the bits that are set.
fn bits_of(mut set: u32) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (bit < 32).then_some(u64::from(bit))
    })
}
