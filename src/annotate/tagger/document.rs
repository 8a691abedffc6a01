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
use crate::annotate::tagger::lexicon::{Gazetteer, Lexicon, WordInfo, kind, list};
use crate::annotate::tagger::table::{hash, mix};
use crate::text::fold::{fold_char, is_hyphen};
use crate::text::token::{Token, TokenKind};

/// One distinct spelling.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Hash of the spelling.
    pub exact: u64,
    /// Hash of the folded spelling.
    pub folded: u64,
    /// Index into [`Document::evidence`], shared by spellings that fold alike.
    pub entry: u32,
    /// Bits of [`classes`].
    pub class: u32,
    /// Hashes of the first 1 to 4 folded bytes.
    pub prefix: [u64; 4],
    /// Hashes of the last 1 to 4 folded bytes.
    pub suffix: [u64; 4],
    /// Shape: `Xx`, `X.X.`, `xx-Xx`.
    pub shape: u64,
    /// The word's row in the lexicon, by its spelling or else by its folded form.
    pub info: WordInfo,
    /// The row of the folded form.
    pub small: WordInfo,
    /// First folded byte.
    pub first: u8,
    /// Hash of the letters of a word in capitals, without stops, comparable to that of initials.
    pub letters: u64,
}

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

/// Bits of evidence about a folded word, gathered over the document.
pub mod evidence {
    /// Seen in lower case.
    pub const LOWER: u32 = 1;
    /// Seen with a capital inside a plain sentence.
    pub const MIDDLE: u32 = 1 << 1;
    /// After a given name.
    pub const AFTER_GIVEN: u32 = 1 << 2;
    /// After a title.
    pub const AFTER_TITLE: u32 = 1 << 3;
    /// A run that ends with it is followed or preceded by a verb of speech.
    pub const SPEAKS: u32 = 1 << 4;
    /// A run of it alone follows `in`, `at`, `near`.
    pub const WHERE: u32 = 1 << 5;
    /// In a run that ends with an organisation's last word.
    pub const ORG_RUN: u32 = 1 << 6;
    /// Inside a listed person of two words or more.
    pub const LISTED_PERSON: u32 = 1 << 7;
    /// Inside a listed organisation of two words or more.
    pub const LISTED_ORG: u32 = 1 << 8;
    /// Inside a listed place of two words or more.
    pub const LISTED_PLACE: u32 = 1 << 9;
    /// First in a run of two or more.
    pub const LEADS: u32 = 1 << 10;
    /// Last in a run of two or more.
    pub const CLOSES: u32 = 1 << 11;
    /// Alone.
    pub const ALONE: u32 = 1 << 12;
    /// Followed by `'s`.
    pub const OWNS: u32 = 1 << 13;
    /// Alone in brackets after a longer run.
    pub const BRACKETED: u32 = 1 << 14;
    /// All capitals in a plain sentence.
    pub const UPPER: u32 = 1 << 15;
    /// Alone after `the`.
    pub const AFTER_THE: u32 = 1 << 16;
    /// Followed by a comma and a place, or preceded by a place's comma.
    pub const COMMA_PLACE: u32 = 1 << 17;
    /// After an initial, or before one.
    pub const INITIAL: u32 = 1 << 18;
    /// Before or after a word of business.
    pub const BUSINESS: u32 = 1 << 19;
    /// After a word for a person's part (`spokesman Smith`), or before `, who`.
    pub const ROLE: u32 = 1 << 20;
    /// In a run that ends or begins with a place's common word.
    pub const PLACE_RUN: u32 = 1 << 21;
}

