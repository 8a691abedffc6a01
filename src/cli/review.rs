//! `dateline review`: what is held back, name by name; one key decides, and each decision is a file in Git at once.

mod choices;
mod desk;
mod face;
mod queue;

use std::{
    ffi::OsStr,
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::bail;
use clap::Args;
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use crate::{
    cli::{
        Global, SiteArgs,
        output::{MessageFormat, Output},
        progress::Bar,
        review::{
            desk::{Desk, Scope, Told},
            face::{Face, Input, Plain, Screen},
            queue::Filter,
        },
    },
    diagnostic::{Diagnostic, Severity},
    disk::read,
    pipeline,
    publish::git::Git,
    report::table::plural,
};

const EXAMPLES: &str = "\
Examples:
  dateline review                            Everything that is held back, the commonest names first
  dateline review --since 2025-07-01         Only what is in pieces from this day on
  dateline review content/world/talks.md     Only what is in this piece
  printf '1\\nr\\nq\\n' | dateline review      Accept the first candidate, reject the next name, stop

Each decision is written to content/decisions/ at once, and `u` takes it back. Nothing needs to be saved.";

/// Decide about names that are held back
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ReviewArgs {
    /// Only the names in this article
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Only in pieces of this section
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,
    /// Only in pieces dated this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Date>,
    /// How far a decision reaches at first: this place, all places in the article, or the whole archive
    #[arg(long, value_enum, default_value_t = Scope::Article)]
    pub scope: Scope,
    /// Who decides, for the file [default: user.name of Git]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Lines in and out instead of single keys; so it is anyway when input or output is no terminal
    #[arg(long)]
    pub plain: bool,
}

pub fn run(global: &Global, args: &ReviewArgs, output: &Output, now: Timestamp) -> anyhow::Result<u8> {
    // What is not out yet is decided about before it is.
    let site = SiteArgs { drafts: true, future: true, ..SiteArgs::default() };
    let options = global.options(&site, now);
    let progress = Bar::new(output);
    let built = pipeline::load(&options, &progress, pipeline::memo(&options))?;
    drop(progress);
    let errors: Vec<Diagnostic> =
        built.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    output.diagnostics(&errors, false);
    let site = &built.site;
    let file = args.file.as_deref().map(|file| article(&global.root, file, site)).transpose()?;
    let filter = Filter { file, section: args.section.clone(), since: args.since };
    let cases = queue::queue(site, &filter);
    let by = args.by.clone().or_else(|| git_user(&global.root));
    let today = now.to_zoned(site.tz.clone()).date();
    let mut desk = Desk::new(&global.root, site, cases, args.scope, by, today);
    let plain = args.plain
        || output.format != MessageFormat::Human
        || !std::io::stdin().is_terminal()
        || !std::io::stdout().is_terminal();
    if plain {
        work(&mut desk, &mut Plain::new(output))?;
    } else {
        work(&mut desk, &mut Screen::new(output.styled))?;
    }
    let (decided, left) = (desk.decided(), desk.left());
    let human = format!("{} made, {} left", plural(decided, "decision"), plural(left, "name"));
    output.result("review", &human, &json!({ "decided": decided, "left": left }));
    Ok(0)
}

/// Shows what is to be decided and does what is asked, until nothing is left or somebody leaves.
fn work(desk: &mut Desk<'_>, face: &mut dyn Face) -> anyhow::Result<()> {
    let mut told = Told::Nothing;
    loop {
        let view = desk.view();
        // With nothing left, the last decision can still be taken back.
        if view.is_none() && !desk.can_undo() {
            face.say(&told);
            return Ok(());
        }
        let input = match face.ask(view.as_ref(), &told)? {
            None | Some(Input::Quit) => return Ok(()),
            Some(input) => input,
        };
        told = match (&view, input) {
            (Some(_), input) => desk.act(input),
            (None, Input::Undo) => desk.undo(),
            (None, _) => Told::Refused("Nothing is left: `u` takes back the last step, `q` quits".into()),
        };
    }
}

/// The article of a file, as the site names it.
fn article(
    root: &Path,
    file: &Path,
    site: &crate::model::site::Site,
) -> anyhow::Result<crate::path::SourcePath> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or(path.to_owned());
    let (root, whole) = (absolute(root), absolute(file));
    let path = read::source_path(&root, &whole);
    let typed = crate::path::SourcePath::new(&file.to_string_lossy());
    let has = |path: &crate::path::SourcePath| site.articles.iter().any(|entry| entry.article.path == *path);
    match [path, typed].into_iter().find(has) {
        Some(path) => Ok(path),
        None => bail!("`{}` is no article of this site", file.display()),
    }
}

/// The name that Git would put under a commit.
fn git_user(root: &Path) -> Option<String> {
    let git = Git::open(OsStr::new("git"), root).ok()?;
    let answer = git.ask(["config", "user.name"]).ok()?;
    Some(answer.text()).filter(|name| answer.ok && !name.is_empty())
}
