//! An article and its annotation as read enter; what the terms of its source let be shown leaves.
//!
//! This is the one door: what may not be shown is cut here, before anything is put together, and no page, feed, index
//! or list can show what the site does not hold. Facts stay (who and what the text speaks of, its topics, how often);
//! words go: text, sentences, quotations, roles and key sentences beyond the part that may be shown.

use std::sync::Arc;

use crate::{
    model::{
        Annotation, Article, Block, BlockKind, Element, Evidence, Mention, Node, Prose, Segment, Span,
        Speaker,
        config::{Config, FullText},
    },
    path::slugify,
    text::{sentence::sentences, token::tokenize},
};

/// Characters of the first paragraph that an excerpt shows at most.
const EXCERPT: usize = 300;

/// The rule for an article, by the settings of its source.
pub fn rule(article: &Article, config: &Config) -> FullText {
    let Some(name) = &article.source else { return FullText::Allowed };
    let settings = config.sources.get(name).or_else(|| config.sources.get(&slugify(name)));
    settings.map_or(FullText::Allowed, |source| source.full_text)
}

/// Article and annotation without what the rule withholds; and whether it withholds anything.
pub fn shown(
    article: &Arc<Article>,
    annotation: &Arc<Annotation>,
    rule: FullText,
) -> (Arc<Article>, Arc<Annotation>, bool) {
    let window = match rule {
        FullText::Allowed => return (article.clone(), annotation.clone(), false),
        FullText::Excerpt => excerpt(&article.prose),
        FullText::None => Span::default(),
    };
    let cut = article.prose.text.trim_end().len() > window.end as usize || window.start > 0;
    let prose = cut_prose(&article.prose, window, cut);
    let annotation = cut_annotation(annotation, &prose, window);
    // The standfirst of raw copy is the agency's; one in front matter is the editor's own.
    let summary = article.summary.clone().filter(|_| !article.wire || rule == FullText::Excerpt);
    let article = Article { prose, summary, ..(**article).clone() };
    (Arc::new(article), Arc::new(annotation), cut)
}

/// The beginning of the first paragraph: whole sentences, or words where the first sentence is too long.
fn excerpt(prose: &Prose) -> Span {
    let Some(block) = prose.blocks.iter().find(|b| b.kind == BlockKind::Paragraph) else {
        return Span::default();
    };
    let text = prose.slice(block.span);
    let Some((limit, _)) = text.char_indices().nth(EXCERPT) else { return block.span };
    let tokens = tokenize(text);
    let ends = sentences(text, &tokens).into_iter().map(|s| tokens[s.end as usize - 1].end as usize);
    let fit = ends.filter(|end| *end <= limit).max();
    let end = fit.unwrap_or_else(|| text[..limit].rfind(char::is_whitespace).unwrap_or(limit));
    let end = text[..end].trim_end().len() as u32;
    Span { start: block.span.start, end: block.span.start + end }
}

/// `span` as it lies in the window; `None` when it is not wholly inside.
fn moved(span: Span, window: Span) -> Option<Span> {
    window
        .contains(span)
        .then(|| Span { start: span.start - window.start, end: span.end - window.start })
        .filter(|_| !window.is_empty())
}

/// The part of `span` inside the window, moved; `None` when there is none.
fn part(span: Span, window: Span) -> Option<Span> {
    let span = Span { start: span.start.max(window.start), end: span.end.min(window.end) };
    (span.start < span.end).then(|| Span { start: span.start - window.start, end: span.end - window.start })
}

