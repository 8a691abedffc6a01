//! `dateline review` over a pipe: what it asks, what it writes, how it is taken back, and that a run that is killed
//! leaves whole files.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use dateline::{diagnostic::Diagnostic, parse::decisions::decisions, path::SourcePath};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const ARTICLE: &str = "content/decisions/world/2025-07-01-a.md.yaml";
const NAMES: &str = "content/decisions/_names.yaml";

struct Desk {
    dir: TempDir,
}

impl Desk {
    /// `Sul Ember` is ambiguous at three places of two articles, `Tamsin Quorle` unknown at one.
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        desk.put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
        desk.put(
            "content/entities.yaml",
            "- { id: sul-ember, name: Sul Ember, kind: person, description: Minister }\n\
             - { id: sul-ember-poet, name: Sul Ember, kind: person, description: Poet }\n",
        );
        desk.put(
            "content/world/2025-07-01-a.md",
            "---\ntitle: A\n---\n\nSul Ember signed the law on Monday.\n\nOn Tuesday Sul Ember read from a new book.\n",
        );
        desk.put(
            "content/local/2025-07-02-b.md",
            "---\ntitle: B\ndraft: true\n---\n\nSul Ember was away. On Friday Tamsin Quorle landed on the lake.\n",
        );
        desk
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.dir.path()).args(args).stderr(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// The prompts that the lines `input` meet, and the last line of the result.
    fn review(&self, args: &[&str], input: &str) -> (String, String) {
        let args: Vec<&str> = ["review", "--by", "Ann"].iter().chain(args).copied().collect();
        let mut child = self.command(&args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        (text(&output.stderr), text(&output.stdout).trim().to_owned())
    }

    fn check(&self) -> Output {
        self.command(&["check", "--drafts", "--now", "2025-07-15"]).stdin(Stdio::null()).output().unwrap()
    }
}

/// All files below a folder.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    walk.filter(|e| e.file_type().is_file())
        .map(|e| (e.path().to_owned(), fs::read(e.path()).unwrap()))
        .collect()
}

#[test]
fn the_commonest_name_comes_first_with_all_that_is_known() {
    let desk = Desk::new();
    let (asked, result) = desk.review(&[], "");
    let expect = "names left · Sul Ember · 3 places in 2 articles · decides for this article\n\
        content/local/2025-07-02-b.md:6 · B\n\n  [Sul Ember] was away.\n";
    assert!(asked.contains(expect), "{asked}");
    assert!(
        asked.contains("  1  Sul Ember (person) · Minister · registry, 0 articles · sul-ember\n"),
        "{asked}"
    );
    assert!(
        asked.contains("  2  Sul Ember (person) · Poet · registry, 0 articles · sul-ember-poet\n"),
        "{asked}"
    );
    assert!(asked.contains("one of 2 with this name"), "{asked}");
    assert!(result.starts_with("0 decisions made"), "{result}");
    assert!(!desk.path("content/decisions").exists());
}

#[test]
fn decisions_are_written_as_they_are_made() {
    let desk = Desk::new();
    // Skip the draft; here the first is the minister and the second the poet.
    let (_, result) = desk.review(&[], "s\nt here\n1\n2\nq\n");
    assert!(result.starts_with("2 decisions made"), "{result}");
    let text = desk.read(ARTICLE).unwrap();
    let (read, faults) = decisions(&SourcePath::new(ARTICLE), &text);
    assert!(faults.is_empty() && read.list.len() == 2, "{text}{faults:?}");
    assert_eq!(read.list[0].suffix, "signed the law on Monday. On");
    assert_eq!(read.list[1].by.as_deref(), Some("Ann"));
    assert!(text.contains("  entity: sul-ember-poet\n  by: \"Ann\"\n  date: "), "{text}");
    // The site obeys, and what is decided is not asked again.
    let (asked, _) = desk.review(&["content/world/2025-07-01-a.md"], "");
    assert!(!asked.contains("Sul Ember"), "{asked}");
    let checked = desk.check();
    assert!(!String::from_utf8_lossy(&checked.stderr).contains("decision"), "{checked:?}");
}

#[test]
fn scopes_reach_as_far_as_they_say() {
    let desk = Desk::new();
    desk.review(&["--section", "world"], "r\n");
    assert!(
        desk.read(ARTICLE).unwrap().contains("quote: \"Sul Ember\"\n  every: true\n  decision: reject\n")
    );
    let desk = Desk::new();
    let (asked, result) = desk.review(&["--scope", "archive"], "2\n");
    assert!(desk.read(NAMES).unwrap().starts_with("- quote: \"Sul Ember\"\n  entity: sul-ember-poet\n"));
    assert!(asked.contains("Tamsin Quorle") && result.starts_with("1 decision made"), "{asked}{result}");
    let (asked, _) = desk.review(&[], "");
    assert!(!asked.contains("Sul Ember"), "{asked}");
    let desk = Desk::new();
    desk.review(&[], "n\n");
    assert!(desk.read(NAMES).unwrap().starts_with("- quote: \"Sul Ember\"\n  decision: reject\n"));
    let (asked, _) = desk.review(&["--since", "2025-07-02"], "");
    assert!(!asked.contains("Sul Ember") && asked.contains("Tamsin Quorle"), "{asked}");
}

