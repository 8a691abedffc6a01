//! A correction that readers have seen may not go again in silence: what the last published sources said, against
//! what the site says now.

use std::{collections::BTreeSet, ffi::OsStr, path::Path};

use crate::{
    model::{
        Article,
        config::PublishConfig,
        site::{HeldWhy, Site},
    },
    parse::content::{self, Item},
    path::SourcePath,
    publish::{Error, pages::Options, place::Place},
};

/// A correction of the last publication that no article carries any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// The article that carried it.
    pub path: SourcePath,
    pub text: String,
}

/// What a comparison came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    pub vanished: Vec<Vanished>,
    /// The revision that was published and could not be had, so that nothing can be said.
    pub unknown: Option<String>,
}

/// Compares the sources of the last publication, found by the revision in its commit, with `site`. Only files that
/// changed since are read. A shallow clone asks the remote for that revision. Of files that were published without
/// being committed (`-dirty`) nothing can be said.
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
    let Some(source) = place.trailer(published, "Source")? else { return Ok(Compared::default()) };
    let revision = source.as_str();
    // What was published without being committed is nowhere to be compared with.
    if !place.has_commit(revision)? {
        return Ok(Compared { unknown: Some(source), ..Compared::default() });
    }
    let diff =
        ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", "--no-renames", "--diff-filter=MDT"];
    let diff = diff.iter().copied().chain([revision, "--", "content"]).map(OsStr::new);
    let listed = place.git.run(diff)?.stdout;
    let still: BTreeSet<String> = carried(site).collect();
    let mut vanished = Vec::new();
    for name in listed.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok()) {
        if name.is_empty() {
            continue;
        }
        let path = SourcePath::new(name);
        let old = place.git.ask(["cat-file", "blob", &format!("{revision}:./{name}")])?;
        if let (true, (Item::Article(article), _)) = (old.ok, content::file(&path, &old.stdout, &site.tz)) {
            let gone = texts(&article).filter(|text| !still.contains(text));
            vanished.extend(gone.map(|text| Vanished { path: path.clone(), text }));
        }
    }
    Ok(Compared { vanished, unknown: None })
}

/// All corrections that readers see, and those of pieces that have gone by their own terms.
fn carried(site: &Site) -> impl Iterator<Item = String> {
    let shown = site.articles.iter().map(|entry| &entry.article);
    let expired =
        site.held.iter().filter(|held| matches!(held.why, HeldWhy::Expired(_))).map(|held| &held.article);
    shown.chain(expired).flat_map(|article| texts(article))
}

/// Texts of an article's corrections, blind to line breaks.
fn texts(article: &Article) -> impl Iterator<Item = String> {
    article.corrections.iter().map(|c| c.text.split_whitespace().collect::<Vec<_>>().join(" "))
}
