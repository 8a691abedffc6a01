//! One article and the lexicon → what the text names, says and is about. Pure, and local to the article.

pub mod names;
