//! What a reader sees → the files of a search index, made by Pagefind.
//!
//! 1. [`records::shards`]: one record for each article, entity, topic, story and page, in shards by language; articles
//!    from the oldest, so that a shard that is full changes only when one of its articles does.
//! 2. [`index::index`]: a shard → its files. The only dear step, and the one that `pipeline` memoises by
//!    [`records::Shard::key`]. Same records, same bytes.
//! 3. [`bundle`]: the files of all shards, once those that they share, and the entry that lists them.
//!
//! A shard is a language to Pagefind (`en-x-a0`: English, private subtag `a0`), since a bundle has one index for each
//! language; the search page opens those that there are and merges what they find.

pub mod index;
pub mod records;

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};

pub use index::{Error, File};
pub use records::{Record, Shard};

/// Folder of the bundle, below the output.
pub const FOLDER: &str = "search/index/";
/// The script of the search page, below the output.
pub const SCRIPT: (&str, &str) = ("search/search.js", include_str!("search.js"));

/// Files that are the same in every shard.
const SHARED: [&str; 3] = ["pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"];
/// What says which indexes there are.
const ENTRY: &str = "pagefind-entry.json";

/// The files of the whole index by path below the output. `shards` are those of the shards, in their order.
pub fn bundle(shards: &[(&Shard, Arc<Vec<File>>)]) -> BTreeMap<String, Bytes> {
    let mut files = BTreeMap::new();
    let mut languages = Map::new();
    let mut entry = json!({});
    for (shard, made) in shards {
        let wasm = format!("wasm.{}.pagefind", shard.tag);
        for (i, file) in made.iter().enumerate() {
            let bytes = || Bytes { files: made.clone(), index: i };
            if file.name == ENTRY {
                entry = serde_json::from_slice(&file.bytes).unwrap_or(Value::Null);
                for (tag, mut value) in entry["languages"].as_object().cloned().unwrap_or_default() {
                    if value["wasm"].is_string() {
                        value["wasm"] = json!(shard.language);
                    }
                    languages.insert(tag, value);
                }
            } else if file.name == wasm {
                files.entry(format!("{FOLDER}wasm.{}.pagefind", shard.language)).or_insert_with(bytes);
            } else if SHARED.contains(&&*file.name)
                || file.name.contains('/')
                || file.name.ends_with(".pf_meta")
            {
                files.entry(format!("{FOLDER}{}", file.name)).or_insert_with(bytes);
            }
            // The rest are interfaces of Pagefind's own, which no page of ours loads.
        }
    }
    if entry.is_object() && !languages.is_empty() {
        entry["languages"] = Value::Object(languages);
        let made = File { name: ENTRY.to_owned(), bytes: entry.to_string().into_bytes() };
        files.insert(format!("{FOLDER}{ENTRY}"), Bytes { files: Arc::new(vec![made]), index: 0 });
    }
    files
}

/// The bytes of one file of a shard, shared.
#[derive(Clone, Debug)]
pub struct Bytes {
    files: Arc<Vec<File>>,
    index: usize,
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.files[self.index].bytes
    }
}
