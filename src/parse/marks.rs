//! Running text in; the editor's inline marks in it out: `[[Marco Rubio]]`, `[[marco-rubio|the secretary]]`,
//! `[[!Jordan]]`. Wire copy and Markdown share this scanner.

use std::ops::Range;

use crate::model::MarkTarget;

/// The longest mark that is taken for one, in bytes with its brackets; anything longer is a stray bracket.
pub const LONGEST: usize = 400;

/// One mark found in a text. All ranges are bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The whole mark, brackets included.
    pub source: Range<usize>,
    /// The part that the reader sees, without blanks at its ends; never empty.
    pub shown: Range<usize>,
    pub target: MarkTarget,
}

/// All marks of `text`, in order; they do not overlap. A bracket that opens no mark is left as text. A mark
/// stands within one line, so callers join wrapped lines first.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("[[").map(|i| at + i) {
        match mark_at(text, open) {
            Some(mark) => {
                at = mark.source.end;
                found.push(mark);
            }
            None => at = open + 1,
        }
    }
    found
}

/// `text` as the reader sees it, for places that carry no marks: headlines, bylines.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mark in find(text) {
        out.push_str(&text[at..mark.source.start]);
        out.push_str(&text[mark.shown]);
        at = mark.source.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The mark whose brackets open at `open`.
fn mark_at(text: &str, open: usize) -> Option<Found> {
    let start = open + 2;
    let bytes = text.as_bytes();
    let limit = bytes.len().min(open + LONGEST);
    let end = (start..limit).find(|i| matches!(bytes[*i], b'[' | b']' | b'\n' | b'\r'))?;
    if bytes[end] != b']' || bytes.get(end + 1) != Some(&b']') {
        return None;
    }
    let (leave, inner) = match bytes.get(start) {
        Some(b'!') => (true, start + 1..end),
        _ => (false, start..end),
    };
    let (name, shown) = match text[inner.clone()].find('|') {
        Some(bar) => (inner.start..inner.start + bar, inner.start + bar + 1..inner.end),
        None => (inner.clone(), inner),
    };
    let (name, shown) = (trim(text, name), trim(text, shown));
    if name.is_empty() || shown.is_empty() {
        return None;
    }
    let target = if leave { MarkTarget::Leave } else { MarkTarget::Entity(text[name].to_owned()) };
    Some(Found { source: open..end + 2, shown, target })
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let check = |text: &str, expect: &[(&str, &str, &str)]| {
            let found: Vec<_> = find(text)
                .into_iter()
                .map(|m| {
                    let target = match m.target {
                        MarkTarget::Entity(name) => name,
                        MarkTarget::Leave => "!".to_owned(),
                    };
                    (text[m.source].to_owned(), text[m.shown].to_owned(), target)
                })
                .collect();
            let expect: Vec<_> =
                expect.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("[[Marco Rubio]] said", &[("[[Marco Rubio]]", "Marco Rubio", "Marco Rubio")]);
        check(
            "and [[marco-rubio|the secretary]].",
            &[("[[marco-rubio|the secretary]]", "the secretary", "marco-rubio")],
        );
        check("in [[!Jordan]]", &[("[[!Jordan]]", "Jordan", "!")]);
        check("[[ Łódź | the city ]]", &[("[[ Łódź | the city ]]", "the city", "Łódź")]);
        check("[[a]][[b]]", &[("[[a]]", "a", "a"), ("[[b]]", "b", "b")]);
        check("[[[a]]]", &[("[[a]]", "a", "a")]);
        check("[[x [[a]]", &[("[[a]]", "a", "a")]);
        check("a [[ stray", &[]);
        check("[[]] [[!]] [[|a]] [[a|]] [[ ]] [[a] ] [a]", &[]);
        check("[[a\nb]]", &[]);
        check(&format!("[[{}]]", "x".repeat(LONGEST)), &[]);
    }

    #[test]
    fn plain_text() {
        let check = |text: &str, expect: &str| assert_eq!(plain(text), expect);
        check("[[Marco Rubio]] meets [[!Jordan]] and [[x|y]] [[", "Marco Rubio meets Jordan and y [[");
        check("", "");
    }
}
