//! What the archive holds on an entity beyond the list of its articles: dated sentences, quotations about it, its places and
//! its company. Only the newest of its articles are read, so that the page of a busy name costs no more than another's.

use jiff::civil::Date;

use crate::{
    model::{
        Entity, Moment, QuoteKind, Span, Speaker,
        dated::grain,
        site::{Entry, Site},
    },
    render::{
        Renderer, article,
        context::{date, link},
        graph, map,
        passages::paragraph_of,
        views::{
            DateView, QuoteView,
            dossier::DatedView,
            figures::{GraphView, MapView},
        },
    },
};

/// Newest articles that are read for it.
const READ: usize = 60;
const DATED: usize = 16;
const ABOUT: usize = 6;

/// Sentences that mention the entity and give a date, by that date, the latest first.
pub fn dated(site: &Site, renderer: &Renderer, index: u32) -> Vec<DatedView> {
    let mut found: Vec<(Date, Date, u32, Span)> = Vec::new();
    for link in site.entities[index as usize].articles.iter().take(READ) {
        let entry = &site.articles[link.article as usize];
        for reference in &entry.annotation.dates {
            let known = found.iter().any(|(_, _, a, s)| (*a, *s) == (link.article, reference.sentence));
            if grain(reference).is_some() && !known && mentioned(entry, index, reference.sentence) {
                found.push((reference.day, reference.end, link.article, reference.sentence));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
    found.truncate(DATED);
    found
        .into_iter()
        .map(|(day, end, a, sentence)| {
            let entry = &site.articles[a as usize];
            DatedView {
                date: date(site, &renderer.words, Moment::day(day)),
                until: if end == day { String::new() } else { end.to_string() },
                when: renderer.words.period(day, end),
                text: entry.article.prose.slice(sentence).trim().to_owned(),
                url: passage_url(site, entry, sentence.start),
                article: link(site, &entry.article.title, &entry.path, 0),
            }
        })
        .collect()
}

/// The paragraph of an article in which a place of its text stands.
pub fn passage_url(site: &Site, entry: &Entry, offset: u32) -> String {
    let url = site.urls.link(&entry.path);
    match paragraph_of(&entry.article.prose, offset) {
        Some(number) => format!("{url}#{}", crate::render::body::paragraph(number)),
        None => url,
    }
}

fn mentioned(entry: &Entry, index: u32, within: Span) -> bool {
    entry
        .mentions
        .iter()
        .any(|m| m.entity == index && within.contains(entry.annotation.mentions[m.mention as usize].span))
}

/// Quotations of others that mention the entity, newest first.
pub fn about(site: &Site, renderer: &Renderer, index: u32) -> Vec<QuoteView> {
    let id = &site.entities[index as usize].entity.id;
    let mut found = Vec::new();
    for link in site.entities[index as usize].articles.iter().take(READ) {
        let entry = &site.articles[link.article as usize];
        for quote in &entry.annotation.quotes {
            let other = matches!(&quote.speaker, Speaker::Entity { id: speaker, .. } if speaker != id);
            let sure =
                quote.confidence >= site.config.annotate.threshold && quote.kind != QuoteKind::Indirect;
            if other && sure && mentioned(entry, index, quote.span) {
                found.push(article::quote_view(site, renderer, link.article, quote));
                if found.len() == ABOUT {
                    return found;
                }
            }
        }
    }
    found
}

/// The entity itself, where it has coordinates, and the places that it stands with.
pub fn places(site: &Site, renderer: &Renderer, index: u32) -> Option<Box<MapView>> {
    let entry = &site.entities[index as usize];
    let own = (index, entry.articles.len() as u32);
    map::map(
        site,
        &renderer.outlines,
        std::iter::once(own).chain(renderer.neighbours[index as usize].iter().copied()),
    )
}

/// The entity among its neighbours.
pub fn company(site: &Site, renderer: &Renderer, index: u32) -> Option<Box<GraphView>> {
    let entry = &site.entities[index as usize];
    let own = (index, entry.articles.len() as u32);
    let names: Vec<(u32, u32)> = std::iter::once(own)
        .chain(renderer.neighbours[index as usize].iter().copied())
        .take(graph::FEW)
        .collect();
    graph::graph(site, &names, entry.articles.iter().take(READ).map(|l| l.article), graph::SMALL)
}

/// When each role of the registry began, for sorting; those without a date last.
pub fn role_order(entity: &Entity) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entity.roles.len()).collect();
    order.sort_by(|a, b| entity.roles[*b].from.cmp(&entity.roles[*a].from).then(a.cmp(b)));
    order
}

/// A day as templates see it.
pub fn day(site: &Site, renderer: &Renderer, day: Option<Date>) -> Option<DateView> {
    day.map(|day| date(site, &renderer.words, Moment::day(day)))
}
