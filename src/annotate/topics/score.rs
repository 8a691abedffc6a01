//! The cues found in an article enter; its topics leave, with the evidence for each.

use rustc_hash::FxHashMap;

use crate::annotate::topics::lexicon::{Lexicon, Sense};
use crate::annotate::topics::{Concept, Cue, Topic, TopicScore};
use crate::text::token::{Token, tokenize};

/// An occurrence in the headline counts as this many in the body.
const HEADLINE: f32 = 5.0;
/// An occurrence in the lead, the first [`LEAD_WORDS`] words, counts as this many.
const LEAD: f32 = 1.4;
const LEAD_WORDS: u32 = 45;
/// How fast repetition stops counting: one occurrence gives 1, any number less than `1 + SATURATION`.
const SATURATION: f32 = 0.8;
/// Branch evidence below which nothing is said, for a text of [`LENGTH`] words.
const ENOUGH: f32 = 3.0;
const LENGTH: f32 = 80.0;
/// Share of the narrower concepts' evidence that a broader one may count as its own.
const ROLL_UP: f32 = 0.4;
/// A further topic needs this share of the best concept's evidence in its own branch, and in another branch.
const NEAR: f32 = 0.35;
const FAR: f32 = 0.65;
/// Another branch needs this share of the first branch's evidence.
const BRANCH: f32 = 0.5;
/// A concept of another branch that is clearly spoken of needs only this share of the best concept's evidence; clearly
/// is such evidence of its own, where headline and text have a cue in common and where they have not.
const NAMED: f32 = 0.3;
const HEADED: f32 = 4.6;
const PLAIN: f32 = 5.5;
/// Evidence for a topic of the site's own, which the site's own cues speak for: two or three of them.
const LOCAL: f32 = 3.8;
/// What the evidence of persons and bodies is worth beside that of matters.
const ACTOR: f32 = 0.5;
const MOST: usize = 5;
const MOST_CUES: usize = 8;

/// The finds of an article.
pub(super) struct Finds<'a> {
    found: Vec<Found<'a>>,
    words: usize,
}

struct Found<'a> {
    phrase: u32,
    exact: bool,
    /// Occurrences, weighted by place.
    amount: f32,
    count: u32,
    headed: bool,
    written: &'a str,
    span: Option<std::ops::Range<usize>>,
}

/// Finds the cues in headline and text.
pub(super) fn collect<'a>(
    lexicon: &Lexicon,
    headline: &'a str,
    text: &'a str,
    tokens: &[Token],
) -> Finds<'a> {
    let mut found: Vec<Found> = Vec::new();
    let mut places: FxHashMap<(u32, bool), usize> = FxHashMap::default();
    let (head, _) = lexicon.find(headline, &tokenize(headline));
    let (body, words) = lexicon.find(text, tokens);
    let head = head.into_iter().map(|hit| (hit, headline, HEADLINE, true));
    let body = body.into_iter().map(|hit| (hit, text, if hit.at < LEAD_WORDS { LEAD } else { 1.0 }, false));
    for (hit, source, weight, in_head) in head.chain(body) {
        let range = hit.start as usize..hit.end as usize;
        let at = *places.entry((hit.phrase, hit.exact)).or_insert(found.len());
        if at == found.len() {
            let written = source.get(range.clone()).unwrap_or("");
            found.push(Found {
                phrase: hit.phrase,
                exact: hit.exact,
                amount: 0.0,
                count: 0,
                headed: false,
                written,
                span: None,
            });
        }
        let entry = &mut found[at];
        entry.amount += weight;
        entry.count += 1;
        entry.headed |= in_head;
        if !in_head && entry.span.is_none() {
            entry.written = source.get(range.clone()).unwrap_or("");
            entry.span = Some(range);
        }
    }
    Finds { found, words }
}

/// Sums the evidence and picks the topics.
pub(super) fn choose(
    lexicon: &Lexicon,
    concepts: &[Concept],
    finds: &Finds,
    extra: &[(u16, f32)],
) -> Vec<TopicScore> {
    let evidence = weigh(lexicon, concepts, finds);
    let mut own = vec![0.0_f32; concepts.len()];
    for piece in &evidence {
        own[piece.concept as usize] += piece.weight;
    }
    for &(concept, weight) in extra {
        own[concept as usize] += weight;
    }
    let mut branch = vec![0.0_f32; concepts.len()];
    let mut value = own.clone();
    for (at, &amount) in own.iter().enumerate().filter(|(_, amount)| **amount != 0.0) {
        branch[concepts[at].top as usize] += amount;
        let (mut share, mut up) = (amount, concepts[at].parent);
        while let Some(parent) = up {
            share *= ROLL_UP;
            value[parent as usize] += share;
            up = concepts[parent as usize].parent;
        }
    }
    let mut headed = vec![false; concepts.len()];
    for piece in evidence.iter().filter(|piece| piece.weight > 0.0) {
        let found = &finds.found[piece.found];
        headed[piece.concept as usize] |= found.headed && found.span.is_some();
    }
    let needed = ENOUGH * (finds.words.max(20) as f32 / LENGTH).sqrt().clamp(0.6, 2.5);
    let sums = Sums { own, value, branch, headed };
    let order = rank(concepts, &sums, needed);
    let scored = |at: usize| {
        let reach = sums.branch[concepts[at].top as usize].max(0.0).sqrt() * sums.value[at].max(0.0).sqrt();
        TopicScore {
            topic: concepts[at].topic,
            score: reach / (reach + needed),
            cues: cues(&evidence, finds, at),
        }
    };
    order.into_iter().map(scored).collect()
}

