//! One article and the lexicon → what the text names, says and is about. Pure, and local to the article.
//!
//! 1. `text` cuts tokens and sentences; [`tagger`] finds spans that look like names.
//! 2. [`occurrence`] brings together the editor's marks, the registry's and the built-in names, and those spans.
//! 3. [`link`] says who is meant, with confidence and evidence; below the threshold an editor decides.
//! 4. Topics, quotations, dates, roles and key sentences build on the mentions.

pub mod choose;
pub mod dates;
pub mod generic;
pub mod input;
pub mod language;
pub mod lexicon;
pub mod link;
pub mod names;
pub mod occurrence;
pub mod posts;
pub mod prefixed;
pub mod quotes;
pub mod reach;
pub mod roles;
pub mod stages;
pub mod states;
pub mod summary;
pub mod tagger;
pub mod threshold;
pub mod topics;
pub mod touched;
pub mod wording;
pub mod words;

use std::{ops::Range, sync::LazyLock};

use crate::{
    annotate::{
        input::Input,
        lexicon::Lexicon,
        link::{Document, Linked},
        names::Hit,
        occurrence::{Occurrence, Text},
        reach::Prepared,
        stages::{Listener, Stage},
        threshold::Band,
    },
    knowledge,
    model::{
        Annotation, Article, BlockKind, EntityId, EntityKind, Evidence, Mention, Prose, Span, Status,
        TopicId, TopicTag,
    },
    text::{
        sentence::sentences,
        shingle::signature,
        token::{Token, TokenKind},
    },
};

pub use crate::annotate::{
    lexicon::lexicon,
    reach::{prepare, prepare_heard, reach},
    touched::touched,
};

static MODEL: LazyLock<Option<tagger::Model<'static>>> =
    LazyLock::new(|| tagger::Model::read(include_bytes!("../../data/weights/tagger.bin")));

/// Reads the trained model, if it is not read yet: otherwise the first article does.
pub fn load() {
    LazyLock::force(&MODEL);
}

/// Finds everything in one article, which `prepare` has cut into words.
pub fn annotate(article: &Article, lexicon: &Lexicon, prepared: Prepared<'_>) -> Annotation {
    annotate_heard(article, lexicon, prepared, &mut ()).0
}

/// As [`annotate`], with the thresholds for which the annotation would be the same.
pub fn annotate_within(article: &Article, lexicon: &Lexicon, prepared: Prepared<'_>) -> (Annotation, Band) {
    annotate_heard(article, lexicon, prepared, &mut ())
}

/// As [`annotate_within`]; `listener` hears when each stage has ended.
pub fn annotate_heard(
    article: &Article,
    lexicon: &Lexicon,
    prepared: Prepared<'_>,
    listener: &mut impl Listener,
) -> (Annotation, Band) {
    let prose = &article.prose;
    let Prepared { tokens, folded, hits, .. } = &prepared;
    let sentences = sentences(&prose.text, tokens);
    listener.ended(Stage::Sentences);
    let text = Text { prose, tokens, folded };
    let settings = lexicon.settings(article);
    let foreign = language::foreign(article, &lexicon.language);
    let english = foreign.is_none();
    let spans = match (&*MODEL, english) {
        (Some(model), true) => {
            tagger::tag_known(model, &prose.text, tokens, &sentences, &known(lexicon, prose, tokens, hits))
        }
        _ => Vec::new(),
    };
    listener.ended(Stage::Tagger);
    let pack = (lexicon.config.builtin && english).then(knowledge::pack);
    let mut occurrences = occurrence::occurrences(&text, hits, pack, &spans);
    prefixed::without_country(&text, lexicon, hits, knowledge::pack(), &mut occurrences);
    listener.ended(Stage::Occurrences);
    let mut document = Document {
        text: &text,
        lexicon,
        settings: &settings,
        day: article.date.map(|d| d.day),
        dateline: article.dateline.as_deref(),
        named: &article.entities,
        story: article.story.as_deref(),
        introduced: Vec::new(),
    };
    let linked = link::link(&mut document, &occurrences);
    let introduced = std::mem::take(&mut document.introduced);
    let mut annotation = Annotation { introduced, language: foreign, ..Annotation::default() };
    annotation.mentions = mentions(&text, &sentences, lexicon, &settings, occurrences, linked);
    listener.ended(Stage::Links);
    // The rules know English only.
    if english {
        annotation.topics = topic_tags(article, lexicon, tokens);
        listener.ended(Stage::Topics);
        let input = Input::new(prose, tokens, &sentences, &annotation.mentions);
        listener.ended(Stage::Words);
        let quotes = quotes::quotes(&input);
        listener.ended(Stage::Quotes);
        let roles = roles::roles(&input, article.date.map(|date| date.day));
        listener.ended(Stage::Roles);
        let dates = article.date.map(|date| dates::dates(&input, date.day)).unwrap_or_default();
        listener.ended(Stage::Dates);
        annotation.key_sentences = summary::key_sentences(&input, &article.title);
        listener.ended(Stage::KeySentences);
        (annotation.quotes, annotation.roles, annotation.dates) = (quotes, roles, dates);
    }
    annotation.headline = headline(article, lexicon, &prepared, &annotation.mentions);
    let words =
        tokens.iter().enumerate().filter(|(_, t)| matches!(t.kind, TokenKind::Word | TokenKind::Number));
    annotation.signature = signature(words.map(|(i, _)| folded.token(i)));
    listener.ended(Stage::Headline);
    (annotation, settings.threshold.band())
}

