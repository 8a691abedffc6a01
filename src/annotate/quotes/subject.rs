//! A verb of speech and the clause around it enter; the tokens that name who speaks leave.
//!
//! Newswire puts the speaker in few places: behind the verb (`said Lavrov, who ...`), before it with or without words
//! in apposition (`Lavrov, the foreign minister, said`), or at the head of the sentence when the verb is joined to
//! another (`Lavrov toured the camp and said`). None of this needs a parse, only clause borders.

use std::ops::Range;

use crate::{
    annotate::{input::Input, quotes::apposition, roles, words},
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
        let stops = verbal
            || input.is(at, words::JOINER | words::DOUBLE | words::STOP | words::DAY_WORD)
                && input.word(at) != "and"
            || input.is(at, words::WEEKDAY)
            || matches!(input.word(at), "," | ";" | ":" | "(" | "—" | "–" | "--")
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
            (earlier(input, at, low).or_else(|| heading(input, low, at)), group)
        }
        "," => (apposition::apposed(input, at - 1, low).or_else(|| heading(input, low, at)), group),
        mark @ (")" | "—" | "–" | "--") => {
            let opens = if mark == ")" { "(" } else { mark };
            let open = (low..at - 1).rev().take(16).find(|t| input.word(*t) == opens);
            let named = open.and_then(|o| ending(input, o, low));
            // `Ada Example of the Centre for Tides: Research and Training (C-TRT) said`.
            let cut = named.as_ref().is_some_and(|n| n.start > low && input.word(n.start - 1) == ":");
            let whole = heading(input, low, at).filter(|_| cut);
            (whole.or(named), group)
        }
        // `a note thanking staff`, but `and Ada Example of Riga calling it`.
        _ if (is_saying(input, verb)
            || input.is(verb, words::DUB)
                && input.is(at - 1, words::PAPER)
                && input.word(verb).ends_with("ing"))
            && group == verb =>
        {
            (accompanied(input, low, at).or_else(|| heading(input, low, at)), group)
        }
        _ if input.is(at - 1, words::JOINER) && input.mention(at - 1).is_none() => {
            (subordinate(input, low, at).or_else(|| heading(input, low, at)), group)
        }
        _ if input.is(verb, words::DUB) && input.word(verb).ends_with("ing") && group == verb => {
            (accompanied(input, low, at).or_else(|| ending(input, at, low)), group)
        }
        _ => (ending(input, at, low), group),
    }
}

/// `..., with its president urging studios`, `he heard the crowd shouting`: the subject of a participle.
fn accompanied(input: &Input, low: usize, at: usize) -> Option<Range<usize>> {
    let with = (low..at).rev().take(7).find(|t| matches!(input.word(*t), "with" | "heard"))?;
    let plain = (with + 1..at).all(|t| input.mention(t).is_some() || !input.is(t, VERBAL | words::JOINER));
    (plain && with + 1 < at && !(with + 1..at).any(|t| input.word(t) == ",")).then(|| with + 1..at)
}

