//! An article without a date, and so without an address: what to write, and where, in words that can be followed.

use std::ops::Range;

use crate::{
    diagnostic::{Diagnostic, Place},
    parse::{article::name_parts, wire::Wire},
    path::SourcePath,
};

const CODE: &str = "missing-date";

/// The fault of an article in Markdown, not yet placed. `head` says whether it has front matter.
pub fn markdown(path: &SourcePath, head: bool) -> Diagnostic {
    let help = match head {
        true => format!("add `date: YYYY-MM-DD` to the front matter, or {}", renamed(path)),
        false => format!(
            "begin the file with three lines, `---`, `date: YYYY-MM-DD` and `---`, or {}",
            renamed(path)
        ),
    };
    Diagnostic::error(CODE, "this article has no date, and without one it has no address").help(help)
}

/// The fault of raw copy: at its dateline, where there is one, else at its first line.
pub fn copy(path: &SourcePath, text: &str, wire: &Wire) -> Diagnostic {
    let yearless = wire.doubts.iter().find(|doubt| doubt.field == "date");
    let first = || {
        let start = text.len() - text.trim_start().len();
        start..start + text[start..].lines().next().unwrap_or_default().len()
    };
    let (message, help, range): (_, _, Range<usize>) = match (yearless, &wire.dateline) {
        (Some(doubt), _) => (
            "the dateline's date has no year, so this copy has no date and no address",
            format!("write the year behind it, as in `July 10, 2025`, or {}", renamed(path)),
            doubt.source.range(),
        ),
        (None, Some(place)) => {
            let shown = text.get(place.source.range()).unwrap_or(&place.value);
            let help =
                format!("{}, or write the day behind the place: `{shown}, July 10, 2025`", renamed(path));
            (NO_DATE, help, place.source.range())
        }
        (None, None) => {
            let help = format!("{}, or write a line `Date: YYYY-MM-DD` above all", renamed(path));
            (NO_DATE, help, first())
        }
    };
    Diagnostic::error(CODE, message).at(Place::in_source(path, text, range)).help(help)
}

const NO_DATE: &str = "this copy has no date, and without one it has no address";

/// The name that a file should have, or its folder when the file is an `index.md`: a day that stands in it elsewhere or
/// otherwise is brought to the front.
fn renamed(path: &SourcePath) -> String {
    let (_, name) = name_parts(path);
    let own = path.stem() != name;
    let (day, rest) = match day(&name) {
        Some(range) => {
            let digits: String = name[range.clone()].chars().filter(char::is_ascii_digit).collect();
            let before = name[..range.start].trim_end_matches(['-', '_', ' ', '.']);
            let after = name[range.end..].trim_start_matches(['-', '_', ' ', '.']);
            let parts: Vec<&str> = [before, after].into_iter().filter(|part| !part.is_empty()).collect();
            (format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]), parts.join("-"))
        }
        None => ("YYYY-MM-DD".to_owned(), name),
    };
    let dash = if rest.is_empty() { "" } else { "-" };
    match own {
        true => format!("name the folder `{day}{dash}{rest}`"),
        false => format!("name the file `{day}{dash}{rest}.{}`", path.extension()),
    }
}

