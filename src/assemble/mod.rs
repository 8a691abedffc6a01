//! All annotated articles and the registry → one cross-linked [`Site`]. The only global step of the line.
//!
//! 1. `decisions`: what editors decided about single names; then
//!    `select`: which pieces are published now, newest first, and their addresses; `rights` leaves of each only what
//!    its source lets be shown.
//! 2. `identity`: names that nobody knows, made one across the archive.
//!    `entities`, `topics`, `groups`: what they speak of, and where it stands.
//! 3. `mentions`: which of them are linked; backlinks, quotes, neighbours.
//! 4. `carried`, `threads`, `editions`, `versions`: what goes on with what, days, corrections and translations.
//! 5. `pages`: every page of the output.
//!
//! Time and memory grow with the number of mentions: lists are never compared with each other. A run after a few edits
//! starts from the site of the last one and works out only what follows from them (`patch`); the result is the same.

pub mod address;
pub mod carried;
mod dated;
pub mod decisions;
mod editions;
mod entities;
mod groups;
mod identity;
mod memory;
mod mentions;
mod pages;
mod patch;
mod rights;
mod select;
mod threads;
mod topics;
mod versions;

pub use memory::{FEW, Memory};

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use rustc_hash::FxHashSet;

use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation,
        config::Config,
        site::{Content, Counts, Site},
    },
    path::Urls,
};

/// What decides which pieces are published.
#[derive(Clone, Debug)]
pub struct When {
    pub now: Timestamp,
    pub tz: TimeZone,
    /// Publish drafts too.
    pub drafts: bool,
    /// Publish pieces of the future and embargoed ones too.
    pub future: bool,
}

/// Puts the site together. `annotations[i]` belongs to `content.articles[i]`; `memory` is what the last run left.
pub fn assemble(
    content: &Content,
    annotations: &[Arc<Annotation>],
    config: &Arc<Config>,
    when: &When,
    memory: &mut Memory,
) -> (Arc<Site>, Vec<Diagnostic>) {
    memory.begin(content, config);
    let mut faults = Vec::new();
    let annotations = decisions::apply(content, annotations, &mut memory.decided, &mut faults);
    let edits = select::pieces(content, &annotations, config, memory);
    if let Some((site, more)) = edits.and_then(|edits| patch::patched(content, when, &edits, memory)) {
        faults.extend(more);
        return (site, faults);
    }
    let decided = faults.len();
    let selection = select::select(when, memory);
    let mut site = Site {
        config: config.clone(),
        urls: Urls::new(&config.base_url),
        now: when.now,
        tz: when.tz.clone(),
        articles: selection.entries,
        entities: Vec::new(),
        topics: Vec::new(),
        stories: Vec::new(),
        versions: Vec::new(),
        sections: Vec::new(),
        sources: Vec::new(),
        authors: Vec::new(),
        editions: Vec::new(),
        years: Vec::new(),
        months: Vec::new(),
        dated: Vec::new(),
        text_pages: Vec::new(),
        corrections: Vec::new(),
        sitemaps: Vec::new(),
        pages: Arc::default(),
        held: selection.held,
        strangers: Vec::new(),
        merges: Vec::new(),
    };
    groups::groups(&mut site, content);
    identity::identity(&mut site, content, memory);
    let facts = memory.facts(&site);
    let numbers = entities::entities(&mut site, content, &facts, memory, &mut faults);
    mentions::mentions(&mut site, &facts, &numbers, memory);
    let mut tags = Vec::new();
    topics::topics(&mut site, content, &mut tags);
    carried::carried(&mut site, &mut memory.compared);
    let mut threads = threads::threads(&site, &memory.ids);
    threads::stories(&mut site, &mut threads, Vec::new(), &FxHashSet::default());
    threads::casts(&mut site);
    editions::editions(&mut site, memory.last.take().as_deref());
    dated::dated(&mut site);
    versions::corrections(&mut site);
    versions::translations(&mut site, &mut faults);
    let found = patch::Faults { tags: tags.clone(), others: faults[decided..].to_vec() };
    memory.kept = Some(patch::Kept::new(&site, when, memory, numbers, threads, found));
    faults.extend(tags);
    pages::pages(&mut site, content, memory, &mut faults);
    memory.end(&site);
    let site = Arc::new(site);
    memory.last = Some(site.clone());
    (site, faults)
}

/// What a build reports at its end.
pub fn counts(site: &Site) -> Counts {
    let status = |wanted| {
        site.articles
            .iter()
            .flat_map(|entry| &entry.annotation.mentions)
            .filter(|mention| mention.status == wanted)
            .count()
    };
    Counts {
        articles: site.articles.len(),
        pages: site.pages.len(),
        linked: site.articles.iter().map(|entry| entry.mentions.len()).sum(),
        review: status(crate::model::Status::Proposed),
        held: site.held.len(),
    }
}
