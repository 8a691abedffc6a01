//! Occurrences → mentions: who is meant, how sure that is, and why.
//!
//! 1. Full forms first, in text order: marks, the registry, the built-in knowledge, new full names.
//! 2. Then what leans on them: family names, acronyms in parentheses, short forms of organisations.
//! 3. What remains ambiguous is settled by the countries the text speaks of, or left to an editor.

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        choose::{self, Choice},
        generic::is_generic,
        lexicon::{Lexicon, Settings},
        names::is_acronym,
        occurrence::{Occurrence, Text},
        tagger::NerKind,
    },
    knowledge,
    model::{Candidate, EntityId, EntityKind, Evidence, Introduced, MarkTarget, Span},
    path::slugify,
};

/// A mention in the making.
#[derive(Clone, Debug)]
pub struct Linked {
    pub kind: EntityKind,
    pub entity: Option<EntityId>,
    /// 0 to 100.
    pub confidence: u8,
    pub evidence: Evidence,
    pub candidates: Vec<Candidate>,
}

/// Confidence of each rule, in percent. Set by hand; `docs/how-dateline-decides.md` gives the reasons.
pub mod confidence {
    pub const EDITOR: u8 = 100;
    pub const REGISTRY: u8 = 97;
    pub const REGISTRY_CONFLICT: u8 = 62;
    pub const FAMILY_NAME: u8 = 93;
    pub const FAMILY_NAME_UNSURE: u8 = 60;
    pub const ACRONYM: u8 = 95;
    pub const SHORT_FORM: u8 = 84;
    pub const TITLED: u8 = 86;
    pub const REPEATED: u8 = 78;
    pub const SHAPE: u8 = 45;
    pub const AMBIGUOUS: u8 = 40;
}

/// A name that stands in full.
struct Full {
    words: Vec<String>,
    kind: EntityKind,
    entity: EntityId,
    span: Span,
    index: usize,
}

/// What the whole text tells.
pub struct Document<'a> {
    pub text: &'a Text<'a>,
    pub lexicon: &'a Lexicon,
    pub settings: &'a Settings,
    /// Day of the article, for who held which office.
    pub year: Option<i16>,
    pub introduced: Vec<Introduced>,
}

fn unweighed(entity: EntityId) -> Candidate {
    Candidate { entity, score: 0, reasons: Vec::new() }
}

/// The kind that the tagger's word stands for.
pub fn kind_of(tagged: NerKind) -> Option<EntityKind> {
    match tagged {
        NerKind::Person => Some(EntityKind::Person),
        NerKind::Place => Some(EntityKind::Place),
        NerKind::Organization => Some(EntityKind::Organization),
        NerKind::Event => Some(EntityKind::Event),
        NerKind::Misc => None,
    }
}

/// Resolves all occurrences; the result has one entry for each, `None` where there is nothing to say.
pub fn link(document: &mut Document<'_>, occurrences: &[Occurrence<'_>]) -> Vec<Option<Linked>> {
    let mut linked: Vec<Option<Linked>> = occurrences.iter().map(|o| full_form(document, o)).collect();
    let countries = countries(document, occurrences, &linked);
    for (occurrence, slot) in occurrences.iter().zip(&mut linked) {
        if slot.is_none() && !occurrence.pack.is_empty() {
            *slot = from_pack(document, occurrence, &countries);
        }
    }
    let known = fulls(document, occurrences, &linked);
    introduce(document, occurrences, &mut linked, &known);
    let mut fulls = fulls(document, occurrences, &linked);
    acronyms(document, occurrences, &mut linked, &mut fulls);
    for (i, occurrence) in occurrences.iter().enumerate() {
        let leaning = match &linked[i] {
            None => true,
            // A single word that is also the family name of somebody in the text.
            Some(l) => occurrence.tokens.len() == 1 && l.evidence_can_yield(),
        };
        if leaning && let Some(found) = lean(document, occurrence, i, &fulls, linked[i].as_ref()) {
            linked[i] = Some(found);
        }
    }
    for (occurrence, slot) in occurrences.iter().zip(&mut linked) {
        if slot.is_none() {
            *slot = left_over(document, occurrence);
        }
    }
    linked
}

