//! A text, its tokens and its sentences enter; the spans that name people, places, organisations, events and other
//! things leave, in order, without overlap.
//!
//! 1. [`document`] interns words, cuts chunks around capital letters and gathers evidence over the document.
//! 2. [`features`] and [`decode`] label each chunk with a linear-chain perceptron (Collins 2002) in integers.
//! 3. The document pass revises what the model says of one name in several places.

pub mod classes;
pub mod decode;
pub mod document;
pub mod features;
pub mod lexicon;
pub mod model;
pub mod revise;
pub mod table;

use std::ops::Range;

use crate::annotate::tagger::document::Document;
use crate::text::token::Token;

pub use crate::annotate::tagger::model::Model;

/// What a span names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NerKind {
    /// A person.
    Person,
    /// A country, city, region, river, building.
    Place,
    /// A company, party, ministry, team, band.
    Organization,
    /// A work, product, nationality, language, law.
    Misc,
    /// A war, election, tournament, conference.
    Event,
}

impl NerKind {
    /// All kinds, in the order of the model's labels.
    pub const ALL: [NerKind; 5] =
        [NerKind::Person, NerKind::Place, NerKind::Organization, NerKind::Misc, NerKind::Event];
}

/// Which part of the tagger made a span, or changed it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The model alone.
    Model,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it names.
    pub kind: NerKind,
    /// The share of spans with such a margin that were right on the development sets, 0 to 1.
    pub confidence: f32,
    /// The tokens it covers.
    pub tokens: Range<u32>,
    /// What made it.
    pub evidence: Evidence,
    /// The title or role right before a person, in tokens.
    pub title: Option<Range<u32>>,
}

/// Finds the names of a text. `sentences` must be ranges of `tokens`, in order; tokens must be of `text`.
pub fn tag(model: &Model<'_>, text: &str, tokens: &[Token], sentences: &[Range<u32>]) -> Vec<Span> {
    let document = Document::new(text, tokens, sentences, &model.lexicon);
    model::find(model, &document, tokens)
}
