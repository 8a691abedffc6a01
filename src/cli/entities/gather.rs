//! An assembled site → whom it knows, whom it does not, and what is ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    knowledge,
    model::{Entity, EntityId, EntityKind, Origin, Stranger, site::Site},
    parse::entry,
    path::slugify,
    text::fold::fold,
};

/// All of it.
pub struct Gathered {
    pub known: Known,
    /// In the most pieces first.
    pub unknown: Vec<Unknown>,
    pub ambiguous: Vec<Ambiguous>,
    pub merges: Vec<Proposal>,
}

/// How many entities are known, and from where.
#[derive(Debug, Serialize)]
pub struct Known {
    pub registry: usize,
    pub unmentioned: usize,
    pub builtin: usize,
    pub provisional: usize,
}

/// A name that no registry knows, as the entry that it would be.
#[derive(Debug)]
pub struct Unknown {
    pub entity: Entity,
    /// Other kinds under which the name waits: texts do not agree on what it is.
    pub other_kinds: Vec<EntityKind>,
    /// Indices of articles.
    pub articles: BTreeSet<u32>,
    /// Whether it has a page, marked as provisional.
    pub provisional: bool,
}

impl Unknown {
    /// Whether it is of this kind, or may be.
    pub fn may_be(&self, kind: EntityKind) -> bool {
        self.entity.kind == kind || self.other_kinds.contains(&kind)
    }

    fn take_in(&mut self, other: Unknown) {
        if !self.may_be(other.entity.kind) {
            self.other_kinds.push(other.entity.kind);
        }
        self.articles.extend(other.articles);
        let own = &mut self.entity;
        let more = other.entity.aliases.into_iter().chain([other.entity.name]);
        for name in more.filter(|name| *name != own.name) {
            if !own.aliases.contains(&name) {
                own.aliases.push(name);
            }
        }
        if own.description.is_empty() {
            own.description = other.entity.description;
        }
    }

    pub fn object(&self) -> Value {
        json!({
            "name": self.entity.name,
            "id": self.entity.id,
            "entity_kind": self.entity.kind,
            "other_kinds": self.other_kinds,
            "aliases": self.entity.aliases,
            "role": self.entity.description,
            "articles": self.articles.len(),
            "provisional": self.provisional,
            "entry": entry::item(&self.entity),
        })
    }
}

/// A name that several entries bear.
#[derive(Debug, PartialEq, Serialize)]
pub struct Ambiguous {
    pub name: String,
    pub entities: Vec<String>,
}

/// Two entities that may be one.
#[derive(Debug, Serialize)]
pub struct Proposal {
    pub keep: String,
    pub other: String,
    pub score: u8,
    pub reasons: Vec<String>,
}

pub fn gather(site: &Site) -> Gathered {
    let of = |origin| site.entities.iter().filter(move |e| e.entity.origin == origin);
    let known = Known {
        registry: of(Origin::Registry).count(),
        unmentioned: of(Origin::Registry).filter(|e| e.articles.is_empty()).count(),
        builtin: of(Origin::Builtin).count(),
        provisional: of(Origin::Provisional).count(),
    };
    let mut unknown: Vec<Unknown> =
        site.strangers.iter().map(|stranger| from_stranger(site, stranger)).collect();
    let listed: BTreeSet<EntityId> = site.strangers.iter().filter_map(|s| s.entity.clone()).collect();
    for entry in of(Origin::Provisional).filter(|e| !listed.contains(&e.entity.id)) {
        let entity = proposed(Entity::clone(&entry.entity));
        let articles = entry.articles.iter().map(|link| link.article).collect();
        unknown.push(Unknown { entity, other_kinds: Vec::new(), articles, provisional: true });
    }
    let mut unknown = joined(unknown);
    unknown.sort_by(|a, b| {
        b.articles.len().cmp(&a.articles.len()).then_with(|| a.entity.name.cmp(&b.entity.name))
    });
    let merges = site.merges.iter().map(|merge| Proposal {
        keep: merge.keep.to_string(),
        other: merge.other.to_string(),
        score: merge.score,
        reasons: merge.reasons.clone(),
    });
    let entries: Vec<&Entity> = of(Origin::Registry).map(|e| &*e.entity).collect();
    Gathered { known, unknown, ambiguous: ambiguous(&entries), merges: merges.collect() }
}

