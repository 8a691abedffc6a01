//! Labelled chunks enter; weights leave: a linear-chain conditional random field (Lafferty, McCallum and Pereira
//! 2001), trained by stochastic gradient steps of adaptive length (Duchi, Hazan and Singer 2011).
//!
//! Where a source leaves types unmarked, the gold is a set of labels per token, and the likelihood of the set is
//! raised (Tsuboi et al. 2008). Features are dropped by group. All arithmetic is plain IEEE single precision,
//! [`exp`] included, so that training gives the same bytes on every machine.

use dateline::annotate::tagger::decode::{LABELS, NEXT, follows};
use dateline::annotate::tagger::features::STEP_CLASSES;

use crate::plan::{Dice, Example, Plan, Weights};

type Row = [f32; LABELS];

/// Weights are handed on as integers of this fraction of a natural logarithm.
pub const FRACTION: f32 = 4096.0;

/// The bits of a feature that are its index.
pub const INDEX: u32 = (1 << 30) - 1;

/// e to the x, for x of 0 and below; 0 below -60.
fn exp(x: f32) -> f32 {
    if x < -60.0 {
        return 0.0;
    }
    let y = x * std::f32::consts::LOG2_E;
    let whole = (y - 0.5) as i32;
    let t = (y - whole as f32) * std::f32::consts::LN_2;
    let series =
        1.0 + t * (1.0 + t * (0.5 + t * (1.0 / 6.0 + t * (1.0 / 24.0 + t * (1.0 / 120.0 + t / 720.0)))));
    series * f32::from_bits(((whole + 127) as u32) << 23)
}

/// Forward and backward sums over the sequences that `allowed` admits.
#[derive(Default)]
struct Sums {
    forward: Vec<Row>,
    backward: Vec<Row>,
    /// Probability of each label of each token.
    labels: Vec<Row>,
}

impl Sums {
    fn run(&mut self, odds: &[Row], steps: &[&[Row; LABELS]], allowed: Option<&[u32]>) {
        let len = odds.len();
        let open = |at: usize, label: usize| allowed.is_none_or(|sets| sets[at] >> label & 1 == 1);
        self.forward.clear();
        self.forward.resize(len, [0.0; LABELS]);
        self.backward.clear();
        self.backward.resize(len, [0.0; LABELS]);
        self.labels.clear();
        self.labels.resize(len, [0.0; LABELS]);
        for at in 0..len {
            let mut row = [0.0; LABELS];
            if at == 0 {
                for &to in NEXT[0] {
                    row[to] = steps[0][0][to];
                }
            } else {
                for from in 0..LABELS {
                    let mass = self.forward[at - 1][from];
                    if mass > 0.0 {
                        for &to in NEXT[from] {
                            row[to] += mass * steps[at][from][to];
                        }
                    }
                }
            }
            for (label, cell) in row.iter_mut().enumerate() {
                *cell = if open(at, label) { *cell * odds[at][label] } else { 0.0 };
            }
            scale(&mut row);
            self.forward[at] = row;
        }
        for at in (0..len).rev() {
            let mut row = [0.0; LABELS];
            for (from, cell) in row.iter_mut().enumerate() {
                *cell = if at + 1 == len {
                    if follows(from, 0) { 1.0 } else { 0.0 }
                } else {
                    let (next, own) = (&self.backward[at + 1], &odds[at + 1]);
                    NEXT[from]
                        .iter()
                        .filter(|to| open(at + 1, **to))
                        .map(|&to| steps[at + 1][from][to] * next[to] * own[to])
                        .sum()
                };
            }
            scale(&mut row);
            self.backward[at] = row;
            let mut both: Row = std::array::from_fn(|l| self.forward[at][l] * row[l]);
            scale(&mut both);
            self.labels[at] = both;
        }
    }

    /// Adds `sign` times the probability of each step into token `at`.
    fn add_steps(
        &self,
        at: usize,
        odds: &[Row],
        steps: &[Row; LABELS],
        allowed: Option<&[u32]>,
        sign: f32,
        into: &mut [Row; LABELS],
    ) {
        let open = |label: usize| allowed.is_none_or(|sets| sets[at] >> label & 1 == 1);
        let mut total = 0.0;
        let mut cells: Vec<(usize, usize, f32)> = Vec::with_capacity(160);
        for from in 0..LABELS {
            let mass = if at > 0 { self.forward[at - 1][from] } else { f32::from(u8::from(from == 0)) };
            if mass > 0.0 {
                for &to in NEXT[from].iter().filter(|to| open(**to)) {
                    let p = mass * steps[from][to] * odds[at][to] * self.backward[at][to];
                    total += p;
                    cells.push((from, to, p));
                }
            }
        }
        if total > 0.0 {
            cells.iter().for_each(|&(from, to, p)| into[from][to] += sign * p / total);
        }
    }
}

fn scale(row: &mut Row) {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 {
        row.iter_mut().for_each(|x| *x /= sum);
    }
}

