//! The pages of the last run and what its lists have become enter; the pages of this one leave, where only some things have
//! more or fewer of them.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::{
    assemble::{
        memory::{Memory, Pages},
        pages::{
            author_lists, correction_lists, entity_lists, feed, fixed, folded_hash, redirects, section_lists,
            sitemaps, source_lists, story_lists, topic_lists,
        },
    },
    model::{
        Page, PageKind, feeds,
        listed::news,
        page::{FeedOf, feed_formats, numbered},
        site::Site,
    },
    path::SitePath,
};

/// What has pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    Of(FeedOf),
    Source(u32),
    Author(u32),
    Article(u32),
    Edition(u32),
}

/// Fills `site.pages` and `site.sitemaps` from the pages of `last`, and says whether that could be done. Pages that are `gone`
/// are left out: these are pages of `last`; those that `come` are put in; of all others `kind` says what they show in this site.
pub fn again(
    site: &mut Site,
    last: &Site,
    (mut gone, mut come): (Vec<Page>, Vec<Page>),
    kind: impl Fn(&PageKind) -> Option<PageKind>,
    memory: &mut Memory,
) -> bool {
    // Where addresses collide, what is gone may let another in.
    let clean = memory.pages.as_ref().is_some_and(|(_, pages)| pages.faults.is_empty() && !pages.blocked);
    if !clean || news(site).is_empty() != news(last).is_empty() {
        return false;
    }
    let by_path = |a: &Page, b: &Page| a.path.cmp(&b.path).then_with(|| a.kind.cmp(&b.kind));
    gone.sort_by(by_path);
    gone.dedup();
    come.sort_by(by_path);
    come.dedup();
    let leaves = |page: &Page| gone.binary_search_by(|other| by_path(other, page)).is_ok();
    let hashes: FxHashSet<u64> = come.iter().map(|page| folded_hash(&page.path)).collect();
    let clash = |page: &&Page| hashes.contains(&folded_hash(&page.path)) && !leaves(page);
    if hashes.len() < come.len() || !come.is_empty() && last.pages.par_iter().find_any(clash).is_some() {
        return false;
    }
    let mut all: Vec<Page> = Vec::with_capacity(last.pages.len() + come.len());
    let (mut gone, mut come) = (gone.iter().peekable(), come.into_iter().peekable());
    for page in last.pages.iter() {
        while let Some(new) = come.next_if(|new| new.path <= page.path) {
            all.push(new);
        }
        while gone.next_if(|other| by_path(other, page).is_lt()).is_some() {}
        if gone.next_if(|other| **other == *page).is_some() {
            continue;
        }
        let Some(kind) = kind(&page.kind) else { return false };
        all.push(Page { path: page.path.clone(), kind });
    }
    all.extend(come);
    let parts = sitemaps(site, &all);
    // Each has a page of its own.
    if parts.len() != last.sitemaps.len() {
        return false;
    }
    site.pages = Arc::new(all);
    site.sitemaps = parts;
    let (pages, sitemaps) = (site.pages.clone(), site.sitemaps.clone());
    let made = Pages { pages, sitemaps, faults: Vec::new(), blocked: false };
    // Nothing has this hash: a run that asks for all pages makes them anew.
    memory.pages = Some(([0; 32], made));
    true
}

/// Pages of which there is one.
pub fn fixed_pages(site: &Site) -> Vec<Page> {
    let mut pages = Vec::new();
    fixed(site, &mut pages);
    pages
}

/// What has pages of its own, but for articles, editions, entities, topics and stories.
pub fn lots(site: &Site) -> Vec<Lot> {
    let mut lots = vec![Lot::Of(FeedOf::Site), Lot::Of(FeedOf::Corrections)];
    lots.extend((0..site.sections.len() as u32).map(|i| Lot::Of(FeedOf::Section(i))));
    lots.extend((0..site.sources.len() as u32).map(Lot::Source));
    lots.extend((0..site.authors.len() as u32).map(Lot::Author));
    lots
}

/// What the pages of such a lot follow from: the address, the number of items and of pages of the list, archives of the feed.
pub fn extent(site: &Site, lot: Lot) -> (SitePath, u32, u32) {
    let by = site.config.paginate_by;
    match lot {
        Lot::Of(of) => {
            let own = match of {
                FeedOf::Section(i) => site.sections[i as usize].value.paginate_by,
                _ => None,
            };
            let entries = feeds::entries(site, of);
            (feeds::front(site, of), numbered(entries, own.unwrap_or(by)), feeds::archives(site, of))
        }
        Lot::Source(i) => {
            let group = &site.sources[i as usize];
            (group.path.clone(), numbered(group.articles.len(), by), 0)
        }
        Lot::Author(i) => {
            let group = &site.authors[i as usize];
            (group.path.clone(), numbered(group.articles.len(), by), 0)
        }
        Lot::Article(i) => (site.articles[i as usize].path.clone(), 0, 0),
        Lot::Edition(i) => (site.editions[i as usize].path.clone(), 0, 0),
    }
}

/// The lists and feeds of some things, and the old addresses that lead to them; without pictures for sharing.
pub fn pages_of(site: &Site, lots: &[Lot]) -> Vec<Page> {
    let mut pages = Vec::new();
    let config = &site.config.feeds;
    let formats = feed_formats(config);
    for lot in lots {
        let of = match *lot {
            Lot::Of(of) => of,
            Lot::Source(source) => {
                source_lists(site, source, &mut pages);
                continue;
            }
            Lot::Author(author) => {
                author_lists(site, author, &mut pages);
                continue;
            }
            Lot::Article(i) => {
                let path = site.articles[i as usize].path.clone();
                let old = redirects::of_article(site, i).into_iter();
                pages.extend(old.map(|(old, _)| redirect(old, &path)));
                pages.push(Page { path, kind: PageKind::Article(i) });
                continue;
            }
            Lot::Edition(i) => {
                let path = site.editions[i as usize].path.clone();
                pages.push(Page { path, kind: PageKind::Edition(i) });
                continue;
            }
        };
        let fed = match of {
            FeedOf::Entity(entity) => {
                entity_lists(site, entity, &mut pages);
                site.entities[entity as usize].feed
            }
            FeedOf::Topic(topic) => {
                topic_lists(site, topic, &mut pages);
                site.topics[topic as usize].feed
            }
            FeedOf::Section(section) => {
                section_lists(site, section, &mut pages);
                config.sections
            }
            FeedOf::Story(story) => {
                story_lists(site, story, &mut pages);
                let path = &site.stories[story as usize].path;
                let old = redirects::of_story(site, story).into_iter().filter(|old| old != path);
                pages.extend(old.map(|old| redirect(old, path)));
                config.stories
            }
            FeedOf::Corrections => {
                correction_lists(site, &mut pages);
                feeds::has_corrections(site)
            }
            FeedOf::Site => true,
        };
        if fed {
            feed(site, of, &formats, &mut pages);
        }
    }
    pages
}

fn redirect(from: SitePath, to: &SitePath) -> Page {
    Page { path: from, kind: PageKind::Redirect(to.as_str().to_owned()) }
}
