//! A headline and a text enter; the IPTC Media Topics (and a site's own topics) that they are about leave.
//!
//! Cues of our own making are found in one pass; their weights are summed by concept and by branch, so that the
//! branch decides first and its most specific well-supported concepts are named. `data/topics/cues.tsv` is the
//! source of the cues, `data/topics/cues.bin` what `examples/compile_cues.rs` makes of it for a quick start.

use rustc_hash::FxHashMap;

use crate::annotate::topics::lexicon::Lexicon;
use crate::knowledge::topics::{TopicId, Topics};
use crate::text::token::Token;

mod lexicon;
mod pack;
mod score;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

const CUES: &[u8] = include_bytes!("../../../data/topics/cues.bin");

/// Weight of a cue that a site gives for a topic of its own.
const LOCAL_WEIGHT: f32 = 3.0;

/// A topic that a site has defined for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalTopic {
    pub slug: String,
    /// Counts as a cue.
    pub label: String,
    pub cues: Vec<String>,
}

/// What an article was found to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    Media(TopicId),
    /// Index into the local topics that the tagger was built with.
    Local(usize),
}

/// A topic with the evidence for it.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicScore {
    pub topic: Topic,
    /// 0 (no evidence) to 1 (more than enough).
    pub score: f32,
    /// The strongest first; at most eight.
    pub cues: Vec<Cue>,
}

/// A phrase that spoke for a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// As written at its first occurrence.
    pub phrase: String,
    /// Bytes of its first occurrence in the text; `None` if only the headline has it.
    pub span: Option<std::ops::Range<usize>>,
    /// Occurrences in headline and text.
    pub count: u32,
}

/// The compiled cues, for any number of articles.
#[derive(Clone, Debug, Default)]
pub struct Tagger {
    lexicon: Lexicon,
    concepts: Vec<Concept>,
    by_id: FxHashMap<TopicId, u16>,
}

/// A concept that can be given: its place in the tree.
#[derive(Clone, Copy, Debug)]
struct Concept {
    topic: Topic,
    parent: Option<u16>,
    top: u16,
    /// 1 for the 17 at the top and for local topics.
    level: u8,
    /// Says little of what happens: see [`ACTORS`]; so do the 17 at the top.
    actor: bool,
}

/// Concepts of persons and bodies that half of all news mentions: government, armed forces, minister and secretary,
/// heads of state and of government, public officials, legislative body, lower and upper house, parties, international
/// organisation, emergency response, law enforcement, police, scientific research, family. Few reports are about them.
const ACTORS: [u32; 16] = [
    20_000_593, 20_000_596, 20_000_599, 20_000_610, 20_000_613, 20_000_615, 20_000_616, 20_000_617,
    20_000_644, 20_000_651, 20_001_261, 20_000_168, 20_000_129, 20_000_133, 20_000_735, 20_000_780,
];

/// Compiles the embedded cues and those of the site. Cues for concepts that are unknown or retired are left out;
/// a test holds that the embedded table has none.
pub fn build(topics: &Topics, locals: &[LocalTopic]) -> Tagger {
    let mut tagger = Tagger::default();
    let used = topics.rows.iter().filter(|row| row.retired.is_none());
    for (at, row) in used.clone().enumerate() {
        tagger.by_id.insert(row.id, at as u16);
    }
    for row in used {
        let index = |id: TopicId| tagger.by_id.get(&id).copied();
        let parent = row.parent.and_then(index);
        let path = topics.path_up(row.id);
        let top = path.last().and_then(|top| index(top.id)).unwrap_or(0);
        let (level, actor) = (path.len() as u8, path.len() == 1 || ACTORS.contains(&row.id.0));
        tagger.concepts.push(Concept { topic: Topic::Media(row.id), parent, top, level, actor });
    }
    let index = |id: TopicId| tagger.by_id.get(&id).copied();
    tagger.lexicon = pack::unpack(CUES, index).unwrap_or_default();
    for (at, local) in locals.iter().enumerate() {
        let Ok(concept) = u16::try_from(tagger.concepts.len()) else { break };
        tagger.concepts.push(Concept {
            topic: Topic::Local(at),
            parent: None,
            top: concept,
            level: 1,
            actor: false,
        });
        for phrase in local.cues.iter().chain([&local.label]) {
            tagger.lexicon.add(phrase, Some((concept, LOCAL_WEIGHT)));
        }
    }
    tagger
}

/// The topics of an article: at most five, the first from the branch with most evidence, none where the evidence
/// is thin. `tokens` are those of `text`; `extra` is evidence from elsewhere, such as known entities, in the unit
/// of cue weights (3 is one strong cue).
pub fn tag(
    tagger: &Tagger,
    headline: &str,
    text: &str,
    tokens: &[Token],
    extra: &[(TopicId, f32)],
) -> Vec<TopicScore> {
    let finds = score::collect(&tagger.lexicon, headline, text, tokens);
    let extra: Vec<(u16, f32)> =
        extra.iter().filter_map(|(id, weight)| Some((*tagger.by_id.get(id)?, *weight))).collect();
    score::choose(&tagger.lexicon, &tagger.concepts, &finds, &extra)
}

/// Compiles the lines of `cues.tsv` (code, phrase, weight; `-` in place of the code for a phrase that only hides
/// shorter ones) to the bytes that [`build`] reads. The error is the first line at fault, from 1.
pub fn compile(table: &str) -> Result<Vec<u8>, usize> {
    let mut lexicon = Lexicon::default();
    let mut concepts: Vec<TopicId> = Vec::new();
    let mut numbers: FxHashMap<TopicId, u16> = FxHashMap::default();
    for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let (id, phrase, weight) = row(line).ok_or(at + 1)?;
        let sense = id.map(|id| {
            let fresh = concepts.len() as u16;
            let concept = *numbers.entry(id).or_insert(fresh);
            if concept == fresh {
                concepts.push(id);
            }
            (concept, weight)
        });
        lexicon.add(phrase, sense);
    }
    pack::pack(&lexicon, &concepts).ok_or(0)
}

/// One line of the table: concept, phrase, weight.
fn row(line: &str) -> Option<(Option<TopicId>, &str, f32)> {
    let mut fields = line.split('\t');
    let (id, phrase, weight) = (fields.next()?, fields.next()?, fields.next()?.parse().ok()?);
    let id = if id == "-" { None } else { Some(TopicId::parse(id)?) };
    if phrase.is_empty() || fields.next().is_some() { None } else { Some((id, phrase, weight)) }
}
