//! What an editor may look up behind the pages, in the preview only: why each name is marked as it is.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    assemble::decisions::{anchor::Flat, why},
    disk::read,
    model::{
        Decision, Evidence, Mention, Page, PageKind, Span, Speaker, Status,
        decision::{NAMES, file_of},
        site::{Entry, Site},
    },
    parse::decisions::decisions,
    path::SourcePath,
    report::annotation::table::{evidence, status},
    serve::view::{Found, View},
};

/// Every mention of the article at `path` in text order, with what was decided and why; `null` for other pages.
/// `before` is the text in front of it in its sentence, by which it is found on the page.
pub fn mentions(view: &View, path: &str, root: &Path) -> Value {
    let Found::Page(Page { kind: PageKind::Article(article), .. }) = view.find(path) else {
        return Value::Null;
    };
    let site = &view.built.site;
    let Some(entry) = site.articles.get(*article as usize) else { return Value::Null };
    // The source may have changed since, or gone; then only the file is named.
    let source = read::optional(&root.join(entry.article.path.as_str())).ok().flatten().unwrap_or_default();
    let decided = Decided::read(entry, root);
    let rows: Vec<Value> =
        (0..).zip(&entry.annotation.mentions).map(|(i, _)| row(site, entry, i, &source, &decided)).collect();
    let line = |span: Span| line(entry, span, &source);
    let prose = &entry.article.prose;
    let quotes = entry.annotation.quotes.iter().map(|quote| {
        json!({
            "text": prose.slice(quote.span),
            "speaker": match &quote.speaker {
                Speaker::Entity { span, .. } | Speaker::Described { span } => prose.slice(*span),
                Speaker::Unknown => "nobody that the text names",
            },
            "confidence": quote.confidence,
            "line": line(quote.span),
        })
    });
    let topics = entry
        .annotation
        .topics
        .iter()
        .map(|tag| json!({ "topic": tag.topic.as_str(), "confidence": tag.score, "cues": tag.cues }));
    let dates =
        entry.annotation.dates.iter().map(
            |date| json!({ "text": prose.slice(date.span), "value": date.value, "line": line(date.span) }),
        );
    json!({
        "path": entry.article.path.as_str(),
        "mentions": rows,
        "quotes": quotes.collect::<Vec<_>>(),
        "topics": topics.collect::<Vec<_>>(),
        "dates": dates.collect::<Vec<_>>(),
    })
}

/// The line of the source that a part of the text stands in, from 1.
fn line(entry: &Entry, span: Span, source: &[u8]) -> Option<usize> {
    let before = source.get(..entry.article.prose.source_offset(span.start))?;
    Some(before.iter().filter(|byte| **byte == b'\n').count() + 1)
}

/// Why a mention that is not published is held back.
fn held(site: &Site, mention: &Mention) -> Option<String> {
    let threshold = site.config.annotate.threshold;
    match (mention.status, &mention.entity) {
        (Status::Accepted, _) => None,
        (Status::Rejected, _) => Some("an editor said no".to_owned()),
        (Status::Proposed, None) if !mention.candidates.is_empty() => {
            Some("it may be one of several".to_owned())
        }
        (Status::Proposed, None) => Some("nobody of this name is known".to_owned()),
        (Status::Proposed, Some(_)) => {
            Some(format!("{} % are too few; `threshold` is {threshold} %", mention.confidence))
        }
    }
}

/// What editors decided about an article, as its files say now.
struct Decided {
    flat: Flat,
    own: Vec<Decision>,
    names: Vec<Decision>,
}

impl Decided {
    fn read(entry: &Entry, root: &Path) -> Decided {
        let file = |path: &SourcePath| {
            let bytes = read::optional(&root.join(path.as_str())).ok().flatten().unwrap_or_default();
            std::str::from_utf8(&bytes).map(|text| decisions(path, text).0.list).unwrap_or_default()
        };
        Decided {
            flat: Flat::new(&entry.article.prose.text),
            own: file(&file_of(&entry.article.path)),
            names: file(&SourcePath::new(NAMES)),
        }
    }
}

/// Where an editor changes what a mention leads to.
fn remedy(site: &Site, mention: &Mention, decided: &Decided) -> String {
    let settled = (mention.evidence == Evidence::Editor)
        .then(|| why::settled(&decided.flat, mention.span, &decided.own, &decided.names))
        .flatten();
    if let Some(decision) = settled {
        let by = decision.by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
        let date = decision.date.as_ref().map_or(String::new(), |date| format!(" on {date}"));
        let place = &decision.verdict_place;
        return format!("decided{by}{date} in `{}`, line {}", place.path, place.line);
    }
    let id = mention.entity.as_ref().map_or("", |id| id.as_str());
    let entity = site.entities.iter().map(|e| &e.entity).find(|e| e.id.as_str() == id);
    match entity.and_then(|entity| entity.path.as_ref()) {
        Some(path) => format!("`{path}` describes it"),
        None => "describe it in `content/entities/`, or settle the place by a mark `[[…]]` or a decision"
            .to_owned(),
    }
}

fn row(site: &Site, entry: &Entry, index: u32, source: &[u8], decided: &Decided) -> Value {
    let prose = &entry.article.prose;
    let mention = &entry.annotation.mentions[index as usize];
    let linked = entry.mentions.iter().find(|linked| linked.mention == index);
    let entity = linked.and_then(|linked| site.entities.get(linked.entity as usize));
    let sentence =
        Span::new(mention.sentence.range().start.min(mention.span.range().start), mention.span.range().start);
    json!({
        "text": prose.slice(mention.span),
        "before": prose.slice(sentence),
        "kind": mention.kind.as_str(),
        "entity": entity.map(|entity| entity.entity.name.as_str()).or(mention.entity.as_ref().map(|id| id.as_str())),
        "url": entity.map(|entity| site.urls.link(&entity.path)),
        "confidence": mention.confidence,
        "status": status(mention.status),
        "linked": linked.is_some_and(|linked| linked.linked),
        "evidence": evidence(mention, prose),
        "candidates": mention.candidates.iter().map(|c| c.entity.as_str()).collect::<Vec<_>>(),
        "line": line(entry, mention.span, source),
        "held": held(site, mention),
        "remedy": remedy(site, mention, decided),
    })
}

/// Text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
