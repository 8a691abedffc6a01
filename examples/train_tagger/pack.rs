//! Averaged weights enter; the bytes that the program embeds leave.

use std::collections::HashSet;

use dateline::annotate::tagger::decode::LABELS;
use dateline::annotate::tagger::model::MAGIC;
use dateline::annotate::tagger::table::write;
use dateline::annotate::tagger::weights::payload;

use crate::plan::Weights;

/// The bits of the number of buckets of the table of features.
const BITS: u32 = 16;

/// Which features matter most, until `budget` bytes are full.
pub fn kept(weights: &Weights, keys: &[u64], tables: &[u8], budget: usize) -> Vec<bool> {
    let chosen: HashSet<u64> = best(weights, keys, tables, budget).into_iter().map(|row| row.1).collect();
    keys.iter().map(|key| chosen.contains(key)).collect()
}

/// The features that matter most, as they are written, until `budget` bytes are full.
fn best(weights: &Weights, keys: &[u64], tables: &[u8], budget: usize) -> Vec<(i64, u64, Vec<u8>)> {
    let mut rows = quantised(&weights.rows, keys, UNIT);
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let found = rows.len();
    let mut size = 2048 + tables.len() + weights.steps.len() * 2 + (1 << BITS) / 16 * 21;
    let mut fits = 0;
    while fits < rows.len() && size + rows[fits].2.len() + 2 <= budget {
        size += rows[fits].2.len() + 2;
        fits += 1;
    }
    rows.truncate(fits);
    println!("{found} features with weight, {fits} kept, least {:?}", rows.last().map(|r| r.0));
    rows
}

/// Quantises and keeps the features that matter most until `budget` bytes are full. `tables` are the bytes of the
/// tables of words, of names and of likeness, one after the other.
pub fn first(weights: &Weights, keys: &[u64], tables: &[u8], budget: usize) -> Vec<u8> {
    let rows = best(weights, keys, tables, budget);
    let entries: Vec<(u64, Vec<u8>)> = rows.into_iter().map(|(_, key, payload)| (key, payload)).collect();
    let mut out = MAGIC.to_vec();
    out.extend([0; 16]);
    out.extend((UNIT as u32).to_le_bytes());
    out.extend(weights.steps.iter().flat_map(|&w| (round(w, UNIT) as i16).to_le_bytes()));
    out.extend(tables);
    out.extend(write(&entries, BITS).expect("a table of features"));
    out
}

/// The table of the second stage, quantised like the first.
pub fn second(weights: &Weights, keys: &[u64], budget: usize) -> Vec<u8> {
    let mut rows = quantised(&weights.rows, keys, UNIT);
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut size = 0;
    rows.retain(|row| {
        size += row.2.len() + 2;
        size <= budget
    });
    println!("second stage: {} features, {size} bytes", rows.len());
    let entries: Vec<(u64, Vec<u8>)> = rows.into_iter().map(|(_, key, payload)| (key, payload)).collect();
    write(&entries, 12).expect("a table of features")
}

/// What one step of a weight stands for, in 1/4096 of a natural logarithm: weights of half a step are dropped.
pub const UNIT: i64 = 28;

fn round(w: i64, unit: i64) -> i32 {
    ((w * 2 + unit * w.signum()) / (2 * unit)).clamp(-30_000, 30_000) as i32
}

/// Features with any weight left: the largest weight, the key, the payload.
fn quantised(averages: &[[i64; LABELS]], keys: &[u64], unit: i64) -> Vec<(i64, u64, Vec<u8>)> {
    averages
        .iter()
        .zip(keys)
        .filter_map(|(row, key)| {
            let worth = row.iter().map(|w| w.abs()).max().unwrap_or(0);
            Some((worth, *key, payload(&row.map(|w| round(w, unit)))?))
        })
        .collect()
}

/// Writes the calibration into finished weights.
pub fn calibrate(bytes: &mut [u8], calibration: [u8; 16]) {
    bytes[MAGIC.len()..MAGIC.len() + 16].copy_from_slice(&calibration);
}
