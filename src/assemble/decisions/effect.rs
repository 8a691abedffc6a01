//! An annotation and what was decided about its places enter; the annotation that the site shows leaves.
//!
//! 1. Each decided place gets its mention; shorter and overlapping ones give way to it.
//! 2. What leans on a decided name (a family name, an acronym, a short form) goes with it.
//! 3. Quotations, roles and the headline follow their people.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    assemble::decisions::who::Whom,
    model::{Annotation, Article, EntityId, Evidence, Mention, Span, Speaker, Status},
    text::{fold::fold, sentence::sentences, token::tokenize},
};

/// What becomes of a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Accepted(Whom),
    Rejected,
    /// Decisions contradict one another: nothing is published until an editor has chosen.
    Held,
}

/// The annotation with all that was decided; `settled` is in text order and does not overlap.
pub fn applied(article: &Article, annotation: &Annotation, settled: &[(Span, Outcome)]) -> Annotation {
    let mut out = annotation.clone();
    let before = accepted(&out);
    let mut decided: BTreeSet<Span> = BTreeSet::new();
    // The old and the new entity of each place that changed hands.
    let mut changed: Vec<(Span, Option<EntityId>, Option<EntityId>)> = Vec::new();
    for (span, outcome) in settled {
        let old = out.mentions.iter().find(|m| m.span == *span).cloned();
        let old_id = old.as_ref().filter(|m| m.status == Status::Accepted).and_then(|m| m.entity.clone());
        let Some(mention) = mention(article, *span, old, outcome) else { continue };
        if let Outcome::Accepted(Whom { introduced: Some(new), .. }) = outcome {
            out.introduced.retain(|known| known.id != new.id);
            out.introduced.push(new.clone());
        }
        let new_id = if mention.status == Status::Accepted { mention.entity.clone() } else { None };
        changed.push((*span, old_id, new_id));
        decided.insert(*span);
        out.mentions.retain(|m| !m.span.overlaps(*span));
        let at = out.mentions.partition_point(|m| m.span.start < span.start);
        out.mentions.insert(at, mention);
    }
    lean(&mut out, &decided, &mut changed);
    follow(article, &mut out, &before, &changed);
    out
}

/// The mention of a decided place; `None` where there is nothing to reject.
fn mention(article: &Article, span: Span, old: Option<Mention>, outcome: &Outcome) -> Option<Mention> {
    match (outcome, old) {
        (Outcome::Accepted(whom), old) => {
            let sentence = old.as_ref().map_or_else(|| sentence(article, span), |m| m.sentence);
            Some(Mention {
                span,
                sentence,
                kind: whom.kind,
                entity: Some(whom.id.clone()),
                confidence: 100,
                evidence: Evidence::Editor,
                status: Status::Accepted,
                role: old.as_ref().and_then(|m| m.role),
                candidates: old.map_or(Vec::new(), |m| m.candidates),
            })
        }
        (Outcome::Rejected, Some(old)) => {
            Some(Mention { status: Status::Rejected, confidence: 100, evidence: Evidence::Editor, ..old })
        }
        (Outcome::Held, Some(old)) => Some(Mention { status: Status::Proposed, ..old }),
        (Outcome::Rejected | Outcome::Held, None) => None,
    }
}

/// The sentence around a place that the annotator did not mention.
fn sentence(article: &Article, span: Span) -> Span {
    let text = &article.prose.text;
    let tokens = tokenize(text);
    let found = sentences(text, &tokens).into_iter().find_map(|range| {
        let (first, last) = (tokens.get(range.start as usize)?, tokens.get(range.end as usize - 1)?);
        let around = Span { start: first.start, end: last.end };
        around.contains(span).then_some(around)
    });
    found.unwrap_or(span)
}

fn accepted(annotation: &Annotation) -> BTreeSet<EntityId> {
    let shown = annotation.mentions.iter().filter(|m| m.status == Status::Accepted);
    shown.filter_map(|m| m.entity.clone()).collect()
}

/// The full form that a mention leans on.
pub fn leans_on(evidence: &Evidence) -> Option<Span> {
    match evidence {
        Evidence::Surname { of }
        | Evidence::Acronym { of }
        | Evidence::ShortForm { of }
        | Evidence::SameName { of } => Some(*of),
        _ => None,
    }
}

