//! How the site stands, as a page of its own in the look of the site: faults, what is held back and until when, what the
//! last rebuild did and why, all pages. In the preview only: nothing of a build knows it.

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;

use crate::{
    diagnostic::Diagnostic,
    model::{
        PageKind,
        site::{HeldWhy, Site},
    },
    pipeline::{Rebuilt, Why},
    render,
    serve::{live::drawing, shared::State, view::View},
};

/// Where it stands.
pub const PATH: &str = "/_dateline/";
const TEMPLATE: &str = include_str!("overview.html");

/// So many of each are listed.
const DIAGNOSTICS: usize = 200;
const FILES: usize = 200;
const PAGES: usize = 5000;

/// What the last rebuild did, whether its site is shown or not.
#[derive(Clone, Debug, Default)]
pub struct LastRebuild {
    pub time: Duration,
    pub laps: Vec<(&'static str, Duration)>,
    pub read: Vec<Rebuilt>,
    pub annotated: Vec<Rebuilt>,
}

#[derive(Serialize)]
struct Overview {
    faults: Vec<String>,
    diagnostics: Vec<String>,
    diagnostic_count: usize,
    held: Vec<Piece>,
    now: String,
    time: String,
    laps: Vec<Named>,
    rebuilt: Vec<Named>,
    rebuilt_count: usize,
    pages: Vec<Pages>,
    page_count: usize,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Piece {
    why: &'static str,
    when: String,
    title: String,
    path: String,
}

#[derive(Serialize)]
struct Named {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Pages {
    name: &'static str,
    count: usize,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    url: String,
    path: String,
}

#[derive(Serialize)]
struct Part {
    name: String,
    url: String,
}

/// The page, with part `part` (from 1) of the list of pages.
///
/// # Errors
/// When the site's own base template cannot be rendered.
pub fn overview(state: &State, view: &View, part: usize) -> Result<Vec<u8>, Diagnostic> {
    let (site, told) = (&view.built.site, &view.built.diagnostics);
    let last = &state.last;
    let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let files = || last.read.iter().chain(&last.annotated);
    let named = |file: &Rebuilt, annotated: bool| Named {
        name: file.path.to_string(),
        value: why(file.why, annotated),
    };
    let read = last.read.iter().map(|file| named(file, false));
    let rebuilt = read.chain(last.annotated.iter().map(|file| named(file, true)));
    let values = Overview {
        faults: state.faults.iter().map(drawing).collect(),
        diagnostics: told.iter().take(DIAGNOSTICS).map(drawing).collect(),
        diagnostic_count: told.len(),
        held: held(site),
        now: time(site, site.now),
        time: milliseconds(last.time),
        laps: last
            .laps
            .iter()
            .map(|(name, time)| Named { name: (*name).to_owned(), value: milliseconds(*time) })
            .collect(),
        rebuilt: rebuilt.take(FILES).collect(),
        rebuilt_count: files().count(),
        pages: pages(site, part),
        page_count: site.pages.len(),
        parts: parts(site),
    };
    let title = ("Preview", "How the site stands. Only the preview has this page; a build never does.");
    render::aside(
        site,
        &view.built.renderer,
        ("preview-overview.html", TEMPLATE),
        title,
        ("preview", &values),
    )
}

fn why(why: Why, annotated: bool) -> String {
    let text = match (why, annotated) {
        (Why::New, false) => "read for the first time",
        (Why::New, true) => "annotated for the first time",
        (Why::Edited, false) => "its text changed: read again",
        (Why::Edited, true) => "its text changed: annotated again",
        (Why::Gone, _) => "is gone",
        (Why::Registry, _) => "the registry says something else about names in it: annotated again",
        (Why::Settings, _) => "the settings of annotation changed: annotated again",
    };
    text.to_owned()
}

fn time(site: &Site, time: jiff::Timestamp) -> String {
    time.to_zoned(site.tz.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// What is due next first, then drafts, then what has expired.
fn held(site: &Site) -> Vec<Piece> {
    let mut held: Vec<_> = site.held.iter().collect();
    held.sort_by_key(|held| match held.why {
        HeldWhy::Future(at) => (0, Some(at)),
        HeldWhy::Draft => (1, None),
        HeldWhy::Expired(at) => (2, Some(at)),
    });
    let piece = |held: &&crate::model::site::Held| {
        let (why, when) = match held.why {
            HeldWhy::Draft => ("draft", String::new()),
            HeldWhy::Future(at) => ("comes out", time(site, at)),
            HeldWhy::Expired(at) => ("expired", time(site, at)),
        };
        Piece { why, when, title: held.article.title.clone(), path: held.article.path.to_string() }
    };
    held.iter().map(piece).collect()
}

/// Part of the list of pages, by kind.
fn pages(site: &Site, part: usize) -> Vec<Pages> {
    let mut groups: BTreeMap<&'static str, Vec<Link>> = BTreeMap::new();
    let first = part.saturating_sub(1).saturating_mul(PAGES);
    for page in site.pages.iter().skip(first).take(PAGES) {
        let name = match page.kind {
            PageKind::Article(_) => "Articles",
            PageKind::Edition(_) => "Editions",
            PageKind::Entity { .. } => "Entities",
            PageKind::Topic { .. } => "Topics",
            PageKind::Story { .. } => "Stories",
            PageKind::Section { .. } | PageKind::Source { .. } | PageKind::Author { .. } => {
                "Sections, sources, authors"
            }
            PageKind::TextPage(_) => "Text pages",
            PageKind::Redirect(_) => "Old addresses",
            PageKind::Feed { .. }
            | PageKind::Og(_)
            | PageKind::Sitemap(_)
            | PageKind::SitemapIndex
            | PageKind::Robots => "For programs",
            _ => "Home, archive and indexes",
        };
        let link = Link { url: site.urls.link(&page.path), path: page.path.as_str().to_owned() };
        groups.entry(name).or_default().push(link);
    }
    groups.into_iter().map(|(name, links)| Pages { name, count: links.len(), links }).collect()
}

/// Links to the parts of a long list.
fn parts(site: &Site) -> Vec<Part> {
    let count = site.pages.len().div_ceil(PAGES);
    let part = |part: usize| Part { name: format!("Part {part}"), url: format!("{PATH}?part={part}") };
    if count > 1 { (1..=count).map(part).collect() } else { Vec::new() }
}
