//! The program as a newcomer uses it: a new site, its build and check, exit codes, and what is printed where.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A folder with a new site in it.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        let made = desk.bare(&["new", "site"]);
        assert!(made.status.success(), "{}", err(&made));
        assert!(out(&made).contains("dateline -r site serve --open"), "{}", out(&made));
        desk
    }

    fn site(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn bare(&self, args: &[&str]) -> Output {
        run(self.dir.path(), args)
    }

    fn run(&self, args: &[&str]) -> Output {
        run(&self.site(), args)
    }
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(dir)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_new_site_builds_and_checks_without_a_fault() {
    let desk = Desk::new();
    let built = desk.run(&["build", "--strict", "--now", "2025-08-01"]);
    assert_eq!(built.status.code(), Some(0), "{}", err(&built));
    assert!(out(&built).starts_with("2 articles, "), "{}", out(&built));
    assert_eq!(err(&built), "");
    let page = fs::read_to_string(desk.site().join("public/2025/07/11/flood-talks/index.html")).unwrap();
    for expect in ["/entities/port-ellery/", "/entities/world-meteorological-organization/", "house-note"] {
        assert!(page.contains(expect), "{expect} in {page}");
    }
    let wire = fs::read_to_string(desk.site().join("public/2025/07/10/harbour-bridge/index.html"));
    assert!(wire.unwrap_or_default().contains("/entities/norway/"), "the wire copy links Norway");
    let checked = desk.run(&["check", "--now", "2025-08-01"]);
    assert_eq!(checked.status.code(), Some(0), "{}", err(&checked));
    assert!(out(&checked).contains("0 errors, 0 warnings"), "{}{}", out(&checked), err(&checked));
    let cleaned = desk.run(&["clean"]);
    assert!(out(&cleaned).contains("and the cache"), "{}", out(&cleaned));
    assert!(!desk.site().join("public").exists() && !desk.site().join(".dateline").exists());
    assert!(desk.site().join("content/pages/about.md").exists());
}

#[test]
fn faults_have_exit_code_1_and_leave_the_last_site() {
    let desk = Desk::new();
    assert!(desk.run(&["build"]).status.success());
    let home = desk.site().join("public/index.html");
    let before = fs::read(&home).unwrap();
    fs::write(desk.site().join("content/bad.md"), "---\ntitle: Bad\ndate: yesterday\n---\nText.\n").unwrap();
    for command in ["build", "check"] {
        let output = desk.run(&[command]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(err(&output).contains("content/bad.md:3:7"), "{}", err(&output));
        assert!(!err(&output).contains('\u{1b}'), "colours on a pipe");
    }
    assert_eq!(fs::read(&home).unwrap(), before);
    assert!(err(&desk.run(&["check", "--color", "always"])).contains('\u{1b}'));
    let quiet = desk.run(&["--quiet", "check"]);
    assert!(out(&quiet).is_empty() && err(&quiet).contains("bad.md"));
}

#[test]
fn reports_for_programs() {
    let desk = Desk::new();
    fs::write(desk.site().join("content/bad.md"), "---\ntitle: Bad\ndate: yesterday\n---\nText.\n").unwrap();
    let lines = desk.run(&["check", "--message-format", "json"]);
    let values: Vec<serde_json::Value> =
        out(&lines).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let fault = values.iter().find(|value| value["kind"] == "diagnostic").unwrap();
    assert_eq!(fault["severity"], "error");
    assert_eq!(values.last().unwrap()["kind"], "summary");
    let log: serde_json::Value =
        serde_json::from_str(&out(&desk.run(&["check", "--message-format", "sarif"]))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
    fs::remove_file(desk.site().join("content/bad.md")).unwrap();
    let pages = desk.run(&["list", "pages", "--message-format", "json"]);
    assert!(out(&pages).lines().all(|line| line.contains("\"url\"")), "{}", out(&pages));
}

#[test]
fn lists_of_what_is_held_back() {
    let desk = Desk::new();
    let put = |name: &str, keys: &str| {
        let text = format!("---\ntitle: {name}\ndate: 2025-07-01\n{keys}\n---\nText.\n");
        fs::write(desk.site().join(format!("content/{name}.md")), text).unwrap();
    };
    put("unfinished", "draft: true");
    put("waits", "embargo: 2030-01-01T12:00:00Z");
    put("over", "expires: 2025-07-02");
    let check = |what: &str, name: &str| {
        let output = desk.run(&["list", what, "--now", "2025-08-01"]);
        let lines = out(&output);
        assert_eq!(lines.lines().count(), 2, "{lines}{}", err(&output));
        assert!(lines.contains(&format!("content/{name}.md")), "{lines}");
    };
    check("drafts", "unfinished");
    check("future", "waits");
    check("expired", "over");
    let pages = out(&desk.run(&["list", "pages", "--now", "2025-08-01"]));
    assert!(!["unfinished", "waits", "over"].iter().any(|name| pages.contains(name)), "{pages}");
}

#[test]
fn one_text_is_annotated() {
    let desk = Desk::new();
    let file = "content/local/2025-07-10-harbour-bridge.txt";
    let table = out(&desk.run(&["annotate", file]));
    assert!(table.contains("ana-velde") && table.contains("registry: Ana Velde"), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&out(&desk.run(&["annotate", "--format", "json", file]))).unwrap();
    let text: Vec<char> = json["text"].as_str().unwrap().chars().collect();
    let mentions = json["annotation"]["mentions"].as_array().unwrap();
    let mention = mentions.iter().find(|mention| mention["entity"] == "ana-velde").unwrap();
    let at = |end: &str| mention["span"][end].as_u64().unwrap() as usize;
    let name: String = text[at("start")..at("end")].iter().collect();
    assert_eq!(name, "Ana Velde");
    assert_eq!(desk.run(&["annotate", "content/none.txt"]).status.code(), Some(2));
}

#[test]
fn a_workflow_completions_and_manual() {
    let desk = Desk::new();
    let again = desk.run(&["publish", "--init", "pages"]);
    assert!(out(&again).contains("is up to date"), "{}{}", out(&again), err(&again));
    fs::write(desk.site().join(".github/workflows/pages.yml"), "name: Mine\n").unwrap();
    assert_eq!(desk.run(&["publish", "--init", "pages"]).status.code(), Some(2));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&desk.bare(&["completions", shell])).contains("dateline"), "{shell}");
    }
    assert!(out(&desk.bare(&["man"])).contains(".TH DATELINE"));
    assert!(desk.bare(&["man", "--dir", "man"]).status.success());
    assert!(desk.dir.path().join("man/dateline-serve.1").exists() || cfg!(not(feature = "serve")));
}

