//! All articles and the lexicon → their annotations, kept from run to run: an article is annotated again only when its
//! text, the settings, or the rows of the registry that its words can reach have changed.

use std::{collections::BTreeMap, sync::Arc};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        self,
        lexicon::Lexicon,
        threshold::Band,
        touched::{Sketch, Touched},
    },
    assemble::FEW,
    disk::cache::Key,
    model::{
        Annotation, Article,
        config::{AnnotateConfig, AnnotateOverride, Config},
        site::Content,
    },
    pipeline::{Progress, RULES, Rebuilt, Why},
};

/// So many annotations at most that no article has now are kept, for what comes back: an undone edit, another branch.
const RETIRED: usize = 4096;

/// The annotation of an article, and what it was made from.
pub(super) struct Row {
    article: Arc<Article>,
    /// Hash of all that it was made from, but for the topics; of all; and of all with the whole lexicon.
    pub base: Key,
    pub key: Key,
    pub quick: Key,
    pub kept: Kept,
}

/// An annotation, the thresholds for which it is the same, and what tells which names can change it.
#[derive(Clone)]
pub(super) struct Kept {
    pub annotation: Arc<Annotation>,
    pub band: Band,
    pub sketch: Arc<Sketch>,
}

/// All annotations, in the order of the articles.
#[derive(Default)]
pub(super) struct Annotations {
    pub rows: Vec<Row>,
    lexicon: Option<Arc<Lexicon>>,
    /// Hashes of the settings of annotation, and of them with the whole lexicon.
    settings: [u8; 32],
    whole: [u8; 32],
    /// Annotations that no row has.
    pub others: FxHashMap<Key, Kept>,
    /// Under which keys (without and with the topics) an annotation stands, by a hash of the article and the whole
    /// lexicon: what its text can reach need not be worked out again.
    pub quick: FxHashMap<Key, (Key, Key)>,
}

/// What all articles share.
struct Desk<'a> {
    lexicon: &'a Lexicon,
    settings: [u8; 32],
    whole: [u8; 32],
    others: &'a FxHashMap<Key, Kept>,
    quick: &'a FxHashMap<Key, (Key, Key)>,
}

