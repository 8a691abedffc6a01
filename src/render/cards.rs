//! The cards of an article: what a reader learns of a name without leaving the text.
//!
//! What all cards of an entity have in common is made once for the site ([`shared`]); an article adds the role at its
//! date and the evidence of its link.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tera::Value;

use crate::{
    i18n::Words,
    knowledge,
    model::{Entity, EntityId, Moment, posts::described, site::Site},
    render::{
        Renderer,
        context::{date, entity_link, link},
        evidence::evidence,
        lazy::Values,
        posts,
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
        let mut own = entity_link(&site, entry);
        if !described(&site, entry) {
            own.description.clear();
        }
        Value::from_serializable(&CardEntity {
            link: own,
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
        let of = &site.entities[linked.entity as usize];
        let role = posts::in_article(site, renderer, index, linked.entity);
        cards.push(CardView {
            number: card,
            of: renderer.cards[linked.entity as usize].clone(),
            role: role
                .filter(|role| *role != of.entity.description || !described(site, of))
                .unwrap_or_default(),
            evidence: evidence(&renderer.words, prose, mention),
            confidence: mention.confidence,
        });
    }
    (cards, links)
}
