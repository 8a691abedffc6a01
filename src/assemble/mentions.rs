//! Which mentions are linked, how salient each entity is in an article, and what leads back to it.

use std::{collections::BTreeSet, sync::Arc};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator,
    ParallelIterator,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::{
        entities::{self, Numbers},
        memory::{Facts, Memory, NONE, Weighed, address},
    },
    model::{
        Annotation, Article, BlockKind, EntityId, EntityKind, Node, Prose, Quote, QuoteKind, Span,
        config::LinkMode,
        site::{Backlink, EntityEntry, Entry, LinkedMention, Salient, Site},
    },
};

/// `facts` of every article; `numbers` of the site's entities.
pub fn mentions(site: &mut Site, facts: &[Arc<Facts>], numbers: &Numbers, memory: &mut Memory) {
    let weighed = &memory.weighed;
    let all: Vec<(Arc<Weighed>, bool)> = (0..site.articles.len())
        .into_par_iter()
        .map(|i| {
            let entry = &site.articles[i];
            let known = weighed.get(&address(&entry.annotation));
            match known.filter(|known| holds(known, site, entry, numbers)) {
                Some(known) => (known.clone(), false),
                None => (Arc::new(weigh(site, i, numbers)), true),
            }
        })
        .collect();
    site.articles.par_iter_mut().zip(&all).for_each(|(entry, (weighed, _))| fill(entry, weighed, numbers));
    for (weighed, _) in all.into_iter().filter(|(_, new)| *new) {
        memory.weighed.insert(address(&weighed.annotation), weighed);
    }
    backlinks(site, facts, &numbers.index);
}

/// Gives an article what was weighed.
fn fill(entry: &mut Entry, weighed: &Weighed, numbers: &Numbers) {
    let resolved = |number: u32| numbers.index[number as usize];
    let mentions = weighed.mentions.iter().map(|m| LinkedMention { entity: resolved(m.entity), ..*m });
    let entities = weighed.entities.iter().map(|s| Salient { entity: resolved(s.entity), ..*s });
    let mut entities: Vec<Salient> = entities.collect();
    entities.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entity.cmp(&b.entity)));
    (entry.mentions, entry.entities) = (Arc::new(mentions.collect()), Arc::new(entities));
}

/// The same for one article whose text has changed, all of whose entities are in the site: `named` are the numbers of
/// those that its front matter names.
pub fn again(
    site: &mut Site,
    i: usize,
    facts: &Facts,
    named: &[u32],
    numbers: &Numbers,
    memory: &mut Memory,
) {
    let named = named.iter().map(|number| entities::named(numbers.index[*number as usize]));
    site.articles[i].mentions = Arc::new(entities::mentioned(facts, &numbers.index));
    site.articles[i].entities = Arc::new(named.collect());
    let weighed = Arc::new(weigh(site, i, numbers));
    fill(&mut site.articles[i], &weighed, numbers);
    memory.weighed.insert(address(&weighed.annotation), weighed);
}

/// Whether what was weighed before is what would be weighed now; settings and registry are the same.
fn holds(weighed: &Weighed, site: &Site, entry: &Entry, numbers: &Numbers) -> bool {
    let index = |number: u32| numbers.index.get(number as usize).copied().filter(|index| *index != NONE);
    let alike = |(number, kind): &(u32, EntityKind)| {
        index(*number).is_some_and(|index| site.entities[index as usize].entity.kind == *kind)
    };
    Arc::ptr_eq(&weighed.article, &entry.article)
        && Arc::ptr_eq(&weighed.annotation, &entry.annotation)
        && weighed.mentions.len() == entry.mentions.len()
        && weighed.named.iter().copied().eq(entry.entities.iter().map(|s| numbers.of[s.entity as usize]))
        && weighed.kinds.iter().all(alike)
}

