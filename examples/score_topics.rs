//! The labelled sets enter; accuracy, precision, recall and speed of the topic tagger leave on standard output.
//!
//! `cargo run --release --example score_topics [-- verbose]`. Of `dev.jsonl` the odd lines are for tuning, the even
//! lines for testing; `blind.jsonl` was set aside before any cue was written; of `blind2.jsonl`
//! only the branch of the first topic is labelled.

#![expect(clippy::disallowed_methods, reason = "a measurement reads its own files")]

use std::collections::BTreeSet;
use std::time::Instant;

use dateline::annotate::topics::{Topic, build, tag};
use dateline::knowledge::topics::{TopicId, Topics, load};
use dateline::text::token::tokenize;

struct Case {
    title: String,
    text: String,
    topics: Vec<TopicId>,
}

#[derive(Default)]
struct Counts {
    right: usize,
    given: usize,
    wanted: usize,
}

impl Counts {
    fn add(&mut self, given: &BTreeSet<TopicId>, wanted: &BTreeSet<TopicId>) {
        self.right += given.intersection(wanted).count();
        self.given += given.len();
        self.wanted += wanted.len();
    }

    fn show(&self) -> String {
        let p = self.right as f64 / self.given.max(1) as f64;
        let r = self.right as f64 / self.wanted.max(1) as f64;
        format!("P {p:.3} R {r:.3} F1 {:.3}", 2.0 * p * r / (p + r).max(1e-9))
    }
}

fn main() {
    let verbose = std::env::args().nth(1);
    let topics = load();
    let tagger = build(&topics, &[]);
    println!("built in {:.2} ms", fastest(|| build(&topics, &[])) * 1e3);
    let dev = read("dev.jsonl");
    let half =
        |rest: usize| dev.iter().enumerate().filter(move |(at, _)| at % 2 == rest).map(|(_, case)| case);
    let (blind, hard) = (read("blind.jsonl"), read("blind2.jsonl"));
    let sets: [(&str, Vec<&Case>); 4] = [
        ("dev", half(0).collect()),
        ("test", half(1).collect()),
        ("blind", blind.iter().collect()),
        ("blind2", hard.iter().collect()),
    ];
    for (name, cases) in &sets {
        let (mut first, mut any, mut silent) = (0, 0, 0);
        let (mut tops, mut exact, mut wide) = (Counts::default(), Counts::default(), Counts::default());
        for case in cases {
            let found = tag(&tagger, &case.title, &case.text, &tokenize(&case.text), &[]);
            let ids: Vec<TopicId> = found
                .iter()
                .filter_map(|t| if let Topic::Media(id) = t.topic { Some(id) } else { None })
                .collect();
            let top = |id: &TopicId| topics.top(*id).map_or(*id, |t| t.id);
            let wanted = top(&case.topics[0]);
            let hit = ids.first().map(top) == Some(wanted);
            first += usize::from(hit);
            any += usize::from(ids.first().is_some_and(|id| case.topics.iter().any(|w| top(w) == top(id))));
            silent += usize::from(ids.is_empty());
            tops.add(&ids.iter().map(top).collect(), &case.topics.iter().map(top).collect());
            exact.add(&ids.iter().copied().collect(), &case.topics.iter().copied().collect());
            wide.add(&spread(&topics, &ids), &spread(&topics, &case.topics));
            if verbose.as_deref() == Some(*name) && !hit
                || verbose.as_deref() == Some("all") && *name == "dev"
            {
                println!("{} {}", if hit { "ok   " } else { "WRONG" }, case.title);
                println!("   wanted {}", labels(&topics, &case.topics));
                for found in &found {
                    let Topic::Media(id) = found.topic else { continue };
                    let cues: Vec<&str> = found.cues.iter().map(|cue| cue.phrase.as_str()).collect();
                    println!(
                        "   {} {:.2} {}: {}",
                        id.0,
                        found.score,
                        labels(&topics, &[id]),
                        cues.join(", ")
                    );
                }
            }
        }
        println!(
            "{name}: {} texts, first topic in the right branch {:.3} (in a wanted branch {:.3}), silent {silent}",
            cases.len(),
            first as f64 / cases.len().max(1) as f64,
            any as f64 / cases.len().max(1) as f64
        );
        println!("  branch {}; concept {}; concept with broader {}", tops.show(), exact.show(), wide.show());
    }
    speed(&tagger, &dev);
}

fn speed(tagger: &dateline::annotate::topics::Tagger, cases: &[Case]) {
    let text = cases.iter().map(|case| case.text.as_str()).collect::<Vec<_>>().join(" ");
    let tokens = tokenize(&text);
    let words = text.split_whitespace().count();
    let cut: Vec<_> = cases.iter().map(|case| tokenize(&case.text)).collect();
    let short = fastest(|| -> usize {
        let texts = cases.iter().zip(&cut);
        texts.map(|(case, tokens)| tag(tagger, &case.title, &case.text, tokens, &[]).len()).sum()
    });
    let long = fastest(|| tag(tagger, "", &text, &tokens, &[]).len());
    let rate = |seconds: f64| words as f64 / seconds / 1e6;
    println!(
        "{:.1} M words/s in texts of 90 words, {:.1} M words/s in one of {words}",
        rate(short),
        rate(long)
    );
}

/// Seconds of the quickest of many runs: the others share the machine with somebody.
fn fastest<T>(run: impl Fn() -> T) -> f64 {
    let times = (0..60).map(|_| {
        let started = Instant::now();
        std::hint::black_box(run());
        started.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

fn labels(topics: &Topics, ids: &[TopicId]) -> String {
    ids.iter().filter_map(|id| topics.get(*id)).map(|topic| topic.label).collect::<Vec<_>>().join(" | ")
}

fn spread(topics: &Topics, ids: &[TopicId]) -> BTreeSet<TopicId> {
    ids.iter().flat_map(|id| topics.path_up(*id)).map(|topic| topic.id).collect()
}

fn read(name: &str) -> Vec<Case> {
    let path = format!("{}/tests/topics/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("{path} is absent");
        return Vec::new();
    };
    let case = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        let ids = row["topics"].as_array()?.iter().filter_map(|id| TopicId::parse(id.as_str()?)).collect();
        Some(Case {
            title: row["title"].as_str()?.to_owned(),
            text: row["text"].as_str()?.to_owned(),
            topics: ids,
        })
    };
    file.lines().filter_map(case).filter(|case| !case.topics.is_empty()).collect()
}
