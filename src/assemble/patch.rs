//! The site of the last run and a few edited articles enter; the site that [`assemble`](super::assemble) would put
//! together leaves, or nothing, where an edit reaches further than this follows.
//!
//! What an article is filed under must be the same: its day, address, section, source, authors, story, tags. Then all
//! articles and entities keep their indices, and only what hangs on the edited ones is worked out again: their mentions,
//! what leads back to them, and, where their entities or topics changed, threads, editions and the list of pages.

use std::{collections::BTreeSet, sync::Arc};

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
        memory::{FEW, Facts, Memory, NONE, Piece, address},
        mentions, pages, select,
        threads::{self, Moved, Tagged},
        topics,
    },
    diagnostic::Diagnostic,
    model::{
        self, Annotation, Article, Origin, Stranger, TopicId, feeds,
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
    /// What the run found wrong, but for decisions and pages.
    faults: Vec<Diagnostic>,
}

impl Kept {
    pub fn new(
        site: &Site,
        when: &When,
        memory: &Memory,
        numbers: Numbers,
        threads: threads::Kept,
        faults: &[Diagnostic],
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
        Kept { when: when.clone(), sources: shown, places, numbers, threads, faults: faults.to_vec() }
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
    /// Indices of the entities that an edited article names or quotes, before or after.
    touched: BTreeSet<u32>,
    /// Those under other topics than before.
    tagged: Vec<u32>,
    /// How many dates fall into which year.
    dates: bool,
    /// More about the list of pages than the lists of some entities and topics.
    pages: bool,
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
    let faults = kept.faults.iter().chain(memory.pages.iter().flat_map(|(_, pages)| &pages.faults));
    let faults = faults.cloned().collect();
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
        let filed = old.path == new.path && filed_alike(&old.article, &new.article, last.config.og_images);
        if new.path.is_none() || !(held || filed) {
            return None;
        }
    }
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
    identity::identity(&mut site, content, memory);
    // What identity says anew of other articles is followed too.
    let other = |i: &u32| {
        let (new, old) = (&site.articles[*i as usize], &last.articles[*i as usize]);
        !Arc::ptr_eq(&new.annotation, &old.annotation) || !Arc::ptr_eq(&new.article, &old.article)
    };
    let edited: Vec<u32> = (0..site.articles.len() as u32).into_par_iter().filter(other).collect();
    if edited.len() > FEW || !known_alike(&site.strangers, &last.strangers) {
        return None;
    }
    let mut reach = Reach { pages: site.config.og_images, ..Reach::default() };
    for i in &edited {
        article(&mut site, *i, last, &kept.numbers, memory, &mut reach)?;
    }
    let mut renumbered = false;
    if !reach.tagged.iter().all(|i| topics::again(&mut site, *i)) {
        // What is wrong with tags has been said.
        topics::topics(&mut site, content, &mut Vec::new());
        renumbered = !site.topics.iter().map(|t| &t.topic.id).eq(last.topics.iter().map(|t| &t.topic.id));
    }
    if reach.dates {
        dated::dated(&mut site);
        reach.pages |= !dated_pages(&site).eq(dated_pages(last));
    }
    carried::carried(&mut site, &mut memory.compared);
    let tagged: Vec<Tagged> = reach.tagged.iter().map(|i| tagged(&site, last, *i)).collect();
    let follows = renumbered || site.versions != last.versions;
    if follows || !kept.threads.hold(&site, &edited, &reach.moved, &tagged) {
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
        for moved in &reach.moved {
            editions::debut(&mut site, last, moved.entity);
        }
    }
    let lists = if reach.pages { Vec::new() } else { listed(&site, last, &reach.touched) };
    if reach.pages || !pages::again(&mut site, last, &lists, memory) {
        pages::pages(&mut site, content, memory, &mut Vec::new());
    }
    memory.end(&site);
    Some(site)
}

/// Works out again what one edited article says, and what leads back to it. `None` where other entities come or go.
fn article(
    site: &mut Site,
    i: u32,
    last: &Site,
    numbers: &Numbers,
    memory: &mut Memory,
    reach: &mut Reach,
) -> Option<()> {
    let old = &last.articles[i as usize];
    let (before, now) = (&old.annotation, site.articles[i as usize].annotation.clone());
    let (was, is) = (memory.fact(before), memory.fact(&now));
    let named = match old.article.entities.is_empty() {
        true => Vec::new(),
        false => memory.weighed.get(&address(before)).map(|weighed| weighed.named.clone())?,
    };
    let translated = old.article.translation_key.is_some() && before.language != now.language;
    if translated
        || before.introduced != now.introduced
        || !posts_alike(before, now.as_ref())
        || !entities_stay(site, i, (&was, &is), &now, numbers, memory)
    {
        return None;
    }
    mentions::again(site, i as usize, &is, &named, numbers, memory);
    mentions::backlinks_again(site, i, (old, &was), &is, numbers);
    let new = &site.articles[i as usize];
    let names = |entry: &Entry, entity: u32| entry.entities.iter().any(|salient| salient.entity == entity);
    let speakers = was.speakers.iter().chain(&is.speakers);
    let speakers = speakers.filter_map(|number| numbers.index.get(*number as usize)).copied();
    let named = old.entities.iter().chain(&new.entities).map(|salient| salient.entity);
    let touched: BTreeSet<u32> = named.chain(speakers.filter(|index| *index != NONE)).collect();
    for entity in touched.iter().copied() {
        let (before, now) = (names(old, entity), names(new, entity));
        if before != now {
            reach.moved.push(Moved { entity, piece: i, came: now });
        }
    }
    reach.touched.extend(touched);
    if !before.topics.iter().map(|t| &t.topic).eq(now.topics.iter().map(|t| &t.topic)) {
        reach.tagged.push(i);
    }
    reach.dates |= dated::years(before) != dated::years(&now);
    Some(())
}

