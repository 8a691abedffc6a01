//! The site → records of what a reader sees, in shards.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    model::{
        Prose,
        posts::standing,
        site::{Entry, Site},
    },
    path::{SitePath, encode},
};

/// Records of a shard at most. Pagefind holds all words of a shard in memory, some 100 kB a record.
const SHARD: usize = 2048;

/// Another version of the records or of what is made of them is another index.
const VERSION: &str = concat!("1 ", env!("CARGO_PKG_VERSION"));

/// A thing that search finds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Record {
    /// Address without the base path and the slash before it, encoded.
    pub url: String,
    /// Words to find, as the page shows them.
    pub content: String,
    /// Shown with the result: `title`, `date` (ISO 8601), `kind`, `where`.
    pub meta: Vec<(&'static str, String)>,
    /// `kind`, and of articles `topic`, `entity`, `source`, `section`, `year`.
    pub filters: Vec<(&'static str, Vec<String>)>,
    /// `date`, of articles.
    pub sort: Vec<(&'static str, String)>,
}

/// Records that make one index.
#[derive(Clone, Debug, PartialEq)]
pub struct Shard {
    /// The language that Pagefind knows it by: `en-x-a0`.
    pub tag: String,
    /// Two or three letters: `en`.
    pub language: String,
    pub records: Vec<Record>,
}

impl Shard {
    /// Identifies all that the index is made from.
    pub fn key(&self) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes()).update(self.tag.as_bytes());
        // Lengths stand before all values, so that no two lists of records have the same bytes.
        let _ = postcard::to_io(&self.records, &mut hasher);
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        key
    }
}

/// All records of the site. Articles stand apart from the other things (`a` and `t`), each from the oldest.
pub fn shards(site: &Site) -> Vec<Shard> {
    let own = primary(&site.config.language);
    let mut articles: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for entry in site.articles.iter().rev() {
        articles.entry(language(site, entry)).or_default().push(article(site, entry));
    }
    let things = BTreeMap::from([(own, things(site))]);
    let mut shards = Vec::new();
    for (letter, groups) in [('a', articles), ('t', things)] {
        for (language, records) in groups {
            let mut records = records.into_iter();
            for number in 0.. {
                let records: Vec<Record> = records.by_ref().take(SHARD).collect();
                if records.is_empty() {
                    break;
                }
                let tag = format!("{language}-x-{letter}{number}");
                shards.push(Shard { tag, language: language.clone(), records });
            }
        }
    }
    shards
}

/// The language itself: two or three letters; `und` (undetermined, ISO 639-2) for what is no tag.
fn primary(tag: &str) -> String {
    let first = tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    let letters = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    if letters { first } else { "und".to_owned() }
}

fn language(site: &Site, entry: &Entry) -> String {
    let own = entry.article.lang.as_ref().or(entry.annotation.language.as_ref());
    primary(own.unwrap_or(&site.config.language))
}

fn url(path: &SitePath) -> String {
    let mut out = String::new();
    encode(path.as_str().trim_start_matches('/'), &mut out);
    out
}

/// Parts of a page, one after another. What Pagefind would take for its own marks is taken apart.
fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join("\n").replace("___", "__ _")
}

