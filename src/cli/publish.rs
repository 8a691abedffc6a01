//! `dateline publish`: build, check, and hand the site to its place.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use crate::{
    check,
    cli::{
        FAULTS, Global, SiteArgs,
        output::{Output, count},
        progress::Bar,
    },
    diagnostic::{Diagnostic, Place, Severity},
    disk::{folder, read},
    model::{config::PublishConfig, site::Site},
    pipeline,
    publish::{
        self, Options, Outcome,
        changes::Changes,
        corrections,
        due::{self, Due, Next},
        pages::State,
        workflow,
    },
    report::table::plural,
};

const EXAMPLES: &str = "\
Examples:
  dateline publish --init pages          Write the GitHub Actions workflow that builds and deploys the site
  dateline publish pages --dry-run       What would be added, changed and removed
  dateline publish pages                 Commit the built site to the branch gh-pages and push it
  dateline publish pages --rollback      Put the site before this one back, as a new commit

`publish pages` builds and checks first and refuses when there are errors. Your files, your index and your branch
are not touched: the commit is made beside them, by Git, without hooks and without a signature. It needs a remote
that you may push to.";

/// Publish the site, or set up its publication
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PublishArgs {
    /// Where to
    #[arg(value_enum)]
    pub place: Where,
    /// Only write the workflow that publishes on every push, and hourly for embargoes
    #[arg(long)]
    pub init: bool,
    /// Build, say what would change for readers, and publish nothing
    #[arg(short = 'n', long, conflicts_with = "init")]
    pub dry_run: bool,
    /// Put back the state before the last publication
    #[arg(long, conflicts_with = "init")]
    pub rollback: bool,
    /// Name or address of a Git remote [default: publish.remote in the settings, else origin]
    #[arg(long, value_name = "REMOTE")]
    pub remote: Option<String>,
    /// Branch that is served [default: publish.branch in the settings, else gh-pages]
    #[arg(long, value_name = "BRANCH")]
    pub branch: Option<String>,
    /// Subject of the commit
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Publish though a correction that readers have seen is gone or worded otherwise
    #[arg(long)]
    pub drop_corrections: bool,
    /// Where the site is built [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// Where the site will stand [default: base_url in the settings]
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Build as if it were this moment
    #[arg(long, value_name = "TIMESTAMP", value_parser = crate::cli::timestamp)]
    pub now: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Where {
    /// GitHub Pages
    Pages,
}

pub fn run(global: &Global, args: &PublishArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let site = SiteArgs { base_url: args.base_url.clone(), now: args.now, ..SiteArgs::default() };
    let mut options = global.options(&site, now);
    options.output_dir = args.output_dir.clone();
    let mut config = pipeline::settings(&options, &mut Vec::new())?.publish;
    if args.init {
        return init(&global.root, &config, output);
    }
    config.remote = args.remote.clone().unwrap_or(config.remote);
    config.branch = args.branch.clone().unwrap_or(config.branch);
    let how = Options { dry_run: args.dry_run, message: args.message.clone(), ..Options::default() };
    if args.rollback {
        let outcome = publish::rollback(&global.root, &config, &how)?;
        report(&outcome, output, None);
        return Ok(0);
    }
    let progress = Bar::new(output);
    let built = pipeline::load(&options, &progress, pipeline::memo(&options))?;
    let faults = check::check(&built.site, &built.renderer, &built.files, &built.diagnostics);
    let errors = count(&faults, Severity::Error);
    if errors > 0 {
        drop(progress);
        output.diagnostics(&faults, false);
        output.remark(&format!("Nothing was published: mend the {} first", plural(errors, "error")));
        return Ok(FAULTS);
    }
    if refused(global, args, &config, &how, &built.site, now, output)? {
        return Ok(FAULTS);
    }
    let summary = pipeline::write(&built, &options, false, &progress)?;
    drop(progress);
    let outcome = publish::pages(&summary.output, &global.root, &config, &how)?;
    let next = due::next(&built.site);
    report(&outcome, output, next.map(|next| (next, &built.site.tz)));
    Ok(0)
}

/// Whether an address is one of this machine only: links, feeds and the sitemap of a published site would lead there.
fn at_home(base_url: &str) -> bool {
    let host = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or("");
    matches!(host, "localhost" | "127.0.0.1" | "[") || host.ends_with(".localhost")
}

/// Whether readers would get what they must not, or lose what they may not; says so.
fn refused(
    global: &Global,
    args: &PublishArgs,
    config: &PublishConfig,
    how: &Options,
    site: &Site,
    now: Timestamp,
    output: &Output,
) -> anyhow::Result<bool> {
    let mut faults: Vec<Diagnostic> = due::early(site, now)
        .into_iter()
        .map(|(title, why)| {
            Diagnostic::error("embargo", format!("`{title}` is {why} and would be published"))
                .help("publish without `--now`")
        })
        .collect();
    if at_home(&site.config.base_url) {
        let message =
            format!("the site says that it stands at `{}`, where no reader finds it", site.config.base_url);
        faults.push(Diagnostic::error("base-url", message).help(
            "set `base_url: https://NAME.github.io/REPOSITORY/` in dateline.yaml, or pass `--base-url`",
        ));
    }
    if !args.drop_corrections {
        let compared = corrections::vanished(&global.root, config, how, site)?;
        if let Some(revision) = compared.unknown {
            let (message, help) = match revision.strip_suffix("-dirty") {
                Some(_) => (
                    "the last publication had files that were not committed".to_owned(),
                    "commit before you publish",
                ),
                None => (
                    format!("the revision {revision} is not here"),
                    "fetch the whole history of the sources (`git fetch --unshallow`)",
                ),
            };
            let message = format!("it cannot be told whether published corrections have vanished: {message}");
            output.diagnostics(&[Diagnostic::warning("corrections-unknown", message).help(help)], false);
        }
        faults.extend(compared.vanished.into_iter().map(|gone| {
            Diagnostic::error(
                "vanished-correction",
                format!("a published correction has vanished: `{}`", gone.text),
            )
            .at(Place::file(&gone.path))
            .help("put it back, or publish with `--drop-corrections` if readers need it no more")
        }));
    }
    output.diagnostics(&faults, false);
    Ok(!faults.is_empty())
}

/// Writes the workflow at the top of the repository around `root`, or into `root` when there is none.
fn init(root: &Path, config: &PublishConfig, output: &Output) -> anyhow::Result<u8> {
    let root = std::path::absolute(root)?;
    let top = root.ancestors().find(|dir| dir.join(".git").exists()).unwrap_or(&root);
    let below =
        root.strip_prefix(top).ok().and_then(Path::to_str).filter(|below| !below.is_empty()).unwrap_or(".");
    let text = workflow::pages(config, &below.replace('\\', "/"));
    let path = top.join(workflow::PATH);
    let shown = path.display();
    let before = read::optional(&path)?;
    let human = match before {
        Some(bytes) if bytes == text.as_bytes() => format!("{shown} is up to date"),
        Some(_) => bail!("`{shown}` stands already and differs; move it away to have it written anew"),
        None => {
            folder::create(&path, text.as_bytes()).with_context(|| format!("cannot write `{shown}`"))?;
            format!(
                "Wrote {shown}\nNext: choose `GitHub Actions` under Settings > Pages of the repository, commit and push"
            )
        }
    };
    output.result("publish", &human, &json!({ "workflow": path }));
    Ok(0)
}

fn report(outcome: &Outcome, output: &Output, next: Option<(Next<'_>, &TimeZone)>) {
    let to = format!("{} on {}", outcome.branch, outcome.remote);
    let mut human = match &outcome.state {
        State::Unchanged => format!("Nothing changed since the last publication to {to}"),
        State::DryRun => format!("Would publish to {to}\n{}", describe(&outcome.changes, output.verbose)),
        State::Published(commit) => {
            let id = commit.get(..12).unwrap_or(commit);
            format!("Published {id} to {to}\n{}", describe(&outcome.changes, output.verbose))
        }
    };
    if let Some((next, zone)) = &next {
        let time = next.time.to_zoned((*zone).clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
        let what = match next.due {
            Due::Published => "comes out",
            Due::Expires => "expires",
        };
        human.push_str(&format!(
            "\nNext: `{}` {what} at {time}; publish then, or let the workflow do it",
            next.title
        ));
    }
    let (state, commit) = match &outcome.state {
        State::Unchanged => ("unchanged", None),
        State::DryRun => ("dry-run", None),
        State::Published(commit) => ("published", Some(commit)),
    };
    let value = json!({
        "state": state,
        "commit": commit,
        "remote": outcome.remote,
        "branch": outcome.branch,
        "source": outcome.source,
        "changes": outcome.changes,
        "next": next.map(|(next, _)| json!({
            "time": next.time.to_string(),
            "what": next.due,
            "title": next.title,
            "cron": next.cron(),
        })),
    });
    output.result("publish", &human, &value);
}

/// Counts, and the addresses: ten of each sort, all when `verbose`.
fn describe(changes: &Changes, verbose: bool) -> String {
    let [added, changed, removed] = changes.pages();
    let files: usize = changes.others().iter().sum();
    let mut text = format!(
        "{} added, {changed} changed, {removed} removed; {}",
        plural(added, "page"),
        plural(files, "other file")
    );
    for (sign, names) in [('+', &changes.added), ('~', &changes.changed), ('-', &changes.removed)] {
        let limit = if verbose { usize::MAX } else { 10 };
        for name in names.iter().take(limit) {
            text.push_str(&format!("\n  {sign} /{}", name.strip_suffix("index.html").unwrap_or(name)));
        }
        if names.len() > limit {
            text.push_str(&format!("\n  {sign} and {} more", names.len() - limit));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_in_words() {
        let changes = Changes {
            added: (10..22).map(|i| format!("1989/11/{i}/index.html")).collect(),
            changed: vec!["index.html".into(), "app.css".into()],
            removed: Vec::new(),
        };
        let text = describe(&changes, false);
        assert!(
            text.starts_with("12 pages added, 1 changed, 0 removed; 1 other file\n  + /1989/11/10/\n"),
            "{text}"
        );
        assert!(text.ends_with("  + and 2 more\n  ~ /\n  ~ /app.css"), "{text}");
        assert_eq!(describe(&changes, true).lines().count(), 15);
    }
}
