//! A site → what is akin in it: related articles, the company that entities keep, who a topic is about. Worked out from
//! the links of a site, one at a time, when a page shows it.

use rustc_hash::FxHashMap;

use crate::model::site::Site;

/// Articles looked at per shared entity or topic, the nearest in time: keeps popular ones from making it quadratic.
const NEAREST: usize = 24;
/// Entities of an article that count for what is related to it, and for what a topic is about.
const ENTITIES: usize = 12;
/// How many entities of an article count for its neighbourhoods: bounds the work of a crowded article.
const COMPANY: usize = 24;

/// The articles that share rare entities and topics with an article (inverse document frequency, Spärck Jones 1972), the
/// most related first, as many as the settings ask for.
pub fn related(site: &Site, article: u32) -> Vec<u32> {
    let entry = &site.articles[article as usize];
    let total = site.articles.len().max(1) as f32;
    let rarity = |articles: usize| (1.0 + total / (1.0 + articles as f32)).ln();
    let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
    for salient in entry.entities.iter().take(ENTITIES) {
        let links = &site.entities[salient.entity as usize].articles;
        let at = links.partition_point(|l| l.article < article);
        for link in &links[at.saturating_sub(NEAREST / 2)..links.len().min(at + NEAREST / 2)] {
            *scores.entry(link.article).or_default() += rarity(links.len());
        }
    }
    for topic in &entry.topics {
        let articles = &site.topics[*topic as usize].articles;
        let at = articles.partition_point(|a| *a < article);
        for other in &articles[at.saturating_sub(NEAREST / 2)..articles.len().min(at + NEAREST / 2)] {
            *scores.entry(*other).or_default() += 0.5 * rarity(articles.len());
        }
    }
    scores.remove(&article);
    let mut best: Vec<(u32, f32)> = scores.into_iter().collect();
    // Equal scores: the nearer in time, then the newer.
    best.sort_by(|a, b| {
        let near = |other: u32| other.abs_diff(article);
        b.1.total_cmp(&a.1).then(near(a.0).cmp(&near(b.0))).then(a.0.cmp(&b.0))
    });
    best.into_iter().take(site.config.related).map(|(article, _)| article).collect()
}

/// Entities that stand in the same articles as an entity, the most frequent first, with the number of articles.
pub fn neighbours(site: &Site, entity: u32) -> Vec<(u32, u32)> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for link in site.entities[entity as usize].articles.iter() {
        for salient in site.articles[link.article as usize].entities.iter().take(COMPANY) {
            if salient.entity != entity {
                *counts.entry(salient.entity).or_default() += 1;
            }
        }
    }
    most_frequent(counts, 16)
}

/// The entities that a topic's articles speak of most, with the number of articles.
pub fn of_topic(site: &Site, topic: u32) -> Vec<(u32, u32)> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for article in &site.topics[topic as usize].articles {
        for salient in site.articles[*article as usize].entities.iter().take(ENTITIES) {
            *counts.entry(salient.entity).or_default() += 1;
        }
    }
    most_frequent(counts, 20)
}

/// The `limit` most frequent, ties by index.
pub fn most_frequent(counts: FxHashMap<u32, u32>, limit: usize) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = counts.into_iter().collect();
    let by = |a: &(u32, u32), b: &(u32, u32)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
    if all.len() > limit {
        all.select_nth_unstable_by(limit, by);
        all.truncate(limit);
    }
    all.sort_unstable_by(by);
    all
}
