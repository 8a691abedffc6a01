//! The IPTC Media Topics: the embedded table goes in, a [`Topics`] value leaves.
//!
//! The table (`data/topics/mediatopics.tsv`, CC BY 4.0, see the NOTICE beside it) holds identifiers, labels and
//! relations, no definitions. `examples/compile_topics.rs` writes it.

use std::collections::HashMap;

const TABLE: &str = include_str!("../../data/topics/mediatopics.tsv");

/// The credit that a site showing these labels must carry (CC BY 4.0, section 3(a)).
pub const CREDIT: &str = "IPTC Media Topic NewsCodes, © International Press Telecommunications Council (IPTC), \
                          iptc.org, CC BY 4.0; converted to TSV.";

/// The eight digits of an IPTC Media Topic code: `TopicId(20000209)` is `medtop:20000209`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u32);

impl TopicId {
    /// The code as NewsML-G2 and ninjs write it: `medtop:` and eight digits.
    pub fn qcode(self) -> String {
        format!("medtop:{:08}", self.0)
    }

    /// The concept's URI in the IPTC NewsCodes catalogue.
    pub fn uri(self) -> String {
        format!("http://cv.iptc.org/newscodes/mediatopic/{:08}", self.0)
    }

    /// Reads `medtop:20000209`, `20000209`, or the concept's URI.
    pub fn parse(text: &str) -> Option<TopicId> {
        let digits = text.trim().rsplit([':', '/']).next()?;
        let plain = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse().ok().map(TopicId) } else { None }
    }
}

/// One concept of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub id: TopicId,
    /// The broader concept; `None` for the 17 at the top.
    pub parent: Option<TopicId>,
    /// Address part: lower-case ASCII letters, digits and hyphens; unique in the vocabulary.
    pub slug: &'static str,
    /// Preferred label in British English.
    pub label: &'static str,
    /// Preferred label in American English; equals `label` where the two agree.
    pub label_us: &'static str,
    /// Number of the Wikidata item to which IPTC maps the concept, without its `Q`.
    pub wikidata: Option<u32>,
    /// Day of retirement (`YYYY-MM-DD`); `None` while the concept is in use.
    pub retired: Option<&'static str>,
    /// For a retired concept: the one in use with the same label or the same Wikidata item, if there is one.
    pub successor: Option<TopicId>,
    /// Narrower concepts, retired ones included, by id.
    pub children: Vec<TopicId>,
}

/// The whole vocabulary, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    pub rows: Vec<Topic>,
    by_id: HashMap<TopicId, usize>,
    by_slug: HashMap<&'static str, usize>,
    by_label: HashMap<String, usize>,
}

/// Reads the embedded table. Rows that do not parse are left out; a test holds that there are none.
pub fn load() -> Topics {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row);
    let mut topics = Topics { rows: rows.collect(), ..Topics::default() };
    topics.rows.sort_by_key(|topic| topic.id);
    for at in 0..topics.rows.len() {
        topics.by_id.insert(topics.rows[at].id, at);
        topics.by_slug.insert(topics.rows[at].slug, at);
    }
    // The concepts in use come first, so that a label which a retired concept shares leads to the living one.
    let (used, retired): (Vec<usize>, Vec<usize>) =
        (0..topics.rows.len()).partition(|&at| topics.rows[at].retired.is_none());
    for &at in used.iter().chain(&retired) {
        for label in [topics.rows[at].label, topics.rows[at].label_us] {
            topics.by_label.entry(label.to_lowercase()).or_insert(at);
        }
    }
    for at in 0..topics.rows.len() {
        let child = topics.rows[at].id;
        let parent = topics.rows[at].parent.and_then(|id| topics.by_id.get(&id).copied());
        if let Some(parent) = parent {
            topics.rows[parent].children.push(child);
        }
    }
    topics
}

impl Topics {
    /// The concept of this number, retired or not.
    pub fn get(&self, id: TopicId) -> Option<&Topic> {
        self.by_id.get(&id).map(|&at| &self.rows[at])
    }

    /// The concept whose British or American label this is, whatever the case. A label that a concept in use
    /// shares with a retired one gives the one in use.
    pub fn by_label(&self, label: &str) -> Option<&Topic> {
        let folded = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.by_label.get(folded.as_str()).map(|&at| &self.rows[at])
    }

    /// The concept of this address part.
    pub fn by_slug(&self, slug: &str) -> Option<&Topic> {
        self.by_slug.get(slug).map(|&at| &self.rows[at])
    }

    /// What a person may have written: a code, a URI, a slug or a label, tried in that order.
    pub fn find(&self, text: &str) -> Option<&Topic> {
        let text = text.trim();
        let coded = TopicId::parse(text).and_then(|id| self.get(id));
        coded.or_else(|| self.by_slug(text)).or_else(|| self.by_label(text))
    }

