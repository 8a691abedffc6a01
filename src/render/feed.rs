//! Feeds: Atom (RFC 4287), RSS 2.0 (Advisory Board, 2009) with `content:encoded`, JSON Feed 1.1.
//!
//! A feed is dated by its newest entry, not by the build, so that it changes only when its content does.

use std::{borrow::Cow, fmt::Write};

use jiff::Timestamp;
use serde_json::json;

use crate::{
    model::{
        page::{FeedFormat, FeedOf},
        site::{Entry, Site},
    },
    path::SitePath,
    render::{Renderer, article::body_html, body::escape, context::summary},
};

/// What all formats need.
struct Feed<'a> {
    title: String,
    description: String,
    page: SitePath,
    own: &'a SitePath,
    articles: Vec<u32>,
    /// Whole text rather than summaries.
    full: bool,
}

/// One feed in one format.
pub fn feed(site: &Site, renderer: &Renderer, of: FeedOf, format: FeedFormat, own: &SitePath) -> String {
    let feed = describe(site, of, own);
    match format {
        FeedFormat::Atom => atom(site, renderer, &feed),
        FeedFormat::Rss => rss(site, renderer, &feed),
        FeedFormat::Json => json_feed(site, renderer, &feed),
    }
}

fn describe<'a>(site: &Site, of: FeedOf, own: &'a SitePath) -> Feed<'a> {
    let config = &site.config;
    let limit = config.feeds.limit;
    let full = config.feeds.full_text;
    let joined = |title: &str| format!("{title} · {}", config.title);
    let first = |articles: &[u32]| articles.iter().copied().take(limit).collect::<Vec<u32>>();
    match of {
        FeedOf::Site => Feed {
            title: config.title.clone(),
            description: config.description.clone(),
            page: SitePath::new("/"),
            own,
            articles: (0..site.articles.len().min(limit) as u32).collect(),
            full,
        },
        FeedOf::Section(i) => {
            let section = &site.sections[i as usize];
            Feed {
                title: joined(&section.value.title),
                description: section.value.description.clone(),
                page: section.path.clone(),
                own,
                articles: first(&section.articles),
                full,
            }
        }
        // Every article stands in many of these: they carry summaries.
        FeedOf::Topic(i) => {
            let topic = &site.topics[i as usize];
            Feed {
                title: joined(&topic.topic.label),
                description: topic.topic.description.clone(),
                page: topic.path.clone(),
                own,
                articles: first(&topic.articles),
                full: false,
            }
        }
        FeedOf::Entity(i) => {
            let entity = &site.entities[i as usize];
            Feed {
                title: joined(&entity.entity.name),
                description: entity.entity.description.clone(),
                page: entity.path.clone(),
                own,
                articles: entity.articles.iter().take(limit).map(|l| l.article).collect(),
                full: false,
            }
        }
    }
}

/// When a piece was published; feeds have no mere days, so a day stands for its first instant in the site's zone.
fn published(site: &Site, entry: &Entry) -> Timestamp {
    entry.article.date.map_or(Timestamp::UNIX_EPOCH, |d| d.earliest(&site.tz))
}

fn updated(site: &Site, entry: &Entry) -> Timestamp {
    let article = &entry.article;
    let changes =
        article.corrections.iter().map(|c| c.date).chain(article.updated).map(|m| m.earliest(&site.tz));
    changes.max().unwrap_or(Timestamp::UNIX_EPOCH).max(published(site, entry))
}

