//! One candidate and its case enter; the points for and against it leave, each with its reason.

use crate::{
    annotate::{
        choose::{
            Beside, Case,
            regions::{is_container, is_region, lies_in},
        },
        generic::is_generic,
        link::{Document, kind_of},
        posts::{self, Held},
    },
    knowledge::{
        self,
        index::{Candidate, Via},
        record::{KnowledgeId, SubKind},
    },
    model::{self, Clue, EntityId, EntityKind, Reason},
    text::fold::fold,
};

/// Who is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A row of the registry.
    Registry(u32),
    /// A built-in record.
    BuiltIn(KnowledgeId),
}

impl Target {
    /// The registry's row where it has taken the record over.
    pub fn of_registry(self, document: &Document<'_>) -> Target {
        match self {
            Target::BuiltIn(id) => document.lexicon.taken.get(&id).map_or(self, |row| Target::Registry(*row)),
            Target::Registry(_) => self,
        }
    }

    /// The id under which the site knows it.
    pub fn id(self, document: &Document<'_>) -> EntityId {
        match self.of_registry(document) {
            Target::Registry(row) => document.lexicon.entities[row as usize].id.clone(),
            Target::BuiltIn(id) => EntityId::new(&knowledge::pack().slug(id)),
        }
    }
}

/// What weighing needs of a candidate.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub target: Target,
    pub kind: EntityKind,
    /// The built-in record, also of a registered entity that has taken one over.
    pub(super) record: Option<KnowledgeId>,
    sub_kind: Option<SubKind>,
    pub(super) country: Option<KnowledgeId>,
    tier: u8,
    /// Inhabitants or their like.
    prior: u32,
    weak: bool,
    short: bool,
}

impl Facts {
    /// Of a candidate of the built-in index.
    pub fn built_in(candidate: Candidate) -> Option<Facts> {
        let pack = knowledge::pack();
        let brief = pack.brief(candidate.id)?;
        Some(Facts {
            target: Target::BuiltIn(candidate.id),
            kind: knowledge::kind(candidate.id)?,
            record: Some(candidate.id),
            sub_kind: Some(brief.sub_kind),
            country: brief.country,
            tier: brief.tier,
            prior: pack.prior(candidate),
            weak: candidate.weak,
            short: candidate.via == Via::Surname,
        })
    }

    /// Of a row of the registry.
    pub fn registered(document: &Document<'_>, row: u32) -> Facts {
        let pack = knowledge::pack();
        let entity = &document.lexicon.entities[row as usize];
        let record = document.lexicon.records[row as usize];
        let brief = record.and_then(|id| pack.brief(id));
        let prior = record.map_or(0, |id| pack.prior(Candidate { id, via: Via::Name, weak: false }));
        Facts {
            target: Target::Registry(row),
            kind: entity.kind,
            record,
            sub_kind: brief.map(|b| b.sub_kind),
            country: document.lexicon.countries[row as usize],
            tier: brief.map_or(1, |b| b.tier),
            prior,
            weak: false,
            short: false,
        }
    }

    /// The same, reached by a family name only.
    pub fn short(self) -> Facts {
        Facts { short: true, ..self }
    }

    /// The country whose capital it is.
    pub fn capital_of(&self) -> Option<KnowledgeId> {
        self.country.filter(|_| self.sub_kind == Some(SubKind::Capital) && self.tier == 0)
    }

    /// A country, or one of those parts of countries that have teams of their own.
    pub fn is_land(&self) -> bool {
        let country = matches!(self.sub_kind, Some(SubKind::Country | SubKind::Territory));
        let nation = self.sub_kind == Some(SubKind::Region) && self.tier == 0;
        (country || nation) && matches!(self.target, Target::BuiltIn(_))
    }

    pub(super) fn is_city(&self) -> bool {
        matches!(self.sub_kind, Some(SubKind::City | SubKind::Capital))
    }
}

/// A candidate with what speaks for it.
#[derive(Clone, Debug)]
pub struct Weighed {
    pub facts: Facts,
    pub points: i32,
    pub reasons: Vec<Reason>,
}

impl Weighed {
    pub(super) fn add(&mut self, clue: Clue, points: i32) {
        if points != 0 {
            self.points += points;
            self.reasons.push(Reason { clue, points: points.clamp(-100, 100) as i8 });
        }
    }

    /// As the annotation keeps it.
    pub fn candidate(&self, document: &Document<'_>) -> model::Candidate {
        let mut reasons = self.reasons.clone();
        reasons.sort_by_key(|r| (-i32::from(r.points).abs(), r.clue));
        let score = self.points.clamp(-999, 999) as i16;
        model::Candidate { entity: self.facts.target.id(document), score, reasons }
    }
}

