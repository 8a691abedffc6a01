//! Stamps the program with a hash of the rules and data that annotations come from, so that what another version has
//! worked out is never taken for this one's.

#![expect(clippy::disallowed_methods, reason = "a build script stands outside the house")]

use std::{fs, path::Path};

fn main() {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for folder in ["src/annotate", "src/text", "src/knowledge", "src/parse", "src/model", "data"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash);
    }
    println!("cargo::rustc-env=DATELINE_RULES={hash:016x}");
}

/// Adds the names and bytes of all files below a folder, in order (FNV-1a, 64 bits).
fn add(path: &Path, hash: &mut u64) {
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| add(entry, hash));
        return;
    }
    let name = path.to_string_lossy().replace('\\', "/");
    for byte in name.bytes().chain(fs::read(path).unwrap_or_default()) {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}
