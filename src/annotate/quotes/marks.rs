//! A paragraph's tokens enter; what stands between its quotation marks leaves, in order, outermost only.
//!
//! Curly marks and guillemets say themselves whether they open; straight ones by the blanks around them and by what
//! is open already. Single marks count where a closing one follows; an apostrophe is none. A quotation that is still
//! open at the end of its paragraph goes on in the next when that begins with an opening mark.

use std::ops::Range;

use crate::annotate::{input::Input, words};

/// What stands between two marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The opening mark.
    pub open: usize,
    /// The closing mark, or the end of the paragraph.
    pub close: usize,
    /// Whether a closing mark stands there.
    pub closed: bool,
    /// Between single marks.
    pub single: bool,
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Goes on from the piece before, whose paragraph left it open.
    pub continues: bool,
}

impl Piece {
    /// The tokens between the marks.
    pub fn inner(&self) -> Range<usize> {
        self.open + 1..self.close.max(self.open + 1)
    }

    /// The first token behind the piece.
    pub fn after(&self) -> usize {
        if self.closed { self.close + 1 } else { self.close }
    }
}

/// Which way a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    Close,
    /// A straight mark that could be either.
    Either,
}

/// All pieces of the article.
pub fn pieces(input: &Input) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (i, paragraph) in input.paragraphs.iter().enumerate() {
        if paragraph.kind == crate::model::BlockKind::Code {
            continue;
        }
        let first = out.len();
        scan(input, paragraph.tokens.clone(), i, &mut out);
        let left_open =
            first.checked_sub(1).and_then(|l| out.get(l)).is_some_and(|l| !l.closed && l.paragraph + 1 == i);
        if left_open && let Some(piece) = out.get_mut(first).filter(|p| p.open == paragraph.tokens.start) {
            piece.continues = true;
        }
    }
    out
}

fn scan(input: &Input, tokens: Range<usize>, paragraph: usize, out: &mut Vec<Piece>) {
    let marked = |c| tokens.clone().any(|t| input.is(t, c));
    if !marked(words::DOUBLE | words::SINGLE) {
        return;
    }
    let singles = if marked(words::SINGLE) { closings(input, tokens.clone()) } else { Vec::new() };
    let mut open: Option<(usize, bool)> = None;
    let mut at = tokens.start;
    let piece =
        |open, close, closed, single| Piece { open, close, closed, single, paragraph, continues: false };
    while at < tokens.end {
        match open {
            // A mark that can only close, with nothing open, is a typing fault: passed over.
            None if input.is(at, words::DOUBLE) && way(input, at, tokens.clone()) == Way::Close => {}
            None if input.is(at, words::DOUBLE) => open = Some((at, false)),
            None if input.is(at, words::SINGLE) && opens_single(input, at, tokens.start) => {
                let next = singles.partition_point(|c| *c <= at + 1);
                if let Some(close) = singles.get(next) {
                    // A double mark that opens inside belongs to it, unless it is left open there.
                    out.push(piece(at, *close, true, true));
                    at = *close + 1;
                    continue;
                }
            }
            Some((start, false)) if input.is(at, words::DOUBLE) => {
                match way(input, at, tokens.clone()) {
                    // A second opening mark: the first was never closed.
                    Way::Open if is_curly_open(input.word(at)) && input.word(at) == input.word(start) => {
                        open = Some((at, false));
                    }
                    Way::Open if is_curly_open(input.word(start)) || at == start + 1 => {}
                    _ => {
                        out.push(piece(start, at, true, false));
                        open = None;
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    if let Some((start, false)) = open
        && start + 1 < tokens.end
    {
        out.push(piece(start, tokens.end, false, false));
    }
}

fn is_curly_open(mark: &str) -> bool {
    matches!(mark, "“" | "„" | "«" | "「" | "『")
}

/// The way of a double mark.
fn way(input: &Input, at: usize, tokens: Range<usize>) -> Way {
    match input.word(at) {
        mark if is_curly_open(mark) => Way::Open,
        // Some languages close with what others open with; here the English use holds.
        "”" | "»" | "」" | "』" => Way::Close,
        _ => {
            let before = at == tokens.start || input.spaced(at) || opens_bracket(input.word(at - 1));
            let after = at + 1 >= tokens.end || input.spaced(at + 1);
            match (before, after) {
                (true, false) => Way::Open,
                (false, true) => Way::Close,
                _ if !before && closes_what_follows(input.word(at + 1)) => Way::Close,
                _ => Way::Either,
            }
        }
    }
}

fn opens_bracket(word: &str) -> bool {
    matches!(word, "(" | "[" | "{" | "—" | "–" | "--" | "‘" | "'")
}

fn closes_what_follows(word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | ")" | "]" | "?" | "!" | "—" | "–" | "--" | "'s" | "’s" | "’" | "'")
}

/// Whether a single mark may open: before a word, behind a blank or bracket.
fn opens_single(input: &Input, at: usize, start: usize) -> bool {
    if matches!(input.word(at), "’" | "›") {
        return false;
    }
    let free = at == start || input.spaced(at) || opens_bracket(input.word(at - 1));
    let next = input.word(at + 1);
    let digits = next.starts_with(|c: char| c.is_ascii_digit()) && next.ends_with('s');
    free && !input.spaced(at + 1) && !digits && !matches!(next, "em" | "til" | "cause" | "tis" | "twas" | "n")
}

/// The single marks of a paragraph that may close.
fn closings(input: &Input, tokens: Range<usize>) -> Vec<usize> {
    let mut out = Vec::new();
    for at in tokens.start + 1..tokens.end {
        if !input.is(at, words::SINGLE) || matches!(input.word(at), "‘" | "‹" | "‚") || input.spaced(at)
        {
            continue;
        }
        let next = input.word(at + 1);
        let free = at + 1 >= tokens.end || input.spaced(at + 1) || closes_what_follows(next) || next == "\"";
        let before = input.word(at - 1);
        // `the boys' school` is a possessive.
        let owns = input.is_word(at - 1)
            && before.ends_with(['s', 'S'])
            && at + 1 < tokens.end
            && input.spaced(at + 1)
            && input.is_word(at + 1);
        if free && !owns {
            out.push(at);
        }
    }
    out
}
