//! Markdown (CommonMark with tables, footnotes, task and definition lists, GFM alerts, wikilinks) → [`Prose`].
//!
//! 1. pulldown-cmark reads events with their places in the source.
//! 2. `Builder` turns them into visible text, nodes, blocks and masks; raw HTML passes `parse::html` tag by tag.
//! 3. Footnotes are numbered by first reference and moved to the end.

mod inline;
mod notes;

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Block, BlockKind, Element, Mark, MarkTarget, Node, Prose, Segment, Span},
    parse::{html, markdown::notes::Notes},
    path::{SourcePath, slugify},
};

/// Reads the part `body` of `source`. Faults are of content only: refused shortcodes, unsafe links.
pub fn markdown(path: &SourcePath, source: &str, body: Range<usize>) -> (Prose, Vec<Diagnostic>) {
    let text = source.get(body.clone()).unwrap_or("");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut builder = Builder::new(text, body.start);
    builder.out.text.reserve(text.len());
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, range);
    }
    let faults = builder
        .faults
        .iter()
        .map(|(fault, range)| {
            let place = Place::in_source(path, source, range.start + body.start..range.end + body.start);
            match fault {
                Fault::Shortcode => Diagnostic::error("shortcode", "shortcodes are not part of Dateline's Markdown")
                    .help("write Markdown or HTML here, or put the braces into a code span; templates are the place for components"),
                Fault::Link(url) => Diagnostic::error("unsafe-link", format!("the address `{url}` is not allowed in a link"))
                    .help("use http, https, mailto, tel, or an address of this site"),
                Fault::Alt => Diagnostic::warning("missing-alt", "this picture has no text for those who do not see it")
                    .help("write what it shows between the brackets: `![…](…)`; mere ornament is `<img alt=\"\" …>`"),
            }
            .at(place)
        })
        .collect();
    (builder.finish(), faults)
}

enum Fault {
    Shortcode,
    Link(String),
    Alt,
}

/// A wikilink that has been opened.
struct Wikilink {
    target: MarkTarget,
    start: usize,
    source: Range<usize>,
    /// Without a bar the visible text is the target itself, and the inner events are passed over.
    bare: bool,
}

/// A picture that is open now: address, title, text, and where it stands.
type Picture = (Box<str>, Box<str>, String, Range<usize>);

