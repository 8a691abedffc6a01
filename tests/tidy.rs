//! The house keeps its order: every source file enters, and each breach of the architecture's rules leaves as a line.
//!
//! Layers, size of files, bans, headers, reasons for dependencies. The rules are pure functions over text, so that
//! each is also shown to fail where it must.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The rooms of the house with their floors. A file imports only from its own room and from floors below.
const ROOMS: &[(&str, u8)] = &[
    ("main", 7),
    ("cli", 6),
    ("serve", 5),
    ("publish", 5),
    ("import", 5),
    ("pipeline", 4),
    ("check", 4),
    ("parse", 3),
    ("annotate", 3),
    ("assemble", 3),
    ("render", 3),
    ("assets", 3),
    ("search", 3),
    ("disk", 2),
    ("text", 2),
    ("knowledge", 2),
    ("theme", 2),
    ("i18n", 2),
    ("report", 2),
    ("model", 1),
    ("diagnostic", 0),
    ("path", 0),
];

/// The one step on the ground: a diagnostic names a path.
const GROUND: (&str, &str) = ("diagnostic", "path");

/// Lowest floor that may open a door to the file system.
const DISK_FROM: u8 = 4;

const LONGEST: usize = 500;

/// Words that mark unfinished work or switch a rule off; put together here so that this file does not hold them.
fn banned() -> Vec<String> {
    [
        ["to", "do!"],
        ["unimple", "mented!"],
        ["FIX", "ME"],
        ["XX", "X"],
        ["TO", "DO"],
        ["#[ign", "ore"],
        ["#[al", "low("],
        ["#![al", "low("],
        ["dbg", "!("],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` whose names end so, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    walk.into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file() && e.file_name().to_string_lossy().ends_with(ending))
        .map(walkdir::DirEntry::into_path)
        .collect()
}

fn rust() -> Vec<(String, String)> {
    let folders = ["src", "tests", "examples", "benches", "fuzz"];
    let found = folders.iter().flat_map(|folder| files(folder, ".rs"));
    found.map(|path| (shown(&path), fs::read_to_string(&path).expect("Rust is UTF-8"))).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The room of a file of `src`, or `None` for one that has no place in the house.
fn room(path: &str) -> Option<&str> {
    let first = path.strip_prefix("src/")?.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn floor(room: &str) -> Option<u8> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Rust without its comments and with its strings and characters emptied; lines stay where they are.
fn code_only(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    let keep_lines = |from: usize, to: usize, out: &mut String| {
        out.extend(source[from..to].chars().filter(|c| *c == '\n'));
    };
    while i < bytes.len() {
        let rest = &source[i..];
        let end = if rest.starts_with("//") {
            rest.find('\n').map_or(bytes.len(), |n| i + n)
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(bytes.len(), |n| i + n + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") && raw_hashes(rest).is_some() {
            let hashes = raw_hashes(rest).unwrap_or(0);
            let close = format!("\"{}", "#".repeat(hashes));
            let body = i + hashes + 2;
            source[body..].find(&close).map_or(bytes.len(), |n| body + n + close.len())
        } else if rest.starts_with('"') {
            quoted(bytes, i + 1, b'"')
        } else if rest.starts_with('\'') && is_char(rest) {
            quoted(bytes, i + 1, b'\'')
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            out.push(c);
            i += c.len_utf8();
            continue;
        };
        keep_lines(i, end, &mut out);
        i = end;
    }
    out
}

/// Number of `#` before the quote of a raw string.
fn raw_hashes(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|b| *b == b'#').count();
    (rest.as_bytes().get(1 + hashes) == Some(&b'"')).then_some(hashes)
}

/// A character, not a lifetime: `'a'` or `'\n'`.
fn is_char(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

fn quoted(bytes: &[u8], mut i: usize, close: u8) -> usize {
    while i < bytes.len() && bytes[i] != close {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    (i + 1).min(bytes.len())
}

/// The rooms that code names by paths that begin with `prefix`, braces of `use` included.
fn imports(code: &str, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let whole = code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        if whole {
            heads(&code[at + prefix.len()..], &mut found);
        }
    }
    found
}

/// First parts of the paths at the start of `code`: one, or those between braces.
fn heads(code: &str, found: &mut Vec<String>) {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(inner) = code.strip_prefix('{') else {
        found.push(word(code));
        return;
    };
    let mut depth = 0;
    let mut start = true;
    for (i, c) in inner.char_indices() {
        match c {
            '}' if depth == 0 => return,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && depth == 0 && !c.is_whitespace() => {
                found.push(word(&inner[i..]));
                start = false;
            }
            _ => {}
        }
    }
}

/// Imports of a file of `src` that run up or sideways, or reach for the disk too low in the house.
fn climbs(path: &str, source: &str) -> Vec<String> {
    let Some(own) = room(path) else { return Vec::new() };
    if own == "lib" {
        return Vec::new();
    }
    let Some(here) = floor(own) else { return vec![format!("{path}: `{own}` is no room of the house")] };
    let mut breaches = Vec::new();
    // The binary sees the library from outside; inside, `dateline` may be the name of a module.
    let prefix = if own == "main" { "dateline::" } else { "crate::" };
    for head in imports(&code_only(source), prefix) {
        match floor(&head) {
            _ if head == own || (own, &*head) == GROUND => {}
            None => breaches.push(format!("{path}: `crate::{head}` is no room of the house")),
            Some(there) if there >= here => {
                breaches.push(format!("{path}: floor {here} imports `{head}` of floor {there}"));
            }
            Some(_) if head == "disk" && here < DISK_FROM => {
                breaches.push(format!("{path}: floor {here} reaches for the disk"));
            }
            Some(_) => {}
        }
    }
    breaches
}

/// Size, header and bans of one file.
fn manners(path: &str, source: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    let lines = source.lines().count();
    if lines > LONGEST {
        breaches.push(format!("{path}: {lines} lines"));
    }
    if !source.starts_with("//! ") {
        breaches.push(format!("{path}: does not open with `//!`"));
    }
    let banned = banned();
    for (number, line) in source.lines().enumerate() {
        breaches.extend(
            banned.iter().filter(|b| line.contains(&***b)).map(|b| format!("{path}:{}: `{b}`", number + 1)),
        );
    }
    for (number, line) in code_only(source).lines().enumerate() {
        let place = format!("{path}:{}", number + 1);
        let line = line.trim_start();
        let glob = line.starts_with("use ") || line.starts_with("pub use ");
        // A module of tests may take all of the file that it stands in.
        if glob && line.contains("::*") && line != "use super::*;" {
            breaches.push(format!("{place}: a glob import"));
        }
        if line.contains("process::exit") && path != "src/main.rs" {
            breaches.push(format!("{place}: only main sets the exit code"));
        }
    }
    breaches
}

fn report(breaches: &[String]) {
    assert!(breaches.is_empty(), "{} breaches:\n{}", breaches.len(), breaches.join("\n"));
}

#[test]
fn imports_point_down() {
    let sources = rust();
    let breaches: Vec<String> = sources.iter().flat_map(|(path, text)| climbs(path, text)).collect();
    let looked = sources.iter().filter(|(path, _)| room(path).is_some()).count();
    assert!(looked > 100, "only {looked} files of `src` were seen");
    report(&breaches);
}

#[test]
fn every_file_has_manners() {
    let breaches: Vec<String> = rust().iter().flat_map(|(path, text)| manners(path, text)).collect();
    report(&breaches);
}

#[test]
fn the_rules_can_be_broken() {
    let check = |path: &str, source: &str, expect: &[&str]| {
        let found = climbs(path, source).into_iter().chain(manners(path, source));
        let found: Vec<String> = found.map(|b| b.replacen(path, "", 1)).collect();
        assert_eq!(found, expect, "{source}");
    };
    let stage = "src/parse/a.rs";
    check(stage, "//! A.\nuse crate::{model::{self, Span}, parse::{html, yaml}, text};\n", &[]);
    check(stage, "//! A.\nuse crate::annotate::lexicon;\n", &[": floor 3 imports `annotate` of floor 3"]);
    check(
        stage,
        "//! A.\nuse crate::{\n    diagnostic,\n    render::{a, b::{c, pipeline}},\n};\n",
        &[": floor 3 imports `render` of floor 3"],
    );
    check(
        stage,
        "//! A.\nfn f() { crate::pipeline::build() }\n",
        &[": floor 3 imports `pipeline` of floor 4"],
    );
    check(stage, "//! A.\nuse crate::disk::read;\n", &[": floor 3 reaches for the disk"]);
    check("src/check.rs", "//! A.\nuse crate::pipeline;\n", &[": floor 4 imports `pipeline` of floor 4"]);
    check("src/attic.rs", "//! A.\n", &[": `attic` is no room of the house"]);
    check(stage, "//! A.\n// crate::cli\nconst A: &str = \"crate::cli\"; const B: char = '\"';\n", &[]);
    check(stage, "//! A.\nconst A: &str = r#\"\"crate::cli\"#;\nfn f<'a>(_: &'a str) {}\n", &[]);
    check(stage, "// A.\nuse std::io::*;\n", &[": does not open with `//!`", ":2: a glob import"]);
    check(stage, "//! A.\nfn f() { std::process::exit(1) }\n", &[":2: only main sets the exit code"]);
    check(
        stage,
        &format!("//! A.\n// {}: x\n", ["TO", "DO"].concat()),
        &[&format!(":2: `{}`", ["TO", "DO"].concat())],
    );
    let long = format!("//! A.\n{}", "\n".repeat(LONGEST));
    check(stage, &long, &[&format!(": {} lines", LONGEST + 1)]);
}

/// Dependencies of a manifest without a comment right above them that says why they are here.
fn unexplained(manifest: &str) -> Vec<String> {
    let (mut inside, mut explained, mut missing) = (false, false, Vec::new());
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if inside && !explained && !line.starts_with('#') && line.contains('=') {
            missing.push(line.split('=').next().unwrap_or("").trim().to_owned());
        }
        explained = line.starts_with('#');
    }
    missing
}

#[test]
fn every_dependency_has_a_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    report(&unexplained(&manifest));
    assert_eq!(
        unexplained("[dependencies]\na = \"1\"\n# Why.\nb = \"1\"\nc = \"1\"\n[x]\nd = 1\n"),
        ["a", "c"]
    );
    assert!(manifest.contains("license = \"MIT OR Apache-2.0\""), "the licence is not the one agreed");
}

