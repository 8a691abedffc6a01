//! A piece and the earlier ones that it may go on from enter; the one that it goes on from leaves.
//!
//! The line of a piece is that piece, the one that it went on from, and so on: what the matter was about when it came.

use crate::{
    assemble::{
        carried::day_number,
        threads::{ENOUGH, Kept, LINE, Names, SILENCE, TOPIC},
    },
    model::site::{Entry, Site},
};

/// Words of the bits of a line's names.
const WORDS: usize = 16;

/// A bit for every name of a line, which few others share.
pub type Mask = [u64; WORDS];

/// What a piece looks for in earlier ones.
pub struct Asks<'a> {
    names: &'a Names,
    /// The sum of their weights.
    whole: f32,
    /// Its first topic.
    topic: Option<u32>,
    /// Its day, counted from a fixed one.
    day: i32,
}

impl<'a> Asks<'a> {
    pub fn new(names: &'a Names, entry: &Entry, day: i32) -> Asks<'a> {
        let whole = names.iter().map(|(_, weight)| weight).sum();
        Asks { names, whole, topic: entry.topics.first().copied(), day }
    }

    /// A weight as a share of the whole.
    fn share(&self, weight: f32) -> f32 {
        weight / self.whole.max(f32::EPSILON)
    }
}

/// Pieces, the newest first.
#[derive(Default)]
pub struct Line {
    pieces: [u32; LINE],
    len: usize,
}

impl Line {
    /// The names of its pieces; `all` has those of every piece.
    pub fn names<'a>(&self, all: &'a [Option<Names>]) -> impl Iterator<Item = &'a Names> {
        self.pieces[..self.len].iter().filter_map(|piece| all[*piece as usize].as_ref())
    }
}

/// The bits of some names.
pub fn mask<'a>(all: impl Iterator<Item = &'a Names>) -> Mask {
    let mut mask = Mask::default();
    for entity in all.flat_map(Names::entities) {
        mask[*entity as usize / 64 % WORDS] |= 1 << (entity % 64);
    }
    mask
}

/// Whether a line with these bits may have enough of the names: seldom must one be looked into.
pub fn may_hold(mask: &Mask, asks: &Asks<'_>) -> bool {
    let has = |entity: u32| mask[entity as usize / 64 % WORDS] >> (entity % 64) & 1 == 1;
    let held: f32 = asks.names.iter().filter(|(entity, _)| has(*entity)).map(|(_, weight)| weight).sum();
    asks.share(held) + TOPIC >= ENOUGH
}

impl Kept {
    /// The line of a piece.
    pub(super) fn line(&self, piece: u32) -> Line {
        let mut line = Line::default();
        let mut at = piece;
        while line.len < LINE && self.names.get(at as usize).is_some_and(Option::is_some) {
            line.pieces[line.len] = at;
            line.len += 1;
            at = self.parents[at as usize];
        }
        line
    }

    /// How much of a piece's names the line of an earlier one has, where that is enough to go on from it.
    pub(super) fn share(&self, site: &Site, asks: &Asks<'_>, piece: u32) -> Option<f32> {
        let entry = &site.articles[piece as usize];
        let silent = asks.day - day_number(&entry.article)?;
        if silent > SILENCE {
            return None;
        }
        let line = self.line(piece);
        let (mut shared, mut common) = (0.0, 0);
        for (entity, weight) in asks.names.iter() {
            let times = line.names(&self.names).filter(|names| names.has(entity)).count();
            if times > 0 {
                shared += weight * (times as f32 / line.len as f32).sqrt();
                common += usize::from(!self.countries[entity as usize]);
            }
        }
        // The longer the silence, the more there must be in common.
        let wanted = ENOUGH * (1.0 + silent as f32 / SILENCE as f32 * 0.5);
        let topic = asks.topic.is_some_and(|topic| entry.topics.contains(&topic));
        let share = asks.share(shared) + if topic { TOPIC } else { 0.0 };
        let enough = share >= wanted && (common >= 2 || (common == 1 && topic));
        enough.then_some(share)
    }

    /// The piece that one goes on from, if one of the candidates has enough of its names: of equals the newest. They stand
    /// in the order of the site, the newest first.
    pub(super) fn best(&self, site: &Site, asks: &Asks<'_>, candidates: &[u32]) -> Option<u32> {
        let mut best: Option<(f32, u32)> = None;
        for piece in candidates.iter().copied() {
            if let Some(share) = self.share(site, asks, piece)
                && best.is_none_or(|(most, _)| share > most)
            {
                best = Some((share, piece));
            }
        }
        best.map(|(_, piece)| piece)
    }
}