fn newest(site: &Site, feed: &Feed<'_>) -> Timestamp {
    let times = feed.articles.iter().map(|i| updated(site, &site.articles[*i as usize]));
    times.max().unwrap_or(Timestamp::UNIX_EPOCH)
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

fn author(site: &Site, entry: &Entry) -> String {
    if entry.article.authors.is_empty() {
        entry.article.source.clone().unwrap_or_else(|| site.config.title.clone())
    } else {
        entry.article.authors.join(", ")
    }
}

fn atom(site: &Site, renderer: &Renderer, feed: &Feed<'_>) -> String {
    let mut out = String::with_capacity(4096);
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        site.config.language
    );
    element(&mut out, "title", &feed.title);
    if !feed.description.is_empty() {
        element(&mut out, "subtitle", &feed.description);
    }
    element(&mut out, "id", &site.urls.absolute(&feed.page));
    element(&mut out, "updated", &rfc3339(newest(site, feed)));
    link(&mut out, "self", &site.urls.absolute(feed.own), "application/atom+xml");
    link(&mut out, "alternate", &site.urls.absolute(&feed.page), "text/html");
    out.push_str("<generator uri=\"https://crates.io/crates/dateline\">Dateline</generator>\n");
    for i in &feed.articles {
        let entry = &site.articles[*i as usize];
        let url = site.urls.absolute(&entry.path);
        out.push_str("<entry>\n");
        element(&mut out, "title", &entry.article.title);
        element(&mut out, "id", &url);
        link(&mut out, "alternate", &url, "text/html");
        element(&mut out, "published", &rfc3339(published(site, entry)));
        element(&mut out, "updated", &rfc3339(updated(site, entry)));
        out.push_str("<author>");
        element(&mut out, "name", &author(site, entry));
        out.push_str("</author>\n");
        for topic in &entry.topics {
            out.push_str("<category term=\"");
            escape(&site.topics[*topic as usize].topic.label, &mut out);
            out.push_str("\"/>\n");
        }
        element(&mut out, "summary", &summary(&entry.article));
        if feed.full {
            out.push_str("<content type=\"html\">");
            escape(&legible(&whole_text(site, renderer, *i)), &mut out);
            out.push_str("</content>\n");
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn link(out: &mut String, rel: &str, href: &str, mime: &str) {
    let _ = write!(out, "<link rel=\"{rel}\" type=\"{mime}\" href=\"");
    escape(href, out);
    out.push_str("\"/>\n");
}

fn rss(site: &Site, renderer: &Renderer, feed: &Feed<'_>) -> String {
    let mut out = String::with_capacity(4096);
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n",
    );
    element(&mut out, "title", &feed.title);
    element(&mut out, "link", &site.urls.absolute(&feed.page));
    let description = if feed.description.is_empty() { &feed.title } else { &feed.description };
    element(&mut out, "description", description);
    element(&mut out, "language", &site.config.language);
    element(&mut out, "lastBuildDate", &rfc822(newest(site, feed)));
    out.push_str("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    escape(&site.urls.absolute(feed.own), &mut out);
    out.push_str("\"/>\n");
    for i in &feed.articles {
        let entry = &site.articles[*i as usize];
        let url = site.urls.absolute(&entry.path);
        out.push_str("<item>\n");
        element(&mut out, "title", &entry.article.title);
        element(&mut out, "link", &url);
        out.push_str("<guid isPermaLink=\"true\">");
        escape(&url, &mut out);
        out.push_str("</guid>\n");
        element(&mut out, "pubDate", &rfc822(published(site, entry)));
        element(&mut out, "dc:creator", &author(site, entry));
        for topic in &entry.topics {
            element(&mut out, "category", &site.topics[*topic as usize].topic.label);
        }
        element(&mut out, "description", &summary(&entry.article));
        if feed.full {
            element(&mut out, "content:encoded", &whole_text(site, renderer, *i));
        }
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn json_feed(site: &Site, renderer: &Renderer, feed: &Feed<'_>) -> String {
    let items: Vec<serde_json::Value> = feed
        .articles
        .iter()
        .map(|i| {
            let entry = &site.articles[*i as usize];
            let url = site.urls.absolute(&entry.path);
            let mut item = json!({
                "id": url, "url": url, "title": entry.article.title,
                "date_published": rfc3339(published(site, entry)), "date_modified": rfc3339(updated(site, entry)),
                "authors": [{ "name": author(site, entry) }],
            });
            let tags: Vec<&str> = entry.topics.iter().map(|t| site.topics[*t as usize].topic.label.as_str()).collect();
            if !tags.is_empty() {
                item["tags"] = json!(tags);
            }
            if let Some(original) = &entry.article.source_url {
                item["external_url"] = json!(original);
            }
            if feed.full {
                item["summary"] = json!(summary(&entry.article));
                item["content_html"] = json!(whole_text(site, renderer, *i));
            } else {
                item["content_text"] = json!(summary(&entry.article));
            }
            item
        })
        .collect();
    let mut out = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title,
        "home_page_url": site.urls.absolute(&feed.page), "feed_url": site.urls.absolute(feed.own),
        "language": site.config.language, "items": items,
    });
    if !feed.description.is_empty() {
        out["description"] = json!(feed.description);
    }
    let mut text = out.to_string();
    text.push('\n');
    text
}
