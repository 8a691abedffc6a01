//! A word that may report speech enters; whether it does there, or is a noun, an adjective or somebody else's verb, leaves.

use crate::annotate::{
    input::Input,
    quotes::attribution::{by, passive},
    words,
};
use crate::model::EntityKind;

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
