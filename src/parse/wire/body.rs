//! The lines of the copy in; its paragraphs out, with dateline, captions and closing credits taken off.

use std::ops::Range;

use crate::{
    model::{Doubt, Span},
    parse::wire::{
        Copy, Draft, Field, PieceKind, agency, byline,
        credit::{self, CreditRead},
        dateline::{self, DatelineRead},
        head, header, junk, layout, offer,
        prose::{self, Paragraph, Shape, trimmed},
        span, subheads, words,
    },
};

/// A paragraph and the lines it stands on.
pub struct Part<'a> {
    pub lines: Range<usize>,
    pub paragraph: Paragraph<'a>,
}

/// Reads the lines from `start` on. The kinds of lines, and the fields that the copy holds, go into `draft`.
pub fn read<'a>(copy: &Copy<'a>, start: usize, draft: &mut Draft) -> Vec<Paragraph<'a>> {
    let mut parts = Vec::new();
    let paragraphs = runs(copy, start)
        .into_iter()
        .flat_map(|lines| layout::paragraphs(copy.text, copy.lines, lines, copy.layout));
    for lines in paragraphs {
        let joined = prose::join(copy.text, &copy.lines[lines.clone()]);
        if let Some(kind) = left_out(&joined.text, lines.len()) {
            draft.kinds[lines.clone()].fill(kind);
            if matches!(kind, PieceKind::Desk | PieceKind::Junk) && joined.text.len() > 40 {
                let source = span(joined.source_range(0..joined.text.len()));
                let reason = "a line inside the copy was taken for a desk's or a web page's own and left out";
                draft.wire.doubts.push(Doubt { field: "body", confidence: 75, source, reason });
            }
            if kind == PieceKind::Caption {
                doubt_caption(
                    draft,
                    copy.lines[lines.start].first as usize..copy.lines[lines.end - 1].last as usize,
                );
            }
            if kind != PieceKind::Rule || parts.is_empty() {
                continue;
            }
        }
        let whole = joined.text.len();
        let (shape, shown) = match layout::item_text(&joined.text) {
            _ if junk::is_rule(&joined.text) => (Shape::Rule, 0..0),
            Some(from) => (Shape::Item, from..whole),
            None => (Shape::Paragraph, 0..whole),
        };
        parts.push(Part { lines, paragraph: Paragraph { shape, joined, shown } });
    }
    closing(copy, draft, &mut parts);
    opening(copy, draft, &mut parts);
    subheads::subheads(draft, &mut parts);
    while parts.last().is_some_and(|part| part.paragraph.shape == Shape::Rule) {
        parts.pop();
    }
    parts.into_iter().map(|part| part.paragraph).collect()
}

/// The lines from `start` on, without those of private notes.
fn runs(copy: &Copy<'_>, start: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = start;
    for note in copy.notes.iter().filter(|note| note.end > start) {
        runs.push(at..note.start.max(at));
        at = note.end;
    }
    runs.push(at..copy.lines.len());
    runs
}

/// The kind of a paragraph that readers are not shown, or see as a rule.
fn left_out(text: &str, lines: usize) -> Option<PieceKind> {
    match () {
        () if junk::is_rule(text) => Some(PieceKind::Rule),
        () if lines == 1 && junk::is_junk(text, false) => Some(PieceKind::Junk),
        () if lines == 1 && agency::is_desk_line(text, false) => Some(PieceKind::Desk),
        () if junk::is_caption(text) => Some(PieceKind::Caption),
        () => None,
    }
}

pub fn doubt_caption(draft: &mut Draft, source: Range<usize>) {
    draft.wire.doubts.push(Doubt {
        field: "caption",
        confidence: 70,
        source: span(source),
        reason: "a line was taken for the caption of a picture and left out",
    });
}

