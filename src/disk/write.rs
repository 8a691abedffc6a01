//! Rendered pages → the output folder, by value and in one go.
//!
//! 1. [`Writer::open`] refuses a folder that is not ours and finishes what an interrupted run left.
//! 2. [`Writer::put`] compares each file with what stands there: equal ones are left alone, others are staged.
//! 3. [`Writer::commit`] writes the journal, renames the staged files into place, removes what the previous
//!    manifest lists and this run did not make, and writes the new manifest. Until the journal is whole, the
//!    last good site is untouched; once it is, every later run can finish the work.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::disk::Error;

/// Lists our files, one a line; its presence says that the folder is ours.
pub const MANIFEST: &str = ".dateline-manifest";
const STAGING: &str = ".dateline-staging";
const JOURNAL: &str = ".dateline-journal";

/// An output folder that is being written.
pub struct Writer {
    folder: PathBuf,
    previous: BTreeSet<String>,
    /// Files of this run by path below the folder; staged ones with their number.
    files: Mutex<BTreeMap<String, Option<usize>>>,
    next: AtomicUsize,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

impl Writer {
    /// Takes the folder, which may not exist yet.
    ///
    /// # Errors
    /// When the folder holds files that are not ours, or cannot be written.
    pub fn open(folder: &Path) -> Result<Writer, Error> {
        let manifest = folder.join(MANIFEST);
        if folder.exists() && !manifest.exists() && !folder.join(JOURNAL).exists() && !empty(folder)? {
            return Err(Error::NotOurs(folder.to_owned()));
        }
        fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
        recover(folder)?;
        let previous = match fs::read_to_string(&manifest) {
            Ok(text) => text.lines().map(str::to_owned).filter(|line| inside(line)).collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fs::write(&manifest, "").map_err(Error::io("write", &manifest))?;
                BTreeSet::new()
            }
            Err(error) => return Err(Error::io("read", &manifest)(error)),
        };
        let staging = folder.join(STAGING);
        fs::create_dir_all(&staging).map_err(Error::io("create", &staging))?;
        Ok(Writer { folder: folder.to_owned(), previous, files: Mutex::default(), next: AtomicUsize::new(0) })
    }

    /// Stages `bytes` for the file `path` below the folder, unless the same bytes stand there already.
    ///
    /// # Errors
    /// When the staging folder cannot be written: a full disk, a lost permission.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        debug_assert!(inside(path), "{path}");
        let staged = if self.previous.contains(path) && same(&self.folder.join(path), bytes) {
            None
        } else {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let file = self.staged(number);
            fs::write(&file, bytes).map_err(Error::io("write", &file))?;
            Some(number)
        };
        self.record(path, staged);
        Ok(())
    }

    /// Takes files of the previous run over as they are, if all of them are there with these lengths in bytes; for
    /// files whose names say what they hold. Says whether it has done so.
    pub fn keep(&self, files: &[(String, u64)]) -> bool {
        let there = |(path, length): &(String, u64)| {
            self.previous.contains(path)
                && fs::metadata(self.folder.join(path)).is_ok_and(|m| m.is_file() && m.len() == *length)
        };
        let all = files.par_iter().all(there);
        if all {
            files.iter().for_each(|(path, _)| self.record(path, None));
        }
        all
    }

    /// Stages a copy of the file `from`.
    ///
    /// # Errors
    /// When it cannot be read or the copy not written.
    pub fn carry(&self, path: &str, from: &Path) -> Result<(), Error> {
        let bytes = fs::read(from).map_err(Error::io("read", from))?;
        self.put(path, &bytes)
    }

    fn record(&self, path: &str, staged: Option<usize>) {
        let mut files = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.insert(path.to_owned(), staged);
    }

    fn staged(&self, number: usize) -> PathBuf {
        self.folder.join(STAGING).join(number.to_string())
    }

    /// Makes the new site visible.
    ///
    /// # Errors
    /// When a file cannot be put into place; the next run then finishes the work.
    pub fn commit(self) -> Result<Written, Error> {
        let files = self.files.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let removed: Vec<&String> = self.previous.iter().filter(|path| !files.contains_key(*path)).collect();
        let staged: Vec<(usize, &String)> =
            files.iter().filter_map(|(path, n)| Some(((*n)?, path))).collect();
        let written =
            Written { written: staged.len(), unchanged: files.len() - staged.len(), removed: removed.len() };
        if !staged.is_empty() || !removed.is_empty() {
            let mut journal = String::new();
            for (number, path) in &staged {
                journal.push_str(&format!("+{number} {path}\n"));
            }
            for path in &removed {
                journal.push_str(&format!("-{path}\n"));
            }
            for path in files.keys() {
                journal.push_str(&format!("={path}\n"));
            }
            journal.push_str("end\n");
            write_synced(&self.folder.join(JOURNAL), journal.as_bytes())?;
            perform(&self.folder, &journal)?;
        }
        clear(&self.folder)?;
        Ok(written)
    }

    /// Drops everything that was staged: the last good site stays.
    pub fn abandon(self) {
        let _ = fs::remove_dir_all(self.folder.join(STAGING));
    }
}

