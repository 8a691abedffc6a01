//! The search index as part of a site: made beside the pages, or on the first request for it, and remembered.
//!
//! A build knows the index by the keys of its shards. The same keys, and files in the output that bear the names and
//! lengths of last time: nothing is read and nothing made. Otherwise each shard comes from the cache or is made anew.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    disk::{
        cache::{self, Key},
        write::Writer,
    },
    model::{PageKind, site::Site},
    pipeline::{Built, Error, Options},
    search::{self, Bytes, File, Shard},
};

/// Shards in memory, by key.
pub(super) type Known = Arc<Mutex<FxHashMap<Key, Arc<Vec<File>>>>>;

/// The index of a site in memory, made when it is first asked for.
#[derive(Default)]
pub struct Lazy {
    known: Known,
    files: OnceLock<BTreeMap<String, Bytes>>,
}

impl Lazy {
    /// An index that takes over what earlier ones have made.
    pub(super) fn new(known: Known) -> Self {
        Lazy { known, files: OnceLock::new() }
    }
}

/// Whether the site has a search page.
pub fn wanted(site: &Site) -> bool {
    site.pages.iter().any(|page| page.kind == PageKind::Search)
}

/// The bytes of a file of the index, by its path below the output. Made on the first call, which takes a while.
pub fn file<'a>(built: &'a Built, path: &str) -> Option<&'a [u8]> {
    if !path.starts_with(search::FOLDER) || !wanted(&built.site) {
        return None;
    }
    let lazy = &built.search;
    let files = lazy.files.get_or_init(|| {
        let shards = search::records::shards(&built.site);
        let made = make(&shards, |key| lock(&lazy.known).get(key).cloned());
        // A preview without a search is better than none.
        let Ok(made) = made else { return BTreeMap::new() };
        let mut known = lock(&lazy.known);
        known.clear();
        known.extend(made.iter().map(|(_, key, files)| (*key, files.clone())));
        bundle(&made)
    });
    files.get(path).map(AsRef::as_ref)
}

fn lock(known: &Known) -> std::sync::MutexGuard<'_, FxHashMap<Key, Arc<Vec<File>>>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

type Made<'a> = (&'a Shard, Key, Arc<Vec<File>>);

/// The files of each shard, as remembered or made anew.
fn make(
    shards: &[Shard],
    known: impl Fn(&Key) -> Option<Arc<Vec<File>>> + Sync,
) -> Result<Vec<Made<'_>>, search::Error> {
    let make = |shard| {
        let key = Shard::key(shard);
        let files = known(&key).map_or_else(|| search::index::index(shard).map(Arc::new), Ok)?;
        Ok((shard, key, files))
    };
    shards.par_iter().map(make).collect()
}

fn bundle(made: &[Made<'_>]) -> BTreeMap<String, Bytes> {
    let shards: Vec<_> = made.iter().map(|(shard, _, files)| (*shard, files.clone())).collect();
    search::bundle(&shards)
}

/// Writes the index of a site.
///
/// # Errors
/// When it cannot be made or not be written.
pub(super) fn write(built: &Built, options: &Options, writer: &Writer) -> Result<(), Error> {
    if !wanted(&built.site) {
        return Ok(());
    }
    let shards = search::records::shards(&built.site);
    let mut hasher = blake3::Hasher::new();
    for shard in &shards {
        hasher.update(&shard.key());
    }
    let mut whole = [0; 16];
    whole.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    let list = options.root.join(".dateline/cache/search.bin");
    let lengths: Option<Vec<(String, u64)>> =
        cache::load(&list).get(&whole).and_then(|bytes| postcard::from_bytes(bytes).ok());
    if lengths.is_some_and(|files| writer.keep(&files)) {
        return Ok(());
    }
    let folder = options.root.join(".dateline/cache/search");
    let place = |key: &Key| folder.join(name(key));
    let made = make(&shards, |key| {
        let mut values = cache::load(&place(key));
        postcard::from_bytes(&values.remove(key)?).ok().map(Arc::new)
    })?;
    let files = bundle(&made);
    files.par_iter().try_for_each(|(path, bytes)| -> Result<(), Error> {
        let bytes = bytes.as_ref();
        // Names below the folder's folders are hashes of what the files hold: what is there need not be read again.
        let hashed = path.strip_prefix(search::FOLDER).is_some_and(|name| name.contains('/'));
        if hashed && writer.keep(&[(path.clone(), bytes.len() as u64)]) {
            return Ok(());
        }
        Ok(writer.put(path, bytes)?)
    })?;
    let lengths: Vec<(&String, u64)> =
        files.iter().map(|(path, bytes)| (path, bytes.as_ref().len() as u64)).collect();
    made.par_iter().for_each(|(_, key, files)| {
        let path: PathBuf = place(key);
        if !cache::has(&path) {
            cache::save(&path, vec![(*key, files)], |files, out| postcard::to_io(&***files, out).is_ok());
        }
    });
    cache::keep_only(&folder, &made.iter().map(|(_, key, _)| name(key)).collect());
    cache::save(&list, vec![(whole, lengths)], |lengths, out| postcard::to_io(lengths, out).is_ok());
    Ok(())
}

fn name(key: &Key) -> String {
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}.bin")
}
