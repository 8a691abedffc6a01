//! Embedded bytes enter; the labels of a prepared document leave.
//!
//! Layout: `DLNER002`; how likely a span is right, by margin, in 1/255, 16 bytes; the unit of the weights, a `u32`
//! in 1/4096 of a natural logarithm; the weights of the steps, one signed byte each; the tables of words, of names, of features.
//! A feature's payload is one signed byte for each label.

use crate::annotate::tagger::decode::{LABELS, Lattice, Row, Steps};
use crate::annotate::tagger::document::{Chunk, Document};
use crate::annotate::tagger::features::{STEP_CLASSES, View, features, step_class};
use crate::annotate::tagger::lexicon::Lexicon;
use crate::annotate::tagger::revise::{self, First, Votes};
use crate::annotate::tagger::table::{Table, find};
use crate::annotate::tagger::{NerKind, Span};
use crate::text::token::Token;

/// First bytes of the weights.
pub const MAGIC: &[u8; 8] = b"DLNER002";

/// Trained weights, read in place.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Words and names.
    pub lexicon: Lexicon<'a>,
    features: Table<'a>,
    second: Table<'a>,
    /// Weights of the steps between labels.
    pub steps: Box<Steps>,
    /// How likely a span is right, in 1/255, by the [`bucket`] of its margin.
    pub calibration: [u8; 16],
    unit: f32,
}

impl<'a> Model<'a> {
    /// Reads weights. `None` when the bytes are not weights of this version.
    pub fn read(bytes: &'a [u8]) -> Option<Model<'a>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (calibration, rest) = rest.split_first_chunk::<16>()?;
        let (unit, rest) = rest.split_first_chunk::<4>()?;
        let unit = u32::from_le_bytes(*unit) as f32 / 4096.0;
        let (flat, rest) = rest.split_at_checked(STEP_CLASSES * LABELS * LABELS)?;
        let mut steps: Box<Steps> = Box::new([[[0; LABELS]; LABELS]; STEP_CLASSES]);
        let cells = steps.iter_mut().flatten().flatten();
        cells.zip(flat).for_each(|(cell, &byte)| *cell = i32::from(byte as i8));
        let (words, rest) = Table::read(rest)?;
        let (names, rest) = Table::read(rest)?;
        let (features, rest) = Table::read(rest)?;
        let (second, _) = Table::read(rest)?;
        Some(Model {
            lexicon: Lexicon { words, names },
            features,
            second,
            steps,
            calibration: *calibration,
            unit,
        })
    }

    /// Fills `lattice` with the scores of a chunk and decodes it.
    pub fn decode(
        &self,
        document: &Document,
        chunk: Chunk,
        view: &mut View,
        lattice: &mut Lattice,
        scratch: &mut Scratch<'a>,
    ) -> i32 {
        view.fill(document, chunk, &self.lexicon);
        lattice.clear();
        for at in chunk.start as usize..chunk.end as usize {
            let mut row = [0; LABELS];
            scratch.keys.clear();
            features(document, view, chunk, at, &mut |_, key| scratch.keys.push(key));
            add(&self.features, &scratch.keys, &mut scratch.buckets, &mut row);
            lattice.rows.push(row);
            lattice.steps.push(step_class(document, at) as u8);
        }
        lattice.decode(&self.steps)
    }
}

/// The step of calibration that a margin, in natural logarithms, falls into.
pub fn bucket(margin: f32) -> usize {
    const EDGES: [f32; 15] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0];
    EDGES.iter().take_while(|edge| margin >= **edge).count()
}

/// The spans of a document after both decodings, with the margin of each in natural logarithms.
pub fn spans(model: &Model<'_>, document: &Document, tokens: &[Token]) -> Vec<(Span, f32)> {
    let first = First::run(model, document);
    let votes = Votes::count(document, &first);
    let mut labels = vec![0; document.ids.len()];
    let mut lattice = Lattice::default();
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    for (index, &chunk) in document.chunks.iter().enumerate() {
        lattice.clear();
        for (offset, row) in first.chunk(document, index).iter().enumerate() {
            let at = chunk.start as usize + offset;
            let mut row = *row;
            scratch.keys.clear();
            revise::features(document, &first, &votes, index, at, &mut |key| scratch.keys.push(key));
            add(&model.second, &scratch.keys, &mut scratch.buckets, &mut row);
            lattice.rows.push(row);
            lattice.steps.push(step_class(document, at) as u8);
        }
        let top = lattice.decode(&model.steps);
        if lattice.best.iter().all(|&label| label == 0) {
            continue;
        }
        labels[chunk.start as usize..chunk.end as usize].copy_from_slice(&lattice.best);
        let through = lattice.through(&model.steps);
        for (range, kind) in revise::spans(&labels, chunk) {
            let margin =
                range.clone().map(|at| rival(&through[at - chunk.start as usize], labels[at], top)).min();
            let margin = margin.unwrap_or(0) as f32 * model.unit;
            let span = Span {
                start: tokens[range.start].start,
                end: tokens[range.end - 1].end,
                kind: NerKind::ALL[kind - 1],
                confidence: f32::from(model.calibration[bucket(margin)]) / 255.0,
                tokens: range.start as u32..range.end as u32,
                evidence: revise::reason(document, &first, &votes, range, kind),
                title: None,
            };
            out.push((span, margin));
        }
    }
    out
}

/// How far behind the best sequence the best one with another label for this token is.
fn rival(through: &Row, label: u8, top: i32) -> i32 {
    let others =
        through.iter().enumerate().filter(|(other, _)| *other != label as usize).map(|(_, score)| *score);
    top - others.max().unwrap_or(top)
}

/// Adds the weights that `table` has for the features `keys` to the scores of the labels. All buckets are found
/// before the first is read, so that the memory can fetch them side by side.
fn add<'a>(table: &Table<'a>, keys: &[u64], buckets: &mut Vec<&'a [u8]>, row: &mut Row) {
    buckets.clear();
    buckets.extend(keys.iter().map(|&key| table.bucket(key)));
    let mut sums = [0i16; LABELS];
    for (&key, entries) in keys.iter().zip(buckets.iter()) {
        if let Some(weights) = find::<LABELS>(entries, key) {
            sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum = sum.wrapping_add(i16::from(w as i8)));
        }
    }
    row.iter_mut().zip(sums).for_each(|(cell, sum)| *cell += i32::from(sum));
}

/// Room for the features of one token, reused.
#[derive(Clone, Debug, Default)]
pub struct Scratch<'a> {
    keys: Vec<u64>,
    buckets: Vec<&'a [u8]>,
}
