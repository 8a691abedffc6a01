//! The files of `content/` → what is in them, kept from run to run: only what changed is read and parsed again.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use jiff::tz::TimeZone;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::{
    assemble::FEW,
    diagnostic::Diagnostic,
    disk::read::{self, Found},
    model::{Asset, site::Content},
    parse::{self, content::Item},
    path::SourcePath,
    pipeline::{Changes, Progress, Rebuilt, Why},
};

/// Where the site's copy lies.
pub(super) const CONTENT: &str = "content";

/// A path in the order of a walk: a folder's own files stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct InOrder(SourcePath);

impl Ord for InOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.in_order(&other.0)
    }
}

impl PartialOrd for InOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What was read in a file: a hash of its bytes, and what it holds.
struct Kept {
    hash: [u8; 32],
    item: Item,
}

/// All files of `content/`, as last read.
#[derive(Default)]
pub(super) struct Texts {
    files: BTreeMap<InOrder, Kept>,
    /// Of reading and parsing, by file.
    faults: BTreeMap<InOrder, Vec<Diagnostic>>,
    assets: BTreeMap<InOrder, Asset>,
    pub content: Content,
    /// What only all files together tell.
    collected: Vec<Diagnostic>,
}

/// What a run found changed.
#[derive(Default)]
pub(super) struct Touched {
    pub files: Vec<Rebuilt>,
    /// Entities or topics may differ.
    pub registry: bool,
}

/// A file that is not as it was: what it held, and what it holds.
type Change = (SourcePath, Option<Item>, Option<Item>);

impl Texts {
    /// Reads what may have changed below `root/content`, and parses what did.
    pub fn update(
        &mut self,
        root: &Path,
        changes: &Changes,
        zone: &TimeZone,
        progress: &dyn Progress,
    ) -> Touched {
        let places: Vec<SourcePath> = match changes {
            Changes::Everything => vec![SourcePath::new(CONTENT)],
            Changes::Paths(paths) => {
                let inside = paths.iter().filter(|path| path.starts_with(CONTENT));
                inside.map(|path| read::source_path(Path::new(""), path)).collect()
            }
        };
        let mut found: BTreeMap<InOrder, Found> = BTreeMap::new();
        let mut before: BTreeSet<InOrder> = BTreeSet::new();
        for place in &places {
            let below = read::below(root, CONTENT, &root.join(place.as_str()));
            found.extend(below.into_iter().map(|(path, found)| (InOrder(path), found)));
            before.extend(at_and_below(&self.files, place));
            before.extend(at_and_below(&self.faults, place));
            before.extend(at_and_below(&self.assets, place));
        }
        progress.step("Parsing", found.len());
        let assets_before = self.assets_at(&before);
        let changed = self.take_in(found, before, zone, progress);
        let assets = assets_before != self.assets_at_places(&places);
        self.collect(&changed, assets)
    }

