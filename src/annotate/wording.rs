//! A range of tokens enters; what the words right around it say of the thing named leaves.

use std::ops::Range;

use crate::{
    annotate::{occurrence::Text, words},
    text::token::TokenKind,
};

/// What the words around a name say. Each is set by the nearest words only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// `in Jordan`, `near Paris`.
    pub place: bool,
    /// `to Paris`, `from Jordan`, `visited Paris`: a place, less surely.
    pub toward: bool,
    /// `Jordan said`, `Target reported`: somebody or some body that acts.
    pub acts: bool,
    /// `X accused`, `X's ambassador`, `between X and`, `relations with X`: a capital for its government.
    pub governs: bool,
    /// `city of X`, `X city`, `mayor of X`.
    pub city: bool,
    /// `X state`, `state of X`, `X province`, `governor of X`.
    pub region: bool,
    /// `beat X`, `X drew`, `X 2-1`.
    pub plays: bool,
    /// `shares of X`, `X's chief executive`, `retailer X`, `X Inc.`.
    pub trades: bool,
    /// `Mr X`, `X, who`, `X himself`.
    pub person: bool,
    /// `Berlin Wall`, `Forces of Colombia`, `Sioux City Explorers`: a part of a longer name.
    pub part: bool,
    /// `Japanese Red Cross`: the body of some country.
    pub national: bool,
    /// `Boeing 747`: a make.
    pub model: bool,
    /// `X, a country of`, `X, a town in`.
    pub said_country: bool,
    pub said_city: bool,
}

/// Nouns with which names of other things end.
const LONGER: [&str; 65] = [
    "river",
    "lake",
    "wall",
    "county",
    "street",
    "road",
    "avenue",
    "boulevard",
    "bay",
    "valley",
    "university",
    "college",
    "accord",
    "accords",
    "agreement",
    "treaty",
    "airport",
    "bridge",
    "stadium",
    "court",
    "hospital",
    "park",
    "square",
    "tower",
    "island",
    "islands",
    "peninsula",
    "mountains",
    "sea",
    "ocean",
    "channel",
    "strait",
    "falls",
    "beach",
    "plan",
    "protocol",
    "convention",
    "declaration",
    "post",
    "times",
    "herald",
    "tribune",
    "news",
    "exchange",
    "open",
    "marathon",
    "cup",
    "games",
    "olympics",
    "prize",
    "festival",
    "club",
    "fc",
    "church",
    "cathedral",
    "school",
    "institute",
    "museum",
    "theatre",
    "theater",
    "hotel",
    "palace",
    "journal",
    "daily",
    "arena",
];
/// Capital words behind a name of a place that begin the title of somebody else.
const TITLE_WORDS: [&str; 20] = [
    "foreign",
    "prime",
    "defense",
    "defence",
    "interior",
    "finance",
    "health",
    "gov.",
    "sen.",
    "rep.",
    "gen.",
    "lt.",
    "republican",
    "democrat",
    "democratic",
    "attorney",
    "army",
    "police",
    "crown",
    "vice",
];

const PLACE_BEFORE: [&str; 17] = [
    "in",
    "near",
    "at",
    "across",
    "throughout",
    "outside",
    "inside",
    "around",
    "downtown",
    "central",
    "eastern",
    "western",
    "northern",
    "southern",
    "nearby",
    "neighboring",
    "neighbouring",
];
const TOWARD_BEFORE: [&str; 14] = [
    "to", "from", "into", "toward", "towards", "via", "visit", "visited", "visiting", "leave", "left",
    "reached", "entered", "through",
];
const PLAYS_BEFORE: [&str; 12] = [
    "beat", "beating", "defeated", "thrashed", "edged", "against", "vs", "v", "faced", "host", "hosted",
    "stunned",
];
const PLAYS_AFTER: [&str; 24] = [
    "beat",
    "beats",
    "defeated",
    "drew",
    "won",
    "lost",
    "scored",
    "thrashed",
    "edged",
    "striker",
    "midfielder",
    "defender",
    "goalkeeper",
    "coach",
    "manager",
    "forward",
    "winger",
    "fans",
    "fc",
    "united",
    "players",
    "play",
    "played",
    "equalised",
];
const TRADES_BEFORE: [&str; 16] = [
    "retailer",
    "company",
    "giant",
    "maker",
    "firm",
    "chain",
    "brand",
    "group",
    "rival",
    "carmaker",
    "bank",
    "competitor",
    "manufacturer",
    "provider",
    "oil",
    "technology",
];
const TRADES_AFTER: [&str; 26] = [
    "shares",
    "stock",
    "stores",
    "inc",
    "inc.",
    "corp",
    "corp.",
    "plc",
    "ltd",
    "co",
    "co.",
    "ceo",
    "profit",
    "profits",
    "revenue",
    "sales",
    "earnings",
    "products",
    "shareholders",
    "investors",
    "executives",
    "employees",
    "customers",
    "refinery",
    "chief",
    "subsidiary",
];
const GOVERNS_CITY: [&str; 3] = ["city", "town", "mayor"];
const GOVERNS_REGION: [&str; 6] = ["state", "province", "governor", "legislature", "senator", "region"];
const ACTS_AFTER: [&str; 38] = [
    "agreed",
    "refused",
    "imposed",
    "wants",
    "sent",
    "accuses",
    "accused",
    "signed",
    "vowed",
    "rejected",
    "plans",
    "hopes",
    "backed",
    "supports",
    "condemned",
    "recalled",
    "expelled",
    "offered",
    "seeks",
    "opposes",
    "threatened",
    "urged",
    "welcomed",
    "hopes",
    "insists",
    "says",
    "said",
    "announced",
    "reported",
    "denied",
    "denies",
    "demands",
    "demanded",
    "launched",
    "unveiled",
    "posted",
    "considers",
    "views",
];

