//! A string enters; its tokens leave, in order, without overlap, as byte ranges.
//!
//! Units follow what a name needs: `U.S.`, `Lt.`, `O'Brien`, `AT&T` and hyphenated compounds are one token each
//! ([`parts`] opens a compound), a possessive `'s` is a token of its own. Every byte is looked at a bounded
//! number of times, so time is linear on any input.

use crate::text::fold::{is_apostrophe, is_hyphen};

/// One token: bytes `start..end` of the text it was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What the token is made of.
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, possibly with inner apostrophes, hyphens, dots; also the possessive `'s`.
    Word,
    /// Begins with a digit: `3,000.5`, `5bn`, `9/11`, `10:30`.
    Number,
    /// Punctuation; a run of one repeated mark (`...`, `--`) is one token.
    Punct,
    /// Anything else: currency, arithmetic, emoji, and whole URLs and e-mail addresses.
    Symbol,
}

impl Token {
    /// The token's text, or the empty string when the range does not fit `text`.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Cuts `text` into tokens. White space, controls and zero-width marks between tokens belong to none.
/// Only the first 4 GiB are read, since offsets are 32 bits wide.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        if u32::try_from(at + c.len_utf8()).is_err() {
            break;
        }
        let (end, kind) = if c.is_ascii_whitespace() || is_blank(c) {
            at += c.len_utf8();
            continue;
        } else if is_word(c) {
            if c.is_numeric() { (number_end(text, at), TokenKind::Number) } else { word(text, at) }
        } else if is_apostrophe(c) && possessive(text, at) && starts_possessive(text, &tokens, at) {
            (at + c.len_utf8() + 1, TokenKind::Word)
        } else {
            mark(text, at, c)
        };
        let Ok(end32) = u32::try_from(end) else { break };
        tokens.push(Token { start: at as u32, end: end32, kind });
        at = end;
    }
    tokens
}

/// The byte ranges, relative to `word`, of the parts of a compound: `Russian-American` gives two, `Paris` one.
pub fn parts(word: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let base = word.as_ptr() as usize;
    word.split(is_hyphen).filter(|part| !part.is_empty()).map(move |part| {
        let start = part.as_ptr() as usize - base;
        start..start + part.len()
    })
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&b) if b < 0x80 => Some(b as char),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()),
        None => None,
    }
}

/// Letters, digits, and the marks that are part of a letter (combining accents, joiners, vowel signs).
fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}'))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether the apostrophe at `at` is followed by an `s` that ends the word.
fn possessive(text: &str, at: usize) -> bool {
    let Some(quote) = char_at(text, at) else {
        return false;
    };
    let next = at + quote.len_utf8();
    matches!(char_at(text, next), Some('s' | 'S')) && !char_at(text, next + 1).is_some_and(is_word)
}

/// A possessive must touch the token before it.
fn starts_possessive(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.last().is_some_and(|last| {
        last.end as usize == at
            && (matches!(last.kind, TokenKind::Word | TokenKind::Number)
                || matches!(last.of(text), ")" | "\"" | "”"))
    })
}

/// The end of the run of word characters that begins at `at`.
fn run_end(text: &str, mut at: usize) -> usize {
    let plain = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
    at += text.as_bytes()[at..].iter().take_while(plain).count();
    while let Some(c) = char_at(text, at) {
        if !is_word(c) && c != '_' {
            break;
        }
        at += c.len_utf8();
    }
    at
}

fn word(text: &str, start: usize) -> (usize, TokenKind) {
    if let Some(end) = url_end(text, start) {
        return (end, TokenKind::Symbol);
    }
    let mut piece = start;
    let mut end = run_end(text, start);
    while let Some(c) = char_at(text, end) {
        let next = end + c.len_utf8();
        let after = char_at(text, next);
        let joins = match c {
            '.' => match dot(text, start, piece, end) {
                Dot::Out => false,
                Dot::Ends => {
                    end = next;
                    // `U.S.-led`: a compound may go on after the stop.
                    if after.is_some_and(is_hyphen) && char_at(text, next + 1).is_some_and(is_word) {
                        continue;
                    }
                    break;
                }
                Dot::Joins => true,
            },
            '@' => match email_end(text, end) {
                Some(end) => return (end, TokenKind::Symbol),
                None => false,
            },
            '&' => {
                // AT&T, R&D, but not Tom&Jerry's separate words of prose.
                text.as_bytes()[end - 1].is_ascii_uppercase() && after.is_some_and(|a| a.is_ascii_uppercase())
            }
            c if is_apostrophe(c) => after.is_some_and(is_word) && !possessive(text, end),
            c if is_hyphen(c) => after.is_some_and(is_word),
            _ => false,
        };
        if !joins {
            break;
        }
        piece = next;
        end = run_end(text, next);
    }
    (end, TokenKind::Word)
}

enum Dot {
    Out,
    Ends,
    Joins,
}

