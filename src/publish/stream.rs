//! A commit as `git fast-import` reads it (git-fast-import(1)): exact bytes, one pack, no index and no work tree,
//! so neither filters, line ends, ignore files nor attributes of the site or the editor can change a page.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    disk::read,
    publish::changes::{Changes, Tree},
};

/// What the new commit is.
#[derive(Clone, Debug)]
pub struct Commit<'a> {
    /// The reference that keeps it while it is made.
    pub reference: &'a str,
    /// `Name <address> seconds zone`.
    pub identity: &'a str,
    pub message: &'a str,
    pub parent: Option<&'a str>,
}

/// Writes the commit with the files that changed, of the `whole` tree; each is read from `site` when its turn comes, except those that
/// `made` holds. The id of the commit is asked for at the end.
pub fn write(
    out: &mut dyn Write,
    commit: &Commit<'_>,
    changes: &Changes,
    whole: &Tree,
    site: &Path,
    made: &[(&str, Vec<u8>)],
) -> io::Result<()> {
    head(out, commit)?;
    if changes.removed.iter().any(|name| name.contains(char::REPLACEMENT_CHARACTER)) {
        // Names that are not UTF-8 cannot be named one by one.
        writeln!(out, "deleteall")?;
        let other = |name: &&String| changes.added.contains(name) || changes.changed.contains(name);
        for (name, id) in whole.iter().filter(|(name, _)| !other(name)) {
            writeln!(out, "M 100644 {id} {}", quote(name))?;
        }
    } else {
        for name in &changes.removed {
            writeln!(out, "D {}", quote(name))?;
        }
    }
    for name in changes.added.iter().chain(&changes.changed) {
        let bytes = match made.iter().find(|(made, _)| made == name) {
            Some((_, bytes)) => bytes.clone(),
            None => read::bytes(&site.join(name)).map_err(io::Error::other)?,
        };
        writeln!(out, "M 100644 inline {}\ndata {}", quote(name), bytes.len())?;
        out.write_all(&bytes)?;
        writeln!(out)?;
    }
    writeln!(out, "\nget-mark :1\ndone")
}

/// Writes a commit whose tree is that of an earlier one.
pub fn write_tree(out: &mut dyn Write, commit: &Commit<'_>, tree: &str) -> io::Result<()> {
    head(out, commit)?;
    writeln!(out, "M 040000 {tree} \n\nget-mark :1\ndone")
}

fn head(out: &mut dyn Write, commit: &Commit<'_>) -> io::Result<()> {
    writeln!(out, "feature done\ncommit {}\nmark :1\ncommitter {}", commit.reference, commit.identity)?;
    writeln!(out, "data {}\n{}", commit.message.len(), commit.message)?;
    match commit.parent {
        Some(parent) => writeln!(out, "from {parent}"),
        // A reference left by a run that was killed must not become the parent.
        None => writeln!(out, "deleteall"),
    }
}

/// A path in C style.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
