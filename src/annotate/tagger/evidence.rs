//! A prepared document enters; what it shows about each of its words leaves, as bits.

use std::ops::Range;

use crate::annotate::tagger::classes;
use crate::annotate::tagger::document::{Chunk, Document, Setting};
use crate::annotate::tagger::lexicon::{Lexicon, kind, list};

/// Bits of evidence about a folded word, gathered over the document.
pub mod bit {
    /// Seen in lower case.
    pub const LOWER: u32 = 1;
    /// Seen with a capital inside a plain sentence.
    pub const MIDDLE: u32 = 1 << 1;
    /// After a given name.
    pub const AFTER_GIVEN: u32 = 1 << 2;
    /// After a title.
    pub const AFTER_TITLE: u32 = 1 << 3;
    /// A run that ends with it is followed or preceded by a verb of speech.
    pub const SPEAKS: u32 = 1 << 4;
    /// A run of it alone follows `in`, `at`, `near`.
    pub const WHERE: u32 = 1 << 5;
    /// In a run that ends with an organisation's last word.
    pub const ORG_RUN: u32 = 1 << 6;
    /// Inside a listed person of two words or more.
    pub const LISTED_PERSON: u32 = 1 << 7;
    /// Inside a listed organisation of two words or more.
    pub const LISTED_ORG: u32 = 1 << 8;
    /// Inside a listed place of two words or more.
    pub const LISTED_PLACE: u32 = 1 << 9;
    /// First in a run of two or more.
    pub const LEADS: u32 = 1 << 10;
    /// Last in a run of two or more.
    pub const CLOSES: u32 = 1 << 11;
    /// Alone.
    pub const ALONE: u32 = 1 << 12;
    /// Followed by `'s`.
    pub const OWNS: u32 = 1 << 13;
    /// Alone in brackets after a longer run.
    pub const BRACKETED: u32 = 1 << 14;
    /// All capitals in a plain sentence.
    pub const UPPER: u32 = 1 << 15;
    /// Alone after `the`.
    pub const AFTER_THE: u32 = 1 << 16;
    /// After an initial, or before one.
    pub const INITIAL: u32 = 1 << 18;
    /// Before or after a word of business.
    pub const BUSINESS: u32 = 1 << 19;
    /// After a word for a person's part (`spokesman Smith`), or before `, who`.
    pub const ROLE: u32 = 1 << 20;
    /// In a run that ends or begins with a place's common word.
    pub const PLACE_RUN: u32 = 1 << 21;
}

/// The bits of each folded word. Only plain sentences count: elsewhere capitals tell too little.
pub fn gather(document: &Document, lexicon: &Lexicon<'_>) -> Vec<u32> {
    let mut found = vec![0; document.evidence.len()];
    for word in &document.words {
        if word.class & classes::LOWER != 0 {
            found[word.entry as usize] |= bit::LOWER;
        }
    }
    for &chunk in &document.chunks {
        if document.settings[chunk.sentence as usize] == Setting::Plain {
            let sentence = document.sentences[chunk.sentence as usize].clone();
            for run in document.runs(chunk) {
                of_run(document, &sentence, run, &mut found);
            }
            of_lists(document, lexicon, chunk, &mut found);
        }
    }
    found
}

fn of_run(document: &Document, sentence: &Range<u32>, run: Range<usize>, found: &mut [u32]) {
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    let class = |at: usize| {
        if at >= first && at < last { document.word(at).class } else { 0 }
    };
    let before = if run.start > first { class(run.start - 1) } else { 0 };
    let after = class(run.end);
    let (head, tail) = (document.word(run.start), document.word(run.end - 1));
    let lone = run.len() == 1;
    let comma = after & classes::MARK != 0;
    let mut all = 0;
    let mut show = |holds: bool, bit: u32| all |= if holds { bit } else { 0 };
    show(!lone && tail.info.lists() & list::ORG_HEAD != 0, bit::ORG_RUN);
    show(!lone && (tail.info.lists() | head.info.lists()) & list::PLACE_HEAD != 0, bit::PLACE_RUN);
    show((before | after) & classes::BUSINESS != 0, bit::BUSINESS);
    show((before | after) & classes::SPEECH != 0, bit::SPEAKS);
    let role = before & (classes::ROLE | classes::TITLE) != 0;
    show(role || comma && class(run.end + 1) & classes::ROLE != 0, bit::ROLE);
    show(after & classes::POSSESSIVE != 0, bit::OWNS);
    show(lone, bit::ALONE);
    show(lone && before & classes::WHERE != 0, bit::WHERE);
    show(lone && before & classes::THE != 0, bit::AFTER_THE);
    let bracketed = before & after & classes::MARK != 0 && tail.class & classes::UPPER != 0;
    show(lone && bracketed, bit::BRACKETED);
    show(run.start > first, bit::MIDDLE);
    for at in run.clone() {
        let word = document.word(at);
        let mut own = all;
        let mut show = |holds: bool, bit: u32| own |= if holds { bit } else { 0 };
        show(!lone && at == run.start, bit::LEADS);
        show(!lone && at + 1 == run.end, bit::CLOSES);
        show(word.class & classes::UPPER != 0, bit::UPPER);
        if at > run.start {
            let previous = document.word(at - 1);
            show(previous.info.lists() & list::GIVEN != 0, bit::AFTER_GIVEN);
            show(previous.class & classes::TITLE != 0, bit::AFTER_TITLE);
            show(previous.class & classes::INITIAL != 0, bit::INITIAL);
        } else {
            show(before & classes::TITLE != 0, bit::AFTER_TITLE);
        }
        found[word.entry as usize] |= own;
    }
}

/// Marks the words of listed names of two words or more.
fn of_lists(document: &Document, lexicon: &Lexicon<'_>, chunk: Chunk, found: &mut [u32]) {
    let end = chunk.end as usize;
    let mut at = chunk.start as usize;
    while at < end {
        let active = document.word(at).class & classes::ACTIVE != 0;
        let listed = active.then(|| document.listed(lexicon, at, end)).flatten();
        let Some((words, kinds)) = listed.filter(|(words, _)| *words > 1) else {
            at += 1;
            continue;
        };
        let mut own = 0;
        own |= if kinds & kind::PERSON != 0 { bit::LISTED_PERSON } else { 0 };
        own |= if kinds & kind::ORG != 0 { bit::LISTED_ORG } else { 0 };
        own |= if kinds & kind::PLACE != 0 { bit::LISTED_PLACE } else { 0 };
        for inner in at..at + words {
            found[document.word(inner).entry as usize] |= own;
        }
        at += words;
    }
}
