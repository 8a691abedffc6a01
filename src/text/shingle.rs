//! Folded words → a signature by which near-duplicates are found (one-permutation MinHash: Li, Owen, Zhang 2012).
//!
//! Three words in a row make a shingle; the smallest hash of each bin stays. The share of bins that two signatures have in
//! common estimates the share of shingles that the texts have in common (Jaccard), with a standard error of
//! about six points.

/// Bins of a signature.
pub const BINS: usize = 64;
/// Shingles from which on a text says enough to be compared.
const FEWEST: usize = 24;
/// A bin that no shingle fell into.
const EMPTY: u32 = u32::MAX;

/// The signature of a text; empty when it is too short to be compared.
pub fn signature<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut bins = vec![EMPTY; BINS];
    let (mut before, mut last, mut shingles) = (0_u64, 0_u64, 0);
    for (i, word) in words.enumerate() {
        let this = hash(word);
        if i >= 2 {
            let shingle = mixed(before.rotate_left(21) ^ last.rotate_left(42) ^ this);
            let bin = (shingle >> 58) as usize;
            bins[bin] = bins[bin].min(shingle as u32 & (EMPTY - 1));
            shingles += 1;
        }
        (before, last) = (last, this);
    }
    if shingles < FEWEST { Vec::new() } else { bins }
}

/// Estimated share of shingles that two texts have in common, 0 to 1.
pub fn resemblance(a: &[u32], b: &[u32]) -> f32 {
    let (mut same, mut used) = (0, 0);
    for (x, y) in a.iter().zip(b) {
        used += u32::from(*x != EMPTY || *y != EMPTY);
        same += u32::from(x == y && *x != EMPTY);
    }
    if used == 0 { 0.0 } else { same as f32 / used as f32 }
}

/// Keys under which a near-duplicate is found again: texts that share a third of their shingles share at least one of
/// the sixteen with a probability of 99.8 %.
pub fn keys(signature: &[u32]) -> impl Iterator<Item = u64> + '_ {
    let used = signature.iter().enumerate().step_by(BINS / 16);
    used.filter(|(_, value)| **value != EMPTY).map(|(bin, value)| (bin as u64) << 32 | u64::from(*value))
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Spreads a hash over all its bits (the finaliser of SplitMix64, Steele, Lea, Flood 2014).
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of words that are numbers.
    fn text(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|n| format!("w{}", n * 7919 % 10_007)).collect()
    }

    fn signed(words: &[String]) -> Vec<u32> {
        signature(words.iter().map(String::as_str))
    }

    #[test]
    fn resemblance_is_near_the_truth() {
        for (shared, own) in [(400, 0), (300, 100), (200, 200), (100, 300), (0, 400)] {
            // Two texts of 400 words, `shared` of them at the beginning of both.
            let a = text(0..400);
            let mut b = text(0..shared);
            b.extend(text(1000..1000 + own));
            let truth = shared as f32 / (400 + own) as f32;
            let found = resemblance(&signed(&a), &signed(&b));
            assert!((found - truth).abs() < 0.13, "{shared}: {found} for {truth}");
            let meet = keys(&signed(&a)).any(|key| keys(&signed(&b)).any(|other| other == key));
            assert_eq!(meet, shared >= 100, "{shared}");
        }
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert!(signed(&text(0..20)).is_empty());
        assert_eq!(signed(&text(0..40)).len(), BINS);
        assert_eq!(resemblance(&[], &signed(&text(0..40))), 0.0);
    }
}
