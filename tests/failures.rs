//! Bad input and failing machines, met by the program itself: each has its message, and nothing that was good is lost.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const NOW: &str = "2025-07-15T12:00:00Z";

/// A small site in a folder that goes when the test ends.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        desk.put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
        desk.put("content/2025-07-01-first.md", "---\ntitle: First\n---\nThe first piece.\n");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.dir.path()).args(args).stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn build(&self) -> Output {
        self.run(&["build", "--now", NOW])
    }

    fn good(&self) -> BTreeMap<String, Vec<u8>> {
        let output = self.build();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let tree = tree(&self.path("public"));
        assert!(tree.len() > 10);
        tree
    }
}

/// All files below a folder.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    walk.filter(|e| e.file_type().is_file())
        .map(|e| (e.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(e.path()).unwrap()))
        .collect()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The program as a user who may not do everything, or `None` where that cannot be arranged.
fn as_nobody(desk: &Desk, args: &[&str]) -> Option<Output> {
    let able = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !root {
        return Some(desk.run(args));
    }
    let nobody = || {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM]);
        command.current_dir(desk.dir.path()).stdin(Stdio::null());
        command
    };
    if !able(nobody().arg("--version")) {
        println!("skipped: root reads and writes everything, and there is no way to be somebody else");
        return None;
    }
    Some(nobody().args(args).output().unwrap())
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn broken_front_matter_is_reported_whole_and_nothing_is_written() {
    let desk = Desk::new();
    let before = desk.good();
    desk.put("content/a.md", "---\ntitle: A\ndate: never\ndraft: 7\n---\nText.\n");
    desk.put("content/b.md", "---\ntitle: \"B\n---\nText.\n");
    let output = desk.build();
    assert_eq!(output.status.code(), Some(1));
    for place in ["content/a.md:3:7", "content/a.md:4:8", "content/b.md:2:8"] {
        assert!(err(&output).contains(place), "{place} in {}", err(&output));
    }
    assert_eq!(tree(&desk.path("public")), before);
}

#[test]
fn an_unreadable_file_is_named() {
    let desk = Desk::new();
    desk.put("content/2025-07-02-secret.md", "---\ntitle: Secret\n---\nText.\n");
    chmod(&desk.path("content/2025-07-02-secret.md"), 0o000);
    chmod(desk.dir.path(), 0o777);
    let Some(output) = as_nobody(&desk, &["check", "--now", NOW]) else { return };
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("content/2025-07-02-secret.md"), "{}", err(&output));
}

#[test]
fn links_in_a_circle_are_not_followed() {
    let desk = Desk::new();
    symlink("..", desk.path("content/around")).unwrap();
    symlink("itself.md", desk.path("content/itself.md")).unwrap();
    let output = desk.build();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("content/around") && err(&output).contains("content/itself.md"));
    assert_eq!(desk.run(&["build", "--strict", "--now", NOW]).status.code(), Some(1));
}

#[test]
fn a_file_that_is_no_news_copy_is_refused_in_time() {
    let check = |name: &str, bytes: u64, code: &str| {
        let desk = Desk::new();
        let before = desk.good();
        fs::File::create(desk.path(name)).unwrap().set_len(bytes).unwrap();
        let start = Instant::now();
        let output = desk.build();
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        assert!(err(&output).contains(code) && err(&output).contains(name), "{}", err(&output));
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
        assert_eq!(tree(&desk.path("public")), before);
    };
    check("content/2025-07-02-huge.txt", 65 << 20, "too-large");
    check("content/2025-07-02-large.txt", 50 << 20, "not-text");
    check("content/2025-07-02-large.md", 50 << 20, "not-text");
}

