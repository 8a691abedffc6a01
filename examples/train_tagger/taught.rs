//! Running text and a trained model enter; the same text with the names that the model finds leaves.
//!
//! The model that reads has both decodings and sees whole documents; the one that learns from it has words, lists and
//! any feature hidden at times, so that it learns from the place of a name what the other knew from its spelling or from
//! another sentence. Doubtful names are kept: most of them are organisations, and without these it would learn that
//! organisations are rare.

use std::path::PathBuf;

use dateline::annotate::tagger::{Model, tag};
use dateline::text::sentence::sentences;
use dateline::text::token::tokenize;

use crate::data::{Doc, lines};

/// Reads at most `limit` documents of each of `files`.
pub fn documents(model: &Model<'_>, files: &[PathBuf], limit: usize) -> Vec<Doc> {
    let mut out: Vec<Doc> = Vec::new();
    for (number, line) in files.iter().flat_map(|path| lines(path).into_iter().take(limit)).enumerate() {
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let text = value["text"].as_str().unwrap_or_default().to_string();
        let tokens = tokenize(&text);
        let cuts = sentences(&text, &tokens);
        let spans = tag(model, &text, &tokens, &cuts);
        let mentions = spans.iter().map(|s| (s.start as usize, s.end as usize, s.kind)).collect();
        out.push(Doc { id: format!("taught-{number}"), text, mentions });
    }
    println!("{} documents read, {} names", out.len(), out.iter().map(|d| d.mentions.len()).sum::<usize>());
    out
}
