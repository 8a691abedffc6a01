//! Pages that list the articles of something: a topic, section, source or author; and plain pages.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::{
    model::{
        EntityKind, Page,
        page::{plural, shown},
        site::{Group, Named, Site},
    },
    path::SitePath,
    render::{
        Renderer,
        context::{beginning, entity_by, feeds, insert_page, link, page_view, pager, plain_html},
        dossier,
        entity::{months_of, years_of},
        structured,
        views::{EntityLink, GroupView, LinkView, PageView, TopicView, dossier::ProvenanceView},
    },
};

pub fn items(renderer: &Renderer, articles: impl Iterator<Item = u32>) -> Value {
    Value::from(articles.map(|i| renderer.items[i as usize].clone()).collect::<Vec<_>>())
}

/// Numbered pages repeat the subject of the front page, so they say their number.
pub fn numbered_title(renderer: &Renderer, title: &str, number: u32) -> String {
    if number == 0 { title.to_owned() } else { format!("{title} · {} {number}", renderer.words.get("page")) }
}

pub fn crumb(site: &Site, renderer: &Renderer, key: &str, path: &str) -> LinkView {
    link(site, renderer.words.get(key), &SitePath::new(path), 0)
}

/// Name of a kind in the interface, and the index of that kind.
pub fn kind_crumb(site: &Site, renderer: &Renderer, kind: EntityKind) -> LinkView {
    let plural = plural(kind);
    crumb(site, renderer, plural, &format!("/entities/{plural}/"))
}

pub fn topic(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    let entry = &site.topics[index as usize];
    let shown = shown(entry.articles.len(), site.config.paginate_by, number);
    context.insert_value("items", items(renderer, entry.articles[shown].iter().copied()));
    context.insert("pager", &pager(site, &entry.path, entry.articles.len(), site.config.paginate_by, number));
    let mut parents = Vec::new();
    let mut up = entry.parent;
    while let Some(parent) = up.filter(|_| parents.len() < 8) {
        let topic = &site.topics[parent as usize];
        parents.push(link(site, &topic.topic.label, &topic.path, topic.articles.len()));
        up = topic.parent;
    }
    parents.reverse();
    let topic_view = TopicView {
        label: entry.topic.label.clone(),
        url: site.urls.link(&entry.path),
        description: entry.topic.description.clone(),
        html: plain_html(site, renderer, &entry.topic.body, &entry.path, entry.topic.path.as_ref()),
        medtop: entry.topic.medtop.map(|id| format!("medtop:{id:08}")).unwrap_or_default(),
        children: entry
            .children
            .iter()
            .map(|c| &site.topics[*c as usize])
            .filter(|c| !c.articles.is_empty())
            .map(|c| link(site, &c.topic.label, &c.path, c.articles.len()))
            .collect(),
        articles: entry.articles.len(),
        own: entry.own,
        entities: renderer.of_topics[index as usize]
            .iter()
            .take(if number == 0 { 20 } else { 0 })
            .map(|(e, count)| EntityLink { count: *count as usize, ..entity_by(site, *e) })
            .collect(),
        people: renderer.of_topics[index as usize]
            .iter()
            .filter(|(e, _)| number == 0 && site.entities[*e as usize].entity.kind == EntityKind::Person)
            .map(|(e, count)| EntityLink { count: *count as usize, ..entity_by(site, *e) })
            .collect(),
        stories: if number == 0 { topic_stories(site, &entry.articles) } else { Vec::new() },
        years: if number == 0 { years_of(site, entry.articles.iter().copied()) } else { Vec::new() },
        months: if number == 0 { months_of(site, &renderer.words, &entry.articles) } else { Vec::new() },
        parents: parents.clone(),
    };
    let title = numbered_title(renderer, &entry.topic.label, number);
    let mut view = page_view(site, page, "topic", &title, &entry.topic.description);
    view.breadcrumbs = std::iter::once(crumb(site, renderer, "topics", "/topics/")).chain(parents).collect();
    if entry.feed {
        view.feeds = feeds(site, &entry.path, &entry.topic.label);
    }
    context.insert("topic", &topic_view);
    let about = serde_json::json!({
        "@type": "DefinedTerm", "name": topic_view.label, "url": site.urls.absolute(&entry.path),
    });
    about_page(site, context, view, about);
    "topic.html".to_owned()
}

/// Finishes a page about something whose `items` are in the context.
pub fn about_page(site: &Site, context: &mut Context, mut view: PageView, about: serde_json::Value) {
    view.json_ld = structured::collection(site, &view, about, context.get("items"));
    insert_page(site, context, view);
}

/// Finishes a page whose `items` are in the context.
pub fn list_page(site: &Site, context: &mut Context, mut view: PageView) {
    view.json_ld = structured::list(site, &view, context.get("items"));
    insert_page(site, context, view);
}

/// Stories on a topic's page at most.
const STORIES: usize = 8;

/// The stories with most articles among these.
fn topic_stories(site: &Site, articles: &[u32]) -> Vec<LinkView> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for story in articles.iter().filter_map(|a| site.articles[*a as usize].story) {
        *counts.entry(story).or_default() += 1;
    }
    let mut order: Vec<(u32, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    order.truncate(STORIES);
    order
        .into_iter()
        .map(|(story, count)| {
            let story = &site.stories[story as usize];
            link(site, &story.story.title, &story.path, count)
        })
        .collect()
}

