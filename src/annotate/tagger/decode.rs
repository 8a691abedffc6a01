//! Scores of labels per token enter; the best sequence of labels leaves, with a margin per token.
//!
//! Labels are BIOES over five types: 0 is outside; type `t` has `1 + 4t` (begin), `+1` (inside), `+2` (end) and
//! `+3` (single).

use crate::annotate::tagger::features::STEP_CLASSES;

/// The number of labels.
pub const LABELS: usize = 21;
/// Far below every score, and safe to add.
pub const NEVER: i32 = -(1 << 28);

/// Scores of the labels of one token.
pub type Row = [i32; LABELS];
/// Weights of the steps `[from][to]` into a token of a class.
pub type Steps = [[Row; LABELS]; STEP_CLASSES];

/// Whether label `to` may follow label `from`.
pub const fn follows(from: usize, to: usize) -> bool {
    let open = from > 0 && (from - 1) % 4 < 2;
    if open {
        to > 0 && (to - 1) / 4 == (from - 1) / 4 && matches!((to - 1) % 4, 1 | 2)
    } else {
        to == 0 || matches!((to - 1) % 4, 0 | 3)
    }
}

/// The labels that may follow each label.
pub const NEXT: [&[usize]; LABELS] = {
    const FREE: &[usize] = &[0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20];
    const OPEN: [&[usize]; 5] = [&[2, 3], &[6, 7], &[10, 11], &[14, 15], &[18, 19]];
    let mut table = [FREE; LABELS];
    let mut label = 1;
    while label < LABELS {
        if (label - 1) % 4 < 2 {
            table[label] = OPEN[(label - 1) / 4];
        }
        label += 1;
    }
    table
};

/// Room for decoding, reused between chunks.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Scores of the labels of each token, filled by the caller.
    pub rows: Vec<Row>,
    /// Class of each token, filled by the caller.
    pub steps: Vec<u8>,
    forward: Vec<Row>,
    back: Vec<[u8; LABELS]>,
    backward: Vec<Row>,
    /// The best labels.
    pub best: Vec<u8>,
}

impl Lattice {
    /// Empties the lattice.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.steps.clear();
    }

    /// Finds the best sequence of labels ([`Lattice::best`]) and returns its score.
    pub fn decode(&mut self, steps: &Steps) -> i32 {
        let len = self.rows.len();
        self.forward.clear();
        self.back.clear();
        for at in 0..len {
            let mut row = [NEVER; LABELS];
            let mut back = [0u8; LABELS];
            let into = &steps[self.steps[at] as usize];
            if at == 0 {
                for &to in NEXT[0] {
                    row[to] = into[0][to];
                }
            } else {
                let previous = &self.forward[at - 1];
                for from in 0..LABELS {
                    let base = previous[from];
                    if base <= NEVER / 2 {
                        continue;
                    }
                    for &to in NEXT[from] {
                        let score = base + into[from][to];
                        if score > row[to] {
                            row[to] = score;
                            back[to] = from as u8;
                        }
                    }
                }
            }
            for (score, own) in row.iter_mut().zip(&self.rows[at]) {
                *score = (*score + own).max(NEVER);
            }
            self.forward.push(row);
            self.back.push(back);
        }
        self.best.clear();
        self.best.resize(len, 0);
        let Some(last) = self.forward.last() else {
            return 0;
        };
        let mut label = 0;
        let mut top = i32::MIN;
        for (candidate, &score) in last.iter().enumerate() {
            if follows(candidate, 0) && score > top {
                (label, top) = (candidate, score);
            }
        }
        for at in (0..len).rev() {
            self.best[at] = label as u8;
            label = self.back[at][label] as usize;
        }
        top
    }

    /// After [`Lattice::decode`]: the score of the best sequence through each label of each token.
    pub fn through(&mut self, steps: &Steps) -> Vec<Row> {
        let len = self.rows.len();
        self.backward.clear();
        self.backward.resize(len, [NEVER; LABELS]);
        for at in (0..len).rev() {
            for from in 0..LABELS {
                let best = if at + 1 == len {
                    if follows(from, 0) { 0 } else { NEVER }
                } else {
                    let into = &steps[self.steps[at + 1] as usize][from];
                    let next = &self.backward[at + 1];
                    let own = &self.rows[at + 1];
                    NEXT[from].iter().map(|&to| into[to] + next[to] + own[to]).max().unwrap_or(NEVER)
                };
                self.backward[at][from] = best.max(NEVER);
            }
        }
        let mut out = Vec::with_capacity(len);
        for at in 0..len {
            let mut row = [NEVER; LABELS];
            for (label, score) in row.iter_mut().enumerate() {
                *score = (self.forward[at][label] + self.backward[at][label]).max(NEVER);
            }
            out.push(row);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::decode::{LABELS, Lattice, NEXT, Steps, follows};
    use crate::annotate::tagger::features::STEP_CLASSES;

    fn check(rows: &[&[(usize, i32)]], expect: &[u8]) {
        let steps: Box<Steps> = Box::new([[[0; LABELS]; LABELS]; STEP_CLASSES]);
        let mut lattice = Lattice::default();
        for scores in rows {
            let mut row = [0; LABELS];
            scores.iter().for_each(|&(label, score)| row[label] = score);
            lattice.rows.push(row);
            lattice.steps.push(0);
        }
        let top = lattice.decode(&steps);
        assert_eq!(lattice.best, expect);
        for row in lattice.through(&steps) {
            assert_eq!(row.iter().max(), Some(&top));
        }
    }

    #[test]
    fn best_sequences() {
        check(&[], &[]);
        check(&[&[(4, 5)]], &[4]);
        check(&[&[(1, 9), (4, 3)]], &[4]);
        check(&[&[(1, 5)], &[(2, 5)], &[(3, 5)]], &[1, 2, 3]);
        check(&[&[(1, 5)], &[(7, 4)], &[(0, 1)]], &[1, 3, 0]);
    }

    #[test]
    fn steps_agree() {
        for (from, next) in NEXT.iter().enumerate() {
            for to in 0..LABELS {
                assert_eq!(follows(from, to), next.contains(&to), "{from} {to}");
            }
        }
    }
}
