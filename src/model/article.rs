//! One piece of news, and the other things that stand in `content/`.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Place,
    model::{Moment, Prose, Span},
    path::SourcePath,
};

/// A piece as read: front matter or wire header, and body. Ids and labels are still as the editor wrote them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    pub path: SourcePath,
    /// BLAKE3 of the source bytes.
    pub hash: [u8; 32],
    /// Last part of the address.
    pub slug: String,
    pub title: String,
    /// `None` when the file gives none anywhere: a fault, and the piece is left out of the build.
    pub date: Option<Moment>,
    pub updated: Option<Moment>,
    pub source: Option<String>,
    pub source_url: Option<String>,
    /// Slug of the section: the key `section`, or the first folder.
    pub section: Option<String>,
    pub authors: Vec<String>,
    pub dateline: Option<String>,
    /// Standfirst.
    pub summary: Option<String>,
    pub key_points: Vec<String>,
    pub topics: Vec<String>,
    pub entities: Vec<String>,
    pub story: Option<String>,
    pub draft: bool,
    /// Not before (`publish_at` or `embargo`).
    pub publish_at: Option<Moment>,
    pub expires: Option<Moment>,
    pub corrections: Vec<Correction>,
    pub image: Option<Image>,
    /// Old addresses that lead here.
    pub aliases: Vec<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// Articles that share it are translations of each other.
    pub translation_key: Option<String>,
    /// Asks search engines to leave it alone.
    pub noindex: bool,
    pub template: Option<String>,
    /// Place in its edition: the greatest leads.
    pub weight: Option<i64>,
    pub extra: BTreeMap<String, serde_json::Value>,
    pub prose: Prose,
    /// Raw wire copy rather than Markdown.
    pub wire: bool,
    /// Fields that the reader of wire copy is not sure of.
    pub doubts: Vec<Doubt>,
    /// Byte ranges of the source: the values of the front matter's keys.
    pub keys: BTreeMap<String, Span>,
    /// Where the names stand that are looked up only when the site is put together.
    pub places: Listed,
    /// Files beside the article (`index.md` in a folder of its own), carried to its address.
    pub assets: Vec<SourcePath>,
}

/// The places of the entries of an article's lists, in the order of the lists; empty for wire copy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    pub topics: Vec<Place>,
    pub entities: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    pub date: Moment,
    pub kind: CorrectionKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionKind {
    Correction,
    Clarification,
    Update,
    Withdrawal,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Image {
    pub src: String,
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub credit: String,
    #[serde(default)]
    pub caption: String,
    /// In pixels, as the editor says; 0 where nothing is said. What the file itself says goes before it.
    #[serde(default)]
    pub width: u32,
    #[serde(default)]
    pub height: u32,
}

/// A field of wire copy read with less than full confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub field: &'static str,
    /// 0 to 100, in percent.
    pub confidence: u8,
    /// Byte range in the source.
    pub source: Span,
    pub reason: &'static str,
}

/// `_index.md` of a section: its settings and its introduction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionMeta {
    pub path: Option<SourcePath>,
    /// Folder, and last part of the address.
    pub slug: String,
    pub title: String,
    pub description: String,
    pub paginate_by: Option<usize>,
    pub template: Option<String>,
    /// Template of the section's articles.
    pub page_template: Option<String>,
    /// Which mentions are linked here; the site's setting when absent.
    pub link: Option<crate::model::config::LinkMode>,
    /// Whether the pieces of this section stand in editions; they do when absent.
    pub editions: Option<bool>,
    /// Asks search engines to leave the section and its articles alone.
    pub noindex: bool,
    pub extra: BTreeMap<String, serde_json::Value>,
    pub prose: Prose,
}

/// A story that an editor named: `content/stories/SLUG.md`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub prose: Prose,
    pub path: Option<SourcePath>,
}

/// A page that is not news: `content/pages/SLUG.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct TextPage {
    pub path: SourcePath,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub draft: bool,
    /// Asks search engines to leave it alone.
    pub noindex: bool,
    pub template: Option<String>,
    pub aliases: Vec<String>,
    pub extra: BTreeMap<String, serde_json::Value>,
    pub prose: Prose,
}
