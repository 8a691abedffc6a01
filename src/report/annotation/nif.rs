//! One annotated text → Turtle in the NLP Interchange Format (NIF 2.1), as GERBIL reads it.
//!
//! The text is a `nif:Context`; each linked name a `nif:Phrase` of it by code points (`#char=`, RFC 5147) with
//! `itsrdf:taIdentRef`; other candidates of a doubtful one are `nif:AnnotationUnit`s, so that no consumer takes them
//! for the answer. Confidence stands in NIF's companions of the ITS properties (`nif:taIdentConf`).

use std::fmt::Write as _;

use crate::{
    model::{EntityKind, Evidence, Mention, Status},
    report::annotation::{Document, points::CodePoints, registry_only},
};

/// What all texts share; stands once, before them.
pub const PREFIXES: &str = "\
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix nerd: <http://nerd.eurecom.fr/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// One text, its accepted names and, without an identity, those that wait for an editor or stand for another than the place
/// that they name.
pub fn nif(document: &Document<'_>) -> String {
    let text = &document.article.prose.text;
    let points = CodePoints::new(text);
    let context = format!("<{}#char=0,{}>", document.iri, points.total());
    let mut out = format!("\n{context}\n    a nif:Context , nif:String , nif:RFC5147String ;\n");
    // A `String` takes all that is written to it.
    let _ = writeln!(out, "    nif:beginIndex \"0\"^^xsd:nonNegativeInteger ;");
    let _ = writeln!(out, "    nif:endIndex \"{}\"^^xsd:nonNegativeInteger ;", points.total());
    let _ = writeln!(out, "    dcterms:language {} ;", literal(document.language));
    if !document.article.title.is_empty() {
        let _ = writeln!(out, "    dcterms:title {} ;", literal(&document.article.title));
    }
    for topic in &document.annotation.topics {
        if let Some(known) = document.topics.get(&topic.topic) {
            let _ = writeln!(out, "    dcterms:subject <{}> ;", known.iri);
        }
    }
    if let Some(remark) = registry_only(document.annotation) {
        let _ = writeln!(out, "    rdfs:comment {} ;", literal(&remark));
    }
    let _ = writeln!(out, "    nif:isString {} .", literal(text));
    for mention in &document.annotation.mentions {
        // Adjectives refer to their country, but are no names.
        if !matches!(mention.evidence, Evidence::Demonym { .. }) {
            phrase(document, mention, &points, &context, &mut out);
        }
    }
    out
}

fn phrase(
    document: &Document<'_>,
    mention: &Mention,
    points: &CodePoints<'_>,
    context: &str,
    out: &mut String,
) {
    let (start, end) = points.of(mention.span);
    let accepted = mention.status == Status::Accepted;
    let _ = writeln!(out, "\n<{}#char={start},{end}>", document.iri);
    let _ = writeln!(out, "    a nif:Phrase , nif:String , nif:RFC5147String , nif:EntityOccurrence ;");
    let _ = writeln!(out, "    nif:referenceContext {context} ;");
    let _ = writeln!(out, "    nif:beginIndex \"{start}\"^^xsd:nonNegativeInteger ;");
    let _ = writeln!(out, "    nif:endIndex \"{end}\"^^xsd:nonNegativeInteger ;");
    let _ = writeln!(out, "    itsrdf:taClassRef nerd:{} ;", class(mention.kind));
    let known = |id| document.entities.get(id);
    // `Washington accused`, `Brazil beat Serbia`: names, but of a government and a team, not of the place.
    let stands_for_other = mention.evidence.reference().is_some();
    if accepted
        && !stands_for_other
        && let Some(known) = mention.entity.as_ref().and_then(known)
    {
        let _ = writeln!(out, "    itsrdf:taIdentRef <{}> ;", known.iri);
        let _ = writeln!(out, "    nif:taIdentConf \"{}\"^^xsd:decimal ;", decimal(mention.confidence));
        let _ = writeln!(out, "    itsrdf:taConfidence \"{}\"^^xsd:double ;", decimal(mention.confidence));
    }
    if !accepted {
        let others =
            mention.candidates.iter().map(|c| &c.entity).filter(|id| Some(*id) != mention.entity.as_ref());
        for known in mention.entity.iter().chain(others).filter_map(known) {
            let unit = format!("[ a nif:AnnotationUnit ; itsrdf:taIdentRef <{}> ]", known.iri);
            let _ = writeln!(out, "    nif:annotationUnit {unit} ;");
        }
    }
    let _ = writeln!(out, "    nif:anchorOf {} .", literal(document.article.prose.slice(mention.span)));
}

/// The classes that GERBIL and its like know (NERD ontology).
fn class(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place => "Location",
        EntityKind::Event => "Event",
        EntityKind::Work | EntityKind::Law => "Thing",
    }
}

fn decimal(percent: u8) -> String {
    format!("{}.{:02}", percent / 100, percent % 100)
}

/// A string in quotation marks (Turtle 1.1, section 2.5.1 and 6.4).
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
