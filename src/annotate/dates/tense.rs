//! A time's place in its clause enters; whether the clause speaks of what is past or of what is to come leaves.
//!
//! The nearest cue before the time decides, then the nearest behind it. Verbs of going and of meeting point to the
//! future in the present tense (`flies to Riga on Thursday`), as timetables are told; every other verb of the past
//! tense that stands nearer says that they are not meant.

use std::ops::Range;

use crate::annotate::{
    dates::{Scope, calendar::Side},
    input::Input,
    words,
};

/// Verbs that tell a plan in the present tense.
const PLANNED: &str = " fly travel go leave depart arrive return head come move visit tour meet gather convene host \
    hold face play take open reopen start begin resume kick launch end close vote elect decide march address chair \
    attend debate appear air sit ";
/// The same with an ending that their spelling changes.
const PLANNED_ODD: [&str; 6] = ["flies", "goes", "marches", "addresses", "launches", "reaches"];
/// Past forms that do not end in `ed` and are no other class of [`words`].
const IRREGULAR: &str = " left fell rose flew drove ran gave made spoke found saw sent shot struck beat fought brought \
    bought caught kept paid led fled drew broke became stood sat sank swore wore threw knew grew arose chose froze \
    sought taught thought dealt felt built spent lost rode stole flung hung swept slid drank ate ";
/// So many words before and behind a time are read.
const BACK: usize = 12;
const FORTH: usize = 8;

impl Scope<'_, '_> {
    /// Whether the clause around `at` points to the future or the past.
    pub(crate) fn side(&self, at: usize) -> Side {
        let input = self.input;
        let sentence = input.sentence(at);
        let low = sentence.start.max(at.saturating_sub(BACK));
        let high = sentence.end.min(at + FORTH);
        // Going left up to the clause's border, the nearest cue decides; then going right.
        let mut told = false;
        for t in (low..at).rev() {
            if input.is(t, words::FUTURE) && !hypothetical(input, t) || to_infinitive(input, t, at) {
                return Side::Future;
            }
            if appointed(input, t) || ahead(input, t) || !told && planned(input, t, &sentence) {
                return Side::Future;
            }
            if let Some(side) = modal(input, t).filter(|_| !told) {
                return side;
            }
            if input.is(t, words::PAST) {
                return Side::Past;
            }
            told |= is_past(input, t);
            if input.is(t, words::SAY) && t + 3 >= at {
                return Side::Past;
            }
            if input.is(t, words::SAY) || input.is(t, words::DOUBLE) || input.word(t) == ";" {
                break;
            }
            // `as early as Thursday` opens no clause.
            let same =
                input.word(t) == "as" && (input.word(t + 2) == "as" || input.word(t.wrapping_sub(2)) == "as");
            if input.is(t, words::JOINER | words::RELATIVE) && !matches!(input.word(t), "and" | "or") && !same
            {
                break;
            }
        }
        // `On Thursday, the council will vote`: the clause stands behind the comma.
        let opens = at <= sentence.start + 2;
        for t in at + 1..high {
            // `which started on Monday, are to end`: behind the comma another clause goes on.
            if input.word(t) == "," && !opens && (t > at + 3 || told) {
                break;
            }
            if input.is(t, words::FUTURE) && !hypothetical(input, t) || appointed(input, t) {
                return Side::Future;
            }
            if opens && planned(input, t, &(at + 1..sentence.end)) {
                return Side::Future;
            }
            if input.is(t, words::PAST | words::SAY | words::JOINER | words::DOUBLE)
                || opens && is_past(input, t)
                || matches!(input.word(t), ";")
            {
                break;
            }
        }
        Side::Near
    }
}

/// A verb of the past tense, where no form of `be` makes it a part of another.
fn is_past(input: &Input, at: usize) -> bool {
    let word = input.word(at);
    if input.is(at, words::PAST) {
        return true;
    }
    let verb = (0..at).rev().take(2).find(|t| !input.is(*t, words::ADVERB));
    if verb.is_some_and(|t| matches!(input.word(t), "be" | "been" | "being" | "get")) {
        return false;
    }
    if input.mention(at).is_some() || !word.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    // `the delayed vote`, `a team led by`: no verbs of the clause.
    let described = input.is(at.wrapping_sub(1), words::DETERMINER);
    !described && (word.len() > 4 && word.ends_with("ed") || is_listed(IRREGULAR, word))
}

fn is_listed(list: &str, word: &str) -> bool {
    let at = list.match_indices(word).find(|(at, _)| {
        list[..*at].ends_with(' ') && list[at + word.len()..].starts_with(|c: char| c.is_ascii_whitespace())
    });
    !word.is_empty() && at.is_some()
}

/// `Ann Reed flies`, `she meets`, `the ministers gather`, `is flying`: a plan, told in the present tense.
fn planned(input: &Input, at: usize, clause: &Range<usize>) -> bool {
    let word = input.word(at);
    let small = word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !small || input.mention(at).is_some() || at <= clause.start {
        return false;
    }
    if let Some(stem) = word.strip_suffix("ing") {
        let verb = is_listed(PLANNED, stem)
            || is_listed(PLANNED, &format!("{stem}e"))
            || stem.len() > 3 && is_listed(PLANNED, &stem[..stem.len() - 1]);
        return verb && matches!(input.word(at - 1), "is" | "are" | "'s" | "’s" | "'re" | "’re" | "am");
    }
    let subject = subject_end(input, at, clause.start);
    if PLANNED_ODD.contains(&word) || word.strip_suffix('s').is_some_and(|stem| is_listed(PLANNED, stem)) {
        return subject.is_some_and(|last| one(input, last, clause.start));
    }
    is_listed(PLANNED, word) && subject.is_some_and(|last| many(input, last, clause.start))
}