/// Takes the credits off the end: whole paragraphs, then what stands behind the last sentence.
fn closing(copy: &Copy<'_>, draft: &mut Draft, parts: &mut Vec<Part<'_>>) {
    let mut credits = Vec::new();
    while let Some(part) = parts.last() {
        let text = &part.paragraph.joined.text;
        let signed = byline::strict(text).filter(|_| parts.len() > 1);
        if part.paragraph.shape == Shape::Rule {
            parts.pop();
            continue;
        }
        if credit::is_sign_off(text) {
            draft.kinds[part.lines.clone()].fill(PieceKind::Desk);
            parts.pop();
            continue;
        }
        let dates = match part.lines.len() {
            1 => header::labelled(text, copy.tz, copy.indian),
            _ => Vec::new(),
        };
        if dates.iter().any(|entry| entry.stamp.is_some()) && draft.wire.diagnostics.len() < 8 {
            head::take(copy, draft, part.lines.start, dates);
            draft.kinds[part.lines.start] = PieceKind::Header;
            parts.pop();
            continue;
        }
        let read = match (credit::line(text), signed) {
            (Some(read), _) => read,
            (None, Some(read)) => {
                for (value, range) in read.authors {
                    let source = span(part.paragraph.joined.source_range(range));
                    let reason = "the byline stands below the text";
                    draft.wire.byline.push(Field { value, confidence: 78, source, reason });
                }
                draft.kinds[part.lines.clone()].fill(PieceKind::Byline);
                parts.pop();
                continue;
            }
            (None, None) => break,
        };
        draft.kinds[part.lines.clone()].fill(PieceKind::Credit);
        let source = span(part.paragraph.joined.source_range(read.source.clone()));
        credits.push((read, source));
        parts.pop();
    }
    if let Some(part) = parts.last_mut().filter(|part| part.paragraph.shape == Shape::Paragraph) {
        let joined = &part.paragraph.joined;
        if let Some((cut, read)) = credit::trailing(&joined.text) {
            let source = span(joined.source_range(read.source.clone()));
            let at = joined.source_range(0..cut).end;
            part.paragraph.shown = trimmed(&joined.text, 0..cut);
            credits.push((read, source));
            cut_lines(copy, draft, part.lines.clone(), at, PieceKind::Credit);
        }
    }
    credits.reverse();
    for (read, source) in credits {
        take_credit(draft, read, source);
    }
}

fn take_credit(draft: &mut Draft, read: CreditRead, source: Span) {
    let reason = if read.confidence < 90 { "the credit was known by its form alone" } else { "" };
    if let Some(value) = read.agency {
        offer(&mut draft.wire.source, Field { value, confidence: read.confidence.min(85), source, reason });
    }
    draft.wire.credits.push(Field { value: read.text, confidence: read.confidence, source, reason });
}

/// From byte `at` on, the lines are of another kind.
fn cut_lines(copy: &Copy<'_>, draft: &mut Draft, lines: Range<usize>, at: usize, kind: PieceKind) {
    for i in lines {
        let line = copy.lines[i];
        if line.start as usize >= at {
            draft.kinds[i] = kind;
        } else if at < line.next as usize {
            draft.cuts.push((at as u32, kind));
        }
    }
}

/// Takes the dateline off the first paragraph.
fn opening(copy: &Copy<'_>, draft: &mut Draft, parts: &mut [Part<'_>]) {
    let Some(part) = parts.iter_mut().find(|part| part.paragraph.shape != Shape::Rule) else { return };
    if part.paragraph.shape != Shape::Paragraph {
        return;
    }
    let joined = &part.paragraph.joined;
    let known = |place: &str| copy.text.contains(&format!("in {}", words::recase(place)));
    let Some(read) = dateline::read(&joined.text, known) else { return };
    let end = part.paragraph.shown.end;
    // Where a line above has named the place, only a form that cannot be anything else is one more dateline.
    if read.end >= end || draft.wire.dateline.is_some() && read.confidence < 85 {
        return;
    }
    take_dateline(draft, &read, |range| joined.source_range(range));
    part.paragraph.shown = trimmed(&joined.text, read.end..end);
    let at = joined.source(part.paragraph.shown.start);
    for i in part.lines.clone() {
        let line = copy.lines[i];
        if line.next as usize <= at {
            draft.kinds[i] = PieceKind::Dateline;
        } else if (line.start as usize) < at {
            draft.kinds[i] = PieceKind::Dateline;
            let place = draft.cuts.partition_point(|(cut, _)| (*cut as usize) < at);
            draft.cuts.insert(place, (at as u32, PieceKind::Body));
        }
    }
}

/// Carries the fields of a dateline over; `source` maps its ranges to the source.
pub fn take_dateline(draft: &mut Draft, read: &DatelineRead, source: impl Fn(Range<usize>) -> Range<usize>) {
    let reason = if read.confidence < 80 { "the dateline was known by its form alone" } else { "" };
    if let Some(value) = read.place.clone() {
        let source = span(source(read.source.clone()));
        offer(&mut draft.wire.dateline, Field { value, confidence: read.confidence, source, reason });
    }
    if let Some((value, range)) = read.agency.clone() {
        let confidence = read.confidence.min(90);
        offer(&mut draft.wire.source, Field { value, confidence, source: span(source(range)), reason });
    }
    if let Some((date, range)) = read.date.clone() {
        draft.dateline_date = Some((date, span(source(range))));
    }
}
