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

/// Reads everything below `root/folder`. Hidden files and editors' leavings are passed over.
pub fn folder(root: &Path, folder: &str) -> Folder {
    let mut texts: Vec<(SourcePath, PathBuf)> = Vec::new();
    let mut out = Folder::default();
    let base = root.join(folder);
    if !base.is_dir() {
        return out;
    }
    let walk = WalkDir::new(&base).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or(base.clone(), Path::to_path_buf);
                out.faults.push(unreadable(&source_path(root, &path), &error.to_string()));
                continue;
            }
        };
        let path = source_path(root, entry.path());
        if entry.path_is_symlink() {
            out.faults.push(
                Diagnostic::warning("symlink", format!("`{path}` is a symbolic link and was not followed"))
                    .at(Place::file(&path))
                    .help("put the file itself into the site's folder"),
            );
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = entry.metadata().map_or(0, |m| m.len());
        if !is_text(&path) {
            out.assets.push(Asset { path, file: entry.into_path(), bytes });
        } else if bytes > LARGEST {
            out.faults.push(
                Diagnostic::error(
                    "too-large",
                    format!("`{path}` has {} MB; text files may have {}", bytes >> 20, LARGEST >> 20),
                )
                .at(Place::file(&path))
                .help("split the file, or move it out of the content folder"),
            );
        } else {
            texts.push((path, entry.into_path()));
        }
    }
    let read: Vec<Result<SourceFile, Diagnostic>> = texts
        .into_par_iter()
        .map(|(path, file)| match fs::read(&file) {
            Ok(bytes) => Ok(SourceFile { path, bytes }),
            Err(error) => Err(unreadable(&path, &error.to_string())),
        })
        .collect();
    for file in read {
        match file {
            Ok(file) => out.texts.push(file),
            Err(fault) => out.faults.push(fault),
        }
    }
    out
}

fn unreadable(path: &SourcePath, error: &str) -> Diagnostic {
    Diagnostic::error("unreadable", format!("`{path}` cannot be read: {error}"))
        .at(Place::file(path))
        .help("check that the file exists and that you may read it")
}

fn hidden(name: &std::ffi::OsStr) -> bool {
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
