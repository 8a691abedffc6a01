//! The threads of the last run and what became of a few pieces enter; the threads that follow from them leave.
//!
//! A later piece looks only at the names, days and topics of the few pieces that last had its names, and of those that these
//! went on from, not at how much each name weighed. So an edit can move only the piece itself, its later versions, and the
//! next few pieces with a name of it or of one that went on from it, or those that find a name or the archive larger or smaller
//! than before. For each of these, from the oldest on, the choice is made again as it was made, from the earlier pieces, which
//! stand by then.

use std::cmp::Reverse;

use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        carried::day_number,
        memory::NONE,
        threads::{
            FOUNDERS, KEPT, LINE, Names, PIECES, SILENCE,
            line::Asks,
            original,
            stir::{Open, Stir, Tagged, grown, newer, noticed, older},
            telling, weighed,
        },
    },
    model::site::Site,
};

/// In the place of a piece that is gone.
const GONE: u32 = NONE - 1;

/// What a run leaves.
pub struct Kept {
    /// By article: its names, where it was compared with others.
    pub(super) names: Vec<Option<Names>>,
    /// By article: the one that it goes on from; [`NONE`] where it begins a thread or was not compared.
    pub(super) parents: Vec<u32>,
    /// By article: its thread.
    pub(super) thread_of: Vec<Option<u32>>,
    /// Those that all pieces have left are empty.
    pub(super) threads: Vec<Slot>,
    /// By entity: whether it is a country.
    pub(super) countries: Vec<bool>,
}

/// A thread.
#[derive(Default)]
pub struct Slot {
    /// Oldest first.
    pub pieces: Vec<u32>,
    /// The names that settled its title.
    pub title: Vec<u32>,
    /// Its place among the stories that were found.
    pub story: Option<u32>,
}

/// So many choices at most, and a quarter of all, are made again, and so many pieces looked at: from there on it is faster to
/// make all anew.
const MANY: (usize, usize) = (5000, 50_000);

/// What a piece does.
enum Choice {
    /// Nothing: it has no date, or a story.
    Nothing,
    /// Goes where the first version went.
    Follows(u32),
    GoesOn(u32, Names),
    Founds(Names),
}

impl Kept {
    pub(super) fn new(count: usize, countries: Vec<bool>) -> Kept {
        Kept {
            names: vec![None; count],
            parents: vec![NONE; count],
            thread_of: vec![None; count],
            threads: Vec::new(),
            countries,
        }
    }

    /// Begins a thread.
    pub(super) fn begun(&mut self) -> u32 {
        self.threads.push(Slot::default());
        self.threads.len() as u32 - 1
    }

    /// Puts a piece behind all of a thread.
    pub(super) fn put(&mut self, piece: u32, thread: u32) {
        self.thread_of[piece as usize] = Some(thread);
        self.threads[thread as usize].pieces.push(piece);
    }

    /// Gives all threads their titles.
    pub(super) fn titled(&mut self) {
        let titles: Vec<Vec<u32>> = (0..self.threads.len() as u32).map(|number| self.title(number)).collect();
        self.threads.iter_mut().zip(titles).for_each(|(slot, title)| slot.title = title);
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
        let mut new = Kept::new(count, Vec::new());
        for (old, to) in moves.iter().enumerate().filter(|(_, to)| **to != NONE) {
            let to = *to as usize;
            (new.names[to], new.thread_of[to]) = (self.names[old], self.thread_of[old]);
            new.parents[to] = match self.parents[old] {
                from @ (NONE | GONE) => from,
                from => Some(moves[from as usize]).filter(|from| *from != NONE).unwrap_or(GONE),
            };
        }
        (self.names, self.parents, self.thread_of) = (new.names, new.parents, new.thread_of);
        let to = |piece: &mut u32| *piece = moves[*piece as usize];
        self.threads.par_iter_mut().for_each(|slot| slot.pieces.iter_mut().for_each(to));
    }

