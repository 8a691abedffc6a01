//! Diagnostics → text for a terminal, JSON, or a SARIF log (OASIS SARIF 2.1.0).

use std::collections::BTreeSet;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};

/// The fault as rustc would draw it: message, place, the line with a pointer, remedy. `styled` adds ANSI colours;
/// control characters in the user's text are made visible.
pub fn terminal(diagnostic: &Diagnostic, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code));
    if let Some(place) = &diagnostic.place {
        if place.line == 0 {
            group = group.element(Origin::path(place.path.as_str()));
        } else {
            let annotation = AnnotationKind::Primary.span(place.mark.clone());
            // A long line is shown in part, so the column of the snippet would not be that of the file.
            let clipped = place.excerpt.get(..place.mark.start).map_or(0, |s| s.chars().count()) + 1
                != place.column as usize;
            let mut snippet = Snippet::source(&*place.excerpt).line_start(place.line as usize);
            if clipped {
                let origin = Origin::path(place.path.as_str()).line(place.line as usize);
                group = group.element(origin.char_column(place.column as usize));
            } else {
                snippet = snippet.path(place.path.as_str());
            }
            group = group.element(snippet.annotation(annotation));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

/// One object: severity, code, message, help, path, line and column (from 1; absent when unknown).
pub fn json(diagnostic: &Diagnostic) -> Value {
    let mut value = json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
    });
    if let Some(help) = &diagnostic.help {
        value["help"] = json!(help);
    }
    if let Some(place) = &diagnostic.place {
        value["path"] = json!(place.path.as_str());
        if place.line > 0 {
            value["line"] = json!(place.line);
            value["column"] = json!(place.column);
            value["excerpt"] = json!(place.excerpt);
        }
    }
    value
}

/// A SARIF 2.1.0 log with one run: columns count Unicode code points, and paths are relative to the site's root.
pub fn sarif(diagnostics: &[Diagnostic]) -> Value {
    let rules: Vec<&str> = BTreeSet::from_iter(diagnostics.iter().map(|d| d.code)).into_iter().collect();
    let results: Vec<Value> = diagnostics.iter().map(|d| sarif_result(d, &rules)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dateline",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn sarif_result(diagnostic: &Diagnostic, rules: &[&str]) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}. {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rules.iter().position(|id| *id == diagnostic.code),
        "level": level,
        "message": { "text": text },
    });
    if let Some(place) = &diagnostic.place {
        let mut physical = json!({ "artifactLocation": { "uri": uri(place.path.as_str()) } });
        if place.line > 0 {
            let marked = place.excerpt.get(place.mark.clone()).map_or(0, |mark| mark.chars().count());
            physical["region"] = json!({
                "startLine": place.line,
                "startColumn": place.column,
                "endColumn": place.column as usize + marked,
            });
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

/// A relative reference: SARIF wants URIs (section 3.4.3), so what RFC 3986 forbids is percent-encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostic::Place, path::SourcePath};

    fn sample() -> Diagnostic {
        let path = SourcePath::new("content/a b.md");
        Diagnostic::error("unknown-key", "unknown key `titel`")
            .at(Place::in_source(&path, "---\ntitel: x\n---\n", 4..9))
            .help("did you mean `title`?")
    }

    #[test]
    fn drawn_for_a_terminal() {
        insta::assert_snapshot!(terminal(&sample(), false), @r"
        error[unknown-key]: unknown key `titel`
         --> content/a b.md:2:1
          |
        2 | titel: x
          | ^^^^^
          |
          = help: did you mean `title`?
        ");
        let whole =
            Diagnostic::warning("empty", "nothing to publish").at(Place::file(&SourcePath::new("x.md")));
        insta::assert_snapshot!(terminal(&whole, false), @r"
        warning[empty]: nothing to publish
        --> x.md
        ");
        let path = SourcePath::new("long.md");
        let long = Diagnostic::note("n", "far out").at(Place::in_source(&path, &"x".repeat(900), 600..603));
        assert!(terminal(&long, false).contains("long.md:1:601"), "{}", terminal(&long, false));
        assert!(terminal(&sample(), true).contains("\u{1b}["));
    }

    #[test]
    fn as_json() {
        let value = json(&sample());
        assert_eq!(value["severity"], "error");
        assert_eq!((&value["line"], &value["column"]), (&json!(2), &json!(1)));
        assert_eq!(json(&Diagnostic::note("n", "m")).get("path"), None);
    }

    #[test]
    fn as_sarif() {
        let log = sarif(&[sample(), Diagnostic::note("empty", "nothing")]);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleIndex"], 1);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.md");
        assert_eq!(place["region"], json!({ "startLine": 2, "startColumn": 1, "endColumn": 6 }));
        assert!(log["runs"][0]["results"][1].get("locations").is_none());
    }
}
