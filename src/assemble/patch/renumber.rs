//! Articles, entities and topics that come to a site or leave it, and the site; all indices of the others move up or down.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        entities::{sort_key, unmentioned},
        memory::NONE,
        patch::Kept,
        select::neighbours,
    },
    model::{
        Entity, TopicId,
        site::{EntityEntry, Site},
    },
};

/// The new index by the old one; [`NONE`] of what is gone. The order stays.
pub type Moves = Vec<u32>;

/// An entity that comes to the site.
pub struct Newcomer {
    /// See [`Ids`](crate::assemble::memory::Ids).
    pub number: u32,
    pub entity: Arc<Entity>,
    pub country: bool,
}

/// Where each of `count` things stood before they moved; [`NONE`] of those that came.
pub fn inverse(moves: Option<&Moves>, count: usize) -> Vec<u32> {
    let Some(moves) = moves else { return (0..count as u32).collect() };
    let mut was = vec![NONE; count];
    (0..).zip(moves).filter(|(_, new)| **new != NONE).for_each(|(old, new)| was[*new as usize] = old);
    was
}

/// Takes in entities, without articles, at their places in the order.
pub fn take_in(site: &mut Site, kept: &mut Kept, mut new: Vec<Newcomer>) -> Moves {
    new.sort_by_cached_key(|new| sort_key(&new.entity));
    let places: Vec<usize> = new
        .iter()
        .map(|new| {
            let key = sort_key(&new.entity);
            site.entities.partition_point(|known| sort_key(&known.entity) < key)
        })
        .collect();
    let moves = (0..site.entities.len())
        .map(|old| (old + places.partition_point(|place| *place <= old)) as u32)
        .collect();
    renumber(site, kept, &moves);
    let (mut entities, mut of) = (Vec::new(), Vec::new());
    let mut coming = places.into_iter().zip(new).peekable();
    let known = std::mem::take(&mut site.entities).into_iter().zip(std::mem::take(&mut kept.numbers.of));
    let mut enter = |new: Newcomer, entities: &mut Vec<EntityEntry>, of: &mut Vec<u32>| {
        let Newcomer { number, entity, country } = new;
        let index = &mut kept.numbers.index;
        index.resize(index.len().max(number as usize + 1), NONE);
        index[number as usize] = entities.len() as u32;
        kept.threads.take_in(entities.len(), country);
        entities.push(unmentioned(entity, &site.config));
        of.push(number);
    };
    for (old, (entry, number)) in known.enumerate() {
        while let Some((_, new)) = coming.next_if(|(place, _)| *place <= old) {
            enter(new, &mut entities, &mut of);
        }
        entities.push(entry);
        of.push(number);
    }
    coming.for_each(|(_, new)| enter(new, &mut entities, &mut of));
    (site.entities, kept.numbers.of) = (entities, of);
    moves
}

/// Where each of `count` things stands once some are gone.
pub fn without(count: usize, gone: &[u32]) -> Moves {
    let mut next = 0;
    let place = |old: u32| {
        if gone.contains(&old) {
            return NONE;
        }
        next += 1;
        next - 1
    };
    (0..count as u32).map(place).collect()
}

/// Takes out those that are gone.
pub fn thin<T>(all: &mut Vec<T>, moves: &Moves) {
    let mut stay = moves.iter().map(|to| *to != NONE);
    all.retain(|_| stay.next().unwrap_or(true));
}

/// Lets entities go that nothing names any longer.
pub fn let_go(site: &mut Site, kept: &mut Kept, gone: &[u32]) -> Moves {
    let moves = without(site.entities.len(), gone);
    renumber(site, kept, &moves);
    thin(&mut site.entities, &moves);
    thin(&mut kept.numbers.of, &moves);
    moves
}

/// Moves all indices of entities, but for the list of pages.
fn renumber(site: &mut Site, kept: &mut Kept, moves: &Moves) {
    let to = |entity: &mut u32| *entity = moves[*entity as usize];
    site.articles.par_iter_mut().for_each(|entry| {
        Arc::make_mut(&mut entry.mentions).iter_mut().for_each(|mention| to(&mut mention.entity));
        Arc::make_mut(&mut entry.entities).iter_mut().for_each(|salient| to(&mut salient.entity));
    });
    site.stories.iter_mut().flat_map(|story| &mut story.entities).for_each(|(entity, _)| to(entity));
    for edition in &mut site.editions {
        edition.entities.iter_mut().for_each(|(entity, _)| to(entity));
        edition.new_entities.iter_mut().for_each(to);
    }
    kept.numbers.index.iter_mut().filter(|index| **index != NONE).for_each(to);
    kept.threads.renumber(moves);
}

/// Where the topics of the last site stand in this one; `None` where all are where they were.
pub fn topics(site: &mut Site, last: &Site) -> Option<Moves> {
    let index: FxHashMap<&TopicId, u32> = (0..).zip(&site.topics).map(|(i, t)| (&t.topic.id, i)).collect();
    let moves: Moves = last.topics.iter().map(|t| index.get(&t.topic.id).copied().unwrap_or(NONE)).collect();
    let same = site.topics.len() == last.topics.len() && (0..).zip(&moves).all(|(i, to): (u32, _)| i == *to);
    if same {
        return None;
    }
    for edition in &mut site.editions {
        edition.topics.iter_mut().for_each(|(topic, _)| *topic = moves[*topic as usize]);
        // The day of the piece that it left is put together again.
        edition.topics.retain(|(topic, _)| *topic != NONE);
    }
    Some(moves)
}

/// Moves all indices of articles, of which there are `count` then, but for those of the list of pages and of versions;
/// those of articles that are gone are taken out.
pub fn articles(site: &mut Site, kept: &mut Kept, moves: &Moves, count: usize) {
    let to = |i: &mut u32| {
        *i = moves[*i as usize];
        *i != NONE
    };
    site.entities.par_iter_mut().for_each(|entity| {
        Arc::make_mut(&mut entity.articles).retain_mut(|link| to(&mut link.article));
        Arc::make_mut(&mut entity.quotes).retain_mut(|(article, _)| to(article));
        entity.stated_roles.retain_mut(|(_, article)| to(article));
    });
    site.topics.par_iter_mut().for_each(|topic| topic.articles.retain_mut(to));
    site.stories.iter_mut().for_each(|story| story.articles.retain_mut(to));
    site.sections.iter_mut().for_each(|group| group.articles.retain_mut(to));
    site.sources.iter_mut().for_each(|group| group.articles.retain_mut(to));
    site.authors.iter_mut().for_each(|group| group.articles.retain_mut(to));
    for edition in &mut site.editions {
        edition.articles.retain_mut(to);
        edition.key_points.retain_mut(|point| to(&mut point.article));
        edition.corrections.retain_mut(to);
    }
    site.corrections.retain_mut(|(article, _)| to(article));
    site.strangers.iter_mut().for_each(|stranger| stranger.articles.retain_mut(to));
    for entry in &mut site.articles {
        entry.translations.retain_mut(to);
    }
    neighbours(&mut site.articles);
    kept.threads.renumber_pieces(moves, count);
}
