//! Annotated JSON lines enter; documents with byte ranges leave.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use dateline::annotate::tagger::NerKind;
use flate2::read::GzDecoder;
use serde_json::Value;

/// An annotated document.
#[derive(Clone, Debug)]
pub struct Doc {
    /// As in the file.
    pub id: String,
    /// The text.
    pub text: String,
    /// Byte ranges with their type.
    pub mentions: Vec<(usize, usize, NerKind)>,
}

/// The lines of a file, which may be gzipped.
pub fn lines(path: &Path) -> Vec<String> {
    let file = File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(reader).lines().map(|l| l.expect("UTF-8 text")).filter(|l| !l.trim().is_empty()).collect()
}

/// The documents of an annotated file. Offsets in code points become bytes.
pub fn read(path: &Path) -> Vec<Doc> {
    lines(path)
        .iter()
        .map(|line| {
            let value: Value = serde_json::from_str(line).expect("JSON");
            let text = value["text"].as_str().unwrap_or_default().to_string();
            let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            bytes.push(text.len());
            let at = |v: &Value| v.as_u64().and_then(|n| bytes.get(n as usize)).copied().unwrap_or(0);
            let mentions = value["mentions"].as_array().map_or(&[][..], Vec::as_slice);
            let mentions = mentions
                .iter()
                .filter_map(|m| {
                    let kind = match m["type"].as_str()? {
                        "PER" => NerKind::Person,
                        "LOC" => NerKind::Place,
                        "ORG" => NerKind::Organization,
                        "MISC" => NerKind::Misc,
                        "EVENT" => NerKind::Event,
                        _ => return None,
                    };
                    Some((at(&m["start"]), at(&m["end"]), kind))
                })
                .collect();
            Doc { id: value["id"].to_string(), text, mentions }
        })
        .collect()
}

/// The name of the source in a file name: `train-gum-bysa.jsonl` gives `gum-bysa`.
pub fn source(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.split(".jsonl").next().unwrap_or_default();
    name.trim_start_matches("train-").trim_start_matches("dev-").to_string()
}
