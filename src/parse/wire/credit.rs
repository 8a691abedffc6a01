//! The end of the copy in; whether it is a closing credit, and whose.

use std::ops::Range;

use crate::parse::wire::{
    lines::{is_capitals, is_closed, range_of, starts_with, tail},
    words,
};

/// A closing credit as read. Ranges are bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditRead {
    /// As written, without brackets and dashes.
    pub text: String,
    pub source: Range<usize>,
    /// The agency it names, where it names just one.
    pub agency: Option<String>,
    pub confidence: u8,
}

const OPENINGS: [&str; 21] = [
    "copyright ",
    "© ",
    "all rights reserved",
    "with inputs from",
    "with input from",
    "with agency input",
    "with agencies",
    "(with agency",
    "reporting by",
    "additional reporting",
    "writing by",
    "edited by",
    "editing by",
    "compiled by",
    "inputs from",
    "(with input",
    "this story has not been edited",
    "this report was first published",
    "except for the headline",
    "(except for the headline",
    "(this story has not been edited",
];

/// The credit that a whole line is: `- AFP`, `(AP)`, `(With inputs from agencies.)`,
/// `(Reporting by Jane Doe; Editing by John Roe)`, `Associated Press writers … contributed to this report.`
pub fn line(text: &str) -> Option<CreditRead> {
    if text.len() > 600 {
        return None;
    }
    let dashed = text.starts_with(['-', '–', '—', '―']);
    let bare = bare(text);
    let bracketed = text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']);
    let known = words::agency(bare);
    let opens = OPENINGS.iter().any(|opening| starts_with(bare, opening));
    let contributed = bare.contains(" contributed to this ") && bare.len() <= 300;
    let sourced = starts_with(bare, "source:") && bare.len() <= 80;
    let name = is_name_of_outlet(bare);
    let confidence = match () {
        () if known.is_some() && (dashed || bracketed) => 95,
        () if opens || contributed => 92,
        () if sourced => 85,
        () if known.is_some() && (is_capitals(bare) || bare.len() > 4) => 80,
        () if (dashed || bracketed) && name && (is_capitals(bare) || dashed) => 72,
        () => return None,
    };
    let sourced = bare.get(7..).filter(|_| sourced).map(|s| s.trim().to_owned());
    let agency = known.map(str::to_owned).or(sourced).or_else(|| {
        (dashed && name && (is_capitals(bare) || words::is_paper(bare))).then(|| bare.to_owned())
    });
    Some(CreditRead { text: bare.to_owned(), source: range_of(text, bare), agency, confidence })
}

/// The credit after the last sentence of a paragraph: `… he said. (AP)`, `… he said. — Reuters`. The range starts
/// where the paragraph's own text ends, blanks included.
pub fn trailing(text: &str) -> Option<(usize, CreditRead)> {
    let end = tail(text, 160);
    let offset = text.len() - end.len();
    let opens = end.char_indices().rev().filter(|(_, c)| matches!(c, '(' | '-' | '–' | '—' | '―'));
    for (at, c) in opens {
        let before = &end[..at];
        let trimmed = before.trim_end();
        let parted = before.len() > trimmed.len() || c == '—' || c == '(';
        // `--` is one dash.
        let trimmed = trimmed.trim_end_matches('-').trim_end();
        if !parted || trimmed.is_empty() || !is_closed(trimmed) || trimmed.ends_with([':', ';']) {
            continue;
        }
        let part = &end[at..];
        if let Some(read) =
            line(part).filter(|read| read.confidence >= 80 || c == '(' && is_capitals(&read.text))
        {
            let cut = offset + trimmed.len();
            let source = range_of(part, part.get(read.source.clone())?);
            let source = offset + at + source.start..offset + at + source.end;
            return Some((cut, CreditRead { source, ..read }));
        }
    }
    None
}

/// Initials that a desk leaves under the copy: `ab-cd/ef`, `jd/rr/`.
pub fn is_sign_off(text: &str) -> bool {
    (3..=24).contains(&text.len())
        && text.contains('/')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-'))
}

fn bare(text: &str) -> &str {
    text.trim_matches(['(', ')', '[', ']', '-', '–', '—', '―', '.', ' ', '*', '_', '\u{A0}'])
}

fn is_name_of_outlet(name: &str) -> bool {
    name.len() <= 40
        && name.split(' ').count() <= 4
        && name.starts_with(char::is_uppercase)
        && name.split(' ').all(|w| w.starts_with(char::is_uppercase) || words::is_particle(w))
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '/' | '-' | '&' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let check = |text: &str, expect: &str, agency: &str| {
            let read = line(text);
            let got = read.as_ref().map_or(("", ""), |r| (&r.text, r.agency.as_deref().unwrap_or("")));
            assert_eq!(got, (expect, agency), "{text}");
        };
        check("- AFP", "AFP", "AFP");
        check("-- AFP", "AFP", "AFP");
        check("(AP)", "AP", "AP");
        check("—Reuters", "Reuters", "Reuters");
        check("(With inputs from agencies.)", "With inputs from agencies", "");
        check(
            "(Reporting by Jane Doe; Editing by John Roe)",
            "Reporting by Jane Doe; Editing by John Roe",
            "",
        );
        check("Source: Example Press", "Source: Example Press", "Example Press");
        check("— Example Press", "Example Press", "Example Press");
        check("Reuters", "Reuters", "Reuters");
        check("- Jane Doe", "Jane Doe", "");
        check("(But nobody came.)", "", "");
        check("- Bread and butter for all", "", "");
        check("He left.", "", "");
    }

    #[test]
    fn after_the_last_sentence() {
        let check = |text: &str, cut: &str, credit: &str| {
            let read = trailing(text);
            let got = read.as_ref().map_or((text, ""), |(cut, r)| (&text[..*cut], &text[r.source.clone()]));
            assert_eq!(got, (cut, credit));
        };
        check("It is over, he said. (AP)", "It is over, he said.", "AP");
        check("It is over, he said. — Reuters", "It is over, he said.", "Reuters");
        check("“It is over.” -- AFP", "“It is over.”", "AFP");
        check(
            "Over. (Reporting by A. Doe; Editing by B. Roe)",
            "Over.",
            "Reporting by A. Doe; Editing by B. Roe",
        );
        check("It is over, said the agency (WHO).", "It is over, said the agency (WHO).", "");
        check("He went home - late.", "He went home - late.", "");
    }
}
