//! The memo on disk: values by 16-byte key, in one file that is written whole or not at all.
//!
//! A cache that cannot be read is an empty cache, and one that cannot be written is not written: it only saves time.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use rustc_hash::FxHashMap;

/// First bytes of the file; another version is another file.
const MAGIC: &[u8; 8] = b"DLMEMO04";

pub type Key = [u8; 16];

/// Reads all values.
pub fn load(path: &Path) -> FxHashMap<Key, Vec<u8>> {
    fs::read(path).ok().and_then(|bytes| parse(&bytes)).unwrap_or_default()
}

fn parse(bytes: &[u8]) -> Option<FxHashMap<Key, Vec<u8>>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut values = FxHashMap::default();
    while !rest.is_empty() {
        let (key, tail) = rest.split_first_chunk::<16>()?;
        let (length, tail) = tail.split_first_chunk::<4>()?;
        let (value, tail) = tail.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        values.insert(*key, value.to_vec());
        rest = tail;
    }
    Some(values)
}

/// Writes all values, in the order of their keys, one by one: `encode` appends the bytes of a value, and says whether
/// it could.
pub fn save<T>(path: &Path, mut values: Vec<(Key, T)>, encode: impl Fn(&T, &mut Vec<u8>) -> bool) {
    values.sort_unstable_by_key(|(key, _)| *key);
    let temporary = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = BufWriter::new(File::create(&temporary)?);
        out.write_all(MAGIC)?;
        let mut bytes = Vec::new();
        for (key, value) in &values {
            bytes.clear();
            if encode(value, &mut bytes) {
                out.write_all(key)?;
                out.write_all(&(bytes.len() as u32).to_le_bytes())?;
                out.write_all(&bytes)?;
            }
        }
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        fs::rename(&temporary, path)
    };
    let _ = write();
}

/// Writes a file of the memo, whole or not at all; says whether it could.
pub fn put(path: &Path, bytes: &[u8]) -> bool {
    let Some(folder) = path.parent() else { return false };
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().is_ok()
}

/// Names of the files of a folder of the memo.
pub fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Whether there is such a file.
pub fn has(path: &Path) -> bool {
    path.is_file()
}

/// Removes all files of a folder of the memo but those of these names.
pub fn keep_only(folder: &Path, names: &BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        if !names.contains(&*entry.file_name().to_string_lossy()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded_and_damage_is_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.bin");
        assert!(load(&path).is_empty());
        save(&path, vec![([2; 16], &b""[..]), ([1; 16], &b"one"[..])], |value, out| {
            out.extend_from_slice(value);
            true
        });
        let values = load(&path);
        assert_eq!((values[&[1; 16]].as_slice(), values[&[2; 16]].as_slice()), (&b"one"[..], &b""[..]));
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert!(load(&path).is_empty());
    }
}
