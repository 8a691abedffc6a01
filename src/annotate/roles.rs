//! Mentions of persons enter; the posts that the text says they hold leave, each with its sentence.
//!
//! A post is written before the name (`Russian Foreign Minister Sergey Lavrov`) or behind it, between commas
//! (`Rafael Grossi, director general of the IAEA,`). A former or late holder holds nothing, nor does a future or elected one;
//! an acting one does.

use std::{collections::BTreeSet, ops::Range};

use jiff::civil::Date;

use crate::{
    annotate::{input::Input, words},
    model::{EntityKind, Mention, RoleFact},
};

/// A post beside a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// Index of the mention.
    pub mention: usize,
    /// Tokens, without determiners.
    pub tokens: Range<usize>,
    /// Held no longer: `former`, `then`, `the late`.
    pub past: bool,
}

/// The roles that are held on `day`, the article's, each once an entity and wording, in text order.
pub fn roles(input: &Input, day: Option<Date>) -> Vec<RoleFact> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for title in titles(input) {
        let mention = &input.mentions[title.mention];
        let Some(entity) = &mention.entity else { continue };
        let text = normal(input, title.tokens.clone());
        let held = !title.past && !is_to_come(input, &title.tokens);
        if !held || text.is_empty() || !seen.insert((entity.clone(), text.to_lowercase())) {
            continue;
        }
        let sentence = input.sentence_span(title.tokens.start);
        out.push(RoleFact { entity: entity.clone(), title: text, day, sentence });
    }
    out
}

/// All posts written beside names of persons.
pub fn titles(input: &Input) -> Vec<Title> {
    let mut out = Vec::new();
    for (i, mention) in input.mentions.iter().enumerate() {
        if mention.kind != EntityKind::Person {
            continue;
        }
        let tokens = input.tokens_of(mention);
        if tokens.is_empty() {
            continue;
        }
        let sentence = input.sentence(tokens.start);
        if let Some(title) = before(input, mention, &tokens, &sentence) {
            out.push(Title { mention: i, ..title });
        }
        // `Pope Julian`, where the title is part of the name.
        if tokens.len() > 1 && is_post(input, tokens.start) && !input.is(tokens.start, words::COURTESY) {
            out.push(Title { mention: i, tokens: tokens.start..tokens.start + 1, past: false });
        }
        if let Some(title) = behind(input, &tokens, &sentence).or_else(|| ahead(input, &tokens, &sentence)) {
            out.push(Title { mention: i, ..title });
        }
    }
    out
}

/// The title right before a name: what linking found, or else the words up to the nearest noun for a post, with the
/// names and capital words that belong to it.
fn before(input: &Input, mention: &Mention, name: &Range<usize>, sentence: &Range<usize>) -> Option<Title> {
    let mut end = name.start;
    let mut start = end;
    if let Some(role) = mention.role.filter(|r| r.end <= mention.span.start) {
        start = input.tokens.partition_point(|t| t.start < role.start).max(sentence.start).min(end);
        end = input.tokens.partition_point(|t| t.end <= role.end).clamp(start, end);
    }
    let known = start < end;
    if !known && end > sentence.start && !is_post(input, end - 1) {
        // `Secretary of State Marco Rubio`: the post stands some capital words before.
        let post = (sentence.start..end)
            .rev()
            .take(5)
            .take_while(|t| input.person(*t).is_none())
            .take_while(|t| {
                capital_part(input, *t, sentence) || matches!(input.word(*t), "of" | "for" | "and" | "to")
            })
            .find(|t| is_post(input, *t) && input.is_capital(*t));
        start = post?;
    } else if !known && end == sentence.start {
        return None;
    }
    // Lower-case posts (`spokesman Guo Jiakun`) and what capital words or countries stand before them.
    while start > sentence.start && start + 10 > end {
        let t = start - 1;
        let word = input.word(t);
        let part = (is_post(input, t) || demonym(input, t) || is_premodifier(word))
            && !input.is(t, words::COURTESY | words::FORMER)
            || capital_part(input, t, sentence)
            || word == "the"
                && start < end
                && t > sentence.start
                && matches!(input.word(t - 1), "of" | "for" | "to" | "at")
            || matches!(word, "of" | "for" | "and" | "&" | "to" | "at")
                && start < end
                && t > sentence.start
                && is_post(input, t - 1)
                // `spokesman for President Smith` is the post of another.
                && ((input.is_capital(start) || input.word(start) == "the") && !(start..end).any(|t| is_post(input, t)) || word == "and" && is_post(input, start))
            || matches!(word, "'s" | "’s") && t > sentence.start && input.mention(t - 1).is_some();
        if !part || input.person(t).is_some() {
            break;
        }
        // `Bank of England Governor`: a name belongs to the title whole.
        start = input.tokens_of_at(t).start.clamp(sentence.start, t);
    }
    while start < end && input.is(start, words::COURTESY | words::DETERMINER) {
        start += 1;
    }
    (start < end && (start..end).any(|t| is_post(input, t) || known && !input.is(t, words::COURTESY))).then(
        || {
            let past = start > sentence.start && is_past(input, start - 1) || is_past(input, start);
            Title { mention: 0, tokens: start..end, past }
        },
    )
}

