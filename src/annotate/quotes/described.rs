//! Words that describe a speaker without a name enter; whether they stand for somebody named, and for whom, leaves.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        quotes::{
            nouns::{is_age, is_company, is_crowd, is_human, is_plural, is_profession, is_trade},
            speaker::{Resolver, Voice, key},
        },
        roles, words,
    },
    model::{EntityKind, Mention, Speaker},
};

impl Resolver<'_, '_> {
    /// Whether a description (`the minister`) stands for a person whom the text names without saying so: nobody of this
    /// post was spoken of without a name before (`a minister`).
    pub(super) fn stands_for_a_name(&self, core: &Range<usize>) -> bool {
        let input = self.input;
        let Some(last) = core.end.checked_sub(1).filter(|_| (2..=6).contains(&core.len())) else {
            return false;
        };
        let word = input.word(last);
        // `the retired bus driver`, `the 58-year-old`: of longer descriptions only those of one person.
        let plain = |t: usize| {
            input.mention(t).is_none() && input.is_word(t) && !matches!(input.word(t), "'s" | "’s")
        };
        let one = input.is(last, words::ROLE) || is_human(word) || is_age(word);
        if core.len() > 2 && !(one && core.clone().all(plain)) {
            return false;
        }
        let body = input.is(last, words::BODY);
        let thing = input.is(last, words::PAPER | words::GROUP)
            || body && !is_company(word)
            || is_plural(word)
            || is_crowd(word);
        let definite = input.word(core.start).eq_ignore_ascii_case("the") && !thing;
        let unnamed = self.introduced(word).is_some_and(|at| at < core.start);
        let named = if body { !self.organizations.is_empty() } else { !self.genders.is_empty() };
        definite && named && (body || !unnamed)
    }

    /// Where a noun first stands behind `a` or its like: `a former minister`.
    fn introduced(&self, noun: &str) -> Option<usize> {
        let input = self.input;
        let nouns = self.nouns.get_or_init(|| {
            let mut nouns = FxHashMap::default();
            let opens = |t: &usize| {
                input.is(*t, words::DETERMINER)
                    && matches!(input.word(*t), "a" | "an" | "one" | "another" | "A" | "An" | "One")
            };
            for d in (0..input.tokens.len()).filter(opens) {
                for t in d + 1..input.tokens.len().min(d + 5) {
                    nouns.entry(input.word(t)).or_insert(t);
                }
            }
            nouns
        });
        nouns.get(noun).copied()
    }