pub fn section(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    let entry = &site.sections[index as usize];
    let by = entry.value.paginate_by.unwrap_or(site.config.paginate_by);
    let shown = shown(entry.articles.len(), by, number);
    context.insert_value("items", items(renderer, entry.articles[shown].iter().copied()));
    context.insert("pager", &pager(site, &entry.path, entry.articles.len(), by, number));
    let meta = &entry.value;
    let group = GroupView {
        title: meta.title.clone(),
        slug: meta.slug.clone(),
        url: site.urls.link(&entry.path),
        description: meta.description.clone(),
        html: plain_html(site, renderer, &meta.prose, &entry.path, meta.path.as_ref()),
        articles: entry.articles.len(),
        extra: meta.extra.clone(),
        ..GroupView::default()
    };
    let mut view =
        page_view(site, page, "section", &numbered_title(renderer, &meta.title, number), &meta.description);
    view.breadcrumbs = vec![crumb(site, renderer, "sections", "/sections/")];
    if site.config.feeds.sections {
        view.feeds = feeds(site, &entry.path, &meta.title);
    }
    context.insert("section", &group);
    list_page(site, context, view);
    meta.template.clone().unwrap_or_else(|| "section.html".to_owned())
}

pub fn source(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    named(site, renderer, page, &site.sources[index as usize], "source", "sources", number, context)
}

pub fn author(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    named(site, renderer, page, &site.authors[index as usize], "author", "authors", number, context)
}

#[expect(clippy::too_many_arguments, reason = "two kinds of page that differ in names only")]
fn named(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    entry: &Group<Named>,
    kind: &'static str,
    index: &'static str,
    number: u32,
    context: &mut Context,
) -> String {
    let by = site.config.paginate_by;
    let shown = shown(entry.articles.len(), by, number);
    context.insert_value("items", items(renderer, entry.articles[shown].iter().copied()));
    context.insert("pager", &pager(site, &entry.path, entry.articles.len(), by, number));
    let group = GroupView {
        title: entry.value.name.clone(),
        slug: entry.value.slug.clone(),
        url: site.urls.link(&entry.path),
        description: entry.value.description.clone(),
        link: entry.value.url.clone(),
        articles: entry.articles.len(),
        ..GroupView::default()
    };
    let title = numbered_title(renderer, &entry.value.name, number);
    let mut view = page_view(site, page, kind, &title, &entry.value.description);
    view.breadcrumbs = vec![crumb(site, renderer, index, &format!("/{index}/"))];
    context.insert(kind, &group);
    if number == 0 {
        context.insert("provenance", &provenance(site, renderer, &entry.articles));
    }
    let name = if kind == "author" { "Person" } else { "Organization" };
    let mut about = serde_json::json!({
        "@type": name, "name": group.title, "url": site.urls.absolute(&entry.path),
    });
    if let Some(link) = &group.link {
        about["sameAs"] = serde_json::json!(link);
    }
    about_page(site, context, view, about);
    format!("{kind}.html")
}

/// Sections and topics of an outlet at most.
const SUBJECTS: usize = 10;

/// What the articles (newest first) of an outlet or author amount to.
fn provenance(site: &Site, renderer: &Renderer, articles: &[u32]) -> ProvenanceView {
    let entry = |article: &u32| &site.articles[*article as usize];
    let day = |article: Option<&u32>| article.and_then(|a| entry(a).article.date).map(|d| d.day);
    let mut sections: FxHashMap<u32, u32> = FxHashMap::default();
    let mut topics: FxHashMap<u32, u32> = FxHashMap::default();
    for article in articles.iter().map(entry) {
        if let Some(section) = article.section {
            *sections.entry(section).or_default() += 1;
        }
        if let Some(topic) = article.topics.first() {
            *topics.entry(*topic).or_default() += 1;
        }
    }
    ProvenanceView {
        first: dossier::day(site, renderer, day(articles.last())),
        last: dossier::day(site, renderer, day(articles.first())),
        originals: articles.iter().filter(|a| entry(a).article.source_url.is_some()).count(),
        corrected: articles.iter().filter(|a| !entry(a).article.corrections.is_empty()).count(),
        years: years_of(site, articles.iter().copied()),
        sections: most(sections)
            .into_iter()
            .map(|(s, n)| (&site.sections[s as usize], n))
            .map(|(s, n)| link(site, &s.value.title, &s.path, n))
            .collect(),
        topics: most(topics)
            .into_iter()
            .map(|(t, n)| (&site.topics[t as usize], n))
            .map(|(t, n)| link(site, &t.topic.label, &t.path, n))
            .collect(),
    }
}

/// The most frequent, ties by index.
fn most(counts: FxHashMap<u32, u32>) -> Vec<(u32, usize)> {
    let mut all: Vec<(u32, usize)> = counts.into_iter().map(|(i, n)| (i, n as usize)).collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(SUBJECTS);
    all
}

pub fn text_page(site: &Site, renderer: &Renderer, page: &Page, index: u32, context: &mut Context) -> String {
    let (text, path) = &site.text_pages[index as usize];
    let description =
        if text.description.is_empty() { beginning(&text.prose) } else { text.description.clone() };
    let group = GroupView {
        title: text.title.clone(),
        slug: text.slug.clone(),
        url: site.urls.link(path),
        description: text.description.clone(),
        html: plain_html(site, renderer, &text.prose, path, Some(&text.path)),
        extra: text.extra.clone(),
        ..GroupView::default()
    };
    context.insert("text", &group);
    insert_page(site, context, page_view(site, page, "page", &text.title, &description));
    text.template.clone().unwrap_or_else(|| "page.html".to_owned())
}
