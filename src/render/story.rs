//! The page of a story, the index of all, and a piece's other versions.

use tera::{Context, Value};

use crate::{
    model::{
        EntityKind, Moment, Page,
        site::{Entry, Site},
    },
    render::{
        Renderer,
        context::{date, entity_by, feeds, link, minutes, page_view, plain_html},
        graph,
        listing::{about_page, crumb, items},
        map, passages,
        views::{
            EntityLink, LinkView,
            stories::{ChangesView, RewordedView, SoFarView, SpanView, StoryView, VersionView},
        },
    },
    text::{changes::Change, sentence::sentences, token::tokenize},
};

/// Sentences of "the story so far" at most.
const SO_FAR: usize = 12;

pub fn story(site: &Site, renderer: &Renderer, page: &Page, index: u32, context: &mut Context) -> String {
    let entry = &site.stories[index as usize];
    context.insert_value("items", items(renderer, entry.articles.iter().copied()));
    let of = |kinds: &[EntityKind], limit: usize| -> Vec<EntityLink> {
        let wanted =
            entry.entities.iter().filter(|(e, _)| kinds.contains(&site.entities[*e as usize].entity.kind));
        wanted.take(limit).map(|(e, n)| EntityLink { count: *n as usize, ..entity_by(site, *e) }).collect()
    };
    let day = |a: Option<&u32>| {
        let moment = a.and_then(|a| site.articles[*a as usize].article.date)?;
        Some(date(site, &renderer.words, Moment::day(moment.day)))
    };
    let names: Vec<(u32, u32)> = entry.entities.iter().copied().take(graph::FEW).collect();
    let words = entry.articles.iter().map(|a| site.articles[*a as usize].words).sum();
    let view = StoryView {
        title: entry.story.title.clone(),
        slug: entry.story.slug.clone(),
        url: site.urls.link(&entry.path),
        description: entry.story.description.clone(),
        html: plain_html(site, renderer, &entry.story.prose, &entry.path, entry.story.path.as_ref()),
        found: entry.found,
        articles: entry.articles.len(),
        minutes: minutes(words),
        first: day(entry.articles.first()),
        last: day(entry.articles.last()),
        so_far: so_far(site, renderer, &entry.articles),
        entities: of(&EntityKind::ALL, 40),
        people: of(&[EntityKind::Person], 12),
        organizations: of(&[EntityKind::Organization], 10),
        places: of(&[EntityKind::Place], 12),
        map: map::map(site, &renderer.outlines, entry.entities.iter().copied()),
        graph: graph::graph(site, &names, entry.articles.iter().copied(), graph::SMALL),
    };
    let description = if view.description.is_empty() {
        view.so_far.first().map(|s| s.text.clone()).unwrap_or_default()
    } else {
        view.description.clone()
    };
    let mut head = page_view(site, page, "story", &entry.story.title, &description);
    head.breadcrumbs = vec![crumb(site, renderer, "stories", "/stories/")];
    if site.config.feeds.stories {
        head.feeds = feeds(site, &entry.path, &entry.story.title);
    }
    context.insert("story", &view);
    let about = serde_json::json!({
        "@type": "Thing", "name": view.title, "url": site.urls.absolute(&entry.path),
    });
    about_page(site, context, head, about);
    "story.html".to_owned()
}

/// The key sentence of each piece, oldest first; of a long story the first, the last and the weightiest.
fn so_far(site: &Site, renderer: &Renderer, articles: &[u32]) -> Vec<SoFarView> {
    let mut chosen: Vec<u32> = articles
        .iter()
        .copied()
        // Of versions the latest speaks for all.
        .filter(|a| later_version(site, *a).is_none())
        .collect();
    if chosen.len() > SO_FAR {
        let last = chosen.len() - 1;
        let score = |i: usize| crate::model::site::score(&site.articles[chosen[i] as usize]);
        let mut order: Vec<usize> = (1..last).collect();
        order.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
        let mut kept: Vec<usize> = order.into_iter().take(SO_FAR - 2).chain([0, last]).collect();
        kept.sort_unstable();
        chosen = kept.into_iter().map(|i| chosen[i]).collect();
    }
    chosen
        .into_iter()
        .filter_map(|a| {
            let entry = &site.articles[a as usize];
            let (text, passage) = passages::key_points(entry).into_iter().next()?;
            let url = site.urls.link(&entry.path);
            Some(SoFarView {
                text,
                url: passage.map_or(url.clone(), |p| format!("{url}#{}", p.id)),
                article: link(site, &entry.article.title, &entry.path, 0),
                source: source_name(site, entry),
                date: date(site, &renderer.words, Moment::day(entry.article.date?.day)),
            })
        })
        .collect()
}

fn source_name(site: &Site, entry: &Entry) -> String {
    entry.source.map(|s| site.sources[s as usize].value.name.clone()).unwrap_or_default()
}

/// The latest version of a piece, unless it is that itself.
pub fn later_version(site: &Site, index: u32) -> Option<u32> {
    let group = site.articles[index as usize].versions?;
    site.versions[group as usize].last().copied().filter(|last| *last != index)
}

