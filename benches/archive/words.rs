//! Names and sentences of the measured archive: invented, and drawn by a small generator of random numbers.

/// SplitMix64 (Steele, Lea and Flood 2014), seeded by the number of the article.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed_da7e)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 up to `n`, exclusive.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A rank below `n` by Zipf's law of exponent 1, by the inverse of its continuous form.
    pub fn zipf(&mut self, n: usize) -> usize {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (((n as f64 + 1.0).powf(u) - 1.0) as usize).min(n - 1)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    Place,
    Organization,
}

pub struct Entity {
    pub name: String,
    pub kind: Kind,
}

impl Entity {
    pub fn id(&self) -> String {
        slug(&self.name)
    }
}

pub fn slug(text: &str) -> String {
    let slug: String =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    slug.split('-').filter(|part| !part.is_empty()).take(9).collect::<Vec<_>>().join("-")
}

pub fn kinds(cast: &[&Entity]) -> usize {
    [Kind::Person, Kind::Place, Kind::Organization]
        .iter()
        .filter(|k| cast.iter().any(|e| e.kind == **k))
        .count()
}

const GIVEN: [&str; 40] = [
    "Ada", "Bela", "Ciro", "Dana", "Edda", "Fedor", "Gita", "Hilde", "Ivo", "Jorun", "Kaya", "Lars", "Mina",
    "Nilo", "Odile", "Pavel", "Quirin", "Runa", "Selim", "Tove", "Ulla", "Vito", "Wanda", "Xenia", "Ylva",
    "Zeno", "Amara", "Bruno", "Clio", "Dario", "Elke", "Faris", "Greta", "Hana", "Iris", "Jonas", "Kemal",
    "Lea", "Maro", "Nadia",
];
const FAMILY: [&str; 25] = [
    "Aldermann",
    "Brescu",
    "Cavendel",
    "Dornik",
    "Estrava",
    "Falkonen",
    "Grebski",
    "Holtan",
    "Ivarsen",
    "Jandor",
    "Kestrova",
    "Lindholt",
    "Marvek",
    "Nordal",
    "Oberlin",
    "Pelzer",
    "Quandt",
    "Rostova",
    "Silvane",
    "Tarnow",
    "Urquhel",
    "Vandrey",
    "Westmark",
    "Yardan",
    "Zelwick",
];
const ROOTS: [&str; 25] = [
    "Arl", "Bren", "Cald", "Dorm", "Elst", "Fenn", "Gar", "Hask", "Ist", "Jarn", "Kall", "Lorn", "Mar",
    "Nes", "Orm", "Pell", "Quar", "Rav", "Sel", "Torv", "Ulm", "Vall", "Wen", "Yst", "Zarn",
];
const ENDS: [&str; 20] = [
    "ford", "stad", "burgh", "haven", "ville", "mouth", "dorf", "minster", "by", "wick", "holm", "gate",
    "field", "bridge", "vale", "port", "moor", "ness", "combe", "ton",
];
const FIRSTS: [&str; 20] = [
    "National",
    "Federal",
    "Central",
    "Northern",
    "Southern",
    "Maritime",
    "United",
    "Civic",
    "Continental",
    "Royal",
    "Public",
    "Regional",
    "General",
    "Joint",
    "Western",
    "Eastern",
    "Imperial",
    "Common",
    "Free",
    "Allied",
];
const TRADES: [&str; 25] = [
    "Rail",
    "Grain",
    "Steel",
    "Water",
    "Housing",
    "Press",
    "Energy",
    "Mining",
    "Postal",
    "Harbour",
    "Timber",
    "Credit",
    "Textile",
    "Transit",
    "Fisheries",
    "Archives",
    "Forestry",
    "Aviation",
    "Insurance",
    "Medical",
    "Customs",
    "Canal",
    "Glass",
    "Paper",
    "Salt",
];

/// 2,000 entities in the order of their rank: 1,000 people, 500 places, 500 organisations.
pub fn entities() -> Vec<Entity> {
    let cross = |a: &[&str], b: &[&str], join: &str, end: &str| -> Vec<String> {
        a.iter().flat_map(|x| b.iter().map(move |y| format!("{x}{join}{y}{end}"))).collect()
    };
    let mut all: Vec<Entity> = Vec::new();
    let mut add = |names: Vec<String>, kind| all.extend(names.into_iter().map(|name| Entity { name, kind }));
    add(cross(&GIVEN, &FAMILY, " ", ""), Kind::Person);
    add(cross(&ROOTS, &ENDS, "", ""), Kind::Place);
    add(cross(&FIRSTS, &TRADES, " ", " Board"), Kind::Organization);
    let mut draw = Draw::new(u64::MAX);
    for i in (1..all.len()).rev() {
        all.swap(i, draw.below(i as u64 + 1) as usize);
    }
    all
}

