//! What decisions came to in the last run, article by article: it holds as long as the article, its annotation, its decisions,
//! those about names, and all whom they may mean are the same.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assemble::{decisions::who::Who, memory::address},
    diagnostic::Diagnostic,
    model::{Annotation, Article, Decisions, EntityId, Introduced, Verdict, decision::About, site::Content},
    path::slugify,
};

/// See the head of the file. Registry and settings are the same as long as it is kept.
#[derive(Default)]
pub struct Kept {
    names: Vec<Arc<Decisions>>,
    introduced: BTreeMap<EntityId, Introduced>,
    /// By address of the article, which it holds.
    articles: FxHashMap<usize, Item>,
}

/// What the decisions about one article came to.
#[derive(Clone)]
pub struct Item {
    pub article: Arc<Article>,
    pub annotation: Arc<Annotation>,
    pub files: Vec<Arc<Decisions>>,
    /// `None` where nothing is decided.
    pub decided: Option<Arc<Annotation>>,
    pub faults: Vec<Diagnostic>,
    /// The names, of those decided about wherever they stand, that it has.
    pub used: Vec<String>,
}

impl Kept {
    /// Prepares for a run: what hangs on names and people that have changed is dropped.
    pub fn begin(&mut self, content: &Content, who: &Who<'_>) {
        let names: Vec<Arc<Decisions>> =
            content.decisions.iter().filter(|file| file.about == About::Names).cloned().collect();
        if names != self.names {
            self.articles.clear();
        }
        self.names = names;
        if self.introduced == who.introduced {
            return;
        }
        let (old, new) = (&self.introduced, &who.introduced);
        let all = old.keys().chain(new.keys());
        let others: FxHashSet<&EntityId> = all.filter(|id| old.get(*id) != new.get(*id)).collect();
        // A name decided about everywhere may mean any of them.
        let meant = self.names.iter().any(|file| means(file, &others));
        self.articles.retain(|_, item| {
            let named = item.annotation.mentions.iter().filter_map(|mention| mention.entity.as_ref());
            // What is wrong may name somebody whom an editor meant instead.
            !meant
                && item.faults.is_empty()
                && !named.into_iter().any(|id| others.contains(id))
                && !item.files.iter().any(|file| means(file, &others))
        });
        self.introduced.clone_from(new);
    }

    /// What is known of an article.
    pub fn get(
        &self,
        article: &Arc<Article>,
        annotation: &Arc<Annotation>,
        files: &[&Arc<Decisions>],
    ) -> Option<&Item> {
        let item = self.articles.get(&address(article))?;
        let same = Arc::ptr_eq(&item.annotation, annotation)
            && item.files.len() == files.len()
            && item.files.iter().zip(files).all(|(a, b)| Arc::ptr_eq(a, b) || *a == **b);
        same.then_some(item)
    }

    /// Keeps what the articles of a run came to, and nothing else.
    pub fn end(&mut self, items: Vec<Item>) {
        self.articles = items.into_iter().map(|item| (address(&item.article), item)).collect();
    }
}

/// Whether a file may speak of any of some entities.
fn means(file: &Decisions, ids: &FxHashSet<&EntityId>) -> bool {
    file.list.iter().any(|decision| match &decision.verdict {
        Verdict::Entity(name) => ids.contains(&EntityId::new(&slugify(name))),
        Verdict::New(new) => ids.contains(&new.id),
        Verdict::Accept | Verdict::Reject => false,
    })
}