fn is_premodifier(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "foreign"
            | "prime"
            | "vice"
            | "deputy"
            | "acting"
            | "interim"
            | "senior"
            | "chief"
            | "defense"
            | "defence"
            | "finance"
            | "interior"
            | "press"
            | "assistant"
            | "national"
            | "security"
            | "police"
            | "health"
            | "opposition"
            | "party"
            | "executive"
            | "managing"
            | "ministry"
            | "government"
            | "general"
            | "co-founder"
            | "trade"
            | "energy"
            | "justice"
            | "district"
            | "state"
            | "federal"
            | "lead"
            | "policy"
            | "economic"
            | "military"
            | "army"
            | "navy"
            | "nuclear"
            | "political"
            | "humanitarian"
            | "financial"
    )
}

/// A capital word or name that belongs to the title behind it.
fn capital_part(input: &Input, at: usize, sentence: &Range<usize>) -> bool {
    // The first word of a sentence has a capital for another reason, unless it is a name.
    let free = at > sentence.start || input.mention(at).is_some() || is_post(input, at);
    free && input.is_word(at)
        && input.is_capital(at)
        && !input
            .is(at, words::WEEKDAY | words::MONTH | words::DETERMINER | words::PREPOSITION | words::JOINER)
        && !input.is(at, words::COURTESY | words::FORMER | words::SAY)
}

fn demonym(input: &Input, at: usize) -> bool {
    input.owners[at] != 0 && input.mention(at).is_none()
}

/// Whether a word names a post; `Minister-designate` and `ex-minister` too.
pub fn is_post(input: &Input, at: usize) -> bool {
    if input.is(at, words::ROLE) {
        return true;
    }
    let word = input.word(at);
    if let Some((first, last)) = word.rsplit_once('-') {
        return words::classes(first) & words::ROLE != 0 || words::classes(last) & words::ROLE != 0;
    }
    matches!(
        word,
        "Sen."
            | "Rep."
            | "Gov."
            | "Gen."
            | "Lt."
            | "Col."
            | "Maj."
            | "Capt."
            | "Sgt."
            | "Adm."
            | "Cmdr."
            | "Prof."
            | "Rev."
            | "Atty."
            | "Supt."
            | "Brig."
            | "Insp."
    )
}

fn is_past(input: &Input, at: usize) -> bool {
    let word = input.word(at);
    input.is(at, words::FORMER)
        || word.split_once('-').is_some_and(|(first, _)| matches!(first, "ex" | "Ex" | "then" | "Then"))
}

