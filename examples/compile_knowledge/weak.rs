//! Rows go in; a judge of names leaves, which tells those that mean their row only in strong context.

use std::collections::{BTreeMap, BTreeSet};

use dateline::knowledge::fold::fold;
use dateline::knowledge::index::Via;
use dateline::knowledge::record::{Kind, SubKind};

use crate::rows::Row;

/// Words of which names are made that many bodies have: `Democratic Party`, `Ministry of Health`.
const GENERIC: &[&str] = &[
    "the",
    "of",
    "and",
    "for",
    "&",
    "government",
    "state",
    "federal",
    "national",
    "central",
    "royal",
    "public",
    "general",
    "regional",
    "local",
    "city",
    "county",
    "central",
    "university",
    "academy",
    "college",
    "school",
    "institute",
    "hospital",
    "party",
    "democratic",
    "labour",
    "labor",
    "liberal",
    "conservative",
    "republican",
    "socialist",
    "communist",
    "green",
    "people's",
    "people",
    "progressive",
    "christian",
    "union",
    "alliance",
    "ministry",
    "department",
    "agency",
    "office",
    "council",
    "commission",
    "committee",
    "authority",
    "court",
    "supreme",
    "bank",
    "board",
    "service",
    "services",
    "foreign",
    "affairs",
    "health",
    "education",
    "finance",
    "justice",
    "defence",
    "defense",
    "interior",
    "agriculture",
    "science",
    "sciences",
    "technology",
    "research",
    "environment",
    "transport",
    "labour",
    "energy",
    "culture",
    "medical",
    "technical",
    "society",
    "center",
];

/// What single words mean besides.
pub struct Weak<'a> {
    words: BTreeSet<&'a str>,
    /// First and last names of people, with how many have them.
    given: BTreeMap<String, u32>,
    surnames: BTreeMap<String, u32>,
    places: BTreeSet<String>,
}

/// Learns the names of people. `words` has one ordinary English word a line.
pub fn learn<'a>(rows: &[Row], words: &'a str) -> Weak<'a> {
    let (mut given, mut surnames) = (BTreeMap::new(), BTreeMap::new());
    for row in rows.iter().filter(|row| row.sub_kind == SubKind::Person) {
        let name = fold(&row.name);
        if let Some((first, _)) = name.split_once(' ') {
            *given.entry(first.to_owned()).or_insert(0) += 1;
        }
        *surnames.entry(fold(&row.surname)).or_insert(0) += 1;
    }
    let places =
        rows.iter().filter(|row| row.sub_kind.kind() == Kind::Place).map(|row| fold(&row.name)).collect();
    Weak { words: words.lines().filter(|line| !line.starts_with('#')).collect(), given, surnames, places }
}

impl Weak<'_> {
    /// Whether a word is the first name of two people or more.
    pub fn is_given(&self, key: &str) -> bool {
        count(&self.given, key) > 1
    }

    /// Whether this key of the row needs strong context: an ordinary word, a name of people, a title that many
    /// bodies share, or an abbreviation of a body that is little known.
    pub fn is_weak(&self, key: &str, via: Via, row: &Row) -> bool {
        let organization = row.sub_kind.kind() == Kind::Organization;
        if row.tier == 0
            || matches!(row.sub_kind, SubKind::Person | SubKind::Militant) && via != Via::Acronym
            || via == Via::Demonym
        {
            return false;
        }
        if via == Via::Acronym {
            return row.tier > 1;
        }
        let tokens: Vec<&str> = key.split(' ').collect();
        if let [first, _, ..] = tokens.as_slice() {
            // `The Day`, `A-State`: at the beginning of a sentence they are no names.
            let slight = tokens.len() == 2 && (*first == "the" || first.len() == 1) && row.tier > 1;
            return organization && (slight || tokens.iter().all(|word| GENERIC.contains(word)));
        }
        let own = key == fold(&row.name);
        let region = row.sub_kind.kind() == Kind::Place && row.sub_kind != SubKind::City && key.len() > 4;
        if own && row.common_word || self.words.contains(key) && !region || GENERIC.contains(&key) {
            return true;
        }
        let (given, surnames) = (count(&self.given, key), count(&self.surnames, key));
        match row.sub_kind.kind() {
            Kind::Place => {
                row.sub_kind == SubKind::City && row.importance < 500_000 && (given > 1 || surnames > 1)
            }
            _ if own => row.tier > 1 && (given > 1 || surnames > 1),
            _ => row.tier > 1 || given + surnames > 0 || self.places.contains(key),
        }
    }
}

fn count(names: &BTreeMap<String, u32>, key: &str) -> u32 {
    names.get(key).copied().unwrap_or(0)
}
