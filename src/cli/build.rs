//! `dateline build`: the whole line, from content to the output folder.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    cli::{Global, SiteArgs, output::Output, progress::Bar},
    pipeline::{self, Summary},
    report::table::{plural, thousands},
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
    let summary = pipeline::build(&options, args.strict, &progress);
    drop(progress);
    let summary = summary?;
    output.diagnostics(&summary.diagnostics, false);
    output.result("summary", &describe(&summary, output.verbose), &as_json(&summary));
    Ok(0)
}

/// The summary in two lines; `verbose` adds what was written and how long each step took.
pub fn describe(summary: &Summary, verbose: bool) -> String {
    let counts = &summary.counts;
    let held = match counts.held {
        0 => String::new(),
        held => format!(", {} held back as drafts, for later or as expired", thousands(held)),
    };
    let mut text = format!(
        "{}, {}, {} linked, {} for review{held}\n",
        plural(counts.articles, "article"),
        plural(counts.pages, "page"),
        plural(counts.linked, "mention"),
        thousands(counts.review),
    );
    if verbose {
        let written = &summary.written;
        text.push_str(&format!(
            "{} written, {} unchanged, {} removed\n",
            plural(written.written, "file"),
            thousands(written.unchanged),
            thousands(written.removed),
        ));
        let laps = summary.timings.iter().map(|(name, time)| format!("{name} {:.3} s", time.as_secs_f64()));
        text.push_str(&format!("{}\n", laps.collect::<Vec<_>>().join(", ")));
    }
    text.push_str(&format!(
        "{} in {:.2} s: {}",
        plural(summary.warnings, "warning"),
        summary.elapsed.as_secs_f64(),
        summary.output.display(),
    ));
    text
}

fn as_json(summary: &Summary) -> Value {
    json!({
        "counts": summary.counts,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "written": summary.written.written,
        "unchanged": summary.written.unchanged,
        "removed": summary.written.removed,
        "seconds": summary.elapsed.as_secs_f64(),
        "output": summary.output,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{disk::write::Written, model::site::Counts};

    #[test]
    fn the_summary_says_what_was_built() {
        let summary = Summary {
            counts: Counts { articles: 1, pages: 1204, linked: 37, review: 2, held: 0 },
            warnings: 0,
            errors: 0,
            elapsed: Duration::from_millis(416),
            output: PathBuf::from("public"),
            written: Written { written: 3, unchanged: 1201, removed: 0 },
            timings: vec![("read", Duration::from_millis(7))],
            diagnostics: Vec::new(),
        };
        let expect = "1 article, 1,204 pages, 37 mentions linked, 2 for review\n0 warnings in 0.42 s: public";
        assert_eq!(describe(&summary, false), expect);
        let verbose = describe(&summary, true);
        assert!(
            verbose.contains("\n3 files written, 1,201 unchanged, 0 removed\nread 0.007 s\n"),
            "{verbose}"
        );
    }
}
