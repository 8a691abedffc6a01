//! Builds the weights of the tagger from annotated documents, running text and lists of names.
//!
//!     train_tagger OUT [--no-bysa] [--data ../shared/data] [--lists data/weights/lists] [--words FILE] [--eval] ...
//!
//! 1. Word clusters and case habits from running text (kept in `--words FILE` between runs, if given).
//! 2. Names and word lists from the knowledge tables and the lists by hand.
//! 3. Chunks of the training documents, with the labels each source allows.
//! 4. Both stages of the model ([`stages`]), quantised; confidence from the development documents; the file.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

mod calibrate;
mod clusters;
mod crf;
mod data;
mod examples;
mod files;
mod names;
mod pack;
mod plan;
mod score;
mod stages;
mod words;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use dateline::annotate::tagger::Model;
use dateline::annotate::tagger::lexicon::Lexicon;
use dateline::annotate::tagger::table::Table;

use crate::stages::Job;

/// The value that follows `name` in the arguments.
fn option(name: &str) -> Option<String> {
    let args: Vec<String> = std::env::args().collect();
    args.iter().position(|a| a == name).and_then(|at| args.get(at + 1)).cloned()
}

fn number(name: &str, default: i64) -> i64 {
    option(name).and_then(|v| v.parse().ok()).unwrap_or(default)
}

fn flag(name: &str) -> bool {
    std::env::args().any(|a| a == name)
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = option("--data").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let lists = option("--lists").map_or_else(|| root.join("data/weights/lists"), PathBuf::from);
    let out = std::env::args().nth(1).filter(|a| !a.starts_with("--")).expect("the file to write");
    let bysa = !flag("--no-bysa");
    let clock = Instant::now();

    let names = names::read(&data.join("knowledge"), &lists);
    let name_table = names::table(&names);
    let kept = option("--words").map(PathBuf::from);
    let word_table = match kept.as_ref().and_then(|path| std::fs::read(path).ok()) {
        Some(bytes) => bytes,
        None => {
            let plan = words::Plan {
                fine: number("--fine", 500) as usize,
                coarse: number("--coarse", 80) as usize,
                rounds: number("--rounds", 8) as usize,
            };
            let bytes = words::table(&running_text(&data, bysa), &names.words, &plan);
            if let Some(path) = kept {
                std::fs::write(path, &bytes).expect("a writable file");
            }
            bytes
        }
    };
    println!("words {} bytes, names {} bytes, {:.0?}", word_table.len(), name_table.len(), clock.elapsed());
    let read = |bytes| Table::read(bytes).expect("a table").0;
    let lexicon = Lexicon { words: read(&word_table), names: read(&name_table) };

    let plan = examples::Plan {
        minimum: number("--min", 2) as u32,
        silver: number("--silver", 2) as i32,
        clean: number("--clean", 4) as i32,
        crossner: number("--crossner", 3) as i32,
        cased: number("--cased", 12) as u32,
    };
    let set = examples::build(&data.join("ner"), bysa, &lexicon, &plan);
    println!("{} chunks, {} features, {:.0?}", set.examples.len(), set.keys.len(), clock.elapsed());
    let job = Job { set: &set, words: &word_table, names: &name_table };
    if flag("--cross") {
        let mut held: Vec<(String, score::Counts)> = Vec::new();
        for fold in 0..number("--folds", examples::FOLDS as i64) as usize {
            let bytes = job.train(&|example| example.fold != fold);
            let model = Model::read(&bytes).expect("the weights just made");
            for (_, name, doc) in set.held.iter().filter(|h| h.0 == fold) {
                held.push((name.clone(), score::score(&model, std::slice::from_ref(doc), flag("--errors"))));
            }
        }
        score::summary(&held);
        println!("{:.0?}", clock.elapsed());
        return;
    }
    let mut bytes = job.train(&|_| true);
    let calibration = {
        let model = Model::read(&bytes).expect("the weights just made");
        let mut docs: Vec<data::Doc> = Vec::new();
        for path in files::files(&data.join("ner"), "dev-", true) {
            let name = data::source(&path);
            let step = if name == "gmb" { 4 } else { 1 };
            if !name.contains("crossner") {
                docs.extend(data::read(&path).into_iter().step_by(step));
            }
        }
        calibrate::calibration(&model, &docs)
    };
    println!("calibration {calibration:?}");
    pack::calibrate(&mut bytes, calibration);
    std::fs::write(&out, &bytes).expect("a writable file");
    println!("{} bytes written, {:.0?}", bytes.len(), clock.elapsed());

    let model = Model::read(&bytes).expect("the weights just made");
    if flag("--eval") {
        show(&model, &data.join("ner"), "dev-");
    }
    if flag("--final") {
        show(&model, &data.join("ner/eval"), "");
    }
}

fn show(model: &Model<'_>, folder: &Path, prefix: &str) {
    let mut counts = Vec::new();
    for path in files::files(folder, prefix, true) {
        let name = data::source(&path);
        let errors = option("--errors").is_some_and(|wanted| wanted.split(',').any(|w| w == name));
        counts.push((name, score::score(model, &data::read(&path), errors)));
    }
    score::summary(&counts);
}

/// Text for the clusters: all there is, without what is kept for development.
fn running_text(data: &Path, bysa: bool) -> Vec<String> {
    let squeeze = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let hidden: HashSet<String> = data::read(&data.join("ner/dev-gmb.jsonl"))
        .iter()
        .flat_map(|doc| doc.text.lines().map(squeeze).collect::<Vec<_>>())
        .collect();
    let mut texts = Vec::new();
    for path in files::files(&data.join("text"), "", true) {
        for line in data::lines(&path) {
            let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            let text = value["text"].as_str().unwrap_or_default();
            let kept: Vec<&str> = text.lines().filter(|line| !hidden.contains(&squeeze(line))).collect();
            texts.push(kept.join("\n"));
        }
    }
    for path in files::files(&data.join("ner"), "train-", bysa) {
        if !data::source(&path).contains("gmb") {
            texts.extend(data::read(&path).into_iter().map(|doc| doc.text));
        }
    }
    texts
}
