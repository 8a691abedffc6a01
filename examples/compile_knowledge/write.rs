//! Joined rows go in; the bytes of the pack leave. `src/knowledge/pack.rs` describes the layout.

use std::collections::BTreeMap;

use dateline::knowledge::fold::{fold, slug};
use dateline::knowledge::index::{Via, weight};
use dateline::knowledge::pack::{
    self, HAS_DATES, HAS_FIELD, HAS_POSITION, HAS_SLUG, HAS_SURNAME, HAS_WIKIDATA,
};
use dateline::knowledge::record::{OFFICES, PartialDate, SUB_KINDS, SubKind};
use fst::MapBuilder;

use crate::rows::Row;
use crate::{names, weak};

/// Strings that many records share, each once.
#[derive(Default)]
struct Texts {
    numbers: BTreeMap<String, u32>,
    offsets: Vec<u8>,
    bytes: Vec<u8>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        self.offsets.extend(length(&self.bytes).to_le_bytes());
        put_text(&mut self.bytes, text);
        number
    }
}

/// Candidates of a key: id, way, whether it needs strong context.
type Hits = BTreeMap<String, Vec<(u32, Via, bool)>>;

/// Writes the pack. `words` has one ordinary English word a line.
pub fn pack(rows: &[Row], words: &str) -> Vec<u8> {
    let weak = weak::learn(rows, words);
    let lands = countries(rows);
    let mut texts = Texts::default();
    let (mut offsets, mut records) = (Vec::new(), Vec::new());
    let (mut names, mut surnames) = (Hits::new(), Hits::new());
    let mut wikidata = Vec::new();
    for (id, row) in (0..).zip(rows) {
        offsets.extend(length(&records).to_le_bytes());
        record(row, &lands, &mut texts, &mut records);
        for (key, (weak, via)) in names::keys(row, &weak) {
            names.entry(key).or_default().push((id, via, weak));
        }
        if row.sub_kind == SubKind::Person {
            for key in names::surname_keys(row) {
                surnames.entry(key).or_default().push((id, Via::Surname, false));
            }
        }
        wikidata.extend(row.wikidata.map(|number| (number, id)));
    }
    wikidata.sort_unstable();
    let wikidata: Vec<u8> = wikidata.iter().flat_map(|(_, id)| id.to_le_bytes()).collect();
    let (name_index, hits) = index(names, rows);
    let (surname_index, surname_hits) = index(surnames, rows);
    let (country_offsets, country_bytes) = country_table(rows, &lands);
    let sections = [
        offsets,
        records,
        name_index,
        hits,
        surname_index,
        surname_hits,
        texts.offsets,
        texts.bytes,
        country_offsets,
        country_bytes,
        wikidata,
    ];
    assemble(&sections)
}

