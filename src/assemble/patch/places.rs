//! What became of a few pieces enters; which articles stay, which leave the site and which come to it leaves, and the site with
//! places for all of them. Those that leave are empty until everything that hung on them is taken off.

use std::{cmp::Ordering, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use crate::{
    assemble::{
        When,
        memory::{Edits, FEW, Memory, NONE, Piece},
        patch::{Kept, filed, renumber},
        select,
    },
    model::{
        Annotation, Article,
        site::{Entry, Site},
    },
};

/// An article as it is shown before and now; `None` where it is not.
pub struct Shown {
    pub before: Option<Arc<Article>>,
    pub now: Option<Arc<Article>>,
    /// It stays where it stands.
    pub stays: bool,
}

/// What becomes of the articles that the edits reach.
#[derive(Default)]
pub struct Plan {
    pub shown: Vec<Shown>,
    /// Places among the content's articles of those that stay, and of those that come.
    pub stay: Vec<u32>,
    pub come: Vec<u32>,
    /// Indices, as they were, of those that go.
    pub go: Vec<u32>,
}

impl Plan {
    /// Whether anything is other in what `of` gives, or it has to be put together again since articles come and go.
    pub fn any<T: PartialEq>(&self, of: impl Fn(&Article) -> Option<T>) -> bool {
        self.shown.iter().any(|shown| {
            let value = |article: &Option<Arc<Article>>| article.as_ref().and_then(|article| of(article));
            let (before, now) = (value(&shown.before), value(&shown.now));
            before != now || (!shown.stays && before.is_some())
        })
    }
}

/// Follows the edits. `None` where they reach further than that.
pub fn plan(edits: &Edits, when: &When, memory: &Memory, kept: &mut Kept) -> Option<Plan> {
    let same = (kept.when.drafts, kept.when.future, &kept.when.tz);
    if same != (when.drafts, when.future, &when.tz) {
        return None;
    }
    let index = |old: &Option<(u32, Piece)>| old.as_ref().map_or(NONE, |(i, _)| kept.places[*i as usize]);
    let were: Vec<u32> = edits.all.iter().map(|edit| index(&edit.old)).collect();
    if let Some(moves) = &edits.moves {
        kept.follow(moves, memory.pieces.len());
    }
    let mut plan = Plan::default();
    for (edit, was) in edits.all.iter().zip(were) {
        let old = edit.old.as_ref().map(|(_, piece)| piece);
        let new = edit.new.map(|i| &memory.pieces[i as usize]);
        let is = new.filter(|piece| select::is_shown(piece, when));
        let before = old.filter(|_| was != NONE);
        let stays = before.zip(is).is_some_and(|(before, is)| {
            before.path == is.path && filed::alike(&before.article, &is.article, &kept.faults)
        });
        plan.add(before, is, stays, was, edit.new, kept)?;
    }
    // The clock lets pieces out, and takes them back.
    let edited: FxHashSet<u32> = edits.all.iter().filter_map(|edit| edit.new).collect();
    let pieces = memory.pieces.par_iter().zip(&kept.places).enumerate();
    let released: Vec<u32> = pieces
        .filter(|(i, (piece, place))| {
            select::is_shown(piece, when) != (**place != NONE) && !edited.contains(&(*i as u32))
        })
        .map(|(i, _)| i as u32)
        .collect();
    if released.len() > FEW {
        return None;
    }
    for i in released {
        let (piece, was) = (&memory.pieces[i as usize], kept.places[i as usize]);
        let (before, is) = if was == NONE { (None, Some(piece)) } else { (Some(piece), None) };
        plan.add(before, is, false, was, Some(i), kept)?;
    }
    Some(plan)
}

impl Plan {
    fn add(
        &mut self,
        before: Option<&Piece>,
        is: Option<&Piece>,
        stays: bool,
        was: u32,
        now: Option<u32>,
        kept: &Kept,
    ) -> Option<()> {
        if !stays {
            // What others say of it as a translation is not followed.
            let translated = |piece: &&Piece| piece.article.translation_key.is_some();
            let mut places = kept.faults.others.iter().filter_map(|fault| fault.place.as_ref());
            let faulty = before.is_some_and(|piece| places.any(|place| place.path == piece.article.path));
            if faulty || before.iter().chain(&is).any(translated) {
                return None;
            }
            self.go.extend(before.map(|_| was));
            self.come.extend(is.and(now));
        } else {
            self.stay.extend(now);
        }
        let shown = |piece: Option<&Piece>| piece.map(|piece| piece.shown.0.clone());
        if before.is_some() || is.is_some() {
            self.shown.push(Shown { before: shown(before), now: shown(is), stays });
        }
        Some(())
    }
}

/// The articles of the last site beside those of this one.
pub struct Earlier<'a> {
    pub last: &'a Site,
    /// By index in this site: that in the last one, [`NONE`] of one that came; `None` where all are where they were.
    pub of: Option<Vec<u32>>,
    nobody: Entry,
}

