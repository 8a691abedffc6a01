//! Names that stand in the same pieces → a graph laid out by forces, with its table behind it.
//!
//! `force_graph` moves the nodes; it starts from a fixed circle, takes a fixed number of steps and uses only additions,
//! products and square roots, so the same names always give the same picture, on every machine.

use force_graph::{ForceGraph, NodeData, SimulationParameters};
use rustc_hash::FxHashMap;

use crate::{
    model::site::Site,
    render::{
        map::labels::{Dot, place},
        views::figures::{EdgeView, GraphView, LabelView, NodeView},
    },
};

/// Size of a picture, in its own units.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub width: f64,
    pub height: f64,
    /// Lines that each name keeps at most, its heaviest.
    pub lines: usize,
}

/// Beside a text.
pub const SMALL: Size = Size { width: 640.0, height: 560.0, lines: 3 };
/// On a page of its own.
pub const LARGE: Size = Size { width: 1600.0, height: 1200.0, lines: 3 };
/// Names of an article that count: bounds the work of a crowded one.
const COMPANY: usize = 24;
/// Names of a graph beside a text, and of one on a page of its own, at most. Work grows with their square: the graphs of
/// thousands of pages must cost no more than their texts.
pub const FEW: usize = 12;
pub const MANY: usize = 60;
/// Steps of the simulation and the time of each, by whether there are few names or many.
const STEPS: [(usize, f32); 2] = [(40, 0.05), (200, 0.03)];
/// Room for names around the nodes.
const EDGE: f64 = 56.0;

