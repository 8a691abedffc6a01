//! The README says what is so: its table of front matter is the parser's, its commands are those of the program.

#![expect(clippy::disallowed_methods, reason = "it reads and writes the files of this repository")]

use std::{fs, path::Path};

use dateline::parse::{keys::ARTICLE, reference::reference};

const BEGIN: &str = "<!-- front matter: UPDATE_DOCS=1 cargo test --test readme -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_front_matter_table_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).expect("the README");
    let start = text.find(BEGIN).expect("the beginning of the table") + BEGIN.len();
    let end = start + text[start..].find(END).expect("the end of the table");
    let table = format!("\n{}\n", reference(ARTICLE));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{}{table}{}", &text[..start], &text[end..]))
            .expect("the README is written");
    } else {
        assert_eq!(&text[start..end], table, "run UPDATE_DOCS=1 cargo test --test readme");
    }
}

#[test]
fn the_two_commands_are_there_and_links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("README.md")).expect("the README");
    assert!(text.contains("\ncargo run --release -- build ") && text.contains("\ncargo test "));
    for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(target.contains("://") || root.join(target).exists(), "{target}");
    }
}