    /// Whom a description (`the warder`, `the party`) stands for that no title tells: the body that spoke last in the
    /// paragraph, or the only person named in it.
    pub(super) fn nearest(&self, core: &Range<usize>) -> Option<Voice> {
        let input = self.input;
        if !self.stands_for_a_name(core) {
            return None;
        }
        let own = input.paragraph_start(core.start);
        let before = input.paragraph_start(own.saturating_sub(1));
        let entity = |voice: &Voice| matches!(voice.speaker, Speaker::Entity { .. });
        if input.is(core.end - 1, words::BODY) {
            let (at, voice) = self.events.last()?;
            let spoke = *at >= before && !voice.person && entity(voice);
            return spoke.then(|| Voice { trust: voice.trust.min(76), ..voice.clone() });
        }
        let noun = input.word(core.end - 1);
        let trade = is_age(noun) || is_trade(noun);
        let only = |from: usize, to: usize| {
            let mut found: Option<Voice> = None;
            for t in from..to.min(from + 300) {
                let Some(mention) = input.person(t) else { continue };
                let voice = self.named(mention);
                let other = is_age(noun) && self.age(mention).is_some_and(|age| !noun.starts_with(age));
                if other || found.as_ref().is_some_and(|f| f.key != voice.key) {
                    return None;
                }
                found = Some(voice);
            }
            found
        };
        // An office may be held by somebody whom the text does not name; who drives buses is who was spoken of.
        let trust = if trade { 74 } else { 64 };
        // `says the founder, 34`, `said the striker`, where the text has named but one person so far.
        let aged = input.word(core.end) == ","
            && input.word(core.end + 1).parse::<u8>().is_ok_and(|age| age > 4)
            && !input.is(core.end + 2, words::PREPOSITION);
        if (aged || is_trade(noun)) && !self.genders.is_empty() {
            let start = input.tokens[core.start].start;
            let mut earlier = input.mentions.iter().filter(|m| m.kind == EntityKind::Person).take(64);
            let first = earlier.next().filter(|m| m.span.start < start);
            // With a post of his own he is no `driver`; and he must be whom the text spoke of last.
            let post = |one: u64| {
                self.titles
                    .values()
                    .flatten()
                    .take(256)
                    .any(|t| key(input, &input.mentions[t.mention]) == one)
            };
            let heads = |from: usize| input.person(from).map(|m| key(input, m));
            let spoken_of = |one: u64| aged || !post(one) && [heads(own), heads(before)].contains(&Some(one));
            if let Some(first) = first.filter(|m| spoken_of(key(input, m)))
                && earlier.take_while(|m| m.span.start < start).all(|m| key(input, m) == key(input, first))
            {
                return Some(Voice { trust: 82, ..self.named(first) });
            }
        }
        // `Ada Example, who speaks for the families, was not pleased. "...," the lawyer said.`
        let heads = |voice: &Voice| {
            let first = input.person(own).map(|m| key(input, m));
            first == Some(voice.key) && (trade || is_profession(noun))
        };
        if let Some(voice) = only(own, core.start).filter(|voice| heads(voice)) {
            return Some(Voice { trust: 80, ..voice });
        }
        let here = only(own, core.start);
        let none = |from: usize, to: usize| (from..to.min(from + 300)).all(|t| input.person(t).is_none());
        let found = here.or_else(|| only(before, own).filter(|_| trade && none(own, core.start)));
        found.map(|voice| Voice { trust, ..voice })
    }

    /// `Ada Example, 34,`
    fn age(&self, mention: &Mention) -> Option<&str> {
        let input = self.input;
        let end = input.tokens_of(mention).end;
        let age = input.word(end + 1);
        let number = !age.is_empty() && age.len() <= 3 && age.bytes().all(|b| b.is_ascii_digit());
        (input.word(end) == "," && number).then_some(age)
    }

    /// `A county judge on Wednesday ordered ...`, and the paragraph behind opens with `Circuit Judge Ada Example`: the name
    /// that the first paragraph holds back. Never sure enough to be published.
    pub(super) fn held_back(&self, core: &Range<usize>) -> Option<Voice> {
        let input = self.input;
        let last = core.end.checked_sub(1)?;
        let first = input.paragraphs.first()?.tokens.clone();
        // `what the convoy's leader called`.
        let owned = core.clone().any(|t| matches!(input.word(t), "'s" | "’s")) && first.contains(&last);
        let told = match input.word(core.start) {
            "a" | "A" | "an" | "An" | "its" | "Its" | "his" | "His" | "her" | "Her" | "their" => {
                first.contains(&last)
            }
            "the" | "The" => owned || self.introduced(input.word(last)).is_some_and(|at| first.contains(&at)),
            _ => false,
        };
        if !told || !self.is_somebody(core) {
            return None;
        }
        let says = |t: usize| input.is(t, words::SAY) && input.mention(t).is_none();
        let mut opening = input.paragraphs.iter().skip(1).take(3).filter_map(|p| {
            let name = p.tokens.clone().take(6).find(|t| input.person(*t).is_some());
            let said = |name: usize| (p.tokens.start..name).any(says);
            // `"It took forty of them," said Ada Example`.
            let behind =
                || p.tokens.clone().skip(1).take(60).find(|t| says(*t - 1) && input.person(*t).is_some());
            let name = name.filter(|name| !said(*name));
            input.person(
                name.or_else(|| behind().filter(|_| owned && input.is(p.tokens.start, words::DOUBLE)))?,
            )
        });
        let mention = opening.find(|m| input.tokens_of(m).len() > 1)?;
        let name = key(input, mention);
        let new = input.mentions.iter().take(400).find(|m| key(input, m) == name)?.span == mention.span;
        (new && mention.span.start > input.tokens[last].start)
            .then(|| Voice { trust: 66, ..self.named(mention) })
    }

