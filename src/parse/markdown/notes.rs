//! Footnotes: numbered by first reference, moved to the end of the text.

use std::collections::HashMap;

use crate::model::{Element, Node};

#[derive(Default)]
pub struct Notes {
    /// Number and count of references by label.
    pub numbers: HashMap<String, (u32, u32)>,
    /// Nodes by label, in source order.
    pub bodies: Vec<(String, Vec<Node>)>,
    /// Nodes of the text around an open definition.
    pub outer: Option<Vec<Node>>,
}

impl Notes {
    /// The mark of one more reference to a note.
    pub fn reference(&mut self, label: &str) -> Node {
        let next = self.numbers.len() as u32 + 1;
        let (number, count) = self.numbers.entry(label.to_owned()).or_insert((next, 0));
        *count += 1;
        Node::FootnoteRef { number: *number, nth: *count }
    }

    /// The notes in the order of their numbers, as they stand at the end; empty when there are none.
    pub fn arranged(self) -> Vec<Node> {
        let Notes { mut numbers, bodies, .. } = self;
        let mut ordered: Vec<(u32, u32, Vec<Node>)> = Vec::with_capacity(bodies.len());
        for (label, nodes) in bodies {
            // A note that nothing refers to is copy all the same.
            let next = numbers.len() as u32 + 1;
            let (number, count) = *numbers.entry(label).or_insert((next, 0));
            ordered.push((number, count, nodes));
        }
        ordered.sort_by_key(|note| note.0);
        let mut out = Vec::new();
        if !ordered.is_empty() {
            out.push(Node::Open(Element::Footnotes));
            for (number, refs, nodes) in ordered {
                out.push(Node::Open(Element::Footnote { number, refs }));
                out.extend(nodes);
                out.push(Node::Close(Element::Footnote { number, refs }));
            }
            out.push(Node::Close(Element::Footnotes));
        }
        out
    }
}