fn lean(
    out: &mut Annotation,
    decided: &BTreeSet<Span>,
    changed: &mut Vec<(Span, Option<EntityId>, Option<EntityId>)>,
) {
    let of: BTreeMap<Span, Option<EntityId>> =
        changed.iter().map(|(span, _, new)| (*span, new.clone())).collect();
    // Whom the text still names in full.
    let full: BTreeSet<EntityId> = out
        .mentions
        .iter()
        .filter(|m| m.status == Status::Accepted && leans_on(&m.evidence).is_none())
        .filter_map(|m| m.entity.clone())
        .collect();
    let kinds: BTreeMap<Span, _> =
        out.mentions.iter().filter(|m| of.contains_key(&m.span)).map(|m| (m.span, m.kind)).collect();
    for mention in &mut out.mentions {
        let Some(target) = leans_on(&mention.evidence) else { continue };
        let Some(new) = of.get(&target) else { continue };
        if decided.contains(&mention.span) || mention.status == Status::Rejected {
            continue;
        }
        let shown = mention.status == Status::Accepted;
        let old = mention.entity.clone();
        match new {
            Some(id) if Some(id) != old.as_ref() => {
                mention.entity = Some(id.clone());
                mention.kind = kinds.get(&target).copied().unwrap_or(mention.kind);
            }
            // Another full form of the same name still holds it up.
            None if shown && old.as_ref().is_some_and(|id| !full.contains(id)) => {
                mention.status = Status::Proposed;
            }
            _ => continue,
        }
        let now = if mention.status == Status::Accepted { mention.entity.clone() } else { None };
        changed.push((mention.span, old.filter(|_| shown), now));
    }
}

/// Speakers, offices and the headline's names after their people have changed.
fn follow(
    article: &Article,
    out: &mut Annotation,
    before: &BTreeSet<EntityId>,
    changed: &[(Span, Option<EntityId>, Option<EntityId>)],
) {
    let after = accepted(out);
    // Who is named no more, and who stands in that place now.
    let gone: BTreeMap<&EntityId, Option<&EntityId>> = before
        .difference(&after)
        .map(|id| {
            let heir = changed.iter().find(|(_, old, _)| old.as_ref() == Some(id));
            (id, heir.and_then(|(.., new)| new.as_ref()))
        })
        .collect();
    for quote in &mut out.quotes {
        let next = match &quote.speaker {
            Speaker::Entity { id, span } => match changed.iter().find(|(place, ..)| place == span) {
                Some((.., Some(new))) => Speaker::Entity { id: new.clone(), span: *span },
                Some((.., None)) => Speaker::Described { span: *span },
                None => match gone.get(id) {
                    Some(Some(heir)) => Speaker::Entity { id: (*heir).clone(), span: *span },
                    Some(None) => Speaker::Described { span: *span },
                    None => continue,
                },
            },
            Speaker::Described { span } => {
                let named = changed.iter().find(|(place, ..)| place == span);
                let Some((.., Some(new))) = named else { continue };
                Speaker::Entity { id: new.clone(), span: *span }
            }
            Speaker::Unknown => continue,
        };
        quote.speaker = next;
    }
    let moved = |id: &EntityId| match gone.get(id) {
        Some(heir) => heir.cloned(),
        None => Some(id.clone()),
    };
    out.roles.retain_mut(|fact| {
        let inside = changed
            .iter()
            .find(|(place, old, _)| fact.sentence.contains(*place) && old.as_ref() == Some(&fact.entity));
        let next = inside.map_or_else(|| moved(&fact.entity), |(.., new)| new.clone());
        next.map(|id| fact.entity = id).is_some()
    });
    let mut headline: Vec<EntityId> = out.headline.iter().filter_map(moved).collect();
    let title = format!(" {} ", words(&article.title));
    for mention in out.mentions.iter().filter(|m| changed.iter().any(|(place, ..)| *place == m.span)) {
        let name = format!(" {} ", words(article.prose.slice(mention.span)));
        if let (Status::Accepted, Some(id)) = (mention.status, &mention.entity)
            && title.contains(&name)
            && !headline.contains(id)
        {
            headline.push(id.clone());
        }
    }
    out.headline = headline;
}

/// Folded words with one blank between them.
fn words(text: &str) -> String {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').filter(|w| !w.is_empty()).fold(
        String::new(),
        |mut all, word| {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(word);
            all
        },
    )
}