/// The last token of what stands before a verb, without adverbs.
fn subject_end(input: &Input, verb: usize, low: usize) -> Option<usize> {
    (low..verb).rev().take(3).find(|t| !input.is(*t, words::ADVERB) || input.mention(*t).is_some())
}

/// Whether a subject in the singular ends at `last`.
fn one(input: &Input, last: usize, low: usize) -> bool {
    let word = input.word(last);
    if matches!(word, "he" | "she" | "it" | "He" | "She" | "It" | "who" | "which")
        || input.mention(last).is_some()
    {
        return true;
    }
    // `the new council votes`: from its article to the border of the clause.
    !word.ends_with("'s") && input.is_word(last) && phrase(input, last, low)
}

/// Whether a subject in the plural ends at `last`.
fn many(input: &Input, last: usize, low: usize) -> bool {
    let word = input.word(last);
    if matches!(word, "they" | "They" | "we" | "We" | "both") {
        return true;
    }
    let plural = |t: usize| {
        input.is_word(t)
            && input.word(t).len() > 3
            && input.word(t).ends_with('s')
            && !input.is(t, words::AUX)
    };
    if input.mention(last).is_some() || input.is_capital(last) {
        let first = input.tokens_of_at(last).start;
        // `the Rovers play`, `Reed and Hale meet`, `ministers of Latvia meet`.
        let before = first.checked_sub(1).filter(|t| *t >= low);
        return plural(last)
            || before.is_some_and(|b| {
                input.word(b) == "and" || input.is(b, words::PREPOSITION) && b > low && plural(b - 1)
            });
    }
    plural(last) && phrase(input, last, low)
}

/// Whether the small words that end at `last` are a subject: nothing but a noun's own words up to the clause's border.
fn phrase(input: &Input, last: usize, low: usize) -> bool {
    let border = |t: usize| {
        input.word(t) == ","
            || input.is(t, words::JOINER | words::DOUBLE | words::SAY | words::WEEKDAY)
                && input.mention(t).is_none()
    };
    for t in (low..=last).rev().take(6) {
        if border(t) {
            return t < last;
        }
        if input.is(t, words::DETERMINER) {
            return t < last && (t == low || border(t - 1) || t == low + 1);
        }
        let inside = input.is_word(t) && !input.is(t, words::AUX | words::PREPOSITION) && !is_past(input, t);
        if !inside && !matches!(input.word(t), "'s" | "’s") {
            return false;
        }
    }
    last < low + 6
}

/// `could vote`, `may meet`: ahead; `could not be reached`, `may have gone`: behind.
fn modal(input: &Input, at: usize) -> Option<Side> {
    if input.mention(at).is_some() {
        return None;
    }
    let denied = matches!(input.word(at), "couldn't" | "couldn’t" | "wouldn't" | "wouldn’t")
        || matches!(input.word(at), "could" | "would") && input.word(at + 1) == "not";
    match input.word(at) {
        _ if denied => Some(Side::Past),
        "could" | "may" | "might" | "must" | "can" => {
            Some(if input.word(at + 1) == "have" { Side::Past } else { Side::Future })
        }
        "won't" | "won’t" | "poised" => Some(Side::Future),
        _ => None,
    }
}

/// `ahead of`, `beginning on`, `effective`: what stands behind is still to come.
fn ahead(input: &Input, at: usize) -> bool {
    match input.word(at) {
        "ahead" => input.word(at + 1) == "of",
        "starting" | "beginning" | "effective" => {
            let next = at + 1 + usize::from(input.word(at + 1) == "on");
            input.is(next, words::WEEKDAY | words::MONTH)
        }
        // `a session called for Thursday`.
        "called" | "arranged" | "rescheduled" | "postponed" | "booked" | "billed" | "announced" => {
            matches!(input.word(at + 1), "for" | "until" | "to")
                && input.is(at + 2, words::WEEKDAY | words::MONTH)
        }
        _ => false,
    }
}

/// `would have`, `would not say`: not the future.
fn hypothetical(input: &Input, at: usize) -> bool {
    input.word(at) == "would" && matches!(input.word(at + 1), "have" | "not")
        || input.word(at) == "set" && input.word(at + 1) != "to" && input.word(at + 1) != "for"
}

/// `to take effect Friday` behind no past verb: plans.
fn to_infinitive(input: &Input, at: usize, end: usize) -> bool {
    input.word(at) == "to"
        && at + 1 < end
        && input.word(at + 1) == "be"
        && at > 0
        && !input.is(at - 1, words::PAST)
}

/// `is to meet`, `was to have signed`: what somebody had before him when the text was written.
fn appointed(input: &Input, at: usize) -> bool {
    matches!(input.word(at), "is" | "are" | "was" | "were") && input.word(at + 1) == "to"
}
