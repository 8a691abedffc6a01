//! The part of the globe that a map shows, and its projection: Lambert's azimuthal equal-area around the middle of the
//! places, Equal Earth for the whole world. Coordinates go in as degrees, points of the picture come out.

use crate::model::Coordinates;

/// Width of a map in its own units, two to a pixel of its usual size.
pub const WIDTH: f64 = 640.0;
/// Height of a map of a region, and of the world.
const HEIGHT: f64 = 480.0;
const WORLD_HEIGHT: f64 = 292.0;
/// Where the picture of the world ends in the north, in units from the equator.
const WORLD_NORTH: f64 = 157.0;

/// Half the width of a map, in degrees of a great circle, by level.
const LEVELS: [f64; 5] = [3.0, 6.0, 12.0, 24.0, 45.0];
/// Places keep this part of the half width and half height to themselves; the rest is for names.
const INNER: f64 = 0.78;

/// A view from a fixed grid, so that pages about the same part of the world share its outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    World,
    /// Level and middle, the middle in steps of half the level's width (longitude: along its parallel).
    Region {
        level: u8,
        lat: i16,
        lon: i16,
    },
}

impl Frame {
    /// The closest frame that shows all places; `true` marks a country, which needs room around its middle.
    pub fn around(places: &[(Coordinates, bool)]) -> Option<Frame> {
        let areas = places.iter().filter(|(_, area)| *area).count();
        let first = match (places.len(), areas) {
            (0, _) => return None,
            (1, 1) => 3,
            (1, _) => 2,
            (_, 0) => 0,
            _ => 2,
        };
        let middle = middle(places);
        for (level, degrees) in LEVELS.iter().enumerate().skip(first) {
            let step = degrees / 2.0;
            let row = (middle[1] / step).round().clamp(-85.0 / step, 85.0 / step).trunc();
            let column = (middle[0] / lon_step(step, row)).round();
            let frame = Frame::Region { level: level as u8, lat: row as i16, lon: column as i16 };
            let inside = |(at, _): &(Coordinates, bool)| {
                let [x, y] = frame.project([at.lon, at.lat]);
                (x - WIDTH / 2.0).abs() <= INNER * WIDTH / 2.0
                    && (y - HEIGHT / 2.0).abs() <= INNER * HEIGHT / 2.0
                    && distance(middle, [at.lon, at.lat]) < 90.0
            };
            if places.iter().all(inside) {
                return Some(frame);
            }
        }
        Some(Frame::World)
    }

    pub fn height(self) -> f64 {
        if self == Frame::World { WORLD_HEIGHT } else { HEIGHT }
    }

    /// Longitude and latitude of the middle, in degrees.
    pub fn centre(self) -> [f64; 2] {
        match self {
            Frame::World => [0.0, 0.0],
            Frame::Region { level, lat, lon } => {
                let step = LEVELS[level as usize] / 2.0;
                [f64::from(lon) * lon_step(step, f64::from(lat)), f64::from(lat) * step]
            }
        }
    }

    /// From the middle to the corners, in degrees of a great circle; 180 for the world.
    pub fn radius(self) -> f64 {
        match self {
            Frame::World => 180.0,
            Frame::Region { level, .. } => {
                let corner = (WIDTH / 2.0).hypot(HEIGHT / 2.0) + 20.0;
                2.0 * (corner / (2.0 * scale(level))).min(1.0).asin().to_degrees()
            }
        }
    }

    /// A point of the picture, y downwards, for longitude and latitude in degrees.
    pub fn project(self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        match self {
            Frame::World => equal_earth([lon, lat]),
            Frame::Region { level, .. } => {
                let [lon0, lat0] = self.centre();
                let (lambda, phi, phi0) = ((lon - lon0).to_radians(), lat.to_radians(), lat0.to_radians());
                let cosine = phi0.sin() * phi.sin() + phi0.cos() * phi.cos() * lambda.cos();
                // Snyder, Map Projections: A Working Manual (1987), 24-2 to 24-4. The far end of the globe is no point.
                let k = (2.0 / (1.0 + cosine).max(1e-6)).sqrt() * scale(level);
                let x = k * phi.cos() * lambda.sin();
                let y = k * (phi0.cos() * phi.sin() - phi0.sin() * phi.cos() * lambda.cos());
                [WIDTH / 2.0 + x, HEIGHT / 2.0 - y]
            }
        }
    }
}

/// Units to a radian at the middle.
fn scale(level: u8) -> f64 {
    WIDTH / 2.0 / (2.0 * (LEVELS[level as usize].to_radians() / 2.0).sin())
}

