//! A file of decisions enters, or a new decision; its decisions leave with all faults, or the text with one more.

use crate::{
    diagnostic::Diagnostic,
    model::{
        Decision, Decisions, EntityId, EntityKind, Verdict,
        decision::{About, NewEntity, about},
    },
    parse::{
        faults::{Faults, Source},
        keys::{DECISION, NAME_DECISION},
        schema::{self, Sound},
        yaml::{self, Value, Yaml},
    },
    path::{SourcePath, slugify},
};

/// The decisions of `content/decisions/**/*.yaml`.
pub fn decisions(path: &SourcePath, text: &str) -> (Decisions, Vec<Diagnostic>) {
    let about = about(path);
    let keys = if about == About::Names { NAME_DECISION } else { DECISION };
    let mut faults = Faults::new(Source { path, text });
    let start = faults.source.start();
    let mut list = Vec::new();
    match yaml::parse(start..text.len(), &mut faults) {
        Some(Yaml { value: Value::Seq(items), .. }) => {
            for item in items {
                let mut sound = schema::read(Some(&item), keys, item.range.clone(), &mut faults);
                list.extend(decision(&mut sound, &item, &mut faults));
            }
        }
        Some(tree) if !tree.is_null() => {
            let fault = Diagnostic::error("wrong-type", "this file must be a list of decisions");
            faults.at(tree.range, fault.help("begin each decision with `- quote: `"));
        }
        _ => {}
    }
    (Decisions { path: path.clone(), about, list }, faults.finish())
}

fn decision(sound: &mut Sound, item: &Yaml, faults: &mut Faults) -> Option<Decision> {
    let quote = sound.line("quote")?;
    let given = ["entity", "new", "decision"].iter().find_map(|key| sound.range(key));
    let verdict_place = faults.place(given.unwrap_or(item.range.clone()));
    let place = faults.place(sound.range("quote").unwrap_or(item.range.clone()));
    let verdict = verdict(sound, item, faults)?;
    Some(Decision {
        quote,
        prefix: sound.line("prefix").unwrap_or_default(),
        suffix: sound.line("suffix").unwrap_or_default(),
        at: sound.take("at"),
        every: sound.take("every").unwrap_or_default(),
        verdict,
        by: sound.text("by"),
        date: sound.text("date"),
        note: sound.text("note"),
        place,
        verdict_place,
    })
}

/// What is decided; `None` when the keys do not say, or say two things.
fn verdict(sound: &mut Sound, item: &Yaml, faults: &mut Faults) -> Option<Verdict> {
    let failed = ["decision", "entity", "new"].iter().any(|key| sound.failed(key));
    let ranges = ["decision", "entity", "new"].map(|key| sound.range(key));
    let word: Option<String> = sound.take("decision");
    let entity = sound.line("entity");
    let new: Option<Raw> = sound.take("new");
    let verdict = match (word.as_deref(), entity, new) {
        (Some("reject"), None, None) => Verdict::Reject,
        (Some("accept"), None, None) => Verdict::Accept,
        (Some("accept") | None, Some(entity), None) => Verdict::Entity(entity),
        (Some("accept") | None, None, Some(new)) => Verdict::New(new.into()),
        (None, None, None) => {
            // A value that is there and wrong has been reported as such.
            if !failed {
                let message = "this decision does not say what is decided";
                let help = "add `decision: accept`, `decision: reject` or `entity:` with an id";
                faults.at(item.range.clone(), Diagnostic::error("missing-key", message).help(help));
            }
            return None;
        }
        (word, entity, _) => {
            let range = ranges.into_iter().flatten().last().unwrap_or(item.range.clone());
            let message = match (word, entity) {
                (Some("reject"), _) => "a rejected name cannot mean somebody as well",
                _ => "`entity` and `new` are two answers to one question",
            };
            faults.at(range, Diagnostic::error("contradiction", message).help("remove one of the two"));
            return None;
        }
    };
    Some(verdict)
}

#[derive(serde::Deserialize)]
struct Raw {
    #[serde(default)]
    id: Option<String>,
    name: String,
    kind: EntityKind,
    #[serde(default)]
    description: Option<String>,
}

impl From<Raw> for NewEntity {
    fn from(raw: Raw) -> Self {
        let name = raw.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = EntityId::new(&slugify(raw.id.as_deref().unwrap_or(&name)));
        NewEntity { id, name, kind: raw.kind, description: raw.description }
    }
}

/// The text of a file of decisions with one more at its end; everything that stands in it stays as it is.
pub fn with(text: &str, decision: &Decision) -> String {
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&entry(decision));
    out
}

/// A decision as an item of a list.
pub fn entry(decision: &Decision) -> String {
    let mut lines: Vec<String> = vec![format!("quote: {}", quoted(&decision.quote))];
    for (key, value) in [("prefix", &decision.prefix), ("suffix", &decision.suffix)] {
        if !value.is_empty() {
            lines.push(format!("{key}: {}", quoted(value)));
        }
    }
    if let Some(at) = decision.at {
        lines.push(format!("at: {at}"));
    }
    if decision.every {
        lines.push("every: true".to_owned());
    }
    match &decision.verdict {
        Verdict::Accept => lines.push("decision: accept".to_owned()),
        Verdict::Reject => lines.push("decision: reject".to_owned()),
        Verdict::Entity(entity) => lines.push(format!("entity: {}", plain(entity))),
        Verdict::New(new) => {
            lines.push("new:".to_owned());
            lines.push(format!("  id: {}", plain(new.id.as_str())));
            lines.push(format!("  name: {}", quoted(&new.name)));
            lines.push(format!("  kind: {}", new.kind.as_str()));
            if let Some(description) = &new.description {
                lines.push(format!("  description: {}", quoted(description)));
            }
        }
    }
    for (key, value) in [("by", &decision.by), ("date", &decision.date), ("note", &decision.note)] {
        if let Some(value) = value {
            lines.push(format!("{key}: {}", if key == "date" { plain(value) } else { quoted(value) }));
        }
    }
    format!("- {}\n", lines.join("\n  "))
}

