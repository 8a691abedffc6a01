//! The timeline: sentences of the whole archive that give a date, by that date.
//!
//! All of them are gathered when the first page asks for them: which years have a page is known without
//! ([`dated`](crate::model::dated)). Sentences that several pieces share word for word, as versions of one do, are told once.

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHasher;
use tera::{Context, Map, Value};

use crate::{
    model::{
        Page, Span,
        dated::{self, Grain, grain},
        site::{Entry, Site, score},
    },
    render::{
        Renderer,
        context::{insert_page, link, page_view, withdrawn},
        dossier::passage_url,
        listing::crumb,
        structured,
        views::{
            BarView,
            timeline::{ToldDayView, ToldMonthView, ToldView, ToldYearView},
        },
    },
};

/// Sentences of one page, about: where its days are many, each has fewer.
const PAGE: usize = 400;
/// Sentences of one day at most.
const DAY: usize = 8;
/// Names below a sentence at most.
const NAMES: usize = 5;

/// A sentence with one of its dates.
#[derive(Clone, Debug)]
struct Told {
    from: Date,
    to: Date,
    grain: Grain,
    article: u32,
    sentence: Span,
    weight: f32,
    /// Hash of its words.
    words: u64,
}

/// By year.
pub struct Timeline {
    site: Arc<Site>,
    made: OnceLock<BTreeMap<i16, Vec<Told>>>,
}

impl Timeline {
    pub fn new(site: Arc<Site>) -> Self {
        Timeline { site, made: OnceLock::new() }
    }

    /// The sentences of a year in the order of the calendar, those of one date by weight.
    fn year(&self, year: i16) -> &[Told] {
        self.made.get_or_init(|| gathered(&self.site)).get(&year).map_or(&[], Vec::as_slice)
    }
}

fn gathered(site: &Site) -> BTreeMap<i16, Vec<Told>> {
    let all: Vec<Vec<Told>> =
        (0..site.articles.len()).into_par_iter().map(|i| told(site, i as u32)).collect();
    let mut years: BTreeMap<i16, Vec<Told>> = BTreeMap::new();
    for told in all.into_iter().flatten() {
        years.entry(told.from.year()).or_default().push(told);
    }
    for year in years.values_mut() {
        // Of equal words the weightiest comes first, and stays.
        let when = |told: &Told| (told.from.month(), told.grain.min(Grain::Days), told.from, told.to);
        let by_words = |a: &Told, b: &Told| when(a).cmp(&when(b)).then(a.words.cmp(&b.words));
        let by_weight = |a: &Told, b: &Told| {
            let place = |told: &Told| (told.article, told.sentence);
            b.weight.total_cmp(&a.weight).then(place(a).cmp(&place(b)))
        };
        year.sort_unstable_by(|a, b| by_words(a, b).then_with(|| by_weight(a, b)));
        year.dedup_by(|later, first| by_words(later, first).is_eq());
        year.sort_unstable_by(|a, b| when(a).cmp(&when(b)).then_with(|| by_weight(a, b)));
    }
    years
}

/// The dated sentences of an article; none of one that was withdrawn.
fn told(site: &Site, index: u32) -> Vec<Told> {
    let entry = &site.articles[index as usize];
    if withdrawn(&entry.article) {
        return Vec::new();
    }
    let piece = weight_of_piece(entry);
    let mut told: Vec<Told> = Vec::new();
    for date in &entry.annotation.dates {
        let Some(grain) = grain(date) else { continue };
        // A sentence that gives a date twice does so in one go, nearly always; the rest falls out as equal words.
        let again = |t: &Told| (t.sentence, t.from, t.to) == (date.sentence, date.day, date.end);
        if told.last().is_some_and(again) {
            continue;
        }
        let text = entry.article.prose.slice(date.sentence).trim();
        if text.is_empty() {
            continue;
        }
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        told.push(Told {
            from: date.day,
            to: date.end,
            grain,
            article: index,
            sentence: date.sentence,
            weight: piece + weight_of_sentence(site, entry, date.sentence),
            words: hasher.finish(),
        });
    }
    told
}