/// Weighs one candidate; `None` when it cannot be meant.
pub fn weigh(case: &Case<'_, '_>, facts: Facts) -> Option<Weighed> {
    if facts.kind == EntityKind::Organization && is_award(case) {
        return None;
    }
    let mut weighed = Weighed { facts, points: 0, reasons: Vec::with_capacity(8) };
    // Logarithm of inhabitants or their like: 0 to 45.
    weighed.add(Clue::Prior, (45.0 * ((1.0 + facts.prior as f32).ln() / 20.7).min(1.0)) as i32);
    if matches!(facts.target, Target::Registry(_)) {
        weighed.add(Clue::Registry, 30);
    }
    if case.occurrence.tokens.len() > 1 && !facts.short {
        weighed.add(Clue::FullName, 20);
    }
    match facts.tier {
        0 => weighed.add(Clue::FirstRank, 25),
        1 if facts.kind != EntityKind::Person => weighed.add(Clue::FirstRank, 6),
        _ => {}
    }
    kind(case, &mut weighed);
    company(case, &mut weighed);
    beside(case, &mut weighed)?;
    wording(case, &mut weighed);
    subject(case, &mut weighed);
    if facts.weak {
        // `Congress`, `Labour`, `the Fed`: bodies of a country that the text speaks of, where the tagger is sure of them.
        let body = matches!(facts.sub_kind, Some(SubKind::Government | SubKind::Party));
        let sure = case
            .occurrence
            .tagged
            .is_some_and(|(kind, sure)| kind_of(kind) == Some(facts.kind) && sure > 0.7);
        let home = weighed.reasons.iter().any(|r| r.clue == Clue::Country && r.points > 0);
        // `Toyota`, in business copy.
        let firm = matches!(facts.sub_kind, Some(SubKind::Company | SubKind::Brand))
            && case.company.subject(case.document).business;
        weighed.add(Clue::Ordinary, if sure && (body && home || firm) { -20 } else { -50 });
    }
    // `National Assembly` without its country in the text is anybody's.
    if facts.kind == EntityKind::Organization
        && !weighed.reasons.iter().any(|r| r.clue == Clue::Country && r.points > 0)
        && is_generic(&case.document.text.folded(&case.occurrence.tokens))
    {
        weighed.add(Clue::Generic, -60);
    }
    if facts.short {
        weighed.add(Clue::ShortName, -15);
    }
    office_and_day(case, &mut weighed);
    Some(weighed)
}

/// `Nobel Prize`: what a body gives is not the body.
fn is_award(case: &Case<'_, '_>) -> bool {
    let tokens = &case.occurrence.tokens;
    let last = case.document.text.folded.token(tokens.end as usize - 1);
    tokens.len() > 1 && matches!(last, "prize" | "prizes" | "award" | "awards" | "medal")
}

/// Among rivals, one whose country the text does not speak of stands back behind one whose country it does.
pub fn compare(all: &mut [Weighed]) {
    let kept = |w: &Weighed| {
        w.reasons.iter().any(|r| matches!(r.clue, Clue::Country | Clue::Company) && r.points > 0)
    };
    if all.iter().any(kept) {
        for weighed in all.iter_mut().filter(|w| w.facts.country.is_some() && !kept(w)) {
            weighed.add(Clue::Country, -15);
        }
    }
}

/// Whether the tagger agrees on the kind.
fn kind(case: &Case<'_, '_>, weighed: &mut Weighed) {
    let facts = weighed.facts;
    let points = match case.occurrence.tagged.and_then(|(tagged, sure)| Some((kind_of(tagged)?, sure))) {
        Some((tagged, sure)) if tagged == facts.kind => (25.0 * sure) as i32,
        // Countries and cities act as organisations do.
        Some((EntityKind::Organization, _)) if facts.kind == EntityKind::Place => -5,
        // A name of several words that nothing else bears says more than the tagger.
        Some((_, sure)) if case.occurrence.tokens.len() > 1 && case.occurrence.pack.len() == 1 => {
            -(20.0 * sure) as i32
        }
        Some((_, sure)) => -(45.0 * sure) as i32,
        None => 0,
    };
    weighed.add(Clue::Kind, points);
}