impl Linked {
    /// Whether a full name in the text may overrule this reading of a single word.
    fn evidence_can_yield(&self) -> bool {
        match &self.evidence {
            Evidence::Knowledge { .. } | Evidence::Ambiguous { .. } | Evidence::Context { .. } => true,
            Evidence::Registry { .. } => self.kind == EntityKind::Person || self.confidence < 70,
            _ => false,
        }
    }
}

/// What the editor and the registry say without looking at the rest of the text.
fn full_form(document: &Document<'_>, occurrence: &Occurrence<'_>) -> Option<Linked> {
    if let Some(mark) = occurrence.mark {
        let MarkTarget::Entity(name) = &mark.target else { return None };
        return Some(marked(document, occurrence, name));
    }
    let mut bearers = occurrence.bearers.clone();
    if bearers.is_empty() {
        return None;
    }
    let tagged = occurrence.tagged.filter(|(_, sure)| *sure > 0.5).and_then(|(kind, _)| kind_of(kind));
    if bearers.len() > 1
        && let Some(kind) = tagged
    {
        let of_kind: Vec<_> = bearers
            .iter()
            .copied()
            .filter(|b| document.lexicon.entities[b.value as usize].kind == kind)
            .collect();
        if !of_kind.is_empty() {
            bearers = of_kind;
        }
    }
    let ids = || bearers.iter().map(|b| document.lexicon.entities[b.value as usize].id.clone());
    let entity = &document.lexicon.entities[bearers[0].value as usize];
    if bearers.len() > 1 {
        return Some(Linked {
            kind: entity.kind,
            entity: None,
            confidence: confidence::AMBIGUOUS,
            evidence: Evidence::Ambiguous { rivals: bearers.len() as u32 },
            candidates: ids().map(unweighed).collect(),
        });
    }
    // The tagger is sure that a single word names something else: a person called as a place is.
    let conflict = occurrence.tokens.len() == 1
        && occurrence.tagged.is_some_and(|(kind, sure)| {
            sure > 0.9
                && kind_of(kind).is_some_and(|k| k != entity.kind)
                && (kind == NerKind::Person || entity.kind == EntityKind::Person)
        });
    Some(Linked {
        kind: entity.kind,
        entity: Some(entity.id.clone()),
        confidence: if conflict { confidence::REGISTRY_CONFLICT } else { confidence::REGISTRY },
        evidence: Evidence::Registry { alias: bearers[0].name.clone() },
        candidates: Vec::new(),
    })
}

fn marked(document: &Document<'_>, occurrence: &Occurrence<'_>, name: &str) -> Linked {
    let id = slugify(name);
    let entities = &document.lexicon.entities;
    let known = entities.iter().find(|e| e.id.as_str() == id).or_else(|| {
        let folded = crate::text::fold::fold(name);
        entities.iter().find(|e| {
            std::iter::once(&e.name).chain(&e.aliases).any(|n| crate::text::fold::fold(n) == folded)
        })
    });
    let (entity, kind) = match known {
        Some(entity) => (Some(entity.id.clone()), entity.kind),
        None => match knowledge::find(name).and_then(|id| knowledge::entity(&id)) {
            Some(entity) => (Some(entity.id), entity.kind),
            None => (None, occurrence.tagged.and_then(|(k, _)| kind_of(k)).unwrap_or(EntityKind::Person)),
        },
    };
    // An editor's mark introduces the name, if nobody knows it.
    Linked {
        kind,
        entity,
        confidence: confidence::EDITOR,
        evidence: Evidence::Editor,
        candidates: Vec::new(),
    }
}