/// A text prepared for the tagger.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Distinct spellings.
    pub words: Vec<Word>,
    /// The spelling of each token.
    pub ids: Vec<u32>,
    /// Bits of [`evidence`] per folded word.
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
        let mut document = Document { sentences: sentences.to_vec(), ..Document::default() };
        document.intern(text, tokens, lexicon);
        document.settings = sentences.iter().map(|s| document.setting(s)).collect();
        document.chunk();
        document.gather(lexicon);
        document
    }

    /// The spelling of token `at`.
    #[inline]
    pub fn word(&self, at: usize) -> &Word {
        &self.words[self.ids[at] as usize]
    }

    fn intern(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon<'_>) {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut entries: FxHashMap<u64, u32> = FxHashMap::default();
        let mut folded = String::new();
        self.ids.reserve(tokens.len());
        for token in tokens {
            let spelling = token.of(text);
            let id = *known.entry(spelling).or_insert_with(|| {
                let mut word = describe(spelling, token.kind, &mut folded, lexicon);
                let fresh = entries.len() as u32;
                word.entry = *entries.entry(word.folded).or_insert(fresh);
                self.words.push(word);
                self.words.len() as u32 - 1
            });
            self.ids.push(id);
        }
        self.evidence = vec![0; entries.len()];
    }

    fn setting(&self, sentence: &Range<u32>) -> Setting {
        let (mut upper, mut capital, mut lower, mut links) = (0, 0, 0, 0);
        for at in sentence.clone() {
            let class = self.word(at as usize).class;
            if class & classes::UPPER != 0 && class & classes::DOTTED == 0 {
                upper += 1;
            } else if class & classes::CAP != 0 {
                capital += 1;
            } else if class & classes::LOWER != 0
                && class & (classes::FUNCTION | classes::LINK | classes::POSSESSIVE) != 0
            {
                links += 1;
            } else if class & classes::LOWER != 0 {
                lower += 1;
            }
        }
        let _ = links;
        if upper >= 2 && upper >= 3 * (capital + lower) {
            Setting::Upper
        } else if upper + capital >= 4 && upper + capital >= 4 * lower {
            Setting::Title
        } else {
            Setting::Plain
        }
    }

    /// Cuts sentences into chunks.
    fn chunk(&mut self) {
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
                    Some(chunk) if self.linked(chunk.end as usize, at) => {
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
            && (opening && (function || word.small.case() == 1) || function)
    }

    /// Whether only words that may stand inside a name lie between tokens `from` and `to`.
    fn linked(&self, from: usize, to: usize) -> bool {
        to - from <= 3 && (from..to).all(|at| self.word(at).class & classes::LINK != 0)
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

    fn gather(&mut self, lexicon: &Lexicon<'_>) {
        use evidence as e;
        let mut found = std::mem::take(&mut self.evidence);
        for (id, word) in self.words.iter().enumerate() {
            let _ = id;
            if word.class & classes::LOWER != 0 {
                found[word.entry as usize] |= e::LOWER;
            }
        }
        for index in 0..self.chunks.len() {
            let chunk = self.chunks[index];
            let sentence = self.sentences[chunk.sentence as usize].clone();
            let setting = self.settings[chunk.sentence as usize];
            if setting != Setting::Plain {
                continue;
            }
            let (first, last) = (sentence.start as usize, sentence.end as usize);
            let class = |at: usize| if at >= first && at < last { self.word(at).class } else { 0 };
            for run in self.runs(chunk) {
                let before = if run.start > first { class(run.start - 1) } else { 0 };
                let after = class(run.end);
                let tail = self.word(run.end - 1);
                let head = self.word(run.start);
                let lone = run.len() == 1;
                let mut all = 0;
                if tail.info.lists() & list::ORG_HEAD != 0 && !lone {
                    all |= e::ORG_RUN;
                }
                if (tail.info.lists() | head.info.lists()) & list::PLACE_HEAD != 0 && !lone {
                    all |= e::PLACE_RUN;
                }
                if (before | after) & classes::BUSINESS != 0 {
                    all |= e::BUSINESS;
                }
                let comma = after & classes::MARK != 0;
                if (before | after) & classes::SPEECH != 0 {
                    all |= e::SPEAKS;
                }
                if before & (classes::ROLE | classes::TITLE) != 0
                    || comma && class(run.end + 1) & classes::ROLE != 0
                {
                    all |= e::ROLE;
                }
                if after & classes::POSSESSIVE != 0 {
                    all |= e::OWNS;
                }
                if lone {
                    all |= e::ALONE;
                    if before & classes::WHERE != 0 {
                        all |= e::WHERE;
                    }
                    if before & classes::THE != 0 {
                        all |= e::AFTER_THE;
                    }
                    if before & after & classes::MARK != 0 && tail.class & classes::UPPER != 0 {
                        all |= e::BRACKETED;
                    }
                }
                if run.start > first {
                    all |= e::MIDDLE;
                }
                for at in run.clone() {
                    let word = self.word(at);
                    let mut own = all;
                    if !lone && at == run.start {
                        own |= e::LEADS;
                    }
                    if !lone && at + 1 == run.end {
                        own |= e::CLOSES;
                    }
                    if word.class & classes::UPPER != 0 {
                        own |= e::UPPER;
                    }
                    if at > run.start {
                        let previous = self.word(at - 1);
                        if previous.info.lists() & list::GIVEN != 0 {
                            own |= e::AFTER_GIVEN;
                        }
                        if previous.class & classes::TITLE != 0 {
                            own |= e::AFTER_TITLE;
                        }
                        if previous.class & classes::INITIAL != 0 {
                            own |= e::INITIAL;
                        }
                    } else if before & classes::TITLE != 0 {
                        own |= e::AFTER_TITLE;
                    }
                    found[word.entry as usize] |= own;
                }
            }
            let mut at = chunk.start as usize;
            while at < chunk.end as usize {
                let mut len = 1;
                if class(at) & classes::ACTIVE != 0
                    && let Some((words, bits)) = self.listed(lexicon, at, chunk.end as usize)
                    && words > 1
                {
                    let mut own = 0;
                    own |= if bits & kind::PERSON != 0 { e::LISTED_PERSON } else { 0 };
                    own |= if bits & kind::ORG != 0 { e::LISTED_ORG } else { 0 };
                    own |= if bits & kind::PLACE != 0 { e::LISTED_PLACE } else { 0 };
                    for inner in at..at + words {
                        found[self.word(inner).entry as usize] |= own;
                    }
                    len = words;
                }
                at += len;
            }
        }
        self.evidence = found;
    }

    /// The longest listed name that begins at token `at` and ends before `end`.
    pub fn listed(&self, gazetteer: &impl Gazetteer, at: usize, end: usize) -> Option<(usize, u16)> {
        let mut folded = (at..end).map(|i| self.word(i).folded);
        gazetteer.longest(self.word(at).exact, &mut folded)
    }
}

fn describe(spelling: &str, token: TokenKind, folded: &mut String, lexicon: &Lexicon<'_>) -> Word {
    folded.clear();
    spelling.chars().take(64).for_each(|c| fold_char(c, folded));
    let mut word =
        Word { exact: hash(spelling.as_bytes()), folded: hash(folded.as_bytes()), ..Word::default() };
    let bytes = folded.as_bytes();
    for n in 0..4 {
        let len = (n + 1).min(bytes.len());
        word.prefix[n] = hash(&bytes[..len]);
        word.suffix[n] = hash(&bytes[bytes.len() - len..]);
    }
    let (class, shape) = outline(spelling, token);
    word.class = class | classes::of_word(folded);
    word.shape = shape;
    word.first = bytes.first().copied().unwrap_or(0);
    word.letters = bytes.iter().filter(|b| **b != b'.').take(12).fold(5, |x, b| mix(x, u64::from(*b)));
    let small = lexicon.word(word.folded);
    let exact = if word.exact == word.folded { small } else { lexicon.word(word.exact) };
    word.small = small.unwrap_or_default();
    word.info = exact.or(small).unwrap_or_default();
    word
}

/// Spelling classes and the hash of the shape.
fn outline(spelling: &str, token: TokenKind) -> (u32, u64) {
    let mut class = 0;
    let (mut letters, mut upper, mut lower) = (0u32, 0u32, 0u32);
    let mut shape = 0xffu64;
    let mut last = ' ';
    for (at, c) in spelling.chars().take(64).enumerate() {
        let kind = if c.is_uppercase() {
            upper += 1;
            letters += 1;
            if at == 0 {
                class |= classes::CAP;
            } else if last == 'x' {
                class |= classes::INNER;
            }
            'X'
        } else if c.is_alphabetic() {
            lower += u32::from(c.is_lowercase());
            letters += 1;
            'x'
        } else if c.is_numeric() {
            class |= classes::DIGIT;
            '0'
        } else if is_hyphen(c) {
            class |= classes::HYPHEN;
            '-'
        } else if c == '.' {
            class |= classes::DOTTED;
            '.'
        } else {
            '\''
        };
        if kind != last {
            shape = shape.wrapping_mul(31).wrapping_add(kind as u64);
        }
        last = kind;
    }
    if class & (classes::HYPHEN | classes::INNER) == classes::HYPHEN | classes::INNER {
        class &= !classes::INNER;
    }
    if letters >= 2 && upper == letters {
        class |= classes::UPPER;
    }
    if letters == 1 && upper == 1 && class & classes::DOTTED != 0 {
        class |= classes::INITIAL;
    }
    if letters == 0 && class & classes::DIGIT == 0 {
        class |= classes::MARK;
    }
    if letters > 0 && upper == 0 {
        class |= if lower > 0 { classes::LOWER } else { classes::CASELESS };
    }
    if upper > 0 && matches!(token, TokenKind::Word | TokenKind::Number) {
        class |= classes::ACTIVE;
    }
    shape = shape.wrapping_mul(31).wrapping_add(u64::from(letters.min(3)));
    (class, shape)
}
