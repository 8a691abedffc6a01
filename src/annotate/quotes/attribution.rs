//! The words around a quotation enter; the verb and the speaker's tokens leave, and how firmly they are tied to it.

use std::ops::Range;

use crate::annotate::{
    input::Input,
    quotes::{
        apposition, doubt, heading, subject,
        verbs::{self, finds, hears, is_adjective, is_noun, names, speaks_of},
    },
    words,
};
use crate::model::EntityKind;

/// A verb of speech with its subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Tokens of the verb or phrase: `told reporters` gives `told`, `according to` both.
    pub verb: Range<usize>,
    /// Tokens of the speaker; none when the clause does not say.
    pub subject: Option<Range<usize>>,
    /// 0 to 100: how sure it is that the quotation belongs to the verb.
    pub tie: u8,
}

/// Behind a quotation that ends at `close`: `"...," said X`, `"...," X told reporters`, `"...," according to X`.
/// `limit` is the next quotation or the end of the paragraph.
pub fn behind(input: &Input, inner: &Range<usize>, from: usize, limit: usize) -> Option<Attribution> {
    let mut at = from;
    let last = inner.end.checked_sub(1).map_or("", |t| input.word(t));
    let mut comma = matches!(last, "," | "—" | "–" | "--" | "-");
    let open_ended = matches!(last, "?" | "!" | "…" | "..." | "?!");
    while at < limit && (input.word(at) == "," || input.is_dash(at)) {
        comma = true;
        at += 1;
    }
    let full = last == "." && !comma;
    let limit = limit.min(sentence_end(input, at)).min(at + subject::REACH);
    if at >= limit {
        return None;
    }
    if input.word(at).eq_ignore_ascii_case("according") && input.word(at + 1) == "to" {
        let subject = subject::forward(input, at + 2, limit);
        return Some(Attribution { verb: at..at + 2, subject, tie: if full { 72 } else { 96 } });
    }
    if let Some(signed) = signed(input, from, at, limit) {
        return Some(signed);
    }
    if let Some(quoted) = cited(input, at, limit) {
        return Some(quoted);
    }
    // `"...", as their report puts it`.
    if input.word(at) == "as"
        && let Some(subject) = subject::forward(input, at + 1, limit)
        && let Some(puts) = (at + 2..limit.min(at + 12)).find(|t| matches!(input.word(*t), "put" | "puts"))
        && input.word(puts + 1) == "it"
    {
        let subject = Some(subject.start..subject.end.min(puts)).filter(|s| !s.is_empty());
        return Some(Attribution { verb: puts..puts + 2, subject, tie: 90 });
    }
    if matches!(input.word(at), "as" | "is" | "was") && input.is(at + 1, words::SAY) && comma {
        at += 1;
    }
    // `said X`.
    let mut verb = at;
    while verb < limit && (input.is(verb, words::AUX) || input.is(verb, words::ADVERB)) {
        verb += 1;
    }
    if (input.is(verb, words::SAY) || verbs::many_say(input, verb))
        && input.mention(at).is_none()
        && !input.is_capital(verb)
    {
        let told_by = passive(input, at, verb);
        let subject = if told_by { by(input, verb, limit) } else { inverted(input, verb, limit) };
        // `A soldier, who gave his call sign, "Carpenter," said the town would be held`.
        if !told_by && subject.as_ref().is_some_and(|s| s.len() > 1 && input.is(s.end, words::AUX)) {
            return None;
        }
        let verb = at..verb + 1;
        let tie = if full { 90 } else { 96 };
        return Some(Attribution { verb, subject, tie });
    }
    let whispers = open_ended && matches!(input.word(at), "he" | "she");
    if (comma || whispers)
        && let Some(found) = verbs::plain(input, inner, at, limit)
    {
        return Some(found);
    }
    // `"...," that parent, Ada Example, told the board`.
    if comma
        && matches!(input.word(at), "that" | "this")
        && let Some(name) = apposition::named_after(input, at, limit)
        && input.is(name.end + 1, words::SAY)
    {
        let verb = name.end + 1..name.end + 2;
        return Some(Attribution { verb, subject: Some(name), tie: 92 });
    }
    if input.mention(at).is_none()
        && input.is(at, words::JOINER | words::RELATIVE | words::PREPOSITION | words::AUX)
    {
        return None;
    }
    // `"minimal" acts of torture, but says`, `"Lodestar" detailing the raid, which he said`: the noun of a fragment, or
    // what is said of it.
    let heads = inner.start > 0 && input.sentence(inner.start - 1).start + 1 == inner.start;
    let bare = !comma && !full && !open_ended && !heads;
    let fresh = input.is(at, words::DETERMINER | words::PRONOUN | words::ROLE | words::COURTESY)
        || input.mention(at).is_some()
        || input.is_capital(at);
    if bare && !fresh
        || input.mention(at).is_none() && input.word(at).ends_with("ing") && !input.is_capital(at)
    {
        return None;
    }
    // `X said`.
    let verb = (at + 1..limit).find(|t| {
        input.is(*t, words::SAY)
            && input.mention(*t).is_none()
            && !(input.is(*t - 1, words::RELATIVE) && has_later_verb(input, *t + 1, limit))
    })?;
    let (_, group) = subject::before(input, verb, at);
    let named = subject::forward(input, at, group.max(at + 1));
    let (start, end) = named.as_ref().map_or((at, at), |n| (n.start, n.end));
    if start == end || passive(input, group, verb) && !quoted_as(input, group, verb) {
        return None;
    }
    // Between the name and its verb only words in apposition may stand.
    let tied = end == group
        || matches!(input.word(end), "," | "(")
        || input.is_dash(end)
        || input.is(end, words::RELATIVE | words::PREPOSITION | words::WEEKDAY | words::DAY_WORD)
        || input.is(end, words::ADVERB);
    if !tied {
        return None;
    }
    let that = (verb + 1..limit.min(verb + 4)).any(|t| input.word(t) == "that");
    let finished = limit - verb <= 8 && limit >= sentence_end(input, verb);
    let tie = match () {
        () if comma => 96,
        () if that => return None,
        () if open_ended => 88,
        // `"It is bad." X said.` is careless, but plain.
        () if full && finished && verb - at <= 5 && input.sentence(at).end <= verb + 3 => 80,
        () if full => return None,
        // No punctuation at all: the marks of a fragment.
        () => 84,
    };
    Some(Attribution { verb: group.min(verb)..verb + 1, subject: named, tie })
}

