//! What stands in the margin of an article: beside a paragraph the days that its words mean ("Thursday": 9 Nov 1989) and
//! its footnotes. Where there is no room beside it, the days stand below it and the notes at the end of the text.

use std::fmt::Write;

use crate::{
    i18n::Words,
    model::{Element, Node, Prose, Span, dated::grain, site::Entry},
    render::body::escape,
};

/// Days beside one paragraph at most.
const DAYS: usize = 3;

/// An expression of time that names no day by its number, and the days that it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Of the expression.
    pub span: Span,
    /// For `datetime`; empty for a period.
    pub iso: String,
    pub title: String,
    /// The language of `title`, where the article's is another.
    pub lang: Option<String>,
}

/// The days that an article's words mean, each where it is first meant, in the order of the text. Words that give the
/// day or the year themselves need no note.
pub fn days(words: &Words, entry: &Entry) -> Vec<Day> {
    let mut dates: Vec<_> = entry.annotation.dates.iter().filter(|date| grain(date).is_some()).collect();
    dates.sort_by_key(|date| date.span);
    let lang = entry.article.lang.as_ref().or(entry.annotation.language.as_ref());
    let lang = lang.filter(|lang| **lang != words.language).map(|_| words.language.clone());
    let mut known = rustc_hash::FxHashSet::default();
    dates
        .into_iter()
        .filter(|date| !entry.article.prose.slice(date.span).contains(|c: char| c.is_numeric()))
        .filter(|date| known.insert((date.day, date.end)))
        .map(|date| Day {
            span: date.span,
            iso: if date.day == date.end { date.day.to_string() } else { String::new() },
            title: words.period(date.day, date.end),
            lang: lang.clone(),
        })
        .collect()
}

/// What stands beside the paragraph that `nodes` make up, as HTML, but for the text of the footnotes: `note` writes that
/// of a number. `None` where nothing does.
pub fn beside(
    prose: &Prose,
    nodes: &[Node],
    days: &[Day],
    note: &dyn Fn(u32, &mut String),
) -> Option<String> {
    let mut out = String::new();
    let mut shown = 0;
    for node in nodes {
        match node {
            Node::Text(span) => {
                let first = days.partition_point(|day| day.span.start < span.start);
                let within = days[first..].iter().take_while(|day| day.span.end <= span.end);
                for day in within.take(DAYS - shown) {
                    shown += 1;
                    out.push_str("<p>");
                    // Of "April" there is the year to say, not the month again.
                    let said = prose.slice(day.span);
                    if !day.title.starts_with(said) {
                        out.push_str("<i>");
                        escape(said, &mut out);
                        out.push_str("</i> ");
                    }
                    let tag = if day.iso.is_empty() { "span" } else { "time" };
                    let _ = write!(out, "<{tag}");
                    for (name, value) in [("datetime", Some(&day.iso)), ("lang", day.lang.as_ref())] {
                        if let Some(value) = value.filter(|value| !value.is_empty()) {
                            let _ = write!(out, " {name}=\"");
                            escape(value, &mut out);
                            out.push('"');
                        }
                    }
                    out.push('>');
                    escape(&day.title, &mut out);
                    let _ = write!(out, "</{tag}></p>");
                }
            }
            Node::FootnoteRef { number, nth: 1 } => {
                let _ = write!(out, "<div class=\"side-note\"><sup>{number}</sup> ");
                note(*number, &mut out);
                out.push_str("</div>");
            }
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether every footnote is called for in a paragraph of the text itself: then none need stand at the end as well.
pub fn all_beside(nodes: &[Node]) -> bool {
    let mut open: Vec<&Element> = Vec::new();
    nodes.iter().all(|node| {
        match node {
            Node::Open(element) => open.push(element),
            Node::Close(_) => drop(open.pop()),
            Node::FootnoteRef { nth: 1, .. } => return matches!(open[..], [Element::Paragraph, ..]),
            _ => {}
        }
        true
    })
}

/// The nodes of a footnote, without its own tags.
pub fn footnote(nodes: &[Node], number: u32) -> &[Node] {
    let is = |element: &Element| matches!(element, Element::Footnote { number: n, .. } if *n == number);
    let open = nodes.iter().position(|node| matches!(node, Node::Open(element) if is(element)));
    let close = nodes.iter().position(|node| matches!(node, Node::Close(element) if is(element)));
    match (open, close) {
        (Some(open), Some(close)) => nodes.get(open + 1..close).unwrap_or_default(),
        _ => &[],
    }
}

/// The paragraph that begins at node `at`, with its tags.
pub fn paragraph(nodes: &[Node], at: usize) -> &[Node] {
    let close = nodes[at..].iter().position(|node| matches!(node, Node::Close(Element::Paragraph)));
    &nodes[at..close.map_or(nodes.len(), |close| at + close + 1)]
}
