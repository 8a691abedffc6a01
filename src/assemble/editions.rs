//! Days: the edition of each, in order of weight, and the calendar above them.

mod again;

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    sync::Arc,
};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

pub use again::again;

use crate::{
    model::{
        kinship::most_frequent,
        site::{Edition, EntityEntry, Entry, KeyPoint, MonthEntry, Site, YearEntry, score},
    },
    path::SitePath,
};

/// Key points of an edition at most, taken from its pieces in order.
const KEY_POINTS: usize = 6;

/// `last`: the site of the last run, made with the same settings and registry; its days are taken over where nothing has
/// changed.
pub fn editions(site: &mut Site, last: Option<&Site>) {
    let mut days: BTreeMap<jiff::civil::Date, Vec<u32>> = BTreeMap::new();
    for (i, entry) in site.articles.iter().enumerate() {
        if let (Some(date), true) = (entry.article.date, in_edition(site, entry)) {
            days.entry(date.day).or_default().push(i as u32);
        }
    }
    let last = last.map(|last| (last, same(site, last)));
    let days: Vec<(jiff::civil::Date, Vec<u32>)> = days.into_iter().collect();
    let made = days.into_par_iter().map(|(day, articles)| {
        let kept = last.as_ref().and_then(|(last, same)| kept(last, same, day, &articles));
        kept.map_or_else(|| edition(site, day, articles), bare)
    });
    let mut editions: Vec<Edition> = made.collect();
    editions.reverse();
    let by_day: FxHashMap<jiff::civil::Date, u32> =
        editions.iter().enumerate().map(|(i, e)| (e.day, i as u32)).collect();
    for (i, entity) in (0..).zip(&site.entities) {
        if let Some(edition) = first_day(site, entity).and_then(|day| by_day.get(&day)) {
            editions[*edition as usize].new_entities.push(i);
        }
    }
    for entry in &mut site.articles {
        entry.edition = entry.article.date.and_then(|d| by_day.get(&d.day).copied());
    }
    editions.iter_mut().for_each(|edition| moved(site, edition));
    site.editions = editions;
    number(&mut site.editions);
    corrections(site);
    calendar(site);
}

/// Numbers the editions, and says which stand beside each.
fn number(editions: &mut [Edition]) {
    let total = editions.len();
    for (i, edition) in editions.iter_mut().enumerate() {
        edition.number = (total - i) as u32;
        edition.next = i.checked_sub(1).map(|i| i as u32);
        edition.previous = (i + 1 < total).then_some(i as u32 + 1);
    }
}

/// The articles that were corrected on the day of each edition.
fn corrections(site: &mut Site) {
    site.editions.iter_mut().for_each(|edition| edition.corrections.clear());
    for (i, entry) in site.articles.iter().enumerate() {
        for correction in &entry.article.corrections {
            if let Ok(at) = find(&site.editions, correction.date.day) {
                site.editions[at].corrections.push(i as u32);
            }
        }
    }
}

/// The place of a day's edition, or where it would stand: newest first.
fn find(editions: &[Edition], day: jiff::civil::Date) -> Result<usize, usize> {
    editions.binary_search_by(|edition| day.cmp(&edition.day))
}

/// The day of the oldest piece of an entity that stands in an edition.
pub fn first_day(site: &Site, entity: &EntityEntry) -> Option<jiff::civil::Date> {
    let pieces = entity.articles.iter().rev().map(|link| &site.articles[link.article as usize]);
    pieces.filter(|entry| in_edition(site, entry)).find_map(|entry| entry.article.date).map(|date| date.day)
}

/// Moves an entity to the edition that names it first, where that is another than `before`.
pub fn debut(site: &mut Site, entity: u32, before: Option<jiff::civil::Date>) {
    let now = first_day(site, &site.entities[entity as usize]);
    if before == now {
        return;
    }
    let at = |day: Option<jiff::civil::Date>| find(&site.editions, day?).ok();
    let (before, now) = (at(before), at(now));
    if let Some(before) = before {
        site.editions[before].new_entities.retain(|new| *new != entity);
    }
    if let Some(now) = now
        && let Err(at) = site.editions[now].new_entities.binary_search(&entity)
    {
        site.editions[now].new_entities.insert(at, entity);
    }
}

/// The stories that a day went on with, and those that it began.
fn moved(site: &Site, edition: &mut Edition) {
    for article in &edition.articles {
        let Some(story) = site.articles[*article as usize].story else { continue };
        let first = site.stories[story as usize].articles.first();
        let begun = first.and_then(|a| site.articles[*a as usize].article.date).map(|d| d.day);
        let list = if begun == Some(edition.day) { &mut edition.begun } else { &mut edition.moved };
        if !list.contains(&story) {
            list.push(story);
        }
    }
}

