//! A–Z indexes, the archive and its calendar, redirects and the page for what is not found.

use std::collections::BTreeMap;

use tera::{Context, Value};

use crate::{
    model::{EntityKind, Moment, Page, PageKind, page::plural, site::Site},
    path::SitePath,
    render::{
        Renderer,
        context::{date, insert_page, link, page_view},
        graph, story,
        views::{BarView, CellView, LinkView, MonthView, PageView, YearView, figures::GraphView},
    },
    text::fold::fold,
};

/// The remaining pages: indexes, archive, redirects, not found.
pub fn index(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    kind: &PageKind,
    context: &mut Context,
) -> String {
    let words = &renderer.words;
    let simple = |kind, key: &str| page_view(site, page, kind, words.get(key), "");
    let (template, view): (&str, PageView) = match kind {
        PageKind::EntityIndex => {
            let kinds: Vec<LinkView> = EntityKind::ALL
                .iter()
                .map(|kind| (kind, site.entities.iter().filter(|e| e.entity.kind == *kind).count()))
                .filter(|(_, count)| *count > 0)
                .map(|(kind, count)| {
                    let path = SitePath::new(&format!("/entities/{}/", plural(*kind)));
                    link(site, words.get(plural(*kind)), &path, count)
                })
                .collect();
            context.insert("kinds", &kinds);
            context.insert_value("letters", letters(renderer, site, |_| true));
            ("entities.html", simple("entities", "entities"))
        }
        PageKind::KindIndex(kind) => {
            context.insert_value("letters", letters(renderer, site, |k| k == *kind));
            let mut view = simple("kind", plural(*kind));
            view.breadcrumbs = vec![link(site, words.get("entities"), &SitePath::new("/entities/"), 0)];
            ("kind.html", view)
        }
        PageKind::TopicIndex => {
            let roots: Vec<TopicNode> = site
                .topics
                .iter()
                .enumerate()
                .filter(|(_, t)| t.parent.is_none() && !t.articles.is_empty())
                .map(|(i, _)| topic_node(site, i as u32, 0))
                .collect();
            context.insert("roots", &roots);
            let entries = site
                .topics
                .iter()
                .enumerate()
                .filter(|(_, t)| !t.articles.is_empty())
                .map(|(i, t)| (t.topic.label.as_str(), renderer.topics[i].clone()));
            context.insert_value("letters", by_letter(entries));
            ("topics.html", simple("topics", "topics"))
        }
        PageKind::StoryIndex => {
            context.insert_value("stories", story::index(site, renderer));
            ("stories.html", simple("stories", "stories"))
        }
        PageKind::SectionIndex => {
            let groups = site
                .sections
                .iter()
                .map(|g| (g.value.title.as_str(), g.value.description.as_str(), &g.path, g.articles.len()));
            context.insert_value("groups", groups_value(site, groups));
            ("sections.html", simple("sections", "sections"))
        }
        PageKind::SourceIndex => {
            let groups = site
                .sources
                .iter()
                .map(|g| (g.value.name.as_str(), g.value.description.as_str(), &g.path, g.articles.len()));
            context.insert_value("groups", groups_value(site, groups));
            ("sources.html", simple("sources", "sources"))
        }
        PageKind::AuthorIndex => {
            let groups = site
                .authors
                .iter()
                .map(|g| (g.value.name.as_str(), g.value.description.as_str(), &g.path, g.articles.len()));
            context.insert_value("groups", groups_value(site, groups));
            ("authors.html", simple("authors", "authors"))
        }
        PageKind::Archive => {
            let years: Vec<YearView> =
                (0..site.years.len()).map(|i| year_view(site, renderer, i as u32)).collect();
            context.insert("years", &years);
            ("archive.html", simple("archive", "archive"))
        }
        PageKind::Year(i) => {
            let year = &site.years[*i as usize];
            context.insert("year", &year_view(site, renderer, *i));
            let months: Vec<MonthView> =
                year.months.iter().rev().map(|m| month_view(site, renderer, *m)).collect();
            context.insert("months", &months);
            // Years stand newest first.
            let near = |j: Option<usize>| {
                j.and_then(|j| site.years.get(j)).map(|y| link(site, &y.year.to_string(), &y.path, 0))
            };
            context.insert("newer", &near((*i as usize).checked_sub(1)));
            context.insert("older", &near(Some(*i as usize + 1)));
            let mut view = page_view(site, page, "year", &year.year.to_string(), "");
            view.breadcrumbs = vec![link(site, words.get("archive"), &SitePath::new("/archive/"), 0)];
            ("year.html", view)
        }
        PageKind::Month(i) => {
            let month = month_view(site, renderer, *i);
            let days: Vec<Value> = site.months[*i as usize]
                .editions
                .iter()
                .map(|e| {
                    let edition = &site.editions[*e as usize];
                    let mut map = tera::Map::default();
                    map.insert(
                        "date".into(),
                        Value::from_serializable(&date(site, words, Moment::day(edition.day))),
                    );
                    map.insert("url".into(), Value::from(site.urls.link(&edition.path)));
                    let items: Vec<Value> =
                        edition.articles.iter().map(|a| renderer.items[*a as usize].clone()).collect();
                    map.insert("items".into(), Value::from(items));
                    Value::from(map)
                })
                .collect();
            context.insert_value("days", Value::from(days));
            let mut view = page_view(site, page, "month", &month.title, "");
            view.breadcrumbs =
                vec![link(site, words.get("archive"), &SitePath::new("/archive/"), 0), month.year.clone()];
            context.insert("month", &month);
            ("month.html", view)
        }
        PageKind::Graph => {
            context.insert("graph", &archive_graph(site));
            ("graph.html", simple("graph", "graph"))
        }
        PageKind::Redirect(to) => {
            let to = SitePath::new(to);
            context.insert("target", &link(site, "", &to, 0));
            context.insert("target_absolute", &site.urls.absolute(&to));
            let view = page_view(site, page, "redirect", &site.config.title, "");
            ("redirect.html", view)
        }
        _ => ("404.html", simple("404", "not_found")),
    };
    insert_page(site, context, view);
    template.to_owned()
}

