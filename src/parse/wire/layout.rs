//! Lines in; how the copy is laid out, and which lines make a paragraph, out.

use std::ops::Range;

use crate::parse::{
    marks,
    wire::{
        junk,
        lines::{Line, ends_sentence, head, is_closed},
    },
};

/// How the paragraphs of a copy are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Columns after which lines were broken; 0 when each line is a paragraph.
    pub width: usize,
    /// Columns before a line that starts no paragraph.
    pub indent: usize,
    /// Blank lines part the paragraphs.
    pub spaced: bool,
}

/// Lines longer than this are not the work of a wrap, in characters.
const WIDEST: usize = 120;
/// Lines shorter than this are not either.
const NARROWEST: usize = 30;

/// Columns by which wraps err: first lines with an indent that was not counted, wide characters.
const RAGGED: usize = 4;

/// Finds the layout of `lines` by the lengths of lines that have a neighbour below: where lines were broken at a
/// width, the next line's first word would not have fitted.
pub fn measure(text: &str, lines: &[Line]) -> Layout {
    let mut counts = [0usize; WIDEST + 2];
    let mut pairs = 0;
    let mut indents: Vec<usize> = Vec::new();
    for pair in lines.windows(2) {
        if let [a, b] = pair
            && !a.is_blank()
            && !b.is_blank()
        {
            counts[length(text, *a)] += 1;
            pairs += 1;
        }
    }
    let blanks = lines.iter().filter(|l| l.is_blank()).count();
    let filled = lines.len() - blanks;
    let spaced = blanks * 12 >= filled && filled > 1;
    indents.extend(lines.iter().filter(|l| !l.is_blank()).map(|l| l.indent(text)));
    let indent = indents.iter().copied().min().unwrap_or(0);
    let unwrapped = Layout { width: 0, indent, spaced };
    if pairs == 0 || counts[WIDEST + 1] * 10 > pairs * 2 {
        return unwrapped;
    }
    let mut left = pairs.div_ceil(20);
    let width = (0..=WIDEST).rev().find(|w| {
        left = left.saturating_sub(counts[*w]);
        left == 0
    });
    let width = width.unwrap_or(0);
    if width < NARROWEST {
        return unwrapped;
    }
    // Lines that end inside a sentence tell: those that end one may end a paragraph as well.
    let (mut full, mut open) = (0, 0);
    for pair in lines.windows(2) {
        if let [a, b] = pair
            && !a.is_blank()
            && !b.is_blank()
            && !ends_sentence(a.text(text))
        {
            open += 1;
            full += usize::from(is_full(text, *a, *b, width));
        }
    }
    let over = lines.iter().filter(|line| length(text, **line) > width + 12).count();
    let wrapped = full >= 2 && full * 10 >= open * 6 && open * 4 >= pairs && over * 10 <= filled;
    if wrapped { Layout { width, ..unwrapped } } else { unwrapped }
}

/// Columns of a line with its indent, counted no further than `WIDEST + 1`.
fn length(text: &str, line: Line) -> usize {
    let content = head(line.text(text), 4 * (WIDEST + 2)).chars().take(WIDEST + 1).count();
    (line.indent(text) + content).min(WIDEST + 1)
}

/// Whether the first word of `b` would not have fitted behind `a`, or hardly.
fn is_full(text: &str, a: Line, b: Line, width: usize) -> bool {
    let word = head(b.text(text), 480).split([' ', '\t']).next().unwrap_or("").chars().count();
    length(text, a) + 1 + word + RAGGED > width
}

/// Whether line `i` runs on into line `i + 1`, both of `lines`, as parts of one paragraph.
pub fn runs_on(text: &str, lines: &[Line], i: usize, layout: Layout) -> bool {
    let (Some(a), Some(b)) = (lines.get(i), lines.get(i + 1)) else { return false };
    if a.is_blank() || b.is_blank() {
        return false;
    }
    let (above, below) = (a.text(text), b.text(text));
    // A mark that an editor's line break has parted.
    let open =
        above.rfind("[[").is_some_and(|at| above.len() - at < marks::LONGEST && !above[at..].contains("]]"));
    if open && head(below, marks::LONGEST).contains("]]") {
        return true;
    }
    if is_item(below) || junk::is_rule(above) || junk::is_rule(below) {
        return false;
    }
    let small = below.starts_with(char::is_lowercase);
    if layout.width == 0 {
        // A break inside a sentence, in copy that is otherwise set one line a paragraph.
        return (small || dangles(above))
            && above.len() >= 40
            && !is_closed(above)
            && above.len() <= 4 * WIDEST;
    }
    if is_item(above) && b.indent(text) > a.indent(text) {
        return true;
    }
    if b.indent(text) >= layout.indent + 2 && b.indent(text) != a.indent(text) {
        return false;
    }
    if b.indent(text) >= layout.indent + 2 && !layout.spaced && is_closed(above) {
        return false;
    }
    if small || above.starts_with(['(', '[']) && !above.contains([')', ']']) {
        return true;
    }
    let slack = if is_closed(above) { 0 } else { 8 };
    let word = head(below, 480).split([' ', '\t']).next().unwrap_or("").chars().count();
    let short = length(text, *a) + 1 + word + RAGGED <= layout.width.saturating_sub(slack);
    // Below a line that had room for more begins something new, unless blank lines part the paragraphs: then
    // the line was broken by hand.
    !short || layout.spaced && !is_closed(above) && length(text, *a) * 2 > layout.width
}

