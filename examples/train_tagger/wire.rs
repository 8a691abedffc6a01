//! Lists of names enter; made-up wire copy with its annotation leaves: results, tables, tournaments, company news.
//!
//! The annotated sources have no sports desk and hardly a table. Here patterns of our own are filled with listed and
//! made-up names, so that the tagger learns what the place in a table or a sentence tells: a town that scores is a club,
//! a country in brackets is a country. Most names are rare or made up, so that it learns the copy and not the names.
//!
//! In a pattern `{t}` stands for a club, `{u}` for a club that is named by its town, `{x}` for a club with a by-name, `{c}`
//! country, `{v}` town, `{e}` small place, `{h}` ground, `{p}` person, `{q}` given name, `{s}` family name, `{i}` initial and
//! family name, `{o}` listed company, `{f}` firm, `{b}` body, `{j}` part of a government, `{l}` league, `{z}` county, `{a}`
//! agency, `{d}` demonym, `{g}` tournament, `{n}` `{m}` `{k}` numbers, `{w}` weekday, `{y}` year. A slot with a digit
//! stands for the same all over a piece (`{f1}`), and its form may follow: short or family name (`s`), town of a club
//! (`c`), the town itself (`v`), by-name (`n`), initials (`a`), river, mountain, strait (`r`, `m`, `t`). A slot in
//! capitals is filled in capitals.

use std::collections::HashMap;

use dateline::annotate::tagger::NerKind;

use crate::data::Doc;
use crate::plan::Dice;
use crate::stock::{Forms, Stock};
use crate::stories::{DESKS, SPORT};
use crate::worlds::WORLD;

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
    (0..count as usize).map(|n| piece(&PIECES[n % PIECES.len()], n, stock, &mut dice)).collect()
}

/// The same of `count` pieces in which names come back.
pub fn stories(stock: &Stock, count: u32) -> Vec<Doc> {
    let mut dice = Dice(0x57a7_1e5e_ed01_0dd0);
    let set = |number: usize| [SPORT, DESKS, WORLD][number % 3];
    let story = |n: usize| &set(n)[n / 3 % set(n).len()];
    (0..count as usize).map(|n| piece(story(n), n, stock, &mut dice)).collect()
}

fn piece(patterns: &(&str, usize, &[&str]), number: usize, stock: &Stock, dice: &mut Dice) -> Doc {
    let (head, lines, patterns) = patterns;
    let doc = Doc { id: format!("wire-{number}"), text: String::new(), mentions: Vec::new() };
    let mut piece = Piece { doc, bound: HashMap::new() };
    piece.fill(head, stock, dice);
    let lines = lines + dice.roll() as usize % 3;
    let mut order: Vec<usize> = Vec::new();
    while order.len() < lines {
        // Every pattern once before any comes back.
        let mut all: Vec<usize> = (0..patterns.len()).collect();
        dice.shuffle(&mut all);
        order.extend(all);
    }
    for &pattern in &order[..lines] {
        piece.fill(patterns[pattern], stock, dice);
        piece.doc.text.push('\n');
    }
    piece.doc
}

struct Piece {
    doc: Doc,
    /// What slots with a digit stand for.
    bound: HashMap<String, Forms>,
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
        let small = slot.to_lowercase();
        let (letter, rest) = small.split_at(1);
        let digit = rest.chars().next().filter(char::is_ascii_digit);
        let form = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let forms = match digit {
            Some(digit) => {
                let key = format!("{letter}{digit}");
                self.bound.entry(key).or_insert_with(|| forms(letter, stock, dice)).clone()
            }
            None => forms(letter, stock, dice),
        };
        let name = match form {
            "" => forms.full,
            "n" => forms.nick,
            "r" => forms.full + " River",
            "m" => format!("Mount {}", forms.full),
            "t" => forms.full + " Strait",
            _ => forms.short,
        };
        let kind = match letter {
            "c" | "v" | "h" | "e" => Some(NerKind::Place),
            _ if form == "v" => Some(NerKind::Place),
            "p" | "s" | "i" | "q" => Some(NerKind::Person),
            "t" | "u" | "x" | "o" | "f" | "b" | "j" | "l" | "z" | "a" => Some(NerKind::Organization),
            _ => None,
        };
        let upper = slot.starts_with(char::is_uppercase);
        let name = if upper { name.to_uppercase() } else { name };
        let start = self.doc.text.len();
        self.doc.text.push_str(&name);
        self.doc.mentions.extend(kind.map(|kind| (start, self.doc.text.len(), kind)));
    }
}

/// Draws what a slot stands for.
fn forms(letter: &str, stock: &Stock, dice: &mut Dice) -> Forms {
    let name = match letter {
        "t" => return stock.side(dice),
        "x" => return stock.team(dice),
        "f" => return stock.firm(dice),
        "b" => return stock.body(dice),
        "p" => return stock.person(dice),
        "u" | "v" => stock.listed(&stock.towns, dice),
        "c" => stock.listed(&stock.countries, dice),
        "e" => stock.spot(dice),
        "q" => stock.listed(&stock.given, dice),
        "s" => stock.listed(&stock.family, dice),
        "i" => {
            let initial = stock.listed(&stock.given, dice).chars().take(1).collect::<String>();
            format!("{initial}. {}", stock.listed(&stock.family, dice))
        }
        "o" => stock.listed(&stock.companies, dice),
        "a" => stock.agency(dice),
        "d" => stock.listed(&stock.demonyms, dice),
        "h" => stock.ground(dice),
        "j" => stock.government(dice),
        "l" => stock.league(dice),
        "z" => stock.county(dice),
        "g" => GAMES[dice.roll() as usize % GAMES.len()].to_string(),
        "w" => DAYS[dice.roll() as usize % DAYS.len()].to_string(),
        "y" => (1995 + dice.roll() % 26).to_string(),
        "k" => (1 + dice.roll() % 8).to_string(),
        _ => (10 + dice.roll() % 80).to_string(),
    };
    Forms { short: name.clone(), nick: name.clone(), full: name }
}
