//! Lists of names enter; made-up wire copy with its annotation leaves: results, tables, tournaments, company news.
//!
//! The annotated sources have no sports desk and hardly a table. Here patterns of our own are filled with listed
//! names, so that the tagger learns what the place in a table or a sentence tells: a town that scores is a club, a
//! country in brackets is a country. In a pattern `{t}` stands for a club, `{u}` for a club that is named by its
//! town, `{c}` country, `{v}` town, `{p}` person, `{s}` family name, `{i}` initial and family name, `{o}` company,
//! `{d}` demonym, `{g}` tournament, `{n}` `{m}` `{k}` numbers, `{w}` weekday, `{y}` year.

use dateline::annotate::tagger::NerKind;
use dateline::annotate::tagger::lexicon::{kind, list};

use crate::data::Doc;
use crate::names::Names;
use crate::plan::Dice;

/// Names by what they may fill.
#[derive(Default)]
pub struct Stock {
    clubs: Vec<String>,
    countries: Vec<String>,
    towns: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
    companies: Vec<String>,
    demonyms: Vec<String>,
}

/// Sorts names into the stock; what is several things at once stays out.
pub fn stock(names: &Names) -> Stock {
    let mut out = Stock::default();
    for (name, &bits) in &names.names {
        let words = name.split(' ').count();
        let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.'));
        let into = match bits & !(kind::COMMON | kind::CITY) {
            _ if !plain || words > 3 => continue,
            0 if bits == kind::CITY && words < 3 => &mut out.towns,
            kind::CLUB if words < 3 => &mut out.clubs,
            kind::COUNTRY if words < 3 && name.chars().count() > 3 => &mut out.countries,
            kind::COMPANY => &mut out.companies,
            kind::DEMONYM if words == 1 && !name.ends_with('s') => &mut out.demonyms,
            _ => continue,
        };
        into.push(name.clone());
    }
    for (word, &bits) in &names.words {
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|c| c.is_ascii_lowercase()) else { continue };
        let name: String = first.to_uppercase().chain(letters).collect();
        match bits & (list::GIVEN | list::FAMILY) {
            list::GIVEN => out.given.push(name),
            list::FAMILY => out.family.push(name),
            _ => {}
        }
    }
    out
}

