//! A word that may report speech enters; whether it does there, or is a noun, an adjective or somebody else's verb, leaves.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            attribution::{Attribution, by, passive},
            nouns::{is_human, is_plural},
        },
        words,
    },
    model::EntityKind,
};

/// Behind a quotation that ends with a comma any verb speaks: `"...," Ada Example murmurs`, `"...," remembers Ada Example`.
pub(super) fn plain(input: &Input, inner: &Range<usize>, at: usize, limit: usize) -> Option<Attribution> {
    let title = (2..=4).contains(&inner.len().saturating_sub(1))
        && inner.clone().filter(|t| input.is_word(*t)).all(|t| input.is_capital(t));
    if title {
        return None;
    }
    let closed = words::AUX
        | words::PREPOSITION
        | words::JOINER
        | words::RELATIVE
        | words::DETERMINER
        | words::PRONOUN
        | words::ADVERB
        | words::BODY;
    let verb = |t: usize| {
        let word = input.word(t);
        t < limit
            && input.is_word(t)
            && input.mention(t).is_none()
            && !input.is_capital(t)
            && !input.is(t, closed)
            && (word.ends_with('s') && !word.ends_with("ss")
                || word.ends_with("ed")
                || matches!(word, "began" | "sang" | "spat" | "swore" | "shot" | "put" | "broke" | "went"))
    };
    let past_adverbs = |mut t: usize| {
        while t < limit && input.is(t, words::ADVERB) && input.mention(t).is_none() {
            t += 1;
        }
        t
    };
    if verb(at) && input.person(at + 1).is_some() {
        let name = input.tokens_of_at(at + 1);
        let behind = name.end;
        let ends = behind >= limit
            || matches!(input.word(behind), "," | ".")
            || input.is(behind, words::PREPOSITION | words::JOINER | words::RELATIVE);
        return ends.then(|| Attribution { verb: at..at + 1, subject: Some(name), tie: 88 });
    }
    let pronoun = matches!(input.word(at), "he" | "she") && input.mention(at).is_none();
    let name = match input.person(at) {
        Some(mention) => input.tokens_of(mention),
        None if pronoun => at..at + 1,
        // `the judge shot back`, `the man is heard to call`.
        None => {
            let who = |t: &usize| input.is(*t, words::ROLE) || is_human(input.word(*t));
            let noun = (at + 1..limit.min(at + 4)).find(who).filter(|_| input.is(at, words::DETERMINER))?;
            let small = (at + 1..noun).all(|t| input.is_word(t) && !input.is(t, closed));
            small.then_some(at..noun + 1)?
        }
    };
    let spoken = past_adverbs(name.end);
    let heard =
        input.is(spoken, words::BE) && input.word(spoken + 1) == "heard" && input.word(spoken + 2) == "to";
    (verb(spoken) || heard).then(|| Attribution { verb: spoken..spoken + 1, subject: Some(name), tie: 88 })
}

/// `a passenger has written: "..."`, `the owner had chalked on the door, "..."`.
pub(super) fn writes(input: &Input, at: usize) -> bool {
    let hand =
        ["written", "painted", "chalked", "scrawled", "scribbled", "daubed", "sprayed", "penned", "typed"];
    let has = |t: usize| matches!(input.word(t), "has" | "had" | "have") && input.mention(t).is_none();
    let named = |t: usize| !matches!(input.word(t), "somebody" | "someone" | "anybody" | "nobody");
    hand.contains(&input.word(at))
        && at > 1
        && named(at - 2)
        && (at.saturating_sub(2)..at).rev().find(|t| !input.is(*t, words::ADVERB) || has(*t)).is_some_and(has)
}

/// `that they had been told twice and that "..."`: a passive verb well before the marks, without a speaker of its own.
pub(super) fn hears(input: &Input, verb: usize, open: usize) -> bool {
    let group = (verb.saturating_sub(3)..verb).find(|t| input.is(*t, words::AUX)).unwrap_or(verb);
    open - verb > 3
        && passive(input, group, verb)
        && by(input, verb, open).is_none()
        && (verb + 1..open).any(|t| input.word(t) == "that")
}

