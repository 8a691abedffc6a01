//! Names that no registry knows, from all articles, enter; each becomes one entity of the whole archive, whatever its
//! spelling, and every article's annotation says so. What is not certain is proposed to the editors, not done.
//!
//! 1. [`uses`]: every article's new names and unresolved names, with post and company.
//! 2. [`cluster`]: uses of one name are one entity, unless post and company both speak against it.
//! 3. [`merge`]: clusters, and known people, whose names differ in spelling only are one where post or company agree.
//! 4. Family names alone (`Foreign Minister Lavrov`) follow the only bearer whose post or company agrees.
//! 5. [`apply`]: annotations are rewritten where something changed.
//!
//! Names are compared only with names of the same key, so that time grows with the archive and not with its square.
//! Decisions of editors have been applied before: what they settled is not looked at again.

mod apply;
mod cluster;
mod merge;
mod uses;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

pub use uses::is_open;

use crate::{
    assemble::memory::Memory,
    model::{
        EntityId, Stranger,
        site::{Content, Site},
    },
};

/// Runs the steps; fills `strangers` and `merges`.
pub fn identity(site: &mut Site, content: &Content, memory: &mut Memory) {
    let registered: FxHashSet<&EntityId> = content.entities.iter().map(|e| &e.id).collect();
    let gathered = uses::gather(site, &registered, memory);
    if gathered.uses.is_empty() {
        return;
    }
    let facts = memory.facts(site);
    let ids = &memory.ids;
    let company = uses::company(site, gathered.uses.iter().map(|u| u.article), &registered, &facts, ids);
    let (mut clusters, mut merges) = cluster::cluster(&gathered.uses, &company);
    let known = merge::Known::gather(site, content, &facts, ids);
    merge::merge(&mut clusters, &known, &gathered.uses, &company, &mut merges);
    cluster::name(&mut clusters, &gathered.uses, &registered);
    let short = merge::family_names(&clusters, &known, &gathered, &company);
    apply::apply(site, &clusters, &gathered, &short, &mut memory.rewritten);
    site.strangers = strangers(site, &clusters, &gathered.uses);
    merges.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| (&a.keep, &a.other).cmp(&(&b.keep, &b.other))));
    merges.dedup_by(|a, b| (&a.keep, &a.other) == (&b.keep, &b.other));
    // What was made after all, under other names, need not be proposed.
    merges.retain(|m| m.keep != m.other);
    site.merges = merges;
}

/// The clusters as the editors see them: those in the most articles first.
fn strangers(site: &Site, clusters: &[cluster::Cluster], uses: &[uses::Use]) -> Vec<Stranger> {
    let mut all: Vec<Stranger> = Vec::new();
    for cluster in clusters.iter().filter(|c| !c.gone && c.known.is_none()) {
        let mut spellings: BTreeMap<&str, u32> = BTreeMap::new();
        let mut roles: BTreeMap<&str, u32> = BTreeMap::new();
        let mut articles: Vec<u32> = Vec::new();
        for i in &cluster.uses {
            let u = &uses[*i];
            *spellings.entry(&u.name).or_default() += u.mentions.max(1);
            for role in &u.roles {
                *roles.entry(role).or_default() += 1;
            }
            articles.push(u.article);
        }
        articles.sort_unstable();
        articles.dedup();
        let ordered = |map: BTreeMap<&str, u32>| {
            let mut list: Vec<(String, u32)> = map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            list
        };
        // An acronym of it may be published where its own spelling is not.
        let published = articles.iter().any(|a| is_linked(site, *a, &cluster.id));
        all.push(Stranger {
            name: cluster.name.clone(),
            kind: cluster.kind,
            spellings: ordered(spellings),
            roles: ordered(roles),
            articles,
            entity: published.then(|| cluster.id.clone()),
        });
    }
    all.sort_by(|a, b| {
        b.articles.len().cmp(&a.articles.len()).then_with(|| (&a.name, a.kind).cmp(&(&b.name, b.kind)))
    });
    all
}

fn is_linked(site: &Site, article: u32, id: &EntityId) -> bool {
    let mentions = &site.articles[article as usize].annotation.mentions;
    mentions.iter().any(|m| m.status == crate::model::Status::Accepted && m.entity.as_ref() == Some(id))
}