/// The names that most articles mention, and who stands with whom.
fn archive_graph(site: &Site) -> Option<Box<GraphView>> {
    let mut names: Vec<(u32, u32)> =
        site.entities.iter().enumerate().map(|(i, e)| (i as u32, e.articles.len() as u32)).collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    names.truncate(graph::MANY);
    graph::graph(site, &names, 0..site.articles.len() as u32, graph::LARGE)
}

/// An A–Z of the entities of some kinds; only those that are mentioned or registered stand in the site at all.
fn letters(renderer: &Renderer, site: &Site, wanted: impl Fn(EntityKind) -> bool) -> Value {
    let entries = site
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| wanted(e.entity.kind))
        .map(|(i, e)| (e.entity.name.as_str(), renderer.entities[i].clone()));
    by_letter(entries)
}

/// Groups by first letter, folded; figures and signs under `#`.
fn by_letter<'a>(entries: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (name, value) in entries {
        let first = fold(name).chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic());
        let letter = first.map_or("#".to_owned(), |c| c.to_uppercase().collect());
        groups.entry(letter).or_default().push(value);
    }
    let groups: Vec<Value> = groups
        .into_iter()
        .map(|(letter, entries)| {
            let mut map = tera::Map::default();
            map.insert("letter".into(), Value::from(letter));
            map.insert("entries".into(), Value::from(entries));
            Value::from(map)
        })
        .collect();
    Value::from(groups)
}

/// A topic with those below it.
#[derive(serde::Serialize)]
struct TopicNode {
    title: String,
    url: String,
    count: usize,
    children: Vec<TopicNode>,
}

