//! Which mentions are linked, how salient each entity is in an article, and what leads back to it.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Annotation, Article, BlockKind, EntityKind, Node, Prose, QuoteKind, Span, Speaker,
    config::LinkMode,
    site::{Backlink, LinkedMention, Salient, Site},
};

pub fn mentions(site: &mut Site) {
    let all: Vec<(Vec<LinkedMention>, Vec<Salient>)> = (0..site.articles.len())
        .into_par_iter()
        .map(|i| {
            let entry = &site.articles[i];
            let (mode, kinds) = settings(site, i);
            let mut mentions = entry.mentions.clone();
            let kind_of = |entity: u32| site.entities[entity as usize].entity.kind;
            let wanted = |entity| kinds.contains(&kind_of(entity));
            choose_links(&entry.article.prose, &entry.annotation, &mut mentions, mode, wanted);
            let id = |entity: u32| &site.entities[entity as usize].entity.id;
            let salient = salience(&entry.article, &entry.annotation, &mentions, &entry.entities, id);
            (mentions, salient)
        })
        .collect();
    for (entry, (mentions, salient)) in site.articles.iter_mut().zip(all) {
        (entry.mentions, entry.entities) = (mentions, salient);
    }
    backlinks(site);
}

/// The link mode and the kinds for an article: its section's file, then overrides of section and source, then the site's.
fn settings(site: &Site, article: usize) -> (LinkMode, Vec<EntityKind>) {
    let entry = &site.articles[article];
    let config = &site.config.annotate;
    let section = entry.section.map(|s| &site.sections[s as usize].value);
    let overrides = [
        entry.article.source.as_ref().and_then(|source| config.sources.get(source)),
        entry.article.section.as_ref().and_then(|section| config.sections.get(section)),
    ];
    let overrides = || overrides.into_iter().flatten();
    let mode = overrides().find_map(|o| o.link).or(section.and_then(|s| s.link)).unwrap_or(config.link);
    let kinds = overrides().find_map(|o| o.kinds.clone()).unwrap_or_else(|| config.kinds.clone());
    (mode, kinds)
}

/// The threshold for an article: overrides of source and section before the site's.
pub fn threshold(site: &Site, article: usize) -> u8 {
    let entry = &site.articles[article];
    let config = &site.config.annotate;
    let overrides = [
        entry.article.source.as_ref().and_then(|source| config.sources.get(source)),
        entry.article.section.as_ref().and_then(|section| config.sections.get(section)),
    ];
    overrides.into_iter().flatten().find_map(|o| o.threshold).unwrap_or(config.threshold)
}

/// Sets `linked` on the mentions that carry a link on the page.
fn choose_links(
    prose: &Prose,
    annotation: &Annotation,
    mentions: &mut [LinkedMention],
    mode: LinkMode,
    wanted: impl Fn(u32) -> bool,
) {
    if mode == LinkMode::None {
        return;
    }
    let mut texts: Vec<Span> = prose
        .nodes
        .iter()
        .filter_map(|node| if let Node::Text(span) = node { Some(*span) } else { None })
        .collect();
    // Footnotes stand at the end of the tree, wherever their text is.
    if !texts.is_sorted() {
        texts.sort_unstable();
    }
    let mut seen: FxHashSet<u32> = FxHashSet::default();
    let mut block = 0;
    for mention in mentions.iter_mut() {
        let span = annotation.mentions[mention.mention as usize].span;
        while prose.blocks.get(block).is_some_and(|b| b.span.end <= span.start) {
            block += 1;
            if mode == LinkMode::Section
                && prose.blocks.get(block).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)))
            {
                seen.clear();
            }
        }
        let in_heading = prose.blocks.get(block).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
        // A name that crosses markup cannot be one link; the next mention takes its place.
        let text = texts.partition_point(|t| t.start <= span.start).checked_sub(1).map(|i| texts[i]);
        if in_heading || !wanted(mention.entity) || !text.is_some_and(|t| t.contains(span)) {
            continue;
        }
        mention.linked = mode == LinkMode::All || seen.insert(mention.entity);
    }
}

