//! Which of several entities a name stands for, by what speaks for each; none when the best is not clearly best.
//!
//! Every candidate, of the registry or built in, gets points for its reasons ([`score`]); the sums are compared, and
//! the reasons are kept. The points are set by hand: `docs/how-dateline-decides.md` lists them.

pub mod company;
pub mod government;
pub mod owner;
pub mod regions;
pub mod score;

use std::cell::OnceCell;

use crate::{
    annotate::{
        choose::{
            company::Company,
            score::{Facts, Target, Weighed},
        },
        link::{Document, Linked, confidence, kind_of},
        occurrence::Occurrence,
        posts::{self, Post},
        tagger::NerKind,
        wording::{sides::Around, wording},
    },
    knowledge::{
        self,
        index::{Candidate, Via},
    },
    model::{self, Clue, EntityKind, Evidence},
    text::family::{self, Likeness},
};

/// By how many points the best must be better than the second.
const MARGIN: i32 = 12;
/// So far above the rest, a name says much by itself.
const ALONE: i32 = 30;
/// What that is worth.
const ALONE_POINTS: i32 = 20;
/// At most so many candidates are kept.
const KEPT: usize = 5;

/// A name with its surroundings, read once for all its candidates.
pub struct Case<'c, 'a> {
    pub document: &'c Document<'a>,
    pub occurrence: &'c Occurrence<'a>,
    pub company: &'c Company,
    pub wording: crate::annotate::wording::Wording,
    pub post: Option<Post>,
    /// The token and the number of the name, for asking about its company.
    pub place: company::Place,
    /// See [`Case::is_side`]; worked out when it is first asked for.
    side: OnceCell<bool>,
    /// What stands behind a comma right after the name, or before the name and a comma.
    pub beside: Beside<'c>,
}

/// The neighbours of a name across a comma: `Savannah, Georgia`.
#[derive(Clone, Copy, Default)]
pub struct Beside<'c> {
    pub before: &'c [Candidate],
    pub after: &'c [Candidate],
    /// The folded name of a state that is abbreviated behind the comma.
    pub state: Option<&'static str>,
    /// The words around rule out a list (see [`region_beside`]).
    pub closed: bool,
}

/// Weighs the built-in candidates of an occurrence.
pub fn built_in(case: &Case<'_, '_>) -> Option<Linked> {
    let occurrence = case.occurrence;
    if let Some(demonym) = occurrence.pack.iter().find(|c| c.via == Via::Demonym) {
        let others = occurrence.pack.iter().any(|c| c.via != Via::Demonym);
        let named = occurrence.tagged.is_some_and(|(kind, sure)| sure > 0.7 && kind_of(kind).is_some());
        // `Saudi` is an alias of no land; only what has the very name may be meant beside the people.
        let name = occurrence.pack.iter().any(|c| c.via == Via::Name && !c.weak);
        if !(others && named && name) {
            return Some(self::demonym(case, *demonym));
        }
    }
    if let Some(first) = occurrence.pack.first().filter(|c| is_adjective(case, **c)) {
        return Some(self::demonym(case, *first));
    }
    let candidates = occurrence.pack.iter().filter(|c| c.via != Via::Demonym);
    let all: Vec<Weighed> = candidates.filter_map(|c| score::weigh(case, Facts::built_in(*c)?)).collect();
    government::built_in(case, &all).or_else(|| team(case, &all)).or_else(|| decide(case, all))
}

