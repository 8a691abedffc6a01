//! The threads of the last run and a few edited pieces enter; whether all threads are still the same leaves.
//!
//! A later piece looks only at which names, days and topics the earlier ones had, not at how much each name weighed. So
//! where an edited piece has the same names under the same topics, nothing changes but, perhaps, the thread that the piece
//! itself joins, and the title of a thread that it founded: both are worked out again as they were, from the earlier
//! pieces. A name beyond the heaviest that came or went makes it rarer or commoner for later pieces; few of them notice.

use crate::{
    assemble::{
        carried::day_number,
        threads::{FOUNDERS, KEPT, Names, RECENT, SILENCE, Thread, best, rounded, telling, weighed},
    },
    model::site::Site,
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

impl Kept {
    pub(super) fn new(threads: &[Thread], names: Vec<Option<Names>>, countries: Vec<bool>) -> Kept {
        let mut thread_of = vec![None; names.len()];
        for (number, thread) in (0..).zip(threads) {
            thread.pieces.iter().for_each(|piece| thread_of[*piece as usize] = Some(number));
        }
        let threads = threads.iter().map(|thread| (thread.pieces.clone(), thread.title.clone())).collect();
        Kept { names, thread_of, threads, countries }
    }

    /// Whether the threads are still those of `site` after the salience of entities in the pieces `edited` has changed, and
    /// entities have `moved` into them or out of them. The pieces, their topics and versions are the same.
    pub fn hold(&mut self, site: &Site, edited: &[u32], moved: &[Moved]) -> bool {
        let mut entities: Vec<u32> = moved.iter().map(|moved| moved.entity).collect();
        entities.sort_unstable();
        let once = entities.windows(2).all(|pair| pair[0] != pair[1]);
        once && edited.iter().all(|piece| self.stays(site, *piece))
            && moved.iter().all(|moved| noticed(site, *moved).all(|piece| self.stays(site, piece)))
    }

    fn stays(&mut self, site: &Site, piece: u32) -> bool {
        let i = piece as usize;
        let (Some(old), Some(number)) = (self.names[i], self.thread_of[i]) else { return true };
        let entry = &site.articles[i];
        let Some(day) = day_number(&entry.article) else { return false };
        // Newest first: those behind are older.
        let older = |entity: u32| {
            let links = &site.entities[entity as usize].articles;
            &links[links.partition_point(|link| link.article <= piece)..]
        };
        let before = site.articles.len() - 1 - i;
        let names = weighed(entry, before, |entity| older(entity).len() as u32, &self.countries);
        if names.entities().len() != old.entities().len() || !names.entities().iter().all(|e| old.has(*e)) {
            return false;
        }
        // Threads that last spoke of its names, as they stood when it came.
        let mut candidates: Vec<u32> = Vec::new();
        for entity in names.entities() {
            let mut last: Vec<u32> = Vec::new();
            for link in older(*entity) {
                let spoke = self.names[link.article as usize].is_some_and(|names| names.has(*entity));
                if let Some(thread) = self.thread_of[link.article as usize].filter(|_| spoke)
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
            return false;
        }
        self.names[i] = Some(names);
        if heard.len() >= FOUNDERS && heard[..FOUNDERS].contains(&piece) {
            let founders: Vec<Names> =
                heard[..FOUNDERS].iter().filter_map(|piece| self.names[*piece as usize]).collect();
            return telling(&founders) == self.threads[number as usize].1;
        }
        true
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
