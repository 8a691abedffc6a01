//! Words that make up the names of bodies everywhere: a name of nothing else says little about which body is meant.

const WORDS: [&str; 77] = [
    "academy",
    "administration",
    "agency",
    "armed",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "cabinet",
    "central",
    "centre",
    "chamber",
    "commission",
    "committee",
    "communist",
    "congress",
    "conservative",
    "constitutional",
    "council",
    "court",
    "defence",
    "defense",
    "democratic",
    "department",
    "education",
    "elders",
    "election",
    "electoral",
    "executive",
    "federal",
    "finance",
    "force",
    "forces",
    "foreign",
    "front",
    "general",
    "government",
    "guard",
    "health",
    "high",
    "house",
    "human",
    "industry",
    "institute",
    "interior",
    "justice",
    "labour",
    "liberal",
    "liberation",
    "ministry",
    "movement",
    "national",
    "navy",
    "office",
    "opposition",
    "parliament",
    "party",
    "people",
    "police",
    "popular",
    "representative",
    "republican",
    "revolutionary",
    "rights",
    "security",
    "senate",
    "service",
    "social",
    "socialist",
    "state",
    "supreme",
    "trade",
    "union",
    "university",
];

/// Whether every word but joining ones is such a word. `folded` words are separated by spaces.
pub fn is_generic(folded: &str) -> bool {
    folded
        .split(' ')
        .filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "'s" | "on" | "in"))
        .all(|word| WORDS.contains(&word) || WORDS.contains(&word.trim_end_matches('s')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_many_bear() {
        let check = |name: &str, expect: bool| assert_eq!(is_generic(name), expect, "{name}");
        check("foreign ministry", true);
        check("supreme court", true);
        check("ministry of foreign affairs", false);
        check("social democratic party", true);
        check("state bank of pakistan", false);
        check("world health organization", false);
    }
}
