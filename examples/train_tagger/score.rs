//! Gold and predicted mentions enter; precision, recall and F1 leave, counted as the data's own scorer does.

use std::collections::{BTreeMap, BTreeSet};

use dateline::annotate::tagger::{Model, NerKind, tag};
use dateline::text::sentence::sentences;
use dateline::text::token::tokenize;

use crate::data::Doc;
use crate::spans::{TYPES, normalise};

/// Right, spurious and missed mentions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Found and in the gold.
    pub right: usize,
    /// Found only.
    pub spurious: usize,
    /// In the gold only.
    pub missed: usize,
}

impl Count {
    /// Precision, recall, F1 in percent.
    pub fn prf(&self) -> (f64, f64, f64) {
        let share = |a: usize, b: usize| {
            if a + b == 0 { 0.0 } else { 100.0 * a as f64 / (a + b) as f64 }
        };
        let (p, r) = (share(self.right, self.spurious), share(self.right, self.missed));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    fn add(&mut self, gold: usize, found: usize, both: usize) {
        self.right += both;
        self.spurious += found - both;
        self.missed += gold - both;
    }
}

/// Counts for PER, LOC, ORG, all three, and detection without types.
pub type Counts = [Count; 5];

/// Tags `docs` and counts. Errors are printed when asked for.
pub fn score(model: &Model<'_>, docs: &[Doc], errors: bool) -> Counts {
    let tagged = |text: &str| {
        let tokens = tokenize(text);
        let cuts = sentences(text, &tokens);
        let spans = tag(model, text, &tokens, &cuts);
        spans.iter().map(|s| (s.start as usize, s.end as usize, s.kind)).collect()
    };
    counts(docs, tagged, errors)
}

/// Counts what `find` finds in the texts, in bytes.
pub fn counts(docs: &[Doc], find: impl Fn(&str) -> Vec<(usize, usize, NerKind)>, errors: bool) -> Counts {
    let mut counts = Counts::default();
    for doc in docs {
        let found: BTreeSet<(usize, usize, NerKind)> = find(&doc.text)
            .into_iter()
            .filter(|s| TYPES.contains(&s.2))
            .map(|(a, b, kind)| {
                let (a, b) = normalise(&doc.text, a, b);
                (a, b, kind)
            })
            .collect();
        let gold: BTreeSet<(usize, usize, NerKind)> = doc
            .mentions
            .iter()
            .filter(|m| TYPES.contains(&m.2))
            .map(|&(a, b, kind)| {
                let (a, b) = normalise(&doc.text, a, b);
                (a, b, kind)
            })
            .collect();
        for (at, kind) in TYPES.iter().enumerate() {
            let of = |set: &BTreeSet<(usize, usize, NerKind)>| set.iter().filter(|m| m.2 == *kind).count();
            let both = gold.intersection(&found).filter(|m| m.2 == *kind).count();
            counts[at].add(of(&gold), of(&found), both);
        }
        counts[3].add(gold.len(), found.len(), gold.intersection(&found).count());
        let spans =
            |set: &BTreeSet<(usize, usize, NerKind)>| set.iter().map(|m| (m.0, m.1)).collect::<BTreeSet<_>>();
        let (g, f) = (spans(&gold), spans(&found));
        counts[4].add(g.len(), f.len(), g.intersection(&f).count());
        if errors {
            let context = |a: usize, b: usize| {
                let from = doc.text[..a].char_indices().rev().nth(35).map_or(0, |x| x.0);
                let to = doc.text[b..].char_indices().nth(35).map_or(doc.text.len(), |x| b + x.0);
                format!("{}[{}]{}", &doc.text[from..a], &doc.text[a..b], &doc.text[b..to]).replace('\n', "¶")
            };
            for m in gold.difference(&found) {
                println!("missed\t{}\t{}\t{}\t{:?}\t{}", doc.id, m.0, m.1, m.2, context(m.0, m.1));
            }
            for m in found.difference(&gold) {
                println!("spurious\t{}\t{}\t{}\t{:?}\t{}", doc.id, m.0, m.1, m.2, context(m.0, m.1));
            }
        }
    }
    counts
}

/// Prints a line for each source, for groups of sources and for all together: F1 by type, typed P, R, F1, and detection F1.
pub fn summary(sets: &[(String, Counts)]) {
    println!(
        "{:28}{:>7}{:>7}{:>7} |{:>7}{:>7}{:>7} |{:>7}",
        "", "PER", "LOC", "ORG", "P", "R", "F1", "detect"
    );
    let mut groups: BTreeMap<&str, Counts> = BTreeMap::new();
    for (name, counts) in sets {
        let group = match name {
            n if n.contains("crossner") => "~crossner",
            n if n.contains("gmb") => "~gmb",
            n if n.contains("re3d") => "~re3d",
            _ => "~clean",
        };
        for key in [name.as_str(), group, "~all"] {
            let total = groups.entry(key).or_default();
            for (t, c) in total.iter_mut().zip(counts) {
                t.right += c.right;
                t.spurious += c.spurious;
                t.missed += c.missed;
            }
        }
    }
    for (name, counts) in groups {
        let f = |c: Count| c.prf().2;
        let (p, r, f1) = counts[3].prf();
        println!(
            "{name:28}{:7.1}{:7.1}{:7.1} |{p:7.1}{r:7.1}{f1:7.1} |{:7.1}",
            f(counts[0]),
            f(counts[1]),
            f(counts[2]),
            f(counts[4])
        );
    }
}
