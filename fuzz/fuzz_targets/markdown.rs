//! Any Markdown: every span of the prose stands in its text, and blocks follow each other.
//!
//!     cargo +nightly fuzz run markdown

#![no_main]

use dateline::{parse::markdown::markdown, path::SourcePath};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (prose, _) = markdown(&SourcePath::new("content/a.md"), text, 0..text.len());
    let marks = prose.marks.iter().map(|mark| mark.span);
    for span in prose.blocks.iter().map(|b| b.span).chain(prose.masks.iter().copied()).chain(marks) {
        assert!(prose.text.get(span.range()).is_some(), "{span:?}");
    }
    assert!(prose.blocks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
});
