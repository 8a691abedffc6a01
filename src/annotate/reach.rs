//! An article made ready: its words, and which rows of the registry they can reach, the key under which an annotation
//! may be kept.

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use crate::{
    annotate::{
        lexicon::Lexicon,
        names::{Folded, Hit},
        posts,
        stages::{Listener, Stage},
        touched::Sketch,
    },
    model::{Article, EntityId, MarkTarget},
    path::slugify,
    text::{
        family,
        token::{Token, TokenKind, tokenize},
    },
};

/// The words of an article and the registered names among them. The key of the memo needs them, and so does annotation.
pub struct Prepared<'l> {
    pub tokens: Vec<Token>,
    pub folded: Folded,
    /// Registered names of the body, in the order of their ends.
    pub hits: Vec<Hit<'l>>,
    pub headline: Folded,
    pub headline_hits: Vec<Hit<'l>>,
    /// Once somebody has asked for them.
    skeletons: OnceCell<FxHashSet<String>>,
}

/// Cuts the article into words and finds the registered names.
pub fn prepare<'l>(article: &Article, lexicon: &'l Lexicon) -> Prepared<'l> {
    prepare_heard(article, lexicon, &mut ())
}

/// As [`prepare`]; `listener` hears when each stage has ended.
pub fn prepare_heard<'l>(
    article: &Article,
    lexicon: &'l Lexicon,
    listener: &mut impl Listener,
) -> Prepared<'l> {
    let text = &article.prose.text;
    let tokens = tokenize(text);
    listener.ended(Stage::Tokens);
    let folded = Folded::new(text, &tokens, |i| block_breaks(text, &tokens, i));
    let title = tokenize(&article.title);
    let headline = Folded::new(&article.title, &title, |_| false);
    let (hits, headline_hits) = (lexicon.names.find(&folded), lexicon.names.find(&headline));
    listener.ended(Stage::Registry);
    Prepared { tokens, folded, hits, headline, headline_hits, skeletons: OnceCell::new() }
}

/// Whether a line ends between token `i` and the one before: no name goes across.
pub fn block_breaks(text: &str, tokens: &[Token], i: usize) -> bool {
    let gap = |before: usize| &text.as_bytes()[tokens[before].end as usize..tokens[i].start as usize];
    i.checked_sub(1).is_some_and(|before| gap(before).contains(&b'\n'))
}

/// A hash of what of the registry of entities an article's words can reach: the rows, by the registry's names or by those
/// of the built-in records that it has taken over, and of their names those that stand in the text or that one in it may
/// be another spelling of; of the posts that they are said to hold those of which it may speak; and of the names that editors want
/// left alone those that stand in it. One new entry, or one new alias, changes the hash of those articles only that contain a
/// name of the entry, or words of the alias. `sketch` is that of the article.
pub fn reach(article: &Article, lexicon: &Lexicon, prepared: &Prepared<'_>, sketch: &Sketch) -> [u8; 32] {
    let hits = prepared.hits.iter().chain(&prepared.headline_hits);
    let mut bearers: Vec<(u32, &str)> =
        hits.flat_map(|hit| hit.bearers.iter().map(|b| (b.value, b.name.as_str()))).collect();
    let mut rows: Vec<u32> = Vec::new();
    for names in [&prepared.folded, &prepared.headline].map(|folded| lexicon.taken_names.find(folded)) {
        rows.extend(names.iter().flat_map(|hit| hit.bearers.iter().map(|b| b.value)));
    }
    // Marks name entities by id or by any of their names, which need not be the words that are marked.
    for mark in &article.prose.marks {
        if let MarkTarget::Entity(name) = &mark.target {
            rows.extend(lexicon.by_id.get(&EntityId::new(&slugify(name))).copied());
            let hits = lexicon.names.find(&Folded::new(name, &tokenize(name), |_| false));
            let named = hits.into_iter().flat_map(|hit| hit.bearers);
            bearers.extend(named.map(|b| (b.value, b.name.as_str())));
        }
    }
    // A family name alone, or another spelling of it, may lead to a person.
    let words = skeletons(article, prepared);
    let mut family: Vec<u32> =
        words.iter().filter_map(|word| lexicon.families.get(word)).flatten().copied().collect();
    family.sort_unstable();
    family.dedup();
    rows.extend(&family);
    rows.extend(bearers.iter().map(|(row, _)| *row));
    rows.sort_unstable();
    rows.dedup();
    bearers.sort_unstable();
    bearers.dedup();
    let near = family.iter().flat_map(|row| lexicon.spellings[*row as usize].iter().map(move |s| (*row, s)));
    let near = near.filter(|(_, s)| s.whole || s.ends.iter().any(|end| words.contains(end)));
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        hasher.update(&lexicon.cores[row as usize]);
        let heads = posts::heads(&lexicon.entities[row as usize].description);
        for head in heads.filter(|head| sketch.may_speak_of(head)) {
            hasher.update(&[2]).update(&(head.len() as u64).to_le_bytes()).update(head.as_bytes());
        }
    }
    for (row, name) in bearers.into_iter().chain(near.map(|(row, spelling)| (row, spelling.name.as_str()))) {
        hasher.update(&[0]).update(&lexicon.cores[row as usize]).update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
    }
    for name in lexicon.left_alone(article, &prepared.folded.text) {
        hasher.update(&[1]).update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// The words with a capital, and the parts of them between hyphens, as [`family::skeleton`] has them.
pub(super) fn skeletons<'p>(article: &Article, prepared: &'p Prepared<'_>) -> &'p FxHashSet<String> {
    prepared.skeletons.get_or_init(|| read_skeletons(article, prepared))
}

fn read_skeletons(article: &Article, prepared: &Prepared<'_>) -> FxHashSet<String> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut skeletons = FxHashSet::default();
    for (i, token) in prepared.tokens.iter().enumerate() {
        let word = token.of(&article.prose.text);
        if token.kind == TokenKind::Word && word.chars().next().is_some_and(char::is_uppercase) {
            let folded = prepared.folded.token(i);
            if seen.insert(folded) {
                skeletons.insert(family::skeleton(folded));
                if folded.contains('-') {
                    skeletons.extend(folded.split('-').map(family::skeleton));
                }
            }
        }
    }
    skeletons
}