/// `"..." - Ada Example, an analyst in Toronto.`: signed with a dash, as in a list of reactions.
fn signed(input: &Input, from: usize, at: usize, limit: usize) -> Option<Attribution> {
    let dash = at > from && matches!(input.word(at - 1), "—" | "–" | "--" | "-");
    let dash = if dash { at } else { at + usize::from(matches!(input.word(at), "-")) };
    let mention = input.person(dash).filter(|_| dash > from && dash < limit)?;
    let name = input.tokens_of(mention);
    let speaks =
        (name.end..limit).any(|t| input.mention(t).is_none() && input.is(t, words::SAY | words::AUX));
    let ends = name.end >= limit || matches!(input.word(name.end), "," | "." | "(");
    (ends && !speaks).then(|| Attribution { verb: dash - 1..dash, subject: Some(name), tie: 90 })
}

/// `"...," the Courier quoted Ada Example, who grows rice, as saying.`
fn cited(input: &Input, at: usize, limit: usize) -> Option<Attribution> {
    let verb = (at..limit.min(at + 10))
        .find(|t| matches!(input.word(*t), "quoted" | "cited") && input.mention(*t).is_none())?;
    let passive = (at..verb).any(|t| input.is(t, words::BE));
    let says = (verb + 2..limit).find(|t| input.word(*t) == "as" && input.is(*t + 1, words::SAYING))?;
    let subject = subject::forward(input, verb + 1, says).filter(|_| !passive)?;
    Some(Attribution { verb: says..says + 2, subject: Some(subject), tie: 92 })
}

