//! The place of a capital's name among the tokens enters; whether it stands there for its government leaves.
//!
//! `Moscow has refused`, `Beijing could impose`, `pressure on Tehran to`, `ties between London and Dublin`: governments.
//! `Paris will allow` may be the town's council. A bounded number of words is looked at.

use std::ops::Range;

use crate::{
    annotate::{
        occurrence::Text,
        wording::deeds::{
            BETWEEN, BETWEEN_TOWNS, BY, FROM, HAS_NO, IRREGULAR, LIKELY, ON, OWN, OWN_UNSURE, READY, TOLD,
            UNSURE, VERBS,
        },
        words,
    },
    text::token::TokenKind,
};

/// How sure it is that the government is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Governs {
    No,
    /// The government or the town.
    Perhaps,
    Surely,
}

/// Reads the words around the name of a capital.
pub fn governs(text: &Text<'_>, tokens: &Range<u32>) -> Governs {
    let around = Around { text, start: tokens.start as usize, end: tokens.end as usize };
    around.object().max(around.pair()).max(around.owner()).max(around.subject())
}

struct Around<'t, 'a> {
    text: &'t Text<'a>,
    start: usize,
    end: usize,
}

/// So many words of a list of places are walked over: `in London, Paris and Rome`.
const LISTED: usize = 9;
/// So far before `between` its noun may stand: `ties last year between`.
const NOUN: usize = 4;

impl Around<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.text.word(at)
    }

    fn back(&self, by: usize) -> &str {
        self.start.checked_sub(by).map_or("", |at| self.word(at))
    }

    fn capital(&self, at: usize) -> bool {
        self.text.is_capital(at) && self.text.tokens[at].kind == TokenKind::Word
    }

    fn possessive(&self) -> bool {
        matches!(self.word(self.end), "'s" | "'" | "’s" | "’")
    }

    /// `accused Tehran of`, `called on Damascus to`, `sanctions against Pyongyang`, `backed by Moscow`.
    fn object(&self) -> Governs {
        if self.possessive() || self.longer() {
            return Governs::No;
        }
        let after = self.word(self.end);
        let (before, before2) = (self.back(1), self.back(2));
        let does = matches!(after, "to" | "not");
        let told = form(before, TOLD) && matches!(after, "to" | "of" | "for" | "that" | "over" | "not");
        let called = before == "on" && does && matches!(before2, "called" | "calls" | "calling" | "call");
        let pressed = matches!(before, "on" | "against") && ON.contains(&before2);
        let by = before == "by" && BY.contains(&before2);
        let from = before == "from" && FROM.contains(&before2);
        if told || called || pressed || by || from { Governs::Surely } else { Governs::No }
    }

    /// `ties between London and Dublin`, `relations with Tehran`; not `trains between London and Paris`.
    fn pair(&self) -> Governs {
        if self.longer() {
            return Governs::No;
        }
        let before = self.back(1);
        if before == "with" {
            let tied = BETWEEN.contains(&self.back(2)) && !self.possessive();
            return if tied { Governs::Surely } else { Governs::No };
        }
        let between = match before {
            "between" if self.word(self.end) == "and" => 1,
            "and" if self.back(3) == "between" => 3,
            // `between New York and Dublin`
            "and" if self.back(4) == "between" && self.start > 2 && self.capital(self.start - 3) => 4,
            _ => return Governs::No,
        };
        let mut nouns = (between + 1..=between + NOUN).map(|by| self.back(by));
        if nouns.clone().any(|noun| BETWEEN_TOWNS.contains(&noun)) {
            Governs::No
        } else if nouns.any(|noun| BETWEEN.contains(&noun)) {
            Governs::Surely
        } else if between > 1 || self.capital(self.end + 1) {
            Governs::Perhaps
        } else {
            Governs::No
        }
    }

    /// `Moscow's ambassador`, `Tehran's nuclear`, `the Khartoum government`.
    fn owner(&self) -> Governs {
        let (after, after2) = (self.word(self.end), self.word(self.end + 1));
        if self.possessive() {
            let of_city = self.back(1) == "of" || self.longer();
            return match after2 {
                _ if of_city => Governs::No,
                noun if OWN.contains(&noun) => Governs::Surely,
                noun if OWN_UNSURE.contains(&noun) => Governs::Perhaps,
                _ => Governs::No,
            };
        }
        match (self.back(1), after) {
            ("the", "government" | "regime" | "junta") => Governs::Surely,
            ("the", "leadership") => Governs::Perhaps,
            _ => Governs::No,
        }
    }

    /// `Washington would not recognise`, `London and Dublin have agreed`.
    fn subject(&self) -> Governs {
        if self.possessive() || !self.heads() {
            return Governs::No;
        }
        let paired = matches!(self.word(self.end), "and" | "or" | "nor") && self.capital(self.end + 1);
        let joined = matches!(self.back(1), "and" | "or" | "nor");
        let at = if paired { self.end + 2 } else { self.end };
        if paired && self.capital(at) {
            return Governs::No;
        }
        self.predicate(at, paired || joined)
    }

    /// Whether a word before the name makes it a longer one: `East London`, `the London`.
    fn longer(&self) -> bool {
        let Some(at) = self.start.checked_sub(1) else { return false };
        let calm = words::JOINER | words::PREPOSITION | words::ADVERB | words::AUX | words::SAY;
        self.capital(at) && words::classes(self.word(at)) & calm == 0
    }

    /// Whether the name can be a subject: neither it nor the list of places that it ends stands behind a preposition.
    fn heads(&self) -> bool {
        let mut at = self.start;
        if self.longer() {
            return false;
        }
        for _ in 0..LISTED {
            let Some(before) = at.checked_sub(1) else { return true };
            let word = self.word(before);
            let listed = matches!(word, "and" | "or" | "," | "nor") && at >= 2 && self.capital(at - 2);
            // A clause may begin behind `and` or a comma: only a list of names is walked over.
            if !(listed || at < self.start && self.capital(before)) {
                let classes = words::classes(word);
                let ties = classes & words::PREPOSITION != 0 && classes & words::JOINER == 0;
                let article = classes & words::DETERMINER != 0 && classes & words::JOINER == 0;
                return !ties && !article;
            }
            at = before;
        }
        false
    }

    fn skip(&self, mut at: usize) -> usize {
        for _ in 0..3 {
            let word = self.word(at);
            let adverb = words::classes(word) & words::ADVERB != 0
                || matches!(word, "not" | "n't" | "long" | "so" | "far" | "well" | "effectively")
                || word.len() > 4 && word.ends_with("ly");
            // `likely to` says what follows.
            let adverb = adverb && !LIKELY.contains(&word);
            if !adverb {
                break;
            }
            at += 1;
        }
        at
    }

    fn predicate(&self, at: usize, plural: bool) -> Governs {
        let at = self.skip(at);
        let first = self.word(at);
        let next = self.skip(at + 1);
        let verb = self.word(next);
        let stem = first.strip_suffix("n't").unwrap_or(first);
        match stem {
            "would" | "could" | "may" | "might" | "will" | "wo" | "must" | "should" | "can" | "ca"
            | "cannot" | "does" | "did" | "do" => match verb {
                "be" => self.is(self.skip(next + 1)),
                "have" => self.has(self.skip(next + 1)),
                verb if VERBS.contains(&verb) => Governs::Surely,
                verb if UNSURE.contains(&verb) => Governs::Perhaps,
                _ => Governs::No,
            },
            "has" | "had" | "have" => self.has(next),
            "is" | "was" | "are" | "were" => self.is(next),
            // `said to have`, `London support`.
            "said" | "believed" if verb == "to" => Governs::No,
            verb if VERBS.contains(&verb) && !plural => Governs::No,
            verb if verb.ends_with("ing") => Governs::No,
            verb => deed(verb),
        }
    }

    fn has(&self, at: usize) -> Governs {
        match self.word(at) {
            "been" => self.is(self.skip(at + 1)),
            "no" if HAS_NO.contains(&self.word(at + 1)) => Governs::Surely,
            verb if verb.ends_with("ing") => Governs::No,
            verb => deed(verb),
        }
    }

    fn is(&self, at: usize) -> Governs {
        match self.word(at) {
            word if READY.contains(&word) => Governs::Surely,
            // `is likely to`, `is expected to`: what follows tells.
            word if LIKELY.contains(&word) && self.word(at + 1) == "to" => {
                let verb = self.word(self.skip(at + 2));
                if VERBS.contains(&verb) { Governs::Surely } else { Governs::No }
            }
            word if word.ends_with("ing") => deed(word),
            _ => Governs::No,
        }
    }
}

