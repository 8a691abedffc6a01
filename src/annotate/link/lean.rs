//! Short forms enter; the full form elsewhere in the text that each leans on leaves: family names, acronyms, bodies
//! named by a part of their names.
//!
//! Full forms are indexed by the words under which a short form asks for them, so that time is linear in the text.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{
        choose::company::Company,
        generic::is_generic,
        link::{
            Document, Linked, acronym,
            body::{initials, is_adjective, is_deity, is_organ},
            confidence, kind_of,
        },
        names::is_acronym,
        occurrence::Occurrence,
        posts,
        tagger::NerKind,
        wording::{Wording, wording},
    },
    knowledge,
    model::{Candidate, EntityId, EntityKind, Evidence, Span},
    text::{family, fold::fold},
};

/// A name that stands in full.
pub struct Full {
    words: Vec<String>,
    kind: EntityKind,
    entity: EntityId,
    span: Span,
    index: usize,
    confidence: u8,
}

/// The full forms of a text, each once an entity and wording, by the words that a short form of them has.
#[derive(Default)]
pub struct Fulls {
    all: Vec<Full>,
    /// People by the words that may be said for them; other names by their first and last words.
    by_word: FxHashMap<String, Vec<u32>>,
    /// Acronyms that the text binds to a full form, and initials of bodies.
    acronyms: FxHashMap<String, Vec<u32>>,
    initials: FxHashMap<String, Vec<u32>>,
    /// First words of people's full names, known or not: `Chad` beside `Chad Mercer`.
    given: FxHashSet<String>,
    /// All full names of people as the tagger sees them, known or not, by their family names.
    people: FxHashMap<String, Vec<Vec<String>>>,
}

/// So many full forms behind one word leave it ambiguous anyway.
const LOOKED_AT: usize = 40;

impl Fulls {
    /// All names of several words that are resolved.
    pub fn gather(
        document: &Document<'_>,
        occurrences: &[Occurrence<'_>],
        linked: &[Option<Linked>],
    ) -> Fulls {
        let mut fulls = Fulls::default();
        let mut seen: FxHashSet<(EntityId, String)> = FxHashSet::default();
        for (index, (occurrence, linked)) in occurrences.iter().zip(linked).enumerate() {
            let person = occurrence.tagged.is_some_and(|(kind, _)| kind == NerKind::Person);
            if person && occurrence.tokens.len() > 1 {
                fulls.given.insert(document.text.folded.token(occurrence.tokens.start as usize).to_owned());
                let name = document.text.folded(&occurrence.tokens);
                let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
                let alike = fulls.people.entry(family::key(&words).to_owned()).or_default();
                if alike.len() < LOOKED_AT && !alike.contains(&words) {
                    alike.push(words);
                }
            }
            let Some(Linked { entity: Some(entity), kind, confidence, evidence, .. }) = linked else {
                continue;
            };
            // People in doubt count: what leans on them is in doubt as well.
            let doubtful = *confidence < 60 && *kind != EntityKind::Person;
            if evidence.reference().is_some() || doubtful {
                continue;
            }
            let known =
                || document.lexicon.by_id.get(entity).map(|i| &document.lexicon.entities[*i as usize]);
            let name = match known().filter(|_| occurrence.mark.is_some()) {
                // A mark with words of its own stands for the entity's name.
                Some(known) => fold(&known.name).into_owned(),
                None => document.text.folded(&occurrence.tokens),
            };
            if !name.contains(' ') || !seen.insert((entity.clone(), name.clone())) {
                continue;
            }
            let words = name.split(' ').map(str::to_owned).collect();
            let (entity, span, confidence) = (entity.clone(), occurrence.span, *confidence);
            fulls.push(Full { words, kind: *kind, entity, span, index, confidence });
        }
        fulls
    }

    fn push(&mut self, full: Full) {
        let at = self.all.len() as u32;
        let mut keys: Vec<String> = Vec::new();
        if full.kind == EntityKind::Person {
            keys.push(family::key(&full.words).to_owned());
            keys.extend(family::front_key(&full.words).map(str::to_owned));
        } else {
            keys.extend(full.words.first().cloned());
            keys.extend(full.words.last().cloned());
            if full.kind == EntityKind::Organization && full.words.len() >= 2 {
                self.initials.entry(initials(&full.words)).or_default().push(at);
            }
        }
        keys.dedup();
        for key in keys {
            self.by_word.entry(key).or_default().push(at);
        }
        self.all.push(full);
    }

    /// Binds an acronym to the full form at `index`.
    pub fn bind(&mut self, acronym: String, full: &Linked, span: Span, index: usize) {
        let Linked { entity: Some(entity), kind, confidence, .. } = full.clone() else { return };
        self.acronyms.entry(acronym.clone()).or_default().push(self.all.len() as u32);
        self.all.push(Full { words: vec![acronym], kind, entity, span, index, confidence });
    }

    fn under<'f>(&'f self, key: &str) -> impl Iterator<Item = &'f Full> {
        self.by_word.get(key).into_iter().flatten().take(LOOKED_AT).map(|i| &self.all[*i as usize])
    }

    /// Whether the words are the family name of a person named in full.
    pub fn has_family(&self, words: &[&str]) -> bool {
        let key = family::key(words);
        let named = self.people.get(key).into_iter().flatten();
        named.into_iter().any(|full| family::is_family_name(words, full))
            || self
                .under(key)
                .any(|f| f.kind == EntityKind::Person && family::is_family_name(words, &f.words))
    }
}

