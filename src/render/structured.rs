//! Structured data: JSON-LD by the vocabulary of schema.org, safe to write into a `script` element.

use serde_json::{Map, Value, json};

use crate::{
    model::{
        Entity, EntityKind,
        site::{EntityEntry, Entry, Site},
    },
    path::SitePath,
    render::views::{ArticleView, PageView},
};

/// Entities of an article that it is *about*, by salience; the rest it mentions.
const ABOUT: usize = 5;

fn script(value: &Value) -> String {
    // `</script>` and `<!--` inside a string would end or hide the element.
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
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
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

fn graph(site: &Site, view: &PageView, main: Value) -> String {
    let nodes: Vec<Value> = std::iter::once(main).chain(breadcrumbs(site, view)).collect();
    script(&json!({ "@context": "https://schema.org", "@graph": nodes }))
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
    let items: Vec<Value> = items
        .and_then(tera::Value::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.get_from_path("url")?.as_str())
        .enumerate()
        .map(|(i, url)| json!({ "@type": "ListItem", "position": i + 1, "url": format!("{}{url}", site.urls.origin) }))
        .collect();
    let main = json!({
        "@type": "CollectionPage", "name": view.title, "url": view.absolute, "inLanguage": view.lang,
        "mainEntity": { "@type": "ItemList", "numberOfItems": items.len(), "itemListElement": items },
    });
    graph(site, view, main)
}

fn schema_type(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Event => "Event",
        EntityKind::Work => "CreativeWork",
        EntityKind::Law => "Legislation",
    }
}

fn entity_node(entity: &Entity, url: String) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("@type".into(), json!(schema_type(entity.kind)));
    node.insert("name".into(), json!(entity.name));
    node.insert("url".into(), json!(url));
    if let Some(wikidata) = &entity.wikidata {
        node.insert("sameAs".into(), json!(format!("https://www.wikidata.org/entity/{wikidata}")));
    }
    node
}

/// The page of an entity.
pub fn entity(site: &Site, entry: &EntityEntry, view: &PageView) -> String {
    let entity = &entry.entity;
    let mut node = entity_node(entity, site.urls.absolute(&entry.path));
    if !entity.description.is_empty() {
        node.insert("description".into(), json!(entity.description));
    }
    if !entity.aliases.is_empty() {
        node.insert("alternateName".into(), json!(entity.aliases));
    }
    if let (EntityKind::Place, Some(at)) = (entity.kind, entity.coordinates) {
        node.insert(
            "geo".into(),
            json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon }),
        );
    }
    let (begin, end) = match entity.kind {
        EntityKind::Person => ("birthDate", "deathDate"),
        EntityKind::Organization => ("foundingDate", "dissolutionDate"),
        EntityKind::Event => ("startDate", "endDate"),
        EntityKind::Place | EntityKind::Work | EntityKind::Law => ("", ""),
    };
    for (key, value) in [(begin, &entity.born), (end, &entity.died)] {
        if let (false, Some(value)) = (key.is_empty(), value) {
            node.insert(key.into(), json!(value));
        }
    }
    let main =
        json!({ "@type": "ProfilePage", "name": view.title, "url": view.absolute, "mainEntity": node });
    // A profile page is of a person or organisation; other things have a plain page.
    let main = match entity.kind {
        EntityKind::Person | EntityKind::Organization => main,
        _ => json!({ "@type": "WebPage", "name": view.title, "url": view.absolute, "mainEntity": node }),
    };
    graph(site, view, main)
}

/// NewsArticle.
pub fn article(site: &Site, entry: &Entry, view: &PageView, article: &ArticleView) -> String {
    let mut node = json!({
        "@type": "NewsArticle", "headline": article.title, "url": view.absolute, "mainEntityOfPage": view.absolute,
        "inLanguage": article.lang, "datePublished": article.date.iso, "wordCount": article.words,
        "publisher": publisher(site), "isAccessibleForFree": true,
    });
    let absolute =
        |url: &str| if url.contains("://") { url.to_owned() } else { format!("{}{url}", site.urls.origin) };
    let modified = entry.article.corrections.iter().map(|c| c.date).chain(entry.article.updated).max();
    if let Some(modified) = modified {
        node["dateModified"] = json!(modified.time.map_or(modified.day.to_string(), |t| t.to_string()));
    }
    if !view.description.is_empty() {
        node["description"] = json!(view.description);
    }
    if let Some(section) = &article.section {
        node["articleSection"] = json!(section.title);
    }
    if !article.dateline.is_empty() {
        node["dateline"] = json!(article.dateline);
    }
    node["author"] = if article.authors.is_empty() {
        let name = article.source.as_ref().map_or(&site.config.title, |source| &source.title);
        json!({ "@type": "Organization", "name": name })
    } else {
        let authors = article.authors.iter();
        json!(
            authors
                .map(|a| json!({ "@type": "Person", "name": a.title, "url": absolute(&a.url) }))
                .collect::<Vec<_>>()
        )
    };
    if let Some(image) = &article.image {
        node["image"] = json!(absolute(&image.src));
    }
    if let Some(original) = &article.source_url {
        node["isBasedOn"] = json!(original);
    }
    let entities = |part: &mut dyn Iterator<Item = &crate::model::site::Salient>| -> Vec<Value> {
        part.map(|s| {
            let e = &site.entities[s.entity as usize];
            Value::Object(entity_node(&e.entity, site.urls.absolute(&e.path)))
        })
        .collect()
    };
    let about = entities(&mut entry.entities.iter().take(ABOUT));
    let mentions = entities(&mut entry.entities.iter().skip(ABOUT));
    if !about.is_empty() {
        node["about"] = json!(about);
    }
    if !mentions.is_empty() {
        node["mentions"] = json!(mentions);
    }
    if !article.topics.is_empty() {
        node["keywords"] = json!(article.topics.iter().map(|t| &t.title).collect::<Vec<_>>());
    }
    if !article.corrections.is_empty() {
        let corrections = article.corrections.iter();
        node["correction"] = json!(
            corrections
                .map(|c| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": c.date.iso }))
                .collect::<Vec<_>>()
        );
    }
    graph(site, view, node)
}
