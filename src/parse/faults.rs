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

/// The faults of one file, with their places. Faults beyond the hundredth are counted, not kept.
#[derive(Debug)]
pub struct Faults<'a> {
    pub source: Source<'a>,
    pub list: Vec<Diagnostic>,
    beyond: usize,
}

pub const MOST_FAULTS: usize = 100;

impl<'a> Faults<'a> {
    pub fn new(source: Source<'a>) -> Self {
        Faults { source, list: Vec::new(), beyond: 0 }
    }

    /// Adds a fault of the byte `range` of the file.
    pub fn at(&mut self, range: Range<usize>, diagnostic: Diagnostic) {
        self.place(|source| Place::in_source(source.path, source.text, range), diagnostic);
    }

    /// Adds a fault of the file as a whole.
    pub fn file(&mut self, diagnostic: Diagnostic) {
        self.place(|source| Place::file(source.path), diagnostic);
    }

    fn place(&mut self, place: impl FnOnce(Source<'a>) -> Place, diagnostic: Diagnostic) {
        if self.list.len() < MOST_FAULTS {
            self.list.push(diagnostic.at(place(self.source)));
        } else {
            self.beyond += 1;
        }
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