    /// Whether a description without a name is one person.
    pub(super) fn is_somebody(&self, core: &Range<usize>) -> bool {
        let input = self.input;
        let Some(last) = core.end.checked_sub(1) else { return false };
        let who = input.word(core.end + usize::from(input.word(core.end) == ",")) == "who";
        let thing = words::PAPER | words::BODY | words::GROUP;
        (input.is(last, words::ROLE) || is_human(input.word(last)) || who && !is_plural(input.word(last)))
            && !input.is(last, thing)
    }

    /// Whether a description might be of a person: not a paper, a body, or many.
    pub(super) fn may_be_somebody(&self, tokens: &Range<usize>) -> bool {
        let input = self.input;
        let Some(last) = tokens.end.checked_sub(1) else { return false };
        let word = input.word(last);
        !input.is(last, words::PAPER | words::BODY | words::GROUP)
            && input.mention(last).is_none()
            && !is_plural(word)
            && !is_crowd(word)
    }

    /// Whether a description in the singular is of something that neither speaks nor is read: `a single word`.
    pub(super) fn is_thing(&self, core: &Range<usize>) -> bool {
        let input = self.input;
        let Some(last) = core.end.checked_sub(1).filter(|_| core.len() > 1) else { return false };
        let word = input.word(last);
        let one = matches!(input.word(core.start), "a" | "A" | "an" | "An");
        // `resoled three times, which suggested`.
        if input.is(last, words::UNIT) || word == "times" {
            return true;
        }
        let speaks = words::ROLE | words::GROUP | words::BODY | words::PAPER;
        let somebody = ["er", "or", "ist", "ian", "ant", "ent", "man", "son", "ee", "eur", "ess", "ic"];
        let who = |t: usize| {
            input.is(t, speaks)
                || input.mention(t).is_some()
                || roles::is_post(input, t)
                || is_human(input.word(t))
                || is_company(input.word(t))
                || matches!(
                    input.word(t),
                    "team"
                        | "crew"
                        | "tabloid"
                        | "daily"
                        | "weekly"
                        | "magazine"
                        | "website"
                        | "network"
                        | "coalition"
                        | "alliance"
                        | "couple"
                        | "pair"
                )
        };
        one && !core.clone().any(who)
            && !input.is_capital(last)
            && !somebody.iter().any(|end| word.ends_with(end))
    }

    /// Whether a noun in the plural may speak or be read: not `issues`.
    pub(super) fn are_people(&self, at: usize) -> bool {
        let who = words::ROLE | words::GROUP | words::BODY | words::PAPER;
        let word = self.input.word(at);
        let one = word.strip_suffix('s').unwrap_or(word);
        let ends = [
            "er", "or", "ist", "ian", "ant", "ent", "ee", "eer", "ic", "ive", "ate", "an", "ard", "mate",
            "ese",
        ];
        self.input.is_capital(at)
            || word.ends_with("ss")
            || self.input.is(at, who)
            || words::classes(one) & who != 0
            || is_human(one)
            || is_company(one)
            || ends.iter().any(|end| one.ends_with(end))
            || one.ends_with("ie")
            || one.ends_with("iff")
            || matches!(
                one,
                "other"
                    | "one"
                    | "kid"
                    | "girl"
                    | "youth"
                    | "head"
                    | "chief"
                    | "peer"
                    | "twin"
                    | "couple"
                    | "sibling"
                    | "outlet"
                    | "network"
                    | "nation"
                    | "media"
                    | "sleuth"
                    | "nun"
                    | "chef"
                    | "rebel"
                    | "team"
                    | "crew"
            )
    }
}
