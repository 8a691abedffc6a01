//! What was published last, kept beside the site in `.dateline/published.json`: one entry for each address.
//!
//! The workflow keeps this file from run to run. It is no part of the cache, so `dateline clean` leaves it; when it is
//! lost or cannot be read, Git's history answers as far as it reaches (`history`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    disk::{folder, read},
    path::SourcePath,
    publish::Error,
};

/// A correction that readers see, and the article that carries it. The text is blind to line breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seen {
    pub path: SourcePath,
    pub text: String,
}

/// One publication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The commit on the branch of pages; absent for a folder that was handed on.
    pub commit: Option<String>,
    pub corrections: BTreeSet<Seen>,
    /// Those of pieces that had expired then: they may go, and take over from none.
    #[serde(default)]
    pub expired: BTreeSet<Seen>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Records {
    /// By `base_url`: what is shown at a rehearsal is not what readers have seen.
    sites: BTreeMap<String, Record>,
}

fn file(root: &Path) -> PathBuf {
    root.join(".dateline/published.json")
}

fn records(root: &Path) -> Records {
    let bytes = read::optional(&file(root)).ok().flatten().unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The last publication at this address, when it is remembered.
pub fn load(root: &Path, base_url: &str) -> Option<Record> {
    records(root).sites.remove(base_url)
}

/// Remembers a publication.
///
/// # Errors
/// When the file cannot be written.
pub fn save(root: &Path, base_url: &str, record: Record) -> Result<(), Error> {
    let path = file(root);
    let mut all = records(root);
    all.sites.insert(base_url.to_owned(), record);
    let disk = |source| Error::Disk { path: path.clone(), source };
    let mut bytes = serde_json::to_vec_pretty(&all).map_err(|error| disk(error.into()))?;
    bytes.push(b'\n');
    folder::write(&path, &bytes).map_err(disk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_own_and_damage_is_as_good_as_none() {
        let dir = tempfile::tempdir().unwrap();
        let record = |text: &str| Record {
            commit: None,
            corrections: [Seen { path: SourcePath::new("content/a.md"), text: text.into() }].into(),
            expired: BTreeSet::new(),
        };
        assert_eq!(load(dir.path(), "https://a/"), None);
        save(dir.path(), "https://a/", record("one")).unwrap();
        save(dir.path(), "https://b/", record("two")).unwrap();
        save(dir.path(), "https://b/", record("three")).unwrap();
        assert_eq!(load(dir.path(), "https://a/"), Some(record("one")));
        assert_eq!(load(dir.path(), "https://b/"), Some(record("three")));
        folder::write(&file(dir.path()), b"{ \"sites\":").unwrap();
        assert_eq!(load(dir.path(), "https://a/"), None);
    }
}