/// What the full stop at `at` is to the word `start..at`, whose last piece began at `piece`.
fn dot(text: &str, start: usize, piece: usize, at: usize) -> Dot {
    let last = &text[piece..at];
    let mut letters = last.chars();
    let single = match (letters.next(), letters.next()) {
        (Some(c), None) => Some(c),
        _ => None,
    };
    let after = char_at(text, at + 1);
    if let Some(c) = single {
        let dotted = start < piece && text.as_bytes()[piece - 1] == b'.';
        let chained = after.is_some_and(char::is_alphabetic) && {
            let next = at + 1 + after.map_or(0, char::len_utf8);
            !char_at(text, next).is_some_and(is_word)
                && (c.is_uppercase() || char_at(text, next) == Some('.'))
        };
        if chained {
            return Dot::Joins;
        }
        // `I.` ends a sentence more often than it is an initial.
        let initial = c.is_uppercase() && !c.is_numeric() && (c != 'I' || initial_follows(text, at + 1));
        return if (dotted || initial) && !after.is_some_and(is_word) { Dot::Ends } else { Dot::Out };
    }
    if let Some(a) = after.filter(|a| a.is_alphanumeric()) {
        // `example.com` is a name; `end.The` lacks a space.
        let inner = last.bytes().all(|b| b.is_ascii_alphanumeric()) && a.is_ascii_lowercase();
        return if inner { Dot::Joins } else { Dot::Out };
    }
    if piece == start && last.len() <= 6 && abbreviation(text, last, at + 1) { Dot::Ends } else { Dot::Out }
}

/// Whether a space and then a capital letter follow.
fn initial_follows(text: &str, at: usize) -> bool {
    text.as_bytes().get(at) == Some(&b' ')
        && char_at(text, at + 1).is_some_and(char::is_uppercase)
        && char_at(text, at + 2).is_some_and(|c| c.is_lowercase() || c == '.')
}

/// Words that keep their full stop. Sorted; lower case; capital needed unless in [`LOWER`].
const CAPITAL: [&str; 99] = [
    "adm", "ala", "apr", "ariz", "ark", "assn", "atty", "aug", "ave", "bldg", "blvd", "brig", "bros",
    "calif", "capt", "cmdr", "co", "col", "colo", "conn", "corp", "cpl", "dec", "del", "dept", "dist", "dr",
    "drs", "esq", "feb", "fla", "fr", "ft", "ga", "gen", "gov", "hon", "hwy", "ill", "inc", "ind", "insp",
    "intl", "jan", "jr", "jul", "jun", "kan", "ky", "la", "lt", "ltd", "maj", "mass", "md", "messrs", "mfg",
    "mich", "minn", "miss", "mo", "mont", "mr", "mrs", "ms", "mt", "neb", "nev", "nov", "oct", "okla", "ont",
    "ore", "pa", "ph", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sept", "sgt", "spc", "sr", "st",
    "ste", "supt", "tenn", "tex", "univ", "va", "vt", "wash", "wis", "wm", "wyo", "yr",
];
const LOWER: [&str; 14] =
    ["al", "approx", "cf", "dept", "ed", "eds", "est", "etc", "ft", "inc", "pp", "viz", "vol", "vs"];

fn abbreviation(text: &str, word: &str, after: usize) -> bool {
    let Some(first) = word.bytes().next() else {
        return false;
    };
    let lower = word.to_ascii_lowercase();
    if matches!(lower.as_str(), "no" | "nos" | "art" | "fig" | "vol" | "pp" | "sec" | "ch") {
        let rest = text.as_bytes().get(after..).unwrap_or(&[]);
        return rest.first() == Some(&b' ') && rest.get(1).is_some_and(u8::is_ascii_digit);
    }
    if first.is_ascii_uppercase() {
        CAPITAL.binary_search(&lower.as_str()).is_ok() || matches!(lower.as_str(), "vs" | "etc")
    } else {
        LOWER.binary_search(&word).is_ok()
    }
}

fn number_end(text: &str, start: usize) -> usize {
    let mut end = run_end(text, start);
    while let Some(c) = char_at(text, end) {
        let next = end + c.len_utf8();
        let after = char_at(text, next);
        let joins = match c {
            '.' | ',' | ':' | '/' => after.is_some_and(char::is_numeric),
            c if is_hyphen(c) => after.is_some_and(is_word),
            _ => false,
        };
        if !joins {
            break;
        }
        end = run_end(text, next);
    }
    end
}

/// The end of the URL that begins at `start`, if one does. Closing punctuation stays outside.
fn url_end(text: &str, start: usize) -> Option<usize> {
    if !matches!(text.as_bytes().get(start)?, b'h' | b'H' | b'f' | b'F' | b'w' | b'W') {
        return None;
    }
    let head = text.as_bytes().get(start..text.len().min(start + 8))?;
    let starts = |prefix: &str| {
        head.len() >= prefix.len() && head[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
    };
    if !(starts("http://") || starts("https://") || starts("ftp://") || starts("www.")) {
        return None;
    }
    let stop =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '`');
    let rest = &text[start..];
    let url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ')', ']', '}']);
    Some(start + url.len())
}