fn from_stranger(site: &Site, stranger: &Stranger) -> Unknown {
    let own = stranger.entity.as_ref();
    let page = own.and_then(|id| site.entities.iter().find(|e| e.entity.id == *id));
    // The address stays, if it has one.
    let id = own.cloned().unwrap_or_else(|| EntityId::new(&slugify(&stranger.name)));
    let others = stranger.spellings.iter().map(|(name, _)| name.clone()).filter(|n| *n != stranger.name);
    let entity = Entity {
        aliases: others.collect(),
        description: stranger.roles.first().map(|(role, _)| role.clone()).unwrap_or_default(),
        ..Entity::bare(id, stranger.name.clone(), stranger.kind, Origin::Provisional)
    };
    let articles = stranger.articles.iter().copied().collect();
    Unknown { entity: proposed(entity), other_kinds: Vec::new(), articles, provisional: page.is_some() }
}

/// One row for each name: what waits joins what has a page, or else what stands in the most pieces, since an editor
/// decides about the name once. Several pages of one name are several people, and stay apart.
fn joined(mut rows: Vec<Unknown>) -> Vec<Unknown> {
    rows.sort_by_key(|row| (!row.provisional, std::cmp::Reverse(row.articles.len()), row.entity.kind));
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Unknown> = Vec::new();
    for row in rows {
        let name = fold(&row.entity.name).into_owned();
        match heads.get(&name) {
            Some(head) if !row.provisional => kept[*head].take_in(row),
            _ => {
                heads.entry(name).or_insert(kept.len());
                kept.push(row);
            }
        }
    }
    kept
}

/// Whether this is a name of an entity, whatever its capitals and accents.
pub fn bears(entity: &Entity, name: &str) -> bool {
    let wanted = fold(name);
    std::iter::once(&entity.name).chain(&entity.aliases).any(|name| fold(name) == wanted)
}

/// What the registry could say of a name: what the archive gives on it, or else the built-in knowledge.
pub fn known(site: &Site, name: &str) -> Option<Entity> {
    let mut unknown = gather(site).unknown.into_iter().map(|unknown| unknown.entity);
    let unknown = unknown.find(|entity| entity.id.as_str() == name || bears(entity, name));
    unknown.or_else(|| knowledge::find(name).and_then(|id| knowledge::entity(&id)))
}

/// The entry as an editor would begin it: a role begins with a capital letter, as descriptions do.
pub fn proposed(mut entity: Entity) -> Entity {
    let mut letters = entity.description.chars();
    if let Some(first) = letters.next() {
        entity.description = first.to_uppercase().chain(letters).collect();
    }
    entity
}

fn ambiguous(entries: &[&Entity]) -> Vec<Ambiguous> {
    let mut bearers: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for entity in entries {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let (_, ids) =
                bearers.entry(fold(name).into_owned()).or_insert_with(|| (name.clone(), BTreeSet::new()));
            ids.insert(entity.id.to_string());
        }
    }
    bearers
        .into_values()
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(name, ids)| Ambiguous { name, entities: ids.into_iter().collect() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_for_each_name() {
        let row = |(name, kind, pieces, provisional): (&str, EntityKind, &[u32], bool)| {
            let entity = Entity::bare(EntityId::new(&slugify(name)), name.into(), kind, Origin::Provisional);
            Unknown {
                entity,
                other_kinds: Vec::new(),
                articles: pieces.iter().copied().collect(),
                provisional,
            }
        };
        let check = |rows: Vec<(&str, EntityKind, &[u32], bool)>, expect: &[&str]| {
            let told: Vec<String> = joined(rows.into_iter().map(row).collect())
                .iter()
                .map(|u| {
                    let (e, kinds) = (&u.entity, &u.other_kinds);
                    format!(
                        "{} {} {kinds:?} {:?} {:?} {}",
                        e.name,
                        e.kind.as_str(),
                        u.articles,
                        e.aliases,
                        u.provisional
                    )
                })
                .collect();
            assert_eq!(told, expect);
        };
        use EntityKind::{Organization as Org, Person, Place};
        check(
            vec![
                ("Fedora", Place, &[1], false),
                ("Fedora", Org, &[2, 3], false),
                ("fedora", Org, &[4], false),
            ],
            &["Fedora organization [Place] {1, 2, 3, 4} [\"fedora\"] false"],
        );
        // What has a page leads, however rare.
        check(
            vec![("Burisma", Org, &[1, 2], false), ("Burisma", Place, &[3], true)],
            &["Burisma place [Organization] {1, 2, 3} [] true"],
        );
        // Two people of one name.
        check(
            vec![
                ("Ann Lee", Person, &[1], true),
                ("Ann Lee", Person, &[2, 3], true),
                ("Bo Lee", Person, &[1], false),
            ],
            &[
                "Ann Lee person [] {2, 3} [] true",
                "Ann Lee person [] {1} [] true",
                "Bo Lee person [] {1} [] false",
            ],
        );
    }
}
