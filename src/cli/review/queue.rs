//! A site enters; what is held back leaves, a name in an article at a time, the commonest names of the archive first.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::{
    model::{Status, site::Site},
    path::{SourcePath, slugify},
};

/// What is to be looked at.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub file: Option<SourcePath>,
    /// By name or slug.
    pub section: Option<String>,
    pub since: Option<Date>,
}

/// A name that is held back in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// As the text has it, on one line.
    pub name: String,
    /// Index into `Site::articles`.
    pub article: usize,
    /// Indices into the mentions of its annotation, in text order.
    pub places: Vec<u32>,
    /// Places of the name in all that is looked at, and articles.
    pub total: usize,
    pub articles: usize,
}

/// All cases: names by number of places, each in its articles from the newest on, so that names stand together.
pub fn queue(site: &Site, filter: &Filter) -> Vec<Case> {
    let section = filter.section.as_deref().map(slugify);
    let mut cases: Vec<Case> = Vec::new();
    for (i, entry) in site.articles.iter().enumerate() {
        let article = &entry.article;
        let wanted = filter.file.as_ref().is_none_or(|file| article.path == *file)
            && section.as_ref().is_none_or(|slug| article.section.as_ref() == Some(slug))
            && filter.since.is_none_or(|since| article.date.is_some_and(|date| date.day >= since));
        if !wanted {
            continue;
        }
        let first = cases.len();
        for (m, mention) in entry.annotation.mentions.iter().enumerate() {
            if mention.status != Status::Proposed {
                continue;
            }
            let words = article.prose.slice(mention.span).split_whitespace();
            let name = words.collect::<Vec<_>>().join(" ");
            match cases[first..].iter_mut().find(|case| case.name == name) {
                Some(case) => case.places.push(m as u32),
                None => {
                    cases.push(Case { name, article: i, places: vec![m as u32], total: 0, articles: 0 });
                }
            }
        }
    }
    let mut counts: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for case in &cases {
        let (total, articles) = counts.entry(case.name.clone()).or_default();
        *total += case.places.len();
        *articles += 1;
    }
    for case in &mut cases {
        (case.total, case.articles) = counts[&case.name];
    }
    cases.sort_by(|a, b| b.total.cmp(&a.total).then(a.name.cmp(&b.name)).then(a.article.cmp(&b.article)));
    cases
}
