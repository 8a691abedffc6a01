//! Rows as the sources have them go in; rows without their known faults leave.

use std::collections::{BTreeMap, BTreeSet};

use dateline::knowledge::fold::fold;
use dateline::knowledge::record::{Kind, SubKind};

use crate::offices;
use crate::rows::{Row, date};

/// Words that end a title which the source left at the beginning of a leader's name.
const TITLES: [&str; 9] =
    ["President", "Chairperson", "Dr.", "Commissioner", "Bailiff", "Gen.", "Minister", "Council", "Assembly"];

/// Mends all rows. `corrections` are facts written by hand: slug, column, value.
pub fn mend(rows: &mut Vec<Row>, corrections: &str) {
    let at: BTreeMap<String, usize> =
        rows.iter().enumerate().map(|(at, row)| (row.slug.clone(), at)).collect();
    correct(rows, &at, corrections, Phase::Before);
    rows.iter_mut().for_each(realms);
    let places: BTreeMap<(String, String), BTreeSet<String>> = place_names(rows);
    let countries: BTreeSet<String> = names_of(rows, |row| row.iso3.len() == 3);
    let lands: BTreeMap<String, Vec<String>> = rows
        .iter()
        .filter(|row| row.iso3.len() == 3)
        .map(|row| (row.country.clone(), by_length(std::iter::once(&row.name).chain(&row.aliases))))
        .collect();
    for row in rows.iter_mut() {
        match row.sub_kind {
            SubKind::Person => person(row, lands.get(&row.country).map_or(&[][..], Vec::as_slice)),
            SubKind::City | SubKind::Capital => city(row, &places, &countries),
            SubKind::Country | SubKind::Territory => country(row, &countries),
            _ => {}
        }
        let name = row.name.clone();
        // `Georgia (United States of America)` tells nothing that the country does not.
        let spelt_out = format!("{name} (");
        row.aliases.retain(|alias| {
            *alias != name && !alias.starts_with(&spelt_out) && alias.chars().any(char::is_alphanumeric)
        });
        dedup(&mut row.aliases);
    }
    correct(rows, &at, corrections, Phase::After);
    for (slug, other) in joins(corrections) {
        let find =
            |slug: &str| at.get(slug).copied().unwrap_or_else(|| panic!("corrections: no row `{slug}`"));
        let (gone, kept) = (find(slug), find(other));
        let name = std::mem::take(&mut rows[gone].name);
        let aliases = std::mem::take(&mut rows[gone].aliases);
        rows[kept].aliases.extend(std::iter::once(name).chain(aliases));
        let name = rows[kept].name.clone();
        rows[kept].aliases.retain(|alias| *alias != name);
        dedup(&mut rows[kept].aliases);
    }
    capitals(rows);
    rows.retain(|row| !row.name.is_empty());
    for row in rows.iter_mut() {
        row.tier = tier(row);
    }
}

/// Rows that mean the same as another, which takes over their names: their slug, the other's.
fn joins(corrections: &str) -> impl Iterator<Item = (&str, &str)> {
    corrections.lines().filter_map(|line| line.split_once("\tjoin\t"))
}

/// Where a correction applies: names are added after the rules that drop names, everything else goes before them.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Before,
    After,
}

fn correct(rows: &mut [Row], at: &BTreeMap<String, usize>, corrections: &str, phase: Phase) {
    for line in corrections.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [slug, column, value] = cells.as_slice() else { panic!("corrections: {line}") };
        let row = at.get(*slug).and_then(|&at| rows.get_mut(at));
        let row = row.unwrap_or_else(|| panic!("corrections: no row `{slug}`"));
        let list = || value.split('|').filter(|item| !item.is_empty()).map(str::to_owned);
        if (*column == "aliases+") != (phase == Phase::After) {
            continue;
        }
        match *column {
            "aliases+" => row.aliases.extend(list()),
            "aliases-" => row.aliases.retain(|alias| !list().any(|gone| gone == *alias)),
            "name" => row.aliases.insert(0, std::mem::replace(&mut row.name, (*value).to_owned())),
            "slug" => (*value).clone_into(&mut row.slug),
            "demonyms" => row.demonyms = list().collect(),
            "capital" => (*value).clone_into(&mut row.capital),
            "iso3" => (*value).clone_into(&mut row.iso3),
            "country" => (*value).clone_into(&mut row.country),
            "description" => (*value).clone_into(&mut row.description),
            "field" => (*value).clone_into(&mut row.field),
            "population" => row.importance = value.parse().unwrap_or(0),
            "dates" => {
                let (from, to) = value.split_once('|').unwrap_or((value, ""));
                (row.from, row.to) = (date(from), date(to));
            }
            "international" => row.sub_kind = SubKind::International,
            "territory" => row.sub_kind = SubKind::Territory,
            "country-like" => row.sub_kind = SubKind::Country,
            "drop" => row.name.clear(),
            "surname" => (*value).clone_into(&mut row.surname),
            "join" => {}
            "principal" => row.tier = 0,
            "notable" => row.tier = 1,
            other => panic!("corrections: no column `{other}`"),
        }
    }
}

/// Folded names of places, by country and folded name, with the slugs that have it as their usual name.
fn place_names(rows: &[Row]) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut names: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.sub_kind.kind() == Kind::Place) {
        names.entry((row.country.clone(), fold(&row.name))).or_default().insert(row.slug.clone());
    }
    names
}

