//! The training files enter; chunks with features and allowed labels leave.

use std::collections::HashMap;
use std::path::PathBuf;

use dateline::annotate::tagger::NerKind;
use dateline::annotate::tagger::decode::LABELS;
use dateline::annotate::tagger::document::{Chunk, Document};
use dateline::annotate::tagger::features::{Group, PLACES, View, features, neighbour, of_place, step_class};
use dateline::annotate::tagger::lexicon::Lexicon;
use dateline::text::sentence::sentences;
use dateline::text::token::{Token, tokenize};

use crate::data::{Doc, read, source};
use crate::plan::{Dice, Example};
use crate::recipe::{Recipe, Sources};
use crate::stock::Stock;
use crate::wire;

/// Examples, the key of each feature, and what was held back.
pub struct Set {
    /// Chunks.
    pub examples: Vec<Example>,
    /// Keys by index.
    pub keys: Vec<u64>,
    /// The prepared documents, in the order of their examples.
    pub documents: Vec<Document>,
}

struct Raw {
    rows: Vec<Vec<(u8, u64)>>,
    steps: Vec<u8>,
    allowed: Vec<u32>,
    weight: i32,
    document: usize,
}

const ALL: u32 = (1 << LABELS) - 1;
/// The labels of a kind.
fn of(kind: usize) -> u32 {
    0b1_1110 << (4 * kind)
}

/// What tokens outside marked names may be in this source.
fn background(source: &str) -> u32 {
    let (misc, event) = (of(3), of(4));
    1 | match source {
        s if s.starts_with("crossner") => 0,
        s if s.starts_with("gum") => misc,
        s if s.starts_with("wikigold") => event,
        _ => misc | event,
    }
}

/// Whether mentions of this kind are marked throughout.
fn complete(source: &str, kind: NerKind) -> bool {
    match kind {
        NerKind::Misc => source.starts_with("crossner") || source.starts_with("wikigold"),
        NerKind::Event => source.starts_with("crossner") || source.starts_with("gum"),
        _ => true,
    }
}

/// Reads all training files, makes wire copy, and extracts features.
pub fn build(
    sources: &Sources,
    recipe: &Recipe,
    lexicon: &Lexicon<'_>,
    stock: &Stock,
    taught: &[Doc],
) -> Set {
    let mut raw: Vec<Raw> = Vec::new();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut documents: Vec<Document> = Vec::new();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut lost, mut all) = (0, 0);
    let limit = recipe.get("documents") as usize;
    let read = |path: PathBuf| (source(&path), read(&path).into_iter().take(limit).collect());
    let written = sources.files("ner", "train-").into_iter().map(read);
    let made = [
        ("wire".to_string(), wire::pieces(stock, recipe.get("pieces") as u32)),
        ("story".to_string(), wire::stories(stock, recipe.get("stories") as u32)),
        ("taught".to_string(), taught.to_vec()),
    ];
    for (source, mut docs) in written.chain(made) {
        let weight = match source.as_str() {
            "gmb" => recipe.get("silver") as i32,
            "wire" => recipe.get("wire") as i32,
            "story" => recipe.get("story") as i32,
            "taught" => recipe.get("taught") as i32,
            s if s.starts_with("crossner") => recipe.get("crossner") as i32,
            _ => recipe.get("clean") as i32,
        };
        let mut copies = Vec::new();
        for doc in &docs {
            if dice.roll() % 100 < recipe.get("cased") as u32 {
                copies.push(recase(doc, dice.roll()));
            }
        }
        docs.extend(copies);
        for doc in &docs {
            let tokens = tokenize(&doc.text);
            let cuts = sentences(&doc.text, &tokens);
            let document = Document::new(&doc.text, &tokens, &cuts, lexicon);
            let allowed = labels(doc, &tokens, &source);
            all += doc.mentions.len();
            lost += doc.mentions.len();
            let mut view = View::default();
            for &chunk in &document.chunks {
                view.fill(&document, chunk, lexicon);
                let range = chunk.start as usize..chunk.end as usize;
                let mut rows = Vec::with_capacity(range.len());
                for at in range.clone() {
                    let mut row = Vec::with_capacity(96);
                    let mut take = |group: Group, key: u64| {
                        let group = match group {
                            Group::Robust => 0,
                            Group::Identity => 1,
                            Group::Listed => 2,
                        };
                        row.push((group, key));
                        *counts.entry(key).or_default() += 1;
                    };
                    features(&document, &view, chunk, at, &mut take);
                    for place in 0..PLACES {
                        of_place(neighbour(&document, chunk, at, place), place, &mut take);
                    }
                    rows.push(row);
                }
                lost -= starts(doc, &tokens, chunk);
                let steps = range.clone().map(|at| step_class(&document, at) as u8).collect();
                let allowed: Vec<u32> = allowed[range].to_vec();
                raw.push(Raw { rows, steps, allowed: close(allowed), weight, document: documents.len() });
            }
            documents.push(document);
        }
    }
    println!("{all} mentions, {lost} outside chunks");
    let mut keys: Vec<u64> =
        counts.iter().filter(|(_, n)| **n >= recipe.get("min") as u32).map(|(k, _)| *k).collect();
    keys.sort_unstable();
    let index: HashMap<u64, u32> = keys.iter().enumerate().map(|(i, k)| (*k, i as u32)).collect();
    let examples = raw
        .into_iter()
        .map(|raw| Example {
            features: raw
                .rows
                .iter()
                .map(|row| {
                    row.iter()
                        .filter_map(|(group, key)| index.get(key).map(|i| i | u32::from(*group) << 30))
                        .collect()
                })
                .collect(),
            steps: raw.steps,
            allowed: raw.allowed,
            weight: raw.weight,
            document: raw.document,
            base: Vec::new(),
        })
        .collect();
    Set { examples, keys, documents }
}

