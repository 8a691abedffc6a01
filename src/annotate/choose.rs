//! Which of several built-in entities a name stands for, by what speaks for each; none when the best is not clearly best.

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        generic::is_generic,
        link::{Document, kind_of},
        occurrence::Occurrence,
    },
    knowledge::{
        self,
        index::{Candidate, Via},
        record::SubKind,
    },
    model::{self, EntityId, EntityKind, Evidence},
};

pub enum Choice {
    /// An adjective or a people: it refers to the country.
    Demonym(EntityId),
    One {
        id: EntityId,
        kind: EntityKind,
        confidence: u8,
        evidence: Evidence,
    },
    Several {
        kind: EntityKind,
        candidates: Vec<model::Candidate>,
    },
}

/// By how much the best must be better than the second.
const MARGIN: f32 = 0.12;

/// One candidate with what speaks for it.
struct Scored {
    candidate: Candidate,
    kind: EntityKind,
    score: f32,
    reasons: Vec<&'static str>,
}

/// Weighs the built-in candidates of an occurrence.
pub fn choose(
    document: &Document<'_>,
    occurrence: &Occurrence<'_>,
    countries: &FxHashMap<String, u32>,
) -> Option<Choice> {
    if let Some(demonym) = occurrence.pack.iter().find(|c| c.via == Via::Demonym) {
        let others = occurrence.pack.iter().any(|c| c.via != Via::Demonym);
        let named = occurrence.tagged.is_some_and(|(kind, sure)| sure > 0.7 && kind_of(kind).is_some());
        if !(others && named) {
            return Some(Choice::Demonym(id_of(document, *demonym)));
        }
    }
    let mut scored: Vec<Scored> = occurrence
        .pack
        .iter()
        .filter(|c| c.via != Via::Demonym)
        .filter_map(|c| score(document, occurrence, *c, countries))
        .collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.candidate.id.cmp(&b.candidate.id)));
    // Records that are one entity of the registry, or one of another spelling, are no rivals.
    let best = scored.first()?;
    let best_id = id_of(document, best.candidate);
    let second = scored.iter().skip(1).find(|s| id_of(document, s.candidate) != best_id);
    // A name that only one bears, or one far above the rest, says much by itself.
    let alone = second.is_none_or(|s| best.score - s.score > 0.3);
    let sure = confidence(best.score + if alone { 0.2 } else { 0.0 });
    if second.is_some_and(|s| best.score - s.score < MARGIN) {
        let weighed = |s: &Scored| model::Candidate {
            entity: id_of(document, s.candidate),
            score: (s.score * 100.0) as i16,
            reasons: Vec::new(),
        };
        let candidates = scored.iter().take(5).map(weighed).collect();
        return Some(Choice::Several { kind: best.kind, candidates });
    }
    let alias = document.text.surface(&occurrence.tokens).to_owned();
    let evidence = match second {
        Some(_) if best.reasons.contains(&"country") => {
            Evidence::Context { reason: format!("`{alias}` with its country in the text") }
        }
        _ => Evidence::Knowledge { alias },
    };
    Some(Choice::One { id: best_id, kind: best.kind, confidence: sure, evidence })
}

/// The registry's id of a record that it has taken over, the built-in one otherwise.
fn id_of(document: &Document<'_>, candidate: Candidate) -> EntityId {
    match document.lexicon.taken.get(&candidate.id) {
        Some(i) => document.lexicon.entities[*i as usize].id.clone(),
        None => EntityId::new(&knowledge::pack().slug(candidate.id)),
    }
}

fn confidence(score: f32) -> u8 {
    (score * 100.0).clamp(0.0, 96.0) as u8
}

fn score(
    document: &Document<'_>,
    occurrence: &Occurrence<'_>,
    candidate: Candidate,
    countries: &FxHashMap<String, u32>,
) -> Option<Scored> {
    let pack = knowledge::pack();
    let brief = pack.brief(candidate.id)?;
    let kind = knowledge::kind(candidate.id)?;
    let mut reasons = Vec::new();
    // Prior: a logarithm of inhabitants or their like, 0 to 0.45.
    let prior = pack.prior(candidate) as f32;
    let mut score = 0.45 * ((1.0 + prior).ln() / 20.7).min(1.0);
    let words = occurrence.tokens.len();
    if words > 1 {
        score += 0.2;
        reasons.push("full name");
    }
    if brief.tier == 0 {
        score += 0.25;
        reasons.push("first rank");
    }
    match occurrence.tagged.and_then(|(tagged, sure)| Some((kind_of(tagged)?, sure))) {
        Some((tagged, sure)) if tagged == kind => {
            score += 0.25 * sure;
            reasons.push("kind");
        }
        // Countries and cities act as organisations do.
        Some((EntityKind::Organization, _)) if kind == EntityKind::Place => score -= 0.05,
        Some((_, sure)) => score -= 0.45 * sure,
        None => {}
    }
    if let Some(country) = brief.country.filter(|c| *c != candidate.id)
        && let Some(code) = pack.country(country)
        && let Some(times) = countries.get(code.iso2)
    {
        score += 0.1 + 0.03 * (*times).min(4) as f32;
        reasons.push("country");
    }
    if candidate.weak {
        score -= 0.5;
    }
    // `National Assembly` without its country in the text is anybody's.
    if kind == EntityKind::Organization
        && !reasons.contains(&"country")
        && is_generic(&document.text.folded(&occurrence.tokens))
    {
        score -= 0.6;
    }
    if candidate.via == Via::Surname {
        score -= 0.1;
    }
    if let Some(year) = document.year {
        score += era(candidate, kind, brief.sub_kind, year);
    }
    Some(Scored { candidate, kind, score, reasons })
}

/// What the date of the article says: nobody is named for an office that he takes up a generation later, and a state
/// that is gone is named in its time.
fn era(candidate: Candidate, kind: EntityKind, sub_kind: SubKind, year: i16) -> f32 {
    let Some(record) = knowledge::pack().record(candidate.id) else { return 0.0 };
    let year = i32::from(year);
    if kind == EntityKind::Person {
        let first = record.roles.iter().filter_map(|r| r.from).map(|d| i32::from(d.year)).min();
        let current = record.roles.iter().any(|r| {
            r.from.is_some_and(|d| i32::from(d.year) <= year)
                && r.to.is_none_or(|d| i32::from(d.year) >= year)
        });
        return match first {
            Some(first) if first > year + 15 => -0.3,
            Some(_) if current => 0.08,
            _ => 0.0,
        };
    }
    let begun = record.from.is_none_or(|d| i32::from(d.year) <= year);
    let ended = record.to.is_some_and(|d| i32::from(d.year) < year);
    match (begun, ended, sub_kind) {
        (false, _, _) => -0.25,
        (_, true, SubKind::FormerState) => 0.0,
        (_, true, _) => -0.15,
        _ => 0.0,
    }
}
