//! A repository, its remote, and what is published there: all that publishing asks of Git.

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    model::config::PublishConfig,
    publish::{Error, changes::Tree, git::Git, stream},
};

/// Below it a reference of each run's own keeps the new commit until it is pushed: a run that was killed may leave one, or
/// its lock, in nobody's way.
const PENDING: &str = "refs/dateline/pending";
/// Trailer of a commit that goes back: the publication that it repeats.
pub const RESTORES: &str = "Restores";

/// The repository, its remote, and what is published there.
pub struct Place {
    pub git: Git,
    remote: String,
    pub shown: String,
    pub branch: String,
    /// The commit that is published.
    pub previous: Option<String>,
}

impl Place {
    /// Looks at the remote, fetches what is published there, and refuses a branch that is not for publishing.
    pub fn find(repository: &Path, config: &PublishConfig, program: &OsStr) -> Result<Place, Error> {
        let git = Git::open(program, repository)?;
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
    pub fn fetch_history(&self) -> Result<(), Error> {
        // The largest depth stands for all of it (git-fetch(1)).
        if self.is_shallow()? { self.fetch_with("--depth=2147483647") } else { Ok(()) }
    }

    /// Whether a commit of the sources is here; a shallow clone asks the remote for it.
    pub fn has_commit(&self, id: &str) -> Result<bool, Error> {
        let here = || Ok(self.git.ask(["cat-file", "-e", &format!("{id}^{{commit}}")])?.ok);
        if here()? {
            return Ok(true);
        }
        if id.len() < 40 || !id.chars().all(|c| c.is_ascii_hexdigit()) || !self.is_shallow()? {
            return Ok(false);
        }
        let args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--depth=1"];
        self.git.ask(args.into_iter().chain([self.remote.as_str(), id]))?;
        here()
    }

    fn fetch_with(&self, depth: &str) -> Result<(), Error> {
        // Into no reference: what is fetched is looked at in this run, and pushed upon.
        let refs = format!("refs/heads/{}", self.branch);
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
    pub fn tree(&self, commit: &str) -> Result<Tree, Error> {
        let listing = self.git.run(["ls-tree", "-r", "-z", "--full-tree", commit])?.stdout;
        let row = |row: &[u8]| {
            // `mode type id TAB name`; names that are not UTF-8 cannot be ours, and are not told apart.
            let text = String::from_utf8_lossy(row).into_owned();
            let (head, name) = text.split_once('\t')?;
            // A link or a module is no file, whatever its id.
            let id = if head.starts_with("100") { head.rsplit(' ').next()? } else { head };
            Some((name.to_owned(), id.to_owned()))
        };
        Ok(listing.split(|b| *b == 0).filter_map(row).collect())
    }

    /// Git's ids of the files of `site`, computed without writing anything.
    pub fn ids<'a>(
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

    pub fn id(&self, bytes: &[u8]) -> Result<String, Error> {
        let bytes = bytes.to_owned();
        let folder = self.git.folder().to_owned();
        Ok(self
            .git
            .feed(&folder, &["hash-object", "--no-filters", "--stdin"], move |out| out.write_all(&bytes))?
            .text())
    }

    /// The revision of the sources.
    pub fn source(&self) -> Result<Option<String>, Error> {
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
    pub fn commit(
        &self,
        message: &str,
        write: impl FnOnce(&mut dyn Write, &stream::Commit<'_>) -> std::io::Result<()> + Send,
    ) -> Result<String, Error> {
        let identity = self.identity()?;
        self.forget_pending()?;
        let reference = pending();
        let commit = stream::Commit {
            reference: &reference,
            identity: &identity,
            message,
            parent: self.previous.as_deref(),
        };
        let args = ["fast-import", "--quiet", "--force", "--done", "--date-format=raw"];
        let folder = self.git.folder().to_owned();
        let answer = self.git.feed(&folder, &args, |out| write(out, &commit))?;
        Ok(answer.text())
    }

    /// Takes away what runs that were killed left. Another that is under way has its commit all the same.
    fn forget_pending(&self) -> Result<(), Error> {
        let left =
            self.git.ask(["for-each-ref", "--format=%(refname)", PENDING, &format!("{PENDING}-*")])?.text();
        left.lines().try_for_each(|name| self.git.ask(["update-ref", "-d", name]).map(drop))
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

    pub fn push(&self, commit: &str) -> Result<(), Error> {
        let target = format!("{commit}:refs/heads/{}", self.branch);
        // A mirror takes all references or none; this is one.
        let one = format!("remote.{}.mirror=false", self.remote);
        // Who signs pushes signs this one where the other side can read it.
        let signs = self.git.ask(["config", "--type=bool", "push.gpgSign"])?.text() == "true";
        let signed = if signs { "--signed=if-asked" } else { "--no-signed" };
        let named = !self.remote.contains(['/', ':', '\\', '=']);
        let settings = ["-c", one.as_str()];
        let settings = settings.iter().copied().filter(|_| named);
        let push = ["push", "--porcelain", "--no-verify", "--no-follow-tags", signed, &self.remote, &target];
        let answer = self.git.ask(settings.chain(push))?;
        // The commit is kept by the remote's branch from here on; when the push failed, nobody needs it.
        self.git.ask(["update-ref", "-d", &pending()])?;
        if answer.ok {
            return self.follow(commit);
        }
        let printed = format!("{}\n{}", String::from_utf8_lossy(&answer.stdout), answer.stderr);
        let (remote, branch) = (self.shown.clone(), self.branch.clone());
        if let Some(lock) = locked_by(&printed) {
            return Err(Error::Locked { remote, branch, lock: lock.to_owned() });
        }
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

    /// The publication that a commit went back to.
    pub fn restored(&self, commit: &str) -> Result<Option<String>, Error> {
        let Some(target) = self.trailer(commit, RESTORES)? else { return Ok(None) };
        // Anyone can write a trailer; only a commit that is here can be gone back to.
        let found = self.git.ask(["rev-parse", "--verify", "--quiet", &format!("{target}^{{commit}}")])?;
        Ok(found.ok.then(|| found.text()))
    }

    /// The value of a trailer of a commit's message.
    pub fn trailer(&self, commit: &str, name: &str) -> Result<Option<String>, Error> {
        let body = self.git.run(["show", "--no-patch", "--no-show-signature", "--format=%B", commit])?.text();
        let prefix = format!("{name}: ");
        let value = body.lines().rev().find_map(|line| line.strip_prefix(&prefix)).map(str::trim);
        Ok(value
            .filter(|v| {
                !v.is_empty()
                    && v.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && v.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            })
            .map(str::to_owned))
    }
}

/// The file that Git says it could not make, since another Git made it and did not take it away (git's `lockfile.c`).
fn locked_by(printed: &str) -> Option<&str> {
    let (name, after) = printed.split_once("Unable to create '")?.1.split_once("': ")?;
    (after.starts_with("File exists") && name.ends_with(".lock")).then_some(name)
}

/// The reference of this run.
fn pending() -> String {
    format!("{PENDING}-{}", std::process::id())
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
    fn locks_are_told_from_publications_in_between() {
        let check = |printed: &str, expect: Option<&str>| assert_eq!(locked_by(printed), expect);
        check(
            "remote: error: cannot lock ref 'refs/heads/gh-pages': Unable to create '/a b/r.git/./refs/heads/gh-pages.lock': File exists.        ",
            Some("/a b/r.git/./refs/heads/gh-pages.lock"),
        );
        check("error: cannot lock ref 'refs/heads/gh-pages': is at 1 but expected 2", None);
        check("Unable to create '/r.git/refs/heads/gh-pages.lock': Permission denied", None);
    }
}
