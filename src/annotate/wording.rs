//! A range of tokens enters; what the words right around it say of the thing named leaves.

mod deeds;
pub mod governs;
mod lists;
pub mod sides;

use std::ops::Range;

use crate::{
    annotate::{
        occurrence::Text,
        wording::{
            lists::{
                ACTS_AFTER, FIRM_BEFORE, GOVERNS_CITY, GOVERNS_REGION, LONGER, PAST, PLACE_BEFORE,
                PLAYS_AFTER, PLAYS_BEFORE, RIVAL_BEFORE, TITLE_WORDS, TOWARD_BEFORE, TRADES_AFTER,
                TRADES_BEFORE,
            },
            sides::Around,
        },
        words,
    },
    text::token::TokenKind,
};

/// What the words around a name say. Each is set by the nearest words only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// `in Jordan`, `near Paris`.
    pub place: bool,
    /// `to Paris`, `from Jordan`, `visited Paris`: a place, less surely.
    pub toward: bool,
    /// `Jordan said`, `Target reported`: somebody or some body that acts.
    pub acts: bool,
    /// `city of X`, `X city`, `mayor of X`.
    pub city: bool,
    /// `X state`, `state of X`, `X province`, `governor of X`.
    pub region: bool,
    /// `beat X`, `X drew`, `X 2-1`.
    pub plays: bool,
    /// `carmaker X`, `Cargill rival X`: surely a firm.
    pub firm: bool,
    /// A name with `of` stands before it: `Forces of Colombia`.
    pub of: bool,
    /// `shares of X`, `X's chief executive`, `retailer X`, `X Inc.`.
    pub trades: bool,
    /// `Mr X`, `X, who`, `X himself`.
    pub person: bool,
    /// `Berlin Wall`, `Forces of Colombia`, `Sioux City Explorers`: a part of a longer name.
    pub part: bool,
    /// `Japanese Red Cross`: the body of some country.
    pub national: bool,
    /// `Boeing 747`: a make.
    pub model: bool,
    /// `a Fox said`, `the Apple fell`: a single word behind an article and before no noun.
    pub common: bool,
    /// `X, a country of`, `X, a town in`.
    pub said_country: bool,
    pub said_city: bool,
}

