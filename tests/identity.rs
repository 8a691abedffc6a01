//! Archives of small articles enter; which names became one entity, which stayed apart, and what was proposed, leaves.

use std::sync::Arc;

use dateline::{
    annotate,
    assemble::{self, When},
    model::{
        Evidence, Origin, Status,
        config::Config,
        site::{Content, Site},
    },
    parse::content::{self, Item},
    path::SourcePath,
};
use jiff::tz::TimeZone;

/// A site of articles given as slug, day and text, with a registry.
fn site(registry: &str, articles: &[(&str, &str, &str)]) -> Arc<Site> {
    let zone = TimeZone::UTC;
    let mut items = Vec::new();
    if !registry.is_empty() {
        items.push(content::file(&SourcePath::new("content/entities.yaml"), registry.as_bytes(), &zone).0);
    }
    for (slug, day, text) in articles {
        let source = format!("---\ntitle: {slug}\ndate: {day}\n---\n\n{text}\n");
        let path = SourcePath::new(&format!("content/{slug}.md"));
        items.push(content::file(&path, source.as_bytes(), &zone).0);
    }
    items.sort_by_key(|item| match item {
        Item::Article(article) => Some(article.path.clone()),
        _ => None,
    });
    let (content, faults): (Content, _) = content::collect(items.iter());
    assert!(faults.is_empty(), "{faults:?}");
    let config = Arc::new(Config { base_url: "https://example.org/".into(), ..Config::default() });
    let lexicon = annotate::lexicon(&content.entities, &[], &config.annotate, "en");
    let annotations: Vec<_> = content
        .articles
        .iter()
        .map(|article| Arc::new(annotate::annotate(article, &lexicon, annotate::prepare(article, &lexicon))))
        .collect();
    let now = "2025-07-15T12:00:00Z".parse().expect("a time");
    let when = When { now, tz: zone, drafts: false, future: true };
    assemble::assemble(&content, &annotations, &config, &when, &mut assemble::Memory::default()).0
}