fn assemble(sections: &[Vec<u8>; pack::SECTIONS]) -> Vec<u8> {
    let mut bytes = pack::MAGIC.to_vec();
    let mut start = bytes.len() + 8 * sections.len();
    for section in sections {
        bytes.extend(u32::try_from(start).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(length(section).to_le_bytes());
        start += section.len();
    }
    for section in sections {
        println!("section of {} bytes", section.len());
        bytes.extend(section);
    }
    bytes
}

/// Codes of the countries: their place in the order of their alpha-2 codes.
fn countries(rows: &[Row]) -> BTreeMap<&str, (u8, u32)> {
    let ids: BTreeMap<&str, u32> = (0..)
        .zip(rows)
        .filter(|(_, row)| row.iso3.len() == 3)
        .map(|(id, row)| (row.country.as_str(), id))
        .collect();
    assert!(ids.len() < usize::from(pack::NO_COUNTRY), "a country has one byte");
    (0..).zip(ids).map(|(code, (iso, id))| (iso, (code, id))).collect()
}

fn code(lands: &BTreeMap<&str, (u8, u32)>, iso: &str) -> u8 {
    lands.get(iso).map_or(pack::NO_COUNTRY, |(code, _)| *code)
}

fn record(row: &Row, lands: &BTreeMap<&str, (u8, u32)>, texts: &mut Texts, out: &mut Vec<u8>) {
    let own_slug = slug(&row.name) != row.slug;
    let bits = [
        (HAS_SLUG, own_slug),
        (HAS_WIKIDATA, row.wikidata.is_some()),
        (HAS_POSITION, row.position.is_some()),
        (HAS_SURNAME, !row.surname.is_empty()),
        (HAS_DATES, row.from.is_some() || row.to.is_some()),
        (HAS_FIELD, !row.field.is_empty()),
        (pack::IS_COMMON, row.common_word),
    ];
    let flags: u8 = bits.iter().filter(|(_, set)| *set).map(|(bit, _)| *bit).sum();
    let sub_kind = SUB_KINDS.iter().position(|kind| *kind == row.sub_kind).unwrap_or(0);
    out.push(flags);
    out.push(u8::try_from(sub_kind).unwrap_or(0) | row.tier << 6);
    out.push(code(lands, &row.country));
    put_number(out, row.importance);
    put_text(out, &row.name);
    if own_slug {
        put_text(out, &row.slug);
    }
    if let Some(number) = row.wikidata {
        put_number(out, number);
    }
    if let Some((lat, lon)) = row.position {
        put_degrees(out, lat);
        put_degrees(out, lon);
    }
    if !row.surname.is_empty() {
        put_text(out, &row.surname);
    }
    if row.from.is_some() || row.to.is_some() {
        put_number(out, packed(row.from));
        put_number(out, packed(row.to));
    }
    if !row.field.is_empty() {
        put_number(out, texts.number(&row.field));
    }
    put_number(out, count(row.aliases.len()));
    for alias in &row.aliases {
        put_text(out, alias);
    }
    put_number(out, count(row.roles.len()));
    for role in &row.roles {
        put_number(out, texts.number(&role.title));
        let office = OFFICES.iter().position(|office| *office == role.office).unwrap_or(0);
        out.push(u8::try_from(office).unwrap_or(0));
        out.push(code(lands, &role.country));
        put_number(out, packed(role.from));
        put_number(out, packed(role.to));
    }
}

fn country_table(rows: &[Row], lands: &BTreeMap<&str, (u8, u32)>) -> (Vec<u8>, Vec<u8>) {
    let (mut offsets, mut bytes) = (Vec::new(), Vec::new());
    for (iso, (_, id)) in lands {
        let row = &rows[*id as usize];
        offsets.extend(length(&bytes).to_le_bytes());
        put_number(&mut bytes, *id);
        put_text(&mut bytes, iso);
        put_text(&mut bytes, &row.iso3);
        put_number(&mut bytes, capital(rows, row).map_or(0, |id| id + 1));
        put_number(&mut bytes, count(row.demonyms.len()));
        for demonym in &row.demonyms {
            put_text(&mut bytes, demonym);
        }
    }
    (offsets, bytes)
}

/// The capital: a place of the country with that name, a capital before a city; else its most populous capital.
fn capital(rows: &[Row], country: &Row) -> Option<u32> {
    let wanted = fold(&country.capital);
    let score = |row: &Row| {
        let named = !wanted.is_empty()
            && std::iter::once(&row.name).chain(&row.aliases).any(|name| {
                let name = fold(name);
                name == wanted || name.split(',').next() == Some(wanted.as_str())
            });
        let kind = match row.sub_kind {
            SubKind::Capital => 2,
            SubKind::City => 1,
            _ => return None,
        };
        (named || kind == 2).then_some((named, kind, row.importance))
    };
    let places = (0..).zip(rows).filter(|(_, row)| row.country == country.country);
    places.filter_map(|(id, row)| score(row).map(|score| (score, id))).max().map(|(_, id)| id)
}

fn index(hits: Hits, rows: &[Row]) -> (Vec<u8>, Vec<u8>) {
    let mut builder = MapBuilder::memory();
    let mut bytes = Vec::new();
    for (key, mut list) in hits {
        list.sort_by_key(|&(id, via, weak)| {
            let row = &rows[id as usize];
            let weight = weight(row.sub_kind, row.tier, row.importance);
            (weak, std::cmp::Reverse((weight, row.importance)), via, id)
        });
        let value = if let [single] = list.as_slice() {
            u64::from(hit(*single)) << 1 | 1
        } else {
            let place = u64::from(length(&bytes)) << 1;
            put_number(&mut bytes, count(list.len()));
            list.iter().for_each(|single| put_number(&mut bytes, hit(*single)));
            place
        };
        builder.insert(key, value).expect("keys come sorted");
    }
    (builder.into_inner().expect("memory does not fail"), bytes)
}

fn hit((id, via, weak): (u32, Via, bool)) -> u32 {
    id << 4 | (via as u32) << 1 | u32::from(weak)
}

fn packed(date: Option<PartialDate>) -> u32 {
    date.map_or(0, |date| u32::from(date.year) << 9 | u32::from(date.month) << 5 | u32::from(date.day))
}

fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, count(text.len()));
    out.extend(text.as_bytes());
}

fn put_degrees(out: &mut Vec<u8>, degrees: f64) {
    let units = (degrees * 10_000.0).round() as i32;
    out.extend(&units.to_le_bytes()[..3]);
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn length(bytes: &[u8]) -> u32 {
    count(bytes.len())
}
