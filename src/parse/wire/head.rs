//! The lines from the first on in; the fields above the copy out, and where the copy starts.

use std::ops::Range;

use crate::{
    diagnostic::{Diagnostic, Place},
    parse::{
        marks,
        wire::{
            Copy, Draft, Field, PieceKind, agency,
            byline::{self, BylineRead},
            dateline, dates, header,
            header::{Entry, Key},
            junk, layout,
            lines::{head, is_capitals, is_closed},
            offer, prose, span, words,
        },
    },
};

/// The longest headline, in characters; most are half of that.
const LONGEST: usize = 250;
/// Headlines above this length are doubted, in characters.
const LONG: usize = 160;

/// Reads down to the copy and returns the index of its first line. `notes` are lines of private notes.
pub fn read(copy: &Copy<'_>, notes: &[Range<usize>], draft: &mut Draft) -> usize {
    let mut headed = false;
    let mut decked = false;
    let mut i = 0;
    while let Some(line) = copy.lines.get(i) {
        let text = line.text(copy.text);
        if line.is_blank() {
            i += 1;
        } else if notes.iter().any(|note| note.contains(&i)) {
            draft.kinds[i] = PieceKind::Desk;
            i += 1;
        } else if let Some(kind) = furniture(copy, draft, i, headed) {
            draft.kinds[i] = kind;
            headed |= draft.wire.headline.is_some();
            i += 1;
        } else if !headed {
            match headline(copy, i) {
                Some((lines, field)) => {
                    draft.kinds[lines.clone()].fill(PieceKind::Headline);
                    offer(&mut draft.wire.headline, field);
                    i = lines.end;
                }
                None => return i,
            }
            headed = true;
        } else if let Some(read) = weak_byline(copy, i, text) {
            take_byline(draft, line.first, read);
            draft.kinds[i] = PieceKind::Byline;
            i += 1;
        } else if let Some((lines, field)) = summary(copy, i).filter(|_| !decked) {
            draft.kinds[lines.clone()].fill(PieceKind::Summary);
            offer(&mut draft.wire.summary, field);
            decked = true;
            i = lines.end;
        } else {
            return i;
        }
    }
    i
}

/// Lines that are neither headline nor copy, each read into its fields.
fn furniture(copy: &Copy<'_>, draft: &mut Draft, i: usize, headed: bool) -> Option<PieceKind> {
    let line = copy.lines.get(i)?;
    let text = line.text(copy.text);
    if text.len() > 1200 {
        return None;
    }
    if header::is_embargo(text) {
        embargo(copy, draft, i);
        return Some(PieceKind::Desk);
    }
    if let Some(entries) = header::crawled(text, copy.tz, copy.indian) {
        take(copy, draft, i, entries);
        return Some(PieceKind::Header);
    }
    if agency::is_desk_line(text, !headed) {
        return Some(PieceKind::Desk);
    }
    let entries = header::labelled(text, copy.tz, copy.indian);
    if !entries.is_empty() {
        take(copy, draft, i, entries);
        return Some(PieceKind::Header);
    }
    if junk::is_rule(text) {
        return Some(PieceKind::Rule);
    }
    if let Some((stamp, range)) = header::dated(text, copy.tz, copy.indian) {
        let entry = Entry { key: Key::Date, source: range, stamp: Some(stamp) };
        take(copy, draft, i, vec![Entry { stamp: entry.stamp.map(|s| less(s, 90)), ..entry }]);
        return Some(PieceKind::Date);
    }
    if junk::is_junk(text, !headed) {
        return Some(PieceKind::Junk);
    }
    if junk::is_caption(text) {
        super::body::doubt_caption(draft, line.range());
        return Some(PieceKind::Caption);
    }
    if let Some(read) = byline::strict(text) {
        take_byline(draft, line.first, read);
        return Some(PieceKind::Byline);
    }
    if headed && text.len() <= 40 && words::agency(text.trim_matches(['(', ')'])).is_some() {
        let name = text.trim_matches(['(', ')']);
        let value = words::agency(name).unwrap_or(name).to_owned();
        offer(
            &mut draft.wire.source,
            Field { value, confidence: 85, source: span(line.range()), reason: "" },
        );
        return Some(PieceKind::Header);
    }
    let alone =
        dateline::read(text, |_| false).filter(|read| read.end == text.len() && read.confidence >= 75)?;
    super::body::take_dateline(draft, &alone, |range| {
        line.first as usize + range.start..line.first as usize + range.end
    });
    Some(PieceKind::Dateline)
}

fn less(stamp: dates::Stamp, confidence: u8) -> dates::Stamp {
    dates::Stamp { confidence: stamp.confidence.min(confidence), ..stamp }
}