fn article(site: &Site, entry: &Entry) -> Record {
    let article = &entry.article;
    // With the offset of the site's zone: the day that readers see comes first, and the order is that of time.
    let local =
        |time: jiff::Timestamp| time.to_zoned(site.tz.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let date = article.date.map(|d| d.time.map_or(d.day.to_string(), local)).unwrap_or_default();
    let mut topics: Vec<String> = Vec::new();
    for topic in &entry.topics {
        // With those above it, as the pages of topics count.
        let mut up = Some(*topic);
        while let Some(i) = up {
            let topic = &site.topics[i as usize];
            if topics.contains(&topic.topic.label) {
                break;
            }
            topics.push(topic.topic.label.clone());
            up = topic.parent;
        }
    }
    let section = entry.section.map(|s| site.sections[s as usize].value.title.clone());
    let source = entry.source.map(|s| site.sources[s as usize].value.name.clone());
    let place = [&source, &section].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
    let mut entities: Vec<String> = Vec::new();
    for salient in entry.entities.iter() {
        let name = &site.entities[salient.entity as usize].entity.name;
        if !entities.contains(name) {
            entities.push(name.clone());
        }
    }
    let year = article.date.map(|d| d.day.year().to_string());
    let corrections = article.corrections.iter().map(|c| c.text.as_str());
    let parts = article
        .summary
        .as_deref()
        .into_iter()
        .chain(article.key_points.iter().map(String::as_str))
        .chain(article.dateline.as_deref())
        .chain([article.prose.text.as_str()])
        .chain(corrections)
        .chain(article.authors.iter().map(String::as_str));
    let filters = [
        ("kind", vec!["article".to_owned()]),
        ("topic", topics),
        ("entity", entities),
        ("source", source.into_iter().collect()),
        ("section", section.into_iter().collect()),
        ("year", year.into_iter().collect()),
    ];
    Record {
        url: url(&entry.path),
        // Pagefind leaves out a record without words; the headline is what is left of a withheld text.
        content: Some(joined(parts)).filter(|text| !text.is_empty()).unwrap_or_else(|| article.title.clone()),
        meta: vec![
            ("title", article.title.clone()),
            ("date", date.clone()),
            ("kind", "article".to_owned()),
            ("where", place),
        ],
        filters: filters.into_iter().filter(|(_, values)| !values.is_empty()).collect(),
        sort: vec![("date", date)],
    }
}

/// Entities, topics, stories and pages, in the order of the site.
fn things(site: &Site) -> Vec<Record> {
    let thing = |path: &SitePath, title: &str, kind: &str, content: String| Record {
        url: url(path),
        content: if content.is_empty() { title.to_owned() } else { content },
        meta: vec![("title", title.to_owned()), ("kind", kind.to_owned())],
        filters: vec![("kind", vec![kind.to_owned()])],
        sort: Vec::new(),
    };
    let text = |prose: &'_ Prose| prose.text.clone();
    let entities = site.entities.iter().filter(|e| !e.articles.is_empty()).map(|entry| {
        let entity = &entry.entity;
        let body = text(&entity.body);
        let description = standing(site, entry);
        let parts = [description.as_str()]
            .into_iter()
            .chain(entity.aliases.iter().map(String::as_str))
            .chain([body.as_str()]);
        thing(&entry.path, &entity.name, entity.kind.as_str(), joined(parts))
    });
    let topics = site.topics.iter().filter(|t| !t.articles.is_empty()).map(|entry| {
        let body = text(&entry.topic.body);
        thing(&entry.path, &entry.topic.label, "topic", joined([&*entry.topic.description, &*body]))
    });
    let stories = site.stories.iter().filter(|s| !s.articles.is_empty()).map(|entry| {
        let body = text(&entry.story.prose);
        thing(&entry.path, &entry.story.title, "story", joined([&*entry.story.description, &*body]))
    });
    let pages = site.text_pages.iter().map(|(page, path)| {
        let body = text(&page.prose);
        thing(path, &page.title, "page", joined([&*page.description, &*body]))
    });
    entities.chain(topics).chain(stories).chain(pages).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let check = |tag: &str, expect: &str| assert_eq!(primary(tag), expect, "{tag}");
        check("en-GB", "en");
        check("zh-Hant", "zh");
        check("AR", "ar");
        check("x-klingon", "und");
        check("", "und");
    }

    #[test]
    fn marks_of_pagefind_are_words() {
        assert_eq!(joined(["a ", "", "___PAGEFIND_WEIGHT___0 b"]), "a\n__ _PAGEFIND_WEIGHT__ _0 b");
    }
}
