//! Text as a sequence: tokens, sentences, folded names.

pub mod fold;
pub mod sentence;
pub mod token;
