//! Diagnostics enter; a log of SARIF 2.1.0 (OASIS Standard, 27 March 2020) leaves, as GitHub's code scanning reads it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, Severity},
    path::encode,
};

/// Section 3.13.
#[derive(Debug, Serialize)]
pub struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

/// Section 3.14.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Found<'a>>,
}

/// Section 3.18.
#[derive(Debug, Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

/// Section 3.19.
#[derive(Debug, Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

/// Section 3.49.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Text,
}

/// Section 3.11.
#[derive(Debug, Serialize)]
struct Text {
    text: String,
}

/// Section 3.27.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

/// Section 3.28.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

/// Section 3.29.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// Section 3.4: a relative reference by RFC 3986.
#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

/// Section 3.30: lines and columns from 1, the end column behind the last character.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_column: u32,
}

/// One run with all diagnostics, in the order given. Rules are sorted by id.
pub fn log(diagnostics: &[Diagnostic]) -> Log<'_> {
    let codes: Vec<&str> = diagnostics.iter().map(|d| d.code).collect::<BTreeSet<_>>().into_iter().collect();
    let results = diagnostics
        .iter()
        .map(|diagnostic| Found {
            rule_id: diagnostic.code,
            rule_index: codes.binary_search(&diagnostic.code).unwrap_or(0),
            level: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: Text {
                text: match &diagnostic.help {
                    Some(help) => format!("{} ({help})", diagnostic.message),
                    None => diagnostic.message.clone(),
                },
            },
            locations: location(diagnostic).into_iter().collect(),
        })
        .collect();
    let rules =
        codes.iter().map(|id| Rule { id, short_description: Text { text: id.replace('-', " ") } }).collect();
    let driver = Driver { name: "Dateline", version: env!("CARGO_PKG_VERSION"), rules };
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    }
}

fn location(diagnostic: &Diagnostic) -> Option<Location> {
    let place = diagnostic.place.as_ref()?;
    let length = place.excerpt.get(place.mark.clone()).map_or(0, |mark| mark.chars().count() as u32);
    let region = (place.line > 0).then(|| Region {
        start_line: place.line,
        start_column: place.column,
        end_column: place.column + length,
    });
    let mut uri = String::new();
    encode(place.path.as_str(), &mut uri);
    Some(Location {
        physical_location: PhysicalLocation { artifact_location: ArtifactLocation { uri }, region },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{diagnostic::Place, path::SourcePath};

    /// What the schema requires of each object, and the kind of each value.
    #[test]
    fn the_log_is_sarif() {
        let path = SourcePath::new("content/é b.md");
        let all = [
            Diagnostic::error("b-fault", "B").at(Place::in_source(&path, "é: xy\n", 4..6)).help("mend it"),
            Diagnostic::note("a-fault", "A").at(Place::file(&path)),
            Diagnostic::warning("b-fault", "C"),
        ];
        let log: Value = serde_json::to_value(log(&all)).expect("plain data");
        assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&json!("2.1.0"), Some(1)));
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["tool"]["driver"]["name"], "Dateline");
        assert_eq!(
            run["tool"]["driver"]["rules"],
            json!([
                { "id": "a-fault", "shortDescription": { "text": "a fault" } },
                { "id": "b-fault", "shortDescription": { "text": "b fault" } },
            ])
        );
        let at = |region: Value| {
            let mut place = json!({ "artifactLocation": { "uri": "content/%C3%A9%20b.md" } });
            if !region.is_null() {
                place["region"] = region;
            }
            json!([{ "physicalLocation": place }])
        };
        assert_eq!(
            run["results"],
            json!([
                { "ruleId": "b-fault", "ruleIndex": 1, "level": "error", "message": { "text": "B (mend it)" },
                  "locations": at(json!({ "startLine": 1, "startColumn": 4, "endColumn": 6 })) },
                { "ruleId": "a-fault", "ruleIndex": 0, "level": "note", "message": { "text": "A" },
                  "locations": at(Value::Null) },
                { "ruleId": "b-fault", "ruleIndex": 1, "level": "warning", "message": { "text": "C" } },
            ])
        );
        let empty = serde_json::to_value(super::log(&[])).expect("plain data");
        assert_eq!(empty["runs"][0]["results"], json!([]));
    }
}
