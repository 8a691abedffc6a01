//! JSON Feed 1.1, its pages by `next_url`.

use serde_json::{Value, json};

use crate::{
    model::site::Site,
    render::feed::{Feed, Item, rfc3339},
};

pub fn json_feed(site: &Site, feed: &Feed<'_>) -> String {
    let items: Vec<Value> = feed.items.iter().map(item).collect();
    let mut out = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title,
        "home_page_url": site.urls.absolute(&feed.page), "feed_url": site.urls.absolute(feed.own),
        "language": site.config.language, "items": items,
    });
    if !feed.description.is_empty() {
        out["description"] = json!(feed.description);
    }
    if let Some(previous) = &feed.previous {
        out["next_url"] = json!(previous);
    }
    let mut text = out.to_string();
    text.push('\n');
    text
}

fn item(item: &Item<'_>) -> Value {
    let mut out = json!({
        "id": item.id, "url": item.url, "title": item.title,
        "date_published": rfc3339(item.published), "date_modified": rfc3339(item.updated),
        "authors": [{ "name": item.author }],
    });
    if !item.topics.is_empty() {
        out["tags"] = json!(item.topics);
    }
    if let Some(original) = item.original {
        out["external_url"] = json!(original);
    }
    if let Some(language) = item.language {
        out["language"] = json!(language);
    }
    match &item.content {
        Some(content) => {
            out["summary"] = json!(item.summary);
            out["content_html"] = json!(content);
        }
        None => out["content_text"] = json!(item.summary),
    }
    out
}
