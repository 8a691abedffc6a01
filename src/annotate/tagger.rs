//! A text, its tokens and its sentences enter; the spans that name people, places, organisations, events and other
//! things leave, in order, without overlap.
//!
//! 1. [`document`] interns words, cuts chunks around capital letters and gathers evidence over the document.
//! 2. [`features`] and [`decode`] label each chunk with a linear-chain model in integers ([`model`]).
//! 3. [`revise`] labels each chunk again, knowing what was said of the same names elsewhere in the document.
//! 4. [`agree`] gives doubtful names the type of which the document is certain.
//! 5. [`titles`] separates titles and roles from the people they stand before.

pub mod agree;
pub mod classes;
pub mod decode;
pub mod document;
pub mod evidence;
pub mod features;
pub mod lexicon;
pub mod memory;
pub mod model;
pub mod revise;
pub mod table;
pub mod titles;
pub mod weights;
pub mod word;

use std::ops::Range;

use crate::annotate::tagger::document::Document;
use crate::text::token::Token;

pub use crate::annotate::tagger::model::Model;

/// What a span names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NerKind {
    /// A person.
    Person,
    /// A country, city, region, river, building.
    Place,
    /// A company, party, ministry, team, band.
    Organization,
    /// A work, product, nationality, language, law.
    Misc,
    /// A war, election, tournament, conference.
    Event,
}

impl NerKind {
    /// All kinds, in the order of the model's labels.
    pub const ALL: [NerKind; 5] =
        [NerKind::Person, NerKind::Place, NerKind::Organization, NerKind::Misc, NerKind::Event];
}

/// Which part of the tagger made a span, or changed it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The model alone, from the words and their neighbourhood.
    Model,
    /// The same name, more certain elsewhere in the text.
    SameName,
    /// A longer name in the text that begins or ends with it (`Smith` and `John Smith`).
    FullName,
    /// An acronym and its long form in the text support one another.
    Acronym,
    /// Its neighbours in a list.
    List,
    /// The words of the name, as used elsewhere in the text.
    Document,
    /// The caller knew the name.
    Known,
}

/// A name that the caller knows already.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The tokens it covers.
    pub tokens: Range<u32>,
    /// What it names.
    pub kind: NerKind,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it names.
    pub kind: NerKind,
    /// The share of spans with such a margin that were right on the development sets, 0 to 1; at least that of people
    /// behind a title for one of these.
    pub confidence: f32,
    /// The tokens it covers.
    pub tokens: Range<u32>,
    /// What made it.
    pub evidence: Evidence,
    /// The title or role right before a person, in tokens.
    pub title: Option<Range<u32>>,
}

/// Finds the names of a text. `sentences` must be ranges of `tokens`, in order; tokens must be of `text`.
pub fn tag(model: &Model<'_>, text: &str, tokens: &[Token], sentences: &[Range<u32>]) -> Vec<Span> {
    tag_with_margins(model, text, tokens, sentences).into_iter().map(|(span, _)| span).collect()
}

/// Like [`tag`], but a stretch of capitals that is exactly one of the names in `known` (in order of their starts) is
/// taken at its word rather than decoded: the names of a rich registry cost nothing.
pub fn tag_known(
    model: &Model<'_>,
    text: &str,
    tokens: &[Token],
    sentences: &[Range<u32>],
    known: &[Known],
) -> Vec<Span> {
    const SURE: f32 = 0.98;
    let mut memory = model.memories.take();
    let mut document = Document::remembered(text, tokens, sentences, &model.lexicon, &mut memory);
    let mut taken: Vec<(Span, f32)> = Vec::new();
    document.chunks.retain(|chunk| {
        let at = known.partition_point(|k| k.tokens.start < chunk.start);
        let same = known[at..].iter().take_while(|k| k.tokens.start == chunk.start);
        let Some(name) = same.into_iter().find(|k| k.tokens.end == chunk.end) else { return true };
        taken.push((
            Span {
                start: tokens[name.tokens.start as usize].start,
                end: tokens[name.tokens.end as usize - 1].end,
                kind: name.kind,
                confidence: SURE,
                tokens: name.tokens.clone(),
                evidence: Evidence::Known,
                title: None,
            },
            0.0,
        ));
        false
    });
    let mut spans = model::spans(model, &document, tokens, &mut memory.scratch);
    model.memories.give(memory);
    spans.extend(taken);
    spans.sort_by_key(|(span, _)| span.start);
    titles::attach(&document, tokens, &mut spans);
    spans.into_iter().map(|(span, _)| span).collect()
}

