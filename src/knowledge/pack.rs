//! The bytes of the pack go in; a [`Knowledge`] value leaves, which decodes one record at a time.
//!
//! Layout, written by `examples/compile_knowledge`: the magic number, then eleven sections, each given in the header
//! as offset and length (little-endian 32-bit numbers). Records stand in the order of their slugs, so that a slug is
//! found by bisection; a slug is stored only where the name does not give it.

use fst::raw::Fst;

use crate::knowledge::fold;
use crate::knowledge::record::{
    Brief, Country, KnowledgeId, OFFICES, Office, PartialDate, Record, Role, SUB_KINDS, SubKind,
};
use crate::knowledge::wire::{Reader, word};

/// The first bytes of a pack of this layout.
pub const MAGIC: &[u8; 8] = b"DLPACK02";

/// Bits of a record's first byte: which optional fields follow.
pub const HAS_SLUG: u8 = 1;
pub const HAS_WIKIDATA: u8 = 2;
pub const HAS_POSITION: u8 = 4;
pub const HAS_SURNAME: u8 = 8;
pub const HAS_DATES: u8 = 16;
pub const HAS_FIELD: u8 = 32;
pub const IS_COMMON: u8 = 64;

/// Code of "no country" in a record.
pub const NO_COUNTRY: u8 = 255;

/// The parts of the pack, in the order in which the header gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Offset of each record.
    Offsets,
    Records,
    /// Folded names → one candidate, or the place of several.
    Names,
    Hits,
    /// Folded surnames → the place of several candidates.
    Surnames,
    SurnameHits,
    /// Titles and fields, each once: offsets, then the strings.
    TextOffsets,
    Texts,
    /// Countries by alpha-2 code.
    CountryOffsets,
    Countries,
    /// Records with a Wikidata number, by that number.
    Wikidata,
}

/// How many sections a pack has.
pub const SECTIONS: usize = 11;

/// The opened pack.
pub struct Knowledge {
    pub sections: [&'static [u8]; SECTIONS],
    /// `None` only if the pack could not be opened.
    pub names: Option<Fst<&'static [u8]>>,
    pub surnames: Option<Fst<&'static [u8]>>,
}

/// Opens a pack. Bytes that are no pack of this layout give a pack without records.
pub fn open(bytes: &'static [u8]) -> Knowledge {
    let mut sections: [&'static [u8]; SECTIONS] = [&[]; SECTIONS];
    if bytes.starts_with(MAGIC) {
        let header = bytes.get(MAGIC.len()..).unwrap_or_default();
        for (index, section) in sections.iter_mut().enumerate() {
            let start = word(header, 2 * index).unwrap_or(0) as usize;
            let length = word(header, 2 * index + 1).unwrap_or(0) as usize;
            *section = bytes.get(start..start.saturating_add(length)).unwrap_or_default();
        }
    }
    let names = Fst::new(sections[Section::Names as usize]).ok();
    let surnames = Fst::new(sections[Section::Surnames as usize]).ok();
    Knowledge { sections, names, surnames }
}

impl Knowledge {
    /// How many records there are; their ids are 0 up to this number.
    pub fn count(&self) -> u32 {
        u32::try_from(self.section(Section::Offsets).len() / 4).unwrap_or(0)
    }

    /// What ranking needs of a record; `None` for a number that is no record's.
    pub fn brief(&self, id: KnowledgeId) -> Option<Brief> {
        self.head(id).map(|(_, brief, _)| brief)
    }

    /// The usual name of a record; empty for a number that is no record's.
    pub fn name(&self, id: KnowledgeId) -> &'static str {
        self.head(id).map_or("", |(_, _, mut reader)| reader.text())
    }

    /// The whole record; `None` for a number that is no record's.
    pub fn record(&self, id: KnowledgeId) -> Option<Record> {
        let (flags, brief, mut reader) = self.head(id)?;
        let name = reader.text();
        let slug = if flags & HAS_SLUG != 0 { reader.text().to_owned() } else { fold::slug(name) };
        let wikidata = (flags & HAS_WIKIDATA != 0).then(|| reader.number());
        let position = (flags & HAS_POSITION != 0).then(|| (reader.degrees(), reader.degrees()));
        let surname = (flags & HAS_SURNAME != 0).then(|| reader.text());
        let dates = flags & HAS_DATES != 0;
        let (from, to) = if dates { (date(&mut reader), date(&mut reader)) } else { (None, None) };
        let field = if flags & HAS_FIELD != 0 { self.text(reader.number()) } else { "" };
        let aliases = (0..reader.number()).map(|_| reader.text()).collect();
        let roles = (0..reader.number()).map(|_| self.role(&mut reader)).collect();
        let kind = brief.sub_kind.kind();
        Some(Record { brief, kind, slug, name, aliases, wikidata, position, surname, roles, field, from, to })
    }

    /// The field of a record (see [`Record::field`]), without decoding the rest.
    pub fn field(&self, id: KnowledgeId) -> &'static str {
        let Some((flags, _, mut reader)) = self.head(id) else { return "" };
        if flags & HAS_FIELD == 0 {
            return "";
        }
        reader.text();
        if flags & HAS_SLUG != 0 {
            reader.text();
        }
        if flags & HAS_WIKIDATA != 0 {
            reader.number();
        }
        if flags & HAS_POSITION != 0 {
            reader.degrees();
            reader.degrees();
        }
        if flags & HAS_SURNAME != 0 {
            reader.text();
        }
        if flags & HAS_DATES != 0 {
            date(&mut reader);
            date(&mut reader);
        }
        self.text(reader.number())
    }

