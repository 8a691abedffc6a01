//! A text and its tokens enter; the sentences leave as ranges of token indices that cover all tokens, in order.

use std::ops::Range;

use crate::text::token::{Token, TokenKind};

/// Cuts at line breaks, and at closing marks that look final. Every token falls in exactly one sentence.
///
/// A stop inside an abbreviation (`Lt.`, `J.`) does not end a sentence; one that may (`U.S.`, `Inc.`, `p.m.`) does
/// when a word follows that usually opens one. Closing quotes and brackets stay with the sentence they close.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<u32>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mut next = at + 1;
        let mut ends = breaks(text, tokens, at);
        if !ends && may_end(text, &tokens[at]) {
            while next < tokens.len() && !breaks(text, tokens, next - 1) && closes(text, tokens, next) {
                next += 1;
            }
            ends = next >= tokens.len() || breaks(text, tokens, next - 1) || is_final(text, tokens, at, next);
        }
        if ends {
            out.push(start as u32..next as u32);
            start = next;
        }
        at = next;
    }
    if start < tokens.len() {
        out.push(start as u32..tokens.len() as u32);
    }
    out
}

/// Whether a line break stands between tokens `at` and `at + 1`.
fn breaks(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        let gap = text.as_bytes().get(tokens[at].end as usize..next.start as usize).unwrap_or(&[]);
        gap.iter().any(|b| matches!(b, b'\n' | b'\r')) || gap.windows(3).any(|w| w == "\u{2029}".as_bytes())
    })
}

fn may_end(text: &str, token: &Token) -> bool {
    let t = token.of(text);
    match token.kind {
        TokenKind::Punct => {
            matches!(t, "…" | "。" | "！" | "？" | "؟" | "।" | "۔") || t.starts_with(['.', '!', '?'])
        }
        TokenKind::Word => t.ends_with('.'),
        _ => false,
    }
}

/// Whether token `at` closes a quotation or bracket rather than opening one.
fn closes(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.of(text) {
        "”" | "’" | "»" | ")" | "]" | "}" | "」" | "』" | "）" => true,
        // Straight marks close when they touch what stands before, and not what follows.
        "\"" | "'" => {
            tokens[at - 1].end == token.start && tokens.get(at + 1).is_none_or(|next| next.start > token.end)
        }
        _ => false,
    }
}

/// Whether the stop in token `at` is final, given that token `next` follows it and its closing marks.
fn is_final(text: &str, tokens: &[Token], at: usize, next: usize) -> bool {
    let stop = tokens[at].of(text);
    let follower = &tokens[next];
    let word = follower.of(text);
    let Some(first) = word.chars().next() else {
        return false;
    };
    let spaced = follower.start > tokens[next - 1].end;
    if tokens[at].kind == TokenKind::Word {
        return next == at + 1 && spaced && abbreviation_ends(stop, word)
            || next > at + 1 && first.is_uppercase() && !never_final(stop);
    }
    if !stop.is_ascii() && stop != "…" {
        return true;
    }
    if first.is_lowercase() || matches!(word, "," | ";" | ":" | "—" | "–" | "--" | "-" | "&" | "%") {
        return false;
    }
    if !spaced && next == at + 1 {
        // `end.The` lacks a space; `!?` and `Yahoo!'s` go on.
        return stop == "." && (first.is_uppercase() || word == "[");
    }
    // `What?" Smith said`, but a name cannot be told from an opening word here: a capital ends the sentence.
    first.is_alphanumeric() || !matches!(follower.kind, TokenKind::Punct) || opens(word)
}

fn opens(mark: &str) -> bool {
    matches!(
        mark,
        "“" | "‘" | "\"" | "'" | "«" | "(" | "[" | "{" | "¿" | "¡" | "*" | "•" | "`" | "「" | "『" | "（"
    )
}

