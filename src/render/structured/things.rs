//! Pages of people, organisations, places and the other kinds of entity; and of sources, sections, topics and stories.

use serde_json::{Map, Value, json};

use crate::{
    model::{
        Entity, EntityKind, Role,
        posts::standing,
        site::{EntityEntry, Site},
    },
    render::{
        structured::{graph, graph_of, item_list},
        views::PageView,
    },
};

/// Offices and other names that a page's data gives at most.
const NAMES: usize = 12;

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

/// What an article says of an entity: its kind, name and page, and its item in Wikidata.
pub fn named(entity: &Entity, url: String) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("@type".into(), json!(schema_type(entity.kind)));
    node.insert("name".into(), json!(entity.name));
    node.insert("url".into(), json!(url));
    if let Some(item) = wikidata(entity) {
        node.insert("sameAs".into(), json!(item));
    }
    node
}

fn wikidata(entity: &Entity) -> Option<String> {
    entity.wikidata.as_ref().map(|id| format!("https://www.wikidata.org/wiki/{id}"))
}

/// The page of an entity, with the articles that it lists.
pub fn entity(site: &Site, entry: &EntityEntry, view: &PageView, items: Option<&tera::Value>) -> String {
    let entity = &entry.entity;
    let url = site.urls.absolute(&entry.path);
    let mut node = named(entity, url.clone());
    node.insert("@id".into(), json!(url));
    let links: Vec<String> =
        wikidata(entity).into_iter().chain(entity.links.iter().map(|link| link.url.clone())).collect();
    if !links.is_empty() {
        node.insert("sameAs".into(), json!(links));
    }
    let description = standing(site, entry);
    if !description.is_empty() {
        node.insert("description".into(), json!(description));
    }
    if !entity.aliases.is_empty() {
        node.insert("alternateName".into(), json!(&entity.aliases[..entity.aliases.len().min(NAMES)]));
    }
    if let Some(image) = &view.image {
        node.insert("image".into(), json!(image.url));
    }
    if let (EntityKind::Place, Some(at)) = (entity.kind, entity.coordinates) {
        let geo = json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon });
        node.insert("geo".into(), geo);
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
    if entity.kind == EntityKind::Person && !entity.roles.is_empty() {
        let occupation = |role: &Role| json!({ "@type": "Occupation", "name": role.title });
        let all: Vec<Value> = entity.roles.iter().take(NAMES).map(occupation).collect();
        node.insert("hasOccupation".into(), json!(all));
        // What has no end is held still.
        let now: Vec<&str> =
            entity.roles.iter().filter(|r| r.to.is_none()).take(NAMES).map(|r| r.title.as_str()).collect();
        if !now.is_empty() {
            node.insert("jobTitle".into(), json!(now));
        }
    }
    // A profile page is of a person or organisation; other things have a plain page.
    let page = match entity.kind {
        EntityKind::Person | EntityKind::Organization => "ProfilePage",
        _ => "WebPage",
    };
    let main = json!({
        "@type": page, "name": view.title, "url": view.absolute, "inLanguage": view.lang, "mainEntity": node,
    });
    let any = items.and_then(tera::Value::as_array).is_some_and(|items| !items.is_empty());
    graph_of(site, view, std::iter::once(main).chain(any.then(|| item_list(site, items))))
}

/// What a list of articles is about: an outlet, a topic, a story.
pub fn collection(site: &Site, view: &PageView, about: Value, items: Option<&tera::Value>) -> String {
    let mut main = json!({
        "@type": "CollectionPage", "name": view.title, "url": view.absolute, "inLanguage": view.lang,
        "about": about, "mainEntity": item_list(site, items),
    });
    if !view.description.is_empty() {
        main["description"] = json!(view.description);
    }
    if let Some(image) = &view.image {
        main["image"] = json!(image.url);
    }
    graph(site, view, main)
}
