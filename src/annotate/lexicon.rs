//! The site's registry and settings, made ready for finding names: built once, read by every article.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{names::Names, posts, threshold::Threshold, topics},
    knowledge::{self, record::KnowledgeId},
    model::{
        Article, Entity, EntityId, EntityKind, Prose, Topic,
        config::{AnnotateConfig, AnnotateOverride},
    },
    text::{family, fold::fold},
};

pub struct Lexicon {
    pub entities: Vec<Arc<Entity>>,
    /// The site's own topics, and the cues of all.
    pub topics: Vec<Topic>,
    pub topic_tagger: topics::Tagger,
    /// Of the site's own topics together, and of how many an article may have.
    pub topics_hash: [u8; 32],
    pub names: Names,
    pub config: AnnotateConfig,
    /// Primary language subtag of the site.
    pub language: String,
    /// Of the row of each entity, with its aliases and without.
    pub hashes: Vec<[u8; 32]>,
    pub cores: Vec<[u8; 32]>,
    /// Of each person the names of several words.
    pub spellings: Vec<Vec<Spelling>>,
    /// Built-in records that the registry has taken over, by id or Wikidata id.
    pub taken: FxHashMap<KnowledgeId, u32>,
    /// Of each entity: the built-in record that it has taken over, and the built-in record of its country.
    pub records: Vec<Option<KnowledgeId>>,
    pub countries: Vec<Option<KnowledgeId>>,
    pub by_id: FxHashMap<EntityId, u32>,
    /// People by their family names as [`family::skeleton`] has them: for other spellings, and for family names alone.
    pub families: FxHashMap<String, Vec<u32>>,
    /// The built-in names of the records taken over, for [`reach`](mod@crate::annotate::reach).
    pub taken_names: Names,
    never: FxHashSet<String>,
}

/// A name of several words that a person bears.
pub struct Spelling {
    pub name: String,
    /// The first and the last word, the one under which the name is looked up, and the parts of them between hyphens, as
    /// [`family::skeleton`] has them: a text that has none of them cannot mean the name by another spelling or by a part of it.
    pub ends: Vec<String>,
    /// Whether it has its family name first: it is compared as a whole, wherever its words are parted.
    pub whole: bool,
}

/// Builds the lexicon. The work is in proportion to the number of names.
pub fn lexicon(
    entities: &[Entity],
    own_topics: &[Topic],
    config: &AnnotateConfig,
    language: &str,
) -> Lexicon {
    let entities: Vec<Arc<Entity>> = entities.iter().map(|entity| Arc::new(as_read(entity))).collect();
    let names = entities.iter().enumerate().flat_map(|(i, entity)| {
        std::iter::once(&entity.name).chain(&entity.aliases).map(move |name| (name.as_str(), i as u32))
    });
    let names = Names::new(names);
    let hash = |entity: &Entity| *blake3::hash(format!("{entity:?}").as_bytes()).as_bytes();
    let hashes = entities.iter().map(|e| hash(e)).collect();
    let core = |e: &Entity| Entity { aliases: Vec::new(), description: String::new(), ..e.clone() };
    let cores = entities.iter().map(|e| hash(&core(e))).collect();
    let spellings = entities.iter().map(|e| spellings(e)).collect();
    let pack = knowledge::pack();
    let mut taken = FxHashMap::default();
    let codes: FxHashMap<&str, KnowledgeId> = pack.countries().map(|c| (c.iso2, c.id)).collect();
    let mut records = vec![None; entities.len()];
    let mut countries = vec![None; entities.len()];
    let mut families: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (i, entity) in entities.iter().enumerate() {
        for id in built_in(entity) {
            taken.insert(id, i as u32);
            records[i] = Some(id);
        }
        let code = entity.country.as_ref().and_then(|c| codes.get(c.to_uppercase().as_str()).copied());
        countries[i] = code.or_else(|| records[i].and_then(|id| pack.brief(id)?.country));
        if entity.kind == EntityKind::Person {
            for key in family_keys(entity) {
                let rows = families.entry(key).or_default();
                if rows.last() != Some(&(i as u32)) {
                    rows.push(i as u32);
                }
            }
        }
    }
    let mut taken_names: Vec<(&str, u32)> =
        taken.iter().flat_map(|(id, row)| names_built_in(*id).map(move |name| (name, *row))).collect();
    taken_names.sort_unstable();
    let locals: Vec<topics::LocalTopic> = own_topics
        .iter()
        .map(|t| topics::LocalTopic {
            slug: t.id.as_str().to_owned(),
            label: t.label.clone(),
            cues: t.cues.clone(),
        })
        .collect();
    let cues: Vec<_> = locals.iter().map(|l| (&l.slug, &l.label, &l.cues)).collect();
    Lexicon {
        topics_hash: *blake3::hash(format!("{} {cues:?}", config.topics).as_bytes()).as_bytes(),
        topic_tagger: topics::build(knowledge::media_topics(), &locals),
        names,
        taken_names: Names::new(taken_names),
        hashes,
        cores,
        spellings,
        topics: own_topics.to_vec(),
        config: config.clone(),
        by_id: entities.iter().enumerate().map(|(i, e)| (e.id.clone(), i as u32)).collect(),
        records,
        countries,
        families,
        language: language.split('-').next().unwrap_or("en").to_lowercase(),
        taken,
        entities,
        never: config.never.iter().map(|name| fold(name).into_owned()).collect(),
    }
}