/// Titles, initials and months are followed by a name or number and never end a sentence.
fn never_final(abbreviation: &str) -> bool {
    let bare = &abbreviation[..abbreviation.len() - 1];
    let single = bare.chars().count() == 1;
    single
        || matches!(
            bare,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Drs"
                | "Prof"
                | "Rev"
                | "Hon"
                | "Lt"
                | "Gen"
                | "Col"
                | "Maj"
                | "Capt"
                | "Sgt"
                | "Cpl"
                | "Pvt"
                | "Cmdr"
                | "Adm"
                | "Brig"
                | "Sen"
                | "Sens"
                | "Rep"
                | "Reps"
                | "Gov"
                | "Messrs"
                | "St"
                | "Ste"
                | "Mt"
                | "Ft"
                | "Fr"
                | "Supt"
                | "Insp"
                | "Atty"
                | "Spc"
                | "No"
                | "Nos"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Oct"
                | "Nov"
                | "Dec"
                | "vs"
                | "Vs"
                | "cf"
                | "approx"
                | "viz"
                | "pp"
                | "Fig"
                | "fig"
        )
}

fn abbreviation_ends(abbreviation: &str, next: &str) -> bool {
    if next.starts_with(['“', '"', '‘', '(', '•']) {
        return !never_final(abbreviation);
    }
    // An initial can still close a sentence (`Plan B. The`), when the next word is no name.
    let bare = &abbreviation[..abbreviation.len() - 1];
    let initial = bare.chars().count() == 1;
    (initial || !never_final(abbreviation)) && OPENERS.binary_search(&next).is_ok()
}

/// Words that begin sentences and are rarely part of a name. Sorted.
const OPENERS: [&str; 80] = [
    "A",
    "About",
    "According",
    "After",
    "Afterwards",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Critics",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "No",
    "Not",
    "Officials",
    "On",
    "One",
    "Or",
    "Our",
    "Police",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Two",
    "We",
    "What",
    "When",
    "While",
    "With",
    "You",
];

#[cfg(test)]
mod tests {
    use crate::text::sentence::{OPENERS, sentences};
    use crate::text::token::tokenize;

    fn check(text: &str, expect: &str) {
        let tokens = tokenize(text);
        let cut: Vec<&str> = sentences(text, &tokens)
            .iter()
            .map(|s| &text[tokens[s.start as usize].start as usize..tokens[s.end as usize - 1].end as usize])
            .collect();
        assert_eq!(cut.join("|"), expect);
    }

    #[test]
    fn cuts() {
        check("", "");
        check("One. Two! Three? Four", "One.|Two!|Three?|Four");
        check("“It is over.” He left. (So they say.) Fine.", "“It is over.”|He left.|(So they say.)|Fine.");
        check("\"Is it?\" she asked. \"Yes.\" \"No.\"", "\"Is it?\" she asked.|\"Yes.\"|\"No.\"");
        check(
            "Lt. Gen. J. K. Smith of the U.S. Army met Mr. Li. Then he left.",
            "Lt. Gen. J. K. Smith of the U.S. Army met Mr. Li.|Then he left.",
        );
        check(
            "He came to the U.S. The army of Acme Inc. said so at 5 p.m. It was over.",
            "He came to the U.S.|The army of Acme Inc. said so at 5 p.m.|It was over.",
        );
        check("HEADLINE HERE\nBody starts\n\nNext.", "HEADLINE HERE|Body starts|Next.");
        check("He waited... and went. Wait... What?", "He waited... and went.|Wait...|What?");
        check("It fell 3.5 percent to $1.2. Shares rose.", "It fell 3.5 percent to $1.2.|Shares rose.");
        check(
            "On Jan. 5 and Sept. 9, St. Petersburg. 20 died.",
            "On Jan. 5 and Sept. 9, St. Petersburg.|20 died.",
        );
        check("彼は来た。彼女も。", "彼は来た。|彼女も。");
        check("in the 1970s.[12] The end.", "in the 1970s.|[12] The end.");
    }

    #[test]
    fn openers_are_sorted() {
        assert!(OPENERS.is_sorted());
    }

    #[test]
    fn covers_every_token() {
        for unit in [". ", ".” ", "a.\n", "\" ", "A. ", "?!", "… a", "\u{2029}", "'."] {
            let text = unit.repeat(100_000);
            let tokens = tokenize(&text);
            let mut at = 0;
            for s in sentences(&text, &tokens) {
                assert!(s.start == at && s.end > s.start, "{unit}");
                at = s.end;
            }
            assert_eq!(at as usize, tokens.len(), "{unit}");
        }
    }
}
