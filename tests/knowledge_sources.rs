//! The embedded pack against the tables from which it was compiled. Passes when they are absent.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dateline::knowledge::load;
use dateline::knowledge::record::KnowledgeId;

const OPEN: [&str; 5] = [
    "places-countries.tsv",
    "places-regions.tsv",
    "places-cities.tsv",
    "people-leaders.tsv",
    "organizations.tsv",
];
const CLOSED: [&str; 4] =
    ["events.tsv", "people-leaders.by-sa.tsv", "places-cities.odbl.tsv", "places-regions.odbl.tsv"];

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/knowledge");
    let found = folder.is_dir().then_some(folder);
    if found.is_none() {
        println!("skipped: ../shared/data/knowledge is absent");
    }
    found
}

/// The rows of a table as maps from column to cell.
fn rows(folder: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let table = std::fs::read_to_string(folder.join(file)).expect(file);
    let mut lines = table.lines();
    let header: Vec<String> = lines.next().unwrap_or_default().split('\t').map(str::to_owned).collect();
    lines.map(|line| header.iter().cloned().zip(line.split('\t').map(str::to_owned)).collect()).collect()
}

fn is_closed(row: &BTreeMap<String, String>) -> bool {
    let licence = &row["licence"];
    licence.is_empty() || licence.contains("not stated") || licence.contains("facts only")
}

#[test]
fn every_wikidata_number_stands_in_the_tables_for_the_same_name() {
    let Some(folder) = folder() else { return };
    // Rows that mean the same as another are joined to it by hand.
    let joined: BTreeSet<&str> = include_str!("../examples/compile_knowledge/corrections.tsv")
        .lines()
        .filter_map(|line| Some(line.split_once("\tjoin\t")?.0))
        .collect();
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    for row in OPEN.iter().flat_map(|file| rows(&folder, file)).filter(|row| !is_closed(row)) {
        if joined.contains(row["id"].as_str()) {
            continue;
        }
        if let Ok(number) = row["wikidata"].trim_start_matches('Q').parse() {
            names.insert(number, row["name"].clone());
        }
    }
    let knowledge = load();
    let mut with_number = 0;
    for record in (0..knowledge.count()).filter_map(|id| knowledge.record(KnowledgeId(id))) {
        let Some(number) = record.wikidata else { continue };
        with_number += 1;
        let name =
            names.get(&number).unwrap_or_else(|| panic!("Q{number} of {} is in no table", record.name));
        assert!(
            record.name == name || record.aliases.contains(&name.as_str()),
            "Q{number}: {} / {name}",
            record.name
        );
    }
    assert_eq!(with_number, names.len(), "every number of an open row is in the pack, once");
}

#[test]
fn nothing_of_a_closed_row_is_in_the_pack() {
    let Some(folder) = folder() else { return };
    let open: Vec<_> = OPEN.iter().flat_map(|file| rows(&folder, file)).collect();
    let (shut, open): (Vec<_>, Vec<_>) = open.into_iter().partition(is_closed);
    assert_eq!(shut.len(), 17, "14 cabinet rows and 3 militant rows");
    let closed: Vec<_> = CLOSED.iter().flat_map(|file| rows(&folder, file)).chain(shut).collect();
    let numbers: BTreeSet<&str> = open.iter().map(|row| row["wikidata"].as_str()).collect();
    let slugs: BTreeSet<&str> = open.iter().map(|row| row["id"].as_str()).collect();
    let knowledge = load();
    for row in &closed {
        let number = row["wikidata"].as_str();
        if !numbers.contains(number) {
            let parsed = number.trim_start_matches('Q').parse().unwrap_or(0);
            assert_eq!(knowledge.by_wikidata(parsed), None, "{number} {}", row["name"]);
        }
        // The same person, place or body may stand in an open row as well, under another number or none.
        let found = knowledge.by_slug(&row["id"]).and_then(|id| knowledge.record(id));
        let own = found.as_ref().and_then(|record| record.wikidata).map(|number| format!("Q{number}"));
        let named = found.is_none_or(|record| {
            slugs.contains(record.slug.as_str())
                || open.iter().any(|other| other["name"].ends_with(record.name))
        });
        assert!(
            named && own.as_deref().is_none_or(|own| numbers.contains(own)),
            "{} {}",
            row["id"],
            row["name"]
        );
    }
}
