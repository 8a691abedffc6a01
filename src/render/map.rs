//! Places with coordinates → a locator map: outlines around them, a dot and a name for each, and what its table says.
//!
//! 1. [`frame`] chooses the part of the globe and its projection, from a fixed grid, so that neighbours share one.
//! 2. [`outline`] draws land and borders of a frame; what is drawn once is kept for the other pages of the site.
//! 3. [`labels`] finds room for the names, the most mentioned first.

mod frame;
pub mod labels;
mod outline;

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::{
    model::{Coordinates, EntityKind, site::Site},
    render::views::{
        LinkView,
        figures::{LabelView, MapView, PlaceView},
    },
};

pub use frame::{Frame, WIDTH};
pub use outline::Outline;

/// Places on one map at most: more would be a cloud.
const PLACES: usize = 24;

/// Share of the mentions that a map must show.
const MOST: f32 = 0.7;

/// Outlines by frame, drawn when first asked for. The same frame always gives the same outline.
#[derive(Debug, Default)]
pub struct Outlines(Mutex<FxHashMap<Frame, Arc<Outline>>>);

impl Outlines {
    fn of(&self, frame: Frame) -> Arc<Outline> {
        // A thread that died while it held the lock has at worst drawn nothing.
        let kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&frame).cloned();
        kept.unwrap_or_else(|| {
            let drawn = Arc::new(outline::outline(frame));
            let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            all.insert(frame, drawn.clone());
            drawn
        })
    }
}

/// A map of those of `entities` (index and number of mentions or articles, the weightiest first) that are places with
/// coordinates; `None` when there are none.
pub fn map(
    site: &Site,
    outlines: &Outlines,
    entities: impl Iterator<Item = (u32, u32)>,
) -> Option<Box<MapView>> {
    let mut found: Vec<(u32, u32, Coordinates, bool)> = Vec::new();
    for (index, count) in entities {
        let entity = &site.entities[index as usize].entity;
        let (EntityKind::Place, Some(at)) = (entity.kind, entity.coordinates) else { continue };
        // Two names of one spot would cover each other.
        let same = |other: &Coordinates| (other.lat - at.lat).abs() + (other.lon - at.lon).abs() < 0.02;
        if found.len() < PLACES && !found.iter().any(|(_, _, other, _)| same(other)) {
            found.push((index, count, at, crate::knowledge::is_country(entity.id.as_str())));
        }
    }
    let frame = frame_of(&mut found)?;
    let height = frame.height();
    let outline = outlines.of(frame);
    let dots: Vec<labels::Dot<'_>> = found
        .iter()
        .map(|(index, _, at, area)| {
            let [x, y] = frame.project([at.lon, at.lat]);
            labels::Dot { x, y, name: &site.entities[*index as usize].entity.name, area: *area }
        })
        .collect();
    let placed = labels::place(&dots, WIDTH, height, true);
    let places: Vec<PlaceView> = found
        .iter()
        .zip(&dots)
        .zip(placed)
        .map(|(((index, count, at, area), dot), label)| {
            let entry = &site.entities[*index as usize];
            PlaceView {
                name: entry.entity.name.clone(),
                url: site.urls.link(&entry.path),
                coordinates: coordinates(*at),
                count: *count,
                x: dot.x.round() as i32,
                y: dot.y.round() as i32,
                area: *area,
                number: label.map_or(0, |label| label.number),
                label: label.map(|label| LabelView {
                    x: label.x.round() as i32,
                    y: label.y.round() as i32,
                    anchor: label.anchor,
                }),
            }
        })
        .collect();
    Some(Box::new(MapView {
        width: WIDTH as u32,
        height: height as u32,
        land: outline.land.clone(),
        borders: outline.borders.clone(),
        key: places
            .iter()
            .filter(|place| place.number > 0)
            .map(|place| LinkView {
                title: place.name.clone(),
                url: place.url.clone(),
                count: place.number as usize,
            })
            .collect(),
        places,
    }))
}

/// The frame of the places. A few light ones far away do not make it the whole world: they are left out.
fn frame_of(found: &mut Vec<(u32, u32, Coordinates, bool)>) -> Option<Frame> {
    let points: Vec<(Coordinates, bool)> = found.iter().map(|(_, _, at, country)| (*at, *country)).collect();
    let all = Frame::around(&points)?;
    if all != Frame::World {
        return Some(all);
    }
    let weight = |places: &[(u32, u32, Coordinates, bool)]| places.iter().map(|p| p.1.max(1)).sum::<u32>();
    for kept in (1..found.len()).rev() {
        if weight(&found[..kept]) as f32 / (weight(found) as f32) < MOST {
            break;
        }
        if let Some(frame) = Frame::around(&points[..kept]).filter(|frame| *frame != Frame::World) {
            found.truncate(kept);
            return Some(frame);
        }
    }
    Some(all)
}

/// `52.52° N, 13.41° E`.
pub fn coordinates(at: Coordinates) -> String {
    let side = |value: f64, positive, negative| {
        format!("{:.2}° {}", value.abs(), if value < 0.0 { negative } else { positive })
    };
    format!("{}, {}", side(at.lat, "N", "S"), side(at.lon, "E", "W"))
}
