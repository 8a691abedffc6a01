//! Cue phrases enter; a word trie that finds them in one pass over tokens leaves.
//!
//! A cue word in the singular also finds its plural, one in the plural finds only itself: `share` and `shares`
//! are not the same evidence. Possessives and apostrophes are passed over, compounds are opened at their hyphens.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::fold::{fold, is_apostrophe, is_hyphen};
use crate::text::token::{Token, TokenKind, parts};

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
    pub words: FxHashMap<Cow<'static, str>, u32>,
    /// From a node (high half) along a word (low half) to a node. Node 0 is the root.
    pub edges: FxHashMap<u64, u32>,
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
        for word in cue_words(text) {
            let forms = match word.strip_suffix('~') {
                Some(base) => vec![base.to_owned(), past(base), gerund(base)],
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
            Some(&id) => id,
            None => *self.words.entry(Cow::Owned(word.to_owned())).or_insert(fresh),
        };
        let fresh = self.ends.len() as u32;
        let node = *self.edges.entry(key(node, word)).or_insert(fresh);
        if node == fresh {
            self.ends.push(0);
        }
        node
    }

    /// The senses of a phrase in the spelling found.
    pub fn senses(&self, phrase: u32, exact: bool) -> impl Iterator<Item = &Sense> {
        let first = self.phrases.get(phrase as usize).map_or(0, |p| if exact { p.exact } else { p.any });
        let at = |link: u32| link.checked_sub(1).and_then(|at| self.senses.get(at as usize));
        std::iter::successors(at(first), move |sense| at(sense.next))
    }

    /// Finds the phrases, leftmost and longest first, without overlap; also counts the words.
    pub fn find(&self, text: &str, tokens: &[Token]) -> (Vec<Hit>, usize) {
        let units = self.units(text, tokens);
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
            let along = |id: u32| if id == 0 { None } else { self.edges.get(&key(node, id)).copied() };
            let Some(next) = along(unit.exact).or_else(|| along(unit.singular)) else { break };
            node = next;
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

    fn units(&self, text: &str, tokens: &[Token]) -> Vec<Unit> {
        let mut units = Vec::with_capacity(tokens.len());
        for token in tokens {
            let word = token.of(text);
            match token.kind {
                TokenKind::Word | TokenKind::Number => {
                    if word.starts_with(is_apostrophe) && matches!(word.chars().count(), 0..=2) {
                        continue;
                    }
                    if word.bytes().any(|b| b == b'-' || b >= 0x80) && word.contains(is_hyphen) {
                        let part = |part: std::ops::Range<usize>| {
                            self.unit(&word[part.clone()], token.start + part.start as u32)
                        };
                        units.extend(parts(word).map(part));
                    } else {
                        units.push(self.unit(word, token.start));
                    }
                }
                TokenKind::Punct if word.starts_with(is_apostrophe) => {}
                // A mark that no cue contains ends every phrase.
                TokenKind::Punct | TokenKind::Symbol => {
                    units.push(Unit { exact: 0, singular: 0, start: token.start, end: token.start });
                }
            }
        }
        units
    }

    fn unit(&self, word: &str, start: u32) -> Unit {
        let mut buffer = [0_u8; 32];
        let end = start + word.len() as u32;
        let mut len = 0;
        let plain = word.len() <= buffer.len() && word.is_ascii();
        if plain {
            for byte in word.bytes().filter(|&b| b != b'.') {
                buffer[len] = byte.to_ascii_lowercase();
                len += 1;
            }
        }
        let folded;
        let form = match std::str::from_utf8(&buffer[..len]) {
            Ok(form) if plain => form,
            _ => {
                folded = fold(word).replace('.', "");
                folded.as_str()
            }
        };
        Unit { exact: self.id(form), singular: self.singular(form), start, end }
    }

    fn id(&self, form: &str) -> u32 {
        self.words.get(form).copied().unwrap_or(0)
    }

    /// The word of which `form` may be the plural: `parties`, `churches`, `strikes`.
    fn singular(&self, form: &str) -> u32 {
        let stem =
            form.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s') && form != "news");
        let Some(stem) = stem else { return 0 };
        let whole = self.id(stem);
        if let Some(short) = stem.strip_suffix("ie") {
            let id = self.id(&format!("{short}y"));
            return if id == 0 { whole } else { id };
        }
        if whole != 0 {
            return whole;
        }
        let sibilant = |short: &&str| short.ends_with(['s', 'x', 'z', 'h', 'o']);
        stem.strip_suffix('e').filter(sibilant).map_or(0, |short| self.id(short))
    }
}

/// One word of the text, or a border if it has no length.
struct Unit {
    exact: u32,
    singular: u32,
    start: u32,
    end: u32,
}

pub(super) fn key(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// The words of a cue as [`Lexicon::find`] would see them.
fn cue_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let pieces = folded.split([' ', '-', ',']).filter(|piece| !piece.is_empty());
    let word = |piece: &str| {
        let bare = piece.strip_suffix("'s").unwrap_or(piece);
        bare.trim_matches('\'').replace('.', "")
    };
    pieces.map(word).filter(|word| !word.is_empty()).collect()
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        Some(stem) => format!("{stem}ied"),
        None => format!("{base}ed"),
    }
}

fn gerund(base: &str) -> String {
    let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y']));
    format!("{}ing", stem.unwrap_or(base))
}
