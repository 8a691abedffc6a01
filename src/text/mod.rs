//! Text as a sequence: tokens, sentences, folded names; signatures of whole texts, and what changed from one to another.

pub mod changes;
pub mod family;
pub mod fold;
pub mod sentence;
pub mod shingle;
pub mod token;