/// `Future Chancellor`, `President-elect`, `the incoming mayor`: a post not held yet.
fn is_to_come(input: &Input, title: &Range<usize>) -> bool {
    let to_come = |t: usize| {
        let word = input.word(t).to_lowercase();
        input.is(t, words::TO_COME)
            || word.rsplit_once('-').is_some_and(|(_, last)| words::classes(last) & words::TO_COME != 0)
    };
    title.start.checked_sub(1).into_iter().chain(title.clone()).any(to_come)
}

/// The post between commas behind a name.
fn behind(input: &Input, name: &Range<usize>, sentence: &Range<usize>) -> Option<Title> {
    let mut start = name.end;
    if input.word(start) != "," || start + 2 >= sentence.end {
        return None;
    }
    start += 1;
    // `John Smith, 45, a baker`.
    if input.word(start).bytes().all(|b| b.is_ascii_digit()) && input.word(start + 1) == "," {
        start += 2;
    }
    let determined = input.is(start, words::DETERMINER);
    while start < sentence.end && input.is(start, words::DETERMINER) {
        start += 1;
    }
    let limit = sentence.end.min(start + 16);
    // A person's name in it means a list of persons, not a post.
    let mut close = (start..limit).find(|t| {
        matches!(input.word(*t), "," | ";" | "—" | "–" | "--" | ":") && !comma_in_post(input, *t)
            || input.is(*t, words::STOP | words::DOUBLE | words::RELATIVE)
            || input.is(*t, words::AUX | words::PRONOUN | words::SAYING) && input.mention(*t).is_none()
            || input.is(*t, words::SAY) && input.mention(*t).is_none()
            || input.person(*t).is_some()
    })?;
    if input.person(close).is_some() {
        close = service(input, start, close)?;
    } else if !matches!(input.word(close), "," | "—" | "–" | "--" | ";") && !input.is(close, words::STOP)
    {
        return None;
    }
    // One post is enough: `minister for trade and a member of the board`.
    let close = (start + 1..close)
        .find(|t| matches!(input.word(*t), "and" | "or") && input.is(*t + 1, words::DETERMINER))
        .unwrap_or(close);
    let core = (start..close).find(|t| is_head(input, *t, close) && ends(input, *t, close))?;
    // Before the head only what describes it: `the IAEA's director`, `Russia's top diplomat`.
    let fits = (start..core).all(|t| {
        (input.is_word(t) || matches!(input.word(t), "'s" | "’s" | "'" | "’"))
            && !input.is(t, words::PREPOSITION | words::JOINER | words::MONTH | words::WEEKDAY)
    });
    let bare_head = determined || start < core || input.is(core + 1, words::PREPOSITION) || core + 1 == close;
    if !fits || core > start + 6 || !bare_head {
        return None;
    }
    let past = (start..core).any(|t| is_past(input, t)) || is_past(input, core) || ended(input, core, close);
    // `president since 2010`: when it began is no part of the post.
    let close = (core + 1..close).find(|t| input.word(*t) == "since").unwrap_or(close);
    Some(Title { mention: 0, tokens: start..close, past })
}

/// Whether a description may end behind the noun at `core`: `the queen opened parliament` is a clause.
fn ends(input: &Input, core: usize, close: usize) -> bool {
    core + 1 >= close || input.is(core + 1, words::PREPOSITION) || matches!(input.word(core + 1), "and" | "&")
}

/// `security adviser to President Ann Reed`: where the post ends that is held under the person at `person`.
fn service(input: &Input, start: usize, person: usize) -> Option<usize> {
    let part = |t: usize| is_post(input, t) || input.is_capital(t) || input.is(t, words::COURTESY);
    let to = (start + 1..person).rev().find(|t| !part(*t))?;
    (matches!(input.word(to), "to" | "under") && is_post(input, to - 1)).then_some(to)
}