/// What governments do.
const GOVERNS_AFTER: [&str; 44] = [
    "accused",
    "accuses",
    "agreed",
    "asked",
    "backed",
    "backs",
    "called",
    "condemned",
    "condemns",
    "considers",
    "demanded",
    "demands",
    "denied",
    "denies",
    "expelled",
    "fears",
    "has",
    "hopes",
    "imposed",
    "insisted",
    "insists",
    "offered",
    "opposes",
    "pledged",
    "recalled",
    "refused",
    "refuses",
    "rejected",
    "rejects",
    "said",
    "says",
    "seeks",
    "signed",
    "summoned",
    "supports",
    "suspects",
    "threatened",
    "urged",
    "urges",
    "views",
    "vowed",
    "wants",
    "warned",
    "welcomed",
];
/// What governments have.
const GOVERNS_OWN: [&str; 18] = [
    "ally",
    "allies",
    "ambassador",
    "ambassadors",
    "envoy",
    "envoys",
    "decision",
    "demand",
    "demands",
    "diplomats",
    "foreign",
    "nuclear",
    "policy",
    "position",
    "proposal",
    "refusal",
    "sanctions",
    "stance",
];
/// What stands between governments, before `with` or `between`.
const GOVERNS_BETWEEN: [&str; 14] = [
    "relations",
    "ties",
    "talks",
    "negotiations",
    "tensions",
    "dialogue",
    "deal",
    "agreement",
    "alliance",
    "treaty",
    "dispute",
    "row",
    "standoff",
    "rift",
];

