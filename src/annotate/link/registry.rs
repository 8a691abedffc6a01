//! An occurrence enters; what the editor and the registry say of it alone leaves.

use crate::{
    annotate::{
        link::{Document, Linked, confidence, kind_of},
        occurrence::Occurrence,
        tagger::NerKind,
    },
    knowledge,
    model::{Candidate, EntityId, EntityKind, Evidence, MarkTarget},
    path::slugify,
    text::fold::fold,
};

/// What needs no look at the rest of the text: a mark, or a name that one entity of the registry bears. `None` where
/// several bear it: they are weighed.
pub fn full_form(document: &Document<'_>, occurrence: &Occurrence<'_>) -> Option<Linked> {
    if let Some(mark) = occurrence.mark {
        let MarkTarget::Entity(name) = &mark.target else { return None };
        return Some(marked(document, occurrence, name));
    }
    let [bearer] = occurrence.bearers.as_slice() else { return None };
    let entity = &document.lexicon.entities[bearer.value as usize];
    let alias = bearer.name.clone();
    if conflict(occurrence, entity.kind) {
        return Some(Linked {
            kind: entity.kind,
            entity: Some(entity.id.clone()),
            confidence: confidence::REGISTRY_CONFLICT,
            evidence: Evidence::Conflict { alias },
            candidates: vec![Candidate { entity: entity.id.clone(), score: 0, reasons: Vec::new() }],
        });
    }
    Some(Linked {
        kind: entity.kind,
        entity: Some(entity.id.clone()),
        confidence: confidence::REGISTRY,
        evidence: Evidence::Registry { alias },
        candidates: Vec::new(),
    })
}

/// Whether the tagger is sure that a single word names something else: a person called as a place is.
fn conflict(occurrence: &Occurrence<'_>, kind: EntityKind) -> bool {
    occurrence.tokens.len() == 1
        && occurrence.tagged.is_some_and(|(tagged, sure)| {
            sure > 0.9
                && kind_of(tagged).is_some_and(|k| k != kind)
                && (tagged == NerKind::Person || kind == EntityKind::Person)
        })
}

fn marked(document: &Document<'_>, occurrence: &Occurrence<'_>, name: &str) -> Linked {
    let lexicon = document.lexicon;
    let by_id = lexicon.by_id.get(&EntityId::new(&slugify(name)));
    let known = by_id.map(|i| &lexicon.entities[*i as usize]).or_else(|| {
        let folded = fold(name);
        lexicon
            .entities
            .iter()
            .find(|e| std::iter::once(&e.name).chain(&e.aliases).any(|n| fold(n) == folded))
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
