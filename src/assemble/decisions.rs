//! Annotations and what editors decided enter; the annotations that the site is made of leave, with every decision that
//! found no place, or contradicts another. Nothing is annotated anew, and where nobody decided nothing is copied.
//!
//! A decision about one place goes before one about all places of a name in the article, and that before one about the
//! name wherever it stands. A mark in the text goes before them all: it stands in the copy itself.

pub mod anchor;
mod effect;
mod kept;
mod orphans;
mod who;
pub mod why;

pub use kept::Kept;

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::{
    assemble::decisions::{
        anchor::{Flat, Found},
        effect::{Outcome, leans_on},
        kept::Item,
        who::Who,
    },
    diagnostic::Diagnostic,
    model::{
        Annotation, Article, Decision, Decisions, Evidence, MarkTarget, Mention, Span, Status, Verdict,
        decision::About, site::Content,
    },
};

/// A decision whose entity is known.
#[derive(Clone)]
enum Ruling {
    Settled(Outcome),
    /// Whoever is proposed.
    AsProposed,
}

/// A decision about a name wherever it stands, and whether it stands anywhere.
struct NameRule<'a> {
    decision: &'a Decision,
    ruling: Ruling,
    used: bool,
}

/// What a decision says of one place.
struct Claim<'a> {
    span: Span,
    outcome: Outcome,
    rank: Rank,
    decision: &'a Decision,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Every,
    Place,
}

/// Applies all decisions; `annotations[i]` belongs to `content.articles[i]`, and `kept` is what the last run left.
pub fn apply<'a>(
    content: &Content,
    annotations: &'a [Arc<Annotation>],
    kept: &mut Kept,
    faults: &mut Vec<Diagnostic>,
) -> Cow<'a, [Arc<Annotation>]> {
    if content.decisions.is_empty() {
        *kept = Kept::default();
        return Cow::Borrowed(annotations);
    }
    let who = Who::new(content, annotations);
    let mut names = names(content, &who, faults);
    kept.begin(content, &who);
    let mut by_article: FxHashMap<&str, Vec<&Arc<Decisions>>> = FxHashMap::default();
    for file in &content.decisions {
        if let About::Article(path) = &file.about {
            by_article.entry(path.as_str()).or_default().push(file);
        }
    }
    let items: Vec<Item> = content
        .articles
        .par_iter()
        .zip(annotations)
        .map(|(article, annotation)| {
            let files = by_article.get(article.path.as_str()).map_or(&[][..], Vec::as_slice);
            if let Some(item) = kept.get(article, annotation, files) {
                return item.clone();
            }
            let (mut faults, mut used) = (Vec::new(), Vec::new());
            let settled = settle(article, annotation, files, &names, &who, &mut used, &mut faults);
            let decided =
                (!settled.is_empty()).then(|| Arc::new(effect::applied(article, annotation, &settled)));
            let files = files.iter().map(|file| (*file).clone()).collect();
            Item { article: article.clone(), annotation: annotation.clone(), files, decided, faults, used }
        })
        .collect();
    let mut out = Vec::with_capacity(annotations.len());
    for (item, old) in items.iter().zip(annotations) {
        out.push(item.decided.as_ref().unwrap_or(old).clone());
        faults.extend(item.faults.iter().cloned());
        for name in &item.used {
            if let Some(rule) = names.get_mut(name.as_str()) {
                rule.used = true;
            }
        }
    }
    kept.end(items);
    for rule in names.values().filter(|rule| !rule.used) {
        faults.push(orphans::name(rule.decision));
    }
    orphans::files(content, faults);
    Cow::Owned(out)
}

/// The decisions about names, by the name; those that contradict one another hold it back.
fn names<'a>(
    content: &'a Content,
    who: &Who<'_>,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, NameRule<'a>> {
    let mut names: BTreeMap<&str, NameRule<'_>> = BTreeMap::new();
    for file in content.decisions.iter().filter(|file| file.about == About::Names) {
        for decision in &file.list {
            let Some(ruling) = ruling(decision, who, faults) else { continue };
            match names.get_mut(decision.quote.as_str()) {
                Some(first) if first.decision.verdict != decision.verdict => {
                    faults.push(orphans::conflict(first.decision, decision));
                    first.ruling = Ruling::Settled(Outcome::Held);
                }
                Some(_) => {}
                None => {
                    names.insert(&decision.quote, NameRule { decision, ruling, used: false });
                }
            }
        }
    }
    names
}

/// Whom a decision means; `None`, and a fault, when nobody knows.
fn ruling(decision: &Decision, who: &Who<'_>, faults: &mut Vec<Diagnostic>) -> Option<Ruling> {
    let found = match &decision.verdict {
        Verdict::Accept => return Some(Ruling::AsProposed),
        Verdict::Reject => return Some(Ruling::Settled(Outcome::Rejected)),
        Verdict::Entity(name) => who.find(name),
        Verdict::New(new) => who.made(new),
    };
    if let (None, Verdict::Entity(name)) = (&found, &decision.verdict) {
        faults.push(orphans::unknown(decision, name, who.near(name)));
    }
    found.map(|whom| Ruling::Settled(Outcome::Accepted(whom)))
}