/// The published ids of a name in an article, in order; `?` for what is held back.
fn ids(site: &Site, slug: &str, name: &str) -> String {
    let entry = site.articles.iter().find(|e| e.article.slug == slug).expect("an article");
    let of_name = entry
        .annotation
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| entry.article.prose.slice(m.span) == name);
    of_name
        .map(|(i, m)| match (&m.entity, m.status) {
            (Some(id), Status::Accepted) => {
                let published = entry
                    .mentions
                    .iter()
                    .any(|l| l.mention == i as u32 && site.entities[l.entity as usize].entity.id == *id);
                assert!(published, "{slug}: {name} leads to {id}, which has no page");
                id.to_string()
            }
            _ => "?".to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The oldest names her in full with her post, the others otherwise.
const PORT: [(&str, &str, &str); 4] = [
    (
        "ice",
        "2025-01-03",
        "Harbour Minister Sergei Quillfeather closed the port of Rotterdam on Friday. Quillfeather blamed the ice.",
    ),
    (
        "thaw",
        "2025-02-04",
        "Harbour Minister Sergey Quillfeather opened the port of Rotterdam. The ice had gone.",
    ),
    ("toll", "2025-03-05", "Harbour Minister Quillfeather raised the toll in Rotterdam. Ships paid it."),
    ("chess", "2025-04-06", "The chess prize went to Sergei Quillfeather. The game took nine hours."),
];

#[test]
fn one_person_in_many_spellings() {
    let site = site("", &PORT);
    assert_eq!(ids(&site, "ice", "Sergei Quillfeather"), "sergei-quillfeather");
    assert_eq!(ids(&site, "thaw", "Sergey Quillfeather"), "sergei-quillfeather");
    assert_eq!(ids(&site, "toll", "Quillfeather"), "sergei-quillfeather");
    assert_eq!(ids(&site, "chess", "Sergei Quillfeather"), "sergei-quillfeather");
    let toll = site.articles.iter().find(|e| e.article.slug == "toll").expect("an article");
    let evidence = |m: &&dateline::model::Mention| matches!(m.evidence, Evidence::Archive { articles: 3 });
    assert_eq!(toll.annotation.mentions.iter().filter(evidence).count(), 1, "{:?}", toll.annotation.mentions);
    let entity =
        site.entities.iter().find(|e| e.entity.id.as_str() == "sergei-quillfeather").expect("a page");
    assert_eq!(entity.entity.origin, Origin::Provisional);
    assert_eq!(entity.entity.aliases, ["Sergey Quillfeather"]);
    assert_eq!(entity.articles.len(), 4);
    let stranger = &site.strangers[0];
    assert_eq!(stranger.name, "Sergei Quillfeather");
    assert_eq!(stranger.articles.len(), 3, "the family name alone is no use of the full name");
    assert!(stranger.roles.iter().any(|(role, n)| role.ends_with("Minister") && *n == 2), "{stranger:?}");
}

#[test]
fn two_people_of_one_name_stay_apart() {
    let site = site(
        "",
        &[
            (
                "ice",
                "2025-01-03",
                "Harbour Minister Ada Quillfeather closed the port of Rotterdam. Quillfeather left.",
            ),
            (
                "goal",
                "2025-02-04",
                "Goalkeeper Ada Quillfeather saved two shots in Lisbon. Quillfeather is 19.",
            ),
            ("ice-two", "2025-02-05", "Harbour Minister Ada Quillfeather opened the port of Rotterdam."),
        ],
    );
    assert_eq!(ids(&site, "ice", "Ada Quillfeather"), "ada-quillfeather");
    assert_eq!(ids(&site, "ice-two", "Ada Quillfeather"), "ada-quillfeather");
    assert_eq!(ids(&site, "goal", "Ada Quillfeather"), "ada-quillfeather-2");
    assert_eq!(ids(&site, "goal", "Quillfeather"), "ada-quillfeather-2");
    let proposed: Vec<_> = site.merges.iter().map(|m| (m.keep.as_str(), m.other.as_str(), m.score)).collect();
    assert_eq!(proposed, [("ada-quillfeather", "ada-quillfeather-2", 40)]);
}

/// Another post without company in common is no other person, unless it is of another world or country.
#[test]
fn people_change_posts() {
    let of = |second: &str| {
        let texts = [
            ("ice", "2025-01-03", "Harbour Minister Ada Quillfeather closed the port of Rotterdam."),
            ("new", "2025-09-04", second),
        ];
        ids(&site("", &texts), "new", "Ada Quillfeather").to_owned()
    };
    assert_eq!(of("Senator Ada Quillfeather spoke on schools in Lisbon."), "ada-quillfeather");
    assert_eq!(of("Board chairwoman Ada Quillfeather spoke in Lisbon."), "ada-quillfeather");
    assert_eq!(of("Goalkeeper Ada Quillfeather saved two shots in Lisbon."), "ada-quillfeather-2");
}

#[test]
fn what_is_not_certain_is_proposed() {
    // The same but for the spelling, with neither post nor company in common.
    let site = site(
        "",
        &[
            ("ice", "2025-01-03", "Harbour Minister Sergei Quillfeather closed the port of Rotterdam."),
            ("goal", "2025-02-04", "Goalkeeper Sergey Quillfeather saved two shots in Lisbon."),
        ],
    );
    assert_eq!(ids(&site, "ice", "Sergei Quillfeather"), "sergei-quillfeather");
    assert_eq!(ids(&site, "goal", "Sergey Quillfeather"), "sergey-quillfeather");
    assert_eq!(site.merges.len(), 1, "{:?}", site.merges);
    assert_eq!(site.merges[0].keep.as_str(), "sergei-quillfeather");
    assert!(site.merges[0].score < 70, "{:?}", site.merges);
}

#[test]
fn a_registered_person_takes_other_spellings() {
    let registry = "- name: Serge Quillfeather\n  id: quillfeather\n  kind: person\n  description: Harbour minister of the Netherlands\n";
    let site = site(
        registry,
        &[(
            "thaw",
            "2025-02-04",
            "Harbour Minister Serge T. Quillfeather opened the port. Quillfeather smiled.",
        )],
    );
    assert_eq!(ids(&site, "thaw", "Serge T. Quillfeather"), "quillfeather");
    assert_eq!(ids(&site, "thaw", "Quillfeather"), "quillfeather");
    assert!(site.strangers.is_empty(), "{:?}", site.strangers);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let told = |site: &Site| format!("{:?} {:?}", site.strangers, site.merges);
    let forward = site("", &PORT);
    let mut turned = PORT;
    turned.reverse();
    assert_eq!(told(&forward), told(&site("", &turned)));
}

#[test]
fn a_large_archive_is_no_square() {
    // Every article introduces people of few family names; the time of eight times as many stays far from 64 times.
    let archive = |n: usize| -> Arc<Site> {
        let names = ["Quillfeather", "Mossbank", "Larkspur", "Thornquist", "Vellacott"];
        let given =
            |i: usize| format!("{}{}", ["Ada", "Bo", "Cyra", "Dov", "Esme"][i % 5], "lina".repeat(1 + i % 3));
        let texts: Vec<(String, String)> = (0..n)
            .map(|i| {
                let (family, given) = (names[i % 5], given(i / 5));
                (format!("a{i}"), format!("Mayor {given} {family} of town {i} spoke. {family} left."))
            })
            .collect();
        let articles: Vec<(&str, &str, &str)> =
            texts.iter().map(|(slug, text)| (slug.as_str(), "2025-01-03", text.as_str())).collect();
        site("", &articles)
    };
    let time = |n: usize| {
        let start = std::time::Instant::now();
        assert_eq!(archive(n).articles.len(), n);
        start.elapsed().as_secs_f64()
    };
    time(100);
    let (few, many) = (time(200), time(1600));
    assert!(many < 30.0 * few, "{few:.3} s for 200, {many:.3} s for 1,600 articles");
}
