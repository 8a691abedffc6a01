//! The threads of the last run and what became of a few pieces enter; the threads that follow from them leave.
//!
//! A later piece looks only at which names, days and topics the earlier ones had, not at how much each name weighed. So an
//! edit can move only the piece itself, its later versions, and later pieces that share a name with it or with the threads
//! that it left and joined, look at its topics, or find a name or the archive larger or smaller than before. For each of
//! these, from the oldest on, the choice is made again as it was made, from the earlier pieces, which stand by then.

use std::cmp::Reverse;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::{
    assemble::{
        carried::day_number,
        memory::NONE,
        threads::{
            FOUNDERS, KEPT, Names, PIECES, RECENT, SILENCE, Thread, best, original,
            stir::{Open, Stir, Tagged, grown, newer, noticed, older},
            telling, weighed,
        },
    },
    model::site::Site,
};

/// What a run leaves.
pub struct Kept {
    /// By article: its names, where it was compared with others.
    pub(super) names: Vec<Option<Names>>,
    /// By article: its thread.
    pub(super) thread_of: Vec<Option<u32>>,
    /// Those that all pieces have left are empty.
    pub(super) threads: Vec<Slot>,
    /// By entity: whether it is a country.
    pub(super) countries: Vec<bool>,
}

/// A thread.
pub struct Slot {
    /// Oldest first.
    pub pieces: Vec<u32>,
    /// The names that settled its title.
    pub title: Vec<u32>,
    /// Its place among the stories that were found.
    pub story: Option<u32>,
}

/// So many choices at most, and an eighth of all, are made again, and so many pieces looked at: from there on it is faster to
/// make all anew.
const MANY: (usize, usize) = (300, 3000);

/// What a piece does.
enum Choice {
    /// Nothing: it has no date, or a story.
    Nothing,
    /// Goes where the first version went.
    Follows(u32),
    Joins(u32, Names),
    Founds(Names),
}

impl Kept {
    pub(super) fn new(threads: Vec<Thread>, names: Vec<Option<Names>>, countries: Vec<bool>) -> Kept {
        let mut thread_of = vec![None; names.len()];
        for (number, thread) in (0..).zip(&threads) {
            thread.pieces.iter().for_each(|piece| thread_of[*piece as usize] = Some(number));
        }
        let slot = |thread: Thread| Slot { pieces: thread.pieces, title: thread.title, story: None };
        Kept { names, thread_of, threads: threads.into_iter().map(slot).collect(), countries }
    }

    /// Takes over the stories of threads that are as they were: nothing was done to them, and they have the same pieces.
    pub(super) fn take_over(&mut self, kept: &Kept, stir: &Stir) {
        for slot in self.threads.iter_mut().filter(|slot| slot.pieces.len() >= PIECES) {
            let old = slot.pieces.first().and_then(|first| kept.thread_of[*first as usize]);
            let old = old.filter(|number| !stir.threads.contains(number));
            let old = old.map(|number| &kept.threads[number as usize]);
            let same = old.filter(|old| old.pieces == slot.pieces && old.title == slot.title);
            slot.story = same.and_then(|old| old.story);
        }
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
        self.threads.par_iter_mut().for_each(|slot| slot.title.iter_mut().for_each(to));
        let mut stay = moves.iter().map(|to| *to != NONE);
        self.countries.retain(|_| stay.next().unwrap_or(true));
    }

    /// Moves the indices of pieces, of which there are `count` then. Those that go must have left.
    pub fn renumber_pieces(&mut self, moves: &[u32], count: usize) {
        let (mut names, mut thread_of) = (vec![None; count], vec![None; count]);
        for (old, new) in moves.iter().enumerate().filter(|(_, new)| **new != NONE) {
            (names[*new as usize], thread_of[*new as usize]) = (self.names[old], self.thread_of[old]);
        }
        (self.names, self.thread_of) = (names, thread_of);
        let to = |piece: &mut u32| *piece = moves[*piece as usize];
        self.threads.par_iter_mut().for_each(|slot| slot.pieces.iter_mut().for_each(to));
    }

