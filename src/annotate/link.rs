//! Occurrences → mentions: who is meant, how sure that is, and why.
//!
//! 1. Full forms first: marks, the registry, then the built-in knowledge, weighed by the company that a name keeps.
//! 2. Names that nobody knows are introduced ([`introduce`]).
//! 3. What leans on full forms follows them ([`lean`]): family names, acronyms, short forms of bodies.
//! 4. A doubtful name follows the same name elsewhere in the text, where that is sure; what remains is for an editor.
//!
//! Time is in proportion to the text: full forms are looked up by their words, never compared with each other.

pub mod acronym;
pub mod body;
pub mod introduce;
pub mod lean;
pub mod registry;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        choose::{self, company::Company, government, owner},
        generic::is_generic,
        lexicon::{Lexicon, Settings},
        occurrence::{Occurrence, Text},
        tagger::NerKind,
    },
    model::{Candidate, Clue, EntityId, EntityKind, Evidence, Introduced},
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
    pub const INITIALS: u8 = 86;
    pub const SHORT_FORM: u8 = 84;
    pub const TITLED: u8 = 86;
    pub const BESIDE: u8 = 80;
    pub const SAME_NAME: u8 = 82;
    pub const REPEATED: u8 = 78;
    pub const SHAPE: u8 = 45;
    pub const AMBIGUOUS: u8 = 40;
}

/// What the whole text tells.
pub struct Document<'a> {
    pub text: &'a Text<'a>,
    pub lexicon: &'a Lexicon,
    pub settings: &'a Settings,
    /// Day of the article, for who held which office.
    pub day: Option<Date>,
    /// The place at the head of the copy.
    pub dateline: Option<&'a str>,
    /// Entities that the front matter names, as the editor wrote them.
    pub named: &'a [String],
    /// The story that the front matter names, as the editor wrote it.
    pub story: Option<&'a str>,
    pub introduced: Vec<Introduced>,
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
    let mut linked: Vec<Option<Linked>> =
        occurrences.iter().map(|o| registry::full_form(document, o)).collect();
    let company = Company::gather(document, occurrences, &linked);
    for (i, slot) in linked.iter_mut().enumerate() {
        let occurrence = &occurrences[i];
        let case = || choose::case(document, &company, occurrences, i);
        if let (Some(known), [bearer]) = (&slot, occurrence.bearers.as_slice()) {
            let place = known.kind == EntityKind::Place && occurrence.mark.is_none();
            if place && let Some(found) = government::registered(document, &case, bearer.value) {
                *slot = Some(found);
            }
        } else if slot.is_none() && occurrence.bearers.len() > 1 {
            *slot = choose::registered(&case());
        } else if slot.is_none() && occurrence.bearers.is_empty() {
            *slot = other_spelling(document, occurrence, &case);
            if slot.is_none() && !occurrence.pack.is_empty() {
                *slot = choose::built_in(&case());
            }
        }
    }
    owner::hold_back(document, &company, occurrences, &mut linked);
    let known = lean::Fulls::gather(document, occurrences, &linked);
    introduce::introduce(document, occurrences, &mut linked, &known);
    let mut fulls = lean::Fulls::gather(document, occurrences, &linked);
    acronym::acronyms(document, occurrences, &mut linked, &mut fulls);
    for (i, slot) in linked.iter_mut().enumerate() {
        let leaning = match slot {
            None => true,
            // A single word that is also the family name of somebody in the text.
            Some(l) => occurrences[i].tokens.len() == 1 && l.evidence_can_yield(),
        };
        if leaning && let Some(found) = lean::lean(document, occurrences, i, &fulls, &company, slot.as_ref())
        {
            *slot = Some(found);
            continue;
        }
        let doubtful = slot.as_ref().is_none_or(|l| !document.settings.threshold.met(l.confidence));
        if doubtful && let Some(found) = family_name(document, occurrences, i, &company) {
            *slot = Some(found);
        }
    }
    government::again(document, occurrences, &mut linked);
    others(document, occurrences, &mut linked);
    same_names(document, occurrences, &mut linked);
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
            Evidence::Knowledge { .. }
            | Evidence::Government { .. }
            | Evidence::Team { .. }
            | Evidence::Ambiguous { .. }
            | Evidence::Context { .. }
            | Evidence::Conflict { .. } => true,
            Evidence::Registry { .. } => self.kind == EntityKind::Person || self.confidence < 70,
            _ => false,
        }
    }
}

/// A full name of a person whom the registry spells otherwise, or who is known without the initials in it.
fn other_spelling<'c, 'a: 'c>(
    document: &Document<'a>,
    occurrence: &Occurrence<'a>,
    case: &dyn Fn() -> choose::Case<'c, 'a>,
) -> Option<Linked> {
    let person = occurrence.tagged.is_some_and(|(kind, sure)| kind == NerKind::Person && sure > 0.5);
    if !person || occurrence.tokens.len() < 2 {
        return None;
    }
    let folded = document.text.folded(&occurrence.tokens);
    // Where it is not sure enough, the built-in knowledge may know better.
    let sure = |l: &Linked| l.entity.is_some() && document.settings.threshold.met(l.confidence);
    let registered =
        || choose::spelt_otherwise(&case(), &folded).filter(|_| !document.lexicon.families.is_empty());
    let built_in = || {
        let wanted =
            document.lexicon.config.builtin && occurrence.pack.is_empty() && occurrence.tokens.len() > 2;
        wanted.then(|| choose::without_initials(&case(), &folded)).flatten()
    };
    registered().filter(sure).or_else(|| built_in().filter(sure))
}