/// What the editor's `weight` or else the piece itself adds to its sentences.
fn weight_of_piece(entry: &Entry) -> f32 {
    entry.article.weight.map_or(0.0, |weight| weight as f32) + score(entry) as f32 / 2.0
}

/// A key sentence weighs two, each of up to four names a half, and the best-known of them the half of the logarithm of
/// the articles that mention it.
fn weight_of_sentence(site: &Site, entry: &Entry, sentence: Span) -> f32 {
    let names = named(entry, sentence);
    let known = names.iter().map(|e| site.entities[*e as usize].articles.len()).max().unwrap_or(0);
    let key = entry.annotation.key_sentences.iter().any(|key| key.overlaps(sentence));
    names.len().min(4) as f32 / 2.0 + (1.0 + known as f32).ln() / 2.0 + if key { 2.0 } else { 0.0 }
}

/// The entities that a sentence names, each once, at most [`NAMES`].
fn named(entry: &Entry, sentence: Span) -> Vec<u32> {
    let span = |m: &crate::model::site::LinkedMention| entry.annotation.mentions[m.mention as usize].span;
    let first = entry.mentions.partition_point(|m| span(m).start < sentence.start);
    let mut names = Vec::new();
    for mention in entry.mentions[first..].iter().take_while(|m| span(m).start < sentence.end) {
        if names.len() < NAMES && !names.contains(&mention.entity) {
            names.push(mention.entity);
        }
    }
    names
}

/// The front page: all years, and what happened in those that have no page of their own.
pub fn index(site: &Site, renderer: &Renderer, page: &Page, context: &mut Context) -> String {
    let paged: Vec<i16> = dated::paged(site).map(|year| year.year).collect();
    let own = || site.dated.iter().filter(|year| !paged.contains(&year.year));
    let most = most_a_day(own().flat_map(|year| renderer.told.year(year.year)));
    let years: Vec<ToldYearView> = site
        .dated
        .iter()
        .map(|year| {
            let own = paged.contains(&year.year);
            year_view(site, renderer, year.year, if own { None } else { Some(most) })
        })
        .filter(|year| year.count > 0)
        .collect();
    let title = renderer.words.get("timeline");
    let mut view = page_view(site, page, "timeline", title, renderer.words.get("timeline_help"));
    let mut listed = listed(&years);
    let link = |year: &ToldYearView| item(&year.url, &year.year.to_string());
    listed.extend(years.iter().filter(|year| !year.url.is_empty()).map(link));
    view.json_ld = structured::list(site, &view, Some(&Value::from(listed)));
    context.insert("count", &years.iter().map(|year| year.count).sum::<usize>());
    context.insert("years", &years);
    insert_page(site, context, view);
    "timeline.html".to_owned()
}

/// One year.
pub fn year(site: &Site, renderer: &Renderer, page: &Page, year: i16, context: &mut Context) -> String {
    let most = most_a_day(renderer.told.year(year).iter());
    let year_view = year_view(site, renderer, year, Some(most));
    let title = format!("{} {year}", renderer.words.get("timeline"));
    let mut view = page_view(site, page, "timeline-year", &title, renderer.words.get("timeline_help"));
    view.breadcrumbs = vec![crumb(site, renderer, "timeline", dated::front().as_str())];
    let years = [year_view];
    view.json_ld = structured::list(site, &view, Some(&Value::from(listed(&years))));
    let near =
        |year: &crate::model::site::DatedYear| link(site, &year.year.to_string(), &dated::path(year.year), 0);
    context.insert("before", &dated::paged(site).rev().find(|other| other.year < year).map(near));
    context.insert("after", &dated::paged(site).find(|other| other.year > year).map(near));
    context.insert("year", &years[0]);
    insert_page(site, context, view);
    "timeline-year.html".to_owned()
}

/// How many sentences of one date a page shows.
fn most_a_day<'a>(told: impl Iterator<Item = &'a Told>) -> usize {
    let mut dates: Vec<(Date, Date)> = told.map(|told| (told.from, told.to)).collect();
    dates.dedup();
    (PAGE / dates.len().max(1)).clamp(1, DAY)
}

