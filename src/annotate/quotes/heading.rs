//! The words before a verb of speech, or a sentence, enter; the subject at its head leaves.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            apposition,
            nouns::is_human,
            subject::{REACH, VERBAL},
        },
        roles, words,
    },
    model::EntityKind,
};

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
    // `On Tuesday she left`.
    let small = |t: &usize| !matches!(input.word(*t), ",") && !input.is(*t, words::STOP);
    let pronoun = (at + 1..end.min(at + 5)).take_while(small).find(|t| {
        input.is(at, words::PREPOSITION)
            && input.is(*t, words::PRONOUN)
            && input.mention(*t).is_none()
            && input.word(*t) != "it"
    });
    if let Some(pronoun) =
        pronoun.filter(|t| !(at + 1..*t).any(|t| input.is(t, words::RELATIVE | words::JOINER)))
    {
        return Some(pronoun..pronoun + 1);
    }
    while at < end && opens(at) && phrases < 3 {
        at = (at..end.min(at + REACH)).find(|t| input.word(*t) == ",")? + 1;
        phrases += 1;
    }
    // `On his last day, he recalls, his manager took him aside`.
    let aside = |t: usize| {
        let subject = if input.person(t).is_some() { input.tokens_of_at(t).end } else { t + 1 };
        let named = input.is(t, words::PRONOUN) || input.person(t).is_some();
        let says = input.is(subject, words::SAY) || input.word(subject) == "remembers";
        (named && phrases > 0 && says && input.word(subject + 1) == ",").then_some(subject + 2)
    };
    if let Some(behind) = aside(at) {
        at = behind;
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
        let kin = !input.is_capital(t) && t > at && is_human(input.word(t));
        if kin || input.is(t, words::ROLE | words::GROUP | words::BODY | words::PAPER) {
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
