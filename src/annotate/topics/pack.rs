//! A [`Lexicon`] enters and its bytes leave, and back: reading the cues from text would take ten times as long.
//!
//! All numbers are little-endian. Layout: the mark `DLC1`; then, each behind its count as `u32`, the concepts
//! (`u32` codes), words (`u8` length and bytes, in order of their numbers), edges (`u32` from, `u16` word,
//! `u32` to), ends (`u16`), phrases (`u16` sense, `u16` exact sense, `u8` open, `u8` length of the spelling and its
//! bytes) and senses (`u16` concept, `i16` hundredths, `u16` next).

use std::borrow::Cow;

use crate::annotate::topics::lexicon::{Lexicon, Phrase, Sense};
use crate::knowledge::topics::TopicId;

const MARK: &[u8] = b"DLC1";

/// Writes a lexicon whose senses count into `concepts`. `None` if a number does not fit its field.
pub fn pack(lexicon: &Lexicon, concepts: &[TopicId]) -> Option<Vec<u8>> {
    let mut out = MARK.to_vec();
    count(&mut out, concepts.len())?;
    for concept in concepts {
        out.extend(concept.0.to_le_bytes());
    }
    let words = lexicon.words.words();
    count(&mut out, words.len())?;
    for (_, word) in words {
        short(&mut out, &word)?;
    }
    let links = lexicon.links();
    count(&mut out, links.len())?;
    for (from, word, to) in links {
        out.extend(from.to_le_bytes());
        out.extend(u16::try_from(word).ok()?.to_le_bytes());
        out.extend(to.to_le_bytes());
    }
    count(&mut out, lexicon.ends.len())?;
    for &end in &lexicon.ends {
        out.extend(u16::try_from(end).ok()?.to_le_bytes());
    }
    count(&mut out, lexicon.phrases.len())?;
    for phrase in &lexicon.phrases {
        out.extend(u16::try_from(phrase.any).ok()?.to_le_bytes());
        out.extend(u16::try_from(phrase.exact).ok()?.to_le_bytes());
        out.push(u8::from(phrase.open));
        short(&mut out, phrase.spelling.as_deref().unwrap_or(""))?;
    }
    count(&mut out, lexicon.senses.len())?;
    for sense in &lexicon.senses {
        out.extend(sense.concept.to_le_bytes());
        out.extend(((sense.weight * 100.0).round() as i16).to_le_bytes());
        out.extend(u16::try_from(sense.next).ok()?.to_le_bytes());
    }
    Some(out)
}

/// Reads what [`pack`] wrote; `index` numbers a concept for the reader, and senses whose concept it does not know
/// count for nothing. `None` if the bytes are not a packed lexicon.
pub fn unpack(bytes: &'static [u8], index: impl Fn(TopicId) -> Option<u16>) -> Option<Lexicon> {
    let mut rest = Reader(bytes.strip_prefix(MARK)?);
    let mut lexicon = Lexicon::default();
    let many = rest.long()?;
    let concepts = (0..many).map(|_| rest.long().map(|code| index(TopicId(code))));
    let concepts: Vec<Option<u16>> = concepts.collect::<Option<_>>()?;
    let many = rest.long()?;
    lexicon.words.reserve(many as usize);
    for id in 1..=many {
        lexicon.words.insert(Cow::Borrowed(rest.text()?), id);
    }
    let many = rest.long()?;
    lexicon.reserve(many as usize);
    for _ in 0..many {
        let (from, word, to) = (rest.long()?, u32::from(rest.half()?), rest.long()?);
        lexicon.link(from, word, to);
    }
    let many = rest.long()?;
    lexicon.ends = (0..many).map(|_| rest.half().map(u32::from)).collect::<Option<_>>()?;
    let many = rest.long()?;
    lexicon.phrases = (0..many).map(|_| rest.phrase()).collect::<Option<_>>()?;
    let many = rest.long()?;
    for _ in 0..many {
        let (concept, weight, next) = (rest.half()?, rest.half()?.cast_signed(), u32::from(rest.half()?));
        let known = concepts.get(concept as usize).copied()?;
        let weight = if known.is_some() { f32::from(weight) / 100.0 } else { 0.0 };
        lexicon.senses.push(Sense { concept: known.unwrap_or(0), weight, next });
    }
    // A chain of senses leads back to earlier ones only, so that following it ends.
    let falls = |(at, sense): (usize, &Sense)| sense.next as usize <= at;
    lexicon.senses.iter().enumerate().all(falls).then_some(lexicon)
}

fn count(out: &mut Vec<u8>, many: usize) -> Option<()> {
    out.extend(u32::try_from(many).ok()?.to_le_bytes());
    Some(())
}

fn short(out: &mut Vec<u8>, text: &str) -> Option<()> {
    out.push(u8::try_from(text.len()).ok()?);
    out.extend(text.as_bytes());
    Some(())
}

struct Reader(&'static [u8]);

impl Reader {
    fn take(&mut self, many: usize) -> Option<&'static [u8]> {
        let (head, rest) = self.0.split_at_checked(many)?;
        self.0 = rest;
        Some(head)
    }

    fn half(&mut self) -> Option<u16> {
        self.take(2).and_then(|bytes| Some(u16::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn long(&mut self) -> Option<u32> {
        self.take(4).and_then(|bytes| Some(u32::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn text(&mut self) -> Option<&'static str> {
        let len = self.byte()?;
        std::str::from_utf8(self.take(len as usize)?).ok()
    }

    fn phrase(&mut self) -> Option<Phrase> {
        let (any, exact, open) = (u32::from(self.half()?), u32::from(self.half()?), self.byte()? != 0);
        let spelling = Some(self.text()?).filter(|text| !text.is_empty()).map(Cow::Borrowed);
        Some(Phrase { any, exact, spelling, open })
    }
}
