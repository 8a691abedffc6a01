//! `dateline list`: what stands where, and what is held back until when.

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::{Global, SiteArgs, output::MessageFormat, output::Output, progress::Bar},
    diagnostic::{Diagnostic, Severity},
    model::{
        Article,
        site::{HeldWhy, Site},
    },
    pipeline,
    report::table::table,
};

const EXAMPLES: &str = "\
Examples:
  dateline list drafts                        What is not finished
  dateline list future                        What waits, and for when
  dateline list pages --message-format json   Every address of the site";

/// List drafts, embargoed or expired pieces, or all pages
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    pub what: What,
    #[command(flatten)]
    pub site: SiteArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Pieces marked `draft: true`
    Drafts,
    /// Pieces under embargo or dated in the future
    Future,
    /// Pieces whose time is over
    Expired,
    /// Every address of the output
    Pages,
}

#[derive(Debug, PartialEq, Serialize)]
struct Row {
    /// Of a held piece: its source file.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Of a held piece: the moment at which it comes or went.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    /// Of a page: its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

pub fn run(global: &Global, args: &ListArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let progress = Bar::new(output);
    let options = global.options(&args.site, now);
    let built = pipeline::load(&options, &progress, pipeline::memo(&options))?;
    drop(progress);
    let errors: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        output.diagnostics(&errors, false);
    }
    let rows = rows(&built.site, args.what);
    if output.format == MessageFormat::Human {
        output.line(draw(&rows, args.what).trim_end());
    } else {
        rows.iter().for_each(|row| output.result("item", "", row));
    }
    Ok(0)
}

fn rows(site: &Site, what: What) -> Vec<Row> {
    if what == What::Pages {
        let row = |url: String| Row { path: None, title: None, time: None, url: Some(url) };
        return site.pages.iter().map(|page| row(site.urls.link(&page.path))).collect();
    }
    let row = |article: &Article, time: Option<Timestamp>| Row {
        path: Some(article.path.as_str().to_owned()),
        title: Some(article.title.clone()),
        time: time.map(|time| time.to_zoned(site.tz.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()),
        url: None,
    };
    let mut held: Vec<(Option<Timestamp>, Row)> = site
        .held
        .iter()
        .filter_map(|held| match (what, held.why) {
            (What::Drafts, HeldWhy::Draft) => Some((None, row(&held.article, None))),
            (What::Future, HeldWhy::Future(time)) | (What::Expired, HeldWhy::Expired(time)) => {
                Some((Some(time), row(&held.article, Some(time))))
            }
            _ => None,
        })
        .collect();
    held.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    held.into_iter().map(|(_, row)| row).collect()
}

fn draw(rows: &[Row], what: What) -> String {
    if rows.is_empty() {
        return match what {
            What::Drafts => "No drafts".to_owned(),
            What::Future => "Nothing waits for its time".to_owned(),
            What::Expired => "Nothing has expired".to_owned(),
            What::Pages => "No pages".to_owned(),
        };
    }
    let cells =
        |row: &Row| [&row.time, &row.path, &row.title, &row.url].into_iter().flatten().cloned().collect();
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    match what {
        What::Pages => rows.iter().map(|row| row.concat() + "\n").collect(),
        What::Drafts => table(&["FILE", "HEADLINE"], &rows),
        What::Future => table(&["PUBLISHED", "FILE", "HEADLINE"], &rows),
        What::Expired => table(&["EXPIRED", "FILE", "HEADLINE"], &rows),
    }
}