/// What of an entity annotation reads. The rest is left out, so that an edit of it annotates nothing anew.
fn as_read(entity: &Entity) -> Entity {
    Entity {
        // It may say which post a person holds: of its words those that tell posts apart.
        description: if entity.kind == EntityKind::Person {
            posts::told_apart(&entity.description)
        } else {
            String::new()
        },
        born: None,
        died: None,
        links: Vec::new(),
        image: None,
        body: Prose::default(),
        path: None,
        ..entity.clone()
    }
}

/// The built-in records that the entity takes over, by its id and by its Wikidata id.
pub(super) fn built_in(entity: &Entity) -> impl Iterator<Item = KnowledgeId> {
    let pack = knowledge::pack();
    let number = entity.wikidata.as_ref().and_then(|q| q.trim_start_matches(['Q', 'q']).parse().ok());
    let by_number = number.and_then(|n| pack.by_wikidata(n));
    [pack.by_slug(entity.id.as_str()), by_number].into_iter().flatten()
}

/// All names of a built-in record.
pub(super) fn names_built_in(id: KnowledgeId) -> impl Iterator<Item = &'static str> {
    let pack = knowledge::pack();
    let demonyms = pack.country(id).map(|country| country.demonyms).unwrap_or_default();
    let names = pack.record(id).map(|record| {
        std::iter::once(record.name).chain(record.surname).chain(record.aliases).chain(demonyms)
    });
    names.into_iter().flatten()
}

fn spellings(entity: &Entity) -> Vec<Spelling> {
    let names = std::iter::once(&entity.name).chain(&entity.aliases);
    let names = names.filter(|_| entity.kind == EntityKind::Person);
    names
        .filter_map(|name| {
            let folded = fold(name);
            let words: Vec<&str> = folded.split_whitespace().collect();
            let ([first, .., last], key) = (words.as_slice(), family::key(&words)) else { return None };
            let ends = [*first, *last, key]
                .into_iter()
                .flat_map(|word| std::iter::once(word).chain(word.split('-')));
            let ends = ends.map(family::skeleton).collect();
            Some(Spelling {
                name: name.clone(),
                ends,
                whole: [words.len(), words.len() - 1].iter().any(|end| family::is_eastern(&words[..*end])),
            })
        })
        .collect()
}

/// The keys under which a person's family name is kept.
pub(super) fn family_keys(entity: &Entity) -> Vec<String> {
    let mut keys = Vec::new();
    for name in std::iter::once(&entity.name).chain(&entity.aliases) {
        let folded = fold(name);
        let words: Vec<&str> = folded.split_whitespace().collect();
        if words.len() < 2 {
            continue;
        }
        for word in std::iter::once(family::key(&words)).chain(family::front_key(&words)) {
            let key = family::skeleton(word);
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// The settings that hold for one article.
pub struct Settings {
    pub threshold: Threshold,
    never: Vec<String>,
}

impl Lexicon {
    /// The registry's entity of this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.by_id.get(id).and_then(|i| self.entities.get(*i as usize)).map(|entity| &**entity)
    }

    /// The site's settings with those of the article's section and source over them.
    pub fn settings(&self, article: &Article) -> Settings {
        let threshold = self.threshold(article);
        let overrides = self.overrides(article);
        Settings {
            threshold: Threshold::new(threshold),
            never: overrides.flat_map(|o| o.never.iter().flatten()).map(|n| fold(n).into_owned()).collect(),
        }
    }

    /// What the article's source and section settle otherwise, the weightier first.
    fn overrides(&self, article: &Article) -> impl Iterator<Item = &AnnotateOverride> {
        let by_source = article.source.as_ref().and_then(|s| self.config.sources.get(s));
        let by_section = article.section.as_ref().and_then(|s| self.config.sections.get(s));
        [by_source, by_section].into_iter().flatten()
    }

    /// Percent of confidence below which a mention of the article waits.
    pub fn threshold(&self, article: &Article) -> u8 {
        self.overrides(article).find_map(|o| o.threshold).unwrap_or(self.config.threshold)
    }

    /// The kinds of names that are linked in the article.
    pub fn kinds(&self, article: &Article) -> &[EntityKind] {
        self.overrides(article).find_map(|o| o.kinds.as_deref()).unwrap_or(&self.config.kinds)
    }

    /// The names that an editor wants left alone, as far as they can stand in a folded text.
    pub fn left_alone(&self, article: &Article, folded: &str) -> Vec<String> {
        let own = self.overrides(article).flat_map(|o| o.never.iter().flatten());
        let all = self.never.iter().cloned().chain(own.map(|name| fold(name).into_owned()));
        let mut found: Vec<String> = all.filter(|name| folded.contains(name.as_str())).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether an editor wants this name left alone everywhere.
    pub fn never(&self, settings: &Settings, folded: impl FnOnce() -> String) -> bool {
        if self.never.is_empty() && settings.never.is_empty() {
            return false;
        }
        let folded = folded();
        self.never.contains(&folded) || settings.never.contains(&folded)
    }
}
