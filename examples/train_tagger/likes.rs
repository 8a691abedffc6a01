//! The list of words that are used alike enters; its table leaves.

use std::path::Path;

use dateline::annotate::tagger::table::{hash, write};
use dateline::text::fold::fold;

/// Reads `classes.txt` (see `vectors`); returns the table of words with the groups of their classes, and the groups.
pub fn table(path: &Path) -> (Vec<u8>, Vec<[u8; 2]>) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut groups = vec![[0, 0]];
    let mut entries: Vec<(u64, Vec<u8>)> = Vec::new();
    for (line, class) in text.lines().zip(1u16..) {
        let mut words = line.split(' ');
        let mut group = || words.next().and_then(|n| n.parse().ok()).expect("the group of a class");
        groups.push([group(), group()]);
        entries.extend(words.map(|word| (hash(fold(word).as_bytes()), class.to_le_bytes().to_vec())));
    }
    let mut out = write(&entries, 16).expect("a table of likeness");
    out.extend((groups.len() as u16).to_le_bytes());
    out.extend(groups.iter().flatten());
    (out, groups)
}
