//! `dateline check`: everything that is wrong, and nothing written.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::{
    assemble, check,
    cli::{
        Global, SiteArgs,
        output::{Output, count, exit_code},
        progress::Bar,
    },
    diagnostic::Severity,
    pipeline,
    report::table::plural,
};

const EXAMPLES: &str = "\
Examples:
  dateline check                                Faults, warnings and notes of the whole site
  dateline check --strict                       Exit with 1 on warnings too
  dateline check --message-format sarif         For code scanning and editors

Check looks for all that build would complain of, and for broken links and anchors, addresses that collide, \
entities and topics that nothing mentions, ambiguous aliases, missing descriptions and doubtful wire headers.";

/// Find what is wrong, without writing anything
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArgs {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
}

pub fn run(global: &Global, args: &CheckArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let progress = Bar::new(output);
    let options = global.options(&args.site, now);
    let built = pipeline::load(&options, &progress, pipeline::memo(&options))?;
    let counts = assemble::counts(&built.site);
    let diagnostics =
        check::check(&global.root, &built.site, &built.renderer, &built.files, &built.diagnostics);
    drop(progress);
    output.diagnostics(&diagnostics, true);
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| count(&diagnostics, severity));
    let human = format!(
        "{}, {} checked: {}, {}, {}",
        plural(counts.articles, "article"),
        plural(counts.pages, "page"),
        plural(errors, "error"),
        plural(warnings, "warning"),
        plural(notes, "note"),
    );
    let value = json!({ "counts": counts, "errors": errors, "warnings": warnings, "notes": notes });
    output.result("summary", &human, &value);
    Ok(exit_code(&diagnostics, args.strict))
}
