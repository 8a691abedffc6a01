//! Pictures for sharing as part of a site: painted once for each drawing, and remembered on disk.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    disk::{cache, read},
    model::{Page, PageKind},
    pipeline::{Built, Options},
    render::og,
};

/// Version of the painter; pictures painted by another are painted anew.
const VERSION: &str = "dateline og 1";

/// Where painted pictures lie, and which of them this process has used.
#[derive(Default)]
pub struct Painted {
    folder: PathBuf,
    used: Mutex<BTreeSet<String>>,
}

impl Painted {
    pub(super) fn new(options: &Options) -> Self {
        Painted { folder: options.root.join(".dateline/cache/og"), used: Mutex::default() }
    }
}

/// The bytes of a picture for sharing, painted or remembered; `None` for any other page.
pub(super) fn picture(built: &Built, page: &Page) -> Option<Vec<u8>> {
    let PageKind::Og(of) = page.kind else { return None };
    let drawing = og::drawing(&built.site, &built.renderer, of);
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION.as_bytes());
    let key = hasher.update(drawing.as_bytes()).finalize().to_hex();
    let name = format!("{}.png", &key[..32]);
    let path = built.og.folder.join(&name);
    built.og.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
    if let Ok(Some(bytes)) = read::optional(&path) {
        return Some(bytes);
    }
    let bytes = og::painted(&drawing);
    cache::put(&path, &bytes);
    Some(bytes)
}

/// Forgets pictures that this process has not used.
pub(super) fn tidy(painted: &Painted) {
    cache::keep_only(&painted.folder, &painted.used.lock().unwrap_or_else(PoisonError::into_inner));
}
