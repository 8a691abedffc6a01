//! Raw wire copy in; its fields, its prose and a full account of its bytes out.
//!
//! 1. `lines` splits the text; `trailer` cuts off what is not for readers.
//! 2. `layout` finds out how paragraphs are set: hard-wrapped, or one a line.
//! 3. `head` reads down to the first paragraph: desk lines, headers, headline, byline.
//! 4. `body` reads the rest: dateline, paragraphs, sub-headlines, captions, credits.
//! 5. `settle` fills what is still open from weaker signs, and lists all doubts.
//!
//! Every field carries how sure it is. Nothing is dropped without a [`Piece`] that says so.

mod agency;
mod body;
mod byline;
mod clock;
mod credit;
mod cursor;
mod dateline;
mod dates;
mod head;
mod header;
mod headline;
mod junk;
mod layout;
mod lines;
mod prose;
mod settle;
mod subheads;
mod trailer;
mod words;
mod zones;

use std::ops::Range;

use jiff::tz::TimeZone;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Doubt, Moment, Prose, Span},
    parse::{
        decode,
        wire::{layout::Layout, lines::Line},
    },
    path::SourcePath,
};

/// Fields of less confidence than this are doubts, in percent.
pub const SURE: u8 = 80;

/// A value with where it stands in the source and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    pub value: T,
    /// 0 to 100, in percent.
    pub confidence: u8,
    /// Byte range of the text; empty when the value comes from the file's name.
    pub source: Span,
    /// Why less than sure; empty when there is nothing to say.
    pub reason: &'static str,
}

/// What raw copy says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wire {
    pub headline: Option<Field<String>>,
    /// A line between headline and text that is neither.
    pub summary: Option<Field<String>>,
    /// Points in short above the copy.
    pub key_points: Vec<Field<String>>,
    pub date: Option<Field<Moment>>,
    pub updated: Option<Field<Moment>>,
    /// End of the embargo that the copy is under.
    pub embargo: Option<Field<Moment>>,
    pub source: Option<Field<String>>,
    /// As written: `international`.
    pub section: Option<Field<String>>,
    /// The place alone: `Kuala Lumpur, Malaysia`.
    pub dateline: Option<Field<String>>,
    /// Names of the authors, in order.
    pub byline: Vec<Field<String>>,
    /// Closing credits as written, without brackets and dashes.
    pub credits: Vec<Field<String>>,
    pub prose: Prose,
    /// Fields below [`SURE`], and parts that were left out on a guess; in the order of the source.
    pub doubts: Vec<Doubt>,
    pub diagnostics: Vec<Diagnostic>,
    /// The text from its first byte to its last, in order and without gaps.
    pub pieces: Vec<Piece>,
}

/// A run of the source and what it was taken for, line ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    /// Byte range of the text.
    pub source: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceKind {
    Blank,
    /// A line of fields: the crawler's first line, `Published: …`.
    Header,
    /// What one desk writes to another: slugs, codes, word counts, notes, embargoes.
    Desk,
    /// Furniture of a web page.
    Junk,
    Headline,
    Summary,
    KeyPoint,
    Byline,
    /// A line that is a date.
    Date,
    Dateline,
    /// A line of a paragraph, or a part of one.
    Body,
    Subheadline,
    Caption,
    /// A row of marks between parts.
    Rule,
    Credit,
    /// The mark of the end, and all that follows it.
    Trailer,
    /// A file that is no text.
    Binary,
}

/// The source again: `print(&wire(…).pieces, text)` equals `text`.
pub fn print(pieces: &[Piece], text: &str) -> String {
    pieces.iter().filter_map(|piece| text.get(piece.source.range())).collect()
}

/// Reads the raw copy `text` of the file `path`. Days are counted in the zone `tz`. Never fails: what cannot be
/// read is missing, and a doubt or a diagnostic says so. A text with NUL characters gives `not-text` and no prose;
/// so does one of 4 GiB or more, which offsets cannot reach.
pub fn wire(path: &SourcePath, text: &str, tz: &TimeZone) -> Wire {
    let nul = text.find('\0');
    if nul.is_some() || u32::try_from(text.len()).is_err() {
        let source = Span { start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
        let pieces =
            if text.is_empty() { Vec::new() } else { vec![Piece { kind: PieceKind::Binary, source }] };
        return Wire { pieces, diagnostics: vec![decode::not_text(path, text, nul)], ..Wire::default() };
    }
    let lines = lines::split(text);
    let first = read(path, text, &lines, tz, false);
    // `IST` names India's time in copy of Indian agencies: known only once source and dateline are.
    if head::mentions_ist(text) && settle::is_indian(&first) {
        return read(path, text, &lines, tz, true);
    }
    first
}

/// What all readers need to know of the copy.
struct Copy<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// All lines before the trailer.
    lines: &'a [Line],
    /// Runs of lines among them that are private.
    notes: &'a [Range<usize>],
    layout: Layout,
    tz: &'a TimeZone,
    indian: bool,
}

