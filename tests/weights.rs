//! The record of the training → the embedded weights are those, and where the data is present, its files are those
//! and a small training with the same program gives the recorded bytes.
//!
//! The whole training takes minutes: `cargo run --release --example train_tagger target/tagger.bin`, then compare
//! with `data/weights/tagger.bin`.

#![expect(clippy::disallowed_methods, reason = "it reads the files of this repository and of the data")]

#[path = "../examples/train_tagger/calibrate.rs"]
mod calibrate;
#[path = "../examples/train_tagger/clusters.rs"]
mod clusters;
#[path = "../examples/train_tagger/crf.rs"]
mod crf;
#[path = "../examples/train_tagger/data.rs"]
mod data;
#[path = "../examples/train_tagger/examples.rs"]
mod examples;
#[path = "../examples/train_tagger/likes.rs"]
mod likes;
#[path = "../examples/train_tagger/names.rs"]
mod names;
#[path = "../examples/train_tagger/pack.rs"]
mod pack;
#[path = "../examples/train_tagger/plan.rs"]
mod plan;
#[path = "../examples/train_tagger/recipe.rs"]
mod recipe;
#[path = "../examples/train_tagger/spans.rs"]
mod spans;
#[path = "../examples/train_tagger/stages.rs"]
mod stages;
#[path = "../examples/train_tagger/stock.rs"]
mod stock;
#[path = "../examples/train_tagger/stories.rs"]
mod stories;
#[path = "../examples/train_tagger/taught.rs"]
mod taught;
#[path = "../examples/train_tagger/whole.rs"]
mod whole;
#[path = "../examples/train_tagger/wire.rs"]
mod wire;
#[path = "../examples/train_tagger/words.rs"]
mod words;
#[path = "../examples/train_tagger/worlds.rs"]
mod worlds;

use std::path::Path;

use dateline::annotate::tagger::Model;

use crate::recipe::Sources;

const RECORD: &str = include_str!("../data/weights/tagger.inputs.tsv");
const WEIGHTS: &[u8] = include_bytes!("../data/weights/tagger.bin");

#[test]
fn the_weights_are_those_of_the_record() {
    let hash = RECORD.lines().find_map(|line| line.strip_prefix("weights\t"));
    assert_eq!(hash, Some(blake3::hash(WEIGHTS).to_hex().as_str()));
    assert!(WEIGHTS.len() <= 4_000_000, "{} bytes", WEIGHTS.len());
    assert!(Model::read(WEIGHTS).is_some());
}

#[test]
fn the_record_can_be_made_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources {
        data: root.join("../shared/data"),
        weights: root.join("data/weights"),
        bysa: true,
        without: Vec::new(),
    };
    if !sources.data.join("ner").is_dir() {
        println!("skipped: {} is not there", sources.data.display());
        return;
    }
    let made = whole::record(&sources, WEIGHTS);
    let differ: Vec<&str> = made.lines().filter(|line| !RECORD.lines().any(|known| known == *line)).collect();
    assert!(differ.is_empty() && made.lines().count() == RECORD.lines().count(), "{differ:#?}");
}