/// `stories`: all stories, those that moved last first, each with its span on the axis of the whole archive.
pub fn index(site: &Site, renderer: &Renderer) -> Value {
    let day = |a: Option<&u32>| a.and_then(|a| site.articles[*a as usize].article.date).map(|d| d.day);
    let (Some(from), Some(to)) = (
        day(site.articles.len().checked_sub(1).map(|i| i as u32).as_ref()),
        day(Some(&0).filter(|_| !site.articles.is_empty())),
    ) else {
        return Value::from(Vec::<Value>::new());
    };
    let days =
        |a: jiff::civil::Date, b: jiff::civil::Date| b.since(a).map_or(0, |span| span.get_days()).max(0);
    let whole = f64::from(days(from, to).max(1));
    let mut order: Vec<usize> = (0..site.stories.len()).collect();
    order.sort_by_key(|i| (site.stories[*i].articles.last().copied().unwrap_or(u32::MAX), *i));
    let stories: Vec<SpanView> = order
        .into_iter()
        .map(|i| &site.stories[i])
        .map(|s| {
            let (first, last) = (day(s.articles.first()), day(s.articles.last()));
            let share =
                |a: Option<jiff::civil::Date>| a.map_or(0.0, |a| f64::from(days(from, a)) / whole * 100.0);
            let view = |d: Option<jiff::civil::Date>| d.map(|d| date(site, &renderer.words, Moment::day(d)));
            SpanView {
                title: s.story.title.clone(),
                url: site.urls.link(&s.path),
                description: s.story.description.clone(),
                count: s.articles.len(),
                found: s.found,
                first: view(first),
                last: view(last),
                start: share(first).floor() as u32,
                length: (share(last) - share(first)).ceil().max(1.0) as u32,
                latest: s.articles.last().map(|a| {
                    let entry = &site.articles[*a as usize];
                    link(site, &entry.article.title, &entry.path, 0)
                }),
            }
        })
        .collect();
    Value::from_serializable(&stories)
}

/// The other versions of an article, oldest first, and what changed to this one from the one before it.
pub fn versions(site: &Site, renderer: &Renderer, index: u32) -> (Vec<VersionView>, Option<ChangesView>) {
    let Some(group) = site.articles[index as usize].versions else { return (Vec::new(), None) };
    let group = &site.versions[group as usize];
    let at = group.iter().position(|a| *a == index).unwrap_or(0);
    let view = |(place, a): (usize, &u32)| {
        let entry = &site.articles[*a as usize];
        VersionView {
            article: link(site, &entry.article.title, &entry.path, 0),
            source: source_name(site, entry),
            date: entry.article.date.map(|d| date(site, &renderer.words, d)).unwrap_or_default(),
            later: place > at,
        }
    };
    let others = group.iter().enumerate().filter(|(place, _)| *place != at).map(view).collect();
    // Of a text that its source withholds nobody can say what changed.
    let whole = |a: u32| !site.articles[a as usize].withheld;
    let before = at.checked_sub(1).map(|i| group[i]).filter(|before| whole(*before) && whole(index));
    let changes = before.map(|before| changes(site, renderer, before, index));
    (others, changes)
}

fn changes(site: &Site, renderer: &Renderer, old: u32, new: u32) -> ChangesView {
    let (was, is) = (&site.articles[old as usize], &site.articles[new as usize]);
    let (old_sentences, new_sentences) = (cut(&was.article.prose.text), cut(&is.article.prose.text));
    let mut view = ChangesView {
        since: VersionView {
            article: link(site, &was.article.title, &was.path, 0),
            source: source_name(site, was),
            date: was.article.date.map(|d| date(site, &renderer.words, d)).unwrap_or_default(),
            later: false,
        },
        quotes: Vec::new(),
        figures: Vec::new(),
        reworded: Vec::new(),
        added: Vec::new(),
        dropped: Vec::new(),
    };
    let is_quote = |sentence: &str| sentence.contains(['“', '"', '«', '„']);
    for change in crate::text::changes::changes(&old_sentences, &new_sentences) {
        match change {
            Change::Added(i) if is_quote(new_sentences[i]) => view.quotes.push(new_sentences[i].to_owned()),
            Change::Added(i) => view.added.push(new_sentences[i].to_owned()),
            Change::Dropped(i) => view.dropped.push(old_sentences[i].to_owned()),
            Change::Reworded { old, new, figures } => {
                let both = RewordedView {
                    before: old_sentences[old].to_owned(),
                    now: new_sentences[new].to_owned(),
                };
                if figures { view.figures.push(both) } else { view.reworded.push(both) }
            }
        }
    }
    view
}

fn cut(text: &str) -> Vec<&str> {
    let tokens = tokenize(text);
    sentences(text, &tokens)
        .into_iter()
        .filter(|range| !range.is_empty())
        .map(|r| &text[tokens[r.start as usize].start as usize..tokens[r.end as usize - 1].end as usize])
        .collect()
}

/// Links to stories by index, with the number of their pieces.
pub fn links(site: &Site, stories: &[u32]) -> Vec<LinkView> {
    stories
        .iter()
        .map(|s| &site.stories[*s as usize])
        .map(|s| link(site, &s.story.title, &s.path, s.articles.len()))
        .collect()
}
