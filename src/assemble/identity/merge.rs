//! Clusters of people, and people whom the site knows, enter; those whose names differ in spelling only and whose post
//! or company agrees become one, the others that may be one are proposed.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        identity::{
            cluster::{Cluster, same_post, shared},
            uses::{Company, Gathered, Use, posts_agree},
        },
        memory::{Facts, Ids},
    },
    knowledge,
    model::{
        EntityId, EntityKind, Merge,
        site::{Content, Site},
    },
    text::{
        family::{self, Likeness},
        fold::fold,
    },
};

/// People of the registry, and built-in ones that are published somewhere.
pub struct Known {
    people: Vec<Person>,
    by_family: FxHashMap<String, Vec<usize>>,
}

struct Person {
    id: EntityId,
    /// Folded words of each name.
    names: Vec<Vec<String>>,
    /// Titles, description, and the posts that articles state.
    posts: Vec<String>,
    /// Articles that publish it, newest first; at most [`ARTICLES`].
    articles: Vec<u32>,
}

/// The articles that publish each person, by number.
fn publishing(facts: &[Arc<Facts>], ids: &Ids) -> Vec<Vec<u32>> {
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); ids.all.len()];
    for (article, facts) in (0..).zip(facts) {
        for person in facts.accepted.iter().filter(|accepted| accepted.person) {
            let list = &mut lists[person.id as usize];
            if list.len() < ARTICLES && list.last() != Some(&article) {
                list.push(article);
            }
        }
    }
    lists
}

/// The posts that articles state.
fn stated(site: &Site) -> FxHashMap<&EntityId, Vec<&str>> {
    let mut stated: FxHashMap<&EntityId, Vec<&str>> = FxHashMap::default();
    for fact in site.articles.iter().flat_map(|entry| &entry.annotation.roles) {
        let list = stated.entry(&fact.entity).or_default();
        if list.len() < 12 && !list.contains(&fact.title.as_str()) {
            list.push(&fact.title);
        }
    }
    stated
}

/// So many articles of a known person are looked at for company.
const ARTICLES: usize = 40;
/// In a block of more names than that, only neighbours in the order of their spelling are compared.
const BLOCK: usize = 48;
const NEIGHBOURS: usize = 6;