/// A country that plays: a reference to the country, and no link to the place.
fn team(case: &Case<'_, '_>, all: &[Weighed]) -> Option<Linked> {
    if !case.is_side() || case.wording.part || case.beside.closed {
        return None;
    }
    // What the name is without the game, of which the points against the country are taken back.
    let against = |w: &Weighed| w.reasons.iter().filter(|r| r.clue == Clue::Topic && r.points < 0).count();
    let best = all.iter().filter(|w| w.facts.is_land()).max_by_key(|w| w.points)?;
    let rival = all.iter().any(|w| !w.facts.is_land() && against(w) == 0 && w.points > best.points + 60);
    let country = Target::BuiltIn(best.facts.record?).id(case.document);
    (!rival).then(|| Linked {
        kind: EntityKind::Organization,
        entity: Some(country.clone()),
        confidence: (best.points + 50).clamp(0, 90) as u8,
        evidence: Evidence::Team { country },
        candidates: Vec::new(),
    })
}

impl Case<'_, '_> {
    /// Whether the name is a side in a game: by a score or a player's part, or by its verb where the text is about sport.
    pub fn is_side(&self) -> bool {
        let wording = self.wording;
        *self.side.get_or_init(|| {
            let around = Around::new(self.document.text, &self.occurrence.tokens);
            !wording.city
                && !wording.region
                && (around.scores()
                    || self.company.subject(self.document).sport
                        && (wording.plays && !wording.place || around.side()))
        })
    }
}

/// `Saudi` of Saudi Arabia before a small letter, `Latin American` of Latin America: aliases that are adjectives.
fn is_adjective(case: &Case<'_, '_>, candidate: Candidate) -> bool {
    if candidate.via != Via::Alias || knowledge::kind(candidate.id) != Some(EntityKind::Place) {
        return false;
    }
    let text = case.document.text;
    let folded = text.folded(&case.occurrence.tokens);
    let name = crate::text::fold::fold(knowledge::pack().name(candidate.id)).into_owned();
    let ending = folded.strip_prefix(&name).is_some_and(|end| matches!(end, "n" | "an" | "ian" | "ern"));
    let next = text.tokens.get(case.occurrence.tokens.end as usize).map_or("", |t| t.of(&text.prose.text));
    let before_noun = next.chars().next().is_some_and(char::is_lowercase);
    ending || before_noun && name.strip_prefix(&folded).is_some_and(|rest| rest.starts_with(' '))
}

/// The country of an adjective or people: where several have it (`Congolese`), the one that the text speaks of.
fn demonym(case: &Case<'_, '_>, first: Candidate) -> Linked {
    let all = case.occurrence.pack.iter().filter(|c| c.via == Via::Demonym || **c == first);
    let best = all
        .max_by_key(|c| {
            (
                case.company.country(c.id, case.place),
                std::cmp::Reverse(c.id != first.id),
                std::cmp::Reverse(c.id),
            )
        })
        .copied()
        .unwrap_or(first);
    let country = Target::BuiltIn(best.id).id(case.document);
    Linked {
        kind: EntityKind::Place,
        entity: Some(country.clone()),
        confidence: confidence::REGISTRY,
        evidence: Evidence::Demonym { country },
        candidates: Vec::new(),
    }
}

/// Weighs the registered bearers of a name that several bear.
pub fn registered(case: &Case<'_, '_>) -> Option<Linked> {
    let bearers = case.occurrence.bearers.iter();
    let weighed =
        bearers.filter_map(|b| score::weigh(case, Facts::registered(case.document, b.value))).collect();
    decide(case, weighed)
}

/// Weighs the people, registered and built in, whom a family name alone may mean.
pub fn people(case: &Case<'_, '_>, folded: &str) -> Option<Linked> {
    let document = case.document;
    let words: Vec<&str> = folded.split(' ').collect();
    let rows = document.lexicon.families.get(&family::skeleton(family::key(&words)));
    let mut all: Vec<Weighed> = Vec::new();
    for row in rows.into_iter().flatten() {
        let entity = &document.lexicon.entities[*row as usize];
        let short = std::iter::once(&entity.name).chain(&entity.aliases).any(|name| {
            let name = crate::text::fold::fold(name);
            let full: Vec<&str> = name.split(' ').collect();
            family::is_family_name(&words, &full)
        });
        if short {
            all.extend(score::weigh(case, Facts::registered(document, *row).short()));
        }
    }
    if document.lexicon.config.builtin {
        // A common family name has very many bearers; the weightiest stand first.
        for candidate in knowledge::pack().surname(folded).take(24) {
            all.extend(Facts::built_in(candidate).and_then(|facts| score::weigh(case, facts)));
        }
    }
    decide(case, all)
}

