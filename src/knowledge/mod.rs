//! What the program knows before it has read a word: the embedded pack and the topic vocabulary, as typed tables.
//!
//! [`pack()`] checks the pack's header and points into it; nothing is decoded until it is asked for.

pub mod describe;
pub mod fold;
#[cfg(feature = "og")]
pub mod font;
pub mod index;
pub mod outlines;
pub mod pack;
pub mod record;
pub mod topics;
pub mod wire;

use std::sync::LazyLock;

use crate::{
    knowledge::{
        pack::Knowledge,
        record::{Kind, KnowledgeId, PartialDate, SubKind},
    },
    model::{Coordinates, Entity, EntityId, EntityKind, Origin, Prose, Role},
};

static PACK: LazyLock<Knowledge> = LazyLock::new(load);
static TOPICS: LazyLock<topics::Topics> = LazyLock::new(topics::load);

/// Opens the embedded pack. A pack that does not fit this program, which a test rules out, gives an empty one.
pub fn load() -> Knowledge {
    pack::open(include_bytes!("../../data/knowledge/pack.bin"))
}

/// The embedded pack, opened once.
pub fn pack() -> &'static Knowledge {
    &PACK
}

/// The IPTC Media Topics, read once.
pub fn media_topics() -> &'static topics::Topics {
    &TOPICS
}

/// The kind of entity that a record is.
pub fn kind(id: KnowledgeId) -> Option<EntityKind> {
    Some(match pack().brief(id)?.sub_kind.kind() {
        Kind::Person => EntityKind::Person,
        Kind::Organization => EntityKind::Organization,
        Kind::Place => EntityKind::Place,
    })
}

/// The built-in entity of this id, with a description composed from its fields.
pub fn entity(id: &str) -> Option<Entity> {
    let pack = pack();
    let record = pack.record(pack.by_slug(id)?)?;
    let country = record.brief.country.and_then(|c| pack.country(c)).map(|c| c.iso2.to_owned());
    let roles = record.roles.iter().filter(|role| !role.title.is_empty());
    Some(Entity {
        id: EntityId::new(&record.slug),
        name: record.name.to_owned(),
        kind: kind(record.brief.id)?,
        aliases: record.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        description: describe::describe(pack, &record),
        wikidata: record.wikidata.map(|number| format!("Q{number}")),
        country,
        coordinates: record.position.map(|(lat, lon)| Coordinates { lat, lon }),
        born: record.from.map(partial),
        died: record.to.map(partial),
        roles: roles
            .map(|role| Role {
                title: role.title.to_owned(),
                organization: None,
                country: role.country.map(|c| pack.name(c).to_owned()),
                from: role.from.map(partial),
                to: role.to.map(partial),
            })
            .collect(),
        links: Vec::new(),
        image: None,
        body: Prose::default(),
        origin: Origin::Builtin,
        path: None,
    })
}

fn partial(date: PartialDate) -> String {
    match (date.month, date.day) {
        (0, _) => format!("{:04}", date.year),
        (month, 0) => format!("{:04}-{month:02}", date.year),
        (month, day) => format!("{:04}-{month:02}-{day:02}", date.year),
    }
}

/// The id of the built-in entity that a person means by this name or id, when it is only one.
pub fn find(name: &str) -> Option<String> {
    let pack = pack();
    if pack.by_slug(name).is_some() {
        return Some(name.to_owned());
    }
    let mut candidates = pack.candidates(&fold::fold(name));
    match (candidates.next(), candidates.next()) {
        (Some(only), None) => Some(pack.slug(only.id)),
        _ => None,
    }
}

/// Whether the built-in entity of this id is a country.
pub fn is_country(id: &str) -> bool {
    let pack = pack();
    let brief = pack.by_slug(id).and_then(|id| pack.brief(id));
    brief.is_some_and(|b| matches!(b.sub_kind, SubKind::Country | SubKind::Territory))
}
