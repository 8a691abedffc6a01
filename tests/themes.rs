//! Themes: a site changes one template, one block, one colour without a copy of its theme; themes stand on others;
//! what pages link carries true digests; faults have places.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{collections::BTreeMap, fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use dateline::{
    check,
    pipeline::{self, Error, Memo, Options, Silent},
};
use sha2::{Digest as _, Sha384};

const ARTICLE: &str = "2025/07/01/a/index.html";
const FRONT: &str = "---\ntitle: A\ndate: 2025-07-01\n---\n";

/// Builds a site of one article, one page, the settings `config` and these files: its output, or what is wrong with it.
fn build(config: &str, files: &[(&str, &str)]) -> Result<BTreeMap<String, Vec<u8>>, Vec<String>> {
    let root = tempfile::tempdir().expect("a temporary folder");
    let config = format!("title: Test\nbase_url: https://example.org/\nsearch: true\n{config}\n");
    let own = [
        ("dateline.yaml", config.as_str()),
        ("content/a.md", &format!("{FRONT}Angela Merkel met Wolfgang Schäuble in Berlin.\n")),
        ("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n"),
    ];
    for (name, text) in own.iter().chain(files) {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    let options = Options::new(root.path(), "2025-07-15T12:00:00Z".parse().expect("a time"));
    match pipeline::build(&options, false, &Silent) {
        Ok(_) => Ok(output(&root.path().join("public"))),
        Err(Error::Content(faults)) => Err(faults
            .iter()
            .map(|d| {
                let place = d.place.as_ref();
                let place = place.map_or("-".into(), |p| format!("{}:{}:{}", p.path, p.line, p.column));
                format!("{} {place} {}", d.code, d.message)
            })
            .collect()),
        Err(error) => panic!("{error}"),
    }
}

fn output(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files =
        files.filter(|e| e.file_type().is_file() && !e.file_name().to_string_lossy().starts_with('.'));
    files
        .map(|e| {
            let name = e.path().strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            (name, fs::read(e.path()).expect("readable"))
        })
        .collect()
}

fn text(site: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(site.get(name).unwrap_or_else(|| panic!("{name} is there")).clone()).expect("UTF-8")
}

/// The pages of two sites that differ.
fn changed(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    a.iter().filter(|(name, bytes)| b[*name] != **bytes).map(|(name, _)| name.clone()).collect()
}

const THEMES: [&str; 2] = ["broadsheet", "wire"];

#[test]
fn one_template() {
    for theme in THEMES {
        let config = format!("theme: {theme}");
        let plain = build(&config, &[]).expect("a site");
        let own = "{% extends \"base.html\" %}{% block content %}<p>ours: {{ text.title }}</p>{% endblock content %}";
        let site = build(&config, &[("templates/page.html", own)]).expect("a site");
        assert_eq!(changed(&plain, &site), ["about/index.html"]);
        assert!(text(&site, "about/index.html").contains("<p>ours: About</p>"));
    }
}

#[test]
fn one_block() {
    for theme in THEMES {
        let config = format!("theme: {theme}");
        let plain = build(&config, &[]).expect("a site");
        let own = "{% extends \"theme/article.html\" %}{% block after_body %}<p>ours</p>{{ super() }}{% endblock after_body %}";
        let site = build(&config, &[("templates/article.html", own)]).expect("a site");
        assert_eq!(changed(&plain, &site), [ARTICLE]);
        let (before, now) = (text(&plain, ARTICLE), text(&site, ARTICLE));
        assert!(now.contains("<p>ours</p>"), "{now}");
        let squeezed = |html: &str| html.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(&now.replace("<p>ours</p>", "")), squeezed(&before));
    }
}

#[test]
fn one_colour() {
    for theme in THEMES {
        let config = format!("theme: {theme}");
        let plain = build(&config, &[]).expect("a site");
        let config = format!("{config}\ntheme_settings: {{accent: '#0a5', accent_dark: '#7fc'}}");
        let site = build(&config, &[]).expect("a site");
        let style = "<style>:root{--accent:light-dark(#0a5,#7fc)}</style>";
        for name in changed(&plain, &site) {
            let (before, now) = (text(&plain, &name), text(&site, &name));
            assert_eq!(now.replace(&format!("\n{style}"), ""), before, "{name}");
        }
        assert!(text(&site, ARTICLE).contains(style));
        assert!(text(&site, "index.html").contains(style));
    }
}

