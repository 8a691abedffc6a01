//! The dates that the texts give → how many fall into each year: which pages the timeline has follows from that.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::model::{
    Annotation,
    dated::grain,
    site::{DatedYear, Site},
};

/// How many dates of the timeline an article gives, by their years.
pub fn years(annotation: &Annotation) -> BTreeMap<i16, u32> {
    let mut years = BTreeMap::new();
    for date in annotation.dates.iter().filter(|date| grain(date).is_some()) {
        *years.entry(date.day.year()).or_default() += 1;
    }
    years
}

/// Fills `site.dated`.
pub fn dated(site: &mut Site) {
    let add = |mut years: BTreeMap<i16, u32>, others: BTreeMap<i16, u32>| {
        for (year, dates) in others {
            *years.entry(year).or_default() += dates;
        }
        years
    };
    let each = site.articles.par_iter().map(|entry| self::years(&entry.annotation));
    let years = each.fold(BTreeMap::new, add).reduce(BTreeMap::new, add);
    site.dated = years.into_iter().map(|(year, dates)| DatedYear { year, dates }).collect();
}

/// The same after some articles were edited: `more` dates fall into each year.
pub fn again(site: &mut Site, more: &BTreeMap<i16, i64>) {
    for (year, more) in more.iter().filter(|(_, more)| **more != 0) {
        let (year, at) = (*year, site.dated.binary_search_by_key(year, |known| known.year));
        let known = at.map_or(0, |at| i64::from(site.dated[at].dates));
        let dates = u32::try_from(known + more).unwrap_or(0);
        match at {
            Ok(at) if dates == 0 => drop(site.dated.remove(at)),
            Ok(at) => site.dated[at].dates = dates,
            Err(at) => site.dated.insert(at, DatedYear { year, dates }),
        }
    }
}
