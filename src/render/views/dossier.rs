//! Views of what the archive holds on one name, topic or outlet.

use serde::Serialize;

use crate::render::views::{BarView, DateView, EntityLink, LinkView};

/// A sentence that gives a date, with that date.
#[derive(Clone, Debug, Serialize)]
pub struct DatedView {
    /// The day, or the first of the period.
    pub date: DateView,
    /// The last day of a period, as in `datetime`; empty for a day.
    pub until: String,
    /// The day or the period in words: `3–7 May 2024`.
    pub when: String,
    pub text: String,
    /// The paragraph in its article.
    pub url: String,
    pub article: LinkView,
}

/// A speaker in the index of quotations.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerView {
    #[serde(flatten)]
    pub link: EntityLink,
    /// The page of the quotations.
    pub quotes_url: String,
    pub quotes: usize,
    /// The newest quotation.
    pub latest: String,
}

/// `provenance`: what an outlet has contributed.
#[derive(Clone, Debug, Serialize)]
pub struct ProvenanceView {
    pub first: Option<DateView>,
    pub last: Option<DateView>,
    /// Pieces that name the address of the original.
    pub originals: usize,
    /// Pieces with a correction.
    pub corrected: usize,
    pub years: Vec<BarView>,
    pub sections: Vec<LinkView>,
    pub topics: Vec<LinkView>,
}
