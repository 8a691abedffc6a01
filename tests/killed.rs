//! kill -9 at random moments of a build and of a publication: whoever looks, at any time, sees whole files only, and the
//! next run ends as if nothing had been.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const NOW: &str = "2025-07-15T12:00:00Z";

/// Sources in a repository, with a bare remote beside it.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        git(desk.dir.path(), &["init", "--quiet", "--bare", "remote.git"]);
        git(desk.dir.path(), &["init", "--quiet", "--initial-branch=main", "site"]);
        git(&desk.site(), &["remote", "add", "origin", "../remote.git"]);
        desk.put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
        desk.put(".gitignore", "/public/\n/.dateline/\n");
        desk.edition(0);
        git(&desk.site(), &["add", "."]);
        git(&desk.site(), &["commit", "--quiet", "--message=Sources"]);
        desk
    }

    fn site(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn remote(&self) -> PathBuf {
        self.dir.path().join("remote.git")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.site().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// One of two states of the sources: every page differs, one piece comes and one goes.
    fn edition(&self, number: u32) {
        for i in 0..30 {
            let name = format!("content/2025-07-{:02}-piece-{i}.md", i % 14 + 1);
            self.put(&name, &format!("---\ntitle: Piece {i}\n---\nState {number} of the piece in Kyiv.\n"));
        }
        let _ = fs::remove_file(self.site().join(format!("content/2025-06-01-only-{}.md", 1 - number)));
        self.put(&format!("content/2025-06-01-only-{number}.md"), "---\ntitle: Only now\n---\nText.\n");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(self.site()).arg("--quiet").args(args).args(["--now", NOW]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) {
        let output = self.command(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// What readers are served: the files of the folder, without our own records.
    fn public(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.site().join("public");
        let walk = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        walk.filter(|e| e.file_type().is_file())
            .map(|e| (e.path().strip_prefix(&folder).unwrap().display().to_string(), e.into_path()))
            .filter(|(name, _)| !name.starts_with(".dateline-"))
            .map(|(name, path)| (name, fs::read(path).unwrap()))
            .collect()
    }

    fn published(&self) -> Option<String> {
        let output = raw(&self.remote(), &["rev-parse", "--verify", "--quiet", "refs/heads/gh-pages^{tree}"]);
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

fn raw(dir: &Path, args: &[&str]) -> Output {
    let identity = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org", "-c", "gc.auto=0"];
    Command::new("git")
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", "/")
        .args(identity)
        .args(args)
        .output()
        .unwrap()
}

fn git(dir: &Path, args: &[&str]) -> String {
    let output = raw(dir, args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Random moments that are the same in every run: Xorshift (Marsaglia 2003).
struct Moments(u64);

impl Moments {
    /// A moment in the last four fifths of a run that takes `whole`.
    fn next(&mut self, whole: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let whole = whole.as_micros() as u64;
        Duration::from_micros(whole / 5 + self.0 % (whole * 4 / 5).max(1))
    }
}

#[test]
fn a_build_shows_whole_files_only() {
    let desk = Desk::new();
    let mut states = Vec::new();
    let mut whole = Duration::ZERO;
    for number in [0, 1] {
        desk.edition(number);
        let start = Instant::now();
        desk.run(&["build"]);
        whole = start.elapsed();
        states.push(desk.public());
    }
    assert!(states[0].len() > 50 && states[0] != states[1]);
    let mut moments = Moments(0x9E37_79B9_7F4A_7C15);
    let (mut cut_short, mut looks) = (0, 0);
    let mut rounds = 0;
    while cut_short < 6 && rounds < 60 {
        desk.edition(rounds % 2);
        rounds += 1;
        let mut child = desk.command(&["build"]).spawn().unwrap();
        let end = Instant::now() + moments.next(whole);
        // A reader looks all the while, and once more when it is over.
        while Instant::now() < end {
            whole_files(&desk, &states);
            looks += 1;
        }
        let _ = child.kill();
        if child.wait().unwrap().success() {
            whole = whole * 4 / 5;
        } else {
            cut_short += 1;
        }
        whole_files(&desk, &states);
    }
    println!("{cut_short} of {rounds} builds were cut short, {looks} looks in between");
    assert!(cut_short == 6, "only {cut_short} builds were cut short: the test proves nothing");
    desk.edition(1);
    desk.run(&["build"]);
    assert!(desk.public() == states[1], "the next build is not right");
}

/// Every file is, byte for byte, that of one state or the other.
fn whole_files(desk: &Desk, states: &[BTreeMap<String, Vec<u8>>]) {
    let folder = desk.site().join("public");
    for name in states[0].keys().chain(states[1].keys()) {
        let Ok(bytes) = fs::read(folder.join(name)) else { continue };
        assert!(states.iter().any(|state| state.get(name) == Some(&bytes)), "{name} is half-written");
    }
}

#[test]
fn a_publication_is_there_or_not() {
    let desk = Desk::new();
    let mut trees: BTreeSet<String> = BTreeSet::new();
    let mut whole = Duration::ZERO;
    for number in [0, 1] {
        desk.edition(number);
        let start = Instant::now();
        desk.run(&["publish", "pages"]);
        whole = start.elapsed();
        trees.insert(desk.published().unwrap());
    }
    assert_eq!(trees.len(), 2);
    let noticed = || {
        let index = fs::read(desk.site().join(".git/index")).unwrap();
        let head = git(&desk.site(), &["rev-parse", "HEAD"]);
        (index, head, git(&desk.site(), &["for-each-ref", "refs/heads", "refs/stash"]))
    };
    let before = noticed();
    let mut moments = Moments(0x2545_F491_4F6C_DD1D);
    let (mut cut_short, mut rounds) = (0, 0);
    // Until enough were cut short: how long one takes depends on what else the machine does.
    while cut_short < 6 && rounds < 60 {
        desk.edition(rounds % 2);
        rounds += 1;
        // In a group of its own, so that the Git it runs dies with it, as when a machine loses its power.
        let mut child = desk.command(&["publish", "pages"]).process_group(0).spawn().unwrap();
        std::thread::sleep(moments.next(whole));
        git_kill(child.id());
        if child.wait().unwrap().success() {
            whole = whole * 4 / 5;
        } else {
            cut_short += 1;
        }
        assert!(trees.contains(&desk.published().unwrap()), "the branch shows something in between");
        git(&desk.remote(), &["fsck", "--strict", "--connectivity-only"]);
    }
    println!("{cut_short} of {rounds} publications were cut short");
    assert!(cut_short == 6, "only {cut_short} publications were cut short: the test proves nothing");
    assert!(noticed() == before, "an editor would notice");
    for number in [0, 1] {
        desk.edition(number);
        desk.run(&["publish", "pages"]);
    }
    assert!(trees.contains(&desk.published().unwrap()));
    assert_eq!(git(&desk.site(), &["for-each-ref", "refs/dateline"]), "");
    git(&desk.remote(), &["fsck", "--strict"]);
}

fn git_kill(group: u32) {
    let _ = Command::new("kill").args(["-9", "--", &format!("-{group}")]).stderr(Stdio::null()).status();
}
