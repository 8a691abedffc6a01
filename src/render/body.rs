//! The nodes of a prose → HTML, with links at the mentions and addresses within the text that other pages lead to. All
//! text is escaped here; raw tags were sanitised by `parse`.

use std::fmt::Write;

use crate::{
    model::{Element, Node, Prose, Span},
    render::{
        cards::Linked,
        highlight,
        margin::{self, Day},
        passages::Passage,
    },
};

/// A link to set into the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    pub span: Span,
    /// Address with base path; `None` for a later mention, which is marked only when the reader asks for it.
    pub href: Option<String>,
    /// Class names: the kind of the entity.
    pub class: &'static str,
    /// The card that the link opens, where there are cards.
    pub card: Option<Linked>,
}

/// What is set into a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks<'a> {
    /// Ordered by span; each lies in one text node.
    pub anchors: &'a [Anchor],
    /// Ordered by span, without overlaps; each lies in one text node.
    pub passages: &'a [Passage],
    /// Paragraphs have an `id`: see [`paragraph`].
    pub paragraphs: bool,
    /// What stands beside paragraphs; `None` where nothing may.
    pub margin: Option<&'a [Day]>,
}

/// The `id` of a paragraph, counted from 1. Ids of headings never hold a dot.
pub fn paragraph(number: u32) -> String {
    format!("p.{number}")
}

/// How addresses in content become links of the page.
pub trait Resolve {
    /// The address to write for a link of the content.
    fn link(&self, href: &str) -> String;
    /// The address to write for an image of the content.
    fn image(&self, src: &str) -> String;
    /// More attributes of that image, each with a space before it: its size in pixels and other sizes of it.
    fn picture(&self, src: &str) -> String;
}

/// Words that the body needs from the interface.
pub struct Labels<'a> {
    /// Heading of an alert by its class: `note` → `Editor's note`.
    pub alert: &'a dyn Fn(&str) -> String,
    pub footnotes: &'a str,
}

/// Writes the whole body.
pub fn html(
    prose: &Prose,
    marks: Marks<'_>,
    resolve: &dyn Resolve,
    labels: &Labels<'_>,
    colour: bool,
) -> String {
    let mut out = String::with_capacity(prose.text.len() * 5 / 4 + marks.anchors.len() * 80);
    write(&mut out, prose, &prose.nodes, marks, &Means { resolve, labels, colour });
    out
}

/// What all nodes are written with.
struct Means<'a> {
    resolve: &'a dyn Resolve,
    labels: &'a Labels<'a>,
    colour: bool,
}

fn write(out: &mut String, prose: &Prose, nodes: &[Node], marks: Marks<'_>, means: &Means<'_>) {
    let Means { resolve, labels, colour } = *means;
    let (mut paragraphs, mut depth) = (0, 0);
    let mut beside = None;
    let note = |number: u32, out: &mut String| {
        write(out, prose, margin::footnote(nodes, number), Marks::default(), means);
    };
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close(_) => depth -= 1,
            _ => {}
        }
        match node {
            Node::Open(Element::Paragraph) if marks.paragraphs => {
                if let (1, Some(days)) = (depth, marks.margin) {
                    beside = margin::beside(prose, margin::paragraph(nodes, at), days, &note);
                    out.push_str(if beside.is_some() { "<div class=\"beside\">" } else { "" });
                }
                paragraphs += 1;
                let _ = write!(out, "<p id=\"{}\">", paragraph(paragraphs));
            }
            Node::Close(Element::Paragraph) if beside.is_some() => {
                let text = beside.take().unwrap_or_default();
                let _ = writeln!(out, "</p>\n<div class=\"margin\" role=\"note\">{text}</div></div>");
            }
            Node::Open(Element::Footnotes) if marks.margin.is_some() && margin::all_beside(nodes) => {
                out.push_str("<section class=\"footnotes also-beside\" role=\"doc-endnotes\"><h2>");
                escape(labels.footnotes, out);
                out.push_str("</h2><ol>");
            }
            Node::Open(element) => open(out, element, resolve, labels),
            Node::Close(element) => close(out, element),
            Node::Text(span) => text(out, prose, *span, marks),
            Node::Code(span) => {
                out.push_str("<code>");
                escape(prose.slice(*span), out);
                out.push_str("</code>");
            }
            Node::CodeBlock { text, lang } => code_block(out, prose.slice(*text), lang.as_deref(), colour),
            Node::Raw(tag) => raw(out, tag, resolve),
            Node::Image { src, alt, title } => {
                out.push_str("<img src=\"");
                escape(&resolve.image(src), out);
                out.push_str("\" alt=\"");
                escape(alt, out);
                if !title.is_empty() {
                    out.push_str("\" title=\"");
                    escape(title, out);
                }
                out.push('"');
                out.push_str(&resolve.picture(src));
                out.push_str(" loading=\"lazy\">");
            }
            Node::SoftBreak => out.push('\n'),
            Node::HardBreak => out.push_str("<br>"),
            Node::Rule => out.push_str("<hr>"),
            Node::FootnoteRef { number, nth } => {
                let id = note_ref(*number, *nth);
                let _ = write!(
                    out,
                    "<sup class=\"fn\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
                );
            }
            Node::TaskMarker(done) => {
                out.push_str(if *done {
                    "<span class=\"task\">☑</span> "
                } else {
                    "<span class=\"task\">☐</span> "
                });
            }
        }
    }
}

