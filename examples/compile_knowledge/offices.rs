//! A person's description goes in, the office that it names leaves: title, country and sort, no sentence.
//!
//! The descriptions come in four shapes: `TITLE, COUNTRY (2011–2013)`, `TITLE of COUNTRY (2021–)`,
//! `TITLE of COUNTRY (head of state)` and `U.S. Senator from Ohio (Republican)`.

use dateline::knowledge::record::Office;

use crate::rows::{Post, Row};

/// Titles that the source has cut or run together; the sort of office stands for them.
const GARBLED: [&str; 10] = [
    "Supreme",
    "Presidential",
    "Prime Minister and",
    "Mayor and Chairman of the",
    "and Co-prince Archbishop",
    "President of the",
    "General",
    "King Sultan",
    "Transitional President Capt.",
    "Prime Minister Crown Prince",
];

/// The office of a person. `lands` are the names of the person's country.
pub fn office(row: &Row, lands: &[String]) -> Post {
    let (text, office) = split(&row.description);
    let mut title = text.trim().to_owned();
    let mut country = String::new();
    if let Some(rest) = lands.iter().find_map(|land| without(&title, land)) {
        title = rest;
        country.clone_from(&row.country);
        // The country may stand there twice: `President of the Republic of the Congo, Congo - Brazzaville`. But the
        // `Governor of the State of Mexico, Mexico` keeps the first.
        let again = lands.iter().find_map(|land| without(&title, land));
        title = again.filter(|rest| !rest.contains(" of ")).unwrap_or(title);
    } else if !title.contains(" of ") && !title.contains(',') {
        country.clone_from(&row.country);
    }
    if matches!(office, Office::Republican | Office::Democrat | Office::Independent) {
        title = title
            .replace("U.S. ", "US ")
            .replace("Representative", "representative")
            .replace("Senator", "senator");
        country.clone_from(&row.country);
        // The dates are those of the present term, not of the office.
        return Post { title, office, country, from: None, to: None };
    }
    if GARBLED.contains(&title.as_str()) || matches!(title.as_str(), "Head of state" | "Head of government") {
        title.clear();
    }
    // The source calls every office of the states and courts of the US so; a few titles are not in English.
    if row.country == "US" && title == "Minister" || title.starts_with("Ministre ") {
        title.clear();
    }
    let title = title.replace(" of of ", " of ");
    Post { title, office, country, from: row.from, to: row.to }
}

/// Takes off what stands in brackets at the end: years, which the dates repeat, or the sort of office.
fn split(description: &str) -> (&str, Office) {
    let Some((text, inside)) = description.trim_end_matches(')').rsplit_once(" (") else {
        return (description, Office::Plain);
    };
    let office = match inside {
        "head of state" => Office::HeadOfState,
        "head of government" => Office::HeadOfGovernment,
        "Republican" => Office::Republican,
        "Democrat" => Office::Democrat,
        "Independent" => Office::Independent,
        years if years.starts_with(|c: char| c.is_ascii_digit()) => Office::Plain,
        _ => return (description, Office::Plain),
    };
    (text, office)
}

fn without(title: &str, land: &str) -> Option<String> {
    let rest = title.strip_suffix(land)?;
    let joints = [", ", " of the ", " of ", " in "];
    joints.iter().find_map(|joint| rest.strip_suffix(joint)).map(str::to_owned)
}