/// `most` sentences of each date, or the sums of the months alone.
fn year_view(site: &Site, renderer: &Renderer, year: i16, most: Option<usize>) -> ToldYearView {
    let told = renderer.told.year(year);
    let url = site.urls.link(&dated::path(year));
    let of_month = |month: i8| told.iter().filter(move |told| told.from.month() == month).count();
    let greatest = (1..=12).map(of_month).max().unwrap_or(0).max(1);
    let bar = |month: i8| {
        let count = of_month(month);
        let url = if count == 0 { String::new() } else { format!("{url}#{year:04}-{month:02}") };
        let title = renderer.words.months[month as usize - 1].clone();
        BarView { title, url, count: count as u32, percent: (count * 100).div_ceil(greatest) as u32 }
    };
    let months = told.chunk_by(|a, b| a.from.month() == b.from.month());
    ToldYearView {
        year,
        bars: (1..=12).map(bar).collect(),
        count: told.len(),
        months: most.map_or_else(Vec::new, |most| months.map(|m| month(site, renderer, m, most)).collect()),
        url: if most.is_some() { String::new() } else { url },
    }
}

fn month(site: &Site, renderer: &Renderer, told: &[Told], most: usize) -> ToldMonthView {
    let first = told[0].from;
    let days = told.chunk_by(|a, b| (a.from, a.to) == (b.from, b.to));
    ToldMonthView {
        title: renderer.words.month(first.year(), first.month()),
        id: format!("{:04}-{:02}", first.year(), first.month()),
        days: days.map(|day| of_date(site, renderer, day, most)).collect(),
    }
}

/// The sentences of one date.
fn of_date(site: &Site, renderer: &Renderer, told: &[Told], most: usize) -> ToldDayView {
    let (from, to, grain) = (told[0].from, told[0].to, told[0].grain);
    let edition = site.editions.binary_search_by(|edition| from.cmp(&edition.day));
    ToldDayView {
        title: renderer.words.period(from, to),
        iso: match grain {
            Grain::Day => from.to_string(),
            Grain::Month if to == from.last_of_month() => format!("{:04}-{:02}", from.year(), from.month()),
            Grain::Month | Grain::Days => String::new(),
        },
        url: match edition {
            Ok(edition) if grain == Grain::Day => site.urls.link(&site.editions[edition].path),
            _ => String::new(),
        },
        sentences: told.iter().take(most).map(|told| sentence(site, renderer, told)).collect(),
        more: told.len().saturating_sub(most),
    }
}

fn sentence(site: &Site, renderer: &Renderer, told: &Told) -> ToldView {
    let entry = &site.articles[told.article as usize];
    let lang = entry.article.lang.as_ref().or(entry.annotation.language.as_ref());
    ToldView {
        text: entry.article.prose.slice(told.sentence).trim().to_owned(),
        url: passage_url(site, entry, told.sentence.start),
        article: link(site, &entry.article.title, &entry.path, 0),
        lang: lang.filter(|lang| **lang != site.config.language).cloned().unwrap_or_default(),
        entities: named(entry, told.sentence)
            .into_iter()
            .map(|entity| renderer.entities[entity as usize].clone())
            .collect(),
    }
}

/// The passages that a page shows, each once, with the headlines of their pieces: for structured data.
fn listed(years: &[ToldYearView]) -> Vec<Value> {
    let days = years.iter().flat_map(|year| &year.months).flat_map(|month| &month.days);
    let mut seen = rustc_hash::FxHashSet::default();
    days.flat_map(|day| &day.sentences)
        .filter(|told| seen.insert(&told.url))
        .map(|told| item(&told.url, &told.article.title))
        .collect()
}

fn item(url: &str, title: &str) -> Value {
    let mut map = Map::default();
    map.insert("url".into(), Value::from(url));
    map.insert("title".into(), Value::from(title));
    Value::from(map)
}
