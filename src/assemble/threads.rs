//! Story threads: pieces of different days about one matter, found by the rare names and the topics they share.
//!
//! Pieces are taken in the order of time, and each joins an earlier thread or begins one, by what was known up to then. So a
//! later piece never moves an earlier one, and a thread keeps its address: the day and slug of its first piece. The
//! editor's `story` comes before all this; what has one takes no part.
//!
//! A piece is compared with the few threads that last spoke of its names, so the work is in proportion to the mentions.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    assemble::{address::expand, carried::day_number, memory::Ids},
    model::{
        EntityId, EntityKind, Story,
        kinship::most_frequent,
        site::{Site, StoryEntry},
    },
};

/// Pieces, versions of one counted once, that make a thread worth a page.
pub const PIECES: usize = 3;
/// Names of a piece that count, the most salient first.
const NAMES: usize = 8;
/// A thread that has been silent for so many days takes nothing more.
const SILENCE: i32 = 60;
/// Pieces of a thread that say what it is about now.
const RECENT: usize = 6;
/// Threads kept for a name: those that spoke of it last.
const KEPT: usize = 6;
/// Pieces that rarity counts as already read, so that in a young archive not every name is rare.
const PRIOR: f32 = 150.0;
/// Share of the weight of a piece's names that a thread must have, the common topic included.
const ENOUGH: f32 = 0.24;
/// What a common specific topic adds to that share.
const TOPIC: f32 = 0.1;
/// Pieces that settle the title.
const FOUNDERS: usize = PIECES;

struct Thread {
    /// Oldest first.
    pieces: Vec<u32>,
    /// The names of the last pieces with their weights, oldest first.
    recent: Vec<Vec<(u32, f32)>>,
    /// In how many of them each name stands.
    times: Vec<(u32, u32)>,
    /// A bit for every name of `times`, which few others share.
    mask: [u64; 4],
    topics: Vec<u32>,
    title: Vec<u32>,
}

impl Thread {
    fn new() -> Thread {
        Thread {
            pieces: Vec::new(),
            recent: Vec::new(),
            times: Vec::new(),
            mask: [0; 4],
            topics: Vec::new(),
            title: Vec::new(),
        }
    }

    /// Takes the names of another piece for the last, and forgets those of the one before [`RECENT`] others.
    fn hear(&mut self, names: Vec<(u32, f32)>) {
        self.recent.push(names);
        if self.recent.len() == FOUNDERS && self.title.is_empty() {
            self.title = telling(&self.recent);
        }
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        (self.times, self.mask) = (Vec::new(), [0; 4]);
        for (entity, _) in self.recent.iter().flatten() {
            match self.times.iter_mut().find(|(known, _)| known == entity) {
                Some((_, times)) => *times += 1,
                None => self.times.push((*entity, 1)),
            }
            self.mask[*entity as usize / 64 % 4] |= 1 << (entity % 64);
        }
    }

    /// In how many of the last pieces a name stands.
    fn times(&self, entity: u32) -> u32 {
        if self.mask[entity as usize / 64 % 4] >> (entity % 64) & 1 == 0 {
            return 0;
        }
        self.times.iter().find(|(known, _)| *known == entity).map_or(0, |(_, times)| *times)
    }
}

/// Adds threads to `site.stories`.
pub fn threads(site: &mut Site, ids: &Ids) {
    let country = |id: &EntityId| ids.countries.get(ids.known(id) as usize).copied().unwrap_or(false);
    let countries: Vec<bool> =
        site.entities.iter().map(|e| e.entity.kind == EntityKind::Place && country(&e.entity.id)).collect();
    let mut threads = found(site, &countries);
    threads.retain(|thread| distinct(site, &thread.pieces) >= PIECES);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for thread in threads {
        let first = &site.articles[thread.pieces[0] as usize].article;
        let Some(day) = first.date.map(|d| d.day) else { continue };
        let slug = format!("{day}-{}", first.slug);
        let names = thread.title.iter().map(|e| site.entities[*e as usize].entity.name.as_str());
        let mut title = names.collect::<Vec<_>>().join(", ");
        // Later threads about the same names say when they began.
        match taken.entry(title.clone()).and_modify(|n| *n += 1).or_insert(0) {
            0 => {}
            1 => title = format!("{title}, {}", day.year()),
            _ => title = format!("{title}, {day}"),
        }
        let story = site.stories.len() as u32;
        for piece in &thread.pieces {
            site.articles[*piece as usize].story = Some(story);
        }
        site.stories.push(StoryEntry {
            path: expand(&site.config.permalinks.story, &[("slug", &slug), ("id", &slug)]),
            story: Story { slug, title, ..Story::default() },
            articles: thread.pieces,
            entities: Vec::new(),
            found: true,
        });
    }
}

/// The cast of every story: names by the number of its pieces that mention them.
pub fn casts(site: &mut Site) {
    for story in &mut site.stories {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for article in &story.articles {
            for salient in &site.articles[*article as usize].entities {
                *counts.entry(salient.entity).or_default() += 1;
            }
        }
        story.entities = most_frequent(counts, 40);
    }
}