/// Whether a path of a manifest or journal stays inside the folder.
fn inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.split(['/', '\\']).any(|part| matches!(part, "" | "." | ".."))
}

fn empty(folder: &Path) -> Result<bool, Error> {
    Ok(fs::read_dir(folder).map_err(Error::io("read", folder))?.next().is_none())
}

/// Whether the file holds exactly these bytes.
fn same(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    if !file.metadata().is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64) {
        return false;
    }
    let mut buffer = vec![0; bytes.len().clamp(1, 1 << 16)];
    let mut rest = bytes;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return rest.is_empty(),
            Ok(n) if rest.get(..n) == Some(&buffer[..n]) => rest = &rest[n..],
            _ => return false,
        }
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(&temporary)?);
        out.write_all(bytes)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(Error::io("write", path))
}

/// Carries out a whole journal; doing it twice is doing it once.
fn perform(folder: &Path, journal: &str) -> Result<(), Error> {
    let staging = folder.join(STAGING);
    let mut moves = Vec::new();
    let mut parents = BTreeSet::new();
    let mut manifest = String::new();
    let mut removals = Vec::new();
    for line in journal.lines() {
        if let Some((number, path)) = line.strip_prefix('+').and_then(|rest| rest.split_once(' ')) {
            let target = folder.join(path);
            parents.extend(target.parent().map(Path::to_path_buf));
            moves.push((staging.join(number), target));
        } else if let Some(path) = line.strip_prefix('-') {
            removals.push(folder.join(path));
        } else if let Some(path) = line.strip_prefix('=') {
            manifest.push_str(path);
            manifest.push('\n');
        }
    }
    // Removals come first: a file may give way to a folder of its name.
    for path in removals {
        match fs::remove_file(&path) {
            Ok(()) => prune(folder, &path),
            Err(error) if gone(&error) => {}
            Err(error) => return Err(Error::io("remove", &path)(error)),
        }
    }
    for parent in parents {
        fs::create_dir_all(&parent).map_err(Error::io("create", &parent))?;
    }
    moves.par_iter().try_for_each(|(from, to)| match fs::rename(from, to) {
        Ok(()) => Ok(()),
        // An earlier attempt has moved it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && to.exists() => Ok(()),
        Err(error) => Err(Error::io("write", to)(error)),
    })?;
    write_synced(&folder.join(MANIFEST), manifest.as_bytes())
}

