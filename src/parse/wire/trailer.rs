//! The lines of the copy in; where the part begins that is not for readers out.

use std::ops::Range;

use crate::parse::wire::{
    agency, header,
    lines::{Line, head, is_capitals, is_closed, starts_with},
};

/// What is not for readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// Index of the first line that is cut off, with all after it; the number of lines when nothing is.
    pub from: usize,
    /// Lines of notes above the copy that say of themselves that they are not for publication.
    pub notes: Vec<Range<usize>>,
    /// A line of the copy that speaks of not being for publication, as a sentence might.
    pub suspect: Option<usize>,
}

/// All phrases contain one of [`CUES`].
const PRIVATE: [&str; 7] = [
    "not for publication",
    "not for broadcast",
    "not for onward",
    "not for release",
    "not for use",
    "for editors only",
    "for internal use",
];

/// What a line must hold for a closer look.
const CUES: [&str; 3] = ["not for ", "for editors only", "for internal use"];

const NOTES: [&str; 12] = [
    "editor's note",
    "editor’s note",
    "editors' note",
    "editors’ note",
    "editors note",
    "notes to editors",
    "note to editors",
    "notes for editors",
    "notes to editor",
    "note to editor",
    "desk note",
    "internal note",
];

/// Notes that end the copy by their mere presence below it.
const ENDING: [&str; 12] = [
    "notes to editor",
    "note to editor",
    "notes for editor",
    "media contact",
    "press contact",
    "media enquiries",
    "media inquiries",
    "for media enquiries",
    "for media inquiries",
    "for press enquiries",
    "dpa-notizblock",
    "dpa-notebook",
];

/// Finds the end of the copy. A mark of privacy counts anywhere; a mark of the end only below some text.
pub fn find(text: &str, lines: &[Line]) -> Trailer {
    let mut trailer = Trailer { from: lines.len(), notes: Vec::new(), suspect: None };
    let mut copy = false;
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i].text(text);
        if is_private(line, || paragraph(text, lines, i)) && !header::is_embargo(line) {
            if copy || !is_note(line) {
                trailer.from = i;
                return trailer;
            }
            let end = (i..lines.len()).find(|j| lines[*j].is_blank()).unwrap_or(lines.len());
            trailer.notes.push(i..end);
            i = end;
            continue;
        }
        if copy && (is_end(line) || is_ending_note(line)) {
            trailer.from = i;
            return trailer;
        }
        if trailer.suspect.is_none()
            && line.len() < 5000
            && holds(line, PRIVATE[0])
            && !header::is_embargo(line)
        {
            trailer.suspect = Some(i);
        }
        copy |= (line.len() >= 60 || is_closed(line) && line.len() > 20)
            && !agency::is_desk_line(line, true)
            && !is_note(line);
        i += 1;
    }
    trailer
}

/// The first lines of the paragraph at `i`, to read what a wrap has parted.
fn paragraph(text: &str, lines: &[Line], i: usize) -> String {
    let rest = lines.get(i..).unwrap_or(&[]).iter().take(6).take_while(|l| !l.is_blank());
    rest.map(|l| head(l.text(text), 400)).collect::<Vec<_>>().join(" ")
}

fn is_private(line: &str, paragraph: impl Fn() -> String) -> bool {
    if line.is_empty() {
        return false;
    }
    if is_note(line) {
        let paragraph = paragraph();
        return PRIVATE.iter().any(|phrase| holds(&paragraph, phrase));
    }
    let start = head(line, 400);
    if !CUES.iter().any(|cue| holds(start, cue)) {
        return false;
    }
    let bare = start.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_quote(c));
    PRIVATE.iter().any(|phrase| {
        position(start, phrase).is_some_and(|at| {
            let shouted = !start[at..at + phrase.len()].bytes().any(|b| b.is_ascii_lowercase());
            starts_with(bare, phrase) || shouted || line.len() <= 120 && stands_apart(line, at)
        })
    })
}

/// Whether what is before byte `at` sets a mark apart from a sentence: `Contacts (not for publication)`,
/// `The following is not for publication`.
fn stands_apart(line: &str, at: usize) -> bool {
    let before = line[..at].trim_end();
    before.ends_with([':', '(', '[', '-', '–', '—', '*', '/', '|'])
        || ["the following", "following", "what follows", "all below", "everything below", "below"]
            .iter()
            .any(|start| starts_with(line.trim_start_matches(|c: char| !c.is_alphanumeric()), start))
}

