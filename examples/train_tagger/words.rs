//! Running text and word lists enter; the table of words leaves.

use std::collections::{BTreeMap, HashMap};

use dateline::annotate::tagger::classes;
use dateline::annotate::tagger::lexicon::WordInfo;
use dateline::annotate::tagger::table::{hash, write};
use dateline::text::fold::fold;
use dateline::text::sentence::sentences;
use dateline::text::token::{TokenKind, tokenize};

use crate::clusters::{Bigrams, exchange};
use crate::recipe::Recipe;

/// Words seen less often get no cluster.
const RARE: u32 = 4;

/// How often a word stands in small letters and with a capital where the writer had a choice.
#[derive(Clone, Copy, Debug, Default)]
struct Habit {
    small: u32,
    capital: u32,
}

/// A word as it goes into the clusters: sentence openers get back the letters they usually have.
struct Text {
    sentences: Vec<Vec<String>>,
    habits: HashMap<String, Habit>,
}

fn read(texts: &[String]) -> Text {
    let mut out = Text { sentences: Vec::new(), habits: HashMap::new() };
    for text in texts {
        let tokens = tokenize(text);
        for range in sentences(text, &tokens) {
            let mut words: Vec<String> = Vec::new();
            let (mut small, mut capital) = (0, 0);
            for token in &tokens[range.start as usize..range.end as usize] {
                let word = token.of(text);
                words.push(match token.kind {
                    TokenKind::Number => {
                        word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).take(12).collect()
                    }
                    TokenKind::Word if word.len() < 40 => word.replace('’', "'"),
                    TokenKind::Word => "·".to_string(),
                    _ => word.chars().take(1).collect(),
                });
                match word.chars().next() {
                    Some(c) if c.is_uppercase() => capital += 1,
                    Some(c) if c.is_lowercase() => small += 1,
                    _ => {}
                }
            }
            if small == 0 || capital > small * 2 {
                continue;
            }
            let mut fresh = true;
            for word in &words {
                let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else {
                    continue;
                };
                if !fresh {
                    let habit = out.habits.entry(fold(word).into_owned()).or_default();
                    *(if first.is_uppercase() { &mut habit.capital } else { &mut habit.small }) += 1;
                }
                fresh = false;
            }
            out.sentences.push(words);
        }
    }
    for sentence in &mut out.sentences {
        let opener = sentence.iter_mut().find(|w| w.starts_with(char::is_alphabetic));
        if let Some(word) = opener
            && out.habits.get(fold(word).as_ref()).is_some_and(|h| h.small > h.capital)
        {
            *word = word.to_lowercase();
        }
    }
    out
}

/// Builds the table of words from texts and from `lists`: folded word → bits of `lexicon::list`.
pub fn table(texts: &[String], lists: &BTreeMap<String, u32>, recipe: &Recipe) -> Vec<u8> {
    let text = read(texts);
    let mut counts: HashMap<&str, u32> = HashMap::new();
    text.sentences.iter().flatten().for_each(|w| *counts.entry(w).or_default() += 1);
    let mut words: Vec<(&str, u32)> = counts.into_iter().filter(|(_, n)| *n >= RARE).collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    println!("{} sentences, {} frequent words", text.sentences.len(), words.len());
    let index: HashMap<&str, u32> = words.iter().enumerate().map(|(i, w)| (w.0, i as u32)).collect();
    // Two further words stand for the rest and for the edges of sentences.
    let (rest, edge) = (words.len() as u32, words.len() as u32 + 1);
    let rows: Vec<Vec<u32>> = text
        .sentences
        .iter()
        .map(|s| {
            let inner = s.iter().map(|w| index.get(w.as_str()).copied().unwrap_or(rest));
            std::iter::once(edge).chain(inner).chain([edge]).collect()
        })
        .collect();
    let bigrams = Bigrams::count(&rows, words.len() + 2);
    let rounds = recipe.get("rounds") as usize;
    let fine = exchange(&bigrams, recipe.get("fine") as usize, rounds);
    let coarse = exchange(&bigrams, recipe.get("coarse") as usize, rounds);

    let mut infos: BTreeMap<String, WordInfo> = BTreeMap::new();
    let case = |word: &str| {
        let habit = text.habits.get(fold(word).as_ref()).copied().unwrap_or_default();
        match habit.small + habit.capital {
            0 | 1 => 0,
            n if habit.small * 10 >= n * 9 => 1,
            n if habit.capital * 10 >= n * 9 => 3,
            _ => 2,
        }
    };
    let bits = |word: &str| lists.get(fold(word).as_ref()).copied().unwrap_or(0);
    for (at, (word, _)) in words.iter().enumerate() {
        infos.insert(word.to_string(), WordInfo::new(fine[at] + 1, coarse[at] + 1, case(word), bits(word)));
    }
    for (folded, habit) in &text.habits {
        let known = infos.contains_key(folded);
        if !known && (habit.small + habit.capital >= RARE || bits(folded) != 0) {
            infos.insert(folded.clone(), WordInfo::new(0, 0, case(folded), bits(folded)));
        }
    }
    for (folded, bits) in lists {
        infos.entry(folded.clone()).or_insert_with(|| WordInfo::new(0, 0, case(folded), *bits));
    }
    infos.retain(|word, info| info.0 != 0 && classes::of_word(word) & classes::MARK == 0);
    println!("{} words in the table", infos.len());
    let entries: Vec<(u64, Vec<u8>)> =
        infos.iter().map(|(word, info)| (hash(word.as_bytes()), info.0.to_le_bytes().to_vec())).collect();
    write(&entries, 14).expect("a table of words")
}
