//! What a few edits do to the pieces of threads, and which pieces look for their threads again for it.

use std::collections::BinaryHeap;

use rustc_hash::FxHashSet;

use crate::{
    assemble::{
        memory::NONE,
        threads::{roughly, rounded},
    },
    model::site::{Backlink, Site},
};

/// Pieces that are looked at, the oldest, which stand last in the site, first: each because of a thread that it may join or
/// leave, or ([`NONE`]) for whatever reason.
pub type Open = BinaryHeap<(u32, u32)>;

/// An entity that an edited piece names and did not, or the other way round.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub entity: u32,
    /// Of a piece that went, the place of the next older one.
    pub piece: u32,
    pub came: bool,
}

/// An edited piece whose topics are others than before: those that came or went.
#[derive(Clone, Debug)]
pub struct Tagged {
    pub piece: u32,
    pub topics: Vec<u32>,
}

/// What became of the pieces.
#[derive(Default)]
pub struct Stir {
    pub moved: Vec<Moved>,
    pub tagged: Vec<Tagged>,
    /// Pieces that are looked at again, each because of a thread or ([`NONE`]) for whatever reason.
    pub open: Vec<(u32, u32)>,
    /// The pieces that came, and the places of the next older ones of those that went.
    pub came: Vec<u32>,
    pub went: Vec<u32>,
    /// Threads that others than before belong to, or that have another title.
    pub threads: FxHashSet<u32>,
    /// The pieces that are in another thread than before.
    pub pieces: Vec<u32>,
}

impl Stir {
    /// What is older than this piece is as it was.
    pub fn oldest(&self) -> u32 {
        let open = self.open.iter().map(|(piece, _)| *piece);
        let moved = self.moved.iter().map(|moved| moved.piece);
        open.chain(moved).chain(self.came.iter().chain(&self.went).copied()).max().unwrap_or(0)
    }
}

/// Where an entity stands in older pieces, the newest first.
pub fn older(site: &Site, entity: u32, piece: u32) -> &[Backlink] {
    let links = &site.entities[entity as usize].articles;
    &links[links.partition_point(|link| link.article <= piece)..]
}

/// The newer pieces with an entity, the oldest first.
pub fn newer(site: &Site, entity: u32, piece: u32) -> impl Iterator<Item = u32> + '_ {
    let links = &site.entities[entity as usize].articles;
    links[..links.partition_point(|link| link.article < piece)].iter().rev().map(|link| link.article)
}

/// The pieces for which an entity counts as seen more or less often than before some moved.
pub fn noticed(site: &Site, moved: &[Moved], open: &mut Open) {
    let mut moved: Vec<&Moved> = moved.iter().collect();
    moved.sort_by_key(|moved| moved.entity);
    for of in moved.chunk_by(|a, b| a.entity == b.entity) {
        let links = &site.entities[of[0].entity as usize].articles;
        let oldest = of.iter().map(|moved| moved.piece).max().unwrap_or(0);
        // Newest first: a piece at `p` has all behind it as older ones.
        let later = links.partition_point(|link| link.article < oldest);
        open.extend((0..later).filter_map(|p| {
            let (piece, seen) = (links[p].article, (links.len() - 1 - p) as u32);
            let older = of.iter().filter(|moved| moved.piece > piece);
            let more: i64 = older.map(|moved| if moved.came { 1 } else { -1 }).sum();
            let before = u32::try_from(i64::from(seen) - more).unwrap_or(0);
            (rounded(seen) != rounded(before)).then_some((piece, NONE))
        }));
    }
}

/// The pieces for which the archive counts as larger or smaller than before some came and went.
pub fn grown(site: &Site, stir: &Stir, open: &mut Open) {
    let Some(oldest) = stir.came.iter().chain(&stir.went).copied().max() else { return };
    let count = site.articles.len() as u32;
    let grown = (0..oldest.min(count)).filter(|piece| {
        let older = |pieces: &[u32]| pieces.iter().filter(|other| **other > *piece).count() as i64;
        let before = count - 1 - piece;
        let then = u32::try_from(i64::from(before) - older(&stir.came) + older(&stir.went)).unwrap_or(0);
        roughly(before) != roughly(then)
    });
    open.extend(grown.map(|piece| (piece, NONE)));
}