fn is_note(line: &str) -> bool {
    let bare = head(line, 60).trim_start_matches(|c: char| !c.is_alphanumeric());
    NOTES.iter().any(|note| starts_with(bare, note)) || starts_with(bare, "eds:")
}

fn is_ending_note(line: &str) -> bool {
    let bare = head(line, 60).trim_start_matches(|c: char| !c.is_alphanumeric());
    line.len() <= 120 && ENDING.iter().any(|note| starts_with(bare, note)) && !line.ends_with('.')
}

/// `ENDS`, `-30-`, `###`, `*** END ***`, `NNNN`.
fn is_end(line: &str) -> bool {
    let more = line.trim_start_matches(['-', '*', ' ']).strip_prefix("ENDS");
    if more
        .is_some_and(|more| more.starts_with([' ', ':', '-', '–']) && !is_capitals(more) && line.len() <= 200)
    {
        return true;
    }
    if line.len() > 40 || line.is_empty() {
        return false;
    }
    let hashes = line.bytes().filter(|b| *b == b'#').count();
    if hashes >= 3 && line.bytes().all(|b| matches!(b, b'#' | b' ')) {
        return true;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let dashed = line.starts_with(['-', '–', '—']) && line.ends_with(['-', '–', '—']);
    matches!(&*bare, "ends" | "end" | "endit" | "end of story" | "end of text" | "end of release" | "nnnn")
        || dashed && bare == "30"
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„')
}

fn holds(text: &str, phrase: &str) -> bool {
    position(text, phrase).is_some()
}

/// Where `phrase`, of small ASCII letters, stands in `text`, letter case aside.
fn position(text: &str, phrase: &str) -> Option<usize> {
    let first = phrase.bytes().next()?;
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(phrase.len() - 1)).find(|i| {
        bytes[*i].eq_ignore_ascii_case(&first)
            && bytes[*i..*i + phrase.len()].eq_ignore_ascii_case(phrase.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::wire::lines::split;

    #[test]
    fn ends_of_copy() {
        let body = "Officials from both sides met for an hour in the capital on Thursday.";
        let check = |tail: &str, expect: &str| {
            let text = format!("{body}\n\n{tail}");
            let lines = split(&text);
            let from = find(&text, &lines).from;
            let first = lines.get(from).map_or("", |l| l.text(&text));
            assert_eq!(first, expect, "{tail}");
        };
        check("ENDS\n\nJane Doe, 555 0100", "ENDS");
        check("-30-", "-30-");
        check("ENDS Contact: Jane", "ENDS Contact: Jane");
        check("# dpa-Notizblock", "# dpa-Notizblock");
        check("- 30 -", "- 30 -");
        check("###", "###");
        check("# # #\nContact: Jane", "# # #");
        check("*** NOT FOR PUBLICATION ***\nJane", "*** NOT FOR PUBLICATION ***");
        check("Not for publication: call Jane", "Not for publication: call Jane");
        check("Contacts (not for publication)\nJane", "Contacts (not for publication)");
        check("Notes to editors:\nJane", "Notes to editors:");
        check(
            "EDITOR'S NOTE: these numbers are not\nfor publication.",
            "EDITOR'S NOTE: these numbers are not",
        );
        check("The following is not for publication.", "The following is not for publication.");
        check("He said his words were not for publication.", "");
        check("It was stamped “not for publication”, he said.", "");
        check("Thirty more were hurt.", "");
        check("EDITOR'S NOTE: This version adds a quote.", "");
    }

    #[test]
    fn notes_above_the_copy() {
        let text =
            "EDITOR'S NOTE: not for publication. Call Jane.\n\nTalks resume\n\nBody of some length here.";
        let lines = split(text);
        let trailer = find(text, &lines);
        assert_eq!((trailer.from, trailer.notes), (lines.len(), std::iter::once(0..1).collect::<Vec<_>>()));
        let text = "NOT FOR PUBLICATION\n\nTalks resume";
        assert_eq!(find(text, &split(text)).from, 0);
    }
}
