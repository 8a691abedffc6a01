//! Uses enter; clusters of uses that are one entity leave, with proposals where one name may be two people.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::{
    assemble::identity::uses::{Company, Use, posts_agree},
    knowledge,
    model::{EntityId, EntityKind, Merge},
    path::slugify,
    text::fold::fold,
};

/// Uses that are one entity.
#[derive(Clone, Debug)]
pub struct Cluster {
    pub kind: EntityKind,
    /// Indices of uses; the first is the oldest.
    pub uses: Vec<usize>,
    /// One of them is sure.
    pub sure: bool,
    /// A registered or built-in entity that it turned out to be.
    pub known: Option<EntityId>,
    /// Joined to another.
    pub gone: bool,
    /// Set by [`name`].
    pub id: EntityId,
    pub name: String,
}

/// At most so many people of one name are told apart.
const NAMESAKES: usize = 8;

/// Joins uses of one name and kind, the oldest first.
pub fn cluster(uses: &[Use], company: &Company) -> (Vec<Cluster>, Vec<Merge>) {
    let mut by_name: BTreeMap<(EntityKind, String), Vec<usize>> = BTreeMap::new();
    for (i, u) in uses.iter().enumerate().rev() {
        by_name.entry((u.kind, u.key())).or_default().push(i);
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut doubts: Vec<(usize, usize)> = Vec::new();
    for ((kind, _), members) in by_name {
        let first = clusters.len();
        for i in members {
            let of_name = &clusters[first..];
            let fits = of_name.iter().position(|c| {
                kind != EntityKind::Person
                    || c.uses.iter().rev().take(6).all(|o| !apart(&uses[*o], &uses[i], company))
            });
            match fits {
                Some(at) => add(&mut clusters[first + at], i, &uses[i]),
                None if of_name.len() < NAMESAKES => {
                    doubts.extend((first..clusters.len()).map(|other| (other, clusters.len())));
                    clusters.push(new(kind, i, &uses[i]));
                }
                None => add(&mut clusters[first], i, &uses[i]),
            }
        }
    }
    name(&mut clusters, uses, &FxHashSet::default());
    let merges = doubts.into_iter().map(|(a, b)| Merge {
        keep: clusters[a].id.clone(),
        other: clusters[b].id.clone(),
        score: 40,
        reasons: vec![
            format!("both are called {}", clusters[a].name),
            "other posts, other company".to_owned(),
        ],
    });
    let merges = merges.collect();
    (clusters, merges)
}

fn new(kind: EntityKind, i: usize, first: &Use) -> Cluster {
    let id = EntityId::new("");
    Cluster { kind, uses: vec![i], sure: first.sure, known: None, gone: false, id, name: String::new() }
}

fn add(cluster: &mut Cluster, i: usize, more: &Use) {
    cluster.uses.push(i);
    cluster.sure |= more.sure;
}

/// Whether post and company both say that two uses of one name are two people. Another post alone does not: people change
/// posts. It must be of another world (a goalkeeper and a senator) or another country.
fn apart(a: &Use, b: &Use, company: &Company) -> bool {
    let told = !a.roles.is_empty() && !b.roles.is_empty();
    told && !same_post(a, b) && shared(a.article, b.article, company) == 0 && elsewhere(&a.roles, &b.roles)
}

fn elsewhere(a: &[String], b: &[String]) -> bool {
    fn differ<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.contains(x))
    }
    let worlds = |roles: &[String]| -> Vec<World> { roles.iter().take(6).filter_map(|r| world(r)).collect() };
    let countries = |roles: &[String]| -> Vec<EntityId> {
        let words = roles.iter().take(6).flat_map(|role| role.split([' ', ',']));
        words.filter_map(country).collect()
    };
    differ(&worlds(a), &worlds(b)) || differ(&countries(a), &countries(b))
}

/// The country that a word of a post names by its people: `Russian`.
fn country(word: &str) -> Option<EntityId> {
    let id = knowledge::pack().demonym(&fold(word))?;
    Some(EntityId::new(&knowledge::pack().slug(id)))
}

/// What a post has to do with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum World {
    Sport,
    Stage,
    State,
    Church,
    Learning,
    Business,
}

