//! Any bytes under any name of a content file: parsing gives what it could read and faults whose places exist.
//!
//!     cargo +nightly fuzz run parse

#![no_main]

use dateline::{parse::content, path::SourcePath};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

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

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let path = SourcePath::new(NAMES[usize::from(*which) % NAMES.len()]);
    let (_, faults) = content::file(&path, bytes, &TimeZone::UTC);
    for place in faults.iter().filter_map(|fault| fault.place.as_ref()) {
        assert!(place.excerpt.get(place.mark.clone()).is_some(), "{place:?}");
    }
});
