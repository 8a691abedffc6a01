//! `dateline annotate FILE…`: what the annotator finds in texts, with its evidence, for people and for programs.
//!
//! Texts are read in batches, annotated on all cores, and written in the order in which they came.

pub mod desk;
pub mod explain;
pub mod input;
pub mod stats;

use std::{
    io::{BufWriter, ErrorKind, Write},
    path::PathBuf,
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde_json::Value;

use crate::{
    annotate,
    cli::{
        Global, SiteArgs,
        annotate::{
            desk::Desk,
            input::{Input, Job},
            stats::{Meter, Stats},
        },
        output::{MessageFormat, Output, exit_code},
    },
    diagnostic::Diagnostic,
    model::{Annotation, Article},
    parse::{self, content::Item, record::Record},
    report::annotation::{Document, json, nif, ninjs, table, web},
};

const EXAMPLES: &str = "\
Examples:
  dateline annotate content/world/talks.txt         A table of names, topics and quotes
  dateline annotate --explain Jordan talks.txt      Why `Jordan` was linked, or was not
  pbpaste | dateline annotate -                     The text on the clipboard
  dateline annotate --format nif talks.txt          Turtle for GERBIL and other RDF tools
  dateline annotate --format jsonl --stats - < corpus.jsonl > annotated.jsonl
                                                    A corpus of any size, a text a line

A line of a corpus is an object with a `text`, and as it has them `id`, `title`, `date`, `source`, `section` and \
`lang`. Results come in the order of the texts; a bad line is reported by its number, and the rest goes on. Offsets \
count Unicode code points. The registry under content/entities is used in a site's folder.";

/// Show what the annotator finds in texts, and why
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AnnotateArgs {
    /// Articles (Markdown or raw wire copy) or corpora (.jsonl); `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// What the files hold
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub input: Input,
    /// Say why this name was linked, or was not: candidates with scores and reasons, evidence, threshold, settings
    #[arg(long, value_name = "NAME", conflicts_with = "format")]
    pub explain: Option<String>,
    /// Print at the end: words, time of each stage, words a second, mentions by status, loading times
    #[arg(long)]
    pub stats: bool,
    /// Where the site stands, for the addresses in exports [default: base_url in the settings]
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables to read
    #[default]
    Table,
    /// Indented JSON: one object, or an array of them for several texts
    Json,
    /// JSON, one object a line
    Jsonl,
    /// W3C Web Annotation: a page of annotations in JSON-LD a line
    Webannotation,
    /// NLP Interchange Format 2.1 in Turtle
    Nif,
    /// IPTC ninjs 3.1: a news item a line
    Ninjs,
}

/// What became of one text.
struct Done {
    text: String,
    diagnostics: Vec<Diagnostic>,
    stats: Stats,
}

pub fn run(global: &Global, args: &AnnotateArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let site = SiteArgs { base_url: args.base_url.clone(), ..SiteArgs::default() };
    let desk = Desk::open(&global.options(&site, now))?;
    let format = match args.format {
        Format::Table if output.format == MessageFormat::Json && args.explain.is_none() => Format::Jsonl,
        format => format,
    };
    let json = output.format == MessageFormat::Json;
    let task = Task { desk: &desk, format, explain: args.explain.as_deref(), stats: args.stats, json };
    let several = args.files.len() > 1;
    let mut paper = Paper {
        out: BufWriter::with_capacity(1 << 16, std::io::stdout().lock()),
        format,
        texts: 0,
        several,
        objects: json,
    };
    let mut stats = Stats::default();
    let mut code = 0;
    let started = std::time::Instant::now();
    for batch in input::batches(args.files.clone(), args.input) {
        let jobs = match batch {
            Ok(jobs) => jobs,
            Err(error) => {
                paper.end()?;
                return Err(error);
            }
        };
        let done: Vec<anyhow::Result<Done>> = jobs.into_par_iter().map(|job| task.job(job)).collect();
        for done in done {
            let done = done?;
            if !done.diagnostics.is_empty() {
                // Faults go to standard error for people; as JSON they stand among the results.
                paper.flush()?;
                output.diagnostics(&done.diagnostics, false);
                code = code.max(exit_code(&done.diagnostics, false));
            }
            stats.add(&done.stats);
            if done.stats.texts > 0 && !paper.text(&done.text)? {
                return Ok(code);
            }
        }
        if !paper.flush()? {
            return Ok(code);
        }
    }
    paper.end()?;
    if args.stats {
        stats.print(output, &desk.loads, started.elapsed());
    }
    Ok(code)
}

/// What is done with each text.
struct Task<'a> {
    desk: &'a Desk,
    format: Format,
    explain: Option<&'a str>,
    stats: bool,
    /// Whether explanations are for programs.
    json: bool,
}

