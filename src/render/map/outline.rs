//! Land and borders of a frame as SVG paths in whole numbers, clipped to it and simplified to its units.

use std::fmt::Write;

use crate::{
    knowledge::outlines::{Line, outlines},
    render::map::frame::{Frame, WIDTH},
};

/// Path data: closed shapes to be filled by the even-odd rule, and lines to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    pub land: String,
    pub borders: String,
}

type Point = [f64; 2];

/// Beyond the edge by this much, so that no cut is seen.
const MARGIN: f64 = 6.0;
/// Points nearer than this to the line are left out.
const TOLERANCE: f64 = 1.1;
/// Shapes smaller than this, in square units, are left out.
const SPECK: f64 = 9.0;
/// Sides longer than this, in degrees, are bent as the projection bends them.
const STRAIGHT: f64 = 4.0;

pub fn outline(frame: Frame) -> Outline {
    let world = frame == Frame::World;
    let [lon0, lat0] = frame.centre();
    let radius = frame.radius();
    let (south, north) =
        if world { (-60.0, 90.0) } else { ((lat0 - radius).max(-90.0), (lat0 + radius).min(90.0)) };
    let side = if world || north >= 89.9 || south <= -89.9 {
        180.0
    } else {
        (radius.to_radians().sin() / lat0.to_radians().cos()).min(1.0).asin().to_degrees()
    };
    let (west, east) = (lon0 - side, lon0 + side);
    let bottom = frame.height() + MARGIN;
    let mut out = Outline::default();
    // A frame across the date line sees what lies on its other side.
    for shift in [-360.0, 0.0, 360.0] {
        let seen = |line: &&Line| {
            let [w, s, e, n] = line.bounds.map(f64::from);
            w + shift < east && e + shift > west && s < north && n > south
        };
        for ring in outlines().land.iter().filter(seen) {
            let mut shape = shifted(ring, shift);
            for (axis, limit, above) in
                [(0, west, true), (0, east, false), (1, south, true), (1, north, false)]
            {
                shape = clip(&shape, axis, limit, above);
            }
            let mut shape: Vec<Point> = bent(&shape).into_iter().map(|p| frame.project(p)).collect();
            let edges =
                [(0, -MARGIN, true), (0, WIDTH + MARGIN, false), (1, -MARGIN, true), (1, bottom, false)];
            for (axis, limit, above) in edges {
                shape = clip(&shape, axis, limit, above);
            }
            if area(&shape).abs() >= SPECK {
                write(&mut out.land, &simplified(&shape), true);
            }
        }
        for border in outlines().borders.iter().filter(seen) {
            let line: Vec<Point> = shifted(border, shift);
            let inside = |p: &Point| (west..=east).contains(&p[0]) && (south..=north).contains(&p[1]);
            for part in line.split(|p| !inside(p)).filter(|part| part.len() > 1) {
                let part: Vec<Point> = part.iter().map(|p| frame.project(*p)).collect();
                let seen = |p: &Point| {
                    (-MARGIN..WIDTH + MARGIN).contains(&p[0]) && (-MARGIN..bottom).contains(&p[1])
                };
                if part.iter().any(seen) {
                    write(&mut out.borders, &simplified(&part), false);
                }
            }
        }
    }
    out
}

fn shifted(line: &Line, shift: f64) -> Vec<Point> {
    line.points.iter().map(|[x, y]| [f64::from(*x) + shift, f64::from(*y)]).collect()
}

/// The part of a shape on one side of a line (Sutherland and Hodgman 1974): where the coordinate `axis` is above or below
/// `limit`.
fn clip(shape: &[Point], axis: usize, limit: f64, above: bool) -> Vec<Point> {
    let inside = |p: &Point| if above { p[axis] >= limit } else { p[axis] <= limit };
    let mut out = Vec::with_capacity(shape.len());
    let Some(mut before) = shape.last().copied() else { return out };
    for point in shape {
        if inside(point) != inside(&before) {
            let part = (limit - before[axis]) / (point[axis] - before[axis]);
            let mut cut = [0, 1].map(|i| before[i] + part * (point[i] - before[i]));
            cut[axis] = limit;
            out.push(cut);
        }
        if inside(point) {
            out.push(*point);
        }
        before = *point;
    }
    out
}

/// Long sides get points between, so that they follow their parallel or meridian.
fn bent(shape: &[Point]) -> Vec<Point> {
    let mut out = Vec::with_capacity(shape.len());
    for (i, point) in shape.iter().enumerate() {
        out.push(*point);
        let next = shape[(i + 1) % shape.len()];
        let steps = ((next[0] - point[0]).abs().max((next[1] - point[1]).abs()) / STRAIGHT).ceil();
        for step in 1..steps as usize {
            let part = step as f64 / steps;
            out.push([0, 1].map(|i| point[i] + part * (next[i] - point[i])));
        }
    }
    out
}