#[test]
fn slips_of_the_pen_are_told() {
    let desk = Desk::new();
    let nowhere = desk.bare(&["-r", "nowhere", "build"]);
    assert!(!nowhere.status.success() && err(&nowhere).contains("there is no folder"), "{}", err(&nowhere));
    assert!(!desk.dir.path().join("nowhere").exists());
    fs::write(desk.site().join("content/later.md"), "---\ntitle: Later\ndate: 2125-01-01\n---\nText.\n")
        .unwrap();
    fs::write(
        desk.site().join("content/marks.md"),
        "---\ntitle: Marks\ndate: 2025-07-01\n---\nA [[gb-felixstow]] and [[Atacama|Atacama communities]]; [[Jo Doe]].\n",
    )
    .unwrap();
    let built = desk.run(&["build", "--now", "2025-08-01"]);
    assert!(
        out(&built).contains(", 1 held back as drafts, for later or as expired"),
        "{}{}",
        out(&built),
        err(&built)
    );
    let checked = desk.run(&["check", "--now", "2025-08-01"]);
    let told = format!("{}{}", out(&checked), err(&checked));
    assert!(
        told.contains("a mark names `gb-felixstow`") && told.contains("a mark names `Atacama`"),
        "{told}"
    );
    assert!(!told.contains("Jo Doe`, whom"), "{told}");
}

