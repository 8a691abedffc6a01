//! One feed of the site → its bytes in one format. What all formats share is worked out here.
//!
//! A feed is dated by its newest entry, not by the build, so that it changes only when its content does. Older entries
//! stand in archives (RFC 5005, section 4), which never change once they are written.

mod atom;
mod json;
mod opml;
mod rss;

use std::{borrow::Cow, fmt::Write};

use jiff::Timestamp;

use crate::{
    model::{
        Moment, feeds,
        page::{FeedFormat, FeedOf, feed_formats},
        posts::standing,
        site::{Entry, Site},
    },
    path::SitePath,
    render::{Renderer, article::body_html, body::escape, context::summary, corrections},
};

pub use opml::opml;

/// What all formats need.
struct Feed<'a> {
    title: String,
    description: String,
    /// The page it belongs to.
    page: SitePath,
    own: &'a SitePath,
    items: Vec<Item<'a>>,
    /// Address of the feed that readers subscribe to, when this is an archive of it.
    current: Option<String>,
    /// Address of the archive before this one.
    previous: Option<String>,
}

/// One entry.
struct Item<'a> {
    id: String,
    url: String,
    title: String,
    published: Timestamp,
    updated: Timestamp,
    author: String,
    topics: Vec<&'a str>,
    summary: String,
    /// The whole text as HTML with full addresses.
    content: Option<String>,
    /// Address of the original.
    original: Option<&'a str>,
    /// Language, where it is not the site's.
    language: Option<&'a str>,
}

/// One feed in one format; `archive` 0 is the feed that readers subscribe to.
pub fn feed(
    site: &Site,
    renderer: &Renderer,
    of: FeedOf,
    format: FeedFormat,
    archive: u32,
    own: &SitePath,
) -> String {
    let feed = describe(site, renderer, of, format, archive, own);
    match format {
        FeedFormat::Atom => atom::atom(site, &feed),
        FeedFormat::Rss => rss::rss(site, &feed),
        FeedFormat::Json => json::json_feed(site, &feed),
    }
}

fn describe<'a>(
    site: &'a Site,
    renderer: &Renderer,
    of: FeedOf,
    format: FeedFormat,
    archive: u32,
    own: &'a SitePath,
) -> Feed<'a> {
    let config = &site.config;
    let joined = |title: &str| format!("{title} · {}", config.title);
    let front = feeds::front(site, of);
    let total = feeds::entries(site, of);
    let shown = feeds::shown(total, config.feeds.limit, archive);
    // An article stands in many feeds of topics and entities: they carry summaries.
    // So do the archives, but for those of the site in its first format (Atom), where all old pieces stand whole: in three
    // formats they would be a fifth of a large site's output.
    let first = feed_formats(&config.feeds).first() == Some(&format);
    let whole = match of {
        FeedOf::Site => archive == 0 || first,
        FeedOf::Section(_) => archive == 0,
        FeedOf::Topic(_) | FeedOf::Entity(_) | FeedOf::Story(_) | FeedOf::Corrections => false,
    };
    let full = config.feeds.full_text && whole;
    let article = |i: &u32| item(site, renderer, *i, full);
    let (title, description, items) = match of {
        FeedOf::Site => (
            config.title.clone(),
            config.description.clone(),
            (shown.start as u32..shown.end as u32).map(|i| article(&i)).collect(),
        ),
        FeedOf::Section(i) => {
            let section = &site.sections[i as usize];
            let items = section.articles[shown].iter().map(article).collect();
            (joined(&section.value.title), section.value.description.clone(), items)
        }
        FeedOf::Topic(i) => {
            let topic = &site.topics[i as usize];
            let items = topic.articles[shown].iter().map(article).collect();
            (joined(&topic.topic.label), topic.topic.description.clone(), items)
        }
        FeedOf::Entity(i) => {
            let entity = &site.entities[i as usize];
            let items = entity.articles[shown].iter().map(|l| article(&l.article)).collect();
            (joined(&entity.entity.name), standing(site, entity), items)
        }
        FeedOf::Story(i) => {
            let story = &site.stories[i as usize];
            // A story is kept oldest first.
            let newest = story.articles.iter().rev().skip(shown.start).take(shown.len());
            (joined(&story.story.title), story.story.description.clone(), newest.map(article).collect())
        }
        FeedOf::Corrections => {
            let title = renderer.words.get("corrections");
            let items = site.corrections[shown].iter();
            let items = items.map(|(a, c)| correction(site, renderer, *a, *c)).collect();
            (joined(title), renderer.words.get("corrections_help").to_owned(), items)
        }
    };
    let older = if archive == 0 { feeds::archives(site, of) } else { archive - 1 };
    let at = |archive| site.urls.absolute(&feeds::path(&front, format, archive));
    Feed {
        title,
        description,
        own,
        items,
        current: (archive > 0).then(|| at(0)),
        previous: (older > 0).then(|| at(older)),
        page: front,
    }
}

