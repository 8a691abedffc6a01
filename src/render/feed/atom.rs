//! Atom (RFC 4287) with archives (RFC 5005).

use std::fmt::Write;

use crate::{
    model::site::Site,
    render::{
        body::escape,
        feed::{Feed, element, legible, link, newest, rfc3339},
    },
};

const MIME: &str = "application/atom+xml";

pub fn atom(site: &Site, feed: &Feed<'_>) -> String {
    let mut out = String::with_capacity(4096);
    let paged = feed.current.is_some() || feed.previous.is_some();
    let history = if paged { " xmlns:fh=\"http://purl.org/syndication/history/1.0\"" } else { "" };
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"{history} xml:lang=\"{}\">\n",
        site.config.language
    );
    element(&mut out, "title", &feed.title);
    if !feed.description.is_empty() {
        element(&mut out, "subtitle", &feed.description);
    }
    let own = site.urls.absolute(feed.own);
    element(
        &mut out,
        "id",
        &if feed.current.is_some() { own.clone() } else { site.urls.absolute(&feed.page) },
    );
    element(&mut out, "updated", &rfc3339(newest(feed)));
    link(&mut out, "", "self", &own, MIME);
    link(&mut out, "", "alternate", &site.urls.absolute(&feed.page), "text/html");
    if let Some(current) = &feed.current {
        out.push_str("<fh:archive/>\n");
        link(&mut out, "", "current", current, MIME);
    }
    if let Some(previous) = &feed.previous {
        link(&mut out, "", "prev-archive", previous, MIME);
    }
    if !site.config.copyright.is_empty() {
        element(&mut out, "rights", &site.config.copyright);
    }
    out.push_str("<generator uri=\"https://crates.io/crates/dateline\">Dateline</generator>\n");
    for item in &feed.items {
        match item.language {
            Some(language) => {
                out.push_str("<entry xml:lang=\"");
                escape(language, &mut out);
                out.push_str("\">\n");
            }
            None => out.push_str("<entry>\n"),
        }
        element(&mut out, "title", &item.title);
        element(&mut out, "id", &item.id);
        link(&mut out, "", "alternate", &item.url, "text/html");
        if let Some(original) = item.original {
            link(&mut out, "", "via", original, "text/html");
        }
        element(&mut out, "published", &rfc3339(item.published));
        element(&mut out, "updated", &rfc3339(item.updated));
        out.push_str("<author>");
        element(&mut out, "name", &item.author);
        out.push_str("</author>\n");
        for topic in &item.topics {
            out.push_str("<category term=\"");
            escape(&legible(topic), &mut out);
            out.push_str("\"/>\n");
        }
        element(&mut out, "summary", &item.summary);
        if let Some(content) = &item.content {
            out.push_str("<content type=\"html\">");
            escape(&legible(content), &mut out);
            out.push_str("</content>\n");
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}
