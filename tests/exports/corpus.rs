//! A corpus of JSON lines through the program: order, faults, ends, explanations.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::desk::Desk;

#[test]
fn results_come_in_order_and_bad_lines_are_told() {
    let desk = Desk::new();
    let mut lines: Vec<String> = (0..1500)
        .map(|i| {
            json!({ "id": i, "text": format!("Ana Velde spoke in Oslo, for the {i}th time.") }).to_string()
        })
        .collect();
    lines[700] = "{\"id\": 700, \"text\": ".to_owned();
    lines[900] = String::new();
    let (out, err, code) = desk.run(&["--format", "jsonl", "-"], &lines.join("\n"));
    let ids: Vec<u64> = out
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("JSON")["id"].as_u64().expect("a number"))
        .collect();
    let expect: Vec<u64> = (0..1500).filter(|i| ![700, 900].contains(i)).collect();
    assert_eq!(ids, expect);
    assert!(err.contains("error[bad-line]") && err.contains("stdin:701:"), "{err}");
    assert_eq!(code, 1);
    // As JSON, faults stand among the results.
    let (out, err, code) =
        desk.run(&["--format", "jsonl", "--message-format", "json", "-"], "{\"text\": 5}\n{\"text\": \"x\"}");
    assert!(
        out.lines().next().is_some_and(|l| l.contains("\"bad-line\"")) && out.lines().count() == 2,
        "{out}"
    );
    assert_eq!((err.as_str(), code), ("", 1));
}

#[test]
fn a_text_is_answered_before_the_next_is_written() {
    let desk = Desk::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["annotate", "--format", "jsonl", "--input", "jsonl", "-"])
        .current_dir(desk.site())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    for i in 0..3 {
        writeln!(stdin, "{{\"id\": {i}, \"text\": \"Oslo.\"}}").expect("written");
        stdin.flush().expect("flushed");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("an answer");
        assert!(line.starts_with(&format!("{{\"id\":{i},")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let desk = Desk::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["annotate", "--format", "jsonl", "-"])
        .current_dir(desk.site())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    let feeder = std::thread::spawn(move || {
        let line = json!({ "text": "Ana Velde spoke in Oslo. ".repeat(40) }).to_string();
        // Until the program is gone; it must not wait for all of this.
        (0..200_000).take_while(|_| writeln!(stdin, "{line}").is_ok()).count()
    });
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a first line");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    assert!(feeder.join().expect("no panic") < 200_000);
}

#[test]
fn formats_around_several_texts() {
    let desk = Desk::new();
    let file = "content/local/2025-07-10-harbour-bridge.txt";
    let parse = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert!(parse(&desk.run(&["--format", "json", file], "").0).is_object());
    assert_eq!(parse(&desk.run(&["--format", "json", file, file], "").0).as_array().map(Vec::len), Some(2));
    assert_eq!(desk.run(&["--format", "jsonl", file, file], "").0.lines().count(), 2);
    // The page of a site's article is its address.
    let nif = desk.run(&["--format", "nif", "-u", "https://example.org/repo/", file], "").0;
    assert!(nif.contains("<https://example.org/repo/2025/07/10/harbour-bridge/#char=0,"), "{nif}");
}

#[test]
fn names_are_explained() {
    let desk = Desk::new();
    let check = |text: &str, name: &str, expect: &[&str]| {
        let line = json!({ "text": text, "date": "2025-07-10" }).to_string();
        let (out, err, code) = desk.run(&["--explain", name, "-"], &line);
        assert_eq!((err.as_str(), code), ("", 0));
        expect.iter().for_each(|part| assert!(out.contains(part), "`{part}` in {out}"));
    };
    let said = "Mayor Ana Velde spoke of the bridge on Thursday. Velde said that it was safe, and that oslo was far away.";
    check(said, "Ana Velde", &["threshold: 70 %", "accepted: person → ana-velde", "surname of Ana Velde"]);
    check(said, "velde", &["line 1: Ana Velde", "line 1: Velde"]);
    check(said, "Oslo", &["no mention", "it has no capital letter"]);
    check(said, "Bergen", &["It stands nowhere in this text"]);
    let (out, _, _) =
        desk.run(&["--explain", "Oslo", "--message-format", "json", "-"], "{\"text\": \"In Oslo.\"}");
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["places"][0]["mention"]["entity"], "oslo", "{out}");
}

#[test]
fn costs_are_counted() {
    let desk = Desk::new();
    let line = json!({ "text": "Ana Velde spoke in Oslo." }).to_string();
    let (out, err, _) = desk.run(&["--format", "jsonl", "--stats", "-"], &format!("{line}\n{line}"));
    assert_eq!(out.lines().count(), 2);
    for part in [
        "2 texts, 10 words",
        "words a second on one core",
        "loaded: tagger",
        "\ntagger ",
        "mentions accepted",
    ] {
        assert!(err.contains(part), "{part} in {err}");
    }
    let (out, _, _) = desk.run(&["--format", "jsonl", "--stats", "--message-format", "json", "-"], &line);
    let stats: Value = serde_json::from_str(out.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&stats["kind"], &stats["words"]), (&json!("stats"), &json!(5)));
}
