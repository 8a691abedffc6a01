//! Structured data: JSON-LD by the vocabulary of schema.org, safe to write into a `script` element.
//!
//! It says what the page says and nothing more: no rating, no `ClaimReview`, nothing that is not on the page.

mod article;
mod things;

use serde_json::{Value, json};

use crate::{model::site::Site, path::SitePath, render::views::PageView};

pub use article::article;
pub use things::{collection, entity};

fn script(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text.as_str();
    // `</script>` and `<!--` inside a string would end or hide the element.
    while let Some(at) = rest.find(['<', '>', '&']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match after.as_bytes()[0] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &after[1..];
    }
    out.push_str(rest);
    out
}

fn publisher(site: &Site) -> Value {
    let name = if site.config.publisher.is_empty() { &site.config.title } else { &site.config.publisher };
    json!({ "@type": "Organization", "name": name, "url": site.urls.absolute(&SitePath::new("/")) })
}

fn breadcrumbs(site: &Site, view: &PageView) -> Option<Value> {
    if view.breadcrumbs.is_empty() {
        return None;
    }
    let mut items: Vec<Value> = Vec::new();
    for crumb in &view.breadcrumbs {
        let url = format!("{}{}", site.urls.origin, crumb.url);
        items.push(
            json!({ "@type": "ListItem", "position": items.len() + 1, "name": crumb.title, "item": url }),
        );
    }
    items.push(json!({ "@type": "ListItem", "position": items.len() + 1, "name": view.title, "item": view.absolute }));
    let mut list = json!({ "@type": "BreadcrumbList" });
    list["itemListElement"] = Value::Array(items);
    Some(list)
}

fn graph(site: &Site, view: &PageView, main: Value) -> String {
    graph_of(site, view, [main])
}

/// The nodes of a page, and the way to it.
fn graph_of(site: &Site, view: &PageView, nodes: impl IntoIterator<Item = Value>) -> String {
    let nodes: Vec<Value> = nodes.into_iter().chain(breadcrumbs(site, view)).collect();
    // Moved in, where the macro would copy them.
    let mut all = json!({ "@context": "https://schema.org" });
    all["@graph"] = Value::Array(nodes);
    script(&all)
}

/// Any other page.
pub fn web_page(site: &Site, view: &PageView) -> String {
    let main = json!({
        "@type": "WebPage", "name": view.title, "url": view.absolute, "inLanguage": view.lang,
        "isPartOf": { "@type": "WebSite", "name": site.config.title, "url": site.urls.absolute(&SitePath::new("/")) },
    });
    graph(site, view, main)
}

pub fn home(site: &Site, view: &PageView) -> String {
    let mut main = json!({
        "@type": "WebSite", "name": site.config.title, "url": view.absolute, "inLanguage": view.lang,
        "publisher": publisher(site),
    });
    if !site.config.description.is_empty() {
        main["description"] = json!(site.config.description);
    }
    graph(site, view, main)
}

/// A page that lists articles.
pub fn list(site: &Site, view: &PageView, items: Option<&tera::Value>) -> String {
    let main = json!({
        "@type": "CollectionPage", "name": view.title, "url": view.absolute, "inLanguage": view.lang,
        "mainEntity": item_list(site, items),
    });
    graph(site, view, main)
}

/// The articles that a page lists, in its order.
fn item_list(site: &Site, items: Option<&tera::Value>) -> Value {
    let items: Vec<Value> = items
        .and_then(tera::Value::as_array)
        .unwrap_or_default()
        .iter()
        // The lists of entities hold each article with its sentence.
        .filter_map(|item| {
            let item = item.get_from_path("item").filter(|inner| inner.is_map()).unwrap_or(item);
            Some((item.get_from_path("url")?.as_str()?, item.get_from_path("title")?.as_str()?))
        })
        .enumerate()
        .map(|(i, (url, title))| {
            let url = format!("{}{url}", site.urls.origin);
            json!({ "@type": "ListItem", "position": i + 1, "url": url, "name": title })
        })
        .collect();
    let mut list = json!({ "@type": "ItemList", "numberOfItems": items.len() });
    list["itemListElement"] = Value::Array(items);
    list
}

/// The address of a link as pages write it, with the host.
pub fn absolute(site: &Site, url: &str) -> String {
    if url.contains("://") { url.to_owned() } else { format!("{}{url}", site.urls.origin) }
}
