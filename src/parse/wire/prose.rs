//! Paragraphs as lines of the source in; [`Prose`] with its map back to the source out.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use unicode_normalization::UnicodeNormalization;

use crate::{
    model::{Block, BlockKind, Element, Mark, MarkTarget, Node, Prose, Segment, Span},
    parse::{
        marks,
        wire::lines::{Line, is_blank},
    },
};

/// The lines of a paragraph as one, blanks between words single, and where each run of it stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined<'a> {
    pub text: Cow<'a, str>,
    /// Runs that stand in the source letter for letter: offset here, offset there, length.
    runs: Vec<(usize, usize, usize)>,
}

/// What a paragraph is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Paragraph,
    Heading,
    Item,
    /// A rule across the page; its words are not shown.
    Rule,
}

/// A paragraph with the part of it that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    pub shape: Shape,
    pub joined: Joined<'a>,
    /// Byte range of the joined text.
    pub shown: Range<usize>,
}

/// Joins lines by one blank, or by none behind a hyphen inside a word.
pub fn join<'a>(text: &'a str, lines: &[Line]) -> Joined<'a> {
    if let [line] = lines
        && is_clean(line.text(text))
    {
        let content = line.text(text);
        return Joined { text: Cow::Borrowed(content), runs: vec![(0, line.first as usize, content.len())] };
    }
    let mut out = String::new();
    let mut runs = Vec::new();
    for line in lines {
        let content = line.text(text);
        let mut tail = out.chars().rev();
        let broken = tail.next() == Some('-') && tail.next().is_some_and(char::is_alphanumeric);
        if !out.is_empty() && !broken && !content.is_empty() {
            out.push(' ');
        }
        clean(content, line.first as usize, &mut out, &mut runs);
    }
    Joined { text: Cow::Owned(out), runs }
}

/// Whether a line needs no cleaning.
fn is_clean(line: &str) -> bool {
    !line.contains("  ") && !line.chars().any(is_collapsed)
}

/// Characters that are shown as one blank, if at all.
fn is_collapsed(c: char) -> bool {
    c != ' ' && c != '\u{A0}' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}'))
}

fn clean(line: &str, source: usize, out: &mut String, runs: &mut Vec<(usize, usize, usize)>) {
    let mut start = 0;
    let mut end = 0;
    for (at, c) in line.char_indices() {
        let after = at + c.len_utf8();
        if is_collapsed(c) || c == ' ' && (end < at || line[start..end].ends_with(' ')) {
            continue;
        }
        if end < at {
            run(line, start..end, source, out, runs);
            // What was left out parted two words, unless it has no width.
            if !out.is_empty() && !out.ends_with(' ') && line[end..at].contains(|c: char| c != '\u{FEFF}') {
                out.push(' ');
            }
            start = at;
        }
        end = after;
    }
    run(line, start..end, source, out, runs);
}

fn run(
    line: &str,
    range: Range<usize>,
    source: usize,
    out: &mut String,
    runs: &mut Vec<(usize, usize, usize)>,
) {
    if !range.is_empty() {
        runs.push((out.len(), source + range.start, range.len()));
        out.push_str(&line[range]);
    }
}

impl Joined<'_> {
    /// The byte of the source where the byte `at` of the joined text stands, or the end of what is before it.
    pub fn source(&self, at: usize) -> usize {
        let i = self.runs.partition_point(|(start, ..)| *start <= at);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some((start, source, length)) => source + (at - start).min(*length),
            None => self.runs.first().map_or(0, |(_, source, _)| *source),
        }
    }

    /// The range of the source that `range` of the joined text stands in.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        let last = self.runs.partition_point(|(start, ..)| *start < range.end);
        let end = match last.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some((from, source, length)) => source + (range.end - from).min(*length),
            None => start,
        };
        start..end.max(start)
    }
}

