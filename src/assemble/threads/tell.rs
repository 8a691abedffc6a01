//! The threads that were found enter; those that are worth a page leave as stories, behind the stories that editors named.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::{
        address::expand,
        memory::NONE,
        threads::{Kept, PIECES},
    },
    model::{
        Story,
        kinship::most_frequent,
        site::{Site, StoryEntry},
    },
};

/// Adds the threads to `site.stories`, which has the stories that editors named. Of the stories of the last run, `old`, those
/// are taken over that nothing was done to: `stirred` are threads by their numbers. Leaves the new index of each old one
/// ([`NONE`] where it is gone), by its place in `old`, and the indices of those that are new or others than before.
pub fn stories(
    site: &mut Site,
    kept: &mut Kept,
    old: Vec<StoryEntry>,
    stirred: &FxHashSet<u32>,
) -> (Vec<u32>, Vec<u32>) {
    let named = site.stories.len() as u32;
    for entry in &mut site.articles {
        entry.story = entry.story.filter(|story| *story < named);
    }
    let mut moves = vec![NONE; old.len()];
    let mut old: Vec<Option<StoryEntry>> = old.into_iter().map(Some).collect();
    let mut told: Vec<(u32, u32)> = Vec::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut changed = Vec::new();
    for number in kept.in_order() {
        let before = kept.threads[number as usize].story.take();
        let thread = &kept.threads[number as usize];
        if thread.pieces.len() < PIECES || distinct(site, &thread.pieces) < PIECES {
            continue;
        }
        let first = &site.articles[thread.pieces[0] as usize].article;
        let Some(day) = first.date.map(|d| d.day) else { continue };
        let names = thread.title.iter().map(|e| site.entities[*e as usize].entity.name.as_str());
        let mut title = names.collect::<Vec<_>>().join(", ");
        // Later threads about the same names say when they began.
        match taken.entry(title.clone()).and_modify(|n| *n += 1).or_insert(0) {
            0 => {}
            1 => title = format!("{title}, {}", day.year()),
            _ => title = format!("{title}, {day}"),
        }
        let story = site.stories.len() as u32;
        told.push((number, story));
        if let Some(before) = before {
            moves[before as usize] = story;
        }
        let same = before.filter(|_| !stirred.contains(&number)).and_then(|at| old[at as usize].take());
        if let Some(same) = same.filter(|same| same.story.title == title) {
            site.stories.push(same);
            continue;
        }
        changed.push(story);
        let slug = format!("{day}-{}", first.slug);
        site.stories.push(StoryEntry {
            path: expand(&site.config.permalinks.story, &[("slug", &slug), ("id", &slug)]),
            story: Story { slug, title, ..Story::default() },
            articles: thread.pieces.clone(),
            entities: Vec::new(),
            found: true,
        });
        cast(site, story as usize);
    }
    for (number, story) in told {
        let thread = &mut kept.threads[number as usize];
        thread.story = Some(story - named);
        for piece in &thread.pieces {
            site.articles[*piece as usize].story = Some(story);
        }
    }
    (moves, changed)
}

/// The cast of the stories that editors named: names by the number of pieces that mention them.
pub fn casts(site: &mut Site) {
    let named = site.stories.iter().filter(|story| !story.found).count();
    (0..named).for_each(|story| cast(site, story));
}

/// The cast of one story.
pub fn cast(site: &mut Site, story: usize) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for article in &site.stories[story].articles {
        for salient in site.articles[*article as usize].entities.iter() {
            *counts.entry(salient.entity).or_default() += 1;
        }
    }
    site.stories[story].entities = most_frequent(counts, 40);
}

/// Pieces without those that are versions of another.
fn distinct(site: &Site, pieces: &[u32]) -> usize {
    let mut groups: Vec<u32> = Vec::new();
    pieces
        .iter()
        .filter(|piece| match site.articles[**piece as usize].versions {
            Some(group) if groups.contains(&group) => false,
            group => {
                groups.extend(group);
                true
            }
        })
        .count()
}
