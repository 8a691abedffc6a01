//! Faults enter with the byte range they stand at; a list of diagnostics with line and column leaves.

use std::ops::Range;

use crate::{
    diagnostic::{Diagnostic, Place},
    path::SourcePath,
};

/// A file and its text: what a place is made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub path: &'a SourcePath,
    pub text: &'a str,
}

impl Source<'_> {
    /// Where the text begins: behind a byte order mark.
    pub fn start(self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

/// The faults of one file, with their places. Faults beyond the hundredth are counted, not kept.
#[derive(Debug)]
pub struct Faults<'a> {
    pub source: Source<'a>,
    pub list: Vec<Diagnostic>,
    beyond: usize,
    /// Start of the line last asked for, and its number from 0: lines are counted from there on, not from the top.
    last: (usize, u32),
}

pub const MOST_FAULTS: usize = 100;

impl<'a> Faults<'a> {
    pub fn new(source: Source<'a>) -> Self {
        Faults { source, list: Vec::new(), beyond: 0, last: (0, 0) }
    }

    /// Adds a fault of the byte `range` of the file.
    pub fn at(&mut self, range: Range<usize>, diagnostic: Diagnostic) {
        if self.list.len() < MOST_FAULTS {
            let place = self.place(range);
            self.list.push(diagnostic.at(place));
        } else {
            self.beyond += 1;
        }
    }

    /// Adds a fault of the file as a whole.
    pub fn file(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic.at(Place::file(self.source.path)));
    }

    /// The place of a byte range, as [`Place::in_source`] gives it, in time of the distance to the last one.
    pub fn place(&mut self, range: Range<usize>) -> Place {
        let Source { path, text } = self.source;
        let start = (0..=range.start.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let from = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let to = text[start..].find('\n').map_or(text.len(), |i| start + i + 1);
        let breaks = |part: &str| part.bytes().filter(|b| *b == b'\n').count() as u32;
        let (at, line) = self.last;
        let line = if at <= from { line + breaks(&text[at..from]) } else { line - breaks(&text[from..at]) };
        self.last = (from, line);
        let place = Place::in_source(path, &text[from..to], start - from..range.end.max(start) - from);
        Place { line: line + 1, ..place }
    }

    /// All faults, with a note on those that were only counted.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        if self.beyond > 0 {
            let message = format!("{} more faults in this file are not shown", self.beyond);
            self.list.push(Diagnostic::note("more-faults", message).at(Place::file(self.source.path)));
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn places_are_those_of_the_source(
            text in "[aé\\n\\r ]{0,60}",
            ranges in proptest::collection::vec((0usize..80, 0usize..20), 1..6),
        ) {
            let path = SourcePath::new("a");
            let mut faults = Faults::new(Source { path: &path, text: &text });
            for (start, len) in ranges {
                let range = start..start + len;
                proptest::prop_assert_eq!(faults.place(range.clone()), Place::in_source(&path, &text, range));
            }
        }
    }
}
