//! A verb of speech in front of a quotation enters; what the words between make of it at most leaves.

use std::ops::Range;

use crate::{
    annotate::{input::Input, quotes::verbs::speaks_of, words},
    model::EntityKind,
};

/// At most what a quotation is tied with to the verb behind `group`: its auxiliaries begin the range, the verb is its
/// end. `clause` reaches from where the search began to the opening mark.
pub fn at_most(
    input: &Input,
    clause: &Range<usize>,
    group: &Range<usize>,
    subject: Option<&Range<usize>>,
) -> u8 {
    let (start, open) = (clause.start, clause.end);
    let verb = group.end;
    let mut tie = 100;
    let mut at_most = |most: u8, doubtful: bool| tie = if doubtful { most.min(tie) } else { tie };
    // A report that speaks of "failure" may only have the word for it.
    let written = subject.is_some_and(|s| s.clone().any(|t| input.is(t, words::PAPER)));
    at_most(66, speaks_of(input, verb) && written);
    // `He said leaders have promised "..."`: his words or theirs.
    let inner = subject.and_then(|s| s.start.checked_sub(1)).filter(|t| *t >= start && *t != verb);
    let dub = !input.is(verb, words::SAY | words::SAYING);
    let others = inner.is_some_and(|t| input.is(t, words::SAY) && input.mention(t).is_none());
    at_most(60, others && !dub && !input.is(verb, words::PLAIN_SAY));
    // What one reads out may be another's.
    let read = input.word(verb) == "read" && matches!(input.word(verb + 1), "from" | "out" | "aloud");
    at_most(60, read);
    // What one heard was said by another.
    at_most(60, (verb + 1..open).any(|t| matches!(input.word(t), "hearing" | "heard" | "overheard")));
    // What one says to be false, or was not said, is no quotation.
    at_most(60, (group.clone()).any(|t| matches!(input.word(t), "not" | "never" | "didn't" | "didn’t")));
    // Past a semicolon or another sentence's clause.
    at_most(66, (verb + 1..open).any(|t| input.word(t) == ";"));
    // `wore stickers reading "..."`: nobody says it, or all who wear them.
    at_most(60, open - verb <= 2 && placard(input, start, verb));
    // `since the leader's remarks suggesting "..."`: not the subject of the sentence, but he whose remarks they are.
    let said = group.start.checked_sub(1).is_some_and(|t| {
        matches!(
            input.word(t),
            "remarks" | "comments" | "words" | "claims" | "reports" | "rumours" | "rumors" | "allegations"
        )
    });
    at_most(60, said && input.is(verb, words::SAYING));
    // `rejected its claim that the copying was "..."`: the words of those whose claim it is.
    let claimed = |t: usize| {
        input.word(t + 1) == "that"
            && matches!(
                input.word(t),
                "claim"
                    | "claims"
                    | "charge"
                    | "charges"
                    | "argument"
                    | "allegation"
                    | "allegations"
                    | "suggestion"
                    | "suggestions"
                    | "assertion"
                    | "accusation"
                    | "accusations"
            )
    };
    at_most(60, (verb + 1..open).any(claimed));
    // `the claims that Orbis is "..."` without a verb that would tell whose they are.
    let reported = input.mention(verb.saturating_sub(1)).is_some_and(|m| {
        let first = input.tokens_of(m).start;
        let led = first > start && input.is_word(first - 1) && !input.is(first - 1, words::JOINER);
        m.kind == EntityKind::Place && led
    });
    let noun =
        matches!(input.word(verb), "claims" | "reports" | "calls" | "demands" | "comments" | "remarks");
    at_most(60, noun && reported);
    tie
}

/// Whether the subject of the verb is something that is held up or worn.
fn placard(input: &Input, start: usize, verb: usize) -> bool {
    let that = verb > start && matches!(input.word(verb - 1), "that" | "which");
    let near = (start..verb).rev().take(if that { 14 } else { 6 });
    near.take_while(|t| that || input.word(*t) != "," || *t + 1 == verb).any(|t| {
        let word = input.word(t).to_lowercase();
        let one = word.strip_suffix('s').unwrap_or(&word);
        matches!(
            one,
            "banner"
                | "sign"
                | "placard"
                | "poster"
                | "sticker"
                | "shirt"
                | "t-shirt"
                | "flag"
                | "graffiti"
                | "badge"
                | "billboard"
                | "jersey"
                | "hat"
                | "cap"
                | "mug"
        )
    })
}

/// `the alleged "losers"`, `Ada Example's "ghosts" article`: as likely the writer's own mark or another's word, where the
/// few words between the marks are part of a noun. But `what she called Riga's "ghosts"` is hers: `dub` is the first token
/// behind a verb that names, if there is one.
pub fn at_arms_length(
    input: &Input,
    open: usize,
    inner: &Range<usize>,
    after: usize,
    dub: Option<usize>,
) -> bool {
    let Some(before) = open.checked_sub(1).filter(|_| inner.len() <= 6 && input.is_word(after)) else {
        return false;
    };
    // `the United States' "wet foot, dry foot" policy`.
    if matches!(input.word(before), "'s" | "’s")
        || matches!(input.word(before), "'" | "’") && !input.spaced(before)
    {
        return !dub.is_some_and(|verb| verb <= open && open - verb <= 4);
    }
    if inner.len() > 2 {
        return false;
    }
    let verbal = words::SAY | words::SAYING | words::DUB | words::AUX | words::PREPOSITION;
    let article =
        |t: usize| matches!(input.word(t), "the" | "The" | "a" | "an" | "his" | "her" | "its" | "their");
    let described = |t: usize| {
        let adjective = t > 0 && article(t - 1) && input.word(t).ends_with("ed");
        input.is_word(t) && input.mention(t).is_none() && (adjective || !input.is(t, verbal))
    };
    let behind = described(before) && before > 0 && input.is(before - 1, words::DETERMINER);
    input.is(before, words::DETERMINER) || behind && !input.is(before, words::DETERMINER | words::PRONOUN)
}

/// `Ada Example of "Have no fear", a charity, told`: what stands between a name with its preposition and words in
/// apposition is a name too.
pub fn is_name(input: &Input, open: usize, after: usize) -> bool {
    let Some(before) = open.checked_sub(1).filter(|t| *t > 0) else { return false };
    let Some(name) = input.person(before - 1).map(|m| input.tokens_of(m)) else { return false };
    let comma = name.start.checked_sub(1).is_some_and(|t| input.word(t) == ",");
    let heads = comma || name.start == input.sentence(open).start;
    let apposed = input.word(after) == "," && input.is(after + 1, words::DETERMINER);
    heads && apposed && matches!(input.word(before), "of" | "at" | "for" | "from" | "with")
}
