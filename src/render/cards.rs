//! The cards of an article: what a reader learns of a name without leaving the text.
//!
//! What all cards of an entity have in common is made once for the site ([`shared`]); an article adds the role at its
//! date and the evidence of its link.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tera::Value;

use crate::{
    i18n::Words,
    knowledge,
    model::{Entity, EntityId, Moment, Role, site::Site},
    render::{
        Renderer,
        context::{date, entity_link, link},
        evidence::evidence,
        lazy::Values,
        views::{
            LinkView,
            cards::{CardEntity, CardView},
        },
    },
};

/// Of each entity what its cards say in every article.
pub fn shared(site: &Arc<Site>, words: &Arc<Words>) -> Values {
    let (site, words) = (site.clone(), words.clone());
    let by_id: OnceLock<FxHashMap<EntityId, u32>> = OnceLock::new();
    Values::new(site.entities.len(), move |i| {
        let entry = &site.entities[i];
        let by_id = by_id.get_or_init(|| {
            site.entities.iter().enumerate().map(|(i, e)| (e.entity.id.clone(), i as u32)).collect()
        });
        let latest = entry.articles.first().map(|l| &site.articles[l.article as usize]);
        Value::from_serializable(&CardEntity {
            link: entity_link(&site, entry),
            kind_label: words.get(entry.entity.kind.as_str()).to_owned(),
            country: country(&site, by_id, &entry.entity),
            last_seen: entry.last_seen.map(|day| date(&site, &words, Moment::day(day))),
            latest: latest.map(|entry| link(&site, &entry.article.title, &entry.path, 0)),
        })
    })
}

/// The country of an entity, with an address where the site has a page of it; none for a country itself.
fn country(site: &Site, by_id: &FxHashMap<EntityId, u32>, entity: &Entity) -> Option<LinkView> {
    let pack = knowledge::pack();
    let country = pack.country_by_iso(entity.country.as_deref()?)?;
    let id = pack.slug(country.id);
    if id == entity.id.as_str() {
        return None;
    }
    Some(match by_id.get(&EntityId::new(&id)) {
        Some(index) => {
            let entry = &site.entities[*index as usize];
            link(site, &entry.entity.name, &entry.path, 0)
        }
        None => LinkView { title: pack.name(country.id).to_owned(), ..LinkView::default() },
    })
}

/// A link of an article: the number of its card and, when it is not the card's own, its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    pub card: u32,
    pub why: Option<String>,
}

/// The cards of an article, numbered from 1 in the order of the text, and one [`Linked`] for each link.
pub fn cards(site: &Site, renderer: &Renderer, index: u32) -> (Vec<CardView>, Vec<Linked>) {
    let entry = &site.articles[index as usize];
    let prose = &entry.article.prose;
    let day = entry.article.date.map(|d| d.day);
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let (mut cards, mut links) = (Vec::new(), Vec::new());
    for linked in entry.mentions.iter().filter(|m| m.linked) {
        let mention = &entry.annotation.mentions[linked.mention as usize];
        if let Some(card) = numbers.get(&linked.entity) {
            let why = evidence(&renderer.words, prose, mention);
            links.push(Linked { card: *card, why: Some(why) });
            continue;
        }
        let card = cards.len() as u32 + 1;
        numbers.insert(linked.entity, card);
        links.push(Linked { card, why: None });
        let entity = &site.entities[linked.entity as usize].entity;
        let stated = mention.role.map(|span| prose.slice(span).trim().to_owned());
        let role = day.and_then(|day| role_at(entity, day)).map(role_in_words);
        cards.push(CardView {
            number: card,
            of: renderer.cards[linked.entity as usize].clone(),
            role: role.or(stated).filter(|role| *role != entity.description).unwrap_or_default(),
            evidence: evidence(&renderer.words, prose, mention),
            confidence: mention.confidence,
        });
    }
    (cards, links)
}

/// The role that an entity held on a day; of several the one begun last. Dates of the registry may lack day and month.
pub fn role_at(entity: &Entity, day: Date) -> Option<&Role> {
    let day = day.to_string();
    let part = |date: &str| day.get(..date.len()).unwrap_or(&day).to_owned();
    entity
        .roles
        .iter()
        .filter(|role| role.from.as_deref().is_none_or(|from| from <= part(from).as_str()))
        .filter(|role| role.to.as_deref().is_none_or(|to| to >= part(to).as_str()))
        // A role without any date says nothing about that day.
        .filter(|role| role.from.is_some() || role.to.is_some())
        .max_by(|a, b| a.from.cmp(&b.from))
}

fn role_in_words(role: &Role) -> String {
    match &role.organization {
        Some(organization) if !role.title.contains(organization.as_str()) => {
            format!("{}, {organization}", role.title)
        }
        _ => role.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_is_that_of_the_day() {
        let role = |title: &str, from: Option<&str>, to: Option<&str>| Role {
            title: title.to_owned(),
            organization: None,
            country: None,
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        let mut entity = knowledge::entity("berlin").expect("the pack knows Berlin");
        entity.roles = vec![
            role("mayor", Some("1957-10-03"), Some("1966-12-01")),
            role("foreign minister", Some("1966-12"), Some("1969")),
            role("chancellor", Some("1969-10-21"), Some("1974-05-07")),
            role("honorary chairman", Some("1987"), None),
            role("author", None, None),
        ];
        for (day, expect) in [
            ((1950, 1, 1), None),
            ((1957, 10, 3), Some("mayor")),
            ((1966, 12, 1), Some("foreign minister")),
            ((1969, 5, 1), Some("foreign minister")),
            ((1969, 10, 21), Some("chancellor")),
            ((1974, 5, 7), Some("chancellor")),
            ((1974, 5, 8), None),
            ((1990, 1, 1), Some("honorary chairman")),
        ] {
            let found = role_at(&entity, jiff::civil::date(day.0, day.1, day.2));
            assert_eq!(found.map(|r| r.title.as_str()), expect, "{day:?}");
        }
    }
}