/// Entities of an article by salience: number of mentions (saturating), whether the headline or the first
/// paragraphs name it, whether the editor did.
fn salience<'s>(
    article: &Article,
    annotation: &Annotation,
    mentions: &[LinkedMention],
    named: &[Salient],
    id: impl Fn(u32) -> &'s crate::model::EntityId,
) -> Vec<Salient> {
    let mut by_entity: FxHashMap<u32, Salient> = named.iter().map(|s| (s.entity, *s)).collect();
    let length = article.prose.text.len().max(1) as f32;
    for mention in mentions {
        let salient = by_entity.entry(mention.entity).or_insert(Salient {
            entity: mention.entity,
            count: 0,
            first: None,
            score: 0.0,
        });
        salient.count += 1;
        salient.first.get_or_insert(mention.mention);
    }
    let mut all: Vec<Salient> = by_entity.into_values().collect();
    for salient in &mut all {
        let early = salient
            .first
            .map_or(1.0, |first| 1.0 - annotation.mentions[first as usize].span.start as f32 / length);
        let headline = annotation.headline.contains(id(salient.entity));
        let by_editor = named.iter().any(|s| s.entity == salient.entity);
        salient.score = (1.0_f32 + salient.count as f32).ln()
            + early
            + if headline { 1.5 } else { 0.0 }
            + if by_editor { 1.0 } else { 0.0 };
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entity.cmp(&b.entity)));
    all
}

fn backlinks(site: &mut Site) {
    let min = site.config.feeds.min_articles;
    let feeds = site.config.feeds.entities;
    let by_id: FxHashMap<&str, u32> =
        site.entities.iter().enumerate().map(|(i, e)| (e.entity.id.as_str(), i as u32)).collect();
    let mut quotes: Vec<Vec<(u32, u32)>> = vec![Vec::new(); site.entities.len()];
    let mut roles: Vec<Vec<(String, u32)>> = vec![Vec::new(); site.entities.len()];
    let mut articles: Vec<Vec<Backlink>> = vec![Vec::new(); site.entities.len()];
    for (i, entry) in site.articles.iter().enumerate() {
        for salient in &entry.entities {
            let sentence =
                salient.first.map_or(Span::default(), |m| entry.annotation.mentions[m as usize].sentence);
            articles[salient.entity as usize].push(Backlink {
                article: i as u32,
                sentence,
                mentions: salient.count,
            });
        }
        for (q, quote) in entry.annotation.quotes.iter().enumerate() {
            // Reported speech is the writer's words, not the speaker's.
            if quote.kind != QuoteKind::Indirect
                && let Speaker::Entity { id, .. } = &quote.speaker
                && quote.confidence >= site.config.annotate.threshold
                && let Some(entity) = by_id.get(id.as_str())
            {
                quotes[*entity as usize].push((i as u32, q as u32));
            }
        }
        for fact in &entry.annotation.roles {
            if let Some(entity) = by_id.get(fact.entity.as_str()) {
                let stated = &mut roles[*entity as usize];
                if !stated.iter().any(|(title, _)| *title == fact.title) {
                    stated.push((fact.title.clone(), i as u32));
                }
            }
        }
    }
    for (((entity, articles), quotes), roles) in site.entities.iter_mut().zip(articles).zip(quotes).zip(roles)
    {
        let day = |link: Option<&Backlink>| {
            link.and_then(|l| site.articles[l.article as usize].article.date).map(|date| date.day)
        };
        entity.last_seen = day(articles.first());
        entity.first_seen = day(articles.last());
        entity.feed = feeds && articles.len() >= min;
        (entity.articles, entity.quotes, entity.stated_roles) = (articles, quotes, roles);
    }
}
