//! Prepared examples enter; the bytes of a whole model leave.
//!
//! 1. A training shows which features matter most, as many as there is room for. The others are forgotten, so that those
//!    that stay learn to do without them.
//! 2. The first stage is trained on everything.
//! 3. It is trained again without each part in turn, and reads that part: so the second stage learns from the
//!    mistakes that the first makes on text it has not seen.
//! 4. The second stage is trained on top of these readings.

use std::collections::HashMap;

use dateline::annotate::tagger::Model;
use dateline::annotate::tagger::document::Document;
use dateline::annotate::tagger::model::Scratch;
use dateline::annotate::tagger::revise::{First, Votes, features};

use crate::crf;
use crate::examples::Set;
use crate::pack;
use crate::plan::{Example, Plan, Weights};
use crate::recipe::Recipe;

/// What training needs.
pub struct Job<'a> {
    /// Examples and documents.
    pub set: &'a mut Set,
    /// The tables of words, of names and of likeness, one after the other.
    pub tables: &'a [u8],
    /// The numbers.
    pub recipe: &'a Recipe,
}

/// Trains both stages.
pub fn train(job: Job<'_>) -> Vec<u8> {
    let recipe = job.recipe;
    let plan = Plan {
        voters: recipe.get("voters") as u64,
        epochs: recipe.get("epochs") as usize,
        drop_identity: recipe.get("drop-identity") as u32,
        drop_listed: recipe.get("drop-listed") as u32,
        drop_any: recipe.get("drop-any") as u32,
        rate: recipe.thousandths("rate"),
        decay: recipe.thousandths("decay"),
    };
    let second_budget = recipe.get("budget2") as usize;
    let budget = recipe.get("budget") as usize - second_budget;
    let size = job.set.keys.len();
    let spare = Plan { voters: 1, ..plan.clone() };
    let weights = crf::train(&job.set.examples, size, &spare, None, &|_| true);
    let kept = pack::kept(&weights, &job.set.keys, job.tables, budget);
    let features = job.set.examples.iter_mut().flat_map(|e| &mut e.features);
    features.for_each(|row| row.retain(|f| kept[(f & crf::INDEX) as usize]));
    let examples = &job.set.examples;
    let first = |weights: &Weights| pack::first(weights, &job.set.keys, job.tables, budget);
    let weights = crf::train(examples, size, &plan, None, &|_| true);
    let mut bytes = first(&weights);
    let mut second: Vec<Raw> = Vec::new();
    let mut by_document: HashMap<usize, Vec<&Example>> = HashMap::new();
    examples.iter().for_each(|e| by_document.entry(e.document).or_default().push(e));
    let parts = recipe.get("parts") as usize;
    for part in 0..parts {
        let weights = crf::train(examples, size, &spare, None, &|e| e.document % parts != part);
        let mut bytes = first(&weights);
        bytes.extend(no_second());
        let model = Model::read(&bytes).expect("the weights just made");
        for (number, document) in job.set.documents.iter().enumerate().filter(|(n, _)| n % parts == part) {
            if let Some(chunks) = by_document.get(&number) {
                read(&model, document, chunks, &mut second);
            }
        }
    }
    let mut counts: HashMap<u64, u32> = HashMap::new();
    second
        .iter()
        .flat_map(|raw| raw.rows.iter().flatten())
        .for_each(|key| *counts.entry(*key).or_default() += 1);
    let mut keys: Vec<u64> =
        counts.into_iter().filter(|(_, n)| *n as i64 >= recipe.get("min2")).map(|(k, _)| k).collect();
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
        epochs: recipe.get("epochs2") as usize,
        drop_identity: 0,
        drop_listed: 0,
        drop_any: recipe.get("drop2") as u32,
        rate: recipe.thousandths("rate2"),
        decay: recipe.thousandths("decay2"),
    };
    let steps: Vec<i64> =
        model.steps.iter().flatten().flatten().map(|&w| i64::from(w) * pack::UNIT).collect();
    let weights = crf::train(&examples, keys.len(), &plan, Some(&steps), &|_| true);
    bytes.extend(pack::second(&weights, &keys, second_budget));
    bytes
}

/// A second stage without features.
fn no_second() -> Vec<u8> {
    let none = Weights { rows: Vec::new(), steps: Vec::new() };
    pack::second(&none, &[], 0)
}

struct Raw {
    rows: Vec<Vec<u64>>,
    example: Example,
}

/// Reads an unseen document and turns its chunks into examples of the second stage.
fn read(model: &Model<'_>, document: &Document, chunks: &[&Example], out: &mut Vec<Raw>) {
    let first = First::run(model, document, &mut Scratch::default());
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
                .map(|row| row.map(|score| score * pack::UNIT as i32))
                .collect(),
            weight: example.weight,
            document: example.document,
        };
        out.push(Raw { rows, example });
    }
}