/// Area of a shape, signed by its turn.
fn area(shape: &[Point]) -> f64 {
    let mut sum = 0.0;
    for (i, a) in shape.iter().enumerate() {
        let b = shape[(i + 1) % shape.len()];
        sum += a[0] * b[1] - b[0] * a[1];
    }
    sum / 2.0
}

/// In whole units, without the points that hardly bend the line (Ramer 1972, Douglas and Peucker 1973).
fn simplified(line: &[Point]) -> Vec<[i32; 2]> {
    let mut keep = vec![false; line.len()];
    let last = line.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let far = (from + 1..to).map(|i| (i, distance(line[i], line[from], line[to])));
        if let Some((at, far)) = far.max_by(|a, b| a.1.total_cmp(&b.1))
            && far > TOLERANCE
        {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    let mut out: Vec<[i32; 2]> =
        line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(p, _)| p.map(|v| v.round() as i32)).collect();
    out.dedup();
    out
}

/// From a point to the line between two others; to the first when the two are one.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let (px, py) = (point[0] - from[0], point[1] - from[1]);
    let length = dx.hypot(dy);
    if length == 0.0 { px.hypot(py) } else { (px * dy - py * dx).abs() / length }
}

/// Appends a line, or a closed shape, as relative moves.
fn write(out: &mut String, line: &[[i32; 2]], closed: bool) {
    if line.len() < if closed { 3 } else { 2 } {
        return;
    }
    let _ = write!(out, "M{} {}l", line[0][0], line[0][1]);
    for (i, pair) in line.windows(2).enumerate() {
        let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        // A minus parts two numbers as well as a blank does.
        let blank = if i == 0 || dx < 0 { "" } else { " " };
        let _ = write!(out, "{blank}{dx}{}{dy}", if dy < 0 { "" } else { " " });
    }
    if closed {
        out.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Coordinates;

    fn around(lat: f64, lon: f64) -> Outline {
        outline(Frame::around(&[(Coordinates { lat, lon }, false)]).unwrap())
    }

    /// The share of the picture that is land, by the areas of its shapes (those within others are water).
    fn land(outline: &Outline) -> f64 {
        let mut sum = 0.0;
        for shape in outline.land.split('M').filter(|s| !s.is_empty()) {
            let numbers: Vec<f64> = shape
                .replace('-', " -")
                .split(|c: char| !(c == '-' || c.is_ascii_digit()))
                .filter_map(|n| n.parse().ok())
                .collect();
            let mut at = [0.0, 0.0];
            let points: Vec<Point> = numbers
                .chunks_exact(2)
                .map(|p| {
                    at = [at[0] + p[0], at[1] + p[1]];
                    at
                })
                .collect();
            sum += area(&points).abs();
        }
        sum / (WIDTH * 480.0)
    }

    #[test]
    fn outlines_show_what_is_there() {
        for (lat, lon, least, most) in [
            (52.5, 13.4, 0.6, 0.95),    // Berlin: land, with the Baltic and the North Sea
            (47.0, 105.0, 1.0, 1.1),    // Mongolia: nothing but land (the margin adds a little)
            (0.0, -140.0, 0.0, 0.001),  // the middle of the Pacific
            (-17.8, 178.0, 0.005, 0.1), // Fiji, across the date line
            (64.0, -150.0, 0.5, 0.95),  // Alaska
            (78.2, 15.6, 0.02, 0.3),    // Svalbard, with the pole near
            (-41.3, 174.8, 0.03, 0.1),  // New Zealand
        ] {
            let share = land(&around(lat, lon));
            assert!((least..=most).contains(&share), "{lat} {lon}: {share}");
        }
        let world = outline(Frame::World);
        let share = land(&world) * 480.0 / Frame::World.height();
        assert!((0.2..0.4).contains(&share), "{share}");
        assert!(world.land.len() < 12_000, "{}", world.land.len());
    }

    #[test]
    fn outlines_are_light() {
        let longest = [(52.5, 13.4), (60.0, 10.0), (0.0, 120.0), (38.0, 23.7), (-50.0, -73.0)]
            .map(|(lat, lon)| around(lat, lon))
            .iter()
            .map(|o| o.land.len() + o.borders.len())
            .max();
        assert!(longest < Some(9_000), "{longest:?}");
    }
}
