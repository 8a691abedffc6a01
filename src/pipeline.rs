//! The straight line: read → parse → annotate → assemble → render → write, and the memo that it consults.
//!
//! Nothing is kept between runs but the [`Memo`]: results of `parse` and `annotate` by the content of what they read.
//! A run with a memo gives the same bytes as one without.

mod annotations;
mod clock;
mod look;
mod memo;
#[cfg(feature = "og")]
mod og;
mod pictures;
#[cfg(feature = "search")]
pub mod search;
mod sources;
mod texts;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    assemble::{self, When},
    assets,
    diagnostic::{self, Diagnostic, Severity},
    disk::{self, folder, write::Writer},
    model::{
        Page,
        site::{Counts, Site},
    },
    path::{SitePath, SourcePath},
    pipeline::{sources::Ground, texts::Texts},
    render::{self, Renderer},
    theme::{self, Theme},
};

use clock::Clock;
pub use memo::{Memo, memo};
pub use sources::settings;

/// Version of rules and weights: annotations made by another are not used.
const RULES: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"), " ", env!("DATELINE_RULES"));

/// What the command line settles.
#[derive(Clone, Debug)]
pub struct Options {
    pub root: PathBuf,
    /// `dateline.yaml` in the root when absent.
    pub config: Option<PathBuf>,
    /// `public` in the root when absent.
    pub output_dir: Option<PathBuf>,
    pub base_url: Option<String>,
    pub drafts: bool,
    pub future: bool,
    /// Without the search page and its index, whatever the settings say.
    pub no_search: bool,
    pub now: Timestamp,
}

impl Options {
    /// A run in `root` at the time `now`, with everything else as the site's settings say.
    pub fn new(root: &Path, now: Timestamp) -> Self {
        Options {
            root: root.to_owned(),
            config: None,
            output_dir: None,
            base_url: None,
            drafts: false,
            future: false,
            no_search: false,
            now,
        }
    }

    pub fn output(&self) -> PathBuf {
        self.output_dir.clone().unwrap_or_else(|| self.root.join("public"))
    }
}

