//! The site after a few edits enters; its list of pages leaves, made from that of the last site.

use std::collections::BTreeSet;

use crate::{
    assemble::{
        memory::{Memory, NONE},
        pages::{self, Lot, extent, fixed_pages, lots, pages_of},
        patch::{Indices, renumber::Moves},
    },
    model::{
        Page, PageKind, feeds,
        listed::news,
        page::{FeedOf, OgOf, numbered},
        site::Site,
    },
};

/// What may have other pages than before.
pub struct Touched {
    /// Entities by their indices as they were and as they are; [`NONE`] where there is none.
    pub entities: Vec<(u32, u32)>,
    /// Stories that are new or others than before, in ascending order.
    pub stories: Vec<u32>,
}

/// Fills the list of pages, and says whether that could be done.
pub fn listed(
    site: &mut Site,
    last: &Site,
    indices: &Indices,
    touched: &Touched,
    memory: &mut Memory,
) -> bool {
    let mut change = Change { site, last, gone: Vec::new(), come: Vec::new() };
    change.fixed();
    for (old, new) in &touched.entities {
        change.entity(*old, *new);
    }
    change.topics(indices.topics.as_ref());
    change.members(indices.articles.as_ref(), (last.articles.len(), site.articles.len()), Lot::Article);
    change.members(indices.editions.as_ref(), (last.editions.len(), site.editions.len()), Lot::Edition);
    let story = |story| Lot::Of(FeedOf::Story(story));
    change.members(indices.stories.as_ref(), (last.stories.len(), site.stories.len()), story);
    change.stories(indices.stories.as_ref(), &touched.stories);
    let Change { gone, come, .. } = change;
    if indices.none_moved() && gone.is_empty() && come.is_empty() {
        return news(site).is_empty() == news(last).is_empty();
    }
    pages::again(site, last, (gone, come), |kind| indices.moved(kind), memory)
}

/// The first article of every edition.
pub fn leads(site: &Site) -> Vec<Option<u32>> {
    site.editions.iter().map(|edition| edition.articles.first().copied()).collect()
}

/// Pages of the last site that are gone, and those that come.
struct Change<'a> {
    site: &'a Site,
    last: &'a Site,
    gone: Vec<Page>,
    come: Vec<Page>,
}

