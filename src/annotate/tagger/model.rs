//! Embedded bytes enter; the labels of a prepared document leave.
//!
//! Layout: `DLNER004`; how likely a span is right, by margin, in 1/255, 16 bytes; the unit of the weights, a `u32`
//! in 1/4096 of a natural logarithm; the weights of the steps, two bytes each; the tables of words, of names, of
//! likeness; the groups of classes, a `u16` for their number and two bytes for each; the tables of features. A feature's
//! payload is described at [`weights`](crate::annotate::tagger::weights).

use crate::annotate::tagger::agree;
use crate::annotate::tagger::decode::{LABELS, Lattice, Row, Steps};
use crate::annotate::tagger::document::{Chunk, Document};
use crate::annotate::tagger::features::{
    PLACES, STEP_CLASSES, View, features, neighbour, of_place, step_class,
};
use crate::annotate::tagger::lexicon::Lexicon;
use crate::annotate::tagger::memory::Pool;
use crate::annotate::tagger::revise::{self, First, Votes};
use crate::annotate::tagger::table::Table;
use crate::annotate::tagger::weights::{Search, Sums, add};
use crate::annotate::tagger::{NerKind, Span};
use crate::text::token::Token;

/// First bytes of the weights.
pub const MAGIC: &[u8; 8] = b"DLNER004";

/// Trained weights, read in place.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Words and names.
    pub lexicon: Lexicon<'a>,
    /// What is known of words from earlier texts.
    pub memories: Pool,
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
        let (flat, rest) = rest.split_at_checked(STEP_CLASSES * LABELS * LABELS * 2)?;
        let mut steps: Box<Steps> = Box::new([[[0; LABELS]; LABELS]; STEP_CLASSES]);
        let cells = steps.iter_mut().flatten().flatten();
        cells.zip(flat.as_chunks().0).for_each(|(cell, &two)| *cell = i32::from(i16::from_le_bytes(two)));
        let (words, rest) = Table::read(rest)?;
        let (names, rest) = Table::read(rest)?;
        let (likes, rest) = Table::read(rest)?;
        let (count, rest) = rest.split_first_chunk::<2>()?;
        let (groups, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*count)) * 2)?;
        let groups = groups.as_chunks::<2>().0;
        let (features, rest) = Table::read(rest)?;
        let (second, _) = Table::read(rest)?;
        Some(Model {
            lexicon: Lexicon { words, names, likes, groups },
            memories: Pool::default(),
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
        scratch: &mut Scratch,
    ) -> i32 {
        view.fill(document, chunk, &self.lexicon);
        lattice.clear();
        for at in chunk.start as usize..chunk.end as usize {
            scratch.keys.clear();
            features(document, view, chunk, at, &mut |_, key| scratch.keys.push(key));
            let mut sums = Sums::default();
            add(&self.features, &scratch.keys, &mut scratch.search, &mut sums);
            for place in 0..PLACES {
                sums.add(self.of_place(document, chunk, at, place, scratch));
            }
            let mut row = [0; LABELS];
            into(&mut row, &sums);
            lattice.rows.push(row);
            lattice.steps.push(step_class(document, at) as u8);
        }
        lattice.decode(&self.steps)
    }

    /// The sums of the features that depend only on the word at a place beside token `at`: computed once for each
    /// word.
    fn of_place<'s>(
        &self,
        document: &Document,
        chunk: Chunk,
        at: usize,
        place: usize,
        scratch: &'s mut Scratch,
    ) -> &'s Sums {
        let word = neighbour(document, chunk, at, place);
        let slot = word.map_or(0, |word| word.place as usize + 1) * PLACES + place;
        if scratch.known.len() <= slot {
            scratch.known.resize(slot + 1, 0);
        }
        if scratch.known[slot] == 0 {
            scratch.keys.clear();
            of_place(word, place, &mut |_, key| scratch.keys.push(key));
            let mut sums = Sums::default();
            add(&self.features, &scratch.keys, &mut scratch.search, &mut sums);
            scratch.sums.push(sums);
            scratch.known[slot] = scratch.sums.len() as u32;
        }
        &scratch.sums[scratch.known[slot] as usize - 1]
    }
}

/// The step of calibration that a margin, in natural logarithms, falls into.
pub fn bucket(margin: f32) -> usize {
    const EDGES: [f32; 15] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0];
    EDGES.iter().take_while(|edge| margin >= **edge).count()
}

/// The spans of a document after both decodings, with the margin of each in natural logarithms.
///
/// `scratch` must be of the memory that the document was made with.
pub fn spans(
    model: &Model<'_>,
    document: &Document,
    tokens: &[Token],
    scratch: &mut Scratch,
) -> Vec<(Span, f32)> {
    let first = First::run(model, document, scratch);
    let votes = Votes::count(document, &first);
    let mut labels = vec![0; document.ids.len()];
    let mut lattice = Lattice::default();
    let mut out = Vec::new();
    for (index, &chunk) in document.chunks.iter().enumerate() {
        lattice.clear();
        for (offset, row) in first.chunk(document, index).iter().enumerate() {
            let at = chunk.start as usize + offset;
            let mut row = *row;
            scratch.keys.clear();
            revise::features(document, &first, &votes, index, at, &mut |key| scratch.keys.push(key));
            let mut sums = Sums::default();
            add(&model.second, &scratch.keys, &mut scratch.search, &mut sums);
            into(&mut row, &sums);
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
    agree::settle(document, &mut out, |span| {
        revise::key(document, span.tokens.start as usize..span.tokens.end as usize)
    });
    out
}

/// How far behind the best sequence the best one with another label for this token is.
fn rival(through: &Row, label: u8, top: i32) -> i32 {
    let others =
        through.iter().enumerate().filter(|(other, _)| *other != label as usize).map(|(_, score)| *score);
    top - others.max().unwrap_or(top)
}

/// Adds the sums of the labels to a row of scores.
fn into(row: &mut Row, sums: &Sums) {
    row.iter_mut().zip(sums.labels()).for_each(|(cell, sum)| *cell += i32::from(sum));
}

/// Room for the features of one token, reused, and what is known of words.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    keys: Vec<u64>,
    search: Search,
    /// For each word, behind those of the words beyond sentences, and each place: one more than the index in `sums`.
    known: Vec<u32>,
    sums: Vec<Sums>,
}
