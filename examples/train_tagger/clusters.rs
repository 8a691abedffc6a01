//! Running text enters; a class for each frequent word leaves.
//!
//! The exchange algorithm for class bigrams (Kneser and Ney 1993; Martin, Liermann and Ney 1998): words move, most
//! frequent first, to the class that raises the likelihood of the text most. Sums are exact integers; the only
//! rounding is in [`weight`], whose arithmetic is the same on every machine.

use std::collections::HashMap;

/// A bigram text over word indices: `words[i]` occurs `counts[i]` times.
pub struct Bigrams {
    /// Occurrences of each word.
    pub counts: Vec<u32>,
    /// For each word, the words that follow it, with counts.
    pub after: Vec<Vec<(u32, u32)>>,
    /// For each word, the words that precede it, with counts.
    pub before: Vec<Vec<(u32, u32)>>,
}

impl Bigrams {
    /// Counts neighbours in sentences of word indices below `size`.
    pub fn count(sentences: &[Vec<u32>], size: usize) -> Bigrams {
        let mut counts = vec![0; size];
        let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
        for sentence in sentences {
            sentence.iter().for_each(|&w| counts[w as usize] += 1);
            sentence.windows(2).for_each(|w| *pairs.entry((w[0], w[1])).or_default() += 1);
        }
        let mut sorted: Vec<((u32, u32), u32)> = pairs.into_iter().collect();
        sorted.sort_unstable();
        let (mut after, mut before) = (vec![Vec::new(); size], vec![Vec::new(); size]);
        for ((a, b), n) in sorted {
            after[a as usize].push((b, n));
            before[b as usize].push((a, n));
        }
        Bigrams { counts, after, before }
    }
}

/// x log2 x.
fn weight(x: u32) -> f64 {
    if x < 2 {
        return 0.0;
    }
    let whole = x.ilog2();
    let mut rest = f64::from(x) / f64::from(1u32 << whole);
    let mut log = f64::from(whole);
    let mut bit = 0.5;
    for _ in 0..30 {
        rest *= rest;
        if rest >= 2.0 {
            rest /= 2.0;
            log += bit;
        }
        bit /= 2.0;
    }
    f64::from(x) * log
}

/// The class of each word, below `classes`. Words must be sorted by falling count.
pub fn exchange(text: &Bigrams, classes: usize, rounds: usize) -> Vec<u32> {
    let size = text.counts.len();
    let table: Vec<f64> = (0..1u32 << 16).map(weight).collect();
    let h = |x: u32| table.get(x as usize).copied().unwrap_or_else(|| weight(x));
    let mut class: Vec<u32> = (0..size).map(|w| (w % classes) as u32).collect();
    // `out[a * classes + b]` counts class a before class b; `into` is its transpose.
    let mut out = vec![0u32; classes * classes];
    let mut into = vec![0u32; classes * classes];
    let mut total = vec![0u32; classes];
    for w in 0..size {
        total[class[w] as usize] += text.counts[w];
        for &(v, n) in &text.after[w] {
            out[class[w] as usize * classes + class[v as usize] as usize] += n;
            into[class[v as usize] as usize * classes + class[w] as usize] += n;
        }
    }
    let mut right = vec![0u32; classes];
    let mut left = vec![0u32; classes];
    let mut gain = vec![0f64; classes];
    for round in 0..rounds {
        let mut moved = 0;
        for w in 0..size {
            let home = class[w] as usize;
            let (mut rights, mut lefts, mut own) = (Vec::new(), Vec::new(), 0);
            for &(v, n) in &text.after[w] {
                if v as usize == w {
                    own = n;
                    continue;
                }
                let c = class[v as usize] as usize;
                if right[c] == 0 {
                    rights.push(c);
                }
                right[c] += n;
            }
            for &(v, n) in &text.before[w] {
                if v as usize == w {
                    continue;
                }
                let c = class[v as usize] as usize;
                if left[c] == 0 {
                    lefts.push(c);
                }
                left[c] += n;
            }
            let mut shift = |c: usize, sign: bool, total: &mut [u32]| {
                let step = |cell: &mut u32, n: u32| if sign { *cell += n } else { *cell -= n };
                for &r in &rights {
                    step(&mut out[c * classes + r], right[r]);
                    step(&mut into[r * classes + c], right[r]);
                }
                for &l in &lefts {
                    step(&mut out[l * classes + c], left[l]);
                    step(&mut into[c * classes + l], left[l]);
                }
                step(&mut out[c * classes + c], own);
                step(&mut into[c * classes + c], own);
                step(&mut total[c], text.counts[w]);
            };
            shift(home, false, &mut total);
            let n = text.counts[w];
            for c in 0..classes {
                gain[c] = -2.0 * (h(total[c] + n) - h(total[c]));
            }
            let out = &mut out;
            let into = &mut into;
            for &r in &rights {
                let row = &into[r * classes..(r + 1) * classes];
                let add = right[r];
                for (g, &cell) in gain.iter_mut().zip(row) {
                    *g += h(cell + add) - h(cell);
                }
            }
            for &l in &lefts {
                let row = &out[l * classes..(l + 1) * classes];
                let add = left[l];
                for (g, &cell) in gain.iter_mut().zip(row) {
                    *g += h(cell + add) - h(cell);
                }
            }
            let mut best = home;
            for c in 0..classes {
                let cell = out[c * classes + c];
                if right[c] > 0 {
                    gain[c] -= h(cell + right[c]) - h(cell);
                }
                if left[c] > 0 {
                    gain[c] -= h(cell + left[c]) - h(cell);
                }
                gain[c] += h(cell + right[c] + left[c] + own) - h(cell);
                if gain[c] > gain[best] || gain[c] == gain[best] && c == home {
                    best = c;
                }
            }
            let step = |cell: &mut u32, n: u32| *cell += n;
            for &r in &rights {
                step(&mut out[best * classes + r], right[r]);
                step(&mut into[r * classes + best], right[r]);
            }
            for &l in &lefts {
                step(&mut out[l * classes + best], left[l]);
                step(&mut into[best * classes + l], left[l]);
            }
            step(&mut out[best * classes + best], own);
            step(&mut into[best * classes + best], own);
            step(&mut total[best], n);
            rights.iter().for_each(|&r| right[r] = 0);
            lefts.iter().for_each(|&l| left[l] = 0);
            moved += usize::from(best != home);
            class[w] = best as u32;
        }
        println!("clusters {classes}: round {round}, {moved} words moved");
        if moved * 500 < size {
            break;
        }
    }
    class
}
