//! Cue phrases enter; a word trie that finds them in one pass over tokens leaves.
//!
//! A cue word in the singular also finds its plural, one in the plural finds only itself: `share` and `shares`
//! are not the same evidence. Possessives and apostrophes are passed over, compounds are opened at their hyphens.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::annotate::topics::vocabulary::Vocabulary;
use crate::annotate::topics::words::{self, Unit};
use crate::text::token::Token;

/// What a cue stands for: a concept, by index, and how strongly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sense {
    pub concept: u16,
    /// Evidence of one occurrence; negative speaks against the concept.
    pub weight: f32,
    /// The phrase's next sense, plus one; 0 after the last.
    pub next: u32,
}

/// All that is known of one phrase. One without senses only hides the shorter cues inside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrase {
    /// First sense whatever the case, plus one; 0 if there is none.
    pub any: u32,
    /// First sense in the spelling below, plus one; it and those after it then replace `any`.
    pub exact: u32,
    pub spelling: Option<Cow<'static, str>>,
    /// Whether the phrase was also given without a spelling.
    pub open: bool,
}

/// The compiled phrases.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub phrases: Vec<Phrase>,
    pub senses: Vec<Sense>,
    /// Numbered from 1.
    pub words: Vocabulary,
    /// From the root along the word of each number; 0 where no phrase begins so.
    starts: Vec<u32>,
    /// From another node (high half) along a word (low half).
    edges: FxHashMap<u64, u32>,
    /// Phrase that ends at each node, plus one; 0 if none does.
    pub ends: Vec<u32>,
}

/// One phrase found: bytes `start..end` of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub phrase: u32,
    pub start: u32,
    pub end: u32,
    /// Words before it.
    pub at: u32,
    /// Whether the spelling was the exact one.
    pub exact: bool,
}

impl Lexicon {
    /// Adds one cue. `phrase` is case-insensitive unless it begins with `^`; a word that ends in `~` also stands
    /// for its forms in -ed and -ing. `None` makes a phrase that hides shorter ones.
    pub fn add(&mut self, phrase: &str, sense: Option<(u16, f32)>) {
        if self.ends.is_empty() {
            self.ends.push(0);
        }
        let (text, exact) = match phrase.strip_prefix('^') {
            Some(rest) => (rest, true),
            None => (phrase, false),
        };
        let mut nodes = vec![0];
        for word in words::of_cue(text) {
            let forms = match word.strip_suffix('~') {
                Some(base) => vec![base.to_owned(), words::past(base), words::gerund(base)],
                None => vec![word],
            };
            let pairs = nodes.iter().flat_map(|&node| forms.iter().map(move |form| (node, form)));
            let pairs: Vec<(u32, &String)> = pairs.collect();
            nodes = pairs.into_iter().map(|(node, form)| self.step(node, form)).collect();
        }
        for node in nodes.into_iter().filter(|&node| node != 0) {
            self.end(node, text, exact, sense);
        }
    }

    fn end(&mut self, node: u32, text: &str, exact: bool, sense: Option<(u16, f32)>) {
        if self.ends[node as usize] == 0 {
            self.phrases.push(Phrase::default());
            self.ends[node as usize] = self.phrases.len() as u32;
        }
        let phrase = &mut self.phrases[self.ends[node as usize] as usize - 1];
        let list = if exact {
            phrase.spelling = Some(Cow::Owned(text.to_owned()));
            &mut phrase.exact
        } else {
            phrase.open = true;
            &mut phrase.any
        };
        if let Some((concept, weight)) = sense {
            let mut link = *list;
            while let Some(known) = link.checked_sub(1).and_then(|at| self.senses.get_mut(at as usize)) {
                if known.concept == concept {
                    known.weight = known.weight.max(weight);
                    return;
                }
                link = known.next;
            }
            self.senses.push(Sense { concept, weight, next: *list });
            *list = self.senses.len() as u32;
        }
    }

    fn step(&mut self, node: u32, word: &str) -> u32 {
        let fresh = self.words.len() as u32 + 1;
        let word = match self.words.get(word) {
            0 => {
                self.words.insert(Cow::Owned(word.to_owned()), fresh);
                fresh
            }
            known => known,
        };
        match self.follow(node, word) {
            0 => {
                let fresh = self.ends.len() as u32;
                self.link(node, word, fresh);
                self.ends.push(0);
                fresh
            }
            next => next,
        }
    }

    /// The node from `node` along a word; 0 if there is none.
    fn follow(&self, node: u32, word: u32) -> u32 {
        match (word, node) {
            (0, _) => 0,
            (_, 0) => self.starts.get(word as usize).copied().unwrap_or(0),
            _ => self.edges.get(&key(node, word)).copied().unwrap_or(0),
        }
    }

    /// Draws an edge of the trie.
    pub fn link(&mut self, node: u32, word: u32, to: u32) {
        if node != 0 {
            self.edges.insert(key(node, word), to);
            return;
        }
        if self.starts.len() <= word as usize {
            self.starts.resize(word as usize + 1, 0);
        }
        self.starts[word as usize] = to;
    }

    /// Every edge as node, word, node; in order.
    pub fn links(&self) -> Vec<(u32, u32, u32)> {
        let starts = self.starts.iter().zip(0..).filter(|(to, _)| **to != 0).map(|(&to, word)| (0, word, to));
        let inner = self.edges.iter().map(|(&from, &to)| ((from >> 32) as u32, from as u32, to));
        let mut links: Vec<(u32, u32, u32)> = starts.chain(inner).collect();
        links.sort_unstable();
        links
    }

    /// Makes room for this many edges.
    pub fn reserve(&mut self, many: usize) {
        self.edges.reserve(many);
    }

    /// The senses of a phrase in the spelling found.
    pub fn senses(&self, phrase: u32, exact: bool) -> impl Iterator<Item = &Sense> {
        let first = self.phrases.get(phrase as usize).map_or(0, |p| if exact { p.exact } else { p.any });
        let at = |link: u32| link.checked_sub(1).and_then(|at| self.senses.get(at as usize));
        std::iter::successors(at(first), move |sense| at(sense.next))
    }

    /// Finds the phrases, leftmost and longest first, without overlap; also counts the words.
    pub fn find(&self, text: &str, tokens: &[Token]) -> (Vec<Hit>, usize) {
        let units = words::units(text, tokens, &self.words);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < units.len() {
            match self.longest(text, &units, at) {
                Some((hit, next)) => {
                    hits.push(hit);
                    at = next;
                }
                None => at += 1,
            }
        }
        (hits, units.iter().filter(|unit| unit.end > unit.start).count())
    }

    fn longest(&self, text: &str, units: &[Unit], from: usize) -> Option<(Hit, usize)> {
        let (mut node, mut best) = (0, None);
        for (at, unit) in units.iter().enumerate().skip(from) {
            node = match self.follow(node, unit.exact) {
                0 => self.follow(node, unit.singular),
                next => next,
            };
            if node == 0 {
                break;
            }
            let phrase = self.ends.get(node as usize).and_then(|end| end.checked_sub(1));
            let Some((phrase, known)) = phrase.and_then(|at| Some((at, self.phrases.get(at as usize)?)))
            else {
                continue;
            };
            let (start, end) = (units[from].start, unit.end);
            let exact = known.spelling.is_some()
                && text.get(start as usize..end as usize) == known.spelling.as_deref();
            if exact || known.open {
                best = Some((Hit { phrase, start, end, at: from as u32, exact }, at + 1));
            }
        }
        best
    }
}

fn key(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}
