//! Exported annotations, read by programs that are not ours: a schema for ninjs, RDF parsers and SPARQL for NIF and the
//! Web Annotation. SPARQL counts code points, so what it cuts out of the text must be what we say stands there.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

#[path = "../gold/copy.rs"]
mod copy;
mod corpus;
mod desk;
mod gerbil;
mod rdf;

use std::collections::{BTreeMap, BTreeSet};

use desk::{Desk, TEXTS};
use serde_json::Value;

/// What the plain JSON says of each text: the text, and its mentions.
fn plain(desk: &Desk) -> BTreeMap<String, (String, Vec<Value>)> {
    let out = desk.annotate("jsonl");
    out.lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).expect("JSON");
            let mentions = value["annotation"]["mentions"].as_array().expect("mentions").clone();
            let text = value["text"].as_str().expect("text").to_owned();
            (value["id"].as_str().expect("id").to_owned(), (text, mentions))
        })
        .collect()
}

fn cut(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn json_counts_code_points() {
    let desk = Desk::new();
    let mut names = Vec::new();
    for (text, mentions) in plain(&desk).values() {
        for mention in mentions {
            let at = |end: &str| mention["span"][end].as_u64().expect("an offset") as usize;
            names.push(cut(text, at("start"), at("end")));
        }
    }
    for name in ["Ana Velde", "Kuala Lumpur", "Yasmin Orlo", "Zoë Ōtani-Brück"] {
        assert!(names.iter().any(|n| n == name), "{name} in {names:?}");
    }
}

/// Adjectives are no names, and a capital that stands for its government has no identity as a place.
#[test]
fn references_stand_apart() {
    let desk = Desk::new();
    let text = "Washington accused Tehran of delay on Friday. French officials in Paris agreed.";
    let line = serde_json::json!({ "id": "x", "text": text, "date": "2025-07-10" }).to_string();
    let (out, _, _) = desk.run(&["--format", "jsonl", "-"], &line);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    let names = |key: &str| -> Vec<String> {
        let list = value["annotation"][key].as_array().expect("a list").iter();
        let at = |m: &Value, end: &str| m["span"][end].as_u64().expect("an offset") as usize;
        list.map(|m| cut(text, at(m, "start"), at(m, "end"))).collect()
    };
    assert_eq!(names("mentions"), ["Washington", "Tehran", "Paris"]);
    assert_eq!(names("references"), ["French"]);
    let (out, _, _) = desk.run(&["--format", "nif", "-"], &line);
    let asked = "SELECT ?anchor ?identity WHERE { ?phrase a nif:Phrase ; nif:anchorOf ?anchor .
        OPTIONAL { ?phrase itsrdf:taIdentRef ?identity } } ORDER BY ?anchor";
    let mut found: Vec<(bool, String)> =
        rdf::ask(&rdf::turtle(&out), asked).into_iter().map(|row| (row.len() == 2, row[0].clone())).collect();
    found.sort();
    let names = found.iter().map(|(known, anchor)| (*known, anchor.as_str())).collect::<Vec<_>>();
    assert_eq!(names, [(false, "Tehran"), (false, "Washington"), (true, "Paris")]);
}

