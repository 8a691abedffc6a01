//! One annotated text → a news item of IPTC's ninjs 3.1 (*News in JSON*): accepted names and topics.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::{
    model::{EntityId, EntityKind, Moment, Status},
    report::annotation::{Document, Known, registry_only},
};

/// The schema that the items keep.
const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#";

/// The item. `zone` is the site's: a mere day is its midnight there, since the standard asks for a date with a time.
pub fn ninjs(document: &Document<'_>, zone: &TimeZone) -> Value {
    let article = document.article;
    let mut item = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("");
        if !empty && !value.is_null() {
            item.insert(key.to_owned(), value);
        }
    };
    let moment = |moment: Option<Moment>| {
        moment.map_or(Value::Null, |m| {
            json!(m.earliest(zone).to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        })
    };
    put("uri", json!(document.iri));
    put("type", json!("text"));
    put("representationType", json!("full"));
    put("standard", json!({ "name": "ninjs", "version": "3.1", "schema": SCHEMA }));
    put("contentCreated", moment(article.date));
    put("versionCreated", moment(article.updated.or(article.date)));
    put("embargoedUntil", moment(article.publish_at));
    put("expires", moment(article.expires));
    put("pubStatus", json!(if article.draft { "withheld" } else { "usable" }));
    put("language", json!(document.language));
    put("edNote", registry_only(document.annotation).map_or(Value::Null, |remark| json!(remark)));
    put("title", json!(article.title));
    put("slugline", json!(article.slug));
    put("by", json!(article.authors.join(", ")));
    put("located", article.dateline.as_ref().map_or(Value::Null, |place| json!(place)));
    if !article.title.is_empty() {
        put("headlines", json!([{ "role": "main", "contentType": "text/plain", "value": article.title }]));
    }
    if let Some(summary) = &article.summary {
        let value = json!([{ "role": "summary", "contentType": "text/plain", "value": summary }]);
        put("descriptions", value);
    }
    let text = &article.prose.text;
    put(
        "bodies",
        json!([{
            "role": "main",
            "contentType": "text/plain",
            "charCount": text.chars().count(),
            "wordCount": text.split_whitespace().count(),
            "value": text,
        }]),
    );
    if let Some(source) = &article.source {
        put("infoSources", json!([{ "name": source, "role": "source" }]));
    }
    let named = named(document);
    let of = |kind: EntityKind| -> Vec<Value> {
        named
            .iter()
            .filter(|(_, known)| known.kind == Some(kind))
            .map(|(id, known)| entity(id, known))
            .collect()
    };
    put("people", json!(of(EntityKind::Person)));
    put("organisations", json!(of(EntityKind::Organization)));
    put("places", json!(of(EntityKind::Place)));
    put("events", json!(of(EntityKind::Event)));
    let mut subjects = subjects(document);
    subjects.extend(of(EntityKind::Work));
    subjects.extend(of(EntityKind::Law));
    put("subjects", json!(subjects));
    Value::Object(item)
}

/// The entities of accepted mentions, in the order in which the text names them first.
fn named<'a>(document: &Document<'a>) -> Vec<(&'a EntityId, &'a Known)> {
    let mut seen = BTreeSet::new();
    document
        .annotation
        .mentions
        .iter()
        .filter(|m| m.status == Status::Accepted && m.evidence.reference().is_none())
        .filter_map(|m| m.entity.as_ref())
        .filter(|id| seen.insert(*id))
        .filter_map(|id| Some((id, document.entities.get(id)?)))
        .collect()
}

fn entity(id: &EntityId, known: &Known) -> Value {
    let mut value = json!({
        "name": known.name, "rel": "mentioned", "uri": known.iri, "literal": id.as_str(),
    });
    // Only places may have a geometry there.
    if let (Some(EntityKind::Place), Some((lat, lon))) = (known.kind, known.coordinates) {
        // RFC 7946: longitude first.
        value["geoJSON"] = json!({ "type": "Point", "coordinates": [lon, lat] });
    }
    value
}

/// The topics, IPTC's with their address in the NewsCodes catalogue.
fn subjects(document: &Document<'_>) -> Vec<Value> {
    document
        .annotation
        .topics
        .iter()
        .filter_map(|tag| {
            let known = document.topics.get(&tag.topic)?;
            Some(json!({
                "name": known.name,
                "rel": "about",
                "uri": known.iri,
                "literal": tag.topic.as_str(),
                "creator": if tag.by_editor { "editor" } else { "Dateline" },
                "confidence": if tag.by_editor { 100 } else { tag.score.min(100) },
            }))
        })
        .collect()
}
