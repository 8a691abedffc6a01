//! The tokens that name a speaker enter; who that is leaves, with what the identification is worth.
//!
//! Names are as good as their mention. Pronouns stand for the subject or speaker of the sentences before, where its
//! kind and gender agree and nobody else comes into question; descriptions (`the president`) for the one person who
//! bears that title in the text.

use std::{cell::OnceCell, ops::Range};

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            kin,
            nouns::{is_company, spelled},
            turns::is_anybody,
        },
        roles::{self, Title},
        words,
    },
    model::{EntityKind, Mention, Speaker},
};

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    pub speaker: Speaker,
    /// 0 to 100: how sure it is that these tokens mean this speaker.
    pub trust: u8,
    /// A person, not a body or thing.
    pub person: bool,
    /// Tells speakers apart: the mention's entity, or its words.
    pub key: u64,
}

/// Knows the persons of an article.
pub struct Resolver<'a, 'b> {
    pub(super) input: &'b Input<'a>,
    /// Titles by their last word, of each person and wording one.
    pub(super) titles: FxHashMap<String, Vec<Title>>,
    /// Where the title before a mention begins, by mention.
    starts: FxHashMap<usize, usize>,
    /// Organisations by each word of their names, the first place of each; two are kept, which is enough to doubt.
    bodies: FxHashMap<String, Vec<&'a Mention>>,
    /// The first place of each organisation, up to two.
    pub(super) organizations: Vec<&'a Mention>,
    /// Words that stand behind `a` or its like, with the first place of each; made when first asked for.
    pub(super) nouns: OnceCell<FxHashMap<&'a str, usize>>,
    /// Words for relatives with the person named beside them; found when first asked for.
    pub(super) kin: OnceCell<Vec<(&'a str, &'a Mention)>>,
    /// Key of a person to gender: [`words::MALE`], [`words::FEMALE`], both or none.
    pub(super) genders: FxHashMap<u64, words::Classes>,
    /// Who spoke where: token of the verb, voice; in text order.
    pub events: Vec<(usize, Voice)>,
    /// What stands between marks, in text order.
    pub(super) spoken: Vec<Range<usize>>,
}

impl<'a, 'b> Resolver<'a, 'b> {
    pub fn new(input: &'b Input<'a>, spoken: Vec<Range<usize>>) -> Self {
        let titles = roles::titles(input);
        let mut genders: FxHashMap<u64, words::Classes> = FxHashMap::default();
        for mention in input.mentions.iter().filter(|m| m.kind == EntityKind::Person) {
            let tokens = input.tokens_of(mention);
            let Some(first) = tokens.clone().next() else { continue };
            let mut bits = 0;
            if tokens.len() > 1 || input.is(first, words::COURTESY) {
                bits |= input.classes[first];
            }
            if first > 0 {
                // `Mrs. Smith`, `spokeswoman Maria Smith`; the names of others do not count.
                let title =
                    input.mention(first - 1).is_none() && input.is(first - 1, words::ROLE | words::COURTESY);
                bits |= if title { input.classes[first - 1] } else { 0 };
            }
            bits |= kin::told(input, &tokens);
            *genders.entry(key(input, mention)).or_insert(0) |= bits & (words::MALE | words::FEMALE);
        }
        for title in &titles {
            let mention = &input.mentions[title.mention];
            let bits =
                title.tokens.clone().filter(|t| !input.is_capital(*t)).fold(0, |b, t| b | input.classes[t]);
            *genders.entry(key(input, mention)).or_insert(0) |= bits & (words::MALE | words::FEMALE);
        }
        let starts = titles
            .iter()
            .filter(|t| input.tokens[t.tokens.start].start < input.mentions[t.mention].span.start)
            .map(|t| (t.mention, t.tokens.start))
            .collect();
        let mut resolver = Resolver {
            input,
            titles: by_head(input, titles),
            starts,
            bodies: FxHashMap::default(),
            organizations: Vec::new(),
            nouns: OnceCell::new(),
            kin: OnceCell::new(),
            genders,
            events: Vec::new(),
            spoken,
        };
        for mention in input.mentions.iter().filter(|m| m.kind == EntityKind::Organization) {
            keep(input, &mut resolver.organizations, mention);
            for word in input.prose.slice(mention.span).split_whitespace().filter(|w| w.len() > 3) {
                keep(input, resolver.bodies.entry(word.to_lowercase()).or_default(), mention);
            }
        }
        resolver
    }

