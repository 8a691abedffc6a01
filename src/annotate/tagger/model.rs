//! Embedded bytes enter; the labels of a prepared document leave.
//!
//! Layout: `DLNER001`; the weights of the steps, one signed byte each; the tables of words, of names, of features.
//! A feature's payload is a 24-bit set of labels and one signed byte for each label in it.

use crate::annotate::tagger::decode::{LABELS, Lattice, Row, Steps};
use crate::annotate::tagger::document::{Chunk, Document};
use crate::annotate::tagger::features::{STEP_CLASSES, View, features, step_class};
use crate::annotate::tagger::lexicon::Lexicon;
use crate::annotate::tagger::revise::{self, First, Votes};
use crate::annotate::tagger::table::Table;
use crate::annotate::tagger::{Evidence, NerKind, Span};
use crate::text::token::Token;

/// First bytes of the weights.
pub const MAGIC: &[u8; 8] = b"DLNER001";

/// Trained weights, read in place.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Words and names.
    pub lexicon: Lexicon<'a>,
    features: Table<'a>,
    second: Table<'a>,
    /// Weights of the steps between labels.
    pub steps: Box<Steps>,
}

impl<'a> Model<'a> {
    /// Reads weights. `None` when the bytes are not weights of this version.
    pub fn read(bytes: &'a [u8]) -> Option<Model<'a>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (flat, rest) = rest.split_at_checked(STEP_CLASSES * LABELS * LABELS)?;
        let mut steps: Box<Steps> = Box::new([[[0; LABELS]; LABELS]; STEP_CLASSES]);
        let cells = steps.iter_mut().flatten().flatten();
        cells.zip(flat).for_each(|(cell, &byte)| *cell = i32::from(byte as i8));
        let (words, rest) = Table::read(rest)?;
        let (names, rest) = Table::read(rest)?;
        let (features, rest) = Table::read(rest)?;
        let (second, _) = Table::read(rest)?;
        Some(Model { lexicon: Lexicon { words, names }, features, second, steps })
    }

    /// Adds the weights of a feature to the scores of the labels.
    #[inline]
    pub fn add(&self, key: u64, row: &mut Row) {
        add(&self.features, key, row);
    }

    /// Fills `lattice` with the scores of a chunk and decodes it.
    pub fn decode(&self, document: &Document, chunk: Chunk, view: &mut View, lattice: &mut Lattice) -> i32 {
        view.fill(document, chunk, &self.lexicon);
        lattice.clear();
        for at in chunk.start as usize..chunk.end as usize {
            let mut row = [0; LABELS];
            features(document, view, chunk, at, &mut |_, key| self.add(key, &mut row));
            lattice.rows.push(row);
            lattice.steps.push(step_class(document, at) as u8);
        }
        lattice.decode(&self.steps)
    }
}

/// The spans that the model finds in a document.
pub fn find(model: &Model<'_>, document: &Document, tokens: &[Token]) -> Vec<Span> {
    let first = First::run(model, document);
    let votes = Votes::count(document, &first);
    let mut labels = vec![0; document.ids.len()];
    let mut lattice = Lattice::default();
    let mut out = Vec::new();
    for (index, &chunk) in document.chunks.iter().enumerate() {
        lattice.clear();
        for (offset, row) in first.chunk(document, index).iter().enumerate() {
            let at = chunk.start as usize + offset;
            let mut row = *row;
            revise::features(document, &first, &votes, index, at, &mut |key| {
                add(&model.second, key, &mut row)
            });
            lattice.rows.push(row);
            lattice.steps.push(step_class(document, at) as u8);
        }
        lattice.decode(&model.steps);
        labels[chunk.start as usize..chunk.end as usize].copy_from_slice(&lattice.best);
        for (range, kind) in revise::spans(&labels, chunk) {
            out.push(Span {
                start: tokens[range.start].start,
                end: tokens[range.end - 1].end,
                kind: NerKind::ALL[kind - 1],
                confidence: 1.0,
                tokens: range.start as u32..range.end as u32,
                evidence: Evidence::Model,
                title: None,
            });
        }
    }
    out
}

/// Adds the weights that `table` has for a feature.
#[inline]
fn add(table: &Table<'_>, key: u64, row: &mut Row) {
    let mut bytes = table.bucket(key);
    let fingerprint = key as u16;
    while let [a, b, m0, m1, m2, rest @ ..] = bytes {
        let mut mask = u32::from_le_bytes([*m0, *m1, *m2, 0]);
        let count = mask.count_ones() as usize;
        let Some((weights, next)) = rest.split_at_checked(count) else { return };
        if u16::from_le_bytes([*a, *b]) == fingerprint {
            for &weight in weights {
                let label = mask.trailing_zeros() as usize;
                if label < LABELS {
                    row[label] += i32::from(weight as i8);
                }
                mask &= mask - 1;
            }
            return;
        }
        bytes = next;
    }
}
