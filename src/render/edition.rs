//! The home page and the editions: the day's pieces in order of weight, and what is new.

use tera::{Context, Value};

use crate::{
    model::{
        EntityKind, Moment, Page,
        site::{Edition, Site},
    },
    path::SitePath,
    render::{
        Renderer,
        context::{date, entity_by, insert_page, link, minutes, opening, page_view},
        map, passages,
        pictures::{image, share},
        story, structured,
        views::{EditionView, EntityLink, LeadView, LinkView},
    },
};

/// Editions and articles that the home page lists below the latest edition.
const RECENT: usize = 12;

/// Length of the lead's beginning on the front of an edition, in bytes.
const OPENING: usize = 1600;

pub fn home(site: &Site, renderer: &Renderer, page: &Page, context: &mut Context) -> String {
    let mut view = page_view(site, page, "home", &site.config.title, &site.config.description);
    if let Some(edition) = site.editions.first() {
        edition_values(site, renderer, 0, context);
        if site.config.site_image.is_empty() {
            view.image = share(site, &edition.path, None, &site.config.title);
        }
    }
    let editions: Vec<LinkView> = site
        .editions
        .iter()
        .skip(1)
        .take(RECENT)
        .map(|e| link(site, &renderer.words.full(e.day), &e.path, e.articles.len()))
        .collect();
    context.insert("editions", &editions);
    let first = site.editions.first().map(|e| e.day);
    let latest: Vec<Value> = site
        .articles
        .iter()
        .enumerate()
        .filter(|(_, a)| a.article.date.map(|d| d.day) != first)
        .take(RECENT)
        .map(|(i, _)| renderer.items[i].clone())
        .collect();
    context.insert_value("latest", Value::from(latest));
    // The stories that moved last, first.
    let mut stories: Vec<_> = site.stories.iter().filter(|s| !s.articles.is_empty()).collect();
    stories.sort_by_key(|s| s.articles.last().copied());
    let stories: Vec<LinkView> =
        stories.iter().map(|s| link(site, &s.story.title, &s.path, s.articles.len())).collect();
    context.insert("stories", &stories);
    view.json_ld = structured::home(site, &view);
    insert_page(site, context, view);
    "home.html".to_owned()
}

pub fn edition(site: &Site, renderer: &Renderer, page: &Page, index: u32, context: &mut Context) -> String {
    let edition = &site.editions[index as usize];
    let title = format!("{} · {}", renderer.words.get("edition"), renderer.words.full(edition.day));
    let lead = edition.articles.first().map_or("", |a| site.articles[*a as usize].article.title.as_str());
    let mut view = page_view(site, page, "edition", &title, lead);
    view.image = share(site, &edition.path, None, lead);
    view.breadcrumbs = vec![
        link(site, renderer.words.get("archive"), &SitePath::new("/archive/"), 0),
        link(
            site,
            &edition.day.year().to_string(),
            &SitePath::new(&format!("/{:04}/", edition.day.year())),
            0,
        ),
        link(
            site,
            &renderer.words.month(edition.day.year(), edition.day.month()),
            &SitePath::new(&format!("/{:04}/{:02}/", edition.day.year(), edition.day.month())),
            0,
        ),
    ];
    edition_values(site, renderer, index, context);
    view.json_ld = structured::list(site, &view, context.get("items"));
    insert_page(site, context, view);
    "edition.html".to_owned()
}

/// `edition` and its `items`.
fn edition_values(site: &Site, renderer: &Renderer, index: u32, context: &mut Context) {
    let edition = &site.editions[index as usize];
    let near = |i: Option<u32>| {
        i.map(|i| {
            let e = &site.editions[i as usize];
            link(site, &renderer.words.full(e.day), &e.path, e.articles.len())
        })
    };
    let article_link = |i: u32, title: &str| link(site, title, &site.articles[i as usize].path, 0);
    let of = |kind: EntityKind| -> Vec<EntityLink> {
        edition
            .entities
            .iter()
            .filter(|(e, _)| site.entities[*e as usize].entity.kind == kind)
            .map(|(e, count)| EntityLink { count: *count as usize, ..entity_by(site, *e) })
            .collect()
    };
    let view = EditionView {
        date: date(site, &renderer.words, Moment::day(edition.day)),
        url: site.urls.link(&edition.path),
        number: edition.number,
        key_points: key_points(site, edition),
        people: of(EntityKind::Person),
        places: of(EntityKind::Place),
        organizations: of(EntityKind::Organization),
        topics: edition
            .topics
            .iter()
            .map(|(t, count)| {
                let topic = &site.topics[*t as usize];
                link(site, &topic.topic.label, &topic.path, *count as usize)
            })
            .collect(),
        new_entities: edition.new_entities.iter().map(|e| entity_by(site, *e)).collect(),
        moved: story::links(site, &edition.moved),
        begun: story::links(site, &edition.begun),
        map: map::map(site, &renderer.outlines, edition.entities.iter().copied()),
        corrections: edition
            .corrections
            .iter()
            .map(|a| article_link(*a, &site.articles[*a as usize].article.title))
            .collect(),
        previous: near(edition.previous),
        next: near(edition.next),
        minutes: minutes(edition.articles.iter().map(|a| site.articles[*a as usize].words).sum()),
        lead: edition.articles.first().map(|a| lead(site, renderer, *a)),
    };
    context.insert("edition", &view);
    let items: Vec<Value> = edition
        .articles
        .iter()
        .filter(|a| !repeats(site, edition, **a))
        .map(|i| renderer.items[*i as usize].clone())
        .collect();
    context.insert_value("items", Value::from(items));
}

fn lead(site: &Site, renderer: &Renderer, index: u32) -> LeadView {
    let entry = &site.articles[index as usize];
    let article = &entry.article;
    let (opening, more) = opening(&article.prose, OPENING);
    LeadView {
        standfirst: article.summary.clone().unwrap_or_default(),
        opening,
        more,
        image: article.image.as_ref().map(|i| image(site, renderer, &entry.path, i)),
    }
}

/// Whether another version of the piece speaks for it in this edition: of those of one day the latest.
fn repeats(site: &Site, edition: &Edition, index: u32) -> bool {
    let Some(group) = site.articles[index as usize].versions else { return false };
    let mut of_day = site.versions[group as usize].iter().filter(|a| edition.articles.contains(a));
    of_day.next_back() != Some(&index)
}

/// Key points with the sentence that each comes from; of versions of one piece those of the latest.
fn key_points(site: &Site, edition: &Edition) -> Vec<LinkView> {
    edition
        .key_points
        .iter()
        .filter(|point| !repeats(site, edition, point.article))
        .map(|point| {
            let entry = &site.articles[point.article as usize];
            let mut link = link(site, &point.text, &entry.path, 0);
            let points = passages::key_points(entry);
            let source = points.into_iter().find(|(text, _)| text.trim() == point.text.trim());
            if let Some((_, Some(passage))) = source {
                link.url = format!("{}#{}", link.url, passage.id);
            }
            link
        })
        .collect()
}
