//! What an annotation depends on besides the article: the key under which it may be kept.

use crate::{
    annotate::{lexicon::Lexicon, names::Folded},
    model::Article,
    text::token::tokenize,
};

/// A hash of the rows of the registry that an article's words can reach. One new entry changes the hash of those
/// articles only that contain one of its names.
pub fn reach(article: &Article, lexicon: &Lexicon) -> [u8; 32] {
    let text = &article.prose.text;
    let tokens = tokenize(text);
    let folded = Folded::new(text, &tokens, |i| {
        i > 0 && text[tokens[i - 1].end as usize..tokens[i].start as usize].contains('\n')
    });
    let headline = tokenize(&article.title);
    let title = Folded::new(&article.title, &headline, |_| false);
    let hits = lexicon.names.find(&folded).into_iter().chain(lexicon.names.find(&title));
    let mut rows: Vec<u32> = hits.flat_map(|hit| hit.bearers.iter().map(|b| b.value)).collect();
    // Marks name entities by id, which need not be one of their names.
    for mark in &article.prose.marks {
        if let crate::model::MarkTarget::Entity(name) = &mark.target {
            let id = crate::path::slugify(name);
            rows.extend(lexicon.entities.iter().position(|e| e.id.as_str() == id).map(|i| i as u32));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&lexicon.topics_hash);
    for row in rows {
        hasher.update(&lexicon.hashes[row as usize]);
    }
    *hasher.finalize().as_bytes()
}
