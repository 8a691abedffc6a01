//! A correction that readers have seen may not go again in silence: what was published last, against what the site
//! says now.
//!
//! What was published is told, in this order, by: the sources of the commit that the branch of pages names ([`vanished`]); the record
//! beside the site (`record`); the history of the copy (`history`).

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    path::Path,
};

use crate::{
    model::{
        Article, Correction,
        config::PublishConfig,
        site::{HeldWhy, Site},
    },
    path::SourcePath,
    publish::{
        Error, history,
        pages::Options,
        place::Place,
        record::{self, Record, Seen},
    },
};

/// What a comparison came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Corrections that no article carries any more.
    pub vanished: Vec<Seen>,
    /// Why something may have been missed.
    pub doubt: Option<Doubt>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// What was published had not been committed.
    Uncommitted,
    /// The revision that was published cannot be had.
    Missing(String),
    /// Nothing is remembered, and the history of the sources is cut off.
    Shallow,
}

/// Compares what a folder held when it was handed on last with `site`: by the record, else by history.
///
/// # Errors
/// When Git fails.
pub fn in_folder(root: &Path, program: &OsStr, site: &Site) -> Result<Compared, Error> {
    match record::load(root, &site.config.base_url) {
        Some(record) => Ok(since(&record, site)),
        None => history::vanished(root, program, site),
    }
}

/// Remembers what `site` says as published, for [`in_folder`] and [`vanished`] of the next publication.
///
/// # Errors
/// When the record cannot be written.
pub fn remember(root: &Path, site: &Site, commit: Option<&str>) -> Result<(), Error> {
    let record =
        Record { commit: commit.map(str::to_owned), corrections: shown(site), expired: expired(site) };
    record::save(root, &site.config.base_url, record)
}

fn since(record: &Record, site: &Site) -> Compared {
    let mut now = carried(site);
    now.retain(|seen| !record.expired.contains(seen));
    Compared { vanished: gone(&record.corrections, &now), doubt: None }
}

/// Compares the sources of the last publication on the branch, found by the revision in its commit, with `site`. Only
/// files that changed since are read. A shallow clone asks the remote for that revision. Files that were published
/// without being committed (`-dirty`) are compared with the record, when it is of that very publication.
///
/// # Errors
/// When Git or the remote fails.
pub fn vanished(
    root: &Path,
    config: &PublishConfig,
    options: &Options,
    site: &Site,
) -> Result<Compared, Error> {
    let place = Place::find(root, config, &options.git)?;
    let Some(published) = &place.previous else { return Ok(Compared::default()) };
    let record = record::load(root, &site.config.base_url);
    if let Some(record) = record.filter(|record| record.commit.as_ref() == Some(published)) {
        return Ok(since(&record, site));
    }
    let Some(revision) = place.trailer(published, "Source")? else { return Ok(Compared::default()) };
    if !place.has_commit(&revision)? {
        let doubt = if revision.ends_with("-dirty") { Doubt::Uncommitted } else { Doubt::Missing(revision) };
        return Ok(Compared { doubt: Some(doubt), ..Compared::default() });
    }
    let diff = ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", "--no-renames"];
    let diff = diff.iter().copied().chain([revision.as_str(), "--", "content"]).map(OsStr::new);
    let listed = place.git.run(diff)?.stdout;
    let changed: BTreeSet<SourcePath> = listed
        .split(|byte| *byte == 0)
        .filter_map(|name| std::str::from_utf8(name).ok())
        .filter(|name| !name.is_empty())
        .map(SourcePath::new)
        .collect();
    let mut before = BTreeSet::new();
    for path in &changed {
        if let Some(article) = history::article(&place.git, &revision, path, site)? {
            before.extend(seen(&article));
        }
    }
    // A file that is as it was carried its corrections then already, and took over none.
    let texts: BTreeSet<&str> = before.iter().map(|seen| seen.text.as_str()).collect();
    let mut now = carried(site);
    now.retain(|seen| texts.contains(seen.text.as_str()));
    let mut eligible = BTreeSet::new();
    for seen in now {
        let name = format!("{revision}:./{}", seen.path.as_str());
        if changed.contains(&seen.path) || !place.git.ask(["cat-file", "-e", &name])?.ok {
            eligible.insert(seen);
        }
    }
    Ok(Compared { vanished: gone(&before, &eligible), doubt: None })
}

/// Those of `before` that neither their article carries now nor another that did not carry them then, as after a
/// change of its file's name. One article takes over from one.
fn gone(before: &BTreeSet<Seen>, now: &BTreeSet<Seen>) -> Vec<Seen> {
    let mut new: BTreeMap<&str, usize> = BTreeMap::new();
    for seen in now.difference(before) {
        *new.entry(&seen.text).or_default() += 1;
    }
    let missing = before.difference(now).filter(|seen| match new.get_mut(seen.text.as_str()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    missing.cloned().collect()
}

/// All corrections that readers see, and those of pieces that have gone by their own terms.
pub(super) fn carried(site: &Site) -> BTreeSet<Seen> {
    let mut all = shown(site);
    all.extend(expired(site));
    all
}

fn shown(site: &Site) -> BTreeSet<Seen> {
    site.articles.iter().flat_map(|entry| seen(&entry.article)).collect()
}

fn expired(site: &Site) -> BTreeSet<Seen> {
    let held = site.held.iter().filter(|held| matches!(held.why, HeldWhy::Expired(_)));
    held.flat_map(|held| seen(&held.article)).collect()
}

/// The corrections of an article.
pub(super) fn seen(article: &Article) -> impl Iterator<Item = Seen> {
    article.corrections.iter().map(|c| Seen { path: article.path.clone(), text: worded(c) })
}

/// The text of a correction, blind to line breaks.
pub(super) fn worded(correction: &Correction) -> String {
    correction.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone() {
        let set = |rows: &[&str]| -> BTreeSet<Seen> {
            let row = |row: &&str| {
                let (path, text) = row.split_once(' ').unwrap();
                Seen { path: SourcePath::new(path), text: text.into() }
            };
            rows.iter().map(row).collect()
        };
        let check = |before: &[&str], now: &[&str], expect: &[&str]| {
            let found = gone(&set(before), &set(now));
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), set(expect), "{before:?} {now:?}");
        };
        check(&["a x"], &["a x", "b y"], &[]);
        check(&["a x", "a y"], &["a x"], &["a y"]);
        // Another name of the file, and the same words in two articles.
        check(&["a x"], &["b x"], &[]);
        check(&["a x", "b x"], &["b x"], &["a x"]);
        check(&["a x", "b x"], &["b x", "c x"], &[]);
        check(&["a x", "b x"], &["c x"], &["b x"]);
        check(&["a x"], &["a x."], &["a x"]);
    }
}
