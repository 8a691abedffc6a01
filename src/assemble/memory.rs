//! What one run of `assemble` leaves for the next: what follows from a single article and its annotation alone. It is kept
//! as long as both are the very same values, and never changes a result, only the time that it takes.

use std::{cmp::Ordering, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::{carried::Compared, decisions, identity, patch::Kept},
    diagnostic::Diagnostic,
    knowledge,
    model::{
        Annotation, Article, Entity, EntityId, EntityKind, Page, Status,
        config::Config,
        site::{Content, Entry, LinkedMention, Salient, Site},
    },
};

/// Nobody.
pub const NONE: u32 = u32::MAX;
/// So many changed articles at most are taken in one by one, here and in the steps before.
pub const FEW: usize = 64;

/// See the head of the file.
#[derive(Default)]
pub struct Memory {
    /// By place among the content's articles.
    pub(super) pieces: Vec<Piece>,
    /// Settings that the pieces were made under, and the state of all that is not an article.
    config: Option<Arc<Config>>,
    revision: u64,
    /// The content's entities.
    pub(super) registry: Vec<Arc<Entity>>,
    /// By address of the annotation, which they hold, so that no other can come to lie there.
    facts: FxHashMap<usize, Arc<Facts>>,
    pub(super) ids: Ids,
    /// What an article's mentions come to, by address of the annotation.
    pub(super) weighed: FxHashMap<usize, Arc<Weighed>>,
    pub(super) compared: Compared,
    /// What decisions came to.
    pub(super) decided: decisions::Kept,
    /// The site of the last run, and what else a run leaves that starts from it.
    pub(super) last: Option<Arc<Site>>,
    pub(super) kept: Option<Kept>,
    /// How many runs started from the last one's site.
    pub(super) followed: u64,
    /// The pages of the last run, under a hash of all that they follow from.
    pub(super) pages: Option<([u8; 32], Pages)>,
    /// By address of the annotation: as identity rewrote it, under a hash of what changed.
    pub(super) rewritten: FxHashMap<usize, Rewritten>,
}

/// An annotation before and after identity.
pub struct Rewritten {
    pub from: Arc<Annotation>,
    pub changes: u64,
    pub to: Arc<Annotation>,
}

/// An article as its source lets it be shown.
#[derive(Clone)]
pub struct Piece {
    /// As given.
    pub article: Arc<Article>,
    pub annotation: Arc<Annotation>,
    pub shown: (Arc<Article>, Arc<Annotation>, bool),
    pub path: Option<crate::path::SitePath>,
    /// Of the body, as far as it is shown.
    pub words: u32,
}

/// The mentions and the entities of an article, with the numbers of entities in place of their indices.
pub struct Weighed {
    pub article: Arc<Article>,
    pub annotation: Arc<Annotation>,
    /// What the front matter names.
    pub named: Vec<u32>,
    /// Of every entity that is mentioned, what it was when the links were chosen.
    pub kinds: Vec<(u32, EntityKind)>,
    pub mentions: Vec<LinkedMention>,
    pub entities: Vec<Salient>,
}

/// Pages as they follow from the rest of a site.
#[derive(Clone)]
pub struct Pages {
    pub pages: Arc<Vec<Page>>,
    pub sitemaps: Vec<usize>,
    pub faults: Vec<Diagnostic>,
    /// An old address, other than one that an editor wrote, is that of another page.
    pub blocked: bool,
}

/// Entities by number, in the order in which they were first met: the numbers mean nothing else.
#[derive(Default)]
pub struct Ids {
    numbers: FxHashMap<EntityId, u32>,
    pub all: Vec<EntityId>,
    /// Whether each is a country.
    pub countries: Vec<bool>,
    /// What the built-in knowledge has on each, once it was asked.
    pub builtin: Vec<Option<Option<Arc<Entity>>>>,
}

impl Ids {
    pub fn number(&mut self, id: &EntityId) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(id.clone(), number);
        self.all.push(id.clone());
        self.countries.push(knowledge::is_country(id.as_str()));
        self.builtin.push(None);
        number
    }

    /// What the built-in knowledge has on an entity.
    pub fn builtin(&mut self, number: u32) -> Option<Arc<Entity>> {
        let place = &mut self.builtin[number as usize];
        let id = &self.all[number as usize];
        place.get_or_insert_with(|| knowledge::entity(id.as_str()).map(Arc::new)).clone()
    }

    /// [`NONE`] for an entity that nobody has met.
    pub fn known(&self, id: &EntityId) -> u32 {
        self.numbers.get(id).copied().unwrap_or(NONE)
    }
}

