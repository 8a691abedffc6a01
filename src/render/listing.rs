//! Pages that list the articles of something: an entity, topic, story, section, source or author; and plain pages.

use tera::{Context, Map, Value};

use crate::{
    i18n::Words,
    model::{
        EntityKind, Page,
        page::shown,
        site::{Group, Named, Site},
    },
    path::SitePath,
    render::{
        Renderer, article,
        context::{
            beginning, date, entity_by, entity_link, feeds, image, insert_page, link, page_view, pager,
            plain_html,
        },
        structured,
        views::{BarView, EntityLink, EntityView, GroupView, LinkView, PageView, RoleView, TopicView},
    },
};

/// Quotes on an entity's page at most.
const QUOTES: usize = 12;

fn items(renderer: &Renderer, articles: impl Iterator<Item = u32>) -> Value {
    Value::from(articles.map(|i| renderer.items[i as usize].clone()).collect::<Vec<_>>())
}

/// Numbered pages repeat the subject of the front page, so they say their number.
fn numbered_title(renderer: &Renderer, title: &str, number: u32) -> String {
    if number == 0 { title.to_owned() } else { format!("{title} · {} {number}", renderer.words.get("page")) }
}

fn crumb(site: &Site, renderer: &Renderer, key: &str, path: &str) -> LinkView {
    link(site, renderer.words.get(key), &SitePath::new(path), 0)
}

/// Name of a kind in the interface, and the index of that kind.
pub fn kind_crumb(site: &Site, renderer: &Renderer, kind: EntityKind) -> LinkView {
    let plural = crate::model::page::plural(kind);
    crumb(site, renderer, plural, &format!("/entities/{plural}/"))
}

pub fn entity(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    let entry = &site.entities[index as usize];
    let entity = &entry.entity;
    let shown = shown(entry.articles.len(), site.config.paginate_by, number);
    let list: Vec<Value> = entry.articles[shown]
        .iter()
        .map(|link| {
            let mut map = Map::default();
            map.insert("item".into(), renderer.items[link.article as usize].clone());
            let sentence = article::mention_sentence(site, link.article, index);
            map.insert("sentence".into(), Value::safe_string(&sentence));
            map.insert("mentions".into(), Value::from(link.mentions));
            Value::from(map)
        })
        .collect();
    context.insert_value("items", Value::from(list));
    context.insert("pager", &pager(site, &entry.path, entry.articles.len(), site.config.paginate_by, number));

    let title = numbered_title(renderer, &entity.name, number);
    let mut view = page_view(site, page, "entity", &title, &entity.description);
    view.og_type = if entity.kind == EntityKind::Person { "profile" } else { "website" };
    view.breadcrumbs =
        vec![crumb(site, renderer, "entities", "/entities/"), kind_crumb(site, renderer, entity.kind)];
    if entry.feed {
        view.feeds = feeds(site, &entry.path, &entity.name);
    }
    let entity_view = entity_view(site, renderer, index, number);
    view.json_ld = structured::entity(site, entry, &view, context.get("items"));
    context.insert("entity", &entity_view);
    insert_page(site, context, view);
    "entity.html".to_owned()
}

fn entity_view(site: &Site, renderer: &Renderer, index: u32, number: u32) -> EntityView {
    let entry = &site.entities[index as usize];
    let entity = &entry.entity;
    let words = &renderer.words;
    let nowhere = crate::path::SourcePath::new("");
    let source = entity.path.as_ref().unwrap_or(&nowhere);
    let front = number == 0;
    let country = entity.country.as_deref().and_then(|code| country(site, code, index));
    EntityView {
        link: entity_link(site, entry),
        id: entity.id.as_str().to_owned(),
        kind_label: words.get(entity.kind.as_str()).to_owned(),
        aliases: entity.aliases.clone(),
        html: plain_html(site, renderer, &entity.body, &entry.path, entity.path.as_ref()),
        wikidata: entity.wikidata.clone(),
        country,
        coordinates: entity.coordinates.map(coordinates).unwrap_or_default(),
        born: entity.born.as_deref().map(|d| in_words(words, d, false)).unwrap_or_default(),
        died: entity.died.as_deref().map(|d| in_words(words, d, false)).unwrap_or_default(),
        roles: entity
            .roles
            .iter()
            .map(|r| RoleView {
                title: r.title.clone(),
                organization: r.organization.clone().unwrap_or_default(),
                from: r.from.as_deref().map(|d| in_words(words, d, true)).unwrap_or_default(),
                to: r.to.as_deref().map(|d| in_words(words, d, true)).unwrap_or_default(),
            })
            .collect(),
        stated_roles: entry
            .stated_roles
            .iter()
            .map(|(title, article)| link(site, title, &site.articles[*article as usize].path, 0))
            .collect(),
        links: entity
            .links
            .iter()
            .map(|l| LinkView { title: l.title.clone(), url: l.url.clone(), count: 0 })
            .collect(),
        image: entity.image.as_ref().map(|i| image(site, &entry.path, source, i)),
        first_seen: entry.first_seen.map(|d| date(site, words, crate::model::Moment::day(d))),
        last_seen: entry.last_seen.map(|d| date(site, words, crate::model::Moment::day(d))),
        articles: entry.articles.len(),
        quotes: entry
            .quotes
            .iter()
            .take(if front { QUOTES } else { 0 })
            .map(|(a, q)| {
                let quote = &site.articles[*a as usize].annotation.quotes[*q as usize];
                article::quote_view(site, renderer, *a, quote)
            })
            .collect(),
        quote_count: entry.quotes.len(),
        neighbours: entry
            .neighbours
            .iter()
            .take(if front { 16 } else { 0 })
            .map(|(other, count)| EntityLink { count: *count as usize, ..entity_by(site, *other) })
            .collect(),
        years: if front { years(site, index) } else { Vec::new() },
        months: if front { months(site, words, index) } else { Vec::new() },
    }
}