    /// Takes a piece of this day out of its thread.
    pub fn leave(&mut self, site: &Site, piece: u32, day: Option<i32>, stir: &mut Stir) {
        let names = self.names[piece as usize].take();
        let Some(number) = self.thread_of[piece as usize].take() else { return };
        let names = names.as_ref().map_or(&[][..], Names::entities);
        let mut open = Open::new();
        self.stirs(site, number, (piece, day), names, &mut open);
        stir.open.extend(open);
        self.threads[number as usize].pieces.retain(|other| *other != piece);
        stir.threads.insert(number);
    }

    /// The threads that have pieces, those that began first at the front.
    pub(super) fn in_order(&self) -> Vec<u32> {
        let first = |number: &u32| self.threads[*number as usize].pieces.first().copied();
        let mut all: Vec<u32> =
            (0..self.threads.len() as u32).filter(|number| first(number).is_some()).collect();
        all.sort_unstable_by_key(|number| Reverse(first(number)));
        all
    }

    /// The pieces of a thread.
    pub fn pieces(&self, thread: u32) -> &[u32] {
        &self.threads[thread as usize].pieces
    }

    /// Makes the choices again that may have changed, and says whether these are all. `site` has the pieces, their entities,
    /// topics and versions after the edits.
    pub fn again(&mut self, site: &Site, stir: &mut Stir) -> bool {
        let mut open: Open = stir.open.iter().copied().collect();
        noticed(site, &stir.moved, &mut open);
        grown(site, stir, &mut open);
        let mut last = None;
        let (mut made, mut looked, count) = (0, 0, site.articles.len());
        while let Some((piece, thread)) = open.pop() {
            // One that is looked at twice chooses the same the second time.
            if last == Some(piece) {
                continue;
            }
            looked += 1;
            if thread != NONE && !self.concerns(site, thread, piece) {
                continue;
            }
            last = Some(piece);
            made += 1;
            if made > MANY.0.min(count / 8) || looked > MANY.1.min(count) {
                return false;
            }
            self.settle(site, piece, stir, &mut open);
            for tagged in stir.tagged.iter().filter(|tagged| tagged.piece == piece) {
                self.readers(site, tagged, &mut open);
            }
        }
        for number in stir.threads.iter().copied() {
            self.threads[number as usize].title = self.title(number);
        }
        true
    }

    /// Makes the choice of a piece again, and moves it where it is another.
    fn settle(&mut self, site: &Site, piece: u32, stir: &mut Stir, open: &mut Open) {
        let i = piece as usize;
        let (old, was) = (self.names[i], self.thread_of[i]);
        let (names, now) = match self.choice(site, piece) {
            Choice::Nothing => (None, None),
            Choice::Follows(thread) => (None, Some(thread)),
            Choice::Joins(thread, names) => (Some(names), Some(thread)),
            Choice::Founds(names) => {
                let own = was.filter(|number| self.pieces(*number).first() == Some(&piece));
                (Some(names), own.or(Some(self.threads.len() as u32)))
            }
        };
        if was == now && old.is_some() == names.is_some() {
            self.names[i] = names;
            let (Some(old), Some(names), Some(number)) = (old, names, now) else { return };
            let alone = |a: &Names, b: &Names| -> Vec<u32> {
                a.entities().iter().copied().filter(|entity| !b.has(*entity)).collect()
            };
            for entity in [alone(&names, &old), alone(&old, &names)].concat() {
                self.listeners(site, piece, entity, open);
            }
            if self.heard(number).take(FOUNDERS).any(|other| other == piece)
                && self.title(number) != self.threads[number as usize].title
            {
                stir.threads.insert(number);
            }
            return;
        }
        let day = day_number(&site.articles[i].article);
        let entities =
            |names: &Option<Names>| names.map(|names| names.entities().to_vec()).unwrap_or_default();
        if let Some(number) = was {
            self.stirs(site, number, (piece, day), &entities(&old), open);
            self.threads[number as usize].pieces.retain(|other| *other != piece);
            stir.threads.insert(number);
        }
        (self.names[i], self.thread_of[i]) = (names, now);
        if let Some(number) = now {
            if number as usize == self.threads.len() {
                self.threads.push(Slot { pieces: Vec::new(), title: Vec::new(), story: None });
            }
            let pieces = &mut self.threads[number as usize].pieces;
            pieces.insert(pieces.partition_point(|other| *other > piece), piece);
            self.stirs(site, number, (piece, day), &entities(&names), open);
            stir.threads.insert(number);
        }
        stir.pieces.push(piece);
        let group = site.articles[i].versions.map(|group| &site.versions[group as usize]);
        let later = group.into_iter().flatten().copied();
        let later = later.filter(|other| *other < piece && original(site, *other) == Some(piece));
        open.extend(later.map(|other| (other, NONE)));
    }