impl Earlier<'_> {
    /// The article as it was; an empty one where it is new.
    pub fn entry(&self, i: u32) -> &Entry {
        match self.index(i) {
            NONE => &self.nobody,
            old => &self.last.articles[old as usize],
        }
    }

    /// Its index then; [`NONE`] of one that came.
    pub fn index(&self, i: u32) -> u32 {
        self.of.as_ref().map_or(i, |of| of[i as usize])
    }
}

/// Makes place for the pieces that come, which have no entities yet, and empties the places of those that go. Leaves what was
/// there before, and the indices of those that came and of those that go.
pub fn open<'a>(
    site: &mut Site,
    last: &'a Site,
    plan: &Plan,
    kept: &mut Kept,
    memory: &Memory,
) -> (Earlier<'a>, Vec<u32>, Vec<u32>) {
    let mut earlier = Earlier { last, of: None, nobody: nobody() };
    let mut came = Vec::new();
    let mut gone = plan.go.clone();
    if !plan.come.is_empty() {
        let new = plan.come.iter().map(|i| (*i, select::entry(&memory.pieces[*i as usize])));
        let mut new: Vec<(u32, Entry)> = new.filter_map(|(i, entry)| Some((i, entry?))).collect();
        new.sort_by(|(_, a), (_, b)| select::order(a, b));
        let place = |entry: &Entry| {
            site.articles.partition_point(|known| select::order(known, entry) == Ordering::Less)
        };
        let places: Vec<usize> = new.iter().map(|(_, entry)| place(entry)).collect();
        let moves: Vec<u32> = (0..site.articles.len())
            .map(|old| (old + places.partition_point(|place| *place <= old)) as u32)
            .collect();
        let count = moves.len() + new.len();
        let mut of = vec![NONE; count];
        moves.iter().zip(0..).for_each(|(new, old)| of[*new as usize] = old);
        came.extend((0..).zip(&of).filter(|(_, old)| **old == NONE).map(|(i, _): (u32, _)| i));
        for (i, (source, entry)) in came.iter().zip(new) {
            kept.sources.insert(*i as usize, source);
            site.articles.insert(*i as usize, entry);
        }
        gone.iter_mut().for_each(|i| *i = moves[*i as usize]);
        renumber::articles(site, kept, &moves, count);
        earlier.of = Some(of);
    }
    let empty = nobody();
    for i in &gone {
        kept.sources[*i as usize] = NONE;
        let entry = &mut site.articles[*i as usize];
        // What it was filed under, and its entities, are taken off it step by step.
        (entry.article, entry.annotation) = (empty.article.clone(), empty.annotation.clone());
        (entry.section, entry.source, entry.words) = (None, None, 0);
    }
    gone.sort_unstable();
    (earlier, came, gone)
}

/// Takes the places of those that went out of the site. Leaves the new index of each, [`NONE`] of theirs.
pub fn close(site: &mut Site, kept: &mut Kept, earlier: &mut Earlier<'_>, gone: &[u32]) -> Vec<u32> {
    let moves = renumber::without(site.articles.len(), gone);
    let mut of = earlier.of.take().unwrap_or_else(|| (0..moves.len() as u32).collect());
    renumber::thin(&mut of, &moves);
    earlier.of = Some(of);
    renumber::thin(&mut site.articles, &moves);
    renumber::thin(&mut kept.sources, &moves);
    let count = site.articles.len();
    renumber::articles(site, kept, &moves, count);
    moves
}

/// An article that is not there.
fn nobody() -> Entry {
    select::bare(
        Arc::new(Article::default()),
        Arc::new(Annotation::default()),
        crate::path::SitePath::new("/"),
    )
}
