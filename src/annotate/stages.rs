//! The stages of annotating one article, by name, for whoever wants to know what each costs.
//!
//! Stages are pure and have no clock: they say that they have ended, and a listener with a clock measures.

/// One stage of the annotation of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The text is cut into tokens.
    Tokens,
    /// Tokens are folded, and the registry's names found among them.
    Registry,
    /// Tokens are put together to sentences.
    Sentences,
    /// The trained model and its document pass.
    Tagger,
    /// The built-in names, and what is settled between overlapping ones.
    Occurrences,
    /// Who is meant.
    Links,
    Topics,
    /// Words are looked up for the three stages that follow.
    Words,
    Quotes,
    Roles,
    Dates,
    KeySentences,
    /// Whom the headline names.
    Headline,
}

impl Stage {
    /// All, in the order of the work.
    pub const ALL: [Stage; 13] = [
        Stage::Tokens,
        Stage::Registry,
        Stage::Sentences,
        Stage::Tagger,
        Stage::Occurrences,
        Stage::Links,
        Stage::Topics,
        Stage::Words,
        Stage::Quotes,
        Stage::Roles,
        Stage::Dates,
        Stage::KeySentences,
        Stage::Headline,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Tokens => "tokens",
            Stage::Registry => "registry",
            Stage::Sentences => "sentences",
            Stage::Tagger => "tagger",
            Stage::Occurrences => "occurrences",
            Stage::Links => "links",
            Stage::Topics => "topics",
            Stage::Words => "words",
            Stage::Quotes => "quotes",
            Stage::Roles => "roles",
            Stage::Dates => "dates",
            Stage::KeySentences => "key sentences",
            Stage::Headline => "headline",
        }
    }
}

/// Hears when a stage has ended.
pub trait Listener {
    fn ended(&mut self, stage: Stage);
}

/// Nobody listens, at no cost.
impl Listener for () {
    fn ended(&mut self, _: Stage) {}
}