/// `... when an aide ran in and told him`: the subject of the clause to which a joined verb belongs.
fn subordinate(input: &Input, low: usize, at: usize) -> Option<Range<usize>> {
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

/// What the relative pronoun at `at` stands for: `a statement which said`, `Hay, a professor at Riverside, who said`.
fn antecedent(input: &Input, at: usize, low: usize) -> Option<Range<usize>> {
    if at > low && input.word(at - 1) == "," {
        let comma = at - 1;
        if comma > low && input.person(comma - 1).is_some() {
            return ending(input, comma, low);
        }
        return apposition::apposed(input, comma, low).or_else(|| ending(input, comma, low));
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
            || matches!(word, "," | ";" | ":" | "(" | ")" | "—" | "–" | "--" | "•")
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
    let alone = start + 1 == end && input.is(start, words::PRONOUN);
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
        let subject = pronoun.then(|| heading(input, low, what)).flatten();
        return subject.filter(fits).or(Some(what + 1..end));
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

/// The subject at the head of the sentence part `low..end`: behind an opening phrase and its comma, if there is one.
pub fn heading(input: &Input, low: usize, end: usize) -> Option<Range<usize>> {
    let mut at = dateline(input, low, end);
    while at < end && !input.is_word(at) && input.mention(at).is_none() {
        at += 1;
    }
    // `Nearby, Ada Example sat beside a fire`.
    let aside = |t: usize| input.mention(t).is_none() && input.is_capital(t) && input.word(t + 1) == ",";
    while at < end
        && (input.is(at, words::ADVERB)
            || matches!(input.word(at), "But" | "And" | "Yet" | "," | "So")
            || aside(at))
    {
        at += 1;
    }
    let opens = |t: usize| {
        input.mention(t).is_none()
            && (input.is(t, words::PREPOSITION | words::SAYING)
                || input.is(t, words::JOINER)
                || matches!(
                    input.word(t),
                    "Told"
                        | "Shown"
                        | "Given"
                        | "Taken"
                        | "Left"
                        | "Born"
                        | "Known"
                        | "Seen"
                        | "Brought"
                        | "Held"
                        | "Sent"
                )
                || input.is_capital(t) && (input.word(t).ends_with("ing") || input.word(t).ends_with("ed")))
    };
    let mut phrases = 0;
    while at < end && opens(at) && phrases < 3 {
        at = (at..end.min(at + REACH)).find(|t| input.word(*t) == ",")? + 1;
        phrases += 1;
    }
    if at >= end {
        return None;
    }
    if input.is(at, words::PRONOUN) && input.mention(at).is_none() {
        return Some(at..at + 1);
    }
    if let Some(name) = apposition::named_after(input, at, end) {
        return Some(name);
    }
    if let Some(name) = called(input, at, end) {
        return Some(at..name);
    }
    for t in at..end.min(at + 12) {
        if let Some(mention) = input.mention(t) {
            let tokens = input.tokens_of(mention);
            if mention.kind == EntityKind::Person {
                let end = tokens.end.max(t + 1);
                // `The Hale campaign`.
                let part = input.word(t - usize::from(t > at)).eq_ignore_ascii_case("the")
                    && is_company_of(input, end);
                return Some(at..if part { end + 1 } else { end });
            }
            // `The Foreign Ministry`, but not `Moscow's envoy`.
            let next = tokens.end.max(t + 1);
            let owns = matches!(input.word(next), "'s" | "’s" | "'" | "’");
            let goes_on =
                input.is(next, words::ROLE) || input.is_capital(next) || input.mention(next).is_some();
            if mention.kind == EntityKind::Organization && !owns && !goes_on {
                return Some(at..next);
            }
            continue;
        }
        // `State Minister for Finance Ada Example`.
        let of_title =
            input.is(t, words::PREPOSITION) && input.is(t - 1, words::ROLE) && input.is_capital(t + 1);
        let fits = of_title && t > at
            || input.is(t, words::DETERMINER | words::ROLE | words::COURTESY | words::FORMER)
            || input.is_capital(t)
            || roles::is_post(input, t)
            || matches!(input.word(t), "'s" | "’s" | "of" | "'" | "’" | "foreign" | "prime" | "the" | "vice");
        if input.is(t, words::ROLE | words::GROUP | words::BODY | words::PAPER) {
            let next = t + 1;
            let name_follows = (next..end.min(next + 4)).any(|n| input.person(n).is_some())
                && !input.is(next, words::AUX | words::SAY);
            if !name_follows && !input.is(next, words::ROLE) {
                return Some(at..next);
            }
        } else if !fits {
            return None;
        }
    }
    None
}

/// `volunteer Ada Example was ladling soup`: the end of the name behind small words that say what somebody does.
fn called(input: &Input, at: usize, end: usize) -> Option<usize> {
    let name = (at + 1..end.min(at + 4)).find(|t| input.person(*t).is_some())?;
    let border = VERBAL | words::PREPOSITION | words::JOINER | words::PRONOUN | words::DETERMINER;
    let small = |t: usize| {
        input.is_word(t) && input.mention(t).is_none() && !input.is_capital(t) && !input.is(t, border)
    };
    let whole = input.tokens_of_at(name).end;
    ((at..name).all(small) && !matches!(input.word(whole), "'s" | "’s" | "'" | "’")).then_some(whole)
}

/// Whether the noun makes a body of the name before it.
fn is_company_of(input: &Input, at: usize) -> bool {
    input.is(at, words::BODY | words::GROUP)
        || matches!(input.word(at), "campaign" | "administration" | "camp" | "team" | "estate" | "family")
}

/// Behind `KYIV, May 3 (Reuters) -` at the head of a paragraph; `low` where there is none.
fn dateline(input: &Input, low: usize, end: usize) -> usize {
    let first = input.paragraph_start(low);
    let shouted = input.word(first).len() > 2 && !input.word(first).bytes().any(|b| b.is_ascii_lowercase());
    if !shouted || low - first > 12 {
        return low;
    }
    let dash = (first..end.min(first + 14)).find(|t| {
        matches!(input.word(*t), "—" | "–" | "--" | "-" | "_") || input.word(*t) == ":" && *t < first + 4
    });
    let placed = |t: usize| {
        !input.is_word(t) || input.is_capital(t) || input.word(t).starts_with(|c: char| c.is_ascii_digit())
    };
    dash.filter(|dash| (first..*dash).all(placed)).map_or(low, |dash| low.max(dash + 1))
}
