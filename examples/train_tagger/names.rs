//! The tables of known entities and hand-written lists enter; names with their kinds, and words with their lists leave.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use dateline::annotate::tagger::lexicon::{acronym, extend, kind, list};
use dateline::annotate::tagger::table::{hash, write};
use dateline::text::fold::fold;
use dateline::text::token::{TokenKind, tokenize};

/// The tables that are read, without their ending.
pub const TABLES: [&str; 5] =
    ["places-countries", "places-regions", "places-cities", "people-leaders", "organizations"];

/// Names with their kinds, and words with their lists.
#[derive(Default)]
pub struct Names {
    /// Name as written → bits of `lexicon::kind`.
    pub names: BTreeMap<String, u16>,
    /// Folded word → bits of `lexicon::list`.
    pub words: BTreeMap<String, u32>,
    heads: HashMap<String, u32>,
    firsts: HashMap<String, u32>,
    given: BTreeMap<String, u32>,
}

impl Names {
    fn name(&mut self, name: &str, bits: u16) {
        let name = name.trim();
        let name = name.strip_prefix("The ").or(name.strip_prefix("the ")).unwrap_or(name);
        let name = name.split(" (").next().unwrap_or(name);
        if name.chars().count() > 1 && name.chars().any(char::is_uppercase) {
            *self.names.entry(name.to_string()).or_default() |= bits;
        }
    }

    fn word(&mut self, word: &str, bits: u32) {
        if word.chars().count() > 1 {
            *self.words.entry(fold(word).into_owned()).or_default() |= bits;
        }
    }
}

