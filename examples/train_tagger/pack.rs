//! Averaged weights enter; the bytes that the program embeds leave.

use dateline::annotate::tagger::decode::LABELS;
use dateline::annotate::tagger::model::MAGIC;
use dateline::annotate::tagger::table::write;

use crate::plan::Weights;

/// Quantises to signed bytes and keeps the features that matter most until `budget` bytes are full.
///
/// `unit` is what one step of a byte stands for; see [`unit`].
pub fn first(
    weights: &Weights,
    keys: &[u64],
    words: &[u8],
    names: &[u8],
    budget: usize,
    unit: i64,
) -> Vec<u8> {
    let (averages, steps) = (&weights.rows, &weights.steps);
    let byte = |w: i64| byte(w, unit);

    let mut rows = quantised(averages, keys, unit);
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let found = rows.len();
    const BITS: u32 = 17;
    let fixed = 2048 + words.len() + names.len() + steps.len() + (1 << BITS) * 2 + (1 << BITS) / 16;
    let mut size = fixed;
    let mut fits = 0;
    while fits < rows.len() && size + rows[fits].2.len() + 2 <= budget {
        size += rows[fits].2.len() + 2;
        fits += 1;
    }
    rows.truncate(fits);
    println!("unit {unit}, {found} features with weight, {fits} kept, least {:?}", rows.last().map(|r| r.0));
    let entries: Vec<(u64, Vec<u8>)> = rows.into_iter().map(|(_, key, payload)| (key, payload)).collect();
    let mut out = MAGIC.to_vec();
    out.extend([0; 16]);
    out.extend((unit as u32).to_le_bytes());
    out.extend(steps.iter().map(|&w| byte(w) as u8));
    out.extend(words);
    out.extend(names);
    out.extend(write(&entries, BITS).expect("a table of features"));
    out
}

/// The table of the second stage, quantised like the first.
pub fn second(weights: &Weights, keys: &[u64], budget: usize, unit: i64) -> Vec<u8> {
    let mut rows = quantised(&weights.rows, keys, unit);
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut size = 0;
    rows.retain(|row| {
        size += row.2.len() + 2;
        size <= budget
    });
    println!("second stage: {} features, {size} bytes", rows.len());
    let entries: Vec<(u64, Vec<u8>)> = rows.into_iter().map(|(_, key, payload)| (key, payload)).collect();
    write(&entries, 13).expect("a table of features")
}

/// What one step of a byte stands for: the largest step, and all but one in five thousand of the weights, must fit.
pub fn unit(weights: &Weights) -> i64 {
    let mut sizes: Vec<i64> = weights.rows.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0).collect();
    sizes.sort_unstable();
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 5000)).copied().unwrap_or(1);
    top.max(weights.steps.iter().map(|w| w.abs()).max().unwrap_or(1)).div_euclid(127).max(1)
}

fn byte(w: i64, unit: i64) -> i8 {
    ((w * 2 + unit * w.signum()) / (2 * unit)).clamp(-127, 127) as i8
}

/// Features with any weight left: the largest weight, the key, the payload.
fn quantised(averages: &[[i64; LABELS]], keys: &[u64], unit: i64) -> Vec<(i64, u64, Vec<u8>)> {
    averages
        .iter()
        .zip(keys)
        .filter_map(|(row, key)| {
            let payload: Vec<u8> = row.iter().map(|&w| byte(w, unit) as u8).collect();
            let worth = row.iter().map(|w| w.abs()).max().unwrap_or(0);
            payload.iter().any(|b| *b != 0).then_some((worth, *key, payload))
        })
        .collect()
}

/// Writes the calibration into finished weights.
pub fn calibrate(bytes: &mut [u8], calibration: [u8; 16]) {
    bytes[MAGIC.len()..MAGIC.len() + 16].copy_from_slice(&calibration);
}