fn has_later_verb(input: &Input, from: usize, limit: usize) -> bool {
    (from..limit).any(|t| input.is(t, words::SAY) && input.mention(t).is_none())
}

/// The speaker behind an inverted verb: `said X`, `said on Thursday X`, `told reporters` without one.
fn inverted(input: &Input, verb: usize, limit: usize) -> Option<Range<usize>> {
    let at = verb + 1;
    // `told reporters` has its speaker elsewhere, and so has `urged the board to act`.
    if input.is(at, words::PREPOSITION | words::SAYING) && input.mention(at).is_none()
        || matches!(input.word(verb), "told" | "tells" | "informed" | "informs" | "assured" | "assures")
    {
        return None;
    }
    let named = subject::forward(input, at, limit)?;
    let asks = matches!(input.word(verb), "urged" | "urges" | "asked" | "asks" | "advised" | "warned");
    let to = |t: usize| input.word(t) == "to" && input.mention(t).is_none() && input.word(t + 1) != "the";
    (!asks || !named.clone().any(to)).then_some(named)
}

/// `was told`, `been asked`: the subject does not speak.
pub fn passive(input: &Input, group: usize, verb: usize) -> bool {
    let moved = matches!(
        input.word(verb),
        "told" | "asked" | "quoted" | "informed" | "urged" | "advised" | "assured" | "warned" | "cited"
    );
    moved && (group..verb).any(|t| input.is(t, words::BE))
        || matches!(input.word(verb), "said" | "reported" | "believed" | "alleged" | "claimed")
            && (group..verb).any(|t| input.is(t, words::BE))
        || input.is(verb, words::DUB)
            && !input.is(verb, words::SAYING)
            && !input.word(verb).ends_with("ing")
            && (group..verb).any(|t| input.is(t, words::BE))
}

fn quoted_as(input: &Input, group: usize, verb: usize) -> bool {
    (group..=verb).any(|t| matches!(input.word(t), "quoted" | "cited")) && input.is(verb, words::SAYING)
}

pub(super) fn by(input: &Input, verb: usize, limit: usize) -> Option<Range<usize>> {
    let by = (verb + 1..limit.min(verb + 6)).find(|t| input.word(*t) == "by")?;
    subject::forward(input, by + 1, limit)
}