pub const TOPICS: [&str; 20] = [
    "politics",
    "economy, business and finance",
    "trade agreements",
    "transport",
    "health",
    "education",
    "environment",
    "science and technology",
    "labour",
    "agriculture",
    "energy",
    "housing",
    "weather",
    "sport",
    "religion",
    "human rights",
    "justice",
    "taxation",
    "elections",
    "tourism",
];
pub const HEADINGS: [&str; 6] =
    ["What was agreed", "The figures", "Who objects", "How it began", "What comes next", "In the region"];
pub const HEADLINES: &[&str] = &[
    "{O} puts {n} for {L} on hold",
    "{P} speaks up for a {a} {n}",
    "{L} waits for its {n}",
    "A {a} {n} parts {P} and {O}",
    "{O} counts the cost of the {n} in {L}",
];
pub const SENTENCES: &[&str] = &[
    "{P} told the council of {L} that the {n} would be laid before it {w}.",
    "The {O} confirmed {w} that its {n} had cost {i} million more than it had set aside.",
    "In {L}, where the {a} {n} began, some {i} people signed a letter against it.",
    "\"{q},\" said {P} {w}.",
    "\"{q},\" {P} told the members of the {O}.",
    "Nobody at the {O} would say when the {n} is to be finished.",
    "The {a} {n} has been put off {i} times since {P} first asked for it.",
    "Between {L} and the coast the {n} has changed little in {i} years, and **few** expect that it will.",
    "According to the {O}, spending on the {n} fell by {i} per cent in a year.",
    "{P} is to meet the chair of the {O} in {L} {w}, and the *{n}* is the only item.",
    "A [summary of the {n}](https://example.org/papers/{i}) lies open to the public.",
    "What the {O} calls {a}, the people of {L} call late.",
];
const NOUNS: [&str; 20] = [
    "budget",
    "bridge",
    "tariff",
    "survey",
    "ferry",
    "contract",
    "inquiry",
    "reservoir",
    "pension",
    "timetable",
    "museum",
    "licence",
    "merger",
    "harvest",
    "census",
    "railway",
    "ballot",
    "tunnel",
    "school",
    "clinic",
];
const ADJECTIVES: [&str; 12] = [
    "costly",
    "modest",
    "delayed",
    "joint",
    "disputed",
    "provisional",
    "second",
    "revised",
    "quiet",
    "regional",
    "final",
    "early",
];
const WHEN: [&str; 8] = [
    "on Monday",
    "on Tuesday",
    "on Thursday",
    "late on Friday",
    "over the weekend",
    "last week",
    "this spring",
    "at noon",
];
const QUOTES: [&str; 8] = [
    "We said so at the time",
    "There is no second plan",
    "The sums are simple enough",
    "It was never a secret",
    "We will pay what we owe",
    "This is the work of years",
    "I would sign it again",
    "Nothing has been decided yet",
];

/// Fills a pattern: `{P}` person, `{L}` place, `{O}` organisation, and words.
pub fn sentence(draw: &mut Draw, cast: &[&Entity], patterns: &[&str]) -> String {
    let pattern = draw.pick(patterns);
    let mut out = String::with_capacity(160);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let slot = &rest[at + 1..at + 2];
        match slot {
            "P" => out.push_str(name(draw, cast, Kind::Person)),
            "L" => out.push_str(name(draw, cast, Kind::Place)),
            "O" => out.push_str(name(draw, cast, Kind::Organization)),
            "n" => out.push_str(draw.pick(&NOUNS)),
            "a" => out.push_str(draw.pick(&ADJECTIVES)),
            "w" => out.push_str(draw.pick(&WHEN)),
            "q" => out.push_str(draw.pick(&QUOTES)),
            _ => out.push_str(&(2 + draw.below(900)).to_string()),
        }
        rest = &rest[at + 3..];
    }
    out.push_str(rest);
    out
}

fn name<'a>(draw: &mut Draw, cast: &[&'a Entity], kind: Kind) -> &'a str {
    let of_kind: Vec<&&Entity> = cast.iter().filter(|e| e.kind == kind).collect();
    let name = &of_kind[draw.below(of_kind.len() as u64) as usize].name;
    // A person is called by the family name now and then.
    if kind == Kind::Person && draw.below(3) == 0 {
        name.split(' ').next_back().unwrap_or(name)
    } else {
        name
    }
}
