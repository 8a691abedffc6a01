//! Arguments → one command → an exit code. Each command has a file of its own, with its arguments and its `run`.
//!
//! Exit codes: 0 all is well; 1 the content has errors (or, under `--strict`, warnings); 2 the command line is
//! wrong or the machine failed.

pub mod annotate;
pub mod build;
pub mod check;
pub mod clean;
pub mod completions;
pub mod entities;
pub mod list;
pub mod man;
pub mod new;
pub mod output;
pub mod progress;
pub mod publish;
pub mod review;
#[cfg(feature = "serve")]
pub mod serve;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    cli::output::{Color, MessageFormat, Output},
    pipeline::{self, Options},
};

/// The content is at fault.
pub const FAULTS: u8 = 1;
/// The command line is wrong or the machine failed.
pub const FAILURE: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  dateline new my-site             Make a site to start from
  dateline -r my-site serve -O     Preview it in the browser, live
  dateline -r my-site check        See what is wrong before readers do
  dateline -r my-site build        Write it to my-site/public

Exit codes: 0 all is well, 1 errors in the content, 2 wrong usage or a failure of the machine.";

/// Turns a folder of news copy into an annotated, cross-linked site.
///
/// Put articles (Markdown, or raw wire copy as .txt) into content/ and run `dateline build`. Every person,
/// organisation, place and topic that they name gets a page, and every day an edition.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = EXAMPLES, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The site's folder
    #[arg(
        short,
        long,
        global = true,
        default_value = ".",
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub root: PathBuf,
    /// The settings [default: dateline.yaml in the site's folder]
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub config: Option<PathBuf>,
    /// Print errors only
    #[arg(long, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    pub quiet: bool,
    /// Print notes and timings too
    #[arg(long, global = true, help_heading = "Global options")]
    pub verbose: bool,
    /// How faults and results are printed: for people, as JSON (one object a line), or as a SARIF 2.1.0 log
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        help_heading = "Global options"
    )]
    pub message_format: MessageFormat,
    /// When to use colours; `auto` respects NO_COLOR and pipes
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Global options"
    )]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    New(new::NewArgs),
    Build(build::BuildArgs),
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    Check(check::CheckArgs),
    List(list::ListArgs),
    Clean(clean::CleanArgs),
    Annotate(annotate::AnnotateArgs),
    Entities(entities::EntitiesArgs),
    Review(review::ReviewArgs),
    Publish(publish::PublishArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// What belongs to a site and a moment: shared by build, serve, check, list and publish.
#[derive(Clone, Debug, Default, Args)]
pub struct SiteArgs {
    /// Where the site will stand.
    #[arg(
        short = 'u',
        long,
        value_name = "URL",
        help = "Where the site will stand, such as https://example.org/news/ [default: base_url in the settings]"
    )]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Include pieces whose time has not come: embargoes and dates to come
    #[arg(long)]
    pub future: bool,
    /// Leave out the search page and its index
    #[arg(long)]
    pub no_search: bool,
    /// Build as if it were this moment: 2025-07-10T18:00:00Z, or 2025-07-10 for its midnight in UTC
    #[arg(long, value_name = "TIMESTAMP", value_parser = timestamp)]
    pub now: Option<Timestamp>,
}

impl Global {
    /// The options of the straight line; `now` is the clock's time, which `--now` replaces.
    pub fn options(&self, site: &SiteArgs, now: Timestamp) -> Options {
        Options {
            root: self.root.clone(),
            config: self.config.clone(),
            output_dir: None,
            base_url: site.base_url.clone(),
            drafts: site.drafts,
            future: site.future,
            no_search: site.no_search,
            now: site.now.unwrap_or(now),
        }
    }
}