#[test]
fn a_failing_template_leaves_the_last_good_site() {
    let desk = Desk::new();
    let before = desk.good();
    desk.put("content/2025-07-02-second.md", "---\ntitle: Second\n---\nText.\n");
    desk.put("templates/article.html", "one\ntwo {{ article.nothing.at.all }}\n");
    let output = desk.build();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("templates/article.html:2:"), "{}", err(&output));
    assert!(err(&output).contains("/2025/07/0"), "{}", err(&output));
    assert_eq!(tree(&desk.path("public")), before);
    fs::remove_file(desk.path("templates/article.html")).unwrap();
    assert!(desk.good().contains_key("2025/07/02/second/index.html"));
}

/// In a block of the site's template, in the theme's template that it inherits from, and in one that it includes.
#[test]
fn a_typo_in_a_template_has_its_place_in_build_and_check() {
    let desk = Desk::new();
    desk.good();
    let child = "{% extends \"theme/article.html\" %}\n{% block content %}\n";
    let settings = fs::read_to_string(desk.path("dateline.yaml")).unwrap();
    desk.put("dateline.yaml", &format!("{settings}\ntheme: own\n"));
    desk.put("themes/own/theme.yaml", "name: own\nbase: broadsheet\n");
    for (file, text, place, mark, remedy) in [
        (
            "templates/article.html",
            "{{ article.titel }}{% endblock %}",
            "3:12",
            "titel",
            "did you mean `title`?",
        ),
        ("templates/article.html", "{{ t | uper }}{% endblock %}", "3:8", "uper", "did you mean `upper`?"),
        (
            "templates/article.html",
            "{% endblock %}\n{% block contnt %}{% endblock %}",
            "4:10",
            "contnt",
            "`content`?",
        ),
        (
            "themes/own/templates/article.html",
            "{{ artcle.title }}{% endblock %}",
            "3:4",
            "artcle",
            "did you mean `article`?",
        ),
        (
            "themes/own/templates/article.html",
            "{% include \"bte.html\" %}{% endblock %}",
            "3:13",
            "bte",
            "templates are: ",
        ),
    ] {
        let own = "{% extends \"theme/article.html\" %}";
        desk.put("templates/article.html", own);
        let base =
            if file.starts_with("themes") { child.replace("theme/", "builtin/") } else { child.to_owned() };
        desk.put("themes/own/templates/article.html", "{% extends \"builtin/article.html\" %}");
        desk.put(file, &format!("{base}{text}\n"));
        for command in ["build", "check"] {
            let output = desk.run(&[command]);
            let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), err(&output));
            assert_eq!(output.status.code(), Some(1), "{command}: {told}");
            let line = text.lines().last().unwrap();
            assert!(told.contains(&format!("{file}:{place}")) && told.contains(line), "{command}: {told}");
            assert!(told.contains(&"^".repeat(mark.len())) && told.contains(remedy), "{command}: {told}");
        }
    }
}

#[test]
fn folders_that_are_not_ours_are_left_alone() {
    let desk = Desk::new();
    desk.put("thesis/chapter.txt", "Years of work.");
    let before = tree(&desk.path("thesis"));
    for output in [desk.run(&["build", "-o", "thesis"]), desk.run(&["clean", "-o", "thesis"])] {
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("thesis"), "{}", err(&output));
    }
    assert_eq!(tree(&desk.path("thesis")), before);
}

#[test]
fn sources_are_no_place_for_the_output() {
    let desk = Desk::new();
    desk.put("templates/readme.txt", "");
    symlink("content", desk.path("elsewhere")).unwrap();
    let whole = desk.path("content/out").display().to_string();
    let folders = [
        ".",
        "..",
        "content",
        "content/out",
        "./content/out",
        "templates/x",
        "public/../content/out",
        "elsewhere/out",
        &whole,
    ];
    for folder in folders {
        let output = desk.run(&["build", "-o", folder]);
        assert_eq!(output.status.code(), Some(2), "{folder}: {}", err(&output));
    }
    assert!(!desk.path("content/out").exists());
    let nested = desk.run(&["-r", desk.dir.path().to_str().unwrap(), "build", "-o", "content/out"]);
    assert_eq!(nested.status.code(), Some(2), "{}", err(&nested));
}