/// Weighs people of the registry whose names are the same but for their spelling, or for names in the middle.
pub fn spelt_otherwise(case: &Case<'_, '_>, folded: &str) -> Option<Linked> {
    let document = case.document;
    let words: Vec<&str> = folded.split(' ').collect();
    let keys = [Some(family::key(&words)), family::front_key(&words)];
    let rows =
        keys.into_iter().flatten().filter_map(|key| document.lexicon.families.get(&family::skeleton(key)));
    let mut all: Vec<Weighed> = Vec::new();
    let mut rows: Vec<u32> = rows.flatten().copied().collect();
    rows.sort_unstable();
    rows.dedup();
    for row in rows {
        let entity = &document.lexicon.entities[row as usize];
        let alike = std::iter::once(&entity.name).chain(&entity.aliases).any(|name| {
            let name = crate::text::fold::fold(name);
            let full: Vec<&str> = name.split(' ').collect();
            family::likeness(&words, &full) >= Likeness::Spelling
        });
        if alike {
            all.extend(score::weigh(case, Facts::registered(document, row)));
        }
    }
    let found = decide(case, all)?;
    // `George H. W. Bush` for `George Bush`: the same but for the middle is not the same for sure.
    Some(Linked { confidence: found.confidence.min(90), ..found })
}

/// Weighs the built-in people whose name it is without the initials in it: `Jerome H. Powell`.
pub fn without_initials(case: &Case<'_, '_>, folded: &str) -> Option<Linked> {
    let is_initial = |w: &&str| w.trim_end_matches('.').chars().count() == 1;
    let words: Vec<&str> = folded.split(' ').collect();
    let plain: Vec<&str> = words.iter().copied().filter(|w| !is_initial(w)).collect();
    if plain.len() < 2 || plain.len() == words.len() {
        return None;
    }
    let candidates = knowledge::pack().candidates(&plain.join(" ")).take(12);
    let people = candidates.filter(|c| knowledge::kind(c.id) == Some(EntityKind::Person));
    // A namesake has the name without initials too (John F. Kennedy is not Senator John Kennedy): the post must agree, or
    // the text name what the person heads.
    let of_post = |w: &Weighed| w.reasons.iter().any(|r| r.clue == Clue::Office && r.points > 0);
    let weighed = people.filter_map(|c| Some((c, score::weigh(case, Facts::built_in(c)?)?)));
    let meant = weighed.filter(|(c, w)| of_post(w) || names_office(case, c.id)).map(|(_, w)| w);
    let found = decide(case, meant.collect())?;
    Some(Linked { confidence: found.confidence.min(90), ..found })
}

/// Whether the text names what an office of a person is over: the `Federal Reserve` of its chair.
fn names_office(case: &Case<'_, '_>, id: knowledge::record::KnowledgeId) -> bool {
    let Some(record) = knowledge::pack().record(id) else { return false };
    let text = &case.document.text.folded.text;
    record.roles.iter().any(|role| {
        let over = [" of the ", " of ", " from "].into_iter().find_map(|of| role.title.rsplit_once(of));
        over.is_some_and(|(_, over)| {
            over.len() > 4 && text.contains(&format!(" {} ", crate::text::fold::fold(over)))
        })
    })
}

