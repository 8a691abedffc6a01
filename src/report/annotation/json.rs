//! One annotated text → an object of JSON, every span (`start`, `end`) counted in Unicode code points of `text`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{
    model::{
        Annotation, EntityId, Evidence, Introduced, Mention, Quote, RoleFact, Span, TopicId, TopicTag,
        annotation::DateRef,
    },
    report::annotation::{Document, Known, points::CodePoints, registry_only},
};

#[derive(Serialize)]
struct Object<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    path: &'a str,
    title: &'a str,
    date: Option<String>,
    time: Option<String>,
    source: Option<&'a str>,
    section: Option<&'a str>,
    dateline: Option<&'a str>,
    authors: &'a [String],
    language: &'a str,
    /// Why only the registry was used, when that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    registry_only: Option<String>,
    text: &'a str,
    annotation: Noted<'a>,
    entities: &'a BTreeMap<EntityId, Known>,
    topics: &'a BTreeMap<TopicId, Known>,
}

/// An annotation, in which adjectives of countries stand apart: they refer to a country and are no names.
#[derive(Serialize)]
struct Noted<'a> {
    mentions: Vec<&'a Mention>,
    references: Vec<&'a Mention>,
    headline: &'a [EntityId],
    topics: &'a [TopicTag],
    quotes: &'a [Quote],
    dates: &'a [DateRef],
    roles: &'a [RoleFact],
    introduced: &'a [Introduced],
    key_sentences: &'a [Span],
    language: Option<&'a str>,
    signature: &'a [u32],
}

impl<'a> From<&'a Annotation> for Noted<'a> {
    fn from(annotation: &'a Annotation) -> Self {
        let adjective = |mention: &&Mention| matches!(mention.evidence, Evidence::Demonym { .. });
        let (references, mentions) = annotation.mentions.iter().partition(adjective);
        Noted {
            mentions,
            references,
            headline: &annotation.headline,
            topics: &annotation.topics,
            quotes: &annotation.quotes,
            dates: &annotation.dates,
            roles: &annotation.roles,
            introduced: &annotation.introduced,
            key_sentences: &annotation.key_sentences,
            language: annotation.language.as_deref(),
            signature: &annotation.signature,
        }
    }
}

/// The object on one line, or indented.
pub fn json(document: &Document<'_>, indented: bool) -> String {
    let article = document.article;
    let object = Object {
        id: document.id,
        path: article.path.as_str(),
        title: &article.title,
        date: article.date.map(|date| date.day.to_string()),
        time: article.date.and_then(|date| date.time).map(|time| time.to_string()),
        source: article.source.as_deref(),
        section: article.section.as_deref(),
        dateline: article.dateline.as_deref(),
        authors: &article.authors,
        language: document.language,
        registry_only: registry_only(document.annotation),
        text: &article.prose.text,
        annotation: document.annotation.into(),
        entities: document.entities,
        topics: document.topics,
    };
    // Maps with keys of strings and plain values cannot fail to serialise.
    let line = serde_json::to_string(&object).unwrap_or_default();
    let line = if article.prose.text.is_ascii() { line } else { recount(&line, &article.prose.text) };
    if !indented {
        return line;
    }
    let value: Value = serde_json::from_str(&line).unwrap_or_default();
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

/// Rewrites the offsets of all spans. A span is the only object that begins so, and inside a string of JSON no quotation
/// mark stands without a backslash before it.
fn recount(line: &str, text: &str) -> String {
    const START: &str = "{\"start\":";
    const END: &str = ",\"end\":";
    let points = CodePoints::new(text);
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(START) {
        let (before, span) = rest.split_at(at + START.len());
        out.push_str(before);
        rest = span;
        for between in [END, "}"] {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at(digits);
            let Some(after) = after.strip_prefix(between) else { break };
            let offset = number.parse().unwrap_or(0);
            out.push_str(&points.at(offset).to_string());
            out.push_str(between);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::recount;
    use crate::model::{EntityId, EntityKind, Evidence, Mention, Quote, QuoteKind, Span, Speaker, Status};
    use serde_json::{Value, json};

    #[test]
    fn spans_count_code_points() {
        let mention = Mention {
            span: Span::new(5, 9),
            sentence: Span::new(0, 9),
            kind: EntityKind::Place,
            entity: Some(EntityId::new("kyiv")),
            confidence: 90,
            evidence: Evidence::Acronym { of: Span::new(2, 5) },
            status: Status::Accepted,
            role: None,
            candidates: Vec::new(),
        };
        let quote = Quote {
            span: Span::new(2, 9),
            kind: QuoteKind::Direct,
            speaker: Speaker::Entity { id: EntityId::new("kyiv"), span: Span::new(5, 9) },
            verb: None,
            confidence: 50,
        };
        let written = |value: &str| -> Value { serde_json::from_str(&recount(value, "é—Kyiv")).unwrap() };
        let mention = written(&serde_json::to_string(&mention).unwrap());
        assert_eq!(mention["span"], json!({ "start": 2, "end": 6 }));
        assert_eq!(mention["evidence"]["acronym"]["of"], json!({ "start": 1, "end": 2 }));
        let quote = written(&serde_json::to_string(&quote).unwrap());
        assert_eq!(quote["speaker"]["entity"]["span"], json!({ "start": 2, "end": 6 }));
        let text = r#"{"text":"a {\"start\":5,\"end\":9}"}"#;
        assert_eq!(recount(text, "é—Kyiv"), text);
    }
}