/// Whom an annotation speaks of, by [`Ids`].
pub struct Facts {
    annotation: Arc<Annotation>,
    /// Accepted mentions of an entity, in text order.
    pub accepted: Box<[Named]>,
    /// The entities of `accepted`, each once, in the order of their first mention.
    pub distinct: Box<[u32]>,
    /// By index of the annotation's quotes: the speaker, or [`NONE`].
    pub speakers: Box<[u32]>,
    /// By index of the annotation's role facts: the holder.
    pub holders: Box<[u32]>,
    /// Whether it introduces names, or has some that nobody knows.
    pub strangers: bool,
}

/// An accepted mention.
#[derive(Clone, Copy)]
pub struct Named {
    /// Index into `annotation.mentions`.
    pub mention: u32,
    pub id: u32,
    pub person: bool,
    /// Refers to a country by an adjective or its capital: not a name of it.
    pub demonym: bool,
}

impl Memory {
    /// How many runs started from the site of the run before, and worked out only what follows from a few edits.
    pub fn followed(&self) -> u64 {
        self.followed
    }

    /// Forgets what other settings or another registry gave.
    pub(super) fn begin(&mut self, content: &Content, config: &Arc<Config>) {
        let other_config =
            self.config.as_ref().is_none_or(|old| !Arc::ptr_eq(old, config) && **old != **config);
        let other_registry = self.revision != content.revision || self.config.is_none();
        if other_config {
            self.pieces.clear();
        }
        if other_registry {
            self.registry = content.entities.iter().map(|entity| Arc::new(entity.clone())).collect();
        }
        if other_config || other_registry {
            self.weighed.clear();
            self.decided = decisions::Kept::default();
            self.pages = None;
            self.last = None;
            self.kept = None;
        }
        (self.revision, self.config) = (content.revision, Some(config.clone()));
    }

    /// The facts of every article of the site, in its order; those of annotations that are gone are dropped.
    pub(super) fn facts(&mut self, site: &Site) -> Vec<Arc<Facts>> {
        let of = |entry: &Entry| {
            let known = self.facts.get(&address(&entry.annotation));
            known.filter(|known| Arc::ptr_eq(&known.annotation, &entry.annotation)).cloned()
        };
        let known: Vec<Option<Arc<Facts>>> = site.articles.par_iter().map(of).collect();
        let all = site.articles.iter().zip(known);
        all.map(|(entry, known)| known.unwrap_or_else(|| self.fact(&entry.annotation))).collect()
    }

    /// The facts of one annotation.
    pub(super) fn fact(&mut self, annotation: &Arc<Annotation>) -> Arc<Facts> {
        let ids = &mut self.ids;
        self.facts.entry(address(annotation)).or_insert_with(|| Arc::new(read(annotation, ids))).clone()
    }

    /// The facts of an annotation, once they have been worked out.
    pub(super) fn facts_of(&self, annotation: &Arc<Annotation>) -> Option<&Facts> {
        self.facts.get(&address(annotation)).map(|facts| &**facts)
    }

    /// Drops what belongs to none of the site's annotations and to none that identity started from.
    pub(super) fn end(&mut self, site: &Site) {
        if self.facts.len().max(self.weighed.len()) > 2 * site.articles.len() + 1024 {
            let live: rustc_hash::FxHashSet<usize> = site
                .articles
                .iter()
                .map(|entry| address(&entry.annotation))
                .chain(self.pieces.iter().map(|piece| address(&piece.shown.1)))
                .collect();
            self.facts.retain(|at, _| live.contains(at));
            self.weighed.retain(|at, _| live.contains(at));
            self.rewritten.retain(|at, _| live.contains(at));
        }
    }
}

/// Where a value lies, for as long as somebody holds it.
pub fn address<T>(value: &Arc<T>) -> usize {
    Arc::as_ptr(value) as usize
}

fn read(annotation: &Arc<Annotation>, ids: &mut Ids) -> Facts {
    let mut accepted = Vec::with_capacity(annotation.mentions.len());
    let mut distinct: Vec<u32> = Vec::new();
    for (i, mention) in annotation.mentions.iter().enumerate() {
        let Some(id) = mention.entity.as_ref().filter(|_| mention.status == Status::Accepted) else {
            continue;
        };
        let id = ids.number(id);
        if !distinct.contains(&id) {
            distinct.push(id);
        }
        accepted.push(Named {
            mention: i as u32,
            id,
            person: mention.kind == EntityKind::Person,
            demonym: mention.evidence.reference().is_some(),
        });
    }
    let speaker = |quote: &crate::model::Quote| match &quote.speaker {
        crate::model::Speaker::Entity { id, .. } => Some(id.clone()),
        _ => None,
    };
    Facts {
        annotation: annotation.clone(),
        accepted: accepted.into(),
        distinct: distinct.into(),
        speakers: annotation.quotes.iter().map(|q| speaker(q).map_or(NONE, |id| ids.number(&id))).collect(),
        holders: annotation.roles.iter().map(|fact| ids.number(&fact.entity)).collect(),
        strangers: !annotation.introduced.is_empty() || annotation.mentions.iter().any(identity::is_open),
    }
}