impl Change<'_> {
    fn goes(&mut self, lot: Lot) {
        self.gone.extend(pages_of(self.last, &[lot]));
    }

    fn comes(&mut self, lot: Lot) {
        self.come.extend(pages_of(self.site, &[lot]));
    }

    /// Pages of which there is one, and sections, sources, authors, corrections and the whole site.
    fn fixed(&mut self) {
        let (old, new) = (fixed_pages(self.last), fixed_pages(self.site));
        if old != new {
            let set = |pages: &[Page]| -> BTreeSet<(crate::path::SitePath, PageKind)> {
                pages.iter().map(|page| (page.path.clone(), page.kind.clone())).collect()
            };
            let (before, now) = (set(&old), set(&new));
            let key = |page: &Page| (page.path.clone(), page.kind.clone());
            self.gone.extend(old.into_iter().filter(|page| !now.contains(&key(page))));
            self.come.extend(new.into_iter().filter(|page| !before.contains(&key(page))));
        }
        let all =
            |site: &Site| -> Vec<_> { lots(site).into_iter().map(|lot| (lot, extent(site, lot))).collect() };
        let (old, new) = (all(self.last), all(self.site));
        if old != new {
            old.iter().filter(|lot| !new.contains(lot)).for_each(|(lot, _)| self.goes(*lot));
            new.iter().filter(|lot| !old.contains(lot)).for_each(|(lot, _)| self.comes(*lot));
        }
    }

    fn entity(&mut self, old: u32, new: u32) {
        let by = self.site.config.paginate_by;
        let all = |site: &Site, i: u32| {
            let entry = site.entities.get(i as usize)?;
            let quotes = (entry.quotes.len(), numbered(entry.quotes.len(), by));
            let archives = feeds::archives(site, FeedOf::Entity(i));
            let articles = numbered(entry.articles.len(), by);
            Some((entry.path.clone(), articles, (quotes.0 > 0, quotes.1), entry.feed, archives))
        };
        if all(self.last, old) == all(self.site, new) {
            return;
        }
        if old != NONE {
            self.goes(Lot::Of(FeedOf::Entity(old)));
        }
        if new != NONE {
            self.comes(Lot::Of(FeedOf::Entity(new)));
        }
    }

    fn topics(&mut self, moves: Option<&Moves>) {
        let all = |site: &Site, i: u32| {
            let entry = &site.topics[i as usize];
            let pages = numbered(entry.articles.len(), site.config.paginate_by);
            (pages, entry.feed, feeds::archives(site, FeedOf::Topic(i)))
        };
        let mut known = vec![false; self.site.topics.len()];
        for old in 0..self.last.topics.len() as u32 {
            let new = moves.map_or(old, |moves| moves[old as usize]);
            if let Some(known) = known.get_mut(new as usize) {
                *known = true;
                if all(self.last, old) == all(self.site, new) {
                    continue;
                }
                self.comes(Lot::Of(FeedOf::Topic(new)));
            }
            self.goes(Lot::Of(FeedOf::Topic(old)));
        }
        let new = (0..).zip(known).filter(|(_, known)| !known);
        new.for_each(|(new, _)| self.comes(Lot::Of(FeedOf::Topic(new))));
    }

    /// Things that came and went.
    fn members(&mut self, moves: Option<&Moves>, (before, now): (usize, usize), lot: impl Fn(u32) -> Lot) {
        let Some(moves) = moves else { return };
        let mut known = vec![false; now];
        for old in 0..before as u32 {
            match known.get_mut(moves[old as usize] as usize) {
                Some(known) => *known = true,
                None => self.goes(lot(old)),
            }
        }
        (0..).zip(known).filter(|(_, known)| !known).for_each(|(new, _)| self.comes(lot(new)));
    }

    /// Stories that stand in both sites and are others than before.
    fn stories(&mut self, moves: Option<&Moves>, changed: &[u32]) {
        for old in 0..self.last.stories.len() as u32 {
            let new = moves.map_or(old, |moves| moves[old as usize]);
            if new != NONE && changed.binary_search(&new).is_ok() {
                self.goes(Lot::Of(FeedOf::Story(old)));
                self.comes(Lot::Of(FeedOf::Story(new)));
            }
        }
    }
}

impl Indices {
    fn none_moved(&self) -> bool {
        let all = [&self.articles, &self.entities, &self.topics, &self.stories, &self.editions];
        all.iter().all(|moves| moves.is_none())
    }

    /// What a page of the last site shows in this one; `None` where that is gone.
    fn moved(&self, kind: &PageKind) -> Option<PageKind> {
        let to = |moves: &Option<Moves>, i: u32| match moves {
            None => Some(i),
            Some(moves) => Some(moves[i as usize]).filter(|to| *to != NONE),
        };
        Some(match kind {
            PageKind::Article(i) => PageKind::Article(to(&self.articles, *i)?),
            PageKind::Edition(i) => PageKind::Edition(to(&self.editions, *i)?),
            PageKind::Entity { entity, number } => {
                PageKind::Entity { entity: to(&self.entities, *entity)?, number: *number }
            }
            PageKind::Speaker { entity, number } => {
                PageKind::Speaker { entity: to(&self.entities, *entity)?, number: *number }
            }
            PageKind::Topic { topic, number } => {
                PageKind::Topic { topic: to(&self.topics, *topic)?, number: *number }
            }
            PageKind::Story { story, number } => {
                PageKind::Story { story: to(&self.stories, *story)?, number: *number }
            }
            PageKind::Og(OgOf::Article(i)) => PageKind::Og(OgOf::Article(to(&self.articles, *i)?)),
            PageKind::Og(OgOf::Edition(i)) => PageKind::Og(OgOf::Edition(to(&self.editions, *i)?)),
            PageKind::Feed { of, format, archive } => {
                let of = match *of {
                    FeedOf::Entity(i) => FeedOf::Entity(to(&self.entities, i)?),
                    FeedOf::Topic(i) => FeedOf::Topic(to(&self.topics, i)?),
                    FeedOf::Story(i) => FeedOf::Story(to(&self.stories, i)?),
                    FeedOf::Site | FeedOf::Section(_) | FeedOf::Corrections => *of,
                };
                PageKind::Feed { of, format: *format, archive: *archive }
            }
            other => other.clone(),
        })
    }
}
