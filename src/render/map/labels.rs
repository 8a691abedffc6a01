//! Dots and their names → where each name stands, so that no two touch and each is near its place. Where a name has no room
//! a number may stand for it, which a key explains; what has not even that keeps its dot, and its line in the table.

/// A place in the picture. `area` is a country: its name stands on it rather than beside a dot.
#[derive(Clone, Copy, Debug)]
pub struct Dot<'a> {
    pub x: f64,
    pub y: f64,
    pub name: &'a str,
    pub area: bool,
}

/// A name: its base line and which end of it stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    /// `start`, `middle` or `end`, as in SVG.
    pub anchor: &'static str,
    /// The number that stands for the name, from 1; 0 where the name itself stands.
    pub number: u32,
}

/// Size of the type, in units of the picture.
const SIZE: f64 = 23.0;
/// From the base line up and down.
const ASCENT: f64 = 18.0;
const DESCENT: f64 = 6.0;
/// From the middle of a dot to its name.
const GAP: f64 = 12.0;
const EDGE: f64 = 4.0;
/// Between two names side by side, and one above the other: closer they would read as one.
const APART: [f64; 2] = [9.0, 2.0];

/// Left, top, right, bottom.
type Rect = [f64; 4];

/// Places names in the given order, the weightiest first; with `numbers`, numbers for those without room.
pub fn place(dots: &[Dot<'_>], width: f64, height: f64, numbers: bool) -> Vec<Option<Label>> {
    let mut taken: Vec<Rect> = dots
        .iter()
        .filter(|dot| !dot.area)
        .map(|dot| [dot.x - 8.0, dot.y - 8.0, dot.x + 8.0, dot.y + 8.0])
        .collect();
    let own = taken.len();
    let mut number = 1;
    dots.iter()
        .map(|dot| {
            let room = |text: &str, number: bool, taken: &[Rect]| {
                let wide = width_of(text) * if dot.area { 1.16 } else { 1.0 };
                candidates(dot, number).into_iter().find_map(|label| {
                    let rect = rect(&label, wide);
                    let inside = rect[0] >= EDGE
                        && rect[1] >= EDGE
                        && rect[2] <= width - EDGE
                        && rect[3] <= height - EDGE;
                    let spaced =
                        [rect[0] - APART[0], rect[1] - APART[1], rect[2] + APART[0], rect[3] + APART[1]];
                    let free = !taken[..own].iter().any(|dot| overlap(&rect, dot))
                        && !taken[own..].iter().any(|name| overlap(&spaced, name));
                    (inside && free).then_some((label, rect))
                })
            };
            let name = room(dot.name, false, &taken);
            let found = name.or_else(|| {
                let (label, rect) = room(&number.to_string(), true, &taken).filter(|_| numbers)?;
                number += 1;
                Some((Label { number: number - 1, ..label }, rect))
            });
            taken.extend(found.map(|(_, rect)| rect));
            found.map(|(label, _)| label)
        })
        .collect()
}

fn candidates(dot: &Dot<'_>, number: bool) -> Vec<Label> {
    let (x, y) = (dot.x, dot.y);
    let middle = y + (ASCENT - DESCENT) / 2.0;
    let label = |x, y, anchor| Label { x, y, anchor, number: 0 };
    if dot.area {
        // Farther off, a name would stand on another country; a number is short, and points less far.
        let near = [[0.0, 0.0], [0.0, -14.0], [0.0, 14.0], [-26.0, 0.0], [26.0, 0.0]];
        let far = [[0.0, -27.0], [0.0, 27.0], [-26.0, -20.0], [26.0, -20.0], [-26.0, 20.0], [26.0, 20.0]];
        let all = near.into_iter().chain(far.into_iter().filter(|_| number));
        return all.map(|[across, down]| label(x + across, middle + down, "middle")).collect();
    }
    let (above, below) = (y - GAP, y + GAP + ASCENT);
    vec![
        label(x + GAP, middle, "start"),
        label(x - GAP, middle, "end"),
        label(x, above, "middle"),
        label(x, below, "middle"),
        label(x + GAP * 0.6, above + 3.0, "start"),
        label(x + GAP * 0.6, below - 3.0, "start"),
        label(x - GAP * 0.6, above + 3.0, "end"),
        label(x - GAP * 0.6, below - 3.0, "end"),
    ]
}

fn rect(label: &Label, wide: f64) -> Rect {
    let left = match label.anchor {
        "start" => label.x,
        "end" => label.x - wide,
        _ => label.x - wide / 2.0,
    };
    [left, label.y - ASCENT, left + wide, label.y + DESCENT]
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Width of a name in a sans-serif face, on the safe side.
pub fn width_of(name: &str) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | ',' | '\'' | '-' | 'I' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.9,
        c if c.is_uppercase() => 0.74,
        // Scripts whose signs are square.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 1.05,
        _ => 0.6,
    };
    name.chars().map(em).sum::<f64>() * SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(label: &Label, dot: &Dot<'_>) -> String {
        if label.number == 0 { dot.name.to_owned() } else { label.number.to_string() }
    }

    #[test]
    fn a_number_stands_for_a_name_without_room() {
        let names = ["Kuwait", "Iraq", "Saudi Arabia", "Iran", "Qatar", "Bahrain", "Oman", "Yemen"];
        let mut dots = Vec::new();
        for (i, name) in names.iter().enumerate() {
            dots.push(Dot { x: 400.0 + 9.0 * i as f64, y: 140.0 - 4.0 * i as f64, name, area: true });
        }
        let numbers = |numbers| -> Vec<Option<u32>> {
            place(&dots, 640.0, 292.0, numbers).into_iter().map(|l| l.map(|l| l.number)).collect()
        };
        assert_eq!(numbers(true)[..3], [Some(0), Some(1), Some(2)]);
        assert_eq!(numbers(false)[..3], [Some(0), None, None]);
    }

    #[test]
    fn names_neither_touch_nor_leave_the_picture() {
        let mut seed = 3_u32;
        let mut next = move |limit: f64| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1_u32 << 24) * limit
        };
        let names = ["Bonn", "Kuala Lumpur", "Washington", "Å", "東京都", "United Kingdom"];
        for round in 0..500 {
            let dots: Vec<Dot<'_>> = (0..1 + round % 20)
                .map(|i| Dot { x: next(640.0), y: next(480.0), name: names[i % 6], area: i % 6 == 5 })
                .collect();
            let labels = place(&dots, 640.0, 480.0, true);
            let rects: Vec<Rect> = labels
                .iter()
                .zip(&dots)
                .filter_map(|(label, dot)| label.map(|label| rect(&label, width_of(&said(&label, dot)))))
                .collect();
            for (i, a) in rects.iter().enumerate() {
                assert!(a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= 640.0 && a[3] <= 480.0, "{a:?}");
                assert!(rects[..i].iter().all(|b| !overlap(a, b)), "{dots:?}");
                let dots = dots.iter().filter(|dot| !dot.area);
                for dot in dots {
                    let touched = a[0] < dot.x && dot.x < a[2] && a[1] < dot.y && dot.y < a[3];
                    assert!(!touched, "{a:?} {dot:?}");
                }
            }
        }
    }

    #[test]
    fn a_lone_dot_has_its_name_beside_it() {
        let label =
            |x: f64, area| place(&[Dot { x, y: 240.0, name: "Berlin", area }], 640.0, 480.0, false)[0];
        assert_eq!(label(320.0, false).map(|l| l.anchor), Some("start"));
        assert_eq!(label(630.0, false).map(|l| l.anchor), Some("end"));
        assert_eq!(label(320.0, true).map(|l| (l.x, l.anchor)), Some((320.0, "middle")));
    }
}