/// Where a name holds a day as `2025-07-10`, `2025_07_10`, `2025.07.10` or `20250710`.
fn day(name: &str) -> Option<Range<usize>> {
    let digits = |from: usize, to: usize| {
        name.get(from..to)
            .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse::<u16>().ok())
    };
    let sound = |year: u16, month: u16, day: u16| {
        (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    let bounded = |range: &Range<usize>| {
        let digit = |at: Option<u8>| at.is_some_and(|b| b.is_ascii_digit());
        let bytes = name.as_bytes();
        !digit(range.start.checked_sub(1).map(|at| bytes[at])) && !digit(bytes.get(range.end).copied())
    };
    name.char_indices().map(|(at, _)| at).find_map(|at| {
        let year = digits(at, at + 4)?;
        let separated = name.get(at + 4..at + 5).is_some_and(|c| matches!(c, "-" | "_" | "."));
        let (month, last) = if separated { (at + 5, at + 8) } else { (at + 4, at + 6) };
        let range = at..last + 2;
        let found = sound(year, digits(month, month + 2)?, digits(last, last + 2)?) && bounded(&range);
        found.then_some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_carry_the_day() {
        let check = |path: &str, expect: &str| {
            assert_eq!(renamed(&SourcePath::new(path)), format!("name the {expect}"), "{path}");
        };
        check("content/world/talks.txt", "file `YYYY-MM-DD-talks.txt`");
        check("content/world/talks-2025-07-10.txt", "file `2025-07-10-talks.txt`");
        check("content/world/20250710 talks in Rome.md", "file `2025-07-10-talks in Rome.md`");
        check("content/world/talks_2025.07.10_late.md", "file `2025-07-10-talks-late.md`");
        check("content/world/talks-2025-17-10.md", "file `YYYY-MM-DD-talks-2025-17-10.md`");
        check("content/world/über-1202507101.md", "file `YYYY-MM-DD-über-1202507101.md`");
        check("content/world/talks/index.md", "folder `YYYY-MM-DD-talks`");
        check("content/world/talks-20250710/index.md", "folder `2025-07-10-talks`");
    }

    /// What the remedy says is done, and the fault goes.
    #[test]
    fn every_remedy_works() {
        use crate::parse::content::{Item, file};

        let read = |name: &str, text: &str| {
            let (item, faults) = file(&SourcePath::new(name), text.as_bytes(), &jiff::tz::TimeZone::UTC);
            let Item::Article(article) = item else { panic!("{name}: {item:?}") };
            let fault = faults.into_iter().find(|fault| fault.code == CODE);
            assert_eq!(fault.is_none(), article.date.is_some(), "{name} {text}");
            fault.map_or(String::new(), |fault| {
                let place = fault.place.expect("a place");
                format!("{}:{} {}", place.line, place.column, fault.help.unwrap_or_default())
            })
        };
        let body = "The envoys met on Thursday and spoke for almost an hour about the terms, said an official.\n\nMore.\n";
        let check = |name: &str, text: &str, expect: &str, remedies: &[(&str, String)]| {
            assert_eq!(read(name, text), expect, "{text}");
            for (name, text) in remedies {
                assert_eq!(read(name, text), "", "{name} {text}");
            }
        };
        let copy = format!("Envoys Meet\n\nROME (AP) - {body}");
        check(
            "content/a.txt",
            &copy,
            "3:1 name the file `YYYY-MM-DD-a.txt`, or write the day behind the place: `ROME, July 10, 2025`",
            &[
                ("content/2025-07-10-a.txt", copy.clone()),
                ("content/a.txt", copy.replace("ROME (AP)", "ROME, July 10, 2025 (AP)")),
            ],
        );
        let yearless = copy.replace("ROME", "ROME, July 10");
        check(
            "content/a.txt",
            &yearless,
            "3:7 write the year behind it, as in `July 10, 2025`, or name the file `YYYY-MM-DD-a.txt`",
            &[
                ("content/2025-07-10-a.txt", yearless.clone()),
                ("content/a.txt", yearless.replace("July 10", "July 10, 2025")),
            ],
        );
        let plain = format!("Envoys Meet\n\n{body}");
        check(
            "content/a 2025.07.10.txt",
            &plain,
            "1:1 name the file `2025-07-10-a.txt`, or write a line `Date: YYYY-MM-DD` above all",
            &[
                ("content/2025-07-10-a.txt", plain.clone()),
                ("content/a.txt", format!("Date: 2025-07-10\n\n{plain}")),
            ],
        );
        let bare = format!("# Envoys Meet\n\n{body}");
        check(
            "content/a.md",
            &bare,
            "1:1 begin the file with three lines, `---`, `date: YYYY-MM-DD` and `---`, or name the file `YYYY-MM-DD-a.md`",
            &[
                ("content/2025-07-10-a.md", bare.clone()),
                ("content/a.md", format!("---\ndate: 2025-07-10\n---\n{bare}")),
            ],
        );
    }
}
