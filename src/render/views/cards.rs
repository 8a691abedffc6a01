//! Views of the cards that names in an article open.

use serde::Serialize;
use tera::Value;

use crate::render::views::{DateView, EntityLink, LinkView};

/// A card of an article.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// From 1, in the order of the text: the last part of its `id`, and the number of its note in print.
    pub number: u32,
    /// The entity: a `CardEntity`, shared by all its cards.
    pub of: Value,
    /// The role at the date of the article, by the registry; else as the text gives it; may be empty.
    pub role: String,
    /// Why the link exists, in words.
    pub evidence: String,
    /// Of the link, in percent.
    pub confidence: u8,
}

/// What the cards of an entity have in common.
#[derive(Clone, Debug, Serialize)]
pub struct CardEntity {
    #[serde(flatten)]
    pub link: EntityLink,
    /// Name of the kind in the language of the interface.
    pub kind_label: String,
    /// Its `url` is empty where the site has no page of the country.
    pub country: Option<LinkView>,
    pub last_seen: Option<DateView>,
    /// The newest article that mentions it.
    pub latest: Option<LinkView>,
}
