//! Any text as a line of a corpus, with a small registry: every span of the annotation stands in the text, and mentions
//! do not overlap.
//!
//!     cargo +nightly fuzz run annotate

#![no_main]

use std::sync::LazyLock;

use dateline::{
    annotate::{self, lexicon::Lexicon},
    model::{Article, config::Config},
    parse::{content, record},
    path::SourcePath,
};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let registry = "- {name: Ana Velde, kind: person, aliases: [Velde]}\n- {name: Jordan, kind: place}\n";
    let path = SourcePath::new("content/entities.yaml");
    let (item, _) = content::file(&path, registry.as_bytes(), &TimeZone::UTC);
    let (content, _) = content::collect([item].iter());
    annotate::lexicon(&content.entities, &[], &Config::default().annotate, "en")
});

fuzz_target!(|input: (bool, &str)| {
    let (english, text) = input;
    let mut line = String::from("{\"date\":\"2025-07-10\",\"title\":\"Ana Velde in Jordan\",\"text\":\"\"");
    if english {
        line.push_str(",\"lang\":\"en\"");
    }
    line.push('}');
    let Ok((record, _)) = record::record(&SourcePath::new("a"), 1, &line, &TimeZone::UTC) else { return };
    let article = Article { prose: record::plain(text.to_owned()), ..record.article };
    let annotation = annotate::annotate(&article, &LEXICON, annotate::prepare(&article, &LEXICON));
    let mentions = annotation.mentions.iter().flat_map(|m| [m.span, m.sentence]);
    let others = annotation.quotes.iter().map(|q| q.span).chain(annotation.dates.iter().map(|d| d.span));
    for span in mentions.chain(others).chain(annotation.key_sentences.iter().copied()) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
    assert!(annotation.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
});
