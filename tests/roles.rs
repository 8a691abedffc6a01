//! Sentences with the posts that they give to people enter; that `annotate` finds those that are held, and no others as
//! held, leaves. They were labelled before the rules were read: 146 of 165 were right at first sight.

#![expect(clippy::disallowed_methods, reason = "tests read their own copy and run the program")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde::Deserialize;

/// A sentence, and for each person the words of the post (none: no post) and whether it is held.
#[derive(Deserialize)]
struct Case {
    text: String,
    roles: Vec<(String, String, Held)>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Held {
    Past,
    Current,
    Coming,
}

#[test]
fn posts_of_agency_copy() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/roles/blind.jsonl");
    let file = std::fs::read_to_string(path).unwrap();
    let cases: Vec<Case> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (case, roles) in cases.iter().zip(annotated(&cases)) {
        for (name, post, held) in &case.roles {
            count += 1;
            let found = roles
                .iter()
                .any(|(who, title)| who == name && title.to_lowercase().contains(&post.to_lowercase()));
            let right = found == (*held == Held::Current && !post.is_empty());
            if !right {
                wrong.push(format!("{}: {roles:?}", case.text));
            }
        }
    }
    assert!(count > 160 && wrong.len() <= 8, "{} of {count}: {wrong:#?}", wrong.len());
}

/// The posts of each text, as names and titles.
fn annotated(cases: &[Case]) -> Vec<Vec<(String, String)>> {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(folder.path())
        .args(["annotate", "--input", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = String::new();
    for case in cases {
        let text = format!("OSLO, July 10 - {} Nothing more was known.", case.text);
        lines += &format!("{}\n", serde_json::json!({"date": "2025-07-10", "text": text}));
    }
    let mut input = run.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = run.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let found: Vec<_> = text.lines().map(roles_of).collect();
    assert_eq!(found.len(), cases.len());
    found
}

fn roles_of(line: &str) -> Vec<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let annotation = &value["annotation"];
    let name = |id: &str| {
        let new = annotation["introduced"].as_array().unwrap().iter().find(|row| row["id"] == id);
        let name = new.map_or(&value["entities"][id]["name"], |row| &row["name"]);
        name.as_str().unwrap_or(id).to_owned()
    };
    let roles = annotation["roles"].as_array().unwrap().iter();
    roles.map(|r| (name(r["entity"].as_str().unwrap()), r["title"].as_str().unwrap().to_owned())).collect()
}
