//! A pronoun and the person whom it seems to mean enter; who else may be meant, and how sure that leaves it, leaves.

use std::ops::Range;

use crate::{
    annotate::{
        quotes::{
            nouns::is_human,
            speaker::{Resolver, Voice, key},
            verbs::is_noun,
        },
        words,
    },
    model::{EntityKind, Speaker},
};

/// So many names are looked at for whoever else may be meant.
const MENTIONS: usize = 400;

impl Resolver<'_, '_> {
    /// Someone of unknown gender who spoke in an earlier paragraph is less likely the `she` at the head of a sentence than the
    /// woman with whom the text begins.
    pub(super) fn weighed(&self, voice: Voice, at: usize, gender: words::Classes) -> Voice {
        let input = self.input;
        let bits = |key: u64| self.genders.get(&key).copied().unwrap_or(0);
        let first =
            || input.mentions.iter().take(64).find(|m| m.kind == EntityKind::Person).map(|m| key(input, m));
        let rival = || first().is_some_and(|key| key != voice.key && bits(key) == gender);
        let own = input.tokens.get(input.paragraph_start(at)).map_or(0, |t| t.start);
        let away = match &voice.speaker {
            Speaker::Entity { span, .. } | Speaker::Described { span } => span.start < own,
            Speaker::Unknown => false,
        };
        let heads = input.sentence(at).start == at;
        let doubtful = heads && away && voice.person && gender != 0 && bits(voice.key) == 0 && rival();
        Voice { trust: if doubtful { voice.trust.min(60) } else { voice.trust }, ..voice }
    }

    /// The only person named before `at` who may be of a gender, where all others are known to be of the other.
    pub(super) fn sole(&self, at: usize, gender: words::Classes) -> Option<Voice> {
        let limit = self.input.tokens.get(at).filter(|_| gender != 0)?.start;
        // Somebody without a name may be meant: `a doctor`.
        let current = self.input.sentence_of.get(at).copied().unwrap_or(0) as usize;
        let from = self.input.sentences.get(current.saturating_sub(2)).map_or(at, |s| s.start as usize);
        let unnamed = |t: usize| {
            self.input.mention(t).is_none()
                && (self.input.is(t, words::ROLE) || is_human(self.input.word(t)))
                && !self.is_spoken(t)
        };
        if (from.max(at.saturating_sub(200))..at).any(unnamed) {
            return None;
        }
        // In a long text somebody else will fit.
        if self.input.mentions.get(MENTIONS).is_some_and(|m| m.span.start < limit) {
            return None;
        }
        let mut found: Option<Voice> = None;
        let persons = self.input.mentions.iter().take_while(|m| m.span.start < limit);
        for mention in persons.filter(|m| m.kind == EntityKind::Person) {
            let key = key(self.input, mention);
            let known = self.genders.get(&key).copied().unwrap_or(0);
            if known != 0 && known & gender == 0 {
                continue;
            }
            if found.as_ref().is_some_and(|f| f.key != key) {
                return None;
            }
            found = Some(self.named(mention));
        }
        let trust =
            if found.as_ref().is_some_and(|f| self.genders.get(&f.key) == Some(&gender)) { 80 } else { 72 };
        found.map(|voice| Voice { trust, ..voice })
    }

    /// The only person who is named in the paragraph of a pronoun before it, where `voice` stands in an earlier one:
    /// `Such remarks anger Ada Example, a diver. "...," she said.`
    pub(super) fn local(
        &self,
        from: usize,
        at: usize,
        voice: &Voice,
        gender: words::Classes,
    ) -> Option<Voice> {
        let input = self.input;
        let own = input.paragraph_start(at);
        if from >= own {
            return None;
        }
        let mut found: Option<Voice> = None;
        for t in own..at.min(own + 300) {
            let Some(mention) = input.person(t).filter(|_| !input.inside_mention(t)) else { continue };
            let owns = matches!(input.word(input.tokens_of(mention).end), "'s" | "’s" | "'" | "’");
            let other = self.named(mention);
            if owns || !self.agrees(&other, gender) {
                continue;
            }
            if other.key == voice.key || found.as_ref().is_some_and(|f| f.key != other.key) {
                return None;
            }
            found = Some(other);
        }
        found.map(|voice| Voice { trust: 74, ..voice })
    }

    /// Whether somebody else may be meant rather than one of an earlier paragraph: a person named in this paragraph, or, for
    /// one whose gender is not known, a person nearby who is known to be of this gender.
    pub(super) fn fits_better(&self, at: usize, voice: &Voice, gender: words::Classes) -> bool {
        let input = self.input;
        let own = input.paragraph_start(at).max(at.saturating_sub(300));
        let current = input.sentence_of.get(at).copied().unwrap_or(0) as usize;
        let from = input.sentences.get(current.saturating_sub(4)).map_or(at, |s| s.start as usize);
        let unknown = |key: u64| self.genders.get(&key).copied().unwrap_or(0) == 0;
        let here = |t: usize| input.person(t).is_some_and(|m| key(input, m) == voice.key);
        let away = !(own..at).any(here);
        // Who is the subject of the very sentence before is meant rather than one further back.
        let last =
            current.checked_sub(1).and_then(|s| input.sentences.get(s)).map_or(at, |s| s.start as usize);
        let near = (last..at).any(here);
        (from.max(at.saturating_sub(400))..at).any(|t| {
            let Some(mention) = input.person(t).filter(|_| !input.inside_mention(t)) else { return false };
            let other = Voice { key: key(input, mention), person: true, ..voice.clone() };
            let governed = t > 0 && input.is(t - 1, words::PREPOSITION);
            other.key != voice.key
                && self.agrees(&other, gender)
                && (away && t >= own && !governed
                    || (!near || t >= last) && unknown(voice.key) && !unknown(other.key))
        })
    }