/// A sanitised tag, with its address as a link of the content would have it.
fn raw(out: &mut String, tag: &str, resolve: &dyn Resolve) {
    let mut rest = tag;
    for (name, image) in [(" href=\"", false), (" src=\"", true)] {
        let Some((head, tail)) = rest.split_once(name) else { continue };
        let Some((address, after)) = tail.split_once('"') else { continue };
        out.push_str(head);
        out.push_str(name);
        let address = address.replace("&amp;", "&");
        escape(&if image { resolve.image(&address) } else { resolve.link(&address) }, out);
        out.push('"');
        if image && tag.starts_with("<img ") && !tag.contains(" width=") {
            out.push_str(&resolve.picture(&address));
        }
        rest = after;
    }
    out.push_str(rest);
}

fn note_ref(number: u32, nth: u32) -> String {
    if nth == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{nth}") }
}

fn text(out: &mut String, prose: &Prose, span: Span, marks: Marks<'_>) {
    let mut at = span.start;
    let first = marks.passages.partition_point(|p| p.span.start < span.start);
    for passage in marks.passages[first..].iter().take_while(|p| p.span.end <= span.end) {
        linked(out, prose, Span { start: at, end: passage.span.start }, marks.anchors);
        out.push_str("<span id=\"");
        out.push_str(&passage.id);
        out.push_str("\">");
        linked(out, prose, passage.span, marks.anchors);
        out.push_str("</span>");
        at = passage.span.end;
    }
    linked(out, prose, Span { start: at, end: span.end }, marks.anchors);
}

/// A stretch of text with the links that lie in it.
fn linked(out: &mut String, prose: &Prose, span: Span, anchors: &[Anchor]) {
    let mut at = span.start;
    let first = anchors.partition_point(|a| a.span.start < span.start);
    for anchor in anchors[first..].iter().take_while(|a| a.span.end <= span.end) {
        if anchor.span.start < at {
            continue;
        }
        escape(prose.slice(Span { start: at, end: anchor.span.start }), out);
        out.push_str(if anchor.href.is_some() { "<a class=\"e e-" } else { "<span class=\"m e-" });
        out.push_str(anchor.class);
        out.push('"');
        if let Some(href) = &anchor.href {
            out.push_str(" href=\"");
            escape(href, out);
            out.push('"');
        }
        if let Some(Linked { card, why }) = &anchor.card {
            let _ = write!(out, " data-card=\"{card}\"");
            if let Some(why) = why {
                out.push_str(" data-why=\"");
                escape(why, out);
                out.push('"');
            }
        }
        out.push('>');
        escape(prose.slice(anchor.span), out);
        out.push_str(if anchor.href.is_some() { "</a>" } else { "</span>" });
        at = anchor.span.end;
    }
    escape(prose.slice(Span { start: at, end: span.end }), out);
}

