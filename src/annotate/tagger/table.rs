//! Hash tables that are read in place from embedded bytes: 64-bit keys enter, short payloads leave.
//!
//! Layout, little endian: `bits: u32`, `len: u32` (entries), `width: u32` (bytes of a payload); for every 16 buckets 21
//! bytes: a `u32`, the number of entries before them, and 17 times one byte, the entries from there to each of them and to
//! their end; the marks of the entries, two bytes each; their payloads; 16 bytes of nothing, so that every entry can
//! be read in one piece. A bucket is the top `bits` bits of the key, a mark its low 16.

use std::ops::Range;

/// Buckets that stand in one record.
const GROUP: usize = 16;
/// Bytes of such a record.
const RECORD: usize = 4 + GROUP + 1;
/// Bytes behind the last payload.
const SPARE: usize = 16;

/// A table over borrowed bytes. Damaged bytes give missing or wrong entries, never a panic.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: u32,
    groups: &'a [[u8; RECORD]],
    /// Marks, and what follows them.
    marks: &'a [u8],
    /// Payloads, and what is spare behind them.
    payloads: &'a [u8],
}

impl<'a> Table<'a> {
    /// Reads the header of a table; returns it and the bytes that follow it. `None` if the bytes are too short.
    pub fn read(bytes: &'a [u8]) -> Option<(Table<'a>, &'a [u8])> {
        let bits = u32_at(bytes, 0)?;
        let (len, width) = (u32_at(bytes, 4)? as usize, u32_at(bytes, 8)? as usize);
        if !(6..=24).contains(&bits) {
            return None;
        }
        let rest = bytes.get(12..)?;
        let (groups, rest) = rest.split_at_checked((1usize << bits) / GROUP * RECORD)?;
        let (marks, payloads) = (rest, rest.get(len.checked_mul(2)?..)?);
        let (payloads, rest) = payloads.split_at_checked(len.checked_mul(width)?.checked_add(SPARE)?)?;
        Some((Table { bits, groups: groups.as_chunks().0, marks, payloads }, rest))
    }

    /// The entries that may be the key's.
    #[inline]
    pub fn bucket(&self, key: u64) -> Range<u32> {
        let bucket = (key >> (64 - self.bits)) as usize;
        let Some(record) = self.groups.get(bucket / GROUP) else { return 0..0 };
        let [a, b, c, d, inner @ ..] = record;
        let base = u32::from_le_bytes([*a, *b, *c, *d]);
        let place = bucket % GROUP;
        base.wrapping_add(inner[place].into())..base.wrapping_add(inner[place + 1].into())
    }

    /// Four marks from entry `at` on. Reading them before they are needed brings them near.
    #[inline]
    pub fn marks(&self, at: u32) -> u64 {
        self.marks
            .get(at as usize * 2..)
            .and_then(|rest| rest.first_chunk().copied())
            .map_or(0, u64::from_le_bytes)
    }

    /// The number of the entry of `key` among those of its bucket. Branches depend on the key only where there are more
    /// than four.
    #[inline]
    pub fn find(&self, key: u64, bucket: Range<u32>) -> Option<u32> {
        let mut at = bucket.start;
        loop {
            // Four at once: the lowest half of a word that equals the key's becomes the lowest set bit.
            const ONES: u64 = 0x0001_0001_0001_0001;
            let four = self.marks(at) ^ ((key & 0xffff) * ONES);
            let equal = four.wrapping_sub(ONES) & !four & (ONES << 15);
            let next = at.saturating_add(4);
            if bucket.end <= next || equal != 0 {
                let place = at.wrapping_add(equal.trailing_zeros() / 16);
                return (place < bucket.end && equal != 0).then_some(place);
            }
            at = next;
        }
    }

