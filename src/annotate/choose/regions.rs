//! Records enter; which is a region, which lies in which, and who stands back for it leaves.

use crate::{
    annotate::choose::{Case, score::Weighed},
    knowledge::{
        self,
        record::{KnowledgeId, SubKind},
    },
    model::Clue,
    text::fold::fold,
};

/// Whether a record is a first-level division of a country.
pub fn is_region(id: KnowledgeId) -> bool {
    knowledge::pack().brief(id).is_some_and(|b| b.sub_kind == SubKind::Region)
}

/// Whether a record is a country.
pub fn is_country(id: KnowledgeId) -> bool {
    knowledge::pack().brief(id).is_some_and(|b| b.sub_kind == SubKind::Country)
}

/// Whether a record is a place that others lie in: a region, a country or a territory.
pub fn is_container(id: KnowledgeId) -> bool {
    let kinds = [SubKind::Region, SubKind::Country, SubKind::Territory];
    knowledge::pack().brief(id).is_some_and(|b| kinds.contains(&b.sub_kind))
}

/// Whether a place lies in a region or country.
pub fn lies_in(inner: KnowledgeId, outer: KnowledgeId) -> bool {
    let pack = knowledge::pack();
    let (Some(inside), Some(around)) = (pack.brief(inner), pack.brief(outer)) else { return false };
    match around.sub_kind {
        SubKind::Country | SubKind::Territory => {
            inside.country == Some(outer)
                && matches!(inside.sub_kind, SubKind::City | SubKind::Capital | SubKind::Region)
        }
        SubKind::Region => {
            let field = pack.field(inner);
            inside.country == around.country
                && inside.sub_kind == SubKind::City
                && !field.is_empty()
                && fold(field) == fold(pack.name(outer))
        }
        _ => false,
    }
}

/// Of a city and the region around it that has its name (Dubai, Geneva), the city is meant where no word says otherwise.
pub fn stands_back(case: &Case<'_, '_>, all: &mut [Weighed]) {
    if case.wording.region {
        return;
    }
    let pack = knowledge::pack();
    // The sources spell a region otherwise where it is that of a city: `Dubay`, `Genève`.
    let alike = |a: &str, b: &str| {
        let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        same > 2 && same * 3 >= a.len().min(b.len()) * 2
    };
    let seat = |region: KnowledgeId, all: &[Weighed]| {
        let country = pack.brief(region).and_then(|b| b.country);
        all.iter().any(|w| {
            let field = w.facts.record.map_or("", |city| pack.field(city));
            w.facts.is_city() && w.facts.country == country && alike(&fold(field), &fold(pack.name(region)))
        })
    };
    for i in 0..all.len() {
        let region = all[i].facts.record.filter(|id| is_region(*id));
        if region.is_some_and(|id| seat(id, all)) {
            all[i].add(Clue::Wording, -15);
        }
    }
}
