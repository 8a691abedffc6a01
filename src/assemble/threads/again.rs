//! The threads of the last run and a few edited pieces enter; whether all threads are still the same leaves.
//!
//! A later piece looks only at which names, days and topics the earlier ones had, not at how much each name weighed. So an
//! edit can move only the piece itself, and later pieces that share a name with it that came or went, look at its topics, or
//! find a name rarer or commoner than before. For each of these, from the oldest on, the choice is made again as it was
//! made, from the earlier pieces; where all choices are the same, all threads are.

use std::collections::BinaryHeap;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::{
    assemble::{
        carried::day_number,
        memory::NONE,
        threads::{FOUNDERS, KEPT, Names, RECENT, SILENCE, Thread, best, rounded, telling, weighed},
    },
    model::site::{Backlink, Site},
};

/// What a run leaves.
pub struct Kept {
    /// By article: its names, where it was compared with others.
    names: Vec<Option<Names>>,
    /// By article: its thread.
    thread_of: Vec<Option<u32>>,
    /// Pieces of each thread, oldest first, and the names that settled its title.
    threads: Vec<(Vec<u32>, Vec<u32>)>,
    /// By entity: whether it is a country.
    countries: Vec<bool>,
}

/// An entity that an edited piece names and did not, or the other way round.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub entity: u32,
    pub piece: u32,
    pub came: bool,
}

/// An edited piece whose topics are others than before: those that came or went.
#[derive(Clone, Debug)]
pub struct Tagged {
    pub piece: u32,
    pub topics: Vec<u32>,
}

/// So many choices at most are made again.
const MANY: usize = 2000;

impl Kept {
    pub(super) fn new(threads: &[Thread], names: Vec<Option<Names>>, countries: Vec<bool>) -> Kept {
        let mut thread_of = vec![None; names.len()];
        for (number, thread) in (0..).zip(threads) {
            thread.pieces.iter().for_each(|piece| thread_of[*piece as usize] = Some(number));
        }
        let threads = threads.iter().map(|thread| (thread.pieces.clone(), thread.title.clone())).collect();
        Kept { names, thread_of, threads, countries }
    }

    /// Makes place for an entity that no piece names yet.
    pub fn take_in(&mut self, index: usize, country: bool) {
        self.countries.insert(index, country);
    }

    /// Moves the indices of entities: the new ones by the old ones, [`NONE`] of those that no piece names any longer. Those
    /// that come are taken in afterwards.
    pub fn renumber(&mut self, moves: &[u32]) {
        let to = |entity: &mut u32| *entity = moves.get(*entity as usize).copied().unwrap_or(NONE);
        self.names.par_iter_mut().flatten().for_each(|names| names.entities.iter_mut().for_each(to));
        self.threads.par_iter_mut().for_each(|(_, title)| title.iter_mut().for_each(to));
        let mut stay = moves.iter().map(|to| *to != NONE);
        self.countries.retain(|_| stay.next().unwrap_or(true));
    }

    /// Whether the threads are still those of `site` after the salience of entities in the pieces `edited` has changed,
    /// entities have `moved` into them or out of them, and topics came or went. The pieces and their versions are the same.
    pub fn hold(&mut self, site: &Site, edited: &[u32], moved: &[Moved], tagged: &[Tagged]) -> bool {
        let mut entities: Vec<u32> = moved.iter().map(|moved| moved.entity).collect();
        entities.sort_unstable();
        if entities.windows(2).any(|pair| pair[0] == pair[1]) {
            return false;
        }
        // The oldest stands last in the site. One that is looked at twice has the same names the second time.
        let noticed = moved.iter().flat_map(|moved| noticed(site, *moved));
        let mut open: BinaryHeap<u32> = edited.iter().copied().chain(noticed).collect();
        let mut stirred: FxHashSet<u32> = FxHashSet::default();
        let mut last = None;
        let mut looked = 0;
        while let Some(piece) = open.pop() {
            if last.replace(piece) == Some(piece) {
                continue;
            }
            looked += 1;
            let Some(changed) = self.stays(site, piece).filter(|_| looked <= MANY) else { return false };
            // Names that changed in two pieces at once are not followed.
            if !changed.iter().all(|entity| stirred.insert(*entity)) {
                return false;
            }
            for entity in changed {
                self.listeners(site, piece, entity, &mut open);
            }
            for tagged in tagged.iter().filter(|tagged| tagged.piece == piece) {
                self.readers(site, tagged, &mut open);
            }
        }
        true
    }

