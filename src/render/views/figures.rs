//! Views of pictures: maps and graphs. Coordinates are in the units of the picture's `width` and `height`.

use serde::Serialize;

use crate::render::views::LinkView;

/// A locator map.
#[derive(Clone, Debug, Serialize)]
pub struct MapView {
    pub width: u32,
    pub height: u32,
    /// Path data of the land, to be filled by the even-odd rule.
    pub land: String,
    /// Path data of the borders between countries.
    pub borders: String,
    /// The weightiest first.
    pub places: Vec<PlaceView>,
    /// What the numbers on the map stand for, in their order; `count` is the number.
    pub key: Vec<LinkView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    pub name: String,
    pub url: String,
    /// `52.52° N, 13.41° E`.
    pub coordinates: String,
    /// Mentions on the map of an article, articles on others.
    pub count: u32,
    pub x: i32,
    pub y: i32,
    /// A country, shown by its name alone.
    pub area: bool,
    /// The number that stands on the map for its name, from 1; 0 where the name itself does, or nothing.
    pub number: u32,
    /// Where the name or the number stands; null where there was no room for it.
    pub label: Option<LabelView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LabelView {
    pub x: i32,
    pub y: i32,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// A graph of names that stand in the same pieces.
#[derive(Clone, Debug, Serialize)]
pub struct GraphView {
    pub width: u32,
    pub height: u32,
    pub nodes: Vec<NodeView>,
    /// The heaviest first.
    pub edges: Vec<EdgeView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct NodeView {
    pub name: String,
    pub url: String,
    /// As of an `EntityLink`.
    pub kind: &'static str,
    /// Articles.
    pub count: u32,
    pub x: i32,
    pub y: i32,
    pub radius: u32,
    pub label: Option<LabelView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EdgeView {
    /// Indices into `nodes`.
    pub from: usize,
    pub to: usize,
    /// Pieces in common.
    pub count: u32,
    /// Width of the line, 1 to 8.
    pub weight: u32,
}