fn item<'a>(site: &'a Site, renderer: &Renderer, index: u32, full: bool) -> Item<'a> {
    let entry = &site.articles[index as usize];
    let url = site.urls.absolute(&entry.path);
    let own = &site.config.language;
    Item {
        id: url.clone(),
        url,
        title: entry.article.title.clone(),
        published: instant(site, entry.article.date),
        updated: updated(site, entry),
        author: author(site, entry),
        topics: entry.topics.iter().map(|t| site.topics[*t as usize].topic.label.as_str()).collect(),
        summary: summary(&entry.article),
        content: full.then(|| whole_text(site, renderer, index)),
        original: entry.article.source_url.as_deref(),
        language: entry.article.lang.as_deref().filter(|lang| lang != own),
    }
}

fn correction<'a>(site: &'a Site, renderer: &Renderer, article: u32, number: u32) -> Item<'a> {
    let entry = &site.articles[article as usize];
    let made = &entry.article.corrections[number as usize];
    let url = format!("{}#{}", site.urls.absolute(&entry.path), corrections::anchor(number));
    let kind = renderer.words.get(corrections::kind(made.kind));
    let time = made.date.earliest(&site.tz);
    Item {
        id: url.clone(),
        url,
        title: format!("{kind}: {}", entry.article.title),
        published: time,
        updated: time,
        author: if site.config.author.is_empty() {
            site.config.title.clone()
        } else {
            site.config.author.clone()
        },
        topics: Vec::new(),
        summary: made.text.clone(),
        content: None,
        original: None,
        language: None,
    }
}

/// Feeds have no mere days, so a day stands for its first instant in the site's zone.
fn instant(site: &Site, moment: Option<Moment>) -> Timestamp {
    moment.map_or(Timestamp::UNIX_EPOCH, |d| d.earliest(&site.tz))
}

fn updated(site: &Site, entry: &Entry) -> Timestamp {
    let article = &entry.article;
    let changes =
        article.corrections.iter().map(|c| c.date).chain(article.updated).map(|m| m.earliest(&site.tz));
    changes.max().unwrap_or(Timestamp::UNIX_EPOCH).max(instant(site, article.date))
}

fn newest(feed: &Feed<'_>) -> Timestamp {
    feed.items.iter().map(|item| item.updated).max().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn rfc3339(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn rfc822(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// Without the characters that XML 1.0 does not allow (section 2.2): one would make the whole feed unreadable.
fn legible(text: &str) -> Cow<'_, str> {
    let allowed =
        |c: char| !(c.is_control() && !"\n\r\t".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}'));
    if text.chars().all(allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
    }
}

/// The body of an article with full addresses: a reader of feeds knows no page that they could be relative to.
fn whole_text(site: &Site, renderer: &Renderer, index: u32) -> String {
    let html = body_html(site, renderer, index);
    let page = site.urls.absolute(&site.articles[index as usize].path);
    let mut out = String::with_capacity(html.len() * 9 / 8);
    let mut rest = html.as_str();
    // Quotes in text are escaped, so that these stand in tags only.
    while let Some(at) =
        [" href=\"", " src=\""].iter().filter_map(|name| Some(rest.find(name)? + name.len())).min()
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let address = rest.split('"').next().unwrap_or("");
        let scheme = address.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
        out.push_str(match address {
            _ if scheme || address.starts_with("//") => "",
            _ if address.starts_with('/') => &site.urls.origin,
            _ => &page,
        });
    }
    out.push_str(rest);
    out
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>");
    escape(&legible(text), out);
    let _ = writeln!(out, "</{name}>");
}

/// A link of Atom, under the prefix `prefix` (`atom:` inside RSS).
fn link(out: &mut String, prefix: &str, rel: &str, href: &str, mime: &str) {
    let _ = write!(out, "<{prefix}link rel=\"{rel}\" type=\"{mime}\" href=\"");
    escape(href, out);
    out.push_str("\"/>\n");
}

fn author(site: &Site, entry: &Entry) -> String {
    if entry.article.authors.is_empty() {
        entry.article.source.clone().unwrap_or_else(|| site.config.title.clone())
    } else {
        entry.article.authors.join(", ")
    }
}
