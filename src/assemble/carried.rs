//! Near-duplicates and successive versions of one wire story: pieces of a few days that share most of their words.
//!
//! Each piece is compared with the latest earlier piece under each of sixteen keys of its signature, never with all.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::memory::{FEW, NONE},
    model::{Annotation, Article, site::Site},
    text::shingle::{keys, resemblance},
};

/// Versions follow each other within so many days.
const DAYS: i32 = 4;
/// Share of common shingles from which on two pieces are versions of each other.
const ALIKE: f32 = 0.42;
/// The same for a piece that another contains and goes on from: of both, and of the shorter.
const WITHIN: (f32, f32) = (0.2, 0.62);

/// What was compared in the last run.
#[derive(Default)]
pub struct Compared {
    /// By index of the article.
    pieces: Vec<Shape>,
    /// Articles by the keys of their signatures, the newest first.
    by_key: FxHashMap<u64, Vec<u32>>,
    /// The earlier version of each article.
    before: Vec<Option<u32>>,
}

/// What of an article is compared.
#[derive(Clone)]
struct Shape {
    annotation: Arc<Annotation>,
    words: u32,
    day: Option<i32>,
}

/// Fills `site.versions` and `Entry::versions`; of what was compared before only what has changed is compared again.
pub fn carried(site: &mut Site, compared: &mut Compared) {
    let pieces: Vec<Shape> = site
        .articles
        .iter()
        .map(|entry| Shape {
            annotation: entry.annotation.clone(),
            words: entry.words,
            day: day_number(&entry.article),
        })
        .collect();
    match Moves::between(&compared.pieces, &pieces) {
        Some(moves) => compared.again(pieces, &moves),
        None => *compared = Compared::new(pieces),
    }
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut group_of: Vec<Option<u32>> = vec![None; site.articles.len()];
    // Oldest first.
    for i in (0..site.articles.len()).rev() {
        let Some(before) = compared.before[i] else { continue };
        let group = *group_of[before as usize].get_or_insert_with(|| {
            groups.push(vec![before]);
            groups.len() as u32 - 1
        });
        groups[group as usize].push(i as u32);
        group_of[i] = Some(group);
    }
    for (entry, group) in site.articles.iter_mut().zip(group_of) {
        entry.versions = group;
    }
    site.versions = groups;
}

/// Where the articles of the last run stand in this one.
struct Moves {
    /// By old index: the new one, or [`NONE`] of those that went.
    to: Vec<u32>,
    /// Old indices.
    went: Vec<u32>,
    /// New indices.
    came: Vec<u32>,
    /// Whether any index is another.
    shift: bool,
}

impl Moves {
    /// `None` where more than a few came or went, or where the order of the others is another.
    fn between(old: &[Shape], new: &[Shape]) -> Option<Moves> {
        let alike = |a: &Shape, b: &Shape| {
            Arc::ptr_eq(&a.annotation, &b.annotation) && a.words == b.words && a.day == b.day
        };
        let mut moves = Moves { to: vec![NONE; old.len()], went: Vec::new(), came: Vec::new(), shift: false };
        let (mut i, mut j) = (0, 0);
        while i < old.len() || j < new.len() {
            if let (Some(a), Some(b)) = (old.get(i), new.get(j))
                && alike(a, b)
            {
                moves.to[i] = j as u32;
                moves.shift |= i != j;
                (i, j) = (i + 1, j + 1);
                continue;
            }
            // The nearest place at which both go on alike.
            let here = (0..=FEW).flat_map(|n| (0..=n).map(move |k| (n - k, k)));
            let next = here.skip(1).find(|(went, came)| match (old.get(i + went), new.get(j + came)) {
                (Some(a), Some(b)) => alike(a, b),
                (None, None) => i + went == old.len() && j + came == new.len(),
                _ => false,
            });
            let (went, came) = next?;
            moves.went.extend(i as u32..(i + went) as u32);
            moves.came.extend(j as u32..(j + came) as u32);
            if moves.went.len() + moves.came.len() > 2 * FEW {
                return None;
            }
            (i, j) = (i + went, j + came);
        }
        moves.shift |= old.len() != new.len();
        Some(moves)
    }
}