/// Reads the words around a range of tokens. A bounded number is looked at.
pub fn wording(text: &Text<'_>, tokens: &Range<u32>) -> Wording {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let word = |i: Option<usize>| i.filter(|i| *i < text.tokens.len()).map_or("", |i| text.folded.token(i));
    let before = word(start.checked_sub(1));
    let before2 = word(start.checked_sub(2));
    let possessive = matches!(word(Some(end)), "'s" | "'");
    let at = if possessive { end + 1 } else { end };
    let (after, after2) = (word(Some(at)), word(Some(at + 1)));
    // `in northern Jordan`, `in the Congo`.
    let before_the = if before == "the" { before2 } else { before };
    let compass =
        matches!(before_the, "eastern" | "western" | "northern" | "southern" | "central" | "downtown");
    let in_front = if compass { word(start.checked_sub(2)) } else { before_the };
    let mut out = Wording {
        place: PLACE_BEFORE.contains(&in_front) || compass,
        toward: TOWARD_BEFORE.contains(&in_front),
        ..Wording::default()
    };
    if before == "of" || before == "in" && GOVERNS_CITY.contains(&before2) {
        out.city |= GOVERNS_CITY.contains(&before2);
        out.region |= GOVERNS_REGION.contains(&before2);
        // Firms have presidents and directors too.
        out.place |= before == "of"
            && matches!(
                before2,
                "minister" | "king" | "queen" | "emir" | "sultan" | "capital" | "government"
            );
        out.trades |= matches!(before2, "shares" | "stock" | "executive" | "investors" | "shareholders");
    }
    let lower = text
        .tokens
        .get(at)
        .is_some_and(|t| t.of(&text.prose.text).chars().next().is_some_and(char::is_lowercase));
    if after == "city" && lower || after == "mayor" {
        out.city = true;
    }
    if matches!(after, "state" | "province") && lower && after2 != "department"
        || matches!(after, "governor" | "gov." | "legislature")
        || matches!(after2, "governor" | "gov.") && after == "'s"
    {
        out.region = true;
    }
    let after_class = words::classes(after);
    let quiet =
        matches!(after2, "to") && after_class & words::SAY != 0 && matches!(after, "said" | "believed");
    if !possessive && !quiet && (after_class & words::SAY != 0 || ACTS_AFTER.contains(&after))
        || !possessive && matches!(after, "has" | "have" | "will" | "had") && ACTS_AFTER.contains(&after2)
    {
        out.acts = true;
    }
    let does = |verb: &str, next: &str| match verb {
        "has" => GOVERNS_AFTER.contains(&next),
        verb => GOVERNS_AFTER.contains(&verb) && !(quiet && verb == "said"),
    };
    let third = word(start.checked_sub(3));
    out.governs = match (possessive, before, before2) {
        (true, ..) => GOVERNS_OWN.contains(&after),
        (false, "between" | "with", kind) if GOVERNS_BETWEEN.contains(&kind) => true,
        // `between Washington and Tehran`
        (false, "and", _) if third == "between" => true,
        (false, "between", _) => after == "and",
        _ => does(after, after2) && !out.place && !out.toward,
    };
    let number = |w: &str| w.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let score = |w: &str| {
        number(w)
            && w.len() <= 7
            && w.contains(['-', '–', ':'])
            && w.bytes().filter(u8::is_ascii_digit).count() <= 6
    };
    out.plays = PLAYS_BEFORE.contains(&before) || PLAYS_AFTER.contains(&after) || score(after);
    out.trades |= TRADES_BEFORE.contains(&before) || TRADES_AFTER.contains(&after);
    let capital = |i: usize| {
        text.tokens.get(i).is_some_and(|t| {
            t.kind == TokenKind::Word && t.of(&text.prose.text).chars().next().is_some_and(char::is_uppercase)
        })
    };
    let spaced = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (text.tokens.get(a), text.tokens.get(b)) else { return false };
        text.prose.text.get(a.end as usize..b.start as usize) == Some(" ")
    };
    let calm = words::WEEKDAY
        | words::MONTH
        | words::ROLE
        | words::COURTESY
        | words::MALE
        | words::FEMALE
        | words::DETERMINER
        | words::PRONOUN
        | words::PREPOSITION
        | words::JOINER
        | words::SAY;
    let next = word(Some(end));
    let saint = matches!(text.folded.token(start), "st." | "st" | "saint") && possessive && capital(end + 1);
    let longer = LONGER.contains(&next) && capital(end)
        || capital(end)
            && spaced(end.saturating_sub(1), end)
            && words::classes(next) & calm == 0
            && !TITLE_WORDS.contains(&next)
            && capital(start)
            && text.surface(tokens).chars().any(char::is_lowercase);
    // `Rep. Jim Jordan of Ohio` is no body of Ohio.
    let titled = (start.saturating_sub(5)..start.saturating_sub(2)).any(|i| {
        let word = text.folded.token(i);
        words::classes(word) & (words::ROLE | words::COURTESY) != 0 || TITLE_WORDS.contains(&word)
    });
    let of = before == "of"
        && !titled
        && start >= 2
        && capital(start - 2)
        && words::classes(before2) & (words::ROLE | words::COURTESY | words::BODY) == 0
        && !matches!(before2, "republic" | "kingdom" | "city" | "state" | "government" | "people")
        && start >= 3
        && !matches!(word(Some(start - 3)), "." | "\"" | "“");
    out.part = saint || longer || of;
    out.national = start > 0 && capital(start - 1) && crate::knowledge::pack().demonym(before).is_some();
    out.model = text.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number)
        && spaced(end.saturating_sub(1), end)
        && next.len() <= 4
        && !next.contains(['.', ',', '-', '–', ':']);
    if next == "," && matches!(word(Some(end + 1)), "a" | "the" | "an") {
        let noun = (end + 2..end + 5).map(|i| word(Some(i)));
        for noun in noun {
            out.said_country |= matches!(noun, "country" | "nation" | "republic" | "kingdom");
            out.said_city |= matches!(noun, "city" | "town" | "village" | "suburb");
        }
    }
    out.person = words::classes(before) & words::COURTESY != 0
        || after == "," && after2 == "who"
        || matches!(after, "himself" | "herself");
    out
}
