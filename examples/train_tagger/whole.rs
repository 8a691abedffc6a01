//! Sources and a recipe enter; the finished weights leave.
//!
//! 1. Word clusters and case habits from running text.
//! 2. Names and word lists from the knowledge tables and the lists by hand; classes of likeness from their list.
//! 3. Chunks of the training documents and of made-up wire copy, with the labels each source allows.
//! 4. Both stages of the model ([`stages`](crate::stages)), quantised; confidence from the development documents.
//! 5. That model reads news ([`taught`](crate::taught)), and all is trained once more, on this as well.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

use dateline::annotate::tagger::Model;
use dateline::annotate::tagger::lexicon::Lexicon;
use dateline::annotate::tagger::table::Table;

use crate::calibrate::calibration;
use crate::recipe::{Recipe, Sources};
use crate::stages::{Job, train};
use crate::{data, examples, likes, names, pack, stock, taught, words};

/// Running text from which a second training learns what a first one reads in it: the news of it.
const TAUGHT: &str = "wikinews";

/// Trains. The table of words is kept in `kept` between runs, if given.
pub fn weights(sources: &Sources, recipe: &Recipe, kept: Option<PathBuf>) -> Vec<u8> {
    let clock = Instant::now();
    let names = names::read(&sources.data.join("knowledge"), &sources.weights.join("lists"));
    let name_table = names::table(&names);
    let word_table = match kept.as_ref().and_then(|path| std::fs::read(path).ok()) {
        Some(bytes) => bytes,
        None => {
            let bytes = words::table(&running_text(sources, recipe), &names.words, recipe);
            if let Some(path) = kept {
                std::fs::write(path, &bytes).expect("a writable file");
            }
            bytes
        }
    };
    let (like_table, groups) = likes::table(&sources.weights.join("classes.txt"));
    let (w, n, l) = (word_table.len(), name_table.len(), like_table.len());
    println!("words {w} bytes, names {n} bytes, likeness {l} bytes, {:.0?}", clock.elapsed());
    let read = |bytes| Table::read(bytes).expect("a table").0;
    let lexicon = Lexicon {
        words: read(&word_table),
        names: read(&name_table),
        likes: read(&like_table),
        groups: &groups,
    };
    let stock = stock::stock(&names);
    let tables = [word_table.as_slice(), &name_table, &like_table].concat();
    let held = held(sources, recipe);
    let learn = |recipe: &Recipe, taught: &[data::Doc]| {
        let mut set = examples::build(sources, recipe, &lexicon, &stock, taught);
        println!("{} chunks, {} features, {:.0?}", set.examples.len(), set.keys.len(), clock.elapsed());
        let mut bytes = train(Job { set: &mut set, tables: &tables, recipe });
        let calibration = calibration(&Model::read(&bytes).expect("the weights just made"), &held);
        println!("calibration {calibration:?}, {:.0?}", clock.elapsed());
        pack::calibrate(&mut bytes, calibration);
        bytes
    };
    if recipe.get("taught") == 0 {
        return learn(recipe, &[]);
    }
    let teacher = learn(&recipe.teacher(), &[]);
    let mut files = sources.files("text", "");
    files.retain(|path| data::source(path).starts_with(TAUGHT));
    let model = Model::read(&teacher).expect("the weights just made");
    learn(recipe, &taught::documents(&model, &files, recipe.get("documents") as usize))
}

/// The development documents that tell how likely a span is right.
fn held(sources: &Sources, recipe: &Recipe) -> Vec<data::Doc> {
    let mut docs = Vec::new();
    for path in sources.files("ner", "dev-") {
        let name = data::source(&path);
        let step = if name == "gmb" { 4 } else { 1 };
        if !name.contains("crossner") {
            docs.extend(data::read(&path).into_iter().step_by(step).take(recipe.get("documents") as usize));
        }
    }
    docs
}

/// The record of a training: the hashes of the weights, of a small training with the same program, and of every file
/// that was read, one a line.
pub fn record(sources: &Sources, weights: &[u8]) -> String {
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex();
    let small = self::weights(sources, &Recipe::small(), None);
    let mut lines = vec![format!("weights\t{}", hash(weights)), format!("small\t{}", hash(&small))];
    for (name, path) in inputs(sources) {
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        lines.push(format!("{name}\t{}", hash(&bytes)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Every file that training reads, by its name below the folder of the data or of the weights.
fn inputs(sources: &Sources) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for table in names::TABLES {
        found.push(sources.data.join(format!("knowledge/{table}.tsv")));
    }
    found.extend(sources.files("ner", "train-"));
    found.extend(sources.files("ner", "dev-"));
    found.extend(sources.files("text", ""));
    found.push(sources.weights.join("classes.txt"));
    found.extend(names::lists(&sources.weights.join("lists")));
    let name = |path: &PathBuf| {
        let inner = path.strip_prefix(&sources.data).or(path.strip_prefix(&sources.weights));
        inner.unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    found.into_iter().map(|path| (name(&path), path)).collect()
}

/// Text for the clusters: all there is, without what is kept for development.
fn running_text(sources: &Sources, recipe: &Recipe) -> Vec<String> {
    let squeeze = |line: &str| line.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let hidden: HashSet<String> = data::read(&sources.data.join("ner/dev-gmb.jsonl"))
        .iter()
        .flat_map(|doc| doc.text.lines().map(squeeze).collect::<Vec<_>>())
        .collect();
    let mut texts = Vec::new();
    let limit = recipe.get("documents") as usize;
    for path in sources.files("text", "") {
        for line in data::lines(&path).into_iter().take(limit) {
            let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            let text = value["text"].as_str().unwrap_or_default();
            let kept: Vec<&str> = text.lines().filter(|line| !hidden.contains(&squeeze(line))).collect();
            texts.push(kept.join("\n"));
        }
    }
    for path in sources.files("ner", "train-") {
        if !data::source(&path).contains("gmb") {
            texts.extend(data::read(&path).into_iter().take(limit).map(|doc| doc.text));
        }
    }
    texts
}
