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
//! that is killed leaves unreferenced objects behind, which Git collects, or a reference `refs/dateline/pending`,
//! which the next run replaces. Page commits are not signed, and no hooks run for them.

use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    model::config::PublishConfig,
    publish::{
        Error,
        changes::{self, Changes, Tree},
        git::Git,
        limits, stream,
    },
};

/// Keeps the new commit until it is pushed.
const PENDING: &str = "refs/dateline/pending";
/// Keeps what was fetched.
const PUBLISHED: &str = "refs/dateline/published";
/// Trailer of a commit that goes back: the publication that it repeats.
const RESTORES: &str = "Restores";

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
    let place = Place::find(repository, config, options)?;
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
    if let (false, Some(id)) = (new.contains_key("CNAME"), old.get("CNAME")) {
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
    let commit =
        place.commit(&message, |out, commit| stream::write(out, commit, &outcome.changes, site, &made))?;
    place.push(&commit)?;
    outcome.state = State::Published(commit);
    Ok(outcome)
}

/// Publishes the state before the present one again, as a new commit. Going back twice goes back two publications.
pub fn rollback(repository: &Path, config: &PublishConfig, options: &Options) -> Result<Outcome, Error> {
    let place = Place::find(repository, config, options)?;
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

/// The repository, its remote, and what is published there.
struct Place {
    git: Git,
    remote: String,
    shown: String,
    branch: String,
    /// The commit that is published.
    previous: Option<String>,
}

impl Place {
    fn find(repository: &Path, config: &PublishConfig, options: &Options) -> Result<Place, Error> {
        let git = Git::open(&options.git, repository)?;
        let (remote, branch) = (config.remote.clone(), config.branch.clone());
        if remote.is_empty() || remote.starts_with('-') {
            return Err(Error::BadName { what: "remote", name: remote });
        }
        if branch.starts_with('-') || !git.ask(["check-ref-format", &format!("refs/heads/{branch}")])?.ok {
            return Err(Error::BadName { what: "branch", name: branch });
        }
        let is_address = remote.contains(['/', ':', '\\']) || remote == ".";
        let address = git.ask(["remote", "get-url", "--push", &remote])?;
        if !address.ok && !is_address {
            return Err(Error::NoRemote { remote });
        }
        let shown = without_credentials(&if address.ok { address.text() } else { remote.clone() });
        let head = git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        if head.ok && head.text() == branch {
            return Err(Error::SourceBranch { branch, reason: "it is checked out here".into() });
        }
        let listed = git.ask(["ls-remote", &remote, &format!("refs/heads/{branch}")])?;
        if !listed.ok {
            return Err(Error::Unreachable { remote: shown, message: listed.stderr });
        }
        let previous = listed.text().split_whitespace().next().map(str::to_owned);
        let place = Place { git, remote, shown, branch, previous };
        place.fetch()?;
        place.refuse_sources()?;
        Ok(place)
    }

    /// Makes the published commit available.
    fn fetch(&self) -> Result<(), Error> {
        match &self.previous {
            Some(commit) if !self.git.ask(["cat-file", "-e", &format!("{commit}^{{tree}}")])?.ok => {
                // A shallow clone stays shallow; a full one must not become shallow.
                let depth = if self.is_shallow()? { "--depth=1" } else { "--no-auto-gc" };
                self.fetch_with(depth)
            }
            _ => Ok(()),
        }
    }

    /// Makes all earlier publications available.
    fn fetch_history(&self) -> Result<(), Error> {
        // The largest depth stands for all of it (git-fetch(1)).
        if self.is_shallow()? { self.fetch_with("--depth=2147483647") } else { Ok(()) }
    }

    fn fetch_with(&self, depth: &str) -> Result<(), Error> {
        let refs = format!("+refs/heads/{}:{PUBLISHED}", self.branch);
        let args = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--refmap=",
            depth,
            &self.remote,
            &refs,
        ];
        let answer = self.git.ask(args)?;
        if answer.ok {
            Ok(())
        } else {
            Err(Error::Unreachable { remote: self.shown.clone(), message: answer.stderr })
        }
    }

    fn is_shallow(&self) -> Result<bool, Error> {
        Ok(self.git.run(["rev-parse", "--is-shallow-repository"])?.text() == "true")
    }

    /// Publishing replaces all of a branch, so a branch of sources must never be one.
    fn refuse_sources(&self) -> Result<(), Error> {
        let Some(commit) = &self.previous else { return Ok(()) };
        let branch = self.branch.clone();
        if self.git.ask(["merge-base", "HEAD", commit])?.ok {
            return Err(Error::SourceBranch {
                branch,
                reason: "it shares history with what is checked out".into(),
            });
        }
        if self.git.ask(["cat-file", "-e", &format!("{commit}:dateline.yaml")])?.ok {
            return Err(Error::SourceBranch { branch, reason: "there is a `dateline.yaml` in it".into() });
        }
        Ok(())
    }

    /// The files of a commit.
    fn tree(&self, commit: &str) -> Result<Tree, Error> {
        let listing = self.git.run(["ls-tree", "-r", "-z", "--full-tree", commit])?.stdout;
        let row = |row: &[u8]| {
            // `mode type id TAB name`; names that are not UTF-8 cannot be ours and are matched loosely to be removed.
            let text = String::from_utf8_lossy(row).into_owned();
            let (head, name) = text.split_once('\t')?;
            Some((name.to_owned(), head.rsplit(' ').next()?.to_owned()))
        };
        Ok(listing.split(|b| *b == 0).filter_map(row).collect())
    }

    /// Git's ids of the files of `site`, computed without writing anything.
    fn ids<'a>(
        &self,
        site: &Path,
        names: impl Iterator<Item = &'a String> + Clone + Send,
    ) -> Result<Tree, Error> {
        let listed = names.clone();
        let site: PathBuf =
            std::path::absolute(site).map_err(|source| Error::Disk { path: site.to_owned(), source })?;
        let answer = self.git.feed(&site, &["hash-object", "--no-filters", "--stdin-paths"], move |out| {
            names.into_iter().try_for_each(|name| writeln!(out, "./{name}"))
        })?;
        Ok(listed.cloned().zip(answer.text().lines().map(str::to_owned)).collect())
    }

    fn id(&self, bytes: &[u8]) -> Result<String, Error> {
        let bytes = bytes.to_owned();
        let folder = self.git.folder().to_owned();
        Ok(self
            .git
            .feed(&folder, &["hash-object", "--no-filters", "--stdin"], move |out| out.write_all(&bytes))?
            .text())
    }

    /// The revision of the sources.
    fn source(&self) -> Result<Option<String>, Error> {
        let head = self.git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        if !head.ok {
            return Ok(None);
        }
        let status =
            self.git.ask(["status", "--porcelain", "--untracked-files=normal", "--ignore-submodules"])?;
        let dirty = if status.stdout.is_empty() { "" } else { "-dirty" };
        Ok(Some(format!("{}{dirty}", head.text())))
    }

    /// Makes a commit from what `write` says, and returns its id.
    fn commit(
        &self,
        message: &str,
        write: impl FnOnce(&mut dyn Write, &stream::Commit<'_>) -> std::io::Result<()> + Send,
    ) -> Result<String, Error> {
        let identity = self.identity()?;
        let commit = stream::Commit {
            reference: PENDING,
            identity: &identity,
            message,
            parent: self.previous.as_deref(),
        };
        let args = ["fast-import", "--quiet", "--force", "--done", "--date-format=raw"];
        let folder = self.git.folder().to_owned();
        let answer = self.git.feed(&folder, &args, |out| write(out, &commit))?;
        Ok(answer.text())
    }

    /// The editor's identity and the present moment as Git knows them; a machine without one signs as Dateline.
    fn identity(&self) -> Result<String, Error> {
        let own = self.git.ask(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"])?;
        if own.ok {
            return Ok(own.text());
        }
        let fallback =
            ["-c", "user.name=Dateline", "-c", "user.email=dateline@localhost", "var", "GIT_COMMITTER_IDENT"];
        Ok(self.git.run(fallback)?.text())
    }

    fn push(&self, commit: &str) -> Result<(), Error> {
        let target = format!("{commit}:refs/heads/{}", self.branch);
        let answer = self.git.ask([
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            &self.remote,
            &target,
        ])?;
        // The commit is kept by the remote's branch from here on; when the push failed, nobody needs it.
        self.git.ask(["update-ref", "-d", PENDING])?;
        if answer.ok {
            return self.follow(commit);
        }
        let printed = format!("{}\n{}", String::from_utf8_lossy(&answer.stdout), answer.stderr);
        let (remote, branch) = (self.shown.clone(), self.branch.clone());
        let overtaken =
            ["non-fast-forward", "fetch first", "needs force", "failed to lock", "cannot lock ref"];
        if overtaken.iter().any(|sign| printed.contains(sign)) {
            return Err(Error::Overtaken { remote, branch });
        }
        Err(Error::Refused { remote, branch, message: printed.trim().to_owned() })
    }

    /// Moves the local branch of the same name along, where that surprises nobody.
    fn follow(&self, commit: &str) -> Result<(), Error> {
        let name = format!("refs/heads/{}", self.branch);
        let local = self.git.ask(["rev-parse", "--verify", "--quiet", &name])?;
        let worktrees = self.git.ask(["worktree", "list", "--porcelain"])?.text();
        let checked_out = worktrees.lines().any(|line| line == format!("branch {name}"));
        if local.ok && Some(local.text()) == self.previous && !checked_out {
            self.git.ask(["update-ref", "-m", "dateline publish", &name, commit, &local.text()])?;
        }
        Ok(())
    }

    fn restored(&self, commit: &str) -> Result<Option<String>, Error> {
        let Some(target) = self.trailer(commit, RESTORES)? else { return Ok(None) };
        // Anyone can write a trailer; only a commit that is here can be gone back to.
        let found = self.git.ask(["rev-parse", "--verify", "--quiet", &format!("{target}^{{commit}}")])?;
        Ok(found.ok.then(|| found.text()))
    }

    /// The value of a trailer of a commit's message.
    fn trailer(&self, commit: &str, name: &str) -> Result<Option<String>, Error> {
        let body = self.git.run(["show", "--no-patch", "--no-show-signature", "--format=%B", commit])?.text();
        let prefix = format!("{name}: ");
        let value = body.lines().rev().find_map(|line| line.strip_prefix(&prefix)).map(str::trim);
        Ok(value
            .filter(|v| !v.is_empty() && v.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            .map(str::to_owned))
    }
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

/// An address without user and password, which must not stand in messages and logs.
fn without_credentials(address: &str) -> String {
    match address.split_once("://") {
        Some((scheme, rest)) => {
            let host_end = rest.find('/').unwrap_or(rest.len());
            let start = rest[..host_end].rfind('@').map_or(0, |i| i + 1);
            format!("{scheme}://{}", &rest[start..])
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_credentials() {
        let check = |address: &str, expect: &str| assert_eq!(without_credentials(address), expect);
        check("https://me:secret@example.org/a.git", "https://example.org/a.git");
        check("https://example.org/a@b.git", "https://example.org/a@b.git");
        check("git@example.org:a.git", "git@example.org:a.git");
        check("ssh://git@example.org", "ssh://example.org");
    }

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
