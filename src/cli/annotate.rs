//! `dateline annotate FILE…`: what the annotator finds in a text, with its evidence.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    annotate::{self, lexicon::Lexicon},
    cli::{
        Global, SiteArgs,
        output::{MessageFormat, Output, exit_code},
    },
    disk::read,
    parse::{self, content::Item},
    path::SourcePath,
    pipeline::{self, Options},
    report::annotation,
};

const EXAMPLES: &str = "\
Examples:
  dateline annotate content/world/talks.txt      A table of names, topics and quotes
  pbpaste | dateline annotate -                  The text on the clipboard
  dateline annotate --format json *.txt          One JSON object a file; spans count Unicode code points

The registry under content/entities is used when the command runs in a site's folder.";

/// Show what the annotator finds in a text, and why
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct AnnotateArgs {
    /// Articles (Markdown or raw wire copy); `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A table to read or JSON to process
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
}

pub fn run(global: &Global, args: &AnnotateArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let options = global.options(&SiteArgs::default(), now);
    let desk = Desk::open(&options)?;
    let json = args.format == Format::Json || output.format == MessageFormat::Json;
    let mut code = 0;
    for file in &args.files {
        let (name, bytes) = if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
            ("stdin.txt".to_owned(), bytes)
        } else {
            (file.display().to_string(), read::bytes(file)?)
        };
        let (item, diagnostics) = parse::content::file(&desk.source_path(&name), &bytes, &desk.zone);
        let Item::Article(article) = item else {
            output.diagnostics(&diagnostics, false);
            bail!("`{name}` is not an article");
        };
        let annotation =
            annotate::annotate(&article, &desk.lexicon, annotate::prepare(&article, &desk.lexicon));
        if output.format != MessageFormat::Json {
            output.diagnostics(&diagnostics, false);
        }
        if json {
            output.line(&annotation::json(&article, &annotation).to_string());
        } else {
            output.line(&annotation::table(&article, &annotation));
        }
        code = code.max(exit_code(&diagnostics, false));
    }
    Ok(code)
}

/// What a text is annotated with: the names that the site and the program know.
struct Desk {
    root: PathBuf,
    zone: TimeZone,
    lexicon: Lexicon,
}

impl Desk {
    fn open(options: &Options) -> anyhow::Result<Desk> {
        // Faults of the registry are the business of `check`.
        let config = pipeline::settings(options, &mut Vec::new())?;
        let zone = TimeZone::get(&config.timezone).unwrap_or(TimeZone::UTC);
        let registry: Vec<Item> = read::folder(&options.root, "content")
            .texts
            .iter()
            .filter(|file| is_registry(file.path.as_str()))
            .map(|file| parse::content::file(&file.path, &file.bytes, &zone).0)
            .collect();
        let (content, _) = parse::content::collect(registry.iter());
        let lexicon =
            annotate::lexicon(&content.entities, &content.topics, &config.annotate, &config.language);
        Ok(Desk { root: options.root.clone(), zone, lexicon })
    }

    /// The path as the site would see it; a text from elsewhere is read as if it lay in `content/`.
    fn source_path(&self, name: &str) -> SourcePath {
        let path = Path::new(name);
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or(path.to_owned());
        let content = absolute(&self.root.join("content"));
        match absolute(path).strip_prefix(&content) {
            Ok(below) => read::source_path(Path::new(""), &Path::new("content").join(below)),
            Err(_) => {
                let name = path.file_name().map_or(name.into(), |name| name.to_string_lossy());
                SourcePath::new(&format!("content/{name}"))
            }
        }
    }
}

fn is_registry(path: &str) -> bool {
    let below = path.strip_prefix("content/").unwrap_or(path);
    ["entities/", "topics/", "entities.y", "topics.y"].iter().any(|start| below.starts_with(start))
}