    /// Makes the choice of a piece again. The names that it has and had not, or the other way round, where it is the same.
    fn stays(&mut self, site: &Site, piece: u32) -> Option<Vec<u32>> {
        let i = piece as usize;
        let (Some(old), Some(number)) = (self.names[i], self.thread_of[i]) else { return Some(Vec::new()) };
        let entry = &site.articles[i];
        let day = day_number(&entry.article)?;
        let before = site.articles.len() - 1 - i;
        let seen = |entity: u32| older(site, entity, piece).len() as u32;
        let names = weighed(entry, before, seen, &self.countries);
        // Threads that last spoke of its names, as they stood when it came.
        let mut candidates: Vec<u32> = Vec::new();
        for entity in names.entities() {
            let mut last: Vec<u32> = Vec::new();
            for link in older(site, *entity, piece) {
                if let Some(thread) = self.spoke(link.article, *entity)
                    && !last.contains(&thread)
                {
                    last.push(thread);
                    if last.len() == KEPT {
                        break;
                    }
                }
            }
            candidates.extend(last);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let then: Vec<(u32, Thread, i32)> = candidates
            .into_iter()
            .filter_map(|candidate| self.before(site, candidate, piece))
            .map(|(candidate, thread, last)| (candidate, thread, day - last))
            .filter(|(_, _, silent)| *silent <= SILENCE)
            .collect();
        let numbers: Vec<u32> = (0..then.len() as u32).collect();
        let silent = |at: u32| then[at as usize].2;
        let threads: Vec<&Thread> = then.iter().map(|(_, thread, _)| thread).collect();
        let found = best(&threads, &numbers, &names, &entry.topics, silent, &self.countries);
        let heard: Vec<u32> = self.heard(number).collect();
        let founded = heard.first() == Some(&piece);
        if found.map(|at| then[at as usize].0) != (!founded).then_some(number) {
            return None;
        }
        self.names[i] = Some(names);
        if heard.len() >= FOUNDERS && heard[..FOUNDERS].contains(&piece) {
            let founders: Vec<Names> =
                heard[..FOUNDERS].iter().filter_map(|piece| self.names[*piece as usize]).collect();
            if telling(&founders) != self.threads[number as usize].1 {
                return None;
            }
        }
        let alone = |a: &Names, b: &Names| -> Vec<u32> {
            a.entities().iter().copied().filter(|entity| !b.has(*entity)).collect()
        };
        Some([alone(&names, &old), alone(&old, &names)].concat())
    }

    /// The thread of a piece that spoke of a name.
    fn spoke(&self, piece: u32, entity: u32) -> Option<u32> {
        let names = self.names[piece as usize]?;
        self.thread_of[piece as usize].filter(|_| names.has(entity))
    }

    /// The later pieces that a name may move which came to a piece or left it: those that have it themselves, as long as the
    /// piece is among the last of its thread, or its thread among those that last spoke of the name.
    fn listeners(&self, site: &Site, piece: u32, entity: u32, open: &mut BinaryHeap<u32>) {
        let Some(number) = self.thread_of[piece as usize] else { return };
        let mut others: Vec<u32> = Vec::new();
        for later in newer(site, entity, piece) {
            let heard = || self.heard(number).rev().filter(|other| (later + 1..piece).contains(other));
            if others.len() == KEPT
                && (heard().take(RECENT).count() == RECENT || self.silent(site, number, later))
            {
                return;
            }
            let Some(thread) = self.spoke(later, entity) else { continue };
            open.push(later);
            if thread != number && others.len() < KEPT && !others.contains(&thread) {
                others.push(thread);
            }
        }
    }

    /// The later pieces that the topics of a piece may move: those under one that came or went, with a name of its thread,
    /// up to the thread's next piece.
    fn readers(&self, site: &Site, tagged: &Tagged, open: &mut BinaryHeap<u32>) {
        let Some(number) = self.thread_of[tagged.piece as usize] else { return };
        let next = self.heard(number).find(|other| *other < tagged.piece).unwrap_or(0);
        let recent = self.heard(number).rev().filter(|other| *other >= tagged.piece).take(RECENT);
        let names: FxHashSet<u32> = recent
            .filter_map(|other| self.names[other as usize])
            .flat_map(|n| n.entities().to_vec())
            .collect();
        for entity in names {
            for later in newer(site, entity, tagged.piece).take_while(|later| *later >= next) {
                if self.silent(site, number, later) {
                    break;
                }
                let first = site.articles[later as usize].topics.first();
                if first.is_some_and(|first| tagged.topics.contains(first)) {
                    open.push(later);
                }
            }
        }
    }

    /// Whether a thread took nothing more by the time of a piece.
    fn silent(&self, site: &Site, number: u32, piece: u32) -> bool {
        let day = |piece: u32| day_number(&site.articles[piece as usize].article);
        let last = self.threads[number as usize].0.iter().rev().find(|other| **other > piece);
        match (last.and_then(|last| day(*last)), day(piece)) {
            (Some(last), Some(day)) => day - last > SILENCE,
            _ => false,
        }
    }

    /// The pieces of a thread that were compared, oldest first.
    fn heard(&self, number: u32) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let pieces = self.threads[number as usize].0.iter().copied();
        pieces.filter(|piece| self.names[*piece as usize].is_some())
    }

