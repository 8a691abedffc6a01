//! What earlier runs worked out, in memory and on disk. It never changes a result, only the time that it takes.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    annotate::lexicon::Lexicon,
    diagnostic::Diagnostic,
    disk::cache,
    model::Annotation,
    parse::content::Item,
    path::SourcePath,
    pipeline::{Options, RULES},
};

/// Hash of a file's bytes, what was read in them, and the faults.
pub(super) type Read = ([u8; 32], Item, Vec<Diagnostic>);

/// What earlier runs worked out. Never changes a result, only the time it takes.
#[derive(Clone, Default)]
pub struct Memo {
    pub(super) files: FxHashMap<SourcePath, Read>,
    pub(super) annotations: FxHashMap<cache::Key, Arc<Annotation>>,
    /// Under which key the annotation of a file stands, by the hash of its bytes, as long as the lexicon is that of
    /// `lexicon`: what a text can reach of it need not be worked out again.
    pub(super) keys: FxHashMap<SourcePath, ([u8; 32], cache::Key)>,
    pub(super) lexicon: [u8; 32],
    /// Names of the time zone and of the settings that `files` depends on.
    pub(super) zone: String,
    #[cfg(feature = "search")]
    pub(super) search: super::search::Known,
}

/// What earlier builds of the site worked out, as kept on disk; empty when nothing is.
pub fn memo(options: &Options) -> Memo {
    load(&cache_file(options))
}

fn cache_file(options: &Options) -> PathBuf {
    options.root.join(".dateline/cache/annotations.bin")
}

/// A hash of all that annotation reads beside the article.
pub(super) fn whole(lexicon: &Lexicon, settings: &[u8], language: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(RULES.as_bytes()).update(settings).update(language.as_bytes());
    hasher.update(&lexicon.topics_hash);
    for hash in &lexicon.hashes {
        hasher.update(hash);
    }
    *hasher.finalize().as_bytes()
}

fn load(path: &Path) -> Memo {
    let annotations = cache::load(path)
        .into_par_iter()
        .filter_map(|(key, bytes)| Some((key, Arc::new(postcard::from_bytes(&bytes).ok()?))))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    Memo { annotations, ..Memo::default() }
}

/// Keeps the annotations for the next run.
pub(super) fn save(options: &Options, memo: &Memo) {
    let values: Vec<(cache::Key, &Annotation)> =
        memo.annotations.iter().map(|(key, a)| (*key, &**a)).collect();
    cache::save(&cache_file(options), values, |annotation, out| postcard::to_io(annotation, out).is_ok());
}
