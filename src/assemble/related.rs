//! Related articles: those that share rare entities and topics (inverse document frequency, Spärck Jones 1972).

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::model::site::Site;

/// Articles looked at per shared entity or topic, the nearest in time: keeps popular ones from making it quadratic.
const NEAREST: usize = 24;
/// Entities of an article that count.
const ENTITIES: usize = 12;

pub fn related(site: &mut Site) {
    let wanted = site.config.related;
    if wanted == 0 {
        return;
    }
    let total = site.articles.len().max(1) as f32;
    let rarity = |articles: usize| (1.0 + total / (1.0 + articles as f32)).ln();
    let all: Vec<Vec<u32>> = site
        .articles
        .par_iter()
        .enumerate()
        .map(|(i, entry)| {
            let mut scores: FxHashMap<u32, f32> = FxHashMap::default();
            for salient in entry.entities.iter().take(ENTITIES) {
                let links = &site.entities[salient.entity as usize].articles;
                let at = links.partition_point(|l| l.article < i as u32);
                for link in &links[at.saturating_sub(NEAREST / 2)..links.len().min(at + NEAREST / 2)] {
                    *scores.entry(link.article).or_default() += rarity(links.len());
                }
            }
            for topic in &entry.topics {
                let articles = &site.topics[*topic as usize].articles;
                let at = articles.partition_point(|a| *a < i as u32);
                for article in &articles[at.saturating_sub(NEAREST / 2)..articles.len().min(at + NEAREST / 2)]
                {
                    *scores.entry(*article).or_default() += 0.5 * rarity(articles.len());
                }
            }
            scores.remove(&(i as u32));
            let mut best: Vec<(u32, f32)> = scores.into_iter().collect();
            // Equal scores: the nearer in time, then the newer.
            best.sort_by(|a, b| {
                let near = |article: u32| article.abs_diff(i as u32);
                b.1.total_cmp(&a.1).then(near(a.0).cmp(&near(b.0))).then(a.0.cmp(&b.0))
            });
            best.into_iter().take(wanted).map(|(article, _)| article).collect()
        })
        .collect();
    for (entry, related) in site.articles.iter_mut().zip(all) {
        entry.related = related;
    }
}
