//! Compiles the country outlines of Natural Earth, as the npm package `world-atlas` carries them, into `data/map/world.bin`.
//!
//! Get the package (`npm pack world-atlas`, unpack it), then run from the root of the repository:
//! `cargo run --example compile_map -- package/countries-50m.json`.
//!
//! The file: number of arcs; of each arc whether two countries share it (1 or 0), the number of its points, and the points as
//! zigzag differences in hundredths of a degree; number of rings of the land; of each ring the number of its arcs, and
//! each arc as its number doubled, plus one when it runs backwards. All numbers are LEB128.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use serde_json::Value;

/// Points nearer to the line than this are left out, in hundredths of a degree: less than a pixel of the closest map.
const TOLERANCE: f64 = 1.2;

const NOTICE: &str = "# Outlines\n\n\
    `world.bin` is made by `examples/compile_map.rs` from the file `countries-50m.json` of the npm package\n\
    `world-atlas` 2.0.2: outlines of the land and borders of countries at 1:50 million, simplified to a hundredth of\n\
    a degree.\n\n\
    The outlines are those of Natural Earth, naturalearthdata.com, which are in the public domain. Natural Earth draws\n\
    borders as they are held, not as they are claimed. The package's own code and packaging:\n\
    ISC licence, copyright 2013-2019 Michael Bostock.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("the path of countries-50m.json is missing")?;
    let topology: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let number = |value: &Value| value.as_f64().ok_or("a number is missing");
    let scale = [number(&topology["transform"]["scale"][0])?, number(&topology["transform"]["scale"][1])?];
    let shift =
        [number(&topology["transform"]["translate"][0])?, number(&topology["transform"]["translate"][1])?];
    let mut arcs: Vec<Vec<[i64; 2]>> = Vec::new();
    for arc in topology["arcs"].as_array().ok_or("no arcs")? {
        let (mut at, mut points) = ([0.0, 0.0], Vec::new());
        for step in arc.as_array().ok_or("an arc is no list")? {
            at = [at[0] + number(&step[0])?, at[1] + number(&step[1])?];
            let degrees = [at[0] * scale[0] + shift[0], at[1] * scale[1] + shift[1]];
            points.push(degrees.map(|d| (d * 100.0).round() as i64));
        }
        points.dedup();
        arcs.push(simplified(&points));
    }
    let mut uses: BTreeMap<i64, u32> = BTreeMap::new();
    let mut countries = Vec::new();
    rings(&topology["objects"]["countries"], &mut countries);
    for arc in countries.iter().flatten() {
        *uses.entry(if *arc < 0 { !*arc } else { *arc }).or_default() += 1;
    }
    let mut land = Vec::new();
    rings(&topology["objects"]["land"], &mut land);

    let mut out = Vec::new();
    push(&mut out, arcs.len() as i64);
    for (i, arc) in arcs.iter().enumerate() {
        push(&mut out, i64::from(uses.get(&(i as i64)).copied().unwrap_or(0) > 1));
        push(&mut out, arc.len() as i64);
        let mut last = [0, 0];
        for point in arc {
            for axis in [0, 1] {
                let step = point[axis] - last[axis];
                push(&mut out, (step << 1) ^ (step >> 63));
            }
            last = *point;
        }
    }
    push(&mut out, land.len() as i64);
    for ring in &land {
        push(&mut out, ring.len() as i64);
        for arc in ring {
            push(&mut out, if *arc < 0 { !*arc * 2 + 1 } else { *arc * 2 });
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/map");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("world.bin"), &out)?;
    fs::write(folder.join("NOTICE.md"), NOTICE)?;
    let points: usize = arcs.iter().map(Vec::len).sum();
    println!("{} arcs, {points} points, {} rings, {} bytes", arcs.len(), land.len(), out.len());
    Ok(())
}

/// The rings of a geometry and all below it, as lists of arcs.
fn rings(geometry: &Value, out: &mut Vec<Vec<i64>>) {
    for part in geometry["geometries"].as_array().into_iter().flatten() {
        rings(part, out);
    }
    lists(&geometry["arcs"], out);
}

fn lists(value: &Value, out: &mut Vec<Vec<i64>>) {
    let Some(list) = value.as_array() else { return };
    if list.iter().all(Value::is_i64) {
        out.push(list.iter().filter_map(Value::as_i64).collect());
    } else {
        list.iter().for_each(|inner| lists(inner, out));
    }
}

/// An unsigned number in LEB128.
fn push(out: &mut Vec<u8>, number: i64) {
    let mut rest = number as u64;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// A line without the points that hardly bend it (Ramer 1972, Douglas and Peucker 1973); its ends stay.
fn simplified(points: &[[i64; 2]]) -> Vec<[i64; 2]> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else { return points.to_vec() };
    let mut keep = vec![false; points.len()];
    (keep[0], keep[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let far = (from + 1..to).map(|i| (i, distance(points[i], points[from], points[to])));
        if let Some((at, far)) = far.max_by(|a, b| a.1.total_cmp(&b.1))
            && far > TOLERANCE
        {
            keep[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    points.iter().zip(keep).filter_map(|(point, keep)| keep.then_some(*point)).collect()
}

/// From a point to the line between two others; to the first when the two are one.
fn distance(point: [i64; 2], from: [i64; 2], to: [i64; 2]) -> f64 {
    let [dx, dy] = [(to[0] - from[0]) as f64, (to[1] - from[1]) as f64];
    let [px, py] = [(point[0] - from[0]) as f64, (point[1] - from[1]) as f64];
    let length = dx.hypot(dy);
    if length == 0.0 { px.hypot(py) } else { (px * dy - py * dx).abs() / length }
}
