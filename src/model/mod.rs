//! The nouns of Dateline: plain data with public fields, and no input or output.
//!
//! Every stage takes and gives these. A [`Span`] is always a byte range of the [`Prose`] of the same article.

pub mod annotation;
pub mod article;
pub mod asset;
pub mod config;
pub mod date;
pub mod dated;
pub mod decision;
pub mod due;
pub mod entity;
pub mod feeds;
pub mod identity;
pub mod kinship;
pub mod listed;
pub mod page;
pub mod picture;
pub mod posts;
pub mod prose;
pub mod site;
pub mod topic;
pub mod words;

pub use annotation::{
    Annotation, Evidence, Introduced, Mention, Quote, QuoteKind, RoleFact, Speaker, Status, TopicTag,
};
pub use article::{Article, Correction, CorrectionKind, Doubt, Image, Listed, SectionMeta, Story, TextPage};
pub use asset::{Asset, Published};
pub use date::Moment;
pub use decision::{Decision, Decisions, Verdict};
pub use entity::{Coordinates, Entity, EntityId, EntityKind, Link, Origin, Role};
pub use identity::{Candidate, Clue, Merge, Reason, Stranger};
pub use page::{Page, PageKind};
pub use picture::{Picture, Pictures, Variant};
pub use prose::{Block, BlockKind, Element, Mark, MarkTarget, Node, Prose, Segment, Span};
pub use topic::{Topic, TopicId};
pub use words::OwnWords;