/// Reads the words around a range of tokens. A bounded number is looked at.
pub fn wording(text: &Text<'_>, tokens: &Range<u32>) -> Wording {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let word = |i: Option<usize>| i.filter(|i| *i < text.tokens.len()).map_or("", |i| text.folded.token(i));
    let before = word(start.checked_sub(1));
    let before2 = word(start.checked_sub(2));
    let possessive = matches!(word(Some(end)), "'s" | "'");
    let at = if possessive { end + 1 } else { end };
    let (after, after2) = (word(Some(at)), word(Some(at + 1)));
    // `in northern Jordan`, `in the Congo`.
    let before_the = if before == "the" { before2 } else { before };
    let compass =
        matches!(before_the, "eastern" | "western" | "northern" | "southern" | "central" | "downtown");
    let in_front = if compass { word(start.checked_sub(2)) } else { before_the };
    let mut out = Wording {
        place: PLACE_BEFORE.contains(&in_front) || compass,
        toward: TOWARD_BEFORE.contains(&in_front),
        ..Wording::default()
    };
    if before == "of" || before == "in" && GOVERNS_CITY.contains(&before2) {
        out.city |= GOVERNS_CITY.contains(&before2);
        out.region |= GOVERNS_REGION.contains(&before2);
        // Firms have presidents and directors too.
        out.place |= before == "of"
            && matches!(
                before2,
                "minister" | "king" | "queen" | "emir" | "sultan" | "capital" | "government"
            );
        out.trades |= matches!(before2, "shares" | "stock" | "executive" | "investors" | "shareholders");
    }
    let lower = text
        .tokens
        .get(at)
        .is_some_and(|t| t.of(&text.prose.text).chars().next().is_some_and(char::is_lowercase));
    if after == "city" && lower || after == "mayor" {
        out.city = true;
    }
    if matches!(after, "state" | "province") && lower && after2 != "department"
        || matches!(after, "governor" | "gov." | "legislature")
        || matches!(after2, "governor" | "gov.") && after == "'s"
    {
        out.region = true;
    }
    let after_class = words::classes(after);
    let quiet =
        matches!(after2, "to") && after_class & words::SAY != 0 && matches!(after, "said" | "believed");
    if !possessive && !quiet && (after_class & words::SAY != 0 || ACTS_AFTER.contains(&after))
        || !possessive && matches!(after, "has" | "have" | "will" | "had") && ACTS_AFTER.contains(&after2)
    {
        out.acts = true;
    }
    let number = |w: &str| w.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let score = |w: &str| {
        number(w)
            && w.len() <= 7
            && w.contains(['-', '–', ':'])
            && w.bytes().filter(u8::is_ascii_digit).count() <= 6
    };
    out.plays = PLAYS_BEFORE.contains(&before) || PLAYS_AFTER.contains(&after) || score(after);
    out.trades |= TRADES_BEFORE.contains(&before) || TRADES_AFTER.contains(&after);
    let capital = |i: usize| {
        text.tokens.get(i).is_some_and(|t| {
            t.kind == TokenKind::Word && t.of(&text.prose.text).chars().next().is_some_and(char::is_uppercase)
        })
    };
    let spaced = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (text.tokens.get(a), text.tokens.get(b)) else { return false };
        text.prose.text.get(a.end as usize..b.start as usize) == Some(" ")
    };
    let calm = words::WEEKDAY
        | words::MONTH
        | words::ROLE
        | words::COURTESY
        | words::MALE
        | words::FEMALE
        | words::DETERMINER
        | words::PRONOUN
        | words::PREPOSITION
        | words::JOINER
        | words::SAY;
    let next = word(Some(end));
    let saint = matches!(text.folded.token(start), "st." | "st" | "saint") && possessive && capital(end + 1);
    let longer = LONGER.contains(&next) && capital(end)
        || capital(end)
            && spaced(end.saturating_sub(1), end)
            && words::classes(next) & calm == 0
            && !TITLE_WORDS.contains(&next)
            && capital(start)
            && text.surface(tokens).chars().any(char::is_lowercase);
    // `Rep. Jim Jordan of Ohio` is no body of Ohio.
    let titled = (start.saturating_sub(5)..start.saturating_sub(2)).any(|i| {
        let word = text.folded.token(i);
        words::classes(word) & (words::ROLE | words::COURTESY) != 0 || TITLE_WORDS.contains(&word)
    });
    let of = before == "of"
        && !titled
        && start >= 2
        && capital(start - 2)
        && words::classes(before2) & (words::ROLE | words::COURTESY | words::BODY) == 0
        && !matches!(before2, "republic" | "kingdom" | "city" | "state" | "government" | "people")
        && start >= 3
        && !matches!(word(Some(start - 3)), "." | "\"" | "“");
    out.part = saint || longer || of;
    out.of = of && !(saint || longer);
    out.firm =
        FIRM_BEFORE.contains(&before) || RIVAL_BEFORE.contains(&before) && start > 1 && capital(start - 2);
    // `Boston at Chicago` is a game, where it is about sport.
    out.place &= before != "at" || !Around::new(text, tokens).away();
    out.national = start > 0 && capital(start - 1) && crate::knowledge::pack().demonym(before).is_some();
    out.model = text.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Number)
        && spaced(end.saturating_sub(1), end)
        && next.len() <= 4
        && !next.contains(['.', ',', '-', '–', ':']);
    let article = matches!(before, "a" | "an" | "the");
    let shouted = text.surface(tokens).chars().all(|c| !c.is_lowercase());
    out.common = article && !possessive && !shouted && end - start == 1 && is_no_noun(text, end);
    if next == "," && matches!(word(Some(end + 1)), "a" | "the" | "an") {
        let noun = (end + 2..end + 5).map(|i| word(Some(i)));
        for noun in noun {
            out.said_country |= matches!(noun, "country" | "nation" | "republic" | "kingdom");
            out.said_city |= matches!(noun, "city" | "town" | "village" | "suburb");
        }
    }
    out.person = words::classes(before) & words::COURTESY != 0
        || after == "," && after2 == "who"
        || matches!(after, "himself" | "herself");
    out
}

/// Whether what stands at a token is a verb, a small word, a mark or the end, so that the noun before it stands alone.
fn is_no_noun(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.tokens.get(at) else { return true };
    let word = text.folded.token(at);
    let small = words::SAY
        | words::AUX
        | words::BE
        | words::ADVERB
        | words::PREPOSITION
        | words::JOINER
        | words::RELATIVE
        | words::DETERMINER;
    token.kind != TokenKind::Word && token.kind != TokenKind::Number && word != ","
        || words::classes(word) & small != 0
        || word.len() > 3 && word.ends_with("ed")
        || PAST.contains(&word)
}
