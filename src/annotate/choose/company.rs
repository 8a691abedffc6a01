//! The names of a text that can mean only one thing enter; what company a doubtful name keeps leaves: the countries
//! and regions that the text speaks of, where, and what it is about.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    annotate::{
        link::{Document, Linked, kind_of},
        occurrence::Occurrence,
    },
    knowledge::{
        self,
        index::Via,
        record::{KnowledgeId, SubKind},
    },
    model::EntityId,
    text::fold::fold,
};

/// What a text speaks of, for weighing names that could be several things.
#[derive(Default)]
pub struct Company {
    /// Where something of a country is named, in text order.
    countries: FxHashMap<KnowledgeId, Vec<Place>>,
    /// Where a region, or a city in it, is named: by country and folded name of the region.
    regions: FxHashMap<KnowledgeId, FxHashMap<String, Vec<Place>>>,
    /// Entities that the front matter names, by folded name and by id.
    named: FxHashSet<String>,
    /// Numbers of names.
    names: FxHashMap<String, u32>,
    subject: OnceCell<Subject>,
}

/// A token and the number of the name there: a name is no company for itself.
pub type Place = (u32, u32);

/// What a text is about, as far as names of firms and clubs depend on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject {
    pub sport: bool,
    pub business: bool,
}

const SPORT: [&str; 34] = [
    "match",
    "league",
    "goal",
    "goals",
    "striker",
    "midfielder",
    "defender",
    "goalkeeper",
    "coach",
    "season",
    "scored",
    "championship",
    "tournament",
    "fixture",
    "stadium",
    "fans",
    "club",
    "clubs",
    "playoff",
    "playoffs",
    "quarterback",
    "inning",
    "innings",
    "halftime",
    "half-time",
    "kick-off",
    "premiership",
    "penalty",
    "referee",
    "transfer",
    "title",
    "game",
    "points",
    "squad",
];
const BUSINESS: [&str; 34] = [
    "shares",
    "stock",
    "profit",
    "profits",
    "revenue",
    "earnings",
    "quarter",
    "sales",
    "retailer",
    "company",
    "companies",
    "investors",
    "nasdaq",
    "customers",
    "stores",
    "billion",
    "ceo",
    "shareholders",
    "merger",
    "dividend",
    "market",
    "markets",
    "consumers",
    "analysts",
    "brand",
    "products",
    "executive",
    "antitrust",
    "devices",
    "users",
    "factory",
    "acquisition",
    "supplier",
    "suppliers",
];

const DATELINE: u32 = u32::MAX;
const NOBODY: u32 = u32::MAX - 1;
/// So many names around a place are looked at.
const LOOKED_AT: usize = 12;

