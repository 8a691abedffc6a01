//! The only doors to the file system. Everything else takes bytes and gives bytes.
#![expect(clippy::disallowed_methods, reason = "this is the door that the ban leaves open")]

pub mod cache;
pub mod folder;
pub mod read;
pub mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

/// The machine failed: a file or folder could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
    #[error(
        "`{}` is not empty and was not made by Dateline, so nothing is written there; choose another folder with --output-dir, or empty it", .0.display()
    )]
    NotOurs(PathBuf),
    #[error("`{}` cannot be the output folder: it holds the site's sources", .0.display())]
    Sources(PathBuf),
}

impl Error {
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        move |source| Error::Io { action, path: path.to_owned(), source }
    }
}