/// In front of a quotation that opens at `open`: `X said: "..."`, `X said that it was "..."`, `According to X, "..."`.
/// `low` is the end of the quotation before or the start of the paragraph.
pub fn front(input: &Input, open: usize, low: usize) -> Option<Attribution> {
    let of = sentence_before(input, open, low);
    let start = low.max(of).max(open.saturating_sub(subject::REACH));
    if start >= open {
        return None;
    }
    let last = input.word(open - 1);
    let near = matches!(last, ":" | ",") || input.is(open - 1, words::SAY | words::SAYING);
    let speech = aside(input, start, open);
    let verb = (start..speech).rev().find(|t| {
        input.mention(*t).is_none()
            && (input.is(*t, words::SAY | words::SAYING | words::DUB)
                && !is_noun(input, *t)
                && !is_adjective(input, *t)
                && (!input.is_capital(*t)
                    || *t == start && !input.is(*t + 1, words::PREPOSITION | words::JOINER)
                    || *t > start && !input.is_word(*t - 1))
                && !hears(input, *t, open)
                || speaks_of(input, *t)
                || finds(input, *t)
                || verbs::writes(input, *t)
                || subject::is_saying(input, *t)
                || input.word(*t).eq_ignore_ascii_case("according") && input.word(*t + 1) == "to")
    });
    let Some(verb) = verb else {
        // `in the words of one banker, "..."`.
        let words = (start..open).find(|t| input.word(*t) == "words" && input.word(*t + 1) == "of");
        if let Some(words) = words
            && let Some(name) = subject::forward(input, words + 2, open)
            && open - name.end <= 1
        {
            return Some(Attribution { verb: words..words + 2, subject: Some(name), tie: 88 });
        }
        // `In Rubio's words: "..."`; `Rubio: "..."`.
        if open >= start + 3
            && input.word(open - 2) == "words"
            && let Some(owner) = (start..open - 2).rev().take(2).find(|t| input.mention(*t).is_some())
        {
            let name = input.tokens_of_at(owner);
            return Some(Attribution { verb: open - 2..open - 1, subject: Some(name), tie: 88 });
        }
        if last != ":" {
            return None;
        }
        let name = subject::forward(input, start, open - 1);
        let whole = |name: &Range<usize>| {
            name.start == start && name.end == open - 1 && input.mention(name.end - 1).is_some()
        };
        if let Some(name) = name.filter(whole) {
            return Some(Attribution { verb: open - 1..open, subject: Some(name), tie: 88 });
        }
        return colon(input, start, open);
    };
    if input.word(verb).eq_ignore_ascii_case("according") {
        let subject = subject::forward(input, verb + 2, open)?;
        return Some(Attribution { verb: verb..verb + 2, subject: Some(subject), tie: 92 });
    }
    // A thing called "x" has no speaker; what somebody called "x" has.
    let fronted = |t: usize| matches!(input.word(t), "what" | "What" | "which");
    let name = verb + 1 == open && names(input.word(verb)) && input.is_capital(open + 1);
    if name && !(start..verb).any(fronted) {
        return None;
    }
    // `a spokesman said it had responded to "..."`: he who says what another answered speaks.
    let verb = outer(input, verb, start).unwrap_or(verb);
    let distance = open - verb;
    // A clause that begins behind the verb has a subject of its own, but is still what was said.
    let low = of.max(low);
    let (mut subject, group) = subject::before(input, verb, low);
    // `Observing that it was "...", the court on Monday stopped it`: the subject stands behind the mark.
    if input.is(verb, words::SAYING) && input.is_capital(verb) {
        let close = (open + 1..open + subject::REACH).find(|t| input.is(*t, words::DOUBLE));
        let comma = close.filter(|t| input.word(t + 1) == "," || input.word(t - 1) == ",");
        subject = comma.and_then(|t| {
            let first = t + 1 + usize::from(input.word(t + 1) == ",");
            subject::forward(input, first, sentence_end(input, open)).filter(|s| s.start == first)
        });
    }
    // `Remarked the biologist Ada Example, "..."`.
    if verb == of && input.is(verb, words::SAY) && input.is_capital(verb) {
        subject = subject::forward(input, verb + 1, open);
    }
    // `That, said Ada Example, an analyst, is "..."`.
    if input.is(verb, words::PLAIN_SAY) && verb > low && input.word(verb - 1) == "," {
        let name = subject::forward(input, verb + 1, open);
        let named = |name: &Range<usize>| {
            input.mention(name.start).is_some() && input.word(name.end) == "," && name.end < open
        };
        subject = name.filter(named).or(subject);
    }
    // `According to a memo posted by X, "..."`.
    if let Some(named) = &subject
        && input.word(named.start).eq_ignore_ascii_case("according")
    {
        let subject = subject::forward(input, named.start + 2, open)?;
        return Some(Attribution { verb: named.start..named.start + 2, subject: Some(subject), tie: 84 });
    }
    // `a pattern described by X as "..."` is passive without a form of `be`.
    let agent =
        input.word(verb + 1) == "by" && input.is(verb, words::DUB) && input.word(verb).ends_with("ed");
    let passive = (agent || passive(input, group, verb)) && !quoted_as(input, group, verb);
    let subject = if passive { by(input, verb, open) } else { subject };
    let dub = !input.is(verb, words::SAY | words::SAYING);
    let mut tie: u8 = match distance {
        _ if near && distance <= 2 => 96,
        _ if last == ":" => 92,
        _ if last == "," && distance <= 14 => 90,
        1..=8 => 90,
        9..=20 => 84,
        _ => 74,
    };
    if dub {
        tie = tie.min(86);
    }
    tie = tie.min(doubt::at_most(input, &(start..open), &(group..verb), subject.as_ref()));
    Some(Attribution { verb: group..verb + 1, subject, tie })
}