/// Compares the sums.
fn decide(case: &Case<'_, '_>, mut all: Vec<Weighed>) -> Option<Linked> {
    score::compare(&mut all);
    regions::stands_back(case, &mut all);
    all.sort_by(|a, b| b.points.cmp(&a.points).then(a.facts.target.cmp(&b.facts.target)));
    // Records that are one entity of the registry are no rivals.
    let mut seen = Vec::new();
    all.retain(|w| {
        let target = w.facts.target.of_registry(case.document);
        let new = !seen.contains(&target);
        seen.push(target);
        new
    });
    let best = all.first()?;
    let second = all.get(1);
    let short = best.reasons.iter().any(|r| r.clue == Clue::ShortName);
    // A family name has bearers whom nobody here knows.
    let alone = !short && second.is_none_or(|s| best.points - s.points > ALONE);
    let sum = best.points + if alone { ALONE_POINTS } else { 0 };
    let confidence = sum.clamp(0, 96) as u8;
    let ambiguous = second.is_some_and(|s| best.points - s.points < MARGIN);
    let held = ambiguous || !case.document.settings.threshold.met(confidence);
    let kept = |n: usize| all.iter().take(n).map(|w| w.candidate(case.document)).collect::<Vec<_>>();
    let candidates = if second.is_some() || held { kept(KEPT) } else { Vec::new() };
    if ambiguous {
        let near = all.iter().take_while(|w| best.points - w.points < MARGIN).count();
        return Some(Linked {
            kind: best.facts.kind,
            entity: None,
            confidence: confidence::AMBIGUOUS.min(confidence),
            evidence: Evidence::Ambiguous { rivals: near as u32 },
            candidates,
        });
    }
    Some(Linked {
        kind: best.facts.kind,
        entity: Some(best.facts.target.id(case.document)),
        confidence,
        evidence: evidence(case, best, second),
        candidates,
    })
}

/// Why the best is the best.
fn evidence(case: &Case<'_, '_>, best: &Weighed, second: Option<&Weighed>) -> Evidence {
    let alias = case.document.text.surface(&case.occurrence.tokens).replace('\n', " ");
    let post = case.occurrence.title.as_ref().map(|t| case.document.text.surface(t).to_owned());
    let by_post = best.reasons.iter().any(|r| r.clue == Clue::Office && r.points > 0);
    if let Some(post) = post.filter(|_| by_post && best.reasons.iter().any(|r| r.clue == Clue::ShortName)) {
        return Evidence::Office { post };
    }
    // What tells it from the next, in the order of its weight.
    let of_other = |clue: Clue| {
        second.and_then(|s| s.reasons.iter().find(|r| r.clue == clue)).map_or(0, |r| i32::from(r.points))
    };
    let context = [
        Clue::Beside,
        Clue::Wording,
        Clue::Company,
        Clue::Country,
        Clue::Story,
        Clue::Topic,
        Clue::Office,
        Clue::Day,
    ];
    let mut telling: Vec<&model::Reason> = best
        .reasons
        .iter()
        .filter(|r| context.contains(&r.clue) && i32::from(r.points) > of_other(r.clue))
        .collect();
    telling.sort_by_key(|r| (of_other(r.clue) - i32::from(r.points), r.clue));
    let short = best.reasons.iter().any(|r| r.clue == Clue::ShortName);
    if second.is_some() && !telling.is_empty() || short {
        let words: Vec<&str> = telling.iter().take(2).map(|r| r.clue.as_str()).collect();
        let reason =
            if words.is_empty() { "the best known of the name".to_owned() } else { words.join(", ") };
        return Evidence::Context { reason: format!("`{alias}`: {reason}") };
    }
    match best.facts.target {
        Target::Registry(_) => Evidence::Registry { alias },
        Target::BuiltIn(_) => Evidence::Knowledge { alias },
    }
}