impl Annotations {
    /// Annotates what has changed; `registry` says that entities or topics may have.
    pub fn update(
        &mut self,
        content: &Content,
        config: &Config,
        registry: bool,
        progress: &dyn Progress,
    ) -> Vec<Rebuilt> {
        let first = self.lexicon.is_none();
        let settings = settings_hash(config);
        let alike = |kept: &Lexicon| settings == self.settings && kept.config == config.annotate;
        let lexicon = match &self.lexicon {
            Some(kept) if !registry && alike(kept) => kept.clone(),
            _ => Arc::new(annotate::lexicon(
                &content.entities,
                &content.topics,
                &config.annotate,
                &config.language,
            )),
        };
        let same = self.lexicon.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &lexicon));
        let whole = if same { self.whole } else { whole(&lexicon, &settings) };
        let other = whole != self.whole;
        let touched = self.lexicon.as_ref().filter(|kept| {
            let alike = kept.topics_hash == lexicon.topics_hash && left_alone(kept) == left_alone(&lexicon);
            other && alike && settings == self.settings
        });
        let touched = touched.and_then(|kept| annotate::touched(kept, &lexicon));
        let moved = self.lexicon.as_ref().is_some_and(|kept| thresholds(kept) != thresholds(&lexicon));
        let why = if settings == self.settings && !moved { Why::Registry } else { Why::Settings };
        (self.settings, self.whole) = (settings, whole);
        if !other
            && !moved
            && let Some(edited) = self.edited(&content.articles)
        {
            let rebuilt = self.renew(&edited, &content.articles, &lexicon, progress);
            self.lexicon = Some(lexicon);
            return rebuilt;
        }
        let old = std::mem::take(&mut self.rows);
        let (mut rows, retired) = matched(old, &content.articles);
        self.retire(retired);
        let open: Vec<usize> = (0..rows.len())
            .filter(|i| {
                rows[*i].as_ref().is_none_or(|(row, same)| {
                    let may = |touched: &Touched| touched.may_reach(&row.kept.sketch);
                    !same
                        || other && touched.as_ref().is_none_or(may)
                        || moved && !row.kept.band.holds(lexicon.threshold(&row.article))
                })
            })
            .collect();
        progress.step("Annotating", open.len());
        let desk = Desk { lexicon: &lexicon, settings, whole, others: &self.others, quick: &self.quick };
        let made = desk.rows(&open, &content.articles, |i| rows[i].as_ref().map(|(row, _)| row), progress);
        let mut rebuilt = Vec::new();
        let mut leaving = Vec::new();
        for (i, (row, fresh)) in open.into_iter().zip(made) {
            let edited = rows[i].as_ref().is_none_or(|(_, same)| !same);
            if fresh {
                let why = if edited && !first { Why::Edited } else { why };
                rebuilt.push(Rebuilt {
                    path: row.article.path.clone(),
                    why: if first { Why::New } else { why },
                });
            }
            if let Some((old, _)) = rows[i].replace((row, true)) {
                leaving.push(old);
            }
        }
        self.retire(leaving);
        self.rows = rows.into_iter().flatten().map(|(row, _)| row).collect();
        if other {
            self.rows.par_iter_mut().for_each(|row| row.quick = quick(&whole, &row.article));
        }
        self.lexicon = Some(lexicon);
        rebuilt
    }

    /// Which articles have other files than their rows, where all that may have happened is that a few were edited.
    fn edited(&self, articles: &[Arc<Article>]) -> Option<Vec<usize>> {
        let pairs = self.rows.par_iter().zip(articles).enumerate();
        let other = pairs.filter(|(_, (row, article))| !Arc::ptr_eq(&row.article, article));
        let other: Vec<usize> = other.map(|(i, _)| i).collect();
        let in_place = |i: &usize| self.rows[*i].article.path == articles[*i].path;
        let few = self.rows.len() == articles.len() && other.len() <= FEW;
        (few && other.iter().all(in_place)).then_some(other)
    }

    /// Puts other rows in the place of those of edited articles.
    fn renew(
        &mut self,
        edited: &[usize],
        articles: &[Arc<Article>],
        lexicon: &Lexicon,
        progress: &dyn Progress,
    ) -> Vec<Rebuilt> {
        progress.step("Annotating", edited.len());
        let (settings, whole) = (self.settings, self.whole);
        let desk = Desk { lexicon, settings, whole, others: &self.others, quick: &self.quick };
        let made = desk.rows(edited, articles, |i| Some(&self.rows[i]), progress);
        let mut rebuilt = Vec::new();
        let mut leaving = Vec::new();
        for (i, (row, fresh)) in edited.iter().zip(made) {
            if fresh {
                rebuilt.push(Rebuilt { path: row.article.path.clone(), why: Why::Edited });
            }
            leaving.push(std::mem::replace(&mut self.rows[*i], row));
        }
        self.retire(leaving);
        rebuilt
    }

    /// Keeps what no row has now, as long as there is room. What the disk kept may be far more, and stays until then.
    fn retire(&mut self, rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        if self.others.len() + rows.len() > RETIRED {
            (self.others, self.quick) = (FxHashMap::default(), FxHashMap::default());
        }
        for row in rows.into_iter().take(RETIRED) {
            self.quick.insert(row.quick, (row.base, row.key));
            self.others.insert(row.key, row.kept);
        }
    }
}

/// For each article its old row, and whether its file is the same; and the rows of articles that are gone. Both stand in the
/// order of their paths.
fn matched(old: Vec<Row>, articles: &[Arc<Article>]) -> (Vec<Option<(Row, bool)>>, Vec<Row>) {
    let mut old = old.into_iter().peekable();
    let mut retired = Vec::new();
    let mut row_of = |article: &Arc<Article>| {
        if let Some(row) = old.next_if(|row| Arc::ptr_eq(&row.article, article)) {
            return Some((row, true));
        }
        while let Some(row) = old.next_if(|row| row.article.path.in_order(&article.path).is_lt()) {
            retired.push(row);
        }
        let row = old.next_if(|row| row.article.path == article.path)?;
        let same = row.article.hash == article.hash;
        Some((if same { Row { article: article.clone(), ..row } } else { row }, same))
    };
    let rows = articles.iter().map(&mut row_of).collect();
    retired.extend(old);
    (rows, retired)
}