    /// The payload of entry `at` in a table whose payloads are `N` bytes long: `ALL` bytes from its first on, at most 16
    /// more than it has.
    #[inline]
    pub fn payload<const N: usize, const ALL: usize>(&self, at: u32) -> Option<&'a [u8; ALL]> {
        self.payloads.get(at as usize * N..)?.first_chunk()
    }

    /// The payload of `key` in a table whose payloads are `N` bytes long.
    #[inline]
    pub fn get<const N: usize>(&self, key: u64) -> Option<[u8; N]> {
        self.payload::<N, N>(self.find(key, self.bucket(key))?).copied()
    }
}

/// Writes the table of `entries` (key, payload) with `1 << bits` buckets. Of equal keys the first stays.
/// Returns `None` when 16 buckets would hold more than 255 entries, or when payloads differ in length.
pub fn write(entries: &[(u64, Vec<u8>)], bits: u32) -> Option<Vec<u8>> {
    let mut order: Vec<&(u64, Vec<u8>)> = entries.iter().collect();
    order.sort_by_key(|entry| entry.0);
    order.dedup_by_key(|entry| entry.0);
    let width = order.first().map_or(0, |entry| entry.1.len());
    let buckets = 1usize << bits;
    let mut starts = vec![0; buckets + 1];
    order.iter().for_each(|entry| starts[(entry.0 >> (64 - bits)) as usize + 1] += 1);
    (0..buckets).for_each(|at| starts[at + 1] += starts[at]);
    let mut groups = Vec::with_capacity(buckets / GROUP * RECORD);
    for group in starts.windows(GROUP + 1).step_by(GROUP) {
        groups.extend(u32::try_from(group[0]).ok()?.to_le_bytes());
        for start in group {
            groups.push(u8::try_from(start - group[0]).ok()?);
        }
    }
    let mut out = bits.to_le_bytes().to_vec();
    out.extend(u32::try_from(order.len()).ok()?.to_le_bytes());
    out.extend(u32::try_from(width).ok()?.to_le_bytes());
    out.extend(groups);
    out.extend(order.iter().flat_map(|entry| (entry.0 as u16).to_le_bytes()));
    for (_, payload) in order {
        out.extend(payload);
        (payload.len() == width).then_some(())?;
    }
    out.extend([0; SPARE]);
    Some(out)
}

/// The little-endian `u32` at byte `at`.
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

/// Spreads `value` over 64 bits, differently for each `salt`.
#[inline]
pub fn mix(salt: u64, value: u64) -> u64 {
    let x = (value ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// A 64-bit hash of bytes (FNV-1a, then [`mix`]), the same on every machine: weights are stored under it.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut x = 0xcbf2_9ce4_8422_2325u64;
    for &b in bytes {
        x = (x ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(bytes.len() as u64, x)
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::table::{Table, hash, write};

    #[test]
    fn finds_what_was_written() {
        let entries: Vec<(u64, Vec<u8>)> =
            (0..5000u32).map(|i| (hash(&i.to_le_bytes()), i.to_le_bytes().to_vec())).collect();
        let bytes = write(&entries, 11).unwrap_or_default();
        let (table, rest) = Table::read(&bytes).expect("a table");
        assert!(rest.is_empty());
        for (key, payload) in &entries {
            assert_eq!(table.get::<4>(*key).map(|p| p.to_vec()).as_ref(), Some(payload));
        }
        let found = (5000..105_000u32).filter(|i| table.get::<4>(hash(&i.to_le_bytes())).is_some()).count();
        assert!(found < 20, "{found} strangers found");
    }

    #[test]
    fn damage_is_survived() {
        let entries: Vec<(u64, Vec<u8>)> =
            (0..500u32).map(|i| (hash(&i.to_le_bytes()), vec![1; 3])).collect();
        let bytes = write(&entries, 7).unwrap_or_default();
        for cut in 0..bytes.len() {
            assert!(Table::read(&bytes[..cut]).is_none());
        }
        let wild: Vec<u8> = bytes.iter().enumerate().map(|(i, b)| if i < 12 { *b } else { !*b }).collect();
        let (table, _) = Table::read(&wild).expect("a table");
        for i in 0..500u32 {
            table.get::<3>(hash(&i.to_le_bytes()));
        }
    }
}
