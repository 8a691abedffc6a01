//! Prints how the tagger does on annotated files, counted as their own scorer does, and how fast it is.
//!
//!     score_tagger [--whole | --weights FILE] [--errors] [--write FOLDER] [FILE.jsonl[.gz]]...
//!
//! Without files it takes the evaluation files of the training data. `--whole` scores all names that the annotator gives,
//! published or held back, with an empty registry: what `dateline annotate --format jsonl` has as `mentions`.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

#[path = "train_tagger/data.rs"]
mod data;
#[path = "train_tagger/score.rs"]
mod score;
#[path = "train_tagger/spans.rs"]
mod spans;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use dateline::annotate;
use dateline::annotate::lexicon::Lexicon;
use dateline::annotate::tagger::{Model, NerKind, tag};
use dateline::model::{EntityKind, Evidence, config::Config};
use dateline::parse::record::record;
use dateline::path::SourcePath;
use dateline::text::sentence::sentences;
use dateline::text::token::tokenize;
use jiff::tz::TimeZone;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/weights/tagger.bin");
    let (mut errors, mut whole, mut out, mut files) = (false, false, None, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--weights" => weights = args.next().map(PathBuf::from).expect("a file"),
            "--write" => out = args.next().map(PathBuf::from),
            "--errors" => errors = true,
            "--whole" => whole = true,
            _ => files.push(PathBuf::from(arg)),
        }
    }
    if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ner/eval");
        let known = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        files.extend(known.filter_map(|entry| entry.ok().map(|e| e.path())));
        files.sort();
    }
    let bytes = std::fs::read(&weights).unwrap_or_else(|e| panic!("{}: {e}", weights.display()));
    let clock = Instant::now();
    let model = Model::read(&bytes).expect("weights of this version");
    println!("weights read in {:.1?}", clock.elapsed());
    let mut counts = Vec::new();
    for file in &files {
        let docs = data::read(file);
        if whole {
            counts.push((data::source(file), score::counts(&docs, mentions, errors)));
            continue;
        }
        counts.push((data::source(file), score::score(&model, &docs, errors)));
        speed(&model, &docs);
        if let Some(folder) = &out {
            write(&model, &docs, &folder.join(file.file_name().unwrap_or_default()));
        }
    }
    score::summary(&counts);
}

/// The names that the annotator gives.
fn mentions(text: &str) -> Vec<(usize, usize, NerKind)> {
    static LEXICON: LazyLock<Lexicon> =
        LazyLock::new(|| annotate::lexicon(&[], &[], &Config::default().annotate, "en"));
    let line = serde_json::json!({ "text": text }).to_string();
    let (record, _) = record(&SourcePath::new("text.jsonl"), 1, &line, &TimeZone::UTC).expect("a text");
    let annotation =
        annotate::annotate(&record.article, &LEXICON, annotate::prepare(&record.article, &LEXICON));
    let names = annotation.mentions.iter().filter(|m| !matches!(m.evidence, Evidence::Demonym { .. }));
    let kind = |kind: EntityKind| match kind {
        EntityKind::Person => NerKind::Person,
        EntityKind::Place => NerKind::Place,
        EntityKind::Organization => NerKind::Organization,
        EntityKind::Event => NerKind::Event,
        EntityKind::Work | EntityKind::Law => NerKind::Misc,
    };
    names.map(|m| (m.span.start as usize, m.span.end as usize, kind(m.kind))).collect()
}

/// Tags everything until two seconds are over and prints words per second of processor time, where that can be told.
fn speed(model: &Model<'_>, docs: &[data::Doc]) {
    let words: usize = docs.iter().map(|d| d.text.split_whitespace().count()).sum();
    let cut: Vec<_> = docs
        .iter()
        .map(|doc| {
            let tokens = tokenize(&doc.text);
            let cuts = sentences(&doc.text, &tokens);
            (doc, tokens, cuts)
        })
        .collect();
    let clock = Instant::now();
    let now = || processor_time().unwrap_or_else(|| clock.elapsed().as_secs_f64());
    let (mut rounds, start) = (0, now());
    while now() - start < 2.0 {
        for (doc, tokens, cuts) in &cut {
            std::hint::black_box(tag(model, &doc.text, tokens, cuts));
        }
        rounds += 1;
    }
    println!("tagging alone: {:.0} words/s", (words * rounds) as f64 / (now() - start));
}

/// Seconds of processor time that this process has used, from `/proc`, in steps of a hundredth.
fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / 100.0)
}

/// Writes predictions in the form that the data's own scorer reads.
fn write(model: &Model<'_>, docs: &[data::Doc], path: &Path) {
    let mut file = std::fs::File::create(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    for doc in docs {
        let tokens = tokenize(&doc.text);
        let cuts = sentences(&doc.text, &tokens);
        let points = |byte: u32| doc.text[..byte as usize].chars().count();
        let mentions: Vec<serde_json::Value> = tag(model, &doc.text, &tokens, &cuts)
            .iter()
            .map(|s| {
                let kind = match s.kind {
                    NerKind::Person => "PER",
                    NerKind::Place => "LOC",
                    NerKind::Organization => "ORG",
                    NerKind::Misc => "MISC",
                    NerKind::Event => "EVENT",
                };
                serde_json::json!({"start": points(s.start), "end": points(s.end), "type": kind})
            })
            .collect();
        let id: serde_json::Value = serde_json::from_str(&doc.id).unwrap_or_default();
        writeln!(file, "{}", serde_json::json!({"id": id, "mentions": mentions})).expect("a writable file");
    }
}