impl Task<'_> {
    fn job(&self, job: Job) -> anyhow::Result<Done> {
        match job {
            Job::Fault(fault) => {
                Ok(Done { text: String::new(), diagnostics: vec![fault], stats: Stats::default() })
            }
            Job::Line { path, number, line } => {
                match parse::record::record(&path, number, &line, &self.desk.zone) {
                    Ok((Record { id, article }, fault)) => {
                        Ok(self.text(&article, id.as_ref(), fault.into_iter().collect()))
                    }
                    Err(fault) => {
                        Ok(Done { text: String::new(), diagnostics: vec![*fault], stats: Stats::default() })
                    }
                }
            }
            Job::Article { name, bytes } => {
                let path = self.desk.source_path(&name);
                let (item, diagnostics) = parse::content::file(&path, &bytes, &self.desk.zone);
                let Item::Article(article) = item else {
                    anyhow::bail!("`{name}` is not an article");
                };
                Ok(self.text(&article, None, diagnostics))
            }
        }
    }

    fn text(&self, article: &Article, id: Option<&Value>, diagnostics: Vec<Diagnostic>) -> Done {
        let (annotation, stats) = self.annotate(article);
        let text = match self.explain {
            Some(name) => {
                let explanation = explain::explain(self.desk, article, &annotation, name);
                if self.json { explanation.value().to_string() + "\n" } else { explanation.text() }
            }
            None => self.write(article, id, &annotation),
        };
        Done { text, diagnostics, stats }
    }

    fn annotate(&self, article: &Article) -> (Annotation, Stats) {
        let lexicon = &self.desk.lexicon;
        if !self.stats {
            let annotation = annotate::annotate(article, lexicon, annotate::prepare(article, lexicon));
            return (annotation, Stats::one());
        }
        let mut meter = Meter::new();
        let prepared = annotate::prepare_heard(article, lexicon, &mut meter);
        let (annotation, _) = annotate::annotate_heard(article, lexicon, prepared, &mut meter);
        let stats = Stats::of(article, &annotation, &meter);
        (annotation, stats)
    }

    fn write(&self, article: &Article, id: Option<&Value>, annotation: &Annotation) -> String {
        let (entities, topics) = (self.desk.entities(annotation), self.desk.topics(annotation));
        let document = Document {
            id,
            iri: &self.desk.iri(article, id),
            article,
            annotation,
            entities: &entities,
            topics: &topics,
            language: self.desk.language(article, annotation),
        };
        match self.format {
            Format::Table => table::table(&document),
            Format::Json => json::json(&document, true),
            Format::Jsonl => json::json(&document, false),
            Format::Webannotation => web::web(&document).to_string(),
            Format::Nif => nif::nif(&document),
            Format::Ninjs => ninjs::ninjs(&document, &self.desk.zone).to_string(),
        }
    }
}

/// What is written, text by text, with what a format needs around and between them.
struct Paper<W: Write> {
    out: W,
    format: Format,
    texts: usize,
    several: bool,
    /// Whether explanations for programs are written.
    objects: bool,
}

impl<W: Write> Paper<W> {
    /// Writes one result; `false` when nobody reads any more.
    fn text(&mut self, text: &str) -> anyhow::Result<bool> {
        let before = match (self.format, self.texts) {
            (Format::Nif, 0) => nif::PREFIXES,
            (Format::Json, 0) if self.several => "[\n",
            (Format::Json, 1..) => ",\n",
            (Format::Table, 1..) if !self.objects => "\n",
            _ => "",
        };
        self.texts += 1;
        let end = match self.format {
            Format::Json | Format::Nif | Format::Table => "",
            _ => "\n",
        };
        let whole = format!("{before}{text}{end}");
        self.write(&whole)
    }

    fn end(&mut self) -> anyhow::Result<bool> {
        let end = match (self.format, self.several, self.texts) {
            (Format::Json, true, 0) => "[]\n",
            (Format::Json, true, _) => "\n]\n",
            (Format::Json, false, 1..) => "\n",
            _ => "",
        };
        Ok(self.write(end)? && self.flush()?)
    }

    fn flush(&mut self) -> anyhow::Result<bool> {
        let flushed = self.out.flush();
        alive(flushed)
    }

    fn write(&mut self, text: &str) -> anyhow::Result<bool> {
        let written = self.out.write_all(text.as_bytes());
        alive(written)
    }
}

/// Whether somebody still reads: when `| head` has seen enough, that is no fault.
fn alive(written: std::io::Result<()>) -> anyhow::Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error).context("cannot write to standard output"),
    }
}
