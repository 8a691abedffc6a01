//! Faults of content, as values: where, what, and what to do about it.

use std::ops::Range;

use serde::Serialize;

use crate::path::SourcePath;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    /// Something to look at in `check`, never counted by `--strict`.
    Note,
}

/// A fault in a file, or in the site as a whole when there is no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable short name: `unknown-key`, `bad-date`.
    pub code: &'static str,
    pub place: Option<Place>,
    /// One sentence without a full stop; the user's own text in backticks.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
}

/// A byte range of a file, with the line it starts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub path: SourcePath,
    /// From 1; 0 when the fault is of the file as a whole.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// The line itself, without its end; at most some hundred characters around the fault.
    pub excerpt: String,
    /// Byte range in `excerpt` to point at.
    pub mark: Range<usize>,
}

/// Lines longer than this are shown in part, in bytes.
const EXCERPT: usize = 240;

impl Place {
    /// The whole file.
    pub fn file(path: &SourcePath) -> Self {
        Place { path: path.clone(), line: 0, column: 0, excerpt: String::new(), mark: 0..0 }
    }

    /// The byte `range` of `source`; ranges outside are clipped.
    pub fn in_source(path: &SourcePath, source: &str, range: Range<usize>) -> Self {
        let floor =
            |i: usize| (0..=i.min(source.len())).rev().find(|i| source.is_char_boundary(*i)).unwrap_or(0);
        let start = floor(range.start);
        let end = floor(range.end.max(range.start)).max(start);
        let line_start = source[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |i| start + i);
        let line_end =
            if source[..line_end].ends_with('\r') && line_end > start { line_end - 1 } else { line_end };
        let from = if start - line_start > EXCERPT / 2 { floor(start - EXCERPT / 2) } else { line_start };
        let to = if line_end - from > EXCERPT { floor(from + EXCERPT).max(start) } else { line_end };
        Place {
            path: path.clone(),
            line: source[..start].bytes().filter(|b| *b == b'\n').count() as u32 + 1,
            column: source[line_start..start].chars().count() as u32 + 1,
            excerpt: source[from..to].to_owned(),
            mark: start - from..end.min(to).max(start) - from,
        }
    }
}

impl Diagnostic {
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Error, code, place: None, message: message.into(), help: None }
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(code, message) }
    }

    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Sorts by file, line, column, severity and code, and drops repeats, so that every run reports alike.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

fn key(d: &Diagnostic) -> (&str, u32, u32, Severity, &'static str, &str) {
    let (path, line, column) = d.place.as_ref().map_or(("", 0, 0), |p| (p.path.as_str(), p.line, p.column));
    (path, line, column, d.severity, d.code, &d.message)
}

/// The candidate that `word` was probably meant to be (Damerau–Levenshtein distance of a third of its length at most).
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        // As many letters more or fewer are as many changes.
        .filter(|c| c.chars().count().abs_diff(length) <= limit)
        .map(|c| (strsim::damerau_levenshtein(&word, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, c)| (*distance, *c))
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_show_line_and_column() {
        let check = |source: &str, range: Range<usize>, expect: (u32, u32, &str, Range<usize>)| {
            let place = Place::in_source(&SourcePath::new("a.md"), source, range);
            assert_eq!((place.line, place.column, &*place.excerpt, place.mark), expect);
        };
        check("title: x\ndate: y\n", 15..16, (2, 7, "date: y", 6..7));
        check("é: x\r\n", 4..5, (1, 4, "é: x", 4..5));
        check("a", 7..9, (1, 2, "a", 1..1));
        let long = "x".repeat(1000);
        let place = Place::in_source(&SourcePath::new("a.md"), &long, 500..501);
        assert!(place.excerpt.len() <= EXCERPT && place.column == 501);
    }

    #[test]
    fn near_misses() {
        assert_eq!(did_you_mean("titel", ["title", "date"]), Some("title"));
        assert_eq!(did_you_mean("weather", ["title", "date"]), None);
    }
}
