//! Quotations without an attribution of their own enter; what leaves is whether a dialogue has them said by turns, and
//! what of the telling between two of them speaks for somebody else.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{Reader, marks::Piece, nouns::is_human, speaker, speaker::Voice},
        words,
    },
    model::Speaker,
};

/// What a turn without a verb is worth: it is never published.
pub(super) const TURN: u8 = 60;
/// A line of dialogue has at most so many words.
const LINE: usize = 9;
/// So many paragraphs back the other of two speakers is looked for.
const BACK: usize = 3;

impl Reader<'_, '_> {
    /// Who speaks a line that is a paragraph of its own behind another's line: the other of the two who speak, or else he who
    /// spoke last, in doubt. None where the piece is no such line.
    pub(super) fn turn(&self, pieces: &[Piece], i: usize) -> Option<(Voice, u8)> {
        let input = self.input;
        let piece = &pieces[i];
        let last = self.said.last().filter(|s| s.piece + 1 == i && s.quote.is_some())?;
        let before = &pieces[last.piece];
        let own = input.paragraphs.get(piece.paragraph)?.tokens.clone();
        let alone = (piece.after()..own.end).all(|t| !input.is_word(t));
        let next = before.paragraph + 1 == piece.paragraph;
        let short = |p: &Piece| p.inner().filter(|t| input.is_word(*t)).count() <= LINE;
        let asked = before.inner().next_back().is_some_and(|t| input.word(t) == "?");
        if !alone || !next || !before.closed || !(short(piece) || short(before) || asked) {
            return None;
        }
        let voice = last.voice.clone()?;
        // Behind a long speech a short line may be its end.
        let opens = input.paragraphs.get(before.paragraph).is_some_and(|p| p.tokens.start == before.open);
        if !(asked || short(piece) && short(before) && (opens || !last.told)) {
            return Some((voice, TURN));
        }
        // With a verb of his own the last speaker may go on, unless the two have just taken turns.
        let back = if last.told && !asked { 2 } else { BACK };
        let near = |s: &&super::Said| pieces[s.piece].paragraph + back >= piece.paragraph;
        let other = self.said.iter().rev().skip(1).take_while(near).find_map(|s| {
            let other = s.voice.as_ref().filter(|v| v.key != voice.key)?;
            Some(other.clone())
        });
        let other = other.or_else(|| self.other_of_two(&voice, piece));
        Some((other.unwrap_or(voice), TURN))
    }

    /// The only other person whom the paragraphs before a piece name.
    fn other_of_two(&self, voice: &Voice, piece: &Piece) -> Option<Voice> {
        let input = self.input;
        let from = input.paragraphs.get(piece.paragraph.saturating_sub(BACK))?.tokens.start;
        let mut found: Option<Voice> = None;
        for t in from.max(piece.open.saturating_sub(300))..piece.open {
            let Some(mention) = input.person(t).filter(|_| !input.inside_mention(t)) else { continue };
            let key = speaker::key(input, mention);
            if self.resolver.is_spoken(t) || key == voice.key || found.as_ref().is_some_and(|f| f.key == key)
            {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some(self.resolver.named(mention));
        }
        found
    }

    /// Whether what is told between a speaker and the mark at `open` speaks for another: a colon behind words that are not
    /// his (`It ended: "..."`), or somebody without a name who acts (`his client raised a stick. "..."`).
    pub(super) fn told_of_another(&self, range: Range<usize>, open: usize) -> bool {
        let input = self.input;
        let colon = open > range.start && input.word(open - 1) == ":";
        let acts = |t: usize| {
            t > 0
                && input.mention(t).is_none()
                && input.is(t - 1, words::DETERMINER)
                && (input.is(t, words::ROLE) || is_human(input.word(t)) || input.word(t) == "client")
                && input.word(t + 1).ends_with("ed")
                && !self.resolver.is_spoken(t)
        };
        colon || range.take(60).any(acts)
    }

    /// `"Forty?" Ada Example looked down`: somebody else than who spoke last acts right behind the marks.
    pub(super) fn beat_of_another(&self, piece: &Piece, voice: &Voice) -> bool {
        let input = self.input;
        let person = input.person(piece.after());
        person.is_some_and(|m| speaker::key(input, m) != voice.key)
    }
}

/// Whether a speaker without a name is nobody in particular: `a voice`, `somebody`.
pub(super) fn is_anybody(input: &Input, last: usize) -> bool {
    matches!(
        input.word(last),
        "voice" | "voices" | "somebody" | "someone" | "anybody" | "everybody" | "everyone" | "nobody"
    )
}

/// Whether a person without a name, of this gender by the noun, stands between a name and the pronoun at `at`, nearer to it:
/// `Ada Example took questions, and one came from a woman in a coat. "...?" she asked`.
pub(super) fn is_crossed(input: &Input, voice: &Voice, at: usize, gender: words::Classes) -> bool {
    let Speaker::Entity { span, .. } = &voice.speaker else { return false };
    let from = input.tokens.partition_point(|t| t.start < span.end);
    let current = input.sentence_of.get(at).copied().unwrap_or(0) as usize;
    let near = input.sentences.get(current.saturating_sub(1)).map_or(at, |s| s.start as usize);
    (from.max(near)..at).any(|t| {
        let of_gender = match gender {
            words::FEMALE => matches!(input.word(t), "woman" | "girl" | "lady"),
            words::MALE => matches!(input.word(t), "man" | "boy"),
            _ => false,
        };
        let new = (1..=3).any(|by| {
            t > by && matches!(input.word(t - by), "a" | "A" | "an" | "An" | "one" | "another" | "Another")
        });
        of_gender && new && input.mention(t).is_none()
    })
}
