//! `dateline build`: the whole line, from content to the output folder.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::cli::{
    Global, SiteArgs,
    line::{self, Summary},
    output::{Output, exit_code, plural, thousands},
    progress::Bar,
};

const EXAMPLES: &str = "\
Examples:
  dateline build                                   Write the site to public/
  dateline build -u https://example.org/news/      For another address than that of the settings
  dateline build --drafts --future -o preview      With everything that is not out yet
  dateline build --now 2025-07-11 --strict         As of that day; warnings fail

A build writes only what changed, and leaves the last good site alone when it fails.";

/// Write the site to its output folder
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct BuildArgs {
    /// Where to write [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    #[command(flatten)]
    pub site: SiteArgs,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}

pub fn run(global: &Global, args: &BuildArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let mut options = global.options(&args.site, now);
    options.output_dir = args.output_dir.clone();
    let progress = Bar::new(output);
    let summary = line::build(&options, &progress)?;
    drop(progress);
    output.diagnostics(&summary.diagnostics, false);
    output.result("summary", &describe(&summary, output.verbose), &summary);
    Ok(exit_code(&summary.diagnostics, args.strict))
}

/// The summary in two lines; `verbose` adds what was written.
fn describe(summary: &Summary, verbose: bool) -> String {
    let counts = &summary.counts;
    let mut text = format!(
        "{}, {}, {} linked, {} for review\n",
        plural(counts.articles, "article"),
        plural(counts.pages, "page"),
        plural(counts.linked, "mention"),
        thousands(counts.review),
    );
    if verbose {
        text.push_str(&format!(
            "{} written, {} unchanged, {} removed\n",
            thousands(summary.written),
            thousands(summary.unchanged),
            thousands(summary.removed),
        ));
    }
    text.push_str(&format!(
        "{}{} in {:.2} s: {}",
        if summary.errors > 0 { format!("{}, ", plural(summary.errors, "error")) } else { String::new() },
        plural(summary.warnings, "warning"),
        summary.seconds,
        summary.output.display(),
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::Counts;

    #[test]
    fn the_summary_says_what_was_built() {
        let mut summary = Summary {
            counts: Counts { articles: 1, pages: 1204, linked: 37, review: 2 },
            warnings: 0,
            errors: 0,
            seconds: 0.416,
            output: PathBuf::from("public"),
            written: 3,
            unchanged: 1201,
            removed: 0,
            diagnostics: Vec::new(),
        };
        let expect = "1 article, 1,204 pages, 37 mentions linked, 2 for review\n0 warnings in 0.42 s: public";
        assert_eq!(describe(&summary, false), expect);
        summary.errors = 2;
        assert!(
            describe(&summary, true)
                .ends_with("3 written, 1,201 unchanged, 0 removed\n2 errors, 0 warnings in 0.42 s: public")
        );
    }
}
