//! The words of cues and their numbers. A word of up to sixteen bytes is looked up as one number, without going through
//! its letters again; nearly all are that short.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// Up to sixteen bytes, little-endian, with zeros behind; folded words have no zero byte.
pub type Packed = u128;

/// The longest word that is packed, in bytes.
pub const LONGEST: usize = 16;

/// Words by their numbers, from 1.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    short: FxHashMap<(u64, u64), u32>,
    long: FxHashMap<Cow<'static, str>, u32>,
}

impl Vocabulary {
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    pub fn reserve(&mut self, many: usize) {
        self.short.reserve(many);
    }

    /// The number of a word; 0 for one that no cue has.
    pub fn get(&self, word: &str) -> u32 {
        match pack(word.as_bytes()) {
            Some(packed) => self.packed(packed),
            None => self.long.get(word).copied().unwrap_or(0),
        }
    }

    /// The same of a packed word.
    pub fn packed(&self, word: Packed) -> u32 {
        self.short.get(&halves(word)).copied().unwrap_or(0)
    }

    pub fn insert(&mut self, word: Cow<'static, str>, number: u32) {
        match pack(word.as_bytes()) {
            Some(packed) => self.short.insert(halves(packed), number),
            None => self.long.insert(word, number),
        };
    }

    /// All words with their numbers, in the order of these.
    pub fn words(&self) -> Vec<(u32, String)> {
        let short = self.short.iter().map(|((low, high), number)| {
            let bytes = (u128::from(*low) | u128::from(*high) << 64).to_le_bytes();
            let length = bytes.iter().position(|b| *b == 0).unwrap_or(LONGEST);
            (*number, String::from_utf8_lossy(&bytes[..length]).into_owned())
        });
        let long = self.long.iter().map(|(word, number)| (*number, word.to_string()));
        let mut words: Vec<(u32, String)> = short.chain(long).collect();
        words.sort_unstable();
        words
    }
}

fn halves(word: Packed) -> (u64, u64) {
    (word as u64, (word >> 64) as u64)
}

/// `None` for what is too long, or has a zero byte.
pub fn pack(word: &[u8]) -> Option<Packed> {
    let mut buffer = [0; LONGEST];
    buffer.get_mut(..word.len())?.copy_from_slice(word);
    (!word.contains(&0)).then(|| Packed::from_le_bytes(buffer))
}

/// The first `length` bytes of a packed word.
pub fn head(word: Packed, length: usize) -> Packed {
    if length < LONGEST { word & ((1 << (8 * length)) - 1) } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let all = ["a", "sixteen-byte-wor", "longer-than-sixteen", "naïve", ""];
        let mut vocabulary = Vocabulary::default();
        for (number, word) in (1..).zip(all) {
            vocabulary.insert(Cow::Borrowed(word), number);
        }
        for (number, word) in (1..).zip(all) {
            assert_eq!(vocabulary.get(word), number, "{word}");
        }
        assert_eq!((vocabulary.get("b"), vocabulary.get("a\0"), vocabulary.len()), (0, 0, 5));
        let back: Vec<String> = vocabulary.words().into_iter().map(|(_, word)| word).collect();
        assert_eq!(back, all);
        assert_eq!(pack(b"parties").map(|w| head(w, 5)), pack(b"parti"));
        assert_eq!(pack(b"sixteen-byte-wor").map(|w| head(w, 16)), pack(b"sixteen-byte-wor"));
    }
}