    /// Whether a piece, of which nothing else has changed, may leave or join a thread that has.
    fn concerns(&self, site: &Site, number: u32, piece: u32) -> bool {
        let i = piece as usize;
        if self.thread_of[i] == Some(number) {
            return true;
        }
        let entry = &site.articles[i];
        let (Some(names), Some(day)) = (&self.names[i], day_number(&entry.article)) else { return false };
        let before = self.before(site, number, piece).filter(|before| day - before.day <= SILENCE);
        before.is_some_and(|before| {
            let silent = |_| day - before.day;
            best(&[&before.thread], &[0], names, &entry.topics, silent, &self.countries).is_some()
        })
    }

    /// The choice of a piece, as the earlier ones stand.
    fn choice(&self, site: &Site, piece: u32) -> Choice {
        let i = piece as usize;
        let entry = &site.articles[i];
        let Some(day) = day_number(&entry.article) else { return Choice::Nothing };
        if entry.article.story.is_some() {
            return Choice::Nothing;
        }
        if let Some(thread) = original(site, piece).and_then(|first| self.thread_of[first as usize]) {
            return Choice::Follows(thread);
        }
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
        let before = candidates.into_iter().filter_map(|candidate| self.before(site, candidate, piece));
        let mut then: Vec<Before> = before.filter(|before| day - before.day <= SILENCE).collect();
        then.sort_unstable_by_key(|before| Reverse(before.last));
        let numbers: Vec<u32> = (0..then.len() as u32).collect();
        let silent = |at: u32| day - then[at as usize].day;
        let threads: Vec<&Thread> = then.iter().map(|before| &before.thread).collect();
        match best(&threads, &numbers, &names, &entry.topics, silent, &self.countries) {
            Some(at) => Choice::Joins(then[at as usize].number, names),
            None => Choice::Founds(names),
        }
    }

    /// The names that tell most of the first pieces of a thread, once there are enough of them.
    fn title(&self, number: u32) -> Vec<u32> {
        let founders: Vec<Names> =
            self.heard(number).take(FOUNDERS).filter_map(|piece| self.names[piece as usize]).collect();
        if founders.len() == FOUNDERS { telling(&founders) } else { Vec::new() }
    }

    /// The thread of a piece that spoke of a name.
    fn spoke(&self, piece: u32, entity: u32) -> Option<u32> {
        let names = self.names[piece as usize]?;
        self.thread_of[piece as usize].filter(|_| names.has(entity))
    }

    /// The later pieces that may choose otherwise where a thread has a piece with these names, or has it no longer: those
    /// with a name of the pieces around it, as long as these are among the last of the thread, and those with a name of the
    /// piece, as long as the thread may be among those that last spoke of it.
    fn stirs(
        &self,
        site: &Site,
        number: u32,
        (piece, day): (u32, Option<i32>),
        own: &[u32],
        open: &mut Open,
    ) {
        let older = self.heard_before(number, piece).take(RECENT);
        let around = older.chain(self.heard_after(number, piece).take(RECENT));
        let around = around.filter_map(|other| self.names[other as usize]);
        let mut entities: Vec<u32> = around.flat_map(|names| names.entities().to_vec()).collect();
        entities.extend(own);
        entities.sort_unstable();
        entities.dedup();
        for entity in entities {
            self.hearers(site, number, (piece, day), entity, own.contains(&entity), open);
        }
    }

    /// The later pieces that a name may move which came to a piece of a thread or left it.
    fn listeners(&self, site: &Site, piece: u32, entity: u32, open: &mut Open) {
        let Some(number) = self.thread_of[piece as usize] else { return };
        let day = day_number(&site.articles[piece as usize].article);
        self.hearers(site, number, (piece, day), entity, true, open);
    }