/// What else the text names of its country and region.
fn company(case: &Case<'_, '_>, weighed: &mut Weighed) {
    let pack = knowledge::pack();
    let facts = weighed.facts;
    let token = case.place;
    if let Some(country) = facts.country {
        let itself = facts.record == Some(country);
        let points = case.company.country(country, token);
        weighed.add(if itself { Clue::Company } else { Clue::Country }, points);
        let region = match (facts.sub_kind, facts.record) {
            (Some(SubKind::Region), Some(id)) => pack.name(id),
            (Some(SubKind::City), Some(id)) => pack.field(id),
            _ => "",
        };
        if !region.is_empty() {
            let points = case.company.region(country, region, token);
            weighed.add(Clue::Company, points * 3 / 2);
            // A small town of another region than those that the text speaks of.
            if points == 0 && facts.tier > 1 && case.company.other_regions(country, region) {
                weighed.add(Clue::Company, -20);
            }
        }
        // A town of a country that the text does not speak of, while it speaks of another throughout.
        if facts.is_city() && facts.tier > 0 && points == 0 && case.company.elsewhere(country) {
            weighed.add(Clue::Country, -20);
        }
    }
    let entity = || facts.target.id(case.document);
    let name = || match facts.target {
        Target::Registry(row) => case.document.lexicon.entities[row as usize].name.as_str(),
        Target::BuiltIn(id) => pack.name(id),
    };
    if case.company.has_named() && case.company.names(&entity(), name()) {
        weighed.add(Clue::Story, 35);
    }
}

/// `Savannah, Georgia` tells both what they are; `Paris, Texas` is not the capital of France.
fn beside(case: &Case<'_, '_>, weighed: &mut Weighed) -> Option<()> {
    let pack = knowledge::pack();
    let facts = weighed.facts;
    let Beside { before, after, state, closed } = case.beside;
    let Some(record) = facts.record else { return Some(()) };
    // Something that lies in this region or country stands before the comma.
    let holds = before.iter().any(|c| c.id != record && lies_in(c.id, record));
    if holds {
        weighed.add(Clue::Beside, 60);
        return Some(());
    }
    let containers = || after.iter().filter(|c| c.id != record && is_container(c.id));
    if !facts.is_city() {
        // `in Lebanon, Pennsylvania,` is a town, not the country.
        let elsewhere = closed && facts.kind == EntityKind::Place;
        let inside = || containers().any(|c| lies_in(c.id, record) || lies_in(record, c.id));
        return (!elsewhere || state.is_none() && inside()).then_some(());
    }
    if let Some(state) = state {
        let fits = fold(pack.field(record)) == state && !pack.field(record).is_empty();
        if !fits {
            return None;
        }
        weighed.add(Clue::Beside, 60);
        return Some(());
    }
    let land = |id: KnowledgeId| pack.brief(id).and_then(|b| b.country);
    if containers().any(|c| lies_in(record, c.id)) {
        weighed.add(Clue::Beside, 60);
    } else if pack.field(record).is_empty() && containers().any(|c| land(c.id) == facts.country) {
        // `London, England`: in which region a capital lies is not recorded.
        weighed.add(Clue::Beside, 20);
    } else if containers().next().is_some() && after.iter().all(|c| is_region(c.id)) {
        // A city with the name of a region behind it that it does not lie in is another city of its name.
        return None;
    }
    Some(())
}

/// What the words right around the name say.
fn wording(case: &Case<'_, '_>, weighed: &mut Weighed) {
    let facts = weighed.facts;
    let wording = case.wording;
    let mut points = 0;
    match facts.kind {
        EntityKind::Place => {
            points -= if wording.part { 45 } else { 0 };
            if wording.said_country {
                points += if matches!(facts.sub_kind, Some(SubKind::Country)) { 50 } else { -40 };
            } else if wording.said_city {
                points += if facts.is_city() { 20 } else { -60 };
            }
            points += if wording.place { 12 } else { 0 } + if wording.toward { 6 } else { 0 };
            points -= if wording.person { 40 } else { 0 };
            // `grain trader Cargill's rival Bunge`: no town.
            points -= if wording.firm && facts.is_city() { 50 } else { 0 };
            if wording.region {
                points += match facts.sub_kind {
                    Some(SubKind::Region) => 60,
                    Some(SubKind::City | SubKind::Capital) => -20,
                    _ => 0,
                };
            }
            if wording.city {
                points += match facts.sub_kind {
                    Some(SubKind::City | SubKind::Capital) => 40,
                    Some(SubKind::Region | SubKind::Country) => -20,
                    _ => 0,
                };
            }
        }
        EntityKind::Organization => {
            points -= if wording.place { 15 } else { 0 };
            points += if wording.acts { 15 } else { 0 };
            points -= if wording.national && facts.sub_kind == Some(SubKind::International) { 60 } else { 0 };
            let firm = matches!(facts.sub_kind, Some(SubKind::Company | SubKind::Brand));
            points -= if wording.model && firm { 50 } else { 0 };
            points -= if wording.common && firm && facts.weak { 80 } else { 0 };
            match facts.sub_kind {
                Some(SubKind::Company | SubKind::Brand) if wording.trades => points += 20,
                Some(SubKind::Club) if wording.plays => points += 20,
                _ => {}
            }
        }
        EntityKind::Person => {
            points += if wording.person { 20 } else { 0 };
            points -= if wording.place { 15 } else { 0 };
            points -= if wording.firm { 50 } else { 0 };
            // `said the Hunter`
            points -= if wording.common { 60 } else { 0 };
        }
        _ => {}
    }
    weighed.add(Clue::Wording, points);
}