    /// A thread as it stood when a piece came, and the day of its last piece then; `None` where it did not exist.
    fn before(&self, site: &Site, number: u32, piece: u32) -> Option<(u32, Thread, i32)> {
        let last = self.threads[number as usize].0.iter().rev().find(|other| **other > piece)?;
        let day = day_number(&site.articles[*last as usize].article)?;
        let mut recent: Vec<u32> =
            self.heard(number).rev().filter(|other| *other > piece).take(RECENT).collect();
        recent.reverse();
        let mut thread = Thread::default();
        for other in &recent {
            thread.hear(self.names[*other as usize]?);
        }
        thread.topics.clone_from(&site.articles[*recent.last()? as usize].topics);
        Some((number, thread, day))
    }
}

/// Where an entity stands in older pieces, the newest first.
fn older(site: &Site, entity: u32, piece: u32) -> &[Backlink] {
    let links = &site.entities[entity as usize].articles;
    &links[links.partition_point(|link| link.article <= piece)..]
}

/// The newer pieces with an entity, the oldest first.
fn newer(site: &Site, entity: u32, piece: u32) -> impl Iterator<Item = u32> + '_ {
    let links = &site.entities[entity as usize].articles;
    links[..links.partition_point(|link| link.article < piece)].iter().rev().map(|link| link.article)
}

/// The later pieces for which an entity counts as seen more or less often than before it moved.
fn noticed(site: &Site, moved: Moved) -> impl Iterator<Item = u32> + '_ {
    let links = &site.entities[moved.entity as usize].articles;
    // Newest first: a piece at `p` has all behind it as older ones.
    let later = links.partition_point(|link| link.article < moved.piece);
    (0..later)
        .filter(move |p| {
            let seen = (links.len() - 1 - p) as u32;
            let before = if moved.came { seen.saturating_sub(1) } else { seen + 1 };
            rounded(seen) != rounded(before)
        })
        .map(|p| links[p].article)
}