fn open(out: &mut String, element: &Element, resolve: &dyn Resolve, labels: &Labels<'_>) {
    match element {
        Element::Paragraph => out.push_str("<p>"),
        Element::Heading { level, id } => {
            let _ = write!(out, "<h{level} id=\"");
            escape(id, out);
            out.push_str("\">");
        }
        Element::BlockQuote => out.push_str("<blockquote>"),
        Element::Alert(class) => {
            let _ = write!(out, "<aside class=\"alert alert-{class}\"><p class=\"alert-title\">");
            escape(&(labels.alert)(class), out);
            out.push_str("</p>");
        }
        Element::List(None) => out.push_str("<ul>"),
        Element::List(Some(1)) => out.push_str("<ol>"),
        Element::List(Some(start)) => {
            let _ = write!(out, "<ol start=\"{start}\">");
        }
        Element::Item => out.push_str("<li>"),
        Element::DefinitionList => out.push_str("<dl>"),
        Element::Term => out.push_str("<dt>"),
        Element::Definition => out.push_str("<dd>"),
        Element::Table => out.push_str("<div class=\"table\" tabindex=\"0\"><table>"),
        Element::TableHead => out.push_str("<thead>"),
        Element::TableBody => out.push_str("<tbody>"),
        Element::Row => out.push_str("<tr>"),
        Element::Cell { align, header } => {
            out.push_str(if *header { "<th scope=\"col\"" } else { "<td" });
            if let Some(align) = align {
                let _ = write!(out, " class=\"{align}\"");
            }
            out.push('>');
        }
        Element::Emphasis => out.push_str("<em>"),
        Element::Strong => out.push_str("<strong>"),
        Element::Strikethrough => out.push_str("<del>"),
        Element::Superscript => out.push_str("<sup>"),
        Element::Subscript => out.push_str("<sub>"),
        Element::Link { href, title } => {
            out.push_str("<a href=\"");
            escape(&resolve.link(href), out);
            if !title.is_empty() {
                out.push_str("\" title=\"");
                escape(title, out);
            }
            out.push_str("\">");
        }
        Element::Footnotes => {
            out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"><h2>");
            escape(labels.footnotes, out);
            out.push_str("</h2><ol>");
        }
        Element::Footnote { number, .. } => {
            let _ = write!(out, "<li id=\"fn-{number}\">");
        }
    }
}

fn close(out: &mut String, element: &Element) {
    let text = match element {
        Element::Paragraph => "</p>\n",
        Element::Heading { level: 2, .. } => "</h2>\n",
        Element::Heading { level: 3, .. } => "</h3>\n",
        Element::Heading { level: 4, .. } => "</h4>\n",
        Element::Heading { level: 5, .. } => "</h5>\n",
        Element::Heading { .. } => "</h6>\n",
        Element::BlockQuote => "</blockquote>\n",
        Element::Alert(_) => "</aside>\n",
        Element::List(None) => "</ul>\n",
        Element::List(Some(_)) => "</ol>\n",
        Element::Item => "</li>",
        Element::DefinitionList => "</dl>\n",
        Element::Term => "</dt>",
        Element::Definition => "</dd>",
        Element::Table => "</table></div>\n",
        Element::TableHead => "</thead>",
        Element::TableBody => "</tbody>",
        Element::Row => "</tr>",
        Element::Cell { header: true, .. } => "</th>",
        Element::Cell { .. } => "</td>",
        Element::Emphasis => "</em>",
        Element::Strong => "</strong>",
        Element::Strikethrough => "</del>",
        Element::Superscript => "</sup>",
        Element::Subscript => "</sub>",
        Element::Link { .. } => "</a>",
        Element::Footnotes => "</ol></section>\n",
        Element::Footnote { number, refs } => {
            for nth in 1..=*refs {
                let id = note_ref(*number, nth);
                let _ = write!(out, " <a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{number}\">↩</a>");
            }
            "</li>"
        }
    };
    out.push_str(text);
}

fn code_block(out: &mut String, text: &str, lang: Option<&str>, colour: bool) {
    out.push_str("<pre tabindex=\"0\"><code");
    if let Some(lang) = lang {
        out.push_str(" class=\"language-");
        escape(lang, out);
        out.push('"');
    }
    out.push('>');
    match lang.filter(|_| colour).and_then(|lang| highlight::spans(text, lang)) {
        Some(spans) => out.push_str(&spans),
        None => escape(text, out),
    }
    out.push_str("</code></pre>\n");
}

/// Appends `text` with the five characters that HTML and XML give a meaning to escaped.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (i, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..i]);
        out.push_str(entity);
        from = i + 1;
    }
    out.push_str(&text[from..]);
}

/// `text` escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}
