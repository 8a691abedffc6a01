//! Two states of the registry enter; which articles may be reached by what differs between them leaves, told by a sketch
//! of the words of each article, without reading it again.

use crate::{
    annotate::{
        lexicon::{Lexicon, built_in, family_keys, names_built_in},
        names::Folded,
        posts,
        reach::{Prepared, skeletons},
        tagger::table::hash,
    },
    model::{Article, Entity, MarkTarget},
    path::slugify,
    text::token::tokenize,
};

/// So many conditions at most: where more has changed, asking each article for each of them takes longer than reading it.
const MOST: usize = 512;

/// What of an article names can be found by, as sorted hashes of 16 bits: its words and their parts between hyphens, those that may be a family name as
/// [`family::skeleton`](crate::text::family::skeleton) has them, and the ids that its marks name. What is in it is always found, a stranger
/// by mistake as often as there are distinct words in 65,536.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch(Box<[u16]>);

/// What a hash stands for; one word may be each of them.
#[derive(Clone, Copy)]
enum Sign {
    Word,
    Skeleton,
    Id,
}

fn sign(of: Sign, text: &str) -> u16 {
    let salt = (of as u64 + 1) << 48;
    (hash(text.as_bytes()).wrapping_add(salt) >> 48) as u16
}

impl Sketch {
    /// The sketch of an article that was made ready.
    pub fn new(article: &Article, prepared: &Prepared<'_>) -> Self {
        let mut signs: Vec<u16> = words(&prepared.folded).chain(words(&prepared.headline)).collect();
        for folded in [&prepared.folded, &prepared.headline] {
            let hyphened =
                (0..folded.starts.len()).map(|i| folded.token(i)).filter(|word| word.contains('-'));
            signs.extend(hyphened.flat_map(|word| word.split('-')).map(|part| sign(Sign::Word, part)));
        }
        signs.extend(skeletons(article, prepared).iter().map(|word| sign(Sign::Skeleton, word)));
        for mark in &article.prose.marks {
            if let MarkTarget::Entity(name) = &mark.target {
                signs.push(sign(Sign::Id, &slugify(name)));
                signs.extend(words(&folded(name)));
            }
        }
        signs.sort_unstable();
        signs.dedup();
        Sketch(signs.into())
    }

    /// The sketch of these bytes, as [`Sketch::bytes`] gave them.
    pub fn read(bytes: &[u8]) -> Self {
        Sketch(bytes.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
    }

    /// Two bytes for each hash.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|sign| sign.to_le_bytes()).collect()
    }

    fn has(&self, sign: &u16) -> bool {
        self.0.binary_search(sign).is_ok()
    }

    /// Whether the article may speak of a post by a word that tells posts apart.
    pub fn may_speak_of(&self, head: &str) -> bool {
        posts::written(head).any(|word| self.has(&sign(Sign::Word, word)))
    }
}

fn folded(name: &str) -> Folded {
    Folded::new(name, &tokenize(name), |_| false)
}

fn words(folded: &Folded) -> impl Iterator<Item = u16> + '_ {
    (0..folded.starts.len()).map(|i| sign(Sign::Word, folded.token(i)))
}

/// What an article must have, for one of the differences to reach it: of each of these lists at least one.
type Condition = Vec<Vec<u16>>;

/// What differs between two states of the registry.
#[derive(Default)]
pub struct Touched {
    conditions: Vec<Condition>,
}

impl Touched {
    /// Whether the [`reach`](fn@crate::annotate::reach) of the article of this sketch may have changed.
    pub fn may_reach(&self, article: &Sketch) -> bool {
        let met = |one_of: &Vec<u16>| one_of.iter().any(|sign| article.has(sign));
        self.conditions.iter().any(|condition| condition.iter().all(met))
    }

    /// A name in the text. One without a word is in none.
    fn name(&mut self, name: &str) {
        let all: Condition = words(&folded(name)).map(|word| vec![word]).collect();
        if !all.is_empty() {
            self.conditions.push(all);
        }
    }

    fn names(&mut self, entity: &Entity) {
        for name in names(entity) {
            self.name(name);
        }
    }