/// Pieces of several lines: the first number is of lines of the repeated pattern.
const PIECES: &[(&str, usize, &[&str])] = &[
    (
        "SOCCER - {d} {g} RESULTS .\n{V} {y}-0{k}-1{k}\nResults of {d} first division matches played on {w} :\n",
        7,
        &["{t} {n} {u} {m}", "{u} {n} {t} {m}", "{t} {n} {t} {m} ( halftime {k}-0 )"],
    ),
    (
        "Soccer-{d} {g} standings\n{v} , ({a}) - Standings in the {d} {g} on {w} ( tabulated under played , won , drawn , lost ) :\n",
        8,
        &["{t} {n} {m} {k} {k} {n} {m} {n}", "{u} {n} {m} {k} {k} {n} {m} {n}"],
    ),
    (
        "Basketball-{d} league results\nResults of games on {w} ( home team in capitals ) :\n",
        8,
        &["{u} {n}{k} {U} {n}{k}", "{U} {m}{k} {u} {n}{k}", "{T} {n}{k} {u} {m}{k} ( {k} OT )"],
    ),
    (
        "EASTERN DIVISION\nW L PCT GB\n",
        7,
        &["{U} {n} {m} .{n}{k} -", "{u} {n} {m} .{n}{k} {k} 1/2", "{t} {n} {m} .{n}{k} {k}"],
    ),
    ("{w} 'S SCHEDULE\n", 6, &["{u} AT {u}", "{U} at {U}", "{u} at {u} , 7:05", "{u} @ {u}"]),
    (
        "{D} {g} : LEADING RESULTS\n{V} {y}-0{k}-0{k}\nLeading results in the {g} on {w} :\n",
        8,
        &[
            "{k} . {p} ( {c} ) {n}:{m}.{n}",
            "{k}. {p} ({c}) {n}.{m} seconds",
            "{n} {p} ( {c} ) {n} {m} {n}",
            "{k} - {p} ( {c} )",
            "{n}. {p}, {c}, {t}, {k} mins {n} secs behind",
        ],
    ),
    (
        "Tennis-{g} results\n{v} ({a}) - Results of the {g} on {w} (prefix number denotes seeding) :\n",
        7,
        &[
            "{k}-{p} ({c}) beat {p} ({c}) {k}-4 6-{k}",
            "{p} ( {c} ) beat {k} - {p} ( {c} ) {k}-6 7-{k} 6-{k}",
            "{p} {c} bt {p} {c} 6-{k} 6-{k}",
        ],
    ),
    (
        "CRICKET - {c} V {c} FINAL SCOREBOARD .\n{V} {y}-1{k}-0{k}\nScoreboard on the {k}th day of the test between {c} and {c} on {w} :\n{c} {n}{k} and {m}{k} for {k}\n{c} first innings {n}{k} ( {i} {n} )\n",
        8,
        &[
            "{i} c {s} b {s} {n}",
            "{i} lbw b {s} {m}",
            "{i} run out {n}",
            "Bowling : {s} {n}-{k}-{m}-{k} , {s} {m}-{k}-{n}-{k}",
            "{s} not out {n}",
        ],
    ),
    (
        "Soccer-{c} {k} {c} {k} - result\n{v} - {c} beat {c} {k}-{k} ( halftime {k}-0 ) in their {g} qualifier on {w} .\nScorers :\n",
        3,
        &["{c} - {p} ( {n}th minute ) , {s} ( {m} )", "{c} : {p} ( {n} )", "{t} - {s} {n} , {m}"],
    ),
    (
        "Teams :\n",
        2,
        &["{c} : {k}-{p} , {k}-{p} , {n}-{p} ( {n}-{p} {m} )", "{t} : {p} ; {p} , {p} ; {p} ( {t} )"],
    ),
    (
        "{g} draw\nDraw for the {g} made in {v} on {w} :\n",
        6,
        &["{t} ( {c} ) v {t} ( {c} )", "{t} ({c}) v {u} ({c})", "Group {k} : {c} , {c} , {c} , {c}"],
    ),
    (
        "",
        4,
        &[
            "{u} beat {t} {k}-{k} on {w} to move up to {k}th place in the {d} first division .",
            "{t} striker {p} will miss {w} 's game against {u} .",
            "{p} scored twice as {u} came from behind to beat {t} {k}-{k} in {v} .",
            "{c} coach {p} named {s} and {t} midfielder {p} in his squad to play {c} in {v} .",
            "In {v} , {p} hit a homer in the {k}th inning as {u} beat {u} {k}-{k} .",
            "At {v} , {p} threw a {k}-hitter for the {d} side and {U} won {k}-{k} .",
            "{t} have signed {d} defender {p} from {u} for {n} million .",
            "\" We played badly , \" said {u} manager {p} after the defeat at {u} .",
            "{s} , who joined {u} from {t} last year , set up {d} forward {s} .",
            "{p} of {c} won the {g} in {v} on {w} , ahead of {p} of {c} .",
            "{d} champion {p} beat {c} 's {p} 6-{k} 7-{k} in the {g} .",
            "{c} play {c} in {v} on {w} and {c} meet {c} .",
            "{t} goalkeeper {p} saved a penalty from {s} before {s} scored for {u} .",
            "{u} , without injured captain {s} , lost {k}-{k} to {t} .",
        ],
    ),
    (
        "{O} Q{k} net profit rises\n{V} {y}-0{k}-1{k}\n",
        4,
        &[
            "{o} said on {w} that it would sell its {v} unit to {o} for ${n} million .",
            "{o} posted a net profit of {n}.{k} million in the {k} months to June , its chief executive {p} said .",
            "{o} shares fell {k} percent in {v} after {o} cut its forecast .",
            "{p} , an analyst at {o} in {v} , said {o} was a buy .",
            "Net {n}.{k} vs {m}.{k}",
            "{o} rose {k} to {n} , {o} fell {k} to {m} and {o} was flat at {n} .",
            "{o} has hired {p} from {o} as head of its {d} business .",
            "{o} chairman {p} told {a} that talks with {o} had ended .",
            "( {v} newsroom , {n} {n} {m} )",
        ],
    ),
    (
        "PRESS DIGEST - {c} - {w}\nThese are the leading stories in the {d} press on {w} . {a} has not verified these stories .\n",
        4,
        &[
            "- {o} is to open a plant near {v} .",
            "- {c} and {c} will sign a treaty in {v} .",
            "- {p} is to run {o} .",
            "- {v} police arrested {p} , a former director of {o} .",
        ],
    ),
    (
        "{c} : {p} wins vote\n{V} ({a}) - ",
        4,
        &[
            "{c} and {c} agreed on {w} to reopen the border near {v} , officials in {v} said .",
            "{p} , {c} 's opposition leader , flew from {v} to {v} .",
            "{d} police said {p} , {n} , was shot dead in {v} .",
            "{c} , {c} , {c} and {c} voted against .",
            "{s} said he would visit {c} and {c} .",
            "{c} 's central bank raised rates , following {c} and {c} .",
        ],
    ),
];

