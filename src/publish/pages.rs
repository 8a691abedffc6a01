//! A built folder → one commit on the branch that GitHub Pages serves.
//!
//! 1. Check the folder against the limits.
//! 2. Ask the remote for the state that is published, and fetch it when it is not here.
//! 3. Compare by Git's ids, which writes nothing: no change, no commit; a dry run ends here.
//! 4. Make the commit with `git fast-import` under a reference of our own.
//! 5. Push it, without force. Only now does anything that others see move.
//! 6. Let a local branch of the same name follow, when it stood where the remote stood and is not checked out.
//!
//! The editor's work tree, index, branch and stash are never touched: there is no work tree in this at all. A run
//! that is killed leaves unreferenced objects behind, which Git collects, or a reference `refs/dateline/pending-NUMBER`,
//! which the next run takes away. Page commits are not signed, and no hooks run for them.

use std::{ffi::OsString, path::Path};

use crate::{
    model::config::PublishConfig,
    publish::{
        Error,
        changes::{self, Changes, Tree},
        limits,
        place::{Place, RESTORES},
        stream,
    },
};

#[derive(Clone, Debug)]
pub struct Options {
    pub dry_run: bool,
    /// Subject of the commit; `Publish the site from REVISION` when absent.
    pub message: Option<String>,
    /// The program to run as Git.
    pub git: OsString,
}

impl Default for Options {
    fn default() -> Self {
        Options { dry_run: false, message: None, git: "git".into() }
    }
}

/// What was done, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub state: State,
    pub changes: Changes,
    /// The revision that the site was built from, with `-dirty` when files of it were not committed.
    pub source: Option<String>,
    /// The remote's address, without credentials.
    pub remote: String,
    pub branch: String,
    /// Files and bytes of the published tree; zero for a rollback.
    pub files: usize,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The published state is this one already.
    Unchanged,
    /// It would be published.
    DryRun,
    /// Published as this commit.
    Published(String),
}

/// Publishes the folder `site`, built from the repository around `repository`.
pub fn pages(
    site: &Path,
    repository: &Path,
    config: &PublishConfig,
    options: &Options,
) -> Result<Outcome, Error> {
    let files = limits::files(site)?;
    let place = Place::find(repository, config, &options.git)?;
    let old = place.previous.as_deref().map_or(Ok(Tree::new()), |commit| place.tree(commit))?;

    let mut made: Vec<(&str, Vec<u8>)> = Vec::new();
    if !files.contains_key(".nojekyll") {
        made.push((".nojekyll", Vec::new()));
    }
    if let Some(cname) = config.cname.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        made.push(("CNAME", format!("{cname}\n").into_bytes()));
    }
    let mut new = place.ids(site, files.keys())?;
    for (name, bytes) in &made {
        new.insert((*name).to_owned(), place.id(bytes)?);
    }
    // A domain that was set on GitHub itself stands in the branch only; losing it would take the site down.
    let kept = old.get("CNAME").filter(|id| !id.contains(' '));
    if let (false, Some(id)) = (new.contains_key("CNAME"), kept) {
        new.insert("CNAME".to_owned(), id.clone());
    }

    let source = place.source()?;
    let mut outcome = Outcome {
        state: State::Unchanged,
        changes: changes::between(&old, &new),
        source: source.clone(),
        remote: place.shown.clone(),
        branch: place.branch.clone(),
        files: new.len(),
        bytes: files.values().sum(),
    };
    if outcome.changes.is_empty() && place.previous.is_some() {
        return Ok(outcome);
    }
    if options.dry_run {
        outcome.state = State::DryRun;
        return Ok(outcome);
    }
    let message = message(options, source.as_deref(), &outcome.changes);
    let commit = place
        .commit(&message, |out, commit| stream::write(out, commit, &outcome.changes, &new, site, &made))?;
    place.push(&commit)?;
    outcome.state = State::Published(commit);
    Ok(outcome)
}

/// Publishes the state before the present one again, as a new commit. Going back twice goes back two publications.
pub fn rollback(repository: &Path, config: &PublishConfig, options: &Options) -> Result<Outcome, Error> {
    let place = Place::find(repository, config, &options.git)?;
    let nothing = || Error::NothingBefore { branch: place.branch.clone() };
    let tip = place.previous.clone().ok_or_else(nothing)?;
    place.fetch_history()?;
    let now = place.tree(&tip)?;
    // What a rollback restored counts as the present state.
    let mut at = place.restored(&tip)?.unwrap_or_else(|| tip.clone());
    let (target, old) = loop {
        let parent = place.git.ask(["rev-parse", "--verify", "--quiet", &format!("{at}^1")])?;
        if !parent.ok {
            return Err(nothing());
        }
        at = place.restored(&parent.text())?.unwrap_or_else(|| parent.text());
        let tree = place.tree(&at)?;
        if tree != now {
            break (at, tree);
        }
    };
    let mut outcome = Outcome {
        state: State::DryRun,
        changes: changes::between(&now, &old),
        source: place.trailer(&target, "Source")?,
        remote: place.shown.clone(),
        branch: place.branch.clone(),
        files: old.len(),
        bytes: 0,
    };
    if options.dry_run {
        return Ok(outcome);
    }
    let subject =
        options.message.clone().unwrap_or_else(|| format!("Go back to the site of {}", short(&target)));
    let mut message = format!("{subject}\n\n{RESTORES}: {target}\n");
    if let Some(source) = &outcome.source {
        message.push_str(&format!("Source: {source}\n"));
    }
    let tree = place.git.run(["rev-parse", "--verify", &format!("{target}^{{tree}}")])?.text();
    let commit = place.commit(&message, |out, commit| stream::write_tree(out, commit, &tree))?;
    place.push(&commit)?;
    outcome.state = State::Published(commit);
    Ok(outcome)
}

fn message(options: &Options, source: Option<&str>, changes: &Changes) -> String {
    let from = source.map_or(String::new(), |source| format!(" from {}", short(source)));
    let subject = options.message.clone().unwrap_or_else(|| format!("Publish the site{from}"));
    let [added, changed, removed] = changes.pages();
    let files: usize = changes.others().iter().sum();
    let mut message = format!(
        "{}\n\nPages: {added} added, {changed} changed, {removed} removed; other files: {files}\n",
        subject.trim()
    );
    if let Some(source) = source {
        message.push_str(&format!("\nSource: {source}\n"));
    }
    message
}

/// The first twelve digits of a revision, with what is said of it.
fn short(revision: &str) -> String {
    match revision.split_once('-') {
        Some((id, rest)) => format!("{}-{rest}", id.get(..12).unwrap_or(id)),
        None => revision.get(..12).unwrap_or(revision).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_source() {
        let changes = Changes { added: vec!["a.html".into(), "b.css".into()], ..Changes::default() };
        let id = "0123456789abcdef0123456789abcdef01234567-dirty";
        let text = message(&Options::default(), Some(id), &changes);
        assert!(text.starts_with("Publish the site from 0123456789ab-dirty\n\nPages: 1 added"), "{text}");
        assert!(text.ends_with(&format!("\nSource: {id}\n")), "{text}");
        let own = Options { message: Some("Evening edition".into()), ..Options::default() };
        assert!(message(&own, None, &changes).starts_with("Evening edition\n"));
    }
}
