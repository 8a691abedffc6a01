//! Folded names of bodies enter; what may be said for them in short leaves: initials, and words that alone are no short
//! form.

use crate::knowledge;

/// `world health organization` → `who`; joining words have no letter in it.
pub fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter(|w| !is_joining(w))
        .flat_map(|w| w.split('-'))
        .filter_map(|w| w.chars().next())
        .collect()
}

/// Whether a word has no letter in an acronym: `of`.
pub fn is_joining(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "de" | "&" | "'s")
}

/// Whether an acronym may be made of a name: half of its letters or more are initials of the name, whatever their order
/// (`FARC` has that of its Spanish name), or all its letters stand in the name in their order. `LIMA (Andes Newswire)` is
/// no acronym.
pub fn stands_for(acronym: &str, name: &str) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    let mut initials: Vec<char> =
        name.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).collect();
    let mut hits = 0;
    for letter in &letters {
        if let Some(at) = initials.iter().position(|i| i == letter) {
            initials.swap_remove(at);
            hits += 1;
        }
    }
    let mut rest = name.chars();
    let in_order = letters.iter().all(|letter| rest.any(|c| c == *letter));
    let first = letters.first().is_some_and(|l| name.starts_with(*l));
    !letters.is_empty()
        && (hits * 2 > letters.len() || hits * 2 == letters.len() && letters.len() > 2 || in_order && first)
}

/// Words before the names of many bodies: alone they are the short form of none.
pub fn is_adjective(word: &str) -> bool {
    matches!(
        word,
        "european"
            | "american"
            | "african"
            | "asian"
            | "arab"
            | "international"
            | "royal"
            | "united"
            | "first"
            | "new"
            | "global"
            | "world"
            | "public"
            | "pacific"
            | "atlantic"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "great"
            | "scottish"
            | "welsh"
            | "english"
            | "bavarian"
            | "catalan"
            | "saint"
            | "st."
            | "san"
    ) || knowledge::pack().demonym(word).is_some()
}

/// Whom all faiths call by one word.
pub fn is_deity(word: &str) -> bool {
    matches!(word, "god" | "allah" | "lord" | "jesus" | "christ" | "satan" | "buddha" | "heaven")
}

/// Words for a part or an institution that a body has beside itself.
pub fn is_organ(word: &str) -> bool {
    matches!(
        word,
        "board"
            | "committee"
            | "foundation"
            | "museum"
            | "hospital"
            | "school"
            | "team"
            | "institute"
            | "library"
            | "office"
            | "workers"
            | "fund"
            | "project"
            | "council"
            | "university"
            | "police"
            | "center"
            | "centre"
    )
}
