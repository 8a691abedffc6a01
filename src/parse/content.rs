//! The files below `content/` enter; everything that the site is made of leaves, as a [`Content`].
//!
//! 1. [`file()`] reads one file by what its path says it is. It looks at nothing else, so its result can be kept
//!    for as long as the bytes stay the same.
//! 2. [`collect`] puts the results together and reports what only all of them tell: ids and aliases given twice.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Article, Decisions, Entity, Listed, SectionMeta, Story, TextPage, Topic, site::Content},
    parse::{
        article, decisions, decode,
        front_matter::Parsed,
        markdown::markdown,
        pages,
        registry::{self, Entry},
        undated, wire,
    },
    path::SourcePath,
};

/// What one file holds.
#[derive(Clone, Debug)]
pub enum Item {
    Article(Arc<Article>),
    Entities(Vec<Entry<Entity>>),
    Topics(Vec<Entry<Topic>>),
    Stories(Vec<Entry<Story>>),
    Decisions(Arc<Decisions>),
    Section(SectionMeta),
    Page(TextPage),
    /// Nothing that the site shows.
    Nothing,
}

/// Reads one file. `zone` is the site's.
pub fn file(path: &SourcePath, bytes: &[u8], zone: &TimeZone) -> (Item, Vec<Diagnostic>) {
    let decoded = decode::decode(bytes);
    let mut faults = decode::faults(path, &decoded);
    if decoded.binary {
        return (Item::Nothing, faults);
    }
    let text = decoded.text.as_str();
    let (item, more) = read(path, text, zone);
    faults.extend(more);
    (item, faults)
}

fn read(path: &SourcePath, text: &str, zone: &TimeZone) -> (Item, Vec<Diagnostic>) {
    let relative = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let folder = relative.split_once('/').map(|(first, _)| first);
    let markdown = matches!(path.extension().as_str(), "md" | "markdown");
    match (folder, relative) {
        (Some("decisions"), _) if matches!(path.extension().as_str(), "yaml" | "yml") => {
            let (decisions, faults) = decisions::decisions(path, text);
            (Item::Decisions(Arc::new(decisions)), faults)
        }
        (_, "entities.yaml" | "entities.yml") => {
            let (entries, faults) = registry::entities(path, text);
            (Item::Entities(entries), faults)
        }
        (_, "topics.yaml" | "topics.yml") => {
            let (entries, faults) = registry::topics(path, text);
            (Item::Topics(entries), faults)
        }
        (_, "stories.yaml" | "stories.yml") => {
            let (entries, faults) = registry::stories(path, text);
            (Item::Stories(entries), faults)
        }
        (Some("entities"), _) if markdown => {
            let (entry, faults) = with_body(path, text, registry::entity(path, text), |e, prose| {
                if let Some(entry) = e {
                    entry.item.body = prose;
                }
            });
            (Item::Entities(entry.into_iter().collect()), faults)
        }
        (Some("topics"), _) if markdown => {
            let (entry, faults) = with_body(path, text, registry::topic(path, text), |e, prose| {
                if let Some(entry) = e {
                    entry.item.body = prose;
                }
            });
            (Item::Topics(entry.into_iter().collect()), faults)
        }
        (Some("stories"), _) if markdown => {
            let (entry, faults) = with_body(path, text, registry::story(path, text), |e, prose| {
                if let Some(entry) = e {
                    entry.item.prose = prose;
                }
            });
            (Item::Stories(entry.into_iter().collect()), faults)
        }
        (Some("pages"), _) if markdown => {
            let (page, faults) =
                with_body(path, text, pages::page(path, text), |page, prose| page.prose = prose);
            (Item::Page(page), faults)
        }
        _ if markdown && path.stem() == "_index" => {
            let (section, faults) =
                with_body(path, text, pages::section(path, text), |s, prose| s.prose = prose);
            if section.slug.is_empty() { (Item::Nothing, faults) } else { (Item::Section(section), faults) }
        }
        _ if markdown => {
            let (article, faults) =
                with_body(path, text, article::article(path, text, zone), |a, prose| a.prose = prose);
            (Item::Article(Arc::new(article)), faults)
        }
        _ if path.extension() == "txt" => wire_article(path, text, zone),
        _ => {
            let fault = Diagnostic::warning("unknown-file", format!("nobody reads `{path}`"))
                .at(Place::file(path))
                .help("articles are `.md` or `.txt`; registries are `content/entities.yaml`, `topics.yaml`, `stories.yaml`");
            (Item::Nothing, vec![fault])
        }
    }
}

