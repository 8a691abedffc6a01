//! Folders of a site → files in memory. Links are not followed, so that nothing outside the site is read;
//! what cannot be read is a fault of the content, not a failure.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::WalkDir;

use crate::{
    diagnostic::{Diagnostic, Place},
    disk::Error,
    model::Asset,
    path::SourcePath,
};

/// Text larger than this is not news copy.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// A file of text, read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: SourcePath,
    pub bytes: Vec<u8>,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    /// Markdown, text and YAML, in the order of their paths.
    pub texts: Vec<SourceFile>,
    pub assets: Vec<Asset>,
    pub faults: Vec<Diagnostic>,
}

fn is_text(path: &SourcePath) -> bool {
    matches!(path.extension().as_str(), "md" | "markdown" | "txt" | "yaml" | "yml" | "html")
}

/// What stands at a path of a folder of sources.
#[derive(Clone, Debug)]
pub enum Found {
    /// Markdown, text or YAML, read.
    Text(Vec<u8>),
    Asset(Asset),
    Fault(Diagnostic),
}

/// Reads everything below `root/folder`. Hidden files and editors' leavings are passed over.
pub fn folder(root: &Path, folder: &str) -> Folder {
    let mut out = Folder::default();
    for (path, found) in below(root, folder, &root.join(folder)) {
        match found {
            Found::Text(bytes) => out.texts.push(SourceFile { path, bytes }),
            Found::Asset(asset) => out.assets.push(asset),
            Found::Fault(fault) => out.faults.push(fault),
        }
    }
    out
}

/// Reads what stands at and below `path`, a file or folder at or below `root/folder`, in the order of a walk; nothing
/// when nothing stands there, when it is hidden, or when a link leads to it.
pub fn below(root: &Path, folder: &str, path: &Path) -> Vec<(SourcePath, Found)> {
    let base = root.join(folder);
    if !base.is_dir() || !reachable(&base, path) {
        return Vec::new();
    }
    let mut items: Vec<(SourcePath, Result<PathBuf, Found>)> = Vec::new();
    let walk = WalkDir::new(path).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.path() == base || !hidden(e.file_name())) {
        let (path, item) = match entry {
            Ok(entry) if entry.path() == base => continue,
            Ok(entry) => (source_path(root, entry.path()), look(root, entry)),
            // It has just gone.
            Err(error) if error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound) => {
                continue;
            }
            Err(error) => {
                let path = source_path(root, error.path().unwrap_or(&base));
                let fault = Found::Fault(unreadable(&path, &error.to_string()));
                (path, Some(Err(fault)))
            }
        };
        items.extend(item.map(|item| (path, item)));
    }
    let read = |(path, item): (SourcePath, Result<PathBuf, Found>)| {
        let found = match item.map(|file| fs::read(&file)) {
            Ok(Ok(bytes)) => Found::Text(bytes),
            Ok(Err(error)) => Found::Fault(unreadable(&path, &error.to_string())),
            Err(found) => found,
        };
        (path, found)
    };
    items.into_par_iter().map(read).collect()
}

/// A text to be read, or what else the entry of a walk is; `None` for folders and the like.
fn look(root: &Path, entry: walkdir::DirEntry) -> Option<Result<PathBuf, Found>> {
    let path = source_path(root, entry.path());
    if entry.path_is_symlink() {
        let fault =
            Diagnostic::warning("symlink", format!("`{path}` is a symbolic link and was not followed"))
                .at(Place::file(&path))
                .help("put the file itself into the site's folder");
        return Some(Err(Found::Fault(fault)));
    }
    if !entry.file_type().is_file() {
        return None;
    }
    let bytes = entry.metadata().map_or(0, |m| m.len());
    if !is_text(&path) {
        return Some(Err(Found::Asset(Asset { path, file: entry.into_path(), bytes })));
    }
    if bytes > LARGEST {
        let message = format!("`{path}` has {} MB; text files may have {}", bytes >> 20, LARGEST >> 20);
        let fault = Diagnostic::error("too-large", message)
            .at(Place::file(&path))
            .help("split the file, or move it out of the content folder");
        return Some(Err(Found::Fault(fault)));
    }
    Some(Ok(entry.into_path()))
}

/// Whether a walk from `base` would come to `path`: no part between them is hidden or a link.
fn reachable(base: &Path, path: &Path) -> bool {
    let Ok(parts) = path.strip_prefix(base) else { return false };
    let mut at = base.to_owned();
    let folders = parts.parent().map_or(0, |parent| parent.components().count());
    parts.components().enumerate().all(|(i, part)| {
        at.push(part);
        !hidden(part.as_os_str()) && (i >= folders || fs::symlink_metadata(&at).is_ok_and(|m| m.is_dir()))
    })
}

fn unreadable(path: &SourcePath, error: &str) -> Diagnostic {
    Diagnostic::error("unreadable", format!("`{path}` cannot be read: {error}"))
        .at(Place::file(path))
        .help("check that the file exists and that you may read it")
}

/// Whether a name is one that no site reads: hidden, or what editors leave beside a file.
pub fn hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with(".swp")
}

/// The path below the site's root, with `/` between parts.
pub fn source_path(root: &Path, path: &Path) -> SourcePath {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    SourcePath::new(&parts.join("/"))
}

/// The text of one file, or `None` when there is no such file.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn optional(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::io("read", path))
}

/// Length and time of change of a file, by which a change of it is seen; `None` when they cannot be told.
pub type Stamp = Option<(u64, std::time::SystemTime)>;

/// The [`Stamp`] of a file.
pub fn stamp(path: &Path) -> Stamp {
    let data = fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

/// A file to be read bit by bit.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> Result<std::io::BufReader<fs::File>, Error> {
    let file = fs::File::open(path).map_err(Error::io("read", path))?;
    Ok(std::io::BufReader::with_capacity(1 << 16, file))
}

/// Files below `folder` with their paths relative to it, text or not; empty when there is no such folder.
///
/// # Errors
/// When a file cannot be read.
pub fn tree(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    let walk = WalkDir::new(folder).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())).flatten() {
        if entry.file_type().is_file() {
            files.push((source_path(folder, entry.path()).as_str().to_owned(), bytes(entry.path())?));
        }
    }
    Ok(files)
}

/// The files below `root/folder`, of any kind, to be carried; empty when there is no such folder.
pub fn tree_of_assets(root: &Path, folder: &str) -> Vec<Asset> {
    let base = root.join(folder);
    if !base.is_dir() {
        return Vec::new();
    }
    let walk = WalkDir::new(&base).follow_links(false).sort_by_file_name();
    walk.into_iter()
        .filter_entry(|e| e.depth() == 0 || !hidden(e.file_name()) || e.file_name() == ".well-known")
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| Asset {
            path: source_path(root, e.path()),
            bytes: e.metadata().map_or(0, |m| m.len()),
            file: e.into_path(),
        })
        .collect()
}
