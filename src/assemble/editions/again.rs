//! The days on which something has changed enter; their editions leave, and the others as they were, where they stand now.

use std::{collections::BTreeSet, ops::Range};

use jiff::civil::Date;

use crate::{
    assemble::{
        editions::{calendar, corrections, edition, find, in_edition, moved, number},
        memory::NONE,
    },
    model::site::{Edition, Site},
};

/// Puts the editions of some days together again, but for the entities that they name first: see [`debut`](super::debut).
/// `stories` says where each story stands now, and `corrected` whether there are other corrections than before. Leaves the
/// new index of every edition, [`NONE`] of those that are gone; nothing where all are where they were.
pub fn again(
    site: &mut Site,
    days: &BTreeSet<Date>,
    stories: Option<&[u32]>,
    corrected: bool,
) -> Option<Vec<u32>> {
    if let Some(stories) = stories {
        let to = |story: &mut u32| {
            *story = stories[*story as usize];
            *story != NONE
        };
        for edition in &mut site.editions {
            edition.moved.retain_mut(to);
            edition.begun.retain_mut(to);
        }
    }
    let (mut come, mut gone): (Vec<Edition>, Vec<u32>) = (Vec::new(), Vec::new());
    for day in days.iter().copied() {
        let all = of_day(site, day).map(|i| i as u32);
        let pieces: Vec<u32> = all.filter(|i| in_edition(site, &site.articles[*i as usize])).collect();
        match find(&site.editions, day) {
            Ok(at) if pieces.is_empty() => gone.push(at as u32),
            Ok(at) => {
                let mut new = edition(site, day, pieces);
                moved(site, &mut new);
                let old = &mut site.editions[at];
                (new.number, new.previous, new.next) = (old.number, old.previous, old.next);
                new.new_entities = std::mem::take(&mut old.new_entities);
                new.corrections = std::mem::take(&mut old.corrections);
                *old = new;
            }
            Err(_) if pieces.is_empty() => {}
            Err(_) => {
                let mut new = edition(site, day, pieces);
                moved(site, &mut new);
                come.push(new);
            }
        }
    }
    let other = !come.is_empty() || !gone.is_empty();
    let moves = other.then(|| {
        // Newest first.
        come.reverse();
        rearranged(site, come, &gone)
    });
    for day in days.iter().copied() {
        let edition = find(&site.editions, day).ok().map(|at| at as u32);
        for i in of_day(site, day) {
            site.articles[i].edition = edition;
        }
    }
    if corrected || other {
        corrections(site);
    }
    calendar(site);
    moves
}

/// The articles of a day, which stand one after the other.
fn of_day(site: &Site, day: Date) -> Range<usize> {
    let of = |i: &crate::model::site::Entry| i.article.date.map(|date| date.day);
    let first = site.articles.partition_point(|entry| of(entry) > Some(day));
    let count = site.articles[first..].partition_point(|entry| of(entry) == Some(day));
    first..first + count
}

/// Takes editions in, newest first, and lets others go.
fn rearranged(site: &mut Site, come: Vec<Edition>, gone: &[u32]) -> Vec<u32> {
    let mut moves = vec![NONE; site.editions.len()];
    let mut editions: Vec<Edition> = Vec::with_capacity(site.editions.len() + come.len());
    let mut come = come.into_iter().peekable();
    for (i, edition) in std::mem::take(&mut site.editions).into_iter().enumerate() {
        while let Some(new) = come.next_if(|new| new.day > edition.day) {
            editions.push(new);
        }
        if !gone.contains(&(i as u32)) {
            moves[i] = editions.len() as u32;
            editions.push(edition);
        }
    }
    editions.extend(come);
    number(&mut editions);
    site.editions = editions;
    for entry in &mut site.articles {
        let moved = entry.edition.and_then(|edition| moves.get(edition as usize)).copied();
        entry.edition = moved.filter(|edition| *edition != NONE);
    }
    moves
}