/// A family name without its bearer's full name in the text: `President Bush`.
fn family_name(
    document: &Document<'_>,
    occurrences: &[Occurrence<'_>],
    index: usize,
    company: &Company,
) -> Option<Linked> {
    let occurrence = &occurrences[index];
    let person = occurrence.tagged.is_some_and(|(kind, sure)| kind == NerKind::Person && sure > 0.5);
    let short = occurrence.tokens.len() <= 3 && occurrence.mark.is_none();
    if !person || !short || !occurrence.bearers.is_empty() {
        return None;
    }
    let folded = document.text.folded(&occurrence.tokens);
    let words: Vec<&str> = folded.split(' ').collect();
    let particles = words.len() == 1 || words[..words.len() - 1].iter().all(|w| w.len() <= 3);
    if !particles {
        return None;
    }
    let case = choose::case(document, company, occurrences, index);
    let found = choose::people(&case, &folded)?;
    (found.confidence > confidence::AMBIGUOUS || !found.candidates.is_empty()).then_some(found)
}

/// `the other Tripoli` is not the one of which the text spoke so far: where nothing tells which, nobody is linked.
fn others(document: &Document<'_>, occurrences: &[Occurrence<'_>], linked: &mut [Option<Linked>]) {
    for i in 0..occurrences.len() {
        if !document.text.is_the_other(&occurrences[i].tokens) {
            continue;
        }
        let name = document.text.folded(&occurrences[i].tokens);
        let same = |j: &usize| document.text.folded(&occurrences[*j].tokens) == name;
        let spoken = (0..i).rev().take(40).find(same).and_then(|j| linked[j].as_ref()?.entity.clone());
        let Some(here) = linked[i].as_mut() else { continue };
        if here.entity.is_some() && here.entity == spoken {
            let rivals = here.candidates.len().max(2) as u32;
            here.confidence = here.confidence.min(confidence::AMBIGUOUS);
            here.evidence = Evidence::Ambiguous { rivals };
            here.entity = None;
        }
    }
}

/// A name that is doubtful here and sure elsewhere in the text, always in the same sense, has that sense here.
fn same_names(document: &Document<'_>, occurrences: &[Occurrence<'_>], linked: &mut [Option<Linked>]) {
    enum Sense {
        One(usize),
        Several,
    }
    let threshold = &document.settings.threshold;
    let doubtful = |l: &Option<Linked>| {
        l.as_ref()
            .is_some_and(|l| matches!(l.evidence, Evidence::Ambiguous { .. } | Evidence::Context { .. }))
            && l.as_ref().is_some_and(|l| !threshold.met(l.confidence) || l.entity.is_none())
    };
    if !linked.iter().any(doubtful) {
        return;
    }
    let mut senses: FxHashMap<String, Sense> = FxHashMap::default();
    for (i, occurrence) in occurrences.iter().enumerate() {
        let Some(found) = &linked[i] else { continue };
        let reference = matches!(found.evidence, Evidence::Government { .. } | Evidence::Team { .. });
        if found.entity.is_none() || reference || !threshold.met(found.confidence) {
            continue;
        }
        let name = document.text.folded(&occurrence.tokens);
        match senses.get(&name) {
            None => {
                senses.insert(name, Sense::One(i));
            }
            Some(Sense::One(first)) => {
                if linked[*first].as_ref().and_then(|l| l.entity.as_ref()) != found.entity.as_ref() {
                    senses.insert(name, Sense::Several);
                }
            }
            Some(Sense::Several) => {}
        }
    }
    for i in 0..occurrences.len() {
        if !doubtful(&linked[i]) || document.text.is_the_other(&occurrences[i].tokens) {
            continue;
        }
        let name = document.text.folded(&occurrences[i].tokens);
        let Some(Sense::One(first)) = senses.get(&name) else { continue };
        let (Some(sure), Some(here)) = (linked[*first].clone(), &linked[i]) else { continue };
        // Not where its words or its subject spoke against it here.
        let against =
            |r: &crate::model::Reason| matches!(r.clue, Clue::Wording | Clue::Topic) && r.points < 0;
        let weighed = here
            .candidates
            .iter()
            .any(|c| Some(&c.entity) == sure.entity.as_ref() && !c.reasons.iter().any(against));
        if weighed {
            linked[i] = Some(Linked {
                confidence: sure.confidence.min(confidence::SAME_NAME),
                evidence: Evidence::SameName { of: occurrences[*first].span },
                candidates: here.candidates.clone(),
                ..sure
            });
        }
    }
}

/// A name that nobody knows: for an editor to look at.
fn left_over(document: &Document<'_>, occurrence: &Occurrence<'_>) -> Option<Linked> {
    let (kind, sure) = occurrence.tagged.and_then(|(kind, sure)| Some((kind_of(kind)?, sure)))?;
    // What the tagger doubts more than this is oftener no name (development files).
    if sure < 0.4
        || document.text.surface(&occurrence.tokens).chars().filter(|c| c.is_alphabetic()).count() < 3
    {
        return None;
    }
    let body = kind == EntityKind::Organization;
    if body && introduce::is_make(document.text.folded.token(occurrence.tokens.start as usize)) {
        return None;
    }
    let generic = body && is_generic(&document.text.folded(&occurrence.tokens));
    Some(Linked {
        kind,
        entity: None,
        confidence: (sure * f32::from(confidence::SHAPE)) as u8,
        evidence: if generic { Evidence::Generic } else { Evidence::Shape },
        candidates: Vec::new(),
    })
}
