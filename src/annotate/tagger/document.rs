//! A text, its tokens and sentences enter; what the features need leaves, computed once: word types, capital
//! runs, listed names, and what the whole document shows about each word.
//!
//! 1. Every distinct spelling is interned with its hashes, affixes, shape and classes.
//! 2. Sentences are marked as all capitals or title case, where capitals tell less.
//! 3. Capital words that follow one another form runs; runs linked by small words form chunks, which are decoded alone.
//! 4. Evidence is gathered per folded word over the document.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::annotate::tagger::classes;
use crate::annotate::tagger::evidence;
use crate::annotate::tagger::lexicon::{Gazetteer, Lexicon};
use crate::annotate::tagger::memory::Memory;
use crate::annotate::tagger::word::Word;
use crate::text::token::Token;

/// What kind of sentence a token stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Capitals mean what they usually mean.
    Plain,
    /// A headline with a capital on most words.
    Title,
    /// Nearly all letters are capitals.
    Upper,
}

/// No chunk has more tokens: a page of capitals is cut, so that time stays linear.
const LONGEST: usize = 64;

/// A text prepared for the tagger.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Distinct spellings.
    pub words: Vec<Word>,
    /// The spelling of each token.
    pub ids: Vec<u32>,
    /// Bits of [`evidence::bit`] per folded word.
    pub evidence: Vec<u32>,
    /// The sentences, as token ranges.
    pub sentences: Vec<Range<u32>>,
    /// The setting of each sentence.
    pub settings: Vec<Setting>,
    /// Parts of sentences that may hold names, in order.
    pub chunks: Vec<Chunk>,
}

/// Tokens that are decoded together: they begin and end with a word that has a capital (or a name's particle).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Index of the sentence.
    pub sentence: u32,
}

impl Document {
    /// Prepares a text.
    pub fn new(text: &str, tokens: &[Token], sentences: &[Range<u32>], lexicon: &Lexicon<'_>) -> Document {
        Document::remembered(text, tokens, sentences, lexicon, &mut Memory::default())
    }

    /// As [`Document::new`]; what is known of words is kept in `memory`, which must be of the same lexicon.
    pub fn remembered(
        text: &str,
        tokens: &[Token],
        sentences: &[Range<u32>],
        lexicon: &Lexicon<'_>,
        memory: &mut Memory,
    ) -> Document {
        let mut document = Document { sentences: sentences.to_vec(), ..Document::default() };
        document.intern(text, tokens, lexicon, memory);
        document.settings = sentences.iter().map(|s| document.setting(s)).collect();
        document.chunk(tokens);
        document.evidence = evidence::gather(&document, lexicon);
        document
    }

    /// The spelling of token `at`.
    #[inline]
    pub fn word(&self, at: usize) -> &Word {
        &self.words[self.ids[at] as usize]
    }

    fn intern(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon<'_>, memory: &mut Memory) {
        memory.begin();
        let words = &mut self.words;
        self.ids.extend(tokens.iter().map(|token| memory.number(text, token, lexicon, words)));
        let mut entries: FxHashMap<u64, u32> = FxHashMap::default();
        entries.reserve(words.len());
        for word in words {
            let fresh = entries.len() as u32;
            word.entry = *entries.entry(word.folded).or_insert(fresh);
        }
        self.evidence = vec![0; entries.len()];
    }

    fn setting(&self, sentence: &Range<u32>) -> Setting {
        let (mut upper, mut capital, mut lower) = (0, 0, 0);
        for at in sentence.clone() {
            let class = self.word(at as usize).class;
            if class & classes::UPPER != 0 && class & classes::DOTTED == 0 {
                upper += 1;
            } else if class & classes::CAP != 0 {
                capital += 1;
            } else if class & classes::LOWER != 0
                && class & (classes::FUNCTION | classes::LINK | classes::POSSESSIVE) == 0
            {
                lower += 1;
            }
        }
        if upper >= 2 && upper >= 3 * (capital + lower) {
            Setting::Upper
        } else if upper + capital >= 4 && upper + capital >= 4 * lower {
            Setting::Title
        } else {
            Setting::Plain
        }
    }

    /// Cuts sentences into chunks.
    fn chunk(&mut self, tokens: &[Token]) {
        for (index, sentence) in self.sentences.iter().enumerate() {
            let (first, end) = (sentence.start as usize, (sentence.end as usize).min(self.ids.len()));
            let plain = self.settings[index] == Setting::Plain;
            let mut open: Option<Chunk> = None;
            let mut at = first;
            while at < end {
                let word = &self.words[self.ids[at] as usize];
                if word.class & classes::ACTIVE == 0 || plain && self.idle(at, first, end) {
                    at += 1;
                    continue;
                }
                let mut start = at;
                if at > first
                    && self.word(at - 1).class & (classes::PARTICLE | classes::LOWER)
                        == classes::PARTICLE | classes::LOWER
                {
                    start = at - 1;
                }
                open = match open {
                    Some(chunk)
                        if at - (chunk.start as usize) < LONGEST
                            && self.linked(tokens, chunk.end as usize, at) =>
                    {
                        Some(Chunk { end: at as u32 + 1, ..chunk })
                    }
                    other => {
                        self.chunks.extend(other);
                        let start = other.map_or(start, |chunk| start.max(chunk.end as usize));
                        Some(Chunk { start: start as u32, end: at as u32 + 1, sentence: index as u32 })
                    }
                };
                at += 1;
            }
            self.chunks.extend(open);
        }
    }

    /// An ordinary word that has its capital from the beginning of the sentence, before a small word.
    fn idle(&self, at: usize, first: usize, end: usize) -> bool {
        let word = self.word(at);
        let opening = at == first || at == first + 1 && self.word(first).class & classes::MARK != 0;
        let alone = at + 1 >= end || self.word(at + 1).class & classes::ACTIVE == 0;
        let function = word.class & classes::FUNCTION != 0;
        alone
            && word.class & (classes::UPPER | classes::INNER | classes::DOTTED | classes::HYPHEN) == 0
            && (function || opening && word.small.case() == 1)
    }

    /// Whether only words that may stand inside a name lie between tokens `from` and `to`. A hyphen or stroke does
    /// only when it touches a neighbour: ` - ` separates.
    fn linked(&self, tokens: &[Token], from: usize, to: usize) -> bool {
        let touches = |at: usize| {
            let after = tokens.get(at + 1).is_some_and(|next| next.start == tokens[at].end);
            after || at > 0 && tokens[at - 1].end == tokens[at].start
        };
        let fits = |at: usize| {
            let class = self.word(at).class;
            class & classes::LINK != 0 && (class & classes::MARK == 0 || touches(at))
        };
        to - from <= 3 && (from..to).all(fits)
    }

    /// Runs of directly neighbouring active words inside a chunk. A possessive or a small word ends a run.
    pub fn runs(&self, chunk: Chunk) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut at = chunk.start as usize;
        let end = chunk.end as usize;
        std::iter::from_fn(move || {
            while at < end && self.word(at).class & classes::ACTIVE == 0 {
                at += 1;
            }
            let start = at;
            while at < end && self.word(at).class & classes::ACTIVE != 0 {
                at += 1;
            }
            (start < at).then_some(start..at)
        })
    }

    /// The longest listed name that begins at token `at` and ends before `end`.
    pub fn listed(&self, gazetteer: &impl Gazetteer, at: usize, end: usize) -> Option<(usize, u16)> {
        let mut folded = (at..end).map(|i| self.word(i).folded);
        gazetteer.longest(self.word(at).exact, &mut folded)
    }
}
