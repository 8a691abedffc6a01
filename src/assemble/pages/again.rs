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
};

/// Fills `site.pages` and `site.sitemaps` from those of `last`, a site with the same articles, entities and topics, and says
/// whether that could be done. `of`: the entities and topics with other lists than before.
pub fn again(site: &mut Site, last: &Site, of: &[FeedOf], memory: &mut Memory) -> bool {
    if of.is_empty() {
        return true;
    }
    // Where addresses collide, what is gone may let another in.
    let clean = memory.pages.as_ref().is_some_and(|(_, pages)| pages.faults.is_empty());
    if !clean || news(site).is_empty() != news(last).is_empty() {
        return false;
    }
    let (mut gone, mut come) = (pages_of(last, of), pages_of(site, of));
    gone.sort_by(|a, b| a.path.cmp(&b.path));
    come.sort_by(|a, b| a.path.cmp(&b.path));
    let stays = |page: &Page| come.binary_search_by(|other| other.path.cmp(&page.path)).is_ok();
    let mut left: Vec<usize> = Vec::new();
    for page in gone.iter().filter(|page| !stays(page)) {
        match last.pages.binary_search_by(|other| other.path.cmp(&page.path)) {
            Ok(at) if last.pages[at] == *page => left.push(at),
            _ => return false,
        }
    }
    come.retain(|page| gone.binary_search_by(|other| other.path.cmp(&page.path)).is_err());
    let taken = |page: &&Page| {
        let clash = |new: &Page| new.path.as_str().eq_ignore_ascii_case(page.path.as_str());
        come.iter().any(clash)
    };
    if last.pages.par_iter().find_any(taken).is_some() {
        return false;
    }
    let mut pages: Vec<Page> = Vec::with_capacity(last.pages.len() + come.len());
    let (mut left, mut come) = (left.into_iter().peekable(), come.into_iter().peekable());
    for (at, page) in last.pages.iter().enumerate() {
        while let Some(new) = come.next_if(|new| new.path < page.path) {
            pages.push(new);
        }
        if left.next_if_eq(&at).is_none() {
            pages.push(page.clone());
        }
    }
    pages.extend(come);
    let parts = sitemaps(site, &pages);
    // Each has a page of its own.
    if parts.len() != last.sitemaps.len() {
        return false;
    }
    site.pages = Arc::new(pages);
    site.sitemaps = parts;
    let made = Pages { pages: site.pages.clone(), sitemaps: site.sitemaps.clone(), faults: Vec::new() };
    // Nothing has this hash: a run that asks for all pages makes them anew.
    memory.pages = Some(([0; 32], made));
    true
}

/// The lists and feeds of some entities and topics.
fn pages_of(site: &Site, of: &[FeedOf]) -> Vec<Page> {
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
