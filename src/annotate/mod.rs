//! One article and the lexicon → what the text names, says and is about. Pure, and local to the article.

pub mod dates;
pub mod input;
pub mod lexicon;
pub mod names;
pub mod quotes;
pub mod roles;
pub mod summary;
pub mod tagger;
pub mod words;

use crate::{
    annotate::{lexicon::Lexicon, names::Folded},
    model::{Annotation, Article, Evidence, Mention, Span, Status},
    text::{sentence::sentences, token::tokenize},
};

pub use lexicon::{lexicon, reach};

/// Finds everything in one article.
pub fn annotate(article: &Article, lexicon: &Lexicon) -> Annotation {
    let prose = &article.prose;
    let tokens = tokenize(&prose.text);
    let sentences = sentences(&prose.text, &tokens);
    let folded = Folded::new(&prose.text, &tokens, |i| {
        i > 0 && prose.text[tokens[i - 1].end as usize..tokens[i].start as usize].contains('\n')
    });
    let mut hits = lexicon.names.find(&folded);
    hits.sort_by_key(|h| (h.tokens.start, std::cmp::Reverse(h.tokens.end)));
    let mut annotation = Annotation::default();
    let mut at = 0;
    for hit in hits {
        if hit.tokens.start < at {
            continue;
        }
        let span = Span {
            start: tokens[hit.tokens.start as usize].start,
            end: tokens[hit.tokens.end as usize - 1].end,
        };
        let surface = prose.slice(span);
        let Some(bearer) = hit.bearers.iter().find(|b| names::case_agrees(&b.name, surface)) else {
            continue;
        };
        if prose.masks.iter().any(|m| m.overlaps(span)) {
            continue;
        }
        at = hit.tokens.end;
        let sentence = sentences.iter().find(|s| s.contains(&hit.tokens.start));
        let entity = &lexicon.entities[bearer.value as usize];
        annotation.mentions.push(Mention {
            span,
            sentence: sentence.map_or(span, |s| Span {
                start: tokens[s.start as usize].start,
                end: tokens[s.end as usize - 1].end,
            }),
            kind: entity.kind,
            entity: Some(entity.id.clone()),
            confidence: 95,
            evidence: Evidence::Registry { alias: bearer.name.clone() },
            status: Status::Accepted,
            role: None,
            candidates: Vec::new(),
        });
    }
    annotation
}
