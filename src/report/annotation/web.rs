//! One annotated text → a page of annotations in JSON-LD (W3C Web Annotation Data Model, 2017).
//!
//! Each has a `TextQuoteSelector` (section 4.2.4) and a `TextPositionSelector` (4.2.5), so that it is found again even
//! when the text has moved. An accepted link is motivated by `identifying`, a doubtful one by `questioning`, a
//! quotation leads to its speaker by `linking`, a topic stands for the whole text by `classifying`.

use serde_json::{Value, json};

use crate::{
    model::{EntityId, Mention, Quote, Span, Speaker, Status, TopicTag},
    report::annotation::{Document, points::CodePoints, registry_only, table},
};

/// Code points of the text quoted before and after each selection.
const AROUND: usize = 32;

/// The page of all annotations of a text.
pub fn web(document: &Document<'_>) -> Value {
    let writer = Writer { document, points: CodePoints::new(&document.article.prose.text) };
    let annotation = document.annotation;
    let mut items: Vec<Value> = Vec::new();
    items.extend(registry_only(annotation).map(|remark| {
        json!({
            "motivation": "commenting",
            "body": { "type": "TextualBody", "purpose": "commenting", "value": remark, "format": "text/plain" },
            "target": document.iri,
        })
    }));
    items.extend(annotation.mentions.iter().map(|mention| writer.mention(mention)));
    items.extend(annotation.quotes.iter().filter_map(|quote| writer.quote(quote)));
    items.extend(annotation.topics.iter().map(|topic| writer.topic(topic)));
    for (i, item) in items.iter_mut().enumerate() {
        item["id"] = json!(format!("{}#annotation-{}", document.iri, i + 1));
        item["type"] = json!("Annotation");
        item["generator"] = json!("urn:dateline:annotator");
    }
    json!({
        // What the standard's own context does not name: how sure the annotator is (ITS 2.0, section 8.9).
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            { "confidence": { "@id": "http://www.w3.org/2005/11/its/rdf#taConfidence", "@type": "xsd:decimal" } },
        ],
        "id": format!("{}#annotations", document.iri),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    })
}

struct Writer<'a> {
    document: &'a Document<'a>,
    points: CodePoints<'a>,
}

impl Writer<'_> {
    fn mention(&self, mention: &Mention) -> Value {
        let accepted = mention.status == Status::Accepted;
        let named =
            mention.entity.iter().chain(mention.candidates.iter().filter(|_| !accepted).map(|c| &c.entity));
        let mut bodies: Vec<Value> = named.filter_map(|id| self.identity(id)).collect();
        // The best candidate may stand as the entity too.
        let mut seen = Vec::new();
        bodies.retain(|body| {
            !seen.contains(body) && {
                seen.push(body.clone());
                true
            }
        });
        // An adjective refers to its country and names it not.
        let motivation = match (&mention.evidence, mention.status) {
            _ if mention.evidence.reference().is_some() => "linking",
            (_, Status::Accepted) => "identifying",
            _ => "questioning",
        };
        bodies.push(remark("tagging", mention.kind.as_str()));
        let why = table::evidence(mention, &self.document.article.prose);
        bodies.push(remark("describing", &format!("{}: {why}", table::status(mention.status))));
        json!({
            "motivation": motivation,
            "confidence": confidence(mention.confidence),
            "body": bodies,
            "target": self.target(mention.span),
        })
    }

    fn quote(&self, quote: &Quote) -> Option<Value> {
        let Speaker::Entity { id, .. } = &quote.speaker else { return None };
        let known = self.document.entities.get(id)?;
        Some(json!({
            "motivation": "linking",
            "confidence": confidence(quote.confidence),
            "body": [
                { "type": "SpecificResource", "purpose": "linking", "source": known.iri },
                remark("describing", &format!("said by {}", known.name)),
            ],
            "target": self.target(quote.span),
        }))
    }

    fn topic(&self, tag: &TopicTag) -> Value {
        let mut bodies = Vec::new();
        if let Some(known) = self.document.topics.get(&tag.topic) {
            bodies.push(json!({ "type": "SpecificResource", "purpose": "classifying", "source": known.iri }));
            bodies.push(remark("tagging", &known.name));
        }
        if !tag.cues.is_empty() {
            bodies.push(remark("describing", &format!("cues: {}", tag.cues.join(", "))));
        }
        json!({
            "motivation": "classifying",
            "confidence": confidence(tag.score),
            "body": bodies,
            "target": self.document.iri,
        })
    }

    fn identity(&self, id: &EntityId) -> Option<Value> {
        let known = self.document.entities.get(id)?;
        Some(json!({ "type": "SpecificResource", "purpose": "identifying", "source": known.iri }))
    }

    fn target(&self, span: Span) -> Value {
        let text = &self.document.article.prose.text;
        let (start, end) = self.points.of(span);
        let before = text.get(..span.start as usize).unwrap_or("");
        let after = text.get(span.end as usize..).unwrap_or("");
        let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(i, _)| i);
        let to = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
        json!({
            "source": self.document.iri,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": self.document.article.prose.slice(span),
                    "prefix": &before[from..],
                    "suffix": &after[..to],
                },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        })
    }
}

fn remark(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" })
}

/// Percent → a decimal of 0 to 1, exact.
fn confidence(percent: u8) -> String {
    format!("{}.{:02}", percent / 100, percent % 100)
}