/// What a finite form or participle says.
fn deed(word: &str) -> Governs {
    if form(word, VERBS) || IRREGULAR.contains(&word) {
        Governs::Surely
    } else if form(word, UNSURE) {
        Governs::Perhaps
    } else {
        Governs::No
    }
}

/// Whether a word is a form of one of the verbs: `denies`, `pledged`, `urging`, `rebuffed`.
fn form(word: &str, verbs: &[&str]) -> bool {
    let is = |base: &str| verbs.contains(&base);
    if is(word) {
        return true;
    }
    let ending = ["s", "es", "d", "ed", "ing"].into_iter().filter_map(|end| word.strip_suffix(end));
    let y = ["ies", "ied"].into_iter().filter_map(|end| word.strip_suffix(end));
    let e = word.strip_suffix("ing").into_iter();
    let doubled = |stem: &str| {
        let mut letters = stem.chars().rev();
        letters.next() == letters.next() && stem.len() > 3 && is(&stem[..stem.len() - 1])
    };
    let mut longer = y.map(|stem| format!("{stem}y")).chain(e.map(|stem| format!("{stem}e")));
    ending.clone().any(|stem| stem.is_ascii() && (is(stem) || doubled(stem))) || longer.any(|base| is(&base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        for word in ["accuse", "accuses", "accused", "accusing", "denies", "denied", "denying", "vetoes"] {
            assert!(form(word, VERBS), "{word}");
        }
        for word in ["accuser", "den", "s", "ing", "hosts", "rained", "ééés", ""] {
            assert!(!form(word, VERBS), "{word}");
        }
    }
}
