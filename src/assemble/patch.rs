//! The site of the last run and a few edits enter; the site that [`assemble`](super::assemble) would put together leaves, or
//! nothing, where an edit reaches further than this follows.
//!
//! Only what hangs on the edited articles is worked out again:
//!
//! 1. `places`: which articles stay where they are, which leave the site, and which come to it; the places of those that leave
//!    are empty until step 4. `filed`: the sections, sources and authors.
//! 2. `newcomers`: which entities come to the site and leave it; `renumber` moves the indices of the others.
//! 3. The mentions, and what leads back to the articles; topics.
//! 4. The empty places are closed. Threads (`threads::again`), stories, editions.
//! 5. `listed`: the list of pages.

mod filed;
mod listed;
mod newcomers;
mod places;
mod renumber;
mod told;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator,
    ParallelIterator,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::{
        When, carried, dated, editions,
        entities::{self, Numbers},
        identity,
        memory::{Edits, FEW, Memory, NONE, address},
        mentions, pages,
        patch::{
            listed::Touched,
            newcomers::Changes,
            places::{Earlier, Plan},
            renumber::Moves,
        },
        select,
        threads::{self, Moved},
        topics, versions,
    },
    diagnostic::Diagnostic,
    model::{
        Annotation,
        site::{Content, Site},
    },
};

/// What a run leaves beside its site.
pub struct Kept {
    when: When,
    /// By place in the site: that among the content's articles; and the other way round, [`NONE`] where it is not shown.
    sources: Vec<u32>,
    places: Vec<u32>,
    numbers: Numbers,
    threads: threads::Kept,
    faults: Faults,
}

/// What a run found wrong, but for decisions and pages.
#[derive(Clone)]
pub struct Faults {
    pub tags: Vec<Diagnostic>,
    pub others: Vec<Diagnostic>,
}

impl Kept {
    pub fn new(
        site: &Site,
        when: &When,
        memory: &Memory,
        numbers: Numbers,
        threads: threads::Kept,
        faults: Faults,
    ) -> Kept {
        let mut shown: Vec<u32> = (0..memory.pieces.len() as u32)
            .filter(|i| select::is_shown(&memory.pieces[*i as usize], when))
            .collect();
        let by_article: FxHashMap<usize, u32> =
            (0..).zip(&site.articles).map(|(place, entry)| (address(&entry.article), place)).collect();
        let place = |i: &u32| by_article.get(&address(&memory.pieces[*i as usize].shown.0)).copied();
        shown.sort_by_cached_key(|i| place(i).unwrap_or(NONE));
        let mut places = vec![NONE; memory.pieces.len()];
        (0..).zip(&shown).for_each(|(place, i)| places[*i as usize] = place);
        Kept { when: when.clone(), sources: shown, places, numbers, threads, faults }
    }

    /// Moves the places of the content's articles, of which there are `count` then.
    fn follow(&mut self, moves: &[u32], count: usize) {
        let mut places = vec![NONE; count];
        for (old, new) in moves.iter().enumerate().filter(|(_, new)| **new != NONE) {
            places[*new as usize] = self.places[old];
        }
        self.places = places;
        self.sources.iter_mut().for_each(|source| *source = moves[*source as usize]);
    }

    /// Brings the places up to the articles of the site.
    fn placed(&mut self) {
        self.places.fill(NONE);
        (0..).zip(&self.sources).for_each(|(place, i)| self.places[*i as usize] = place);
    }
}

/// What is different about the edited articles.
#[derive(Default)]
struct Reach {
    moved: Vec<Moved>,
    /// The entities that an edited article names or quotes, before or after, by their indices.
    touched: BTreeSet<u32>,
    /// Those under other topics than before.
    tagged: Vec<u32>,
    /// Numbers of the entities of which articles state other posts.
    posts: BTreeSet<u32>,
    /// How many dates more fall into which year.
    dates: BTreeMap<i16, i64>,
}

/// Where things of the last site stand in this one, [`NONE`] of those that are gone; `None` where all are where they were.
#[derive(Default)]
struct Indices {
    articles: Option<Moves>,
    entities: Option<Moves>,
    topics: Option<Moves>,
    stories: Option<Moves>,
    editions: Option<Moves>,
}

/// The site after the edits.
pub fn patched(
    content: &Content,
    when: &When,
    edits: &Edits,
    memory: &mut Memory,
) -> Option<(Arc<Site>, Vec<Diagnostic>)> {
    let last = memory.last.clone()?;
    let mut kept = memory.kept.take()?;
    let made = follow(content, when, edits, memory, &last, &mut kept)?;
    let of_pages = memory.pages.iter().flat_map(|(_, pages)| &pages.faults);
    let faults = kept.faults.tags.iter().chain(&kept.faults.others).chain(of_pages).cloned().collect();
    memory.kept = Some(kept);
    memory.followed += 1;
    let site = Arc::new(made);
    memory.last = Some(site.clone());
    Some((site, faults))
}