    /// Who is meant by `tokens`, in a clause that ends with `verb`.
    pub fn resolve(&self, tokens: Range<usize>, verb: usize) -> Option<Voice> {
        let input = self.input;
        let core = self.core(tokens.clone());
        let last = core.end.checked_sub(1)?;
        let names: Vec<&Mention> = self.names(&core);
        if names.len() > 1 && self.joined(&core) {
            return Some(self.described(tokens, 85));
        }
        if let Some(mention) = input.mention(last) {
            // `a student named Wong` is nobody of whom the text spoke before.
            let first = input.tokens_of(mention).start;
            let new = input.is(core.start, words::DETERMINER)
                && first > core.start
                && matches!(input.word(first - 1), "named" | "called" | "surnamed");
            return Some(if new { self.described(tokens, 90) } else { self.named(mention) });
        }
        if core.len() == 1 && (input.is(last, words::PRONOUN) || matches!(input.word(last), "him" | "her")) {
            return self.pronoun(last);
        }
        let says = |t: usize| {
            input.is_word(t)
                && !input.is(t, words::DETERMINER | words::PRONOUN)
                && !matches!(input.word(t), "I" | "you" | "You" | "we" | "We" | "I'm" | "I’m" | "me" | "us")
        };
        // `said one of the marchers`.
        let of = core.len() == 1 && core.end < tokens.end && input.word(core.end) == "of";
        let one = of && input.is(last, words::DETERMINER);
        if !core.clone().any(says) && !one || core.len() > 12 {
            return None;
        }
        // `A ministry spokesman, Vu Nguyen, said`.
        if let Some(name) = self.apposed(tokens.end, verb) {
            return Some(name);
        }
        let known = self.role(&core).or_else(|| self.body(&core)).or_else(|| self.kin(&core));
        let known = known.or_else(|| self.nearest(&core));
        known.or_else(|| self.held_back(&core)).or_else(|| {
            let words = tokens.len();
            let known = core.clone().any(|t| {
                input.is(t, words::ROLE | words::GROUP | words::BODY | words::PAPER | words::DETERMINER)
                    || input.mention(t).is_some()
            });
            let plural = input.word(last).ends_with('s');
            let nobody = matches!(input.word(core.start), "No" | "no" | "Neither" | "neither");
            // `wrote a Danish bosun`: what stands behind its verb speaks.
            let thing =
                nobody || verb > tokens.start && self.is_thing(&core) || plural && !self.are_people(last);
            let trust = if is_anybody(input, last) || is_anybody(input, tokens.end - 1) {
                60
            } else if self.stands_for_a_name(&core)
                || self.is_kin_of_many(&core)
                || self.is_clause(&core)
                || thing
            {
                66
            } else if known && words <= 14 {
                90
            } else if plural {
                80
            } else {
                55
            };
            Some(self.described(tokens, trust))
        })
    }

    /// Whether a description is too long for one, or goes on for words behind somebody's name.
    fn is_clause(&self, core: &Range<usize>) -> bool {
        let input = self.input;
        let name = core.clone().find_map(|t| input.person(t)).map(|m| input.tokens_of(m).end);
        core.len() > 8
            || name.is_some_and(|end| {
                core.end > end + 2 && !matches!(input.word(end), "'s" | "’s") && input.is_word(end)
            })
    }

    /// What stands before the first preposition outside a name.
    fn core(&self, tokens: Range<usize>) -> Range<usize> {
        let input = self.input;
        // `Secretary of State Marco Rubio`: a preposition inside the title before a name parts nothing.
        let content = tokens.clone().find(|t| !input.is(*t, words::DETERMINER)).unwrap_or(tokens.start);
        let titled = tokens.clone().filter(|t| !input.inside_mention(*t)).find(|t| {
            input.person(*t).is_some()
                && self.starts.get(&(input.owners[*t] as usize - 1)).is_some_and(|s| {
                    // The first word of a sentence is counted in where all before the title are capitals.
                    *s <= content || *s <= content + 3 && (content..*s).all(|t| input.is_capital(t))
                })
        });
        let skip = titled.map_or(1, |t| t - tokens.start + 1);
        let end = tokens
            .clone()
            .skip(skip)
            .find(|t| {
                input.mention(*t).is_none()
                    && (input.is(*t, words::PREPOSITION | words::RELATIVE)
                        || matches!(input.word(*t), "," | "("))
            })
            .unwrap_or(tokens.end);
        // `Greek premier Kyriakos Vlachos speaking to reporters`.
        let participle = (tokens.start + 1..end).find(|t| {
            input.mention(*t).is_none()
                && input.mention(t - 1).is_some()
                && !input.is_capital(*t)
                && (input.word(*t).ends_with("ing") || input.word(*t).ends_with("ed"))
        });
        let mut end = participle.unwrap_or(end);
        while end > tokens.start + 1 && input.mention(end - 1).is_none() && input.is(end - 1, words::ADVERB) {
            end -= 1;
        }
        tokens.start..end
    }