    /// Takes a piece of this day out of its thread.
    pub fn leave(&mut self, site: &Site, piece: u32, day: Option<i32>, stir: &mut Stir) {
        self.parents[piece as usize] = NONE;
        let names = self.names[piece as usize].take();
        let Some(number) = self.thread_of[piece as usize].take() else { return };
        let mut open = Open::new();
        for entity in names.as_ref().map_or(&[][..], Names::entities) {
            self.lookers(site, (piece, day), *entity, |later| open.push((later, NONE)));
        }
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
        let (mut chosen, mut last) = (None, None);
        let (mut made, mut looked, count) = (0, 0, site.articles.len());
        while let Some((piece, other)) = open.pop() {
            // One that is looked at twice chooses the same the second time.
            if chosen == Some(piece) || last == Some((piece, other)) {
                continue;
            }
            last = Some((piece, other));
            looked += 1;
            if other != NONE && !self.concerns(site, other, piece) {
                continue;
            }
            chosen = Some(piece);
            made += 1;
            if made > MANY.0.min(count / 4) || looked > MANY.1.min(8 * count) {
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
        let (old, parent, was) = (self.names[i], self.parents[i], self.thread_of[i]);
        let (names, from, now) = match self.choice(site, piece) {
            Choice::Nothing => (None, NONE, None),
            Choice::Follows(thread) => (None, NONE, Some(thread)),
            Choice::GoesOn(from, names) => (Some(names), from, self.thread_of[from as usize]),
            Choice::Founds(names) => {
                let own = was.filter(|number| self.pieces(*number).first() == Some(&piece));
                (Some(names), NONE, own.or_else(|| Some(self.begun())))
            }
        };
        (self.names[i], self.parents[i]) = (names, from);
        if was != now {
            self.moves(site, piece, now, stir);
            let group = site.articles[i].versions.map(|group| &site.versions[group as usize]);
            let later = group.into_iter().flatten().copied();
            let later = later.filter(|other| *other < piece && original(site, *other) == Some(piece));
            open.extend(later.map(|other| (other, NONE)));
        }
        if let Some(number) = now.filter(|number| self.title(*number) != self.threads[*number as usize].title)
        {
            stir.threads.insert(number);
        }
        let entities = |names: &Option<Names>| names.map_or(Vec::new(), |names| names.entities().to_vec());
        let (before, after) = (entities(&old), entities(&names));
        if old.is_some() == names.is_some() && before == after && parent == from {
            return;
        }
        let day = day_number(&site.articles[i].article);
        let alone = |a: &[u32], b: &[u32]| -> Vec<u32> {
            a.iter().copied().filter(|entity| !b.contains(entity)).collect()
        };
        // Others come to be, or no longer are, among those that last had such a name.
        for entity in [alone(&before, &after), alone(&after, &before)].concat() {
            self.lookers(site, (piece, day), entity, |later| open.push((later, NONE)));
        }
        if names.is_some() {
            self.stirs(site, piece, open);
        }
    }

    /// Moves a piece to another thread, and with it all that went on from it, where it still is one to go on from.
    fn moves(&mut self, site: &Site, piece: u32, to: Option<u32>, stir: &mut Stir) {
        let mut going = vec![piece];
        if let Some(number) = self.thread_of[piece as usize] {
            let pieces = self.pieces(number);
            if self.names[piece as usize].is_some() {
                for other in &pieces[pieces.partition_point(|other| *other >= piece)..] {
                    let heard = self.names[*other as usize].is_some();
                    let from = if heard {
                        self.parents[*other as usize]
                    } else {
                        original(site, *other).unwrap_or(NONE)
                    };
                    if going.contains(&from) {
                        going.push(*other);
                    }
                }
            }
            self.threads[number as usize].pieces.retain(|other| !going.contains(other));
            stir.threads.insert(number);
        }
        going.iter().for_each(|other| self.thread_of[*other as usize] = to);
        if let Some(number) = to {
            let pieces = &mut self.threads[number as usize].pieces;
            pieces.extend(&going);
            pieces.sort_unstable_by_key(|other| Reverse(*other));
            stir.threads.insert(number);
        }
        stir.pieces.extend(going);
    }

    /// Whether a piece, of which nothing else has changed, may go on from an earlier one whose line has, or no longer.
    fn concerns(&self, site: &Site, other: u32, piece: u32) -> bool {
        let i = piece as usize;
        let entry = &site.articles[i];
        let (Some(names), Some(day)) = (&self.names[i], day_number(&entry.article)) else { return false };
        let parent = self.parents[i];
        if parent == other || parent == GONE {
            return true;
        }
        let asks = Asks::new(names, entry, day);
        let Some(share) = self.share(site, &asks, other) else { return false };
        let own = (parent != NONE).then(|| self.share(site, &asks, parent)).flatten();
        own.is_none_or(|own| share > own || (share >= own && other < parent))
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
        // Those that last had its names.
        let mut candidates: Vec<u32> = Vec::new();
        for entity in names.entities() {
            let older = older(site, *entity, piece).iter().map(|link| link.article);
            candidates.extend(older.filter(|other| self.spoke(*other, *entity)).take(KEPT));
        }
        candidates.sort_unstable();
        candidates.dedup();
        match self.best(site, &Asks::new(&names, entry, day), &candidates) {
            Some(from) => Choice::GoesOn(from, names),
            None => Choice::Founds(names),
        }
    }

    /// The names that tell most of the first pieces of a thread, once there are enough of them.
    fn title(&self, number: u32) -> Vec<u32> {
        let founders: Vec<Names> =
            self.heard(number).take(FOUNDERS).filter_map(|piece| self.names[piece as usize]).collect();
        if founders.len() == FOUNDERS { telling(&founders) } else { Vec::new() }
    }

    /// Whether a piece that was compared has a name.
    fn spoke(&self, piece: u32, entity: u32) -> bool {
        self.names[piece as usize].is_some_and(|names| names.has(entity))
    }

    /// The later pieces with a name that look at a piece of this day for it.
    fn lookers(
        &self,
        site: &Site,
        (piece, day): (u32, Option<i32>),
        entity: u32,
        mut found: impl FnMut(u32),
    ) {
        let silent = |later: u32| {
            let later = day_number(&site.articles[later as usize].article);
            later.zip(day).is_some_and(|(later, day)| later - day > SILENCE)
        };
        let later = newer(site, entity, piece).filter(|later| self.spoke(*later, entity));
        later.take(KEPT).take_while(|later| !silent(*later)).for_each(&mut found);
    }

    /// The later pieces that look at one whose line has changed: at a piece, or at one that went on from it.
    fn stirs(&self, site: &Site, piece: u32, open: &mut Open) {
        let mut steps: FxHashMap<u32, usize> = FxHashMap::default();
        steps.insert(piece, 0);
        let pieces = self.thread_of[piece as usize].map_or(&[][..], |number| self.pieces(number));
        for other in &pieces[pieces.partition_point(|other| *other > piece)..] {
            let before = steps.get(&self.parents[*other as usize]);
            if let Some(step) = before.map(|step| step + 1).filter(|step| *step < LINE) {
                steps.insert(*other, step);
            }
            let names = self.names[*other as usize].filter(|_| steps.contains_key(other));
            let day = day_number(&site.articles[*other as usize].article);
            for entity in names.as_ref().map_or(&[][..], Names::entities) {
                self.lookers(site, (*other, day), *entity, |later| open.push((later, *other)));
            }
        }
    }

    /// The later pieces that the topics of a piece may move: those under one that came or went.
    fn readers(&self, site: &Site, tagged: &Tagged, open: &mut Open) {
        let names = self.names[tagged.piece as usize];
        let day = day_number(&site.articles[tagged.piece as usize].article);
        for entity in names.as_ref().map_or(&[][..], Names::entities) {
            self.lookers(site, (tagged.piece, day), *entity, |later| {
                let first = site.articles[later as usize].topics.first();
                if first.is_some_and(|first| tagged.topics.contains(first)) {
                    open.push((later, tagged.piece));
                }
            });
        }
    }

    /// The pieces of a thread that were compared, oldest first.
    fn heard(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        let pieces = self.pieces(number).iter().copied();
        pieces.filter(|piece| self.names[*piece as usize].is_some())
    }
}