fn with_body<T>(
    path: &SourcePath,
    text: &str,
    parsed: Parsed<T>,
    put: impl FnOnce(&mut T, crate::model::Prose),
) -> (T, Vec<Diagnostic>) {
    let Parsed { mut item, body, mut diagnostics } = parsed;
    let (prose, faults) = markdown(path, text, body);
    diagnostics.extend(faults);
    put(&mut item, prose);
    (item, diagnostics)
}

fn wire_article(path: &SourcePath, text: &str, zone: &TimeZone) -> (Item, Vec<Diagnostic>) {
    let copy = wire::wire(path, text, zone);
    let (day, stem) = article::name_parts(path);
    let undated = (copy.date.is_none() && day.is_none()).then(|| undated::copy(path, text, &copy));
    let folder = article::first_folder(path);
    let article = Article {
        path: path.clone(),
        hash: *blake3::hash(text.as_bytes()).as_bytes(),
        slug: match (&copy.headline, day) {
            // A file that has no name of its own takes the headline's.
            (Some(headline), None) if stem.chars().all(|c| !c.is_alphabetic()) => {
                crate::path::slugify(&headline.value)
            }
            _ => crate::path::slugify(&stem),
        },
        title: copy.headline.map(|f| f.value).unwrap_or_default(),
        date: copy.date.map(|f| f.value).or(day.map(crate::model::Moment::day)),
        updated: copy.updated.map(|f| f.value),
        source: copy.source.map(|f| f.value),
        source_url: None,
        // The folder is the editor's word, the header the agency's.
        section: folder.or(copy.section.map(|f| f.value)).map(|name| crate::path::slugify(&name)),
        authors: copy.byline.into_iter().map(|f| f.value).collect(),
        dateline: copy.dateline.map(|f| f.value),
        summary: copy.summary.map(|f| f.value),
        key_points: Vec::new(),
        topics: Vec::new(),
        entities: Vec::new(),
        story: None,
        draft: false,
        publish_at: copy.embargo.map(|f| f.value),
        expires: None,
        corrections: Vec::new(),
        image: None,
        aliases: Vec::new(),
        lang: None,
        template: None,
        weight: None,
        translation_key: None,
        noindex: false,
        extra: BTreeMap::new(),
        prose: copy.prose,
        wire: true,
        doubts: copy.doubts,
        keys: BTreeMap::new(),
        places: Listed::default(),
        assets: Vec::new(),
    };
    let mut faults = copy.diagnostics;
    faults.extend(undated);
    faults.extend(article.doubts.iter().map(|doubt| {
        let message =
            format!("the {} was read with {} % confidence: {}", doubt.field, doubt.confidence, doubt.reason);
        Diagnostic::note("doubtful", message)
            .at(Place::in_source(path, text, doubt.source.range()))
            .help("look at the page; Markdown with front matter leaves no doubt")
    }));
    (Item::Article(Arc::new(article)), faults)
}

/// Puts the files together, in the order given.
pub fn collect<'a>(items: impl Iterator<Item = &'a Item>) -> (Content, Vec<Diagnostic>) {
    let mut content = Content::default();
    let (mut entities, mut topics, mut stories) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Article(article) => content.articles.push(article.clone()),
            Item::Entities(entries) => entities.extend(entries.iter().cloned()),
            Item::Topics(entries) => topics.extend(entries.iter().cloned()),
            Item::Stories(entries) => stories.extend(entries.iter().cloned()),
            Item::Decisions(decisions) => content.decisions.push(decisions.clone()),
            Item::Section(section) => content.sections.push(section.clone()),
            Item::Page(page) => content.pages.push(page.clone()),
            Item::Nothing => {}
        }
    }
    let mut faults = registry::duplicates(&entities, "entity", |e| e.id.as_str());
    faults.extend(registry::duplicates(&topics, "topic", |t| t.id.as_str()));
    faults.extend(registry::duplicates(&stories, "story", |s| s.slug.as_str()));
    faults.extend(registry::ambiguous(&entities));
    content.entities = first_of(entities, |e| e.id.as_str().to_owned());
    content.topics = first_of(topics, |t| t.id.as_str().to_owned());
    content.stories = first_of(stories, |s| s.slug.clone());
    (content, faults)
}

/// The first entry of each id.
fn first_of<T>(entries: Vec<Entry<T>>, id: impl Fn(&T) -> String) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    entries.into_iter().map(|entry| entry.item).filter(|item| seen.insert(id(item))).collect()
}
