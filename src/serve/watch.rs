//! The file system → "something changed", once for each burst.
//!
//! Events can be lost: in a folder that is made and filled at once, or when the system's queue is full. So after
//! each burst, when all is quiet, the sources are looked at once more; and where the system offers no events at all,
//! they are looked at every second.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::folder;

/// A burst has ended when nothing happened for so long,
const QUIET: Duration = Duration::from_millis(25);
/// or when it has lasted so long.
const BURST: Duration = Duration::from_millis(300);
/// The second look comes after so long, and so does a look whether to go on.
const SECOND_LOOK: Duration = Duration::from_millis(400);
/// Without events, the sources are looked at so often.
const POLL: Duration = Duration::from_secs(1);

/// Folders of any site that hold sources.
const FOLDERS: [&str; 5] = ["content", "templates", "themes", "static", "i18n"];

pub struct Watch {
    root: PathBuf,
    config: Option<PathBuf>,
    folders: BTreeSet<String>,
    events: Receiver<notify::Result<Event>>,
    /// `None` when the system has no events to offer.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    /// What the sources looked like when a rebuild began.
    seen: blake3::Hash,
}

impl Watch {
    /// Begins to watch; what happens from now on is seen by [`Watch::run`]. `templates` is the folder that the settings
    /// name.
    pub fn new(root: &Path, config: Option<&Path>, templates: Option<&str>) -> Watch {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender).ok();
        let mut watch = Watch {
            root: std::path::absolute(root).unwrap_or(root.to_owned()),
            config: config.map(|path| std::path::absolute(path).unwrap_or(path.to_owned())),
            folders: FOLDERS
                .into_iter()
                .chain(templates)
                .map(|name| name.trim_matches('/').to_owned())
                .collect(),
            events,
            watcher,
            watched: BTreeSet::new(),
            seen: blake3::hash(b""),
        };
        watch.extend();
        watch.seen = watch.look();
        watch
    }

    /// Calls `changed` after each burst, as long as `go_on` says so.
    pub fn run(mut self, go_on: impl Fn() -> bool, mut changed: impl FnMut()) {
        let mut look_again = true;
        while go_on() {
            let wait = if self.watcher.is_some() { SECOND_LOOK } else { POLL };
            match self.events.recv_timeout(wait) {
                Ok(event) => {
                    if self.concerns(&event) {
                        self.drain();
                        self.rebuild(&mut changed);
                        look_again = true;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if look_again || self.watcher.is_none() {
                        look_again = self.look() != self.seen;
                        if look_again {
                            self.rebuild(&mut changed);
                        }
                    }
                }
                // The watcher is gone; looking is left.
                Err(RecvTimeoutError::Disconnected) => {
                    self.watcher = None;
                    std::thread::sleep(POLL);
                    if self.look() != self.seen {
                        self.rebuild(&mut changed);
                    }
                }
            }
        }
    }

    fn rebuild(&mut self, changed: &mut impl FnMut()) {
        self.extend();
        // Looked at before, so that a change during the rebuild is one after it.
        self.seen = self.look();
        changed();
    }

    /// Takes all events of a burst.
    fn drain(&self) {
        let start = Instant::now();
        while start.elapsed() < BURST && self.events.recv_timeout(QUIET).is_ok() {}
    }

    /// Watches folders that have come to be.
    fn extend(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        wanted.extend(self.folders.iter().map(|name| (self.root.join(name), RecursiveMode::Recursive)));
        if let Some(parent) = self.config.as_deref().and_then(Path::parent) {
            wanted.push((parent.to_owned(), RecursiveMode::NonRecursive));
        }
        for (path, mode) in wanted {
            if !path.is_dir() {
                // Forgotten, so that it is watched again when it comes back.
                self.watched.remove(&path);
            } else if !self.watched.contains(&path) {
                match watcher.watch(&path, mode) {
                    Ok(()) => drop(self.watched.insert(path)),
                    // Too many folders for the system: looking must do.
                    Err(_) => {
                        self.watcher = None;
                        return;
                    }
                }
            }
        }
    }

    /// Whether an event can change the site: not reading, not the output, not what editors leave beside a file.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        match event {
            Err(_) => true,
            Ok(event) if event.need_rescan() => true,
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => event.paths.iter().any(|path| self.is_source(path)),
        }
    }

    fn is_source(&self, path: &Path) -> bool {
        if self.config.as_deref() == Some(path) {
            return true;
        }
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let leaving =
            name.ends_with('~') || (name.starts_with('.') && name.contains(".sw")) || name == "4913";
        (self.folders.iter().any(|folder| below.starts_with(folder)) || below == Path::new("dateline.yaml"))
            && !leaving
    }

    /// A hash of names, sizes and times of all sources.
    fn look(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for name in &self.folders {
            folder::signature(&self.root.join(name), &mut hasher);
        }
        folder::signature(&self.root.join("dateline.yaml"), &mut hasher);
        if let Some(config) = &self.config {
            folder::signature(config, &mut hasher);
        }
        hasher.finalize()
    }
}