fn weigh(site: &Site, i: usize, numbers: &Numbers) -> Weighed {
    let entry = &site.articles[i];
    let (mode, kinds) = settings(site, i);
    let mut mentions = entry.mentions.to_vec();
    let kind_of = |entity: u32| site.entities[entity as usize].entity.kind;
    let wanted = |entity| kinds.contains(&kind_of(entity));
    choose_links(&entry.article.prose, &entry.annotation, &mut mentions, mode, wanted);
    let id = |entity: u32| &site.entities[entity as usize].entity.id;
    let mut salient = salience(&entry.article, &entry.annotation, &mentions, &entry.entities, id);
    let number = |entity: u32| numbers.of[entity as usize];
    let kinds = salient.iter().map(|s| (number(s.entity), kind_of(s.entity))).collect();
    mentions.iter_mut().for_each(|m| m.entity = number(m.entity));
    salient.iter_mut().for_each(|s| s.entity = number(s.entity));
    Weighed {
        article: entry.article.clone(),
        annotation: entry.annotation.clone(),
        named: entry.entities.iter().map(|s| number(s.entity)).collect(),
        kinds,
        mentions,
        entities: salient,
    }
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

fn backlinks(site: &mut Site, facts: &[Arc<Facts>], numbers: &[u32]) {
    let min = site.config.feeds.min_articles;
    let feeds = site.config.feeds.entities;
    let index = |number: u32| numbers.get(number as usize).copied().filter(|index| *index != NONE);
    let mut quotes: Vec<Vec<(u32, u32)>> = vec![Vec::new(); site.entities.len()];
    let mut roles: Vec<Vec<(String, u32)>> = vec![Vec::new(); site.entities.len()];
    let mut articles: Vec<Vec<Backlink>> = vec![Vec::new(); site.entities.len()];
    for (i, (entry, facts)) in site.articles.iter().zip(facts).enumerate() {
        for salient in entry.entities.iter() {
            articles[salient.entity as usize].push(backlink(i as u32, entry, salient));
        }
        for (q, speaker) in spoken(&entry.annotation, facts, site.config.annotate.threshold) {
            if let Some(entity) = index(speaker) {
                quotes[entity as usize].push((i as u32, q));
            }
        }
        for (fact, holder) in entry.annotation.roles.iter().zip(&facts.holders) {
            if let Some(entity) = index(*holder) {
                let stated = &mut roles[entity as usize];
                if !stated.iter().any(|(title, _)| *title == fact.title) {
                    stated.push((fact.title.clone(), i as u32));
                }
            }
        }
    }
    let entries = &site.articles;
    let lists = articles.into_iter().zip(quotes).zip(roles);
    for (entity, ((articles, quotes), roles)) in site.entities.iter_mut().zip(lists) {
        (entity.articles, entity.quotes, entity.stated_roles) = (articles.into(), quotes.into(), roles);
        seen(entity, entries, feeds, min);
    }
}

/// What leads from an entity back to an article.
fn backlink(article: u32, entry: &Entry, salient: &Salient) -> Backlink {
    let sentence = salient.first.map_or(Span::default(), |m| entry.annotation.mentions[m as usize].sentence);
    Backlink { article, sentence, mentions: salient.count }
}

/// The quotes that count as their speaker's, by index, with the number of the speaker.
fn spoken(annotation: &Annotation, facts: &Facts, threshold: u8) -> impl Iterator<Item = (u32, u32)> {
    // Reported speech is the writer's words, not the speaker's.
    let counts = move |quote: &Quote| quote.kind != QuoteKind::Indirect && quote.confidence >= threshold;
    let quotes = (0..).zip(annotation.quotes.iter().zip(&facts.speakers));
    quotes.filter(move |(_, (quote, _))| counts(quote)).map(|(q, (_, speaker))| (q, *speaker))
}

/// When an entity was first and last seen, and whether it has a feed.
fn seen(entity: &mut EntityEntry, entries: &[Entry], feeds: bool, min: usize) {
    let day = |link: Option<&Backlink>| {
        link.and_then(|l| entries[l.article as usize].article.date).map(|date| date.day)
    };
    entity.last_seen = day(entity.articles.first());
    entity.first_seen = day(entity.articles.last());
    entity.feed = feeds && entity.articles.len() >= min;
}

/// The posts that articles state of some entities, given with their numbers, after some of the articles were edited.
pub fn posts_again(site: &mut Site, entities: &BTreeSet<u32>, numbers: &Numbers, memory: &Memory) {
    let ids: Vec<(&EntityId, u32)> = entities
        .iter()
        .map(|number| (&memory.ids.all[*number as usize], numbers.index[*number as usize]))
        .collect();
    let of = |id: &EntityId| ids.iter().find(|(known, _)| *known == id).map(|(_, index)| *index);
    let states = |(i, entry): (usize, &Entry)| {
        let facts = entry.annotation.roles.iter();
        let own = facts.filter_map(|fact| Some((of(&fact.entity)?, fact.title.clone(), i as u32)));
        own.collect::<Vec<_>>()
    };
    let all: Vec<(u32, String, u32)> = site.articles.par_iter().enumerate().flat_map_iter(states).collect();
    for (_, entity) in &ids {
        site.entities[*entity as usize].stated_roles.clear();
    }
    for (entity, title, article) in all {
        let stated = &mut site.entities[entity as usize].stated_roles;
        if !stated.iter().any(|(known, _)| *known == title) {
            stated.push((title, article));
        }
    }
}

/// What leads back to an article from the entities that it had (`before`) and from those that it has. The posts that it
/// states are the same.
pub fn backlinks_again(site: &mut Site, i: u32, before: (&Entry, &Facts), facts: &Facts, numbers: &Numbers) {
    let (feeds, min) = (site.config.feeds.entities, site.config.feeds.min_articles);
    let threshold = site.config.annotate.threshold;
    let index = |number: u32| numbers.index.get(number as usize).copied().filter(|index| *index != NONE);
    let entry = &site.articles[i as usize];
    let all: BTreeSet<u32> =
        before.0.entities.iter().chain(entry.entities.iter()).map(|s| s.entity).collect();
    for entity in all {
        let links = Arc::make_mut(&mut site.entities[entity as usize].articles);
        let new = entry.entities.iter().find(|s| s.entity == entity).map(|s| backlink(i, entry, s));
        match (links.binary_search_by(|link| link.article.cmp(&i)), new) {
            (Ok(at), Some(new)) => links[at] = new,
            (Ok(at), None) => drop(links.remove(at)),
            (Err(at), Some(new)) => links.insert(at, new),
            (Err(_), None) => {}
        }
        seen(&mut site.entities[entity as usize], &site.articles, feeds, min);
    }
    for (_, speaker) in spoken(&before.0.annotation, before.1, threshold) {
        if let Some(entity) = index(speaker) {
            Arc::make_mut(&mut site.entities[entity as usize].quotes).retain(|(article, _)| *article != i);
        }
    }
    for (q, speaker) in spoken(&site.articles[i as usize].annotation, facts, threshold) {
        if let Some(entity) = index(speaker) {
            let quotes = Arc::make_mut(&mut site.entities[entity as usize].quotes);
            let at = quotes.partition_point(|known| *known < (i, q));
            if quotes.get(at) != Some(&(i, q)) {
                quotes.insert(at, (i, q));
            }
        }
    }
}
