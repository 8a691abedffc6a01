//! Passages of an article that other pages lead to: which sentence a key point comes from, and the `id` that it bears.

use rustc_hash::FxHashSet;

use crate::{
    model::{Article, Element, Node, Prose, Span, site::Entry},
    text::{fold::fold, sentence::sentences, token::tokenize},
};

/// Share of a key point's words that its sentence must have.
const SHARE: f32 = 0.5;

/// A sentence with an `id`: `k1` for the first key point.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    pub span: Span,
    pub id: String,
}

/// The key points of an article with the sentence that each comes from: those that the editor wrote, or else its key
/// sentences themselves.
pub fn key_points(entry: &Entry) -> Vec<(String, Option<Passage>)> {
    let article = &entry.article;
    let prose = &article.prose;
    let points: Vec<(String, Option<Span>)> = if article.key_points.is_empty() {
        let sentences = entry.annotation.key_sentences.iter();
        sentences.map(|span| (prose.slice(*span).trim().to_owned(), Some(*span))).collect()
    } else {
        article.key_points.iter().cloned().zip(sources(article)).collect()
    };
    let mut found: Vec<Passage> = Vec::new();
    points
        .into_iter()
        .enumerate()
        .map(|(i, (point, span))| {
            let span = span.and_then(|span| within_node(prose, span));
            let passage = span.map(|span| {
                // Two points of one sentence share its address.
                let known = found.iter().find(|p| p.span.overlaps(span)).cloned();
                known.unwrap_or_else(|| Passage { span, id: format!("k.{}", i + 1) })
            });
            found.extend(passage.clone());
            (point, passage)
        })
        .collect()
}

/// The passages of an article's key points, as its body bears them.
pub fn passages(points: &[(String, Option<Passage>)]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = points.iter().filter_map(|(_, passage)| passage.clone()).collect();
    passages.sort_by_key(|p| p.span);
    passages.dedup();
    passages
}

/// The part of a sentence in the first text node that it touches: an element cannot begin in one and end in another.
fn within_node(prose: &Prose, sentence: Span) -> Option<Span> {
    prose.nodes.iter().find_map(|node| match node {
        Node::Text(text) if text.overlaps(sentence) => {
            Some(Span { start: text.start.max(sentence.start), end: text.end.min(sentence.end) })
        }
        _ => None,
    })
}

/// The number of the paragraph, from 1, that holds a place of the text; `None` outside paragraphs.
pub fn paragraph_of(prose: &Prose, offset: u32) -> Option<u32> {
    let (mut number, mut inside) = (0, false);
    for node in &prose.nodes {
        match node {
            Node::Open(Element::Paragraph) => (number, inside) = (number + 1, true),
            Node::Close(Element::Paragraph) => inside = false,
            Node::Text(span) | Node::Code(span) if span.start <= offset && offset < span.end => {
                return inside.then_some(number);
            }
            _ => {}
        }
    }
    None
}

/// For each key point of the editor the sentence that has most of its words, if one has at least half of them.
fn sources(article: &Article) -> Vec<Option<Span>> {
    let text = &article.prose.text;
    let tokens = tokenize(text);
    let sentences: Vec<(Span, FxHashSet<String>)> = sentences(text, &tokens)
        .into_iter()
        .filter(|range| !range.is_empty())
        .map(|range| {
            let tokens = &tokens[range.start as usize..range.end as usize];
            let span = Span { start: tokens[0].start, end: tokens[tokens.len() - 1].end };
            (span, words(tokens.iter().map(|t| t.of(text))))
        })
        .collect();
    let source = |point: &String| {
        let tokens = tokenize(point);
        let wanted = words(tokens.iter().map(|t| t.of(point)));
        let shared = |(_, words): &&(Span, FxHashSet<String>)| wanted.intersection(words).count();
        // Of equals the first.
        let best = sentences.iter().rev().max_by_key(shared)?;
        (shared(&best) as f32 >= SHARE * wanted.len().max(1) as f32).then_some(best.0)
    };
    article.key_points.iter().map(source).collect()
}

/// The words that carry meaning: figures, and words of four letters and more, without a plural's `s`.
fn words<'a>(words: impl Iterator<Item = &'a str>) -> FxHashSet<String> {
    words
        .map(|word| fold(word).into_owned())
        .filter(|word| word.chars().count() > 3 || word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| word.strip_suffix('s').map(str::to_owned).unwrap_or(word))
        .collect()
}
