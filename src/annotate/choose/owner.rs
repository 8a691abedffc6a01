//! Bodies whose names many countries use enter with their links (`Congress`, `the Senate`); those leave held back that
//! belong to another country than the one linked: by a word beside them, by the same name before them, or by what the
//! text is about.

use rustc_hash::FxHashMap;

use crate::{
    annotate::{
        choose::company::Company,
        generic::is_generic,
        link::{Document, Linked, confidence},
        occurrence::Occurrence,
    },
    knowledge::{
        self,
        index::{Candidate, Via},
        record::{KnowledgeId, SubKind},
    },
    model::{Candidate as Weighed, EntityKind, Evidence},
};

/// Whom the words beside a body name as the one that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Nobody,
    Country(KnowledgeId),
    /// A state or province: `Missouri Senate`, `the state Senate`.
    Part,
}

/// Countries, besides the one that the built-in knowledge has, with a parliament, or a chamber or party of it, of that name.
const SHARED: [(&str, &[&str]); 4] = [
    (
        "congress",
        &[
            "argentina",
            "bolivia",
            "brazil",
            "chile",
            "colombia",
            "ecuador",
            "guatemala",
            "honduras",
            "india",
            "mexico",
            "nepal",
            "paraguay",
            "peru",
            "philippines",
            "spain",
            "venezuela",
        ],
    ),
    (
        "senate",
        &[
            "afghanistan",
            "argentina",
            "australia",
            "belgium",
            "bolivia",
            "brazil",
            "cambodia",
            "canada",
            "chile",
            "colombia",
            "czechia",
            "democratic-republic-of-the-congo",
            "dominican-republic",
            "france",
            "haiti",
            "ireland",
            "italy",
            "jordan",
            "kazakhstan",
            "kenya",
            "liberia",
            "mexico",
            "netherlands",
            "nigeria",
            "pakistan",
            "paraguay",
            "peru",
            "philippines",
            "poland",
            "puerto-rico",
            "romania",
            "spain",
            "thailand",
            "uruguay",
            "zimbabwe",
        ],
    ),
    (
        "house of representatives",
        &[
            "australia",
            "belize",
            "colombia",
            "cyprus",
            "egypt",
            "indonesia",
            "japan",
            "liberia",
            "libya",
            "malta",
            "morocco",
            "nepal",
            "new-zealand",
            "nigeria",
            "philippines",
            "puerto-rico",
            "thailand",
            "yemen",
        ],
    ),
    ("labour", &["ireland", "malta", "netherlands", "new-zealand", "norway"]),
];