/// Text files that are committed name no folder of a machine and no other place where only their author has been.
#[test]
fn nothing_names_a_machine() {
    let words = [["/home", "/"], ["/Us", "ers/"], ["/work", "/"], ["/root", "/"], ["C:", "\\Users"]];
    let words: Vec<String> = words.iter().map(|parts| parts.concat()).collect();
    let mut breaches = Vec::new();
    let endings =
        [".rs", ".md", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ".mjs", ".json", ".txt", ".tsv"];
    for folder in [
        "src",
        "tests",
        "examples",
        "benches",
        "fuzz",
        "docs",
        "templates",
        "themes",
        "content",
        "i18n",
        ".ci",
        ".github",
    ] {
        for path in endings.iter().flat_map(|ending| files(folder, ending)) {
            let name = shown(&path);
            if name.contains("node_modules") {
                continue;
            }
            let text = String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned();
            for (number, line) in text.lines().enumerate() {
                let hit = words.iter().find(|word| at_start(line, word));
                breaches.extend(hit.map(|word| format!("{name}:{}: {word}", number + 1)));
            }
        }
    }
    report(&breaches);
}

/// Whether `word` begins a path in this line, rather than standing inside an address of a site.
fn at_start(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(i, _)| {
        line[..i].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"./-_}".contains(c))
    })
}