/// Gathers the surroundings of an occurrence.
pub fn case<'c, 'a>(
    document: &'c Document<'a>,
    company: &'c Company,
    occurrences: &'c [Occurrence<'a>],
    index: usize,
) -> Case<'c, 'a> {
    let occurrence = &occurrences[index];
    let text = document.text;
    let post = occurrence.title.as_ref().and_then(|title| posts::post(text.surface(title)));
    let comma = |from: u32, to: u32| to == from + 1 && text.tokens[from as usize].of(&text.prose.text) == ",";
    let after = occurrences.get(index + 1).filter(|o| comma(occurrence.tokens.end, o.tokens.start));
    let before = index
        .checked_sub(1)
        .map(|i| &occurrences[i])
        .filter(|o| comma(o.tokens.end, occurrence.tokens.start));
    let end = occurrence.tokens.end as usize;
    let is_comma = text.tokens.get(end).is_some_and(|t| t.of(&text.prose.text) == ",");
    let state = text.tokens.get(end + 1).filter(|_| is_comma).and_then(|token| {
        crate::annotate::states::state(text.folded.token(end + 1), token.of(&text.prose.text))
    });
    let strict = region_beside(document, occurrences, index);
    let mut wording = wording(text, &occurrence.tokens);
    // `Magnus Carlsen of Norway` is no longer name.
    let of_person = index.checked_sub(1).map(|i| &occurrences[i]).is_some_and(|o| {
        o.tokens.end + 1 == occurrence.tokens.start
            && o.tagged.is_some_and(|(kind, sure)| kind == NerKind::Person && sure > 0.5)
    });
    wording.part &= !(wording.of && of_person);
    Case {
        place: (occurrence.tokens.start, company.number(&text.folded(&occurrence.tokens))),
        document,
        occurrence,
        company,
        wording,
        side: OnceCell::new(),
        post,
        beside: Beside {
            before: before.map_or(&[], |o| &o.pack),
            after: after.map_or(&[], |o| &o.pack),
            state,
            closed: strict.is_some(),
        },
    }
}

/// `in Moscow, Idaho,`: the folded name of the region behind the comma after a name. A preposition opens the phrase and
/// a mark closes it, so that it is no list of places.
pub fn region_beside(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    index: usize,
) -> Option<String> {
    let occurrence = &occurrences[index];
    let text = document.text;
    let (start, end) = (occurrence.tokens.start as usize, occurrence.tokens.end as usize);
    let word = |i: usize| text.tokens.get(i).map_or("", |t| t.of(&text.prose.text));
    let opens = start == 0
        || matches!(
            text.folded.token(start - 1),
            "in" | "of" | "from" | "near" | "at" | "to" | "outside" | "around"
        );
    if !opens || word(end) != "," || end + 1 >= text.tokens.len() {
        return None;
    }
    let state = crate::annotate::states::state(text.folded.token(end + 1), word(end + 1));
    let (region_end, region) = match (occurrences.get(index + 1), state) {
        (_, Some(state)) => (end + 2, state.to_owned()),
        (Some(next), None) if next.tokens.start as usize == end + 1 => {
            // `Britain, Denmark`: a country has regions, and is none.
            let of = |test: fn(_) -> bool| next.pack.iter().any(|c| test(c.id));
            let region = of(regions::is_region) && !of(regions::is_country);
            region.then(|| (next.tokens.end as usize, text.folded(&next.tokens)))?
        }
        _ => return None,
    };
    // `Florida, Illinois, Ohio`: a region before a comma is no town, and regions behind it make a list.
    let region_at = |o: &Occurrence<'_>, at: usize| {
        o.tokens.start as usize == at && o.pack.iter().any(|c| regions::is_container(c.id))
    };
    let more = occurrences[index + 1..].iter().take(3).any(|o| region_at(o, region_end + 1));
    let itself = occurrence.pack.iter().any(|c| regions::is_region(c.id));
    let list = more || itself || matches!(word(region_end + 1), "and" | "or" | "to");
    let closes = matches!(word(region_end), "," | "." | ";" | ")" | "(" | "—" | "–" | "-" | "--" | ":" | "");
    (closes && !list).then_some(region)
}
