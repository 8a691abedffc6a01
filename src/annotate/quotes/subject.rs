//! A verb of speech and the clause around it enter; the tokens that name who speaks leave.
//!
//! Newswire puts the speaker in few places: behind the verb (`said Lavrov, who ...`), before it with or without words
//! in apposition (`Lavrov, the foreign minister, said`), or at the head of the sentence when the verb is joined to
//! another (`Lavrov toured the camp and said`). None of this needs a parse, only clause borders.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            apposition, clause, heading,
            nouns::{is_human, is_plural},
        },
        words,
    },
    model::EntityKind,
};

/// Borders of a clause going left.
const CLAUSE: words::Classes = words::JOINER | words::RELATIVE | words::SAY | words::DOUBLE;
/// Words that cannot stand in a speaker's name or description.
pub(super) const VERBAL: words::Classes = words::AUX | words::SAY | words::SAYING | words::RELATIVE;
/// The longest way a search takes, in tokens.
pub const REACH: usize = 48;

/// The name or description that begins at `start`, without what follows a comma.
pub fn forward(input: &Input, start: usize, limit: usize) -> Option<Range<usize>> {
    let limit = limit.min(start + REACH).min(input.tokens.len());
    let mut at = start;
    while at < limit && input.is(at, words::ADVERB | words::WEEKDAY) && input.mention(at).is_none() {
        at += 1;
    }
    let first = at;
    while at < limit {
        if input.mention(at).is_some() {
            at += 1;
            continue;
        }
        let noun = input.is(at, words::SAY) && input.is(at, words::PAPER)
            || input.word(at) == "warning" && at > first && input.is(at - 1, words::DETERMINER);
        let verbal = input.is(at, VERBAL) && !noun;
        // `according to the catalogue it was`
        let clause = at > first + 1
            && matches!(input.word(at), "he" | "she" | "it" | "they")
            && !input.is(at - 1, words::PREPOSITION);
        let stops = verbal
            || clause
            || input.is(at, words::JOINER | words::DOUBLE | words::STOP | words::DAY_WORD)
                && input.word(at) != "and"
            || input.is(at, words::WEEKDAY)
            || matches!(input.word(at), "," | ";" | ":" | "(")
            || input.is_dash(at)
            || input.word(at) == "per" && at > first;
        if stops || input.word(at) == "and" && !joins_names(input, at, limit) {
            break;
        }
        at += 1;
    }
    while at > first
        && input.is(at - 1, words::ADVERB | words::PREPOSITION)
        && input.mention(at - 1).is_none()
    {
        at -= 1;
    }
    (at > first && (input.is_word(first) || input.mention(first).is_some())).then_some(first..at)
}

/// `Rubio and Lavrov`: a name right before and soon after.
fn joins_names(input: &Input, at: usize, limit: usize) -> bool {
    let after = (at + 1..limit.min(at + 5)).take_while(|t| !input.is(*t, VERBAL));
    (input.mention(at.saturating_sub(1)).is_some() && after.clone().any(|t| input.mention(t).is_some()))
        || input.is_capital(at + 1) && input.is_capital(at - 1)
}

/// A participle of speech: `adding`, `holding that`.
pub fn is_saying(input: &Input, at: usize) -> bool {
    input.is(at, words::SAYING)
        || matches!(input.word(at), "holding" | "finding" | "ruling" | "decreeing")
            && input.word(at + 1) == "that"
}

