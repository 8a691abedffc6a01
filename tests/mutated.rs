//! The copy of the tests, cut, doubled, mixed and strewn with odd characters, enters; the laws of the fuzz targets hold.
//! Runs on a stable compiler: the same mutations each time, and `MUTATIONS=100000` tries more of them.

#![expect(clippy::disallowed_methods, reason = "tests read their own copy")]

#[path = "../fuzz/laws.rs"]
mod laws;

use std::path::Path;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % below.max(1) as u64) as usize
    }
}

/// What breaks readers of text: marks without partners, marks that join or hide, capitals, numbers, syntax.
const ODD: [&str; 36] = [
    "\"",
    "“",
    "”",
    "’s",
    "'",
    "(",
    ")",
    "[[",
    "]]",
    "|",
    "[[!",
    "---\n",
    "\n\n",
    "\n",
    "\r",
    "\t",
    "\u{feff}",
    "\u{200d}",
    "\u{301}",
    "\u{2028}",
    "é",
    "ß",
    "İ",
    "שלום",
    "漢字",
    "🎈",
    ". ",
    ", ",
    ": ",
    "U.S.",
    "Mr. ",
    "5th",
    "2025-13-45",
    "last Monday",
    "# ",
    "~~~",
];

fn seeds() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files: Vec<_> = ["gold", "quotes"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder of the tests"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "jsonl"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("copy")).collect()
}

/// A place of `text` where a character begins.
fn place(text: &str, dice: &mut Dice) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn mutated(seeds: &[String], dice: &mut Dice) -> String {
    let cut = |dice: &mut Dice, most: usize| {
        let text = &seeds[dice.roll(seeds.len())];
        let from = place(text, dice);
        let mut to = (from + dice.roll(most)).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        text[from..to.max(from)].to_owned()
    };
    let mut text = cut(dice, 1_500);
    for _ in 0..dice.roll(12) {
        let at = place(&text, dice);
        match dice.roll(6) {
            0 => text.insert_str(at, &cut(dice, 200)),
            1 => text.truncate(at),
            2 => text.insert_str(at, &ODD[dice.roll(ODD.len())].repeat(1 + dice.roll(40))),
            3 => text = text.to_uppercase(),
            4 => {
                let to = place(&text, dice);
                text.replace_range(at.min(to)..at.max(to), "");
            }
            _ => text.insert_str(at, ODD[dice.roll(ODD.len())]),
        }
    }
    text
}

#[test]
fn laws_hold_for_mutated_copy() {
    let rounds = std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(300u64);
    let seeds = seeds();
    for round in 0..rounds {
        let mut dice = Dice(round);
        let text = mutated(&seeds, &mut dice);
        let tried = std::panic::catch_unwind(|| {
            laws::annotated(round % 4 != 0, &text);
            laws::marked_up(&text);
            laws::parsed((round % 8) as u8, text.as_bytes());
            let mut bytes = text.clone().into_bytes();
            bytes.iter_mut().skip(3).step_by(61).for_each(|byte| *byte ^= 0x95);
            laws::parsed((round / 8 % 8) as u8, &bytes);
        });
        assert!(tried.is_ok(), "round {round}: {text:?}");
    }
}
