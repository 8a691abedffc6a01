//! A sentence without spoken words of its own enters; the reported clause, with its verb and speaker, leaves.

use std::ops::Range;

use crate::annotate::{
    input::Input,
    quotes::{
        attribution::{Attribution, passive},
        subject,
        verbs::is_noun,
    },
    words,
};

/// `X said that ...`, `According to X, ...`, `..., X said.` The second value is the reported clause.
pub fn reported(input: &Input, sentence: &Range<usize>) -> Option<(Attribution, Range<usize>)> {
    let end = trim_stop(input, sentence);
    let start = sentence.start;
    let verb = sentence.clone().take(subject::REACH).find(|t| {
        input.mention(*t).is_none()
            && (input.is(*t, words::SAY) && !input.is_capital(*t) && !is_noun(input, *t)
                || input.word(*t).eq_ignore_ascii_case("according") && input.word(*t + 1) == "to")
    });
    let last = closing(input, start, end);
    if let Some(found) = last {
        return Some(found);
    }
    let verb = verb?;
    if let Some(found) = parenthesis(input, verb, start, end) {
        return Some(found);
    }
    if input.word(verb).eq_ignore_ascii_case("according") {
        let subject = subject::forward(input, verb + 2, end)?;
        // Between commas it belongs to the longer side.
        let comma = |from: usize| (from..end).find(|t| input.word(*t) == ",");
        let first = comma(subject.end);
        // `According to Orbis, a bank in Riga, ...`.
        let apposed = first.filter(|c| input.is(c + 1, words::DETERMINER)).and_then(|c| {
            comma(c + 1).filter(|n| n - c <= 8 && !(c + 1..*n).any(|t| input.is(t, words::AUX)))
        });
        let behind = apposed.or(first).map(|comma| comma + 1..end);
        let brief = verb < start + 6 || input.is(verb.saturating_sub(2), words::JOINER);
        let clause = match behind {
            Some(behind) if brief => behind,
            _ if brief => return None,
            _ => start..verb,
        };
        let clause = trim(input, clause);
        return Some((Attribution { verb: verb..verb + 2, subject: Some(subject), tie: 92 }, clause));
    }
    let that = (verb + 1..end.min(verb + 9)).find(|t| input.word(*t) == "that");
    let clause = match that {
        Some(that) if clear(input, verb + 1, that) => that + 1..end,
        _ if input.is(verb, words::PLAIN_SAY) => plain_clause(input, verb, end)?,
        _ => return None,
    };
    let (subject, group) = subject::before(input, verb, start);
    let negated = (group..verb)
        .any(|t| matches!(input.word(t), "not" | "never" | "to") || input.word(t).ends_with("n't"));
    if negated || passive(input, group, verb) || input.is(verb.saturating_sub(1), words::RELATIVE) {
        return None;
    }
    let tie = if that.is_some() { 92 } else { 88 };
    Some((Attribution { verb: group..verb + 1, subject, tie }, trim(input, clause)))
}

/// `One female, she said, returned`.
fn parenthesis(input: &Input, verb: usize, start: usize, end: usize) -> Option<(Attribution, Range<usize>)> {
    if !input.is(verb, words::PLAIN_SAY) || input.word(verb + 1) != "," || verb + 3 >= end {
        return None;
    }
    let comma = (start + 1..verb).rev().take(8).find(|t| input.word(*t) == ",")?;
    let subject = comma + 1..verb;
    let plain =
        !subject.clone().any(|t| input.mention(t).is_none() && input.is(t, words::RELATIVE | words::AUX));
    let named =
        input.mention(verb - 1).is_some() || input.is(verb - 1, words::PRONOUN | words::ROLE | words::GROUP);
    (plain && named && !subject.is_empty())
        .then(|| (Attribution { verb: verb..verb + 1, subject: Some(subject), tie: 88 }, start..end))
}

/// Between the verb and `that` stand only the hearers and the time.
fn clear(input: &Input, from: usize, that: usize) -> bool {
    !(from..that)
        .any(|t| input.is(t, words::AUX | words::PRONOUN | words::STOP) && input.mention(t).is_none())
}

