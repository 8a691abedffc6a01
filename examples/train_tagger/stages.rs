//! Prepared examples enter; the bytes of a whole model leave.
//!
//! 1. The first stage is trained on everything.
//! 2. It is trained again without each part in turn, and reads that part: so the second stage learns from the
//!    mistakes that the first makes on text it has not seen.
//! 3. The second stage is trained on top of these readings.

use std::collections::HashMap;

use dateline::annotate::tagger::Model;
use dateline::annotate::tagger::document::Document;
use dateline::annotate::tagger::revise::{First, Votes, features};

use crate::crf::train;
use crate::examples::Set;
use crate::plan::{Example, Plan, Weights};
use crate::{number, pack};

/// Parts of the data for the readings of unseen text.
const PARTS: usize = 4;

/// What training needs.
pub struct Job<'a> {
    /// Examples and documents.
    pub set: &'a Set,
    /// The table of words.
    pub words: &'a [u8],
    /// The table of names.
    pub names: &'a [u8],
}

impl Job<'_> {
    /// Trains on the examples that `with` takes.
    pub fn train(&self, with: &dyn Fn(&Example) -> bool) -> Vec<u8> {
        let plan = Plan {
            voters: number("--voters", 6) as u64,
            epochs: number("--epochs", 5) as usize,
            drop_identity: number("--drop-identity", 30) as u32,
            drop_listed: number("--drop-listed", 5) as u32,
            drop_any: number("--drop-any", 20) as u32,
            rate: number("--rate", 100) as f32 / 1000.0,
            decay: number("--decay", 400) as f32 / 1000.0,
        };
        let budget = number("--budget", 4_000_000) as usize;
        let second_budget = number("--budget2", 220_000) as usize;
        let examples = &self.set.examples;
        let size = self.set.keys.len();
        let weights = train(examples, size, &plan, None, with);
        let unit = pack::unit(&weights);
        let mut bytes = self.first(&weights, budget - second_budget, unit);
        if number("--stages", 2) < 2 {
            bytes.extend(no_second());
            return bytes;
        }
        let mut second: Vec<Raw> = Vec::new();
        let spare = Plan { voters: 1, ..plan.clone() };
        let mut by_document: HashMap<usize, Vec<&Example>> = HashMap::new();
        examples.iter().filter(|e| with(e)).for_each(|e| by_document.entry(e.document).or_default().push(e));
        for part in 0..PARTS {
            let weights = train(examples, size, &spare, None, &|e| with(e) && e.document % PARTS != part);
            let mut bytes = self.first(&weights, budget - second_budget, unit);
            bytes.extend(no_second());
            let model = Model::read(&bytes).expect("the weights just made");
            for (number, document) in self.set.documents.iter().enumerate().filter(|(n, _)| n % PARTS == part)
            {
                if let Some(chunks) = by_document.get(&number) {
                    read(&model, document, chunks, unit, &mut second);
                }
            }
        }
        let mut counts: HashMap<u64, u32> = HashMap::new();
        second
            .iter()
            .flat_map(|raw| raw.rows.iter().flatten())
            .for_each(|key| *counts.entry(*key).or_default() += 1);
        let mut keys: Vec<u64> =
            counts.into_iter().filter(|(_, n)| *n as i64 >= number("--min2", 6)).map(|(k, _)| k).collect();
        keys.sort_unstable();
        let index: HashMap<u64, u32> = keys.iter().enumerate().map(|(i, k)| (*k, i as u32)).collect();
        let rows = |rows: &[Vec<u64>]| {
            rows.iter().map(|row| row.iter().filter_map(|k| index.get(k).copied()).collect()).collect()
        };
        let examples: Vec<Example> =
            second.into_iter().map(|raw| Example { features: rows(&raw.rows), ..raw.example }).collect();
        let alone = [bytes.as_slice(), &no_second()].concat();
        let model = Model::read(&alone).expect("the weights just made");
        let plan = Plan {
            voters: 1,
            epochs: number("--epochs2", 4) as usize,
            drop_identity: 0,
            drop_listed: 0,
            drop_any: number("--drop2", 10) as u32,
            rate: number("--rate2", 50) as f32 / 1000.0,
            decay: number("--decay2", 300) as f32 / 1000.0,
        };
        let steps: Vec<i64> = model.steps.iter().flatten().flatten().map(|&w| i64::from(w) * unit).collect();
        let silver = number("--silver2", 1) != 0;
        let weights = train(&examples, keys.len(), &plan, Some(&steps), &|e| silver || e.fold != usize::MAX);
        bytes.extend(pack::second(&weights, &keys, second_budget, unit));
        bytes
    }

    fn first(&self, weights: &Weights, budget: usize, unit: i64) -> Vec<u8> {
        pack::first(weights, &self.set.keys, self.words, self.names, budget, unit)
    }
}

/// A second stage without features.
fn no_second() -> Vec<u8> {
    let none = Weights { rows: Vec::new(), steps: Vec::new() };
    pack::second(&none, &[], 0, 1)
}

struct Raw {
    rows: Vec<Vec<u64>>,
    example: Example,
}

/// Reads an unseen document and turns its chunks into examples of the second stage.
fn read(model: &Model<'_>, document: &Document, chunks: &[&Example], unit: i64, out: &mut Vec<Raw>) {
    let first = First::run(model, document);
    let votes = Votes::count(document, &first);
    for (index, (chunk, example)) in document.chunks.iter().zip(chunks).enumerate() {
        let rows = (chunk.start as usize..chunk.end as usize)
            .map(|at| {
                let mut row = Vec::new();
                features(document, &first, &votes, index, at, &mut |key| row.push(key));
                row
            })
            .collect();
        let example = Example {
            features: Vec::new(),
            steps: example.steps.clone(),
            allowed: example.allowed.clone(),
            base: first
                .chunk(document, index)
                .iter()
                .map(|row| row.map(|score| score * unit as i32))
                .collect(),
            weight: example.weight,
            fold: example.fold,
            document: example.document,
        };
        out.push(Raw { rows, example });
    }
}
