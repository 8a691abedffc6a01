//! The gold copy goes through the program as NIF and is scored as GERBIL scores annotators: what an independent parser
//! finds in the Turtle is compared with the gold by place and address. Weak matching (the places overlap), links into
//! the knowledge base only, all texts in one sum (micro).

use std::{collections::BTreeMap, path::Path};

use dateline::knowledge;
use serde_json::json;

use crate::{
    copy::{self, Link},
    desk::Desk,
    rdf,
};

/// Begin and end in code points, and the addresses that are right there.
type Gold = Vec<(usize, usize, Vec<String>)>;

/// The addresses of an entity: Wikidata's, or the page of the site.
fn addresses(slugs: &[String]) -> Vec<String> {
    let pack = knowledge::pack();
    let address = |slug: &String| match pack.by_slug(slug).and_then(|id| pack.wikidata(id)) {
        Some(number) => format!("http://www.wikidata.org/entity/Q{number}"),
        None => format!("https://example.org/news/entities/{slug}/"),
    };
    slugs.iter().map(address).collect()
}

#[test]
fn a_scorer_of_linkers_reads_the_same_score() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let texts = copy::read(&root).expect("sound gold copy");
    let mut gold: BTreeMap<&str, Gold> = BTreeMap::new();
    let mut corpus = String::new();
    for text in &texts {
        let prose = &text.article.prose.text;
        let points = |byte: u32| prose[..byte as usize].chars().count();
        let counts = |kind: &str| matches!(kind, "PER" | "LOC" | "ORG");
        let known = text.gold.iter().filter_map(|g| match &g.link {
            Link::Known(slugs) if counts(&g.kind) => {
                Some((points(g.span.start), points(g.span.end), addresses(slugs)))
            }
            _ => None,
        });
        gold.insert(text.name.as_str(), known.collect());
        let day = text.article.date.map(|d| d.day.to_string());
        let line = json!({ "id": text.name, "text": prose, "title": text.article.title, "date": day });
        corpus.push_str(&format!("{line}\n"));
    }
    let (turtle, faults, code) = Desk::new().run(&["--format", "nif", "-"], &corpus);
    assert_eq!((faults.as_str(), code), ("", 0));
    let graph = rdf::turtle(&turtle);
    let contexts =
        rdf::ask(&graph, "SELECT ?context ?text WHERE { ?context a nif:Context ; nif:isString ?text }");
    assert_eq!(contexts.len(), texts.len());
    let name_of: BTreeMap<&str, &str> = contexts
        .iter()
        .filter_map(|row| {
            let text = texts.iter().find(|t| t.article.prose.text == row[1])?;
            Some((row[0].as_str(), text.name.as_str()))
        })
        .collect();
    assert_eq!(name_of.len(), texts.len(), "every text stands in the Turtle as it was given");
    let links = rdf::ask(
        &graph,
        "SELECT ?context ?begin ?end ?who WHERE {
            ?phrase nif:referenceContext ?context ; nif:beginIndex ?begin ; nif:endIndex ?end ; itsrdf:taIdentRef ?who }",
    );
    let (mut right, mut found) = (0, 0);
    for row in &links {
        let place = |at: usize| row[at].parse::<usize>().expect("an offset");
        // Those of new entities have no place in the knowledge base.
        let known = row[3].starts_with("http://www.wikidata.org/entity/Q")
            || gold.values().flatten().any(|(_, _, all)| all.contains(&row[3]));
        found += usize::from(known);
        let hit = gold[name_of[row[0].as_str()]]
            .iter()
            .any(|(begin, end, all)| place(1) < *end && *begin < place(2) && all.contains(&row[3]));
        right += usize::from(known && hit);
    }
    let all: usize = gold.values().map(Vec::len).sum();
    let (precision, recall) = (100.0 * right as f64 / found as f64, 100.0 * right as f64 / all as f64);
    println!(
        "{right} right of {found} links, {all} in the gold: precision {precision:.1}, recall {recall:.1}"
    );
    assert!(precision >= 95.0 && recall >= 80.0, "precision {precision:.1}, recall {recall:.1}");
}
