//! A pronoun enters; the speaker it stands for leaves, with how sure that is.
//!
//! The subject or speaker of the nearest sentence before is meant, if its gender may agree. Others who could be meant
//! take from the confidence, the more so when they act themselves; at more than four sentences nobody is meant.

use std::ops::Range;

use crate::{
    annotate::{
        quotes::{
            attribution::Attribution,
            heading,
            speaker::{Resolver, Voice, key},
            verbs::is_noun,
        },
        words,
    },
    model::{EntityKind, Speaker},
};

impl Resolver<'_, '_> {
    /// A speaker whom the text calls `she` is nobody's `he` from then on.
    pub(super) fn learn(&mut self, attribution: &Attribution, voice: &Voice) {
        let Some(subject) = attribution.subject.as_ref().filter(|s| s.len() == 1) else { return };
        let gender = match self.input.word(subject.start) {
            "he" | "He" => words::MALE,
            "she" | "She" => words::FEMALE,
            _ => return,
        };
        let known = self.genders.entry(voice.key).or_insert(0);
        if *known == 0 && voice.person && voice.trust >= 80 {
            *known = gender;
        }
    }

    /// Who a pronoun stands for: the subject of one of the three sentences before, in this paragraph or the last.
    pub(super) fn pronoun(&self, at: usize) -> Option<Voice> {
        let input = self.input;
        let word = input.word(at).to_ascii_lowercase();
        let gender = match word.as_str() {
            "he" => words::MALE,
            "she" => words::FEMALE,
            _ => 0,
        };
        let current = input.sentence_of.get(at).copied().unwrap_or(0) as usize;
        let mut passed = 0;
        // Another person spoke in between, whom the pronoun cannot mean.
        let mut crossed = false;
        for (distance, index) in (current.saturating_sub(4)..current).rev().enumerate() {
            let range = &input.sentences[index];
            let sentence = range.start as usize..(range.end as usize).min(input.tokens.len());
            let Some((voice, spoke)) = self.subject_of(sentence.clone(), distance) else {
                // `One of them, who gave her name only as Moraa, had walked`: nobody else can be meant, as far as it goes.
                // Somebody spoke there whom no rule can name.
                crossed |= distance == 0 && self.somebody_spoke(&sentence);
                if gender != 0
                    && distance == 0
                    && let Some(voice) = self.only_of(sentence.clone(), gender)
                {
                    let trust = if !crossed && self.first_of_all(&voice, at) { 84 } else { 72 };
                    return Some(Voice { trust, ..voice });
                }
                continue;
            };
            if gender == 0 {
                let fits = !voice.person
                    && matches!(voice.speaker, Speaker::Entity { .. } | Speaker::Described { .. });
                let alone = || self.bodies_of(&sentence) == 1 && input.paragraph_start(at) <= sentence.start;
                let sure = if distance == 0 && (spoke || alone()) { 82 } else { 72 };
                let body = fits.then(|| Voice { trust: voice.trust.min(sure), ..voice });
                return body.or_else(|| self.paper(current).filter(|_| word == "it"));
            }
            if !self.agrees(&voice, gender) {
                // A body or a person of the other gender spoke last; one further back is less sure.
                passed += u8::from(spoke && !voice.person);
                crossed |= spoke && (voice.person || self.unclear(&voice));
                continue;
            }
            let unknown = self.genders.get(&voice.key).copied().unwrap_or(0) == 0;
            if unknown && self.other_gender(sentence.end, at, gender) {
                crossed = true;
                continue;
            }
            if let Some(local) = self.local(sentence.start, at, &voice, gender) {
                return Some(local);
            }
            let (rivals, acts) = self.rivals(sentence.start, at, &voice, gender);
            let base: u8 = match (rivals, spoke) {
                _ if crossed && distance > 0 => 66,
                (rivals, _) if (rivals > 0 || !spoke) && self.fits_better(at, &voice, gender) => 60,
                (0, true) => 92,
                (0, false) => 86,
                // Another who does something in between may be meant as well.
                _ if acts => 60,
                (_, true) => 80,
                (_, false) => 66,
            };
            let trust = base.saturating_sub(4 * distance as u8 + 6 * passed).min(voice.trust.max(50));
            return Some(Voice { trust, ..voice });
        }
        match gender {
            0 => self.paper(current).filter(|_| word == "it"),
            _ => self.only_person(at, gender),
        }
    }

