//! What became of articles after they were published, and what they are in other languages.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::site::{Entry, Site},
};

/// The log of corrections, newest first; those of one time in the order of the articles.
pub fn corrections(site: &mut Site) {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (i, entry) in site.articles.iter().enumerate() {
        all.extend((0..entry.article.corrections.len() as u32).map(|c| (i as u32, c)));
    }
    all.sort_by_key(|(article, correction)| {
        let made = &site.articles[*article as usize].article.corrections[*correction as usize];
        (std::cmp::Reverse(made.date.earliest(&site.tz)), *article, *correction)
    });
    site.corrections = all;
}

/// The language of an article, in lower case.
fn language(site: &Site, entry: &Entry) -> String {
    let own = entry.article.lang.as_ref().or(entry.annotation.language.as_ref());
    own.unwrap_or(&site.config.language).to_ascii_lowercase()
}

/// Joins articles that share a `translation_key`. Two of one language are a fault: the newer one stands.
pub fn translations(site: &mut Site, faults: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for (i, entry) in site.articles.iter().enumerate() {
        let Some(key) = &entry.article.translation_key else { continue };
        let language = language(site, entry);
        let group = groups.entry(key.clone()).or_default();
        if let Some(first) = group.get(&language) {
            let other = &site.articles[*first as usize].article.path;
            let message = format!(
                "the translation key `{key}` is already that of `{other}` in the language `{language}`"
            );
            faults.push(
                Diagnostic::warning("translation-twice", message)
                    .at(Place::file(&entry.article.path))
                    .help("give one of the two another `lang` or another `translation_key`"),
            );
        } else {
            group.insert(language, i as u32);
        }
    }
    for group in groups.values() {
        for article in group.values() {
            site.articles[*article as usize].translations =
                group.values().copied().filter(|other| other != article).collect();
        }
    }
}