/// The speaker before the verb at `verb`, not left of `low`. The second value is the first token of the verb's group
/// (`has also said`).
pub fn before(input: &Input, verb: usize, low: usize) -> (Option<Range<usize>>, usize) {
    let low = low.max(verb.saturating_sub(REACH));
    let mut at = verb;
    // `went on to say`, `refused to say`, `was quoted as saying`.
    if at > low + 1 && input.word(at - 1) == "to" && !is_saying(input, verb) {
        at -= 2;
        if input.word(at) == "on" && at > low {
            at -= 1;
        }
    } else if at > low + 1 && input.word(at - 1) == "as" && is_saying(input, verb) {
        let back = (low..at - 1)
            .rev()
            .take(24)
            .find(|t| matches!(input.word(*t), "quoted" | "cited" | "quote" | "quotes" | "cite" | "cites"));
        if let Some(back) = back {
            // `The Daily quoted him as saying`: he who is quoted speaks.
            if !(back.saturating_sub(3)..back).any(|t| input.is(t, words::BE)) {
                let quoted = forward(input, back + 1, at - 1);
                let somebody =
                    |t: usize| input.mention(t).is_some() || input.is(t, words::ROLE | words::GROUP);
                return (quoted.filter(|q| somebody(q.end - 1)), back);
            }
            at = back;
        }
    } else if at > low + 1
        && is_saying(input, verb)
        && matches!(input.word(at - 1), "heard" | "seen" | "shown" | "filmed" | "recorded" | "caught")
        && input.is(at - 2, words::BE | words::ADVERB)
    {
        // `a woman is heard saying`.
        at -= 1;
    }
    while at > low && input.is(at - 1, words::ADVERB | words::AUX) && input.mention(at - 1).is_none() {
        at -= 1;
    }
    let group = at;
    // `on Thursday said`, `had in August observed`: the time stands in between.
    at = skip_times(input, at, low);
    while at > low && at < group && input.is(at - 1, words::AUX) && input.mention(at - 1).is_none() {
        at -= 1;
    }
    if at <= low {
        return (None, group);
    }
    if input.is(at - 1, words::RELATIVE) && input.mention(at - 1).is_none() {
        return (antecedent(input, at - 1, low), group);
    }
    match input.word(at - 1) {
        "," if is_saying(input, verb)
            || words::classes(input.word(verb)) & words::DUB != 0 && input.word(verb).ends_with("ing") =>
        {
            (earlier(input, at, low).or_else(|| heading::heading(input, low, at)), group)
        }
        "," => (apposition::apposed(input, at - 1, low).or_else(|| heading::heading(input, low, at)), group),
        // `X complained of it - claiming that`.
        mark if is_saying(input, verb) && mark != ")" && input.is_dash(at - 1) => {
            (earlier(input, at, low).or_else(|| heading::heading(input, low, at)), group)
        }
        mark if mark == ")" || input.is_dash(at - 1) => {
            let opens = if mark == ")" { "(" } else { mark };
            let pair = |t: &usize| input.word(*t) == opens && (mark == ")" || input.is_dash(*t));
            let open = (low..at - 1).rev().take(16).find(pair);
            let named = open.and_then(|o| ending(input, o, low));
            // `Ada Example of the Centre for Tides: Research and Training (C-TRT) said`.
            let cut = named.as_ref().is_some_and(|n| n.start > low && input.word(n.start - 1) == ":");
            let whole = heading::heading(input, low, at).filter(|_| cut);
            (whole.or(named), group)
        }
        // `a note thanking staff`, but `and Ada Example of Riga calling it`.
        _ if (is_saying(input, verb)
            || input.is(verb, words::DUB)
                && input.is(at - 1, words::PAPER)
                && input.word(verb).ends_with("ing"))
            && group == verb =>
        {
            (clause::accompanied(input, low, at).or_else(|| heading::heading(input, low, at)), group)
        }
        _ if input.is(at - 1, words::JOINER) && input.mention(at - 1).is_none() => {
            (clause::subordinate(input, low, at).or_else(|| heading::heading(input, low, at)), group)
        }
        _ if input.is(verb, words::DUB) && input.word(verb).ends_with("ing") && group == verb => {
            (clause::accompanied(input, low, at).or_else(|| ending(input, at, low)), group)
        }
        _ => (clause::issued(input, at, low).or_else(|| ending(input, at, low)), group),
    }
}

