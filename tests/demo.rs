//! The demo archive of this repository → a site without a fault, as any reader, feed reader and search engine meets it.

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use dateline::{
    check,
    diagnostic::{Diagnostic, Severity},
    model::{Origin, Page, PageKind, page::FeedFormat, site::HeldWhy},
    pipeline::{self, Built, Memo, Options, Silent},
};
use html5gum::{Token, Tokenizer};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// Between the last piece that is published and the end of the embargo.
const NOW: &str = "2026-01-01T00:00:00Z";

/// Phrases of the draft and of the piece under embargo.
const HELD: [&str; 2] = ["vermilion ledger of unopened years", "an unfinished almanac of hinges"];

struct Demo {
    built: Built,
    pages: Vec<(Page, String)>,
}

static DEMO: LazyLock<Demo> = LazyLock::new(|| {
    let built = load(None);
    let render = |page: &Page| {
        let bytes = pipeline::render(&built, page).unwrap_or_else(|fault| panic!("{}", fault.message));
        (page.clone(), String::from_utf8(bytes).expect("pages are UTF-8"))
    };
    let pages = built.site.pages.par_iter().map(render).collect();
    Demo { built, pages }
});

fn load(base_url: Option<&str>) -> Built {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        base_url: base_url.map(str::to_owned),
        ..Options::new(root, NOW.parse().expect("a timestamp"))
    };
    match pipeline::load(&options, &Silent, Memo::default()) {
        Ok(built) => built,
        Err(pipeline::Error::Content(faults)) => panic!("{}", lines(&faults)),
        Err(error) => panic!("{error}"),
    }
}

fn lines(faults: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let place = d.place.as_ref().map_or(String::new(), |p| format!("{}:{} ", p.path, p.line));
        format!("{place}{:?} {} {}\n", d.severity, d.code, d.message)
    };
    faults.iter().filter(|d| d.severity != Severity::Note).map(line).collect()
}

fn faults(built: &Built) -> String {
    lines(&check::check(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &built.site,
        &built.renderer,
        &built.files,
        &built.diagnostics,
    ))
}

/// Pages that a person reads.
fn html() -> impl Iterator<Item = &'static (Page, String)> {
    let machine = |kind: &PageKind| {
        matches!(
            kind,
            PageKind::Feed { .. }
                | PageKind::Opml
                | PageKind::Sitemap(_)
                | PageKind::NewsSitemap
                | PageKind::SitemapIndex
                | PageKind::Robots
        )
    };
    DEMO.pages.iter().filter(move |(page, _)| !machine(&page.kind))
}

#[test]
fn there_is_nothing_to_complain_of() {
    assert_eq!(faults(&DEMO.built), "");
}

#[test]
fn nor_under_a_base_path() {
    assert_eq!(faults(&load(Some("https://dateline.example/repo/"))), "");
}

#[test]
fn what_is_held_back_occurs_nowhere() {
    let held = &DEMO.built.site.held;
    assert!(held.iter().any(|h| h.why == HeldWhy::Draft) && held.iter().any(|h| h.why != HeldWhy::Draft));
    for text in HELD {
        // A phrase that the sources do not hold either would prove nothing.
        let source = held.iter().any(|h| h.article.prose.text.to_lowercase().contains(text));
        assert!(source, "no piece that is held back says `{text}`");
    }
    for (page, text) in &DEMO.pages {
        for phrase in HELD {
            assert!(!text.to_lowercase().contains(phrase), "`{phrase}` stands in {}", page.path);
        }
        for held in held {
            assert!(!text.contains(&held.article.title), "`{}` stands in {}", held.article.title, page.path);
            assert!(
                !text.contains(&format!("/{}/", held.article.slug)),
                "{}: {}",
                page.path,
                held.article.slug
            );
        }
    }
}

#[test]
fn the_archive_is_large_and_rich_enough() {
    let site = &DEMO.built.site;
    let described = site.entities.iter().filter(|e| e.entity.origin == Origin::Registry);
    let described = described.filter(|e| !e.entity.description.is_empty()).count();
    let long = site.stories.iter().filter(|s| s.articles.len() >= 3).count();
    let wire = site.articles.iter().filter(|e| e.article.wire).count();
    let corrected = site.articles.iter().filter(|e| !e.article.corrections.is_empty()).count();
    let counts = [
        ("articles", site.articles.len(), 60),
        ("editions", site.editions.len(), 25),
        ("entities with a description", described, 60),
        ("stories of three parts", long, 2),
        ("pieces of raw copy", wire, 5),
        ("corrected pieces", corrected, 1),
    ];
    for (what, count, least) in counts {
        assert!(count >= least, "{count} {what}, not {least}");
    }
    let years: BTreeSet<i16> = site.editions.iter().map(|e| e.day.year()).collect();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), [1989, 1990, 1991]);
    let alone = site.articles.iter().filter(|e| e.entities.is_empty() || e.topics.is_empty());
    let alone: Vec<&str> = alone.map(|e| &*e.article.title).collect();
    assert!(alone.len() * 20 <= site.articles.len(), "without an entity or a topic: {alone:?}");
}