/// Parses `args` (the program's name first), runs the command and returns the exit code.
pub fn main(args: impl IntoIterator<Item = OsString>, clock: fn() -> Timestamp) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` come this way too, with code 0. A closed pipe is no fault of ours.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(FAILURE);
        }
    };
    let output = Output::new(&cli.global);
    match run(&cli, &output, clock) {
        Ok(code) => code,
        Err(error) => match error.downcast::<pipeline::Error>() {
            Ok(pipeline::Error::Content(faults)) => {
                output.diagnostics(&faults, false);
                if matches!(cli.command, Command::Build(_)) {
                    output.remark("Nothing was written; the last good site stands as it was");
                }
                FAULTS
            }
            Ok(error) => failure(&output, error.into()),
            Err(error) => failure(&output, error),
        },
    }
}

fn failure(output: &Output, error: anyhow::Error) -> u8 {
    output.failure(&error);
    FAILURE
}

fn run(cli: &Cli, output: &Output, clock: fn() -> Timestamp) -> anyhow::Result<u8> {
    let global = &cli.global;
    let anywhere = matches!(&cli.command, Command::New(_) | Command::Completions(_) | Command::Man(_));
    anyhow::ensure!(
        anywhere || global.root.is_dir(),
        "there is no folder `{}`: start a site with `dateline new {0}`",
        global.root.display()
    );
    let any_site = anywhere || matches!(&cli.command, Command::Annotate(_) | Command::Clean(_));
    let settled = global.config.is_some()
        || ["dateline.yaml", "content"].iter().any(|name| global.root.join(name).exists());
    anyhow::ensure!(
        any_site || settled,
        "`{}` is no site: it has neither `dateline.yaml` nor `content/`. Name the site's folder with `--root`, or start a site with `dateline new`",
        global.root.display()
    );
    match &cli.command {
        Command::New(args) => new::run(args, output),
        Command::Build(args) => build::run(global, args, output, clock()),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(global, args, output, clock),
        Command::Check(args) => check::run(global, args, output, clock()),
        Command::List(args) => list::run(global, args, output, clock()),
        Command::Clean(args) => clean::run(global, args, output),
        Command::Annotate(args) => annotate::run(global, args, output, clock()),
        Command::Entities(args) => entities::run(global, args, output, clock()),
        Command::Review(args) => review::run(global, args, output, clock()),
        Command::Publish(args) => publish::run(global, args, output, clock()),
        Command::Completions(args) => completions::run(args, &mut Cli::command()),
        Command::Man(args) => man::run(args, Cli::command()),
    }
}

/// RFC 3339 with an offset or `Z`; or an ISO 8601 date or local time, taken as UTC.
fn timestamp(text: &str) -> Result<Timestamp, String> {
    let civil = || text.parse::<DateTime>()?.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    text.parse::<Timestamp>().or_else(|_| civil()).map_err(|_| {
        "expected a moment such as `2025-07-10T18:00:00Z` or a day such as `2025-07-10`".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn moments() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(timestamp(text).ok().map(|t| t.to_string()).as_deref(), expect, "{text}");
        };
        check("2025-07-10T18:00:00Z", Some("2025-07-10T18:00:00Z"));
        check("2025-07-10T18:00:00+02:00", Some("2025-07-10T16:00:00Z"));
        check("2025-07-10", Some("2025-07-10T00:00:00Z"));
        check("2025-07-10T12:30", Some("2025-07-10T12:30:00Z"));
        check("tomorrow", None);
    }

    #[test]
    fn exit_codes_of_the_command_line() {
        let check = |args: &[&str], expect: u8| {
            let args = std::iter::once("dateline").chain(args.iter().copied()).map(OsString::from);
            assert_eq!(main(args, || Timestamp::UNIX_EPOCH), expect);
        };
        check(&["--version"], 0);
        check(&["build", "--help"], 0);
        check(&[], FAILURE);
        check(&["bild"], FAILURE);
        check(&["build", "--now", "tomorrow"], FAILURE);
        check(&["--quiet", "--verbose", "clean"], FAILURE);
    }
}
