//! A line in; the names of those who wrote the copy out.

use std::ops::Range;

use crate::parse::wire::{
    dates,
    lines::{is_closed, range_of, strip},
    words,
};

/// A byline as read. Ranges are bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BylineRead {
    pub authors: Vec<(String, Range<usize>)>,
    /// The paper or agency after the names.
    pub outlet: Option<(String, Range<usize>)>,
    pub confidence: u8,
}

/// `By JANE DOE, Example Press`, `By Jane Doe and John Roe`, `Written by Jane Doe in Kyiv | Example Press`.
pub fn strict(line: &str) -> Option<BylineRead> {
    if line.len() > 200 {
        return None;
    }
    let bare = line.trim_start_matches('^').trim_end_matches(['=', '<', '^']).trim();
    let labels =
        ["by ", "by: ", "written by ", "written by: ", "story by ", "author: ", "authors: ", "reporter: "];
    let rest = labels.iter().find_map(|label| strip(bare, label))?;
    let read = names(line, rest)?;
    (!is_closed(rest) || rest.ends_with('.')).then_some(BylineRead { confidence: 92, ..read })
}

/// `Jane Doe in Kyiv`, `Jane Doe, Example Press`, `Jane Doe and John Roe in Kyiv`: no `By`, so only between
/// headline and text, and only where the line has another mark of a byline.
pub fn weak(line: &str) -> Option<BylineRead> {
    if line.len() > 120 || is_closed(line) {
        return None;
    }
    let (people, place) = line.split_once(" in ")?;
    let read = names(line, people)?;
    let full = read.authors.iter().all(|(name, _)| (2..=4).contains(&name.split(' ').count()));
    let place = place.split(" | ").next().unwrap_or("");
    let placed = !place.is_empty()
        && place.split_whitespace().count() <= 4
        && place.split([' ', ',']).all(|w| w.is_empty() || words::is_particle(w) || is_name(w));
    (full && placed && read.outlet.is_none()).then_some(BylineRead { confidence: 80, ..read })
}

/// `Jane Doe`, alone on its line: a name by its form only.
pub fn bare(line: &str) -> Option<BylineRead> {
    let words = line.split(' ').count();
    let read = if line.len() <= 60 && (2..=3).contains(&words) { names(line, line)? } else { return None };
    (read.outlet.is_none() && read.authors.len() == 1).then_some(BylineRead { confidence: 65, ..read })
}

/// A line under a byline that tells the post of its author: `Example Press Writer`, `Diplomatic Correspondent`.
pub fn is_post(line: &str) -> bool {
    let bare = line.trim_start_matches('^').trim_end_matches(['=', '<', '^']).trim();
    let posts = [
        "Writer",
        "Writers",
        "Correspondent",
        "Reporter",
        "Reporters",
        "Editor",
        "Chief",
        "Contributor",
        "Staff",
    ];
    let last = bare.rsplit(' ').next().unwrap_or("");
    bare.len() <= 80
        && bare.contains(' ')
        && posts.iter().any(|post| post.eq_ignore_ascii_case(last))
        && bare.split(' ').all(|word| word.starts_with(char::is_uppercase) || words::is_particle(word))
}

/// People of a list, parted by commas, `and`, `&` or `;`, and an outlet after them.
fn names(line: &str, list: &str) -> Option<BylineRead> {
    let (people, mut outlet) = match list.split_once([',', '|', '/', '•', '·']) {
        Some((people, outlet)) => (people, Some(outlet.trim())),
        None => (list, None),
    };
    let mut parts = split_people(people);
    // `By Jane Doe, John Roe and Ann Poe`: what follows the comma are people if it ends in `and` somebody.
    if let Some(rest) = outlet.filter(|rest| rest.contains(" and ") || rest.contains(" & ")) {
        parts.extend(rest.split(',').flat_map(split_people));
        outlet = None;
    }
    let mut authors = Vec::new();
    let mut nobody = false;
    for part in parts {
        let part = part.split(" in ").next().unwrap_or("").trim().trim_end_matches(['.', ':']);
        let part = match part.split_once(" of ") {
            Some((name, paper)) => {
                outlet = outlet.or(Some(paper.trim()));
                name.trim()
            }
            None => part,
        };
        if !is_person(part) {
            return None;
        }
        // `By Staff Reporter`, `By Reuters`: no author is named.
        if words::agency(part).is_some() {
            outlet = outlet.or(Some(part));
            nobody = true;
            continue;
        }
        if is_post(part) || ["Agencies", "Staff", "Reporter", "Correspondent"].contains(&part) {
            nobody = true;
            continue;
        }
        authors.push((words::recase(part), range_of(line, part)));
    }
    let outlet = outlet
        .map(|o| o.trim_end_matches(['.', ' ']))
        .filter(|o| is_outlet(o) && (words::agency(o).is_some() || words::is_paper(o)));
    let outlet = outlet.map(|o| (o.to_owned(), range_of(line, o)));
    (nobody || !authors.is_empty()).then_some(BylineRead { authors, outlet, confidence: 0 })
}

fn split_people(list: &str) -> Vec<&str> {
    let parts = list.split(" and ").flat_map(|p| p.split(" AND ")).flat_map(|p| p.split(" & "));
    parts.flat_map(|p| p.split(';')).map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// One to five words with large letters, of which the first is no day and no month.
fn is_person(name: &str) -> bool {
    let mut count = 0;
    let named = name.split(' ').all(|word| {
        count += 1;
        is_name(word)
            || count > 1 && (words::is_particle(word) || ["bin", "ibn", "ter", "dos"].contains(&word))
    });
    let first = name.split(' ').next().unwrap_or("");
    named && (1..=5).contains(&count) && !dates::is_weekday(first) && dates::month(first).is_none()
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
}

fn is_outlet(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && name.starts_with(char::is_uppercase)
        && name
            .split(' ')
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || words::is_particle(w))
        && !["Correspondent", "Reporter", "Editor", "Staff", "Writer"].iter().any(|role| name.contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        let check = |line: &str, expect: &str| {
            let read = strict(line).or_else(|| weak(line));
            let got = read.map_or(String::new(), |read| {
                for (_, range) in &read.authors {
                    assert!(line.get(range.clone()).is_some());
                }
                let authors: Vec<_> = read.authors.into_iter().map(|(name, _)| name).collect();
                format!("{} @ {}", authors.join(" + "), read.outlet.map_or(String::new(), |(name, _)| name))
            });
            assert_eq!(got, expect, "{line}");
        };
        check("By JANE DOE, Example Press", "Jane Doe @ Example Press");
        check("By Jane Doe and John Roe", "Jane Doe + John Roe @ ");
        check("By Jane Doe, John Roe and Ann Poe", "Jane Doe + John Roe + Ann Poe @ ");
        check("^By JANE DOE=", "Jane Doe @ ");
        check("By Jane Doe in Kyiv", "Jane Doe @ ");
        check("By Jane van der Doe | Example Press", "Jane van der Doe @ Example Press");
        check("By Jane Doe of Example Press", "Jane Doe @ Example Press");
        check("By Jane Doe, Staff Writer", "Jane Doe @ ");
        check("By Jane Doe, Moscow", "Jane Doe @ ");
        check("By Our Correspondent", " @ ");
        check("By Reuters", " @ Reuters");
        check("Jane Doe in Kyiv", "Jane Doe @ ");
        check("Jane Doe and John Roe in Kuala Lumpur", "Jane Doe + John Roe @ ");
        check("By Thursday, talks had resumed", "");
        check("By the time they met, it was late", "");
        check("Talks resume in Malaysia", "");
        check("Jane Doe", "");
    }
}
