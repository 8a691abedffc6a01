//! Text as a sequence: tokens, sentences, folded names.

pub mod changes;
pub mod family;
pub mod fold;
pub mod sentence;
pub mod shingle;
pub mod token;