/// A site on its way, and what hangs on the edited articles.
struct Work<'a> {
    site: Site,
    earlier: Earlier<'a>,
    plan: Plan,
    /// Indices of the articles that are others than before; of these, those that came, and those that go.
    edited: Vec<u32>,
    came: Vec<u32>,
    gone: Vec<u32>,
    /// Where the entities of the last site stand once the new ones are in it, and the numbers of those that go.
    taken: Option<Moves>,
    go: Vec<u32>,
    reach: Reach,
    indices: Indices,
}

fn follow(
    content: &Content,
    when: &When,
    edits: &Edits,
    memory: &mut Memory,
    last: &Site,
    kept: &mut Kept,
) -> Option<Site> {
    let plan = places::plan(edits, when, memory, kept)?;
    let mut work = linked(content, when, plan, memory, last, kept)?;
    let stories = arranged(&mut work, content, memory, kept);
    let touched = Touched { entities: left(&mut work, kept), stories };
    let Work { mut site, plan, indices, .. } = work;
    let pictures = site.config.og_images
        && (indices.articles.is_some()
            || listed::leads(&site) != listed::leads(last)
            || filed::pictured(&plan));
    if pictures || !listed::listed(&mut site, last, &indices, &touched, memory) {
        pages::pages(&mut site, content, memory, &mut Vec::new());
    }
    memory.end(&site);
    Some(site)
}

/// Steps 1 to 3.
fn linked<'a>(
    content: &Content,
    when: &When,
    plan: Plan,
    memory: &mut Memory,
    last: &'a Site,
    kept: &mut Kept,
) -> Option<Work<'a>> {
    let mut site = copied(last, when);
    site.held = select::held(&memory.pieces, when);
    let (earlier, came, gone) = places::open(&mut site, last, &plan, kept, memory);
    let sources = kept.sources.par_iter();
    site.articles.par_iter_mut().zip(sources).filter(|(_, i)| **i != NONE).for_each(|(entry, i)| {
        entry.annotation = memory.pieces[*i as usize].shown.1.clone();
    });
    let stay: FxHashSet<u32> = plan.stay.iter().copied().collect();
    for (entry, i) in site.articles.iter_mut().zip(&kept.sources).filter(|(_, i)| stay.contains(i)) {
        let piece = &memory.pieces[*i as usize];
        (entry.article, _, entry.withheld) = piece.shown.clone();
        entry.words = piece.words;
    }
    filed::groups(&mut site, &earlier, &plan, content)?;
    identity::identity(&mut site, content, memory);
    // What identity says anew of other articles is followed too.
    let other = |i: &u32| {
        let (new, old) = (&site.articles[*i as usize], earlier.entry(*i));
        !Arc::ptr_eq(&new.annotation, &old.annotation) || !Arc::ptr_eq(&new.article, &old.article)
    };
    let edited: Vec<u32> = (0..site.articles.len() as u32).into_par_iter().filter(other).collect();
    if edited.len() > FEW {
        return None;
    }
    let named = named(&site, &earlier, &edited, content, memory)?;
    let Changes { come, go, renewed } =
        newcomers::changes(&site, &earlier, &edited, &named, &kept.numbers, memory)?;
    let new: BTreeSet<u32> = come.iter().map(|new| new.number).collect();
    // From here on indices of entities are those of this site, with the ones that go still in it.
    let taken = (!come.is_empty()).then(|| renumber::take_in(&mut site, kept, come));
    for (number, entity) in renewed {
        site.entities[kept.numbers.index[number as usize] as usize].entity = entity;
    }
    let mut reach = Reach { posts: new.clone(), ..Reach::default() };
    reach.touched.extend(new.iter().map(|number| kept.numbers.index[*number as usize]));
    for i in &edited {
        let named = named.get(i).map_or(&[][..], Vec::as_slice);
        article(&mut site, *i, (&earlier, taken.as_ref()), named, &kept.numbers, memory, &mut reach)?;
    }
    reach.posts.retain(|number| kept.numbers.index.get(*number as usize).is_some_and(|index| *index != NONE));
    if !reach.posts.is_empty() {
        mentions::posts_again(&mut site, &reach.posts, &kept.numbers, memory);
    }
    let mut indices = Indices::default();
    let tags = |i: u32| &earlier.entry(i).article.topics;
    if !reach.tagged.iter().all(|i| topics::again(&mut site, *i, tags(*i), content, &mut kept.faults.tags)) {
        kept.faults.tags.clear();
        topics::topics(&mut site, content, &mut kept.faults.tags);
        indices.topics = renumber::topics(&mut site, last);
    }
    dated::again(&mut site, &reach.dates);
    Some(Work { site, earlier, plan, edited, came, gone, taken, go, reach, indices })
}

