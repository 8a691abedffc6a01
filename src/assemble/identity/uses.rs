//! Annotated articles enter; each article's new and unresolved names leave, and the company that articles keep.

use std::{collections::BTreeMap, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::memory::{Facts, Ids, Memory},
    knowledge,
    model::{
        EntityId, EntityKind, Evidence, Introduced, Mention, Status,
        site::{Entry, Site},
    },
    text::{family, fold::fold},
};

/// One article's use of a name that nobody knows.
#[derive(Clone, Debug)]
pub struct Use {
    /// Index into `Site::articles`.
    pub article: u32,
    pub name: String,
    /// Folded words.
    pub words: Vec<String>,
    pub kind: EntityKind,
    /// As written.
    pub roles: Vec<String>,
    /// The article alone makes it sure.
    pub sure: bool,
    /// Under which the annotation has it; `None` for a name without an entity.
    pub id: Option<EntityId>,
    pub mentions: u32,
}

/// All uses.
pub struct Gathered {
    /// Names that are introduced, and other full names.
    pub uses: Vec<Use>,
    /// Family names alone.
    pub short: Vec<Use>,
}

/// Gathers the uses, the articles in the order of the site.
pub fn gather(site: &Site, registered: &FxHashSet<&EntityId>, memory: &Memory) -> Gathered {
    let none = |entry: &Entry| memory.facts_of(&entry.annotation).is_some_and(|facts| !facts.strangers);
    let of_article = |(article, entry): (usize, &Entry)| {
        let mut gathered = Gathered { uses: Vec::new(), short: Vec::new() };
        read(article as u32, entry, registered, &mut gathered);
        gathered
    };
    let parts = site.articles.par_iter().enumerate().filter(|(_, entry)| !none(entry)).map(of_article);
    let parts: Vec<Gathered> = parts.collect();
    let mut gathered = Gathered { uses: Vec::new(), short: Vec::new() };
    for part in parts {
        gathered.uses.extend(part.uses);
        gathered.short.extend(part.short);
    }
    gathered
}

/// A mention of a name that nobody knows.
pub fn is_open(mention: &Mention) -> bool {
    mention.entity.is_none() && mention.status == Status::Proposed && mention.evidence == Evidence::Shape
}

fn read(article: u32, entry: &Entry, registered: &FxHashSet<&EntityId>, gathered: &mut Gathered) {
    let prose = &entry.article.prose;
    let annotation = &entry.annotation;
    // The registry may have taken the name over since.
    let outside =
        |id: &EntityId| !registered.contains(id) && knowledge::pack().by_slug(id.as_str()).is_none();
    let new: Vec<&Introduced> = annotation.introduced.iter().filter(|new| outside(&new.id)).collect();
    if !new.is_empty() {
        let mut counts: FxHashMap<&EntityId, u32> = FxHashMap::default();
        let mut roles: FxHashMap<&EntityId, Vec<&str>> = FxHashMap::default();
        for mention in &annotation.mentions {
            let Some(id) = &mention.entity else { continue };
            *counts.entry(id).or_default() += 1;
            roles.entry(id).or_default().extend(mention.role.map(|span| prose.slice(span)));
        }
        for fact in &annotation.roles {
            roles.entry(&fact.entity).or_default().push(&fact.title);
        }
        for new in new {
            // An editor may have rejected it everywhere.
            let Some(mentions) = counts.get(&new.id).copied() else { continue };
            let stated = new.role.iter().map(String::as_str);
            let all = stated.chain(roles.get(&new.id).into_iter().flatten().copied());
            let made = make(article, &new.name, new.kind, all, new.sure, Some(new.id.clone()), mentions);
            gathered.uses.push(made);
        }
    }
    let mut loose: BTreeMap<(String, EntityKind), Use> = BTreeMap::new();
    for mention in annotation.mentions.iter().filter(|mention| is_open(mention)) {
        let name = prose.slice(mention.span).replace('\n', " ");
        let role = mention.role.map(|span| prose.slice(span));
        let entry = loose
            .entry((fold(&name).into_owned(), mention.kind))
            .or_insert_with(|| make(article, &name, mention.kind, std::iter::empty(), false, None, 0));
        entry.mentions += 1;
        if let Some(role) = role.filter(|r| !entry.roles.iter().any(|known| known == r)) {
            entry.roles.push(role.to_owned());
        }
    }
    for single in loose.into_values() {
        let short = single.kind == EntityKind::Person && single.words.len() == 1;
        if short { gathered.short.push(single) } else { gathered.uses.push(single) }
    }
}