#[test]
fn settings_are_seen_by_the_style_sheets() {
    let root = |config: &str| {
        let site = build(config, &[]).expect("a site");
        let page = text(&site, ARTICLE);
        let tag = page.lines().find(|line| line.starts_with("<html")).expect("a root").to_owned();
        let sheets = site.keys().filter(|name| name.starts_with("theme/") && name.ends_with(".css"));
        (tag, sheets.map(|name| text(&site, name)).collect::<String>())
    };
    let (tag, _) = root("theme: broadsheet");
    assert_eq!(tag, r#"<html lang="en" dir="ltr">"#);
    let (tag, sheets) = root("theme: broadsheet\ntheme_settings: {text: sans, density: compact}");
    assert_eq!(tag, r#"<html lang="en" dir="ltr" data-text="sans" data-density="compact">"#);
    assert!(sheets.contains(":root[data-text=sans]{") && sheets.contains(":root[data-density=compact]{"));
    let (tag, _) = root("theme: wire");
    assert_eq!(tag, r#"<html lang="en" dir="ltr" data-text="mono" data-density="compact">"#);
    let (tag, sheets) = root("theme: wire\ntheme_settings: {text: serif, density: comfortable}");
    assert_eq!(tag, r#"<html lang="en" dir="ltr">"#);
    assert!(sheets.contains(":root:not([data-text]){") && sheets.contains(":root:not([data-density]){"));
}

#[test]
fn a_theme_stands_on_another() {
    let files = [
        ("themes/own/theme.yaml", "name: own\nbase: wire\nstylesheets: [own.css]\nscripts: [own.js]\n"),
        ("themes/own/static/own.css", "@import \"parts/_a.css\";\nb { color: red }\n"),
        ("themes/own/static/parts/_a.css", "a { background: url(../x.svg) }\n"),
        ("themes/own/static/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("themes/own/static/own.js", "void 0;\n"),
        (
            "themes/own/templates/base.html",
            "{% extends \"broadsheet/base.html\" %}{% block tools %}<i>tool</i>{{ super() }}{% endblock tools %}",
        ),
    ];
    let site = build("theme: own", &files).expect("a site");
    let page = text(&site, ARTICLE);
    let sheets: Vec<&str> =
        page.lines().filter_map(|l| l.strip_prefix("<link rel=\"stylesheet\" href=\"/theme/")).collect();
    let names: Vec<&str> = sheets.iter().filter_map(|l| l.split('.').next()).collect();
    assert_eq!(names, ["broadsheet", "wire", "own", "broadsheet-print"]);
    assert!(
        page.contains("<i>tool</i>") && page.contains("class=\"scheme\"") && page.contains("/theme/own.")
    );
    let own = site.keys().find(|name| name.starts_with("theme/own.") && name.ends_with(".css"));
    let picture = site.keys().find_map(|name| name.strip_prefix("theme/x.")).expect("the picture");
    assert_eq!(
        text(&site, own.expect("the sheet")),
        format!("a{{background:url(\"x.{picture}\")}}b{{color:red}}")
    );
    assert!(!site.keys().any(|name| name.contains("_a.")));
}

#[test]
fn digests_are_those_of_the_files() {
    for theme in THEMES {
        let site = build(&format!("theme: {theme}"), &[]).expect("a site");
        let mut seen = 0;
        for (name, _) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
            let page = text(&site, name);
            let linked = page
                .lines()
                .filter(|l| l.starts_with("<link rel=\"stylesheet\"") || l.starts_with("<script src"));
            for line in linked {
                let value = |key: &str| line.split_once(&format!(" {key}=\""))?.1.split('"').next();
                let (url, digest) = (value("href").or(value("src")).expect("an address"), value("integrity"));
                let file = &site[url.trim_start_matches('/')];
                let expect = format!("sha384-{}", STANDARD.encode(Sha384::digest(file)));
                assert_eq!(digest, Some(expect.as_str()), "{name}: {line}");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn faults_have_places() {
    let check = |theme: &str, files: &[(&str, &str)], expect: &[&str]| {
        let told = build(&format!("theme: {theme}"), files).expect_err("no site");
        assert_eq!(told, expect);
    };
    check(
        "own",
        &[("themes/own/theme.yaml", "name: own\nbase: broadshet\n")],
        &["no-theme themes/own/theme.yaml:0:0 there is no theme `broadshet`"],
    );
    check(
        "own",
        &[("themes/own/theme.yaml", "name: own\nbase: own\n")],
        &["theme themes/own/theme.yaml:0:0 the theme `own` builds on itself, or on more than 8 others"],
    );
    check(
        "child",
        &[
            ("themes/child/theme.yaml", "name: child\nbase: own\n"),
            ("themes/own/theme.yaml", "name: own\nstylesheets: [own.css]\n"),
            ("themes/own/static/own.css", "a { color: red }\nb { background: url(x.png) }\n"),
        ],
        &["style themes/own/static/own.css:2:21 CSS: the theme has no file `static/x.png`"],
    );
    check(
        "own",
        &[("themes/own/theme.yaml", "name: own\nstylesheets: [own.css]\n")],
        &["theme themes/own/theme.yaml:0:0 the theme has no file `static/own.css`"],
    );
}

#[test]
fn no_page_of_a_theme_has_a_fault() {
    for theme in THEMES {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::write(
            root.path().join("dateline.yaml"),
            format!("title: T\nbase_url: https://example.org/\ntheme: {theme}\n"),
        )
        .expect("written");
        fs::create_dir(root.path().join("content")).expect("made");
        fs::write(root.path().join("content/a.md"), format!("{FRONT}Text.\n")).expect("written");
        let options = Options::new(root.path(), "2025-07-15T12:00:00Z".parse().expect("a time"));
        let built = pipeline::load(&options, &Silent, Memo::default()).expect("a site");
        let told = check::check(root.path(), &built.site, &built.renderer, &built.files, &built.diagnostics);
        assert_eq!(told, []);
    }
}