/// Like [`tag`], with the margin of each span in natural logarithms: what confidence is calibrated from.
pub fn tag_with_margins(
    model: &Model<'_>,
    text: &str,
    tokens: &[Token],
    sentences: &[Range<u32>],
) -> Vec<(Span, f32)> {
    let mut memory = model.memories.take();
    let document = Document::remembered(text, tokens, sentences, &model.lexicon, &mut memory);
    let mut spans = model::spans(model, &document, tokens, &mut memory.scratch);
    model.memories.give(memory);
    titles::attach(&document, tokens, &mut spans);
    spans
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::{Model, NerKind, tag};
    use crate::text::sentence::sentences;
    use crate::text::token::tokenize;

    const WEIGHTS: &[u8] = include_bytes!("../../data/weights/tagger.bin");

    fn found(text: &str) -> String {
        let model = Model::read(WEIGHTS).expect("the embedded weights");
        let tokens = tokenize(text);
        let cuts = sentences(text, &tokens);
        let spans = tag(&model, text, &tokens, &cuts);
        let mut last = 0;
        let mut out = Vec::new();
        for span in spans {
            assert!(span.start >= last && span.end > span.start, "{text}");
            assert!((0.0..=1.0).contains(&span.confidence), "{text}");
            last = span.end;
            let kind = match span.kind {
                NerKind::Person => "P",
                NerKind::Place => "L",
                NerKind::Organization => "O",
                NerKind::Misc | NerKind::Event => continue,
            };
            out.push(format!("{kind}:{}", &text[span.start as usize..span.end as usize]));
        }
        out.join(" ")
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(found(text), expect, "{text}");
    }

    #[test]
    fn finds_names() {
        check("", "");
        check("The talks ended without a result.", "");
        check("President Vladimir Putin flew to Paris on Monday.", "P:Vladimir Putin L:Paris");
        check("Shares of Volkswagen fell in Frankfurt.", "O:Volkswagen L:Frankfurt");
        check("He was born in Nairobi, Kenya.", "L:Nairobi L:Kenya");
        check("The Ministry of Defence said so.", "O:Ministry of Defence");
        check("Russia’s Foreign Minister Sergey Lavrov spoke.", "L:Russia P:Sergey Lavrov");
    }

    #[test]
    fn the_document_decides() {
        check("Angela Merkel flew to Rome. Reporters asked Merkel.", "P:Angela Merkel L:Rome P:Merkel");
        check(
            "The International Atomic Energy Agency (IAEA) met in Vienna. The IAEA said nothing.",
            "O:International Atomic Energy Agency O:IAEA L:Vienna O:IAEA",
        );
        check(
            "The IAEA met in Vienna. The International Atomic Energy Agency said nothing.",
            "O:IAEA L:Vienna O:International Atomic Energy Agency",
        );
        // An invented country: the list says what it is.
        check("It was signed by Germany, France, Velmark and Italy.", "L:Germany L:France L:Velmark L:Italy");
        check(
            "MERKEL ARRIVES IN ROME\nAngela Merkel arrived in Rome on Monday.",
            "P:MERKEL L:ROME P:Angela Merkel L:Rome",
        );
        check("PARIS, Oct 3 (Reuters) - The euro fell on Friday.", "L:PARIS O:Reuters");
        check("Lt. Gen. John Smith and President Emmanuel Macron met.", "P:John Smith P:Emmanuel Macron");
        check("Israel’s army entered Gaza.", "L:Israel L:Gaza");
        check("Russian-American talks began in Oslo.", "L:Oslo");
        check("Chelsea 2 Everton 1\nLeeds 0 Barcelona 3", "O:Chelsea O:Everton O:Leeds O:Barcelona");
        check("The Washington Post reported that Washington would act.", "O:Washington Post L:Washington");
    }

    #[test]
    fn what_was_read_before_changes_nothing() {
        let used = Model::read(WEIGHTS).expect("the embedded weights");
        let check = |text: &str| {
            let fresh = used.clone();
            let tokens = tokenize(text);
            let cuts = sentences(text, &tokens);
            let expect = tag(&fresh, text, &tokens, &cuts);
            assert_eq!(tag(&used, text, &tokens, &cuts), expect, "{text}");
            assert_eq!(tag(&used, text, &tokens, &cuts), expect, "{text}");
        };
        check("May met Jordan in Paris. Theresa May of Britain said so in May.");
        check("Paris Hilton met Michael Jordan. It rained in Jordan, and Paris said nothing.");
        check("PARIS HILTON MEETS JORDAN");
        check("THE JORDAN RIVER IS LOW. The U.S. and the UN met in Jordan; ' 's 5 5pm.");
        // More words than are kept: they are forgotten.
        let many: Vec<String> = (0..8_300u32).map(|i| format!("Ab{i}x of Velm{i}")).collect();
        check(&many.join(" said, and "));
        check("Paris Hilton met Michael Jordan. It rained in Jordan, and Paris said nothing.");
    }

    #[test]
    fn survives_anything() {
        let units = [
            "A",
            "Mr. ",
            "U.S. ",
            "a b\n",
            "(UN) ",
            "É",
            "Of the And ",
            "’s ",
            "X-",
            "\u{301}",
            "שלום ",
            "John Smith, ",
        ];
        for unit in units {
            found(&unit.repeat(4_000));
        }
        for cut in (0..WEIGHTS.len()).step_by(400_001) {
            assert!(Model::read(&WEIGHTS[..cut]).is_none());
        }
        let mut wild = WEIGHTS.to_vec();
        wild.iter_mut().skip(8).step_by(97).for_each(|b| *b = !*b);
        if let Some(model) = Model::read(&wild) {
            let text = "President Vladimir Putin of Russia met the U.S. Secretary of State.";
            let tokens = tokenize(text);
            tag(&model, text, &tokens, &sentences(text, &tokens));
        }
    }
}
