//! What holds for any input, shared by the fuzz targets and by `tests/mutated.rs`, which runs on a stable compiler.

use std::sync::LazyLock;

use dateline::{
    annotate::{self, lexicon::Lexicon},
    model::{Article, config::Config},
    parse::{content, markdown::markdown, record},
    path::SourcePath,
};
use jiff::tz::TimeZone;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let registry = "- {name: Ana Velde, kind: person, aliases: [Velde]}\n- {name: Jordan, kind: place}\n";
    let path = SourcePath::new("content/entities.yaml");
    let (item, _) = content::file(&path, registry.as_bytes(), &TimeZone::UTC);
    let (content, _) = content::collect([item].iter());
    annotate::lexicon(&content.entities, &[], &Config::default().annotate, "en")
});

/// Any text as a line of a corpus, with a small registry: every span of the annotation stands in the text, and mentions
/// do not overlap.
pub fn annotated(english: bool, text: &str) {
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
}

/// Any Markdown: every span of the prose stands in its text, and blocks follow each other.
pub fn marked_up(text: &str) {
    let (prose, _) = markdown(&SourcePath::new("content/a.md"), text, 0..text.len());
    let marks = prose.marks.iter().map(|mark| mark.span);
    for span in prose.blocks.iter().map(|b| b.span).chain(prose.masks.iter().copied()).chain(marks) {
        assert!(prose.text.get(span.range()).is_some(), "{span:?}");
    }
    assert!(prose.blocks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
}

const NAMES: [&str; 8] = [
    "content/a.txt",
    "content/a.md",
    "content/entities.yaml",
    "content/entities/a.md",
    "content/topics.yaml",
    "content/stories/a.md",
    "content/pages/a.md",
    "content/world/_index.md",
];

/// Any bytes under any name of a content file: parsing gives what it could read and faults whose places exist.
pub fn parsed(which: u8, bytes: &[u8]) {
    let path = SourcePath::new(NAMES[usize::from(which) % NAMES.len()]);
    let (_, faults) = content::file(&path, bytes, &TimeZone::UTC);
    for place in faults.iter().filter_map(|fault| fault.place.as_ref()) {
        assert!(place.excerpt.get(place.mark.clone()).is_some(), "{place:?}");
    }
}
