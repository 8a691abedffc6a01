//! Who stands in the site: the registry, and of the built-in knowledge and the new names what is mentioned.

use std::{collections::BTreeMap, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::{
        address,
        memory::{Facts, Memory, NONE},
    },
    diagnostic::{Diagnostic, Place, did_you_mean},
    knowledge,
    model::{
        Article, Entity, EntityId, Origin, Stranger,
        config::Config,
        site::{Content, EntityEntry, LinkedMention, Salient, Site},
    },
    path::slugify,
    text::fold::fold,
};

/// Fills `site.entities`, and the mentions and the entities that the front matter names of every article.
pub fn entities(
    site: &mut Site,
    content: &Content,
    facts: &[Arc<Facts>],
    memory: &mut Memory,
    faults: &mut Vec<Diagnostic>,
) -> Numbers {
    let mut known: BTreeMap<EntityId, Arc<Entity>> =
        memory.registry.iter().map(|e| (e.id.clone(), e.clone())).collect();
    let articles: Vec<&Article> = site.articles.iter().map(|entry| &*entry.article).collect();
    let named = front_matter_entities(&articles, content, faults);
    // Those of the registry, and those outside of it that were found.
    let mut settled = vec![false; memory.ids.all.len()];
    for id in known.keys() {
        if let Some(settled) = settled.get_mut(memory.ids.known(id) as usize) {
            *settled = true;
        }
    }
    for (entry, facts) in site.articles.iter().zip(facts) {
        for number in &facts.distinct {
            if settled[*number as usize] {
                continue;
            }
            let builtin = memory.ids.builtin(*number);
            let id = &memory.ids.all[*number as usize];
            let made = || introduced(id, &entry.annotation.introduced).map(Arc::new);
            if let Some(entity) = builtin.or_else(made) {
                known.insert(id.clone(), entity);
                settled[*number as usize] = true;
            }
        }
    }
    for id in named.iter().flatten() {
        if !known.contains_key(id)
            && let Some(entity) = knowledge::entity(id.as_str())
        {
            known.insert(id.clone(), Arc::new(entity));
        }
    }
    // What a new name is called besides, over the whole archive.
    for (id, others) in spellings(&site.strangers) {
        if let Some(entity) = known.get_mut(id)
            && entity.origin == Origin::Provisional
        {
            Arc::make_mut(entity).aliases = others;
        }
    }
    let mut sorted: Vec<Arc<Entity>> = known.into_values().collect();
    sorted.sort_by_cached_key(|entity| sort_key(entity));
    let own: Vec<u32> = sorted.iter().map(|entity| memory.ids.number(&entity.id)).collect();
    let mut numbers = vec![NONE; memory.ids.all.len()];
    for (i, number) in own.iter().enumerate() {
        numbers[*number as usize] = i as u32;
    }
    let by_name = named.iter().any(|named| !named.is_empty());
    let entities = sorted.iter().enumerate().filter(|_| by_name);
    let index: FxHashMap<EntityId, u32> = entities.map(|(i, e)| (e.id.clone(), i as u32)).collect();
    site.entities = sorted.into_iter().map(|entity| unmentioned(entity, &site.config)).collect();
    site.articles.par_iter_mut().zip(named).zip(facts).for_each(|((entry, named), facts)| {
        entry.mentions = Arc::new(mentioned(facts, &numbers));
        let named = named.iter().filter_map(|id| index.get(id)).map(|entity| self::named(*entity));
        entry.entities = Arc::new(named.collect());
    });
    Numbers { index: numbers, of: own }
}

/// What new names that are published are called besides.
pub fn spellings(strangers: &[Stranger]) -> BTreeMap<&EntityId, Vec<String>> {
    let published = strangers.iter().filter_map(|stranger| Some((stranger.entity.as_ref()?, stranger)));
    let others = published.map(|(id, stranger)| {
        let others = stranger.spellings.iter().map(|(name, _)| name).filter(|name| **name != stranger.name);
        (id, others.cloned().collect::<Vec<String>>())
    });
    others.filter(|(_, others)| !others.is_empty()).collect()
}

/// Entities stand in this order.
pub fn sort_key(entity: &Entity) -> (String, EntityId) {
    (fold(&entity.name).into_owned(), entity.id.clone())
}

/// An entity as it stands in a site before any article is looked at.
pub fn unmentioned(entity: Arc<Entity>, config: &Config) -> EntityEntry {
    EntityEntry {
        path: address::entity(entity.id.as_str(), entity.kind.as_str(), config),
        entity,
        articles: Arc::default(),
        quotes: Arc::default(),
        first_seen: None,
        last_seen: None,
        stated_roles: Vec::new(),
        feed: false,
    }
}

/// The mentions of an article that lead to an entity of the site, whose index stands in `numbers`.
pub fn mentioned(facts: &Facts, numbers: &[u32]) -> Vec<LinkedMention> {
    let accepted = facts.accepted.iter().filter(|accepted| !accepted.demonym);
    let indexed = accepted.filter_map(|accepted| Some((accepted, *numbers.get(accepted.id as usize)?)));
    indexed
        .filter(|(_, entity)| *entity != NONE)
        .map(|(accepted, entity)| LinkedMention { mention: accepted.mention, entity, linked: false })
        .collect()
}

/// An entity that the front matter names.
pub fn named(entity: u32) -> Salient {
    Salient { entity, count: 0, first: None, score: 0.0 }
}

/// How the entities of a site are numbered in the memory.
pub struct Numbers {
    /// Index in the site by number; [`NONE`] for those that are not in it.
    pub index: Vec<u32>,
    /// Number by index.
    pub of: Vec<u32>,
}

/// An entity that an article introduces.
pub fn introduced(id: &EntityId, introduced: &[crate::model::Introduced]) -> Option<Entity> {
    let new = introduced.iter().find(|new| new.id == *id)?;
    let bare = Entity::bare(new.id.clone(), new.name.clone(), new.kind, Origin::Provisional);
    Some(Entity { description: new.role.clone().unwrap_or_default(), ..bare })
}

/// The ids that each article's front matter names, by id, name or alias.
pub fn front_matter_entities(
    articles: &[&Article],
    content: &Content,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Vec<EntityId>> {
    if articles.iter().all(|article| article.entities.is_empty()) {
        return vec![Vec::new(); articles.len()];
    }
    let known: FxHashSet<&EntityId> = content.entities.iter().map(|entity| &entity.id).collect();
    let mut by_name: FxHashMap<String, EntityId> = FxHashMap::default();
    for entity in &content.entities {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            by_name.entry(fold(name).into_owned()).or_insert_with(|| entity.id.clone());
        }
    }
    let mut resolve = |article: &Article, i: usize, name: &String| {
        let id = EntityId::new(&slugify(name));
        if known.contains(&id) {
            return Some(id);
        }
        if let Some(id) = by_name.get(&*fold(name)) {
            return Some(id.clone());
        }
        if let Some(id) = knowledge::find(name) {
            return Some(EntityId::new(&id));
        }
        let names = content.entities.iter().flat_map(|e| [e.id.as_str(), e.name.as_str()]);
        let place = article.places.entities.get(i).cloned();
        let fault = Diagnostic::warning("unknown-entity", format!("nobody knows the entity `{name}`"))
            .at(place.unwrap_or_else(|| Place::file(&article.path)));
        faults.push(match did_you_mean(name, names) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help("add it to `content/entities/`, or take it out of `entities`"),
        });
        None
    };
    let mut all = |article: &&Article| {
        article.entities.iter().enumerate().filter_map(|(i, name)| resolve(article, i, name)).collect()
    };
    articles.iter().map(&mut all).collect()
}
