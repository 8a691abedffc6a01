//! `dateline publish`: build, check, and hand the site to its place.

mod refusal;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use crate::{
    check,
    cli::{
        FAULTS, Global, SiteArgs,
        output::{Output, count, exit_code},
        progress::Bar,
    },
    diagnostic::{Diagnostic, Severity},
    disk::{folder, read},
    model::config::PublishConfig,
    pipeline::{self, Summary},
    publish::{
        self, Options, Outcome,
        changes::Changes,
        corrections,
        due::{self, Due, Next},
        pages::State,
        workflow,
    },
    report::table::{plural, thousands},
};

const EXAMPLES: &str = "\
Examples:
  dateline publish                       Build into public/, for a host of your own to take
  dateline publish --init pages          Write the workflow for GitHub that builds and deploys it
  dateline publish pages --dry-run       What would be added, changed and removed
  dateline publish pages                 Commit the built site to the branch gh-pages and push it
  dateline publish pages --rollback      Put the site before this one back, as a new commit

Both build and check first and refuse when there are errors, when a piece would be out before its time, or when a \
correction that readers have seen is gone. Of `publish pages` your files, your index and your branch are not touched: \
the commit is made beside them, by Git, without hooks and without a signature. It needs a remote that you may push to.";

/// Publish the site, or set up its publication
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PublishArgs {
    /// Where to
    #[arg(value_enum, default_value_t)]
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
    /// Refuse on warnings too
    #[arg(long)]
    pub strict: bool,
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Where {
    /// The output folder, ready for whoever takes it on
    #[default]
    Folder,
    /// GitHub Pages
    Pages,
}

pub fn run(global: &Global, args: &PublishArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    let site = SiteArgs { base_url: args.base_url.clone(), now: args.now, ..SiteArgs::default() };
    let mut options = global.options(&site, now);
    options.output_dir = args.output_dir.clone();
    let mut config = pipeline::settings(&options, &mut Vec::new())?.publish;
    let pages = args.place == Where::Pages;
    ensure!(pages || !args.init, "the workflow is one for GitHub Pages: `dateline publish --init pages`");
    ensure!(pages || !args.rollback, "only a branch can go back: `dateline publish pages --rollback`");
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
    let faults = check::check(&global.root, &built.site, &built.renderer, &built.files, &built.diagnostics);
    if exit_code(&faults, args.strict) == FAULTS {
        drop(progress);
        output.diagnostics(&faults, false);
        output.remark(&format!("Nothing was published: mend the {} first", in_the_way(&faults, args.strict)));
        return Ok(FAULTS);
    }
    if refusal::refused(global, args, &config, &how, &built.site, now, output)? {
        return Ok(FAULTS);
    }
    let warnings = count(&faults, Severity::Warning);
    if warnings > 0 {
        output.remark(&format!("{}; see `dateline check`", plural(warnings, "warning")));
    }
    let next = due::next(&built.site).map(|next| (next, &built.site.tz));
    if args.place == Where::Folder && args.dry_run {
        drop(progress);
        hand_on(None, &options.output(), output, next);
        return Ok(0);
    }
    let summary = pipeline::write(&built, &options, false, &progress)?;
    drop(progress);
    if args.place == Where::Folder {
        corrections::remember(&global.root, &built.site, None)?;
        hand_on(Some(&summary), &summary.output, output, next);
        return Ok(0);
    }
    let outcome = publish::pages(&summary.output, &global.root, &config, &how)?;
    if let State::Published(commit) = &outcome.state {
        corrections::remember(&global.root, &built.site, Some(commit))?;
    }
    report(&outcome, output, next);
    Ok(0)
}

/// What keeps a site from going out, counted.
fn in_the_way(faults: &[Diagnostic], strict: bool) -> String {
    let errors = count(faults, Severity::Error);
    let warnings = if strict { count(faults, Severity::Warning) } else { 0 };
    match (errors, warnings) {
        (_, 0) => plural(errors, "error"),
        (0, _) => plural(warnings, "warning"),
        _ => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// Reports on a folder that is ready to be taken on; `summary` is absent for a dry run.
fn hand_on(summary: Option<&Summary>, folder: &Path, output: &Output, next: Option<(Next<'_>, &TimeZone)>) {
    let shown = folder.display();
    let mut human = match summary {
        Some(Summary { counts, written, .. }) => format!(
            "Ready in {shown}: {}, {} written, {} removed",
            plural(counts.pages, "page"),
            plural(written.written, "file"),
            written.removed
        ),
        None => format!("Nothing stands against publishing; {shown} was not written"),
    };
    human.push_str(&next.as_ref().map(in_words).unwrap_or_default());
    let value = json!({
        "state": if summary.is_some() { "ready" } else { "dry-run" },
        "output": folder,
        "next": next.map(|(next, _)| machine(&next)),
    });
    output.result("publish", &human, &value);
}

/// What falls due next, as a line of its own.
fn in_words((next, zone): &(Next<'_>, &TimeZone)) -> String {
    let time = next.time.to_zoned((*zone).clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let what = match next.due {
        Due::Published => "comes out",
        Due::Expires => "expires",
    };
    format!("\nNext: `{}` {what} at {time}; publish then, or let the workflow do it", next.title)
}

fn machine(next: &Next<'_>) -> Value {
    json!({ "time": next.time.to_string(), "what": next.due, "title": next.title, "cron": next.cron() })
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
    human.push_str(&next.as_ref().map(in_words).unwrap_or_default());
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
        "next": next.map(|(next, _)| machine(&next)),
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
        // Pages before the files of the search index and the like.
        let (pages, others): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.ends_with(".html"));
        for name in pages.into_iter().chain(others).take(limit) {
            text.push_str(&format!("\n  {sign} /{}", name.strip_suffix("index.html").unwrap_or(name)));
        }
        if names.len() > limit {
            text.push_str(&format!("\n  {sign} and {} more", thousands(names.len() - limit)));
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
