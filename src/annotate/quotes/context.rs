//! A quotation without an attribution of its own enters; the speaker that its neighbours give it leaves.

use std::ops::Range;

use crate::{
    annotate::quotes::{
        Reader, Said, attribution, heading,
        marks::Piece,
        published,
        speaker::{self, Voice},
        turns::TURN,
    },
    model::Speaker,
};

impl Reader<'_, '_> {
    /// Whether who speaks the piece before `i` is in doubt.
    pub(super) fn lost(&self, i: usize) -> bool {
        self.said.last().is_some_and(|s| s.piece + 1 == i && s.quote.is_some() && s.confidence <= 60)
    }

    /// The speaker of a piece that has no attribution of its own, by what stands before it.
    pub(super) fn context(&self, pieces: &[Piece], i: usize, tokens: &Range<usize>) -> Option<(Voice, u8)> {
        let input = self.input;
        let piece = &pieces[i];
        if piece.continues {
            let said = self.said.last().filter(|s| s.piece + 1 == i)?;
            return Some((said.voice.clone()?, said.confidence));
        }
        if let Some(announced) = self.announced(piece, tokens) {
            return announced;
        }
        let last = self.resolver.events.last();
        if piece.open == tokens.start || (tokens.start..piece.open).all(|t| !input.is_word(t)) {
            if let Some(turn) = self.turn(pieces, i) {
                return Some(turn);
            }
            // A paragraph that opens with speech goes on with the last speaker, if the paragraph before ended with him.
            let (at, voice) = last?;
            let previous = input.paragraphs.get(piece.paragraph.checked_sub(1)?)?;
            if *at < previous.tokens.start {
                let chain = self.said.last().filter(|s| s.piece + 1 == i && s.quote.is_some())?;
                let alone = pieces[chain.piece].paragraph + 1 == piece.paragraph;
                return alone
                    .then(|| chain.voice.clone().map(|v| (v, chain.confidence.saturating_sub(6))))
                    .flatten();
            }
            let ended = input.sentence(previous.tokens.end.saturating_sub(1));
            let others = self.others(voice, previous.tokens.clone());
            if self.dialogue(pieces, i) {
                return Some((voice.clone(), 60));
            }
            let base: u8 = match () {
                () if self.beat_of_another(piece, voice) => TURN,
                () if *at >= ended.start && others == 0 => 80,
                () if *at >= ended.start => 74,
                () if others == 0 => 72,
                () => 58,
            };
            return Some((voice.clone(), base.min(voice.trust)));
        }
        // Behind another piece or a reported sentence of the same paragraph.
        if let Some((at, voice)) = last.filter(|(at, _)| *at >= tokens.start) {
            let verb = input.sentence(*at);
            let narrated = input.sentence(piece.open.saturating_sub(1));
            let direct = narrated.start <= *at || verb.end >= piece.open;
            let others = self.others(voice, verb.end.min(piece.open)..piece.open);
            let lost = self.lost(i);
            let base: u8 = match () {
                () if lost => 60,
                () if direct => 92,
                () if self.told_of_another(verb.end.min(piece.open)..piece.open, piece.open) => TURN,
                () if others == 0 => 80,
                () => 60,
            };
            return Some((voice.clone(), base.min(voice.trust)));
        }
        // `Rubio struck a hopeful note. "..."`: only the subject of the sentence before can be meant.
        let before = input.sentence(piece.open.saturating_sub(1));
        let heading = heading::heading(input, before.start.max(tokens.start), before.end.min(piece.open))?;
        let voice = self.resolver.resolve(heading.clone(), heading.end)?;
        let alone = self.others(&voice, tokens.start..piece.open) == 0;
        let named = matches!(voice.speaker, Speaker::Entity { .. });
        let base = if alone && voice.person && named { 72 } else { 55 };
        Some((voice.clone(), base.min(voice.trust)))
    }

    /// The speaker whom a paragraph that ends with a colon or comma announces (`The chairman writes:`); the inner value is
    /// none where it ends so without saying who.
    fn announced(&self, piece: &Piece, tokens: &Range<usize>) -> Option<Option<(Voice, u8)>> {
        let input = self.input;
        let previous = input.paragraphs.get(piece.paragraph.checked_sub(1)?)?.tokens.clone();
        let last = previous.end.checked_sub(1).filter(|t| matches!(input.word(*t), ":" | ","))?;
        if piece.open != tokens.start {
            return None;
        }
        let said = || {
            let found = attribution::front(input, previous.end, previous.start)?;
            let voice = self.resolver.resolve(found.subject.clone()?, found.verb.start)?;
            let sure = found.tie.min(voice.trust);
            Some((voice, sure))
        };
        let spoke = || {
            let (at, voice) = self.resolver.events.last()?;
            (*at >= input.sentence(last).start).then(|| (voice.clone(), voice.trust.min(90)))
        };
        let found = spoke().or_else(said);
        (found.is_some() || input.word(last) == ":").then_some(found)
    }

    /// Whether the two paragraphs before piece `i` both open with speech, of two speakers: who goes on is not said.
    fn dialogue(&self, pieces: &[Piece], i: usize) -> bool {
        let opens = |piece: &Piece| {
            let tokens = self.input.paragraphs.get(piece.paragraph).map(|p| p.tokens.clone());
            tokens.is_some_and(|tokens| (tokens.start..piece.open).all(|t| !self.input.is_word(t)))
        };
        let before = |paragraphs: usize| {
            let mut said = self.said.iter().rev().take(8);
            let wanted = pieces[i].paragraph.checked_sub(paragraphs);
            said.rfind(|s| Some(pieces[s.piece].paragraph) == wanted && opens(&pieces[s.piece]))
        };
        let key = |said: &Said| said.voice.as_ref().map(|voice| voice.key);
        before(1).zip(before(2)).is_some_and(|(last, first)| key(last) != key(first))
    }

    /// How many mentions of other persons stand in a range.
    fn others(&self, voice: &Voice, range: Range<usize>) -> usize {
        range
            .take(300)
            .filter(|t| !self.input.inside_mention(*t))
            .filter_map(|t| self.input.person(t))
            .filter(|m| speaker::key(self.input, m) != voice.key)
            .count()
    }

    /// Pieces that are followed at once by one with a speaker take it; those before a continuing piece take its.
    pub(super) fn settle(&mut self, pieces: &[Piece]) {
        for i in (0..self.said.len().saturating_sub(1)).rev() {
            let (head, tail) = self.said.split_at_mut(i + 1);
            let (said, next) = (&mut head[i], &tail[0]);
            let (a, b) = (&pieces[said.piece], &pieces[next.piece]);
            // `"...." "...," said Ada Example`: where one closes and the next opens at once, the speaker may have changed.
            let adjacent = a.paragraph == b.paragraph && a.after() == b.open && !a.closed;
            let joined = b.continues || adjacent;
            let (Some(quote), Some(voice)) = (said.quote, next.voice.clone()) else { continue };
            if !joined || said.told && !b.continues || said.confidence >= next.confidence.saturating_sub(8) {
                continue;
            }
            said.confidence = next.confidence.saturating_sub(8);
            said.voice = Some(voice.clone());
            self.out[quote].speaker = voice.speaker;
            self.out[quote].confidence = published(said.confidence);
        }
    }
}