    /// What is wrong with single files, and with all of them together.
    pub fn all_faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.values().flatten().chain(&self.collected)
    }

    /// Files that are carried as they are.
    pub fn assets(&self) -> Vec<Asset> {
        self.assets.values().cloned().collect()
    }

    fn assets_at(&self, paths: &BTreeSet<InOrder>) -> Vec<Asset> {
        paths.iter().filter_map(|path| self.assets.get(path)).cloned().collect()
    }

    fn assets_at_places(&self, places: &[SourcePath]) -> Vec<Asset> {
        self.assets_at(&places.iter().flat_map(|place| at_and_below(&self.assets, place)).collect())
    }

    /// Puts what was found in the place of what stood there before.
    fn take_in(
        &mut self,
        found: BTreeMap<InOrder, Found>,
        before: BTreeSet<InOrder>,
        zone: &TimeZone,
        progress: &dyn Progress,
    ) -> Vec<Change> {
        let mut changed = Vec::new();
        for gone in before.into_iter().filter(|path| !found.contains_key(path)) {
            self.assets.remove(&gone);
            self.faults.remove(&gone);
            changed.extend(self.files.remove(&gone).map(|kept| (gone.0, Some(kept.item), None)));
        }
        let files = &self.files;
        let parsed: Vec<(InOrder, Option<Parsed>)> = found
            .into_par_iter()
            .map(|(path, found)| {
                let parsed = parsed(&path, found, files.get(&path), zone);
                progress.tick();
                (path, parsed)
            })
            .collect();
        for (path, parsed) in parsed {
            let Some(parsed) = parsed else { continue };
            self.assets.remove(&path);
            self.faults.remove(&path);
            let (item, faults) = match parsed {
                Parsed::Asset(asset) => {
                    self.assets.insert(path.clone(), asset);
                    (None, Vec::new())
                }
                Parsed::Fault(fault) => (None, vec![fault]),
                Parsed::Text(kept, faults) => (Some(*kept), faults),
            };
            if !faults.is_empty() {
                self.faults.insert(path.clone(), faults);
            }
            let new = item.as_ref().map(|kept| kept.item.clone());
            let old = match item {
                Some(kept) => self.files.insert(path.clone(), kept),
                None => self.files.remove(&path),
            };
            if old.is_some() || new.is_some() {
                changed.push((path.0, old.map(|kept| kept.item), new));
            }
        }
        changed
    }

    /// Brings the content up to the files.
    fn collect(&mut self, changed: &[Change], assets: bool) -> Touched {
        let single = |item: &Option<Item>| matches!(item, None | Some(Item::Article(_) | Item::Nothing));
        let articles_only = changed.iter().all(|(_, old, new)| single(old) && single(new));
        let is_registry = |item: &Option<Item>| matches!(item, Some(Item::Entities(_) | Item::Topics(_)));
        if articles_only && changed.len() <= FEW {
            for (path, _, new) in changed {
                self.put(path, new.as_ref());
            }
        } else {
            // Decisions are looked at one by one when they are applied.
            let followed = |item: &Option<Item>| single(item) || matches!(item, Some(Item::Decisions(_)));
            let same = changed.iter().all(|(_, old, new)| followed(old) && followed(new));
            let revision = self.content.revision + u64::from(!same || self.content.revision == 0);
            (self.content, self.collected) =
                parse::content::collect(self.files.values().map(|kept| &kept.item));
            self.content.revision = revision;
        }
        if assets
            || changed.iter().any(|(path, ..)| path.stem() == "index")
            || changed.len() > FEW
            || !articles_only
        {
            self.attach_assets();
        }
        let why = |old: &Option<Item>, new: &Option<Item>| match (old, new) {
            (None, _) => Why::New,
            (_, None) => Why::Gone,
            _ => Why::Edited,
        };
        Touched {
            files: changed
                .iter()
                .map(|(path, old, new)| Rebuilt { path: path.clone(), why: why(old, new) })
                .collect(),
            registry: changed.iter().any(|(_, old, new)| is_registry(old) || is_registry(new)),
        }
    }

    /// Puts one article in its place among the articles, or takes it out.
    fn put(&mut self, path: &SourcePath, new: Option<&Item>) {
        let articles = &mut self.content.articles;
        let order = InOrder(path.clone());
        let place = articles.binary_search_by(|article| InOrder(article.path.clone()).cmp(&order));
        match (place, new) {
            (Ok(at), Some(Item::Article(article))) => articles[at] = article.clone(),
            (Err(at), Some(Item::Article(article))) => articles.insert(at, article.clone()),
            (Ok(at), _) => drop(articles.remove(at)),
            (Err(_), _) => {}
        }
    }

    /// Gives each article in a folder of its own (`index.md`) the files beside it.
    fn attach_assets(&mut self) {
        for article in &mut self.content.articles {
            if article.path.stem() != "index" {
                continue;
            }
            let folder = SourcePath::new(article.path.folder());
            let beside: Vec<SourcePath> = at_and_below(&self.assets, &folder).map(|path| path.0).collect();
            if article.assets != beside {
                Arc::make_mut(article).assets = beside;
            }
        }
    }
}

/// What is to be kept of a file.
enum Parsed {
    Text(Box<Kept>, Vec<Diagnostic>),
    Asset(Asset),
    Fault(Diagnostic),
}

/// `None`: a text with the bytes that were parsed before.
fn parsed(path: &InOrder, found: Found, old: Option<&Kept>, zone: &TimeZone) -> Option<Parsed> {
    let bytes = match found {
        Found::Asset(asset) => return Some(Parsed::Asset(asset)),
        Found::Fault(fault) => return Some(Parsed::Fault(fault)),
        Found::Text(bytes) => bytes,
    };
    let hash = *blake3::hash(&bytes).as_bytes();
    if old.is_some_and(|old| old.hash == hash) {
        return None;
    }
    let (item, faults) = parse::content::file(&path.0, &bytes, zone);
    Some(Parsed::Text(Box::new(Kept { hash, item }), faults))
}

/// The keys of a map that stand at a path or below it.
fn at_and_below<T>(map: &BTreeMap<InOrder, T>, place: &SourcePath) -> impl Iterator<Item = InOrder> {
    let (here, below) = (place.clone(), format!("{}/", place.as_str()));
    map.range(InOrder(place.clone())..)
        .map(|(path, _)| path)
        .take_while(move |path| path.0 == here || path.0.as_str().starts_with(&below))
        .cloned()
}
