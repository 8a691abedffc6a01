//! `data/topics/cues.tsv` enters; `data/topics/cues.bin` leaves, as `annotate::topics` embeds it.
//!
//! Run it after every change of the table: `cargo run --example compile_cues`.

#![expect(clippy::disallowed_methods, reason = "a generator reads and writes its own files")]

use dateline::annotate::topics::compile;

fn main() -> Result<(), String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/topics");
    let table = std::fs::read_to_string(format!("{folder}/cues.tsv")).map_err(|fault| fault.to_string())?;
    let bytes = compile(&table).map_err(|line| format!("`cues.tsv`, line {line}: not a cue"))?;
    println!("{} bytes", bytes.len());
    std::fs::write(format!("{folder}/cues.bin"), bytes).map_err(|fault| fault.to_string())
}
