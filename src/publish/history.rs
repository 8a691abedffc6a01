//! What earlier versions of the copy said, where no publication is remembered: Git's history, as far as it reaches.
//!
//! History tells what stood in the copy, not what readers saw: a wording that was mended before it was published
//! stands in it too. So a correction counts as gone here only when its article has no other of its day and kind.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use crate::{
    model::{Article, Correction, site::Site},
    parse::content::{self, Item},
    path::SourcePath,
    publish::{
        Error,
        corrections::{Compared, Doubt, carried, seen, worded},
        git::Git,
        record::Seen,
    },
};

/// Compares all versions of articles that a commit of this branch changed or removed, and the last commit, with
/// `site`. Merged branches count by what the merge changed. A folder without Git or without commits says nothing.
///
/// # Errors
/// When Git fails.
pub fn vanished(root: &Path, program: &OsStr, site: &Site) -> Result<Compared, Error> {
    let git = match Git::open(program, root) {
        Ok(git) => git,
        Err(Error::NoGit { .. } | Error::NoRepository { .. }) => return Ok(Compared::default()),
        Err(error) => return Err(error),
    };
    if !git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?.ok {
        return Ok(Compared::default());
    }
    let now = carried(site);
    let texts: BTreeSet<&str> = now.iter().map(|seen| seen.text.as_str()).collect();
    let mut vanished = BTreeSet::new();
    for (revision, path) in versions(&git)? {
        let Some(old) = article(&git, &revision, &path, site)? else { continue };
        let today = site.articles.iter().map(|entry| &entry.article);
        let today = today.chain(site.held.iter().map(|held| &held.article)).find(|a| a.path == path);
        let reworded = |correction: &Correction| {
            let same = |c: &Correction| (c.date, c.kind) == (correction.date, correction.kind);
            today.is_some_and(|article| article.corrections.iter().any(same))
        };
        let gone = old.corrections.iter().filter(|c| !texts.contains(worded(c).as_str()) && !reworded(c));
        vanished.extend(gone.map(|correction| Seen { path: path.clone(), text: worded(correction) }));
    }
    let shallow = git.run(["rev-parse", "--is-shallow-repository"])?.text() == "true";
    Ok(Compared { vanished: vanished.into_iter().collect(), doubt: shallow.then_some(Doubt::Shallow) })
}

/// Versions of files that may have carried a correction and are not as they were: revision and path.
fn versions(git: &Git) -> Result<BTreeSet<(String, SourcePath)>, Error> {
    let edited = git.run([
        "diff",
        "--name-only",
        "-z",
        "--relative",
        "--no-ext-diff",
        "--no-renames",
        "--diff-filter=MDT",
        "HEAD",
        "--",
        "content",
    ])?;
    let mut found: BTreeSet<(String, SourcePath)> =
        names(&edited.stdout).map(|path| ("HEAD".to_owned(), path)).collect();
    let log = git.run([
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        "--no-follow",
        "-z",
        "--name-only",
        "--format=%x01%H",
        "--relative",
        "--no-color",
        "--no-show-signature",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--diff-filter=MDT",
        // A line of a correction was added or removed; reading the versions tells the rest.
        "-Gcorrections|text\"?:",
        "HEAD",
        "--",
        "content",
    ])?;
    for commit in log.stdout.split(|byte| *byte == 1) {
        let (id, rest) = commit.split_at(commit.iter().position(|b| *b == 0).unwrap_or(commit.len()));
        let Ok(id) = std::str::from_utf8(id) else { continue };
        found.extend(names(rest).map(|path| (format!("{id}^1"), path)));
    }
    Ok(found)
}

fn names(listed: &[u8]) -> impl Iterator<Item = SourcePath> {
    let names = listed.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
    names.map(|name| name.trim_start_matches('\n')).filter(|name| !name.is_empty()).map(SourcePath::new)
}

/// The article that a file was at a revision.
pub(super) fn article(
    git: &Git,
    revision: &str,
    path: &SourcePath,
    site: &Site,
) -> Result<Option<std::sync::Arc<Article>>, Error> {
    let old = git.ask(["cat-file", "blob", &format!("{revision}:./{}", path.as_str())])?;
    Ok(match content::file(path, &old.stdout, &site.tz) {
        (Item::Article(article), _) if old.ok && seen(&article).next().is_some() => Some(article),
        _ => None,
    })
}
