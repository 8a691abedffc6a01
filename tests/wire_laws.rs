//! Laws of the reader of raw copy: no byte is lost, spans are sound, nothing panics, time is linear.

use dateline::{
    model::{MarkTarget, Node, Prose},
    parse::{
        decode::{decode, faults},
        marks,
        wire::{PieceKind, Wire, print, wire},
    },
    path::SourcePath,
};
use jiff::tz::TimeZone;
use proptest::{
    prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof},
    proptest,
};

/// Lines of which random copy is made.
const LINES: [&str; 48] = [
    " date 2025-07-10 Example Press / international",
    "Envoys meet in Malaysia",
    "KUALA LUMPUR, Malaysia (AP) — The envoys met on Thursday, an official said.",
    "Kuala Lumpur: The envoys met on Thursday.",
    "Kyiv • UNN",
    "NEW DELHI, Jul 10 (PTI) The envoys met.",
    "By JANE DOE, Example Press",
    "Jane Doe in Kyiv",
    "Updated: 10-07-2025 18:12 IST | Created: 09-07-2025 11:00 IST",
    "Published: July 10, 2025 6:12 p.m. EDT",
    "July 10, 2025",
    "Home | World | Asia",
    "Advertisement",
    "BC-EU--Summit,1st Ld",
    "^Envoys meet<",
    "^",
    "URGENT",
    "420 words",
    "Eds: Adds quotes.",
    "EMBARGOED UNTIL 00:01 GMT, 10 July 2025",
    "Photo: The envoys.",
    "File photo",
    "- AFP",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "They said it was over. (AP)",
    "“We shall see,” said one. — Reuters",
    "What comes next",
    "What comes next",
    "• One thing",
    "- Another thing",
    "* * *",
    "-30-",
    "###",
    "ENDS",
    "NOT FOR PUBLICATION",
    "EDITOR'S NOTE: not for publication. SECRET",
    "[[Marco Rubio]] met [[sergey-lavrov|the minister]] in [[!Jordan]].",
    "[[a stray bracket] and [[another|",
    "a broken\tline  with   blanks\u{A0}and \u{A0} more\u{2028}so\u{FEFF}",
    "The envoys of the two countries met on Thursday in the capital",
    "and spoke for almost an hour about the terms of a truce, said",
    "an official who was there, and who had seen them shake hands.",
    "Переговоры прошли в Киеве, сообщили власти.",
    "双方在吉隆坡会晤。",
    "e\u{301}\u{300}🇺🇦👩‍👩‍👧",
    "",
    "",
    "   ",
];

fn copy() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        8 => prop::sample::select(LINES.to_vec()).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|s| s.replace('\0', " ")),
        1 => "[A-Z]{1,8}[,:—( ]{1,3}[A-Za-z .,:()\\[\\]|!-]{0,40}",
    ];
    let end =
        prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n"), 1 => Just("")];
    prop::collection::vec((line, end), 0..24)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A copy with one stretch cut out and put in elsewhere.
fn mutated() -> impl Strategy<Value = String> {
    (copy(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(text, a, b)| {
        let chars: Vec<char> = text.chars().collect();
        if chars.is_empty() {
            return text;
        }
        let (a, b) = (a.index(chars.len()), b.index(chars.len()));
        let (a, b) = (a.min(b), a.max(b));
        chars[b..].iter().chain(&chars[a..b]).chain(&chars[..a]).collect()
    })
}

/// Breaks `text` before the column `width`, as agencies did.
fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    let mut width = width - indent;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            width += if out.contains('\n') { 0 } else { indent };
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// Sentences of which paragraphs are made.
const SENTENCES: [&str; 8] = [
    "The envoys of the two countries met on Thursday in the capital and spoke for almost an hour.",
    "“We shall see,” said one of them; the other shook his head and left without a word to the press.",
    "Neither side wished to say more.",
    "An official of the ministry, who did not want to be named, said that a second meeting was planned.",
    "U.S. Secretary of State Jane Doe had flown in from Riyadh, where she had met the king and his ministers.",
    "It rained.",
    "Trade between the two fell by 12 percent in 2024, according to figures of the World Bank in Washington.",
    "He did not say when, where or with whom.",
];

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SENTENCES.to_vec()), 4..8)
        .prop_map(|sentences| sentences.join(" "))
}