/// Countries that the text speaks of, by code, with how often: the company a name keeps.
fn countries(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    linked: &[Option<Linked>],
) -> FxHashMap<String, u32> {
    let pack = knowledge::pack();
    let mut countries: FxHashMap<String, u32> = FxHashMap::default();
    let own = |id| document.lexicon.entity(id).and_then(|e| e.country.clone());
    for (occurrence, linked) in occurrences.iter().zip(linked) {
        let code = match linked {
            Some(Linked { entity: Some(id), .. }) => own(id),
            _ => occurrence
                .pack
                .iter()
                .find(|c| pack.brief(c.id).is_some_and(|b| b.country == Some(c.id)))
                .and_then(|c| pack.country(c.id))
                .map(|c| c.iso2.to_owned()),
        };
        if let Some(code) = code {
            *countries.entry(code).or_default() += 1;
        }
    }
    countries
}

fn from_pack(
    document: &Document<'_>,
    occurrence: &Occurrence<'_>,
    countries: &FxHashMap<String, u32>,
) -> Option<Linked> {
    let choice = choose::choose(document, occurrence, countries)?;
    Some(match choice {
        Choice::Demonym(country) => Linked {
            kind: EntityKind::Place,
            entity: Some(country.clone()),
            confidence: confidence::REGISTRY,
            evidence: Evidence::Demonym { country },
            candidates: Vec::new(),
        },
        Choice::One { id, kind, confidence, evidence } => {
            Linked { kind, entity: Some(id), confidence, evidence, candidates: Vec::new() }
        }
        Choice::Several { kind, candidates } => Linked {
            kind,
            entity: None,
            confidence: confidence::AMBIGUOUS,
            evidence: Evidence::Ambiguous { rivals: candidates.len() as u32 },
            candidates,
        },
    })
}

/// New full names: a person with a title, or a name that stands repeatedly.
fn introduce(
    document: &mut Document<'_>,
    occurrences: &[Occurrence<'_>],
    linked: &mut [Option<Linked>],
    fulls: &[Full],
) {
    // How often each word and each full name stands among the unresolved.
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for occurrence in occurrences {
        if occurrence.tagged.is_some() {
            *counts.entry(document.text.folded(&occurrence.tokens)).or_default() += 1;
        }
    }
    let mut known: FxHashMap<String, EntityId> = FxHashMap::default();
    for (occurrence, slot) in occurrences.iter().zip(linked.iter_mut()) {
        let unknown_mark = matches!(slot, Some(Linked { entity: None, evidence: Evidence::Editor, .. }));
        if slot.is_some() && !unknown_mark {
            continue;
        }
        let tagged = occurrence.tagged.and_then(|(kind, sure)| Some((kind_of(kind)?, sure)));
        let (kind, sure) = match (tagged, unknown_mark) {
            (_, true) => (slot.as_ref().map_or(EntityKind::Person, |l| l.kind), 1.0),
            (Some(tagged), false) => tagged,
            (None, false) => continue,
        };
        if (occurrence.tokens.len() < 2 || !proper(document, occurrence)) && !unknown_mark {
            continue;
        }
        let folded = document.text.folded(&occurrence.tokens);
        // `De Klerk` after F. W. de Klerk is no new name, and `Foreign Ministry` is that of any country.
        let words: Vec<&str> = folded.split(' ').collect();
        let leans = fulls.iter().any(|f| f.kind == EntityKind::Person && is_family_name(&words, &f.words));
        if !unknown_mark && (leans || (kind == EntityKind::Organization && is_generic(&folded))) {
            continue;
        }
        let surname = folded.rsplit(' ').next().unwrap_or("").to_owned();
        let leaning = if kind == EntityKind::Person { counts.get(&surname).copied().unwrap_or(0) } else { 0 };
        let count = counts.get(&folded).copied().unwrap_or(1) + leaning;
        let title = occurrence.title.as_ref().map(|t| document.text.surface(t).to_owned());
        let wanted = document.lexicon.config.provisional;
        let (confidence, evidence) = match (&title, unknown_mark) {
            (_, true) => (confidence::EDITOR, Evidence::Editor),
            (Some(title), _) if kind == EntityKind::Person && wanted => {
                (confidence::TITLED, Evidence::Title { title: title.clone() })
            }
            (None, _) if count >= 2 && sure >= 0.8 && wanted => {
                (confidence::REPEATED, Evidence::Repeated { count })
            }
            _ => (confidence::SHAPE, Evidence::Shape),
        };
        let name = document.text.surface(&occurrence.tokens).replace('\n', " ");
        let id = known.entry(folded.clone()).or_insert_with(|| EntityId::new(&slugify(&name))).clone();
        let sure = confidence >= document.settings.threshold;
        match document.introduced.iter_mut().find(|i| i.id == id) {
            Some(new) => {
                new.sure |= sure;
                new.role = new.role.take().or(title);
            }
            None => document.introduced.push(Introduced { id: id.clone(), name, kind, role: title, sure }),
        }
        *slot = Some(Linked { kind, entity: Some(id), confidence, evidence, candidates: Vec::new() });
    }
    // One sure occurrence makes the name sure everywhere in the text.
    for slot in linked.iter_mut().flatten() {
        let sure = document.introduced.iter().any(|i| i.sure && Some(&i.id) == slot.entity.as_ref());
        if sure && slot.evidence == Evidence::Shape {
            slot.confidence = confidence::REPEATED;
            slot.evidence = Evidence::Repeated { count: 2 };
        }
    }
}

/// Every word but particles is capitalised, and not all of them throughout (a headline in capitals proves nothing).
fn proper(document: &Document<'_>, occurrence: &Occurrence<'_>) -> bool {
    let surface = document.text.surface(&occurrence.tokens);
    let words: Vec<&str> = surface.split_whitespace().collect();
    let capital = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase);
    words.iter().filter(capital).count() >= 2 && !words.iter().all(|w| is_acronym(w))
}