#[test]
fn nif_is_read_and_asked() {
    let desk = Desk::new();
    let graph = rdf::turtle(&desk.annotate("nif"));
    // What stands between the offsets is what is said to stand there, and the text is as long as it is said to be.
    let wrong = rdf::ask(
        &graph,
        "SELECT ?phrase ?anchor WHERE {
            ?phrase nif:referenceContext ?context ; nif:anchorOf ?anchor ; nif:beginIndex ?b ; nif:endIndex ?e .
            ?context nif:isString ?text .
            BIND(xsd:integer(STR(?b)) AS ?begin) BIND(xsd:integer(STR(?e)) AS ?end)
            FILTER(SUBSTR(?text, ?begin + 1, ?end - ?begin) != ?anchor) }",
    );
    assert!(wrong.is_empty(), "{wrong:?}");
    let lengths = rdf::ask(
        &graph,
        "SELECT ?context WHERE {
            ?context a nif:Context , nif:RFC5147String ; nif:isString ?text ; nif:beginIndex ?b ; nif:endIndex ?e .
            FILTER(xsd:integer(STR(?e)) = STRLEN(?text) && xsd:integer(STR(?b)) = 0) }",
    );
    assert_eq!(lengths.len(), TEXTS.len());
    // Every phrase stands at the offsets of its address (RFC 5147).
    let addresses = rdf::ask(
        &graph,
        "SELECT ?phrase WHERE { ?phrase a nif:Phrase ; nif:beginIndex ?b ; nif:endIndex ?e .
            FILTER(!STRENDS(STR(?phrase), CONCAT('#char=', STR(?b), ',', STR(?e)))) }",
    );
    assert!(addresses.is_empty(), "{addresses:?}");
    let phrases =
        rdf::ask(&graph, "SELECT ?phrase ?anchor WHERE { ?phrase a nif:Phrase ; nif:anchorOf ?anchor }");
    let names: usize = plain(&desk).values().map(|(_, mentions)| mentions.len()).sum();
    assert_eq!(phrases.len(), names);
    // Linked are the accepted ones, each once; the registry's to its page, the built-in to Wikidata.
    let linked = rdf::ask(
        &graph,
        "SELECT ?anchor ?who ?sure WHERE {
            ?phrase nif:anchorOf ?anchor ; itsrdf:taIdentRef ?who ; nif:taIdentConf ?sure
            FILTER(?sure > 0.5 && ?sure <= 1) }",
    );
    let accepted = |m: &&Value| m["status"] == "accepted";
    let expect: usize =
        plain(&desk).values().map(|(_, mentions)| mentions.iter().filter(accepted).count()).sum();
    assert_eq!(linked.len(), expect);
    let who = |anchor: &str| linked.iter().find(|row| row[0] == anchor).map(|row| row[1].clone());
    assert_eq!(who("Ana Velde").as_deref(), Some("https://example.org/news/entities/ana-velde/"));
    let city = who("Kuala Lumpur").expect("linked");
    assert!(city.starts_with("http://www.wikidata.org/entity/Q"), "{city}");
}

#[test]
fn roles_say_on_which_day_they_were_held() {
    let out = Desk::new().annotate("jsonl");
    let roles: Vec<Value> = out
        .lines()
        .flat_map(|line| {
            let value: Value = serde_json::from_str(line).expect("JSON");
            value["annotation"]["roles"].as_array().expect("roles").clone()
        })
        .collect();
    assert!(!roles.is_empty() && roles.iter().all(|role| role["day"] == "2025-07-10"), "{roles:?}");
}

#[test]
fn web_annotations_are_read_and_asked() {
    let desk = Desk::new();
    let texts = plain(&desk);
    let pages = desk.annotate("webannotation");
    assert_eq!(pages.lines().count(), TEXTS.len());
    let graph = rdf::json_ld(&pages);
    let rows = rdf::ask(
        &graph,
        "SELECT ?source ?exact ?prefix ?suffix ?start ?end WHERE {
            ?annotation a oa:Annotation ; oa:hasTarget ?target ; oa:motivatedBy ?why .
            ?target oa:hasSource ?source ; oa:hasSelector ?quote , ?position .
            ?quote a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
            ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
            FILTER(?why IN (oa:identifying, oa:questioning)) }",
    );
    for row in &rows {
        let [source, exact, prefix, suffix, start, end] = row.as_slice() else { panic!("{row:?}") };
        let id = source.rsplit('/').next().unwrap_or_default();
        let (text, _) = &texts[id];
        let (start, end): (usize, usize) = (start.parse().expect("a number"), end.parse().expect("a number"));
        assert_eq!(cut(text, start, end), *exact);
        let before = prefix.chars().count();
        assert_eq!(cut(text, start - before, start), *prefix);
        assert_eq!(cut(text, end, end + suffix.chars().count()), *suffix);
        assert!(before == 32 || start == before, "{row:?}");
    }
    let names: usize = texts.values().map(|(_, mentions)| mentions.len()).sum();
    assert_eq!(rows.len(), names);
    let identified = rdf::ask(
        &graph,
        "SELECT ?exact ?who WHERE {
            ?annotation oa:motivatedBy oa:identifying ; oa:hasBody ?body ; oa:hasTarget/oa:hasSelector/oa:exact ?exact .
            ?body oa:hasPurpose oa:identifying ; oa:hasSource ?who }",
    );
    let expect = ["Ana Velde".to_owned(), "https://example.org/news/entities/ana-velde/".to_owned()];
    assert!(identified.contains(&expect.to_vec()), "{identified:?}");
    let topics = rdf::ask(
        &graph,
        "SELECT ?topic WHERE { ?annotation oa:motivatedBy oa:classifying ; oa:hasBody/oa:hasSource ?topic }",
    );
    assert!(
        topics.iter().any(|row| row[0].starts_with("http://cv.iptc.org/newscodes/mediatopic/")),
        "{topics:?}"
    );
    let sure = rdf::ask(
        &graph,
        "SELECT ?annotation WHERE { ?annotation itsrdf:taConfidence ?sure FILTER(?sure < 0 || ?sure > 1) }",
    );
    assert!(sure.is_empty(), "{sure:?}");
}

