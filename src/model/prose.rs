//! What a reader sees of a text, with the structure around it and a map back to the source.
//!
//! [`Prose::text`] holds all visible words of a body, block after block, separated by newlines.
//! [`Prose::nodes`] is the document tree, flattened: opening and closing elements with runs of text between
//! them. Rendering walks the nodes; annotation reads the text. Neither needs the source again.

use serde::{Deserialize, Serialize};

/// A half-open byte range of [`Prose::text`], on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; texts are limited to 4 GiB, which the readers enforce far below.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The visible text of a body and its structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// All visible words, in reading order; blocks end with `\n`.
    pub text: String,
    /// The document tree, flattened in document order.
    pub nodes: Vec<Node>,
    /// Paragraphs, headings, items, cells, in order; they do not overlap.
    pub blocks: Vec<Block>,
    /// Parts of the text that must not be annotated: code, link texts, marked "leave alone".
    pub masks: Vec<Span>,
    /// What an editor said in the text about single names.
    pub marks: Vec<Mark>,
    /// From text to source, ordered by `text.start`.
    pub segments: Vec<Segment>,
}

impl Prose {
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The byte of the source file that the byte at `offset` of the text came from.
    pub fn source_offset(&self, offset: u32) -> usize {
        let i = self.segments.partition_point(|s| s.text.start <= offset);
        match i.checked_sub(1).and_then(|i| self.segments.get(i)) {
            Some(s) => s.source as usize + (offset.min(s.text.end) - s.text.start) as usize,
            None => 0,
        }
    }
}

/// A run of text that stands in the source letter for letter from `source` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub text: Span,
    /// Byte offset in the source as decoded: without a byte order mark, and in UTF-8.
    pub source: u32,
}

/// A block of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    Paragraph,
    /// Level 2 to 6 (level 1 is the headline, which stands outside the body).
    Heading(u8),
    Item,
    Quote,
    Cell,
    Code,
}

/// An inline mark of the editor: `[[Marco Rubio]]`, `[[marco-rubio|the secretary]]`, `[[!Jordan]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub target: MarkTarget,
    /// Byte range of the whole mark in the source file, brackets included.
    pub source: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkTarget {
    /// A name or an id; which of the two is decided against the registry.
    Entity(String),
    /// Leave this alone.
    Leave,
}

/// One step of the flattened document tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Open(Element),
    Close(Element),
    /// Running text; may carry mentions.
    Text(Span),
    /// Text that never carries mentions: inside links and code spans.
    Code(Span),
    /// A code block: its text and the language of the fence, if any.
    CodeBlock {
        text: Span,
        lang: Option<Box<str>>,
    },
    /// One sanitised opening or closing HTML tag.
    Raw(Box<str>),
    /// An image; `alt` is plain text.
    Image {
        src: Box<str>,
        alt: Box<str>,
        title: Box<str>,
    },
    SoftBreak,
    HardBreak,
    Rule,
    /// A reference to a footnote by its number, counted from 1 in order of first reference.
    FootnoteRef {
        number: u32,
        nth: u32,
    },
    TaskMarker(bool),
}

/// An element with content.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    Paragraph,
    /// `id` is unique in the article.
    Heading {
        level: u8,
        id: Box<str>,
    },
    BlockQuote,
    /// A GFM alert: `note`, `tip`, `important`, `warning`, `caution`. News desks use them for editor's notes.
    Alert(&'static str),
    /// `Some(start)` for an ordered list.
    List(Option<u64>),
    Item,
    DefinitionList,
    Term,
    Definition,
    Table,
    TableHead,
    TableBody,
    Row,
    /// A cell, with its alignment (`left`, `center`, `right` or none) and whether it is a header.
    Cell {
        align: Option<&'static str>,
        header: bool,
    },
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Link {
        href: Box<str>,
        title: Box<str>,
    },
    /// The list of footnotes at the end; then each note with its number.
    Footnotes,
    Footnote {
        number: u32,
        refs: u32,
    },
}
