//! Which pieces are published now, in which order, and at which address.

use std::{
    cmp::{Ordering, Reverse},
    sync::Arc,
};

use rayon::{
    iter::{IntoParallelRefIterator, ParallelIterator},
    slice::ParallelSliceMut,
};

use crate::{
    assemble::{
        When, address,
        memory::{self, Edits, Memory, Piece},
        rights,
    },
    model::{
        Annotation, Article,
        config::Config,
        site::{Content, Entry, Held, HeldWhy},
    },
    path::SitePath,
};

pub struct Selection {
    /// Newest first.
    pub entries: Vec<Entry>,
    pub held: Vec<Held>,
}

/// Brings the memory's pieces up to the content; see [`memory::pieces`].
pub fn pieces(
    content: &Content,
    annotations: &[Arc<Annotation>],
    config: &Config,
    memory: &mut Memory,
) -> Option<Edits> {
    memory::pieces(memory, content, annotations, |article, annotation| piece(article, annotation, config))
}

/// Whether a piece is published.
pub fn is_shown(piece: &Piece, when: &When) -> bool {
    piece.path.is_some() && held_back(&piece.article, when).is_none()
}

/// The pieces that are not published now, and why.
pub fn held(pieces: &[Piece], when: &When) -> Vec<Held> {
    let dated = pieces.iter().filter(|piece| piece.path.is_some());
    let held = dated.filter_map(|piece| {
        Some(Held { article: piece.article.clone(), why: held_back(&piece.article, when)? })
    });
    held.collect()
}

pub fn select(when: &When, memory: &Memory) -> Selection {
    let chosen: Vec<Chosen> = memory.pieces.par_iter().map(|piece| choose(piece, when)).collect();
    let mut entries = Vec::with_capacity(chosen.len());
    for chosen in chosen {
        match chosen {
            Chosen::Shown(entry) => entries.push(*entry),
            Chosen::Held => {}
        }
    }
    entries.par_sort_by(order);
    neighbours(&mut entries);
    Selection { entries, held: held(&memory.pieces, when) }
}

/// Newest first. Within a day, pieces without a time come after those with one, in the order of their paths.
pub fn order(a: &Entry, b: &Entry) -> Ordering {
    let date = |entry: &Entry| {
        let date = entry.article.date;
        (Reverse(date.map(|d| d.day)), Reverse(date.and_then(|d| d.time)))
    };
    date(a).cmp(&date(b)).then_with(|| a.article.path.cmp(&b.article.path))
}

/// The older and the newer one of each.
pub fn neighbours(entries: &mut [Entry]) {
    let last = entries.len().saturating_sub(1);
    for (i, entry) in entries.iter_mut().enumerate() {
        entry.next = i.checked_sub(1).map(|i| i as u32);
        entry.previous = (i < last).then_some(i as u32 + 1);
    }
}

/// What becomes of a piece.
enum Chosen {
    Shown(Box<Entry>),
    /// Not published now, or never, for want of a date, which `parse` has told.
    Held,
}

/// What follows from an article and its annotation alone.
fn piece(article: &Arc<Article>, annotation: &Arc<Annotation>, config: &Config) -> Piece {
    let shown = rights::shown(article, annotation, rights::rule(article, config));
    Piece {
        article: article.clone(),
        annotation: annotation.clone(),
        path: address::article(article, config),
        words: shown.0.prose.text.split_ascii_whitespace().count() as u32,
        shown,
    }
}

fn choose(piece: &Piece, when: &When) -> Chosen {
    let article = &piece.article;
    let Some(entry) = entry(piece) else { return Chosen::Held };
    if held_back(article, when).is_some() {
        return Chosen::Held;
    }
    Chosen::Shown(Box::new(entry))
}

/// A piece as it stands in a site before anything is linked; `None` without an address.
pub fn entry(piece: &Piece) -> Option<Entry> {
    let (article, annotation, withheld) = piece.shown.clone();
    Some(Entry { words: piece.words, withheld, ..bare(article, annotation, piece.path.clone()?) })
}

/// An article of which nothing is known.
pub fn bare(article: Arc<Article>, annotation: Arc<Annotation>, path: SitePath) -> Entry {
    Entry {
        article,
        annotation,
        path,
        mentions: Arc::default(),
        entities: Arc::default(),
        topics: Vec::new(),
        section: None,
        source: None,
        authors: Vec::new(),
        story: None,
        versions: None,
        edition: None,
        previous: None,
        next: None,
        words: 0,
        withheld: false,
        translations: Vec::new(),
    }
}

/// Why the piece is not published now, if it is not.
fn held_back(article: &Article, when: &When) -> Option<HeldWhy> {
    if article.draft && !when.drafts {
        return Some(HeldWhy::Draft);
    }
    if let Some(expires) = article.expires.map(|m| m.earliest(&when.tz))
        && expires <= when.now
    {
        return Some(HeldWhy::Expired(expires));
    }
    let from = [article.date, article.publish_at].into_iter().flatten().map(|m| m.earliest(&when.tz)).max();
    match from {
        Some(from) if from > when.now && !when.future => Some(HeldWhy::Future(from)),
        _ => None,
    }
}
