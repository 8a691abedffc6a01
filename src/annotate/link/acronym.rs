//! A body named in full and its acronym in parentheses beside it enter; both leave as one, and as sure as each other allows.
//!
//! The full name of a body that nobody knows is sure by an acronym of its initials; an acronym of a name that stays in doubt
//! is no surer than that. Where the acronym is known and the known name has the same words (`U.S. Central Intelligence Agency
//! (CIA)`), the full name means what it means.

use crate::{
    annotate::{
        link::{
            Document, Linked,
            body::{initials, is_joining, stands_for},
            confidence,
            introduce::between,
            lean::Fulls,
        },
        names::is_acronym,
        occurrence::Occurrence,
    },
    knowledge,
    model::{EntityKind, Evidence},
    text::fold::fold,
};

/// `World Health Organization (WHO)` and `WHO (World Health Organization)`.
pub fn acronyms(
    document: &mut Document<'_>,
    occurrences: &[Occurrence<'_>],
    linked: &mut [Option<Linked>],
    fulls: &mut Fulls,
) {
    for i in 1..occurrences.len() {
        let (left, right) = (&occurrences[i - 1], &occurrences[i]);
        let gap = between(document, left, right);
        if gap.trim() != "(" || gap.contains('\n') {
            continue;
        }
        let short = |o: &Occurrence<'_>| o.tokens.len() == 1 && is_acronym(document.text.surface(&o.tokens));
        let (full, acronym) = match (short(left), short(right)) {
            (false, true) => (i - 1, i),
            (true, false) => (i, i - 1),
            _ => continue,
        };
        let name = document.text.folded(&occurrences[full].tokens);
        let letters = document.text.folded(&occurrences[acronym].tokens);
        if !stands_for(&letters, &name) {
            continue;
        }
        let known = linked[acronym].clone().filter(|own| names(document, own, &name));
        if let Some(own) = known.filter(|_| linked[full].as_ref().is_none_or(is_new)) {
            let of = occurrences[acronym].span;
            fulls.bind(letters, &own, occurrences[full].span, full);
            linked[full] = Some(Linked { evidence: Evidence::Acronym { of }, candidates: Vec::new(), ..own });
            continue;
        }
        let Some(mut bound) = linked[full].clone().filter(|l| l.entity.is_some()) else { continue };
        let settled = |l: &Linked| matches!(l.evidence, Evidence::Registry { .. } | Evidence::Editor);
        if linked[acronym].as_ref().is_some_and(settled) {
            continue;
        }
        if bound.evidence == Evidence::Shape && spells_out(document, &bound, &letters, &name) {
            bound.confidence = confidence::REPEATED;
            bound.evidence = Evidence::Acronym { of: occurrences[acronym].span };
            let new = document.introduced.iter_mut().find(|new| Some(&new.id) == bound.entity.as_ref());
            new.into_iter().for_each(|new| new.sure = document.settings.threshold.met(confidence::REPEATED));
            linked[full] = Some(bound.clone());
        }
        let of = occurrences[full].span;
        linked[acronym] = Some(Linked {
            kind: bound.kind,
            entity: bound.entity.clone(),
            confidence: at_most(document, bound.confidence, confidence::ACRONYM),
            evidence: Evidence::Acronym { of },
            candidates: Vec::new(),
        });
        fulls.bind(letters, &bound, of, full);
    }
}

/// What an acronym is worth, whose full name is worth `full`.
pub fn at_most(document: &Document<'_>, full: u8, acronym: u8) -> u8 {
    if document.settings.threshold.met(full) { acronym } else { acronym.min(full) }
}

fn is_new(full: &Linked) -> bool {
    matches!(full.evidence, Evidence::Shape | Evidence::Repeated { .. } | Evidence::Generic)
}

/// Whether a new body is made sure by its acronym: every word of the name has its letter, and no other has one.
fn spells_out(document: &Document<'_>, full: &Linked, letters: &str, name: &str) -> bool {
    let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let thing = matches!(
        words.last().map_or("", String::as_str),
        "country"
            | "countries"
            | "income"
            | "benefit"
            | "benefits"
            | "facility"
            | "current"
            | "area"
            | "areas"
            | "zone"
            | "refuge"
            | "manager"
            | "master"
            | "convention"
            | "initiative"
            | "syndrome"
            | "disease"
            | "virus"
            | "vehicle"
            | "vehicles"
            | "missile"
            | "missiles"
            | "exchange"
            | "index"
            | "product"
            | "test"
            | "rate"
            | "tax"
            | "plan"
    );
    let plain: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
    full.kind == EntityKind::Organization
        && document.lexicon.config.provisional
        && !thing
        && words.len() > 1
        && plain.len() > 1
        && initials(&words) == plain
}

/// Whether what the acronym means by itself has the words of the full name: all words of the known name stand in it, and
/// the rest are a country's.
fn names(document: &Document<'_>, own: &Linked, name: &str) -> bool {
    let sure = document.settings.threshold.met(own.confidence) && own.kind == EntityKind::Organization;
    let by_itself = matches!(own.evidence, Evidence::Knowledge { .. } | Evidence::Context { .. });
    let Some(known) =
        own.entity.as_ref().filter(|_| sure && by_itself).and_then(|id| knowledge::entity(id.as_str()))
    else {
        return false;
    };
    let known = fold(&known.name);
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'');
        parts.filter(|w| !w.is_empty() && !is_joining(w)).map(str::to_owned).collect()
    };
    // `program` and `programme`, `defence` and `defense`.
    let alike = |a: &str, b: &str| a == b || a.len() > 5 && b.len() > 5 && a.get(..5) == b.get(..5);
    let (known, full) = (words(&known), words(name));
    let owner = |word: &str| {
        matches!(word, "u.s." | "us" | "u.n." | "un" | "united" | "states" | "nations" | "uk" | "u.k.")
            || knowledge::pack().demonym(word).is_some()
    };
    !known.is_empty()
        && known.iter().all(|k| full.iter().any(|f| alike(k, f)))
        && full.iter().all(|f| owner(f) || known.iter().any(|k| alike(k, f)))
}