/// Reads `places-*.tsv`, `people-*.tsv`, `organizations.tsv` of `knowledge`, without rows and files that may not be
/// shipped under the licence of the weights, and the lists (`*.txt`) of `lists`.
pub fn read(knowledge: &Path, lists: &Path) -> Names {
    let mut out = Names::default();
    for file in TABLES {
        let path = knowledge.join(format!("{file}.tsv"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for row in text.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let licence = cells.get(11).copied().unwrap_or("");
            if licence.contains("not stated") || licence.contains("facts only") || licence.contains("ODbL") {
                continue;
            }
            entity(&mut out, file, &cells);
        }
    }
    let heads: Vec<String> = out.heads.iter().filter(|(_, n)| **n >= 12).map(|(w, _)| w.clone()).collect();
    let firsts: Vec<String> = out.firsts.iter().filter(|(_, n)| **n >= 25).map(|(w, _)| w.clone()).collect();
    heads.iter().for_each(|w| out.word(w, list::ORG_HEAD));
    firsts.iter().for_each(|w| out.word(w, list::ORG_FIRST));
    let given: Vec<String> = out.given.iter().filter(|(_, n)| **n >= 2).map(|(w, _)| w.clone()).collect();
    given.iter().for_each(|w| out.word(w, list::GIVEN));
    by_hand(&mut out, lists);
    out
}

fn entity(out: &mut Names, file: &str, cells: &[&str]) {
    let cell = |at: usize| cells.get(at).copied().unwrap_or("");
    let weight: u64 = cell(9).parse().unwrap_or(0);
    let names: Vec<&str> =
        std::iter::once(cell(1)).chain(cell(3).split('|')).filter(|n| !n.is_empty()).collect();
    match file {
        "places-countries" => {
            names.iter().for_each(|n| out.name(n, kind::COUNTRY));
            for demonym in cell(14).split('|') {
                out.name(demonym, kind::DEMONYM);
                out.word(demonym, list::DEMONYM);
            }
            out.name(cell(15), kind::CITY);
        }
        "places-regions" => names.iter().for_each(|n| out.name(n, kind::REGION)),
        "places-cities" => names.iter().for_each(|n| out.name(n, kind::CITY)),
        "people-leaders" => {
            for name in names.iter().filter(|n| n.contains(' ')) {
                out.name(name, kind::PERSON);
                let parts: Vec<&str> = name.split(' ').collect();
                for given in &parts[..parts.len() - 1] {
                    let plain = given.chars().all(|c| c.is_alphabetic() || c == '-')
                        && given.chars().next().is_some_and(char::is_uppercase);
                    if plain && given.chars().count() > 2 && *given == parts[0] {
                        *out.given.entry(given.to_string()).or_default() += 1;
                    }
                }
            }
            out.word(cell(14), list::FAMILY);
            if weight >= 100 {
                out.name(cell(14), kind::SURNAME);
            }
        }
        _ => {
            let bits = match cell(14) {
                "igo" | "government" | "party" | "militant" => kind::POLITY,
                "company" | "brand" => kind::COMPANY,
                "club" => kind::CLUB,
                "media" => kind::MEDIA,
                _ => kind::BODY,
            };
            let common = if cell(15) == "1" { kind::COMMON } else { 0 };
            for name in &names {
                out.name(name, bits | common);
                let words: Vec<&str> = name.split(' ').collect();
                if words.len() > 1 {
                    *out.heads.entry(words[words.len() - 1].to_string()).or_default() += 1;
                    *out.firsts.entry(words[0].to_string()).or_default() += 1;
                }
            }
        }
    }
}

/// The lists by hand in `folder`, in order.
pub fn lists(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}

/// Lists by hand: a line `# kind` says what the lines up to the next one are; `|` separates names.
fn by_hand(out: &mut Names, folder: &Path) {
    for path in self::lists(folder) {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut now = "";
        for line in text.lines() {
            if let Some(header) = line.strip_prefix("# ") {
                now = header.trim();
                continue;
            }
            for name in line.split('|').map(str::trim).filter(|n| !n.is_empty()) {
                match now {
                    "given" => out.word(name, list::GIVEN),
                    "family" => out.word(name, list::FAMILY),
                    "demonym" => {
                        out.name(name, kind::DEMONYM);
                        out.word(name, list::DEMONYM);
                    }
                    "org-head" => out.word(name, list::ORG_HEAD),
                    "org-first" => out.word(name, list::ORG_FIRST),
                    "place-head" => out.word(name, list::PLACE_HEAD),
                    "region" => out.name(name, kind::REGION),
                    "city" => out.name(name, kind::CITY),
                    "person" => out.name(name, kind::PERSON),
                    "surname" => out.name(name, kind::SURNAME),
                    "polity" => out.name(name, kind::POLITY),
                    "company" => out.name(name, kind::COMPANY),
                    "club" => out.name(name, kind::CLUB),
                    "media" => out.name(name, kind::MEDIA),
                    "body" => out.name(name, kind::BODY),
                    "event" => out.name(name, kind::EVENT),
                    "thing" => out.name(name, kind::THING),
                    other => panic!("{}: unknown list `{other}`", path.display()),
                }
            }
        }
    }
}

/// Builds the table of names. Prefixes of longer names are entered too, so that a search can stop early.
pub fn table(names: &Names) -> Vec<u8> {
    let mut entries: BTreeMap<u64, u16> = BTreeMap::new();
    for (name, bits) in &names.names {
        let tokens = tokenize(name);
        let words: Vec<&str> = tokens.iter().map(|t| t.of(name)).collect();
        if words.is_empty() || words.len() > 8 || tokens.iter().all(|t| t.kind != TokenKind::Word) {
            continue;
        }
        let upper = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if words.len() == 1 && upper && words[0].chars().count() <= 5 {
            *entries.entry(acronym(hash(words[0].as_bytes()))).or_default() |= bits;
            continue;
        }
        let mut key = 0;
        for (at, word) in words.iter().enumerate() {
            key = extend(key, hash(fold(word).as_bytes()));
            *entries.entry(key).or_default() |= if at + 1 == words.len() { *bits } else { kind::PREFIX };
        }
    }
    println!("{} names, {} entries", names.names.len(), entries.len());
    let rows: Vec<(u64, Vec<u8>)> =
        entries.into_iter().map(|(key, bits)| (key, bits.to_le_bytes().to_vec())).collect();
    write(&rows, 15).expect("a table of names")
}
