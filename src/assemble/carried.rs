//! Near-duplicates and successive versions of one wire story: pieces of a few days that share most of their words.
//!
//! Each piece is compared with the latest earlier piece under each of sixteen keys of its signature, never with all.

use rustc_hash::FxHashMap;

use crate::{
    model::{Article, site::Site},
    text::shingle::{keys, resemblance},
};

/// Versions follow each other within so many days.
const DAYS: i32 = 4;
/// Share of common shingles from which on two pieces are versions of each other.
const ALIKE: f32 = 0.42;
/// The same for a piece that another contains and goes on from: of both, and of the shorter.
const WITHIN: (f32, f32) = (0.2, 0.62);

/// Fills `site.versions` and `Entry::versions`.
pub fn carried(site: &mut Site) {
    let mut latest: FxHashMap<u64, u32> = FxHashMap::default();
    latest.reserve(site.articles.len() * 16);
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut group_of: Vec<Option<u32>> = vec![None; site.articles.len()];
    let days: Vec<Option<i32>> = site.articles.iter().map(|entry| day_number(&entry.article)).collect();
    let near = |a: usize, b: u32| match (days[a], days[b as usize]) {
        (Some(a), Some(b)) => (a - b).abs() <= DAYS,
        _ => false,
    };
    // Oldest first.
    for i in (0..site.articles.len()).rev() {
        let entry = &site.articles[i];
        let mut best: Option<(f32, u32)> = None;
        for key in keys(&entry.annotation.signature) {
            let Some(before) = latest.insert(key, i as u32) else { continue };
            let other = &site.articles[before as usize];
            if best.is_some_and(|(_, known)| known == before) || !near(i, before) {
                continue;
            }
            let alike = resemblance(&entry.annotation.signature, &other.annotation.signature);
            if is_version(alike, entry.words, other.words) && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, before));
            }
        }
        if let Some((_, before)) = best {
            let group = *group_of[before as usize].get_or_insert_with(|| {
                groups.push(vec![before]);
                groups.len() as u32 - 1
            });
            groups[group as usize].push(i as u32);
            group_of[i] = Some(group);
        }
    }
    for (entry, group) in site.articles.iter_mut().zip(group_of) {
        entry.versions = group;
    }
    site.versions = groups;
}

/// The day of an article, counted from a fixed one.
pub fn day_number(article: &Article) -> Option<i32> {
    let span = article.date?.day.since(jiff::civil::Date::ZERO).ok()?;
    Some(span.get_days())
}

fn is_version(alike: f32, words: u32, other: u32) -> bool {
    let (shorter, both) = (words.min(other).max(1) as f32, (words + other) as f32);
    // Common shingles by the definition of the resemblance: |A ∩ B| = J (|A| + |B|) / (1 + J).
    let contained = alike * both / (1.0 + alike) / shorter;
    alike >= ALIKE || (alike >= WITHIN.0 && contained >= WITHIN.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_a_version() {
        for (alike, words, other, expect) in [
            (0.9, 300, 310, true),
            (0.45, 300, 500, true),
            // 200 words taken whole into 600: 200 / 600 of the shingles are common.
            (0.33, 200, 600, true),
            // Two pieces of equal length with a common background passage.
            (0.25, 400, 400, false),
            (0.1, 100, 900, false),
        ] {
            assert_eq!(is_version(alike, words, other), expect, "{alike} {words} {other}");
        }
    }
}
