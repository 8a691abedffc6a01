//! Annotated documents that training has not seen enter; how likely a span is right, by its margin, leaves.

use dateline::annotate::tagger::model::bucket;
use dateline::annotate::tagger::{Model, tag_with_margins};
use dateline::text::sentence::sentences;
use dateline::text::token::tokenize;

use crate::data::Doc;
use crate::spans::{TYPES, normalise};

/// The share of spans that are right, in 1/255, by the bucket of their margin; it never falls as margins grow.
pub fn calibration(model: &Model<'_>, docs: &[Doc]) -> [u8; 16] {
    let mut counts = [(1usize, 2usize); 16];
    for doc in docs {
        let tokens = tokenize(&doc.text);
        let cuts = sentences(&doc.text, &tokens);
        for (span, margin) in tag_with_margins(model, &doc.text, &tokens, &cuts) {
            if TYPES.contains(&span.kind) {
                let (a, b) = normalise(&doc.text, span.start as usize, span.end as usize);
                let right =
                    doc.mentions.iter().any(|m| m.2 == span.kind && normalise(&doc.text, m.0, m.1) == (a, b));
                let cell = &mut counts[bucket(margin)];
                *cell = (cell.0 + usize::from(right), cell.1 + 1);
            }
        }
    }
    let mut floor = 0;
    std::array::from_fn(|at| {
        floor = floor.max((255 * counts[at].0 / counts[at].1) as u8);
        floor
    })
}
