//! How the site stands, as a page of its own in the look of the site: faults, what is held back and until when, what the
//! last rebuild did and why, all pages. In the preview only: nothing of a build knows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use serde::Serialize;

use crate::{
    diagnostic::Diagnostic,
    model::{
        Article, PageKind,
        site::{HeldWhy, Site},
    },
    path::SourcePath,
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
    /// How many pieces are not published.
    held: usize,
    timed: Vec<Piece>,
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
    // To the annotator a new file is one whose text it has not met.
    let new: BTreeSet<&SourcePath> =
        last.read.iter().filter(|file| file.why == Why::New).map(|file| &file.path).collect();
    let named = |file: &Rebuilt, annotated: bool| Named {
        name: file.path.to_string(),
        value: why(if new.contains(&file.path) { Why::New } else { file.why }, annotated),
    };
    let read = last.read.iter().map(|file| named(file, false));
    let rebuilt = read.chain(last.annotated.iter().map(|file| named(file, true)));
    let values = Overview {
        faults: state.faults.iter().map(drawing).collect(),
        diagnostics: told.iter().take(DIAGNOSTICS).map(drawing).collect(),
        diagnostic_count: told.len(),
        held: site.held.len(),
        timed: timed(site),
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

/// What is due next first, expiries of published pieces too; then drafts, then what has expired.
fn timed(site: &Site) -> Vec<Piece> {
    let held = site.held.iter().map(|held| {
        let (rank, why, at) = match held.why {
            HeldWhy::Future(at) => (0, "comes out", Some(at)),
            HeldWhy::Draft => (1, "draft", None),
            HeldWhy::Expired(at) => (2, "expired", Some(at)),
        };
        (rank, at, why, &held.article)
    });
    let goes = site.articles.iter().filter_map(|entry| {
        let at = entry.article.expires?.earliest(&site.tz);
        (at > site.now).then_some((0, Some(at), "expires", &entry.article))
    });
    let mut pieces: Vec<_> = held.chain(goes).collect();
    pieces.sort_by_key(|(rank, at, ..)| (*rank, *at));
    let piece = |(_, at, why, article): (u8, Option<jiff::Timestamp>, &'static str, &Arc<Article>)| {
        let when = at.map_or(String::new(), |at| time(site, at));
        Piece { why, when, title: article.title.clone(), path: article.path.to_string() }
    };
    pieces.into_iter().map(piece).collect()
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
