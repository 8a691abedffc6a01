//! Spellings enter, the same again and again; what is known of each leaves: made once, and kept from text to text.
//!
//! What is kept depends on the spelling and the weights alone, so a text is tagged alike whatever was read before it.

use std::sync::Mutex;

use rustc_hash::FxHashMap;

use crate::annotate::tagger::lexicon::Lexicon;
use crate::annotate::tagger::model::Scratch;
use crate::annotate::tagger::word::{Word, describe};
use crate::text::token::{Token, TokenKind};

/// When so many words, or so many bytes of them, are known, the next text begins anew: some megabytes at most, which
/// stay near the processor.
const WORDS: usize = 1 << 14;
const BYTES: usize = 1 << 19;

/// What is known of the words that were met. For one set of weights, and one thread at a time.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Spellings of words and numbers, and of all else, with their places in `words`.
    places: [FxHashMap<Box<str>, u32>; 2],
    words: Vec<Word>,
    /// For each word the text that it was met in last, and its number there.
    met: Vec<(u32, u32)>,
    text: u32,
    bytes: usize,
    folded: String,
    /// Sums of weights of the same words.
    pub scratch: Scratch,
}

impl Memory {
    /// Begins another text.
    pub fn begin(&mut self) {
        if self.words.len() > WORDS || self.bytes > BYTES || self.text == u32::MAX {
            *self = Memory::default();
        }
        self.text += 1;
    }

    /// The number in the present text of a token's word. `words` are those of the text; one that is new there is added.
    pub fn number(&mut self, text: &str, token: &Token, lexicon: &Lexicon<'_>, words: &mut Vec<Word>) -> u32 {
        let spelling = token.of(text);
        let kind = usize::from(!matches!(token.kind, TokenKind::Word | TokenKind::Number));
        let place = match self.places[kind].get(spelling) {
            Some(&place) => place,
            None => {
                let place = self.words.len() as u32;
                let word = describe(spelling, token.kind, &mut self.folded, lexicon);
                self.words.push(Word { place, ..word });
                self.met.push((0, 0));
                self.bytes += spelling.len();
                self.places[kind].insert(spelling.into(), place);
                place
            }
        };
        let (last, number) = &mut self.met[place as usize];
        if *last != self.text {
            (*last, *number) = (self.text, words.len() as u32);
            words.push(self.words[place as usize].clone());
        }
        *number
    }
}

/// The memories that no thread uses at present.
#[derive(Debug, Default)]
pub struct Pool(Mutex<Vec<Memory>>);

impl Pool {
    /// One for the caller alone.
    pub fn take(&self) -> Memory {
        self.0.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default()
    }

    /// Takes it back.
    pub fn give(&self, memory: Memory) {
        if let Ok(mut idle) = self.0.lock() {
            idle.push(memory);
        }
    }
}

/// Copies of a model share nothing.
impl Clone for Pool {
    fn clone(&self) -> Self {
        Pool::default()
    }
}