fn starts(doc: &Doc, tokens: &[Token], chunk: Chunk) -> usize {
    let (from, to) =
        (tokens[chunk.start as usize].start as usize, tokens[chunk.end as usize - 1].end as usize);
    doc.mentions.iter().filter(|m| m.0 >= from && m.0 < to).count()
}

/// The labels that each token may have.
fn labels(doc: &Doc, tokens: &[Token], source: &str) -> Vec<u32> {
    let mut allowed = vec![background(source); tokens.len()];
    let mut at = 0;
    for &(start, end, kind) in &doc.mentions {
        while at < tokens.len() && (tokens[at].end as usize) <= start {
            at += 1;
        }
        let mut last = at;
        while last < tokens.len() && (tokens[last].start as usize) < end {
            last += 1;
        }
        if at >= last {
            continue;
        }
        let exact = tokens[at].start as usize == start && tokens[last - 1].end as usize == end;
        let index = NerKind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
        for (i, cell) in allowed[at..last].iter_mut().enumerate() {
            *cell = if !exact {
                ALL
            } else if complete(source, kind) {
                let place = match (i == 0, at + i + 1 == last) {
                    (true, true) => 3,
                    (true, false) => 0,
                    (false, false) => 1,
                    (false, true) => 2,
                };
                1 << (1 + 4 * index + place)
            } else {
                1 | of(index)
            };
        }
    }
    allowed
}

/// A name that runs out of its chunk cannot be learned there: its labels are freed.
fn close(mut allowed: Vec<u32>) -> Vec<u32> {
    let begins = |set: u32| (0..5).any(|k| set == 1 << (1 + 4 * k) || set == 1 << (2 + 4 * k));
    let ends = |set: u32| (0..5).any(|k| set == 1 << (2 + 4 * k) || set == 1 << (3 + 4 * k));
    let mut at = allowed.len();
    while at > 0
        && (at == allowed.len() && begins(allowed[at - 1])
            || at < allowed.len() && begins(allowed[at - 1]) && allowed[at] == ALL)
    {
        allowed[at - 1] = ALL;
        at -= 1;
    }
    let mut at = 0;
    while at < allowed.len() && ends(allowed[at]) && (at == 0 || allowed[at - 1] == ALL) {
        allowed[at] = ALL;
        at += 1;
    }
    allowed
}

/// A copy in capitals: all of it, its first line, or its first line as a headline.
fn recase(doc: &Doc, way: u32) -> Doc {
    let mut text = String::with_capacity(doc.text.len());
    let (mut fresh, mut headline) = (true, true);
    for c in doc.text.chars() {
        let raise = match way % 4 {
            0 => true,
            1 | 2 => headline,
            _ => headline && fresh,
        };
        let changed = if raise { c.to_uppercase().next() } else { Some(c) };
        text.push(changed.filter(|x| x.len_utf8() == c.len_utf8()).unwrap_or(c));
        fresh = c.is_whitespace();
        headline &= c != '\n';
    }
    Doc { id: doc.id.clone(), text, mentions: doc.mentions.clone() }
}
