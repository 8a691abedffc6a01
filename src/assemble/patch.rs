//! The site of the last run and a few edited articles enter; the site that [`assemble`](super::assemble) would put
//! together leaves, or nothing, where an edit reaches further than this follows.
//!
//! The order and the addresses of articles must be the same, and the stories that editors named. Then all articles keep their
//! indices, and only what hangs on the edited ones is worked out again: which entities come to the site
//! and leave it, the mentions, what leads back to the articles, and, where their entities or topics changed, threads,
//! editions and the list of pages.

mod filed;
mod newcomers;
mod renumber;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator,
    ParallelIterator,
};
use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        When, carried, dated, editions,
        entities::Numbers,
        identity,
        memory::{FEW, Memory, NONE, Piece, address},
        mentions, pages,
        patch::{newcomers::Changes, renumber::Moves},
        select,
        threads::{self, Moved, Tagged},
        topics,
    },
    diagnostic::Diagnostic,
    model::{
        self, Annotation, EntityKind, Page, TopicId, feeds,
        listed::news,
        page::{FeedOf, numbered},
        site::{Content, Entry, Site},
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

    /// Whether the same pieces are published as in the last run.
    fn shows_the_same(&self, when: &When, memory: &Memory) -> bool {
        let same = (self.when.drafts, self.when.future, &self.when.tz);
        let pieces = memory.pieces.par_iter().zip(&self.places);
        same == (when.drafts, when.future, &when.tz)
            && memory.pieces.len() == self.places.len()
            && pieces.all(|(piece, place)| select::is_shown(piece, when) == (*place != NONE))
    }
}

/// What is different about the edited articles.
#[derive(Default)]
struct Reach {
    moved: Vec<Moved>,
    /// The entities that an edited article names or quotes, before or after, by their indices, as they were.
    touched: BTreeMap<u32, Before>,
    /// Those under other topics than before.
    tagged: Vec<u32>,
    /// Numbers of the entities of which articles state other posts.
    posts: BTreeSet<u32>,
    /// How many dates fall into which year.
    dates: bool,
    /// More about the list of pages than the lists of some entities and topics.
    pages: bool,
}

/// Where entities that came, entities that went, and topics have moved the others.
struct Indices {
    taken: Option<Moves>,
    left: Option<Moves>,
    topics: Option<Moves>,
}

/// An entity before the edits.
struct Before {
    pages: Vec<Page>,
    /// The day of the edition that names it first.
    day: Option<jiff::civil::Date>,
}

/// The site after the edits: `changed` are the places of articles among the content's, each with the piece that was there.
pub fn patched(
    content: &Content,
    when: &When,
    changed: &[(u32, Piece)],
    memory: &mut Memory,
) -> Option<(Arc<Site>, Vec<Diagnostic>)> {
    let last = memory.last.clone()?;
    let mut kept = memory.kept.take()?;
    let made = follow(content, when, changed, memory, &last, &mut kept)?;
    let of_pages = memory.pages.iter().flat_map(|(_, pages)| &pages.faults);
    let faults = kept.faults.tags.iter().chain(&kept.faults.others).chain(of_pages).cloned().collect();
    memory.kept = Some(kept);
    memory.followed += 1;
    let site = Arc::new(made);
    memory.last = Some(site.clone());
    Some((site, faults))
}