impl Known {
    /// `facts` of every article of the site.
    pub fn gather(site: &Site, content: &Content, facts: &[Arc<Facts>], ids: &Ids) -> Known {
        let (lists, stated) = rayon::join(|| publishing(facts, ids), || stated(site));
        let named = ids.all.iter().zip(lists).filter(|(_, list)| !list.is_empty());
        let articles: BTreeMap<&EntityId, Vec<u32>> = named.collect();
        let mut known = Known { people: Vec::new(), by_family: FxHashMap::default() };
        let mut add = |entity: &crate::model::Entity| {
            let names: Vec<Vec<String>> = std::iter::once(&entity.name)
                .chain(&entity.aliases)
                .map(|name| fold(name).split_whitespace().map(str::to_owned).collect::<Vec<String>>())
                .filter(|words| words.len() >= 2)
                .collect();
            let posts = entity.roles.iter().map(|r| r.title.clone()).chain([entity.description.clone()]);
            let told = stated.get(&entity.id).into_iter().flatten().map(|s| (*s).to_owned());
            let at = known.people.len();
            for words in &names {
                for key in std::iter::once(family::key(words)).chain(family::front_key(words)) {
                    let list = known.by_family.entry(family::skeleton(key)).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
            known.people.push(Person {
                id: entity.id.clone(),
                names,
                posts: posts.chain(told).filter(|p| !p.is_empty()).collect(),
                articles: articles.get(&entity.id).cloned().unwrap_or_default(),
            });
        };
        let mut registered: Vec<&crate::model::Entity> =
            content.entities.iter().filter(|e| e.kind == EntityKind::Person).collect();
        registered.sort_by(|a, b| a.id.cmp(&b.id));
        registered.iter().for_each(|e| add(e));
        for id in articles.keys() {
            if registered.binary_search_by(|e| e.id.cmp(id)).is_err()
                && let Some(entity) = knowledge::entity(id.as_str())
            {
                add(&entity);
            }
        }
        known
    }

    fn under(&self, family: &str) -> impl Iterator<Item = &Person> {
        self.by_family.get(family).into_iter().flatten().map(|i| &self.people[*i])
    }
}

/// What speaks for two being one.
struct Ties {
    post: bool,
    company: usize,
}

impl Ties {
    fn reasons(&self, a: &str, b: &str) -> Vec<String> {
        let mut reasons = vec![format!("{a} and {b} differ little")];
        if self.post {
            reasons.push("same post".to_owned());
        }
        if self.company > 0 {
            reasons.push(format!("{} names in common in their articles", self.company));
        }
        reasons
    }
}

fn score(likeness: Likeness, ties: &Ties) -> u8 {
    let base = match likeness {
        Likeness::Same | Likeness::Middle | Likeness::Spelling => 60,
        Likeness::Initial => 45,
        Likeness::No => 0,
    };
    base + if ties.post { 20 } else { 0 } + (4 * ties.company.min(4)) as u8
}

/// Whether the two are one without an editor's word.
fn certain(likeness: Likeness, ties: &Ties) -> bool {
    match likeness {
        Likeness::Same | Likeness::Spelling | Likeness::Middle => ties.post || ties.company >= 2,
        Likeness::Initial => ties.post && ties.company >= 2,
        Likeness::No => false,
    }
}

/// Joins clusters with known people and with each other.
pub fn merge(
    clusters: &mut [Cluster],
    known: &Known,
    uses: &[Use],
    company: &Company,
    merges: &mut Vec<Merge>,
) {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, cluster) in clusters.iter().enumerate().filter(|(_, c)| c.kind == EntityKind::Person) {
        blocks.entry(uses[cluster.uses[0]].family()).or_default().push(i);
    }
    for (family, mut block) in blocks {
        for i in &block {
            with_known(&mut clusters[*i], &family, known, uses, company, merges);
        }
        block.retain(|i| clusters[*i].known.is_none());
        block.sort_by(|a, b| {
            uses[clusters[*a].uses[0]].words.cmp(&uses[clusters[*b].uses[0]].words).then(a.cmp(b))
        });
        let reach = if block.len() > BLOCK { NEIGHBOURS } else { block.len() };
        for left in 0..block.len() {
            for right in left + 1..block.len().min(left + 1 + reach) {
                pair(clusters, block[left], block[right], uses, company, merges);
            }
        }
    }
}

fn pair(
    clusters: &mut [Cluster],
    left: usize,
    right: usize,
    uses: &[Use],
    company: &Company,
    merges: &mut Vec<Merge>,
) {
    if clusters[left].gone || clusters[right].gone {
        return;
    }
    let (a, b) = (&uses[clusters[left].uses[0]], &uses[clusters[right].uses[0]]);
    let likeness = family::likeness(&a.words, &b.words);
    // The same name stands in two clusters because post and company spoke against it.
    if likeness == Likeness::No || likeness == Likeness::Same {
        return;
    }
    let ties = ties(&clusters[left].uses, &clusters[right].uses, uses, company);
    if certain(likeness, &ties) {
        // The one whose oldest article is older stays.
        let (keep, other) =
            if clusters[left].uses[0] >= clusters[right].uses[0] { (left, right) } else { (right, left) };
        let moved = std::mem::take(&mut clusters[other].uses);
        clusters[other].gone = true;
        clusters[keep].sure |= clusters[other].sure;
        clusters[keep].uses.extend(moved);
        clusters[keep].uses.sort_unstable_by(|a, b| b.cmp(a));
    } else {
        let more = clusters[left].uses.len() >= clusters[right].uses.len();
        let (keep, other) = if more { (left, right) } else { (right, left) };
        merges.push(Merge {
            keep: clusters[keep].id.clone(),
            other: clusters[other].id.clone(),
            score: score(likeness, &ties),
            reasons: ties.reasons(&uses[clusters[keep].uses[0]].name, &uses[clusters[other].uses[0]].name),
        });
    }
}

fn ties(left: &[usize], right: &[usize], uses: &[Use], company: &Company) -> Ties {
    let mut ties = Ties { post: false, company: 0 };
    for a in left.iter().take(8) {
        for b in right.iter().take(8) {
            ties.post |= same_post(&uses[*a], &uses[*b]);
            ties.company = ties.company.max(shared(uses[*a].article, uses[*b].article, company));
        }
    }
    ties
}

fn with_known(
    cluster: &mut Cluster,
    family: &str,
    known: &Known,
    uses: &[Use],
    company: &Company,
    merges: &mut Vec<Merge>,
) {
    let first = &uses[cluster.uses[0]];
    let mut certain_ones: Vec<&Person> = Vec::new();
    let mut doubtful: Vec<Merge> = Vec::new();
    for person in known.under(family) {
        let likeness = person
            .names
            .iter()
            .map(|name| family::likeness(&first.words, name))
            .max()
            .unwrap_or(Likeness::No);
        if likeness == Likeness::No {
            continue;
        }
        let ties = ties_with(person, &cluster.uses, uses, company);
        if certain(likeness, &ties) {
            certain_ones.push(person);
        } else {
            doubtful.push(Merge {
                keep: person.id.clone(),
                other: cluster.id.clone(),
                score: score(likeness, &ties),
                reasons: ties.reasons(&person.names[0].join(" "), &first.name),
            });
        }
    }
    if let [only] = certain_ones.as_slice() {
        cluster.known = Some(only.id.clone());
        return;
    }
    // Two certain ones are none.
    merges.extend(certain_ones.iter().map(|person| Merge {
        keep: person.id.clone(),
        other: cluster.id.clone(),
        score: 70,
        reasons: vec![format!("{} people fit {}", certain_ones.len(), first.name)],
    }));
    merges.extend(doubtful);
}

fn ties_with(person: &Person, members: &[usize], uses: &[Use], company: &Company) -> Ties {
    let mut ties = Ties { post: false, company: 0 };
    for i in members.iter().take(8) {
        let u = &uses[*i];
        ties.post |= u.roles.iter().any(|role| person.posts.iter().any(|post| posts_agree(role, post)));
        for article in person.articles.iter().filter(|a| **a != u.article) {
            ties.company = ties.company.max(shared(*article, u.article, company));
        }
    }
    ties
}

/// Whom family names alone mean: the only bearer whose post or company agrees. By index of [`Gathered::short`].
pub fn family_names(
    clusters: &[Cluster],
    known: &Known,
    gathered: &Gathered,
    company: &Company,
) -> Vec<Option<EntityId>> {
    let mut by_family: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, cluster) in clusters.iter().enumerate() {
        let published = cluster.sure && !cluster.gone && cluster.known.is_none();
        if published && cluster.kind == EntityKind::Person {
            by_family.entry(gathered.uses[cluster.uses[0]].family()).or_default().push(i);
        }
    }
    gathered
        .short
        .iter()
        .map(|short| {
            let family = family::skeleton(&short.words[0]);
            let mut bearers: Vec<&EntityId> = Vec::new();
            let mut tied: Vec<&EntityId> = Vec::new();
            for i in by_family.get(&family).into_iter().flatten().take(BLOCK) {
                let cluster = &clusters[*i];
                let first = &gathered.uses[cluster.uses[0]];
                if !family::is_family_name(&short.words, &first.words) {
                    continue;
                }
                bearers.push(&cluster.id);
                let members = cluster.uses.iter().take(8).map(|u| &gathered.uses[*u]);
                let fits = members.clone().any(|u| same_post(u, short))
                    || members.map(|u| shared(u.article, short.article, company)).max().unwrap_or(0) >= 2;
                if fits {
                    tied.push(&cluster.id);
                }
            }
            for person in known.under(&family).take(BLOCK) {
                if !person.names.iter().any(|name| family::is_family_name(&short.words, name)) {
                    continue;
                }
                bearers.push(&person.id);
                let post = short.roles.iter().any(|r| person.posts.iter().any(|p| posts_agree(r, p)));
                let near = person.articles.iter().map(|a| shared(*a, short.article, company)).max();
                if !person.articles.is_empty() && (post || near.unwrap_or(0) >= 2) {
                    tied.push(&person.id);
                }
            }
            match (bearers.as_slice(), tied.as_slice()) {
                // With a rival of the name, the post must say it.
                (_, [only]) if bearers.len() == 1 || !short.roles.is_empty() => Some((*only).clone()),
                _ => None,
            }
        })
        .collect()
}
