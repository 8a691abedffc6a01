//! The seed sample → the annotated page that the project began with, on a site with an empty registry.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, path::PathBuf, sync::LazyLock};

use dateline::{
    annotate, check,
    diagnostic::Severity,
    model::{EntityKind, Origin, PageKind, Quote, Speaker, config::Config, site::Entry},
    parse::wire::{print, wire},
    path::SourcePath,
    pipeline::{self, Built, Memo, Options, Silent},
};
use jiff::tz::TimeZone;

const NOW: &str = "2025-07-11T12:00:00Z";

/// The site and its one article, or `None` where the samples are not at hand.
static SEED: LazyLock<Option<(String, Built)>> = LazyLock::new(|| {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/rubio-lavrov.txt");
    let Ok(text) = fs::read_to_string(sample) else {
        println!("skipped: ../shared/samples/rubio-lavrov.txt is not there");
        return None;
    };
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(root.path().join("content")).expect("made");
    fs::write(root.path().join("content/rubio-lavrov.txt"), &text).expect("written");
    fs::write(root.path().join("dateline.yaml"), "title: Test\nbase_url: https://example.org/\n")
        .expect("written");
    let options = Options::new(root.path(), NOW.parse().expect("a timestamp"));
    let built = pipeline::load(&options, &Silent, Memo::default()).expect("the site loads");
    Some((text, built))
});

fn article(built: &Built) -> &Entry {
    assert_eq!(built.site.articles.len(), 1);
    &built.site.articles[0]
}

