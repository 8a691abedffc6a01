//! `docs/templates.md` is made from the templates and the views that they see, and this test keeps it so.
//!
//! What stands above the mark is written by hand; what stands below is generated. `UPDATE_DOCS=1 cargo test
//! --test templates_doc` writes it anew.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

const MARK: &str =
    "<!-- Below: made from the sources by `UPDATE_DOCS=1 cargo test --test templates_doc`. -->\n";

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Templates that hold nothing but components.
const COMPONENTS: [&str; 2] = ["components.html", "figures.html"];

struct Field {
    name: String,
    kind: String,
    doc: String,
}

struct View {
    name: String,
    doc: String,
    fields: Vec<Field>,
}

/// The public structs of a Rust file with their fields and what is said of them.
fn views(text: &str) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    let mut doc = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(words.trim());
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', ' ']).next().unwrap_or_default().to_owned();
            views.push(View { name, doc: std::mem::take(&mut doc), fields: Vec::new() });
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|l| l.split_once(": ")) {
            let view = views.last_mut().expect("a field stands in a struct");
            let (name, kind) = (name.to_owned(), kind.trim_end_matches(',').to_owned());
            view.fields.push(Field { name, kind, doc: std::mem::take(&mut doc) });
        } else if !line.starts_with("#[") {
            doc.clear();
        }
    }
    views
}

/// A Rust type in the words of someone who writes templates.
fn kind(rust: &str) -> String {
    let inner = |prefix: &str| rust.strip_prefix(prefix).and_then(|r| r.strip_suffix('>'));
    if let Some(inner) = inner("Option<") {
        return format!("{} or null", kind(inner));
    }
    if let Some(inner) = inner("Box<") {
        return kind(inner);
    }
    if let Some(inner) = inner("Vec<") {
        return format!("list of {}", kind(inner));
    }
    if let Some(inner) = inner("BTreeMap<String, ") {
        return format!("map of {}", kind(inner));
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "yes or no".to_owned(),
        "usize" | "u32" | "u8" | "i8" | "i16" | "i32" => "number".to_owned(),
        "serde_json::Value" | "Value" => "anything".to_owned(),
        view => format!("[`{view}`](#{})", view.to_lowercase()),
    }
}

/// Text between the first `open` and the next `close`.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    Some(text[start..start + text[start..].find(close)?].trim())
}

fn templates() -> BTreeMap<String, String> {
    let themed = "themes/broadsheet/templates/base.html";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let names = fs::read_dir(folder).expect("templates").map(|e| e.expect("an entry").file_name());
    let mut all: BTreeMap<String, String> = names
        .map(|name| format!("templates/{}", name.to_string_lossy()))
        .map(|path| (path.clone(), source(&path)))
        .collect();
    all.insert(themed.to_owned(), source(themed));
    all
}

fn generated() -> String {
    let mut out =
        String::from("## Templates\n\n| template | what it shows | blocks of its own |\n|---|---|---|\n");
    let all = templates();
    for (path, text) in &all {
        let Some(name) = path.strip_prefix("templates/").filter(|name| !COMPONENTS.contains(name)) else {
            continue;
        };
        let doc = between(text, "{#-", "-#}").unwrap_or_else(|| panic!("{path} does not say what it shows"));
        let base = &all["templates/base.html"];
        let blocks: Vec<String> = text
            .split("{% block ")
            .skip(1)
            .filter_map(|rest| rest.split([' ', '%']).next())
            .filter(|block| name == "base.html" || !base.contains(&format!("{{% block {block} ")))
            .map(|block| format!("`{block}`"))
            .collect();
        let _ = writeln!(out, "| `{name}` | {doc} | {} |", blocks.join(" "));
    }

    out.push_str("\n## Components\n\n| component | arguments | what it writes |\n|---|---|---|\n");
    let components = COMPONENTS.map(|name| &all[&format!("templates/{name}")]);
    for part in components.into_iter().flat_map(|text| text.split("{#- ").skip(2)) {
        let doc = between(part, "", "-#}").expect("a comment ends");
        let head = between(part, "{%- component ", " -%}").expect("a component follows its comment");
        let (name, rest) = head.split_once('(').expect("arguments");
        let arguments: Vec<String> = rest
            .trim_end_matches(')')
            .split(", ")
            .filter(|a| !a.is_empty() && !a.starts_with('@'))
            .map(|a| format!("`{a}`"))
            .collect();
        let _ = writeln!(out, "| `{name}` | {} | {doc} |", arguments.join(", "));
    }

    out.push_str("\n## Views\n");
    // Views stand in a file of their own, or beside the only page that has them.
    let files = [
        "views.rs",
        "views/cards.rs",
        "views/figures.rs",
        "views/stories.rs",
        "views/dossier.rs",
        "corrections.rs",
        "search.rs",
    ];
    let all = files.iter().flat_map(|file| views(&source(&format!("src/render/{file}"))));
    for view in all.filter(|v| v.name != "Sentenced") {
        let _ = write!(out, "\n### `{}`\n\n", view.name);
        if !view.doc.is_empty() {
            let _ = write!(out, "{}\n\n", view.doc);
        }
        out.push_str("| field | type | |\n|---|---|---|\n");
        for field in &view.fields {
            let flattened =
                matches!(field.kind.as_str(), "EntityLink") && ["entity", "link"].contains(&&*field.name);
            if flattened {
                let _ = writeln!(out, "| all of {} | | |", kind(&field.kind));
            } else {
                let _ = writeln!(out, "| `{}` | {} | {} |", field.name, kind(&field.kind), field.doc);
            }
        }
    }
    out
}

#[test]
fn the_reference_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
    let text = source("docs/templates.md");
    let (by_hand, made) = text.split_once(MARK).expect("docs/templates.md has the mark");
    let expected = format!("\n{}", generated());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, format!("{by_hand}{MARK}{expected}")).expect("docs/templates.md can be written");
        return;
    }
    assert!(made == expected, "docs/templates.md is stale: UPDATE_DOCS=1 cargo test --test templates_doc");
}

/// Every word that a template asks for is there.
#[test]
fn templates_use_words_that_exist() {
    let words = dateline::i18n::words("en");
    for (path, text) in templates() {
        for (at, _) in text.match_indices("t.") {
            let (before, rest) = (&text[..at], &text[at + 2..]);
            // The end of a longer name or path is not the variable `t`.
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.') {
                continue;
            }
            let word: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            // The end of a sentence in a comment.
            if word.is_empty() {
                continue;
            }
            assert!(words.text.contains_key(&word), "{path} asks for the word `{word}`");
        }
    }
}
