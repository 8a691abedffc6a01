//! The list of all feeds (OPML 2.0), which feed readers import as a whole.

use crate::{
    model::{
        feeds,
        page::{FeedFormat, FeedOf, feed_formats},
        site::Site,
    },
    render::{Renderer, body::escape, feed::legible},
};

/// All feeds by kind, each in the first of the formats that feed readers import: Atom, RSS.
pub fn opml(site: &Site, renderer: &Renderer) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>");
    escape(&legible(&site.config.title), &mut out);
    out.push_str("</title></head>\n<body>\n");
    let formats = feed_formats(&site.config.feeds);
    let format =
        formats.iter().copied().find(|format| *format != FeedFormat::Json).unwrap_or(FeedFormat::Json);
    let mut group = "";
    for of in feeds::all(site) {
        let key = match of {
            FeedOf::Site | FeedOf::Corrections => "",
            FeedOf::Section(_) => "sections",
            FeedOf::Story(_) => "stories",
            FeedOf::Topic(_) => "topics",
            FeedOf::Entity(_) => "entities",
        };
        if key != group {
            if !group.is_empty() {
                out.push_str("</outline>\n");
            }
            if !key.is_empty() {
                out.push_str("<outline text=\"");
                escape(renderer.words.get(key), &mut out);
                out.push_str("\">\n");
            }
            group = key;
        }
        let front = feeds::front(site, of);
        let name = match of {
            FeedOf::Corrections => renderer.words.get("corrections"),
            of => feeds::name(site, of),
        };
        out.push_str("<outline type=\"rss\" text=\"");
        escape(&legible(name), &mut out);
        out.push_str("\" xmlUrl=\"");
        escape(&site.urls.absolute(&feeds::path(&front, format, 0)), &mut out);
        out.push_str("\" htmlUrl=\"");
        escape(&site.urls.absolute(&front), &mut out);
        out.push_str("\"/>\n");
    }
    if !group.is_empty() {
        out.push_str("</outline>\n");
    }
    out.push_str("</body>\n</opml>\n");
    out
}
