//! Story threads: pieces of different days about one matter, found by the rare names and the topics they share.
//!
//! Pieces are taken in the order of time, and each goes on from an earlier piece, whose thread it joins, or begins one, by what
//! was known up to then. So a later piece never moves an earlier one, and a thread keeps its address: the day and slug of its
//! first piece. The editor's `story` comes before all this; what has one takes no part.
//!
//! A piece is compared with the few pieces that last had its names, each seen together with those that it went on from in turn
//! (its line), and not with whole threads. So the work is in proportion to the mentions, and a choice hangs on few others: an
//! edit moves few pieces.

mod again;
mod line;
mod stir;
mod tell;

use std::collections::BTreeMap;

pub use again::Kept;
pub use stir::{Moved, Stir, Tagged};
pub use tell::{cast, casts, stories};

use crate::{
    assemble::{
        carried::day_number,
        memory::{Ids, NONE},
        threads::line::{Asks, Mask, mask, may_hold},
    },
    model::{
        EntityId, EntityKind,
        site::{Entry, Site},
    },
};

/// Pieces, versions of one counted once, that make a thread worth a page.
pub const PIECES: usize = 3;
/// Names of a piece that count, the most salient first.
const NAMES: usize = 8;
/// From a piece that is so many days old nothing goes on.
const SILENCE: i32 = 60;
/// Pieces of a line: they say what it is about.
const LINE: usize = 6;
/// Pieces that are looked at for a name: those that last had it.
const KEPT: usize = 8;
/// Pieces that rarity counts as already read, so that in a young archive not every name is rare.
const PRIOR: f32 = 150.0;
/// Share of the weight of a piece's names that a line must have, the common topic included.
const ENOUGH: f32 = 0.24;
/// What a common specific topic adds to that share.
const TOPIC: f32 = 0.1;
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

/// Pieces that last had a name, the latest last.
#[derive(Clone, Copy, Default)]
struct Spoke {
    pieces: [u32; KEPT],
    len: usize,
}

impl Spoke {
    fn as_slice(&self) -> &[u32] {
        &self.pieces[..self.len]
    }

    fn add(&mut self, piece: u32) {
        if self.len == KEPT {
            self.pieces.rotate_left(1);
        } else {
            self.len += 1;
        }
        self.pieces[self.len - 1] = piece;
    }
}

/// Finds all threads.
pub fn threads(site: &Site, ids: &Ids) -> Kept {
    let country = |id: &EntityId| ids.countries.get(ids.known(id) as usize).copied().unwrap_or(false);
    let countries: Vec<bool> =
        site.entities.iter().map(|e| e.entity.kind == EntityKind::Place && country(&e.entity.id)).collect();
    found(site, countries, None)
}

/// Finds all threads after so much has changed that single choices need not be followed. Pieces older than all that are open
/// stay where they are, and threads that are as they were keep their stories.
pub fn anew(site: &Site, kept: &Kept, stir: &Stir) -> Kept {
    let mut new = found(site, kept.countries.clone(), Some((kept, stir.oldest() as usize)));
    new.take_over(kept, stir);
    new
}

/// All threads. Of pieces older than a given one all is known.
fn found(site: &Site, countries: Vec<bool>, known: Option<(&Kept, usize)>) -> Kept {
    let count = site.articles.len();
    let mut made = Kept::new(count, countries);
    let mut days: Vec<i32> = vec![0; count];
    let mut masks: Vec<Mask> = vec![Mask::default(); count];
    let mut seen: Vec<u32> = vec![0; site.entities.len()];
    let mut by_name: Vec<Spoke> = vec![Spoke::default(); site.entities.len()];
    let mut candidates: Vec<u32> = Vec::new();
    for (before, i) in (0..count).rev().enumerate() {
        let (piece, entry) = (i as u32, &site.articles[i]);
        let Some(day) = day_number(&entry.article) else { continue };
        days[i] = day;
        let known = known.filter(|(_, oldest)| i > *oldest).map(|(kept, _)| kept);
        let names = match known {
            Some(kept) => kept.names[i].unwrap_or_else(Names::new),
            None => weighed(entry, before, |entity| seen[entity as usize], &made.countries),
        };
        for salient in entry.entities.iter() {
            seen[salient.entity as usize] += 1;
        }
        if entry.article.story.is_some() {
            continue;
        }
        if let Some(thread) = original(site, piece).and_then(|first| made.thread_of[first as usize]) {
            made.put(piece, thread);
            continue;
        }
        let from = match known {
            Some(kept) => kept.parents[i],
            None => {
                let asks = Asks::new(&names, entry, day);
                candidates.clear();
                let spoke = names.entities().iter().flat_map(|entity| by_name[*entity as usize].as_slice());
                candidates.extend(spoke.filter(|other| day - days[**other as usize] <= SILENCE));
                candidates.sort_unstable();
                candidates.dedup();
                candidates.retain(|other| may_hold(&masks[*other as usize], &asks));
                made.best(site, &asks, &candidates).unwrap_or(NONE)
            }
        };
        for entity in names.entities() {
            by_name[*entity as usize].add(piece);
        }
        (made.names[i], made.parents[i]) = (Some(names), from);
        masks[i] = mask(made.line(piece).names(&made.names));
        let thread = made.thread_of.get(from as usize).copied().flatten();
        let thread = thread.unwrap_or_else(|| made.begun());
        made.put(piece, thread);
    }
    made.titled();
    made
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
