//! A path and copy in; what was read of it, on one line, out.

use dateline::{
    model::{BlockKind, MarkTarget, Moment},
    parse::wire::{Field, print, wire},
    path::SourcePath,
};
use jiff::tz::TimeZone;

/// Two paragraphs of which most copy of the tests is made; results name them by `LEDE` and `NEXT`.
pub const LEDE: &str = "The envoys of both countries met in Kuala Lumpur on Thursday and spoke for an hour, \
                        an official said.";
pub const NEXT: &str = "They will meet again in the autumn, he said, at a place that has not been chosen.";

/// All fields, doubts (`?`), faults (`!`), blocks (`>`, `##`, `*`) and marks. `text` may hold `LEDE` and `NEXT`. The
/// pieces must give the bytes back.
pub fn show(path: &str, text: &str) -> String {
    let text = text.replace("LEDE", LEDE).replace("NEXT", NEXT);
    let wire = wire(&SourcePath::new(path), &text, &TimeZone::UTC);
    assert_eq!(print(&wire.pieces, &text), text);
    let mut out = Vec::new();
    let moment = |f: &Field<Moment>| f.value.time.map_or(f.value.day.to_string(), |time| time.to_string());
    let all =
        |fields: &[Field<String>]| fields.iter().map(|f| f.value.clone()).collect::<Vec<_>>().join(" + ");
    let strings = [
        ("title", &wire.headline),
        ("summary", &wire.summary),
        ("source", &wire.source),
        ("section", &wire.section),
        ("dateline", &wire.dateline),
    ];
    out.extend(strings.iter().filter_map(|(label, f)| f.as_ref().map(|f| format!("{label}: {}", f.value))));
    let moments = [("date", &wire.date), ("updated", &wire.updated), ("embargo", &wire.embargo)];
    out.extend(moments.iter().filter_map(|(label, f)| f.as_ref().map(|f| format!("{label}: {}", moment(f)))));
    let lists = [("points", &wire.key_points), ("by", &wire.byline), ("credit", &wire.credits)];
    out.extend(lists.iter().filter(|(_, f)| !f.is_empty()).map(|(label, f)| format!("{label}: {}", all(f))));
    out.extend(wire.doubts.iter().map(|d| format!("?{} {}", d.field, d.confidence)));
    out.extend(wire.diagnostics.iter().map(|d| format!("!{}", d.code)));
    out.extend(wire.prose.blocks.iter().map(|block| {
        let label = match block.kind {
            BlockKind::Heading(_) => "##",
            BlockKind::Item => "*",
            _ => ">",
        };
        format!("{label} {}", wire.prose.slice(block.span))
    }));
    out.extend(wire.prose.marks.iter().map(|mark| match &mark.target {
        MarkTarget::Entity(name) => format!("[{} = {name}]", wire.prose.slice(mark.span)),
        MarkTarget::Leave => format!("[{} !]", wire.prose.slice(mark.span)),
    }));
    out.join(" | ").replace(LEDE, "LEDE").replace(NEXT, "NEXT")
}
