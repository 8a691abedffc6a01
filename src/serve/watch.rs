//! The file system → the paths that changed, once for each burst.
//!
//! A single save is told of at once; when more than one file changes, until all is quiet. Events can be lost: in a folder
//! that is made and filled at once, or when the system's queue is full. So after each burst, when all is quiet, the
//! sources are looked at once more; and where the system offers no events at all, they are looked at every second.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{
    disk::{folder, read},
    pipeline::Changes,
};

/// One save is over when its file was left alone for so long: editors write, close and rename within it.
const SAVED: Duration = Duration::from_millis(12);
/// A burst has ended when nothing happened for so long,
const QUIET: Duration = Duration::from_millis(40);
/// or when it has lasted so long.
const BURST: Duration = Duration::from_millis(400);
/// The second look comes after so long, and so does a look whether to go on.
const SECOND_LOOK: Duration = Duration::from_millis(400);
/// Without events, the sources are looked at so often.
const POLL: Duration = Duration::from_secs(1);

/// Folders of any site that hold sources.
const FOLDERS: [&str; 5] = ["content", "templates", "themes", "static", "i18n"];
const SETTINGS: &str = "dateline.yaml";

type Told = notify::Result<Event>;
/// Size and time of the last change of each source, by its path as in [`Changes::Paths`].
type Stamps = BTreeMap<PathBuf, (u64, u128)>;

pub struct Watch {
    root: PathBuf,
    /// Settings that lie elsewhere.
    config: Option<PathBuf>,
    folders: BTreeSet<PathBuf>,
    events: Receiver<Told>,
    /// Events that came while the sources were looked at.
    early: VecDeque<Told>,
    /// `None` when the system has no events to offer.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    /// What the sources looked like when a rebuild began.
    seen: Stamps,
}