/// Step 4: leaves the stories that are new or others than before.
fn arranged(work: &mut Work<'_>, content: &Content, memory: &mut Memory, kept: &mut Kept) -> Vec<u32> {
    let Work { site, earlier, plan, edited, came, gone, taken, reach, indices, .. } = work;
    let last = earlier.last;
    let day = |site: &Site, i: &u32| site.articles[*i as usize].article.date.map(|date| date.day);
    let mut stir = told::stirred(site, earlier, reach, came, gone, kept);
    let mut days: BTreeSet<Date> =
        edited.iter().filter_map(|i| earlier.entry(*i).article.date).map(|date| date.day).collect();
    if !gone.is_empty() {
        let moves = places::close(site, kept, earlier, gone);
        *edited = edited.iter().map(|i| moves[*i as usize]).filter(|i| *i != NONE).collect();
        told::shift(&mut stir, &moves, gone);
    }
    kept.placed();
    days.extend(edited.iter().filter_map(|i| day(site, i)));
    indices.articles = earlier.of.as_ref().map(|of| renumber::inverse(Some(of), last.articles.len()));
    carried::carried(site, &mut memory.compared);
    if indices.articles.is_some() || site.versions != last.versions {
        let other = told::reversioned(site, earlier, indices.articles.as_ref());
        stir.open.extend(other.into_iter().map(|i| (i, NONE)));
    }
    stir.open.extend(edited.iter().map(|i| (*i, NONE)));
    let corrected = plan.any(|article| Some(article.corrections.clone()).filter(|all| !all.is_empty()));
    if corrected {
        versions::corrections(site);
    }
    let (moves, changed) = told::stories(site, last, plan, content, kept, &mut stir);
    let pieces = changed.iter().flat_map(|story| &site.stories[*story as usize].articles);
    days.extend(pieces.chain(&stir.pieces).filter_map(|i| day(site, i)));
    // Those of a story that is gone weigh less.
    let gone = (0..).zip(&last.stories).filter(|(old, _)| moves.as_ref().is_some_and(|to| to[*old] == NONE));
    days.extend(gone.flat_map(|(_, story)| &story.articles).filter_map(|i| day(last, i)));
    let mut recast: Vec<u32> = edited.iter().filter_map(|i| site.articles[*i as usize].story).collect();
    recast.dedup();
    recast.retain(|story| changed.binary_search(story).is_err());
    recast.into_iter().for_each(|story| threads::cast(site, story as usize));
    indices.editions = editions::again(site, &days, moves.as_deref(), corrected);
    indices.stories = moves;
    let was = renumber::inverse(taken.as_ref(), site.entities.len());
    for entity in &reach.touched {
        let old = last.entities.get(was[*entity as usize] as usize);
        let before = old.and_then(|old| editions::first_day(last, old));
        editions::debut(site, *entity, before);
    }
    changed
}

/// Lets entities go that nothing names any longer. Leaves those that an edit touched: as they were and as they are, [`NONE`]
/// where they are not.
fn left(work: &mut Work<'_>, kept: &mut Kept) -> Vec<(u32, u32)> {
    let Work { site, earlier, taken, go, reach, indices, .. } = work;
    let was = renumber::inverse(taken.as_ref(), site.entities.len());
    let gone: Vec<u32> = go.iter().map(|number| kept.numbers.index[*number as usize]).collect();
    let left = (!gone.is_empty()).then(|| renumber::let_go(site, kept, &gone));
    let is = |entity: u32| left.as_ref().map_or(entity, |moves| moves[entity as usize]);
    if taken.is_some() || left.is_some() {
        let mut moves = vec![NONE; earlier.last.entities.len()];
        let standing = (0..).zip(&was).filter(|(_, old)| **old != NONE);
        standing.for_each(|(entity, old)| moves[*old as usize] = is(entity));
        indices.entities = Some(moves);
    }
    reach.touched.iter().map(|entity| (was[*entity as usize], is(*entity))).collect()
}

/// The numbers of the entities that the front matter of each edited article names. `None` where it names one that nobody
/// knows.
fn named(
    site: &Site,
    earlier: &Earlier<'_>,
    edited: &[u32],
    content: &Content,
    memory: &mut Memory,
) -> Option<FxHashMap<u32, Vec<u32>>> {
    let mut all = FxHashMap::default();
    let mut others = Vec::new();
    for i in edited {
        let (before, now) = (earlier.entry(*i), &site.articles[*i as usize]);
        if now.article.entities.is_empty() {
            continue;
        }
        if before.article.entities == now.article.entities {
            all.insert(*i, memory.weighed.get(&address(&before.annotation))?.named.clone());
        } else {
            others.push(*i);
        }
    }
    let articles: Vec<_> = others.iter().map(|i| &*site.articles[*i as usize].article).collect();
    let mut faults = Vec::new();
    let ids = entities::front_matter_entities(&articles, content, &mut faults);
    if !faults.is_empty() {
        return None;
    }
    for (i, ids) in others.into_iter().zip(ids) {
        all.insert(i, ids.iter().map(|id| memory.ids.number(id)).collect());
    }
    Some(all)
}

