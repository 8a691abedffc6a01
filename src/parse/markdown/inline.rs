//! Images, wikilinks and raw HTML inside running text: the parts of the builder that look into a tag.

use std::ops::Range;

use crate::{
    model::{MarkTarget, Node},
    parse::{
        html,
        markdown::{Builder, Fault, Wikilink},
    },
};

impl Builder<'_> {
    pub(super) fn end_image(&mut self) {
        if let Some((src, title, alt, range)) = self.image.take() {
            if alt.trim().is_empty() {
                self.faults.push((Fault::Alt, range));
            }
            self.out.nodes.push(Node::Image { src, alt: alt.into(), title });
        }
    }

    pub(super) fn start_wikilink(&mut self, dest: &str, has_pothole: bool, range: Range<usize>) {
        let (target, shown) = match dest.strip_prefix('!') {
            Some(name) => (MarkTarget::Leave, name),
            None => (MarkTarget::Entity(dest.trim().to_owned()), dest),
        };
        let start = self.out.text.len();
        if !has_pothole {
            self.text(shown.trim(), range.start + 2 + (dest.len() - shown.len())..range.end);
        }
        self.wikilink = Some(Wikilink { target, start, source: range, bare: !has_pothole });
    }

    pub(super) fn inline_html(&mut self, text: &str, range: Range<usize>) {
        for piece in html::pieces(text) {
            self.html_piece(piece, range.clone());
        }
    }

    pub(super) fn html_piece(&mut self, piece: html::Piece, range: Range<usize>) {
        match piece {
            html::Piece::Text(text) => self.text(&text, range),
            tag => {
                for tag in self.raw.tag(tag, self.depth) {
                    self.out.nodes.push(Node::Raw(tag.into()));
                }
            }
        }
    }

    /// A block of raw HTML: its text is prose like any other.
    pub(super) fn end_html_block(&mut self) {
        let Some(html) = self.html.take() else { return };
        for piece in html::pieces(&html) {
            match piece {
                html::Piece::Text(text) if text.trim().is_empty() => {}
                piece => self.html_piece(piece, 0..0),
            }
        }
        self.end_block();
    }
}
