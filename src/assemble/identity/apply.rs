//! Clusters enter; the annotations of the articles that they change are rewritten: ids, links that other articles make
//! sure, and everything that refers to them.

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::FxHashMap;

use crate::{
    assemble::{
        identity::{
            cluster::Cluster,
            uses::{Gathered, Use},
        },
        memory::{Rewritten, address},
        mentions,
    },
    model::{Annotation, EntityId, EntityKind, Evidence, Introduced, Mention, Speaker, Status, site::Site},
    text::fold::fold,
};

/// Confidence of a name that other articles make sure, in percent.
const ARCHIVE: u8 = 80;

/// What becomes of a name in one article.
#[derive(Hash)]
struct Change<'a> {
    /// As the annotation has it: an id, or the folded name and kind of a name without one.
    from: From<'a>,
    to: EntityId,
    /// The cluster's name and post, where the article introduces it.
    name: Option<&'a str>,
    role: Option<&'a str>,
    kind: EntityKind,
    /// Other articles that know it, where they make it sure.
    sure: Option<u32>,
}

#[derive(Hash)]
enum From<'a> {
    Id(&'a EntityId),
    Name(String),
}

/// Rewrites what changes.
pub fn apply(
    site: &mut Site,
    clusters: &[Cluster],
    gathered: &Gathered,
    short: &[Option<EntityId>],
    rewritten: &mut FxHashMap<usize, Rewritten>,
) {
    let mut changes: BTreeMap<u32, Vec<Change<'_>>> = BTreeMap::new();
    for cluster in clusters.iter().filter(|c| !c.gone) {
        let articles = articles(&cluster.uses, &gathered.uses);
        let sure = cluster.sure || cluster.known.is_some();
        let to = cluster.known.as_ref().unwrap_or(&cluster.id);
        // The uses begin with the oldest.
        let last_role = cluster.uses.iter().rev().find_map(|i| gathered.uses[*i].roles.first());
        for i in &cluster.uses {
            let u = &gathered.uses[*i];
            let moved = u.id.as_ref().is_some_and(|id| id != to);
            let learnt = sure && !u.sure && (articles > 1 || cluster.known.is_some());
            let renamed = sure && cluster.known.is_none() && u.name != cluster.name;
            if !moved && !learnt && !renamed {
                continue;
            }
            let from = match &u.id {
                Some(id) => From::Id(id),
                None => From::Name(u.words.join(" ")),
            };
            changes.entry(u.article).or_default().push(Change {
                from,
                to: to.clone(),
                name: cluster.known.is_none().then_some(&cluster.name),
                role: last_role.map(String::as_str),
                kind: cluster.kind,
                sure: learnt.then_some(articles.saturating_sub(1).max(1)),
            });
        }
    }
    let published: FxHashMap<&EntityId, &Cluster> =
        clusters.iter().filter(|c| !c.gone && c.known.is_none()).map(|c| (&c.id, c)).collect();
    for (u, to) in gathered.short.iter().zip(short) {
        let Some(to) = to else { continue };
        let cluster = published.get(to);
        changes.entry(u.article).or_default().push(Change {
            from: From::Name(u.words.join(" ")),
            to: to.clone(),
            name: cluster.map(|c| c.name.as_str()),
            role: None,
            kind: u.kind,
            sure: Some(cluster.map_or(1, |c| articles(&c.uses, &gathered.uses))),
        });
    }
    for (article, list) in changes {
        let threshold = mentions::threshold(site, article as usize);
        let entry = &mut site.articles[article as usize];
        let prose = entry.article.clone();
        let from = entry.annotation.clone();
        let changes = fingerprint(&list, threshold);
        let same = |known: &&Rewritten| known.changes == changes && Arc::ptr_eq(&known.from, &from);
        if let Some(known) = rewritten.get(&address(&from)).filter(same) {
            entry.annotation = known.to.clone();
            continue;
        }
        let annotation = Arc::make_mut(&mut entry.annotation);
        let text = |mention: &Mention| fold(&prose.prose.slice(mention.span).replace('\n', " ")).into_owned();
        for change in &list {
            rewrite(annotation, change, threshold, &text);
        }
        let to = entry.annotation.clone();
        rewritten.insert(address(&from), Rewritten { from, changes, to });
    }
}

/// A hash of all that changes in an article.
fn fingerprint(list: &[Change<'_>], threshold: u8) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    threshold.hash(&mut hasher);
    list.hash(&mut hasher);
    hasher.finish()
}

fn articles(members: &[usize], uses: &[Use]) -> u32 {
    let mut all: Vec<u32> = members.iter().map(|i| uses[*i].article).collect();
    all.sort_unstable();
    all.dedup();
    all.len() as u32
}

fn rewrite(
    annotation: &mut Annotation,
    change: &Change<'_>,
    threshold: u8,
    text: &dyn Fn(&Mention) -> String,
) {
    for mention in &mut annotation.mentions {
        let meant = match &change.from {
            From::Id(id) => mention.entity.as_ref() == Some(*id),
            From::Name(name) => {
                mention.entity.is_none()
                    && mention.status == Status::Proposed
                    && mention.evidence == Evidence::Shape
                    && mention.kind == change.kind
                    && text(mention) == *name
            }
        };
        if !meant {
            continue;
        }
        mention.entity = Some(change.to.clone());
        let held = mention.status == Status::Proposed
            && matches!(mention.evidence, Evidence::Shape | Evidence::Surname { .. });
        if let Some(articles) = change.sure.filter(|_| held) {
            mention.confidence = ARCHIVE;
            mention.evidence = Evidence::Archive { articles };
            if ARCHIVE >= threshold {
                mention.status = Status::Accepted;
            }
        }
    }
    if let From::Id(from) = &change.from {
        let move_id = |id: &mut EntityId| {
            if id == *from {
                *id = change.to.clone();
            }
        };
        annotation.headline.iter_mut().for_each(&move_id);
        annotation.roles.iter_mut().for_each(|fact| move_id(&mut fact.entity));
        for quote in &mut annotation.quotes {
            if let Speaker::Entity { id, .. } = &mut quote.speaker {
                move_id(id);
            }
        }
        for introduced in annotation.introduced.iter_mut().filter(|i| i.id == **from) {
            introduced.id = change.to.clone();
            introduced.sure |= change.sure.is_some();
        }
    }
    let Some(name) = change.name else { return };
    match annotation.introduced.iter_mut().find(|i| i.id == change.to) {
        Some(introduced) => introduced.name = name.to_owned(),
        None => annotation.introduced.push(Introduced {
            id: change.to.clone(),
            name: name.to_owned(),
            kind: change.kind,
            role: change.role.map(str::to_owned),
            sure: change.sure.is_some(),
        }),
    }
}
