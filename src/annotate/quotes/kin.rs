//! Words for relatives and pronouns beside a name enter (`his sister, Ada`; `Ada, who lost her ring`); the gender of the
//! name, or whom `her sister` means, leaves.

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::speaker::{Resolver, Voice, key},
        words::{self, Classes},
    },
    model::Mention,
};

/// Of more persons than these some will fit.
const PERSONS: usize = 256;

/// The gender of a word for a relative; 0 for any other word.
fn gender(noun: &str) -> Classes {
    match noun {
        "father" | "son" | "brother" | "husband" | "uncle" | "grandfather" | "nephew" | "widower" | "dad"
        | "boyfriend" | "grandson" | "stepfather" | "stepson" => words::MALE,
        "mother" | "daughter" | "sister" | "wife" | "aunt" | "grandmother" | "niece" | "widow" | "mum"
        | "mom" | "girlfriend" | "granddaughter" | "stepmother" | "stepdaughter" => words::FEMALE,
        _ => 0,
    }
}

/// The word for a relative that stands in apposition to a name.
fn beside<'a>(input: &Input<'a>, name: &Range<usize>) -> Option<&'a str> {
    let kin = |t: usize| Some(input.word(t)).filter(|word| gender(word) != 0);
    let closed = matches!(input.word(name.end), "," | ".");
    let before = name.start.checked_sub(1).and_then(|t| match input.word(t) {
        "," => t.checked_sub(1).filter(|_| closed).and_then(kin),
        _ => kin(t),
    });
    before.or_else(|| {
        let opens = input.word(name.end) == "," && input.is(name.end + 1, words::DETERMINER);
        let ends = matches!(input.word(name.end + 3), "," | "." | "of" | "who");
        kin(name.end + 2).filter(|_| opens && ends)
    })
}

/// The gender that the words beside a name tell: of a relative, or of a pronoun in the clause behind `who`.
pub(super) fn told(input: &Input, name: &Range<usize>) -> Classes {
    if let Some(noun) = beside(input, name) {
        return gender(noun);
    }
    let owned = |t: usize| {
        let other = words::PREPOSITION | words::ADVERB | words::JOINER | words::AUX | words::DETERMINER;
        input.is_word(t) && !input.is(t, other | words::WEEKDAY | words::DAY_WORD)
    };
    let who = name.end + usize::from(input.word(name.end) == ",");
    if input.word(who) != "who" {
        return 0;
    }
    for t in who + 1..(who + 16).min(input.tokens.len()) {
        if input.person(t).is_some()
            || input.is(t, words::STOP | words::DOUBLE | words::SINGLE)
            || input.word(t) == ","
        {
            break;
        }
        match input.word(t) {
            "his" | "himself" => return words::MALE,
            "herself" => return words::FEMALE,
            // `in her memoir`, but not `with her in Riga`.
            "her" if input.is(t - 1, words::PREPOSITION) && owned(t + 1) => return words::FEMALE,
            "him" | "he" | "she" | "her" => break,
            _ => {}
        }
    }
    0
}

impl<'a> Resolver<'a, '_> {
    /// Whom `her sister` means, where the text names one sister of somebody: `his sister, Ada Example`.
    pub(super) fn kin(&self, core: &Range<usize>) -> Option<Voice> {
        let noun = self.relative(core)?;
        let kin = self.kin.get_or_init(|| {
            let beside = |m: &'a Mention| Some((beside(self.input, &self.input.tokens_of(m))?, m));
            let persons = self.input.mentions.iter().filter(|m| m.kind == crate::model::EntityKind::Person);
            persons.filter_map(beside).take(64).collect()
        });
        let mut named = kin.iter().filter(|(word, _)| *word == noun).map(|(_, mention)| *mention);
        let first = named.next().filter(|m| m.span.start < self.input.tokens[core.start].start)?;
        let one = key(self.input, first);
        named.all(|m| key(self.input, m) == one).then(|| Voice { trust: 82, ..self.named(first) })
    }

    /// `her father`, where the text names others who might be he.
    pub(super) fn is_kin_of_many(&self, core: &Range<usize>) -> bool {
        let Some(noun) = self.relative(core) else { return false };
        let gender = gender(noun);
        let fits =
            self.genders.values().take(PERSONS).filter(|bits| **bits == 0 || *bits & gender != 0).count();
        let own = match self.input.word(core.start).to_ascii_lowercase().as_str() {
            "his" => usize::from(gender == words::MALE),
            "her" => usize::from(gender == words::FEMALE),
            _ => 0,
        };
        fits > own
    }

    fn relative(&self, core: &Range<usize>) -> Option<&'a str> {
        let input = self.input;
        let owner = input.word(core.start).to_ascii_lowercase();
        let owned = matches!(owner.as_str(), "his" | "her" | "their") && core.len() >= 2;
        let noun = input.word(core.end.checked_sub(1)?);
        (owned && gender(noun) != 0).then_some(noun)
    }
}