/// Where the sentence begins that leads to the mark at `open`: of the paragraph before, if it ends with a colon or comma.
fn sentence_before(input: &Input, open: usize, low: usize) -> usize {
    let own = input.sentence(open).start;
    if own == open && open > low && matches!(input.word(open - 1), ":" | ",") {
        input.sentence(open - 1).start
    } else {
        own
    }
}

/// Where the search for a verb begins that stands before an aside between dashes: `Hale spoke on the matter - which Orbis
/// noted as unusual - "..."`.
fn aside(input: &Input, start: usize, open: usize) -> usize {
    let first = (start..open.saturating_sub(2)).find(|t| input.is_dash(*t));
    first.filter(|_| input.is_dash(open - 1)).unwrap_or(open)
}

/// Before a colon without a verb of speech: the subject of the clause (`Ada Example disagreed with these findings: "..."`),
/// or else its only person (`That brought a retort from Ada Example: "..."`).
fn colon(input: &Input, start: usize, open: usize) -> Option<Attribution> {
    let written = (start..open).any(|t| input.is(t, words::PAPER));
    let named = |s: &Range<usize>| input.mention(s.end - 1).is_some_and(|m| m.kind == EntityKind::Person);
    let whole = |s: &Range<usize>| written && input.mention(s.end - 1).is_some() || named(s);
    let subject = heading::heading(input, start, open - 1).filter(|s| whole(s) && !owns(input, s.end));
    let verb = open - 1..open;
    // `A post from Orbis Bank, which ran the ships: "..."`.
    let from = (start..open - 1).find(|t| {
        input.is(*t, words::PAPER)
            && matches!(input.word(t + 1), "from" | "by")
            && input.mention(t + 2).is_some()
    });
    if let Some(from) = from {
        return Some(Attribution { verb, subject: Some(input.tokens_of_at(from + 2)), tie: 84 });
    }
    let mut persons = (start..open - 1).filter(|t| {
        let name = input.person(*t).map(|m| input.tokens_of(m));
        name.is_some_and(|name| name.start == *t && !owns(input, name.end))
    });
    if let Some(subject) = subject {
        let alone = persons.all(|t| subject.contains(&t));
        return Some(Attribution { verb, subject: Some(subject), tie: if alone { 84 } else { 66 } });
    }
    let (only, None) = (persons.next()?, persons.next()) else { return None };
    let before = input.word(only.saturating_sub(1));
    let passive = before == "by" && !input.is(only.saturating_sub(2), words::PAPER);
    let name = input.tokens_of_at(only);
    // `a message he sent to the chairman, Ada Example:` is to her.
    let to =
        (start..only).rev().take(5).take_while(|t| input.word(*t) != "from").any(|t| input.word(t) == "to");
    // `The Hale campaign`.
    let part = input.word(only.saturating_sub(1)).eq_ignore_ascii_case("the");
    let tie = if passive || part || to {
        60
    } else if written {
        84
    } else {
        66
    };
    Some(Attribution { verb, subject: Some(name), tie })
}

fn owns(input: &Input, end: usize) -> bool {
    matches!(input.word(end), "'s" | "’s")
}

/// The verb of speech right before the pronoun (`said it had responded`, `said that he had asked`) that is the subject of
/// the one at `verb`.
fn outer(input: &Input, verb: usize, start: usize) -> Option<usize> {
    let mut at = verb;
    while at > start && input.is(at - 1, words::AUX | words::ADVERB) && input.mention(at - 1).is_none() {
        at -= 1;
    }
    let pronoun = at.checked_sub(1).filter(|t| *t > start && input.is(*t, words::PRONOUN))?;
    let that = usize::from(input.word(pronoun - 1) == "that");
    let said = pronoun.checked_sub(1 + that).filter(|t| *t >= start)?;
    (input.is(said, words::SAY) && input.mention(said).is_none() && !is_noun(input, said)).then_some(said)
}

/// The first token behind the sentence of `at`.
pub fn sentence_end(input: &Input, at: usize) -> usize {
    input.sentence(at).end.max(at)
}
