//! Pictures of the content: measured, and made smaller once for each content.
//!
//! Smaller pictures lie in `.dateline/cache/pictures` under a key of the picture's bytes and of what is wanted of it.
//! A preview looks again only at files whose length or time has changed; a build reads them all, since it copies them
//! anyway.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assets::{
        self, File,
        picture::{self, Size},
    },
    diagnostic::{Diagnostic, Place},
    disk::{
        cache,
        read::{self, Stamp},
    },
    model::{Picture, Pictures, Variant, site::Site},
    path::SitePath,
    pipeline::{Options, Progress},
};

/// Version of what is made; pictures made by another are made anew.
const VERSION: &str = "dateline pictures 1";
const FOLDER: &str = ".dateline/cache/pictures";

/// A picture, looked at.
struct Looked {
    size: Option<Size>,
    smaller: Vec<Smaller>,
    /// Name of the mark in the cache that all of them are there.
    done: Option<String>,
    /// Why it cannot be shown.
    broken: Option<String>,
}

struct Smaller {
    width: u32,
    /// `480.0123abcd.jpg`
    ending: String,
    /// Name in the cache.
    name: String,
    file: File,
}

/// What earlier runs of this process saw, by file.
#[derive(Default)]
pub(super) struct Known {
    widths: Vec<u32>,
    files: FxHashMap<PathBuf, (Stamp, Arc<Looked>)>,
}

impl Known {
    /// Names of the cached pictures that the last run used.
    pub fn cached(&self) -> BTreeSet<String> {
        let looked = self.files.values().flat_map(|(_, looked)| &looked.smaller);
        looked
            .map(|smaller| smaller.name.clone())
            .chain(self.files.values().filter_map(|(_, l)| l.done.clone()))
            .collect()
    }
}

/// Looks at all pictures that pages show, and adds their smaller ones to the files that are carried.
pub(super) fn pictures(
    options: &Options,
    site: &Site,
    files: &mut BTreeMap<SitePath, File>,
    known: &mut Known,
    faults: &mut Vec<Diagnostic>,
    progress: &dyn Progress,
) -> Pictures {
    let shown = assets::shown(site, files);
    let widths = &site.config.image_widths;
    if known.widths != *widths {
        *known = Known { widths: widths.clone(), ..Known::default() };
    }
    if shown.is_empty() {
        known.files.clear();
        return Pictures::new();
    }
    progress.step("Pictures", shown.len());
    let folder = options.root.join(FOLDER);
    let cached = cache::names(&folder);
    let looked: Vec<(SitePath, PathBuf, Stamp, Arc<Looked>)> = shown
        .into_par_iter()
        .map(|(path, file)| {
            let stamp = read::stamp(&file);
            let looked = match known.files.get(&file) {
                Some((old, looked)) if *old == stamp && stamp.is_some() => looked.clone(),
                _ => Arc::new(look(&file, widths, &folder, &cached)),
            };
            progress.tick();
            (path, file, stamp, looked)
        })
        .collect();
    known.files =
        looked.iter().map(|(_, file, stamp, looked)| (file.clone(), (*stamp, looked.clone()))).collect();
    let mut pictures = Pictures::new();
    let mut told = BTreeSet::new();
    for (path, file, _, looked) in looked {
        if let Some(why) = looked.broken.as_ref().filter(|_| told.insert(file.clone())) {
            let source = read::source_path(&options.root, &file);
            let why = why.trim_end_matches('.');
            let message = format!("`{source}` cannot be read as a picture: {why}");
            let fault = Diagnostic::warning("bad-picture", message).at(Place::file(&source));
            faults.push(fault.help("save it anew with a program for pictures; it was carried as it is"));
        }
        let Some(size) = looked.size else { continue };
        let mut variants = Vec::new();
        for smaller in &looked.smaller {
            let stem = path.as_str().rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let address = SitePath::new(&format!("{stem}.{}", smaller.ending));
            files.insert(address.clone(), smaller.file.clone());
            variants.push(Variant { width: smaller.width, path: address });
        }
        pictures.insert(path, Picture { width: size.width, height: size.height, variants });
    }
    pictures
}

fn look(file: &Path, widths: &[u32], folder: &Path, cached: &BTreeSet<String>) -> Looked {
    let bytes = match read::bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Looked { size: None, smaller: Vec::new(), done: None, broken: Some(error.to_string()) };
        }
    };
    let extension = file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let size = picture::size(&bytes);
    let mut looked = Looked { size, smaller: Vec::new(), done: None, broken: None };
    match size {
        None if extension == "svg" => {}
        None => looked.broken = Some("its beginning is not that of a picture".into()),
        // Even one that is small enough is decoded once, to know that it is sound.
        Some(_) if picture::can_shrink(&extension) && !widths.is_empty() => {
            match smaller(&bytes, widths, folder, cached) {
                Ok((smaller, done)) => (looked.smaller, looked.done) = (smaller, Some(done)),
                Err(why) => looked.broken = Some(why),
            }
        }
        Some(_) => {}
    }
    looked
}

/// The smaller ones of a picture, from the cache or made anew, and the name of the mark that they are there.
fn smaller(
    bytes: &[u8],
    widths: &[u32],
    folder: &Path,
    cached: &BTreeSet<String>,
) -> Result<(Vec<Smaller>, String), String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION.as_bytes());
    for width in widths {
        hasher.update(&width.to_le_bytes());
    }
    let key = hasher.update(bytes).finalize().to_hex();
    let (key, short) = (&key[..32], &key[..8]);
    let done = format!("{key}.done");
    let of = |width: u32, extension: &str, name: String, file: File| Smaller {
        width,
        ending: format!("{width}.{short}.{extension}"),
        name,
        file,
    };
    if cached.contains(&done) {
        let mine = cached.range(format!("{key}.")..).take_while(|name| name.starts_with(key));
        let mut smaller: Vec<Smaller> = mine
            .filter_map(|name| {
                let (width, extension) = name[key.len() + 1..].split_once('.')?;
                Some(of(width.parse().ok()?, extension, name.clone(), File::Copy(folder.join(name))))
            })
            .collect();
        smaller.sort_by_key(|s| s.width);
        return Ok((smaller, done));
    }
    let mut all = true;
    let mut smaller = Vec::new();
    for made in picture::smaller(bytes, widths)? {
        let name = format!("{key}.{}.{}", made.size.width, made.extension);
        let place = folder.join(&name);
        // A cache that cannot be written only costs time.
        let file = if cache::put(&place, &made.bytes) { File::Copy(place) } else { File::Bytes(made.bytes) };
        all &= matches!(file, File::Copy(_));
        smaller.push(of(made.size.width, made.extension, name, file));
    }
    if all {
        cache::put(&folder.join(&done), b"");
    }
    Ok((smaller, done))
}

/// Forgets pictures that the last run did not use.
pub(super) fn tidy(options: &Options, known: &Known) {
    cache::keep_only(&options.root.join(FOLDER), &known.cached());
}
