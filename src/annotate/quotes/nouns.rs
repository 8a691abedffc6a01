//! A noun enters; whether it is a person, a body, a crowd or a trade leaves.

/// Bodies of which a text that names but one mostly means that one: `the company`, but not `the government`.
pub(super) fn is_company(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "party"
            | "group"
            | "firm"
            | "union"
            | "agency"
            | "association"
            | "bank"
            | "club"
            | "federation"
            | "airline"
            | "organization"
            | "organisation"
            | "foundation"
    )
}

/// By its form: `officers`, but not `headmistress`.
pub(super) fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
}

/// Many who speak with one voice.
pub(super) fn is_crowd(noun: &str) -> bool {
    matches!(
        noun,
        "crowd" | "audience" | "gallery" | "jury" | "public" | "congregation" | "mob" | "chorus" | "choir"
    )
}

/// A title in full: `the general` is `Gen. Ada Example`.
pub(super) fn spelled(title: &str) -> &str {
    match title {
        "gen." | "gen" => "general",
        "sen." => "senator",
        "gov." => "governor",
        "rep." => "representative",
        "col." => "colonel",
        "capt." => "captain",
        "lt." => "lieutenant",
        "maj." => "major",
        "sgt." => "sergeant",
        "adm." => "admiral",
        "cmdr." => "commander",
        "prof." => "professor",
        "dr." | "dr" => "doctor",
        "pres." => "president",
        "supt." => "superintendent",
        "justice" => "judge",
        other => other,
    }
}

/// `58-year-old`.
pub(super) fn is_age(word: &str) -> bool {
    word.ends_with("-year-old")
}

/// What a person does or did for a living, or is to others, that no office is: another word for somebody named.
pub(super) fn is_trade(noun: &str) -> bool {
    matches!(
        noun,
        "driver"
            | "farmer"
            | "student"
            | "singer"
            | "actor"
            | "actress"
            | "author"
            | "writer"
            | "novelist"
            | "poet"
            | "goalkeeper"
            | "striker"
            | "midfielder"
            | "defender"
            | "winger"
            | "pilot"
            | "teacher"
            | "nurse"
            | "skipper"
            | "fisherman"
            | "pensioner"
            | "grandmother"
            | "grandfather"
            | "widow"
            | "widower"
            | "retiree"
            | "composer"
            | "pianist"
            | "painter"
            | "chef"
            | "baker"
            | "electrician"
            | "builder"
            | "carpenter"
            | "plumber"
            | "cyclist"
            | "scientist"
            | "researcher"
            | "engineer"
            | "sprinter"
            | "swimmer"
            | "golfer"
            | "racer"
            | "musician"
            | "violinist"
            | "comedian"
            | "priest"
            | "dramatist"
            | "playwright"
            | "biologist"
            | "artist"
            | "sculptor"
            | "photographer"
            | "columnist"
            | "rancher"
            | "beekeeper"
            | "apprentice"
    )
}

/// Posts of which a text seldom has a second bearer without a name.
pub(super) fn is_profession(noun: &str) -> bool {
    matches!(
        noun,
        "lawyer"
            | "attorney"
            | "analyst"
            | "economist"
            | "strategist"
            | "professor"
            | "historian"
            | "founder"
            | "designer"
            | "director"
            | "activist"
            | "campaigner"
            | "broker"
            | "trader"
            | "biologist"
            | "physicist"
            | "architect"
    )
}

/// Whether a noun in the singular is a person.
pub(super) fn is_human(noun: &str) -> bool {
    let ending =
        ["woman", "herd", "herder", "ologist", "ician", "keeper", "grower", "hunter", "dweller", "-goer"];
    ending.iter().any(|end| noun.ends_with(end)) && noun.len() > 5
        || noun.ends_with("man")
            && noun.len() > 4
            && !matches!(noun, "human" | "german" | "roman" | "ottoman")
        || is_trade(noun)
        || matches!(
            noun,
            "man"
                | "woman"
                | "boy"
                | "girl"
                | "mother"
                | "father"
                | "son"
                | "daughter"
                | "brother"
                | "sister"
                | "neighbour"
                | "neighbor"
                | "wife"
                | "husband"
                | "widow"
                | "soldier"
                | "officer"
                | "survivor"
                | "witness"
                | "fisherman"
                | "voter"
                | "protester"
                | "refugee"
                | "lawmaker"
                | "shopkeeper"
                | "source"
                | "insider"
                | "passenger"
                | "tourist"
                | "person"
                | "rescuer"
                | "rival"
                | "customer"
                | "worker"
                | "villager"
                | "bystander"
                | "postman"
                | "pensioner"
                | "juror"
                | "clerk"
                | "guard"
                | "warder"
                | "carer"
                | "private"
                | "marcher"
                | "dealer"
                | "guest"
                | "patient"
                | "victim"
                | "priest"
                | "monk"
                | "nun"
                | "cook"
                | "grocer"
                | "butcher"
                | "baker"
                | "waiter"
                | "waitress"
                | "migrant"
                | "prisoner"
                | "hostage"
                | "gunman"
                | "policeman"
                | "policewoman"
                | "fireman"
                | "businessman"
                | "businesswoman"
                | "salesman"
                | "housewife"
                | "grandmother"
                | "grandfather"
                | "uncle"
                | "aunt"
                | "cousin"
                | "colleague"
                | "friend"
                | "ally"
                | "supporter"
                | "critic"
                | "mourner"
                | "counterpart"
                | "predecessor"
                | "successor"
                | "opponent"
                | "deputy"
        )
}
