//! What the annotator says of one article. Nothing here depends on any other article.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Candidate, EntityId, EntityKind, Span, TopicId};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// In text order; they do not overlap.
    pub mentions: Vec<Mention>,
    /// Ids that the headline names (full names only), for weighing.
    pub headline: Vec<EntityId>,
    /// Most specific first, at most five.
    pub topics: Vec<TopicTag>,
    pub quotes: Vec<Quote>,
    pub dates: Vec<DateRef>,
    pub roles: Vec<RoleFact>,
    /// Entities that no registry knows and this article introduces.
    pub introduced: Vec<Introduced>,
    /// Sentences that sum up the article best, in text order.
    pub key_sentences: Vec<Span>,
    /// BCP 47 language of the body, given or detected, when it is not English: then only the registry was used.
    pub language: Option<String>,
    /// By which near-duplicates are found, see `text::shingle`; empty for a text too short to compare.
    pub signature: Vec<u32>,
}

/// One place where the text names an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
    pub kind: EntityKind,
    /// `None`: a name, but nobody knows whose.
    pub entity: Option<EntityId>,
    /// 0 to 100, in percent.
    pub confidence: u8,
    pub evidence: Evidence,
    pub status: Status,
    /// The title or role written before or after the name.
    pub role: Option<Span>,
    /// Who it might be, weighed, the best first: kept where several were weighed, and where it is held back.
    pub candidates: Vec<Candidate>,
}

/// What becomes of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Published.
    Accepted,
    /// Held back for an editor.
    Proposed,
    /// An editor said no.
    Rejected,
}

/// Which rule made a link, and from what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// An editor marked it in the text or in the front matter, or decided it.
    Editor,
    /// The full name or a long alias stands in the site's registry.
    Registry { alias: String },
    /// The name stands in the built-in knowledge.
    Knowledge { alias: String },
    /// The family name of a person named in full in the same text, at `of`.
    Surname { of: Span },
    /// The acronym bound to a full name by parentheses, at `of`.
    Acronym { of: Span },
    /// A short form of a name that stands in full at `of`.
    ShortForm { of: Span },
    /// A nationality or other adjective that refers to a country; never linked as a name of a person.
    Demonym { country: EntityId },
    /// A capital that stands for the government of its country: `Washington accused Tehran`; never linked as a place.
    Government { country: EntityId },
    /// A family name whose bearer held the post written before it on the day of the article: `President Bush`.
    Office { post: String },
    /// The same name as at `of`, where the text says who is meant.
    SameName { of: Span },
    /// The registry holds the name, but the text uses it as the name of something of another kind.
    Conflict { alias: String },
    /// Words that bodies everywhere share, without a sign of which is meant: `Foreign Ministry`.
    Generic,
    /// Known from other pieces of the archive, `articles` of them. Found in `assemble`.
    Archive { articles: u32 },
    /// A full name that no registry knows, made sure by a title or role.
    Title { title: String },
    /// A full name that no registry knows, made sure by standing `count` times.
    Repeated { count: u32 },
    /// A name by its shape or by the trained model, without more.
    Shape,
    /// Several entities bear this name, and the text does not say which.
    Ambiguous { rivals: u32 },
    /// Chosen among several by what else the article names.
    Context { reason: String },
    /// A full name that no registry knows, which speaks, or of which the text says who that is.
    Attested,
    /// A country that stands for its team: `Brazil beat Serbia 2-0`; never linked as a place.
    Team { country: EntityId },
}

impl Evidence {
    /// The country to which a name refers that is not the name of it: an adjective, a capital for its government, or a
    /// country for its team.
    pub fn reference(&self) -> Option<&EntityId> {
        match self {
            Evidence::Demonym { country } | Evidence::Government { country } | Evidence::Team { country } => {
                Some(country)
            }
            _ => None,
        }
    }
}

/// An entity that an article introduces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Introduced {
    pub id: EntityId,
    pub name: String,
    pub kind: EntityKind,
    /// Title or role as written, for the description.
    pub role: Option<String>,
    /// Sure enough for a page of its own, marked provisional.
    pub sure: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicTag {
    pub topic: TopicId,
    /// 0 to 100, in percent.
    pub score: u8,
    /// Cue phrases as found, most telling first; empty when an editor set the topic.
    pub cues: Vec<String>,
    pub by_editor: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Of the words spoken, without the quotation marks.
    pub span: Span,
    pub kind: QuoteKind,
    pub speaker: Speaker,
    /// The verb or phrase that attributes it: `told reporters`, `according to`.
    pub verb: Option<Span>,
    /// 0 to 100, in percent.
    pub confidence: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    Direct,
    Indirect,
    Mixed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Entity {
        id: EntityId,
        span: Span,
    },
    /// A speaker the text names without a name of his own: `the statement`, `a spokesman`.
    Described {
        span: Span,
    },
    Unknown,
}

/// An expression of time and what it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateRef {
    pub span: Span,
    /// ISO 8601 / TIMEX3 value: `2025-07-10`, `2025-02`, `2025`, `2025-05-03/2025-05-05`.
    pub value: String,
    /// First day of the period.
    pub day: Date,
    /// Its last day, the first itself where it is one day.
    pub end: Date,
    /// The sentence that says what happened then.
    pub sentence: Span,
}

/// Someone held a post when the article was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleFact {
    pub entity: EntityId,
    pub title: String,
    /// The day on which he held it, that of the article; `None` where the article has no date.
    pub day: Option<Date>,
    pub sentence: Span,
}
