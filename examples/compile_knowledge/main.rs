//! Compiles the open part of `../shared/data/knowledge` into `data/knowledge/pack.bin`: facts only, in our own format.
//!
//! Run it from the root of the repository: `cargo run --release --example compile_knowledge`. The steps: 1. read the
//! rows whose licence allows it (`rows`), and bodies that no source has, written by hand (`institutions.tsv`); 2. mend them by written rules (`mend`); 3. join those that mean the same
//! (`join`); 4. read offices out of descriptions (`offices`); 5. list the names of each (`names`); 6. write (`write`).

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

mod join;
mod mend;
mod names;
mod offices;
mod rows;
mod weak;
mod write;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = root.join("../shared/data/knowledge");
    let mut rows = Vec::new();
    for file in rows::FILES {
        rows::read(&fs::read_to_string(source.join(file))?, &mut rows);
    }
    rows::read(include_str!("institutions.tsv"), &mut rows);
    mend::mend(&mut rows, include_str!("corrections.tsv"));
    let rows = join::join(rows);
    let pack = write::pack(&rows, include_str!("words.txt"));
    fs::write(root.join("data/knowledge/pack.bin"), &pack)?;
    fs::write(root.join("data/knowledge/NOTICE.md"), include_str!("notice.md"))?;
    println!("{} records, {} bytes", rows.len(), pack.len());
    Ok(())
}
