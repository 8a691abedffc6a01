//! The edited articles before and after enter; which entities come to the site, leave it, or are described otherwise leaves.
//!
//! An entity outside of the registry stands in the site as long as an article mentions it and either the built-in knowledge
//! has it or the article introduces it; the newest article that does says what it is.

use std::{collections::BTreeSet, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        entities::{Numbers, introduced, spellings},
        memory::{Memory, NONE, address},
        patch::{places::Earlier, renumber::Newcomer},
    },
    model::{
        Entity, EntityKind, Origin,
        site::{Entry, Site},
    },
};

/// Entities by their numbers in the memory.
#[derive(Default)]
pub struct Changes {
    pub come: Vec<Newcomer>,
    pub go: Vec<u32>,
    pub renewed: Vec<(u32, Arc<Entity>)>,
}

/// `site` has the articles and annotations after the edits of the articles `edited`, and the entities of the last one.
/// `named` are the numbers of those that the front matter of edited articles names. `None` where an entity changes its name
/// or kind, and with it its place and address.
pub fn changes(
    site: &Site,
    earlier: &Earlier<'_>,
    edited: &[u32],
    named: &FxHashMap<u32, Vec<u32>>,
    numbers: &Numbers,
    memory: &mut Memory,
) -> Option<Changes> {
    let index = |number: u32| numbers.index.get(number as usize).copied().filter(|index| *index != NONE);
    let mut changes = Changes::default();
    for number in open(site, earlier, edited, named, memory) {
        let at = index(number);
        let known = at.map(|at| &site.entities[at as usize]);
        if known.is_some_and(|known| known.entity.origin == Origin::Registry) {
            continue;
        }
        let builtin = memory.ids.builtin(number);
        let elsewhere = known.is_some_and(|known| {
            known.articles.iter().any(|link| edited.binary_search(&link.article).is_err())
        });
        let found = match builtin {
            Some(_) if elsewhere => continue,
            Some(entity) => {
                let told = named.values().any(|named| named.contains(&number));
                (told || mentioned(site, number, memory)).then_some(entity)
            }
            None => {
                let mut articles: Vec<u32> = edited.to_vec();
                articles.extend(
                    known.into_iter().flat_map(|known| known.articles.iter()).map(|link| link.article),
                );
                articles.sort_unstable();
                new_name(site, &articles, number, memory).map(Arc::new)
            }
        };
        match (known, found) {
            (None, Some(entity)) => {
                if spoken(site, edited, number, memory) {
                    return None;
                }
                let country = memory.ids.countries[number as usize] && entity.kind == EntityKind::Place;
                changes.come.push(Newcomer { number, entity, country });
            }
            (Some(_), None) => changes.go.push(number),
            (Some(known), Some(entity)) if *known.entity != *entity => {
                if (&known.entity.name, known.entity.kind) != (&entity.name, entity.kind) {
                    return None;
                }
                changes.renewed.push((number, entity));
            }
            _ => {}
        }
    }
    Some(changes)
}

/// The entities that an edited article has and had not, or the other way round, and those that are introduced or spelt
/// otherwise.
fn open(
    site: &Site,
    earlier: &Earlier<'_>,
    edited: &[u32],
    named: &FxHashMap<u32, Vec<u32>>,
    memory: &mut Memory,
) -> BTreeSet<u32> {
    let mut open: BTreeSet<u32> = named.values().flatten().copied().collect();
    for i in edited {
        let (before, now) = (&earlier.entry(*i).annotation, &site.articles[*i as usize].annotation);
        open.extend(memory.weighed.get(&address(before)).iter().flat_map(|weighed| &weighed.named));
        let (was, is) = (memory.fact(before), memory.fact(now));
        open.extend(was.distinct.iter().filter(|number| !is.distinct.contains(number)));
        open.extend(is.distinct.iter().filter(|number| !was.distinct.contains(number)));
        if before.introduced != now.introduced {
            let all = before.introduced.iter().chain(&now.introduced);
            open.extend(all.map(|new| memory.ids.number(&new.id)));
        }
    }
    let (before, now) = (spellings(&earlier.last.strangers), spellings(&site.strangers));
    let ids = before.keys().chain(now.keys()).filter(|id| before.get(**id) != now.get(**id));
    open.extend(ids.map(|id| memory.ids.number(id)));
    open
}

/// Whether any article mentions an entity.
fn mentioned(site: &Site, number: u32, memory: &Memory) -> bool {
    let facts = |entry: &Entry| {
        memory.facts_of(&entry.annotation).is_some_and(|facts| facts.distinct.contains(&number))
    };
    site.articles.par_iter().any(facts)
}

/// Whether an article that was not edited quotes an entity.
fn spoken(site: &Site, edited: &[u32], number: u32, memory: &Memory) -> bool {
    let quotes = |entry: &Entry| {
        memory.facts_of(&entry.annotation).is_some_and(|facts| facts.speakers.contains(&number))
    };
    let other = |i: usize| edited.binary_search(&(i as u32)).is_err();
    site.articles.par_iter().enumerate().any(|(i, entry)| quotes(entry) && other(i))
}

/// A name that nobody knows, as the newest of `articles` that introduces it says.
fn new_name(site: &Site, articles: &[u32], number: u32, memory: &mut Memory) -> Option<Entity> {
    let id = memory.ids.all[number as usize].clone();
    let mut entity = articles.iter().find_map(|i| {
        let annotation = &site.articles[*i as usize].annotation;
        let accepted = memory.fact(annotation).distinct.contains(&number);
        accepted.then(|| introduced(&id, &annotation.introduced)).flatten()
    })?;
    if let Some(others) = spellings(&site.strangers).remove(&id) {
        entity.aliases = others;
    }
    Some(entity)
}
