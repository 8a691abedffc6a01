//! The lines from the first on in; the fields above the copy out, and where the copy starts.

use std::ops::Range;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::Moment,
    parse::{
        marks,
        wire::{
            Copy, Draft, Field, PieceKind, agency, body,
            byline::{self, BylineRead},
            dateline, dates, header,
            header::{Entry, Key},
            headline, junk, layout,
            lines::{head, tail},
            offer, span, words,
        },
    },
};

/// No file is helped by more faults or authors than this, and each costs a walk over the file.
const MOST: usize = 50;

/// Reads down to the copy and returns the index of its first line. Lines that `draft` knows as desk lines already
/// are passed over.
pub fn read(copy: &Copy<'_>, draft: &mut Draft) -> usize {
    let mut headed = false;
    let mut decked = false;
    let mut i = 0;
    while let Some(line) = copy.lines.get(i) {
        let text = line.text(copy.text);
        if line.is_blank() || draft.kinds.get(i) == Some(&PieceKind::Desk) {
            i += 1;
        } else if let Some(kind) = furniture(copy, draft, i, headed) {
            draft.kinds[i] = kind;
            headed |= draft.wire.headline.is_some();
            i += 1;
        } else if !headed && layout::is_item(text) {
            // Points without a headline above them.
            let Some((lines, points)) = headline::key_points(copy, i) else { return i };
            take_points(draft, lines.clone(), points);
            i = lines.end;
        } else if !headed {
            match headline::headline(copy, i) {
                Some((lines, field)) => {
                    draft.kinds[lines.clone()].fill(PieceKind::Headline);
                    offer(&mut draft.wire.headline, field);
                    i = lines.end;
                }
                None => return i,
            }
            headed = true;
        } else if let Some(read) = headline::weak_byline(copy, i, text) {
            take_byline(draft, line.first, read);
            draft.kinds[i] = PieceKind::Byline;
            i += 1;
        } else if let Some((lines, points)) = headline::key_points(copy, i) {
            take_points(draft, lines.clone(), points);
            i = lines.end;
        } else if let Some((lines, field)) = headline::summary(copy, i).filter(|_| !decked) {
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

fn take_points(draft: &mut Draft, lines: Range<usize>, points: Vec<Field<String>>) {
    let kinds = draft.kinds[lines].iter_mut().filter(|kind| **kind != PieceKind::Blank);
    kinds.for_each(|kind| *kind = PieceKind::KeyPoint);
    draft.wire.key_points.extend(points);
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
    if agency::is_desk_line(text, true) || !headed && agency::is_heading_code(text) {
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
    if junk::is_junk(text, true) {
        return Some(PieceKind::Junk);
    }
    if junk::is_caption(text) {
        body::doubt_caption(draft, line.range());
        return Some(PieceKind::Caption);
    }
    if let Some(read) = byline::strict(text) {
        take_byline(draft, line.first, read);
        return Some(PieceKind::Byline);
    }
    if i > 0 && draft.kinds.get(i - 1) == Some(&PieceKind::Byline) {
        if byline::is_post(text) {
            return Some(PieceKind::Byline);
        }
        if let Some(read) = byline::bare(text) {
            let reason = "a line under the byline was taken for the source";
            let outlet = read.authors.into_iter().next().map(|(value, _)| value).unwrap_or_default();
            let field = Field { value: outlet, confidence: 70, source: span(line.range()), reason };
            offer(&mut draft.wire.source, field);
            return Some(PieceKind::Byline);
        }
    }
    // Above the headline only where something stands below.
    let below = copy.lines.get(i + 1..).is_some_and(|rest| rest.iter().take(2).any(|l| !l.is_blank()));
    if (headed || below) && text.len() <= 40 && words::agency(text.trim_matches(['(', ')'])).is_some() {
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
    body::take_dateline(draft, &alone, |range| {
        line.first as usize + range.start..line.first as usize + range.end
    });
    Some(PieceKind::Dateline)
}

fn less(stamp: dates::Stamp, confidence: u8) -> dates::Stamp {
    dates::Stamp { confidence: stamp.confidence.min(confidence), ..stamp }
}

/// Carries the fields of a header line over.
pub fn take(copy: &Copy<'_>, draft: &mut Draft, i: usize, entries: Vec<Entry>) {
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
                                value: Moment::day(day),
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
    if draft.wire.diagnostics.len() >= MOST {
        return;
    }
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
        None if draft.wire.diagnostics.len() >= MOST => {}
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
        let held = &draft.wire.byline;
        if held.len() < MOST && !held.iter().any(|held| held.value == name) {
            draft.wire.byline.push(field(name, &range, read.confidence));
        }
    }
    if let Some((name, range)) = read.outlet {
        offer(&mut draft.wire.source, field(name, &range, 80));
    }
}

/// Whether the top or the end of the copy writes a time as India, Ireland and Israel do.
pub fn mentions_ist(text: &str) -> bool {
    head(text, 4000).contains("IST") || tail(text, 1000).contains("IST")
}
