//! Names of bodies that begin with their country enter (`U.S. Central Intelligence Agency`); what the registry and the
//! built-in knowledge know under the rest of the name leaves with them, where it is one body of that very country.

use std::ops::Range;

use crate::{
    annotate::{
        lexicon::Lexicon,
        names::{Bearer, Hit, case_agrees},
        occurrence::{Occurrence, Text},
        tagger::NerKind,
    },
    knowledge::{
        index::{Candidate, Via},
        pack::Knowledge,
        record::{Kind, KnowledgeId, SubKind},
    },
    model::EntityKind,
};

/// Whose a body is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Country(KnowledgeId),
    UnitedNations,
}

/// Fills in what is known of bodies without their countries. Time is in proportion to the names.
pub fn without_country<'a>(
    text: &Text<'_>,
    lexicon: &Lexicon,
    hits: &[Hit<'a>],
    pack: &Knowledge,
    occurrences: &mut [Occurrence<'a>],
) {
    for occurrence in occurrences {
        let body = occurrence.tagged.is_some_and(|(kind, _)| kind == NerKind::Organization);
        let unknown =
            occurrence.mark.is_none() && occurrence.bearers.is_empty() && occurrence.pack.is_empty();
        if !body || !unknown || occurrence.tokens.len() < 2 {
            continue;
        }
        let Some((whose, rest)) = prefix(text, pack, &occurrence.tokens) else { continue };
        if let Some(bearer) = registered(text, lexicon, hits, whose, &rest) {
            occurrence.bearers = vec![bearer];
        } else if lexicon.config.builtin
            && let Some(known) = built_in(text, pack, whose, &rest)
        {
            occurrence.pack = vec![known];
        }
    }
}

/// The country with which a name begins, as a name or an adjective, and the tokens behind it.
fn prefix(text: &Text<'_>, pack: &Knowledge, tokens: &Range<u32>) -> Option<(Whose, Range<u32>)> {
    (1..=2u32).rev().filter(|n| tokens.start + n < tokens.end).find_map(|n| {
        let name = text.folded(&(tokens.start..tokens.start + n));
        let rest = tokens.start + n..tokens.end;
        if matches!(name.as_str(), "u.n." | "un" | "united nations") {
            return Some((Whose::UnitedNations, rest));
        }
        let country = |c: &Candidate| {
            let land = pack.brief(c.id).is_some_and(|b| b.sub_kind == SubKind::Country);
            // `American Airlines`: an adjective before one word is a part of the name.
            land && (c.via != Via::Demonym || rest.len() > 1)
        };
        let found = pack.candidates(&name).find(country)?;
        Some((Whose::Country(found.id), rest))
    })
}

/// The one body of the registry of that name and country.
fn registered<'a>(
    text: &Text<'_>,
    lexicon: &Lexicon,
    hits: &[Hit<'a>],
    whose: Whose,
    rest: &Range<u32>,
) -> Option<&'a Bearer> {
    // Hits are in the order of their ends.
    let from = hits.partition_point(|hit| hit.tokens.end < rest.end);
    let same = hits[from..].iter().take_while(|hit| hit.tokens.end == rest.end);
    let mut bearers = same.filter(|hit| hit.tokens == *rest).flat_map(|hit| hit.bearers).filter(|b| {
        let row = b.value as usize;
        lexicon.entities[row].kind == EntityKind::Organization
            && lexicon.countries[row].is_some_and(|country| whose == Whose::Country(country))
            && case_agrees(&b.name, text.surface(rest))
    });
    bearers.next().filter(|_| bearers.next().is_none())
}

/// The one built-in body of that name and country.
fn built_in(text: &Text<'_>, pack: &Knowledge, whose: Whose, rest: &Range<u32>) -> Option<Candidate> {
    let surface = text.surface(rest);
    let of_it = |c: &Candidate| {
        pack.brief(c.id).is_some_and(|brief| {
            let international = brief.sub_kind == SubKind::International;
            brief.sub_kind.kind() == Kind::Organization
                && match whose {
                    Whose::Country(country) => brief.country == Some(country) && !international,
                    Whose::UnitedNations => international && brief.tier == 0,
                }
        })
    };
    let folded = text.folded(rest);
    let mut known = pack.candidates(&folded).filter(|c| c.via != Via::Demonym && c.fits(surface) && of_it(c));
    let found = known.next().filter(|_| known.next().is_none())?;
    // With its country before it the name is no ordinary word.
    Some(Candidate { weak: false, ..found })
}