#[test]
fn feeds_parse() {
    let mut feeds = 0;
    let base = &DEMO.built.site.config.base_url;
    for (page, text) in &DEMO.pages {
        let PageKind::Feed { .. } = page.kind else { continue };
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{}: {e}", page.path));
        feeds += 1;
        assert!(feed.title.is_some() && !feed.entries.is_empty(), "{}", page.path);
        let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| &*entry.id).collect();
        assert_eq!(ids.len(), feed.entries.len(), "{}: an id twice", page.path);
        let times: Vec<_> = feed.entries.iter().map(|entry| entry.published.expect("a date")).collect();
        assert!(times.is_sorted_by(|a, b| a >= b), "{}: not the newest first", page.path);
        for entry in &feed.entries {
            let link = entry.links.first().expect("a link");
            assert!(link.href.starts_with(base), "{}: {}", page.path, link.href);
            assert!(entry.title.is_some(), "{}: {} has no title", page.path, entry.id);
            let body = entry.content.as_ref().and_then(|content| content.body.as_deref()).unwrap_or("");
            let relative = ["href=\"/", "src=\"/", "href=\"#"].iter().any(|start| body.contains(start));
            assert!(!relative, "{}: {} has an address without a host", page.path, entry.id);
        }
    }
    assert!(feeds >= 30, "only {feeds} feeds");
}

#[test]
fn search_engines_are_told_of_every_page_and_of_no_other() {
    let text = |path: &str| {
        let found = DEMO.pages.iter().find(|(page, _)| page.path.as_str() == path);
        &found.unwrap_or_else(|| panic!("{path} is not there")).1
    };
    let locations = |text: &'static str| {
        text.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap_or("").to_owned())
    };
    let base = DEMO.built.site.config.base_url.trim_end_matches('/');
    let robots = text("/robots.txt");
    assert!(robots.ends_with(&format!("\nSitemap: {base}/sitemap.xml\n")), "{robots}");
    let parts: Vec<String> = locations(text("/sitemap.xml")).collect();
    let mut listed = BTreeSet::new();
    for part in parts {
        let path = part.strip_prefix(base).expect("an address of the site");
        for location in locations(text(path)) {
            assert!(listed.insert(location.clone()), "{location} is listed twice");
        }
    }
    let wanted: BTreeSet<String> = html()
        .filter(|(page, text)| {
            !text.contains("<meta name=\"robots\" content=\"noindex\">")
                && !matches!(page.kind, PageKind::NotFound | PageKind::Redirect(_))
        })
        .map(|(page, _)| DEMO.built.site.urls.absolute(&page.path))
        .collect();
    let numbered = |address: &&String| !address.contains("/page/");
    let missing: Vec<&String> = wanted.difference(&listed).filter(numbered).collect();
    let extra: Vec<&String> = listed.difference(&wanted).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}\nextra {extra:?}");
}

#[test]
fn structured_data_is_json_and_says_what_the_page_says() {
    for (page, text) in html() {
        if matches!(page.kind, PageKind::Redirect(_)) {
            continue;
        }
        let mut found = 0;
        for part in text.split("<script type=\"application/ld+json\">").skip(1) {
            let json = part.split("</script>").next().unwrap_or("");
            let value: serde_json::Value =
                serde_json::from_str(json).unwrap_or_else(|e| panic!("{}: {e}: {json}", page.path));
            assert_eq!(value["@context"], "https://schema.org", "{}", page.path);
            found += 1;
            if let PageKind::Article(i) = page.kind {
                let article = &DEMO.built.site.articles[i as usize].article;
                let graph = value["@graph"].as_array().expect("a graph");
                let news = graph.iter().find(|node| node["@type"] == "NewsArticle");
                let value = news.unwrap_or_else(|| panic!("{}: no NewsArticle", page.path));
                assert_eq!(value["headline"], article.title.as_str(), "{}", page.path);
                let published = value["datePublished"].as_str().unwrap_or("");
                let day = article.date.expect("published").day.to_string();
                assert!(published.starts_with(&day), "{}: {published}", page.path);
            }
        }
        assert_eq!(found, 1, "{}", page.path);
    }
}

