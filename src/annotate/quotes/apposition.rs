//! Words in apposition enter (`Ada Example, the mayor, said`; `the mayor, Ada Example, said`); the speaker's tokens leave.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            nouns::is_human,
            subject::{self, VERBAL},
        },
        roles, words,
    },
    model::EntityKind,
};

/// The speaker before words in apposition that end with the comma at `comma`.
pub fn apposed(input: &Input, comma: usize, low: usize) -> Option<Range<usize>> {
    // `The mayor of London, Ada Example, said`: the name stands in apposition to the post.
    if let Some(name) = comma.checked_sub(1).filter(|t| *t > low).and_then(|t| input.person(t)) {
        let tokens = input.tokens_of(name);
        let before = tokens.start.checked_sub(1).filter(|t| *t > low && input.word(*t) == ",");
        // `Another co-author, engineering professor Ada Example, said`.
        let post =
            tokens.start.checked_sub(1).is_some_and(|t| input.is(t, words::ROLE) || roles::is_post(input, t));
        let small = |t: &usize| {
            input.is_word(*t) && !input.is_capital(*t) && !input.is(*t, VERBAL | words::PREPOSITION)
        };
        let first = (low..tokens.start).rev().take(7).take_while(small).last();
        let opened = first.and_then(|t| t.checked_sub(1)).is_some_and(|t| t > low && input.word(t) == ",");
        if post && opened {
            return Some(tokens.start..comma);
        }
        let bracketed = |before: usize| input.word(before - 1) == ")";
        if before.is_some_and(|before| bracketed(before) || describes(input, low, before)) {
            return Some(tokens.start..comma);
        }
    }
    let mut tried = 0;
    let mut governed_name = None;
    let mut at = comma;
    while at > low + 1 && tried < 4 {
        at -= 1;
        if input.is(at, words::STOP | words::DOUBLE) && input.mention(at).is_none() {
            return None;
        }
        if input.word(at) != "," {
            continue;
        }
        tried += 1;
        let last = at - 1;
        // `The plea, filed by a doctor, says`.
        let begin = (low..at).rev().take(24).find(|t| input.word(*t) == ",");
        if begin.is_some_and(|begin| is_participial(input, &(begin + 1..at))) {
            continue;
        }
        // `The prop, who works as a roofer, said`.
        if input.word(at + 1) == "who" && input.mention(last).is_none() {
            return subject::ending(input, at, low);
        }
        if let Some(mention) = input.mention(last) {
            let first = input.tokens_of(mention).start;
            // `curator at the University of Riga, Harbour Campus, said`.
            let first = first - usize::from(first > low + 1 && input.is(first - 1, words::DETERMINER));
            let governed =
                first > low && input.is(first - 1, words::PREPOSITION) && mention.kind != EntityKind::Person;
            if mention.kind == EntityKind::Person || mention.kind == EntityKind::Organization && !governed {
                return subject::ending(input, at, low);
            }
            governed_name = governed_name.or(Some(at).filter(|_| governed));
        } else if input.is(last, words::ROLE | words::GROUP | words::BODY | words::PAPER | words::PRONOUN)
            || is_human(input.word(last))
        {
            return subject::ending(input, at, low);
        }
    }
    // `The opinion of the Court, released on Monday, read`.
    governed_name.and_then(|at| subject::ending(input, at, low))
}

/// Whether the clause that ends before the comma at `end` names a post and no person.
fn describes(input: &Input, low: usize, end: usize) -> bool {
    let start = (low..end).rev().take(16).find(|t| {
        input.word(*t) == ","
            || input.is(*t, words::STOP | words::DOUBLE | words::SAY) && input.mention(*t).is_none()
    });
    let clause = start.map_or(low, |t| t + 1)..end;
    if is_participial(input, &clause) {
        return false;
    }
    let post = |t: usize| input.is(t, words::ROLE) || roles::is_post(input, t) || is_human(input.word(t));
    clause.clone().any(post)
        && clause.clone().all(|t| input.person(t).is_none_or(|m| input.tokens_of(m).any(post)))
}

/// `Ada Example, dean of the school called it`: the name at the head of the clause, whose post no comma closes.
pub fn held(input: &Input, low: usize, comma: usize, post: Range<usize>) -> Option<Range<usize>> {
    if comma <= low || input.word(comma) != "," {
        return None;
    }
    let name = input.tokens_of(input.person(comma - 1)?);
    let heads = name.end == comma && (low..name.start).all(|t| input.is_capital(t));
    let one = input.is(post.start, words::ROLE) && matches!(input.word(post.start + 1), "of" | "at" | "for");
    (heads && one && !post.clone().skip(1).any(|t| input.person(t).is_some())).then_some(name)
}

/// `its youth leader, Ada Example, congratulated her`: the name between commas behind the post that opens the clause.
pub fn named_after(input: &Input, at: usize, end: usize) -> Option<Range<usize>> {
    // `Abuladze's defence minister, ...`
    let owner = input.mention(at).map(|m| input.tokens_of(m).end);
    let owned = owner.is_some_and(|end| matches!(input.word(end), "'s" | "’s"));
    // `Counsel to the inquiry, Ada Example KC, takes`.
    let titled = input.is(at, words::ROLE) && input.is(at + 1, words::PREPOSITION);
    if !input.is(at, words::DETERMINER) && !owned && !titled && input.word(at) != "that" {
        return None;
    }
    let comma = (at + 1..end.min(at + 10)).find(|t| input.word(*t) == ",")?;
    let verbal = (at + 1..comma).any(|t| input.mention(t).is_none() && input.is(t, VERBAL | words::JOINER));
    let post =
        (at..comma).any(|t| input.is(t, words::ROLE) || roles::is_post(input, t) || is_human(input.word(t)));
    // `the commissioner, Mr Bob Example,`.
    let honour = |t: &usize| input.mention(*t).is_none() && input.is_capital(*t) && input.word(*t).len() > 1;
    let first = comma + 1 + (comma + 1..comma + 3).take_while(honour).count();
    let name = input.tokens_of(input.person(first)?);
    let letters = matches!(
        input.word(name.end),
        "KC" | "QC" | "MP" | "Jr" | "Jr." | "Sr." | "OBE" | "MBE" | "CBE" | "SC"
    );
    // `The plaintiff, Ada Example, ...`.
    let post = post || comma - at <= 4 && (input.is(at, words::DETERMINER) || input.word(at) == "that");
    let ends = input.word(name.end + usize::from(letters)) == ",";
    (post && !verbal && name.start == first && ends).then_some(name)
}

/// `filed by a doctor`: words in apposition that say what was done to the thing before them.
fn is_participial(input: &Input, clause: &Range<usize>) -> bool {
    let first = input.word(clause.start);
    input.mention(clause.start).is_none()
        && (first.ends_with("ed")
            || matches!(first, "written" | "seen" | "sent" | "drawn" | "brought" | "made"))
        && matches!(input.word(clause.start + 1), "by" | "to" | "from" | "on")
}
