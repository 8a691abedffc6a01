//! One spelling enters; what the features need of it leaves: hashes, affixes, shape, classes, its row in the lexicon.

use crate::annotate::tagger::classes;
use crate::annotate::tagger::lexicon::{Lexicon, Likeness, WordInfo};
use crate::annotate::tagger::table::{hash, mix};
use crate::text::fold::{fold_char, is_hyphen};
use crate::text::token::TokenKind;

/// One distinct spelling.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Hash of the spelling.
    pub exact: u64,
    /// Hash of the folded spelling.
    pub folded: u64,
    /// Index into `evidence` of the document, shared by spellings that fold alike.
    pub entry: u32,
    /// Where a [`Memory`](crate::annotate::tagger::memory::Memory) keeps it.
    pub place: u32,
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
    /// The classes of words that are used like it.
    pub like: Likeness,
    /// The row of the folded form.
    pub small: WordInfo,
    /// First folded byte.
    pub first: u8,
    /// Hash of the letters of a word in capitals, without stops, comparable to that of initials.
    pub letters: u64,
}

/// Describes a spelling; `folded` is room for its folded form. Only the first 64 characters count.
pub fn describe(spelling: &str, token: TokenKind, folded: &mut String, lexicon: &Lexicon<'_>) -> Word {
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
    // An unknown compound is like its last part: `Tokyo-based`, `ex-Yugoslavia`.
    word.like = lexicon
        .likeness(word.folded)
        .or_else(|| folded.rsplit_once('-').and_then(|(_, last)| lexicon.likeness(hash(last.as_bytes()))))
        .unwrap_or_default();
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