/// What the relative pronoun at `at` stands for: `a statement which said`, `Hay, a professor at Riverside, who said`.
fn antecedent(input: &Input, at: usize, low: usize) -> Option<Range<usize>> {
    if at > low && input.word(at - 1) == "," {
        let comma = at - 1;
        if let Some(name) = comma.checked_sub(1).filter(|t| *t >= low).and_then(|t| input.person(t)) {
            let name = input.tokens_of(name);
            let whole = ending(input, comma, low)?;
            // `a spokesman for Ada Example, who said`, but `met Ada Example, who said`.
            let heads = |t: usize| {
                let who = words::ROLE | words::GROUP | words::BODY | words::PAPER;
                input.is(t, who) || is_human(input.word(t))
            };
            let other = (whole.start..name.start)
                .any(|t| heads(t) && input.is(t + 1, words::PREPOSITION) && input.mention(t).is_none());
            return Some(if other { whole } else { name });
        }
        let found = apposition::apposed(input, comma, low).or_else(|| ending(input, comma, low))?;
        // `a major with a ruler, who wrote` is the major.
        let held = (low + 2..found.start + 1).rev().take(1).find(|t| {
            input.mention(found.end - 1).is_none()
                && input.word(*t - 1) == "with"
                && (input.is(*t - 2, words::ROLE) || is_human(input.word(*t - 2)))
        });
        let opens = held.and_then(|t| (low..t - 2).rev().take(4).find(|d| input.is(*d, words::DETERMINER)));
        return Some(match (held, opens) {
            (Some(held), Some(opens)) => opens..held - 1,
            _ => found,
        });
    }
    let whole = ending(input, at, low)?;
    // `The ministry released a statement which said` is the ministry.
    if input.mention(at - 1).is_some() || input.mention(whole.start).is_some() {
        return Some(whole);
    }
    // `They released a statement which said`: only the last noun with what belongs to it.
    let noun = whole.clone().rev().take(5).find(|t| input.is(*t, words::DETERMINER));
    Some(noun.unwrap_or(whole.start)..at)
}

/// The speaker of the finite verb of speech before a participle: `X told them, adding`.
fn earlier(input: &Input, at: usize, low: usize) -> Option<Range<usize>> {
    // An opening phrase (`In a statement posted online,`) has no subject.
    let phrase = input.is(low, words::PREPOSITION) && input.mention(low).is_none();
    let comma = (low..at.saturating_sub(1)).find(|t| phrase && input.word(*t) == ",");
    let low = comma.unwrap_or(low);
    let mut spoken = false;
    let verb = (low..at).rev().find(|t| {
        spoken ^= input.is(*t, words::DOUBLE);
        !spoken && input.is(*t, words::SAY) && !input.is(*t, words::SAYING) && input.mention(*t).is_none()
    })?;
    before(input, verb, low).0
}

/// Passes over `on Thursday`, `Thursday`, `late Monday` to the left.
fn skip_times(input: &Input, mut at: usize, low: usize) -> usize {
    if at > low + 1 && input.is(at - 1, words::MONTH) && matches!(input.word(at - 2), "in" | "In") {
        return at - 2;
    }
    if at > low && input.is(at - 1, words::WEEKDAY) {
        at -= 1;
        while at > low && (input.is(at - 1, words::WHICH) || input.word(at - 1) == "late") {
            at -= 1;
        }
        if at > low && input.is(at - 1, words::PREPOSITION) {
            at -= 1;
        }
        while at > low && input.is(at - 1, words::ADVERB) && input.mention(at - 1).is_none() {
            at -= 1;
        }
    }
    at
}