/// Step of the grid along a parallel, so that 360 degrees are a whole number of steps.
fn lon_step(step: f64, row: f64) -> f64 {
    let around = (360.0 * (row * step).to_radians().cos() / step).round().max(1.0);
    360.0 / around
}

/// Šavrič, Patterson, Jenny: The Equal Earth map projection (2018).
fn equal_earth([lon, lat]: [f64; 2]) -> [f64; 2] {
    const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
    let root = 3.0_f64.sqrt();
    let theta = (root / 2.0 * lat.to_radians().sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    let x = 2.0 * root * lon.to_radians() * theta.cos() / (3.0 * slope);
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    // The equator is 2 × 2.7066 long.
    let scale = WIDTH / 5.4133;
    [WIDTH / 2.0 + x * scale, WORLD_NORTH - y * scale]
}

/// Longitude and latitude of the middle of the smallest cap that holds all places, nearly (Bădoiu and Clarkson 2003).
fn middle(places: &[(Coordinates, bool)]) -> [f64; 2] {
    let vectors: Vec<[f64; 3]> = places
        .iter()
        .map(|(at, _)| {
            let (lat, lon) = (at.lat.to_radians(), at.lon.to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        })
        .collect();
    let mut centre = vectors[0];
    for round in 1..=64 {
        let far = |v: &[f64; 3]| (0..3).map(|i| (v[i] - centre[i]).powi(2)).sum::<f64>();
        let Some(farthest) = vectors.iter().max_by(|a, b| far(a).total_cmp(&far(b))) else { break };
        for (c, f) in centre.iter_mut().zip(farthest) {
            *c += (f - *c) / (f64::from(round) + 1.0);
        }
    }
    [centre[1].atan2(centre[0]).to_degrees(), centre[2].atan2(centre[0].hypot(centre[1])).to_degrees()]
}

/// Degrees of a great circle between two points.
fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (phi, other) = (a[1].to_radians(), b[1].to_radians());
    let cosine = phi.sin() * other.sin() + phi.cos() * other.cos() * (a[0] - b[0]).to_radians().cos();
    cosine.clamp(-1.0, 1.0).acos().to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> (Coordinates, bool) {
        (Coordinates { lat, lon }, false)
    }

    #[test]
    fn every_place_is_in_its_frame() {
        let mut seed = 7_u32;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1_u32 << 24)
        };
        for round in 0..2000 {
            let (lat, lon, spread) = (next() * 150.0 - 70.0, next() * 360.0 - 180.0, next() * 40.0);
            let places: Vec<_> = (0..1 + round % 5)
                .map(|_| {
                    let lon = lon + (next() - 0.5) * spread;
                    let wrapped = (lon + 540.0).rem_euclid(360.0) - 180.0;
                    at((lat + (next() - 0.5) * spread).clamp(-75.0, 83.0), wrapped)
                })
                .collect();
            let frame = Frame::around(&places).unwrap();
            for (place, _) in &places {
                let [x, y] = frame.project([place.lon, place.lat]);
                let height = frame.height();
                assert!((0.0..=WIDTH).contains(&x), "{places:?} {frame:?} {x} {y}");
                assert!(place.lat < -58.0 || (0.0..=height).contains(&y), "{places:?} {frame:?} {x} {y}");
            }
        }
    }

    #[test]
    fn frames_are_as_close_as_they_can_be() {
        let check = |places: &[(Coordinates, bool)], expect: &str| {
            let frame = Frame::around(places);
            let level = match frame {
                Some(Frame::Region { level, .. }) => level.to_string(),
                Some(Frame::World) => "world".to_owned(),
                None => "none".to_owned(),
            };
            assert_eq!(level, expect, "{places:?} {frame:?}");
        };
        check(&[], "none");
        check(&[at(52.52, 13.41)], "2");
        check(&[(Coordinates { lat: 51.0, lon: 10.0 }, true)], "3");
        check(&[at(52.52, 13.41), at(52.4, 13.06)], "0");
        // Eight degrees would fit level 1 and fifteen level 2, but not around a middle of the grid.
        check(&[at(52.52, 13.41), at(48.86, 2.35)], "2");
        check(&[at(52.52, 13.41), at(55.75, 37.62)], "3");
        check(&[at(52.52, 13.41), at(38.9, -77.04)], "4");
        check(&[at(35.68, 139.69), at(34.05, -118.24)], "world");
        check(&[at(52.52, 13.41), at(38.9, -77.04), at(-33.87, 151.2)], "world");
    }
}
