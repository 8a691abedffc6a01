//! Small articles of our own enter; whom their names lead to leaves. Each case is a name that could be several things.

mod linking {
    pub mod bodies;
    pub mod cases;
    pub mod governments;
    pub mod owners;
    pub mod sides;
}

use dateline::{
    annotate,
    model::{Annotation, Article, Entity, EntityKind, Evidence, Status, config::AnnotateConfig},
    parse::content::{self, Item},
    path::SourcePath,
};
use jiff::tz::TimeZone;

use crate::linking::{
    bodies::BODIES,
    cases::{CASES, Case},
    governments::GOVERNMENTS,
    owners::OWNERS,
    sides::{SIDES, STORIES},
};

fn article(day: &str, text: &str) -> Article {
    let path = SourcePath::new("content/test.md");
    let source = format!("---\ntitle: Test\ndate: {day}\n---\n\n{text}\n");
    match content::file(&path, source.as_bytes(), &TimeZone::UTC).0 {
        Item::Article(article) => (*article).clone(),
        _ => panic!("no article: {text}"),
    }
}

fn registry(yaml: &str) -> Vec<Entity> {
    if yaml.is_empty() {
        return Vec::new();
    }
    let path = SourcePath::new("content/entities.yaml");
    match content::file(&path, yaml.as_bytes(), &TimeZone::UTC) {
        (Item::Entities(rows), _) => rows.into_iter().map(|row| row.item).collect(),
        (_, faults) => panic!("no registry: {faults:?}"),
    }
}

fn annotated(case: &Case) -> (Article, Annotation) {
    let article = article(case.day, case.text);
    let lexicon = annotate::lexicon(&registry(case.registry), &[], &AnnotateConfig::default(), "en");
    let prepared = annotate::prepare(&article, &lexicon);
    let annotation = annotate::annotate(&article, &lexicon, prepared);
    (article, annotation)
}

/// The ids to which the mentions of a name lead, in order; `?` where it is held back, `adj` for a reference by an
/// adjective, `gov` by a capital that stands for its government,
/// `team` by a country for its team. Places where the name is no mention of its own are passed over.
fn found(article: &Article, annotation: &Annotation, name: &str) -> String {
    let all = annotation.mentions.iter().filter(|m| article.prose.slice(m.span) == name).map(|m| {
        match (&m.entity, m.status, &m.evidence) {
            (Some(id), _, Evidence::Demonym { .. }) => format!("adj:{id}"),
            (Some(id), _, Evidence::Government { .. }) => format!("gov:{id}"),
            (Some(id), _, Evidence::Team { .. }) => format!("team:{id}"),
            (Some(id), Status::Accepted, _) => id.to_string(),
            _ => "?".to_owned(),
        }
    });
    all.collect::<Vec<_>>().join(" ")
}

fn told(article: &Article, annotation: &Annotation) -> String {
    let lines = annotation.mentions.iter().map(|m| {
        let id = m.entity.as_ref().map_or("–", |id| id.as_str());
        format!(
            "  {:?} → {id} {} {:?} {:?} {:?}",
            article.prose.slice(m.span),
            m.confidence,
            m.kind,
            m.evidence,
            m.candidates
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn names_lead_to_whom_they_mean() {
    let mut wrong = Vec::new();
    for case in CASES.iter().chain(SIDES).chain(BODIES).chain(GOVERNMENTS).chain(OWNERS) {
        let (article, annotation) = annotated(case);
        for (name, expect) in case.expect {
            let found = found(&article, &annotation, name);
            // `-`: nothing published, whether it is held back or no mention at all.
            let fits = match *expect {
                "-" => found.split(' ').all(|id| matches!(id, "" | "?")),
                expect => expect.split('|').any(|e| e == found),
            };
            if !fits {
                wrong.push(format!(
                    "{}\n  {name}: `{found}`, expected `{expect}`\n{}",
                    case.text,
                    told(&article, &annotation)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n\n"));
}

/// A new name whose last noun says so is a law or an event, though the tagger takes it for a body.
#[test]
fn laws_and_events_are_no_bodies() {
    let lexicon = annotate::lexicon(&[], &[], &AnnotateConfig::default(), "en");
    for (text, kind) in [
        ("Congress renewed the Patriot Act. Critics said the Patriot Act went too far.", EntityKind::Law),
        ("The EU Treaty needs all 27 members. The EU Treaty failed in Dublin.", EntityKind::Law),
        ("Russia won the Fed Cup. Last year the Fed Cup went to France.", EntityKind::Event),
        (
            "On Friday the mockumentary Mister America had its first night. Critics liked Mister America.",
            EntityKind::Work,
        ),
        (
            "The army began Operation Iron Shield. It said Operation Iron Shield took a week.",
            EntityKind::Event,
        ),
        ("They met in the Quill Building. The Quill Building is old.", EntityKind::Place),
        ("The Harbour Council met. The Harbour Council rose at noon.", EntityKind::Organization),
    ] {
        let article = article("2008-05-05", text);
        let annotation = annotate::annotate(&article, &lexicon, annotate::prepare(&article, &lexicon));
        let kinds: Vec<EntityKind> = annotation.introduced.iter().map(|i| i.kind).collect();
        assert!(kinds.contains(&kind), "{text}: {kinds:?} {}", told(&article, &annotation));
    }
}

#[test]
fn the_story_tells_which_is_meant() {
    let lexicon = annotate::lexicon(&[], &[], &AnnotateConfig::default(), "en");
    for (story, text, name, expect) in STORIES {
        let mut article = article("2024-05-05", text);
        article.story = Some(story.to_owned()).filter(|s| !s.is_empty());
        let annotation = annotate::annotate(&article, &lexicon, annotate::prepare(&article, &lexicon));
        let found = found(&article, &annotation, name);
        assert_eq!(found, expect, "{story}: {}", told(&article, &annotation));
    }
}

/// A text that names `n` people in full and again by their family names.
fn crowd(n: usize) -> String {
    let mut text = String::new();
    for i in 0..n {
        let family: String = format!("{i:05}").bytes().map(|b| (b'a' + b - b'0') as char).collect();
        text.push_str(&format!("Mayor Ada Q{family} met Mayor Bo Q{family} in Paris. Q{family} left. "));
    }
    text
}

#[test]
fn thousands_of_names_take_linear_time() {
    let lexicon = annotate::lexicon(&[], &[], &AnnotateConfig::default(), "en");
    let time = |text: &str, least: usize| {
        let article = article("2024-01-01", text);
        let once = || {
            let start = std::time::Instant::now();
            let annotation = annotate::annotate(&article, &lexicon, annotate::prepare(&article, &lexicon));
            assert!(annotation.mentions.len() >= least, "{} of {least}", annotation.mentions.len());
            start.elapsed().as_secs_f64()
        };
        once().min(once())
    };
    time(&crowd(100), 300);
    // Four times the text: 4 when linear, 16 when quadratic.
    let (few, many) = (time(&crowd(1000), 3000), time(&crowd(4000), 12000));
    assert!(many < 10.0 * few, "{few:.3} s and {many:.3} s");
    // Bodies that many countries have, and capitals that may be governments.
    let bodies = |n: usize| {
        "Egypt voted. The Senate met in Congress. Paris will ban cars, and Moscow has refused. ".repeat(n)
    };
    let (few, many) = (time(&bodies(1000), 3000), time(&bodies(4000), 12000));
    assert!(many < 10.0 * few, "{few:.3} s and {many:.3} s");
}