/// A double-quoted scalar: JSON's texts are YAML's (YAML 1.2.2, section 1.3).
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An id or a day without quotes, where YAML takes it for nothing else.
fn plain(text: &str) -> String {
    let word = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !matches!(text, "null" | "true" | "false");
    if word { text.to_owned() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn told(name: &str, text: &str) -> (usize, Vec<String>) {
        let (decisions, faults) =
            decisions(&SourcePath::new(&format!("content/decisions/{name}.yaml")), text);
        let show = |d: &Diagnostic| {
            let place = d.place.as_ref().expect("a place");
            let help = d.help.as_deref().unwrap_or_default();
            format!("{}:{} {} {} | {help}", place.line, place.column, d.code, d.message)
        };
        (decisions.list.len(), faults.iter().map(show).collect())
    }

    #[test]
    fn faults_have_places_and_remedies() {
        let check = |name: &str, text: &str, count: usize, expect: &[&str]| {
            let expect: Vec<String> = expect.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(told(name, text), (count, expect), "{text}");
        };
        check("a.md", "# nothing yet\n", 0, &[]);
        check("a.md", "- quote: Kim\n  entity: kim-one\n- { quote: Ö, decision: rejected }\n", 2, &[]);
        check(
            "a.md",
            "quote: Kim\n",
            0,
            &["1:1 wrong-type this file must be a list of decisions | begin each decision with `- quote: `"],
        );
        check(
            "a.md",
            "- quote: Kim\n  prefx: of\n  decision: reject\n",
            1,
            &["2:3 unknown-key unknown key `prefx` | did you mean `prefix`?"],
        );
        check(
            "a.md",
            "- quote: Kim\n- decision: reject\n- quote: Lee\n  decision: maybe\n",
            0,
            &[
                "1:3 missing-key this decision does not say what is decided | add `decision: accept`, `decision: reject` or `entity:` with an id",
                "2:3 missing-key the key `quote` is missing | add `quote:` with text",
                "4:13 bad-choice `decision` must be `accept` or `reject`, not `maybe` | ",
            ],
        );
        check(
            "a.md",
            "- { quote: Kim, decision: reject, entity: kim }\n- { quote: Kim, entity: a, new: { name: B, kind: person } }\n",
            0,
            &[
                "1:43 contradiction a rejected name cannot mean somebody as well | remove one of the two",
                "2:33 contradiction `entity` and `new` are two answers to one question | remove one of the two",
            ],
        );
        let (count, faults) = told("_names", "- quote: Kim\n  prefix: of\n  decision: reject\n");
        assert!(count == 1 && faults[0].starts_with("2:3 unknown-key unknown key `prefix`"), "{faults:?}");
    }

    fn sample(quote: &str, prefix: &str, note: Option<&str>, verdict: Verdict) -> Decision {
        let place = Place::file(&SourcePath::new("x"));
        Decision {
            quote: quote.to_owned(),
            prefix: prefix.to_owned(),
            suffix: "» said: \"no\" # now".to_owned(),
            at: Some(7),
            every: true,
            verdict,
            by: Some("Ann: desk".to_owned()),
            date: Some("2025-07-12".to_owned()),
            note: note.map(str::to_owned),
            place: place.clone(),
            verdict_place: place,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let new = NewEntity {
            id: EntityId::new("null"),
            name: "Ö \\ \"Ex\"".to_owned(),
            kind: EntityKind::Place,
            description: Some("- [a]: #b".to_owned()),
        };
        let path = SourcePath::new("content/decisions/a.md.yaml");
        let mut text = "# mine\n- { quote: Kim, decision: reject } # keep".to_owned();
        let all = [Verdict::Accept, Verdict::Reject, Verdict::Entity("kim-1".to_owned()), Verdict::New(new)];
        for (i, verdict) in all.into_iter().enumerate() {
            let one = sample("null", "a: b", (i % 2 == 0).then_some("why?"), verdict);
            text = with(&text, &one);
            let (read, faults) = decisions(&path, &text);
            assert!(faults.is_empty(), "{text}{faults:?}");
            let last = read.list.last().expect("it was added");
            let back = Decision {
                place: one.place.clone(),
                verdict_place: one.verdict_place.clone(),
                ..last.clone()
            };
            assert_eq!((back, read.list.len()), (one, i + 2), "{text}");
        }
        assert!(text.starts_with("# mine\n- { quote: Kim, decision: reject } # keep\n- quote: "), "{text}");
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_written_and_read(quote in "\\PC{1,30}", prefix in "\\PC{0,30}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assume!(!words(&quote).is_empty());
            let one = sample(&words(&quote), &words(&prefix), None, Verdict::Reject);
            let (read, faults) = decisions(&SourcePath::new("content/decisions/a.md.yaml"), &entry(&one));
            proptest::prop_assert!(faults.is_empty(), "{:?}", faults);
            proptest::prop_assert_eq!((&read.list[0].quote, &read.list[0].prefix), (&one.quote, &one.prefix));
        }
    }
}
