//! One annotated text → a table for people, or JSON, JSON-LD, Turtle or ninjs for programs.
//!
//! What a text names by id only is resolved by the caller ([`Document`]), so that nothing here looks anything up.

use std::collections::BTreeMap;

use crate::model::{Annotation, Article, EntityId, EntityKind, TopicId};

pub mod json;
pub mod nif;
pub mod ninjs;
pub mod points;
pub mod table;
pub mod web;

/// One annotated text with all that it names.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The caller's id of the text, as it came.
    pub id: Option<&'a serde_json::Value>,
    /// Absolute IRI of the text, without a fragment.
    pub iri: &'a str,
    pub article: &'a Article,
    pub annotation: &'a Annotation,
    /// Every entity that a mention, quotation or role names.
    pub entities: &'a BTreeMap<EntityId, Known>,
    /// Every topic that the text is tagged with.
    pub topics: &'a BTreeMap<TopicId, Known>,
    /// BCP 47 language of the text.
    pub language: &'a str,
}

/// What is known of an entity or topic beyond its id.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Known {
    pub name: String,
    /// `None` for a topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
    /// Absolute IRI: Wikidata's or IPTC's where there is one, that of the site's page otherwise.
    pub iri: String,
    /// The site's page, when `iri` is somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Latitude and longitude of a place, in degrees (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<(f64, f64)>,
}

/// What is said of a text to which the rules do not apply.
pub fn registry_only(annotation: &Annotation) -> Option<String> {
    let language = annotation.language.as_deref()?;
    Some(format!("not English ({language}): annotated by the registry only"))
}
