//! Diagnostics enter; the text that a terminal, a script or a code host reads leaves.
//!
//! Excerpts and messages hold text of content that nobody has vouched for: control characters, and those that turn
//! the direction of writing, are shown by their code and never sent to a terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Place, Severity};

pub mod annotation;
pub mod sarif;
pub mod table;

/// Who reads the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// The line with a pointer, for a terminal.
    #[default]
    Human,
    /// One object of [`Line`] a line.
    Json,
    /// One document of SARIF 2.1.0 (OASIS), for code hosts.
    Sarif,
}

/// Draws diagnostics in the order given; `colour` counts for [`MessageFormat::Human`] only.
pub fn draw(diagnostics: &[Diagnostic], format: MessageFormat, colour: bool) -> String {
    match format {
        MessageFormat::Human => {
            let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
            diagnostics.iter().map(|diagnostic| human(diagnostic, &renderer)).collect()
        }
        MessageFormat::Json => diagnostics.iter().map(|diagnostic| json(&line(diagnostic)) + "\n").collect(),
        MessageFormat::Sarif => json(&sarif::log(diagnostics)) + "\n",
    }
}

fn human(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(shown(&diagnostic.message)).id(diagnostic.code));
    let mut columns = None;
    if let Some(place) = &diagnostic.place {
        let path = shown(place.path.as_str());
        if place.line == 0 {
            group = group.element(Origin::path(path));
        } else {
            let (line, mark) = excerpt(place);
            let column = line[..mark.start].chars().count() + 1;
            let at = |column| format!("{path}:{}:{column}", place.line);
            columns = Some((at(column), at(place.column as usize)));
            let snippet = Snippet::source(line).line_start(place.line as usize).path(path);
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(mark)));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help)));
    }
    let mut drawn = renderer.render(&[group]) + "\n\n";
    // The renderer counts columns in the text that it is given; the reader needs those of the file.
    if let Some((theirs, ours)) = columns {
        drawn = drawn.replacen(&theirs, &ours, 1);
    }
    drawn
}

/// The line of the fault as it can be shown, and the byte range in it to point at.
fn excerpt(place: &Place) -> (String, Range<usize>) {
    let text = &place.excerpt;
    let cut = |i: usize| (0..=i.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let (start, end) = (cut(place.mark.start), cut(place.mark.end.max(place.mark.start)));
    let before = shown(&text[..start]);
    let marked = shown(&text[start..end]);
    let mark = before.len()..before.len() + marked.len();
    (format!("{before}{marked}{}", shown(&text[end..])), mark)
}

/// The text with its control and direction characters as `\u{…}`, and with a space for a tab.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if unseen(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and what turns or hides text (Unicode bidi controls, UAX #9; line and paragraph separators).
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A diagnostic as a script reads it.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// `error`, `warning` or `note`.
    pub severity: Severity,
    /// Stable short name of the fault.
    pub code: &'a str,
    /// Relative to the root of the site; `null` when the fault is of the site.
    pub path: Option<&'a str>,
    /// From 1; `null` when the fault is of the file as a whole.
    pub line: Option<u32>,
    /// From 1, in characters.
    pub column: Option<u32>,
    /// How many characters from there the fault spans on its line.
    pub length: Option<usize>,
    /// One sentence.
    pub message: &'a str,
    /// The remedy, or `null`.
    pub help: Option<&'a str>,
}

/// The diagnostic in the fields of [`Line`].
pub fn line(diagnostic: &Diagnostic) -> Line<'_> {
    let place = diagnostic.place.as_ref();
    let exact = place.filter(|place| place.line > 0);
    Line {
        severity: diagnostic.severity,
        code: diagnostic.code,
        path: place.map(|place| place.path.as_str()),
        line: exact.map(|place| place.line),
        column: exact.map(|place| place.column),
        length: exact
            .map(|place| place.excerpt.get(place.mark.clone()).map_or(0, |mark| mark.chars().count())),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
    }
}

/// JSON in which also the controls beyond ASCII are escaped, since some terminals obey them.
fn json(value: &impl Serialize) -> String {
    // Plain structs of texts and numbers always serialise.
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if unseen(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    fn some() -> Vec<Diagnostic> {
        let path = SourcePath::new("content/é/a b.md");
        let source = "---\ntitle: Ä\u{1b}[31m: \u{202e}x\n\ttab\n---\n";
        vec![
            Diagnostic::error("yaml-syntax", "a second \u{1b}colon")
                .at(Place::in_source(&path, source, 18..19))
                .help("quote it"),
            Diagnostic::warning("file-fault", "of the file").at(Place::file(&path)),
            Diagnostic::note("site-fault", "of the site"),
            Diagnostic::error("yaml-syntax", "a tab").at(Place::in_source(&path, source, 25..29)),
        ]
    }

    #[test]
    fn drawn_for_people() {
        insta::assert_snapshot!(draw(&some(), MessageFormat::Human, false));
        let coloured = draw(&some()[..1], MessageFormat::Human, true);
        assert!(coloured.contains("\u{1b}[") && !coloured.contains("\u{1b}[31m:"));
    }

    #[test]
    fn drawn_for_scripts() {
        insta::assert_snapshot!(draw(&some(), MessageFormat::Json, false));
        for line in draw(&some(), MessageFormat::Json, false).lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn columns_of_long_lines_are_those_of_the_file() {
        let source = format!("{}!{}", "é".repeat(500), "x".repeat(500));
        let place = Place::in_source(&SourcePath::new("a.md"), &source, 1000..1001);
        let drawn = draw(&[Diagnostic::error("x", "y").at(place)], MessageFormat::Human, false);
        assert!(drawn.contains("a.md:1:501"), "{drawn}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_a_terminal_obeys(text in "\\PC*", odd in "[\\x00-\\x1f\\x7f-\\u{9f}é\\u{2028}-\\u{202e}a]{0,30}", from in 0usize..40, len in 0usize..40) {
            for text in [text, odd] {
                let place = Place::in_source(&SourcePath::new(&text), &text, from..from + len);
                let one = [Diagnostic::error("x", text.clone()).at(place).help(text)];
                for format in [MessageFormat::Human, MessageFormat::Json, MessageFormat::Sarif] {
                    let drawn = draw(&one, format, false);
                    proptest::prop_assert!(!drawn.chars().any(|c| c != '\n' && unseen(c)), "{:?}", drawn);
                }
            }
        }
    }
}