/// What the text is about: in the sports pages, `Liverpool` that plays is the club; in business, `Apple` the firm.
fn subject(case: &Case<'_, '_>, weighed: &mut Weighed) {
    let facts = weighed.facts;
    let club = facts.sub_kind == Some(SubKind::Club);
    let firm = matches!(facts.sub_kind, Some(SubKind::Company | SubKind::Brand));
    let wording = case.wording;
    let points = if club {
        if case.company.subject(case.document).sport && !wording.place { 45 } else { 0 }
    } else if firm && (facts.weak || case.occurrence.pack.len() > 1) {
        if case.company.subject(case.document).business && !wording.place { 30 } else { 0 }
    } else if facts.is_city() && case.is_side() {
        -60
    } else if facts.is_city() && (wording.plays || has_club(case)) && !wording.place && !wording.city {
        if case.company.subject(case.document).sport { -30 } else { 0 }
    } else if facts.sub_kind == Some(SubKind::Country) && wording.plays && !wording.place {
        // The team of the country.
        if case.company.subject(case.document).sport { -50 } else { 0 }
    } else {
        0
    };
    weighed.add(Clue::Topic, points);
}

fn has_club(case: &Case<'_, '_>) -> bool {
    let pack = knowledge::pack();
    let club = |c: &Candidate| pack.brief(c.id).is_some_and(|b| b.sub_kind == SubKind::Club);
    case.occurrence.pack.iter().any(club)
}

/// Who held which office then, and what existed.
fn office_and_day(case: &Case<'_, '_>, weighed: &mut Weighed) {
    let facts = weighed.facts;
    let day = case.document.day;
    if facts.kind == EntityKind::Person {
        let record = facts.record.and_then(|id| knowledge::pack().record(id));
        if let Some(post) = &case.post {
            let of_pack = record.as_ref().map_or(Held::No, |r| posts::held_in_pack(post, &r.roles, day));
            let of_registry = match facts.target {
                Target::Registry(row) => {
                    posts::held_in_registry(post, &case.document.lexicon.entities[row as usize], day)
                }
                Target::BuiltIn(_) => Held::No,
            };
            match of_pack.max(of_registry) {
                Held::Then => weighed.add(Clue::Office, 35),
                Held::OtherTime => weighed.add(Clue::Office, -15),
                Held::No => {}
            }
        }
        if let (Some(record), Some(day)) = (&record, day) {
            weighed.add(Clue::Day, in_office(record, i32::from(day.year())));
        }
        return;
    }
    if let (Some(record), Some(day)) = (facts.record, day) {
        let Some(record) = knowledge::pack().record(record) else { return };
        let year = i32::from(day.year());
        let begun = record.from.is_none_or(|d| i32::from(d.year) <= year);
        let ended = record.to.is_some_and(|d| i32::from(d.year) < year);
        weighed.add(
            Clue::Day,
            match (begun, ended, record.brief.sub_kind) {
                (false, _, _) => -25,
                (_, true, SubKind::FormerState) => 0,
                (_, true, _) => -15,
                _ => 0,
            },
        );
    }
}

/// Nobody is named for an office that he takes up a generation later.
fn in_office(record: &knowledge::record::Record, year: i32) -> i32 {
    let years = |role: &knowledge::record::Role| {
        (role.from.map(|d| i32::from(d.year)), role.to.map(|d| i32::from(d.year)))
    };
    let first = record.roles.iter().filter_map(|r| years(r).0).min();
    let last = record.roles.iter().map(|r| years(r).1).max().flatten();
    let current = record.roles.iter().any(|r| {
        let (from, to) = years(r);
        from.is_some_and(|from| from <= year) && to.is_none_or(|to| to >= year)
    });
    match (first, last) {
        (Some(first), _) if first > year + 15 => -30,
        (_, Some(last)) if last + 60 < year => -20,
        (Some(_), _) if current => 8,
        _ => 0,
    }
}