/// What is decided about the places of an article, in text order, without overlaps.
fn settle(
    article: &Article,
    annotation: &Annotation,
    files: &[&Arc<Decisions>],
    names: &BTreeMap<&str, NameRule<'_>>,
    who: &Who<'_>,
    used: &mut Vec<String>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(Span, Outcome)> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    if files.iter().any(|file| !file.list.is_empty()) {
        let flat = Flat::new(&article.prose.text);
        for decision in files.iter().flat_map(|file| &file.list) {
            let Some(ruling) = ruling(decision, who, faults) else { continue };
            claim(article, annotation, &flat, decision, &ruling, who, &mut claims, faults);
        }
    }
    if !names.is_empty() {
        claims.extend(annotation.mentions.iter().filter_map(|m| by_name(article, m, names, who, used)));
    }
    resolve(claims, faults)
}

/// The places that a decision of the article's own file is about.
#[expect(clippy::too_many_arguments, reason = "one step of a loop, named")]
fn claim<'a>(
    article: &Article,
    annotation: &Annotation,
    flat: &Flat,
    decision: &'a Decision,
    ruling: &Ruling,
    who: &Who<'_>,
    claims: &mut Vec<Claim<'a>>,
    faults: &mut Vec<Diagnostic>,
) {
    let (rank, spans) = if decision.every {
        let free = |span: &Span| {
            // `Kim` everywhere is not the `Kim` in a longer name, nor one in code or under a mark.
            let longer = |m: &Mention| m.span != *span && m.span.contains(*span);
            !annotation.mentions.iter().any(longer)
                && !article.prose.masks.iter().any(|mask| mask.overlaps(*span))
                && !article.prose.marks.iter().any(|mark| mark.span.overlaps(*span))
        };
        (Rank::Every, flat.places(&decision.quote).into_iter().filter(free).collect::<Vec<_>>())
    } else {
        match flat.find(&decision.quote, &decision.prefix, &decision.suffix, decision.at) {
            Found::At(span) => (Rank::Place, vec![span]),
            other => {
                faults.push(orphans::place(article, decision, &other));
                return;
            }
        }
    };
    if spans.is_empty() {
        faults.push(orphans::place(article, decision, &Found::Gone));
    }
    for span in spans {
        let proposed = annotation.mentions.iter().find(|m| m.span == span);
        let outcome = match ruling {
            Ruling::Settled(outcome) => outcome.clone(),
            Ruling::AsProposed => match proposed.and_then(|m| who.by_id(m.entity.as_ref()?)) {
                Some(whom) => Outcome::Accepted(whom),
                None => {
                    faults.push(orphans::nobody(article, decision));
                    return;
                }
            },
        };
        if let Some(mark) = article.prose.marks.iter().find(|mark| mark.span.overlaps(span)) {
            let agrees = match (&mark.target, &outcome) {
                (MarkTarget::Leave, outcome) => *outcome == Outcome::Rejected,
                (MarkTarget::Entity(_), Outcome::Accepted(whom)) => annotation
                    .mentions
                    .iter()
                    .any(|m| m.span == mark.span && m.entity.as_ref() == Some(&whom.id)),
                (MarkTarget::Entity(_), _) => false,
            };
            if !agrees {
                faults.push(orphans::against_mark(article, decision));
            }
            continue;
        }
        claims.push(Claim { span, outcome, rank, decision });
    }
}

/// What is decided about a mention's name wherever it stands.
fn by_name<'a>(
    article: &Article,
    mention: &Mention,
    names: &BTreeMap<&'a str, NameRule<'a>>,
    who: &Who<'_>,
    used: &mut Vec<String>,
) -> Option<Claim<'a>> {
    let slice = article.prose.slice(mention.span);
    let broken = slice.contains(['\n', '\t', '\u{a0}']) || slice.contains("  ");
    let rule = if broken {
        names.get(slice.split_whitespace().collect::<Vec<_>>().join(" ").as_str())?
    } else {
        names.get(slice)?
    };
    if !used.contains(&rule.decision.quote) {
        used.push(rule.decision.quote.clone());
    }
    let outcome = match &rule.ruling {
        Ruling::Settled(outcome) => outcome.clone(),
        Ruling::AsProposed => Outcome::Accepted(who.by_id(mention.entity.as_ref()?)?),
    };
    let shown = mention.status == Status::Accepted;
    // A family name beside its full name means whom that means, whatever it means elsewhere.
    let bound = shown && leans_on(&mention.evidence).is_some() && outcome != Outcome::Rejected;
    if bound || mention.evidence == Evidence::Editor {
        return None;
    }
    Some(Claim { span: mention.span, outcome, rank: Rank::Name, decision: rule.decision })
}

/// Chooses among claims that overlap.
fn resolve(mut claims: Vec<Claim<'_>>, faults: &mut Vec<Diagnostic>) -> Vec<(Span, Outcome)> {
    // Stable: of equals, the first of the file stays first.
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.rank));
    let mut chosen: Vec<Claim<'_>> = Vec::with_capacity(claims.len());
    let mut told: Vec<(*const Decision, *const Decision)> = Vec::new();
    for claim in claims {
        match chosen.iter_mut().find(|other| other.span.overlaps(claim.span)) {
            None => chosen.push(claim),
            Some(other) if other.rank > claim.rank => {}
            Some(other) if other.span == claim.span && other.outcome == claim.outcome => {}
            Some(other) => {
                let pair = (std::ptr::from_ref(other.decision), std::ptr::from_ref(claim.decision));
                if !told.contains(&pair) {
                    faults.push(orphans::conflict(other.decision, claim.decision));
                    told.push(pair);
                }
                other.outcome = Outcome::Held;
            }
        }
    }
    let mut settled: Vec<(Span, Outcome)> = chosen.into_iter().map(|c| (c.span, c.outcome)).collect();
    settled.sort_by_key(|(span, _)| *span);
    settled
}