fn read(text: &str) -> Wire {
    wire(&SourcePath::new("content/2025-07-10-talks.txt"), text, &TimeZone::UTC)
}

fn holds_all(text: &str, wire: &Wire) {
    assert_eq!(print(&wire.pieces, text), text);
    let mut at = 0;
    for piece in &wire.pieces {
        assert_eq!(piece.source.start, at, "{:?}", wire.pieces);
        assert!(piece.source.end > at && text.is_char_boundary(piece.source.end as usize));
        at = piece.source.end;
    }
    assert_eq!(at as usize, text.len());
}

fn is_sound(source: &str, prose: &Prose) {
    let text = &prose.text;
    let boundary = |start: u32, end: u32| {
        assert!(
            start <= end && text.get(start as usize..end as usize).is_some(),
            "{start}..{end} of {text:?}"
        );
    };
    let mut at = 0;
    for block in &prose.blocks {
        boundary(block.span.start, block.span.end);
        assert_eq!(block.span.start, at);
        let words = prose.slice(block.span);
        assert!(
            !words.is_empty() && words.trim() == words && !words.contains(['\n', '\r', '\t']),
            "{words:?}"
        );
        assert_eq!(text.as_bytes().get(block.span.end as usize), Some(&b'\n'));
        at = block.span.end + 1;
    }
    assert_eq!(at as usize, text.len());
    let mut open = Vec::new();
    let mut shown = Vec::new();
    for node in &prose.nodes {
        match node {
            Node::Open(element) => open.push(element.clone()),
            Node::Close(element) => assert_eq!(open.pop().as_ref(), Some(element)),
            Node::Text(span) => shown.push(*span),
            Node::Rule => {}
            other => panic!("wire copy has no {other:?}"),
        }
    }
    assert!(open.is_empty());
    assert_eq!(shown, prose.blocks.iter().map(|block| block.span).collect::<Vec<_>>());
    let mut at = 0;
    let mut covered = vec![false; text.len()];
    for segment in &prose.segments {
        assert!(segment.text.start >= at && segment.text.start < segment.text.end);
        boundary(segment.text.start, segment.text.end);
        let from = segment.source as usize;
        assert_eq!(source.get(from..from + segment.text.len()), Some(prose.slice(segment.text)));
        covered[segment.text.range()].fill(true);
        at = segment.text.end;
    }
    let gaps = covered.iter().zip(text.bytes()).filter(|(covered, _)| !**covered);
    assert!(gaps.into_iter().all(|(_, byte)| matches!(byte, b' ' | b'\n')));
    let mut at = 0;
    for mark in &prose.marks {
        boundary(mark.span.start, mark.span.end);
        assert!(mark.span.start >= at);
        let source = source.get(mark.source.range()).unwrap_or("");
        assert!(source.starts_with("[[") && source.ends_with("]]"), "{source:?}");
        at = mark.span.end;
    }
    let left = prose.marks.iter().filter(|mark| mark.target == MarkTarget::Leave).map(|mark| mark.span);
    assert_eq!(prose.masks, left.collect::<Vec<_>>());
}