#[test]
fn a_site_is_published_from_the_command_line() {
    let desk = Desk::new();
    let git = |dir: &Path, args: &[&str]| {
        let identity = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org"];
        let output = Command::new("git").current_dir(dir).args(identity).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", err(&output));
        out(&output)
    };
    git(desk.dir.path(), &["init", "--quiet", "--bare", "remote.git"]);
    git(&desk.site(), &["init", "--quiet"]);
    git(&desk.site(), &["add", "."]);
    git(&desk.site(), &["commit", "--quiet", "--message=New site"]);
    git(&desk.site(), &["remote", "add", "origin", "../remote.git"]);
    // Where it will stand must be said first.
    let nowhere = desk.run(&["publish", "pages", "--now", "2025-08-01"]);
    assert_eq!(nowhere.status.code(), Some(1), "{}", out(&nowhere));
    assert!(err(&nowhere).contains("base-url"), "{}", err(&nowhere));
    let settings = desk.site().join("dateline.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("http://localhost/", "https://example.org/repo/")).unwrap();
    git(&desk.site(), &["commit", "--quiet", "--all", "--message=Its address"]);
    let publish = |more: &[&str]| {
        let mut args = vec!["publish", "pages", "--now", "2025-08-01"];
        args.extend(more);
        desk.run(&args)
    };
    let dry = publish(&["--dry-run"]);
    assert!(
        out(&dry).starts_with("Would publish to gh-pages on ../remote.git"),
        "{}{}",
        out(&dry),
        err(&dry)
    );
    assert_eq!(git(&desk.dir.path().join("remote.git"), &["branch", "--list"]), "");
    let first = publish(&["--message", "First edition"]);
    assert!(out(&first).contains(" pages added, 0 changed, 0 removed"), "{}{}", out(&first), err(&first));
    let listed = git(&desk.dir.path().join("remote.git"), &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(listed.contains(".nojekyll") && !listed.contains("dateline-manifest"), "{listed}");
    assert!(out(&publish(&[])).contains("Nothing changed"));

    // What readers may not get early, and what they may not lose.
    let note = desk.site().join("content/note.md");
    let text = |correction: &str| format!("---\ntitle: Note\ndate: 2025-07-01\n{correction}---\nText.\n");
    let correction =
        "corrections:\n  - { date: 2025-07-02, kind: correction, text: The bridge has two spans. }\n";
    fs::write(&note, text(correction)).unwrap();
    git(&desk.site(), &["add", "."]);
    git(&desk.site(), &["commit", "--quiet", "--message=Corrected"]);
    assert!(out(&publish(&[])).starts_with("Published"));
    fs::write(&note, text("")).unwrap();
    let refused = publish(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("The bridge has two spans."), "{}", err(&refused));
    assert!(out(&publish(&["--drop-corrections"])).starts_with("Published"));
    fs::write(&note, text("embargo: 2125-01-01T00:00:00Z\n")).unwrap();
    let ahead = desk.run(&["publish", "pages", "--now", "2126-01-01"]);
    assert!(ahead.status.code() == Some(1) && err(&ahead).contains("under embargo"), "{}", err(&ahead));
    assert!(err(&ahead).contains("content/note.md:4:10"), "{}", err(&ahead));
    let machine = out(&publish(&["--dry-run", "--message-format", "json"]));
    let lines: Vec<serde_json::Value> =
        machine.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let next = &lines.iter().find(|line| line["kind"] == "publish").unwrap()["next"];
    let expect = r#"{"cron":"0 0 1 1 *","time":"2125-01-01T00:00:00Z","title":"Note","what":"published"}"#;
    assert_eq!(next.to_string(), expect, "{machine}");
    let due = publish(&["--dry-run"]);
    assert!(out(&due).contains("Next: `Note` comes out at 2125-01-01 00:00"), "{}", out(&due));
    fs::write(&note, "---\ntitle: Note\ndate: 2125-06-01\n---\nText.\n").unwrap();
    let ahead = desk.run(&["publish", "pages", "--now", "2126-01-01", "--drop-corrections"]);
    assert!(ahead.status.code() == Some(1) && err(&ahead).contains("dated in the future"), "{}", err(&ahead));
    let tip = git(&desk.dir.path().join("remote.git"), &["rev-parse", "gh-pages"]);
    fs::write(desk.site().join("content/bad.md"), "---\ntitle: Bad\ndate: yesterday\n---\nText.\n").unwrap();
    let refused = publish(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("Nothing was published"), "{}", err(&refused));
    assert_eq!(git(&desk.dir.path().join("remote.git"), &["rev-parse", "gh-pages"]), tip);
}
