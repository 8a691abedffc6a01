//! Mended rows go in; rows of which each means something else leave, sorted by slug, with unique slugs.

use std::collections::{BTreeMap, BTreeSet};

use dateline::knowledge::fold::{fold, slug};
use dateline::knowledge::record::SubKind;

use crate::rows::Row;

/// Joins rows that mean the same by one of two rules, and only where exactly one row qualifies:
/// a person without a Wikidata number joins the one with a number of the same country whose name has the same words,
/// or of whose name one is the other with words left out after the first; a city without a number joins one with a
/// number of the same country within 25 km that has its name, with or without `City`.
pub fn join(rows: Vec<Row>) -> Vec<Row> {
    let (known, loose): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.wikidata.is_some());
    let mut by_country: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in known.iter().enumerate() {
        by_country.entry(row.country.clone()).or_default().push(at);
    }
    let mut joined = known.clone();
    for row in loose {
        let near = by_country.get(&row.country).map_or(&[][..], Vec::as_slice);
        let same: Vec<usize> = near.iter().copied().filter(|&at| is_same(&known[at], &row)).collect();
        match same.as_slice() {
            [at] if known[*at].sub_kind == SubKind::Person => add_person(&mut joined[*at], row),
            [at] => add_name(&mut joined[*at], row.name),
            _ => joined.push(row),
        }
    }
    unique_slugs(&mut joined);
    joined.sort_by(|a, b| a.slug.cmp(&b.slug));
    joined
}

fn is_same(known: &Row, loose: &Row) -> bool {
    match (known.sub_kind, loose.sub_kind) {
        (SubKind::Person, SubKind::Person) => {
            let (a, b) = (words(&known.name), words(&loose.name));
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            let mut rest = long.iter();
            short.len() > 1
                && short.first() == long.first()
                && short.iter().all(|word| rest.any(|other| other == word))
        }
        (SubKind::City | SubKind::Capital, SubKind::City) => {
            let name = fold(&loose.name);
            let plain = name.strip_suffix(" city").unwrap_or(&name);
            let mut names = std::iter::once(&known.name).chain(&known.aliases).map(|name| fold(name));
            is_near(known.position, loose.position) && names.any(|known| known == name || known == plain)
        }
        _ => false,
    }
}

/// The words of a name for comparison: folded, without initials, with the spellings of Muhammad made one.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name).replace('\'', "").replace(['-', '.'], " ");
    let words = folded.split_whitespace().filter(|word| word.len() > 1);
    words
        .map(|word| match word {
            "mohammed" | "mohammad" | "mohamed" | "mohamad" | "muhammed" | "mohamud" => "muhammad".to_owned(),
            word => word.to_owned(),
        })
        .collect()
}

/// Whether two places are within about 25 km, on a plane that is true enough at that distance.
fn is_near(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> bool {
    let (Some((lat, lon)), Some((other_lat, other_lon))) = (a, b) else { return false };
    let north = (lat - other_lat) * 111.2;
    let east = (lon - other_lon) * 111.2 * lat.to_radians().cos();
    north.hypot(east) < 25.0
}

fn add_person(known: &mut Row, loose: Row) {
    known.importance = known.importance.max(loose.importance);
    known.tier = known.tier.min(loose.tier);
    let mut roles = loose.roles;
    roles.append(&mut known.roles);
    known.roles = roles;
    add_name(known, loose.name);
    known.aliases.extend(loose.aliases);
}

fn add_name(row: &mut Row, name: String) {
    if name != row.name && !row.aliases.contains(&name) {
        row.aliases.push(name);
    }
}

/// A slug that two rows want goes to the first; the other gets its country added, or a number.
fn unique_slugs(rows: &mut [Row]) {
    let mut taken = BTreeSet::new();
    for row in rows {
        let base = if row.slug.is_empty() { slug(&row.name) } else { row.slug.clone() };
        let with_land = format!("{base}-{}", row.country.to_lowercase());
        let tries =
            [base.clone(), with_land].into_iter().chain((2..).map(|number| format!("{base}-{number}")));
        for slug in tries {
            if taken.insert(slug.clone()) {
                row.slug = slug;
                break;
            }
        }
    }
}
