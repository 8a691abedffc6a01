//! The pages of the last run and what its lists have become enter; the pages of this one leave, where only some entities and
//! topics have more or fewer of them.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    assemble::{
        memory::{Memory, Pages},
        pages::{entity_lists, feed, sitemaps, topic_lists},
    },
    model::{
        Page,
        listed::news,
        page::{FeedOf, feed_formats},
        site::Site,
    },
    path::SitePath,
};

/// Fills `site.pages` and `site.sitemaps` from the pages of `last`, a site with the same articles, and says whether that could
/// be done. `pages` are those with the indices of this site, in their order; those `gone` are left out, and those that `come`
/// are put in.
pub fn again(
    site: &mut Site,
    last: &Site,
    pages: &[Page],
    (mut gone, mut come): (Vec<SitePath>, Vec<Page>),
    memory: &mut Memory,
) -> bool {
    // Where addresses collide, what is gone may let another in.
    let clean = memory.pages.as_ref().is_some_and(|(_, pages)| pages.faults.is_empty());
    if !clean || news(site).is_empty() != news(last).is_empty() {
        return false;
    }
    gone.sort();
    come.sort_by(|a, b| a.path.cmp(&b.path));
    let taken = |page: &&Page| {
        let clash = |new: &Page| new.path.as_str().eq_ignore_ascii_case(page.path.as_str());
        come.iter().any(clash) && gone.binary_search(&page.path).is_err()
    };
    if pages.par_iter().find_any(taken).is_some() {
        return false;
    }
    let mut all: Vec<Page> = Vec::with_capacity(pages.len() + come.len());
    let (mut gone, mut come) = (gone.into_iter().peekable(), come.into_iter().peekable());
    for page in pages {
        while let Some(new) = come.next_if(|new| new.path <= page.path) {
            all.push(new);
        }
        while gone.next_if(|path| *path < page.path).is_some() {}
        if gone.next_if_eq(&page.path).is_none() {
            all.push(page.clone());
        }
    }
    all.extend(come);
    let parts = sitemaps(site, &all);
    // Each has a page of its own.
    if parts.len() != last.sitemaps.len() {
        return false;
    }
    site.pages = Arc::new(all);
    site.sitemaps = parts;
    let made = Pages { pages: site.pages.clone(), sitemaps: site.sitemaps.clone(), faults: Vec::new() };
    // Nothing has this hash: a run that asks for all pages makes them anew.
    memory.pages = Some(([0; 32], made));
    true
}

/// The lists and feeds of some entities and topics.
pub fn pages_of(site: &Site, of: &[FeedOf]) -> Vec<Page> {
    let mut pages = Vec::new();
    let formats = feed_formats(&site.config.feeds);
    for of in of {
        let fed = match *of {
            FeedOf::Entity(entity) => {
                entity_lists(site, entity, &mut pages);
                site.entities[entity as usize].feed
            }
            FeedOf::Topic(topic) => {
                topic_lists(site, topic, &mut pages);
                site.topics[topic as usize].feed
            }
            _ => false,
        };
        if fed {
            feed(site, *of, &formats, &mut pages);
        }
    }
    pages
}