/// The vocabulary of schema.org, and what Google asks of breadcrumbs, by a validator that is not ours.
#[test]
fn structured_data_is_valid() {
    let google = schemaorg_rs::ProfileRegistry::with_google();
    let pages: Vec<&(Page, String)> = html().collect();
    let faults: Vec<String> = pages
        .par_iter()
        .flat_map_iter(|(page, text)| {
            let graph = schemaorg_rs::extract_all(text).expect("HTML");
            assert!(!graph.nodes.is_empty() || matches!(page.kind, PageKind::Redirect(_)), "{}", page.path);
            let vocabulary = schemaorg_rs::validation::validate(&graph);
            let mut faults: Vec<String> = vocabulary
                .errors()
                .chain(vocabulary.warnings())
                .map(|fault| format!("{}: {} {}", page.path, fault.path, fault.message))
                .collect();
            faults.extend(graph.warnings.iter().map(|warning| format!("{}: {warning:?}", page.path)));
            let rich = google.evaluate("google", &graph, &vocabulary.diagnostics).expect("a known profile");
            faults.extend(rich.type_results.iter().flat_map(|result| {
                // An article without a picture has none to give.
                let missing = result.required_missing.iter().filter(|name| *name != "image");
                missing.map(|name| format!("{}: {} has no {name}", page.path, result.schema_type))
            }));
            assert!(!text.contains("ClaimReview"), "{}: a review that nobody wrote", page.path);
            faults
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

/// RFC 5005: from the feed back over its archives, every entry is met.
#[test]
fn archives_of_feeds_hold_all_articles() {
    let read = |url: &str| {
        let path = url.strip_prefix(DEMO.built.site.config.base_url.trim_end_matches('/')).expect("ours");
        let found = DEMO.pages.iter().find(|(page, _)| page.path.as_str() == path);
        &found.unwrap_or_else(|| panic!("{path} is not there")).1
    };
    let mut next = Some(DEMO.built.site.urls.absolute(&dateline::path::SitePath::new("/atom.xml")));
    let mut seen = BTreeSet::new();
    let mut documents = 0;
    while let Some(url) = next {
        let feed = feed_rs::parser::parse(read(&url).as_bytes()).expect("a feed");
        documents += 1;
        seen.extend(feed.entries.iter().map(|entry| entry.id.clone()));
        let link =
            |rel: &str| feed.links.iter().find(|l| l.rel.as_deref() == Some(rel)).map(|l| l.href.clone());
        assert_eq!(link("self").as_deref(), Some(&*url));
        assert_eq!(link("current").is_some(), documents > 1, "{url}");
        next = link("prev-archive");
    }
    assert!(documents > 5);
    assert_eq!(seen.len(), DEMO.built.site.articles.len());
}

#[test]
fn every_feed_is_in_the_list_of_feeds() {
    let (_, list) = DEMO.pages.iter().find(|(page, _)| page.kind == PageKind::Opml).expect("a list");
    let listed: BTreeSet<&str> =
        list.split("xmlUrl=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let feeds: BTreeSet<String> = DEMO
        .pages
        .iter()
        .filter(|(page, _)| matches!(page.kind, PageKind::Feed { format: FeedFormat::Atom, archive: 0, .. }))
        .map(|(page, _)| DEMO.built.site.urls.absolute(&page.path))
        .collect();
    assert_eq!(listed.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), feeds);
}

#[test]
fn pages_are_well_made() {
    let mut titles: BTreeSet<String> = BTreeSet::new();
    for (page, text) in html() {
        assert!(text.starts_with("<!doctype html>"), "{}", page.path);
        let (mut headings, mut ids, mut last) = (0, BTreeSet::new(), 0);
        for token in Tokenizer::new(text.as_str()) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            let attribute = |key: &str| {
                tag.attributes.get(key.as_bytes()).map(|v| String::from_utf8_lossy(v).into_owned())
            };
            if let Some(id) = attribute("id") {
                assert!(ids.insert(id.clone()), "{}: the id `{id}` twice", page.path);
            }
            if name == "img" {
                assert!(attribute("alt").is_some(), "{}: an image without a text", page.path);
            }
            if let [b'h', level @ b'1'..=b'6'] = name.as_bytes() {
                let level = level - b'0';
                headings += u8::from(level == 1);
                assert!(level <= last + 1, "{}: a heading of level {level} after {last}", page.path);
                last = level;
            }
            let address = if name == "a" { None } else { attribute("src").or_else(|| attribute("href")) };
            let rel = attribute("rel").unwrap_or_default();
            if let Some(address) = address.filter(|_| rel != "canonical" && rel != "license") {
                assert!(!address.contains("://"), "{}: asks {address}", page.path);
            }
        }
        assert_eq!(headings, 1, "{}: main headings", page.path);
        let title = text.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        let title = title.unwrap_or_else(|| panic!("{}: no title", page.path));
        if matches!(
            page.kind,
            PageKind::Article(_) | PageKind::Edition(_) | PageKind::Year(_) | PageKind::Month(_)
        ) {
            assert!(titles.insert(title.to_owned()), "{}: the title `{title}` twice", page.path);
        }
    }
}
