//! The site's registry, made ready for finding names: built once, read by every article.

use std::sync::Arc;

use crate::{
    annotate::names::Names,
    model::{Entity, Topic, config::AnnotateConfig},
};

pub struct Lexicon {
    pub entities: Vec<Arc<Entity>>,
    pub topics: Vec<Topic>,
    pub names: Names,
    pub config: AnnotateConfig,
    /// Of the row of each entity.
    pub hashes: Vec<[u8; 32]>,
}

/// Builds the lexicon. The work is in proportion to the number of names.
pub fn lexicon(entities: &[Entity], topics: &[Topic], config: &AnnotateConfig) -> Lexicon {
    let entities: Vec<Arc<Entity>> = entities.iter().cloned().map(Arc::new).collect();
    let names = entities.iter().enumerate().flat_map(|(i, entity)| {
        std::iter::once(&entity.name).chain(&entity.aliases).map(move |name| (name.as_str(), i as u32))
    });
    let names = Names::new(names);
    let hashes = entities.iter().map(|e| *blake3::hash(format!("{e:?}").as_bytes()).as_bytes()).collect();
    Lexicon { names, hashes, entities, topics: topics.to_vec(), config: config.clone() }
}

/// A hash of the rows of the lexicon that an article's words can reach: its annotation depends on no others.
pub fn reach(article: &crate::model::Article, lexicon: &Lexicon) -> [u8; 32] {
    use crate::{annotate::names::Folded, text::token::tokenize};

    let text = &article.prose.text;
    let tokens = tokenize(text);
    let folded = Folded::new(text, &tokens, |i| {
        i > 0 && text[tokens[i - 1].end as usize..tokens[i].start as usize].contains('\n')
    });
    let mut rows: Vec<u32> =
        lexicon.names.find(&folded).iter().flat_map(|hit| hit.bearers.iter().map(|b| b.value)).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        hasher.update(&lexicon.hashes[row as usize]);
    }
    *hasher.finalize().as_bytes()
}
