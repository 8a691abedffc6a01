//! Abbreviations of the states of the United States and the provinces of Canada, as newspapers and the post write them.

const TABLE: [(&str, &str); 62] = [
    ("ala", "alabama"),
    ("ariz", "arizona"),
    ("ark", "arkansas"),
    ("calif", "california"),
    ("colo", "colorado"),
    ("conn", "connecticut"),
    ("del", "delaware"),
    ("fla", "florida"),
    ("ga", "georgia"),
    ("ill", "illinois"),
    ("ind", "indiana"),
    ("kan", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("md", "maryland"),
    ("mass", "massachusetts"),
    ("mich", "michigan"),
    ("minn", "minnesota"),
    ("miss", "mississippi"),
    ("mo", "missouri"),
    ("mont", "montana"),
    ("neb", "nebraska"),
    ("nev", "nevada"),
    ("nh", "new hampshire"),
    ("nj", "new jersey"),
    ("nm", "new mexico"),
    ("ny", "new york"),
    ("nc", "north carolina"),
    ("nd", "north dakota"),
    ("okla", "oklahoma"),
    ("ore", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhode island"),
    ("sc", "south carolina"),
    ("sd", "south dakota"),
    ("tenn", "tennessee"),
    ("tex", "texas"),
    ("tx", "texas"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wash", "washington"),
    ("wva", "west virginia"),
    ("wis", "wisconsin"),
    ("wyo", "wyoming"),
    ("ca", "california"),
    ("fl", "florida"),
    ("il", "illinois"),
    ("ma", "massachusetts"),
    ("mi", "michigan"),
    ("oh", "ohio"),
    ("wa", "washington"),
    ("id", "idaho"),
    ("ut", "utah"),
    ("ont", "ontario"),
    ("que", "quebec"),
    ("alta", "alberta"),
    ("bc", "british columbia"),
    ("sask", "saskatchewan"),
    ("man", "manitoba"),
    ("ns", "nova scotia"),
    ("nb", "new brunswick"),
    ("tn", "tennessee"),
];

/// The folded name of the state that a folded token abbreviates, if it has the capital of one.
pub fn state(folded: &str, surface: &str) -> Option<&'static str> {
    let capital = surface.chars().next().is_some_and(char::is_uppercase);
    let dotted = surface.ends_with('.');
    let postal = surface.len() == 2 && surface.bytes().all(|b| b.is_ascii_uppercase());
    if !capital || !(dotted || postal) {
        return None;
    }
    let plain: String = folded.chars().filter(|c| *c != '.').collect();
    TABLE.iter().find(|(short, _)| *short == plain).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations() {
        let check = |surface: &str, expect: Option<&str>| {
            assert_eq!(state(&surface.to_lowercase(), surface), expect, "{surface}");
        };
        check("Ga.", Some("georgia"));
        check("N.Y.", Some("new york"));
        check("GA", Some("georgia"));
        check("Miss", None);
        check("la", None);
        check("Mrs.", None);
    }
}