    /// The later pieces with a name that look at a thread as it stood after a piece. `own`: it is a name of that piece.
    fn hearers(
        &self,
        site: &Site,
        number: u32,
        (piece, day): (u32, Option<i32>),
        entity: u32,
        own: bool,
        open: &mut Open,
    ) {
        let next = self.heard_after(number, piece).nth(RECENT - 1);
        let mut others: Vec<u32> = Vec::new();
        for later in newer(site, entity, piece) {
            let over = || next.is_some_and(|next| later < next) || self.silent(site, number, later, day);
            if (!own || others.len() == KEPT) && over() {
                return;
            }
            let Some(thread) = self.spoke(later, entity) else { continue };
            // Others than the thread move with it among those that last spoke of a name of the piece.
            open.push((later, if own { NONE } else { number }));
            if thread != number && others.len() < KEPT && !others.contains(&thread) {
                others.push(thread);
            }
        }
    }

    /// The later pieces that the topics of a piece may move: those under one that came or went, with a name of its thread,
    /// up to the thread's next piece.
    fn readers(&self, site: &Site, tagged: &Tagged, open: &mut Open) {
        let Some(number) = self.thread_of[tagged.piece as usize] else { return };
        let day = day_number(&site.articles[tagged.piece as usize].article);
        let next = self.heard_after(number, tagged.piece).next().unwrap_or(0);
        let recent =
            std::iter::once(tagged.piece).chain(self.heard_before(number, tagged.piece)).take(RECENT);
        let names: FxHashSet<u32> = recent
            .filter_map(|other| self.names[other as usize])
            .flat_map(|n| n.entities().to_vec())
            .collect();
        for entity in names {
            for later in newer(site, entity, tagged.piece).take_while(|later| *later >= next) {
                if self.silent(site, number, later, day) {
                    break;
                }
                let first = site.articles[later as usize].topics.first();
                if first.is_some_and(|first| tagged.topics.contains(first)) {
                    open.push((later, number));
                }
            }
        }
    }

    /// Whether a thread, which had a piece on this day, took nothing more by the time of another piece.
    fn silent(&self, site: &Site, number: u32, piece: u32, had: Option<i32>) -> bool {
        let day = |piece: u32| day_number(&site.articles[piece as usize].article);
        let last = self.older(number, piece).last().and_then(|last| day(*last));
        match (last.max(had), day(piece)) {
            (Some(last), Some(day)) => day - last > SILENCE,
            _ => false,
        }
    }

    /// The pieces of a thread that were compared, oldest first.
    fn heard(&self, number: u32) -> impl DoubleEndedIterator<Item = u32> + '_ {
        let pieces = self.pieces(number).iter().copied();
        pieces.filter(|piece| self.names[*piece as usize].is_some())
    }

    /// The pieces of a thread that are older than a piece.
    fn older(&self, number: u32, piece: u32) -> &[u32] {
        let pieces = self.pieces(number);
        &pieces[..pieces.partition_point(|other| *other > piece)]
    }

    /// Those that were compared, the newest first.
    fn heard_before(&self, number: u32, piece: u32) -> impl Iterator<Item = u32> + '_ {
        let older = self.older(number, piece).iter().rev().copied();
        older.filter(|other| self.names[*other as usize].is_some())
    }

    /// The newer ones that were compared, the oldest first.
    fn heard_after(&self, number: u32, piece: u32) -> impl Iterator<Item = u32> + '_ {
        let pieces = self.pieces(number);
        let newer = pieces[pieces.partition_point(|other| *other >= piece)..].iter().copied();
        newer.filter(|other| self.names[*other as usize].is_some())
    }

    /// A thread as it stood when a piece came; `None` where it did not exist.
    fn before(&self, site: &Site, number: u32, piece: u32) -> Option<Before> {
        let last = *self.older(number, piece).last()?;
        let day = day_number(&site.articles[last as usize].article)?;
        let mut thread = Thread::default();
        for other in self.heard_before(number, piece).take(RECENT) {
            if thread.recent.is_empty() {
                thread.topics.clone_from(&site.articles[other as usize].topics);
            }
            thread.recent.push(self.names[other as usize]?);
        }
        thread.recent.reverse();
        thread.mark();
        Some(Before { number, thread, day, last })
    }
}

/// A thread as it stood.
struct Before {
    number: u32,
    thread: Thread,
    /// Of its last piece, and that piece.
    day: i32,
    last: u32,
}