    /// The record of this slug.
    pub fn by_slug(&self, slug: &str) -> Option<KnowledgeId> {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.slug(KnowledgeId(middle)).as_str().cmp(slug) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(KnowledgeId(middle)),
            }
        }
        None
    }

    /// The slug of a record; empty for a number that is no record's.
    pub fn slug(&self, id: KnowledgeId) -> String {
        let Some((flags, _, mut reader)) = self.head(id) else { return String::new() };
        let name = reader.text();
        if flags & HAS_SLUG != 0 { reader.text().to_owned() } else { fold::slug(name) }
    }

    /// The Wikidata number of a record, without its `Q`.
    pub fn wikidata(&self, id: KnowledgeId) -> Option<u32> {
        let (flags, _, mut reader) = self.head(id)?;
        reader.text();
        if flags & HAS_SLUG != 0 {
            reader.text();
        }
        (flags & HAS_WIKIDATA != 0).then(|| reader.number())
    }

    /// The record of the Wikidata item of this number, without its `Q`.
    pub fn by_wikidata(&self, number: u32) -> Option<KnowledgeId> {
        let table = self.section(Section::Wikidata);
        let (mut low, mut high) = (0, table.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            let id = KnowledgeId(word(table, middle)?);
            match self.wikidata(id)?.cmp(&number) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(id),
            }
        }
        None
    }

    /// All countries and territories with an ISO 3166-1 code, by that code.
    pub fn countries(&self) -> impl Iterator<Item = Country> {
        let count = self.section(Section::CountryOffsets).len() / 4;
        (0..count).filter_map(|index| self.country_at(index))
    }

    /// The country of this ISO 3166-1 alpha-2 code, whatever the case.
    pub fn country_by_iso(&self, iso2: &str) -> Option<Country> {
        self.countries().find(|country| country.iso2.eq_ignore_ascii_case(iso2))
    }

    /// What is known of a record as a country; `None` if it is not one.
    pub fn country(&self, id: KnowledgeId) -> Option<Country> {
        let offset = word(self.section(Section::Offsets), id.0 as usize)?;
        let code = Reader::new(self.section(Section::Records), offset as usize + 2).byte();
        self.country_at(usize::from(code)).filter(|country| country.id == id)
    }

    /// The records of tier 0, in the order of their slugs: what links well on a fresh site.
    pub fn principal(&self) -> impl Iterator<Item = Brief> {
        (0..self.count()).filter_map(|id| self.brief(KnowledgeId(id))).filter(|brief| brief.tier == 0)
    }

    pub(super) fn section(&self, section: Section) -> &'static [u8] {
        self.sections[section as usize]
    }

    /// The flags and the brief of a record, and a reader that stands at its name.
    fn head(&self, id: KnowledgeId) -> Option<(u8, Brief, Reader)> {
        let offset = word(self.section(Section::Offsets), id.0 as usize)?;
        let mut reader = Reader::new(self.section(Section::Records), offset as usize);
        let flags = reader.byte();
        let code = reader.byte();
        let sub_kind = SUB_KINDS.get(usize::from(code & 0x3f)).copied().unwrap_or(SubKind::OtherOrganization);
        let country = self.country_id(reader.byte());
        let importance = reader.number();
        let common_word = flags & IS_COMMON != 0;
        Some((flags, Brief { id, sub_kind, tier: code >> 6, importance, country, common_word }, reader))
    }

    fn country_reader(&self, index: usize) -> Option<Reader> {
        let offset = word(self.section(Section::CountryOffsets), index)?;
        Some(Reader::new(self.section(Section::Countries), offset as usize))
    }

    fn country_id(&self, code: u8) -> Option<KnowledgeId> {
        let mut reader = if code == NO_COUNTRY { None } else { self.country_reader(usize::from(code)) }?;
        Some(KnowledgeId(reader.number()))
    }

    fn country_at(&self, index: usize) -> Option<Country> {
        let mut reader = self.country_reader(index)?;
        let id = KnowledgeId(reader.number());
        let (iso2, iso3) = (reader.text(), reader.text());
        let capital = reader.number().checked_sub(1).map(KnowledgeId);
        let demonyms = (0..reader.number()).map(|_| reader.text()).collect();
        Some(Country { id, iso2, iso3, capital, demonyms })
    }

    fn role(&self, reader: &mut Reader) -> Role {
        let title = self.text(reader.number());
        let office = OFFICES.get(usize::from(reader.byte())).copied().unwrap_or(Office::Plain);
        let country = self.country_id(reader.byte());
        Role { title, office, country, from: date(reader), to: date(reader) }
    }

    fn text(&self, index: u32) -> &'static str {
        let Some(offset) = word(self.section(Section::TextOffsets), index as usize) else { return "" };
        Reader::new(self.section(Section::Texts), offset as usize).text()
    }
}

/// A date as the pack holds it: year × 512 + month × 32 + day; 0 for none.
fn date(reader: &mut Reader) -> Option<PartialDate> {
    let packed = reader.number();
    let year = u16::try_from(packed >> 9).unwrap_or(0);
    // Both are masked to less than eight bits.
    let (month, day) = ((packed >> 5 & 15) as u8, (packed & 31) as u8);
    (packed != 0).then_some(PartialDate { year, month, day })
}
