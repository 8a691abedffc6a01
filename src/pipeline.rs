//! The straight line: read → parse → annotate → assemble → render → write, and the memo that it consults.
//!
//! Nothing is kept between runs but the [`Memo`]: results of `parse` and `annotate` by the content of what they read.
//! A run with a memo gives the same bytes as one without.

mod clock;
mod memo;
#[cfg(feature = "search")]
pub mod search;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    annotate::{self, lexicon::Lexicon},
    assemble::{self, When},
    assets,
    diagnostic::{self, Diagnostic, Place, Severity, did_you_mean},
    disk::{self, cache, folder, read, write::Writer},
    model::{
        Annotation, Asset, Page,
        config::Config,
        site::{Content, Counts, Site},
    },
    parse,
    path::{SitePath, SourcePath},
    render::{self, Renderer},
    theme::{self, Theme},
};

use clock::Clock;
pub use memo::{Memo, memo};

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
    pub site: Site,
    pub theme: Theme,
    pub renderer: Renderer,
    /// Files that are carried as they are: by path below the output, and what they hold.
    pub files: BTreeMap<SitePath, assets::File>,
    pub diagnostics: Vec<Diagnostic>,
    pub memo: Memo,
    /// The search index, not made before it is asked for.
    #[cfg(feature = "search")]
    pub search: search::Lazy,
    pub timings: Vec<(&'static str, Duration)>,
    /// Articles annotated anew in this run.
    pub annotated: usize,
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

/// Runs the line up to the site in memory.
///
/// # Errors
/// When the machine fails, or the settings or templates are such that there is no site to show.
pub fn load(options: &Options, progress: &dyn Progress, memo: Memo) -> Result<Built, Error> {
    let mut clock = Clock::new();
    let mut faults = Vec::new();
    let config = Arc::new(settings(options, &mut faults)?);
    let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);

    progress.step("Reading", 0);
    let folder = read::folder(&options.root, "content");
    faults.extend(folder.faults);
    let theme = theme(options, &config, &mut faults)?;
    clock.lap("read");

    progress.step("Parsing", folder.texts.len());
    let mut memo = if memo.zone == config.timezone {
        memo
    } else {
        Memo {
            annotations: memo.annotations,
            #[cfg(feature = "search")]
            search: memo.search,
            ..Memo::default()
        }
    };
    memo.zone.clone_from(&config.timezone);
    let content = parse_all(&folder.texts, &folder.assets, &zone, &mut memo, &mut faults, progress);
    clock.lap("parse");

    let lexicon = annotate::lexicon(&content.entities, &content.topics, &config.annotate, &config.language);
    progress.step("Annotating", content.articles.len());
    let (annotations, annotated) = annotate_all(&content, &lexicon, &config, &mut memo, progress);
    clock.lap("annotate");

    progress.step("Assembling", 0);
    let when = When { now: options.now, tz: zone, drafts: options.drafts, future: options.future };
    let (site, more) = assemble::assemble(&content, &annotations, &config, &when);
    faults.extend(more);
    clock.lap("assemble");

    let static_files = read::tree_of_assets(&options.root, "static");
    let (files, names) = assets::files(&site, &theme, &folder.assets, &static_files, &mut faults);
    #[cfg(feature = "search")]
    let files = {
        let (path, script) = crate::search::SCRIPT;
        let script = assets::File::Bytes(script.as_bytes().to_vec());
        let wanted = search::wanted(&site);
        files.into_iter().chain(wanted.then(|| (SitePath::new(&format!("/{path}")), script))).collect()
    };
    let renderer = match render::renderer(&site, &theme, &names) {
        Ok(renderer) => renderer,
        Err(fault) => {
            faults.push(fault);
            diagnostic::sort(&mut faults);
            return Err(Error::Content(faults));
        }
    };
    clock.lap("views");
    diagnostic::sort(&mut faults);
    Ok(Built {
        site,
        theme,
        renderer,
        files,
        diagnostics: faults,
        #[cfg(feature = "search")]
        search: search::Lazy::new(memo.search.clone()),
        memo,
        timings: clock.laps,
        annotated,
    })
}

/// Renders one page of a site in memory: the only way in which a page is made.
///
/// # Errors
/// The template's fault.
pub fn render(built: &Built, page: &Page) -> Result<Vec<u8>, Diagnostic> {
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
    let mut seen = std::collections::BTreeSet::new();
    diagnostic::sort(&mut faults);
    faults.retain(|f| f.place.as_ref().is_none_or(|p| seen.insert((p.path.clone(), p.line, p.column))));
    faults.extend(built.diagnostics.iter().cloned());
    Err(Error::Content(faults))
}

/// Reads the settings; a site without a file of them has the defaults.
///
/// # Errors
/// When the file is there and cannot be read, or a named one is not there.
pub fn settings(options: &Options, faults: &mut Vec<Diagnostic>) -> Result<Config, Error> {
    let path = options.config.clone().unwrap_or_else(|| options.root.join("dateline.yaml"));
    let bytes = if options.config.is_some() { Some(read::bytes(&path)?) } else { read::optional(&path)? };
    let source = read::source_path(&options.root, &path);
    let mut config = match bytes {
        Some(bytes) => {
            let (config, more) = parse::config::config(&source, &String::from_utf8_lossy(&bytes));
            faults.extend(more);
            config
        }
        None => {
            faults.push(
                Diagnostic::warning(
                    "no-config",
                    "there is no `dateline.yaml`; all settings have their defaults",
                )
                .help("make one, or name the site's folder with --root"),
            );
            Config::default()
        }
    };
    if let Some(base_url) = &options.base_url {
        config.base_url.clone_from(base_url);
    }
    config.search &= !options.no_search;
    Ok(config)
}