/// Hears how far the work has come; called from many threads.
pub trait Progress: Sync {
    /// A step with `total` parts begins.
    fn step(&self, name: &'static str, total: usize);
    /// One part of it is done.
    fn tick(&self);
}

/// Hears nothing.
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Disk(#[from] disk::Error),
    /// The content has errors: nothing was written.
    #[error("the site has errors; nothing was written")]
    Content(Vec<Diagnostic>),
    #[cfg(feature = "search")]
    #[error(transparent)]
    Search(#[from] crate::search::Error),
}

/// A site in memory, ready to be rendered page by page.
pub struct Built {
    pub site: Arc<Site>,
    pub theme: Arc<Theme>,
    pub renderer: Renderer,
    /// Files that are carried as they are: by path below the output, and what they hold.
    pub files: BTreeMap<SitePath, assets::File>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was read and worked out, for the next run; empty after [`reload`], whose caller has it.
    pub memo: Memo,
    /// Pictures for sharing that are painted already.
    #[cfg(feature = "og")]
    pub og: og::Painted,
    /// The search index, not made before it is asked for.
    #[cfg(feature = "search")]
    pub search: search::Lazy,
    pub timings: Vec<(&'static str, Duration)>,
    /// Files that this run read and found new, edited or gone.
    pub read: Vec<Rebuilt>,
    /// Articles annotated anew in this run.
    pub annotated: Vec<Rebuilt>,
}

/// How a build ended.
#[derive(Clone, Debug)]
pub struct Summary {
    pub counts: Counts,
    pub errors: usize,
    pub warnings: usize,
    pub written: disk::write::Written,
    pub output: PathBuf,
    pub elapsed: Duration,
    pub timings: Vec<(&'static str, Duration)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What may have changed since the last run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    Everything,
    /// Files and folders, relative to the site's root; settings that lie elsewhere by their whole path.
    Paths(BTreeSet<PathBuf>),
}

impl Changes {
    fn any(&self, concerns: impl Fn(&Path) -> bool) -> bool {
        match self {
            Changes::Everything => true,
            Changes::Paths(paths) => paths.iter().any(|path| concerns(path)),
        }
    }
}

/// A file that a run read or annotated anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    pub path: SourcePath,
    pub why: Why,
}

/// Why a file was read or annotated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    New,
    Edited,
    Gone,
    /// Names that its text contains mean something else in the registry now.
    Registry,
    /// The settings of annotation are others.
    Settings,
}

/// Runs the line up to the site in memory.
///
/// # Errors
/// When the machine fails, or the settings or templates are such that there is no site to show.
pub fn load(options: &Options, progress: &dyn Progress, memo: Memo) -> Result<Built, Error> {
    let mut memo = memo;
    let mut built = reload(options, &Changes::Everything, progress, &mut memo)?;
    built.memo = memo;
    Ok(built)
}

/// Runs the line up to the site in memory again, with what earlier runs left in the memo, which stays outside of the
/// site. `changes` must name all that is not as it was at the last run.
///
/// # Errors
/// As [`load`]. When it was the machine that failed, the next run must be told of these changes again.
pub fn reload(
    options: &Options,
    changes: &Changes,
    progress: &dyn Progress,
    memo: &mut Memo,
) -> Result<Built, Error> {
    let mut clock = Clock::new();
    progress.step("Reading", 0);
    let ground = memo.sources.update(options, changes)?;
    let Ground { config, zone, theme, .. } = ground;
    if ground.zone_changed {
        memo.texts = Texts::default();
    }
    let changes = if ground.zone_changed { &Changes::Everything } else { changes };
    let touched = memo.texts.update(&options.root, changes, &zone, progress);
    clock.lap("read and parse");

    let content = &memo.texts.content;
    let annotated = memo.annotations.update(content, &config, touched.registry, progress);
    clock.lap("annotate");

    progress.step("Assembling", 0);
    let when = When { now: options.now, tz: zone, drafts: options.drafts, future: options.future };
    let annotations: Vec<_> = memo.annotations.rows.iter().map(|row| row.kept.annotation.clone()).collect();
    let (site, more) = assemble::assemble(content, &annotations, &config, &when, &mut memo.assembly);
    clock.lap("assemble");

    let mut faults: Vec<Diagnostic> =
        memo.sources.all_faults().chain(memo.texts.all_faults()).cloned().collect();
    faults.extend(more);
    faults.extend(theme::misspelt(&config, &theme));
    let pieces = content.articles.iter().filter_map(|article| article.template.as_deref());
    let sections = content.sections.iter().flat_map(|section| [&section.template, &section.page_template]);
    let others = sections.chain(content.pages.iter().map(|page| &page.template));
    let asked = pieces.chain(others.filter_map(|name| name.as_deref())).collect();
    faults.extend(theme::stray(&theme, &asked));
    let statics = memo.sources.statics.as_deref().unwrap_or_default();
    #[cfg_attr(not(feature = "search"), expect(unused_mut, reason = "only the search adds a name"))]
    let (mut files, mut names) = assets::files(&site, &theme, &memo.texts.assets(), statics, &mut faults);
    #[cfg(feature = "search")]
    if search::wanted(&site) {
        let (name, script) = crate::search::SCRIPT;
        assets::add(&mut files, &mut names, name, script.as_bytes());
    }
    let shown = pictures::pictures(options, &site, &mut files, &mut memo.pictures, &mut faults, progress);
    let made = render::templates(&theme, &config.language, memo.templates.take());
    let renderer = made.map(|templates| {
        memo.templates = Some(templates.clone());
        render::renderer(&site, &theme, &names, shown, templates)
    });
    diagnostic::sort(&mut faults);
    let renderer = match renderer {
        Ok(renderer) => renderer,
        Err(more) => {
            faults.extend(more);
            diagnostic::sort(&mut faults);
            return Err(Error::Content(faults));
        }
    };
    clock.lap("views");
    Ok(Built {
        site,
        theme,
        renderer,
        files,
        diagnostics: faults,
        memo: Memo::default(),
        #[cfg(feature = "og")]
        og: og::Painted::new(options),
        #[cfg(feature = "search")]
        search: search::Lazy::new(memo.search.clone()),
        timings: clock.laps,
        read: touched.files,
        annotated,
    })
}

/// Renders one page of a site in memory: the only way in which a page is made.
///
/// # Errors
/// The template's fault.
pub fn render(built: &Built, page: &Page) -> Result<Vec<u8>, Diagnostic> {
    #[cfg(feature = "og")]
    if let Some(picture) = og::picture(built, page) {
        return Ok(picture);
    }
    render::render(&built.site, &built.renderer, page)
}

/// Runs the whole line and writes the site. `strict` makes warnings errors.
///
/// # Errors
/// When the machine fails or the content has errors; the last good site stays as it was.
pub fn build(options: &Options, strict: bool, progress: &dyn Progress) -> Result<Summary, Error> {
    let start = Instant::now();
    refuse_sources(options, &options.output())?;
    let built = load(options, progress, memo::memo(options))?;
    let mut summary = write(&built, options, strict, progress)?;
    // Giving back the memory of a large site takes a while, and nobody need wait for it.
    std::thread::spawn(move || drop(built));
    summary.elapsed = start.elapsed();
    Ok(summary)
}

/// Writes a site in memory, and keeps what was worked out for the next run. `strict` makes warnings errors.
///
/// # Errors
/// As [`build`].
pub fn write(
    built: &Built,
    options: &Options,
    strict: bool,
    progress: &dyn Progress,
) -> Result<Summary, Error> {
    let start = Instant::now();
    let output = options.output();
    refuse_sources(options, &output)?;
    let count = |severity| built.diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors > 0 || (strict && warnings > 0) {
        return Err(Error::Content(built.diagnostics.clone()));
    }
    let mut clock = Clock::new();
    let writer = Writer::open(&output)?;
    #[cfg(feature = "search")]
    let done = {
        let (pages, index) =
            rayon::join(|| write_pages(built, &writer, progress), || search::write(built, options, &writer));
        pages.and(index)
    };
    #[cfg(not(feature = "search"))]
    let done = write_pages(built, &writer, progress);
    if let Err(error) = done {
        writer.abandon();
        return Err(error);
    }
    clock.lap("render and stage");
    let (written, ()) = rayon::join(|| writer.commit(), || memo::save(options, &built.memo));
    #[cfg(feature = "og")]
    og::tidy(&built.og);
    let written = written?;
    clock.lap("commit and memo");
    let mut timings = built.timings.clone();
    timings.extend(clock.laps);
    Ok(Summary {
        counts: assemble::counts(&built.site),
        errors,
        warnings,
        written,
        output,
        elapsed: start.elapsed(),
        timings,
        diagnostics: built.diagnostics.clone(),
    })
}

fn refuse_sources(options: &Options, output: &Path) -> Result<(), Error> {
    let (root, real) = (folder::resolved(&options.root), folder::resolved(output));
    let sources = ["content", "templates", "themes", "static", ".git"].map(|name| root.join(name));
    let bad = root.starts_with(&real) || sources.iter().any(|folder| real.starts_with(folder));
    if bad { Err(disk::Error::Sources(output.to_owned()).into()) } else { Ok(()) }
}

/// Renders all pages, a window at a time, and stages them: what is staged leaves memory.
fn write_pages(built: &Built, writer: &Writer, progress: &dyn Progress) -> Result<(), Error> {
    progress.step("Rendering", built.site.pages.len());
    let failed: Vec<Result<(), Error>> = built
        .site
        .pages
        .par_iter()
        .map(|page| {
            let bytes = render(built, page).map_err(|fault| Error::Content(vec![fault]))?;
            progress.tick();
            Ok(writer.put(&page.path.file(), &bytes)?)
        })
        .chain(built.files.par_iter().map(|(path, file)| match file {
            assets::File::Bytes(bytes) => Ok(writer.put(&path.file(), bytes)?),
            assets::File::Copy(from) => Ok(writer.carry(&path.file(), from)?),
        }))
        .filter(Result::is_err)
        .collect();
    let mut faults = Vec::new();
    for error in failed.into_iter().filter_map(Result::err) {
        match error {
            Error::Content(more) => faults.extend(more),
            machine => return Err(machine),
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    // One broken template fails on every page that uses it; the first page tells it all.
    let mut seen = BTreeSet::new();
    diagnostic::sort(&mut faults);
    faults.retain(|f| f.place.as_ref().is_none_or(|p| seen.insert((p.path.clone(), p.line, p.column))));
    faults.extend(built.diagnostics.iter().cloned());
    Err(Error::Content(faults))
}
