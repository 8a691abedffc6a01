//! What search engines are told of: which pages they should leave alone, and which stand in sitemaps.

use crate::model::{
    Origin, PageKind,
    config::{Canonical, SourceConfig},
    site::{Entry, Site},
};

/// Addresses a sitemap at most (sitemaps.org, protocol 0.9).
pub const SITEMAP: usize = 50_000;
/// Bytes a sitemap at most, uncompressed (ibidem).
pub const SITEMAP_BYTES: usize = 50 * 1024 * 1024;

/// The settings of an article's source.
fn source<'a>(site: &'a Site, entry: &Entry) -> Option<&'a SourceConfig> {
    let sources = &site.config.sources;
    let slug = || entry.source.and_then(|s| sources.get(&site.sources[s as usize].value.slug));
    sources.get(entry.article.source.as_ref()?).or_else(slug)
}

/// The address of the original, where search engines should show that instead of our page.
pub fn original<'a>(site: &Site, entry: &'a Entry) -> Option<&'a str> {
    let source = source(site, entry)?;
    (source.canonical == Canonical::Original).then_some(entry.article.source_url.as_deref()).flatten()
}

/// Whether search engines are asked to leave a page alone.
pub fn noindex(site: &Site, kind: &PageKind) -> bool {
    site.config.noindex
        || match kind {
            PageKind::Article(i) => {
                let entry = &site.articles[*i as usize];
                entry.article.noindex
                    || source(site, entry).is_some_and(|source| source.noindex)
                    || entry.section.is_some_and(|s| site.sections[s as usize].value.noindex)
            }
            PageKind::Section { section, .. } => site.sections[*section as usize].value.noindex,
            PageKind::TextPage(i) => site.text_pages[*i as usize].0.noindex,
            PageKind::Entity { entity, .. } | PageKind::Speaker { entity, .. } => {
                site.entities[*entity as usize].entity.origin == Origin::Provisional
            }
            PageKind::Redirect(_) | PageKind::NotFound | PageKind::Search => true,
            _ => false,
        }
}

/// Whether a page stands in the sitemaps.
pub fn listed(site: &Site, kind: &PageKind) -> bool {
    let machine = matches!(
        kind,
        PageKind::Feed { .. }
            | PageKind::Og(_)
            | PageKind::Opml
            | PageKind::Sitemap(_)
            | PageKind::NewsSitemap
            | PageKind::SitemapIndex
            | PageKind::Robots
    );
    let elsewhere =
        matches!(kind, PageKind::Article(i) if original(site, &site.articles[*i as usize]).is_some());
    !machine && !elsewhere && !noindex(site, kind)
}

/// Articles of a Google News sitemap at most, and how far back it reaches, in hours.
pub const NEWS: usize = 1000;
const NEWS_HOURS: i64 = 48;

/// Articles published within two days before the time of the build, newest first (Google: News sitemaps).
pub fn news(site: &Site) -> Vec<u32> {
    let since = site.now.as_second() - NEWS_HOURS * 3600;
    let fresh = |entry: &Entry| {
        entry.article.date.is_some_and(|date| {
            let at = date.earliest(&site.tz).as_second();
            at >= since && at <= site.now.as_second()
        })
    };
    // A day more than two, whatever the zone: what is older stands behind, and is not looked at.
    let oldest = jiff::Timestamp::from_second(since - 24 * 3600).map(|time| site.tz.to_datetime(time).date());
    let recent = |i: &u32| match (&oldest, site.articles[*i as usize].article.date) {
        (Ok(oldest), Some(date)) => date.day >= *oldest,
        _ => true,
    };
    (0..site.articles.len() as u32)
        .take_while(recent)
        .filter(|i| fresh(&site.articles[*i as usize]) && listed(site, &PageKind::Article(*i)))
        .take(NEWS)
        .collect()
}
