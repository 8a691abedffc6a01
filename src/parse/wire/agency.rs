//! A line in; whether it is written by an agency's desk for other desks and not for readers.

use crate::parse::wire::lines::{is_capitals, starts_with, strip};

/// Labels of desk lines. What follows them is never copy.
const LABELS: [&str; 17] = [
    "eds:",
    "eds.:",
    "eds ",
    "note to desk",
    "note to desks",
    "desk note",
    "slug:",
    "slugline:",
    "keyword:",
    "keywords:",
    "keyword/",
    "tags:",
    "word count",
    "wordcount",
    "with ap photo",
    "ap photo",
    "story id:",
];

/// Labels of desk lines above the copy; in the copy they might be words of it.
const ABOVE: [&str; 14] = [
    "editors:",
    "editor:",
    "desk:",
    "priority:",
    "priority ",
    "urgency:",
    "format:",
    "service:",
    "service code:",
    "ref:",
    "with photo",
    "graphic:",
    "graphics:",
    "take ",
];

/// Words of which the lines that tell of urgency and version are made.
const STATUS: [&str; 30] = [
    "urgent",
    "bulletin",
    "flash",
    "breaking",
    "newsalert",
    "alert",
    "adv",
    "advisory",
    "lead",
    "ld",
    "1st",
    "2nd",
    "3rd",
    "4th",
    "5th",
    "6th",
    "7th",
    "8th",
    "9th",
    "update",
    "updates",
    "writethru",
    "wrap",
    "writethrough",
    "corrected",
    "correction",
    "eds",
    "add",
    "snap",
    "refile",
];

/// Whether `line` is a desk line. `above`: it stands above the copy.
pub fn is_desk_line(line: &str, above: bool) -> bool {
    if line.len() > 400 {
        return false;
    }
    let bare = line.trim_start_matches('^').trim_end_matches(['<', '=', '^']).trim();
    if bare.is_empty() {
        return line.contains('^');
    }
    is_slug(bare)
        || bare.starts_with("((") && bare.ends_with("))")
        || starts_with(bare, "for immediate release")
        || is_transmission(bare)
        || LABELS.iter().any(|label| is_label(bare, label))
        || is_count(bare)
        || is_change(bare)
        || above && (is_status(bare) || ABOVE.iter().any(|label| is_label(bare, label)))
        || line.starts_with('^') && starts_with(bare, "associated press")
}

/// `(Adds analyst comment, paragraphs 3-5)`, `(Recasts lead)`: what is new in this version.
pub fn is_change(line: &str) -> bool {
    let changes = [
        "adds ",
        "updates ",
        "recasts",
        "corrects ",
        "refiles ",
        "repeats ",
        "rewrites ",
        "writes through",
        "removes ",
        "releads",
        "fixes ",
        "changes ",
        "edits ",
    ];
    let bare = line.strip_prefix('(').and_then(|rest| rest.strip_suffix([')']));
    line.len() <= 300 && bare.is_some_and(|bare| changes.iter().any(|c| starts_with(bare, c)))
}

fn is_label(line: &str, label: &str) -> bool {
    match strip(line, label) {
        Some(rest) if label.ends_with(' ') => {
            rest.starts_with(|c: char| c.is_ascii_digit())
                || label == "eds " && rest.starts_with(['-', '–', '—'])
        }
        Some(rest) if label.ends_with([':', '/']) => !rest.starts_with('/'),
        Some(rest) => {
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            let number = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            line.len() <= 100 && (rest.is_empty() || number || rest.starts_with([':', ',', '.']))
        }
        None => false,
    }
}

/// `BC-EU--Summit,1st Ld`, `AM-Talks`, `US--Ukraine, 2nd Ld-Writethru, 420`.
fn is_slug(line: &str) -> bool {
    // `AP-Grain Talks, 1st Ld-Writethru`: no headline ends with the number of its lead.
    let led = |part: &str| {
        let lower = part.to_ascii_lowercase();
        is_status(part)
            && lower.split([' ', '-']).any(|word| matches!(word, "ld" | "writethru" | "writethrough"))
    };
    if line.len() <= 120 && line.rsplit_once(',').is_some_and(|(_, rest)| led(rest.trim())) {
        return true;
    }
    let word = line.split([' ', ',']).next().unwrap_or("");
    let Some((head, rest)) = word.split_once('-') else { return false };
    let capitals = (2..=3).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_uppercase());
    let starts = rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    capitals && starts && (["BC", "AM", "PM"].contains(&head) || rest.starts_with('-'))
        || head == "bc" && starts
}