/// What is known of each concept, by index.
struct Sums {
    /// Evidence of its own.
    own: Vec<f32>,
    /// Evidence of its own and a share of that of narrower ones.
    value: Vec<f32>,
    /// Evidence of the whole branch, at the concept of the first level.
    branch: Vec<f32>,
    /// Whether headline and text speak for it in the same words.
    headed: Vec<bool>,
}

/// Indices of the concepts to give, best first.
fn rank(concepts: &[Concept], sums: &Sums, needed: f32) -> Vec<usize> {
    let Sums { own, value, branch, headed } = sums;
    let Some(top) = (0..concepts.len()).max_by(|&a, &b| branch[a].total_cmp(&branch[b]).then(b.cmp(&a)))
    else {
        return Vec::new();
    };
    if branch[top] < needed {
        return Vec::new();
    }
    let worth = |at: usize| if concepts[at].actor { value[at] * ACTOR } else { value[at] };
    let named: Vec<usize> = (0..concepts.len()).filter(|&at| own[at] > 0.0 || at == top).collect();
    let better = |a: &usize, b: &usize| worth(*a).total_cmp(&worth(*b)).then(b.cmp(a));
    let inside = |at: &&usize| concepts[**at].top as usize == top;
    let narrow =
        named.iter().filter(inside).filter(|at| concepts[**at].level > 1).max_by(|a, b| better(a, b));
    let first = narrow.copied().unwrap_or(top);
    let bar = |at: usize| {
        let home = concepts[at].top as usize;
        if home == top {
            worth(first) * NEAR
        } else if matches!(concepts[at].topic, Topic::Local(_)) {
            LOCAL
        } else if !concepts[at].actor && own[at] >= if headed[at] { HEADED } else { PLAIN } {
            worth(first) * NAMED
        } else if branch[home] < branch[top] * BRANCH {
            f32::INFINITY
        } else {
            worth(first) * FAR
        }
    };
    let floor = needed * 0.5;
    let mut rest: Vec<usize> =
        named.iter().copied().filter(|&at| at != first && worth(at) >= bar(at).max(floor)).collect();
    rest.sort_by(|a, b| better(b, a));
    let mut chosen = vec![first];
    for at in rest {
        let redundant = concepts[at].level == 1 && chosen.iter().any(|&c| concepts[c].top as usize == at)
            || chosen.iter().any(|&c| above(concepts, c, at));
        // The narrower of two goes first: it says more.
        let broader = chosen.iter().position(|&c| above(concepts, at, c));
        match broader {
            Some(place) => {
                chosen.insert(place, at);
                chosen.truncate(MOST);
            }
            None if !redundant && chosen.len() < MOST => chosen.push(at),
            None => {}
        }
    }
    chosen
}

/// Whether `up` is a broader concept of `at`.
fn above(concepts: &[Concept], at: usize, up: usize) -> bool {
    std::iter::successors(concepts[at].parent, |&p| concepts[p as usize].parent).any(|p| p as usize == up)
}

struct Evidence {
    concept: u16,
    weight: f32,
    found: usize,
}

/// The weight that each find gives to each concept. A phrase with senses in several branches is divided among
/// them by what the unambiguous phrases say of those branches.
fn weigh(lexicon: &Lexicon, concepts: &[Concept], finds: &Finds) -> Vec<Evidence> {
    let top = |sense: &Sense| concepts[sense.concept as usize].top as usize;
    let senses = |found: &Found| -> Vec<&Sense> { lexicon.senses(found.phrase, found.exact).collect() };
    let strength = |found: &Found| found.amount * (1.0 + SATURATION) / (found.amount + SATURATION);
    let mut sure = vec![0.5_f32; concepts.len()];
    for found in &finds.found {
        let senses = senses(found);
        let split = senses.iter().map(|s| s.weight).sum::<f32>().max(0.1);
        for sense in &senses {
            sure[top(sense)] += sense.weight.max(0.0) * strength(found) * sense.weight.max(0.0) / split;
        }
    }
    let (mut evidence, mut homes) = (Vec::new(), Vec::new());
    for (at, found) in finds.found.iter().enumerate() {
        let senses = senses(found);
        homes.clear();
        homes.extend(senses.iter().map(|sense| top(sense)));
        homes.sort_unstable();
        homes.dedup();
        let all: f32 = homes.iter().map(|&home| sure[home] * sure[home]).sum();
        for sense in senses {
            let own = sure[top(sense)];
            let share = if homes.len() > 1 { own * own / all } else { 1.0 };
            evidence.push(Evidence {
                concept: sense.concept,
                weight: sense.weight * strength(found) * share,
                found: at,
            });
        }
    }
    evidence
}

/// The cues that spoke for a concept, or for narrower ones if it has none of its own.
fn cues(evidence: &[Evidence], finds: &Finds, concept: usize) -> Vec<Cue> {
    let mut of: Vec<&Evidence> =
        evidence.iter().filter(|piece| piece.concept as usize == concept && piece.weight > 0.0).collect();
    of.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.found.cmp(&b.found)));
    let cue = |piece: &&Evidence| {
        let found = &finds.found[piece.found];
        Cue { phrase: found.written.to_owned(), span: found.span.clone(), count: found.count }
    };
    of.iter().take(MOST_CUES).map(cue).collect()
}