/// `a student named Wong`: nobody of whom the text spoke before.
fn is_named_anew(document: &Document<'_>, occurrence: &Occurrence<'_>) -> bool {
    let start = occurrence.tokens.start as usize;
    let word = |back: usize| start.checked_sub(back).map_or("", |t| document.text.folded.token(t));
    matches!(word(1), "named" | "surnamed")
        && (3..7).find(|back| matches!(word(*back), "a" | "an" | "another")).is_some_and(|article| {
            let plain = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
            (2..article).all(|back| plain(word(back)))
        })
}

/// What a short form leans on: the full name of a person or body elsewhere in the text.
pub fn lean(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    index: usize,
    fulls: &Fulls,
    company: &Company,
    own: Option<&Linked>,
) -> Option<Linked> {
    let occurrence = &occurrences[index];
    let folded = document.text.folded(&occurrence.tokens);
    let words: Vec<&str> = folded.split(' ').collect();
    let tagged = occurrence.tagged.and_then(|(kind, _)| kind_of(kind));
    let mut found: Vec<(&Full, Evidence, u8)> = Vec::new();
    let surface = document.text.surface(&occurrence.tokens);
    if words.len() == 1 && is_acronym(surface) {
        let plain: String = folded.chars().filter(|c| *c != '.').collect();
        let bound = fulls.acronyms.get(&folded).into_iter().flatten().take(LOOKED_AT);
        for at in bound {
            let full = &fulls.all[*at as usize];
            let confidence = acronym::at_most(document, full.confidence, confidence::ACRONYM);
            add(&mut found, full, Evidence::Acronym { of: full.span }, confidence);
        }
        if own.is_none() {
            for at in fulls.initials.get(&plain).into_iter().flatten().take(LOOKED_AT) {
                let full = &fulls.all[*at as usize];
                add(&mut found, full, Evidence::Acronym { of: full.span }, confidence::INITIALS);
            }
        }
    }
    // A place or body that has the name, as the text would have it without the people in it.
    let thing = own.filter(|o| o.kind != EntityKind::Person && o.entity.is_some());
    let words_around = wording(document.text, &occurrence.tokens);
    let key = family::key(&words);
    let other = thing.is_some() && document.text.is_the_other(&occurrence.tokens)
        || is_named_anew(document, occurrence);
    for full in fulls.under(key).filter(|f| f.kind == EntityKind::Person && !other) {
        if !family::is_family_name(&words, &full.words) {
            continue;
        }
        let confidence = match (tagged, thing) {
            (_, Some(thing)) => {
                match person_or_thing(document, occurrence, occurrences, full, company, thing, words_around) {
                    Reading::Person => confidence::FAMILY_NAME - 8,
                    Reading::Thing => continue,
                    Reading::Open => {
                        let rival = |entity: &EntityId| Candidate {
                            entity: entity.clone(),
                            score: 0,
                            reasons: Vec::new(),
                        };
                        let candidates = thing.entity.iter().chain([&full.entity]).map(rival).collect();
                        return Some(Linked {
                            kind: thing.kind,
                            entity: None,
                            confidence: confidence::AMBIGUOUS,
                            evidence: Evidence::Ambiguous { rivals: 2 },
                            candidates,
                        });
                    }
                }
            }
            (Some(EntityKind::Person), None) => confidence::FAMILY_NAME,
            (None, None) => confidence::FAMILY_NAME - 5,
            (Some(_), None) => confidence::FAMILY_NAME_UNSURE,
        };
        let sure = document.settings.threshold.met(full.confidence);
        let confidence = if sure { confidence } else { confidence.min(full.confidence) };
        add(&mut found, full, Evidence::Surname { of: full.span }, confidence);
    }
    // `Chad smiled` beside Chad Mercer: his given name, or the country? A word says.
    if let Some(thing) =
        thing.filter(|_| found.is_empty() && words.len() == 1 && fulls.given.contains(words[0]))
    {
        let sure = words_around.place
            || words_around.toward
            || tagged == Some(thing.kind) && company_of(document, company, occurrence, thing);
        return (!sure).then(|| Linked {
            kind: thing.kind,
            entity: None,
            confidence: confidence::AMBIGUOUS,
            evidence: Evidence::Ambiguous { rivals: 2 },
            candidates: thing
                .entity
                .iter()
                .map(|id| Candidate { entity: id.clone(), score: 0, reasons: Vec::new() })
                .collect(),
        });
    }
    // `Leicester`, that plays, after `Leicester City`.
    if let Some(thing) =
        thing.filter(|t| t.kind == EntityKind::Place && found.is_empty() && !words_around.place)
        && let Some(club) = fulls.under(words[0]).find(|f| {
            f.kind == EntityKind::Organization && f.words.len() > words.len() && starts_with(&f.words, &words)
        })
        && company.subject(document).sport
        && !words_around.city
    {
        let entity = words_around.plays.then(|| club.entity.clone());
        let rivals = [club.entity.clone()].into_iter().chain(thing.entity.clone());
        return Some(Linked {
            kind: EntityKind::Organization,
            confidence: if entity.is_some() { confidence::SHORT_FORM } else { confidence::AMBIGUOUS },
            evidence: match &entity {
                Some(_) => Evidence::ShortForm { of: club.span },
                None => Evidence::Ambiguous { rivals: 2 },
            },
            entity,
            candidates: rivals.map(|entity| Candidate { entity, score: 0, reasons: Vec::new() }).collect(),
        });
    }
    if own.is_none()
        && tagged != Some(EntityKind::Person)
        && !(words.len() == 1 && is_generic(&folded))
        // `Native American` is short for no fund, nor `God` for a book.
        && !words.last().is_some_and(|word| is_adjective(word) || is_deity(word))
    {
        let last = words.last().filter(|last| **last != words[0]);
        for full in std::iter::once(&words[0]).chain(last).flat_map(|w| fulls.under(w)) {
            let part = full.kind == EntityKind::Organization
                && full.index != index
                && words.len() < full.words.len()
                && (ends_with(&full.words, &words) || starts_with(&full.words, &words))
                && words.len() * 3 >= full.words.len()
                // `CentOS` is not the CentOS Governing Board.
                && !(words.len() == 1 && full.words[1..].iter().any(|w| is_organ(w)));
            if part {
                add(&mut found, full, Evidence::ShortForm { of: full.span }, confidence::SHORT_FORM);
            }
        }
    }
    if found.len() > 1 {
        narrow(document, occurrences, index, &mut found);
    }
    match found.as_slice() {
        [] => None,
        [(full, evidence, confidence)] => Some(Linked {
            kind: full.kind,
            entity: Some(full.entity.clone()),
            confidence: *confidence,
            evidence: evidence.clone(),
            candidates: Vec::new(),
        }),
        several => Some(Linked {
            kind: several[0].0.kind,
            entity: None,
            confidence: confidence::AMBIGUOUS,
            evidence: Evidence::Ambiguous { rivals: several.len() as u32 },
            candidates: several
                .iter()
                .take(5)
                .map(|(f, _, _)| Candidate { entity: f.entity.clone(), score: 0, reasons: Vec::new() })
                .collect(),
        }),
    }
}