/// Whether a line ends with a comma or a word that ends no sentence and no headline.
fn dangles(line: &str) -> bool {
    let words = [
        "the", "a", "an", "of", "and", "or", "to", "in", "on", "at", "by", "for", "from", "with", "that",
        "as",
    ];
    line.ends_with(',') || line.rsplit(' ').next().is_some_and(|last| words.contains(&last))
}

/// Whether a line opens an item of a list.
pub fn is_item(line: &str) -> bool {
    item_text(line).is_some()
}

/// Where the words of an item start.
pub fn item_text(line: &str) -> Option<usize> {
    let mark = ["• ", "* ", "- ", "– ", "▪ ", "● ", "·  ", "•\t", "•\u{A0}"]
        .iter()
        .find(|m| line.starts_with(**m))?;
    let rest = line[mark.len()..].trim_start();
    (!rest.is_empty() && rest.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'[$€£".contains(c)))
        .then(|| line.len() - rest.len())
}

/// Whether a line opens with the number or letter of a list: `1. `, `(2) `, `a) `.
pub fn is_numbered(line: &str) -> bool {
    let bare = line.strip_prefix('(').unwrap_or(line);
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let label = if digits == 0 && bare.starts_with(|c: char| c.is_ascii_alphabetic()) { 1 } else { digits };
    (1..=3).contains(&label)
        && bare[label..].starts_with(['.', ')'])
        && bare[label + 1..].starts_with(' ')
        && (digits > 0 || bare[label..].starts_with(')'))
}

/// The lines of `range` in paragraphs; blank lines stand in none.
pub fn paragraphs(text: &str, lines: &[Line], range: Range<usize>, layout: Layout) -> Vec<Range<usize>> {
    let lines = lines.get(..range.end).unwrap_or(lines);
    let mut paragraphs = Vec::new();
    let mut i = range.start;
    while i < lines.len() {
        if lines[i].is_blank() {
            i += 1;
            continue;
        }
        let start = i;
        while runs_on(text, lines, i, layout) {
            i += 1;
        }
        i += 1;
        paragraphs.push(start..i);
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::wire::lines::split;

    fn check(text: &str, expect: &[usize]) {
        let lines = split(text);
        let layout = measure(text, &lines);
        let sizes: Vec<usize> =
            paragraphs(text, &lines, 0..lines.len(), layout).iter().map(|p| p.len()).collect();
        assert_eq!(sizes, expect, "{layout:?}\n{text}");
    }

    const WRAPPED: &str = "The envoys of the two countries met on Thursday in the capital\n\
                           and spoke for almost an hour about the terms of a truce, said\n\
                           an official who was in the room.";

    #[test]
    fn wrapped() {
        check(&format!("{WRAPPED}\n\n{WRAPPED}"), &[3, 3]);
        check(&format!("  {WRAPPED}\n  {WRAPPED}"), &[3, 3]);
        check(&format!("\t{WRAPPED}\r\n\t{WRAPPED}"), &[3, 3]);
        check(&format!("{WRAPPED}\n{WRAPPED}"), &[3, 3]);
        check(&format!("Talks resume\n{WRAPPED}"), &[1, 3]);
    }

    #[test]
    fn not_wrapped() {
        check("One paragraph of copy.\nAnother of them.\nA third.", &[1, 1, 1]);
        let long = "A sentence that is longer than any wrap would leave it on its line. ".repeat(3);
        check(&format!("{long}\n{long}\n\n{long}"), &[1, 1, 1]);
        check("A line that somebody has broken somewhere in the\nmiddle of a sentence.\nNext.", &[2, 1]);
        check("", &[]);
    }

    #[test]
    fn items() {
        assert!(
            is_item("• first")
                && is_item("- first")
                && !is_item("-first")
                && !is_item("—first")
                && !is_item("- ")
        );
        assert!(is_numbered("1. a") && is_numbered("(2) a") && is_numbered("a) b") && !is_numbered("10 men"));
    }
}