    /// The concept itself, then its broader ones up to the top: at most six. Empty for an unknown id.
    pub fn path_up(&self, id: TopicId) -> Vec<&Topic> {
        // The bound holds off a cycle, should a later edition of the table contain one.
        std::iter::successors(self.get(id), |topic| topic.parent.and_then(|up| self.get(up)))
            .take(16)
            .collect()
    }

    /// The broader concepts, nearest first, without the concept itself.
    pub fn ancestors(&self, id: TopicId) -> Vec<&Topic> {
        self.path_up(id).into_iter().skip(1).collect()
    }

    /// The concept of the first level above this one, or itself if it stands there.
    pub fn top(&self, id: TopicId) -> Option<&Topic> {
        self.path_up(id).pop()
    }

    /// Level in the tree: 1 at the top, 6 at most; 0 for an unknown id.
    pub fn level(&self, id: TopicId) -> usize {
        self.path_up(id).len()
    }

    /// The concept to use in place of a retired one: its successor, else the nearest broader concept in use.
    /// A concept in use gives itself.
    pub fn in_use(&self, id: TopicId) -> Option<&Topic> {
        let topic = self.get(id)?;
        match topic.successor {
            Some(next) if topic.retired.is_some() => self.get(next),
            _ => self.path_up(id).into_iter().find(|topic| topic.retired.is_none()),
        }
    }
}

fn row(line: &'static str) -> Option<Topic> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (id, parent, slug, label, label_us) = (next()?, next()?, next()?, next()?, next()?);
    let (wikidata, retired, successor) = (next()?, next()?, next()?);
    Some(Topic {
        id: TopicId(id.parse().ok()?),
        parent: parent.parse().ok().map(TopicId),
        slug,
        label,
        label_us: if label_us.is_empty() { label } else { label_us },
        wikidata: wikidata.parse().ok(),
        retired: Some(retired).filter(|day| !day.is_empty()),
        successor: successor.parse().ok().map(TopicId),
        children: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::{TopicId, load};

    #[test]
    fn every_row_is_read_and_every_relation_resolves() {
        let topics = load();
        assert_eq!(topics.rows.len(), 1372);
        assert_eq!(topics.rows.iter().filter(|topic| topic.retired.is_none()).count(), 1099);
        assert_eq!(topics.rows.iter().filter(|topic| topic.parent.is_none()).count(), 17);
        let mut slugs: Vec<&str> = topics.rows.iter().map(|topic| topic.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 1372, "slugs are unique");
        for topic in &topics.rows {
            assert!(topic.parent.is_none_or(|id| topics.get(id).is_some()), "{topic:?}");
            assert!(topic.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            assert!((1..=6).contains(&topics.level(topic.id)), "{topic:?}");
            assert!(topics.top(topic.id).is_some_and(|top| top.parent.is_none()));
            assert!(topics.in_use(topic.id).is_some_and(|found| found.retired.is_none()), "{topic:?}");
        }
    }

    #[test]
    fn what_people_write_finds_its_concept() {
        let topics = load();
        let check = |text: &str, expect: Option<u32>| {
            assert_eq!(topics.find(text).map(|topic| topic.id.0), expect, "{text}");
        };
        check("labour", Some(9_000_000));
        check("Labor", Some(9_000_000));
        check("medtop:15000000", Some(15_000_000));
        check("http://cv.iptc.org/newscodes/mediatopic/11000000", Some(11_000_000));
        check("conflict-war-and-peace", Some(16_000_000));
        check("Conflict,  war and peace", Some(16_000_000));
        check("movies", Some(20_000_005));
        check("Renewable Energy", Some(20_000_257));
        check("road cycling", Some(20_001_333));
        check("coup d'etat", topics.by_slug("coup-d-etat").map(|topic| topic.id.0));
        check("", None);
        check("medtop:99999999", None);
        check("no such thing", None);
    }

    #[test]
    fn retired_concepts_lead_on() {
        let topics = load();
        let check = |id: u32, expect: u32| {
            assert_eq!(topics.in_use(TopicId(id)).map(|topic| topic.id.0), Some(expect), "{id}");
        };
        // Same label, same Wikidata item, nearest broader concept in use, and one that is in use itself.
        check(20_000_436, 20_000_257);
        check(20_000_064, topics.by_label("war crime").map_or(0, |topic| topic.id.0));
        check(20_000_109, topics.get(TopicId(20_000_107)).map_or(0, |topic| topic.id.0));
        check(20_000_003, 20_000_003);
    }
}
