//! The paragraphs of wire copy in; those that are sub-headings marked as such.

use crate::parse::wire::{Draft, PieceKind, body::Part, layout, lines::is_closed, prose::Shape};

/// The longest sub-heading, in characters and in words.
const LONGEST: (usize, usize) = (90, 14);

/// What a short line between two paragraphs may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It ends as no sentence does.
    Open,
    /// It ends with an abbreviation and names something without saying anything of it.
    Abbreviated,
    Other,
}

/// Turns short lines between two paragraphs into headings: those without a full stop, and, beside such, those whose stop
/// is an abbreviation's.
pub fn subheads(draft: &mut Draft, parts: &mut [Part<'_>]) {
    let lines: Vec<Line> = parts.iter().map(line).collect();
    let stands = |i: usize| {
        let (above, below) = (&parts[i - 1].paragraph, &parts[i + 1].paragraph);
        let between =
            is_closed(&above.joined.text) || above.shape == Shape::Rule || above.shape == Shape::Item;
        let alone = |other: Line| other == Line::Other || lines[i] == Line::Open && other != Line::Open;
        between && below.shape != Shape::Rule && alone(lines[i - 1]) && alone(lines[i + 1])
    };
    let between = 1..parts.len().saturating_sub(1).max(1);
    let found: Vec<usize> = between.filter(|i| lines[*i] != Line::Other && stands(*i)).collect();
    // A single line may be a short sentence whose verb is not known for one.
    let any = found.iter().any(|i| lines[*i] == Line::Open);
    for i in found.into_iter().filter(|i| any || lines[*i] == Line::Open) {
        parts[i].paragraph.shape = Shape::Heading;
        draft.kinds[parts[i].lines.clone()].fill(PieceKind::Subheadline);
    }
}

fn line(part: &Part<'_>) -> Line {
    let text = &part.paragraph.joined.text;
    let short = part.paragraph.shape == Shape::Paragraph
        && part.lines.len() == 1
        && text.len() <= 4 * LONGEST.0
        && text.chars().count() <= LONGEST.0
        && text.split(' ').count() <= LONGEST.1
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '[')
        && !layout::is_numbered(text)
        && part.paragraph.shown == (0..text.len());
    match short {
        true if !is_closed(text) && !text.ends_with([',', '-', '—', '"', '”', '»']) => Line::Open,
        true if is_abbreviated(text) && is_label(text) => Line::Abbreviated,
        _ => Line::Other,
    }
}

/// Whether the stop at the end is that of an abbreviation which heads a name: `U.N.`, `D.C.`, `Inc.`, `Jr.`
fn is_abbreviated(text: &str) -> bool {
    const FORMS: [&str; 8] = ["Inc.", "Corp.", "Co.", "Ltd.", "Bros.", "Jr.", "Sr.", "St."];
    let word = text.rsplit(' ').next().unwrap_or_default().trim_start_matches(['(', '"', '“']);
    let letters = word.strip_suffix('.').unwrap_or_default();
    let initials = letters.contains('.')
        && letters.split('.').all(|part| part.len() == 1 && part.chars().all(char::is_uppercase));
    initials || FORMS.contains(&word)
}

/// Words that say something of somebody: no label has one. Auxiliaries, and past tenses without `-ed`.
const SAYS: &[&str] = &[
    "am", "are", "became", "began", "broke", "brought", "came", "can", "can't", "could", "did", "didn't",
    "do", "does", "doesn't", "don't", "fell", "felt", "found", "gave", "get", "gets", "go", "goes", "got",
    "grew", "had", "has", "hasn't", "have", "he", "held", "hit", "i", "is", "isn't", "it", "kept", "knew",
    "led", "left", "lost", "made", "may", "met", "might", "must", "paid", "quit", "ran", "rose", "said",
    "saw", "say", "says", "sent", "shall", "she", "should", "sold", "spoke", "stood", "that", "there",
    "they", "this", "those", "told", "took", "was", "wasn't", "we", "went", "were", "weren't", "will",
    "withdrew", "won", "won't", "would", "wrote", "you",
];

/// Words that stand behind a noun or a participle, and seldom behind a verb that says something.
const AFTER_NOUN: &[&str] = &[
    "about", "against", "and", "at", "between", "by", "for", "from", "of", "on", "over", "under", "with",
    "within",
];

/// Words behind which a noun stands.
const BEFORE_NOUN: &[&str] = &[
    "a", "and", "at", "by", "for", "from", "in", "its", "more", "new", "no", "of", "on", "over", "the",
    "their", "to", "two", "with",
];

/// Whether a line names something (`Russia's seat at the U.N.`) and says nothing of it (`Russia left the U.N.`), as far as
/// its words tell.
fn is_label(text: &str) -> bool {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches([',', '"', '“', '”', '(', ')']).replace('’', "'").to_lowercase())
        .collect();
    let verb = |(i, word): (usize, &String)| {
        let at = |i: usize| words.get(i).map_or("", String::as_str);
        // `rejected the`, `wants a`, and not `imposed by`, `talks at`, `and arrests`; the first word is a name or an article.
        let form =
            word.ends_with("ed") || word.ends_with('s') && !word.ends_with("'s") && !word.ends_with("ss");
        let lower = text.split_whitespace().nth(i).is_some_and(|word| word.starts_with(char::is_lowercase));
        let noun = BEFORE_NOUN.contains(&at(i.wrapping_sub(1))) || AFTER_NOUN.contains(&at(i + 1));
        let tense = i > 0 && word.len() > 3 && form && lower && !noun;
        SAYS.binary_search(&word.as_str()).is_ok() || tense
    };
    words.len() > 1 && !words.iter().enumerate().any(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order() {
        assert!(SAYS.is_sorted());
    }

    #[test]
    fn labels_and_sentences() {
        let check = |text: &str, expect: bool| {
            assert_eq!(is_abbreviated(text) && is_label(text), expect, "{text}");
        };
        for label in [
            "Russia's seat at the U.N.",
            "Russia’s seat at the U.N.",
            "Trade with the U.S.",
            "Gaza talks at the U.N.",
            "Sanctions imposed by the U.S.",
            "Questions for Apple Inc.",
            "Protests and arrests in Washington, D.C.",
            "Memories of Martin Luther King Jr.",
            "What next for the E.U.",
        ] {
            check(label, true);
        }
        for sentence in [
            "He lives in the U.S.",
            "Russia left the U.N.",
            "Iran rejected the U.S.",
            "Moscow wants the U.N.",
            "They were in Washington, D.C.",
            "It is now part of Apple Inc.",
            "The shares fell in the U.S.",
            "There will be talks at the U.N.",
            "The talks ended.",
            "The vote was at 3 p.m.",
            "U.S.",
            "The plant belongs to Ford Motor Co.",
        ] {
            check(sentence, false);
        }
    }
}