    /// How many other persons a pronoun could stand for are named between `from` and `at`, and whether one of them is
    /// the subject of a verb.
    pub(super) fn rivals(
        &self,
        from: usize,
        at: usize,
        voice: &Voice,
        gender: words::Classes,
    ) -> (usize, bool) {
        let mut seen: Vec<u64> = Vec::new();
        let mut acts = false;
        for t in from..at.min(from + 400) {
            let Some(mention) = self.input.person(t).filter(|_| !self.input.inside_mention(t)) else {
                continue;
            };
            let rival = Voice { key: key(self.input, mention), person: true, ..voice.clone() };
            if rival.key != voice.key && self.agrees(&rival, gender) {
                let end = self.input.tokens_of(mention).end;
                let verb =
                    self.input.is(end, words::SAY | words::AUX) || self.input.word(end).ends_with("ed");
                let governed = t > 0 && self.input.is(t - 1, words::PREPOSITION);
                acts |= verb && !governed;
                if !seen.contains(&rival.key) {
                    seen.push(rival.key);
                }
            }
        }
        (seen.len(), acts)
    }

    /// The only person of a sentence, where he is the subject of one of its later clauses.
    pub(super) fn acting(&self, sentence: &Range<usize>, gender: words::Classes) -> Option<Voice> {
        let input = self.input;
        let voice = self.only_of(sentence.clone(), gender)?;
        let first = sentence.clone().take(60).find(|t| input.person(*t).is_some())?;
        let joined = (sentence.start + 1..first).rev().take(3).find(|t| {
            input.is(*t, words::JOINER)
                || input.mention(*t).is_some()
                || !input.is_word(*t)
                || input.is(*t, words::PREPOSITION)
        });
        let opens = joined.is_some_and(|t| input.mention(t).is_none() && input.is(t, words::JOINER));
        let end = input.tokens_of_at(first).end;
        let verb = input.is(end, words::AUX | words::SAY)
            || input.word(end).ends_with('s') && input.is_word(end) && !input.is_capital(end)
            || input.word(end).ends_with("ed")
            || input.word(end) == ","
            || input.word(end).len() == 3 && input.is_capital(end) && input.word(end + 1) == ",";
        (opens && verb && !matches!(input.word(end), "'s" | "’s")).then_some(voice)
    }

    /// Whether a sentence outside all marks has a verb of speech.
    pub(super) fn somebody_spoke(&self, sentence: &Range<usize>) -> bool {
        let input = self.input;
        let says = |t: usize| input.is(t, words::SAY) && input.mention(t).is_none() && !is_noun(input, t);
        !self.is_spoken(sentence.start) && sentence.clone().take(60).any(says)
    }

    /// The only person of a sentence outside all marks, if the gender agrees.
    pub(super) fn only_of(&self, sentence: Range<usize>, gender: words::Classes) -> Option<Voice> {
        let input = self.input;
        if self.is_spoken(sentence.start) || sentence.clone().any(|t| matches!(input.word(t), "he" | "she")) {
            return None;
        }
        let names = sentence.take(60).filter(|t| !input.inside_mention(*t)).filter_map(|t| input.person(t));
        let mut voices = names.map(|mention| self.named(mention));
        let (one, None) = (voices.next()?, voices.next()) else { return None };
        self.agrees(&one, gender).then_some(one)
    }

    /// How many names of bodies and places a sentence has.
    pub(super) fn bodies_of(&self, sentence: &Range<usize>) -> usize {
        let input = self.input;
        let named = |t: &usize| {
            !input.inside_mention(*t) && input.mention(*t).is_some_and(|m| m.kind != EntityKind::Person)
        };
        sentence.clone().take(60).filter(named).count()
    }

    /// Whether nobody else is named in the text up to `at`.
    pub(super) fn first_of_all(&self, voice: &Voice, at: usize) -> bool {
        let input = self.input;
        let limit = input.tokens.get(at).map_or(0, |t| t.start);
        let before = input.mentions.iter().take(64).take_while(|m| m.span.start < limit);
        at < 4096 && before.filter(|m| m.kind == EntityKind::Person).all(|m| key(input, m) == voice.key)
    }

    /// The only person of the paragraph before `at`, where no sentence has a clear subject.
    pub(super) fn only_person(&self, at: usize, gender: words::Classes) -> Option<Voice> {
        let input = self.input;
        let from = input.sentence_of.get(at).map_or(0, |s| s.saturating_sub(3)) as usize;
        let start = input.sentences.get(from).map_or(at, |s| s.start as usize).max(at.saturating_sub(300));
        let mut found: Option<Voice> = None;
        for t in start..at {
            let Some(mention) = input.person(t) else { continue };
            let voice = self.named(mention);
            if !self.agrees(&voice, gender) {
                continue;
            }
            if found.as_ref().is_some_and(|f| f.key != voice.key) {
                return None;
            }
            found = Some(voice);
        }
        // Sure only where the gender is known.
        let known = |voice: &Voice| self.genders.get(&voice.key).copied() == Some(gender);
        found.map(|voice| Voice { trust: if known(&voice) { 82 } else { 72 }, ..voice })
    }
}