/// The theme of the site: from `themes/NAME`, or a built-in one of that name.
fn theme(options: &Options, config: &Config, faults: &mut Vec<Diagnostic>) -> Result<Theme, Error> {
    let folder = format!("themes/{}", config.theme);
    let mut files = read::tree(&options.root.join(&folder))?;
    if files.is_empty() {
        files = theme::builtin_theme(&config.theme).unwrap_or_else(|| {
            let fault = Diagnostic::error("no-theme", format!("there is no theme `{}`", config.theme));
            let near = did_you_mean(&config.theme, theme::builtin_names());
            faults.push(match near {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!(
                    "put it into `{folder}/`, or use a built-in one: {}",
                    theme::builtin_names().collect::<Vec<_>>().join(", ")
                )),
            });
            theme::builtin_theme("broadsheet").unwrap_or_default()
        });
    }
    let mut site = Vec::new();
    if let Some(templates) = &config.templates {
        for (name, bytes) in read::tree(&options.root.join(templates))? {
            let path = SourcePath::new(&format!("{templates}/{name}"));
            site.push(theme::Template { name, text: String::from_utf8_lossy(&bytes).into_owned(), path });
        }
    }
    Theme::new(&folder, files, site).or_else(|message| {
        let path = SourcePath::new(&format!("{folder}/theme.yaml"));
        faults.push(Diagnostic::error("theme", message).at(Place::file(&path)));
        Ok(Theme::default())
    })
}

fn parse_all(
    texts: &[read::SourceFile],
    beside: &[Asset],
    zone: &TimeZone,
    memo: &mut Memo,
    faults: &mut Vec<Diagnostic>,
    progress: &dyn Progress,
) -> Content {
    let old = std::mem::take(&mut memo.files);
    let parsed: Vec<(SourcePath, memo::Read)> = texts
        .par_iter()
        .map(|file| {
            let hash = *blake3::hash(&file.bytes).as_bytes();
            let result = match old.get(&file.path) {
                Some(kept) if kept.0 == hash => kept.clone(),
                _ => {
                    let (item, faults) = parse::content::file(&file.path, &file.bytes, zone);
                    (hash, item, faults)
                }
            };
            progress.tick();
            (file.path.clone(), result)
        })
        .collect();
    let (mut content, more) = parse::content::collect(parsed.iter().map(|(_, (_, item, _))| item));
    faults.extend(parsed.iter().flat_map(|(_, (_, _, faults))| faults.iter().cloned()));
    faults.extend(more);
    memo.files = parsed.into_iter().collect();
    attach_assets(&mut content, beside);
    content
}

/// Gives each article in a folder of its own (`index.md`) the files beside it.
fn attach_assets(content: &mut Content, beside: &[Asset]) {
    for article in &mut content.articles {
        if article.path.stem() != "index" {
            continue;
        }
        let folder = format!("{}/", article.path.folder());
        let assets: Vec<SourcePath> =
            beside.iter().filter(|a| a.path.as_str().starts_with(&folder)).map(|a| a.path.clone()).collect();
        if !assets.is_empty() {
            Arc::make_mut(article).assets = assets;
        }
    }
}

fn annotate_all(
    content: &Content,
    lexicon: &Lexicon,
    config: &Config,
    memo: &mut Memo,
    progress: &dyn Progress,
) -> (Vec<Arc<Annotation>>, usize) {
    let settings = blake3::hash(serde_json::to_string(&config.annotate).unwrap_or_default().as_bytes());
    let old = std::mem::take(&mut memo.annotations);
    let keys = std::mem::take(&mut memo.keys);
    let whole = memo::whole(lexicon, settings.as_bytes(), &config.language);
    let same = memo.lexicon == whole;
    memo.lexicon = whole;
    let annotated: Vec<(cache::Key, Arc<Annotation>, bool)> = content
        .articles
        .par_iter()
        .map(|article| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(RULES.as_bytes());
            hasher.update(settings.as_bytes());
            hasher.update(config.language.as_bytes());
            hasher.update(article.path.as_str().as_bytes());
            hasher.update(&article.hash);
            let mut prepared = None;
            let key = match keys.get(&article.path) {
                Some((hash, key)) if same && *hash == article.hash => *key,
                _ => {
                    let ready = prepared.insert(annotate::prepare(article, lexicon));
                    hasher.update(&annotate::reach(article, lexicon, ready));
                    let mut key = [0; 16];
                    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
                    key
                }
            };
            let result = match old.get(&key) {
                Some(known) => (key, known.clone(), false),
                None => {
                    let ready = prepared.unwrap_or_else(|| annotate::prepare(article, lexicon));
                    (key, Arc::new(annotate::annotate(article, lexicon, ready)), true)
                }
            };
            progress.tick();
            result
        })
        .collect();
    let fresh = annotated.iter().filter(|(_, _, fresh)| *fresh).count();
    let annotations = annotated.iter().map(|(_, annotation, _)| annotation.clone()).collect();
    memo.keys = content
        .articles
        .iter()
        .zip(&annotated)
        .map(|(article, (key, ..))| (article.path.clone(), (article.hash, *key)))
        .collect();
    memo.annotations = annotated.into_iter().map(|(key, annotation, _)| (key, annotation)).collect();
    (annotations, fresh)
}