impl Compared {
    fn new(pieces: Vec<Shape>) -> Compared {
        let mut by_key: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        by_key.reserve(pieces.len() * 16);
        for (i, piece) in (0..).zip(&pieces) {
            for key in keys(&piece.annotation.signature) {
                by_key.entry(key).or_default().push(i);
            }
        }
        let mut compared = Compared { before: Vec::new(), pieces, by_key };
        let all: Vec<u32> = (0..compared.pieces.len() as u32).collect();
        compared.before = all.par_iter().map(|i| compared.earlier(*i)).collect();
        compared
    }

    /// Compares the articles that came, and those that were or are now compared with them or with those that went.
    fn again(&mut self, pieces: Vec<Shape>, moves: &Moves) {
        let mut open: Vec<u32> = moves.came.clone();
        for i in &moves.went {
            for key in keys(&self.pieces[*i as usize].annotation.signature) {
                let Some(list) = self.by_key.get_mut(&key) else { continue };
                if let Ok(at) = list.binary_search(i) {
                    list.remove(at);
                    let newer = at.checked_sub(1).map(|newer| moves.to[list[newer] as usize]);
                    open.extend(newer.filter(|newer| *newer != NONE));
                }
            }
        }
        if moves.shift {
            let to = |i: &mut u32| *i = moves.to[*i as usize];
            self.by_key.par_iter_mut().for_each(|(_, list)| list.iter_mut().for_each(to));
            let mut before = vec![None; pieces.len()];
            for (old, earlier) in std::mem::take(&mut self.before).into_iter().enumerate() {
                if let Some(place) = before.get_mut(moves.to[old] as usize) {
                    // Of one that went nothing is known any longer: all whose earlier version it was are open.
                    *place = earlier.map(|i: u32| moves.to[i as usize]).filter(|i| *i != NONE);
                }
            }
            self.before = before;
        }
        self.pieces = pieces;
        for i in &moves.came {
            for key in keys(&self.pieces[*i as usize].annotation.signature) {
                let list = self.by_key.entry(key).or_default();
                if let Err(at) = list.binary_search(i) {
                    list.insert(at, *i);
                    open.extend(at.checked_sub(1).map(|newer| list[newer]));
                }
            }
        }
        for i in open {
            self.before[i as usize] = self.earlier(i);
        }
    }

    /// The earlier version of an article: of the latest earlier ones under each of its keys the most alike.
    fn earlier(&self, i: u32) -> Option<u32> {
        let piece = &self.pieces[i as usize];
        let mut best: Option<(f32, u32)> = None;
        for key in keys(&piece.annotation.signature) {
            let list = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
            let Some(before) = list.get(list.partition_point(|other| *other <= i)).copied() else { continue };
            let other = &self.pieces[before as usize];
            if best.is_some_and(|(_, known)| known == before) || !near(piece, other) {
                continue;
            }
            let alike = resemblance(&piece.annotation.signature, &other.annotation.signature);
            if is_version(alike, piece.words, other.words) && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, before));
            }
        }
        best.map(|(_, before)| before)
    }
}

fn near(a: &Shape, b: &Shape) -> bool {
    matches!((a.day, b.day), (Some(a), Some(b)) if (a - b).abs() <= DAYS)
}

/// The day of an article, counted from a fixed one.
pub fn day_number(article: &Article) -> Option<i32> {
    let span = article.date?.day.since(jiff::civil::Date::ZERO).ok()?;
    Some(span.get_days())
}

fn is_version(alike: f32, words: u32, other: u32) -> bool {
    let (shorter, both) = (words.min(other).max(1) as f32, (words + other) as f32);
    // Common shingles by the definition of the resemblance: |A ∩ B| = J (|A| + |B|) / (1 + J).
    let contained = alike * both / (1.0 + alike) / shorter;
    alike >= ALIKE || (alike >= WITHIN.0 && contained >= WITHIN.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_a_version() {
        for (alike, words, other, expect) in [
            (0.9, 300, 310, true),
            (0.45, 300, 500, true),
            // 200 words taken whole into 600: 200 / 600 of the shingles are common.
            (0.33, 200, 600, true),
            // Two pieces of equal length with a common background passage.
            (0.25, 400, 400, false),
            (0.1, 100, 900, false),
        ] {
            assert_eq!(is_version(alike, words, other), expect, "{alike} {words} {other}");
        }
    }
}
