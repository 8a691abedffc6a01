//! The page of a person, organisation, place, event, work or law.

use tera::{Context, Map, Value};

use crate::{
    i18n::Words,
    model::{EntityKind, Page, page::shown, posts::standing, site::Site},
    path::SitePath,
    render::{
        Renderer, article,
        context::{date, entity_by, entity_link, feeds, insert_page, link, page_view, pager, plain_html},
        dossier,
        listing::{crumb, kind_crumb, numbered_title},
        map,
        pictures::image,
        quotes, structured,
        views::{BarView, EntityLink, EntityView, LinkView, RoleView},
    },
};

/// Quotes on the page at most; all stand on a page of their own.
const QUOTES: usize = 6;

pub fn entity(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    let entry = &site.entities[index as usize];
    let entity = &entry.entity;
    let shown = shown(entry.articles.len(), site.config.paginate_by, number);
    let list: Vec<Value> = entry.articles[shown]
        .iter()
        .map(|link| {
            let mut map = Map::default();
            map.insert("item".into(), renderer.items[link.article as usize].clone());
            let sentence = article::mention_sentence(site, link.article, index);
            map.insert("sentence".into(), Value::safe_string(&sentence));
            map.insert("mentions".into(), Value::from(link.mentions));
            Value::from(map)
        })
        .collect();
    context.insert_value("items", Value::from(list));
    context.insert("pager", &pager(site, &entry.path, entry.articles.len(), site.config.paginate_by, number));

    let title = numbered_title(renderer, &entity.name, number);
    let mut view = page_view(site, page, "entity", &title, &standing(site, entry));
    view.og_type = if entity.kind == EntityKind::Person { "profile" } else { "website" };
    view.breadcrumbs =
        vec![crumb(site, renderer, "entities", "/entities/"), kind_crumb(site, renderer, entity.kind)];
    if entry.feed {
        view.feeds = feeds(site, &entry.path, &entity.name);
    }
    let entity_view = entity_view(site, renderer, index, number);
    view.json_ld = structured::entity(site, entry, &view, context.get("items"));
    context.insert("entity", &entity_view);
    insert_page(site, context, view);
    "entity.html".to_owned()
}

fn entity_view(site: &Site, renderer: &Renderer, index: u32, number: u32) -> EntityView {
    let entry = &site.entities[index as usize];
    let entity = &entry.entity;
    let words = &renderer.words;
    let front = number == 0;
    let country = entity.country.as_deref().and_then(|code| country(site, renderer, code, index));
    EntityView {
        link: entity_link(site, entry),
        id: entity.id.as_str().to_owned(),
        kind_label: words.get(entity.kind.as_str()).to_owned(),
        aliases: entity.aliases.clone(),
        html: plain_html(site, renderer, &entity.body, &entry.path, entity.path.as_ref()),
        wikidata: entity.wikidata.clone(),
        country,
        coordinates: entity.coordinates.map(map::coordinates).unwrap_or_default(),
        born: entity.born.as_deref().map(|d| in_words(words, d, false)).unwrap_or_default(),
        died: entity.died.as_deref().map(|d| in_words(words, d, false)).unwrap_or_default(),
        roles: dossier::role_order(entity)
            .into_iter()
            .map(|i| &entity.roles[i])
            .map(|r| RoleView {
                title: r.title.clone(),
                organization: r.organization.clone().unwrap_or_default(),
                from: r.from.as_deref().map(|d| in_words(words, d, true)).unwrap_or_default(),
                to: r.to.as_deref().map(|d| in_words(words, d, true)).unwrap_or_default(),
            })
            .collect(),
        stated_roles: entry
            .stated_roles
            .iter()
            .map(|(title, article)| link(site, title, &site.articles[*article as usize].path, 0))
            .collect(),
        links: entity
            .links
            .iter()
            .map(|l| LinkView { title: l.title.clone(), url: l.url.clone(), count: 0 })
            .collect(),
        image: entity.image.as_ref().map(|i| image(site, renderer, &entry.path, i)),
        first_seen: entry.first_seen.map(|d| date(site, words, crate::model::Moment::day(d))),
        last_seen: entry.last_seen.map(|d| date(site, words, crate::model::Moment::day(d))),
        articles: entry.articles.len(),
        quotes: entry
            .quotes
            .iter()
            .take(if front { QUOTES } else { 0 })
            .map(|(a, q)| {
                let quote = &site.articles[*a as usize].annotation.quotes[*q as usize];
                article::quote_view(site, renderer, *a, quote)
            })
            .collect(),
        quote_count: entry.quotes.len(),
        quotes_url: if entry.quotes.is_empty() {
            String::new()
        } else {
            site.urls.link(&quotes::path(entry))
        },
        about: if front { dossier::about(site, renderer, index) } else { Vec::new() },
        dated: if front { dossier::dated(site, renderer, index) } else { Vec::new() },
        map: if front { dossier::places(site, renderer, index) } else { None },
        graph: if front { dossier::company(site, renderer, index) } else { None },
        neighbours: renderer.neighbours[index as usize]
            .iter()
            .take(if front { 16 } else { 0 })
            .map(|(other, count)| EntityLink { count: *count as usize, ..entity_by(site, *other) })
            .collect(),
        years: if front { years(site, index) } else { Vec::new() },
        months: if front { months(site, words, index) } else { Vec::new() },
    }
}