impl Watch {
    /// Begins to watch; what happens from now on is seen by [`Watch::run`].
    pub fn new(root: &Path, config: Option<&Path>) -> Watch {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender).ok();
        let mut watch = Watch {
            root: std::path::absolute(root).unwrap_or(root.to_owned()),
            config: config.map(|path| std::path::absolute(path).unwrap_or(path.to_owned())),
            folders: FOLDERS.map(PathBuf::from).into(),
            events,
            early: VecDeque::new(),
            watcher,
            watched: BTreeSet::new(),
            seen: Stamps::new(),
        };
        watch.extend();
        watch.seen = watch.look().unwrap_or_default();
        watch
    }

    /// Watches the folder of the site's own templates too.
    pub fn templates(&mut self, folder: Option<&str>) {
        let folder = folder.map(|folder| PathBuf::from(folder.trim_matches('/')));
        if let Some(folder) = folder.filter(|folder| !self.folders.contains(folder)) {
            self.folders.insert(folder.clone());
            self.extend();
            self.restamp(&folder);
        }
    }

    /// Calls `changed` after each burst, and with no paths when something is due, as long as `go_on` says so. It gives the
    /// folder of templates as it is then.
    pub fn run(
        mut self,
        go_on: impl Fn() -> bool,
        due: impl Fn() -> bool,
        mut changed: impl FnMut(&Changes) -> Option<String>,
    ) {
        let mut look_again = true;
        while go_on() {
            let wait = if self.watcher.is_some() { SECOND_LOOK } else { POLL };
            let told = match self.early.pop_front() {
                Some(event) => Ok(event),
                None => self.events.recv_timeout(wait),
            };
            let paths = match told {
                Ok(event) => {
                    let mut paths = BTreeSet::new();
                    let mut lost = self.take(event, &mut paths);
                    if paths.is_empty() && !lost {
                        continue;
                    }
                    lost |= self.drain(&mut paths);
                    look_again = true;
                    self.extend();
                    // Looked at before the rebuild, so that a change during it is one after it.
                    paths.iter().for_each(|path| self.restamp(path));
                    if lost {
                        paths.extend(self.second_look().unwrap_or_default());
                    }
                    paths
                }
                Err(RecvTimeoutError::Timeout) if !look_again && self.watcher.is_some() => BTreeSet::new(),
                Err(error) => {
                    // The watcher is gone; looking is left.
                    if error == RecvTimeoutError::Disconnected {
                        self.watcher = None;
                        std::thread::sleep(POLL);
                    }
                    self.extend();
                    let Some(paths) = self.second_look() else { continue };
                    look_again = !paths.is_empty();
                    paths
                }
            };
            if !paths.is_empty() || due() {
                let templates = changed(&Changes::Paths(paths));
                self.templates(templates.as_deref());
            }
        }
    }

    /// Takes all events of a burst; says whether some were lost.
    fn drain(&mut self, paths: &mut BTreeSet<PathBuf>) -> bool {
        let start = Instant::now();
        let mut lost = false;
        while start.elapsed() < BURST {
            let quiet = if paths.len() > 1 || lost { QUIET } else { SAVED };
            let Ok(event) = self.events.recv_timeout(quiet) else { break };
            lost |= self.take(event, paths);
        }
        lost
    }

    /// Adds the sources that an event names; says whether it tells of lost ones.
    fn take(&self, event: Told, paths: &mut BTreeSet<PathBuf>) -> bool {
        match event {
            Err(_) => true,
            Ok(event) if event.need_rescan() => true,
            // Reading changes nothing.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
            Ok(event) => {
                paths.extend(event.paths.iter().filter_map(|path| self.source(path)));
                false
            }
        }
    }

    /// The name of a source: not the output, not what editors leave beside a file.
    fn source(&self, path: &Path) -> Option<PathBuf> {
        if self.config.as_deref() == Some(path) {
            return Some(path.to_owned());
        }
        let below = path.strip_prefix(&self.root).ok()?;
        let inside = below == Path::new(SETTINGS) || self.folders.iter().any(|f| below.starts_with(f));
        (inside && !below.iter().any(leaving)).then(|| below.to_owned())
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

    /// Remembers how what stands at and below a path looks now.
    fn restamp(&mut self, path: &Path) {
        let gone: Vec<PathBuf> = self
            .seen
            .range(path.to_owned()..)
            .map(|(name, _)| name.clone())
            .take_while(|name| name.starts_with(path))
            .collect();
        for name in &gone {
            self.seen.remove(name);
        }
        for (name, stamp) in folder::stamps(&self.root.join(path)) {
            self.seen.extend(self.source(&name).map(|name| (name, stamp)));
        }
    }

    /// What looks other than it did, which then is how it did; `None` when an event came meanwhile.
    fn second_look(&mut self) -> Option<BTreeSet<PathBuf>> {
        let now = self.look()?;
        let other = |(name, stamp): &(&PathBuf, &(u64, u128))| self.seen.get(*name) != Some(*stamp);
        let gone = self.seen.keys().filter(|name| !now.contains_key(*name));
        let changed = now.iter().filter(other).map(|(name, _)| name).chain(gone).cloned().collect();
        self.seen = now;
        Some(changed)
    }

    /// How all sources look; `None` when an event came meanwhile.
    fn look(&mut self) -> Option<Stamps> {
        let mut stamps = Stamps::new();
        let settings = [self.root.join(SETTINGS)].into_iter().chain(self.config.clone());
        let places: Vec<PathBuf> =
            settings.chain(self.folders.iter().map(|name| self.root.join(name))).collect();
        for place in places {
            for (i, (path, stamp)) in folder::stamps(&place).enumerate() {
                // In a large site a look takes a while, and an editor should not wait for it.
                if i % 256 == 255
                    && let Ok(event) = self.events.try_recv()
                {
                    self.early.push_back(event);
                    return None;
                }
                stamps.extend(self.source(&path).map(|name| (name, stamp)));
            }
        }
        Some(stamps)
    }
}

/// Whether a name is that of a file or folder that no site reads: what editors and tools leave.
fn leaving(name: &OsStr) -> bool {
    (read::hidden(name) && name != ".well-known") || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_is_no_source() {
        let dir = tempfile::tempdir().unwrap();
        let watch = Watch::new(dir.path(), Some(&dir.path().join("other/site.yaml")));
        let check = |name: &str, expect: bool| {
            assert_eq!(watch.source(&watch.root.join(name)).is_some(), expect, "{name}");
        };
        check("content/world/wall.md", true);
        check("dateline.yaml", true);
        check("other/site.yaml", true);
        check("static/.well-known/security.txt", true);
        check("content", true);
        check("content/world/.wall.md.swp", false);
        check("content/world/.wall.md.Xy12", false);
        check("content/world/wall.md~", false);
        check("content/world/#wall.md#", false);
        check("content/world/4913", false);
        check("content/.git/index", false);
        check("public/index.html", false);
        check("contents/a.md", false);
    }
}
