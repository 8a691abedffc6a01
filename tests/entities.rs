//! `dateline entities`: what it lists, and what `adopt` writes.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

fn run(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).env("NO_COLOR", "1").args(args).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Two pieces that name one unknown woman with her title, and a registry with an alias that two entries bear.
fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("written");
    fs::create_dir(dir.path().join("content")).expect("made");
    put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
    let text = "The talks went on. Foreign Minister Yasmin Orlo said on Monday that they would end soon. Orlo spoke in \
                Oslo, the capital of Norway, where the two sides have met since the spring.";
    put("content/2025-07-01-a.md", &format!("---\ntitle: Talks go on\n---\n{text}\n"));
    put("content/2025-07-02-b.md", &format!("---\ntitle: Talks end\n---\n{text}\n"));
    put(
        "content/entities.yaml",
        "- {name: Ana Velde, kind: person, aliases: [Velde]}\n- {name: Jon Velde, kind: person, aliases: [Velde]}\n",
    );
    dir
}

#[test]
fn what_nobody_knows_is_listed() {
    let dir = site();
    let listed = run(dir.path(), &["entities", "--now", "2025-08-01"]);
    let text = out(&listed);
    assert_eq!((listed.status.code(), err(&listed).contains("error")), (Some(0), false), "{}", err(&listed));
    assert!(text.starts_with("2 entries in the registry, 2 of them in no published piece; "), "{text}");
    let row = text.lines().find(|line| line.contains("Yasmin Orlo")).unwrap_or_default();
    assert!(row.trim_start().starts_with("2  Yasmin Orlo  person"), "{text}");
    assert!(text.contains("- id: yasmin-orlo\n  name: Yasmin Orlo\n  kind: person\n"), "{text}");
    let shared = text.lines().find(|line| line.starts_with("Velde ")).unwrap_or_default();
    assert_eq!(shared.split_whitespace().collect::<Vec<_>>(), ["Velde", "ana-velde,", "jon-velde"], "{text}");
    assert!(
        !out(&run(dir.path(), &["entities", "--min", "3"])).contains("Yasmin"),
        "named in two pieces only"
    );
    assert!(!out(&run(dir.path(), &["entities", "--kind", "place"])).contains("Yasmin"));
    let objects = out(&run(dir.path(), &["entities", "--message-format", "json"]));
    let objects: Vec<Value> = objects.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |kind: &str| objects.iter().find(|o| o["kind"] == kind).cloned().unwrap_or_default();
    assert_eq!((&of("entities")["registry"], &of("unknown")["articles"]), (&Value::from(2), &Value::from(2)));
    assert_eq!(of("ambiguous")["name"], "Velde");
}

/// The text's own spelling waits for an editor, its acronym has made a page: one row, not two.
#[test]
fn a_name_that_is_published_by_its_acronym_is_listed_once() {
    let dir = site();
    let text = "Deutsche Welle (DW) reported in mid-2019 that 62 outlets had closed. DW also reported that more were to follow.";
    let file = dir.path().join("content/2025-07-05-e.md");
    fs::write(file, format!("---\ntitle: News\n---\n{text}\n")).expect("written");
    let listed = out(&run(dir.path(), &["entities", "--limit", "0"]));
    let rows: Vec<&str> = listed.lines().filter(|line| line.contains("  Deutsche Welle  ")).collect();
    assert!(rows.len() == 1 && rows[0].contains("provisional page"), "{listed}");
}

#[test]
fn entries_can_be_pasted() {
    let dir = site();
    let entries = out(&run(dir.path(), &["entities", "--entries"]));
    fs::write(dir.path().join("content/entities.yaml"), entries).expect("written");
    let checked = run(dir.path(), &["check", "--now", "2025-08-01"]);
    assert_eq!(checked.status.code(), Some(0), "{}", err(&checked));
    assert!(!out(&run(dir.path(), &["entities"])).contains("  Yasmin Orlo  "));
}

#[test]
fn a_name_is_adopted_once() {
    let dir = site();
    let file = dir.path().join("content/entities/yasmin-orlo.md");
    let wrote = run(dir.path(), &["entities", "adopt", "yasmin orlo"]);
    assert_eq!(wrote.status.code(), Some(0), "{}", err(&wrote));
    assert!(out(&wrote).starts_with("Wrote content/entities/yasmin-orlo.md"), "{}", out(&wrote));
    let text = fs::read_to_string(&file).expect("the entry");
    assert!(text.starts_with("---\nname: Yasmin Orlo\nkind: person\n"), "{text}");
    assert!(text.contains("Foreign Minister"), "the role as written: {text}");
    assert_eq!(run(dir.path(), &["check", "--now", "2025-08-01"]).status.code(), Some(0));
    // Now the registry has it, under whatever name; and a file that stands there is never touched.
    let again = run(dir.path(), &["entities", "adopt", "Yasmin Orlo"]);
    assert!(
        again.status.code() == Some(2) && err(&again).contains("in the registry already"),
        "{}",
        err(&again)
    );
    let other = dir.path().join("content/entities/mine.md");
    fs::write(&other, "not an entry").expect("written");
    let refused = run(dir.path(), &["entities", "adopt", "Blue Line", "--kind", "work", "--id", "mine"]);
    assert!(
        refused.status.code() == Some(2) && err(&refused).contains("is there already"),
        "{}",
        err(&refused)
    );
    assert_eq!(fs::read_to_string(&other).expect("still there"), "not an entry");
    let near = run(dir.path(), &["entities", "adopt", "Yasmine Orlo"]);
    assert_eq!(near.status.code(), Some(2));
    let builtin = run(dir.path(), &["entities", "adopt", "norway"]);
    let text = fs::read_to_string(dir.path().join("content/entities/norway.md")).expect("the entry");
    assert!(
        builtin.status.success() && text.contains("wikidata: Q") && text.contains("country: NO"),
        "{text}"
    );
}
