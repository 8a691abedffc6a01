//! Story threads: pieces of different days about one matter, found by the rare names and the topics they share.
//!
//! Pieces are taken in the order of time, and each joins an earlier thread or begins one, by what was known up to then. So a
//! later piece never moves an earlier one, and a thread keeps its address: the day and slug of its first piece. The
//! editor's `story` comes before all this; what has one takes no part.
//!
//! A piece is compared with the few threads that last spoke of its names, so the work is in proportion to the mentions.

mod again;
mod stir;
mod tell;

use std::{borrow::Borrow, cmp::Reverse, collections::BTreeMap};

use rustc_hash::FxHashMap;

pub use again::Kept;
pub use stir::{Moved, Stir, Tagged};
pub use tell::{cast, casts, stories};

use crate::{
    assemble::{carried::day_number, memory::Ids},
    model::{
        EntityId, EntityKind,
        site::{Entry, Site},
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
/// Words of the bits of a thread's names.
const WORDS: usize = 16;
/// Pieces that settle the title.
const FOUNDERS: usize = PIECES;

/// The names of a piece with their weights.
#[derive(Clone, Copy)]
struct Names {
    /// Filled up with [`NOBODY`]: all places can be compared at once.
    entities: [u32; NAMES],
    weights: [f32; NAMES],
    len: usize,
}

const NOBODY: u32 = u32::MAX;

impl Names {
    fn new() -> Names {
        Names { entities: [NOBODY; NAMES], weights: [0.0; NAMES], len: 0 }
    }

    fn push(&mut self, entity: u32, weight: f32) {
        (self.entities[self.len], self.weights[self.len]) = (entity, weight);
        self.len += 1;
    }

    fn entities(&self) -> &[u32] {
        &self.entities[..self.len]
    }

    fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.entities().iter().copied().zip(self.weights)
    }

    fn has(&self, entity: u32) -> bool {
        self.entities.iter().fold(false, |found, other| found | (*other == entity))
    }
}

#[derive(Default)]
struct Thread {
    /// Oldest first.
    pieces: Vec<u32>,
    /// The names of the last pieces, oldest first.
    recent: Vec<Names>,
    /// A bit for every one of these names, which few others share.
    mask: [u64; WORDS],
    topics: Vec<u32>,
    title: Vec<u32>,
}

impl Thread {
    /// Takes the names of another piece for the last, and forgets those of the one before [`RECENT`] others.
    fn hear(&mut self, names: Names) {
        self.recent.push(names);
        if self.recent.len() == FOUNDERS && self.title.is_empty() {
            self.title = telling(&self.recent);
        }
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
        self.mark();
    }

    /// Fills the bits.
    fn mark(&mut self) {
        self.mask = [0; WORDS];
        for entity in self.recent.iter().flat_map(Names::entities) {
            self.mask[*entity as usize / 64 % WORDS] |= 1 << (entity % 64);
        }
    }

    /// Whether a name may stand in one of the last pieces.
    fn may_have(&self, entity: u32) -> bool {
        self.mask[entity as usize / 64 % WORDS] >> (entity % 64) & 1 == 1
    }

    /// In how many of the last pieces a name stands.
    fn times(&self, entity: u32) -> usize {
        if !self.may_have(entity) {
            return 0;
        }
        self.recent.iter().filter(|names| names.has(entity)).count()
    }
}

/// Threads that last spoke of a name, the latest last.
#[derive(Clone, Copy, Default)]
struct Spoke {
    threads: [u32; KEPT],
    len: usize,
}

impl Spoke {
    fn as_slice(&self) -> &[u32] {
        &self.threads[..self.len]
    }

    fn add(&mut self, thread: u32) {
        // Its place, or the oldest one's, is closed.
        let at = self.as_slice().iter().position(|known| *known == thread);
        match at.or((self.len == KEPT).then_some(0)) {
            Some(at) => self.threads[at..self.len].rotate_left(1),
            None => self.len += 1,
        }
        self.threads[self.len - 1] = thread;
    }
}

/// Finds all threads.
pub fn threads(site: &Site, ids: &Ids) -> Kept {
    let country = |id: &EntityId| ids.countries.get(ids.known(id) as usize).copied().unwrap_or(false);
    let countries: Vec<bool> =
        site.entities.iter().map(|e| e.entity.kind == EntityKind::Place && country(&e.entity.id)).collect();
    let (threads, names) = found(site, &countries, None);
    Kept::new(threads, names, countries)
}

/// Finds all threads after so much has changed that single choices need not be followed. Pieces older than all that are open
/// stay where they are, and threads that are as they were keep their stories.
pub fn anew(site: &Site, kept: &Kept, stir: &Stir) -> Kept {
    let (threads, names) = found(site, &kept.countries, Some((kept, stir.oldest() as usize)));
    let mut new = Kept::new(threads, names, kept.countries.clone());
    new.take_over(kept, stir);
    new
}

/// All threads, and the names of the pieces by which they were found. Of pieces older than a given one all is known.
fn found(
    site: &Site,
    countries: &[bool],
    known: Option<(&Kept, usize)>,
) -> (Vec<Thread>, Vec<Option<Names>>) {
    let mut threads: Vec<Thread> = Vec::new();
    let mut heard: Vec<Option<Names>> = vec![None; site.articles.len()];
    // Day of the last piece of each thread, counted from a fixed one, and that piece: apart from the rest, since most are
    // silent.
    let mut last: Vec<i32> = Vec::new();
    let mut newest: Vec<u32> = Vec::new();
    let mut seen: Vec<u32> = vec![0; site.entities.len()];
    let mut by_name: Vec<Spoke> = vec![Spoke::default(); site.entities.len()];
    let mut candidates: Vec<u32> = Vec::new();
    let mut near: Vec<(Reverse<u32>, u32)> = Vec::new();
    let mut thread_of: Vec<Option<u32>> = vec![None; site.articles.len()];
    // Numbers of known threads, by those that they have among the known ones.
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    for (before, i) in (0..site.articles.len()).rev().enumerate() {
        let entry = &site.articles[i];
        let Some(day) = day_number(&entry.article) else { continue };
        let known = known.filter(|(_, oldest)| i > *oldest).map(|(kept, _)| kept);
        let names = match known {
            Some(kept) => kept.names[i].unwrap_or_else(Names::new),
            None => weighed(entry, before, |entity| seen[entity as usize], countries),
        };
        for salient in entry.entities.iter() {
            seen[salient.entity as usize] += 1;
        }
        if entry.article.story.is_some() {
            continue;
        }
        if let Some(thread) = original(site, i as u32).and_then(|o| thread_of[o as usize]) {
            thread_of[i] = Some(thread);
            threads[thread as usize].pieces.push(i as u32);
            (last[thread as usize], newest[thread as usize]) = (day, i as u32);
            continue;
        }
        let known = known.and_then(|kept| kept.thread_of[i]);
        candidates.clear();
        if known.is_none() {
            let spoke = names.entities().iter().flat_map(|entity| by_name[*entity as usize].as_slice());
            let open = spoke.filter(|number| day - last[**number as usize] <= SILENCE);
            near.clear();
            near.extend(open.map(|number| (Reverse(newest[*number as usize]), *number)));
            near.sort_unstable();
            near.dedup();
            candidates.extend(near.iter().map(|(_, number)| *number));
        }
        let silent = |number: u32| day - last[number as usize];
        let found = match known {
            Some(known) => numbers.get(&known).copied(),
            None => best(&threads, &candidates, &names, &entry.topics, silent, countries),
        };
        let number = found.unwrap_or_else(|| {
            threads.push(Thread::default());
            last.push(day);
            newest.push(i as u32);
            threads.len() as u32 - 1
        });
        numbers.extend(known.map(|known| (known, number)));
        for entity in names.entities() {
            by_name[*entity as usize].add(number);
        }
        let thread = &mut threads[number as usize];
        thread.pieces.push(i as u32);
        (last[number as usize], newest[number as usize]) = (day, i as u32);
        thread.topics.clone_from(&entry.topics);
        thread.hear(names);
        heard[i] = Some(names);
        thread_of[i] = Some(number);
    }
    (threads, heard)
}

/// How often a name was seen, roughly (three quarters of the next power of two, the middle of those it stands for), so that
/// one piece more or less changes the weights of few.
fn rounded(seen: u32) -> f32 {
    if seen == 0 { 0.0 } else { 0.75 * seen.next_power_of_two() as f32 }
}

/// A number with its three leading bits: one piece more or less in the archive changes the weights of few.
fn roughly(number: u32) -> f32 {
    let cut = (u32::BITS - number.leading_zeros()).saturating_sub(3);
    (number >> cut << cut) as f32
}

/// The first version of a piece, where the piece is a later one.
pub fn original(site: &Site, piece: u32) -> Option<u32> {
    let group = site.articles[piece as usize].versions?;
    Some(site.versions[group as usize][0]).filter(|first| *first != piece)
}

/// The names of a piece: `before` pieces are older, and `seen` tells how many of them have an entity.
fn weighed(entry: &Entry, before: usize, seen: impl Fn(u32) -> u32, countries: &[bool]) -> Names {
    let before = roughly(before as u32);
    let rarity = |entity: u32| {
        let rare = ((before + PRIOR) / (rounded(seen(entity)) + 1.0)).ln();
        // A country says where, hardly what.
        if countries[entity as usize] { rare * 0.35 } else { rare }
    };
    let mut names = Names::new();
    for salient in entry.entities.iter().take(NAMES) {
        let weight = (rarity(salient.entity) * salient.score.max(0.1)).max(0.0);
        names.push(salient.entity, weight);
    }
    names
}

/// The thread that a piece goes on with, if one of the candidates (in the order of their last pieces) has enough of its names.
/// `silent`: days since a thread's last piece.
fn best<T: Borrow<Thread>>(
    threads: &[T],
    candidates: &[u32],
    names: &Names,
    topics: &[u32],
    silent: impl Fn(u32) -> i32,
    countries: &[bool],
) -> Option<u32> {
    let whole: f32 = names.iter().map(|(_, weight)| weight).sum();
    let mut best: Option<(f32, u32)> = None;
    for number in candidates.iter().copied() {
        let thread: &Thread = threads[number as usize].borrow();
        let silent = silent(number);
        // The longer the silence, the more there must be in common.
        let wanted = ENOUGH * (1.0 + silent as f32 / SILENCE as f32 * 0.5);
        let shareable: f32 =
            names.iter().filter(|(entity, _)| thread.may_have(*entity)).map(|(_, weight)| weight).sum();
        // At most this is shared: seldom must a thread be looked into.
        let most = shareable / whole.max(f32::EPSILON) + TOPIC;
        if most < wanted || best.is_some_and(|(share, _)| most < share) {
            continue;
        }
        let (mut shared, mut common) = (0.0, 0);
        for (entity, weight) in names.iter() {
            let times = thread.times(entity);
            if times > 0 {
                shared += weight * (times as f32 / thread.recent.len() as f32).sqrt();
                common += usize::from(!countries[entity as usize]);
            }
        }
        let topic = topics.first().is_some_and(|topic| thread.topics.contains(topic));
        let share = shared / whole.max(f32::EPSILON) + if topic { TOPIC } else { 0.0 };
        let enough = share >= wanted && (common >= 2 || (common == 1 && topic));
        // Of equals the one that moved last.
        if enough && best.is_none_or(|(most, _)| share >= most) {
            best = Some((share, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The two names that tell most of the first pieces: by weight, in most of them.
fn telling(pieces: &[Names]) -> Vec<u32> {
    let mut weights: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for (entity, weight) in pieces.iter().flat_map(Names::iter) {
        let sum = weights.entry(entity).or_default();
        *sum = (sum.0 + 1, sum.1 + weight);
    }
    let mut all: Vec<(u32, f32)> =
        weights.into_iter().map(|(entity, (times, weight))| (entity, weight * times as f32)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.into_iter().take(2).map(|(entity, _)| entity).collect()
}