/// How often two of the `names` stand in the same of these articles, by their places in `names`.
fn pairs(site: &Site, names: &[(u32, u32)], articles: impl Iterator<Item = u32>) -> Vec<(usize, usize, u32)> {
    let place: FxHashMap<u32, usize> = names.iter().enumerate().map(|(i, (e, _))| (*e, i)).collect();
    let mut counts: FxHashMap<(usize, usize), u32> = FxHashMap::default();
    for article in articles {
        let entities = &site.articles[article as usize].entities;
        let mut present: Vec<usize> =
            entities.iter().take(COMPANY).filter_map(|s| place.get(&s.entity).copied()).collect();
        present.sort_unstable();
        for (i, a) in present.iter().enumerate() {
            for b in &present[i + 1..] {
                *counts.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<(usize, usize, u32)> = counts.into_iter().map(|((a, b), n)| (a, b, n)).collect();
    pairs.sort_unstable_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    pairs
}

/// The graph of `names` (index and number of articles, the weightiest first) in these articles; `None` when fewer than four
/// of them are joined.
pub fn graph(
    site: &Site,
    names: &[(u32, u32)],
    articles: impl Iterator<Item = u32>,
    size: Size,
) -> Option<Box<GraphView>> {
    let pairs = pairs(site, names, articles);
    let mut degree = vec![0; names.len()];
    let kept: Vec<(usize, usize, u32)> = pairs
        .into_iter()
        .filter(|(a, b, _)| {
            let room = degree[*a] < size.lines || degree[*b] < size.lines;
            if room {
                degree[*a] += 1;
                degree[*b] += 1;
            }
            room
        })
        .collect();
    // Those without a line would drift about without a meaning.
    let nodes: Vec<usize> = (0..names.len()).filter(|i| degree[*i] > 0).collect();
    if nodes.len() < 4 {
        return None;
    }
    let at: FxHashMap<usize, usize> = nodes.iter().enumerate().map(|(at, i)| (*i, at)).collect();
    let edges: Vec<(usize, usize, u32)> = kept.into_iter().map(|(a, b, n)| (at[&a], at[&b], n)).collect();
    let spots = fitted(&layout(nodes.len(), &edges), size);
    let most = names.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let heaviest = edges.iter().map(|e| e.2).max().unwrap_or(1).max(1);
    let entity = |node: usize| &site.entities[names[nodes[node]].0 as usize];
    let dots: Vec<Dot<'_>> = spots
        .iter()
        .enumerate()
        .map(|(node, [x, y])| Dot { x: *x, y: *y, name: &entity(node).entity.name, area: false })
        .collect();
    let labels = place(&dots, size.width, size.height, false);
    Some(Box::new(GraphView {
        width: size.width as u32,
        height: size.height as u32,
        nodes: dots
            .iter()
            .zip(labels)
            .enumerate()
            .map(|(node, (dot, label))| {
                let count = names[nodes[node]].1;
                NodeView {
                    name: dot.name.to_owned(),
                    url: site.urls.link(&entity(node).path),
                    kind: entity(node).entity.kind.as_str(),
                    count,
                    x: dot.x.round() as i32,
                    y: dot.y.round() as i32,
                    radius: 5 + (f64::from(count) / f64::from(most) * 121.0).sqrt().round() as u32,
                    label: label.map(|l| LabelView {
                        x: l.x.round() as i32,
                        y: l.y.round() as i32,
                        anchor: l.anchor,
                    }),
                }
            })
            .collect(),
        edges: edges
            .iter()
            .map(|(a, b, count)| EdgeView {
                from: *a,
                to: *b,
                count: *count,
                weight: 1 + (f64::from(*count) / f64::from(heaviest) * 7.0).round() as u32,
            })
            .collect(),
    }))
}

/// Places of nodes in no particular unit.
fn layout(nodes: usize, edges: &[(usize, usize, u32)]) -> Vec<[f64; 2]> {
    let parameters = SimulationParameters { damping_factor: 0.9, ..SimulationParameters::default() };
    let mut graph: ForceGraph<usize> = ForceGraph::new(parameters);
    let radius = 40.0 * (nodes as f32).sqrt();
    let ids: Vec<_> = (0..nodes)
        .map(|i| {
            // A spiral by the golden angle: even, and without the symmetry of a circle, which forces cannot break.
            let (turn, out) = (i as f32 * 2.399_963, radius * ((i + 1) as f32 / nodes as f32).sqrt());
            let (sin, cos) = small_sin_cos(turn);
            graph.add_node(NodeData {
                x: out * cos,
                y: out * sin,
                mass: 10.0,
                is_anchor: false,
                user_data: i,
            })
        })
        .collect();
    // Holds parts together that no line joins; it is not drawn.
    let middle =
        graph.add_node(NodeData { mass: 0.01, is_anchor: true, user_data: nodes, ..NodeData::default() });
    for id in &ids {
        graph.add_edge(*id, middle, Default::default());
    }
    for (a, b, _) in edges {
        graph.add_edge(ids[*a], ids[*b], Default::default());
    }
    let (steps, step) = STEPS[usize::from(nodes > FEW)];
    for _ in 0..steps {
        graph.update(step);
    }
    let mut spots = vec![[0.0, 0.0]; nodes];
    graph.visit_nodes(|node| {
        if let Some(spot) = spots.get_mut(node.data.user_data) {
            *spot = [f64::from(node.x()), f64::from(node.y())];
        }
    });
    spots
}

/// Sine and cosine by Taylor's series: those of the machine may differ in the last bit from another's.
fn small_sin_cos(angle: f32) -> (f32, f32) {
    let x = f64::from(angle) % std::f64::consts::TAU - std::f64::consts::PI;
    let (mut sin, mut cos, mut term) = (0.0, 0.0, 1.0);
    for n in 0..24 {
        match n % 4 {
            0 => cos += term,
            1 => sin += term,
            2 => cos -= term,
            _ => sin -= term,
        }
        term *= x / f64::from(n + 1);
    }
    // Half a turn further, which only turns the picture.
    (-sin as f32, -cos as f32)
}

/// Moves and stretches the picture to fill its frame, by ranks as far as nodes lie too close.
fn fitted(spots: &[[f64; 2]], size: Size) -> Vec<[f64; 2]> {
    let fit = |axis: usize, room: f64| {
        let least = spots.iter().map(|s| s[axis]).fold(f64::INFINITY, f64::min);
        let most = spots.iter().map(|s| s[axis]).fold(f64::NEG_INFINITY, f64::max);
        let span = (most - least).max(1.0);
        let mut order: Vec<usize> = (0..spots.len()).collect();
        order.sort_by(|a, b| spots[*a][axis].total_cmp(&spots[*b][axis]).then(a.cmp(b)));
        let mut rank = vec![0.0; spots.len()];
        for (place, node) in order.into_iter().enumerate() {
            rank[node] = place as f64 / (spots.len() - 1).max(1) as f64;
        }
        // A third by rank: outliers do not press the others together.
        let edge = EDGE.min(room / 6.0);
        spots
            .iter()
            .zip(rank)
            .map(|(s, rank)| {
                let part = (s[axis] - least) / span * 0.6 + rank * 0.4;
                edge + part * (room - 2.0 * edge)
            })
            .collect::<Vec<f64>>()
    };
    let (x, y) = (fit(0, size.width), fit(1, size.height));
    x.into_iter().zip(y).map(|(x, y)| [x, y]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_keeps_friends_near_and_repeats_itself() {
        // Two groups of five, joined by one line.
        let mut edges = vec![(0, 5, 1)];
        for group in [0, 5] {
            for a in group..group + 5 {
                edges.extend((a + 1..group + 5).map(|b| (a, b, 1)));
            }
        }
        let spots = layout(10, &edges);
        assert_eq!(spots, layout(10, &edges));
        let far = |a: usize, b: usize| (spots[a][0] - spots[b][0]).hypot(spots[a][1] - spots[b][1]);
        let within = (1..5).map(|i| far(0, i)).sum::<f64>() / 4.0;
        let across = (6..10).map(|i| far(1, i)).sum::<f64>() / 4.0;
        assert!(across > 1.3 * within, "{within} {across}");
        for [x, y] in fitted(&spots, SMALL) {
            assert!((0.0..=SMALL.width).contains(&x) && (0.0..=SMALL.height).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn sines_are_sines() {
        for angle in [0.0_f32, 0.5, 2.4, 9.6, 140.0] {
            let (sin, cos) = small_sin_cos(angle);
            let wanted = f64::from(angle) % std::f64::consts::TAU;
            assert!((f64::from(sin) - wanted.sin()).abs() < 1e-5, "{angle} {sin} {}", wanted.sin());
            assert!((f64::from(cos) - wanted.cos()).abs() < 1e-5, "{angle} {cos}");
        }
    }
}
