//! A paragraph above the copy in; whether it is the headline, the standfirst or a byline without `By`, out.

use std::ops::Range;

use crate::parse::{
    marks,
    wire::{
        Copy, Field, agency,
        byline::{self, BylineRead},
        dateline, header, layout,
        lines::{ends_sentence, head, is_closed},
        prose, span,
    },
};

/// The longest headline, in characters; most are half of that.
const LONGEST: usize = 250;
/// Headlines above this length are doubted, in characters.
const LONG: usize = 160;

/// The paragraph at line `i`, ended early by a line that is no part of a headline.
fn paragraph(copy: &Copy<'_>, i: usize) -> Range<usize> {
    let mut end = i + 1;
    while end < i + 6 && layout::runs_on(copy.text, copy.lines, end - 1, copy.layout) && !is_sign(copy, end) {
        end += 1;
    }
    // A second line that starts small and has nothing below it belongs to the first, however short that is.
    let next = copy.lines.get(end).filter(|l| l.text(copy.text).starts_with(char::is_lowercase));
    let last = copy.lines.get(end + 1).is_none_or(|l| l.is_blank()) || is_sign(copy, end + 1);
    if end == i + 1 && next.is_some_and(|l| l.text(copy.text).len() <= 100) && last && !is_sign(copy, end) {
        let text = copy.lines.get(i).map_or("", |l| l.text(copy.text));
        end += usize::from(text.len() <= 100 && !is_closed(text));
    }
    i..end.min(copy.lines.len())
}

/// Whether line `i` is of the kinds that stand between a headline and the copy, or opens the copy with a dateline.
fn is_sign(copy: &Copy<'_>, i: usize) -> bool {
    let Some(line) = copy.lines.get(i) else { return false };
    let text = line.text(copy.text);
    let short = text.len() <= 600;
    let header = || {
        byline::strict(text).is_some()
            || header::dated(text, copy.tz, copy.indian).is_some()
            || !header::labelled(text, copy.tz, copy.indian).is_empty()
    };
    copy.is_note(i) || short && header() || has_dateline(head(text, 200))
}

fn has_dateline(text: &str) -> bool {
    dateline::read(text, |_| false).is_some_and(|read| read.confidence >= 85)
}

/// The next line below `i` that is not blank.
fn below(copy: &Copy<'_>, i: usize) -> Option<usize> {
    (i..copy.lines.len()).take(2).find(|i| !copy.lines[*i].is_blank())
}

/// The headline at line `i`, if its paragraph is one.
pub fn headline(copy: &Copy<'_>, i: usize) -> Option<(Range<usize>, Field<String>)> {
    let lines = paragraph(copy, i);
    let joined = prose::join(copy.text, copy.lines.get(lines.clone())?);
    let length = head(&joined.text, 4 * LONGEST + 8).chars().count();
    let closed = ends_sentence(&joined.text);
    let stopped = closed && !joined.text.trim_end_matches(['"', '”', '’', '\'']).ends_with(['?', '!']);
    let next = below(copy, lines.end);
    let signed = next.is_some_and(|next| is_sign(copy, next));
    let body = length > LONGEST
        || lines.len() > 3
        || layout::is_item(&joined.text)
        || has_dateline(&joined.text) && (closed || length > 120)
        || stopped && !signed
        || closed && next.is_none()
        || closed && length > LONG;
    if body {
        return None;
    }
    let parted = next.is_none_or(|next| next > lines.end);
    let small = joined.text.starts_with(char::is_lowercase);
    let (confidence, reason) = match () {
        () if next.is_none() => (60, "no text follows the headline"),
        () if stopped => (60, "the headline ends with a full stop"),
        () if length > LONG => (65, "the headline is very long"),
        () if small => (65, "the headline starts with a small letter"),
        () if parted || signed => (92, ""),
        () => (82, ""),
    };
    let start = copy.lines.get(lines.start)?.first as usize;
    let end = copy.lines.get(lines.end - 1)?.last as usize;
    let value = marks::plain(without_code(&joined.text));
    Some((lines, Field { value, confidence, source: span(start..end), reason }))
}

/// A headline without the marks of the wire: `^…<`, a sign of equality at its end, `UPDATE 2-` before it.
fn without_code(text: &str) -> &str {
    let bare = text.trim_start_matches('^').trim_end_matches(['<', '^', '=']).trim();
    let Some((code, rest)) = bare.split_once('-').filter(|(_, rest)| rest.starts_with(char::is_alphanumeric))
    else {
        return bare;
    };
    let word = code.split(' ').next().unwrap_or("");
    let codes = ["UPDATE", "WRAPUP", "REFILE", "RPT", "CORRECTED", "WDHLG", "UPDATE:"];
    let numbered = code[word.len()..].trim().bytes().all(|b| b.is_ascii_digit());
    if codes.contains(&word) && numbered { rest.trim_start() } else { bare }
}

/// Short points between headline and copy, up to a byline or a dateline.
pub fn key_points(copy: &Copy<'_>, i: usize) -> Option<(Range<usize>, Vec<Field<String>>)> {
    let mut points = Vec::new();
    let mut end = i;
    while let Some(line) = copy.lines.get(end).filter(|_| points.len() < 12) {
        let text = line.text(copy.text);
        match layout::item_text(text).filter(|_| text.len() <= 300) {
            Some(from) => points.push(Field {
                value: marks::plain(&text[from..]),
                confidence: 85,
                source: span(line.first as usize + from..line.last as usize),
                reason: "",
            }),
            None if line.is_blank() => {}
            None => break,
        }
        end += 1;
    }
    // `(Adds details)` may stand between the points and the byline.
    let desk = |at: &usize| {
        copy.lines.get(*at).is_some_and(|l| l.is_blank() || agency::is_change(l.text(copy.text)))
    };
    let sign = (end..end + 4).find(|at| !desk(at)).unwrap_or(end);
    let signed = copy.lines.get(sign).is_some() && is_sign(copy, sign);
    (!points.is_empty() && signed).then_some((i..end, points))
}

pub fn weak_byline(copy: &Copy<'_>, i: usize, text: &str) -> Option<BylineRead> {
    let signed = || below(copy, i + 1).is_some_and(|next| is_sign(copy, next));
    byline::weak(text).or_else(|| byline::bare(text).filter(|_| signed()))
}

/// A line between headline and copy that is neither.
pub fn summary(copy: &Copy<'_>, i: usize) -> Option<(Range<usize>, Field<String>)> {
    let lines = paragraph(copy, i);
    let joined = prose::join(copy.text, copy.lines.get(lines.clone())?);
    let length = head(&joined.text, 1000).chars().count();
    let closed = ends_sentence(&joined.text);
    let next = below(copy, lines.end)?;
    let text = copy.lines.get(next)?.text(copy.text);
    let signed = is_sign(copy, next);
    let quoted = joined.text.starts_with(['"', '“', '«', '„']);
    let short = length <= 120 && !closed && lines.len() == 1 && ends_sentence(text) && text.len() > 100;
    if length > 240 || quoted || layout::is_item(&joined.text) || !(signed || short) || is_sign(copy, i) {
        return None;
    }
    let confidence = match (signed, closed) {
        (true, false) => 75,
        (true, true) => 65,
        _ => 60,
    };
    let start = copy.lines.get(lines.start)?.first as usize;
    let end = copy.lines.get(lines.end - 1)?.last as usize;
    let reason = "a line between headline and text was taken for the standfirst";
    let value = marks::plain(&joined.text);
    Some((lines, Field { value, confidence, source: span(start..end), reason }))
}