/// `president from 2005 until 2013`, `mayor in the 1990s`, `chief executive until 2019`: held no longer.
fn ended(input: &Input, core: usize, close: usize) -> bool {
    let year = |t: usize| {
        let word = input.word(t).trim_end_matches('s');
        word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1000..2200).contains(&y))
    };
    (core + 1..close).any(|t| {
        let next = t + 1 + usize::from(input.word(t + 1) == "the");
        match input.word(t) {
            "in" | "until" | "till" | "between" => year(next),
            "from" => {
                year(next) && matches!(input.word(next + 1), "to" | "until" | "till" | "through" | "-" | "–")
            }
            _ => false,
        }
    })
}

/// The post before a name between commas: `the mayor of Riga, Ada Example, said`, `Poland's president, Ada Example,`.
fn ahead(input: &Input, name: &Range<usize>, sentence: &Range<usize>) -> Option<Title> {
    let comma = name.start.checked_sub(1).filter(|t| *t > sentence.start && input.word(*t) == ",")?;
    // `the president, Ann Reed, Bob Hale and ...` is a list.
    let next = name.end + 1;
    let comma_behind = input.word(name.end) == ",";
    let listed =
        comma_behind && (input.person(next).is_some() || matches!(input.word(next), "and" | "or" | "&"));
    if listed || !comma_behind && !input.is(name.end, words::STOP) {
        return None;
    }
    let border = words::AUX | words::SAY | words::SAYING | words::PRONOUN | words::RELATIVE | words::DOUBLE;
    let opens = |t: usize| {
        matches!(
            input.word(t).to_ascii_lowercase().as_str(),
            "the" | "its" | "his" | "her" | "their" | "'s" | "’s"
        )
    };
    let open = (sentence.start..comma)
        .rev()
        .take(14)
        .take_while(|t| input.word(*t) != "," && (input.mention(*t).is_some() || !input.is(*t, border)))
        .take_while(|t| input.person(*t).is_none())
        .find(|t| opens(*t) && post_of(input, t + 1, comma).is_some())?;
    // `a spokesman for the mayor, Ada Example,` is either.
    let whose = open > sentence.start && input.is(open - 1, words::PREPOSITION);
    let other = (open.saturating_sub(5).max(sentence.start)..open).any(|t| is_post(input, t));
    if whose && other {
        return None;
    }
    let core = post_of(input, open + 1, comma)?;
    let past = (open + 1..=core).any(|t| is_past(input, t));
    Some(Title { mention: 0, tokens: open + 1..comma, past })
}

/// Where in a description the noun for a post stands, if nothing but a post is described.
fn post_of(input: &Input, start: usize, close: usize) -> Option<usize> {
    let core = (start..close).find(|t| is_head(input, *t, close) && ends(input, *t, close))?;
    let fits = (start..core)
        .all(|t| input.is_word(t) && !input.is(t, words::PREPOSITION | words::JOINER | words::DETERMINER));
    (fits && core <= start + 5).then_some(core)
}

/// The noun for a post that the words before it describe: the last of a row of such nouns.
fn is_head(input: &Input, at: usize, close: usize) -> bool {
    is_post(input, at) && input.person(at).is_none() && (at + 1 >= close || !is_post(input, at + 1))
}

/// A comma inside a place's name, `of Savannah, Georgia,`.
fn comma_in_post(input: &Input, at: usize) -> bool {
    at > 0
        && input.mention(at - 1).is_some_and(|m| m.kind == EntityKind::Place)
        && input.mention(at + 1).is_some_and(|m| m.kind == EntityKind::Place)
        && input.is(input.tokens_of_at(at - 1).start.wrapping_sub(1), words::PREPOSITION)
}

/// The words of a title with single blanks, without what joins it to the words around it.
fn normal(input: &Input, mut tokens: Range<usize>) -> String {
    let loose = words::JOINER | words::PREPOSITION | words::DETERMINER;
    while tokens.start < tokens.end
        && (!input.is_word(tokens.start)
            || input.is(tokens.start, loose)
            || matches!(input.word(tokens.start), "'s" | "’s"))
    {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && input.is(tokens.end - 1, loose) {
        tokens.end -= 1;
    }
    let text = input.prose.slice(input.span(tokens));
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches([',', ';']).to_owned()
}
