//! Measures the embedded pack: loading, the walk over running text, lookups, decoding. Run it in release.
//!
//! The text is what the arguments name, else a made-up paragraph.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

use std::hint::black_box;
use std::time::Instant;

use dateline::knowledge::{fold, load, record::KnowledgeId};

const TEXT: &str = "The talks in Vienna ended without a deal on Tuesday as negotiators from Iran and the European Union \
    failed to agree on the pace at which sanctions would be lifted. Officials in Washington said the United States \
    was prepared to return next week. Shares fell in Tokyo and New York, and the World Bank warned that growth in \
    South Africa would slow while farmers waited for rain that never came to the valley below the old town.";

fn main() {
    let texts: Vec<String> =
        std::env::args().skip(1).filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let text = if texts.is_empty() { TEXT.to_owned() } else { texts.join("\n") };
    let start = Instant::now();
    let knowledge = load();
    println!("load: {:?}", start.elapsed());
    let folded: Vec<String> = text
        .split_whitespace()
        .map(|word| fold::fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|word| !word.is_empty())
        .collect();
    let tokens: Vec<&str> = folded.iter().map(String::as_str).collect();
    let rounds = 1 + 1_000_000 / tokens.len();
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..rounds {
        for at in 0..tokens.len() {
            found += usize::from(black_box(knowledge.longest(&tokens, at)).is_some());
        }
    }
    let each = start.elapsed().as_nanos() as f64 / (rounds * tokens.len()) as f64;
    println!(
        "longest: {each:.1} ns a token over {} tokens, {} of them start a name",
        tokens.len(),
        found / rounds
    );
    let start = Instant::now();
    for id in 0..knowledge.count() {
        black_box(knowledge.record(KnowledgeId(id)));
    }
    let each = start.elapsed().as_nanos() as f64 / f64::from(knowledge.count());
    println!("record: {each:.1} ns");
    let slugs: Vec<String> = (0..knowledge.count()).map(|id| knowledge.slug(KnowledgeId(id))).collect();
    let start = Instant::now();
    for slug in slugs.iter().step_by(10) {
        black_box(knowledge.by_slug(slug));
    }
    let each = start.elapsed().as_nanos() as f64 / (slugs.len() / 10) as f64;
    println!("by_slug: {each:.1} ns");
    let start = Instant::now();
    black_box(text.split_whitespace().map(fold::fold).map(|word| word.len()).sum::<usize>());
    println!("fold: {:.1} ns a token", start.elapsed().as_nanos() as f64 / tokens.len() as f64);
}
