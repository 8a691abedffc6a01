//! RDF in, rows of SPARQL out. Context documents are not fetched: the terms that we use of the Web Annotation's stand here.

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::{Dataset, GraphName, Quad};
use oxttl::TurtleParser;
use spareval::{QueryEvaluator, QueryResults};
use spargebra::SparqlParser;

const CONTEXT: &str = r#"{ "@context": {
    "oa": "http://www.w3.org/ns/oa#", "dc": "http://purl.org/dc/elements/1.1/", "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationPage": "as:OrderedCollectionPage",
    "identifying": "oa:identifying", "questioning": "oa:questioning", "linking": "oa:linking", "tagging": "oa:tagging",
    "classifying": "oa:classifying", "describing": "oa:describing", "commenting": "oa:commenting",
    "body": { "@type": "@id", "@id": "oa:hasBody" }, "target": { "@type": "@id", "@id": "oa:hasTarget" },
    "source": { "@type": "@id", "@id": "oa:hasSource" }, "selector": { "@type": "@id", "@id": "oa:hasSelector" },
    "motivation": { "@type": "@vocab", "@id": "oa:motivatedBy" }, "purpose": { "@type": "@vocab", "@id": "oa:hasPurpose" },
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": { "@type": "xsd:nonNegativeInteger", "@id": "oa:start" },
    "end": { "@type": "xsd:nonNegativeInteger", "@id": "oa:end" },
    "items": { "@type": "@id", "@id": "as:items", "@container": "@list" },
    "startIndex": { "@type": "xsd:nonNegativeInteger", "@id": "as:startIndex" },
    "generator": { "@type": "@id", "@id": "as:generator" },
    "value": "rdf:value", "format": "dc:format"
} }"#;

const PREFIXES: &str = "
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX itsrdf: <http://www.w3.org/2005/11/its/rdf#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
";

pub fn turtle(text: &str) -> Dataset {
    let triples = TurtleParser::new().for_slice(text.as_bytes());
    triples.map(|triple| triple.expect("Turtle").in_graph(GraphName::DefaultGraph)).collect()
}

/// Documents of JSON-LD, one a line.
pub fn json_ld(lines: &str) -> Dataset {
    let mut all = Dataset::new();
    for line in lines.lines() {
        let parser = JsonLdParser::new().for_slice(line.as_bytes()).with_load_document_callback(|url, _| {
            assert_eq!(url, "http://www.w3.org/ns/anno.jsonld");
            Ok(JsonLdRemoteDocument { document: CONTEXT.as_bytes().to_vec(), document_url: url.to_owned() })
        });
        for quad in parser {
            let quad: Quad = quad.expect("JSON-LD");
            all.insert(&quad);
        }
    }
    all
}

/// The rows of a SELECT, every term by its bare value.
pub fn ask(data: &Dataset, query: &str) -> Vec<Vec<String>> {
    let query = SparqlParser::new().parse_query(&format!("{PREFIXES}{query}")).expect("SPARQL");
    let results = QueryEvaluator::new().prepare(&query).execute(data).expect("an answer");
    let QueryResults::Solutions(rows) = results else { panic!("SELECT only") };
    let value = |term: &oxrdf::Term| match term {
        oxrdf::Term::NamedNode(node) => node.as_str().to_owned(),
        oxrdf::Term::BlankNode(node) => node.as_str().to_owned(),
        oxrdf::Term::Literal(literal) => literal.value().to_owned(),
    };
    rows.map(|row| row.expect("a row").values().iter().flatten().map(value).collect()).collect()
}
