//! The page of an article: NewsArticle.

use serde_json::{Value, json};

use crate::{
    model::{
        EntityKind,
        site::{Entry, Salient, Site},
    },
    render::{
        structured::{absolute, graph, publisher, things::named},
        views::{ArticleView, PageView, QuoteView},
    },
};

/// Entities of an article that it is *about*, by salience; the rest it mentions.
const ABOUT: usize = 5;
/// Places that an article is said to come from or play at, at most.
const PLACES: usize = 3;

pub fn article(site: &Site, entry: &Entry, view: &PageView, article: &ArticleView) -> String {
    let mut node = json!({
        "@type": "NewsArticle", "@id": view.absolute, "headline": article.title, "url": view.absolute,
        "mainEntityOfPage": view.absolute, "inLanguage": article.lang, "datePublished": article.date.iso,
        "wordCount": article.words, "publisher": publisher(site), "author": author(site, article),
    });
    if !article.withheld {
        node["isAccessibleForFree"] = json!(true);
    }
    let modified = entry.article.corrections.iter().map(|c| c.date).chain(entry.article.updated).max();
    node["dateModified"] = match modified {
        Some(modified) => json!(modified.time.map_or(modified.day.to_string(), |t| t.to_string())),
        None => json!(article.date.iso),
    };
    if !view.description.is_empty() {
        node["description"] = json!(view.description);
    }
    if let Some(section) = &article.section {
        node["articleSection"] = json!(section.title);
    }
    if let Some(image) = image(site, view, article) {
        node["image"] = image;
    }
    if let Some(original) = &article.source_url {
        node["isBasedOn"] = json!(original);
    }
    if let Some(edition) = entry.edition {
        let edition = &site.editions[edition as usize];
        node["isPartOf"] = json!({
            "@type": "PublicationIssue", "issueNumber": edition.number, "datePublished": edition.day.to_string(),
            "url": site.urls.absolute(&edition.path),
        });
    }
    places(site, entry, article, &mut node);
    let entities = |part: &[Salient]| -> Vec<Value> {
        let node = |s: &Salient| {
            let entity = &site.entities[s.entity as usize];
            Value::Object(named(&entity.entity, site.urls.absolute(&entity.path)))
        };
        part.iter().map(node).collect()
    };
    let (about, mentions) = entry.entities.split_at(entry.entities.len().min(ABOUT));
    for (key, part) in [("about", about), ("mentions", mentions)] {
        if !part.is_empty() {
            node[key] = Value::Array(entities(part));
        }
    }
    if !article.topics.is_empty() {
        node["keywords"] = json!(article.topics.iter().map(|t| &t.title).collect::<Vec<_>>());
    }
    if !article.quotes.is_empty() {
        node["hasPart"] = Value::Array(article.quotes.iter().map(|q| quotation(site, q)).collect());
    }
    if !article.corrections.is_empty() {
        let made = |c: &crate::render::views::CorrectionView| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": c.date.iso });
        node["correction"] = json!(article.corrections.iter().map(made).collect::<Vec<_>>());
    }
    if view.alternates.len() > 1 {
        let other = |a: &crate::render::views::AlternateView| json!({ "@type": "NewsArticle", "@id": a.absolute, "url": a.absolute, "inLanguage": a.lang });
        node["workTranslation"] = json!(view.alternates[1..].iter().map(other).collect::<Vec<_>>());
    }
    graph(site, view, node)
}

/// Those of the byline; the source or the paper where there is none.
fn author(site: &Site, article: &ArticleView) -> Value {
    if article.authors.is_empty() {
        return match &article.source {
            Some(source) => {
                json!({ "@type": "Organization", "name": source.title, "url": absolute(site, &source.url) })
            }
            None => publisher(site),
        };
    }
    let person = |a: &crate::render::views::LinkView| json!({ "@type": "Person", "name": a.title, "url": absolute(site, &a.url) });
    json!(article.authors.iter().map(person).collect::<Vec<_>>())
}

/// The article's picture with what it shows and who made it, or the one made for the page.
fn image(site: &Site, view: &PageView, article: &ArticleView) -> Option<Value> {
    let Some(image) = &article.image else {
        return view
            .image
            .as_ref()
            .map(|i| json!({ "@type": "ImageObject", "url": i.url, "width": i.width, "height": i.height }));
    };
    let mut node = json!({ "@type": "ImageObject", "url": absolute(site, &image.src) });
    for (key, value) in [("caption", &image.caption), ("creditText", &image.credit)] {
        if !value.is_empty() {
            node[key] = json!(value);
        }
    }
    Some(node)
}

/// Where it was written (`dateline`, by name, and by entity where it is one) and where it plays.
fn places(site: &Site, entry: &Entry, article: &ArticleView, node: &mut Value) {
    let mut places: Vec<Value> = Vec::new();
    if !article.dateline.is_empty() {
        node["dateline"] = json!(article.dateline);
    }
    let known = entry.entities.iter().map(|s| &site.entities[s.entity as usize]);
    for place in known.filter(|e| e.entity.kind == EntityKind::Place).take(PLACES) {
        let mut place_node = named(&place.entity, site.urls.absolute(&place.path));
        if let Some(at) = place.entity.coordinates {
            let geo = json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon });
            place_node.insert("geo".into(), geo);
        }
        places.push(Value::Object(place_node));
    }
    if places.is_empty() && !article.dateline.is_empty() {
        places.push(json!({ "@type": "Place", "name": article.dateline }));
    }
    if !places.is_empty() {
        node["contentLocation"] = Value::Array(places);
    }
}

/// Words spoken, and by whom.
fn quotation(site: &Site, quote: &QuoteView) -> Value {
    let mut node = json!({ "@type": "Quotation", "text": quote.text });
    if let Some(speaker) = &quote.speaker {
        let kind = if speaker.kind == "person" { "Person" } else { "Organization" };
        node["spokenByCharacter"] =
            json!({ "@type": kind, "name": speaker.name, "url": absolute(site, &speaker.url) });
    } else if !quote.described.is_empty() {
        node["creditText"] = json!(quote.described);
    }
    node
}