/// An article with all that a news item can carry.
const FULL: &str = "---
title: The fair opens
date: 2025-07-10T09:30:00+02:00
updated: 2025-07-11
embargo: 2125-01-01
expires: 2126-01-01
draft: true
source: Example Wire
authors: [Ada Example, Bo Example]
dateline: Oslo
summary: Peace talks at the fair.
topics: [peace negotiations]
---

The Ellery Fair opened in Oslo under the Harbour Act, said Ana Velde of the United Nations.
";

#[test]
fn news_items_keep_the_schema() {
    let text: Value = serde_json::from_str(include_str!("ninjs.json")).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&text).expect("a schema");
    let desk = Desk::new();
    let mut items = desk.annotate("ninjs");
    let put = |name: &str, text: &str| std::fs::write(desk.site().join(name), text).expect("written");
    put("content/entities/fair.md", "---\nname: Ellery Fair\nkind: event\ndescription: A fair\n---\n");
    put("content/entities/act.md", "---\nname: Harbour Act\nkind: law\ndescription: A law\n---\n");
    put("content/world/full.md", FULL);
    items.push_str(&desk.run(&["--format", "ninjs", "content/world/full.md"], "").0);
    items.push_str(&desk.run(&["--format", "ninjs", "content/local/2025-07-10-harbour-bridge.txt"], "").0);
    let items: Vec<Value> = items.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(items.len(), TEXTS.len() + 2);
    // Every property that the schema knows is written by one of them, and so held to it.
    let written: BTreeSet<&str> = items
        .iter()
        .flat_map(|item| item.as_object().expect("an object").keys().map(String::as_str))
        .collect();
    let known: BTreeSet<&str> =
        text["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
    assert_eq!(written, known);
    for item in &items {
        let faults: Vec<String> =
            schema.iter_errors(item).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:?} in {item}");
    }
    // The schema is one that can fail.
    for spoil in [
        ("uri", serde_json::json!("no uri")),
        ("pubStatus", serde_json::json!("maybe")),
        ("else", Value::Null),
    ] {
        let mut item = items[0].clone();
        item[spoil.0] = spoil.1;
        assert!(!schema.is_valid(&item), "{item}");
    }
    let talks = items.iter().find(|item| item["uri"] == "https://example.org/news/talks").expect("the item");
    assert_eq!(talks["contentCreated"], "2025-07-10T00:00:00+00:00");
    let named =
        |list: &str, name: &str| talks[list].as_array().is_some_and(|l| l.iter().any(|p| p["name"] == name));
    assert!(named("people", "Ana Velde") && named("places", "Kuala Lumpur"), "{talks}");
    assert!(talks["subjects"][0]["uri"].as_str().is_some_and(|uri| uri.contains("mediatopic")), "{talks}");
}

#[test]
fn a_text_that_is_not_english_says_so_everywhere() {
    let desk = Desk::new();
    for format in ["table", "jsonl", "json", "webannotation", "nif", "ninjs"] {
        let out = desk.annotate_one(format, "german");
        assert!(out.contains("not English (de): annotated by the registry only"), "{format}: {out}");
        assert!(out.contains("Ana Velde"), "{format}: the registry is used: {out}");
        assert!(!desk.annotate_one(format, "talks").contains("registry only"), "{format}");
    }
}
