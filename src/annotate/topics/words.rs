//! Tokens enter; the folded, numbered words that cues are matched against leave.

use crate::annotate::topics::vocabulary::{LONGEST, Packed, Vocabulary, head};
use crate::text::fold::{fold, is_apostrophe, is_hyphen};
use crate::text::token::{Token, TokenKind, parts};

/// One word of the text, or a border if it has no length.
pub struct Unit {
    /// Number of the word as written; 0 if no cue has it.
    pub exact: u32,
    /// Number of the word whose plural it may be.
    pub singular: u32,
    pub start: u32,
    pub end: u32,
}

/// Opens tokens to units with the numbers of their words.
pub fn units(text: &str, tokens: &[Token], vocabulary: &Vocabulary) -> Vec<Unit> {
    let mut units = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = token.of(text);
        match token.kind {
            TokenKind::Word | TokenKind::Number => {
                if word.len() < 9 && word.starts_with(is_apostrophe) && matches!(word.chars().count(), 0..=2)
                {
                    continue;
                }
                if word.bytes().any(|b| b == b'-' || b >= 0x80) && word.contains(is_hyphen) {
                    let part = |part: std::ops::Range<usize>| {
                        unit(&word[part.clone()], token.start + part.start as u32, vocabulary)
                    };
                    units.extend(parts(word).map(part));
                } else {
                    units.push(unit(word, token.start, vocabulary));
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

fn unit(word: &str, start: u32, vocabulary: &Vocabulary) -> Unit {
    let end = start + word.len() as u32;
    if word.len() <= LONGEST && word.is_ascii() {
        let mut buffer = [0_u8; LONGEST];
        let mut len = 0;
        for byte in word.bytes().filter(|&b| b != b'.') {
            buffer[len] = byte.to_ascii_lowercase();
            len += 1;
        }
        let packed = Packed::from_le_bytes(buffer);
        let singular = short_singular(packed, &buffer[..len], vocabulary);
        return Unit { exact: vocabulary.packed(packed), singular, start, end };
    }
    let folded = if word.is_ascii() { word.to_ascii_lowercase() } else { fold(word).into_owned() };
    let form = folded.replace('.', "");
    Unit { exact: vocabulary.get(&form), singular: singular(&form, vocabulary), start, end }
}

/// [`singular`] without looking at more than a few letters of the word.
fn short_singular(packed: Packed, form: &[u8], vocabulary: &Vocabulary) -> u32 {
    let stem = match form {
        [.., b's', b's'] | b"news" => return 0,
        [stem @ .., b's'] if stem.len() > 2 => stem,
        _ => return 0,
    };
    let short = |less: usize| head(packed, stem.len() - less);
    if let [.., b'i', b'e'] = stem {
        let changed = vocabulary.packed(short(2) | Packed::from(b'y') << (8 * (stem.len() - 2)));
        return if changed == 0 { vocabulary.packed(short(0)) } else { changed };
    }
    let whole = vocabulary.packed(short(0));
    if whole != 0 {
        return whole;
    }
    match stem {
        [.., b's' | b'x' | b'z' | b'h' | b'o', b'e'] => vocabulary.packed(short(1)),
        _ => 0,
    }
}

/// The word of which `form` may be the plural: `parties`, `churches`, `strikes`.
fn singular(form: &str, vocabulary: &Vocabulary) -> u32 {
    let stem = form.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s') && form != "news");
    let Some(stem) = stem else { return 0 };
    let whole = vocabulary.get(stem);
    if let Some(short) = stem.strip_suffix("ie") {
        let changed = vocabulary.get(&format!("{short}y"));
        return if changed == 0 { whole } else { changed };
    }
    if whole != 0 {
        return whole;
    }
    let sibilant = |short: &&str| short.ends_with(['s', 'x', 'z', 'h', 'o']);
    stem.strip_suffix('e').filter(sibilant).map_or(0, |short| vocabulary.get(short))
}

/// The words of a cue as [`units`] would see them.
pub fn of_cue(text: &str) -> Vec<String> {
    let folded = fold(text);
    let pieces = folded.split([' ', '-', ',']).filter(|piece| !piece.is_empty());
    let word = |piece: &str| {
        let bare = piece.strip_suffix("'s").unwrap_or(piece);
        bare.trim_matches('\'').replace('.', "")
    };
    pieces.map(word).filter(|word| !word.is_empty()).collect()
}

/// The form in -ed.
pub fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        Some(stem) => format!("{stem}ied"),
        None => format!("{base}ed"),
    }
}

/// The form in -ing.
pub fn gerund(base: &str) -> String {
    let stem = base.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y']));
    format!("{}ing", stem.unwrap_or(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn short_words_have_the_singular_of_long_ones() {
        let known =
            ["party", "church", "strike", "share", "shares", "bus", "gas", "ti", "box", "movie", "hero"];
        let mut vocabulary = Vocabulary::default();
        (1..).zip(known).for_each(|(number, word)| vocabulary.insert(Cow::Borrowed(word), number));
        let forms = [
            "parties",
            "churches",
            "strikes",
            "shares",
            "buses",
            "gases",
            "boxes",
            "news",
            "movies",
            "heroes",
            "class",
            "ties",
            "s",
            "as",
            "pies",
            "",
            "gas",
            "bus",
            "sharess",
            "y.",
            "abcdefghijklmnop",
            "abcdefghijklmnos",
        ];
        for form in forms {
            let unit = unit(form, 0, &vocabulary);
            let bare = form.replace('.', "");
            assert_eq!(
                (unit.exact, unit.singular),
                (vocabulary.get(&bare), singular(&bare, &vocabulary)),
                "{form}"
            );
        }
    }
}