fn make<'r>(
    article: u32,
    name: &str,
    kind: EntityKind,
    roles: impl Iterator<Item = &'r str>,
    sure: bool,
    id: Option<EntityId>,
    mentions: u32,
) -> Use {
    let mut all: Vec<String> = Vec::new();
    for role in roles {
        if !all.iter().any(|known| known == role) {
            all.push(role.to_owned());
        }
    }
    let words = fold(name).split_whitespace().map(str::to_owned).collect();
    Use { article, name: name.to_owned(), words, kind, roles: all, sure, id, mentions }
}

impl Use {
    /// Under which a person is compared with others: the family name without its spelling.
    pub fn family(&self) -> String {
        family::skeleton(family::key(&self.words))
    }

    /// Under which other things are the same: the name without `the` and without legal forms.
    pub fn key(&self) -> String {
        const LEGAL: [&str; 12] = [
            "inc",
            "inc.",
            "corp",
            "corp.",
            "corporation",
            "ltd",
            "ltd.",
            "limited",
            "plc",
            "co",
            "co.",
            "llc",
        ];
        let mut words: &[String] = &self.words;
        if words.len() > 1 && words[0] == "the" {
            words = &words[1..];
        }
        while let [front @ .., last] = words {
            let last = last.trim_end_matches(',');
            if front.is_empty() || self.kind != EntityKind::Organization || !LEGAL.contains(&last) {
                break;
            }
            words = front;
        }
        words.iter().map(|w| w.trim_end_matches(',')).collect::<Vec<_>>().join(" ")
    }
}

/// Whether two posts as written can be one: the words of one stand in the other, but for words that make it another
/// post (`Vice President` is not `President`).
pub fn posts_agree(a: &str, b: &str) -> bool {
    const OTHER: [&str; 8] =
        ["vice", "deputy", "assistant", "associate", "under", "lieutenant", "sub", "junior"];
    const EMPTY: [&str; 13] =
        ["of", "the", "for", "and", "a", "an", "former", "acting", "then", "mr.", "mrs.", "ms.", "dr."];
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '\'' | '’'));
        split.map(|w| fold(w).into_owned()).filter(|w| w.len() > 1 && !EMPTY.contains(&&**w)).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let common = short.iter().filter(|w| long.contains(w)).count();
    let other = a.iter().chain(&b).any(|w| OTHER.contains(&&**w) && (a.contains(w) != b.contains(w)));
    !short.is_empty() && !other && (common == short.len() || common >= 2)
}

/// Who stands in an article, as hashes; what stands in very many articles says nothing and is left out.
pub type Company = FxHashMap<u32, FxHashSet<u64>>;

/// The company of these articles: entities of the registry and built-in ones that are published in them. `facts` of every
/// article of the site.
pub fn company(
    site: &Site,
    articles: impl Iterator<Item = u32>,
    registered: &FxHashSet<&EntityId>,
    facts: &[Arc<Facts>],
    ids: &Ids,
) -> Company {
    let mut frequency: Vec<u32> = vec![0; ids.all.len()];
    for id in facts.iter().flat_map(|facts| &facts.distinct) {
        frequency[*id as usize] += 1;
    }
    // The place of a piece that is taken out after an edit is empty.
    let count = site.articles.par_iter().filter(|entry| entry.article.date.is_some()).count();
    let most = 8 + count as u32 / 10;
    let mut company = Company::default();
    for article in articles {
        company.entry(article).or_insert_with(|| {
            let entry = &site.articles[article as usize];
            let rare = facts[article as usize].distinct.iter().filter(|id| frequency[**id as usize] <= most);
            let told = |id: &&EntityId| {
                registered.contains(*id) || !entry.annotation.introduced.iter().any(|i| i.id == **id)
            };
            let told = rare.map(|id| &ids.all[*id as usize]).filter(told);
            told.map(hash).chain(entry.article.story.iter().map(|s| hash_text(s))).collect()
        });
    }
    company
}

fn hash(id: &EntityId) -> u64 {
    hash_text(id.as_str())
}

fn hash_text(text: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}