const AGENCIES: &[&str] = &["Reuters", "AP", "AFP", "Reuters", "Xinhua", "Reuters"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const GAMES: &[&str] = &[
    "PREMIER LEAGUE",
    "CUP",
    "WORLD CUP",
    "OPEN",
    "GRAND PRIX",
    "MASTERS",
    "LEAGUE",
    "CHAMPIONSHIP",
    "Open",
    "World Cup",
    "Champions League",
    "Grand Prix",
    "Cup",
    "Super League",
    "championship",
    "tour",
    "EUROPEAN CUP",
    "first division",
];

/// Makes `count` pieces, each with its annotation; tournaments and demonyms are left unmarked.
pub fn pieces(stock: &Stock, count: u32) -> Vec<Doc> {
    let mut dice = Dice(0x0dd0_57ab_1e5e_ed01);
    (0..count)
        .map(|number| {
            let (head, lines, patterns) = PIECES[number as usize % PIECES.len()];
            let mut piece = Piece {
                doc: Doc { id: format!("wire-{number}"), text: String::new(), mentions: Vec::new() },
            };
            piece.fill(head, stock, &mut dice);
            for _ in 0..lines + dice.roll() as usize % 3 {
                let pattern = patterns[dice.roll() as usize % patterns.len()];
                piece.fill(pattern, stock, &mut dice);
                piece.doc.text.push('\n');
            }
            piece.doc
        })
        .collect()
}

struct Piece {
    doc: Doc,
}

impl Piece {
    fn fill(&mut self, pattern: &str, stock: &Stock, dice: &mut Dice) {
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            self.doc.text.push_str(before);
            let (slot, after) = after.split_once('}').expect("a closed slot");
            self.slot(slot, stock, dice);
            rest = after;
        }
        self.doc.text.push_str(rest);
    }

    fn slot(&mut self, slot: &str, stock: &Stock, dice: &mut Dice) {
        let mut one = |from: &[String]| from[dice.roll() as usize % from.len()].clone();
        let (name, kind) = match slot.to_lowercase().as_str() {
            "t" => (one(&stock.clubs), Some(NerKind::Organization)),
            "u" => (one(&stock.towns), Some(NerKind::Organization)),
            "c" => (one(&stock.countries), Some(NerKind::Place)),
            "v" => (one(&stock.towns), Some(NerKind::Place)),
            "p" => (format!("{} {}", one(&stock.given), one(&stock.family)), Some(NerKind::Person)),
            "s" => (one(&stock.family), Some(NerKind::Person)),
            "i" => {
                let initial = one(&stock.given).chars().take(1).collect::<String>();
                (format!("{initial}. {}", one(&stock.family)), Some(NerKind::Person))
            }
            "o" => (one(&stock.companies), Some(NerKind::Organization)),
            "a" => (AGENCIES[dice.roll() as usize % AGENCIES.len()].to_string(), Some(NerKind::Organization)),
            "d" => (one(&stock.demonyms), None),
            "g" => (GAMES[dice.roll() as usize % GAMES.len()].to_string(), None),
            "w" => (DAYS[dice.roll() as usize % DAYS.len()].to_string(), None),
            "y" => ((1995 + dice.roll() % 26).to_string(), None),
            "k" => ((1 + dice.roll() % 8).to_string(), None),
            _ => ((10 + dice.roll() % 80).to_string(), None),
        };
        let name = if slot.chars().all(char::is_uppercase) { name.to_uppercase() } else { name };
        let start = self.doc.text.len();
        self.doc.text.push_str(&name);
        self.doc.mentions.extend(kind.map(|kind| (start, self.doc.text.len(), kind)));
    }
}
