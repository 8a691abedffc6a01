//! Hash tables that are read in place from embedded bytes: 64-bit keys enter, short payloads leave.
//!
//! Layout, little endian: `bits: u32`, `len: u32` (bytes of entries), one `u32` for every 64 buckets (where their
//! entries begin), one `u16` for every bucket (offset from there), the entries. A bucket is the top `bits` bits of
//! the key. An entry is a 16-bit fingerprint (the low bits of the key) and its payload.

/// Buckets that share one 32-bit offset.
const GROUP: usize = 64;

/// A table over borrowed bytes. Damaged bytes give missing entries, never a panic.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: u32,
    groups: &'a [u8],
    starts: &'a [u8],
    entries: &'a [u8],
}

impl<'a> Table<'a> {
    /// Reads the header of a table; returns it and the bytes that follow it. `None` if the bytes are too short.
    pub fn read(bytes: &'a [u8]) -> Option<(Table<'a>, &'a [u8])> {
        let bits = u32_at(bytes, 0)?;
        let len = u32_at(bytes, 4)? as usize;
        if !(6..=24).contains(&bits) {
            return None;
        }
        let buckets = 1usize << bits;
        let rest = bytes.get(8..)?;
        let (groups, rest) = rest.split_at_checked((buckets / GROUP + 1) * 4)?;
        let (starts, rest) = rest.split_at_checked(buckets * 2)?;
        let (entries, rest) = rest.split_at_checked(len)?;
        Some((Table { bits, groups, starts, entries }, rest))
    }

    /// The entries that share the key's bucket, fingerprints included.
    #[inline]
    pub fn bucket(&self, key: u64) -> &'a [u8] {
        let bucket = (key >> (64 - self.bits)) as usize;
        let from = self.start(bucket);
        let to = self.start(bucket + 1);
        self.entries.get(from..to).unwrap_or(&[])
    }

    #[inline]
    fn start(&self, bucket: usize) -> usize {
        let group = u32_at(self.groups, bucket / GROUP * 4).unwrap_or(0) as usize;
        let inner = u16_at(self.starts, bucket * 2).unwrap_or(0) as usize;
        group + inner
    }

    /// The payload of `key` in a table whose payloads are `N` bytes long.
    #[inline]
    pub fn get<const N: usize>(&self, key: u64) -> Option<[u8; N]> {
        find(self.bucket(key), key)
    }
}

/// The payload of `key` among the entries of its [`Table::bucket`].
#[inline]
pub fn find<const N: usize>(mut entries: &[u8], key: u64) -> Option<[u8; N]> {
    let [low, high] = (key as u16).to_le_bytes();
    while let [a, b, rest @ ..] = entries {
        let (payload, next) = rest.split_first_chunk::<N>()?;
        if *a == low && *b == high {
            return Some(*payload);
        }
        entries = next;
    }
    None
}

/// Writes the table of `entries` (key, payload) with `1 << bits` buckets. Of equal keys the first stays.
/// Returns `None` when 64 buckets would hold more than 64 KiB.
pub fn write(entries: &[(u64, Vec<u8>)], bits: u32) -> Option<Vec<u8>> {
    let mut order: Vec<&(u64, Vec<u8>)> = entries.iter().collect();
    order.sort_by_key(|entry| entry.0);
    order.dedup_by_key(|entry| entry.0);
    let buckets = 1usize << bits;
    let (mut groups, mut starts, mut data) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    let mut base = 0;
    for bucket in 0..=buckets {
        if bucket % GROUP == 0 {
            base = data.len();
            groups.extend(u32::try_from(base).ok()?.to_le_bytes());
        }
        if bucket < buckets {
            starts.extend(u16::try_from(data.len() - base).ok()?.to_le_bytes());
        }
        while next < order.len() && (order[next].0 >> (64 - bits)) as usize == bucket {
            data.extend((order[next].0 as u16).to_le_bytes());
            data.extend(&order[next].1);
            next += 1;
        }
    }
    let mut out = bits.to_le_bytes().to_vec();
    out.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
    out.extend(groups);
    out.extend(starts);
    out.extend(data);
    Some(out)
}

/// The little-endian `u32` at byte `at`.
#[inline]
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The little-endian `u16` at byte `at`.
#[inline]
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
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
        let wild: Vec<u8> = bytes.iter().enumerate().map(|(i, b)| if i < 8 { *b } else { !*b }).collect();
        let (table, _) = Table::read(&wild).expect("a table");
        for i in 0..500u32 {
            table.get::<3>(hash(&i.to_le_bytes()));
        }
    }
}