/// Pieces without those that are versions of another.
fn distinct(site: &Site, pieces: &[u32]) -> usize {
    let mut groups: Vec<u32> = Vec::new();
    pieces
        .iter()
        .filter(|piece| match site.articles[**piece as usize].versions {
            Some(group) if groups.contains(&group) => false,
            group => {
                groups.extend(group);
                true
            }
        })
        .count()
}

fn found(site: &Site, countries: &[bool]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    // Day of the last piece of each thread, counted from a fixed one: apart from the rest, since most are silent.
    let mut last: Vec<i32> = Vec::new();
    let mut seen: Vec<u32> = vec![0; site.entities.len()];
    let mut by_name: Vec<Vec<u32>> = vec![Vec::new(); site.entities.len()];
    let mut thread_of: Vec<Option<u32>> = vec![None; site.articles.len()];
    for (before, i) in (0..site.articles.len()).rev().enumerate() {
        let entry = &site.articles[i];
        let Some(day) = day_number(&entry.article) else { continue };
        let rarity = |entity: u32| {
            let rare = ((before as f32 + PRIOR) / (seen[entity as usize] as f32 + 1.0)).ln();
            // A country says where, hardly what.
            if countries[entity as usize] { rare * 0.35 } else { rare }
        };
        let names: Vec<(u32, f32)> = entry
            .entities
            .iter()
            .take(NAMES)
            .map(|s| (s.entity, (rarity(s.entity) * s.score.max(0.1)).max(0.0)))
            .collect();
        for salient in &entry.entities {
            seen[salient.entity as usize] += 1;
        }
        if entry.article.story.is_some() {
            continue;
        }
        let original = entry.versions.map(|group| site.versions[group as usize][0] as usize);
        if let Some(thread) = original.and_then(|o| thread_of[o]) {
            thread_of[i] = Some(thread);
            threads[thread as usize].pieces.push(i as u32);
            last[thread as usize] = day;
            continue;
        }
        let number =
            best(&threads, &last, &by_name, &names, &entry.topics, day, countries).unwrap_or_else(|| {
                threads.push(Thread::new());
                last.push(day);
                threads.len() as u32 - 1
            });
        for (entity, _) in &names {
            let kept = &mut by_name[*entity as usize];
            kept.retain(|thread| *thread != number);
            kept.push(number);
            if kept.len() > KEPT {
                kept.remove(0);
            }
        }
        let thread = &mut threads[number as usize];
        thread.pieces.push(i as u32);
        last[number as usize] = day;
        thread.topics.clone_from(&entry.topics);
        thread.hear(names);
        thread_of[i] = Some(number);
    }
    threads
}

/// The thread that a piece goes on with, if one has enough of its names.
fn best(
    threads: &[Thread],
    last: &[i32],
    by_name: &[Vec<u32>],
    names: &[(u32, f32)],
    topics: &[u32],
    day: i32,
    countries: &[bool],
) -> Option<u32> {
    let whole: f32 = names.iter().map(|(_, weight)| weight).sum();
    let live = |number: &u32| day - last[*number as usize] <= SILENCE;
    let near = names.iter().flat_map(|(entity, _)| by_name[*entity as usize].iter().copied());
    let mut candidates: Vec<u32> = near.filter(live).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<(f32, u32)> = None;
    for number in candidates {
        let thread = &threads[number as usize];
        let silent = day - last[number as usize];
        let (mut shared, mut common) = (0.0, 0);
        for (entity, weight) in names {
            let times = thread.times(*entity);
            if times > 0 {
                shared += weight * (times as f32 / thread.recent.len() as f32).sqrt();
                common += usize::from(!countries[*entity as usize]);
            }
        }
        let topic = topics.first().is_some_and(|topic| thread.topics.contains(topic));
        let share = shared / whole.max(f32::EPSILON) + if topic { TOPIC } else { 0.0 };
        // The longer the silence, the more there must be in common.
        let wanted = ENOUGH * (1.0 + silent as f32 / SILENCE as f32 * 0.5);
        let enough = share >= wanted && (common >= 2 || (common == 1 && topic));
        // Of equals the one that moved last.
        if enough && best.is_none_or(|(most, _)| share >= most) {
            best = Some((share, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The two names that tell most of the first pieces: by weight, in most of them.
fn telling(pieces: &[Vec<(u32, f32)>]) -> Vec<u32> {
    let mut weights: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for (entity, weight) in pieces.iter().flatten() {
        let sum = weights.entry(*entity).or_default();
        *sum = (sum.0 + 1, sum.1 + weight);
    }
    let mut all: Vec<(u32, f32)> =
        weights.into_iter().map(|(entity, (times, weight))| (entity, weight * times as f32)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.into_iter().take(2).map(|(entity, _)| entity).collect()
}