/// The longest first: `the People's Republic of China` is taken off before `China`.
fn by_length<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = names.cloned().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

fn names_of(rows: &[Row], keep: impl Fn(&Row) -> bool) -> BTreeSet<String> {
    rows.iter().filter(|row| keep(row)).map(|row| fold(&row.name)).collect()
}

/// The source gives the ministers of the Netherlands to its Caribbean part, and those of Scotland, Wales and Northern
/// Ireland to the United Kingdom.
fn realms(row: &mut Row) {
    if row.sub_kind != SubKind::Person {
        return;
    }
    if row.country == "BQ" {
        "NL".clone_into(&mut row.country);
        row.description = row.description.replace("Caribbean Netherlands", "Netherlands");
    }
    let realms = [
        ("scotland-cabinet", "Scotland"),
        ("wales-cabinet", "Wales"),
        ("northern-ireland-ministers", "Northern Ireland"),
    ];
    for (repository, realm) in realms {
        if row.source.contains(repository) {
            row.description = row.description.replace("UK (", &format!("{realm} ("));
        }
    }
}

fn person(row: &mut Row, lands: &[String]) {
    let post = offices::office(row, lands);
    if row.wikidata.is_none() {
        let words: Vec<&str> = row.name.split(' ').collect();
        let cut = words.iter().rposition(|word| TITLES.contains(word)).map_or(0, |at| at + 1);
        if cut > 0 && cut < words.len() {
            row.name = words[cut..].join(" ");
            row.slug = dateline::knowledge::fold::slug(&row.name);
        }
    }
    row.roles.push(post);
    // For a person the dates are those of the office.
    (row.from, row.to) = (None, None);
    row.description.clear();
}

/// Drops what the source gives as an alias of a city but is none: its province, another city, or a broken spelling.
fn city(row: &mut Row, places: &BTreeMap<(String, String), BTreeSet<String>>, countries: &BTreeSet<String>) {
    let own = fold(&row.name);
    row.aliases.retain(|alias| {
        let folded = fold(alias);
        let land = countries.contains(&folded);
        let taken = land || folded != own && places.contains_key(&(row.country.clone(), folded));
        !taken && alias.chars().count() > 3 && !alias.contains(',')
    });
}

/// Drops the codes and the names of other countries from the aliases of a country, and what is no demonym.
fn country(row: &mut Row, countries: &BTreeSet<String>) {
    let own = fold(&row.name);
    row.aliases.retain(|alias| {
        let folded = fold(alias);
        let code = *alias == row.country && alias != "US";
        let other = folded != own && countries.contains(&folded);
        !code && !other && alias.chars().filter(|c| c.is_alphabetic()).count() > 1
    });
    // `Congo - Kinshasa` is called `Congo` as well.
    if let Some((short, _)) =
        std::iter::once(&row.name).chain(&row.aliases).find_map(|name| name.split_once(" - "))
    {
        row.aliases.push(short.to_owned());
    }
    let names: Vec<String> = row.aliases.iter().map(|alias| fold(alias)).collect();
    row.demonyms.retain(|demonym| {
        let folded = fold(demonym);
        let name = folded == own || own.starts_with(&format!("{folded} ")) || names.contains(&folded);
        demonym != "NA" && !name
    });
    dedup(&mut row.demonyms);
}

/// Makes a region that is its country's capital (Kyiv, Berlin, Moscow) a capital, if no city row is.
fn capitals(rows: &mut [Row]) {
    let have: BTreeSet<String> =
        rows.iter().filter(|row| row.sub_kind == SubKind::Capital).map(|row| row.country.clone()).collect();
    let wanted: BTreeSet<(String, String)> = rows
        .iter()
        .filter(|row| row.iso3.len() == 3 && !have.contains(&row.country))
        .map(|row| (row.country.clone(), fold(&row.capital)))
        .collect();
    for row in rows.iter_mut() {
        let city = matches!(row.sub_kind, SubKind::City | SubKind::Region);
        if city && wanted.contains(&(row.country.clone(), fold(&row.name))) {
            row.sub_kind = SubKind::Capital;
        }
    }
}

/// See `Brief::tier`.
fn tier(row: &Row) -> u8 {
    use dateline::knowledge::record::Office::{HeadOfGovernment, HeadOfState};
    let leads = row.roles.iter().any(|role| matches!(role.office, HeadOfState | HeadOfGovernment));
    let score = row.importance;
    match row.sub_kind {
        _ if row.tier < 2 => row.tier,
        SubKind::Country | SubKind::Capital | SubKind::FormerState => 0,
        SubKind::Territory if score >= 500_000 => 0,
        SubKind::City if score >= 4_000_000 => 0,
        SubKind::Person if leads || score >= 110 => 0,
        SubKind::Area
        | SubKind::Territory
        | SubKind::Region
        | SubKind::International
        | SubKind::NewsAgency => 1,
        SubKind::City if score >= 300_000 => 1,
        SubKind::Person if score >= 90 => 1,
        _ if row.sub_kind.kind() == Kind::Organization && score >= 50 => 1,
        _ => 2,
    }
}

fn dedup(list: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    list.retain(|item| seen.insert(item.clone()));
}
