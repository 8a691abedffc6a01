//! Whole folders and single files for the doors of the program: what is in them, and how a file comes to stand.

use std::{
    fs,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Component, Path, PathBuf},
    time::UNIX_EPOCH,
};

/// What stands at a path below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Parts below the folder, joined by `/`; `None` when the name is not UTF-8.
    pub name: Option<String>,
    pub path: PathBuf,
    pub kind: ItemKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// Size in bytes.
    File(u64),
    Link,
    /// A socket, a pipe, a device.
    Other,
}

/// All files and links below `dir`, in the order of their paths; links are not followed, folders not listed.
pub fn list(dir: &Path) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for entry in walkdir::WalkDir::new(dir).min_depth(1).sort_by_file_name() {
        let entry = entry?;
        let kind = if entry.file_type().is_dir() {
            continue;
        } else if entry.file_type().is_symlink() {
            ItemKind::Link
        } else if entry.file_type().is_file() {
            ItemKind::File(entry.metadata()?.len())
        } else {
            ItemKind::Other
        };
        let below = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
        items.push(Item { name: parts.map(|parts| parts.join("/")), path: entry.into_path(), kind });
    }
    Ok(items)
}

/// All files and links at and below `path`, with size and time of the last change in nanoseconds since 1970.
pub fn stamps(path: &Path) -> impl Iterator<Item = (PathBuf, (u64, u128))> + use<> {
    walkdir::WalkDir::new(path).into_iter().flatten().filter(|entry| !entry.file_type().is_dir()).filter_map(
        |entry| {
            let metadata = entry.metadata().ok()?;
            let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            Some((entry.into_path(), (metadata.len(), time.map_or(0, |time| time.as_nanos()))))
        },
    )
}

/// Part of a file: at most `length` bytes from `start` on.
pub fn part(path: &Path, start: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut file = fs::File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Size in bytes and time of the last change in nanoseconds since 1970; `None` when there is no such file.
pub fn stamp(path: &Path) -> Option<(u64, u128)> {
    let metadata = fs::metadata(path).ok().filter(|metadata| metadata.is_file())?;
    let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((metadata.len(), time.as_nanos()))
}

/// Whether there is nothing at `dir` or an empty folder.
pub fn is_empty(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Where a path leads when links and `..` are followed; what does not exist yet is taken as it is written.
pub fn resolved(path: &Path) -> PathBuf {
    let mut whole = std::env::current_dir().unwrap_or_default();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            Component::CurDir => {}
            part => whole.push(part),
        }
        // At each step: `..` after a link leads out of what the link names.
        whole = fs::canonicalize(&whole).unwrap_or(whole);
    }
    whole
}

/// Removes the site's cache, `.dateline/cache` in its root; whether there was one.
pub fn remove_cache(root: &Path) -> io::Result<bool> {
    let cache = root.join(".dateline/cache");
    match fs::remove_dir_all(&cache) {
        Ok(()) => {
            // The folder around it may hold more, which stays.
            let _ = fs::remove_dir(root.join(".dateline"));
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Replaces a file in one step and makes its folders: a reader sees the old bytes or the new, never a part.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    temporary(path, bytes)?.persist(path)?;
    Ok(())
}

/// Makes a file that must not stand yet, and its folders, in one step. `AlreadyExists` when it does.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    temporary(path, bytes)?.persist_noclobber(path)?;
    Ok(())
}

/// A file beside `path` with these bytes.
fn temporary(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-");
    // Temporary files are private by default; this one becomes a plain file, subject to the umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Removes a file; that there is none is as good.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_files_in_order_and_does_not_follow_links() {
        let dir = tempfile::tempdir().unwrap();
        write(&dir.path().join("b/c.txt"), b"123").unwrap();
        write(&dir.path().join("a.txt"), b"").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("..", dir.path().join("loop")).unwrap();
        let found: Vec<(String, ItemKind)> =
            list(dir.path()).unwrap().into_iter().map(|i| (i.name.unwrap(), i.kind)).collect();
        let mut expect =
            vec![("a.txt".to_owned(), ItemKind::File(0)), ("b/c.txt".to_owned(), ItemKind::File(3))];
        if cfg!(unix) {
            expect.push(("loop".to_owned(), ItemKind::Link));
        }
        assert_eq!(found, expect);
    }

    #[cfg(unix)]
    #[test]
    fn paths_lead_where_links_say() {
        let dir = tempfile::tempdir().unwrap();
        let base = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir_all(base.join("a/b")).unwrap();
        std::os::unix::fs::symlink("a/b", base.join("link")).unwrap();
        let check =
            |path: &str, expect: &str| assert_eq!(resolved(&base.join(path)), base.join(expect), "{path}");
        check("a/./b", "a/b");
        check("link/c", "a/b/c");
        check("link/../c", "a/c");
        check("none/../a/d/e", "a/d/e");
        assert!(resolved(Path::new("x")).is_absolute());
    }

    #[test]
    fn files_come_to_stand_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x/y");
        assert!(is_empty(dir.path()).unwrap() && is_empty(&path).unwrap());
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        write(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert!(!is_empty(dir.path()).unwrap());
    }
}
