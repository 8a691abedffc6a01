//! Site tests: each folder of `tests/sites` is a small site with what must come of it, and needs no Rust.
//!
//! ```text
//! tests/sites/CASE/case.yaml       optional: now, base_url, drafts, future, notes
//!                  dateline.yaml, content/, templates/, themes/, static/
//!                  expected/…      files of the output, compared byte for byte
//!                  expected/diagnostics.txt   errors and warnings of `check` (notes too with `notes: true`)
//!                  expected/absent.txt        lines that occur nowhere in the whole output, whatever the case of letters
//!                  expected/present.txt       lines that occur in it
//!                  expected/files.txt         files that must be there, and after `!` those that must not
//! ```
//!
//! Without a `diagnostics.txt` there must be no error and no warning. `UPDATE_SITES=1` rewrites the expected files that
//! exist; `SITE=CASE` runs one.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use dateline::{
    check,
    diagnostic::{Diagnostic, Severity},
    pipeline::{self, Memo, Options, Silent},
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Deserialize;

/// The time of every case that names no other.
const NOW: &str = "2025-07-15T12:00:00Z";
/// Files of `expected/` that are no output.
const LISTS: [&str; 4] = ["diagnostics.txt", "absent.txt", "present.txt", "files.txt"];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Case {
    now: Option<String>,
    base_url: Option<String>,
    drafts: bool,
    future: bool,
    /// Compare notes too.
    notes: bool,
}

/// All files below a folder by their paths with `/`, and their bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    walk.filter(|e| e.file_type().is_file())
        .map(|e| {
            let name = e.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            (name, fs::read(e.path()).expect("readable"))
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        if !name.starts_with("expected/") {
            let path = to.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
    }
}

/// One line: severity, code, place, message, remedy.
fn line(d: &Diagnostic) -> String {
    let severity = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = d.place.as_ref().map_or("-".to_owned(), |p| match p.line {
        0 => p.path.to_string(),
        line => format!("{}:{line}:{}", p.path, p.column),
    });
    let help = d.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
    format!("{severity} {} {place} {}{help}\n", d.code, d.message)
}

/// Builds and checks a site; its output and its diagnostics as text.
fn build(root: &Path, case: &Case) -> (BTreeMap<String, Vec<u8>>, String) {
    let now = case.now.as_deref().unwrap_or(NOW).parse().expect("a timestamp");
    let output = root.join("public");
    let options = Options {
        base_url: case.base_url.clone(),
        drafts: case.drafts,
        future: case.future,
        ..Options::new(root, now)
    };
    let told = match pipeline::build(&options, false, &Silent) {
        Ok(_) => {
            let built = pipeline::load(&options, &Silent, Memo::default()).expect("it was built just now");
            check::check(root, &built.site, &built.renderer, &built.files, &built.diagnostics)
        }
        Err(pipeline::Error::Content(faults)) => faults,
        Err(error) => panic!("{error}"),
    };
    let shown = told.iter().filter(|d| case.notes || d.severity != Severity::Note).map(line).collect();
    let mut files = tree(&output);
    files.retain(|name, _| !name.starts_with(".dateline-"));
    (files, shown)
}

/// What is wrong with a case, a line each.
fn run(folder: &Path) -> Vec<String> {
    let case: Case = fs::read(folder.join("case.yaml"))
        .map(|bytes| serde_yaml::from_slice(&bytes).expect("a sound case.yaml"))
        .unwrap_or_default();
    let temporary = tempfile::tempdir().expect("a temporary folder");
    copy(folder, temporary.path());
    let (output, told) = build(temporary.path(), &case);
    let expected = folder.join("expected");
    if std::env::var_os("UPDATE_SITES").is_some() {
        update(&expected, &output, &told);
    }
    let expected = tree(&expected);
    let list = |name: &str| {
        let text = expected.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        text.unwrap_or_default()
    };
    let mut wrong = Vec::new();
    if list("diagnostics.txt") != told {
        wrong.push(format!("diagnostics are\n{told}but should be\n{}", list("diagnostics.txt")));
    }
    for (name, bytes) in expected.iter().filter(|(name, _)| !LISTS.contains(&&***name)) {
        match output.get(name) {
            None => wrong.push(format!("{name} is not there")),
            Some(found) if found != bytes => wrong.push(format!("{name}: {}", difference(found, bytes))),
            Some(_) => {}
        }
    }
    for name in list("files.txt").lines() {
        match name.strip_prefix('!') {
            Some(name) if output.contains_key(name) => wrong.push(format!("{name} is there")),
            None if !output.contains_key(name) => wrong.push(format!("{name} is not there")),
            _ => {}
        }
    }
    // Text stands in the search index too, compressed, and there in lower case.
    let texts: Vec<(&String, Vec<u8>)> =
        output.iter().map(|(name, bytes)| (name, unpacked(bytes).to_ascii_lowercase())).collect();
    for text in list("absent.txt").lines().filter(|text| !text.is_empty()) {
        let wanted = text.to_ascii_lowercase();
        let hits = texts.iter().filter(|(name, bytes)| {
            name.to_ascii_lowercase().contains(&wanted) || contains(bytes, wanted.as_bytes())
        });
        wrong.extend(hits.map(|(name, _)| format!("`{text}` occurs in {name}")));
    }
    for text in list("present.txt").lines().filter(|text| !text.is_empty()) {
        let wanted = text.to_ascii_lowercase();
        if !texts.iter().any(|(_, bytes)| contains(bytes, wanted.as_bytes())) {
            wrong.push(format!("`{text}` occurs nowhere"));
        }
    }
    wrong
}

/// What a gzip stream holds; anything else as it is.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    match flate2::read::GzDecoder::new(bytes).read_to_end(&mut text) {
        Ok(_) if bytes.starts_with(&[0x1f, 0x8b]) => text,
        _ => bytes.to_vec(),
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// The first line in which two files differ.
fn difference(found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let (mut a, mut b) = (found.split('\n'), expected.split('\n'));
    for number in 1.. {
        let (a, b) = (a.next(), b.next());
        if a != b {
            return format!("line {number}\n  is        {a:?}\n  should be {b:?}");
        }
        if a.is_none() {
            break;
        }
    }
    "bytes differ".to_owned()
}

fn update(expected: &Path, output: &BTreeMap<String, Vec<u8>>, told: &str) {
    for name in tree(expected).into_keys() {
        let bytes = match name.as_str() {
            "diagnostics.txt" => Some(told.as_bytes()),
            "absent.txt" | "present.txt" | "files.txt" => None,
            name => output.get(name).map(Vec::as_slice),
        };
        if let Some(bytes) = bytes {
            fs::write(expected.join(name), bytes).expect("written");
        }
    }
}

#[test]
fn every_site_comes_out_as_expected() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let wanted = std::env::var("SITE").ok();
    let entries = fs::read_dir(&folder).expect("cases").map(|entry| entry.expect("an entry").path());
    let cases: BTreeSet<PathBuf> = entries
        .filter(|path| path.is_dir() && wanted.as_deref().is_none_or(|name| path.ends_with(name)))
        .collect();
    assert!(wanted.is_some() || cases.len() >= 20, "only {} cases", cases.len());
    let wrong: Vec<String> = cases
        .par_iter()
        .flat_map_iter(|case| {
            let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
            run(case).into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases have faults:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