impl Desk<'_> {
    /// The rows of the articles at `places`; `old` tells which row each had.
    fn rows<'r>(
        &self,
        places: &[usize],
        articles: &[Arc<Article>],
        old: impl Fn(usize) -> Option<&'r Row> + Sync,
        progress: &dyn Progress,
    ) -> Vec<(Row, bool)> {
        let row = |i: &usize| {
            let made = self.row(&articles[*i], old(*i));
            progress.tick();
            made
        };
        places.par_iter().map(row).collect()
    }

    /// The row of an article, and whether it was annotated for it.
    fn row(&self, article: &Arc<Article>, old: Option<&Row>) -> (Row, bool) {
        let quick = quick(&self.whole, article);
        let row = |base, key, kept| Row { article: article.clone(), base, key, quick, kept };
        let threshold = self.lexicon.threshold(article);
        let others = |key: &Key| self.others.get(key).filter(|kept| kept.band.holds(threshold));
        let known = self.quick.get(&quick).and_then(|(base, key)| Some((*base, *key, others(key)?)));
        if let Some((base, key, kept)) = known {
            return (row(base, key, kept.clone()), false);
        }
        let ready = annotate::prepare(article, self.lexicon);
        let sketch = match old {
            Some(old) if old.article.hash == article.hash => old.kept.sketch.clone(),
            _ => Arc::new(Sketch::new(article, &ready)),
        };
        let old = old.filter(|old| old.kept.band.holds(threshold));
        let reach = annotate::reach(article, self.lexicon, &ready, &sketch);
        let base = key(&[&self.settings, article.path.as_str().as_bytes(), &article.hash, &reach]);
        let whole = key(&[&base, &self.lexicon.topics_hash]);
        if let Some(old) = old.filter(|old| old.key == whole) {
            return (row(base, whole, old.kept.clone()), false);
        }
        if let Some(known) = others(&whole) {
            return (row(base, whole, known.clone()), false);
        }
        // Only topics have changed: nothing else of an annotation depends on them.
        if let Some(old) = old.filter(|old| old.base == base) {
            let Kept { annotation, band, .. } = &old.kept;
            let topics = annotate::topics_again(annotation, article, self.lexicon, &ready);
            let annotation = if topics == annotation.topics {
                annotation.clone()
            } else {
                Arc::new(Annotation { topics, ..(**annotation).clone() })
            };
            return (row(base, whole, Kept { annotation, band: *band, sketch }), false);
        }
        let (annotation, band) = annotate::annotate_within(article, self.lexicon, ready);
        (row(base, whole, Kept { annotation: Arc::new(annotation), band, sketch }), true)
    }
}

/// A hash of an article and the whole lexicon.
fn quick(whole: &[u8; 32], article: &Article) -> Key {
    key(&[whole, article.path.as_str().as_bytes(), &article.hash])
}

/// A hash of parts, none of which can run into the next.
fn key(parts: &[&[u8]]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    let mut key = Key::default();
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    key
}

/// The thresholds of a site, and whose they are.
fn thresholds(lexicon: &Lexicon) -> Vec<(bool, &str, u8)> {
    let AnnotateConfig { threshold, sections, sources, .. } = &lexicon.config;
    let of = |section: bool, list| -> Vec<_> {
        let list: &BTreeMap<String, AnnotateOverride> = list;
        list.iter().filter_map(|(name, o)| Some((section, name.as_str(), o.threshold?))).collect()
    };
    [vec![(false, "", *threshold)], of(true, sections), of(false, sources)].concat()
}

/// A hash of the rules, and of the settings that annotation reads; the time zone settles on which day a piece is dated.
/// What an article can say of itself is left out: whether its annotation holds for another threshold, which of the names
/// that are left alone stand in it; and what `assemble` reads. The number of topics goes with the topics.
fn settings_hash(config: &Config) -> [u8; 32] {
    let AnnotateConfig { builtin, provisional, .. } = config.annotate;
    let settings = format!("{builtin} {provisional}");
    let mut hasher = blake3::Hasher::new();
    for part in [RULES, &settings, &config.language, &config.timezone] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    *hasher.finalize().as_bytes()
}

/// A hash of all that annotation reads beside the article.
fn whole(lexicon: &Lexicon, settings: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(settings).update(&lexicon.topics_hash);
    for hash in &lexicon.hashes {
        hasher.update(hash);
    }
    hasher.update(left_alone(lexicon).as_bytes());
    *hasher.finalize().as_bytes()
}

/// The names that editors want left alone, and where.
fn left_alone(lexicon: &Lexicon) -> String {
    let AnnotateConfig { never, sections, sources, .. } = &lexicon.config;
    let of = |list: &BTreeMap<String, AnnotateOverride>| -> Vec<_> {
        list.iter().map(|(name, own)| (name.clone(), own.never.clone())).collect()
    };
    format!("{never:?} {:?} {:?}", of(sections), of(sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_disk_kept_of_a_large_archive_is_not_thrown_away() {
        let mut annotations = Annotations::default();
        for i in 0..3 * RETIRED {
            let mut key = Key::default();
            key[..8].copy_from_slice(&(i as u64).to_le_bytes());
            let annotation = Arc::new(Annotation::default());
            annotations.others.insert(key, Kept { annotation, band: Band::ALL, sketch: Arc::default() });
        }
        annotations.retire(Vec::new());
        assert_eq!(annotations.others.len(), 3 * RETIRED);
    }
}