impl Company {
    /// Notes what the sure names of a text belong to.
    pub fn gather(
        document: &Document<'_>,
        occurrences: &[Occurrence<'_>],
        linked: &[Option<Linked>],
    ) -> Company {
        let pack = knowledge::pack();
        let mut company = Company::default();
        let mut names: FxHashMap<String, u32> = FxHashMap::default();
        for name in document.named {
            company.named.insert(fold(name).into_owned());
            company.named.insert(crate::path::slugify(name));
        }
        if let Some(dateline) = document.dateline {
            let mut places =
                pack.candidates(&knowledge::fold::fold(dateline)).filter(|c| c.via != Via::Demonym);
            if let Some(first) = places.next() {
                company.add(first.id, (0, DATELINE));
            }
        }
        if let Some(story) = document.story {
            company.add_story(document, story);
        }
        for (occurrence, linked) in occurrences.iter().zip(linked) {
            if linked.is_none() && occurrence.pack.is_empty() {
                continue;
            }
            let next = names.len() as u32;
            let name = *names.entry(document.text.folded(&occurrence.tokens)).or_insert(next);
            let token = (occurrence.tokens.start, name);
            match linked {
                Some(Linked { entity: Some(id), .. }) => {
                    let Some(i) = document.lexicon.by_id.get(id).map(|i| *i as usize) else { continue };
                    match (document.lexicon.records[i], document.lexicon.countries[i]) {
                        (Some(record), _) => company.add(record, token),
                        (None, Some(country)) => company.add_country(country, token),
                        (None, None) => {}
                    }
                }
                Some(_) => {}
                None => company.add_safe(occurrence, token),
            }
        }
        company.names = names;
        company
    }

    /// Notes whom and what the story is about: `kinshasa-unrest`, `Georgian election`. Up to eight words are read.
    fn add_story(&mut self, document: &Document<'_>, story: &str) {
        let pack = knowledge::pack();
        let folded = fold(story);
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(8).collect();
        for from in 0..words.len() {
            for to in from + 1..=words.len().min(from + 3) {
                let name = words[from..to].join(" ");
                let id = EntityId::new(&words[from..to].join("-"));
                if document.lexicon.by_id.contains_key(&id) {
                    self.named.insert(id.as_str().to_owned());
                }
                let all: Vec<_> = pack.candidates(&name).filter(|c| !c.weak).collect();
                let country = |c: &knowledge::index::Candidate| pack.brief(c.id).and_then(|b| b.country);
                let Some(first) = all.first().filter(|_| document.lexicon.config.builtin) else { continue };
                match (all.len(), country(first)) {
                    (1, _) => self.add(first.id, (0, DATELINE)),
                    (_, Some(same)) if all.iter().all(|c| country(c) == Some(same)) => {
                        self.add_country(same, (0, DATELINE));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The number of a name, for asking about others.
    pub fn number(&self, folded: &str) -> u32 {
        self.names.get(folded).copied().unwrap_or(NOBODY)
    }

    /// Notes a name that only the built-in knowledge has, if it leaves no doubt of its country.
    fn add_safe(&mut self, occurrence: &Occurrence<'_>, token: Place) {
        let pack = knowledge::pack();
        if let Some(demonym) = occurrence.pack.iter().find(|c| c.via == Via::Demonym) {
            if occurrence.pack.iter().filter(|c| c.via == Via::Demonym).count() == 1 {
                self.add(demonym.id, token);
            }
            return;
        }
        let sure = occurrence.tagged.filter(|(_, sure)| *sure > 0.7).and_then(|(kind, _)| kind_of(kind));
        let fits = |id: KnowledgeId| match (sure, knowledge::kind(id)) {
            (Some(tagged), Some(kind)) => {
                tagged == kind
                    || kind == crate::model::EntityKind::Place && tagged != crate::model::EntityKind::Person
            }
            _ => true,
        };
        let mut safe = occurrence.pack.iter().filter(|c| !c.weak && fits(c.id));
        let Some(first) = safe.next() else { return };
        let country = pack.brief(first.id).and_then(|b| b.country);
        if country.is_none() {
            return;
        }
        let (mut alone, mut agreed) = (true, true);
        for other in safe {
            alone = false;
            agreed &= pack.brief(other.id).and_then(|b| b.country) == country;
        }
        match (alone, agreed, country) {
            (true, _, _) => self.add(first.id, token),
            (false, true, Some(country)) => self.add_country(country, token),
            _ => {}
        }
    }

    /// Notes a record: its country, and its region if it lies in one or is one.
    fn add(&mut self, id: KnowledgeId, token: Place) {
        let pack = knowledge::pack();
        let Some(brief) = pack.brief(id) else { return };
        // Where an international body has its seat says nothing.
        let Some(country) = brief.country.filter(|_| brief.sub_kind != SubKind::International) else {
            return;
        };
        self.add_country(country, token);
        let region = match brief.sub_kind {
            SubKind::City => pack.field(id),
            SubKind::Region => pack.name(id),
            _ => "",
        };
        if !region.is_empty() {
            let regions = self.regions.entry(country).or_default();
            regions.entry(fold(region).into_owned()).or_default().push(token);
        }
    }

    fn add_country(&mut self, country: KnowledgeId, token: Place) {
        self.countries.entry(country).or_default().push(token);
    }

    /// Points for what else stands near: more the nearer and the oftener, 0 where there is nothing.
    fn points(places: Option<&Vec<Place>>, (token, own): Place) -> i32 {
        let Some(places) = places else { return 0 };
        let at = places.partition_point(|(t, _)| *t < token);
        let before = places[..at].iter().rev().take(LOOKED_AT);
        let around = before.chain(places[at..].iter().take(LOOKED_AT));
        let (mut distance, mut count) = (u32::MAX, 0);
        for (other, name) in around {
            if *name != own {
                distance = distance.min(other.abs_diff(token));
                count += 1;
            }
        }
        let near = match distance {
            u32::MAX => return 0,
            0..=15 => 16,
            16..=60 => 12,
            _ => 9,
        };
        near + 3 * (count - 1).min(3)
    }

    /// What speaks for something of this country at a token.
    pub fn country(&self, country: KnowledgeId, token: Place) -> i32 {
        Company::points(self.countries.get(&country), token)
    }

    /// All countries that the text speaks of, in no order, and how often it names something of them by other names than the
    /// one of this number.
    pub fn counts(&self, own: u32) -> impl Iterator<Item = (KnowledgeId, usize)> {
        self.countries
            .iter()
            .map(move |(country, places)| (*country, places.iter().filter(|(_, name)| *name != own).count()))
    }

    /// What speaks for a region, or for something in it.
    pub fn region(&self, country: KnowledgeId, name: &str, token: Place) -> i32 {
        let Some(regions) = self.regions.get(&country) else { return 0 };
        Company::points(regions.get(&*fold(name)), token)
    }

    /// Whether other regions of the country, or cities in them, are named.
    pub fn other_regions(&self, country: KnowledgeId, own: &str) -> bool {
        let own = fold(own);
        self.regions.get(&country).is_some_and(|regions| regions.keys().any(|name| **name != *own))
    }

    /// Whether the text speaks of one other country again and again.
    pub fn elsewhere(&self, country: KnowledgeId) -> bool {
        const OFTEN: usize = 5;
        self.countries.iter().any(|(other, places)| *other != country && places.len() >= OFTEN)
    }

    /// Whether the front matter names anybody.
    pub fn has_named(&self) -> bool {
        !self.named.is_empty()
    }

    /// Whether the front matter names the entity.
    pub fn names(&self, id: &EntityId, name: &str) -> bool {
        !self.named.is_empty() && (self.named.contains(id.as_str()) || self.named.contains(&*fold(name)))
    }

    /// What the text is about, worked out when it is first asked for.
    pub fn subject(&self, document: &Document<'_>) -> Subject {
        *self.subject.get_or_init(|| {
            let (mut sport, mut business) = (FxHashSet::default(), FxHashSet::default());
            // The beginning tells; a long text is not read whole for it.
            for i in 0..document.text.tokens.len().min(1200) {
                let word = document.text.folded.token(i);
                if SPORT.contains(&word) {
                    sport.insert(word);
                } else if BUSINESS.contains(&word) {
                    business.insert(word);
                }
            }
            Subject { sport: sport.len() >= 3, business: business.len() >= 2 }
        })
    }
}