/// The end of the e-mail address whose `@` stands at `at`.
fn email_end(text: &str, at: usize) -> Option<usize> {
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let rest = &text.as_bytes()[at + 1..];
    let mut len = rest.iter().position(|b| !host(b)).unwrap_or(rest.len());
    while len > 0 && !rest[len - 1].is_ascii_alphanumeric() {
        len -= 1;
    }
    (len > 0).then_some(at + 1 + len)
}

fn mark(text: &str, at: usize, c: char) -> (usize, TokenKind) {
    let mut end = at + c.len_utf8();
    if is_punct(c) {
        if matches!(c, '.' | '-' | '*' | '=' | '_' | '!' | '?' | '—' | '–') {
            while char_at(text, end) == Some(c) {
                end += c.len_utf8();
            }
        }
        return (end, TokenKind::Punct);
    }
    (end, TokenKind::Symbol)
}

fn is_punct(c: char) -> bool {
    if c.is_ascii() {
        return !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '|' | '~' | '#' | '@' | '%');
    }
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '¡' | '¿' | '«' | '»' | '·' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '，' | '．' | '：' | '；' | '！' | '？' | '（' | '）' | '،' | '؛' | '؟' | '۔' | '।' | '´')
}

#[cfg(test)]
mod tests {
    use crate::text::token::{TokenKind, parts, tokenize};

    fn check(text: &str, expect: &str) {
        let cut: Vec<&str> = tokenize(text).iter().map(|t| t.of(text)).collect();
        assert_eq!(cut.join("|"), expect, "{text}");
    }

    #[test]
    fn cuts() {
        check("", "");
        check("The U.S. and the U.S.-led force.", "The|U.S.|and|the|U.S.-led|force|.");
        check("Lt. Gen. John O'Brien's men", "Lt.|Gen.|John|O'Brien|'s|men");
        check("Lt. Gen. O’Brien’s men don’t", "Lt.|Gen.|O’Brien|’s|men|don’t");
        check("the boys' school, James' hat", "the|boys|'|school|,|James|'|hat");
        check("Russian-American talks—again--and", "Russian-American|talks|—|again|--|and");
        check("“Yes,” he said. 'No.'", "“|Yes|,|”|he|said|.|'|No|.|'");
        check(
            "3,000.5 and $5bn, 10% at 10:30 p.m. on 9/11",
            "3,000.5|and|$|5bn|,|10|%|at|10:30|p.m.|on|9/11",
        );
        check(
            "see https://a.b/c?d=e. Or www.x.org, ann.b@c.de!",
            "see|https://a.b/c?d=e|.|Or|www.x.org|,|ann.b@c.de|!",
        );
        check("AT&T Inc. of J.K. Rowling. So did I.", "AT&T|Inc.|of|J.K.|Rowling|.|So|did|I|.");
        check("end.The igourmet.com shop...", "end|.|The|igourmet.com|shop|...");
        check("No. 5 said no. 'I Am' Plan B. x", "No.|5|said|no|.|'|I|Am|'|Plan|B.|x");
        check(
            "Recep Tayyip Erdoğan e\u{301}te\u{301}, Сергей Лавров: 安倍晋三。",
            "Recep|Tayyip|Erdoğan|e\u{301}te\u{301}|,|Сергей|Лавров|:|安倍晋三|。",
        );
        check("a \"b\"'s c (UN)'s d", "a|\"|b|\"|'s|c|(|UN|)|'s|d");
        check(
            "Washington D.C.\nJan. 5 vs. F-16s, 737-800 Coca-Cola",
            "Washington|D.C.|Jan.|5|vs.|F-16s|,|737-800|Coca-Cola",
        );
        check("@handle #tag a_b 20th-century ‘Ajmān", "@|handle|#|tag|a_b|20th-century|‘|Ajmān");
    }

    #[test]
    fn opens_compounds() {
        let word = "Franco-German-led";
        let cut: Vec<&str> = parts(word).map(|r| &word[r]).collect();
        assert_eq!(cut, ["Franco", "German", "led"]);
    }

    #[test]
    fn kinds() {
        let kinds: Vec<TokenKind> = tokenize("Paris 5bn , € www.a.b").iter().map(|t| t.kind).collect();
        assert_eq!(
            kinds,
            [TokenKind::Word, TokenKind::Number, TokenKind::Punct, TokenKind::Symbol, TokenKind::Symbol]
        );
    }

    /// Hostile input: tokens stay on character borders, in order, and time stays linear (the test would not end).
    #[test]
    fn survives_anything() {
        let big = 1 << 20;
        for unit in [
            "a",
            "A",
            "A.",
            "a-",
            "a.",
            "'s",
            "\u{301}",
            "א",
            "…",
            "@a",
            "1,",
            "http://",
            "é'",
            "\u{202e}x",
            "😀",
            "-",
            "a@",
        ] {
            let text = unit.repeat(big / unit.len());
            let mut last = 0;
            for token in tokenize(&text) {
                assert!(token.start >= last && token.end > token.start, "{unit}");
                assert!(!token.of(&text).is_empty(), "{unit}");
                last = token.end;
            }
        }
    }
}