/// A date of the registry, which may lack day and month, in words; as it is when it is no date.
fn in_words(words: &Words, date: &str, short: bool) -> String {
    if let Ok(day) = date.parse::<jiff::civil::Date>() {
        return if short { words.short(day) } else { words.long(day) };
    }
    let month = date.split_once('-').and_then(|(y, m)| Some((y.parse().ok()?, m.parse().ok()?)));
    match month {
        Some((year, month @ 1..=12)) => words.month(year, month),
        _ => date.to_owned(),
    }
}

/// The entity of a country code, unless it is the entity itself.
fn country(site: &Site, renderer: &Renderer, code: &str, own: u32) -> Option<EntityLink> {
    renderer.countries.get(code).filter(|i| *i != own).map(|i| entity_by(site, i))
}

fn years(site: &Site, index: u32) -> Vec<BarView> {
    let articles = site.entities[index as usize].articles.iter().map(|link| link.article);
    years_of(site, articles)
}

/// Articles by year, oldest first, each year with the address of its page.
pub fn years_of(site: &Site, articles: impl Iterator<Item = u32>) -> Vec<BarView> {
    let mut counts: std::collections::BTreeMap<i16, u32> = std::collections::BTreeMap::new();
    for article in articles {
        if let Some(date) = site.articles[article as usize].article.date {
            *counts.entry(date.day.year()).or_default() += 1;
        }
    }
    let (Some(first), Some(last)) = (counts.keys().next().copied(), counts.keys().last().copied()) else {
        return Vec::new();
    };
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    (first..=last)
        .map(|year| {
            let count = counts.get(&year).copied().unwrap_or(0);
            BarView {
                title: year.to_string(),
                url: if count == 0 {
                    String::new()
                } else {
                    site.urls.link(&SitePath::new(&format!("/{year:04}/")))
                },
                count,
                percent: (count * 100).div_ceil(most),
            }
        })
        .collect()
}

/// Longest stretch of time that is drawn by month.
const MONTHS: usize = 60;

fn months(site: &Site, words: &Words, index: u32) -> Vec<BarView> {
    let links = &site.entities[index as usize].articles;
    months_of(site, words, &links.iter().map(|link| link.article).collect::<Vec<_>>())
}

/// Articles (newest first) by month, oldest first; empty where they lie in one month or too far apart.
pub fn months_of(site: &Site, words: &Words, articles: &[u32]) -> Vec<BarView> {
    let month = |article: &u32| {
        let day = site.articles[*article as usize].article.date?.day;
        Some(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    };
    let (Some(first), Some(last)) = (articles.last().and_then(month), articles.first().and_then(month))
    else {
        return Vec::new();
    };
    let length = usize::try_from(last - first + 1).unwrap_or(0);
    if !(2..=MONTHS).contains(&length) {
        return Vec::new();
    }
    let mut counts = vec![0_u32; length];
    for at in articles.iter().filter_map(month) {
        if let Some(count) = usize::try_from(at - first).ok().and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    (first..)
        .zip(counts)
        .map(|(month, count)| BarView {
            title: words.month((month / 12) as i16, (month % 12) as i8 + 1),
            url: String::new(),
            count,
            percent: (count * 100).div_ceil(most),
        })
        .collect()
}
