//! RSS 2.0 (Advisory Board, 2009) with `content:encoded`, and archives (RFC 5005) by links of Atom.

use crate::{
    model::site::Site,
    render::{
        body::escape,
        feed::{Feed, element, link, newest, rfc822},
    },
};

const MIME: &str = "application/rss+xml";

pub fn rss(site: &Site, feed: &Feed<'_>) -> String {
    let mut out = String::with_capacity(4096);
    let paged = feed.current.is_some() || feed.previous.is_some();
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
    );
    out.push_str(if paged {
        " xmlns:fh=\"http://purl.org/syndication/history/1.0\">\n<channel>\n"
    } else {
        ">\n<channel>\n"
    });
    element(&mut out, "title", &feed.title);
    element(&mut out, "link", &site.urls.absolute(&feed.page));
    let description = if feed.description.is_empty() { &feed.title } else { &feed.description };
    element(&mut out, "description", description);
    element(&mut out, "language", &site.config.language);
    if !site.config.copyright.is_empty() {
        element(&mut out, "copyright", &site.config.copyright);
    }
    element(&mut out, "lastBuildDate", &rfc822(newest(feed)));
    link(&mut out, "atom:", "self", &site.urls.absolute(feed.own), MIME);
    if let Some(current) = &feed.current {
        out.push_str("<fh:archive/>\n");
        link(&mut out, "atom:", "current", current, MIME);
    }
    if let Some(previous) = &feed.previous {
        link(&mut out, "atom:", "prev-archive", previous, MIME);
    }
    for item in &feed.items {
        out.push_str("<item>\n");
        element(&mut out, "title", &item.title);
        element(&mut out, "link", &item.url);
        out.push_str("<guid isPermaLink=\"true\">");
        escape(&item.id, &mut out);
        out.push_str("</guid>\n");
        element(&mut out, "pubDate", &rfc822(item.published));
        element(&mut out, "dc:creator", &item.author);
        for topic in &item.topics {
            element(&mut out, "category", topic);
        }
        element(&mut out, "description", &item.summary);
        if let Some(content) = &item.content {
            element(&mut out, "content:encoded", content);
        }
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}
