//! What stands between marks enters; whether that is a name, a title or a word held up rather than something said leaves.

use std::ops::Range;

use crate::annotate::{
    quotes::{Reader, attribution::Attribution, doubt, introduces, marks::Piece},
    words,
};

impl Reader<'_, '_> {
    /// The name of a work, a nickname, a word mentioned rather than used.
    pub(super) fn is_title(&self, piece: &Piece, behind: bool, front: Option<&Attribution>) -> bool {
        let input = self.input;
        let inner = piece.inner();
        let before = piece.open.wrapping_sub(1);
        // `who gave only his call sign, "Carpenter,"`.
        let called = piece.open > 2
            && input.word(before) == ","
            && matches!(input.word(before - 1), "sign" | "name" | "nickname" | "alias" | "pseudonym");
        if called && inner.len() <= 4 || doubt::is_name(input, piece.open, piece.after()) {
            return true;
        }
        if piece.closed && (self.is_called(piece, &inner) || self.is_of_its_kind(piece, &inner)) {
            return true;
        }
        // `she wrote in her memoir, "Carbon Copies"`.
        let work = piece.open > 1
            && input.word(before) == ","
            && (input.is(before - 1, words::NAMES)
                || matches!(
                    input.word(before - 1),
                    "memoir" | "autobiography" | "biography" | "debut" | "thesis"
                ));
        if work && piece.closed && self.is_capitals(&inner) && inner.len() <= 12 {
            return true;
        }
        // `In a note titled "Too Calm by Half," Reed argued`: a verb may stand behind a title too.
        let titled =
            matches!(input.word(before), "titled" | "entitled" | "headlined" | "named" | "nicknamed");
        if titled && self.is_capitals(&inner) && inner.len() <= 12 {
            return true;
        }
        if behind || introduces(input, piece.open) || piece.continues || !piece.closed {
            return false;
        }
        // `Orbis says on "The Long Countdown"`: where it says so.
        let where_said = matches!(input.word(before), "on" | "in" | "at");
        let near = front.is_some_and(|f| piece.open - f.verb.end.min(piece.open) <= 1) && !where_said;
        // `called the film "two hours of weather"` is a judgement, not a name.
        let first = inner.clone().find(|t| input.is_word(*t)).unwrap_or(inner.start);
        let dubbed = front.is_some_and(|f| input.is(f.verb.end - 1, words::DUB))
            && !input.is_capital(first)
            && !input.word(before).eq_ignore_ascii_case("so-called");
        if input.is(before, words::NAMES) && inner.len() <= 12 && !dubbed {
            return true;
        }
        let capitals = self.is_capitals(&inner);
        let last = inner.end.checked_sub(1).map_or("", |t| input.word(t));
        let heads = self.input.sentence(piece.open).start == piece.open;
        let spoken = matches!(last, "." | "?" | "!") && heads;
        capitals && !near && inner.len() <= 12 && !spoken
            || capitals && inner.len() <= 1 && !near
            // Between a given name and a family name: a nickname.
            || input.person(before).is_some() && input.person(piece.after()).is_some()
    }

    /// `known as "x"`, `who calls herself "Lady Luck"`, `the local word for "quay"`, `Ada "Lucky" Example`.
    fn is_called(&self, piece: &Piece, inner: &Range<usize>) -> bool {
        let input = self.input;
        let Some(before) = piece.open.checked_sub(1) else { return false };
        let ahead = before.checked_sub(1).map_or("", |t| input.word(t));
        let capital = inner.len() <= 8 && input.is_capital(inner.start);
        match input.word(before) {
            "as" if matches!(ahead, "known" | "alias") => return true,
            "himself" | "herself" | "itself" | "themselves" | "simply" if capital => {
                let names = ["called", "calls", "calling", "call", "dubbed", "styled", "styles", "named"];
                if (before.saturating_sub(2)..before).any(|t| names.contains(&input.word(t))) {
                    return true;
                }
            }
            "for" if matches!(ahead, "word" | "term" | "name" | "slang" | "synonym" | "acronym" | "code") => {
                return true;
            }
            _ => {}
        }
        let after = piece.after();
        let name =
            |t: usize| input.is_word(t) && input.is_capital(t) && !input.is(t, words::SAY | words::STOP);
        capital
            && inner.len() <= 2
            && inner.clone().all(name)
            && name(before)
            && !input.is(before, words::DETERMINER | words::ROLE | words::PRONOUN | words::PREPOSITION)
            && name(after)
            && input.person(after).is_some()
    }

    /// `the charity "Save the Quays" urged`, `"The Riga Post" on Monday quoted`, `says "Operation Lodestar" is`: a name in
    /// capitals that no comma ends.
    fn is_of_its_kind(&self, piece: &Piece, inner: &Range<usize>) -> bool {
        let input = self.input;
        let large = inner.clone().filter(|t| input.is_word(*t) && input.is_capital(*t)).count();
        let last = inner.end - 1;
        let named = large > 0 && inner.len() <= 8 && self.is_capitals(inner);
        if !named || input.is(last, words::STOP) {
            return false;
        }
        let kind = |t: usize| {
            input.is(t, words::NAMES)
                || matches!(
                    input.word(t),
                    "program"
                        | "programme"
                        | "charity"
                        | "newspaper"
                        | "daily"
                        | "weekly"
                        | "tabloid"
                        | "broadcaster"
                        | "network"
                        | "channel"
                        | "website"
                        | "band"
                        | "group"
                        | "comedy"
                        | "drama"
                        | "sitcom"
                        | "blog"
                        | "podcast"
                        | "journal"
                        | "exhibition"
                        | "festival"
                        | "opera"
                        | "ballet"
                )
        };
        if piece.open.checked_sub(1).is_some_and(kind) {
            return true;
        }
        let after = piece.after();
        let heads = input.sentence(piece.open).start == piece.open;
        let open_ended = input.is_word(last) && large >= 2;
        open_ended
            && (heads
                && input.is_word(after)
                && !input.is(after, words::SAY)
                && input.mention(after).is_none()
                || large == inner.len() && input.is(after, words::AUX))
    }

    /// Whether all words that titles write large are large.
    fn is_capitals(&self, inner: &Range<usize>) -> bool {
        let input = self.input;
        inner.clone().filter(|t| input.is_word(*t)).all(|t| {
            input.is_capital(t)
                || input.is(t, words::PREPOSITION | words::DETERMINER | words::JOINER)
                || input.word(t).starts_with(|c: char| c.is_ascii_digit())
                || input.mention(t).is_some()
                || matches!(input.word(t), "'s" | "’s")
        })
    }
}