impl Copy<'_> {
    /// Whether line `i` is private.
    fn is_note(&self, i: usize) -> bool {
        let after = self.notes.partition_point(|note| note.start <= i);
        after.checked_sub(1).and_then(|at| self.notes.get(at)).is_some_and(|note| note.contains(&i))
    }
}

/// What the readers fill.
struct Draft {
    wire: Wire,
    /// One for each line.
    kinds: Vec<PieceKind>,
    /// Places inside lines from which on the rest of the line is of another kind, in order.
    cuts: Vec<(u32, PieceKind)>,
    /// The date of the dateline, its year perhaps missing.
    dateline_date: Option<(dates::DateRead, Span)>,
}

fn read(path: &SourcePath, text: &str, lines: &[Line], tz: &TimeZone, indian: bool) -> Wire {
    let trailer = trailer::find(text, lines);
    let copy_lines = &lines[..trailer.from];
    let layout = layout::measure(text, copy_lines);
    let copy = Copy { path, text, lines: copy_lines, notes: &trailer.notes, layout, tz, indian };
    let kinds = lines.iter().enumerate().map(|(i, line)| match () {
        () if i >= trailer.from => PieceKind::Trailer,
        () if line.is_blank() => PieceKind::Blank,
        () => PieceKind::Body,
    });
    let mut draft =
        Draft { wire: Wire::default(), kinds: kinds.collect(), cuts: Vec::new(), dateline_date: None };
    for note in &trailer.notes {
        draft.kinds[note.clone()].fill(PieceKind::Desk);
    }
    let start = head::read(&copy, &mut draft);
    let paragraphs = body::read(&copy, start, &mut draft);
    draft.wire.prose = prose::build(&paragraphs);
    note_trailer(&copy, lines, &trailer, &mut draft.wire);
    settle::settle(&copy, &mut draft);
    draft.wire.pieces = pieces(lines, &draft);
    draft.wire
}

/// Warns when little or nothing is left of the copy, or when it speaks of being private in mid-sentence.
fn note_trailer(copy: &Copy<'_>, lines: &[Line], trailer: &trailer::Trailer, wire: &mut Wire) {
    if let Some(line) = lines.get(trailer.from) {
        let cut = copy.text.len() - line.start as usize;
        if wire.prose.text.is_empty() || cut > wire.prose.text.len() {
            let message = "more of the copy stands below its end mark than above it, and is left out";
            wire.diagnostics.push(
                Diagnostic::warning("cut-copy", message)
                    .at(Place::in_source(copy.path, copy.text, line.range()))
                    .help("remove the mark if what follows is for readers"),
            );
        }
    }
    if let Some(line) = trailer.suspect.and_then(|i| lines.get(i)) {
        wire.doubts.push(Doubt {
            field: "body",
            confidence: 70,
            source: span(line.range()),
            reason: "the text says that something is not for publication, and was kept as a sentence",
        });
    }
}

/// One piece a line, but one for a run of blank, junk, binary or trailer lines.
fn pieces(lines: &[Line], draft: &Draft) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut push = |kind: PieceKind, start: u32, end: u32| {
        let runs = matches!(kind, PieceKind::Blank | PieceKind::Trailer);
        match pieces.last_mut().filter(|last| runs && last.kind == kind) {
            _ if start >= end => {}
            Some(last) => last.source.end = end,
            None => pieces.push(Piece { kind, source: Span { start, end } }),
        }
    };
    let mut cuts = draft.cuts.iter().copied().peekable();
    for (line, kind) in lines.iter().zip(&draft.kinds) {
        let (mut at, mut kind) = (line.start, *kind);
        while let Some((cut, next)) = cuts.next_if(|(cut, _)| *cut < line.next) {
            let cut = cut.max(at);
            push(kind, at, cut);
            (at, kind) = (cut, next);
        }
        push(kind, at, line.next);
    }
    pieces
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end.max(range.start))
}

/// Keeps the surer of two values; the earlier of two as sure.
fn offer<T>(slot: &mut Option<Field<T>>, field: Field<T>) {
    if slot.as_ref().is_none_or(|held| held.confidence < field.confidence) {
        *slot = Some(field);
    }
}
