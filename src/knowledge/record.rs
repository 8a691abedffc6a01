//! The nouns of the pack: what the program knows about one person, organisation or place.

/// Number of a record in this edition of the pack. It changes between editions: store the slug, not the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnowledgeId(pub u32);

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Person,
    Organization,
    Place,
}

/// The narrower kind. The order is that of the codes in the pack: add at the end only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubKind {
    Person,
    Country,
    /// A dependency, or a land that few states recognise.
    Territory,
    /// A state that no longer exists, or a republic of one.
    FormerState,
    /// A first-level division of a country.
    Region,
    /// A wide region, a sea, a strait, a continent: whatever has no single country.
    Area,
    City,
    /// The capital of a country.
    Capital,
    International,
    Government,
    Education,
    Company,
    Brand,
    Newspaper,
    NewsAgency,
    Nonprofit,
    Facility,
    Healthcare,
    Party,
    Archive,
    Club,
    Militant,
    OtherOrganization,
}

/// All narrower kinds by their code in the pack.
pub const SUB_KINDS: [SubKind; 23] = [
    SubKind::Person,
    SubKind::Country,
    SubKind::Territory,
    SubKind::FormerState,
    SubKind::Region,
    SubKind::Area,
    SubKind::City,
    SubKind::Capital,
    SubKind::International,
    SubKind::Government,
    SubKind::Education,
    SubKind::Company,
    SubKind::Brand,
    SubKind::Newspaper,
    SubKind::NewsAgency,
    SubKind::Nonprofit,
    SubKind::Facility,
    SubKind::Healthcare,
    SubKind::Party,
    SubKind::Archive,
    SubKind::Club,
    SubKind::Militant,
    SubKind::OtherOrganization,
];

impl SubKind {
    /// The kind that this one belongs to.
    pub fn kind(self) -> Kind {
        match self {
            SubKind::Person => Kind::Person,
            SubKind::Country | SubKind::Territory | SubKind::FormerState | SubKind::Region => Kind::Place,
            SubKind::Area | SubKind::City | SubKind::Capital => Kind::Place,
            _ => Kind::Organization,
        }
    }
}

/// A day, a month or a year: `month` and `day` are 0 where they are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// What an office is besides its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    Plain,
    HeadOfState,
    HeadOfGovernment,
    Republican,
    Democrat,
    Independent,
}

/// All offices by their code in the pack.
pub const OFFICES: [Office; 6] = [
    Office::Plain,
    Office::HeadOfState,
    Office::HeadOfGovernment,
    Office::Republican,
    Office::Democrat,
    Office::Independent,
];

/// An office that a person holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Title of the office without its country: `Prime Minister`, `Ambassador to Iran`. Empty if the source is garbled.
    pub title: &'static str,
    pub office: Office,
    /// The country served; `None` for offices of international bodies.
    pub country: Option<KnowledgeId>,
    pub from: Option<PartialDate>,
    /// `None` means that no end is known, not that the person is in office.
    pub to: Option<PartialDate>,
}

/// What ranking and filtering need of a record, read without its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Brief {
    pub id: KnowledgeId,
    pub sub_kind: SubKind,
    /// 0: links well in any newsroom (countries, capitals, world cities, principal bodies, heads of state and
    /// government); 1: of note; 2: the rest.
    pub tier: u8,
    /// Inhabitants for places; a score of about 0 to 160 for everything else. 0 where unknown.
    pub importance: u32,
    /// The record of the country, also for countries themselves.
    pub country: Option<KnowledgeId>,
    /// The name is an ordinary English word: link it only with strong context.
    pub common_word: bool,
}

/// One record of the pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub brief: Brief,
    pub kind: Kind,
    /// Address part, unique in the pack and kept from edition to edition.
    pub slug: String,
    pub name: &'static str,
    /// Other names as sources give them, in order of the source.
    pub aliases: Vec<&'static str>,
    /// Number of the Wikidata item without its `Q`; `None` where no source states one.
    pub wikidata: Option<u32>,
    /// Latitude and longitude in degrees (WGS 84), to four decimals.
    pub position: Option<(f64, f64)>,
    /// The last name, by rule; use it after the full name, or for people of importance 100 and more.
    pub surname: Option<&'static str>,
    /// Offices, the weightiest first. Empty for everything but people.
    pub roles: Vec<Role>,
    /// A field of its kind: the part of the world of a country (`Southern Asia`), the trade of a company
    /// (`Semiconductors`), the type of an area (`strait`), the state of a newspaper. Empty if unknown.
    pub field: &'static str,
    /// First and last day of existence, for organisations.
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
}

/// What only countries and territories have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    pub id: KnowledgeId,
    /// ISO 3166-1 alpha-2 code in capitals.
    pub iso2: &'static str,
    /// ISO 3166-1 alpha-3 code in capitals; empty if unknown.
    pub iso3: &'static str,
    pub capital: Option<KnowledgeId>,
    /// Adjectives and names of its people, in the singular and plural: `Russian`, `Russians`.
    pub demonyms: Vec<&'static str>,
}