    /// All by which a text can reach the entity, where it has one of these signs as well, if any are given.
    fn whole(&mut self, entity: &Entity, beside: Option<&Vec<u16>>) {
        let known = self.conditions.len();
        self.names(entity);
        for id in built_in(entity) {
            for name in names_built_in(id) {
                self.name(name);
            }
        }
        self.conditions.push(vec![family_keys(entity).iter().map(|key| sign(Sign::Skeleton, key)).collect()]);
        self.conditions.push(vec![vec![sign(Sign::Id, entity.id.as_str())]]);
        self.conditions[known..].iter_mut().for_each(|condition| condition.extend(beside.cloned()));
    }
}

/// What differs in the entities of two lexicons of the same settings. `None` where it is too much to ask each article for, or
/// their order has changed.
pub fn touched(old: &Lexicon, new: &Lexicon) -> Option<Touched> {
    if [old, new].iter().any(|lexicon| lexicon.by_id.len() != lexicon.entities.len()) {
        return None;
    }
    let mut touched = Touched::default();
    let mut before = None;
    for (i, entity) in old.entities.iter().enumerate() {
        let Some(j) = new.by_id.get(&entity.id).copied() else {
            touched.whole(entity, None);
            continue;
        };
        if before.is_some_and(|before| before >= j) {
            return None;
        }
        before = Some(j);
        let j = j as usize;
        if old.hashes[i] == new.hashes[j] {
            continue;
        }
        if old.cores[i] != new.cores[j] {
            touched.whole(entity, None);
            touched.whole(&new.entities[j], None);
        } else {
            described(&mut touched, entity, &new.entities[j]);
            aliases(&mut touched, (old, i), (new, j));
        }
        if touched.conditions.len() > MOST {
            return None;
        }
    }
    for entity in new.entities.iter().filter(|entity| !old.by_id.contains_key(&entity.id)) {
        touched.whole(entity, None);
    }
    (touched.conditions.len() <= MOST).then_some(touched)
}

/// An entity that may be said to hold other posts: that matters where a text writes a word of them.
fn described(touched: &mut Touched, was: &Entity, is: &Entity) {
    let heads = |a: &Entity, b: &Entity| -> Vec<u16> {
        let alone =
            posts::heads(&a.description).filter(|head| posts::heads(&b.description).all(|h| h != *head));
        alone.flat_map(posts::written).map(|word| sign(Sign::Word, word)).collect()
    };
    let words = [heads(was, is), heads(is, was)].concat();
    if !words.is_empty() {
        touched.whole(was, Some(&words));
        touched.whole(is, Some(&words));
    }
}

/// An entity of which only other names have come, gone or moved.
fn aliases(touched: &mut Touched, (old, i): (&Lexicon, usize), (new, j): (&Lexicon, usize)) {
    let (was, is) = (&old.entities[i], &new.entities[j]);
    let kept = |of: &Entity, other: &Entity| -> Vec<String> {
        names(of).filter(|name| names(other).any(|n| n == *name)).cloned().collect()
    };
    // Of names that differ in capitals or accents only, the first counts: what has moved may all be read otherwise.
    if kept(was, is) != kept(is, was) {
        touched.whole(was, None);
        touched.whole(is, None);
        return;
    }
    let (keys_was, keys_is) = (family_keys(was), family_keys(is));
    let keys = || keys_was.iter().chain(&keys_is).map(|key| sign(Sign::Skeleton, key)).collect::<Vec<_>>();
    for ((lexicon, row), other) in [((old, i), is), ((new, j), was)] {
        for name in names(&lexicon.entities[row]).filter(|name| !names(other).any(|n| n == *name)) {
            touched.name(name);
            // Another spelling of it, where one of the person's family names stands: with a name comes its family name.
            for spelling in lexicon.spellings[row].iter().filter(|spelling| spelling.name == *name) {
                let ends = spelling.ends.iter().map(|end| sign(Sign::Skeleton, end)).collect();
                let condition = if spelling.whole { vec![keys()] } else { vec![keys(), ends] };
                touched.conditions.push(condition);
            }
        }
    }
}

fn names(entity: &Entity) -> impl Iterator<Item = &String> {
    std::iter::once(&entity.name).chain(&entity.aliases)
}