/// The clause behind a bare `said`, past the time (`said Thursday`, `said on Monday`).
fn plain_clause(input: &Input, verb: usize, end: usize) -> Option<Range<usize>> {
    let mut at = verb + 1;
    if input.is(at, words::PREPOSITION) && input.is(at + 1, words::WEEKDAY | words::MONTH) {
        at += 2;
        while at < end && input.word(at).bytes().all(|b| b.is_ascii_digit()) {
            at += 1;
        }
    }
    while at < end && input.is(at, words::WEEKDAY | words::ADVERB | words::DAY_WORD) {
        at += 1;
    }
    let verbless = !(at..end)
        .any(|t| input.is(t, words::AUX) || input.word(t).ends_with("ed") || input.word(t).ends_with('s'));
    let starts =
        at < end && input.is_word(at) && !(input.is(at, words::PREPOSITION) && input.mention(at).is_none());
    (starts && !verbless && end - at >= 3).then_some(at..end)
}

/// `..., X said.` and `..., according to X.` at the end of a sentence.
fn closing(input: &Input, start: usize, end: usize) -> Option<(Attribution, Range<usize>)> {
    let commas = || (start + 3..end).rev().take(subject::REACH).filter(|t| input.word(*t) == ",");
    // `..., said Ada Example, head of the unit of the agency`: the comma before the verb, if one of the last has one.
    let said = commas().take(3).find(|t| input.is(t + 1, words::PLAIN_SAY) && input.mention(t + 2).is_some());
    let comma = said.or_else(|| commas().next())?;
    let at = comma + 1;
    if input.word(at) == "according" && input.word(at + 1) == "to" {
        let subject = subject::forward(input, at + 2, end)?;
        return Some((
            Attribution { verb: at..at + 2, subject: Some(subject), tie: 94 },
            trim(input, start..comma),
        ));
    }
    // `Ada Example, a lawyer, said in Calama that` has its speaker before the verb.
    let turned = !(input.is(at + 1, words::PREPOSITION) && input.mention(at + 1).is_none());
    if input.is(at, words::PLAIN_SAY) && turned {
        let subject = subject::forward(input, at + 1, end)?;
        let verbal = |t: usize| {
            input.mention(t).is_none() && (input.is(t, words::PRONOUN) || input.word(t).ends_with("ed"))
        };
        // `X, a hydrologist, said warnings had been issued`: what follows is a clause, not the speaker.
        let goes_on = (subject.end..end.min(subject.end + 6))
            .take_while(|t| input.word(*t) != ",")
            .any(|t| input.is(t, words::AUX) && input.mention(t).is_none());
        let clause = input.is(subject.end, words::AUX) || input.word(subject.end) == "and" && goes_on;
        let named = !subject.clone().any(verbal) && !clause;
        return (named && subject.len() <= 10 && comma - start >= 4).then(|| {
            (Attribution { verb: at..at + 1, subject: Some(subject), tie: 90 }, trim(input, start..comma))
        });
    }
    let subject = subject::forward(input, at, end)?;
    let mut verb = subject.end;
    while verb < end && input.is(verb, words::ADVERB | words::AUX) {
        verb += 1;
    }
    let ends = verb < end && end - verb <= 8 && closes(input.word(verb));
    let bare = !(verb + 1..end).any(|t| input.is(t, words::AUX | words::PRONOUN) || input.word(t) == "that");
    let tied = subject.start == at && !input.is(at, words::JOINER | words::PREPOSITION)
        || input.mention(at).is_some();
    let short = subject.len() <= 10 && comma - start >= 4;
    (ends && bare && tied && short && !passive(input, subject.end, verb)).then(|| {
        (
            Attribution { verb: subject.end..verb + 1, subject: Some(subject), tie: 90 },
            trim(input, start..comma),
        )
    })
}

/// Verbs that close a sentence which they report.
fn closes(verb: &str) -> bool {
    matches!(
        verb,
        "said"
            | "says"
            | "say"
            | "told"
            | "added"
            | "wrote"
            | "announced"
            | "reported"
            | "confirmed"
            | "warned"
            | "noted"
            | "explained"
            | "testified"
            | "acknowledged"
            | "tweeted"
            | "argued"
            | "insisted"
    )
}

fn trim_stop(input: &Input, sentence: &Range<usize>) -> usize {
    let mut end = sentence.end;
    while end > sentence.start && input.is(end - 1, words::STOP) {
        end -= 1;
    }
    end
}

fn trim(input: &Input, clause: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (clause.start, clause.end.max(clause.start));
    while start < end && matches!(input.word(start), "," | ":" | "that" | ";") {
        start += 1;
    }
    while end > start && matches!(input.word(end - 1), "," | ";" | ":" | "—" | "–" | "--") {
        end -= 1;
    }
    start..end
}