/// The world of a post, by the last of its words that tells.
fn world(role: &str) -> Option<World> {
    let role = fold(role);
    let head = role.split(" of ").next().unwrap_or(&role);
    head.split([' ', '-', ',']).rev().find_map(|word| {
        Some(match word {
            "striker" | "midfielder" | "goalkeeper" | "defender" | "winger" | "coach" | "trainer"
            | "referee" | "player" | "batsman" | "bowler" | "quarterback" | "pitcher" | "boxer"
            | "sprinter" | "swimmer" | "cyclist" | "golfer" | "jockey" | "skater" | "gymnast" => World::Sport,
            "actor" | "actress" | "singer" | "guitarist" | "drummer" | "comedian" | "dancer" | "pianist"
            | "violinist" | "novelist" | "poet" | "painter" | "sculptor" | "composer" | "conductor"
            | "playwright" | "choreographer" | "rapper" => World::Stage,
            "president" | "minister" | "premier" | "chancellor" | "senator" | "sen." | "congressman"
            | "congresswoman" | "representative" | "rep." | "governor" | "gov." | "mayor" | "lawmaker"
            | "legislator" | "mp" | "ambassador" | "envoy" | "diplomat" | "general" | "gen." | "colonel"
            | "col." | "admiral" | "commander" | "judge" | "prosecutor" | "king" | "prince" | "sheriff" => {
                World::State
            }
            "bishop" | "archbishop" | "cardinal" | "pope" | "priest" | "imam" | "ayatollah" | "rabbi"
            | "pastor" | "rev." => World::Church,
            "professor" | "prof." | "researcher" | "scientist" | "historian" | "biologist" | "physicist"
            | "epidemiologist" | "surgeon" | "lecturer" => World::Learning,
            "ceo" | "cfo" | "banker" | "broker" | "trader" | "investor" | "analyst" | "economist" => {
                World::Business
            }
            _ => return None,
        })
    })
}

/// Whether any posts of the two agree.
pub fn same_post(a: &Use, b: &Use) -> bool {
    a.roles.iter().take(6).any(|x| b.roles.iter().take(6).any(|y| posts_agree(x, y)))
}

/// How many entities that are not everywhere stand in both articles.
pub fn shared(a: u32, b: u32, company: &Company) -> usize {
    match (company.get(&a), company.get(&b)) {
        _ if a == b => 1,
        (Some(x), Some(y)) => {
            let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
            few.iter().filter(|id| many.contains(id)).count()
        }
        _ => 0,
    }
}

/// Gives every cluster its name and an id of its own: the commonest of its fullest spellings, and the id of the oldest
/// article's spelling, so that an address stays when more articles come.
pub fn name(clusters: &mut [Cluster], uses: &[Use], registered: &FxHashSet<&EntityId>) {
    let mut taken: BTreeSet<EntityId> = BTreeSet::new();
    for cluster in clusters.iter_mut().filter(|c| !c.gone) {
        cluster.uses.sort_unstable_by(|a, b| b.cmp(a));
        let mut counts: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
        for i in &cluster.uses {
            let entry = counts.entry(&uses[*i].name).or_insert((uses[*i].words.len(), 0));
            entry.1 += uses[*i].mentions.max(1);
        }
        let best = counts.iter().max_by(|a, b| a.1.1.cmp(&b.1.1).then(a.1.0.cmp(&b.1.0)).then(b.0.cmp(a.0)));
        cluster.name = best.map_or_else(String::new, |(name, _)| (*name).to_owned());
        let oldest = &uses[cluster.uses[0]];
        let base = oldest.id.as_ref().map_or_else(|| slugify(&oldest.name), |id| id.as_str().to_owned());
        let numbered = (2..).map(|n| format!("{base}-{n}"));
        let known =
            |id: &EntityId| registered.contains(id) || knowledge::pack().by_slug(id.as_str()).is_some();
        let free = std::iter::once(base.clone())
            .chain(numbered)
            .map(|id| EntityId::new(&id))
            .find(|id| !taken.contains(id) && (!known(id) || oldest.id.as_ref() == Some(id)));
        cluster.id = free.unwrap_or_else(|| EntityId::new(&base));
        taken.insert(cluster.id.clone());
    }
}