/// Carries the fields of a header line over.
fn take(copy: &Copy<'_>, draft: &mut Draft, i: usize, entries: Vec<Entry>) {
    let Some(line) = copy.lines.get(i) else { return };
    let text = line.text(copy.text);
    for entry in entries {
        let range = line.first as usize + entry.source.start..line.first as usize + entry.source.end;
        let source = span(range.clone());
        let value = text.get(entry.source.clone()).unwrap_or("");
        let string = |confidence: u8| Field { value: marks::plain(value), confidence, source, reason: "" };
        let wire = &mut draft.wire;
        match (entry.key, entry.stamp) {
            (Key::Date | Key::Updated, Some(stamp)) => {
                let Some(moment) = stamp.moment else {
                    let written_year = dates::date(value).is_some_and(|date| date.year.is_none());
                    let read = dates::date(value).filter(|_| written_year);
                    match read.zip(year(copy)).and_then(|(read, year)| read.on(year)) {
                        Some(day) => offer(
                            &mut wire.date,
                            Field {
                                value: crate::model::Moment::day(day),
                                confidence: 75,
                                source,
                                reason: "the year was taken from the file's name",
                            },
                        ),
                        None => bad_date(copy, draft, range, written_year),
                    }
                    continue;
                };
                let field =
                    Field { value: moment, confidence: stamp.confidence, source, reason: stamp.reason };
                let slot = if entry.key == Key::Date { &mut wire.date } else { &mut wire.updated };
                offer(slot, field);
            }
            (Key::Headline, _) => offer(&mut wire.headline, string(95)),
            (Key::Source, _) => offer(&mut wire.source, string(95)),
            (Key::Section, _) => offer(&mut wire.section, string(95)),
            (Key::Dateline, _) => {
                offer(&mut wire.dateline, Field { value: words::recase(value), ..string(95) })
            }
            (Key::Summary, _) => offer(&mut wire.summary, string(95)),
            (Key::Byline, _) => {
                let read = byline::strict(&format!("By {value}"));
                let names = read.map(|read| read.authors.into_iter().map(|(name, _)| name).collect());
                let names: Vec<String> = names.unwrap_or_else(|| vec![value.to_owned()]);
                wire.byline.extend(names.into_iter().map(|value| Field { value, ..string(95) }));
            }
            (Key::Date | Key::Updated, None) => {}
        }
    }
}

fn year(copy: &Copy<'_>) -> Option<i16> {
    let path = copy.path.as_str();
    dates::of_path(path).map(|day| day.year()).or_else(|| dates::year_of_path(path))
}

fn bad_date(copy: &Copy<'_>, draft: &mut Draft, range: Range<usize>, yearless: bool) {
    let value = copy.text.get(range.clone()).unwrap_or("");
    let (message, help) = match yearless {
        true => {
            (format!("the date `{value}` has no year"), "name the file after the day: `2025-07-10-slug.txt`")
        }
        false => (format!("`{value}` is not a date"), "write it as YYYY-MM-DD"),
    };
    let place = Place::in_source(copy.path, copy.text, range);
    draft.wire.diagnostics.push(Diagnostic::warning("bad-date", message).at(place).help(help));
}

fn embargo(copy: &Copy<'_>, draft: &mut Draft, i: usize) {
    let Some(line) = copy.lines.get(i) else { return };
    let text = line.text(copy.text);
    let read = header::embargo(text, copy.tz, copy.indian);
    let found = read.and_then(|(stamp, range)| stamp.moment.map(|moment| (moment, range)));
    match found {
        Some((value, range)) => {
            let source = span(line.first as usize + range.start..line.first as usize + range.end);
            let (confidence, reason) = match value.time {
                Some(_) => (92, ""),
                None => (70, "the embargo names no certain time, so it ends with the start of the day"),
            };
            offer(&mut draft.wire.embargo, Field { value, confidence, source, reason });
        }
        None => draft.wire.diagnostics.push(
            Diagnostic::warning("embargo", "the copy is under an embargo whose end could not be read")
                .at(Place::in_source(copy.path, copy.text, line.range()))
                .help("give `publish_at` in front matter"),
        ),
    }
}

fn take_byline(draft: &mut Draft, base: u32, read: BylineRead) {
    let place = |range: &Range<usize>| span(base as usize + range.start..base as usize + range.end);
    let reason = "the byline was known by its form alone";
    let field = |value: String, range: &Range<usize>, confidence: u8| {
        let reason = if confidence < 90 { reason } else { "" };
        Field { value, confidence, source: place(range), reason }
    };
    for (name, range) in read.authors {
        if !draft.wire.byline.iter().any(|held| held.value == name) {
            draft.wire.byline.push(field(name, &range, read.confidence));
        }
    }
    if let Some((name, range)) = read.outlet {
        offer(&mut draft.wire.source, field(name, &range, 80));
    }
}

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
    short && byline::strict(text).is_some()
        || short && header::dated(text, copy.tz, copy.indian).is_some()
        || short && !header::labelled(text, copy.tz, copy.indian).is_empty()
        || has_dateline(head(text, 200))
}

fn has_dateline(text: &str) -> bool {
    dateline::read(text, |_| false).is_some_and(|read| read.confidence >= 85)
}

/// The next line below `i` that is not blank.
fn below(copy: &Copy<'_>, i: usize) -> Option<usize> {
    (i..copy.lines.len()).take(2).find(|i| !copy.lines[*i].is_blank())
}

/// The headline at line `i`, if its paragraph is one.
fn headline(copy: &Copy<'_>, i: usize) -> Option<(Range<usize>, Field<String>)> {
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
    let value = marks::plain(joined.text.trim_start_matches('^').trim_end_matches(['<', '^']).trim());
    Some((lines, Field { value, confidence, source: span(start..end), reason }))
}

/// Whether `text` ends as a sentence does and not with `U.S.`
fn ends_sentence(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or("");
    let abbreviated = word.len() <= 8 && word.trim_end_matches('.').contains('.') && is_capitals(word);
    is_closed(text) && !abbreviated
}

fn weak_byline(copy: &Copy<'_>, i: usize, text: &str) -> Option<BylineRead> {
    let signed = || below(copy, i + 1).is_some_and(|next| is_sign(copy, next));
    byline::weak(text).or_else(|| byline::bare(text).filter(|_| signed()))
}

/// A line between headline and copy that is neither.
fn summary(copy: &Copy<'_>, i: usize) -> Option<(Range<usize>, Field<String>)> {
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

/// Whether the top or the end of the copy writes a time as India, Ireland and Israel do.
pub fn mentions_ist(text: &str) -> bool {
    head(text, 4000).contains("IST")
}
