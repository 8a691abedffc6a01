//! Occurrences that nobody knows enter; new entities leave: people with a title, places beside their region, and
//! names that stand repeatedly.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{
        choose::region_beside,
        generic::is_generic,
        link::{Document, Linked, confidence, kind_of, lean::Fulls},
        names::is_acronym,
        occurrence::Occurrence,
        words,
    },
    model::{EntityId, EntityKind, Evidence, Introduced, Span},
    path::slugify,
};

/// Introduces new full names and links their occurrences.
pub fn introduce(
    document: &mut Document<'_>,
    occurrences: &[Occurrence<'_>],
    linked: &mut [Option<Linked>],
    fulls: &Fulls,
) {
    // How often each word and each full name stands among the unresolved.
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for occurrence in occurrences {
        if occurrence.tagged.is_some() {
            *counts.entry(document.text.folded(&occurrence.tokens)).or_default() += 1;
        }
    }
    let mut new = New::default();
    for (i, occurrence) in occurrences.iter().enumerate() {
        let unknown_mark =
            matches!(&linked[i], Some(Linked { entity: None, evidence: Evidence::Editor, .. }));
        if !unknown_mark && let Some(found) = beside(document, occurrences, i, linked[i].as_ref(), &mut new) {
            linked[i] = Some(found);
            continue;
        }
        if linked[i].is_some() && !unknown_mark {
            continue;
        }
        let tagged = occurrence.tagged.and_then(|(kind, sure)| Some((kind_of(kind)?, sure)));
        let (kind, sure) = match (tagged, unknown_mark) {
            (_, true) => (linked[i].as_ref().map_or(EntityKind::Person, |l| l.kind), 1.0),
            (Some(tagged), false) => tagged,
            (None, false) => continue,
        };
        if (occurrence.tokens.len() < 2 || !proper(document, occurrence)) && !unknown_mark {
            continue;
        }
        let folded = document.text.folded(&occurrence.tokens);
        // `De Klerk` after F. W. de Klerk is no new name, and `Foreign Ministry` is that of any country.
        let words: Vec<&str> = folded.split(' ').collect();
        if !unknown_mark
            && (fulls.has_family(&words)
                || kind == EntityKind::Organization && (is_generic(&folded) || is_no_body(&words)))
        {
            continue;
        }
        let before =
            occurrence.tokens.start.checked_sub(1).map_or("", |t| document.text.folded.token(t as usize));
        let kind = if unknown_mark { kind } else { by_head(kind, &words, before) };
        let surname = folded.rsplit(' ').next().unwrap_or("");
        let leaning = if kind == EntityKind::Person { counts.get(surname).copied().unwrap_or(0) } else { 0 };
        let count = counts.get(&folded).copied().unwrap_or(1) + leaning;
        let title = occurrence.title.as_ref().map(|t| document.text.surface(t).to_owned());
        let wanted = document.lexicon.config.provisional;
        let (confidence, evidence) = match (&title, unknown_mark) {
            (_, true) => (confidence::EDITOR, Evidence::Editor),
            (Some(title), _) if kind == EntityKind::Person && wanted => {
                (confidence::TITLED, Evidence::Title { title: title.clone() })
            }
            (None, _)
                if count < 2
                    && wanted
                    && kind == EntityKind::Person
                    && sure >= 0.6
                    && attested(document, occurrence) =>
            {
                (confidence::REPEATED, Evidence::Attested)
            }
            (None, _) if count >= 2 && sure >= 0.8 && wanted => {
                (confidence::REPEATED, Evidence::Repeated { count })
            }
            _ => (confidence::SHAPE, Evidence::Shape),
        };
        let name = document.text.surface(&occurrence.tokens).replace('\n', " ");
        let sure = document.settings.threshold.met(confidence);
        let id = new.add(&mut document.introduced, folded, name, kind, title, sure);
        linked[i] = Some(Linked { kind, entity: Some(id), confidence, evidence, candidates: Vec::new() });
    }
    // One sure occurrence makes the name sure everywhere in the text.
    let sure: FxHashSet<&EntityId> = document.introduced.iter().filter(|i| i.sure).map(|i| &i.id).collect();
    for slot in linked.iter_mut().flatten() {
        if slot.evidence == Evidence::Shape && slot.entity.as_ref().is_some_and(|id| sure.contains(id)) {
            slot.confidence = confidence::REPEATED;
            slot.evidence = Evidence::Repeated { count: 2 };
        }
    }
}

/// The names introduced so far.
#[derive(Default)]
struct New {
    by_name: FxHashMap<String, usize>,
    by_id: FxHashMap<EntityId, usize>,
}

impl New {
    fn add(
        &mut self,
        introduced: &mut Vec<Introduced>,
        folded: String,
        name: String,
        kind: EntityKind,
        role: Option<String>,
        sure: bool,
    ) -> EntityId {
        let at = *self.by_name.entry(folded).or_insert_with(|| {
            let id = EntityId::new(&slugify(&name));
            // Two names may have one id (`Jean-Luc` and `Jean Luc`).
            *self.by_id.entry(id.clone()).or_insert_with(|| {
                introduced.push(Introduced { id, name, kind, role: None, sure: false });
                introduced.len() - 1
            })
        });
        let new = &mut introduced[at];
        new.sure |= sure;
        new.role = new.role.take().or(role);
        new.id.clone()
    }
}

/// `Moscow, Idaho`: a city that nobody knows, named with its region.
fn beside(
    document: &mut Document<'_>,
    occurrences: &[Occurrence<'_>],
    index: usize,
    own: Option<&Linked>,
    new: &mut New,
) -> Option<Linked> {
    let occurrence = &occurrences[index];
    let tagged = occurrence.tagged.and_then(|(kind, _)| kind_of(kind));
    let weighed = |l: &Linked| {
        matches!(
            l.evidence,
            Evidence::Knowledge { .. } | Evidence::Context { .. } | Evidence::Ambiguous { .. }
        ) && !document.settings.threshold.met(l.confidence)
    };
    let place =
        tagged.is_none_or(|k| k == EntityKind::Place) && (tagged.is_some() || !occurrence.pack.is_empty());
    if !place || !own.is_none_or(weighed) {
        return None;
    }
    let region = region_beside(document, occurrences, index)?;
    let place = document.text.surface(&occurrence.tokens).replace('\n', " ");
    let region = titled(&region);
    // Where others have the name, the region belongs to it.
    let name = if occurrence.pack.is_empty() { place.clone() } else { format!("{place}, {region}") };
    let wanted = document.lexicon.config.provisional;
    let confidence = if wanted { confidence::BESIDE } else { confidence::SHAPE };
    let sure = document.settings.threshold.met(confidence);
    let folded = crate::text::fold::fold(&name).into_owned();
    let id = new.add(&mut document.introduced, folded, name, EntityKind::Place, Some(region.clone()), sure);
    Some(Linked {
        kind: EntityKind::Place,
        entity: Some(id),
        confidence,
        evidence: Evidence::Context { reason: format!("`{place}` beside `{region}`") },
        candidates: own.map(|l| l.candidates.clone()).unwrap_or_default(),
    })
}

/// Whether a new full name speaks (`said X`, `X told`), or words behind it say who that is (`X, 34,`, `X, a teacher in`,
/// `X, who`): a person, beyond what the tagger thinks.
fn attested(document: &Document<'_>, occurrence: &Occurrence<'_>) -> bool {
    let text = document.text;
    let (start, end) = (occurrence.tokens.start as usize, occurrence.tokens.end as usize);
    let word = |at: usize| if at < text.tokens.len() { text.folded.token(at) } else { "" };
    // `Democrat Spearman`: a party is no given name.
    let party = matches!(
        word(start),
        "democrat" | "republican" | "independent" | "conservative" | "labour" | "liberal"
    );
    if party || words::classes(word(start)) & words::ROLE != 0 {
        return false;
    }
    let says = |at: usize| words::classes(word(at)) & words::SAY != 0;
    let spoke = says(end) || start > 0 && says(start - 1);
    if word(end) != "," {
        return spoke && occurrence.tokens.len() <= 4;
    }
    let age = word(end + 1);
    let number = !age.is_empty() && age.len() <= 3 && age.bytes().all(|b| b.is_ascii_digit());
    let noun = (end + 2..end + 9)
        .take_while(|t| word(*t) != ",")
        .any(|t| words::classes(word(t)) & words::ROLE != 0);
    let described = matches!(word(end + 1), "a" | "an" | "the") && noun || word(end + 1) == "who";
    occurrence.tokens.len() <= 4 && (spoke || number && matches!(word(end + 2), "," | ".") || described)
}

/// Roles, policies and devices that the tagger takes for bodies: `Supreme Leader`, `War on Drugs`.
fn is_no_body(words: &[&str]) -> bool {
    let last = words.last().copied().unwrap_or_default();
    matches!(
        last,
        "leader" | "minister" | "president" | "secretary" | "system" | "ambassador" | "spokesman" | "linux"
    ) || words.len() > 2 && words[..2] == ["war", "on"]
        || words.first().is_some_and(|first| is_make(first))
}

/// `F-86` of `F-86 Sabre`: letters, a hyphen and a number.
pub fn is_make(word: &str) -> bool {
    word.split_once('-').is_some_and(|(letters, number)| {
        (1..=3).contains(&letters.len())
            && letters.bytes().all(|b| b.is_ascii_alphabetic())
            && number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// What stands before the name of a film, a book or a song.
fn is_kind_of_work(word: &str) -> bool {
    matches!(
        word,
        "film"
            | "movie"
            | "documentary"
            | "mockumentary"
            | "comedy"
            | "drama"
            | "thriller"
            | "sitcom"
            | "novel"
            | "memoir"
            | "song"
            | "album"
            | "musical"
            | "opera"
            | "videogame"
    )
}

/// The kind that the last noun of a name or the one before it says where the tagger saw a body: `Patriot Act`, `Dakar
/// Rally`, `the film Late Tides`.
fn by_head(kind: EntityKind, words: &[&str], before: &str) -> EntityKind {
    if kind != EntityKind::Organization {
        return kind;
    }
    if is_kind_of_work(before) {
        return EntityKind::Work;
    }
    if words.first() == Some(&"operation") {
        return EntityKind::Event;
    }
    match words.last().copied().unwrap_or_default() {
        "building" | "district" | "airport" | "county" | "parish" | "island" | "islands" => EntityKind::Place,
        "act" | "law" | "treaty" | "accord" | "accords" | "agreement" | "pact" | "protocol" | "amendment"
        | "constitution" => EntityKind::Law,
        "rally" | "cup" | "marathon" | "festival" | "olympics" | "championship" | "championships"
        | "faire" => EntityKind::Event,
        _ => kind,
    }
}

/// `new york` → `New York`.
fn titled(folded: &str) -> String {
    let words = folded.split(' ').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Every word but particles is capitalised, and not all of them throughout (a headline in capitals proves nothing).
fn proper(document: &Document<'_>, occurrence: &Occurrence<'_>) -> bool {
    let surface = document.text.surface(&occurrence.tokens);
    let words: Vec<&str> = surface.split_whitespace().collect();
    let capital = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase);
    words.iter().filter(capital).count() >= 2 && !words.iter().all(|w| is_acronym(w))
}

/// The bytes between two occurrences.
pub fn between<'d>(document: &Document<'d>, left: &Occurrence<'_>, right: &Occurrence<'_>) -> &'d str {
    document.text.prose.slice(Span { start: left.span.end, end: right.span.start })
}
