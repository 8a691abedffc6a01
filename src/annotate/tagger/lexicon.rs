//! What the tagger knows of single words and of listed names: a word or a row of words enters, bits leave.

use crate::annotate::tagger::table::{Table, mix};

/// Facts about one word, packed in 32 bits: fine cluster (11), coarse cluster (8), case habit (2), lists (11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordInfo(pub u32);

/// Bits of [`WordInfo::lists`].
pub mod list {
    /// Given names of people.
    pub const GIVEN: u32 = 1;
    /// Family names of people.
    pub const FAMILY: u32 = 2;
    /// Given name and an ordinary word or place as well (`Will`, `Paris`).
    pub const DOUBTFUL: u32 = 4;
    /// `American`, `Frenchman`, `Kurds`.
    pub const DEMONYM: u32 = 8;
    /// Last word of many organisation names: `Bank`, `Ministry`, `Inc.`.
    pub const ORG_HEAD: u32 = 16;
    /// Last or first word of many place names: `River`, `Mount`.
    pub const PLACE_HEAD: u32 = 32;
    /// First word of many organisation names: `National`, `Bank`, `University`.
    pub const ORG_FIRST: u32 = 64;
}

impl WordInfo {
    /// Packs the parts; each is cut to its width.
    pub fn new(fine: u32, coarse: u32, case: u32, lists: u32) -> WordInfo {
        WordInfo(fine & 0x7ff | (coarse & 0xff) << 11 | (case & 3) << 19 | (lists & 0x7ff) << 21)
    }

    /// Fine cluster, 0 where unknown.
    pub fn fine(self) -> u32 {
        self.0 & 0x7ff
    }

    /// Coarse cluster, 0 where unknown.
    pub fn coarse(self) -> u32 {
        self.0 >> 11 & 0xff
    }

    /// How the word is written in running text: 0 unknown, 1 lower case, 2 both, 3 with a capital.
    pub fn case(self) -> u32 {
        self.0 >> 19 & 3
    }

    /// Bits of [`list`].
    pub fn lists(self) -> u32 {
        self.0 >> 21
    }
}

/// The classes of words that are used alike, from vectors of a large collection of news: 0 where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Among some two thousand.
    pub fine: u16,
    /// Among 255.
    pub middle: u8,
    /// Among 63.
    pub wide: u8,
}

/// Bits of what a listed name may be.
pub mod kind {
    /// A sovereign state or territory.
    pub const COUNTRY: u16 = 1;
    /// A city.
    pub const CITY: u16 = 2;
    /// A province, sea, mountain or wide region.
    pub const REGION: u16 = 4;
    /// A person's full name.
    pub const PERSON: u16 = 8;
    /// A body of states, a government's part, a party, an armed group.
    pub const POLITY: u16 = 16;
    /// A company or brand.
    pub const COMPANY: u16 = 32;
    /// A sports club.
    pub const CLUB: u16 = 64;
    /// A newspaper, agency or broadcaster.
    pub const MEDIA: u16 = 128;
    /// A university, hospital, charity or other body.
    pub const BODY: u16 = 256;
    /// An event.
    pub const EVENT: u16 = 512;
    /// `American`, `Britons`.
    pub const DEMONYM: u16 = 1024;
    /// A work, product, law or other thing with a name.
    pub const THING: u16 = 2048;
    /// The name is an ordinary word as well.
    pub const COMMON: u16 = 4096;
    /// A well-known person's family name alone.
    pub const SURNAME: u16 = 8192;
    /// More words may follow.
    pub const PREFIX: u16 = 32768;
    /// All kinds of organisation.
    pub const ORG: u16 = POLITY | COMPANY | CLUB | MEDIA | BODY;
    /// All kinds of place.
    pub const PLACE: u16 = COUNTRY | CITY | REGION;
}

/// Where listed names are looked up.
pub trait Gazetteer {
    /// The longest listed name that begins the row of words whose folded hashes are given (`exact` holds the hash
    /// of the first word as written, under which acronyms are listed): its length in words and its [`kind`] bits.
    fn longest(&self, exact: u64, folded: &mut dyn Iterator<Item = u64>) -> Option<(usize, u16)>;
}

/// The tables that come with the weights.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    /// Words by the hash of their spelling: payload [`WordInfo`], 4 bytes.
    pub words: Table<'a>,
    /// Names by [`extend`]ed hash of their folded words: payload [`kind`] bits, 2 bytes.
    pub names: Table<'a>,
    /// Words by the hash of their folded form: payload [`Likeness::fine`], 2 bytes.
    pub likes: Table<'a>,
    /// For each fine class its middle and its wide one.
    pub groups: &'a [[u8; 2]],
}

impl Lexicon<'_> {
    /// The classes of the word with this folded hash.
    pub fn likeness(&self, folded: u64) -> Option<Likeness> {
        let fine = self.likes.get::<2>(folded).map(u16::from_le_bytes)?;
        let [middle, wide] = self.groups.get(fine as usize).copied().unwrap_or_default();
        Some(Likeness { fine, middle, wide })
    }

    /// What is known of the word with this hash.
    pub fn word(&self, hash: u64) -> Option<WordInfo> {
        self.words.get::<4>(hash).map(|bytes| WordInfo(u32::from_le_bytes(bytes)))
    }
}

impl Gazetteer for Lexicon<'_> {
    fn longest(&self, exact: u64, folded: &mut dyn Iterator<Item = u64>) -> Option<(usize, u16)> {
        let mut best = self.names.get::<2>(acronym(exact)).map(|bits| (1, u16::from_le_bytes(bits)));
        let mut key = 0;
        for (at, word) in folded.enumerate() {
            key = extend(key, word);
            let Some(bits) = self.names.get::<2>(key).map(u16::from_le_bytes) else {
                break;
            };
            let mask = bits & !kind::PREFIX;
            if mask != 0 {
                let same = best.filter(|(len, _)| *len == at + 1).map_or(0, |(_, old)| old);
                best = Some((at + 1, mask | same));
            }
            if bits & kind::PREFIX == 0 {
                break;
            }
        }
        best
    }
}

/// The key of a name one word longer.
pub fn extend(key: u64, word: u64) -> u64 {
    mix(key.rotate_left(17) ^ 3, word)
}

/// The key of a name that counts only as it is written (`WHO`, `US`).
pub fn acronym(exact: u64) -> u64 {
    mix(7, exact)
}
