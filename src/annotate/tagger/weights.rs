//! Weights of features, four bits each: those of the labels enter, the bytes of a payload leave; and back, as sums.
//!
//! A code `c` of four bits stands for `(c - 8) * |c - 8|`: steps that widen, since small weights are many. The low
//! halves of a payload's twelve bytes are the codes of labels 0 to 11, the high ones of 12 to 23.

use crate::annotate::tagger::table::{Table, find};

/// Bytes of a payload.
pub const BYTES: usize = 12;

/// Sums of weights, in three rows of eight that the processor adds at once. See [`label`] for whose they are.
pub type Sums = [[i16; 8]; 3];

/// The sum of a label, below 24.
pub fn label(sums: &Sums, label: usize) -> i16 {
    match label {
        0..8 => sums[0][label],
        8..12 => sums[2][label - 8],
        12..20 => sums[1][label - 12],
        _ => sums[2][label % 4 + 4],
    }
}

const fn weight(code: u8) -> i16 {
    let c = code as i16 - 8;
    c * c.abs()
}

/// Adds sums to sums.
pub fn merge(sums: &mut Sums, more: &Sums) {
    sums.as_flattened_mut().iter_mut().zip(more.as_flattened()).for_each(|(a, b)| *a = a.wrapping_add(*b));
}

/// Adds the weights of the features `keys` to `sums`. All buckets are found, and their memory is touched, before the
/// first is read: so they are fetched side by side.
pub fn add<'a>(table: &Table<'a>, keys: &[u64], buckets: &mut Vec<&'a [u8]>, sums: &mut Sums) {
    buckets.clear();
    buckets.extend(keys.iter().map(|&key| table.bucket(key)));
    let touched =
        buckets.iter().fold(0u8, |sum, entries| sum.wrapping_add(entries.first().copied().unwrap_or(0)));
    std::hint::black_box(touched);
    for (&key, entries) in keys.iter().zip(buckets.iter()) {
        if let Some(codes) = find::<BYTES>(entries, key) {
            let [a, b, c, d, e, f, g, h, rest @ ..] = codes;
            let first = [a, b, c, d, e, f, g, h];
            let [i, j, k, l] = rest;
            add_eight(&mut sums[0], first.map(|c| c & 15));
            add_eight(&mut sums[1], first.map(|c| c >> 4));
            add_eight(&mut sums[2], [i & 15, j & 15, k & 15, l & 15, i >> 4, j >> 4, k >> 4, l >> 4]);
        }
    }
}

#[inline]
fn add_eight(sums: &mut [i16; 8], codes: [u8; 8]) {
    sums.iter_mut().zip(codes).for_each(|(sum, c)| *sum = sum.wrapping_add(weight(c)));
}

/// The payload of up to 24 weights, each rounded to the nearest that has a code; `None` when all become 0.
pub fn payload(weights: &[i32]) -> Option<Vec<u8>> {
    let code = |w: &i32| (1..16u8).min_by_key(|&c| (i32::from(weight(c)) - w).abs()).unwrap_or(8);
    let mut codes = [8u8; 2 * BYTES];
    codes.iter_mut().zip(weights).for_each(|(slot, w)| *slot = code(w));
    let (low, high) = codes.split_at(BYTES);
    codes.iter().any(|c| *c != 8).then(|| low.iter().zip(high).map(|(low, high)| low | high << 4).collect())
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::table::{Table, hash, write};
    use crate::annotate::tagger::weights::{Sums, add, label, payload};

    fn check(weights: &[i32], expect: &[i16]) {
        let key = hash(b"a feature");
        let entries: Vec<(u64, Vec<u8>)> = payload(weights).map(|bytes| (key, bytes)).into_iter().collect();
        let bytes = write(&entries, 6).expect("a table");
        let (table, _) = Table::read(&bytes).expect("a table");
        let mut rows = Sums::default();
        add(&table, &[key, hash(b"another")], &mut Vec::new(), &mut rows);
        let sums: Vec<i16> = (0..24).map(|at| label(&rows, at)).collect();
        assert_eq!(&sums[..expect.len()], expect, "{weights:?}");
        assert!(sums[expect.len()..].iter().all(|s| *s == 0), "{weights:?}");
    }

    #[test]
    fn what_is_written_is_added() {
        check(&[], &[]);
        check(&[0, 0, 0], &[]);
        check(&[0, 5, 0, -9, 90, -90, 2], &[0, 4, 0, -9, 49, -49, 1]);
        let squares: Vec<i32> = (-10..11i32).map(|w| w * w.abs()).collect();
        let expect: Vec<i16> = squares.iter().map(|w| (*w as i16).clamp(-49, 49)).collect();
        check(&squares, &expect);
    }
}
