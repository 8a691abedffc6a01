//! Sections, sources, authors and stories: what the front matter names.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    assemble::address,
    model::{
        SectionMeta, Story,
        site::{Content, Group, Named, Site, StoryEntry},
    },
    path::slugify,
};

pub fn groups(site: &mut Site, content: &Content) {
    sections(site, content);
    sources(site);
    authors(site);
    stories(site, content);
}

/// Fills `site.sections`, and the section of every article.
pub fn sections(site: &mut Site, content: &Content) {
    let mut metas: BTreeMap<String, SectionMeta> =
        content.sections.iter().map(|meta| (meta.slug.clone(), meta.clone())).collect();
    for entry in &site.articles {
        if let Some(slug) = &entry.article.section {
            metas.entry(slug.clone()).or_insert_with(|| SectionMeta {
                slug: slug.clone(),
                title: title_from_slug(slug),
                ..SectionMeta::default()
            });
        }
    }
    let index: BTreeMap<&str, u32> =
        metas.keys().enumerate().map(|(i, slug)| (slug.as_str(), i as u32)).collect();
    let mut articles = vec![Vec::new(); index.len()];
    for (i, entry) in site.articles.iter_mut().enumerate() {
        entry.section = entry.article.section.as_deref().and_then(|slug| index.get(slug).copied());
        if let Some(section) = entry.section {
            articles[section as usize].push(i as u32);
        }
    }
    site.sections = metas
        .into_values()
        .zip(articles)
        .map(|(value, articles)| {
            let path = address::expand(
                &site.config.permalinks.section,
                &[("slug", &value.slug), ("id", &value.slug)],
            );
            Group { value, path, articles }
        })
        .collect();
}

/// `middle-east` → `Middle East`.
fn title_from_slug(slug: &str) -> String {
    slug.split('-')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Names that come to one slug: the slug, the first name, and the articles.
fn by_slug<'a>(names: impl Iterator<Item = (u32, &'a String)>) -> BTreeMap<String, (String, Vec<u32>)> {
    let mut groups: Vec<(String, String, Vec<u32>)> = Vec::new();
    let mut slugs: FxHashMap<String, usize> = FxHashMap::default();
    // Each spelling is looked up once for the whole archive.
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, name) in names {
        let group = *met.entry(name).or_insert_with(|| {
            let slug = slugify(name);
            *slugs.entry(slug).or_insert_with_key(|slug| {
                groups.push((slug.clone(), name.clone(), Vec::new()));
                groups.len() - 1
            })
        });
        let articles = &mut groups[group].2;
        if articles.last() != Some(&i) {
            articles.push(i);
        }
    }
    groups.into_iter().map(|(slug, name, articles)| (slug, (name, articles))).collect()
}

/// Fills `site.sources`, and the source of every article.
pub fn sources(site: &mut Site) {
    let config = site.config.clone();
    site.sources.clear();
    site.articles.iter_mut().for_each(|entry| entry.source = None);
    let names = (0..).zip(&site.articles);
    let named = by_slug(names.filter_map(|(i, entry)| Some((i, entry.article.source.as_ref()?))));
    for (number, (slug, (name, articles))) in named.into_iter().enumerate() {
        let settings =
            config.sources.get(&name).or_else(|| config.sources.get(&slug)).cloned().unwrap_or_default();
        for i in &articles {
            site.articles[*i as usize].source = Some(number as u32);
        }
        site.sources.push(Group {
            path: address::expand(&config.permalinks.source, &[("slug", &slug), ("id", &slug)]),
            value: Named {
                slug,
                name: settings.name.unwrap_or(name),
                url: settings.url,
                description: settings.description.unwrap_or_default(),
            },
            articles,
        });
    }
}

/// Fills `site.authors`, and the authors of every article.
pub fn authors(site: &mut Site) {
    let config = site.config.clone();
    site.authors.clear();
    site.articles.iter_mut().for_each(|entry| entry.authors.clear());
    let names = (0..).zip(&site.articles);
    let named = by_slug(names.flat_map(|(i, entry)| entry.article.authors.iter().map(move |name| (i, name))));
    for (number, (slug, (name, articles))) in named.into_iter().enumerate() {
        let settings =
            config.authors.get(&name).or_else(|| config.authors.get(&slug)).cloned().unwrap_or_default();
        for i in &articles {
            site.articles[*i as usize].authors.push(number as u32);
        }
        site.authors.push(Group {
            path: address::expand(&config.permalinks.author, &[("slug", &slug), ("id", &slug)]),
            value: Named {
                slug,
                name: settings.name.unwrap_or(name),
                url: settings.url,
                description: settings.description.unwrap_or_default(),
            },
            articles,
        });
    }
    // In the order of the byline, not of the alphabet.
    for entry in site.articles.iter_mut().filter(|entry| entry.authors.len() > 1) {
        let order: Vec<String> = entry.article.authors.iter().map(|name| slugify(name)).collect();
        entry
            .authors
            .sort_by_key(|a| order.iter().position(|slug| *slug == site.authors[*a as usize].value.slug));
    }
}

/// Fills `site.stories` with those that editors named, and the story of every article.
pub fn stories(site: &mut Site, content: &Content) {
    let mut stories: BTreeMap<String, Story> =
        content.stories.iter().map(|story| (story.slug.clone(), story.clone())).collect();
    for entry in &site.articles {
        if let Some(name) = &entry.article.story {
            let slug = slugify(name);
            let title = if *name == slug { title_from_slug(&slug) } else { name.clone() };
            stories.entry(slug.clone()).or_insert_with(|| Story { slug, title, ..Story::default() });
        }
    }
    let index: BTreeMap<&str, u32> =
        stories.keys().enumerate().map(|(i, s)| (s.as_str(), i as u32)).collect();
    let mut articles = vec![Vec::new(); index.len()];
    for (i, entry) in site.articles.iter_mut().enumerate().rev() {
        entry.story = entry.article.story.as_deref().and_then(|name| index.get(&*slugify(name)).copied());
        if let Some(story) = entry.story {
            articles[story as usize].push(i as u32);
        }
    }
    site.stories = stories
        .into_values()
        .zip(articles)
        .map(|(story, articles)| StoryEntry {
            path: address::expand(
                &site.config.permalinks.story,
                &[("slug", &story.slug), ("id", &story.slug)],
            ),
            story,
            articles,
            entities: Vec::new(),
            found: false,
        })
        .collect();
}