fn follow(
    content: &Content,
    when: &When,
    changed: &[(u32, Piece)],
    memory: &mut Memory,
    last: &Site,
    kept: &mut Kept,
) -> Option<Site> {
    if !kept.shows_the_same(when, memory) {
        return None;
    }
    for (i, old) in changed {
        let new = &memory.pieces[*i as usize];
        let held = kept.places[*i as usize] == NONE;
        let filed = old.path == new.path && filed::alike(&old.article, &new.article, &kept.faults);
        if new.path.is_none() || !(held || filed) {
            return None;
        }
    }
    let groups = filed::Groups::of(changed, memory);
    let mut site = copied(last, when);
    site.held = select::held(&memory.pieces, when);
    let sources = kept.sources.par_iter();
    site.articles.par_iter_mut().zip(sources).for_each(|(entry, i)| {
        entry.annotation = memory.pieces[*i as usize].shown.1.clone();
    });
    for (i, _) in changed.iter().filter(|(i, _)| kept.places[*i as usize] != NONE) {
        let piece = &memory.pieces[*i as usize];
        let entry = &mut site.articles[kept.places[*i as usize] as usize];
        (entry.article, _, entry.withheld) = piece.shown.clone();
        entry.words = piece.words;
    }
    let mut pages = site.config.og_images && filed::pictured(changed, memory);
    pages |= groups.again(&mut site, last, content)?;
    identity::identity(&mut site, content, memory);
    // What identity says anew of other articles is followed too.
    let other = |i: &u32| {
        let (new, old) = (&site.articles[*i as usize], &last.articles[*i as usize]);
        !Arc::ptr_eq(&new.annotation, &old.annotation) || !Arc::ptr_eq(&new.article, &old.article)
    };
    let edited: Vec<u32> = (0..site.articles.len() as u32).into_par_iter().filter(other).collect();
    if edited.len() > FEW {
        return None;
    }
    let Changes { come, go, renewed } = newcomers::changes(&site, last, &edited, &kept.numbers, memory)?;
    let new: BTreeSet<u32> = come.iter().map(|new| new.number).collect();
    // From here on indices of entities are those of this site, with the ones that go still in it.
    let taken = (!come.is_empty()).then(|| renumber::take_in(&mut site, kept, come));
    let index = |number: &u32, kept: &Kept| kept.numbers.index[*number as usize];
    for (number, entity) in renewed {
        site.entities[index(&number, kept) as usize].entity = entity;
    }
    let mut reach = Reach { pages, posts: new.clone(), ..Reach::default() };
    for number in &new {
        reach.touched.insert(index(number, kept), Before { pages: Vec::new(), day: None });
    }
    for i in &edited {
        article(&mut site, *i, last, taken.as_ref(), &kept.numbers, memory, &mut reach)?;
    }
    reach.posts.retain(|number| kept.numbers.index.get(*number as usize).is_some_and(|index| *index != NONE));
    if !reach.posts.is_empty() {
        mentions::posts_again(&mut site, &reach.posts, &kept.numbers, memory);
    }
    let mut topic_moves = None;
    if !reach.tagged.iter().all(|i| !own_tags(last, *i) && topics::again(&mut site, *i)) {
        kept.faults.tags.clear();
        topics::topics(&mut site, content, &mut kept.faults.tags);
        topic_moves = renumber::topics(&mut site, last);
    }
    if reach.dates {
        dated::dated(&mut site);
        reach.pages |= !dated_pages(&site).eq(dated_pages(last));
    }
    carried::carried(&mut site, &mut memory.compared);
    let tagged: Vec<Tagged> = reach.tagged.iter().map(|i| tagged(&site, last, *i)).collect();
    if site.versions != last.versions || !kept.threads.hold(&site, &edited, &reach.moved, &tagged) {
        threads::unthread(&mut site);
        kept.threads = threads::threads(&mut site, &memory.ids);
        threads::casts(&mut site);
        editions::editions(&mut site, Some(last));
        reach.pages = true;
    } else {
        let mut days: Vec<u32> = edited.iter().filter_map(|i| site.articles[*i as usize].edition).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().for_each(|day| editions::again(&mut site, day as usize));
        let mut stories: Vec<u32> = edited.iter().filter_map(|i| site.articles[*i as usize].story).collect();
        stories.dedup();
        let recast = stories.into_iter().filter(|_| !reach.moved.is_empty());
        recast.for_each(|story| threads::cast(&mut site, story as usize));
        for (entity, before) in &reach.touched {
            editions::debut(&mut site, *entity, before.day);
        }
    }
    let lead = |site: &Site| -> Vec<Option<u32>> {
        site.editions.iter().map(|edition| edition.articles.first().copied()).collect()
    };
    // An edition's picture shows the headline of its lead.
    reach.pages |= site.config.og_images && lead(&site) != lead(last);
    let gone: Vec<u32> = go.iter().map(|number| index(number, kept)).collect();
    let left = (!gone.is_empty()).then(|| renumber::let_go(&mut site, kept, &gone));
    reach.pages |= !kinds(&site).eq(&kinds(last));
    let moves = Indices { taken, left, topics: topic_moves };
    if reach.pages || !listed(&mut site, last, &moves, reach.touched, memory) {
        pages::pages(&mut site, content, memory, &mut Vec::new());
    }
    memory.end(&site);
    Some(site)
}