/// `a0521`, `r i bc-russia 07-10 0420`, `ap-wf-07-10-25 1812GMT`, `ZCZC`, `NNNN`, `GLNS40`.
fn is_transmission(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    let second = words.next().unwrap_or("");
    let third = words.next().unwrap_or("");
    let letters = first.len() - first.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let numbered = (1..=4).contains(&letters)
        && (3..=4).contains(&(first.len() - letters))
        && first[letters..].bytes().all(|b| b.is_ascii_digit());
    let anpa = |a: &str, b: &str, c: &str| {
        a.len() == 1
            && b.len() == 1
            && a.is_ascii()
            && b.is_ascii()
            && ["bc-", "am-", "pm-"].iter().any(|slug| starts_with(c, slug))
    };
    anpa(first, second, third)
        || numbered && (second.is_empty() || anpa(second, third, words.next().unwrap_or("")))
        || ["zczc", "nnnn"].contains(&first.to_ascii_lowercase().as_str())
        || starts_with(line, "ap-") && first.bytes().filter(|b| *b == b'-').count() >= 4
}

/// `420 words`, `(420 words)`, `By Wire Desk 420 words` is not.
fn is_count(line: &str) -> bool {
    let bare = line.trim_matches(['(', ')', '[', ']', '.', ' ', '~']);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    digits > 0
        && (1..=6).contains(&digits)
        && ["words", "word", "wds", "wds."].contains(&bare[digits..].trim().to_ascii_lowercase().as_str())
}

/// `URGENT`, `UPDATE 1`, `1st Ld-Writethru`, `BREAKING:`.
fn is_status(line: &str) -> bool {
    if line.len() > 60 || line == "ADD" {
        return false;
    }
    let mut known = 0;
    let all = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let status = STATUS.contains(&word.to_ascii_lowercase().as_str());
        known += usize::from(status);
        status || word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
    });
    all && known > 0
}

/// Priority and category codes: `r`, `3`, `P1`, `R-3`.
fn is_code(line: &str) -> bool {
    let lone = line.len() <= 3 && line.bytes().filter(u8::is_ascii_alphabetic).count() <= 1;
    line.is_ascii() && (lone || line.len() <= 7 && line.split_whitespace().all(|word| word.len() == 1))
}

/// Whether `line` is a code or a bare slug, which stand above the headline only.
pub fn is_heading_code(line: &str) -> bool {
    line.len() <= 120 && (is_code(line) || is_bare_slug(line))
}

/// `RUSSIA-US/TALKS (UPDATE 2)`, `EU-SUMMIT-1`: capitals in parts, without a blank in the slug itself.
fn is_bare_slug(line: &str) -> bool {
    let (slug, rest) = line.split_once([' ', ',']).unwrap_or((line, ""));
    let parts = slug.split(['-', '/']).filter(|part| !part.is_empty()).count();
    let rest = rest.trim_matches(['(', ')', ' ', ',']);
    let letters = slug.bytes().filter(u8::is_ascii_alphabetic).count();
    parts >= 2 && letters >= 5 && is_capitals(slug) && (rest.is_empty() || is_status(rest) || is_count(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn desk_lines() {
        let check = |line: &str, expect: bool| {
            assert_eq!(is_desk_line(line, true) || is_heading_code(line), expect, "{line}");
        };
        check("BC-EU--Summit,1st Ld", true);
        check("^BC-EU--Summit,1st Ld<", true);
        check("AM-Talks, 2nd Ld-Writethru", true);
        check("US--Ukraine Talks, 420", true);
        check("AP-Grain Talks, 1st Ld-Writethru", true);
        check("Grain Talks, 3rd Ld", true);
        check("AP-NORC poll: voters tired, angry", false);
        check("URGENT", true);
        check("UPDATE 1", true);
        check("^", true);
        check("a0521", true);
        check("r i bc-russia 07-10 0420", true);
        check("a0521 r i BC-Russia-US 07-10 0420", true);
        check("ap-wf-07-10-25 1812GMT", true);
        check("420 words", true);
        check("(1,420 words)", true);
        check("Eds: Adds quotes and background.", true);
        check("Keywords: talks, peace", true);
        check("Slug: RUSSIA-US", true);
        check("RUSSIA-US/TALKS (UPDATE 2)", true);
        check("R-3", true);
        check("NNNN", true);
        check("r i", true);
        check("With AP Photos.", true);
        check("((desk@example.org; 555 0100))", true);
        check("FOR IMMEDIATE RELEASE", true);
        check("With AP Photos gone, editors rebel", false);
        check("With AP Photos", true);
        check("US-Russia talks resume in Malaysia", false);
        check("COVID-19 cases rise", false);
        check("Edson wins the cup", false);
        check("Urgent talks begin", false);
        check("Leaders meet", false);
        check("Priority is peace, envoy says", false);
    }
}