/// Holds back what belongs to another country. Time is in proportion to the names.
pub fn hold_back(
    document: &Document<'_>,
    company: &Company,
    occurrences: &[Occurrence<'_>],
    linked: &mut [Option<Linked>],
) {
    let pack = knowledge::pack();
    // By body: whether it was another country's where a country stood beside it last.
    let mut others: FxHashMap<KnowledgeId, bool> = FxHashMap::default();
    let mut cricket = None;
    // By name: what the text is about is the same for all places of it.
    let mut away: FxHashMap<String, bool> = FxHashMap::default();
    for i in 0..occurrences.len() {
        let occurrence = &occurrences[i];
        let Some(found) = linked[i].as_ref().filter(|l| l.kind == EntityKind::Organization) else { continue };
        if let (Evidence::Registry { alias }, [bearer]) = (&found.evidence, occurrence.bearers.as_slice()) {
            let own = document.lexicon.countries[bearer.value as usize];
            let owner = own.map(|_| owner(document, occurrences, i));
            // `U.S. Home Office`, where the registry's is that of the United Kingdom.
            if matches!(owner, Some(Owner::Country(other)) if own != Some(other)) {
                let alias = alias.clone();
                let confidence = confidence::REGISTRY_CONFLICT;
                linked[i] =
                    Some(Linked { confidence, evidence: Evidence::Conflict { alias }, ..found.clone() });
            }
            continue;
        }
        if !matches!(found.evidence, Evidence::Knowledge { .. } | Evidence::Context { .. }) {
            continue;
        }
        let name = document.text.folded(&occurrence.tokens);
        if name == "icc" && *cricket.get_or_insert_with(|| is_cricket(document)) {
            linked[i] = Some(open(found));
            continue;
        }
        let Some(body) = occurrence.pack.iter().find(|c| is_body(c)) else { continue };
        let shared = SHARED.iter().find(|(shared, _)| *shared == name).map(|(_, countries)| *countries);
        let party = is_party(&name);
        let generic = is_generic(&name);
        let home = pack.brief(body.id).and_then(|b| b.country);
        if !body.weak && shared.is_none() && !generic && !party {
            // `U.S. Congress`
            others.insert(body.id, false);
            continue;
        }
        let foreign = match owner(document, occurrences, i) {
            Owner::Nobody => {
                let about = |home| match away.get(&name) {
                    Some(known) => *known,
                    None => {
                        let found = elsewhere(company, home, &name, shared);
                        away.insert(name.clone(), found);
                        found
                    }
                };
                let local = || shared.is_some() && speaks_of_parties(document, occurrence);
                let before = others.get(&body.id).copied();
                before.unwrap_or_else(|| home.is_some_and(about) && !local())
            }
            Owner::Country(owner) => {
                let foreign = home != Some(owner);
                others.insert(body.id, foreign);
                foreign
            }
            Owner::Part => true,
        };
        if foreign {
            linked[i] = Some(open(found));
        }
    }
}

/// Whether the parties of the United States stand near: `Republican members of the House of Representatives`.
fn speaks_of_parties(document: &Document<'_>, occurrence: &Occurrence<'_>) -> bool {
    /// Tokens, about a sentence.
    const NEAR: usize = 25;
    let from = (occurrence.tokens.start as usize).saturating_sub(NEAR);
    let to = document.text.tokens.len().min(occurrence.tokens.end as usize + NEAR);
    (from..to).any(|t| {
        matches!(
            document.text.folded.token(t),
            "republican" | "republicans" | "democrat" | "democrats" | "democratic"
        )
    })
}

/// Whether a text is about cricket, whose council has the letters of the court at The Hague. The beginning tells.
fn is_cricket(document: &Document<'_>) -> bool {
    (0..document.text.tokens.len().min(1200)).any(|i| {
        matches!(
            document.text.folded.token(i),
            "cricket"
                | "cricketer"
                | "cricketers"
                | "wicket"
                | "wickets"
                | "batsman"
                | "batsmen"
                | "bowler"
                | "bowlers"
                | "umpires"
        )
    })
}

/// Names of parties that several countries have.
fn is_party(name: &str) -> bool {
    matches!(
        name,
        "communist party"
            | "conservative party"
            | "democratic party"
            | "republican party"
            | "conservatives"
            | "green party"
            | "greens"
            | "labor party"
            | "labour party"
            | "liberal democrats"
            | "liberal party"
            | "national party"
            | "nationalist party"
            | "social democrats"
            | "social democratic party"
            | "socialist party"
    )
}

/// Whether every country has a body of the name: `National Assembly`; not `State Department`.
fn is_institution(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    matches!(last, "assembly" | "government" | "parliament" | "court" | "ministry")
        || name.starts_with("ministry ")
}

fn is_body(candidate: &Candidate) -> bool {
    let sub_kind = knowledge::pack().brief(candidate.id).map(|b| b.sub_kind);
    matches!(sub_kind, Some(SubKind::Government | SubKind::Party))
}

/// Whether the text speaks of another country that has a body of the name more than of the body's own.
fn elsewhere(company: &Company, home: KnowledgeId, name: &str, shared: Option<&[&str]>) -> bool {
    let pack = knowledge::pack();
    let number = company.number(name);
    let own = company.counts(number).find(|(country, _)| *country == home).map_or(0, |(_, count)| count);
    let party = is_party(name);
    company.counts(number).any(|(country, count)| {
        let has = match shared {
            Some(countries) => countries.contains(&pack.slug(country).as_str()),
            None => party || is_institution(name),
        };
        // The party of a land at war abroad is its own.
        let more = match name {
            "democratic party" | "republican party" => own == 0 && count > 3,
            _ if party => count > own * 3,
            _ => count > own,
        };
        country != home && more && has
    })
}

/// Who has the body, by the words right before or behind it.
fn owner(document: &Document<'_>, occurrences: &[Occurrence<'_>], index: usize) -> Owner {
    let text = document.text;
    let tokens = &occurrences[index].tokens;
    let word = |at: usize| text.word(at);
    let back = |by: usize| (tokens.start as usize).checked_sub(by).map_or("", word);
    let possessive = matches!(back(1), "'s" | "'");
    let noun = if possessive { back(2) } else { back(1) };
    if is_part(noun) {
        return Owner::Part;
    }
    let gap = u32::from(possessive);
    let before = index.checked_sub(1).map(|i| &occurrences[i]);
    if let Some(before) = before.filter(|o| o.tokens.end + gap == tokens.start) {
        return of(document, before);
    }
    if (tokens.start as usize).checked_sub(1).is_some_and(|at| text.is_capital(at)) {
        let pack = knowledge::pack();
        let country = |id: KnowledgeId| pack.brief(id).filter(|b| b.sub_kind == SubKind::Country).is_some();
        if let Some(found) = pack.candidates(back(1)).find(|c| country(c.id)) {
            return Owner::Country(found.id);
        }
    }
    // `Congress of the Philippines`
    let end = tokens.end as usize;
    let article = usize::from(word(end + 1) == "the");
    let after = occurrences.get(index + 1).filter(|o| o.tokens.start as usize == end + 1 + article);
    if word(end) != "of" {
        return Owner::Nobody;
    }
    match after {
        _ if is_part(word(end + 1 + article)) => Owner::Part,
        Some(after) => of(document, after),
        None => Owner::Nobody,
    }
}

