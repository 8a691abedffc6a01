//! People, organisations, places, events, works and laws.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::model::{Prose, article::Image};

/// The stable id of an entity, which is also the last part of its address: `marco-rubio`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub Arc<str>);

impl EntityId {
    pub fn new(id: &str) -> Self {
        EntityId(Arc::from(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Event,
    Work,
    Law,
}

impl EntityKind {
    pub const ALL: [EntityKind; 6] = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Event,
        EntityKind::Work,
        EntityKind::Law,
    ];

    /// The word used in registries, addresses of indexes and class names.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Event => "event",
            EntityKind::Work => "work",
            EntityKind::Law => "law",
        }
    }
}

/// Who says that this entity exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The site's own registry under `content/entities`.
    Registry,
    /// The knowledge built into the program.
    Builtin,
    /// A full name that no registry knows, introduced by an article with a sure cue.
    Provisional,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub id: EntityId,
    pub name: String,
    pub kind: EntityKind,
    pub aliases: Vec<String>,
    /// One line; empty when nobody wrote one.
    pub description: String,
    /// `Q` and digits.
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-2, or the former code of a former state.
    pub country: Option<String>,
    pub coordinates: Option<Coordinates>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; of an organisation or event: founded, begun.
    pub born: Option<String>,
    /// Of an organisation or event: dissolved, ended.
    pub died: Option<String>,
    pub roles: Vec<Role>,
    pub links: Vec<Link>,
    pub image: Option<Image>,
    /// The biography: the body of the entity's file.
    pub body: Prose,
    pub origin: Origin,
    /// The registry file, if any.
    pub path: Option<crate::path::SourcePath>,
}

impl Entity {
    /// An entity of which no more is known.
    pub fn bare(id: EntityId, name: String, kind: EntityKind, origin: Origin) -> Entity {
        Entity {
            id,
            name,
            kind,
            aliases: Vec::new(),
            description: String::new(),
            wikidata: None,
            country: None,
            coordinates: None,
            born: None,
            died: None,
            roles: Vec::new(),
            links: Vec::new(),
            image: None,
            body: Prose::default(),
            origin,
            path: None,
        }
    }
}

/// Degrees, WGS 84: latitude −90 to 90, longitude −180 to 180.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    pub lat: f64,
    pub lon: f64,
}

/// An office or post, with the time it was held (each `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; open when absent).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub title: String,
    #[serde(default)]
    pub organization: Option<String>,
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    pub url: String,
}