    fn names(&self, core: &Range<usize>) -> Vec<&'a Mention> {
        let mut out: Vec<&Mention> = Vec::new();
        for t in core.clone() {
            if let Some(mention) = self.input.mention(t)
                && !self.input.inside_mention(t)
            {
                out.push(mention);
            }
        }
        out
    }

    fn joined(&self, core: &Range<usize>) -> bool {
        core.clone().any(|t| self.input.mention(t).is_none() && matches!(self.input.word(t), "and" | "&"))
            && core.clone().next_back().is_some_and(|l| self.input.mention(l).is_some())
            && core.clone().any(|t| {
                self.input.mention(t).is_some() && self.input.word(t + 1) == "and" && t + 1 < core.end
            })
    }

    pub(super) fn named(&self, mention: &Mention) -> Voice {
        let trust = match mention.kind {
            EntityKind::Person => 96,
            EntityKind::Organization => 93,
            EntityKind::Place => 80,
            _ => 45,
        };
        let speaker = match &mention.entity {
            Some(id) => Speaker::Entity { id: id.clone(), span: mention.span },
            None => Speaker::Described { span: mention.span },
        };
        let person = mention.kind == EntityKind::Person;
        Voice { speaker, trust, person, key: key(self.input, mention) }
    }

    pub(super) fn described(&self, tokens: Range<usize>, trust: u8) -> Voice {
        let key = hash(&self.input.prose.slice(self.input.span(tokens.clone())).to_lowercase());
        let head = self.core(tokens.clone()).end.saturating_sub(1);
        let core = tokens.start..head + 1;
        let person = self.is_somebody(&core);
        let span = self.input.span(tokens);
        Voice { speaker: Speaker::Described { span }, trust, person, key }
    }

    /// The name that stands between commas behind a description.
    fn apposed(&self, from: usize, verb: usize) -> Option<Voice> {
        let input = self.input;
        let sentence = input.sentence(from.saturating_sub(1));
        let comma = (from..sentence.end.min(from + 10)).find(|t| input.word(*t) == ",")?;
        if (from..comma).any(|t| input.is(t, words::SAY | words::AUX)) {
            return None;
        }
        // `Its owner, Acme Holdings, said`.
        let owner = matches!(
            input.word(comma - 1),
            "owner" | "operator" | "maker" | "manufacturer" | "parent" | "builder" | "publisher"
        );
        let body = input.mention(comma + 1).filter(|m| owner && m.kind == EntityKind::Organization);
        if let Some(body) = body.filter(|body| input.word(input.tokens_of(body).end) == ",") {
            return Some(self.named(body));
        }
        // `31-year-old Ada Example`, `nurse Ada Example`.
        let name = (comma + 1..sentence.end.min(comma + 8)).find(|t| input.person(*t).is_some())?;
        let passed = |t: usize| {
            input.is_word(t)
                && input.mention(t).is_none()
                && (!input.is_capital(t) || input.is(t, words::ROLE | words::COURTESY))
                && !input.is(t, words::AUX | words::SAY | words::DETERMINER | words::PREPOSITION)
        };
        // `the nun, Sor Ada Example`: a title of another language.
        let title = name == comma + 2
            && input.is_capital(comma + 1)
            && input.mention(comma + 1).is_none()
            && input.word(comma + 1).len() <= 4;
        let described = name == comma + 1
            || title
            || input.word(name - 1).ends_with("-year-old")
            || input.is(name - 1, words::ROLE)
            || roles::is_post(input, name - 1);
        let mention = input.person(name).filter(|_| described && (title || (comma + 1..name).all(passed)))?;
        let end = input.tokens_of(mention).end;
        let closed =
            matches!(input.word(end), "," | "." | "of" | "at" | "from") || end >= sentence.end || end == verb;
        closed.then(|| self.named(mention))
    }

    /// The one person who bears the title described.
    pub(super) fn role(&self, core: &Range<usize>) -> Option<Voice> {
        let input = self.input;
        let wanted: Vec<String> = core
            .clone()
            .filter(|t| {
                input.is_word(*t)
                    && !input.is(*t, words::DETERMINER)
                    && !matches!(input.word(*t), "'s" | "’s")
            })
            .map(|t| spelled(&input.word(t).to_lowercase()).to_owned())
            .collect();
        let last = core.end.checked_sub(1)?;
        let first = core.start;
        let definite = matches!(input.word(first), "the" | "The") || input.mention(first).is_some();
        if wanted.is_empty() || !definite || !input.is(last, words::ROLE) {
            return None;
        }
        let mut found: Option<&Title> = None;
        for title in self.titles.get(wanted.last()?)? {
            let key = |t: &Title| key(input, &input.mentions[t.mention]);
            if !self.bears(title, &wanted) || found.is_some_and(|f| key(f) == key(title)) {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some(title);
        }
        let mention = &input.mentions[found?.mention];
        // One who is named only later is not meant.
        (mention.span.start < input.tokens[last].start).then(|| Voice { trust: 80, ..self.named(mention) })
    }

    /// Whether a title contains all words of a description.
    fn bears(&self, title: &Title, wanted: &[String]) -> bool {
        let input = self.input;
        if title.past != wanted.iter().any(|w| w == "former") {
            return false;
        }
        let has = |word: &str| title.tokens.clone().any(|t| spelled(&input.word(t).to_lowercase()) == word);
        wanted.iter().all(|w| w == "former" || has(w))
    }

    /// The one organisation whose name ends with the noun described: `the ministry`.
    pub(super) fn body(&self, core: &Range<usize>) -> Option<Voice> {
        let input = self.input;
        if core.len() != 2 || !input.word(core.start).eq_ignore_ascii_case("the") {
            return None;
        }
        let noun = input.word(core.end - 1).to_lowercase();
        if input.is(core.end - 1, words::PAPER) {
            return None;
        }
        let found = match self.bodies.get(&noun).map(Vec::as_slice) {
            Some([one]) => one,
            Some(_) => return None,
            // `the company`, where there is but one.
            None if is_company(&noun) => match self.organizations.as_slice() {
                [one] => one,
                _ => return None,
            },
            None => return None,
        };
        (found.span.start < input.tokens[core.start].start).then(|| Voice {
            trust: if self.bodies.contains_key(&noun) { 80 } else { 74 },
            ..self.named(found)
        })
    }
}