/// A date of the registry, which may lack day and month, in words; as it is when it is no date.
fn in_words(words: &Words, date: &str, short: bool) -> String {
    if let Ok(day) = date.parse::<jiff::civil::Date>() {
        return if short { words.short(day) } else { words.long(day) };
    }
    let month = date.split_once('-').and_then(|(y, m)| Some((y.parse().ok()?, m.parse().ok()?)));
    match month {
        Some((year, month @ 1..=12)) => words.month(year, month),
        _ => date.to_owned(),
    }
}

/// The entity of a country code, unless it is the entity itself.
fn country(site: &Site, code: &str, own: u32) -> Option<EntityLink> {
    let found = site.entities.iter().position(|e| {
        e.entity.kind == EntityKind::Place
            && e.entity.country.as_deref() == Some(code)
            && crate::knowledge::is_country(e.entity.id.as_str())
    });
    found.filter(|i| *i as u32 != own).map(|i| entity_by(site, i as u32))
}

fn coordinates(at: crate::model::Coordinates) -> String {
    let side = |value: f64, positive, negative| {
        format!("{:.2}° {}", value.abs(), if value < 0.0 { negative } else { positive })
    };
    format!("{}, {}", side(at.lat, "N", "S"), side(at.lon, "E", "W"))
}

fn years(site: &Site, index: u32) -> Vec<BarView> {
    let mut counts: std::collections::BTreeMap<i16, u32> = std::collections::BTreeMap::new();
    for link in &site.entities[index as usize].articles {
        if let Some(date) = site.articles[link.article as usize].article.date {
            *counts.entry(date.day.year()).or_default() += 1;
        }
    }
    let (Some(first), Some(last)) = (counts.keys().next().copied(), counts.keys().last().copied()) else {
        return Vec::new();
    };
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    (first..=last)
        .map(|year| {
            let count = counts.get(&year).copied().unwrap_or(0);
            BarView {
                title: year.to_string(),
                url: if count == 0 {
                    String::new()
                } else {
                    site.urls.link(&SitePath::new(&format!("/{year:04}/")))
                },
                count,
                percent: (count * 100).div_ceil(most),
            }
        })
        .collect()
}

/// Longest stretch of time that is drawn by month.
const MONTHS: usize = 60;

fn months(site: &Site, words: &Words, index: u32) -> Vec<BarView> {
    let month = |day: jiff::civil::Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let entry = &site.entities[index as usize];
    let (Some(first), Some(last)) = (entry.first_seen.map(month), entry.last_seen.map(month)) else {
        return Vec::new();
    };
    let length = usize::try_from(last - first + 1).unwrap_or(0);
    if !(2..=MONTHS).contains(&length) {
        return Vec::new();
    }
    let mut counts = vec![0_u32; length];
    for link in &entry.articles {
        let date = site.articles[link.article as usize].article.date;
        let at = date.and_then(|d| usize::try_from(month(d.day) - first).ok());
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    (first..)
        .zip(counts)
        .map(|(month, count)| BarView {
            title: words.month((month / 12) as i16, (month % 12) as i8 + 1),
            url: String::new(),
            count,
            percent: (count * 100).div_ceil(most),
        })
        .collect()
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
        entities: entry
            .entities
            .iter()
            .take(if number == 0 { 20 } else { 0 })
            .map(|(e, count)| EntityLink { count: *count as usize, ..entity_by(site, *e) })
            .collect(),
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
fn about_page(site: &Site, context: &mut Context, mut view: PageView, about: serde_json::Value) {
    view.json_ld = structured::collection(site, &view, about, context.get("items"));
    insert_page(site, context, view);
}

/// Finishes a page whose `items` are in the context.
fn list_page(site: &Site, context: &mut Context, mut view: PageView) {
    view.json_ld = structured::list(site, &view, context.get("items"));
    insert_page(site, context, view);
}

pub fn story(site: &Site, renderer: &Renderer, page: &Page, index: u32, context: &mut Context) -> String {
    let entry = &site.stories[index as usize];
    context.insert_value("items", items(renderer, entry.articles.iter().copied()));
    let group = GroupView {
        title: entry.story.title.clone(),
        slug: entry.story.slug.clone(),
        url: site.urls.link(&entry.path),
        description: entry.story.description.clone(),
        html: plain_html(site, renderer, &entry.story.prose, &entry.path, entry.story.path.as_ref()),
        articles: entry.articles.len(),
        entities: entry
            .entities
            .iter()
            .map(|(e, count)| EntityLink { count: *count as usize, ..entity_by(site, *e) })
            .collect(),
        ..GroupView::default()
    };
    let mut view = page_view(site, page, "story", &entry.story.title, &entry.story.description);
    view.breadcrumbs = vec![crumb(site, renderer, "stories", "/stories/")];
    if site.config.feeds.stories {
        view.feeds = feeds(site, &entry.path, &entry.story.title);
    }
    context.insert("story", &group);
    let about = serde_json::json!({
        "@type": "Thing", "name": group.title, "url": site.urls.absolute(&entry.path),
    });
    about_page(site, context, view, about);
    "story.html".to_owned()
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
