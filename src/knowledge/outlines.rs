//! Outlines of the land and borders of countries, from the embedded file that `examples/compile_map.rs` writes.
//!
//! Natural Earth, 1:50 million, public domain; see `data/map/NOTICE.md`.

use std::sync::LazyLock;

use crate::knowledge::wire::Reader;

/// A point of the globe: longitude and latitude in degrees, WGS 84. What crosses the date line has longitudes beyond 180.
pub type Point = [f32; 2];

/// The land as closed rings, seas within it being rings of their own, and the borders that two countries share.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    pub land: Vec<Line>,
    pub borders: Vec<Line>,
}

/// A line with the box around it: west, south, east, north.
#[derive(Clone, Debug)]
pub struct Line {
    pub points: Vec<Point>,
    pub bounds: [f32; 4],
}

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| read(include_bytes!("../../data/map/world.bin")));

/// The embedded outlines; decoded at the first call (about a millisecond).
pub fn outlines() -> &'static Outlines {
    &OUTLINES
}

fn read(bytes: &'static [u8]) -> Outlines {
    let mut reader = Reader::new(bytes, 0);
    let zigzag = |n: u32| (n >> 1) as i32 ^ -((n & 1) as i32);
    let mut borders = Vec::new();
    let arcs: Vec<Vec<Point>> = (0..reader.number())
        .map(|_| {
            let shared = reader.number() == 1;
            let (mut x, mut y) = (0, 0);
            let points: Vec<Point> = (0..reader.number())
                .map(|_| {
                    x += zigzag(reader.number());
                    y += zigzag(reader.number());
                    [x as f32 / 100.0, y as f32 / 100.0]
                })
                .collect();
            if shared {
                borders.push(line(points.clone()));
            }
            points
        })
        .collect();
    let land = (0..reader.number())
        .map(|_| {
            let mut ring: Vec<Point> = Vec::new();
            for _ in 0..reader.number() {
                let arc = reader.number();
                let points = arcs.get(arc as usize / 2).map_or(&[][..], Vec::as_slice);
                // The last point of an arc is the first of the next.
                ring.pop();
                if arc % 2 == 1 {
                    ring.extend(points.iter().rev());
                } else {
                    ring.extend(points);
                }
            }
            line(unrolled(ring))
        })
        .collect();
    Outlines { land, borders }
}

/// A ring that crosses the date line goes on beyond 180 degrees, and one around the pole comes back along it.
fn unrolled(mut ring: Vec<Point>) -> Vec<Point> {
    for i in 1..ring.len() {
        let step = ring[i][0] - ring[i - 1][0];
        ring[i][0] -= (step / 360.0).round() * 360.0;
    }
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied())
        && (last[0] - first[0]).abs() > 180.0
    {
        ring.extend([[last[0], -90.0], [first[0], -90.0], first]);
    }
    ring
}

fn line(points: Vec<Point>) -> Line {
    let mut bounds = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for [x, y] in &points {
        bounds = [bounds[0].min(*x), bounds[1].min(*y), bounds[2].max(*x), bounds[3].max(*y)];
    }
    Line { points, bounds }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point lies on land, by the number of shores to its east.
    fn on_land([x, y]: Point) -> bool {
        let mut inside = false;
        for ring in &outlines().land {
            for pair in ring.points.windows(2) {
                let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
                if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                    inside = !inside;
                }
            }
        }
        inside
    }

    #[test]
    fn land_is_where_land_is() {
        for (point, expect) in [
            ([2.35, 48.85], true),   // Paris
            ([-74.6, 41.0], true),   // New Jersey
            ([151.0, -33.5], true),  // behind Sydney
            ([37.6, 55.75], true),   // Moscow
            ([-30.0, 40.0], false),  // the Atlantic
            ([50.5, 42.0], false),   // the Caspian
            ([-160.0, 20.0], false), // the Pacific
            ([185.0, 67.0], true),   // the far end of Siberia, beyond the date line
            ([0.0, -17.0], false),   // nothing of Fiji runs around the world
            ([20.0, -85.0], true),   // near the South Pole
            ([90.0, -20.0], false),  // the Indian Ocean
        ] {
            assert_eq!(on_land(point), expect, "{point:?}");
        }
        assert!(outlines().land.iter().all(|ring| ring.points.first() == ring.points.last()));
        assert!(outlines().borders.len() > 300, "{}", outlines().borders.len());
    }
}