/// Trains `plan.voters` times in different orders and adds the weights, on the examples that `with` takes. The scores
/// in `base` and the weights in `fixed` are in units of 1/[`FRACTION`]; without `fixed`, steps are learned.
pub fn train(
    examples: &[Example],
    size: usize,
    plan: &Plan,
    fixed: Option<&[i64]>,
    with: &dyn Fn(&Example) -> bool,
) -> Weights {
    let mut out = Weights { rows: vec![[0; LABELS]; size], steps: vec![0; STEP_CLASSES * LABELS * LABELS] };
    for voter in 0..plan.voters {
        let (rows, steps) = once(examples, size, plan, fixed, with, voter);
        for (sum, row) in out.rows.iter_mut().zip(&rows) {
            sum.iter_mut().zip(row).for_each(|(a, b)| *a += (b * FRACTION) as i64);
        }
        out.steps
            .iter_mut()
            .zip(steps.iter().flatten().flatten())
            .for_each(|(a, b)| *a += (b * FRACTION) as i64);
    }
    let voters = plan.voters as i64;
    out.rows.iter_mut().flatten().for_each(|w| *w /= voters);
    out.steps.iter_mut().for_each(|w| *w /= voters);
    out
}

fn once(
    examples: &[Example],
    size: usize,
    plan: &Plan,
    fixed: Option<&[i64]>,
    with: &dyn Fn(&Example) -> bool,
    voter: u64,
) -> (Vec<Row>, Vec<[Row; LABELS]>) {
    let mut rows = vec![[0f32; LABELS]; size];
    let mut squares = vec![[0f32; LABELS]; size];
    let mut steps = vec![[[0f32; LABELS]; LABELS]; STEP_CLASSES];
    let mut step_squares = steps.clone();
    if let Some(fixed) = fixed {
        steps.iter_mut().flatten().flatten().zip(fixed).for_each(|(w, f)| *w = *f as f32 / FRACTION);
    }
    let mut odds_of_steps: Vec<[Row; LABELS]> = steps.clone();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d ^ voter.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut order: Vec<u32> = (0..examples.len() as u32).filter(|&i| with(&examples[i as usize])).collect();
    let (mut free, mut gold) = (Sums::default(), Sums::default());
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut odds: Vec<Row> = Vec::new();
    for epoch in 0..plan.epochs {
        dice.shuffle(&mut order);
        let mut wrong = 0;
        for (turn, &index) in order.iter().enumerate() {
            if turn % 64 == 0 {
                let flat = odds_of_steps.iter_mut().flatten().flatten();
                flat.zip(steps.iter().flatten().flatten()).for_each(|(o, w)| *o = exp((w - 8.0).min(0.0)));
            }
            let example = &examples[index as usize];
            let (hide_identity, hide_listed) =
                (dice.roll() % 100 < plan.drop_identity, dice.roll() % 100 < plan.drop_listed);
            let mut hidden = |f: u32| {
                f >> 30 == 1 && hide_identity
                    || f >> 30 == 2 && hide_listed
                    || plan.drop_any > 0 && dice.roll() % 100 < plan.drop_any
            };
            kept.resize(example.features.len().max(kept.len()), Vec::new());
            odds.clear();
            for (at, list) in example.features.iter().enumerate() {
                kept[at].clear();
                kept[at].extend(list.iter().filter(|f| !hidden(**f)).map(|f| f & INDEX));
                let mut row: Row =
                    example.base.get(at).map_or([0.0; LABELS], |b| b.map(|x| x as f32 / FRACTION));
                for &f in &kept[at] {
                    row.iter_mut().zip(&rows[f as usize]).for_each(|(r, x)| *r += x);
                }
                let top = row.iter().fold(f32::MIN, |a, b| a.max(*b));
                odds.push(row.map(|x| exp(x - top)));
            }
            let into: Vec<&[Row; LABELS]> =
                example.steps.iter().map(|&class| &odds_of_steps[class as usize]).collect();
            free.run(&odds, &into, None);
            gold.run(&odds, &into, Some(&example.allowed));
            let rate = plan.rate * example.weight as f32 / 400.0;
            for at in 0..odds.len() {
                let slope: Row = std::array::from_fn(|l| free.labels[at][l] - gold.labels[at][l]);
                if gold.labels[at].iter().sum::<f32>() < 0.5 {
                    continue;
                }
                let most = slope.iter().fold(0f32, |a, b| a.max(b.abs()));
                if most < 0.01 {
                    continue;
                }
                wrong += usize::from(most > 0.5);
                for &f in &kept[at] {
                    let (row, past) = (&mut rows[f as usize], &mut squares[f as usize]);
                    for l in 0..LABELS {
                        past[l] += slope[l] * slope[l];
                        row[l] -= rate * slope[l] / (past[l] + 0.1).sqrt();
                    }
                }
                if fixed.is_none() {
                    let class = example.steps[at] as usize;
                    let mut slopes = [[0f32; LABELS]; LABELS];
                    free.add_steps(at, &odds, into[at], None, 1.0, &mut slopes);
                    gold.add_steps(at, &odds, into[at], Some(&example.allowed), -1.0, &mut slopes);
                    let (own, past) = (&mut steps[class], &mut step_squares[class]);
                    for from in 0..LABELS {
                        for &to in NEXT[from] {
                            let slope = slopes[from][to];
                            past[from][to] += slope * slope;
                            own[from][to] -= rate * slope / (past[from][to] + 0.1).sqrt();
                        }
                    }
                }
            }
        }
        let shrink = 1.0 - plan.decay;
        rows.iter_mut().flatten().for_each(|w| *w *= shrink);
        println!("epoch {epoch}: {wrong} labels wrong");
    }
    (rows, steps)
}
