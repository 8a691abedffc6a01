//! Two versions of a text, as sentences → what changed from one to the other: added, dropped and reworded sentences.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::{
    fold::fold,
    token::{TokenKind, tokenize},
};

/// Share of common words from which on a sentence is a rewording of another rather than a new one.
const REWORDED: f32 = 0.5;

/// A sentence that is not in both versions. Numbers are indices into the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Added(usize),
    Dropped(usize),
    /// From the old to the new; `figures` says that the numbers differ.
    Reworded {
        old: usize,
        new: usize,
        figures: bool,
    },
}

/// Changes in the order of the new text, what was dropped at its old place.
pub fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let (was, is): (Vec<Sentence>, Vec<Sentence>) =
        (old.iter().map(|s| sentence(s)).collect(), new.iter().map(|s| sentence(s)).collect());
    let folded = |sentences: &[Sentence]| sentences.iter().map(|s| s.folded.clone()).collect::<Vec<_>>();
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &folded(&was), &folded(&is)) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                out.extend((old_index..old_index + old_len).map(Change::Dropped));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                out.extend((new_index..new_index + new_len).map(Change::Added));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(&was, &is, old_index..old_index + old_len, new_index..new_index + new_len, &mut out);
            }
        }
    }
    out.retain(|change| !moved(change, &was, &is));
    out
}

struct Sentence {
    folded: String,
    words: BTreeSet<String>,
    figures: Vec<String>,
}

fn sentence(text: &str) -> Sentence {
    let tokens = tokenize(text);
    let of = |kind: TokenKind| {
        tokens.iter().filter(move |t| t.kind == kind).map(|t| fold(t.of(text)).into_owned())
    };
    let figures: Vec<String> = of(TokenKind::Number).collect();
    let words: Vec<String> = of(TokenKind::Word).collect();
    let all = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
    Sentence {
        folded: all.map(|t| fold(t.of(text)).into_owned()).collect::<Vec<_>>().join(" "),
        words: words.into_iter().collect(),
        figures,
    }
}

/// Pairs each new sentence with the old one that it rewords, if one does; the rest was added or dropped.
fn replaced(
    was: &[Sentence],
    is: &[Sentence],
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    out: &mut Vec<Change>,
) {
    let mut open: Vec<usize> = old.collect();
    for new in new {
        let alike = |old: &usize| {
            let (a, b) = (&was[*old].words, &is[new].words);
            let common = a.intersection(b).count() as f32;
            common / (a.len() + b.len()).max(1) as f32 * 2.0
        };
        let best = open.iter().copied().max_by(|a, b| alike(a).total_cmp(&alike(b)).then(b.cmp(a)));
        match best.filter(|old| alike(old) >= REWORDED) {
            Some(old) => {
                open.retain(|o| *o != old);
                let figures = was[old].figures != is[new].figures;
                out.push(Change::Reworded { old, new, figures });
            }
            None => out.push(Change::Added(new)),
        }
    }
    out.extend(open.into_iter().map(Change::Dropped));
}

/// A sentence that only stands elsewhere has not changed.
fn moved(change: &Change, was: &[Sentence], is: &[Sentence]) -> bool {
    match change {
        Change::Added(new) => was.iter().any(|s| s.folded == is[*new].folded),
        Change::Dropped(old) => is.iter().any(|s| s.folded == was[*old].folded),
        Change::Reworded { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_by_sentence() {
        let check = |old: &[&str], new: &[&str], expect: &[Change]| {
            assert_eq!(changes(old, new), expect, "{old:?} {new:?}");
        };
        let first = "A ferry sank off Port Ellery on Friday, killing at least 12 people.";
        let later = "A ferry sank off Port Ellery on Friday, killing at least 19 people.";
        let quote = "“We heard a bang,” said Ana Velde, a passenger.";
        let rest = "The cause is not known.";
        check(&[first, rest], &[first, rest], &[]);
        // Neither case, space nor punctuation is a change.
        check(&[first, rest], &[first, "The cause is  not known"], &[]);
        check(&[first, rest], &[later, rest], &[Change::Reworded { old: 0, new: 0, figures: true }]);
        check(&[first, rest], &[first, quote, rest], &[Change::Added(1)]);
        check(&[first, quote, rest], &[first, rest], &[Change::Dropped(1)]);
        check(&[first, quote, rest], &[first, rest, quote], &[]);
        let both = [Change::Reworded { old: 0, new: 0, figures: true }, Change::Added(1)];
        check(&[first, rest], &[later, quote, rest], &both);
        let reworded = "The cause of the accident is not yet known.";
        check(&[first, rest], &[first, reworded], &[Change::Reworded { old: 1, new: 1, figures: false }]);
        check(&[], &[rest], &[Change::Added(0)]);
    }
}
