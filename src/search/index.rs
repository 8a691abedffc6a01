//! The records of a shard → the files of its index, by Pagefind's library.

use std::collections::BTreeMap;

use pagefind::{api::PagefindIndex, options::PagefindServiceConfig};
use serde::{Deserialize, Serialize};

use crate::search::records::Shard;

/// A file of an index, its name below the folder of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The index could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the search index could not be made: {0}")]
pub struct Error(String);

/// Makes the index of a shard; its files are in the order of their names.
///
/// Records are added one after another, in their order: what Pagefind writes depends on nothing else.
///
/// # Errors
/// When no async runtime can be started, or Pagefind refuses a record.
pub fn index(shard: &Shard) -> Result<Vec<File>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|e| Error(e.to_string()))?;
    let files = runtime.block_on(async {
        let config =
            PagefindServiceConfig::builder().keep_index_url(true).force_language(shard.tag.clone()).build();
        let mut index = PagefindIndex::new(Some(config))?;
        for record in &shard.records {
            let text = |(key, value): &(&'static str, String)| ((*key).to_owned(), value.clone());
            let meta: BTreeMap<String, String> = record.meta.iter().map(text).collect();
            let sort: BTreeMap<String, String> = record.sort.iter().map(text).collect();
            let filters =
                record.filters.iter().map(|(key, values)| ((*key).to_owned(), values.clone())).collect();
            index
                .add_custom_record(
                    record.url.clone(),
                    record.content.clone(),
                    shard.tag.clone(),
                    Some(meta),
                    Some(filters),
                    Some(sort),
                )
                .await?;
        }
        index.get_files().await
    });
    // anyhow's error stays inside: its whole chain in one line.
    let files = files.map_err(|e| Error(format!("{e:#}")))?;
    let mut files: Vec<File> = files
        .into_iter()
        .map(|file| File { name: file.filename.to_string_lossy().replace('\\', "/"), bytes: file.contents })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}
