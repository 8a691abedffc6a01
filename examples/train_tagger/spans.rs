//! A mention enters; what the data's own scorer compares of it leaves.

use dateline::annotate::tagger::NerKind;

/// The types that count.
pub const TYPES: [NerKind; 3] = [NerKind::Person, NerKind::Place, NerKind::Organization];

/// Takes a leading determiner and a trailing possessive or mark off, as the scorer does on both sides.
pub fn normalise(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let span = &text[start..end];
    for article in ["The", "the", "THE", "A", "a", "An", "an"] {
        if let Some(rest) = span.strip_prefix(article)
            && rest.starts_with(char::is_whitespace)
        {
            start = end - rest.trim_start().len();
            break;
        }
    }
    let span = &text[start..end];
    let keep = {
        let before: Vec<char> = span.chars().rev().take(3).collect();
        let initial = before.len() >= 2
            && before[0] == '.'
            && before[1].is_ascii_uppercase()
            && before.get(2).is_none_or(|c| !c.is_alphanumeric() && *c != '_');
        let word =
            span.strip_suffix('.').map(|s| s.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
        initial || word.is_some_and(|w| matches!(w, "Inc" | "Corp" | "Co" | "Ltd" | "Jr" | "Sr" | "St"))
    };
    if !keep {
        let cut =
            ["'s", "’s", "'", "’"].iter().find_map(|tail| span.strip_suffix(tail)).unwrap_or_else(|| {
                span.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':'))
            });
        if !cut.is_empty() {
            end = start + cut.len();
        }
    }
    (start, end)
}
