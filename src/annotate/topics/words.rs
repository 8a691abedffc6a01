//! Tokens enter; the folded, numbered words that cues are matched against leave.

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

/// Opens tokens to units. `id` numbers the known words, 0 for any other.
pub fn units(text: &str, tokens: &[Token], id: impl Fn(&str) -> u32) -> Vec<Unit> {
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
                        unit(&word[part.clone()], token.start + part.start as u32, &id)
                    };
                    units.extend(parts(word).map(part));
                } else {
                    units.push(unit(word, token.start, &id));
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

fn unit(word: &str, start: u32, id: &impl Fn(&str) -> u32) -> Unit {
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
    Unit { exact: id(form), singular: singular(form, id), start, end }
}

/// The word of which `form` may be the plural: `parties`, `churches`, `strikes`.
fn singular(form: &str, id: &impl Fn(&str) -> u32) -> u32 {
    let stem = form.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s') && form != "news");
    let Some(stem) = stem else { return 0 };
    let whole = id(stem);
    if let Some(short) = stem.strip_suffix("ie") {
        let changed = id(&format!("{short}y"));
        return if changed == 0 { whole } else { changed };
    }
    if whole != 0 {
        return whole;
    }
    let sibilant = |short: &&str| short.ends_with(['s', 'x', 'z', 'h', 'o']);
    stem.strip_suffix('e').filter(sibilant).map_or(0, id)
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
