//! Views of stories and of the versions of a piece.

use serde::Serialize;

use crate::render::views::{
    DateView, EntityLink, LinkView,
    figures::{GraphView, MapView},
};

/// `story`.
#[derive(Clone, Debug, Serialize)]
pub struct StoryView {
    pub title: String,
    pub slug: String,
    pub url: String,
    pub description: String,
    /// The introduction, ready to write.
    pub html: String,
    /// Found by the program rather than named by an editor.
    pub found: bool,
    pub articles: usize,
    /// Reading time of all its pieces.
    pub minutes: u32,
    pub first: Option<DateView>,
    pub last: Option<DateView>,
    /// Key sentences of its pieces, oldest first.
    pub so_far: Vec<SoFarView>,
    /// Its cast by the number of its pieces that mention each, and by kind.
    pub entities: Vec<EntityLink>,
    pub people: Vec<EntityLink>,
    pub organizations: Vec<EntityLink>,
    pub places: Vec<EntityLink>,
    pub map: Option<Box<MapView>>,
    pub graph: Option<Box<GraphView>>,
}

/// A key sentence with where it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct SoFarView {
    pub text: String,
    /// The sentence in its article.
    pub url: String,
    pub article: LinkView,
    /// Name of the outlet; may be empty.
    pub source: String,
    pub date: DateView,
}

/// A story on the axis of the whole archive.
#[derive(Clone, Debug, Serialize)]
pub struct SpanView {
    pub title: String,
    pub url: String,
    pub description: String,
    pub count: usize,
    pub found: bool,
    pub first: Option<DateView>,
    pub last: Option<DateView>,
    /// Where it begins and how long it is, in percent of the archive's time.
    pub start: u32,
    pub length: u32,
    pub latest: Option<LinkView>,
}

/// Another version of an article.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    pub article: LinkView,
    pub source: String,
    pub date: DateView,
    /// It came after this one.
    pub later: bool,
}

/// What changed since the version before, by sentence.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    pub since: VersionView,
    /// New sentences that quote.
    pub quotes: Vec<String>,
    /// Sentences whose figures changed.
    pub figures: Vec<RewordedView>,
    pub reworded: Vec<RewordedView>,
    pub added: Vec<String>,
    pub dropped: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct RewordedView {
    pub before: String,
    pub now: String,
}