/// Titles by the noun they end with, before `of`; of each person and wording the first.
fn by_head(input: &Input, titles: Vec<Title>) -> FxHashMap<String, Vec<Title>> {
    let mut out: FxHashMap<String, Vec<Title>> = FxHashMap::default();
    let mut seen = rustc_hash::FxHashSet::default();
    for title in titles {
        let mention = &input.mentions[title.mention];
        let words = input.prose.slice(input.span(title.tokens.clone())).to_lowercase();
        let end = title
            .tokens
            .clone()
            .find(|t| input.is(*t, words::PREPOSITION) && input.mention(*t).is_none())
            .unwrap_or(title.tokens.end);
        let head = end.checked_sub(1).map(|t| spelled(&input.word(t).to_lowercase()).to_owned());
        let Some(head) = head else { continue };
        // More bearers than these make any description of them doubtful.
        let bearers = out.entry(head).or_default();
        if bearers.len() < 24 && seen.insert((key(input, mention), words)) {
            bearers.push(title);
        }
    }
    out
}

fn keep<'a>(input: &Input, list: &mut Vec<&'a Mention>, mention: &'a Mention) {
    if list.len() < 2 && list.iter().all(|m| key(input, m) != key(input, mention)) {
        list.push(mention);
    }
}

/// Tells who is meant apart: by the entity, or else by the last word of the name.
pub fn key(input: &Input, mention: &Mention) -> u64 {
    match &mention.entity {
        Some(id) => hash(id.as_str()),
        None => {
            let name = input.prose.slice(mention.span);
            hash(&name.split_whitespace().next_back().unwrap_or(name).to_lowercase())
        }
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::BuildHasher;
    rustc_hash::FxBuildHasher.hash_one(text)
}
