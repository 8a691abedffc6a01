//! What is weighed when a name could be several entities, and what the archive says of names that no registry knows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{EntityId, EntityKind};

/// An entity that a name may stand for, as weighed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub entity: EntityId,
    /// Sum of the points of its reasons, in percent; comparable within one mention only.
    pub score: i16,
    /// What spoke for and against it, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// One thing that spoke for a candidate (`points` above 0) or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub clue: Clue,
    /// Percent points, −100 to 100.
    pub points: i8,
}

/// What a reason rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clue {
    /// How often it is meant anywhere: inhabitants, rank of an office, size of a body.
    Prior,
    /// It links well in any newsroom: a country, capital, world city, principal body, head of state or government.
    FirstRank,
    /// The site's own registry holds it.
    Registry,
    /// The name has several words.
    FullName,
    /// The tagger says that the name is of this kind, or of another.
    Kind,
    /// Its country is named in the text.
    Country,
    /// The region or country it lies in stands beside it: `Savannah, Georgia`.
    Beside,
    /// Other entities of the text belong to it or to the same country, region or body.
    Company,
    /// The piece's story or front matter names it.
    Story,
    /// What the text is about agrees with it.
    Topic,
    /// The post before the name is one that it held on the day of the article.
    Office,
    /// It existed, or was in office, on the day of the article; or it did not.
    Day,
    /// The words around the name: `in Jordan`, `Jordan said`.
    Wording,
    /// A longer form of its name stands in the text.
    FullForm,
    /// The name is an ordinary word, or one that people bear.
    Ordinary,
    /// The name is made of words that bodies everywhere share.
    Generic,
    /// Only a family name or another short form leads to it.
    ShortName,
}

impl Clue {
    /// A few words for an editor.
    pub fn as_str(self) -> &'static str {
        match self {
            Clue::Prior => "how often it is meant",
            Clue::FirstRank => "first rank",
            Clue::Registry => "in the site's registry",
            Clue::FullName => "full name",
            Clue::Kind => "kind of name",
            Clue::Country => "its country in the text",
            Clue::Beside => "region or country beside it",
            Clue::Company => "company it keeps",
            Clue::Story => "story",
            Clue::Topic => "topic",
            Clue::Office => "post before the name",
            Clue::Day => "day of the article",
            Clue::Wording => "words around it",
            Clue::FullForm => "longer form in the text",
            Clue::Ordinary => "ordinary word",
            Clue::Generic => "name that many bodies share",
            Clue::ShortName => "short name only",
        }
    }
}

impl fmt::Display for Clue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no registry and no built-in record knows, gathered over the archive from all its spellings.
#[derive(Clone, Debug, PartialEq)]
pub struct Stranger {
    /// The fullest of its commonest spellings.
    pub name: String,
    pub kind: EntityKind,
    /// All spellings with the number of mentions, the commonest first, `name` among them.
    pub spellings: Vec<(String, u32)>,
    /// Titles and posts as written, with the number of articles, the commonest first.
    pub roles: Vec<(String, u32)>,
    /// Indices into `Site::articles`, newest first, each once.
    pub articles: Vec<u32>,
    /// The provisional entity that stands for it on the site; `None` while it waits for an editor.
    pub entity: Option<EntityId>,
}

/// Two entities that may be one: an editor decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The one to keep: of the registry before built-in before provisional, then the one in more articles.
    pub keep: EntityId,
    pub other: EntityId,
    /// 0 to 100, in percent.
    pub score: u8,
    /// What speaks for it, in words.
    pub reasons: Vec<String>,
}