fn fulls(document: &Document<'_>, occurrences: &[Occurrence<'_>], linked: &[Option<Linked>]) -> Vec<Full> {
    let mut fulls: Vec<Full> = Vec::new();
    for (index, (occurrence, linked)) in occurrences.iter().zip(linked).enumerate() {
        let Some(Linked { entity: Some(entity), kind, confidence, evidence, .. }) = linked else { continue };
        if matches!(evidence, Evidence::Demonym { .. }) || *confidence < 60 {
            continue;
        }
        let mut words: Vec<String> =
            document.text.folded(&occurrence.tokens).split(' ').map(str::to_owned).collect();
        // A mark with words of its own stands for the entity's name.
        if occurrence.mark.is_some()
            && let Some(known) = document.lexicon.entity(entity)
        {
            words = crate::text::fold::fold(&known.name).split(' ').map(str::to_owned).collect();
        }
        if words.len() >= 2 && !fulls.iter().any(|f| f.entity == *entity && f.words == words) {
            fulls.push(Full { words, kind: *kind, entity: entity.clone(), span: occurrence.span, index });
        }
    }
    fulls
}

/// `World Health Organization (WHO)` and `WHO (World Health Organization)`.
fn acronyms(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    linked: &mut [Option<Linked>],
    fulls: &mut Vec<Full>,
) {
    for i in 1..occurrences.len() {
        let (left, right) = (&occurrences[i - 1], &occurrences[i]);
        let between = document.text.prose.slice(Span { start: left.span.end, end: right.span.start });
        if between.trim() != "(" || between.contains('\n') {
            continue;
        }
        let short = |o: &Occurrence<'_>| o.tokens.len() == 1 && is_acronym(document.text.surface(&o.tokens));
        let (full, acronym) = match (short(left), short(right)) {
            (false, true) => (i - 1, i),
            (true, false) => (i, i - 1),
            _ => continue,
        };
        let Some(Linked { entity: Some(entity), kind, .. }) = linked[full].clone() else { continue };
        if linked[acronym]
            .as_ref()
            .is_some_and(|l| matches!(l.evidence, Evidence::Registry { .. } | Evidence::Editor))
        {
            continue;
        }
        let of = occurrences[full].span;
        linked[acronym] = Some(Linked {
            kind,
            entity: Some(entity.clone()),
            confidence: confidence::ACRONYM,
            evidence: Evidence::Acronym { of },
            candidates: Vec::new(),
        });
        let words = vec![document.text.folded(&occurrences[acronym].tokens)];
        fulls.push(Full { words, kind, entity, span: of, index: full });
    }
}