/// The text inside the window with what formats it; `…` where more follows.
fn cut_prose(prose: &Prose, window: Span, cut: bool) -> Prose {
    if window.is_empty() {
        return Prose::default();
    }
    let mut text = prose.slice(window).to_owned();
    let end = text.len();
    if cut {
        text.push_str(" …");
    }
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    let mut nodes = vec![Node::Open(Element::Paragraph)];
    let mut open: Vec<Element> = Vec::new();
    // Whether the next text after the node at `i` lies in the window: what surrounds it is shown then.
    let ahead = |i: usize| {
        let next = prose.nodes[i + 1..].iter().find_map(|node| match node {
            Node::Text(span) | Node::Code(span) => Some(*span),
            _ => None,
        });
        next.is_some_and(|span| part(span, window).is_some())
    };
    for (i, node) in prose.nodes.iter().enumerate() {
        match node {
            Node::Text(span) => nodes.extend(part(*span, window).map(Node::Text)),
            Node::Code(span) => nodes.extend(part(*span, window).map(Node::Code)),
            Node::Open(element) if inline(element) && ahead(i) => {
                open.push(element.clone());
                nodes.push(node.clone());
            }
            Node::Close(element) if open.last() == Some(element) => {
                open.pop();
                nodes.push(node.clone());
            }
            Node::SoftBreak | Node::HardBreak if nodes.len() > 1 && ahead(i) => nodes.push(node.clone()),
            _ => {}
        }
    }
    nodes.extend(open.into_iter().rev().map(Node::Close));
    if cut {
        nodes.push(Node::Text(Span::new(end, text.len())));
    }
    nodes.push(Node::Close(Element::Paragraph));
    text.push('\n');
    Prose {
        text,
        nodes,
        blocks: vec![block],
        masks: prose.masks.iter().filter_map(|mask| moved(*mask, window)).collect(),
        marks: Vec::new(),
        segments: prose
            .segments
            .iter()
            .filter_map(|segment| {
                let text = part(segment.text, window)?;
                let skipped = text.start + window.start - segment.text.start;
                Some(Segment { text, source: segment.source + skipped })
            })
            .collect(),
    }
}

/// Elements that stand inside a paragraph.
fn inline(element: &Element) -> bool {
    matches!(
        element,
        Element::Emphasis
            | Element::Strong
            | Element::Strikethrough
            | Element::Superscript
            | Element::Subscript
            | Element::Link { .. }
    )
}

fn cut_annotation(annotation: &Annotation, prose: &Prose, window: Span) -> Annotation {
    // A span without text, in a place where no text stands: what it names is known, its words are not.
    let nowhere = Span::new(prose.text.len(), prose.text.len());
    let or_nowhere = |span: Span| moved(span, window).unwrap_or(nowhere);
    let if_shown = |words: &String| if prose.text.contains(&**words) { words.clone() } else { String::new() };
    let mention = |mention: &Mention| Mention {
        span: or_nowhere(mention.span),
        sentence: or_nowhere(mention.sentence),
        evidence: match &mention.evidence {
            Evidence::Surname { of } => Evidence::Surname { of: or_nowhere(*of) },
            Evidence::Acronym { of } => Evidence::Acronym { of: or_nowhere(*of) },
            Evidence::ShortForm { of } => Evidence::ShortForm { of: or_nowhere(*of) },
            Evidence::SameName { of } => Evidence::SameName { of: or_nowhere(*of) },
            Evidence::Title { title } => Evidence::Title { title: if_shown(title) },
            Evidence::Office { post } => Evidence::Office { post: if_shown(post) },
            other => other.clone(),
        },
        role: mention.role.and_then(|role| moved(role, window)),
        ..mention.clone()
    };
    let quote = |quote: &crate::model::Quote| {
        let speaker = match &quote.speaker {
            Speaker::Entity { id, span } => Speaker::Entity { id: id.clone(), span: or_nowhere(*span) },
            Speaker::Described { span } => Speaker::Described { span: moved(*span, window)? },
            Speaker::Unknown => Speaker::Unknown,
        };
        Some(crate::model::Quote {
            span: moved(quote.span, window)?,
            speaker,
            verb: quote.verb.and_then(|verb| moved(verb, window)),
            ..quote.clone()
        })
    };
    Annotation {
        mentions: annotation.mentions.iter().map(mention).collect(),
        topics: annotation
            .topics
            .iter()
            .cloned()
            .map(|mut tag| {
                tag.cues.clear();
                tag
            })
            .collect(),
        quotes: annotation.quotes.iter().filter_map(quote).collect(),
        dates: annotation
            .dates
            .iter()
            .filter_map(|date| {
                let mut date = date.clone();
                (date.span, date.sentence) = (moved(date.span, window)?, moved(date.sentence, window)?);
                Some(date)
            })
            .collect(),
        roles: annotation
            .roles
            .iter()
            .filter_map(|role| {
                let mut role = role.clone();
                role.sentence = moved(role.sentence, window)?;
                Some(role)
            })
            .collect(),
        introduced: annotation
            .introduced
            .iter()
            .cloned()
            .map(|mut new| {
                new.role = new.role.filter(|role| prose.text.contains(role.as_str()));
                new
            })
            .collect(),
        key_sentences: annotation.key_sentences.iter().filter_map(|s| moved(*s, window)).collect(),
        ..annotation.clone()
    }
}
