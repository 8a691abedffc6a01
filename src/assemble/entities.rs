//! Who stands in the site: the registry, and of the built-in knowledge and the new names what is mentioned.

use std::{collections::BTreeMap, sync::Arc};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::address,
    diagnostic::{Diagnostic, Place, did_you_mean},
    knowledge,
    model::{
        Entity, EntityId, Evidence, Origin, Prose, Status,
        site::{Content, EntityEntry, LinkedMention, Salient, Site},
    },
    path::slugify,
    text::fold::fold,
};

pub fn entities(site: &mut Site, content: &Content, faults: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<EntityId, Arc<Entity>> =
        content.entities.iter().map(|e| (e.id.clone(), Arc::new(e.clone()))).collect();
    let named = front_matter_entities(site, content, &known, faults);
    let registered: FxHashSet<EntityId> = known.keys().cloned().collect();
    // Few mentions lead outside of the registry; they are found by all threads, and taken in by one.
    let foreign: Vec<(usize, EntityId)> = site
        .articles
        .par_iter()
        .enumerate()
        .flat_map_iter(|(i, entry)| {
            let accepted = entry.annotation.mentions.iter().filter(|m| m.status == Status::Accepted);
            let foreign = accepted.filter_map(|m| m.entity.as_ref()).filter(|id| !registered.contains(*id));
            foreign.map(move |id| (i, id.clone()))
        })
        .collect();
    let mut tried: FxHashSet<EntityId> = FxHashSet::default();
    for (i, id) in foreign {
        if tried.contains(&id) {
            continue;
        }
        if let Some(entity) = outside(&id, &site.articles[i].annotation.introduced) {
            known.insert(id.clone(), Arc::new(entity));
            tried.insert(id);
        }
    }
    for id in named.iter().flatten() {
        if !known.contains_key(id)
            && let Some(entity) = outside(id, &[])
        {
            known.insert(id.clone(), Arc::new(entity));
        }
    }
    // What a new name is called besides, over the whole archive.
    for stranger in &site.strangers {
        let others = stranger.spellings.iter().map(|(name, _)| name).filter(|name| **name != stranger.name);
        let others: Vec<String> = others.cloned().collect();
        if let Some(entity) = stranger.entity.as_ref().and_then(|id| known.get_mut(id))
            && entity.origin == Origin::Provisional
            && !others.is_empty()
        {
            Arc::make_mut(entity).aliases = others;
        }
    }
    let mut sorted: Vec<Arc<Entity>> = known.into_values().collect();
    sorted.sort_by_cached_key(|entity| (fold(&entity.name).into_owned(), entity.id.clone()));
    let index: FxHashMap<EntityId, u32> =
        sorted.iter().enumerate().map(|(i, entity)| (entity.id.clone(), i as u32)).collect();
    site.entities = sorted
        .into_iter()
        .map(|entity| EntityEntry {
            path: address::entity(entity.id.as_str(), entity.kind.as_str(), &site.config),
            entity,
            articles: Vec::new(),
            quotes: Vec::new(),
            first_seen: None,
            last_seen: None,
            stated_roles: Vec::new(),
            feed: false,
        })
        .collect();
    site.articles.par_iter_mut().zip(named).for_each(|(entry, named)| {
        entry.mentions = entry
            .annotation
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| m.status == Status::Accepted && !matches!(m.evidence, Evidence::Demonym { .. }))
            .filter_map(|(i, m)| {
                let entity = *index.get(m.entity.as_ref()?)?;
                Some(LinkedMention { mention: i as u32, entity, linked: false })
            })
            .collect();
        entry.entities = named
            .iter()
            .filter_map(|id| index.get(id))
            .map(|entity| Salient { entity: *entity, count: 0, first: None, score: 0.0 })
            .collect();
    });
}

/// An entity that the registry does not hold: from the built-in knowledge, or introduced by the article.
fn outside(id: &EntityId, introduced: &[crate::model::Introduced]) -> Option<Entity> {
    if let Some(entity) = knowledge::entity(id.as_str()) {
        return Some(entity);
    }
    let new = introduced.iter().find(|new| new.id == *id)?;
    Some(Entity {
        id: new.id.clone(),
        name: new.name.clone(),
        kind: new.kind,
        aliases: Vec::new(),
        description: new.role.clone().unwrap_or_default(),
        wikidata: None,
        country: None,
        coordinates: None,
        born: None,
        died: None,
        roles: Vec::new(),
        links: Vec::new(),
        image: None,
        body: Prose::default(),
        origin: Origin::Provisional,
        path: None,
    })
}

/// The ids that each article's front matter names, by id, name or alias.
fn front_matter_entities(
    site: &Site,
    content: &Content,
    known: &BTreeMap<EntityId, Arc<Entity>>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Vec<EntityId>> {
    if site.articles.iter().all(|entry| entry.article.entities.is_empty()) {
        return vec![Vec::new(); site.articles.len()];
    }
    let mut by_name: FxHashMap<String, EntityId> = FxHashMap::default();
    for entity in &content.entities {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            by_name.entry(fold(name).into_owned()).or_insert_with(|| entity.id.clone());
        }
    }
    site.articles
        .iter()
        .map(|entry| {
            let article = &entry.article;
            article
                .entities
                .iter()
                .filter_map(|name| {
                    let id = EntityId::new(&slugify(name));
                    if known.contains_key(&id) {
                        return Some(id);
                    }
                    if let Some(id) = by_name.get(&*fold(name)) {
                        return Some(id.clone());
                    }
                    if let Some(id) = knowledge::find(name) {
                        return Some(EntityId::new(&id));
                    }
                    let near = did_you_mean(
                        name,
                        content.entities.iter().flat_map(|e| [e.id.as_str(), e.name.as_str()]),
                    );
                    let fault =
                        Diagnostic::warning("unknown-entity", format!("nobody knows the entity `{name}`"))
                            .at(article
                                .places
                                .get("entities")
                                .cloned()
                                .unwrap_or_else(|| Place::file(&article.path)));
                    faults.push(match near {
                        Some(near) => fault.help(format!("did you mean `{near}`?")),
                        None => fault.help("add it to `content/entities/`, or take it out of `entities`"),
                    });
                    None
                })
                .collect()
        })
        .collect()
}