    /// `... photocopies of a letter from the bank's president. "...," it began`: what is read, of the sentence before.
    fn paper(&self, current: usize) -> Option<Voice> {
        let input = self.input;
        let sentence = input.sentences.get(current.checked_sub(1)?)?;
        let range = sentence.start as usize..(sentence.end as usize).min(input.tokens.len());
        if self.is_spoken(range.start) {
            return None;
        }
        let read = |t: usize| {
            let word = input.word(t);
            let one = word.strip_suffix('s').unwrap_or(word);
            input.mention(t).is_none()
                && (input.is(t, words::PAPER) || words::classes(one) & words::PAPER != 0)
                && !input.is(t, words::SAY)
        };
        let noun = range.clone().rev().take(60).find(|t| read(*t))?;
        let start =
            (range.start..=noun).rev().take(5).find(|t| input.is(*t, words::DETERMINER)).unwrap_or(noun);
        Some(self.described(start..noun + 1, 72))
    }

    /// The only person who is named in the paragraph of a pronoun before it, where `voice` stands in an earlier one:
    /// `Such remarks anger Ada Example, a diver. "...," she said.`
    fn local(&self, from: usize, at: usize, voice: &Voice, gender: words::Classes) -> Option<Voice> {
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
    fn fits_better(&self, at: usize, voice: &Voice, gender: words::Classes) -> bool {
        let input = self.input;
        let own = input.paragraph_start(at).max(at.saturating_sub(300));
        let current = input.sentence_of.get(at).copied().unwrap_or(0) as usize;
        let from = input.sentences.get(current.saturating_sub(4)).map_or(at, |s| s.start as usize);
        let unknown = |key: u64| self.genders.get(&key).copied().unwrap_or(0) == 0;
        let here = |t: usize| input.person(t).is_some_and(|m| key(input, m) == voice.key);
        let away = !(own..at).any(here);
        (from.max(at.saturating_sub(400))..at).any(|t| {
            let Some(mention) = input.person(t).filter(|_| !input.inside_mention(t)) else { return false };
            let other = Voice { key: key(input, mention), person: true, ..voice.clone() };
            let governed = t > 0 && input.is(t - 1, words::PREPOSITION);
            other.key != voice.key
                && self.agrees(&other, gender)
                && (away && t >= own && !governed || unknown(voice.key) && !unknown(other.key))
        })
    }

    /// The speaker or subject of a sentence, and whether it spoke.
    fn subject_of(&self, sentence: Range<usize>, distance: usize) -> Option<(Voice, bool)> {
        let last = self.events.partition_point(|(t, _)| *t < sentence.end);
        if let Some((t, voice)) = last.checked_sub(1).and_then(|l| self.events.get(l))
            && *t >= sentence.start
        {
            return Some((voice.clone(), true));
        }
        if distance > 3 {
            return None;
        }
        if self.is_spoken(sentence.start) || self.apposition(&sentence) {
            return None;
        }
        let Some(subject) = heading::heading(self.input, sentence.start, sentence.end) else {
            return self.unnamed(sentence).map(|voice| (voice, false));
        };
        if subject.len() == 1 && self.input.is(subject.start, words::PRONOUN) {
            return None;
        }
        let voice = match self.input.mention(subject.end - 1) {
            Some(mention) => Some(self.named(mention)),
            None => self
                .role(&subject)
                .or_else(|| self.body(&subject))
                .or_else(|| self.unnamed(sentence))
                .or_else(|| self.many(&subject)),
        };
        voice.map(|voice| (voice, false))
    }

    /// A body or a group without a name (`County officials`), for whom `it` and `they` may stand.
    fn many(&self, subject: &Range<usize>) -> Option<Voice> {
        let last = subject.end.checked_sub(1)?;
        let group = self.input.is(last, words::BODY | words::GROUP);
        group.then(|| self.described(subject.clone(), 80)).filter(|voice| !voice.person)
    }

    /// Whether a speaker without a name might be a person after all.
    fn unclear(&self, voice: &Voice) -> bool {
        let Speaker::Described { span } = voice.speaker else { return false };
        let first = self.input.tokens.partition_point(|t| t.start < span.start);
        let inside = self.input.tokens[first..].iter().take_while(|t| t.end <= span.end).count();
        self.may_be_somebody(&(first..first + inside))
    }

    /// Whether a token stands between marks, or is one that opens.
    fn is_spoken(&self, at: usize) -> bool {
        let after = self.spoken.partition_point(|piece| piece.start <= at);
        after.checked_sub(1).is_some_and(|i| self.spoken[i].contains(&at))
    }

    /// `The daughter of a druggist, she published nothing`: the subject is the pronoun.
    fn apposition(&self, sentence: &Range<usize>) -> bool {
        let input = self.input;
        let comma = sentence.clone().take(16).find(|t| input.word(*t) == ",");
        comma.is_some_and(|comma| matches!(input.word(comma + 1), "he" | "she"))
            && input.is(sentence.start, words::DETERMINER)
    }

    /// Whether a sentence between `from` and `at`, outside all marks, opens with the pronoun of the other gender.
    fn other_gender(&self, from: usize, at: usize, gender: words::Classes) -> bool {
        let input = self.input;
        let other = if gender == words::MALE { ["She", "Her"] } else { ["He", "His"] };
        (from.max(at.saturating_sub(400))..at)
            .any(|t| other.contains(&input.word(t)) && input.sentence(t).start == t && !self.is_spoken(t))
    }

    /// `He` or `She` at the head of a sentence, where it is sure whom it means, tells the gender.
    pub(super) fn learn_from(&mut self, at: usize) {
        let gender = match self.input.word(at) {
            "He" => words::MALE,
            "She" => words::FEMALE,
            _ => return,
        };
        if let Some(voice) = self.pronoun(at).filter(|v| v.person && v.trust >= 84) {
            let known = self.genders.entry(voice.key).or_insert(0);
            *known = if *known == 0 { gender } else { *known };
        }
    }

    /// `A father, holding her shoes, had heard that before`: a person without a name at the head of a sentence. An age
    /// alone (`the 24-year-old`) mostly means somebody named before, so that it is in doubt.
    fn unnamed(&self, sentence: Range<usize>) -> Option<Voice> {
        let input = self.input;
        let first = sentence.clone().find(|t| {
            input.is_word(*t) && !matches!(input.word(*t), "But" | "And" | "Yet" | "Then" | "So" | "Still")
        })?;
        if !input.is(first, words::DETERMINER) || input.word(first).eq_ignore_ascii_case("that") {
            return None;
        }
        for t in first + 1..sentence.end.min(first + 4) {
            if input.mention(t).is_some() {
                return None;
            }
            let age = input.word(t).ends_with("-year-old");
            let goes_on = input.is(t + 1, words::ROLE) || input.mention(t + 1).is_some();
            let voice = self.described(first..t + 1, if age { 60 } else { 80 });
            if (voice.person || age)
                && input.word(t + 1) == ","
                && let Some(name) = input.person(t + 2)
            {
                return Some(self.named(name));
            }
            if age
                && !goes_on
                && let Some(named) = self.nearest(&(first..t + 1))
            {
                return Some(named);
            }
            if (voice.person || age) && !goes_on {
                return Some(Voice { person: true, ..voice });
            }
        }
        None
    }

    fn agrees(&self, voice: &Voice, gender: words::Classes) -> bool {
        if voice.person {
            let known = self.genders.get(&voice.key).copied().unwrap_or(0);
            return known == 0 || known & gender != 0;
        }
        false
    }

    /// How many other persons a pronoun could stand for are named between `from` and `at`, and whether one of them is
    /// the subject of a verb.
    fn rivals(&self, from: usize, at: usize, voice: &Voice, gender: words::Classes) -> (usize, bool) {
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

    /// Whether a sentence outside all marks has a verb of speech.
    fn somebody_spoke(&self, sentence: &Range<usize>) -> bool {
        let input = self.input;
        let says = |t: usize| input.is(t, words::SAY) && input.mention(t).is_none() && !is_noun(input, t);
        !self.is_spoken(sentence.start) && sentence.clone().take(60).any(says)
    }

    /// The only person of a sentence outside all marks, if the gender agrees.
    fn only_of(&self, sentence: Range<usize>, gender: words::Classes) -> Option<Voice> {
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
    fn bodies_of(&self, sentence: &Range<usize>) -> usize {
        let input = self.input;
        let named = |t: &usize| {
            !input.inside_mention(*t) && input.mention(*t).is_some_and(|m| m.kind != EntityKind::Person)
        };
        sentence.clone().take(60).filter(named).count()
    }

    /// Whether nobody else is named in the text up to `at`.
    fn first_of_all(&self, voice: &Voice, at: usize) -> bool {
        let input = self.input;
        let limit = input.tokens.get(at).map_or(0, |t| t.start);
        let before = input.mentions.iter().take(64).take_while(|m| m.span.start < limit);
        at < 4096 && before.filter(|m| m.kind == EntityKind::Person).all(|m| key(input, m) == voice.key)
    }

    /// The only person of the paragraph before `at`, where no sentence has a clear subject.
    fn only_person(&self, at: usize, gender: words::Classes) -> Option<Voice> {
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
