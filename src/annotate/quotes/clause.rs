//! Words before a verb of speech that are more than its subject enter; the subject of the clause inside them leaves.

use std::ops::Range;

use crate::annotate::{
    input::Input,
    quotes::{nouns::is_human, subject::VERBAL},
    roles, words,
};

/// `..., with its president urging studios`, `he heard the crowd shouting`: the subject of a participle.
pub(super) fn accompanied(input: &Input, low: usize, at: usize) -> Option<Range<usize>> {
    let with = (low..at).rev().take(7).find(|t| matches!(input.word(*t), "with" | "heard"))?;
    let plain = (with + 1..at).all(|t| input.mention(t).is_some() || !input.is(t, VERBAL | words::JOINER));
    (plain && with + 1 < at && !(with + 1..at).any(|t| input.word(t) == ",")).then(|| with + 1..at)
}

/// `... when an aide ran in and told him`: the subject of the clause to which a joined verb belongs.
pub(super) fn subordinate(input: &Input, low: usize, at: usize) -> Option<Range<usize>> {
    let border = (low..at - 1).rev().find(|t| {
        matches!(input.word(*t), "when" | "while" | "until" | "because" | "before" | "after" | "as")
            && input.mention(*t).is_none()
    })?;
    let opens =
        input.is(border + 1, words::DETERMINER | words::PRONOUN) || input.mention(border + 1).is_some();
    if !opens || (border..at).any(|t| input.word(t) == ",") {
        return None;
    }
    let person = |t: usize| {
        input.mention(t).is_some()
            || input.is(t, words::ROLE | words::PRONOUN)
            || t + 1 < at && input.is(t, words::GROUP)
    };
    let last = (border + 1..at.min(border + 5)).find(|t| person(*t))?;
    Some(border + 1..input.mention(last).map_or(last + 1, |m| input.tokens_of(m).end))
}

/// The subject inside a run of words that hold more than it: `those he called`, `an act the board called`, `The two
/// leaders issued a statement calling`.
pub(super) fn inner(input: &Input, start: usize, end: usize) -> Option<Range<usize>> {
    let last = end - 1;
    if last > start
        && matches!(input.word(last), "he" | "she" | "they" | "it")
        && input.mention(last).is_none()
    {
        return Some(last..end);
    }
    let article = |t: usize| {
        input.mention(t).is_none()
            && matches!(input.word(t), "the" | "a" | "an" | "his" | "her" | "its" | "their")
    };
    let finite = (start + 1..last).find(|t| {
        input.mention(*t).is_none()
            && input.word(*t).len() > 4
            && input.word(*t).ends_with("ed")
            && !input.is_capital(*t)
            && article(*t + 1)
    });
    // `Orbis Bank released a statement which read` is the bank.
    if let Some(verb) = finite.filter(|_| input.mention(start).is_none()) {
        if input.word(end).ends_with("ing") {
            return Some(start..verb);
        }
        let part = (verb + 1..end).rev().take(6).find(|t| article(*t)).map(|t| t..end);
        return part.filter(|part| {
            !part.clone().any(|t| input.is(t, words::UNIT | words::DAY_WORD) || input.word(t) == "day")
        });
    }
    let noun = |t: usize| {
        let other = words::PREPOSITION | words::ADVERB | words::DETERMINER | VERBAL | words::JOINER;
        let word = input.word(t);
        input.is_word(t)
            && !input.is_capital(t)
            && (!input.is(t, other) || input.is(t, words::PAPER))
            && !word.ends_with("ing")
            && !word.ends_with("ed")
    };
    let opens = |t: usize| matches!(input.word(t), "a" | "an" | "the" | "The" | "A" | "An");
    if !opens(start) || (start..end).any(|t| input.is(t, words::UNIT)) {
        return None;
    }
    let dub = (end..end + 3).any(|t| input.is(t, words::DUB));
    let one = matches!(input.word(start), "a" | "an");
    (start + 2..end)
        .find(|t| {
            let name = dub
                && one
                && !input.inside_mention(*t)
                && (input.person(*t).is_some() || input.is(*t, words::COURTESY))
                && !input.is(t - 1, words::ROLE)
                && !roles::is_post(input, t - 1)
                && !is_human(input.word(t - 1));
            input.mention(t - 1).is_none() && noun(t - 1) && (article(*t) || name)
        })
        .map(|t| t..end)
}

/// `A report placed before the court noted`, `The statement issued after the talks said`: a paper with words of time or
/// place behind it, which could open a clause of their own.
pub(super) fn issued(input: &Input, at: usize, low: usize) -> Option<Range<usize>> {
    let border = (low + 1..at).rev().take(8).find(|t| {
        matches!(input.word(*t), "before" | "after" | "since" | "until") && input.mention(*t).is_none()
    })?;
    let plain = (border + 1..at).all(|t| input.mention(t).is_some() || !input.is(t, VERBAL | words::PRONOUN));
    let open = (low..border).rev().take(12).find(|t| {
        matches!(input.word(*t), "A" | "The" | "An" | "a" | "an" | "the") && input.mention(*t).is_none()
    })?;
    let open =
        (low..open).rev().take(8).find(|t| matches!(input.word(*t), "A" | "The" | "An")).unwrap_or(open);
    let noun = (open + 1..border.min(open + 5))
        .find(|t| input.is(*t, words::PAPER) && input.mention(*t).is_none())?;
    let small =
        |t: usize| input.is_word(t) && (input.mention(t).is_some() || !input.is(t, VERBAL | words::JOINER));
    let linked =
        noun + 1 == border || input.word(noun + 1).ends_with("ed") || input.is(noun + 1, words::PREPOSITION);
    (plain && linked && (open..border).all(small)).then_some(open..noun + 1)
}
