//! Weights of features, four bits each: those of the labels enter, the bytes of a payload leave; and back, as sums.
//!
//! A code `c` of four bits stands for `(c - 8) * |c - 8|`: steps that widen, since small weights are many. The low
//! halves of a payload's twelve bytes are the codes of labels 0 to 11, the high ones of 12 to 23.

use std::ops::Range;

use wide::{i16x8, u16x8};

use crate::annotate::tagger::table::Table;

/// Bytes of a payload.
pub const BYTES: usize = 12;

/// Sums of weights: for each of the four codes in a pair of bytes one row, for each pair of bytes one column; the last two
/// columns mean nothing. See [`Sums::labels`] for whose the others are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums([i16x8; 4]);

impl Sums {
    /// Adds others.
    #[inline]
    pub fn add(&mut self, more: &Sums) {
        self.0.iter_mut().zip(more.0).for_each(|(sum, more)| *sum += more);
    }

    /// The sums by label.
    #[inline]
    pub fn labels(&self) -> [i16; 2 * BYTES] {
        let rows = self.0.map(i16x8::to_array);
        std::array::from_fn(|label| rows[label % 2 * 2 + label / BYTES][label % BYTES / 2])
    }
}

const fn weight(code: i16) -> i16 {
    let c = code - 8;
    c * c.abs()
}

/// Room for the search for features, reused.
#[derive(Clone, Debug, Default)]
pub struct Search {
    buckets: Vec<Range<u32>>,
    found: Vec<u32>,
}

/// Adds the weights of the features `keys` to `sums`. The memory of all is touched before the first is read, and no
/// branch depends on whether a feature has weights: so what is not near the processor is fetched side by side.
#[inline]
pub fn add(table: &Table<'_>, keys: &[u64], search: &mut Search, sums: &mut Sums) {
    let Search { buckets, found } = search;
    let mut touched = 0;
    buckets.clear();
    buckets.extend(keys.iter().map(|&key| {
        let bucket = table.bucket(key);
        touched ^= table.marks(bucket.start) as u8;
        bucket
    }));
    found.clear();
    found.resize(keys.len(), 0);
    let mut len = 0;
    for (&key, bucket) in keys.iter().zip(buckets.iter()) {
        let at = table.find(key, bucket.clone());
        if let Some(slot) = found.get_mut(len) {
            *slot = at.unwrap_or(0);
        }
        len += usize::from(at.is_some());
    }
    let found = &found[..len];
    for &at in found {
        touched ^= table.payload::<BYTES, 1>(at).map_or(0, |byte| byte[0]);
    }
    std::hint::black_box(touched);
    let mut all = *sums;
    for &at in found {
        if let Some(codes) = table.payload::<BYTES, 16>(at) {
            all.add(&decode(codes));
        }
    }
    *sums = all;
}

/// The weights of a payload, of which four bytes more are read than it has.
#[inline]
fn decode(codes: &[u8; 16]) -> Sums {
    let pairs = bytemuck::cast::<_, [u16; 8]>(*codes).map(u16::from_le);
    let row = |shift: u16| {
        let codes: u16x8 = (u16x8::new(pairs) >> shift) & u16x8::splat(15);
        let steps: i16x8 = bytemuck::cast::<u16x8, i16x8>(codes) - i16x8::splat(8);
        steps * steps.abs()
    };
    Sums([row(0), row(4), row(8), row(12)])
}

/// The payload of up to 24 weights, each rounded to the nearest that has a code; `None` when all become 0.
pub fn payload(weights: &[i32]) -> Option<Vec<u8>> {
    let code = |w: &i32| (1..16).min_by_key(|&c| (i32::from(weight(c)) - w).abs()).unwrap_or(8) as u8;
    let mut codes = [8u8; 2 * BYTES];
    codes.iter_mut().zip(weights).for_each(|(slot, w)| *slot = code(w));
    let (low, high) = codes.split_at(BYTES);
    codes.iter().any(|c| *c != 8).then(|| low.iter().zip(high).map(|(low, high)| low | high << 4).collect())
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::table::{Table, hash, write};
    use crate::annotate::tagger::weights::{Search, Sums, add, payload};

    fn check(weights: &[i32], expect: &[i16]) {
        let key = hash(b"a feature");
        let entries: Vec<(u64, Vec<u8>)> = payload(weights).map(|bytes| (key, bytes)).into_iter().collect();
        let bytes = write(&entries, 6).expect("a table");
        let (table, _) = Table::read(&bytes).expect("a table");
        let mut rows = Sums::default();
        add(&table, &[key, hash(b"another")], &mut Search::default(), &mut rows);
        let sums = rows.labels();
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