fn topic_node(site: &Site, index: u32, depth: usize) -> TopicNode {
    let topic = &site.topics[index as usize];
    TopicNode {
        title: topic.topic.label.clone(),
        url: site.urls.link(&topic.path),
        count: topic.articles.len(),
        children: topic
            .children
            .iter()
            .filter(|c| depth < 8 && !site.topics[**c as usize].articles.is_empty())
            .map(|c| topic_node(site, *c, depth + 1))
            .collect(),
    }
}

fn groups_value<'a>(
    site: &Site,
    groups: impl Iterator<Item = (&'a str, &'a str, &'a SitePath, usize)>,
) -> Value {
    let groups: Vec<Value> = groups
        .map(|(title, description, path, count)| {
            let mut map = tera::Map::default();
            map.insert("title".into(), Value::from(title));
            map.insert("description".into(), Value::from(description));
            map.insert("url".into(), Value::from(site.urls.link(path)));
            map.insert("count".into(), Value::from(count));
            Value::from(map)
        })
        .collect();
    Value::from(groups)
}

fn year_view(site: &Site, renderer: &Renderer, index: u32) -> YearView {
    let year = &site.years[index as usize];
    let months: Vec<_> = year.months.iter().map(|m| &site.months[*m as usize]).collect();
    // One measure for all years, so that they can be compared.
    let most = site.months.iter().map(|m| m.articles).max().unwrap_or(1).max(1);
    YearView {
        year: year.year,
        url: site.urls.link(&year.path),
        articles: year.articles,
        months: (1..=12)
            .map(|month| {
                let title = renderer.words.months[month as usize - 1].clone();
                match months.iter().find(|m| m.month == month) {
                    Some(m) => BarView {
                        title,
                        url: site.urls.link(&m.path),
                        count: m.articles,
                        percent: (m.articles * 100).div_ceil(most),
                    },
                    None => BarView { title, url: String::new(), count: 0, percent: 0 },
                }
            })
            .collect(),
    }
}

fn month_view(site: &Site, renderer: &Renderer, index: u32) -> MonthView {
    let month = &site.months[index as usize];
    let first = jiff::civil::date(month.year, month.month, 1);
    let by_day: BTreeMap<i8, _> = month
        .editions
        .iter()
        .map(|e| &site.editions[*e as usize])
        .map(|e| (e.day.day(), (site.urls.link(&e.path), e.articles.len())))
        .collect();
    let of_year = site.editions.iter().filter(|e| e.day.year() == month.year);
    let most = of_year.map(|e| e.articles.len()).max().unwrap_or(0).max(4);
    let mut cells: Vec<CellView> =
        vec![CellView::default(); first.weekday().to_monday_zero_offset() as usize];
    for day in 1..=first.days_in_month() {
        cells.push(match by_day.get(&day) {
            Some((url, count)) => CellView {
                day,
                url: url.clone(),
                count: *count,
                heat: (count * 4).div_ceil(most).min(4) as u8,
            },
            None => CellView { day, ..CellView::default() },
        });
    }
    cells.resize(cells.len().div_ceil(7) * 7, CellView::default());
    let name = |m: &crate::model::site::MonthEntry| renderer.words.month(m.year, m.month);
    let near =
        |i: Option<usize>| i.and_then(|i| site.months.get(i)).map(|m| link(site, &name(m), &m.path, 0));
    MonthView {
        title: name(month),
        url: site.urls.link(&month.path),
        articles: month.articles,
        year: link(site, &month.year.to_string(), &SitePath::new(&format!("/{:04}/", month.year)), 0),
        weeks: cells.chunks(7).map(<[CellView]>::to_vec).collect(),
        // Months stand newest first.
        previous: near(Some(index as usize + 1)),
        next: near((index as usize).checked_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::views::LetterView;

    /// Keeps the documented view in step with what `by_letter` writes.
    #[test]
    fn letters_match_their_view() {
        let value = by_letter([("Äpfel", Value::from(1)), ("9/11", Value::from(2))].into_iter());
        let view = Value::from_serializable(&vec![
            LetterView { letter: "#".to_owned(), entries: vec![2] },
            LetterView { letter: "A".to_owned(), entries: vec![1] },
        ]);
        assert_eq!(value, view);
    }
}