/// Registered names of several words that only one entity bears: nothing is left to find out about them.
fn known(lexicon: &Lexicon, prose: &Prose, tokens: &[Token], hits: &[Hit<'_>]) -> Vec<tagger::Known> {
    let mut known: Vec<tagger::Known> = hits
        .iter()
        .filter(|hit| hit.tokens.len() > 1)
        .filter_map(|hit| {
            let [bearer] = hit.bearers else { return None };
            let kind = match lexicon.entities[bearer.value as usize].kind {
                EntityKind::Person => tagger::NerKind::Person,
                EntityKind::Organization => tagger::NerKind::Organization,
                EntityKind::Place => tagger::NerKind::Place,
                EntityKind::Event => tagger::NerKind::Event,
                EntityKind::Work | EntityKind::Law => return None,
            };
            let (first, last) = (tokens[hit.tokens.start as usize], tokens[hit.tokens.end as usize - 1]);
            let surface = prose.slice(Span { start: first.start, end: last.end });
            names::case_agrees(&bearer.name, surface)
                .then(|| tagger::Known { tokens: hit.tokens.clone(), kind })
        })
        .collect();
    known.sort_by_key(|k| (k.tokens.start, k.tokens.end));
    known
}

fn mentions(
    text: &Text<'_>,
    sentences: &[Range<u32>],
    lexicon: &Lexicon,
    settings: &lexicon::Settings,
    occurrences: Vec<Occurrence<'_>>,
    linked: Vec<Option<Linked>>,
) -> Vec<Mention> {
    let (mut sentence, mut block) = (0, 0);
    let mut mentions = Vec::with_capacity(occurrences.len());
    for (occurrence, linked) in occurrences.into_iter().zip(linked) {
        let Some(linked) = linked else { continue };
        if lexicon.never(settings, || text.folded(&occurrence.tokens)) && occurrence.mark.is_none() {
            continue;
        }
        while sentences.get(sentence).is_some_and(|s| s.end <= occurrence.tokens.start) {
            sentence += 1;
        }
        let around =
            sentences.get(sentence).filter(|s| s.start <= occurrence.tokens.start && s.start < s.end);
        while text.prose.blocks.get(block).is_some_and(|b| b.span.end <= occurrence.span.start) {
            block += 1;
        }
        let in_heading =
            text.prose.blocks.get(block).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
        let sure = settings.threshold.met(linked.confidence) && linked.entity.is_some();
        // Headings in title case are read for evidence only.
        if in_heading && !matches!(linked.evidence, Evidence::Registry { .. } | Evidence::Editor) {
            continue;
        }
        mentions.push(Mention {
            span: occurrence.span,
            sentence: around.map_or(occurrence.span, |s| text.span(s)),
            kind: linked.kind,
            entity: linked.entity,
            confidence: linked.confidence,
            evidence: linked.evidence,
            status: if sure { Status::Accepted } else { Status::Proposed },
            role: occurrence.title.map(|t| text.span(&t)),
            candidates: linked.candidates,
        });
    }
    mentions
}

/// The topics that `annotation` would have were it made anew: nothing else in it depends on those of the site.
pub fn topics_again(
    annotation: &Annotation,
    article: &Article,
    lexicon: &Lexicon,
    prepared: &Prepared<'_>,
) -> Vec<TopicTag> {
    let english = annotation.language.is_none();
    if english { topic_tags(article, lexicon, &prepared.tokens) } else { Vec::new() }
}

/// Topics by their cues. Where the editor has named topics, only what is clear is added to them.
fn topic_tags(article: &Article, lexicon: &Lexicon, tokens: &[Token]) -> Vec<TopicTag> {
    const CLEAR: f32 = 0.8;
    let scores = topics::tag(&lexicon.topic_tagger, &article.title, &article.prose.text, tokens, &[]);
    scores
        .into_iter()
        .filter(|found| article.topics.is_empty() || found.score >= CLEAR)
        .take(lexicon.config.topics.saturating_sub(article.topics.len()))
        .filter_map(|found| {
            let topic = match found.topic {
                topics::Topic::Media(id) => TopicId::new(knowledge::media_topics().get(id)?.slug),
                topics::Topic::Local(i) => lexicon.topics.get(i)?.id.clone(),
            };
            let cues = found.cues.into_iter().map(|cue| cue.phrase).collect();
            Some(TopicTag { topic, score: (found.score * 100.0) as u8, cues, by_editor: false })
        })
        .collect()
}

/// Entities of the body that the headline names too, by any of their names in the body. A headline's capitals prove
/// nothing, so it introduces nobody.
fn headline(
    article: &Article,
    lexicon: &Lexicon,
    prepared: &Prepared<'_>,
    mentions: &[Mention],
) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    if prepared.headline.starts.is_empty() {
        return found;
    }
    for mention in mentions.iter().filter(|m| m.status == Status::Accepted) {
        let Some(id) = mention.entity.as_ref().filter(|id| !found.contains(id)) else { continue };
        let name = crate::text::fold::fold(article.prose.slice(mention.span));
        if prepared.headline.text.contains(&format!(" {name} ")) {
            found.push(id.clone());
        }
    }
    for hit in &prepared.headline_hits {
        if let [bearer] = hit.bearers {
            let id = &lexicon.entities[bearer.value as usize].id;
            if !found.contains(id) && mentions.iter().any(|m| m.entity.as_ref() == Some(id)) {
                found.push(id.clone());
            }
        }
    }
    found
}
