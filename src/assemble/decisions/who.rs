//! A name or id as an editor wrote it enters; the entity leaves, or a guess at what was meant.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    diagnostic::did_you_mean,
    knowledge,
    model::{
        Annotation, Entity, EntityId, EntityKind, Introduced, Verdict, decision::NewEntity, site::Content,
    },
    path::slugify,
    text::fold::fold,
};

/// Somebody, and what must be said of him where no registry has him.
#[derive(Clone, Debug, PartialEq)]
pub struct Whom {
    pub id: EntityId,
    pub kind: EntityKind,
    pub introduced: Option<Introduced>,
}

/// All whom a decision can mean.
pub struct Who<'a> {
    registry: BTreeMap<&'a str, &'a Entity>,
    names: FxHashMap<String, &'a Entity>,
    /// New names of all articles, and new entities of all decisions.
    pub(super) introduced: BTreeMap<EntityId, Introduced>,
}

impl<'a> Who<'a> {
    pub fn new(content: &'a Content, annotations: &[Arc<Annotation>]) -> Who<'a> {
        let mut names: FxHashMap<String, &Entity> = FxHashMap::default();
        for entity in &content.entities {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                names.entry(fold(name).into_owned()).or_insert(entity);
            }
        }
        let mut introduced: BTreeMap<EntityId, Introduced> = BTreeMap::new();
        for new in annotations.iter().flat_map(|annotation| &annotation.introduced) {
            if !introduced.contains_key(&new.id) {
                introduced.insert(new.id.clone(), new.clone());
            }
        }
        for decision in content.decisions.iter().flat_map(|file| &file.list) {
            if let Verdict::New(new) = &decision.verdict {
                introduced.insert(new.id.clone(), made(new));
            }
        }
        let registry = content.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        Who { registry, names, introduced }
    }

    /// The entity of this id.
    pub fn by_id(&self, id: &EntityId) -> Option<Whom> {
        if let Some(entity) = self.registry.get(id.as_str()) {
            return Some(known(entity));
        }
        if let Some(entity) = knowledge::entity(id.as_str()) {
            return Some(known(&entity));
        }
        let new = self.introduced.get(id)?;
        Some(Whom {
            id: new.id.clone(),
            kind: new.kind,
            introduced: Some(Introduced { sure: true, ..new.clone() }),
        })
    }

    /// Whom an id, name or alias means.
    pub fn find(&self, name: &str) -> Option<Whom> {
        if let Some(found) = self.by_id(&EntityId::new(&slugify(name))) {
            return Some(found);
        }
        if let Some(entity) = self.names.get(&*fold(name)) {
            return Some(known(entity));
        }
        knowledge::find(name).and_then(|id| self.by_id(&EntityId::new(&id)))
    }

    pub fn made(&self, new: &NewEntity) -> Option<Whom> {
        self.by_id(&new.id)
    }

    /// What was probably meant.
    pub fn near(&self, name: &str) -> Option<String> {
        let registered = self.registry.values().flat_map(|e| [e.id.as_str(), e.name.as_str()]);
        let new = self.introduced.values().flat_map(|new| [new.id.as_str(), new.name.as_str()]);
        did_you_mean(name, registered.chain(new)).map(str::to_owned)
    }
}

fn known(entity: &Entity) -> Whom {
    Whom { id: entity.id.clone(), kind: entity.kind, introduced: None }
}

fn made(new: &NewEntity) -> Introduced {
    Introduced {
        id: new.id.clone(),
        name: new.name.clone(),
        kind: new.kind,
        role: new.description.clone(),
        sure: true,
    }
}
