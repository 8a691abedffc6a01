//! A name enters as written; the form under which spellings of it compare equal leaves.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;

/// Lower case, without diacritics, with one apostrophe (`'`), one hyphen (`-`) and one space.
/// Folding twice changes nothing more. Scripts other than Latin, Greek and Cyrillic keep their letters.
/// ASCII text that is already folded is borrowed.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|b| b.is_ascii_uppercase() || b == b'`') {
            return Cow::Owned(text.to_ascii_lowercase().replace('`', "'"));
        }
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    Cow::Owned(out)
}

/// Appends the folded form of one character.
pub fn fold_char(c: char, out: &mut String) {
    match c {
        '`' => out.push('\''),
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c if is_apostrophe(c) => out.push('\''),
        c if is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}' | '−') => out.push('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        c if c.is_whitespace() => out.push(' '),
        c if decomposes(c) => decompose_compatible(c, |part| {
            if !is_accent(part) {
                part.to_lowercase().filter(|l| !is_accent(*l)).for_each(|l| push_letter(l, out));
            }
        }),
        c if is_accent(c) => {}
        c => out.extend(c.to_lowercase()),
    }
}

fn push_letter(c: char, out: &mut String) {
    match c {
        'ł' => out.push('l'),
        'ø' => out.push('o'),
        'đ' | 'ð' | 'ɖ' => out.push('d'),
        'þ' => out.push_str("th"),
        'ß' => out.push_str("ss"),
        'æ' | 'ǣ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ı' => out.push('i'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ŋ' => out.push('n'),
        'ə' => out.push('a'),
        'ĸ' => out.push('k'),
        'ƙ' => out.push('k'),
        'ɓ' | 'ƀ' => out.push('b'),
        'ɗ' => out.push('d'),
        'ɨ' => out.push('i'),
        'ʉ' => out.push('u'),
        'ς' => out.push('σ'),
        'ё' => out.push('е'),
        c if is_apostrophe(c) => out.push('\''),
        c => out.push(c),
    }
}

/// Latin, Greek, Cyrillic, their extensions, and presentation forms.
fn decomposes(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{52f}' | '\u{1d00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}'
        | '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}')
        && !is_accent(c)
}

/// Accents, and the vowel points of Arabic and Hebrew, which most writers leave out.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Straight, curly, modifier and prime marks that stand for an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '´' | '′' | '＇' | '‛')
}

/// Hyphens that join the parts of a word; dashes do not.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use crate::text::fold::fold;

    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text), expect, "{text}");
        assert_eq!(fold(expect), expect, "{text}, twice");
    }

    #[test]
    fn folds() {
        check("Erdoğan", "erdogan");
        check("Zelenskyy", "zelenskyy");
        check(
            "Łódź, Øresund, Đoković, Straße, Æthelred, Þór",
            "lodz, oresund, dokovic, strasse, aethelred, thor",
        );
        check("İstanbul Diyarbakır", "istanbul diyarbakir");
        check("O’Brien ‘Ajmān", "o'brien 'ajman");
        check("Jean\u{2011}Claude – Rhône", "jean-claude - rhone");
        check("Nguye\u{302}\u{303}n Phú Trọng", "nguyen phu trong");
        check("ﬁn Ｔｏｋｙｏ", "fin tokyo");
        check("Ёлкин Όμηρος", "елкин ομηροσ");
        check("東京 서울 दिल्ली", "東京 서울 दिल्ली");
        check("", "");
    }
}
