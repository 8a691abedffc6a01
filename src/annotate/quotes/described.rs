//! Words that describe a speaker without a name enter; whether they stand for somebody named, and for whom, leaves.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        quotes::speaker::{Resolver, Voice},
        words,
    },
    model::Speaker,
};

impl Resolver<'_, '_> {
    /// Whether a description (`the minister`) stands for a person whom the text names without saying so: nobody of this
    /// post was spoken of without a name before (`a minister`).
    pub(super) fn stands_for_a_name(&self, core: &Range<usize>) -> bool {
        let input = self.input;
        let Some(last) = core.end.checked_sub(1).filter(|_| core.len() == 2) else { return false };
        let word = input.word(last);
        let body = input.is(last, words::BODY);
        let company = matches!(
            word,
            "company"
                | "party"
                | "group"
                | "firm"
                | "union"
                | "agency"
                | "association"
                | "bank"
                | "club"
                | "federation"
                | "airline"
                | "organization"
                | "organisation"
                | "foundation"
        );
        let thing = input.is(last, words::PAPER | words::GROUP) || body && !company || word.ends_with('s');
        let definite = input.word(core.start).eq_ignore_ascii_case("the") && !thing;
        let unnamed = self.introduced(word).is_some_and(|at| at < core.start);
        let named = if body { !self.organizations.is_empty() } else { !self.genders.is_empty() };
        definite && named && (body || !unnamed)
    }

    /// Where a noun first stands behind `a` or its like: `a former minister`.
    fn introduced(&self, noun: &str) -> Option<usize> {
        let input = self.input;
        let nouns = self.nouns.get_or_init(|| {
            let mut nouns = FxHashMap::default();
            let opens = |t: &usize| {
                input.is(*t, words::DETERMINER)
                    && matches!(input.word(*t), "a" | "an" | "one" | "another" | "A" | "An" | "One")
            };
            for d in (0..input.tokens.len()).filter(opens) {
                for t in d + 1..input.tokens.len().min(d + 5) {
                    nouns.entry(input.word(t)).or_insert(t);
                }
            }
            nouns
        });
        nouns.get(noun).copied()
    }

    /// Whom a description (`the warder`, `the party`) stands for that no title tells: the body that spoke last in the
    /// paragraph, or the only person named in it.
    pub(super) fn nearest(&self, core: &Range<usize>) -> Option<Voice> {
        let input = self.input;
        if !self.stands_for_a_name(core) {
            return None;
        }
        let own = input.paragraph_start(core.start);
        let entity = |voice: &Voice| matches!(voice.speaker, Speaker::Entity { .. });
        if input.is(core.end - 1, words::BODY) {
            let (at, voice) = self.events.last()?;
            let before = input.paragraph_start(own.saturating_sub(1));
            let spoke = *at >= before && !voice.person && entity(voice);
            return spoke.then(|| Voice { trust: voice.trust.min(76), ..voice.clone() });
        }
        let mut found: Option<Voice> = None;
        for t in own..core.start.min(own + 300) {
            let Some(mention) = input.person(t) else { continue };
            let voice = self.named(mention);
            if found.as_ref().is_some_and(|f| f.key != voice.key) {
                return None;
            }
            found = Some(voice);
        }
        found.map(|voice| Voice { trust: 64, ..voice })
    }
}

/// A title in full: `the general` is `Gen. Ada Example`.
pub fn spelled(title: &str) -> &str {
    match title {
        "gen." | "gen" => "general",
        "sen." => "senator",
        "gov." => "governor",
        "rep." => "representative",
        "col." => "colonel",
        "capt." => "captain",
        "lt." => "lieutenant",
        "maj." => "major",
        "sgt." => "sergeant",
        "adm." => "admiral",
        "cmdr." => "commander",
        "prof." => "professor",
        "dr." | "dr" => "doctor",
        "pres." => "president",
        "supt." => "superintendent",
        other => other,
    }
}

/// Whether a noun in the singular is a person.
pub fn is_human(noun: &str) -> bool {
    matches!(
        noun,
        "man"
            | "woman"
            | "boy"
            | "girl"
            | "mother"
            | "father"
            | "son"
            | "daughter"
            | "brother"
            | "sister"
            | "neighbour"
            | "neighbor"
            | "wife"
            | "husband"
            | "widow"
            | "soldier"
            | "officer"
            | "survivor"
            | "witness"
            | "fisherman"
            | "voter"
            | "protester"
            | "refugee"
            | "lawmaker"
            | "shopkeeper"
            | "passenger"
            | "tourist"
            | "person"
            | "rescuer"
            | "rival"
            | "customer"
            | "worker"
            | "villager"
            | "bystander"
            | "postman"
            | "pensioner"
            | "juror"
            | "clerk"
            | "guard"
            | "warder"
            | "carer"
            | "private"
            | "marcher"
            | "dealer"
            | "guest"
            | "patient"
            | "victim"
            | "priest"
            | "monk"
            | "nun"
            | "cook"
            | "grocer"
            | "butcher"
            | "baker"
            | "waiter"
            | "waitress"
            | "migrant"
            | "prisoner"
            | "hostage"
            | "gunman"
            | "policeman"
            | "policewoman"
            | "fireman"
            | "businessman"
            | "businesswoman"
            | "salesman"
            | "housewife"
            | "grandmother"
            | "grandfather"
            | "uncle"
            | "aunt"
            | "cousin"
            | "colleague"
            | "friend"
            | "ally"
            | "supporter"
            | "critic"
            | "mourner"
            | "counterpart"
            | "predecessor"
            | "successor"
            | "opponent"
            | "deputy"
    )
}