/// The name of the entity that a mention leads to, with its kind.
fn linked(built: &Built) -> Vec<(&str, EntityKind, Origin)> {
    let entities = article(built).mentions.iter().map(|m| &built.site.entities[m.entity as usize].entity);
    let mut names: Vec<_> = entities.map(|e| (&*e.name, e.kind, e.origin)).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn the_copy_is_read() {
    let Some((text, built)) = &*SEED else { return };
    let article = &article(built).article;
    assert_eq!(article.title, "Rubio Says U.S. And Russia Have Exchanged New Ideas For Ukraine Peace Talks");
    let date = article.date.expect("a date");
    assert_eq!((date.day.to_string().as_str(), date.time), ("2025-07-10", None));
    assert_eq!(article.source.as_deref(), Some("ETV Bharat"));
    assert_eq!(article.section.as_deref(), Some("international"));
    assert_eq!(article.dateline.as_deref(), Some("Kuala Lumpur"));
    let copy = wire(&SourcePath::new("content/rubio-lavrov.txt"), text, &TimeZone::UTC);
    assert_eq!(print(&copy.pieces, text), *text);
    let faults = check::check(
        std::path::Path::new("."),
        &built.site,
        &built.renderer,
        &built.files,
        &built.diagnostics,
    );
    let told: Vec<_> = faults.iter().filter(|d| d.severity != Severity::Note).map(|d| &d.message).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn names_lead_somewhere_and_to_the_right_page() {
    let Some((_, built)) = &*SEED else { return };
    let names = linked(built);
    let check = |name: &str, kind: EntityKind| {
        assert!(names.iter().any(|(n, k, _)| *n == name && *k == kind), "{name} is not linked: {names:?}");
        let entry = built.site.entities.iter().find(|e| e.entity.name == name).expect("an entry");
        let page = built.site.pages.iter().find(|page| page.path == entry.path).expect("a page");
        let html = String::from_utf8(pipeline::render(built, page).expect("rendered")).expect("UTF-8");
        assert!(html.contains(name) && html.contains("/2025/07/10/rubio-lavrov/"), "{name}");
        assert_eq!(html.contains("noindex"), entry.entity.origin == Origin::Provisional, "{name}");
    };
    for person in ["Marco Rubio", "Sergey Lavrov", "Donald Trump", "Vladimir Putin"] {
        check(person, EntityKind::Person);
    }
    let places = [
        "Malaysia",
        "Kuala Lumpur",
        "Ukraine",
        "Russia",
        "Iran",
        "Syria",
        "Riyadh",
        "Saudi Arabia",
        "China",
        "Japan",
        "South Korea",
        "Moscow",
    ];
    for place in places {
        check(place, EntityKind::Place);
    }
    // By its acronym or by its full name, as the knowledge has it.
    let asean = ["ASEAN", "Association of Southeast Asian Nations"];
    assert!(names.iter().any(|(name, _, _)| asean.contains(name)), "{names:?}");
    let prose = &article(built).article.prose;
    for mention in article(built).mentions.iter() {
        let found = &article(built).annotation.mentions[mention.mention as usize];
        let text = prose.slice(found.span);
        assert!(!["Thursday", "Monday", "Wednesday", "Aug", "Both"].contains(&text), "`{text}` is linked");
    }
}

#[test]
fn a_surname_is_the_person_named_before() {
    let Some((_, built)) = &*SEED else { return };
    let entry = article(built);
    let of = |text: &str| {
        let prose = &entry.article.prose;
        let found = entry.annotation.mentions.iter().filter(move |m| prose.slice(m.span) == text);
        found.map(|m| m.entity.as_ref().map(|id| id.as_str().to_owned())).collect::<Vec<_>>()
    };
    let full = of("Marco Rubio");
    assert_eq!(full.len(), 1);
    let short = of("Rubio");
    assert!(short.len() >= 5 && short.iter().all(|id| *id == full[0]), "{short:?}");
}

#[test]
fn topics_say_what_it_is_about() {
    let Some((_, built)) = &*SEED else { return };
    let labels: Vec<&str> =
        article(built).topics.iter().map(|t| &*built.site.topics[*t as usize].topic.label).collect();
    assert!((1..=5).contains(&labels.len()), "{labels:?}");
    for wanted in ["diplomacy", "international relations", "peace talks", "tariff"] {
        assert!(labels.contains(&wanted), "{wanted} is not among {labels:?}");
    }
    for general in ["government", "heads of state", "politics"] {
        assert!(!labels.contains(&general), "{general} is among {labels:?}");
    }
}

#[test]
fn quotes_have_their_speakers() {
    let Some((_, built)) = &*SEED else { return };
    let entry = article(built);
    let prose = &entry.article.prose;
    let who = |quote: &Quote| match &quote.speaker {
        Speaker::Entity { id, .. } => id.as_str().to_owned(),
        Speaker::Described { span } => prose.slice(*span).to_owned(),
        Speaker::Unknown => String::new(),
    };
    let check = |start: &str, speaker: &str| {
        let found = entry.annotation.quotes.iter().find(|q| prose.slice(q.span).starts_with(start));
        let found = found.unwrap_or_else(|| panic!("no quote `{start}`"));
        assert!(who(found).to_lowercase().contains(speaker), "`{start}` by `{}`", who(found));
    };
    check("I think it's a new", "marco-rubio");
    check("I wouldn't characterize", "marco-rubio");
    check("We need to see a roadmap", "marco-rubio");
    check("Both countries reaffirmed", "statement");
    check("These letters that are going out", "marco-rubio");
    check("When I hear in the news", "marco-rubio");
    check("These are relationships and partnerships", "marco-rubio");
    let page = built.site.pages.iter().find(|page| match page.kind {
        PageKind::Entity { entity, number: 0 } => {
            built.site.entities[entity as usize].entity.name == "Marco Rubio"
        }
        _ => false,
    });
    let html = pipeline::render(built, page.expect("a page")).expect("rendered");
    assert!(String::from_utf8_lossy(&html).contains("a new and a different approach"));
}

#[test]
fn another_run_says_the_same() {
    let Some((_, built)) = &*SEED else { return };
    let lexicon = annotate::lexicon(&[], &[], &Config::default().annotate, "en");
    let found = article(built);
    let prepared = annotate::prepare(&found.article, &lexicon);
    assert_eq!(annotate::annotate(&found.article, &lexicon, prepared), *found.annotation);
}