/// `spoke of "gross departures"`.
pub(super) fn speaks_of(input: &Input, at: usize) -> bool {
    matches!(input.word(at), "spoke" | "speaks" | "talked" | "talks") && input.word(at + 1) == "of"
}

/// `The judges found that the firm had acted "knowingly"`.
pub(super) fn finds(input: &Input, at: usize) -> bool {
    let who = words::BODY | words::GROUP | words::PAPER | words::ROLE;
    let judges =
        |t: usize| input.is(t, who) || input.mention(t).is_some_and(|m| m.kind == EntityKind::Organization);
    matches!(input.word(at), "found" | "held" | "finds")
        && input.word(at + 1) == "that"
        && at > 0
        && judges(at - 1)
}

/// `the alleged "plot"`, `the accused "bomber"`, `clerics accused of "treason"`: a verb of speech that belongs to a noun.
pub(super) fn is_adjective(input: &Input, at: usize) -> bool {
    let word = input.word(at);
    if word == "accused" && (input.word(at + 1) == "of" || input.is(at + 1, words::DOUBLE)) {
        return !at.checked_sub(1).is_some_and(|t| input.is(t, words::BE));
    }
    let Some(before) = at.checked_sub(1).filter(|_| word.ends_with("ed")) else { return false };
    let article = matches!(
        input.word(before),
        "the"
            | "The"
            | "a"
            | "an"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "any"
            | "no"
            | "'s"
            | "’s"
    );
    let governed = input.is(before, words::PREPOSITION) && input.mention(before).is_none();
    let object = word == "alleged" && before > 0 && matches!(input.word(before - 1), "to" | "of");
    article || governed || object
}

pub(super) fn names(verb: &str) -> bool {
    matches!(verb, "called" | "dubbed" | "termed" | "labelled" | "labeled" | "branded" | "calls" | "deemed")
}

/// Whether a verb of speech is a noun here: `reports`, `claims`, `post` behind a determiner or possessive are things.
pub fn is_noun(input: &Input, at: usize) -> bool {
    // `in Courier comments: "..."`.
    let listed =
        at > 0 && input.word(at) == "comments" && input.is_capital(at - 1) && input.word(at + 1) == ":";
    // `his controversial remarks were`, `new claims are`.
    let plural =
        at > 0 && input.word(at).ends_with('s') && matches!(input.word(at + 1), "were" | "are" | "have");
    let fronted = || (at.saturating_sub(5)..at).any(|t| input.word(t).eq_ignore_ascii_case("what"));
    listed
        || plural
            && !input.is(at, words::PLAIN_SAY)
            && !input.is(at - 1, words::PRONOUN | words::RELATIVE)
            && input.mention(at - 1).is_none()
            && !fronted()
        || at > 0
            && input.mention(at - 1).is_none()
            && (input.is(at - 1, words::DETERMINER | words::PREPOSITION | words::DUB)
                || matches!(input.word(at - 1), "'s" | "’s"))
            && !input.is(at, words::PLAIN_SAY | words::SAYING)
            && matches!(
                input.word(at),
                "reports"
                    | "report"
                    | "claims"
                    | "claim"
                    | "demands"
                    | "promises"
                    | "answers"
                    | "answer"
                    | "calls"
                    | "notes"
                    | "appeals"
                    | "hopes"
                    | "posts"
                    | "states"
                    | "say"
                    | "post"
                    | "vows"
                    | "comments"
                    | "remarks"
                    | "warning"
                    | "promise"
                    | "demand"
                    | "writing"
                    | "reading"
            )
}

/// `"Zero!" shout the children`: a verb of speech of many, behind the marks.
pub fn many_say(input: &Input, verb: usize) -> bool {
    let speaks = matches!(
        input.word(verb),
        "shout"
            | "ask"
            | "reply"
            | "answer"
            | "cry"
            | "yell"
            | "chant"
            | "scream"
            | "whisper"
            | "sing"
            | "call"
            | "agree"
    );
    let noun = (verb + 2..verb + 5).take_while(|t| input.is_word(*t)).any(|t| {
        is_plural(input.word(t))
            || input.word(t).ends_with('s')
            || matches!(input.word(t), "children" | "women" | "men" | "people" | "crowd")
    });
    speaks && input.is(verb + 1, words::DETERMINER) && noun
}
