//! The site after a few edits enters; its stories leave: those that editors named, and the threads that follow from those of
//! the last run.

use std::collections::BTreeSet;

use crate::{
    assemble::{
        carried, groups,
        memory::NONE,
        patch::{
            Kept, Reach,
            places::{Earlier, Plan},
            renumber::Moves,
        },
        threads::{self, Stir, Tagged},
    },
    model::{
        TopicId,
        site::{Content, Site, StoryEntry},
    },
};

/// What the edits do to threads; the pieces that go leave theirs.
pub fn stirred(
    site: &mut Site,
    earlier: &Earlier<'_>,
    reach: &Reach,
    came: &[u32],
    gone: &[u32],
    kept: &mut Kept,
) -> Stir {
    let tagged = reach.tagged.iter().map(|i| tagged(site, earlier, *i)).collect();
    let mut stir = Stir { moved: reach.moved.clone(), tagged, came: came.to_vec(), ..Stir::default() };
    for i in gone {
        let day = carried::day_number(&earlier.entry(*i).article);
        kept.threads.leave(site, *i, day, &mut stir);
        stir.went.push(*i);
    }
    stir
}

/// Moves the indices of pieces after those `gone` were taken out: of these, the next older one's stands for the place.
pub fn shift(stir: &mut Stir, moves: &Moves, gone: &[u32]) {
    let place = |i: u32| i - gone.partition_point(|other| *other < i) as u32;
    stir.moved.iter_mut().for_each(|moved| moved.piece = place(moved.piece));
    stir.went.iter_mut().for_each(|piece| *piece = place(*piece));
    let to = |i: &mut u32| {
        *i = moves[*i as usize];
        *i != NONE
    };
    stir.tagged.retain_mut(|tagged| to(&mut tagged.piece));
    stir.open.retain_mut(|(piece, _)| to(piece));
    stir.came.retain_mut(to);
}

/// The pieces that are versions of another piece than before.
pub fn reversioned(site: &Site, earlier: &Earlier<'_>, moves: Option<&Moves>) -> Vec<u32> {
    let other = |i: &u32| {
        let before = match earlier.index(*i) {
            NONE => None,
            old => threads::original(earlier.last, old),
        };
        let before = before.map(|old| moves.map_or(old, |moves| moves[old as usize]));
        threads::original(site, *i) != before
    };
    (0..site.articles.len() as u32).filter(other).collect()
}

/// The stories that editors named, and the threads. Leaves where those of the last site stand, and those that are others than
/// they were.
pub fn stories(
    site: &mut Site,
    last: &Site,
    plan: &Plan,
    content: &Content,
    kept: &mut Kept,
    stir: &mut Stir,
) -> (Option<Moves>, Vec<u32>) {
    let named = site.stories.iter().filter(|story| !story.found).count();
    let found = site.stories.split_off(named);
    let mut moves: Moves = (0..named as u32).collect();
    let mut changed = Vec::new();
    if plan.any(|article| article.story.clone()) {
        let old: Vec<StoryEntry> = std::mem::take(&mut site.stories);
        groups::stories(site, content);
        threads::casts(site);
        let place = |slug: &str| site.stories.iter().position(|story| story.story.slug == slug);
        moves = old.iter().map(|old| place(&old.story.slug).map_or(NONE, |at| at as u32)).collect();
        // One piece may have taken the place of another.
        let alike = |new: &StoryEntry| {
            old.iter().zip(&last.stories).any(|(old, last)| {
                let same = last.articles.len() == new.articles.len() && old.articles == new.articles;
                old.story.slug == new.story.slug && same
            })
        };
        changed.extend((0..).zip(&site.stories).filter(|(_, story)| !alike(story)).map(|(i, _)| i));
    }
    if !kept.threads.again(site, stir) {
        kept.threads = threads::anew(site, &kept.threads, stir);
        stir.threads.clear();
    }
    let (others, new) = threads::stories(site, &mut kept.threads, found, &stir.threads);
    moves.extend(others);
    changed.extend(new);
    let same = (0..).zip(&moves).all(|(old, new): (u32, _)| old == *new);
    ((!same || moves.len() != site.stories.len()).then_some(moves), changed)
}

/// The topics that came to an article or left it.
fn tagged(site: &Site, earlier: &Earlier<'_>, piece: u32) -> Tagged {
    let ids = |site: &Site, topics: &[u32]| -> BTreeSet<TopicId> {
        topics.iter().map(|topic| site.topics[*topic as usize].topic.id.clone()).collect()
    };
    let before = ids(earlier.last, &earlier.entry(piece).topics);
    let now = ids(site, &site.articles[piece as usize].topics);
    let place = |id: &TopicId| site.topics.iter().position(|topic| topic.topic.id == *id);
    let topics = before.symmetric_difference(&now).filter_map(place).map(|topic| topic as u32).collect();
    Tagged { piece, topics }
}
