//! Folded names go in, candidates leave: the name index of the pack.
//!
//! The index is a finite-state transducer over folded names (Lucchesi and Kowaltowski, 1993, as the `fst` crate
//! builds it). Its keys have a space for a hyphen and neither full stops nor commas, and walking treats the text in
//! the same way: `Kim Jong-un` and `Kim Jong Un`, `U.S.` and `US` take one path. Case tells `US` from `us`: see
//! [`Candidate::fits`].

use fst::raw::{Fst, Output};

use crate::knowledge::pack::{Knowledge, Section};
use crate::knowledge::record::{KnowledgeId, SubKind};
use crate::knowledge::wire::Reader;

/// Through what a name leads to a record, the best first. The order is that of the codes in the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    Name,
    Alias,
    /// A short form in capitals: only a surface without lower-case letters stands for it.
    Acronym,
    /// An adjective or a name of the people of a country.
    Demonym,
    Surname,
}

/// All ways by their code in the pack.
pub const VIAS: [Via; 5] = [Via::Name, Via::Alias, Via::Acronym, Via::Demonym, Via::Surname];

/// A record that a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: KnowledgeId,
    pub via: Via,
    /// Link only with strong context: an ordinary word, a name of people, a title that many bodies share, or an
    /// abbreviation of a body that is little known. Weak candidates stand after all others.
    pub weak: bool,
}

impl Candidate {
    /// Whether a text that folds to the name may stand for the record: it has a capital, and if the name is an
    /// acronym, no small letter. `US` and `U.S.` fit the country, `us` does not.
    pub fn fits(&self, surface: &str) -> bool {
        let capital = surface.chars().any(char::is_uppercase);
        capital && (self.via != Via::Acronym || !surface.chars().any(char::is_lowercase))
    }
}

/// The candidates of one name, the likeliest first.
#[derive(Clone, Debug)]
pub struct Candidates {
    left: u32,
    single: Option<u32>,
    reader: Reader,
}

impl Iterator for Candidates {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        self.left = self.left.checked_sub(1)?;
        let packed = self.single.unwrap_or_else(|| self.reader.number());
        let via = VIAS.get((packed >> 1 & 7) as usize).copied().unwrap_or(Via::Surname);
        Some(Candidate { id: KnowledgeId(packed >> 4), via, weak: packed & 1 != 0 })
    }
}

impl Knowledge {
    /// The records that go by this folded name (see `fold`), the likeliest first. Surnames are not looked up here.
    pub fn candidates(&self, folded: &str) -> Candidates {
        let found = self.names.as_ref().and_then(|index| exact(index, folded));
        found.map_or_else(none, |value| self.open(value, Section::Hits))
    }

    /// The people of this folded surname, the weightiest first.
    pub fn surname(&self, folded: &str) -> Candidates {
        let found = self.surnames.as_ref().and_then(|index| exact(index, folded));
        found.map_or_else(none, |value| self.open(value, Section::SurnameHits))
    }

    /// The country of this folded demonym, the most populous one if there are several.
    pub fn demonym(&self, folded: &str) -> Option<KnowledgeId> {
        self.candidates(folded).find(|candidate| candidate.via == Via::Demonym).map(|candidate| candidate.id)
    }

    /// The longest name that begins at token `start`: how many tokens it takes, and its candidates. Tokens are
    /// folded; the index joins them by single spaces.
    pub fn longest(&self, tokens: &[&str], start: usize) -> Option<(usize, Candidates)> {
        let mut best = None;
        self.walk(tokens, start, |length, value| best = Some((length, value)));
        best.map(|(length, value)| (length, self.open(value, Section::Hits)))
    }

    /// All names that begin at token `start`, the shortest first.
    pub fn prefixes(&self, tokens: &[&str], start: usize) -> Vec<(usize, Candidates)> {
        let mut all = Vec::new();
        self.walk(tokens, start, |length, value| all.push((length, self.open(value, Section::Hits))));
        all
    }

    /// How likely a record is before context, for comparing the candidates of one name: about inhabitants for places
    /// and their like for others. A surname counts half.
    pub fn prior(&self, candidate: Candidate) -> u32 {
        let Some(brief) = self.brief(candidate.id) else { return 0 };
        let weight = weight(brief.sub_kind, brief.tier, brief.importance);
        if candidate.via == Via::Surname { weight / 2 } else { weight }
    }

    /// Walks the index byte by byte and stops at the first that no name continues with.
    fn walk(&self, tokens: &[&str], start: usize, mut visit: impl FnMut(usize, u64)) {
        let Some(index) = &self.names else { return };
        let mut node = index.root();
        let mut output = Output::zero();
        for (length, token) in tokens.get(start..).unwrap_or_default().iter().enumerate() {
            if matches!(*token, "," | ".") {
                continue;
            }
            let space: &[u8] = if length == 0 { b"" } else { b" " };
            for &byte in space.iter().chain(token.as_bytes()) {
                let Some(byte) = key_byte(byte) else { continue };
                let Some(at) = node.find_input(byte) else { return };
                let transition = node.transition(at);
                output = output.cat(transition.out);
                node = index.node(transition.addr);
            }
            if node.is_final() {
                visit(length + 1, output.cat(node.final_output()).value());
            }
        }
    }

    /// What a value of an index means: an odd one is a candidate itself, an even one the place of several.
    fn open(&self, value: u64, section: Section) -> Candidates {
        let half = u32::try_from(value >> 1).unwrap_or(0);
        let mut reader = Reader::new(self.section(section), half as usize);
        if value & 1 == 1 {
            return Candidates { left: 1, single: Some(half), reader };
        }
        let left = reader.number();
        Candidates { left, single: None, reader }
    }
}

/// Weight of a record among those of the same name. The steps are those of the pack's coverage measurements, but for
/// regions, which stand as high as a city of three million: above most cities, below their own metropolis.
pub fn weight(sub_kind: SubKind, tier: u8, importance: u32) -> u32 {
    match sub_kind {
        SubKind::Country => 1_000_000_000,
        SubKind::FormerState => 90_000_000,
        SubKind::Area | SubKind::Territory => 50_000_000,
        SubKind::Region => 3_000_000,
        SubKind::Capital => importance.saturating_add(2_000_000),
        SubKind::City => importance,
        SubKind::Person | SubKind::International => importance * 10_000,
        _ if tier == 0 => 900_000,
        _ => importance * 5_000,
    }
}

/// A byte of the text as the keys have it; `None` for one that they leave out.
pub fn key_byte(byte: u8) -> Option<u8> {
    match byte {
        b'.' | b',' => None,
        b'-' => Some(b' '),
        byte => Some(byte),
    }
}

fn none() -> Candidates {
    Candidates { left: 0, single: None, reader: Reader::new(&[], 0) }
}

fn exact(index: &Fst<&'static [u8]>, folded: &str) -> Option<u64> {
    let key: Vec<u8> = folded.bytes().filter_map(key_byte).collect();
    index.get(&key).map(Output::value)
}