/// Builds the prose of a piece. Paragraphs that show nothing are left out.
pub fn build(paragraphs: &[Paragraph<'_>]) -> Prose {
    let mut prose = Prose::default();
    let mut ids = BTreeMap::new();
    let mut listed = false;
    for paragraph in paragraphs {
        let item = paragraph.shape == Shape::Item;
        if item != listed {
            let list = Element::List(None);
            prose.nodes.push(if item { Node::Open(list) } else { Node::Close(list) });
            listed = item;
        }
        if paragraph.shape == Shape::Rule {
            prose.nodes.push(Node::Rule);
            continue;
        }
        if paragraph.shown.is_empty() {
            continue;
        }
        let start = prose.text.len();
        fill(paragraph, &mut prose);
        let span = Span::new(start, prose.text.len());
        let (element, kind) = match paragraph.shape {
            Shape::Heading => {
                let id = unique(slug(prose.slice(span)), &mut ids);
                (Element::Heading { level: 2, id: id.into() }, BlockKind::Heading(2))
            }
            Shape::Item => (Element::Item, BlockKind::Item),
            Shape::Paragraph | Shape::Rule => (Element::Paragraph, BlockKind::Paragraph),
        };
        prose.nodes.extend([Node::Open(element.clone()), Node::Text(span), Node::Close(element)]);
        prose.blocks.push(Block { span, kind });
        prose.text.push('\n');
    }
    if listed {
        prose.nodes.push(Node::Close(Element::List(None)));
    }
    prose
}

/// Appends the words of a paragraph, its marks resolved.
fn fill(paragraph: &Paragraph<'_>, prose: &mut Prose) {
    let joined = &paragraph.joined;
    let shown = joined.text.get(paragraph.shown.clone()).unwrap_or("");
    let base = paragraph.shown.start;
    let mut at = base;
    for mark in marks::find(shown) {
        append(joined, at..base + mark.source.start, prose);
        let start = prose.text.len();
        append(joined, base + mark.shown.start..base + mark.shown.end, prose);
        let span = Span::new(start, prose.text.len());
        if mark.target == MarkTarget::Leave {
            prose.masks.push(span);
        }
        let source = joined.source_range(base + mark.source.start..base + mark.source.end);
        prose.marks.push(Mark { span, target: mark.target, source: Span::new(source.start, source.end) });
        at = base + mark.source.end;
    }
    append(joined, at..base + shown.len(), prose);
}

/// Appends a range of the joined text, and the segments that lead back to the source.
fn append(joined: &Joined<'_>, range: Range<usize>, prose: &mut Prose) {
    let offset = prose.text.len();
    let first = joined.runs.partition_point(|(start, _, length)| start + length <= range.start);
    for (start, source, length) in joined.runs.iter().skip(first).take_while(|run| run.0 < range.end) {
        let from = range.start.max(*start);
        let to = range.end.min(start + length);
        if from < to {
            let text = Span::new(offset + from - range.start, offset + to - range.start);
            prose.segments.push(Segment { text, source: (source + from - start) as u32 });
        }
    }
    prose.text.push_str(joined.text.get(range).unwrap_or(""));
}

/// Letters and digits of the words, small and without accents, joined by hyphens.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.nfd().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            '\'' | '’' | '.' | '\u{300}'..='\u{36F}' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The slug itself, or with the first free number from 2 on. `ids` holds the ids given, each with its last number.
fn unique(slug: String, ids: &mut BTreeMap<String, usize>) -> String {
    let slug = if slug.is_empty() { "section".to_owned() } else { slug };
    let mut number = ids.get(&slug).copied().unwrap_or(0);
    let id = loop {
        number += 1;
        let id = if number == 1 { slug.clone() } else { format!("{slug}-{number}") };
        if number == 1 || !ids.contains_key(&id) {
            break id;
        }
    };
    ids.insert(slug, number);
    ids.entry(id.clone()).or_insert(1);
    id
}

/// Cuts blanks from both ends of a range of `text`.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or("");
    let start = range.start + part.len() - part.trim_start_matches(is_blank).len();
    start..start + part.trim_matches(is_blank).len()
}
