//! A folder enters; the annotated files in it leave, in order.

use std::path::{Path, PathBuf};

/// The files of `folder` whose name begins with `prefix`, sorted, without the share-alike ones if `bysa` is false.
pub fn files(folder: &Path, prefix: &str, bysa: bool) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(prefix) && name.contains(".jsonl") && (bysa || !name.contains("-bysa"))
        })
        .collect();
    found.sort();
    found
}