struct Builder<'a> {
    /// What is read: the body.
    source: &'a str,
    out: Prose,
    /// Byte of the file where the body begins.
    base: usize,
    faults: Vec<(Fault, Range<usize>)>,
    /// Start of the open block of running text.
    block: Option<(usize, BlockKind)>,
    /// Kinds of the enclosing blocks, for paragraphs inside.
    kinds: Vec<BlockKind>,
    /// Links open now, with the start of their text.
    links: Vec<usize>,
    wikilink: Option<Wikilink>,
    image: Option<Picture>,
    code: Option<(Option<Box<str>>, usize)>,
    html: Option<String>,
    /// Raw tags open now, with the number of Markdown containers around each.
    raw: html::Stack,
    depth: usize,
    ids: HashMap<String, u32>,
    heading: Option<(usize, usize, u8)>,
    table: Vec<Option<&'static str>>,
    cell: usize,
    in_head: bool,
    notes: Notes,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, base: usize) -> Self {
        Builder {
            source,
            out: Prose::default(),
            base,
            faults: Vec::new(),
            block: None,
            kinds: Vec::new(),
            links: Vec::new(),
            wikilink: None,
            image: None,
            code: None,
            html: None,
            raw: html::Stack::default(),
            depth: 0,
            ids: HashMap::new(),
            heading: None,
            table: Vec::new(),
            cell: 0,
            in_head: false,
            notes: Notes::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some((_, _, alt, _)) = &mut self.image {
            match event {
                Event::Text(t) | Event::Code(t) => alt.push_str(&t),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                let span = self.push(&text, range);
                self.out.masks.push(span);
                self.out.nodes.push(Node::Code(span));
            }
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.inline_html(&text, range),
            },
            Event::InlineHtml(text) => self.inline_html(&text, range),
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => {
                self.push(" ", range);
                self.out.nodes.push(Node::HardBreak);
            }
            Event::Rule => self.out.nodes.push(Node::Rule),
            Event::FootnoteReference(label) => {
                let node = self.notes.reference(&label);
                self.out.nodes.push(node);
            }
            Event::TaskListMarker(done) => self.out.nodes.push(Node::TaskMarker(done)),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    /// Appends visible text with its place, opening a block where none is open.
    fn push(&mut self, text: &str, range: Range<usize>) -> Span {
        let start = self.out.text.len();
        if self.block.is_none() {
            self.block = Some((start, self.kinds.last().copied().unwrap_or(BlockKind::Paragraph)));
        }
        self.out.text.push_str(text);
        let span = Span::new(start, self.out.text.len());
        let source = (self.base + range.start) as u32;
        match self.out.segments.last_mut() {
            Some(s) if s.text.end == span.start && s.source + (s.text.end - s.text.start) == source => {
                s.text.end = span.end
            }
            _ => self.out.segments.push(Segment { text: span, source }),
        }
        span
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.code.is_some() {
            self.push(text, range);
            return;
        }
        if self.raw.dropping() || self.wikilink.as_ref().is_some_and(|w| w.bare) {
            return;
        }
        // In the source, since `<` begins a text of its own.
        if text.starts_with("{{") && self.source.get(range.start..).is_some_and(is_shortcode) {
            self.faults.push((Fault::Shortcode, range.clone()));
        }
        let span = self.push(text, range);
        match self.out.nodes.last_mut() {
            Some(Node::Text(last)) if last.end == span.start => last.end = span.end,
            _ => self.out.nodes.push(Node::Text(span)),
        }
    }

    fn open(&mut self, element: Element) {
        self.depth += 1;
        self.out.nodes.push(Node::Open(element));
    }

    /// Closes an element, and before it the raw tags left open inside.
    fn close(&mut self, element: Element) {
        self.close_raw();
        self.depth = self.depth.saturating_sub(1);
        self.out.nodes.push(Node::Close(element));
    }

    fn close_raw(&mut self) {
        for tag in self.raw.close_to(self.depth) {
            self.out.nodes.push(Node::Raw(tag.into()));
        }
    }

    /// Ends the open block of running text.
    fn end_block(&mut self) {
        if let Some((start, kind)) = self.block.take() {
            self.out.blocks.push(Block { span: Span::new(start, self.out.text.len()), kind });
            self.out.text.push('\n');
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ) {
            self.end_block();
        }
        match tag {
            Tag::Paragraph => self.open(Element::Paragraph),
            Tag::Heading { level, id, .. } => {
                // The headline is the only h1 of a page.
                let level = (heading_level(level)).max(2);
                self.block = Some((self.out.text.len(), BlockKind::Heading(level)));
                self.heading = Some((self.out.nodes.len(), self.out.text.len(), level));
                self.open(Element::Heading { level, id: id.as_deref().unwrap_or("").into() });
            }
            Tag::BlockQuote(kind) => {
                self.kinds.push(BlockKind::Quote);
                self.open(quote(kind));
            }
            Tag::CodeBlock(kind) => {
                let lang = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().filter(|l| !l.is_empty()).map(Box::from)
                    }
                    CodeBlockKind::Indented => None,
                };
                self.block = Some((self.out.text.len(), BlockKind::Code));
                self.code = Some((lang, self.out.text.len()));
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(start) => self.open(Element::List(start)),
            Tag::Item => {
                self.kinds.push(BlockKind::Item);
                self.open(Element::Item);
            }
            Tag::FootnoteDefinition(label) => {
                self.kinds.push(BlockKind::Item);
                self.depth += 1;
                self.notes.outer = Some(std::mem::take(&mut self.out.nodes));
                self.notes.bodies.push((label.to_string(), Vec::new()));
            }
            Tag::DefinitionList => self.open(Element::DefinitionList),
            Tag::DefinitionListTitle => self.open(Element::Term),
            Tag::DefinitionListDefinition => self.open(Element::Definition),
            Tag::Table(alignments) => {
                self.table = alignments.iter().map(alignment).collect();
                self.kinds.push(BlockKind::Cell);
                self.open(Element::Table);
            }
            Tag::TableHead => {
                (self.cell, self.in_head) = (0, true);
                self.open(Element::TableHead);
                self.open(Element::Row);
            }
            Tag::TableRow => {
                self.cell = 0;
                self.open(Element::Row);
            }
            Tag::TableCell => {
                let align = self.table.get(self.cell).copied().flatten();
                self.open(Element::Cell { align, header: self.in_head });
            }
            Tag::Emphasis => self.open(Element::Emphasis),
            Tag::Strong => self.open(Element::Strong),
            Tag::Strikethrough => self.open(Element::Strikethrough),
            Tag::Superscript => self.open(Element::Superscript),
            Tag::Subscript => self.open(Element::Subscript),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                self.start_wikilink(&dest_url, has_pothole, range);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let href = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                let href = match html::safe_url(&href) {
                    true => href,
                    false => {
                        self.faults.push((Fault::Link(href), range));
                        String::new()
                    }
                };
                self.links.push(self.out.text.len());
                self.open(Element::Link { href: href.into(), title: title.as_ref().into() });
            }
            Tag::Image { dest_url, title, .. } => {
                let safe = html::safe_url(&dest_url);
                if !safe {
                    self.faults.push((Fault::Link(dest_url.to_string()), range.clone()));
                }
                let src = if safe { dest_url.as_ref().into() } else { "".into() };
                self.image = Some((src, title.as_ref().into(), String::new(), range));
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_text(Element::Paragraph),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => {
                self.kinds.pop();
                self.end_text(quote(kind));
            }
            TagEnd::CodeBlock => {
                if let Some((lang, start)) = self.code.take() {
                    let text = Span::new(start, self.out.text.len());
                    self.block = Some((start, BlockKind::Code));
                    self.out.masks.push(text);
                    self.out.nodes.push(Node::CodeBlock { text, lang });
                    self.end_block();
                }
            }
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::List(ordered) => self.end_text(Element::List(ordered.then_some(1))),
            TagEnd::Item => {
                self.kinds.pop();
                self.end_text(Element::Item);
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.kinds.pop();
                self.close_raw();
                self.depth = self.depth.saturating_sub(1);
                let outer = self.notes.outer.take().unwrap_or_default();
                let nodes = std::mem::replace(&mut self.out.nodes, outer);
                if let Some(last) = self.notes.bodies.last_mut() {
                    last.1 = nodes;
                }
            }
            TagEnd::DefinitionList => self.end_text(Element::DefinitionList),
            TagEnd::DefinitionListTitle => self.end_text(Element::Term),
            TagEnd::DefinitionListDefinition => self.end_text(Element::Definition),
            TagEnd::Table => {
                self.kinds.pop();
                self.close(Element::TableBody);
                self.close(Element::Table);
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.close(Element::Row);
                self.close(Element::TableHead);
                self.open(Element::TableBody);
            }
            TagEnd::TableRow => self.close(Element::Row),
            TagEnd::TableCell => {
                self.cell += 1;
                self.end_text(Element::Cell { align: None, header: self.in_head });
            }
            TagEnd::Emphasis => self.close(Element::Emphasis),
            TagEnd::Strong => self.close(Element::Strong),
            TagEnd::Strikethrough => self.close(Element::Strikethrough),
            TagEnd::Superscript => self.close(Element::Superscript),
            TagEnd::Subscript => self.close(Element::Subscript),
            TagEnd::Link => match self.wikilink.take() {
                Some(link) => {
                    let span = Span::new(link.start, self.out.text.len());
                    if link.target == MarkTarget::Leave {
                        self.out.masks.push(span);
                    }
                    let source = Span::new(self.base + link.source.start, self.base + link.source.end);
                    self.out.marks.push(Mark { span, target: link.target, source });
                }
                None => {
                    if let Some(start) = self.links.pop() {
                        self.out.masks.push(Span::new(start, self.out.text.len()));
                    }
                    self.close(Element::Link { href: "".into(), title: "".into() });
                }
            },
            TagEnd::Image => self.end_image(),
            TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_text(&mut self, element: Element) {
        self.end_block();
        self.close(element);
    }

    fn end_heading(&mut self) {
        let Some((node, start, level)) = self.heading.take() else { return };
        let text = self.out.text[start..].to_owned();
        if let Some(Node::Open(Element::Heading { id, .. })) = self.out.nodes.get_mut(node) {
            let wanted = if id.is_empty() { slugify(&text) } else { id.to_string() };
            let count = self.ids.entry(wanted.clone()).or_insert(0);
            *count += 1;
            *id = if *count == 1 { wanted.into() } else { format!("{wanted}-{count}").into() };
        }
        self.end_text(Element::Heading { level, id: "".into() });
    }

    fn finish(mut self) -> Prose {
        self.end_block();
        self.depth = 0;
        self.close_raw();
        self.out.nodes.extend(self.notes.arranged());
        self.out
    }
}

fn quote(kind: Option<BlockQuoteKind>) -> Element {
    match kind {
        None => Element::BlockQuote,
        Some(BlockQuoteKind::Note) => Element::Alert("note"),
        Some(BlockQuoteKind::Tip) => Element::Alert("tip"),
        Some(BlockQuoteKind::Important) => Element::Alert("important"),
        Some(BlockQuoteKind::Warning) => Element::Alert("warning"),
        Some(BlockQuoteKind::Caution) => Element::Alert("caution"),
    }
}

/// Whether this begins as Hugo's or Zola's shortcodes do: `{{< name`, `{{% name`, `{{ name(`.
fn is_shortcode(source: &str) -> bool {
    let line = source.lines().next().unwrap_or("");
    let inner = line.split("}}").next().unwrap_or(line);
    inner.starts_with("{{<") || inner.starts_with("{{%") || inner.contains('(')
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alignment(alignment: &Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some("left"),
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
    }
}