/// What a short form leans on: the full name of a person or organisation elsewhere in the text.
fn lean(
    document: &Document<'_>,
    occurrence: &Occurrence<'_>,
    index: usize,
    fulls: &[Full],
    own: Option<&Linked>,
) -> Option<Linked> {
    let folded = document.text.folded(&occurrence.tokens);
    let words: Vec<&str> = folded.split(' ').collect();
    let tagged = occurrence.tagged.and_then(|(kind, _)| kind_of(kind));
    let mut found: Vec<(&Full, Evidence, u8)> = Vec::new();
    for full in fulls {
        let evidence = if full.words == words && full.index != index {
            match full.words.len() {
                1 => (Evidence::Acronym { of: full.span }, confidence::ACRONYM),
                _ => continue,
            }
        } else if full.kind == EntityKind::Person && is_family_name(&words, &full.words) {
            // `Jordan` tagged as a place beside Jim Jordan is the country.
            match tagged {
                Some(EntityKind::Place | EntityKind::Organization) if own.is_some() => continue,
                Some(EntityKind::Person) => (Evidence::Surname { of: full.span }, confidence::FAMILY_NAME),
                _ if own.is_some_and(|l| l.kind != EntityKind::Person) => continue,
                None => (Evidence::Surname { of: full.span }, confidence::FAMILY_NAME - 5),
                Some(_) => (Evidence::Surname { of: full.span }, confidence::FAMILY_NAME_UNSURE),
            }
        } else if full.kind == EntityKind::Organization
            && own.is_none()
            && tagged != Some(EntityKind::Person)
            && words.len() < full.words.len()
            && (full.words.ends_with(&owned(&words)) || full.words.starts_with(&owned(&words)))
            && words.len() * 3 >= full.words.len()
        {
            (Evidence::ShortForm { of: full.span }, confidence::SHORT_FORM)
        } else {
            continue;
        };
        if !found.iter().any(|(f, _, _)| f.entity == full.entity) {
            found.push((full, evidence.0, evidence.1));
        }
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
            candidates: several.iter().map(|(f, _, _)| unweighed(f.entity.clone())).collect(),
        }),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// Whether `words` are the family name of the full name: its last word, its last words from a particle on
/// (`von der Leyen`), or the first word of a name in the eastern order, as far as three words tell (`Kim Jong Un`).
fn is_family_name(words: &[&str], full: &[String]) -> bool {
    const PARTICLES: [&str; 22] = [
        "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn",
        "al", "el", "ben", "abu", "ter", "zu", "af",
    ];
    if words.len() >= full.len() || !full.ends_with(&owned(words)) {
        return words.len() == 1
            && full.len() == 3
            && full[0] == words[0]
            && [
                "kim", "park", "lee", "moon", "xi", "hu", "li", "wang", "deng", "zhao", "jiang", "zhou",
                "mao", "ho", "nguyen", "roh",
            ]
            .contains(&words[0])
            || (words.len() == 1
                && full.len() == 2
                && full[0] == words[0]
                && ["xi", "li", "wang", "deng", "hu", "zhao", "mao", "jiang"].contains(&words[0]));
    }
    words.len() == 1 || words[..words.len() - 1].iter().all(|w| PARTICLES.contains(w))
}

/// A name that nobody knows: for an editor to look at.
fn left_over(document: &Document<'_>, occurrence: &Occurrence<'_>) -> Option<Linked> {
    let (kind, sure) = occurrence.tagged.and_then(|(kind, sure)| Some((kind_of(kind)?, sure)))?;
    // A single unknown word is a candidate only when the tagger is sure.
    let letters = document.text.surface(&occurrence.tokens).chars().filter(|c| c.is_alphabetic());
    if sure < 0.6 || letters.count() < 3 {
        return None;
    }
    Some(Linked {
        kind,
        entity: None,
        confidence: (sure * f32::from(confidence::SHAPE)) as u8,
        evidence: Evidence::Shape,
        candidates: Vec::new(),
    })
}