/// What became of one piece.
pub struct Edit {
    /// Its place, and the piece as it was; `None` of one that came.
    pub old: Option<(u32, Piece)>,
    /// Its place now; `None` of one that is gone.
    pub new: Option<u32>,
}

/// A few pieces that are others than in the last run.
pub struct Edits {
    pub all: Vec<Edit>,
    /// The new place by the old one, where pieces came or went.
    pub moves: Option<Vec<u32>>,
}

/// Brings the pieces up to the content's articles: those of the last run stay where nothing about them has changed. Where
/// only a few are others, these are returned.
pub(super) fn pieces(
    memory: &mut Memory,
    content: &Content,
    annotations: &[Arc<Annotation>],
    make: impl Fn(&Arc<Article>, &Arc<Annotation>) -> Piece + Sync,
) -> Option<Edits> {
    // An annotation that a decision changed is another value in every run.
    let same = |piece: &Piece, article: &Arc<Article>, annotation: &Arc<Annotation>| {
        Arc::ptr_eq(&piece.article, article)
            && (Arc::ptr_eq(&piece.annotation, annotation) || piece.annotation == *annotation)
    };
    let pairs = content.articles.par_iter().zip(annotations).enumerate();
    if let Some(beside) =
        beside(&memory.pieces, content, |piece, i| same(piece, &content.articles[i], &annotations[i]))
    {
        return Some(renew(memory, &beside, |i| make(&content.articles[i], &annotations[i])));
    }
    let old = std::mem::take(&mut memory.pieces);
    let by_article: FxHashMap<usize, usize> = if old.len() == content.articles.len() {
        FxHashMap::default()
    } else {
        old.iter().enumerate().map(|(i, piece)| (address(&piece.article), i)).collect()
    };
    memory.pieces = pairs
        .map(|(i, (article, annotation))| {
            let same = |piece: &&Piece| same(piece, article, annotation);
            let beside = old.get(i).filter(same);
            let moved = || by_article.get(&address(article)).and_then(|i| old.get(*i)).filter(same);
            beside.or_else(moved).cloned().unwrap_or_else(|| make(article, annotation))
        })
        .collect();
    None
}

/// The few places, old and new, that differ; `None` where there are more. Both stand in the order of their paths.
fn beside(
    old: &[Piece],
    content: &Content,
    same: impl Fn(&Piece, usize) -> bool,
) -> Option<Vec<(Option<usize>, Option<usize>)>> {
    let mut others = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < content.articles.len() {
        let (before, now) = (old.get(i), content.articles.get(j));
        let order = match (before, now) {
            (Some(piece), Some(_)) if same(piece, j) => {
                (i, j) = (i + 1, j + 1);
                continue;
            }
            (Some(before), Some(now)) => before.article.path.in_order(&now.path),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        others.push((order.is_le().then_some(i), order.is_ge().then_some(j)));
        if others.len() > FEW {
            return None;
        }
        (i, j) = (i + usize::from(order.is_le()), j + usize::from(order.is_ge()));
    }
    Some(others)
}

/// Puts new pieces in the place of old ones.
fn renew(
    memory: &mut Memory,
    others: &[(Option<usize>, Option<usize>)],
    make: impl Fn(usize) -> Piece,
) -> Edits {
    let old = |i: usize| (i as u32, memory.pieces[i].clone());
    let all: Vec<Edit> = others
        .iter()
        .map(|(before, now)| Edit { old: before.map(old), new: now.map(|j| j as u32) })
        .collect();
    for edit in &all {
        if let (Some((i, _)), Some(j)) = (&edit.old, edit.new) {
            memory.pieces[*i as usize] = make(j as usize);
        }
    }
    let gone: Vec<u32> = all
        .iter()
        .filter(|edit| edit.new.is_none())
        .flat_map(|edit| edit.old.as_ref())
        .map(|(i, _)| *i)
        .collect();
    let come: Vec<u32> = all.iter().filter(|edit| edit.old.is_none()).filter_map(|edit| edit.new).collect();
    if gone.is_empty() && come.is_empty() {
        return Edits { all, moves: None };
    }
    let mut coming = come.iter().peekable();
    let mut next = 0;
    let moves: Vec<u32> = (0..memory.pieces.len() as u32)
        .map(|i| {
            if gone.binary_search(&i).is_ok() {
                return NONE;
            }
            while coming.next_if(|new| **new == next).is_some() {
                next += 1;
            }
            next += 1;
            next - 1
        })
        .collect();
    let mut stay = moves.iter().map(|to| *to != NONE);
    memory.pieces.retain(|_| stay.next().unwrap_or(true));
    for j in come {
        memory.pieces.insert(j as usize, make(j as usize));
    }
    Edits { all, moves: Some(moves) }
}
