//! One record goes in, a short description leaves, composed from its fields: `Minister of Finance of Kenya from 2019`.

use crate::knowledge::pack::Knowledge;
use crate::knowledge::record::{KnowledgeId, Office, PartialDate, Record, Role, SubKind};

/// Describes a record in a few words, without a full stop: what tells it from others of its name.
pub fn describe(knowledge: &Knowledge, record: &Record) -> String {
    let country = record.brief.country.filter(|&id| id != record.brief.id);
    let land = country.map(|id| with_article(knowledge.name(id)));
    let within = |what: &str| match &land {
        Some(land) => format!("{what} in {land}"),
        None => what.to_owned(),
    };
    let field = record.field;
    match record.brief.sub_kind {
        SubKind::Person => match record.roles.first() {
            Some(role) => office(knowledge, role),
            None => {
                land.map_or_else(|| "Public figure".to_owned(), |land| format!("Public figure of {land}"))
            }
        },
        SubKind::Country if field.is_empty() => "Country".to_owned(),
        SubKind::Country => format!("Country in {}", with_article(field)),
        SubKind::Territory if field.is_empty() => "Territory".to_owned(),
        SubKind::Territory => format!("Territory in {}", with_article(field)),
        SubKind::FormerState => "Former state".to_owned(),
        SubKind::Region => {
            let what = if field.is_empty() { "Region".to_owned() } else { capitalised(field) };
            land.map_or_else(|| what.clone(), |land| format!("{what} of {land}"))
        }
        SubKind::Area if field.is_empty() => within("Area"),
        SubKind::Area => capitalised(field),
        SubKind::City if field.is_empty() => within("City"),
        SubKind::City => match land {
            Some(land) => format!("City in {field}, {land}"),
            None => format!("City in {field}"),
        },
        SubKind::Capital => {
            land.map_or_else(|| "Capital city".to_owned(), |land| format!("Capital of {land}"))
        }
        SubKind::International => "International organisation".to_owned(),
        SubKind::Government => within("Public body"),
        SubKind::Education => within("Place of higher education"),
        SubKind::Company | SubKind::Brand if field.is_empty() => within("Company"),
        SubKind::Company | SubKind::Brand => within(&format!("Company ({})", field.to_lowercase())),
        SubKind::Newspaper if field.is_empty() => within("Newspaper"),
        SubKind::Newspaper => format!("Newspaper in {field}"),
        SubKind::NewsAgency => within("News agency"),
        SubKind::Nonprofit => within("Charity or association"),
        SubKind::Facility => within("Research institute"),
        SubKind::Healthcare => within("Hospital or health service"),
        SubKind::Party => within("Political party"),
        SubKind::Archive => within("Museum, library or archive"),
        SubKind::Club => within("Football club"),
        SubKind::Militant => within("Militant group"),
        SubKind::OtherOrganization => within("Organisation"),
    }
}

/// Puts `the` before the names of countries and areas that take it in running text.
pub fn with_article(name: &str) -> String {
    let plural =
        ["Islands", "States", "Emirates", "Netherlands", "Philippines", "Maldives", "Bahamas", "Seychelles"];
    let other = ["United Kingdom", "UK", "Gambia", "Soviet Union", "Vatican", "Caribbean"];
    let last = name.rsplit(' ').next().unwrap_or(name);
    let takes = plural.contains(&last) || other.contains(&name) || name.contains("Republic");
    if takes { format!("the {name}") } else { name.to_owned() }
}

fn office(knowledge: &Knowledge, role: &Role) -> String {
    let party = match role.office {
        Office::Republican => "Republican ",
        Office::Democrat => "Democratic ",
        Office::Independent => "Independent ",
        _ => "",
    };
    let title = match (role.title, role.office) {
        ("", Office::HeadOfState) => "Head of state",
        ("", Office::HeadOfGovernment) => "Head of government",
        ("", _) => "Office-holder",
        (title, _) => title,
    };
    let full = match role.country.filter(|_| party.is_empty()) {
        Some(country) => join(title, knowledge, country),
        None => format!("{party}{title}"),
    };
    // A term's first day is not the office's: who leads a country may have been elected anew.
    let leads = matches!(role.office, Office::HeadOfState | Office::HeadOfGovernment);
    match (year(role.from), year(role.to)) {
        _ if leads => full,
        (Some(from), Some(to)) if from == to => format!("{full} in {from}"),
        (Some(from), Some(to)) => format!("{full}, {from}–{to}"),
        (Some(from), None) => format!("{full} from {from}"),
        (None, Some(to)) => format!("{full} until {to}"),
        (None, None) => full,
    }
}

/// `Governor of Utah, the United States`, `Ambassador of Russia to Iran`, `Prime Minister of Israel`.
fn join(title: &str, knowledge: &Knowledge, country: KnowledgeId) -> String {
    let land = with_article(knowledge.name(country));
    let regional =
        ["Governor of ", "Lieutenant Governor of ", "Mayor of ", "Premier of ", "Chief Minister of "];
    // The sources do not tell the ministers of a federation from those of its states.
    let mixed = ["Australia", "Canada", "United States"].contains(&knowledge.name(country))
        || title == "Office-holder";
    let whole = ["President", "Vice President", "Prime Minister", "Governor General", "First Lady"];
    if let Some(post) = title.strip_prefix("Ambassador to ") {
        format!("Ambassador of {land} to {post}")
    } else if title.contains(knowledge.name(country)) {
        title.to_owned()
    } else if regional.iter().any(|start| title.starts_with(start)) || title.starts_with("President of ") {
        format!("{title}, {land}")
    } else if mixed && !whole.contains(&title) {
        format!("{title} in {land}")
    } else {
        format!("{title} of {land}")
    }
}

fn year(date: Option<PartialDate>) -> Option<u16> {
    date.map(|date| date.year)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
