//! Who somebody is changes: a card says what he was when its article was written, his page and lists what he is now.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, path::Path, process::Command};

/// Builds a site of these pieces, each with its day and text, and gives its output.
fn built(registry: &str, pieces: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    fs::write(dir.path().join("dateline.yaml"), "title: T\nbase_url: https://example.org/\n").unwrap();
    fs::write(dir.path().join("content/entities.yaml"), registry).unwrap();
    for (day, text) in pieces {
        // Company that they share, or two posts would be two people.
        let text = format!("---\ntitle: News of {day}\n---\n{text}\n\nThe cabinet of Norway met in Oslo.\n");
        fs::write(dir.path().join(format!("content/{day}-news.md")), text).unwrap();
    }
    let mut build = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output =
        build.current_dir(dir.path()).args(["build", "--now", "2026-01-01", "--no-search"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    dir
}

fn page(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join("public").join(path).join("index.html")).unwrap_or_else(|_| panic!("{path}"))
}

/// Role and description of the card of a name, with ` | ` between them.
fn card(dir: &Path, day: &str, name: &str) -> String {
    let page = page(dir, &format!("{}/news", day.replace('-', "/")));
    let card =
        page.split("<div class=\"card\"").skip(1).find(|card| card.contains(&format!(">{name}</a></p>")));
    let card = card.unwrap_or_else(|| panic!("no card of {name} on {day}"));
    let part = |class: &str| {
        let (_, rest) = card.split_once(&format!("<p class=\"{class}\">"))?;
        Some(rest.split_once("</p>")?.0)
    };
    format!("{} | {}", part("card-role").unwrap_or_default(), part("card-what").unwrap_or_default())
}

const PIECES: &[(&str, &str)] = &[
    (
        "2025-01-10",
        "Yasmin Orlo, who teaches law in Oslo, said on Monday that the treaty was fair. Yasmin Orlo smiled.",
    ),
    ("2025-02-10", "Foreign Minister Yasmin Orlo said on Monday that talks would end soon."),
    ("2025-03-10", "Yasmin Orlo said on Monday that talks had ended. Yasmin Orlo left."),
    ("2025-05-10", "Prime Minister Yasmin Orlo said on Monday that taxes would fall."),
    ("2025-06-10", "Yasmin Orlo said on Tuesday that taxes had fallen. Yasmin Orlo left."),
    (
        "2025-07-10",
        "Years ago the treaty was signed by then-Foreign Minister Yasmin Orlo. Yasmin Orlo smiled.",
    ),
    ("2025-08-10", "President-elect Yasmin Orlo said on Monday that she would wait."),
    ("2025-09-10", "Former Prime Minister Yasmin Orlo said on Monday that she would write."),
    ("2025-10-10", "Yasmin Orlo said on Tuesday that the book was out. Yasmin Orlo left."),
];

#[test]
fn a_card_says_what_somebody_was_at_the_time() {
    let dir = built("[]\n", PIECES);
    for (day, expect) in [
        ("2025-01-10", " | "),
        ("2025-02-10", "Foreign Minister | "),
        ("2025-03-10", "Foreign Minister | "),
        ("2025-05-10", "Prime Minister | "),
        ("2025-06-10", "Prime Minister | "),
        ("2025-07-10", "Prime Minister | "),
        ("2025-08-10", "Prime Minister | "),
        ("2025-09-10", "Former Prime Minister | "),
        ("2025-10-10", "Former Prime Minister | "),
    ] {
        assert_eq!(card(dir.path(), day, "Yasmin Orlo"), expect, "{day}");
    }
    let own = page(dir.path(), "entities/yasmin-orlo");
    assert!(own.contains("<meta name=\"description\" content=\"Former Prime Minister\""), "{own}");
    let list = page(dir.path(), "entities/people");
    let row = list.split("yasmin-orlo/").nth(1).unwrap_or_default();
    let row = &row[..row.len().min(300)];
    assert!(row.contains("Former Prime Minister"), "{row}");
}

#[test]
fn the_registry_goes_before_the_texts() {
    let registry = "- name: Yasmin Orlo\n  kind: person\n  description: Norwegian politician\n  roles:\n  \
                    - {title: Member of Parliament, from: 2025-03, to: 2025-05-31}\n";
    let dir = built(registry, PIECES);
    for (day, expect) in [
        ("2025-02-10", "Foreign Minister | Norwegian politician"),
        ("2025-03-10", "Member of Parliament | Norwegian politician"),
        ("2025-05-10", "Member of Parliament | Norwegian politician"),
        // What earlier pieces gave has ended with what the registry dates.
        ("2025-06-10", " | Norwegian politician"),
        ("2025-09-10", "Former Prime Minister | Norwegian politician"),
    ] {
        assert_eq!(card(dir.path(), day, "Yasmin Orlo"), expect, "{day}");
    }
    assert!(page(dir.path(), "entities/people").contains("Norwegian politician"));
}