/// Notes what a short form may lean on, each entity once.
fn add<'f>(found: &mut Vec<(&'f Full, Evidence, u8)>, full: &'f Full, evidence: Evidence, confidence: u8) {
    if !found.iter().any(|(f, _, _)| f.entity == full.entity) {
        found.push((full, evidence, confidence));
    }
}

enum Reading {
    Person,
    Thing,
    Open,
}

/// `Jordan` beside Jim Jordan: the words around say, then who was spoken of last, then the company.
fn person_or_thing(
    document: &Document<'_>,
    occurrence: &Occurrence<'_>,
    occurrences: &[Occurrence<'_>],
    full: &Full,
    company: &Company,
    thing: &Linked,
    words_around: Wording,
) -> Reading {
    /// Tokens, about two sentences.
    const NEAR: u32 = 45;
    let tagged = occurrence.tagged.and_then(|(kind, sure)| Some((kind_of(kind)?, sure)));
    let named = occurrences[full.index].tokens.end;
    let after = occurrence.tokens.start >= named;
    let near = after && occurrence.tokens.start - named <= NEAR;
    if words_around.person || occurrence.title.is_some() {
        return Reading::Person;
    }
    if words_around.place || words_around.toward {
        return Reading::Thing;
    }
    let kept = company_of(document, company, occurrence, thing);
    match tagged {
        Some((EntityKind::Person, _)) => Reading::Person,
        _ if words_around.acts && near => Reading::Person,
        Some((kind, sure)) if kind == thing.kind && sure > 0.6 && kept => Reading::Thing,
        _ if !after => Reading::Thing,
        None if !kept => Reading::Person,
        _ => Reading::Open,
    }
}

/// Whether the text names anything else of the country of a place or body.
fn company_of(
    document: &Document<'_>,
    company: &Company,
    occurrence: &Occurrence<'_>,
    thing: &Linked,
) -> bool {
    let pack = knowledge::pack();
    let Some(id) = &thing.entity else { return false };
    let country = match document.lexicon.by_id.get(id) {
        Some(row) => document.lexicon.countries[*row as usize],
        None => pack.by_slug(id.as_str()).and_then(|id| pack.brief(id)?.country),
    };
    let number = company.number(&document.text.folded(&occurrence.tokens));
    country.is_some_and(|c| company.country(c, (occurrence.tokens.start, number)) > 0)
}

fn starts_with(full: &[String], words: &[&str]) -> bool {
    full.len() >= words.len() && full.iter().zip(words).all(|(a, b)| a == b)
}

fn ends_with(full: &[String], words: &[&str]) -> bool {
    full.len() >= words.len() && full[full.len() - words.len()..].iter().zip(words).all(|(a, b)| a == b)
}

/// Of several people with one family name, the one whose full name stands with the same post: `President Bush` after
/// `President George Bush` and `Governor Jeb Bush`.
fn narrow(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    index: usize,
    found: &mut Vec<(&Full, Evidence, u8)>,
) {
    let post_of =
        |o: &Occurrence<'_>| o.title.as_ref().and_then(|title| posts::post(document.text.surface(title)));
    let Some(post) = post_of(&occurrences[index]) else { return };
    let same: Vec<usize> = (0..found.len())
        .filter(|i| {
            let full = found[*i].0;
            post_of(&occurrences[full.index]).is_some_and(|p| p.agrees(&post))
                || held(document, &full.entity, &post)
        })
        .collect();
    if let [only] = same.as_slice() {
        let kept = found.swap_remove(*only);
        *found = vec![kept];
    }
}

/// Whether the registry or the built-in knowledge says that the entity holds the post.
fn held(document: &Document<'_>, id: &EntityId, post: &posts::Post) -> bool {
    if let Some(row) = document.lexicon.by_id.get(id) {
        let entity = &document.lexicon.entities[*row as usize];
        return posts::held_in_registry(post, entity, document.day) == posts::Held::Then;
    }
    let pack = knowledge::pack();
    let record = pack.by_slug(id.as_str()).and_then(|id| pack.record(id));
    record.is_some_and(|r| posts::held_in_pack(post, &r.roles, document.day) == posts::Held::Then)
}
