//! A capital and the words around it enter; a reference to the country leaves where its government is meant, or nobody
//! where that is open.

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        choose::{
            Case,
            score::{Facts, Target, Weighed},
        },
        link::{Document, Linked, confidence},
        occurrence::Occurrence,
        wording::governs::{Governs, governs},
    },
    knowledge::record::KnowledgeId,
    model::{Candidate, Clue, EntityKind, Evidence, Reason},
};

/// What the words take from the town where its government may be meant.
const AGAINST: i8 = -30;

/// The best of the built-in bearers, where it is a capital that acts as the government of its country does.
pub fn built_in(case: &Case<'_, '_>, all: &[Weighed]) -> Option<Linked> {
    let best = all.iter().max_by_key(|w| w.points)?;
    let country = best.facts.capital_of().filter(|_| matches!(best.facts.target, Target::BuiltIn(_)))?;
    let confidence = best.points.clamp(0, i32::from(confidence::REGISTRY)) as u8;
    match meant(case) {
        Governs::No => None,
        Governs::Surely if !is_union(case) => Some(reference(case.document, country, confidence)),
        _ => Some(open(case, best, country)),
    }
}

/// A capital of the registry that acts so.
pub fn registered<'c, 'a: 'c>(
    document: &Document<'a>,
    case: &dyn Fn() -> Case<'c, 'a>,
    row: u32,
) -> Option<Linked> {
    let country = Facts::registered(document, row).capital_of()?;
    let case = case();
    let sure = meant(&case) == Governs::Surely && !is_union(&case);
    sure.then(|| reference(document, country, confidence::REGISTRY))
}

fn meant(case: &Case<'_, '_>) -> Governs {
    let wording = case.wording;
    if wording.city || wording.region || wording.part || case.beside.closed {
        return Governs::No;
    }
    let found = governs(case.document.text, &case.occurrence.tokens);
    if found != Governs::No && case.company.subject(case.document).sport { Governs::No } else { found }
}

/// `Brussels` is the European Union's more often than Belgium's.
fn is_union(case: &Case<'_, '_>) -> bool {
    case.document.text.folded(&case.occurrence.tokens) == "brussels"
}

fn reference(document: &Document<'_>, country: KnowledgeId, confidence: u8) -> Linked {
    let country = Target::BuiltIn(country).id(document);
    Linked {
        kind: EntityKind::Place,
        entity: Some(country.clone()),
        confidence,
        evidence: Evidence::Government { country },
        candidates: Vec::new(),
    }
}

/// The town or its government: for an editor.
fn open(case: &Case<'_, '_>, best: &Weighed, country: KnowledgeId) -> Linked {
    let against = Reason { clue: Clue::Wording, points: AGAINST };
    let mut town = best.candidate(case.document);
    town.reasons.push(against);
    town.score += i16::from(AGAINST);
    let land =
        Candidate { entity: Target::BuiltIn(country).id(case.document), score: 0, reasons: vec![against] };
    Linked {
        kind: EntityKind::Place,
        entity: None,
        confidence: confidence::AMBIGUOUS,
        evidence: Evidence::Ambiguous { rivals: 2 },
        candidates: vec![town, land],
    }
}

/// Where a capital stands for its government elsewhere in the text, it does where the words leave it open.
pub fn again(document: &Document<'_>, occurrences: &[Occurrence<'_>], linked: &mut [Option<Linked>]) {
    let sure = |l: &Linked| matches!(l.evidence, Evidence::Government { .. });
    if !linked.iter().flatten().any(sure) {
        return;
    }
    let known: FxHashMap<String, Linked> = occurrences
        .iter()
        .zip(&*linked)
        .filter_map(|(o, l)| Some((document.text.folded(&o.tokens), l.clone().filter(sure)?)))
        .collect();
    for (occurrence, slot) in occurrences.iter().zip(linked) {
        let Some(Linked { entity: None, evidence: Evidence::Ambiguous { .. }, .. }) = slot else { continue };
        if governs(document.text, &occurrence.tokens) != Governs::Perhaps {
            continue;
        }
        if let Some(found) = known.get(&document.text.folded(&occurrence.tokens)) {
            *slot = Some(found.clone());
        }
    }
}