/// The years of the timeline that have a page.
fn dated_pages(site: &Site) -> impl Iterator<Item = i16> {
    model::dated::paged(site).map(|year| year.year)
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

/// The entities, of those `touched`, and the topics that have more or fewer pages and feeds than in the last site.
fn listed(site: &Site, last: &Site, touched: &BTreeSet<u32>) -> Vec<FeedOf> {
    let by = site.config.paginate_by;
    let entity = |site: &Site, i: u32| {
        let entry = &site.entities[i as usize];
        let quotes = (!entry.quotes.is_empty()).then(|| numbered(entry.quotes.len(), by));
        (numbered(entry.articles.len(), by), quotes, entry.feed, feeds::archives(site, FeedOf::Entity(i)))
    };
    let topic = |site: &Site, i: u32| {
        let entry = &site.topics[i as usize];
        (numbered(entry.articles.len(), by), entry.feed, feeds::archives(site, FeedOf::Topic(i)))
    };
    let entities = touched.iter().filter(|i| entity(last, **i) != entity(site, **i));
    let topics = (0..site.topics.len() as u32).filter(|i| topic(last, *i) != topic(site, *i));
    entities.map(|i| FeedOf::Entity(*i)).chain(topics.map(FeedOf::Topic)).collect()
}

/// Whether the two state the same posts of the same entities.
fn posts_alike(a: &Annotation, b: &Annotation) -> bool {
    let posts = |annotation: &Annotation| -> Vec<_> {
        annotation.roles.iter().map(|fact| (fact.entity.clone(), fact.title.clone())).collect()
    };
    posts(a) == posts(b)
}

/// Whether the site has the same entities after an article has named others than before: those that are new in it stand
/// in the site, and those that left stand there without it.
fn entities_stay(
    site: &Site,
    i: u32,
    (was, is): (&Facts, &Facts),
    now: &Annotation,
    numbers: &Numbers,
    memory: &Memory,
) -> bool {
    let index = |number: u32| numbers.index.get(number as usize).copied().filter(|index| *index != NONE);
    let introduced = |number: u32| now.introduced.iter().any(|new| new.id == memory.ids.all[number as usize]);
    let stays = |number: u32| {
        let Some(index) = index(number) else { return true };
        let entity = &site.entities[index as usize];
        entity.entity.origin == Origin::Registry || entity.articles.iter().any(|link| link.article != i)
    };
    let came = is.distinct.iter().filter(|number| !was.distinct.contains(number));
    let left = was.distinct.iter().filter(|number| !is.distinct.contains(number));
    came.clone().all(|number| index(*number).is_some() && !introduced(*number))
        && left.clone().all(|number| stays(*number) && !introduced(*number))
}

/// Whether new names are published under the same entities, with the same spellings.
fn known_alike(a: &[Stranger], b: &[Stranger]) -> bool {
    let published = |all: &[Stranger]| {
        let mut published: Vec<(String, Vec<String>)> = all
            .iter()
            .filter_map(|stranger| {
                let others = stranger.spellings.iter().map(|(name, _)| name.clone());
                let others = others.filter(|name| *name != stranger.name).collect();
                Some((stranger.entity.as_ref()?.as_str().to_owned(), others))
            })
            .collect();
        published.sort();
        published
    };
    published(a) == published(b)
}

/// Whether the two are filed alike: all that the order, the addresses and the groups of a site follow from. A field that is
/// named here and not compared is shown on pages only, or counts within its own article and edition.
fn filed_alike(a: &Article, b: &Article, titled: bool) -> bool {
    let Article {
        path,
        hash: _,
        slug,
        title,
        date,
        updated: _,
        source,
        source_url,
        section,
        authors,
        dateline: _,
        summary: _,
        key_points: _,
        topics,
        entities,
        story,
        draft,
        publish_at,
        expires,
        corrections,
        image,
        aliases,
        lang,
        translation_key,
        noindex,
        template: _,
        weight: _,
        extra: _,
        prose: _,
        wire: _,
        doubts: _,
        keys: _,
        places,
        assets: _,
    } = a;
    *path == b.path
        && *slug == b.slug
        && *date == b.date
        && *source == b.source
        && *source_url == b.source_url
        && *section == b.section
        && *authors == b.authors
        && *topics == b.topics
        && *entities == b.entities
        && *story == b.story
        && *draft == b.draft
        && *publish_at == b.publish_at
        && *expires == b.expires
        && *corrections == b.corrections
        && *aliases == b.aliases
        && *lang == b.lang
        && *translation_key == b.translation_key
        && *noindex == b.noindex
        && *places == b.places
        && (!titled || (*title == b.title && *image == b.image))
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