fn is_part(noun: &str) -> bool {
    matches!(noun, "state" | "provincial" | "regional" | "island" | "commonwealth" | "territory" | "province")
}

/// The country or part of one that an occurrence names.
fn of(document: &Document<'_>, occurrence: &Occurrence<'_>) -> Owner {
    let pack = knowledge::pack();
    let row = occurrence.bearers.first().and_then(|b| document.lexicon.records[b.value as usize]);
    let people = occurrence.pack.iter().find(|c| c.via == Via::Demonym);
    let Some(id) = row.or(people.or(occurrence.pack.first()).map(|c| c.id)) else { return Owner::Nobody };
    match pack.brief(id).map(|b| (b.sub_kind, b.country)) {
        Some((SubKind::Country | SubKind::Territory | SubKind::FormerState, country)) => {
            Owner::Country(country.unwrap_or(id))
        }
        Some((SubKind::Region, _)) => Owner::Part,
        _ => Owner::Nobody,
    }
}

/// Some country's: for an editor.
fn open(found: &Linked) -> Linked {
    let kept = found.entity.iter().map(|id| Weighed { entity: id.clone(), score: 0, reasons: Vec::new() });
    let candidates = if found.candidates.is_empty() { kept.collect() } else { found.candidates.clone() };
    Linked {
        kind: found.kind,
        entity: None,
        confidence: confidence::AMBIGUOUS.min(found.confidence),
        evidence: Evidence::Generic,
        candidates,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_those_of_the_built_in_knowledge() {
        let pack = knowledge::pack();
        for slug in SHARED.iter().flat_map(|(_, countries)| *countries) {
            let found = pack.candidates(&slug.replace('-', " ")).any(|c| pack.slug(c.id) == *slug);
            assert!(found, "{slug}");
        }
    }
}