/// Works out again what one edited article says, and what leads back to it. `named` are the numbers of the entities that its
/// front matter names. `None` where its language, in which others translate it, has changed.
fn article(
    site: &mut Site,
    i: u32,
    (earlier, taken): (&Earlier<'_>, Option<&Moves>),
    named: &[u32],
    numbers: &Numbers,
    memory: &mut Memory,
    reach: &mut Reach,
) -> Option<()> {
    let mut old = earlier.entry(i).clone();
    if let Some(moves) = taken {
        Arc::make_mut(&mut old.entities)
            .iter_mut()
            .for_each(|salient| salient.entity = moves[salient.entity as usize]);
    }
    let old = &old;
    let (before, now) = (&old.annotation, site.articles[i as usize].annotation.clone());
    let (was, is) = (memory.fact(before), memory.fact(&now));
    if old.article.translation_key.is_some() && before.language != now.language {
        return None;
    }
    mentions::again(site, i as usize, &is, named, numbers, memory);
    let new = site.articles[i as usize].entities.iter().map(|salient| salient.entity);
    let speakers = was.speakers.iter().chain(&is.speakers);
    let speakers = speakers.filter_map(|number| numbers.index.get(*number as usize)).copied();
    let all = old.entities.iter().map(|salient| salient.entity).chain(new);
    let touched: BTreeSet<u32> = all.chain(speakers.filter(|index| *index != NONE)).collect();
    reach.touched.extend(&touched);
    mentions::backlinks_again(site, i, (old, &was), &is, numbers);
    let new = &site.articles[i as usize];
    let names = |entry: &crate::model::site::Entry, entity: u32| {
        entry.entities.iter().any(|salient| salient.entity == entity)
    };
    for entity in touched.iter().copied() {
        let (before, now) = (names(old, entity), names(new, entity));
        if before != now {
            reach.moved.push(Moved { entity, piece: i, came: now });
        }
    }
    if !posts_alike(before, &now) {
        reach.posts.extend(was.holders.iter().chain(&is.holders));
    }
    let tags = &new.article.topics;
    let told =
        old.article.places != new.article.places && !(tags.is_empty() && old.article.topics.is_empty());
    if told
        || old.article.topics != *tags
        || !before.topics.iter().map(|t| &t.topic).eq(now.topics.iter().map(|t| &t.topic))
    {
        reach.tagged.push(i);
    }
    for (year, dates) in dated::years(&now) {
        *reach.dates.entry(year).or_default() += i64::from(dates);
    }
    for (year, dates) in dated::years(before) {
        *reach.dates.entry(year).or_default() -= i64::from(dates);
    }
    Some(())
}

/// Whether the two state the same posts of the same entities.
fn posts_alike(a: &Annotation, b: &Annotation) -> bool {
    let posts = |annotation: &Annotation| -> Vec<_> {
        annotation.roles.iter().map(|fact| (fact.entity.clone(), fact.title.clone())).collect()
    };
    posts(a) == posts(b)
}

/// A copy of the site for another moment, without what identity fills.
fn copied(last: &Site, when: &When) -> Site {
    let ((articles, entities), stories) = rayon::join(
        || {
            rayon::join(
                || {
                    // A few more than there were may come.
                    let mut articles = Vec::with_capacity(last.articles.len() + FEW);
                    last.articles.par_iter().cloned().collect_into_vec(&mut articles);
                    articles
                },
                || last.entities.par_iter().cloned().collect(),
            )
        },
        || last.stories.clone(),
    );
    Site {
        config: last.config.clone(),
        urls: last.urls.clone(),
        now: when.now,
        tz: when.tz.clone(),
        articles,
        entities,
        topics: last.topics.clone(),
        stories,
        versions: last.versions.clone(),
        sections: last.sections.clone(),
        sources: last.sources.clone(),
        authors: last.authors.clone(),
        editions: last.editions.clone(),
        years: last.years.clone(),
        months: last.months.clone(),
        dated: last.dated.clone(),
        text_pages: last.text_pages.clone(),
        corrections: last.corrections.clone(),
        sitemaps: last.sitemaps.clone(),
        pages: last.pages.clone(),
        held: Vec::new(),
        strangers: Vec::new(),
        merges: Vec::new(),
    }
}