fn all_laws(text: &str) {
    let wire = read(text);
    holds_all(text, &wire);
    is_sound(text, &wire.prose);
    for doubt in &wire.doubts {
        assert!(doubt.confidence < 80 && !doubt.reason.is_empty());
        assert!(text.get(doubt.source.range()).is_some(), "{doubt:?}");
    }
    let strings = [&wire.headline, &wire.summary, &wire.source, &wire.section, &wire.dateline];
    for field in strings.into_iter().flatten().chain(&wire.byline).chain(&wire.credits) {
        assert!(text.get(field.source.range()).is_some() && field.value.trim() == field.value, "{field:?}");
    }
    // What stands on pieces that are no copy is not in the prose.
    for segment in &wire.prose.segments {
        let i = wire.pieces.partition_point(|piece| piece.source.end <= segment.source);
        let kind = wire.pieces[i].kind;
        assert!(matches!(kind, PieceKind::Body | PieceKind::Subheadline), "{kind:?} {segment:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_for_any_copy(text in copy()) {
        all_laws(&text);
    }

    #[test]
    fn laws_hold_for_broken_copy(text in mutated()) {
        all_laws(&text);
    }

    #[test]
    fn laws_hold_for_any_text(text in any::<String>()) {
        all_laws(&text.replace('\0', "\n"));
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let decoded = decode(&bytes);
        let wire = read(&decoded.text);
        holds_all(&decoded.text, &wire);
        faults(&SourcePath::new("a.txt"), &decoded);
    }

    #[test]
    fn secrets_stay_out(before in copy(), after in copy(), mark in prop::sample::select(vec![
        "NOT FOR PUBLICATION", "*** not for publication ***", "EDITOR'S NOTE: not for publication",
        "Notes to editors: this is not for publication", "The following is not for publication:",
    ])) {
        let lede = "The envoys of the two countries met on Thursday, an official said in the capital.";
        let text = format!("{before}\n\n{lede}\n\n{mark}\n{after}\nSESAME\n\nSESAME {after}");
        let wire = read(&text);
        assert!(!wire.prose.text.contains("SESAME"));
        assert!(wire.headline.is_none_or(|field| !field.value.contains("SESAME")));
    }

    #[test]
    fn wrapped_copy_reads_as_unwrapped(
        paragraphs in prop::collection::vec(paragraph(), 3..7),
        width in 60usize..=80,
        separator in prop::sample::select(vec!["\n\n", "\n   ", "\n\n   "]),
        ends in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let indent = separator.trim_start_matches('\n');
        let body: Vec<String> = paragraphs.iter().map(|p| wrapped(p, indent.len(), width)).collect();
        let text = format!("Envoys meet\n{indent}{}\n", body.join(separator)).replace('\n', ends);
        let wire = read(&text);
        let blocks: Vec<&str> = wire.prose.blocks.iter().map(|block| wire.prose.slice(block.span)).collect();
        assert_eq!(blocks, paragraphs, "{text}");
    }

    #[test]
    fn marks_stand_in_order(text in "[\\[\\]|!a é]{0,40}") {
        let mut at = 0;
        for found in marks::find(&text) {
            assert!(found.source.start >= at && found.source.start < found.shown.start);
            assert!(found.shown.end < found.source.end && !text[found.shown.clone()].trim().is_empty());
            at = found.source.end;
        }
    }
}

#[test]
fn binary_gives_one_piece() {
    let text = "a\0b";
    let wire = read(text);
    holds_all(text, &wire);
    assert_eq!(wire.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["not-text"]);
    assert!(wire.prose.text.is_empty());
}

/// 32 times the text takes some 32 times the time; a quadratic reader would take 1024 times.
#[test]
fn time_is_linear() {
    let body = "The envoys met on Thursday, an official said, and will meet again. ";
    let check = |name: &str, unit: &str| {
        // The best of three: other programs share the machine.
        let time = |size: usize| {
            let text = unit.repeat(size / unit.len());
            let once = |_| {
                let start = std::time::Instant::now();
                let wire = read(&text);
                assert_eq!(wire.pieces.last().map(|piece| piece.source.end as usize), Some(text.len()));
                start.elapsed().as_secs_f64()
            };
            (0..3).map(once).fold(f64::INFINITY, f64::min)
        };
        let (small, large) = (time(20_000).max(0.0005), time(640_000));
        assert!(large / small < 300.0, "{name}: {small} s, then {large} s for 32 times the text");
    };
    check("one line", body);
    check("paragraphs", &format!("{body}\n\n"));
    check("short lines", "Rome 1\nParis\n");
    check("blank lines", " \n\t\r\n");
    check("open marks", "[[");
    check("marks", "[[a|b]] ");
    check("headings", &format!("{body}\n\nSame\n\n"));
    check("brackets", "(a ");
    check("capitals", "ROME, ");
    check("stops", "A. ");
    check("dashes", "— ");
    check("notes", "EDITOR'S NOTE: a\n");
    check("private notes", "EDITOR'S NOTE: not for publication\n\n");
    check("bad dates", "Date: 2025-13-45\n");
    check("bylines", "By Jane Doe\n");
    check("blanks", "a  ");
}
