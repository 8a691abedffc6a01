//! Hostile texts are annotated to the end, and what is allocated for them grows with their length, not its square.
//!
//! Time is not measured here, since other work may take it: `cargo bench --bench annotate -- growth` does. What is counted
//! is every byte that is allocated on the way, which is the same in every run.

mod shapes;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

use dateline::{
    annotate::{self, lexicon::Lexicon},
    model::{Annotation, Article, config::Config},
    parse::{content, record},
    path::SourcePath,
};
use jiff::tz::TimeZone;
use proptest::prelude::{ProptestConfig, proptest};
use shapes::SHAPES;

thread_local! {
    static BYTES: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, and a count of what each thread has asked it for.
struct Counting;

// SAFETY: everything is the system allocator's; the count is a plain cell without a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + layout.size() as u64));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn lexicon() -> Lexicon {
    let registry = "- {name: Ana Velde, kind: person, aliases: [Velde]}\n- {name: Jordan, kind: place}\n\
                    - {name: Jane Example, kind: person}\n- {name: Jane Sample, kind: person, aliases: [Jane Example]}\n";
    let path = SourcePath::new("content/entities.yaml");
    let (item, faults) = content::file(&path, registry.as_bytes(), &TimeZone::UTC);
    assert!(faults.is_empty(), "{faults:?}");
    let (content, _) = content::collect([item].iter());
    annotate::lexicon(&content.entities, &[], &Config::default().annotate, "en")
}

fn article(text: String) -> Article {
    let line = "{\"text\":\"\",\"date\":\"2025-07-10\",\"lang\":\"en\",\"title\":\"Jane Example in Jordan\"}";
    let (record, _) = record::record(&SourcePath::new("a"), 1, line, &TimeZone::UTC).expect("a line");
    Article { prose: record::plain(text), ..record.article }
}

fn run(lexicon: &Lexicon, article: &Article) -> Annotation {
    annotate::annotate(article, lexicon, annotate::prepare(article, lexicon))
}

/// Whether every span stands in the text and mentions follow each other.
fn sound(text: &str, annotation: &Annotation) {
    let mentions = annotation.mentions.iter().flat_map(|m| [m.span, m.sentence]);
    let quotes = annotation.quotes.iter().map(|q| q.span);
    let dates = annotation.dates.iter().flat_map(|d| [d.span, d.sentence]);
    for span in mentions.chain(quotes).chain(dates).chain(annotation.key_sentences.iter().copied()) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
    assert!(annotation.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
}

#[test]
fn hostile_texts_take_memory_in_proportion() {
    let lexicon = lexicon();
    let spent = |article: &Article| {
        let before = BYTES.get();
        let annotation = run(&lexicon, article);
        sound(&article.prose.text, &annotation);
        BYTES.get() - before
    };
    for (name, shape) in SHAPES {
        let (small, large) = (article(shape(4_000)), article(shape(16_000)));
        spent(&small);
        let (small, large) = (spent(&small), spent(&large));
        // Tables that grow by doubling may be one doubling apart; four times the text never takes nine times the memory.
        assert!(large <= small * 9, "{name}: {small} bytes for 4 kB, {large} for 16 kB");
    }
}

#[test]
fn enormous_texts_end() {
    let lexicon = lexicon();
    for (name, text) in [
        ("no space", "a".repeat(10 << 20)),
        ("capitals", "A".repeat(1_000_000)),
        ("marks", "\"".repeat(1_000_000)),
    ] {
        let article = article(text);
        let annotation = run(&lexicon, &article);
        sound(&article.prose.text, &annotation);
        assert!(annotation.mentions.len() < 3, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_of_hostile_pieces_are_annotated(
        pieces in proptest::collection::vec((0..SHAPES.len(), 1usize..60), 1..12), any in "\\PC{0,40}"
    ) {
        use std::sync::LazyLock;
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
        let mut text = any;
        for (which, size) in pieces {
            text.push_str(&SHAPES[which].1(size));
        }
        let article = article(text);
        sound(&article.prose.text, &run(&LEXICON, &article));
    }
}