fn gone(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Removes the folders above a removed file that are empty now.
fn prune(folder: &Path, path: &Path) {
    let mut parent = path.parent();
    while let Some(dir) = parent.filter(|dir| *dir != folder && dir.starts_with(folder)) {
        if fs::remove_dir(dir).is_err() {
            break;
        }
        parent = dir.parent();
    }
}

/// Finishes the journal of an interrupted run, or throws away what was staged without one.
fn recover(folder: &Path) -> Result<(), Error> {
    let path = folder.join(JOURNAL);
    if let Ok(journal) = fs::read_to_string(&path)
        && journal.ends_with("end\n")
        && journal.lines().all(|line| line == "end" || inside(line.trim_start_matches(['+', '-', '='])))
    {
        perform(folder, &journal)?;
    }
    clear(folder)
}

fn clear(folder: &Path) -> Result<(), Error> {
    let journal = folder.join(JOURNAL);
    match fs::remove_file(&journal) {
        Err(error) if !gone(&error) => return Err(Error::io("remove", &journal)(error)),
        _ => {}
    }
    let staging = folder.join(STAGING);
    match fs::remove_dir_all(&staging) {
        Err(error) if !gone(&error) => Err(Error::io("remove", &staging)(error)),
        _ => Ok(()),
    }
}

/// Removes our files from the folder, and the folder when nothing else is in it.
///
/// # Errors
/// When the folder is not ours, or a file cannot be removed.
pub fn clean(folder: &Path) -> Result<usize, Error> {
    if !folder.exists() {
        return Ok(0);
    }
    let manifest = folder.join(MANIFEST);
    let Ok(text) = fs::read_to_string(&manifest) else { return Err(Error::NotOurs(folder.to_owned())) };
    clear(folder)?;
    let mut removed = 0;
    for path in text.lines().filter(|line| inside(line)) {
        let path = folder.join(path);
        if fs::remove_file(&path).is_ok() {
            removed += 1;
            prune(folder, &path);
        }
    }
    fs::remove_file(&manifest).map_err(Error::io("remove", &manifest))?;
    let _ = fs::remove_dir(folder);
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(folder: &Path, files: &[(&str, &str)]) -> Written {
        let writer = Writer::open(folder).unwrap();
        for (path, text) in files {
            writer.put(path, text.as_bytes()).unwrap();
        }
        writer.commit().unwrap()
    }

    #[test]
    fn only_what_changed_is_written_and_only_ours_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let check = |files: &[(&str, &str)], expect: (usize, usize, usize)| {
            let w = build(&out, files);
            assert_eq!((w.written, w.unchanged, w.removed), expect);
            for (path, text) in files {
                assert_eq!(fs::read_to_string(out.join(path)).unwrap(), *text);
            }
        };
        check(&[("a/index.html", "1"), ("b.xml", "2")], (2, 0, 0));
        check(&[("a/index.html", "1"), ("b.xml", "2")], (0, 2, 0));
        fs::write(out.join("theirs.txt"), "x").unwrap();
        check(&[("a", "file now"), ("b.xml", "3")], (2, 0, 1));
        check(&[("a/index.html", "folder again")], (1, 0, 2));
        assert!(
            out.join("theirs.txt").exists() && !out.join(STAGING).exists() && !out.join(JOURNAL).exists()
        );
        assert_eq!(clean(&out).unwrap(), 1);
        assert!(out.join("theirs.txt").exists());
    }

    #[test]
    fn a_folder_that_is_not_ours_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.doc"), "x").unwrap();
        assert!(matches!(Writer::open(dir.path()), Err(Error::NotOurs(_))));
        assert!(matches!(clean(dir.path()), Err(Error::NotOurs(_))));
    }

    #[test]
    fn an_interrupted_run_is_finished_or_forgotten() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        build(out, &[("a", "1"), ("b", "1")]);
        // Killed while rendering: nothing of it is seen.
        let writer = Writer::open(out).unwrap();
        writer.put("a", b"2").unwrap();
        drop(writer);
        assert_eq!(fs::read_to_string(out.join("a")).unwrap(), "1");
        // Killed between two renames: the next run finishes.
        fs::create_dir_all(out.join(STAGING)).unwrap();
        fs::write(out.join(STAGING).join("7"), "3").unwrap();
        fs::write(out.join(JOURNAL), "+6 a\n+7 c\n-b\n=a\n=c\nend\n").unwrap();
        Writer::open(out).unwrap().abandon();
        assert_eq!(fs::read_to_string(out.join("c")).unwrap(), "3");
        assert!(!out.join("b").exists());
        assert_eq!(fs::read_to_string(out.join(MANIFEST)).unwrap(), "a\nc\n");
        // A journal that was cut off, or points outside, is not carried out.
        fs::write(out.join(JOURNAL), "-a\n").unwrap();
        Writer::open(out).unwrap().abandon();
        fs::write(out.join(JOURNAL), "-../a\nend\n").unwrap();
        Writer::open(out).unwrap().abandon();
        assert!(out.join("a").exists());
    }
}
