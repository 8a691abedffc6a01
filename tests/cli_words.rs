//! What the program prints, and where: help that a newcomer understands, colours only for people, one summary at the end.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

const COMMANDS: [&str; 12] = [
    "new",
    "build",
    "serve",
    "check",
    "list",
    "clean",
    "annotate",
    "entities",
    "review",
    "publish",
    "completions",
    "man",
];

fn run(dir: &Path, variables: &[(&str, &str)], args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(dir).args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "CI"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A site with one warning, one note, and a draft.
fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("written");
    fs::create_dir(dir.path().join("content")).expect("made");
    put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
    put("content/2025-07-01-a.md", "---\ntitle: A\ntopicks: [x]\n---\nText.\n");
    put("content/2025-07-02-b.md", "---\ntitle: B\ndraft: true\n---\nText.\n");
    put("content/entities.yaml", "- {name: Ana Velde, kind: person}\n");
    dir
}

#[test]
fn every_command_has_help_with_an_example_or_a_reason() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let help = out(&run(dir.path(), &[], &["--help"]));
    for command in COMMANDS.into_iter().filter(|name| *name != "serve" || cfg!(feature = "serve")) {
        assert!(help.contains(&format!("\n  {command} ")), "{command} in {help}");
        let own = run(dir.path(), &[], &[command, "--help"]);
        assert_eq!(own.status.code(), Some(0));
        let text = out(&own);
        assert!(text.contains("Usage: dateline ") && text.contains("--message-format"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    }
    let version = out(&run(dir.path(), &[], &["--version"]));
    assert_eq!(version, concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n"));
    let slip = run(dir.path(), &[], &["biuld"]);
    assert_eq!(slip.status.code(), Some(2));
    assert!(err(&slip).contains("'build'"), "{}", err(&slip));
}

#[test]
fn a_build_ends_with_one_summary() {
    let dir = site();
    let check = |args: &[&str], code: i32, articles: Option<&str>| {
        let output = run(dir.path(), &[], args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", err(&output));
        let (out, err) = (out(&output), err(&output));
        match articles {
            Some(articles) => {
                let lines: Vec<&str> = out.lines().collect();
                assert!(lines[0].starts_with(articles) && lines[0].contains(" linked, "), "{out}");
                let last = lines.last().expect("a line");
                assert!(last.starts_with("1 warning in ") && last.contains(" s: "), "{out}");
                assert!(err.contains("topicks") && err.contains("did you mean `topics`?"), "{err}");
            }
            None => assert_eq!(out, "", "{args:?}"),
        }
    };
    check(&["build", "--now", "2025-08-01"], 0, Some("1 article, "));
    check(&["build", "--now", "2025-08-01", "--drafts", "-o", "other"], 0, Some("2 articles, "));
    check(&["build", "--now", "2025-07-01", "--future", "--drafts"], 0, Some("2 articles, "));
    check(&["build", "--now", "2025-08-01", "--strict"], 1, None);
    check(&["--quiet", "build", "--now", "2025-08-01"], 0, None);
    assert!(dir.path().join("other/2025/07/02/b/index.html").exists());
    let verbose = run(dir.path(), &[], &["--verbose", "build", "--now", "2025-08-01"]);
    assert!(
        out(&verbose).contains(" unchanged, ") && out(&verbose).contains("annotate "),
        "{}",
        out(&verbose)
    );
    let json = out(&run(dir.path(), &[], &["build", "--now", "2025-08-01", "--message-format", "json"]));
    let last: serde_json::Value = serde_json::from_str(json.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&last["kind"], &last["counts"]["articles"]), (&"summary".into(), &1.into()));
    let moved = run(dir.path(), &[], &["build", "--now", "2025-08-01", "-u", "https://example.net/news/"]);
    assert_eq!(moved.status.code(), Some(0));
    let feed = fs::read_to_string(dir.path().join("public/atom.xml")).expect("a feed");
    assert!(feed.contains("https://example.net/news/2025/07/01/a/"), "{feed}");
    let elsewhere = run(Path::new("/"), &[], &["-r", dir.path().to_str().expect("UTF-8"), "list", "pages"]);
    assert_eq!(elsewhere.status.code(), Some(0), "{}", err(&elsewhere));
}

#[test]
fn check_counts_and_writes_nothing() {
    let dir = site();
    let check = |args: &[&str], code: i32| {
        let output = run(dir.path(), &[], args);
        assert_eq!(output.status.code(), Some(code), "{}", err(&output));
        assert!(out(&output).contains("0 errors, 1 warning, "), "{}", out(&output));
        assert!(err(&output).contains("no published article mentions `Ana Velde`"), "{}", err(&output));
        assert!(err(&output).contains("`Ana Velde` has no description"), "{}", err(&output));
    };
    check(&["check", "--now", "2025-08-01"], 0);
    check(&["check", "--now", "2025-08-01", "--strict"], 1);
    assert!(!dir.path().join("public").exists() && !dir.path().join(".dateline").exists());
}

#[test]
fn colours_are_for_those_who_want_them() {
    let dir = site();
    let check = |variables: &[(&str, &str)], args: &[&str], coloured: bool| {
        let output = run(dir.path(), variables, args);
        assert_eq!(err(&output).contains('\u{1b}'), coloured, "{variables:?} {args:?}: {:?}", err(&output));
    };
    check(&[], &["check"], false);
    check(&[("CLICOLOR_FORCE", "1")], &["check"], true);
    check(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["check"], false);
    check(&[("NO_COLOR", "1")], &["check", "--color", "always"], true);
    check(&[("CLICOLOR_FORCE", "1")], &["check", "--color", "never"], false);
}

/// Escape sequences of content never reach a terminal.
#[test]
fn content_cannot_steer_the_terminal() {
    let dir = site();
    let text = "---\ntitle: A\n\"\\e[31mkey\u{202e}\": x\n---\nText.\n";
    fs::write(dir.path().join("content/2025-07-03-c.md"), text).expect("written");
    let output = run(dir.path(), &[], &["check", "--color", "never"]);
    let all = format!("{}{}", out(&output), err(&output));
    assert!(all.contains("2025-07-03-c.md"), "{all}");
    assert!(!all.contains('\u{1b}') && !all.contains('\u{202e}'), "{all:?}");
}

#[test]
fn a_folder_that_is_no_site_stays_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    for command in ["build", "check", "publish", "list"] {
        let words: &[&str] = if command == "list" { &["list", "pages"] } else { &[command] };
        let output = run(dir.path(), &[], words);
        let told = err(&output);
        assert!(
            !output.status.success() && told.contains("neither `dateline.yaml` nor `content/`"),
            "{told}"
        );
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    // A fault that tells its cause tells it once.
    let told = err(&run(dir.path(), &[], &["annotate", "nowhere.txt"]));
    assert_eq!(told.matches("os error").count(), 1, "{told}");
}