/// Works out again what one edited article says, and what leads back to it. `None` where its language, in which others
/// translate it, has changed.
fn article(
    site: &mut Site,
    i: u32,
    last: &Site,
    taken: Option<&Moves>,
    numbers: &Numbers,
    memory: &mut Memory,
    reach: &mut Reach,
) -> Option<()> {
    let mut old = last.articles[i as usize].clone();
    if let Some(moves) = taken {
        old.entities.iter_mut().for_each(|salient| salient.entity = moves[salient.entity as usize]);
    }
    let old = &old;
    let (before, now) = (&old.annotation, site.articles[i as usize].annotation.clone());
    let (was, is) = (memory.fact(before), memory.fact(&now));
    let named = match old.article.entities.is_empty() {
        true => Vec::new(),
        false => memory.weighed.get(&address(before)).map(|weighed| weighed.named.clone())?,
    };
    if old.article.translation_key.is_some() && before.language != now.language {
        return None;
    }
    mentions::again(site, i as usize, &is, &named, numbers, memory);
    let new = site.articles[i as usize].entities.iter().map(|salient| salient.entity);
    let speakers = was.speakers.iter().chain(&is.speakers);
    let speakers = speakers.filter_map(|number| numbers.index.get(*number as usize)).copied();
    let named = old.entities.iter().map(|salient| salient.entity).chain(new);
    let touched: BTreeSet<u32> = named.chain(speakers.filter(|index| *index != NONE)).collect();
    for entity in &touched {
        reach.touched.entry(*entity).or_insert_with(|| Before {
            pages: pages::pages_of(site, &[FeedOf::Entity(*entity)]),
            day: editions::first_day(site, &site.entities[*entity as usize]),
        });
    }
    mentions::backlinks_again(site, i, (old, &was), &is, numbers);
    let new = &site.articles[i as usize];
    let names = |entry: &Entry, entity: u32| entry.entities.iter().any(|salient| salient.entity == entity);
    for entity in touched.iter().copied() {
        let (before, now) = (names(old, entity), names(new, entity));
        if before != now {
            reach.moved.push(Moved { entity, piece: i, came: now });
        }
    }
    if !posts_alike(before, &now) {
        reach.posts.extend(was.holders.iter().chain(&is.holders));
    }
    let tags = &site.articles[i as usize].article.topics;
    let told = old.article.places != site.articles[i as usize].article.places && !tags.is_empty();
    if told
        || old.article.topics != *tags
        || !before.topics.iter().map(|t| &t.topic).eq(now.topics.iter().map(|t| &t.topic))
    {
        reach.tagged.push(i);
    }
    reach.dates |= dated::years(before) != dated::years(&now);
    Some(())
}

/// The years of the timeline that have a page.
fn dated_pages(site: &Site) -> impl Iterator<Item = i16> {
    model::dated::paged(site).map(|year| year.year)
}

/// Whether the editor named topics of an article.
fn own_tags(site: &Site, piece: u32) -> bool {
    !site.articles[piece as usize].article.topics.is_empty()
}

/// The topics that came to an article or left it.
fn tagged(site: &Site, last: &Site, piece: u32) -> Tagged {
    let ids = |site: &Site| -> BTreeSet<TopicId> {
        let topics = site.articles[piece as usize].topics.iter();
        topics.map(|topic| site.topics[*topic as usize].topic.id.clone()).collect()
    };
    let (before, now) = (ids(last), ids(site));
    let place = |id: &TopicId| site.topics.iter().position(|topic| topic.topic.id == *id);
    let topics = before.symmetric_difference(&now).filter_map(place).map(|topic| topic as u32).collect();
    Tagged { piece, topics }
}

/// The kinds that the site has entities of.
fn kinds(site: &Site) -> BTreeSet<EntityKind> {
    site.entities.iter().map(|entry| entry.entity.kind).collect()
}

/// Fills the list of pages from that of the last site, where entities and topics have more or fewer pages and feeds, and
/// says whether that could be done.
fn listed(
    site: &mut Site,
    last: &Site,
    moves: &Indices,
    touched: BTreeMap<u32, Before>,
    memory: &mut Memory,
) -> bool {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (entity, before) in touched {
        let entity = moves.left.as_ref().map_or(entity, |moves| moves[entity as usize]);
        let now = if entity == NONE { Vec::new() } else { pages::pages_of(site, &[FeedOf::Entity(entity)]) };
        if !before.pages.iter().map(|page| &page.path).eq(now.iter().map(|page| &page.path)) {
            gone.extend(before.pages.into_iter().map(|page| page.path));
            come.extend(now);
        }
    }
    let topic = |site: &Site, i: u32| {
        let entry = &site.topics[i as usize];
        let pages = numbered(entry.articles.len(), site.config.paginate_by);
        (pages, entry.feed, feeds::archives(site, FeedOf::Topic(i)))
    };
    let mut known = vec![false; site.topics.len()];
    for old in 0..last.topics.len() as u32 {
        let new = moves.topics.as_ref().map_or(old, |moves| moves[old as usize]);
        if let Some(known) = known.get_mut(new as usize) {
            *known = true;
        }
        // The pages of a topic that is gone are left out where the others are moved.
        if new != NONE && topic(last, old) != topic(site, new) {
            gone.extend(pages::pages_of(last, &[FeedOf::Topic(old)]).into_iter().map(|page| page.path));
            come.extend(pages::pages_of(site, &[FeedOf::Topic(new)]));
        }
    }
    for (new, _) in (0..).zip(&known).filter(|(_, known)| !**known) {
        come.extend(pages::pages_of(site, &[FeedOf::Topic(new)]));
    }
    let moved = moves.taken.is_some() || moves.left.is_some() || moves.topics.is_some();
    if !moved && gone.is_empty() && come.is_empty() {
        return news(site).is_empty() == news(last).is_empty();
    }
    let mut pages = last.pages.clone();
    for moves in [&moves.taken, &moves.left].into_iter().flatten() {
        pages = Arc::new(renumber::pages(&pages, moves));
    }
    if let Some(moves) = &moves.topics {
        pages = Arc::new(renumber::topic_pages(&pages, moves));
    }
    pages::again(site, last, &pages, (gone, come), memory)
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
                || last.articles.par_iter().cloned().collect(),
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
