//! When the site next changes by itself: the next embargo or expiry, so that a scheduled build can be set.

use jiff::Timestamp;

use crate::model::{
    Article,
    site::{HeldWhy, Site},
};

/// What happens then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A piece under embargo comes out.
    Published,
    /// A piece goes.
    Expires,
}

/// The earliest moment after the site's `now`, with the headline it concerns.
pub fn next(site: &Site) -> Option<(Timestamp, Due, &str)> {
    let comes = site.held.iter().filter_map(|held| match held.why {
        HeldWhy::Future(time) => Some((time, Due::Published, &*held.article.title)),
        HeldWhy::Draft | HeldWhy::Expired(_) => None,
    });
    let goes = site.articles.iter().filter_map(|entry| {
        let expires = entry.article.expires?.earliest(&site.tz);
        Some((expires, Due::Expires, &*entry.article.title))
    });
    comes.chain(goes).filter(|(time, ..)| *time > site.now).min()
}

/// Headlines in `site` that are under embargo at the moment `clock`: a build for another moment must not let them out.
pub fn embargoed(site: &Site, clock: Timestamp) -> Vec<&str> {
    let waits =
        |article: &Article| article.publish_at.is_some_and(|moment| moment.earliest(&site.tz) > clock);
    site.articles.iter().filter(|entry| waits(&entry.article)).map(|entry| &*entry.article.title).collect()
}