/// The name or description that ends before `end`.
pub(super) fn ending(input: &Input, end: usize, low: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > low {
        let t = start - 1;
        if input.mention(t).is_some() {
            start -= 1;
            continue;
        }
        let word = input.word(t);
        if input.is(t, CLAUSE) && !(word == "and" && joins_names(input, t, end)) && !input.is(t, words::PAPER)
            || input.is(t, words::STOP | words::SAYING)
            || matches!(word, "," | ";" | ":" | "(" | ")" | "•")
            || input.is_dash(t)
        {
            break;
        }
        start -= 1;
    }
    // `narrated how a trader had told`.
    if start + 1 < end && matches!(input.word(start), "how" | "why") {
        start += 1;
    }
    if start >= end {
        return None;
    }
    // `Ada Example, who in an article last month compared it to`; `A resident who fled to Bankass said`.
    // But `which the finance committee called` has its subject behind `which`.
    let named = input.mention(start).is_some_and(|m| input.tokens_of(m).end >= end);
    let alone = start + 1 == end && (input.is(start, words::PRONOUN) || is_plural(input.word(start)));
    let object = start > low
        && (named || input.word(start - 1) == "which" && (alone || input.is(start, words::DETERMINER)));
    if start > low && matches!(input.word(start - 1), "who" | "which") && !object {
        return antecedent(input, start - 1, low);
    }
    if let Some(name) = start.checked_sub(1).and_then(|comma| apposition::held(input, low, comma, start..end))
    {
        return Some(name);
    }
    // `for what inspectors called`.
    let what = (start..end).rev().take(6).find(|t| input.word(*t).eq_ignore_ascii_case("what"));
    if let Some(what) = what.filter(|what| what + 1 < end) {
        // `welcomed what it called`: the subject of the sentence.
        let pronoun = what + 2 == end && input.is(what + 1, words::PRONOUN);
        let person = matches!(input.word(what + 1), "he" | "she");
        let fits = |s: &Range<usize>| {
            !person || input.mention(s.end - 1).is_none_or(|m| m.kind == EntityKind::Person)
        };
        let subject = pronoun.then(|| heading::heading(input, low, what)).flatten();
        return subject.filter(fits).or(Some(what + 1..end));
    }
    if let Some(part) = clause::inner(input, start, end) {
        return Some(part);
    }
    // `The letter that came with the check said`.
    if start > low + 1 && input.word(start - 1) == "that" {
        let noun = start - 2;
        let paper = input.is(noun, words::PAPER | words::BODY | words::ROLE | words::GROUP);
        if paper && !input.is(noun, words::SAY | words::DUB) && input.mention(start).is_none() {
            let det = (low..noun).rev().take(4).find(|t| input.is(*t, words::DETERMINER));
            return det.map(|det| det..noun + 1);
        }
    }
    // `In Paris the minister said`, `At the United Nations Rubio said`.
    let verbal = has_verb(input, start, end);
    // `A lawyer who asked not to be identified said`.
    if verbal && let Some(who) = related(input, low, start, end) {
        return antecedent(input, who, low);
    }
    if input.is(start, words::PREPOSITION) && input.mention(start).is_none() || verbal {
        return tail(input, start, end);
    }
    Some(start..end)
}

/// The `who` whose clause the words `start..end` end, where nothing parts it from them.
fn related(input: &Input, low: usize, start: usize, end: usize) -> Option<usize> {
    let who = (low + 1..start).rev().take(4).find(|t| input.word(*t) == "who")?;
    let parted = |t: usize| input.word(t) == "," || input.is(t, words::DOUBLE | words::STOP | words::PRONOUN);
    (!(who..end).any(parted)).then_some(who)
}

fn has_verb(input: &Input, start: usize, end: usize) -> bool {
    (start..end).any(|t| input.is(t, words::AUX) && input.mention(t).is_none())
}

/// The name, pronoun or described speaker that closes a run of words.
fn tail(input: &Input, start: usize, end: usize) -> Option<Range<usize>> {
    let last = end - 1;
    if let Some(mention) = input.mention(last) {
        let tokens = input.tokens_of(mention);
        return Some(tokens.start.max(start)..end);
    }
    if input.is(last, words::PRONOUN) {
        return Some(last..end);
    }
    (start + 1..end).rev().take(6).find(|t| input.is(*t, words::DETERMINER)).map(|t| t..end)
}
