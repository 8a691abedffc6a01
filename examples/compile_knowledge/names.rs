//! A row goes in; the keys under which the name index knows it leave, each with the way that it leads there.

use std::collections::{BTreeMap, BTreeSet};

use dateline::knowledge::fold::fold;
use dateline::knowledge::index::{Via, key_byte};
use dateline::knowledge::record::{Kind, SubKind};

use crate::rows::Row;
use crate::weak::Weak;

/// Companies are also known without these.
const LEGAL: [&str; 16] = [
    " inc",
    " inc.",
    ", inc.",
    " corporation",
    " corp",
    " corp.",
    " ltd",
    " ltd.",
    " limited",
    " plc",
    " co.",
    " company",
    " s.a.",
    " ag",
    " gmbh",
    " & co.",
];

/// Given names with several usual Latin spellings in Russian, Ukrainian and Belarusian names.
const GIVEN: [&[&str]; 14] = [
    &["sergey", "sergei", "serge"],
    &["andrey", "andrei"],
    &["alexey", "alexei", "aleksey", "aleksei"],
    &["alexander", "aleksandr", "alexandr"],
    &["dmitry", "dmitri", "dmitriy", "dmitrii"],
    &["yury", "yuri", "yuriy", "iurii"],
    &["nikolay", "nikolai"],
    &["vitaly", "vitali", "vitaliy", "vitalii"],
    &["valery", "valeri", "valeriy"],
    &["anatoly", "anatoli", "anatoliy", "anatolii"],
    &["gennady", "gennadi", "gennadiy", "gennadii"],
    &["vasily", "vasili", "vasiliy"],
    &["volodymyr", "volodimir"],
    &["mikhail", "mihail"],
];

/// The keys of a row, each once, with the best way and whether it needs strong context.
pub fn keys(row: &Row, weak: &Weak) -> BTreeMap<String, (bool, Via)> {
    let mut keys = BTreeMap::new();
    let mut add = |name: &str, via: Via| {
        let Some(key) = key(name) else { return };
        let via = if via != Via::Demonym && is_acronym(name, row) { Via::Acronym } else { via };
        if via == Via::Acronym && key.len() < 3 && row.tier > 1 {
            return;
        }
        let given = weak.is_given(&key) || fold(&row.name).starts_with(&format!("{key} "));
        if row.sub_kind == SubKind::Person && given && row.name.contains(' ') {
            // A given name alone means nobody.
            return;
        }
        let found = (weak.is_weak(&key, via, row), via);
        let best = keys.entry(key).or_insert(found);
        *best = (*best).min(found);
    };
    add(&row.name, Via::Name);
    for variant in variants(&row.name, row) {
        add(&variant, Via::Alias);
    }
    for alias in &row.aliases {
        add(alias, Via::Alias);
        for variant in variants(alias, row) {
            add(&variant, Via::Alias);
        }
    }
    for demonym in &row.demonyms {
        add(demonym, Via::Demonym);
    }
    keys
}

/// The keys of a person in the index of surnames.
pub fn surname_keys(row: &Row) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = endings(&row.surname, row).iter().filter_map(|name| key(name)).collect();
    keys.extend(key(&row.surname));
    keys
}

/// A name as the index writes it: folded, with a space for a hyphen, without full stops and commas.
fn key(name: &str) -> Option<String> {
    let bytes: Vec<u8> = fold(name).bytes().filter_map(key_byte).collect();
    let text = String::from_utf8(bytes).ok()?;
    let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = key.chars().count() > 1 && key.len() <= 96 && key.chars().any(char::is_alphabetic);
    fits.then_some(key)
}

/// One word in capitals. The longer short names of international bodies are also written like words (`Nato`).
fn is_acronym(name: &str, row: &Row) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = !name.contains(' ') && letters > 0 && !name.chars().any(char::is_lowercase);
    capitals && !(row.sub_kind == SubKind::International && letters > 3)
}

/// Other spellings of a name, by rule.
fn variants(name: &str, row: &Row) -> Vec<String> {
    let folded = fold(name);
    let mut all = Vec::new();
    if let Some((before, _)) = name.split_once(" (").filter(|_| row.sub_kind != SubKind::Militant) {
        all.push(before.to_owned());
    }
    if folded.contains(" & ") {
        all.push(name.replace(" & ", " and "));
    } else if row.sub_kind.kind() == Kind::Organization && name.contains(" and ") {
        all.push(name.replace(" and ", " & "));
    }
    match row.sub_kind.kind() {
        Kind::Person => {
            let words: Vec<&str> = name.split(' ').collect();
            let full: Vec<&str> = words.iter().copied().filter(|word| !is_initial(word)).collect();
            if full.len() >= 2 && full.len() < words.len() {
                all.push(full.join(" "));
            }
            all.extend(endings(&folded, row));
            all.extend(muhammads(&folded));
        }
        Kind::Place => {
            if let Some(rest) = name.strip_prefix("Saint ") {
                all.push(format!("St {rest}"));
            } else if let Some(rest) = name.strip_prefix("St. ") {
                all.push(format!("Saint {rest}"));
            }
        }
        Kind::Organization => {
            let legal = LEGAL.iter().filter(|form| form.len() + 2 < folded.len());
            // Folding keeps the number of characters of these endings, which are ASCII.
            all.extend(legal.filter_map(|form| folded.strip_suffix(form)).map(str::to_owned));
            all.extend(name.strip_prefix("The ").map(str::to_owned));
        }
    }
    if folded.contains('\'') && row.sub_kind.kind() != Kind::Organization {
        all.push(folded.replace('\'', ""));
    }
    all
}

/// The usual spellings of Muhammad at the beginning of a name.
fn muhammads(folded: &str) -> Vec<String> {
    let all = ["muhammad", "mohammed", "mohammad", "mohamed"];
    let Some((first, rest)) = folded.split_once(' ') else { return Vec::new() };
    let others = all.iter().filter(|other| all.contains(&first) && **other != first);
    others.map(|other| format!("{other} {rest}")).collect()
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.trim_end_matches('.').chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Spellings of Russian, Ukrainian and Belarusian names: the given names above, and the ending `-y` in all its forms
/// (`Zelenskyy`, `Zelensky`, `Zelenskiy`, `Zelenskii`, `Zelenski`).
fn endings(name: &str, row: &Row) -> Vec<String> {
    if !matches!(row.country.as_str(), "RU" | "UA" | "BY") {
        return Vec::new();
    }
    let folded = fold(name);
    let (front, last) = folded.rsplit_once(' ').unwrap_or(("", &folded));
    let mut lasts = vec![last.to_owned()];
    for stem in ["sk", "zk", "ck"] {
        let found =
            ["yy", "iy", "ii", "y", "i"].iter().find_map(|end| last.strip_suffix(&format!("{stem}{end}")));
        if let Some(root) = found {
            lasts = ["yy", "iy", "ii", "y", "i"].iter().map(|end| format!("{root}{stem}{end}")).collect();
        }
    }
    let first = front.split(' ').next().unwrap_or_default();
    let rest = &front[first.len()..];
    let group = GIVEN.iter().find(|group| group.contains(&first));
    let firsts: Vec<&str> = group.map_or_else(|| vec![first], |group| group.to_vec());
    let mut all = Vec::new();
    for given in firsts {
        all.extend(lasts.iter().map(|last| format!("{given}{rest} {last}").trim().to_owned()));
    }
    all.retain(|spelling| *spelling != folded);
    all
}
