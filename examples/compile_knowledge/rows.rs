//! The text of a table goes in; the rows that may be shipped leave.

use std::collections::BTreeMap;

use dateline::knowledge::record::{Office, PartialDate, SubKind};

/// The tables whose licences ask for attribution at most. The share-alike ones (`*.odbl.tsv`, `*.by-sa.tsv`) and the
/// one without a stated licence (`events.tsv`) are left out.
pub const FILES: [&str; 5] = [
    "places-countries.tsv",
    "places-regions.tsv",
    "places-cities.tsv",
    "people-leaders.tsv",
    "organizations.tsv",
];

/// Things that firms of any trade put up.
const ASIDE: [&str; 7] =
    ["charging station", "car wash", "toilets", "vending machine", "parking", "recycling", "parcel locker"];

/// One entity on its way into the pack.
#[derive(Clone, Debug)]
pub struct Row {
    pub slug: String,
    pub name: String,
    pub sub_kind: SubKind,
    pub tier: u8,
    pub aliases: Vec<String>,
    pub description: String,
    pub wikidata: Option<u32>,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    pub source: String,
    pub position: Option<(f64, f64)>,
    pub importance: u32,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
    pub demonyms: Vec<String>,
    pub capital: String,
    pub iso3: String,
    pub surname: String,
    pub field: String,
    pub common_word: bool,
    pub roles: Vec<Post>,
}

/// A post: an office, with its country as a code.
#[derive(Clone, Debug)]
pub struct Post {
    pub title: String,
    pub office: Office,
    pub country: String,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

/// Whether a row states a licence that lets us ship it.
pub fn is_open(licence: &str) -> bool {
    let closed = ["not stated", "facts only", "ODbL", "BY-SA"];
    !licence.is_empty() && !closed.iter().any(|word| licence.contains(word))
}

/// Reads one table: tab-separated, a header line, no quoting.
pub fn read(table: &str, rows: &mut Vec<Row>) {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    for line in lines {
        let cells: BTreeMap<&str, &str> = header.iter().copied().zip(line.split('\t')).collect();
        let cell = |name: &str| cells.get(name).copied().unwrap_or_default().trim();
        let list = |name: &str| cell(name).split('|').map(clean).filter(|item| !item.is_empty()).collect();
        if !is_open(cell("licence")) {
            continue;
        }
        let position = cell("lat").parse().ok().zip(cell("lon").parse().ok());
        let (sub_kind, field) = kind(cell("kind"), cell("type"), cell("description"), cell("country"));
        rows.push(Row {
            slug: cell("id").to_owned(),
            name: clean(cell("name")),
            sub_kind,
            tier: 2,
            aliases: list("aliases"),
            description: cell("description").to_owned(),
            wikidata: cell("wikidata").trim_start_matches('Q').parse().ok(),
            country: cell("country").to_owned(),
            source: cell("source").to_owned(),
            position,
            importance: cell("population").parse().unwrap_or(0),
            from: date(cell("valid_from")),
            to: date(cell("valid_to")),
            demonyms: list("demonyms"),
            capital: cell("capital").to_owned(),
            iso3: cell("iso3").to_owned(),
            surname: cell("surname").to_owned(),
            field,
            common_word: cell("common_word") == "1",
            roles: Vec::new(),
        });
    }
}

/// Undoes the one HTML entity that the sources contain and drops footnote marks.
fn clean(text: &str) -> String {
    text.replace("&ocirc;", "ô").trim_matches(|c: char| c.is_whitespace() || c == '*').to_owned()
}

/// The narrower kind, and a field code of it, from the columns of a row.
fn kind(kind: &str, trade: &str, description: &str, country: &str) -> (SubKind, String) {
    let after = |word: &str| description.split_once(word).map_or(String::new(), |(_, rest)| rest.to_owned());
    let inside = || {
        let code = description.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        match code.split_once(": ") {
            // What the source maps tells the trade for shops and the like, not for pipelines and pylons.
            Some(("shop" | "amenity" | "tourism" | "leisure", trade)) if !ASIDE.contains(&trade) => {
                trade.to_owned()
            }
            Some(_) => String::new(),
            None => code.to_owned(),
        }
    };
    let plain = |sub_kind| (sub_kind, String::new());
    match (kind, trade) {
        ("person", _) => plain(SubKind::Person),
        ("place", _) => match description.split(' ').next().unwrap_or_default() {
            "country" => (SubKind::Country, after(" in ")),
            "territory" => (SubKind::Territory, after(" in ")),
            "capital" => plain(SubKind::Capital),
            "city" => match after(" in ").rsplit_once(", ") {
                Some((region, _)) => (SubKind::City, region.to_owned()),
                None => plain(SubKind::City),
            },
            "first-level" if country.is_empty() => plain(SubKind::FormerState),
            "first-level" if country == "US" => (SubKind::Region, "state".to_owned()),
            "first-level" => plain(SubKind::Region),
            _ => (SubKind::Area, description.to_owned()),
        },
        (_, "igo") => plain(SubKind::International),
        (_, "government") => plain(SubKind::Government),
        (_, "education") => plain(SubKind::Education),
        (_, "company") => (SubKind::Company, inside()),
        (_, "brand") => (SubKind::Brand, inside()),
        (_, "media") if description.starts_with("news agency") => plain(SubKind::NewsAgency),
        (_, "media") => (SubKind::Newspaper, after(" in ")),
        (_, "nonprofit") => plain(SubKind::Nonprofit),
        (_, "facility") => plain(SubKind::Facility),
        (_, "healthcare") => plain(SubKind::Healthcare),
        (_, "party") => plain(SubKind::Party),
        (_, "archive") => plain(SubKind::Archive),
        (_, "club") => plain(SubKind::Club),
        (_, "militant") => plain(SubKind::Militant),
        _ => plain(SubKind::OtherOrganization),
    }
}

/// Reads `2019-01-17`, `2019-01`, `2019` and `20 January 2025`.
pub fn date(text: &str) -> Option<PartialDate> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split(' ').collect();
    if let [day, month, year] = words.as_slice() {
        let at = MONTHS.iter().position(|short| month.starts_with(short))?;
        let month = u8::try_from(at).ok()? + 1;
        return Some(PartialDate { year: year.parse().ok()?, month, day: day.parse().ok()? });
    }
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut next = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    Some(PartialDate { year, month: next(), day: next() })
}