#[test]
fn a_new_entity_is_adopted_and_others_are_named() {
    let desk = Desk::new();
    let draft = "content/local/2025-07-02-b.md";
    let before = tree(desk.dir.path());
    let (asked, _) = desk.review(&[draft], "s\ne nobody at all\ne Sul Embr\nw person\nu\n");
    assert!(asked.contains("Nobody knows `nobody at all`"), "{asked}");
    assert!(
        asked.contains("did you mean `Sul Ember`?") || asked.contains("did you mean `sul-ember`?"),
        "{asked}"
    );
    assert_eq!(tree(desk.dir.path()), before);
    desk.review(&[draft], "s\nw person Harbour master of Sul Ember\nq\n");
    let entry = desk.read("content/entities/tamsin-quorle.md").unwrap();
    assert_eq!(
        entry,
        "---\nname: Tamsin Quorle\nkind: person\ndescription: Harbour master of Sul Ember\n---\n"
    );
    let (asked, _) = desk.review(&[draft], "");
    assert!(!asked.contains("Tamsin Quorle"), "{asked}");
    let checked = desk.check();
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn an_adopted_name_is_known_for_the_rest_of_the_review() {
    let desk = Desk::new();
    for (name, said) in [("c", "Brisa Nolt swam across."), ("d", "Brisa Nolt rowed back.")] {
        let copy = format!("---\ntitle: {name}\n---\n\nThe night was cold. On Friday {said}\n");
        desk.put(&format!("content/local/2025-07-0{}-{name}.md", if name == "c" { 3 } else { 4 }), &copy);
    }
    let filter = ["--section", "local", "--since", "2025-07-03"];
    let (asked, _) = desk.review(&filter, "");
    assert!(asked.contains("2 names left"), "{asked}");
    let before = tree(desk.dir.path());
    // The other article is not asked about, and the new id can be named.
    let (asked, result) = desk.review(&filter, "w person A swimmer\nu\nw person\n");
    assert!(asked.contains("Nothing is left to decide"), "{asked}");
    assert!(result.starts_with("1 decision made"), "{result}");
    assert_ne!(tree(desk.dir.path()), before);
    let (asked, _) = desk.review(&["--section", "local"], "s\ne brisa-nolt\nu\n");
    assert!(!asked.contains("Nobody knows"), "{asked}");
}

#[test]
fn taking_back_restores_the_former_bytes() {
    let desk = Desk::new();
    let mine = "# Mine, and without an end of line\n- { quote: \"the law\", decision: reject }";
    desk.put(ARTICLE, mine);
    let before = tree(desk.dir.path());
    let (_, result) = desk.review(&[], "1\nr\nn\nr\nu\nu\nu\nu\nu\n");
    assert!(result.starts_with("0 decisions made"), "{result}");
    assert_eq!(tree(desk.dir.path()), before);
    // What was there stays as it is when something is added.
    desk.review(&["--section", "world"], "r\n");
    assert!(desk.read(ARTICLE).unwrap().starts_with(&format!("{mine}\n- quote: ")));
    // A file that is broken is not made longer.
    desk.put(ARTICLE, "- quote: [a\n");
    let (asked, result) = desk.review(&["--section", "world"], "r\nq\n");
    assert!(asked.contains("has an error in line 1, mend it first"), "{asked}");
    assert!(result.starts_with("0 decisions made"), "{result}");
    assert_eq!(desk.read(ARTICLE).unwrap(), "- quote: [a\n");
}

#[test]
fn copy_cannot_speak_to_the_terminal() {
    let desk = Desk::new();
    desk.put(
        "content/world/2025-07-01-a.md",
        "---\ntitle: \"A\\e[2J\"\n---\n\nSul Ember signed\u{1b}[2J the \u{9b}2J law.\n",
    );
    let (asked, _) = desk.review(&[], "s\nq\n");
    assert!(asked.contains("[Sul Ember] signed"), "{asked:?}");
    assert!(!asked.contains(['\u{1b}', '\u{9b}']), "{asked:?}");
}

#[test]
fn killed_at_any_moment_files_are_whole() {
    let desk = Desk::new();
    for i in 0..150 {
        let text =
            format!("---\ntitle: T{i}\n---\n\nSul Ember came on day {i}. Then Sul Ember left {i} times.\n");
        desk.put(&format!("content/many/2025-06-{:02}-t{i}.md", i % 28 + 1), &text);
    }
    let start = Instant::now();
    desk.review(&["--scope", "here"], "1\n");
    let whole = start.elapsed().as_micros() as u64;
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let (mut cut_short, mut made) = (0, 0);
    for _ in 0..12 {
        // Xorshift (Marsaglia 2003): the moments are random, and the same in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut child = desk
            .command(&["review", "--scope", "here", "--by", "Ann"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Decisions, and every third one taken back; the pipe stays open, so that the program never ends by itself.
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all("1\n2\nr\nu\n".repeat(40).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_micros(whole / 2 + state % whole.max(1)));
        let _ = child.kill();
        cut_short += u32::from(!child.wait().unwrap().success());
        made = 0;
        for (path, bytes) in tree(&desk.path("content/decisions")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // A hidden file is one that had not been put into place; nobody reads it.
            if name.starts_with('.') {
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            let (read, faults): (_, Vec<Diagnostic>) =
                decisions(&SourcePath::new("content/decisions/x.md.yaml"), &text);
            assert!(faults.is_empty() && !read.list.is_empty() && text.ends_with('\n'), "{name}: {text}");
            assert!(read.list.iter().all(|d| d.quote.contains(' ') && d.date.is_some()), "{name}: {text}");
            made += read.list.len();
        }
    }
    println!("{cut_short} of 12 reviews were cut short; {made} decisions stand");
    assert!(cut_short >= 6 && made > 0, "{cut_short} cut short, {made} made: the test proves nothing");
    let checked = desk.check();
    assert!(!String::from_utf8_lossy(&checked.stderr).contains("decision"), "{checked:?}");
}
