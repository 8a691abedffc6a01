//! What all threads of the preview share: the site that is shown, and the faults of the last rebuild.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    diagnostic::Diagnostic,
    serve::{overview::LastRebuild, view::View},
};

pub struct Shared {
    /// The site's folder.
    pub root: PathBuf,
    state: RwLock<State>,
    /// Counts rebuilds; open pages listen.
    changed: watch::Sender<u64>,
    stopped: AtomicBool,
}

/// A moment of the preview.
#[derive(Clone, Default)]
pub struct State {
    /// The last good site; before there was one, the last site; before that, nothing.
    pub view: Option<Arc<View>>,
    /// Whether `view` has no errors.
    pub good: bool,
    /// What is wrong with the sources now.
    pub faults: Arc<Vec<Diagnostic>>,
    /// What the last rebuild did.
    pub last: Arc<LastRebuild>,
}

impl Shared {
    pub fn new(root: &Path) -> Self {
        Shared {
            root: root.to_owned(),
            state: RwLock::default(),
            changed: watch::Sender::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    pub fn state(&self) -> State {
        // A thread that panicked while it swapped two pointers has left them whole.
        self.state.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Shows another state and tells all open pages.
    pub fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = state;
        self.changed.send_modify(|count| *count += 1);
    }

    pub fn listen(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.changed.send_modify(|count| *count += 1);
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// When the site that is shown changes by itself: an embargo ends, or a piece expires.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.state().view.and_then(|view| view.due)
    }

    /// Folder of the site's own templates, relative to its root.
    pub fn templates(&self) -> Option<String> {
        self.state().view.and_then(|view| view.built.site.config.templates.clone())
    }

    /// Path of the site's root, with slashes at both ends.
    pub fn base_path(&self) -> String {
        self.state().view.map_or("/".to_owned(), |view| view.built.site.urls.base_path.clone())
    }
}
