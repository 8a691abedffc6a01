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
            nouns::is_human,
            speaker::{Resolver, Voice},
            turns::is_crossed,
        },
        words,
    },
    model::Speaker,
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
        let gender = match self.input.word(at) {
            "he" | "He" | "him" => words::MALE,
            "she" | "She" | "her" => words::FEMALE,
            _ => 0,
        };
        let found = self.before_pronoun(at, 0);
        let found = found.map(|voice| self.weighed(voice, at, gender)).map(|voice| {
            let unknown = self.genders.get(&voice.key).copied().unwrap_or(0) == 0;
            let doubtful = unknown && is_crossed(self.input, &voice, at, gender);
            Voice { trust: if doubtful { voice.trust.min(60) } else { voice.trust }, ..voice }
        });
        // Of all who were named so far only one may be meant.
        let sole = || self.sole(at, gender);
        match &found {
            Some(voice) if voice.trust >= 72 || !matches!(voice.speaker, Speaker::Entity { .. }) => found,
            Some(voice) => sole().filter(|sole| sole.key == voice.key && sole.trust > voice.trust).or(found),
            None => sole(),
        }
    }

    fn before_pronoun(&self, at: usize, depth: usize) -> Option<Voice> {
        let input = self.input;
        let word = input.word(at).to_ascii_lowercase();
        let gender = match word.as_str() {
            "he" | "him" => words::MALE,
            "she" | "her" => words::FEMALE,
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
                // `He is 66 now. Then he looks up`: who was meant there is meant here.
                if let Some(voice) = self.pronoun_heads(&sentence, gender, depth) {
                    let named = match &voice.speaker {
                        Speaker::Entity { .. } => true,
                        Speaker::Described { span } => {
                            let first = input.tokens.partition_point(|t| t.start < span.start);
                            input.person(first).is_some_and(|m| m.span == *span)
                        }
                        Speaker::Unknown => false,
                    };
                    let most = if crossed || !named { 66 } else { 88 };
                    let trust = voice.trust.min(most).saturating_sub(4 * distance as u8);
                    return Some(Voice { trust, ..voice });
                }
                // `One of them, who gave her name only as Moraa, had walked`: nobody else can be meant, as far as it goes.
                // Somebody spoke there whom no rule can name.
                crossed |= distance == 0 && self.somebody_spoke(&sentence);
                if gender != 0
                    && distance == 0
                    && let Some(voice) = self.only_of(sentence.clone(), gender)
                {
                    let acts = || self.acting(&sentence, gender).is_some();
                    let sure = !crossed && (self.first_of_all(&voice, at) || acts());
                    let trust = if sure { 84 } else { 72 };
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
                // `The crowd laughed, and Ada Example, the chair, rose.`
                if !spoke
                    && !crossed
                    && distance == 0
                    && let Some(voice) = self.acting(&sentence, gender)
                {
                    return Some(Voice { trust: 82, ..voice });
                }
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
                _ if self.answers(at) && self.addresses(&sentence, gender) => 60,
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

    /// `she replied`.
    fn answers(&self, at: usize) -> bool {
        let verb = self.input.word(at + 1);
        matches!(verb, "replied" | "answered" | "responded" | "replies" | "answers" | "responds" | "retorted")
    }

    /// `Ada Example asked her`, `put it to him`: another person of this gender is spoken to, who may answer.
    fn addresses(&self, sentence: &Range<usize>, gender: words::Classes) -> bool {
        let input = self.input;
        let other = if gender == words::MALE { "him" } else { "her" };
        let told = |t: usize| {
            matches!(input.word(t), "to" | "at" | "pressed" | "challenged") || input.is(t, words::SAY)
        };
        sentence.clone().skip(1).any(|t| input.word(t) == other && told(t - 1))
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
                .or_else(|| self.many(&subject))
                .or_else(|| {
                    let kin = is_human(self.input.word(subject.end - 1)) && subject.len() > 1;
                    kin.then(|| self.described(subject.clone(), 78))
                }),
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
    pub(super) fn is_spoken(&self, at: usize) -> bool {
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

    pub(super) fn agrees(&self, voice: &Voice, gender: words::Classes) -> bool {
        if voice.person {
            let known = self.genders.get(&voice.key).copied().unwrap_or(0);
            return known == 0 || known & gender != 0;
        }
        false
    }

    /// Whom the pronoun at the head of a sentence outside all marks stands for, if it is of this gender.
    fn pronoun_heads(&self, sentence: &Range<usize>, gender: words::Classes, depth: usize) -> Option<Voice> {
        let input = self.input;
        if gender == 0 || depth > 3 || self.is_spoken(sentence.start) {
            return None;
        }
        // `A former pilot from Riga, she keeps hens`.
        let comma = sentence.clone().take(16).find(|t| input.word(*t) == ",");
        let apposed = comma.filter(|_| self.apposition(sentence)).map(|comma| comma + 1..comma + 2);
        let subject = apposed.or_else(|| heading::heading(input, sentence.start, sentence.end))?;
        let same = match input.word(subject.start) {
            "he" | "He" => gender == words::MALE,
            "she" | "She" => gender == words::FEMALE,
            _ => false,
        };
        (same && subject.len() == 1).then(|| self.before_pronoun(subject.start, depth + 1)).flatten()
    }
}
