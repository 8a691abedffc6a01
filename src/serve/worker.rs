//! A change of the sources → another site to show, or the faults that stand in its way.

use std::{sync::Arc, time::Instant};

use crate::{
    diagnostic::{self, Diagnostic, Severity},
    pipeline::{self, Changes, Memo},
    serve::{
        Listener, Loader,
        overview::LastRebuild,
        shared::{Shared, State},
        view::View,
    },
};

/// Makes sites, one at a time.
pub struct Worker {
    pub load: Loader,
    pub listener: Listener,
    pub shared: Arc<Shared>,
    /// What earlier runs worked out.
    pub memo: Memo,
    /// The machine failed in the last run, so that its changes may not be in the memo.
    pub missed: bool,
}

impl Worker {
    /// Makes the site anew after changes. A site with errors is shown only as long as there has been none without;
    /// otherwise the last good one stays, under its faults.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn rebuild(&mut self, changes: &Changes) -> Result<(), pipeline::Error> {
        let start = Instant::now();
        let before = self.shared.state();
        let old = before.view.clone();
        let mut last = LastRebuild::default();
        let changes = if self.missed { &Changes::Everything } else { changes };
        let made = (self.load)(&mut self.memo, changes);
        self.missed = matches!(made, Err(pipeline::Error::Disk(_)));
        let state = match made {
            Ok(mut built) => {
                last.laps = std::mem::take(&mut built.timings);
                last.read = std::mem::take(&mut built.read);
                last.annotated = std::mem::take(&mut built.annotated);
                let view = View::new(built);
                let mut faults = view.errors();
                let alike = before.good && before.view.as_ref().is_some_and(|good| good.made_alike(&view));
                // Without its theme every template is missing, which tells nothing more.
                let themeless = faults.iter().any(|fault| fault.code == "theme");
                if !alike && !themeless {
                    faults.extend(view.template_errors());
                    diagnostic::sort(&mut faults);
                }
                let keep = before.good && !faults.is_empty();
                let good = before.good || faults.is_empty();
                let view = if keep { before.view } else { Some(Arc::new(view)) };
                State { view, good, faults: Arc::new(faults), last: before.last }
            }
            Err(pipeline::Error::Content(mut faults)) => {
                // The rest is in nobody's way, and would hide what is.
                faults.retain(|fault| fault.severity == Severity::Error);
                State { faults: Arc::new(faults), ..before }
            }
            Err(error) => {
                let fault = Diagnostic::error("failed", error.to_string());
                let first = before.view.is_none();
                self.shared.set(State { faults: Arc::new(vec![fault]), ..before });
                return if first { Err(error) } else { Ok(()) };
            }
        };
        last.time = start.elapsed();
        let (annotated, faults) = (last.annotated.len(), state.faults.clone());
        let state = State { last: Arc::new(last), ..state };
        self.shared.set(state);
        // Giving back the memory of a large site takes a while, and nobody need wait for it.
        std::thread::spawn(move || drop(old));
        (self.listener)(start.elapsed(), annotated, &faults);
        Ok(())
    }
}