/// Whether a piece stands in the edition of its day.
pub fn in_edition(site: &Site, entry: &Entry) -> bool {
    entry.section.is_none_or(|s| site.sections[s as usize].value.editions.unwrap_or(true))
}

/// Which articles, by index, are in both sites all that an edition shows and weighs.
fn same(site: &Site, last: &Site) -> Vec<bool> {
    let alike = |(a, b): (&Entry, &Entry)| {
        Arc::ptr_eq(&a.article, &b.article)
            && Arc::ptr_eq(&a.annotation, &b.annotation)
            && (a.words, a.story.is_some()) == (b.words, b.story.is_some())
            && a.entities == b.entities
            && a.topics == b.topics
    };
    site.articles.par_iter().zip(&last.articles).map(alike).collect()
}

/// The edition of the last site, where it has the same pieces.
fn kept<'a>(last: &'a Site, same: &[bool], day: jiff::civil::Date, articles: &[u32]) -> Option<&'a Edition> {
    let at = find(&last.editions, day).ok()?;
    let kept = &last.editions[at];
    let all = articles.iter().all(|article| same.get(*article as usize) == Some(&true));
    (all && kept.articles.len() == articles.len()).then_some(kept)
}

/// A day as it was, without what hangs on other days.
fn bare(kept: &Edition) -> Edition {
    Edition {
        new_entities: Vec::new(),
        corrections: Vec::new(),
        moved: Vec::new(),
        begun: Vec::new(),
        ..kept.clone()
    }
}

/// The edition of a day, without what hangs on other days.
fn edition(site: &Site, day: jiff::civil::Date, mut articles: Vec<u32>) -> Edition {
    // A piece without a weight stands between those that were raised and those that were lowered. The stable sort keeps
    // equals newest first.
    articles.sort_by_cached_key(|article| {
        let entry = &site.articles[*article as usize];
        (Reverse(entry.article.weight.unwrap_or(0)), Reverse(Total(score(entry))))
    });
    let mut entities: FxHashMap<u32, u32> = FxHashMap::default();
    let mut topics: FxHashMap<u32, u32> = FxHashMap::default();
    for entry in articles.iter().map(|i| &site.articles[*i as usize]) {
        for salient in entry.entities.iter() {
            *entities.entry(salient.entity).or_default() += 1;
        }
        for topic in &entry.topics {
            *topics.entry(*topic).or_default() += 1;
        }
    }
    Edition {
        day,
        path: day_path(day),
        number: 0,
        key_points: key_points(site, &articles),
        entities: most_frequent(entities, 24),
        topics: most_frequent(topics, 12),
        articles,
        previous: None,
        next: None,
        new_entities: Vec::new(),
        corrections: Vec::new(),
        moved: Vec::new(),
        begun: Vec::new(),
    }
}

/// A number in its total order.
#[derive(PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Those that editors wrote; where a piece has none, its key sentence.
fn key_points(site: &Site, articles: &[u32]) -> Vec<KeyPoint> {
    let mut points = Vec::new();
    for article in articles {
        let entry = &site.articles[*article as usize];
        let mut texts: Vec<String> = entry.article.key_points.clone();
        if texts.is_empty() {
            let sentence = entry.annotation.key_sentences.first();
            texts.extend(sentence.map(|s| entry.article.prose.slice(*s).to_owned()));
        }
        let share = if articles.len() == 1 { KEY_POINTS } else { 2 };
        points.extend(texts.into_iter().take(share).map(|text| KeyPoint { text, article: *article }));
    }
    points.truncate(KEY_POINTS);
    points
}

fn day_path(day: jiff::civil::Date) -> SitePath {
    SitePath::new(&format!("/{:04}/{:02}/{:02}/", day.year(), day.month(), day.day()))
}

fn calendar(site: &mut Site) {
    (site.years, site.months) = (Vec::new(), Vec::new());
    for (i, edition) in site.editions.iter().enumerate() {
        let (year, month) = (edition.day.year(), edition.day.month());
        if site.years.last().is_none_or(|y| y.year != year) {
            let path = SitePath::new(&format!("/{year:04}/"));
            site.years.push(YearEntry { year, path, months: Vec::new(), articles: 0 });
        }
        if site.months.last().is_none_or(|m| (m.year, m.month) != (year, month)) {
            if let Some(entry) = site.years.last_mut() {
                entry.months.push(site.months.len() as u32);
            }
            let path = SitePath::new(&format!("/{year:04}/{month:02}/"));
            site.months.push(MonthEntry { year, month, path, editions: Vec::new(), articles: 0 });
        }
        let count = edition.articles.len() as u32;
        if let (Some(entry), Some(of)) = (site.months.last_mut(), site.years.last_mut()) {
            entry.editions.push(i as u32);
            entry.articles += count;
            of.articles += count;
        }
    }
}
