//! All names of a registry in one pass over a text, on token boundaries, whatever their number.
//!
//! The text is rewritten as its folded tokens with one separator between, and so are the names; a separator
//! stands at both ends of every name. One Aho–Corasick automaton (Aho and Corasick 1975, as a double array)
//! then finds every name at once, and no name can match inside a word or across a paragraph.

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use rustc_hash::FxHashMap;

use crate::text::{fold::fold_char, token::Token};

/// The names, ready to be found. Values are the caller's numbers.
pub struct Names {
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    entries: Vec<Vec<Bearer>>,
}

/// Somebody who bears a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearer {
    /// The caller's number for the entity.
    pub value: u32,
    /// The name as the registry writes it.
    pub name: String,
}

/// A name found: a range of tokens, and its bearers.
#[derive(Debug, PartialEq)]
pub struct Hit<'a> {
    pub tokens: std::ops::Range<u32>,
    pub bearers: &'a [Bearer],
}

const SPACE: char = ' ';
/// Between blocks; no name contains it.
const BREAK: char = '\n';

impl Names {
    /// Builds the automaton; names without a letter or digit are passed over.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, u32)>) -> Self {
        let mut index: FxHashMap<String, u32> = FxHashMap::default();
        let mut entries: Vec<Vec<Bearer>> = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        for (name, value) in names {
            let tokens = crate::text::token::tokenize(name);
            let pattern = Folded::new(name, &tokens, |_| false).text;
            if !pattern.chars().any(char::is_alphanumeric) {
                continue;
            }
            let i = *index.entry(pattern.clone()).or_insert_with(|| {
                patterns.push(pattern);
                entries.push(Vec::new());
                entries.len() as u32 - 1
            });
            let bearer = Bearer { value, name: name.to_owned() };
            let bearers = &mut entries[i as usize];
            if !bearers.iter().any(|b| b.value == value) {
                bearers.push(bearer);
            }
        }
        let automaton = (!patterns.is_empty())
            .then(|| {
                DoubleArrayAhoCorasickBuilder::new()
                    .build_with_values(patterns.iter().enumerate().map(|(i, p)| (p.as_bytes(), i as u32)))
                    .ok()
            })
            .flatten();
        Names { automaton, entries }
    }

    /// Every name in the text, in the order of their ends; they may overlap.
    pub fn find<'a>(&'a self, folded: &Folded) -> Vec<Hit<'a>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_overlapping_iter(&folded.text)
            .filter_map(|m| {
                // Each pattern begins and ends with a separator, which belongs to its neighbours too.
                let first = folded.starts.binary_search(&(m.start() as u32 + 1)).ok()?;
                let end = folded.starts.partition_point(|s| (*s as usize) < m.end());
                Some(Hit { tokens: first as u32..end as u32, bearers: &self.entries[m.value() as usize] })
            })
            .collect()
    }
}

/// A text as its folded tokens.
pub struct Folded {
    pub text: String,
    /// Where each token starts in `text`.
    pub starts: Vec<u32>,
}

impl Folded {
    /// `breaks(i)` says whether a block ends before token `i`.
    pub fn new(text: &str, tokens: &[Token], breaks: impl Fn(usize) -> bool) -> Self {
        let mut out = String::with_capacity(text.len() + tokens.len() + 2);
        let mut starts = Vec::with_capacity(tokens.len());
        out.push(SPACE);
        for (i, token) in tokens.iter().enumerate() {
            if breaks(i) {
                out.push(BREAK);
                out.push(SPACE);
            }
            starts.push(out.len() as u32);
            let word = token.of(text);
            if word.is_ascii() {
                let start = out.len();
                out.push_str(word);
                out[start..].make_ascii_lowercase();
            } else {
                for c in word.chars() {
                    if c.is_ascii() { out.push(c.to_ascii_lowercase()) } else { fold_char(c, &mut out) }
                }
            }
            out.push(SPACE);
        }
        Folded { text: out, starts }
    }

    /// The folded form of a token.
    pub fn token(&self, i: usize) -> &str {
        let start = self.starts[i] as usize;
        let end = self.starts.get(i + 1).map_or(self.text.len(), |s| *s as usize);
        self.text[start..end].trim_end_matches([SPACE, BREAK])
    }
}

/// Whether `surface` may stand for `name` as far as capitals go: a capitalised word of the name must be capitalised,
/// an acronym must be one, and all capitals will do for a name of four letters and more.
pub fn case_agrees(name: &str, surface: &str) -> bool {
    let mut found = surface.split_whitespace();
    name.split_whitespace().all(|word| {
        let Some(other) = found.next() else { return true };
        if is_acronym(word) {
            return is_acronym(other) || word.chars().filter(|c| c.is_alphabetic()).count() > 5;
        }
        if is_acronym(other) {
            return name.chars().filter(|c| c.is_alphabetic()).count() >= 4;
        }
        match word.chars().find(|c| c.is_alphabetic()) {
            Some(first) if first.is_uppercase() => {
                other.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
            }
            _ => true,
        }
    })
}

/// Two capitals or more, and no small letter but a plural `s`.
pub fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2
        && word.trim_end_matches('s').chars().all(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokenize;

    #[test]
    fn names_are_found_on_token_boundaries() {
        let names = Names::new([
            ("Marco Rubio", 1),
            ("Rubio", 1),
            ("Iran", 2),
            ("Recep Tayyip Erdoğan", 3),
            ("New York", 4),
        ]);
        let check = |text: &str, expect: &[(&str, u32)]| {
            let tokens = tokenize(text);
            let folded = Folded::new(text, &tokens, |i| {
                i > 0 && text[tokens[i - 1].end as usize..tokens[i].start as usize].contains('\n')
            });
            let mut found: Vec<(&str, u32)> = names
                .find(&folded)
                .iter()
                .map(|hit| {
                    let start = tokens[hit.tokens.start as usize].start as usize;
                    let end = tokens[hit.tokens.end as usize - 1].end as usize;
                    (&text[start..end], hit.bearers[0].value)
                })
                .collect();
            found.sort();
            assert_eq!(found, expect, "{text}");
        };
        check("Marco Rubio's visit", &[("Marco Rubio", 1), ("Rubio", 1)]);
        check("Iranian oil, Iran.", &[("Iran", 2)]);
        check("Recep Tayyip Erdogan", &[("Recep Tayyip Erdogan", 3)]);
        check("MARCO RUBIO", &[("MARCO RUBIO", 1), ("RUBIO", 1)]);
        check("New\nYork and New York", &[("New York", 4)]);
        check("", &[]);
    }

    #[test]
    fn capitals() {
        let check = |name: &str, surface: &str, expect: bool| {
            assert_eq!(case_agrees(name, surface), expect, "{name} / {surface}");
        };
        check("Apple", "apple", false);
        check("Apple", "Apple", true);
        check("WHO", "who", false);
        check("WHO", "Who", false);
        check("U.S.", "U.S.", true);
        check("US", "us", false);
        check("Marco Rubio", "MARCO RUBIO", true);
        check("Bank of England", "Bank of England", true);
        check("apartheid", "Apartheid", true);
    }
}
