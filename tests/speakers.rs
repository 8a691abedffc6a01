//! Articles with quotations enter; how their speakers stand on the pages leaves: a name with a page as a link, a name that
//! is only proposed as plain text.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, process::Command};

/// The page of Rotterdam on a site of one article, under these settings.
fn page(settings: &str, text: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    let settings = format!("title: T\nbase_url: https://example.org/\n{settings}");
    fs::write(dir.path().join("dateline.yaml"), settings).unwrap();
    fs::write(dir.path().join("content/2025-02-10-news.md"), format!("---\ntitle: News\n---\n{text}\n"))
        .unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output =
        build.current_dir(dir.path()).args(["build", "--now", "2026-01-01", "--no-search"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(dir.path().join("public/entities/rotterdam/index.html")).unwrap()
}

#[test]
fn a_speaker_who_is_only_proposed_is_plain_text() {
    let text = "\"The port of Rotterdam shuts for the winter,\" said Ada Quillfeather. It rained.";
    let linked = page("", text);
    assert!(linked.contains(">Ada Quillfeather</a>"), "{linked}");
    let plain = page("annotate:\n  provisional: false\n", text);
    assert!(!plain.contains("ada-quillfeather"), "{plain}");
    assert!(plain.contains("<span>Ada Quillfeather</span>"), "{plain}");
}