#[test]
fn a_read_only_folder_is_a_failure_with_a_name() {
    let desk = Desk::new();
    let before = desk.good();
    desk.put("content/2025-07-02-second.md", "---\ntitle: Second\n---\nText.\n");
    for entry in walkdir::WalkDir::new(desk.path("public")).into_iter().filter_map(Result::ok) {
        chmod(entry.path(), if entry.file_type().is_dir() { 0o555 } else { 0o444 });
    }
    chmod(desk.dir.path(), 0o755);
    if let Some(output) = as_nobody(&desk, &["build", "--now", NOW]) {
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains("public"), "{}", err(&output));
        assert_eq!(tree(&desk.path("public")), before);
    }
    for entry in walkdir::WalkDir::new(desk.path("public")).into_iter().filter_map(Result::ok) {
        chmod(entry.path(), 0o755);
    }
    assert!(desk.good().contains_key("2025/07/02/second/index.html"));
}

/// Builds where no file may grow past some blocks; `heed` is whether the program hears of it or dies of the signal.
fn cramped(desk: &Desk, heed: bool) -> Output {
    let trap = if heed { "trap '' XFSZ; " } else { "" };
    let script = format!("{trap}ulimit -f 8; exec \"$0\" build --now {NOW}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, PROGRAM]).current_dir(desk.dir.path()).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn a_full_disk_leaves_the_last_good_site() {
    let desk = Desk::new();
    let before = desk.good();
    let long = "A sentence of a long piece that needs some room. ".repeat(400);
    desk.put("content/2025-07-02-long.md", &format!("---\ntitle: Long\n---\n{long}\n"));
    let output = cramped(&desk, true);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
    assert_eq!(tree(&desk.path("public")), before);
    let killed = cramped(&desk, false);
    assert_ne!(killed.status.code(), Some(0));
    let mut found = tree(&desk.path("public"));
    found.retain(|name, _| !name.starts_with(".dateline-staging"));
    assert_eq!(found, before);
    let after = desk.good();
    assert!(after.contains_key("2025/07/02/long/index.html"));
    assert!(!after.keys().any(|name| name.starts_with(".dateline-staging")));
}

#[test]
fn killed_at_any_moment_the_next_build_is_right() {
    let desk = Desk::new();
    let fill = |round: u32| {
        for i in 0..40 {
            let name = format!("content/2025-07-{:02}-piece-{i}.md", i % 14 + 1);
            desk.put(&name, &format!("---\ntitle: Piece {i}\n---\nRound {round} of the piece in Kyiv.\n"));
        }
        // Something appears and something goes in each round.
        desk.put(&format!("content/2025-06-01-only-{round}.md"), "---\ntitle: Only now\n---\nText.\n");
        let _ = fs::remove_file(desk.path(&format!("content/2025-06-01-only-{}.md", round.wrapping_sub(1))));
    };
    fill(0);
    let start = Instant::now();
    desk.good();
    let whole = start.elapsed().as_micros() as u64;
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut cut_short = 0;
    for round in 1..=12 {
        fill(round);
        // Xorshift (Marsaglia 2003): the moments are random, and the same in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut child = desk.command(&["--quiet", "build", "--now", NOW]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(whole / 4 + state % (whole * 3 / 4).max(1)));
        let _ = child.kill();
        cut_short += u32::from(!child.wait().unwrap().success());
    }
    println!("{cut_short} of 12 builds were cut short");
    assert!(cut_short > 0, "no build was cut short: the test proves nothing");
    let after = desk.good();
    let clean = Desk::new();
    fs::remove_dir_all(clean.path("content")).unwrap();
    for (name, bytes) in tree(&desk.path("content")) {
        clean.put(&format!("content/{name}"), &String::from_utf8(bytes).unwrap());
    }
    let expect = clean.good();
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(&expect));
    assert!(after == expect, "some file differs from a clean build");
}
