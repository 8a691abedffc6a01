//! A bar on standard error for work that takes over a second.

use std::{sync::Mutex, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{cli::output::Output, pipeline::Progress};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that shows itself late, and not at all when nobody looks.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    /// The stage is announced once a run may be long enough to be looked at.
    shown: Mutex<bool>,
    live: bool,
    started: std::time::Instant,
}

impl Bar {
    pub fn new(output: &Output) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if let Ok(style) =
            ProgressStyle::with_template("{msg:>10} [{bar:30}] {human_pos}/{human_len} {elapsed}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        Bar { bar, shown: Mutex::new(false), live: output.live, started: std::time::Instant::now() }
    }

    fn show(&self) {
        if self.live
            && self.started.elapsed() > PATIENCE
            && let Ok(mut shown) = self.shown.try_lock()
            && !*shown
        {
            *shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }
}

impl Progress for Bar {
    fn step(&self, name: &'static str, total: usize) {
        self.bar.set_message(name);
        self.bar.set_length(total as u64);
        self.bar.set_position(0);
        self.show();
    }

    fn tick(&self) {
        self.bar.inc(1);
        self.show();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
