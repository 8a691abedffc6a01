//! Publishing where much stands against it: settings, hooks and locks of the editor's repository, a branch that other tools
//! made, and a remote that says no.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, fs::PermissionsExt, fs::symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use dateline::{
    model::config::PublishConfig,
    publish::{self, Error, Options, Outcome, pages::State},
};
use tempfile::TempDir;

/// A bare remote, a repository of sources, and a built site in a sub-folder of it whose names need quoting.
struct Desk {
    dir: TempDir,
}

const SUB: &str = "my site's - \u{fc}";

impl Desk {
    fn new() -> Self {
        Desk::with(&[])
    }

    fn with(init: &[&str]) -> Self {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        git(desk.dir.path(), &[&["init", "--quiet", "--bare", "remote.git"], init].concat());
        git(desk.dir.path(), &[&["init", "--quiet", "--initial-branch=main", "source"], init].concat());
        git(&desk.source(), &["remote", "add", "origin", "../remote.git"]);
        put(&desk.source().join(SUB).join("dateline.yaml"), b"title: Test\n");
        git(&desk.source(), &["add", "."]);
        git(&desk.source(), &["commit", "--quiet", "--message=Sources"]);
        for name in ["index.html", "404.html", "-dash.html", "a \"b\" \\ \u{fc}.html"] {
            desk.write(name, name);
        }
        desk
    }

    fn source(&self) -> PathBuf {
        self.dir.path().join("source")
    }

    fn remote(&self) -> PathBuf {
        self.dir.path().join("remote.git")
    }

    fn write(&self, name: &str, text: &str) {
        put(&self.source().join(SUB).join("public").join(name), text.as_bytes());
    }

    fn publish(&self) -> Result<Outcome, Error> {
        let root = self.source().join(SUB);
        publish::pages(&root.join("public"), &root, &PublishConfig::default(), &Options::default())
    }

    /// The names that are published, as bytes.
    fn names(&self) -> Vec<Vec<u8>> {
        let listed = run(&self.remote(), &["ls-tree", "-r", "-z", "--name-only", "gh-pages"]).stdout;
        listed.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect()
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn run(dir: &Path, args: &[&str]) -> std::process::Output {
    let identity = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org"];
    Command::new("git").current_dir(dir).args(identity).args(args).output().unwrap()
}

fn git(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn published(outcome: &Outcome) -> bool {
    matches!(outcome.state, State::Published(_))
}

#[test]
fn names_that_need_quoting_and_an_empty_remote() {
    for init in [&[][..], &["--object-format=sha256"], &["--ref-format=reftable"]] {
        // A Git that does not know the format has no such repositories.
        let probe = tempfile::tempdir().unwrap();
        if !run(probe.path(), &[&["init", "--bare", "--quiet", "probe.git"], init].concat()).status.success()
        {
            continue;
        }
        let desk = Desk::with(init);
        assert!(published(&desk.publish().unwrap()), "{init:?}");
        let names: Vec<String> =
            desk.names().into_iter().map(|name| String::from_utf8(name).unwrap()).collect();
        assert_eq!(
            names,
            ["-dash.html", ".nojekyll", "404.html", "a \"b\" \\ \u{fc}.html", "index.html"],
            "{init:?}"
        );
        assert_eq!(desk.publish().unwrap().state, State::Unchanged, "{init:?}");
    }
}

/// Names that are not UTF-8, a link and a module in the place of pages, and a folder in that of a file.
#[test]
fn a_branch_of_other_tools_is_replaced_once() {
    let desk = Desk::new();
    let other = desk.dir.path().join("other");
    git(desk.dir.path(), &["init", "--quiet", "--initial-branch=gh-pages", "other"]);
    put(&other.join(OsStr::from_bytes(b"caf\xe9.html")), b"old");
    put(&other.join("404.html/inside.txt"), b"old");
    put(&other.join("kept.html"), b"kept");
    // The blob of the link has the bytes of the page, and so its id.
    symlink("index.html", other.join("index.html")).unwrap();
    git(&other, &["add", "."]);
    git(&other, &["update-index", "--add", "--cacheinfo", &format!("160000,{},module", "1".repeat(40))]);
    git(&other, &["commit", "--quiet", "--message=Old"]);
    git(&other, &["push", "--quiet", "../remote.git", "gh-pages"]);
    desk.write("kept.html", "kept");
    assert!(published(&desk.publish().unwrap()));
    let names: Vec<String> =
        desk.names().into_iter().map(|name| String::from_utf8(name).expect("nothing of the old")).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let row = git(&desk.remote(), &["ls-tree", "gh-pages", "index.html", "kept.html"]);
    assert!(row.lines().count() == 2 && row.lines().all(|row| row.starts_with("100644 blob")), "{row}");
    assert_eq!(desk.publish().unwrap().state, State::Unchanged);
    git(&desk.remote(), &["fsck", "--strict"]);
}

#[test]
fn no_program_of_the_editors_settings_runs() {
    let desk = Desk::new();
    let ran = desk.dir.path().join("ran");
    let touch = format!("#!/bin/sh\ntouch '{}'\nexit 1\n", ran.display());
    for hook in
        ["pre-push", "pre-commit", "post-commit", "reference-transaction", "post-index-change", "fsmonitor"]
    {
        let path = desk.source().join(".git/hooks").join(hook);
        put(&path, touch.as_bytes());
        fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let monitor = desk.source().join(".git/hooks/fsmonitor");
    for (key, value) in [
        ("core.fsmonitor", monitor.to_str().unwrap()),
        ("core.autocrlf", "true"),
        ("commit.gpgSign", "true"),
        ("push.gpgSign", "true"),
        ("gpg.program", monitor.to_str().unwrap()),
        ("remote.origin.mirror", "true"),
        ("fetch.prune", "true"),
        ("push.followTags", "true"),
        ("status.showUntrackedFiles", "no"),
    ] {
        git(&desk.source(), &["config", key, value]);
    }
    desk.write("lines.html", "a\r\nb\n");
    assert!(published(&desk.publish().unwrap()));
    assert!(!ran.exists());
    assert_eq!(run(&desk.remote(), &["show", "gh-pages:lines.html"]).stdout, b"a\r\nb\n");
    assert_eq!(git(&desk.remote(), &["for-each-ref", "--format=%(refname)"]), "refs/heads/gh-pages");
}

#[test]
fn what_a_killed_run_left_stands_in_nobodys_way() {
    let desk = Desk::new();
    let refs = desk.source().join(".git/refs/dateline");
    for name in ["pending.lock", "published.lock", "pending-1.lock"] {
        put(&refs.join(name), b"");
    }
    let head = git(&desk.source(), &["rev-parse", "HEAD"]);
    git(&desk.source(), &["update-ref", "refs/dateline/pending-7", &head]);
    assert!(published(&desk.publish().unwrap()));
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
}

#[test]
fn a_protected_branch_is_explained_line_by_line() {
    let desk = Desk::new();
    let hook = desk.remote().join("hooks/pre-receive");
    put(&hook, b"#!/bin/sh\necho 'gh-pages is protected: ask the desk' >&2\nexit 1\n");
    fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).unwrap();
    let error = desk.publish().unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert!(error.to_string().contains("gh-pages is protected: ask the desk"), "{error}");
    assert_eq!(git(&desk.remote(), &["for-each-ref"]), "");
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
    // On a terminal each line stands for itself.
    fs::remove_dir_all(desk.source().join(SUB).join("public")).unwrap();
    let settings = desk.source().join(SUB).join("dateline.yaml");
    fs::write(settings, "title: Test\nbase_url: https://example.org/\n").unwrap();
    let output = program(&desk).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("\n  remote: gh-pages is protected: ask the desk") && !told.contains("u{a}"),
        "{told}"
    );
}

/// A linked work tree whose head is detached, and a module in it.
#[test]
fn linked_work_trees_and_modules() {
    let desk = Desk::new();
    let module = desk.dir.path().join("module");
    git(desk.dir.path(), &["init", "--quiet", "--initial-branch=main", "module"]);
    put(&module.join("a.txt"), b"a");
    git(&module, &["add", "."]);
    git(&module, &["commit", "--quiet", "--message=Module"]);
    git(
        &desk.source(),
        &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../module", "module"],
    );
    git(&desk.source(), &["commit", "--quiet", "--message=With a module"]);
    git(&desk.source(), &["worktree", "add", "--quiet", "--detach", "../linked"]);
    let root = desk.dir.path().join("linked").join(SUB);
    let site = desk.source().join(SUB).join("public");
    let outcome = publish::pages(&site, &root, &PublishConfig::default(), &Options::default()).unwrap();
    assert!(published(&outcome) && !outcome.source.unwrap().ends_with("-dirty"));
    assert_eq!(git(&root, &["status", "--porcelain"]), "");
    assert_eq!(git(&desk.source(), &["worktree", "list"]).lines().count(), 2);
}

fn program(desk: &Desk) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("--root").arg(desk.source().join(SUB)).args(["publish", "pages", "--now", "2026-01-01"]);
    command.env("GIT_COMMITTER_NAME", "J").env("GIT_COMMITTER_EMAIL", "j@example.org").stdin(Stdio::null());
    command
}

/// A Git that is killed while it writes a reference leaves its lock behind, and says that a person must judge whether to
/// remove it. The other side of a push to this machine is killed with the rest here.
fn take_locks_away(desk: &Desk) {
    for repository in [desk.source().join(".git"), desk.remote()] {
        let left = walkdir::WalkDir::new(repository).into_iter().filter_map(Result::ok);
        for lock in left.filter(|entry| entry.path().extension() == Some(OsStr::new("lock"))) {
            fs::remove_file(lock.path()).unwrap();
        }
    }
}

#[test]
fn a_lock_that_a_killed_git_left_on_the_other_side_is_named() {
    let desk = Desk::new();
    assert!(published(&desk.publish().unwrap()));
    let tip = git(&desk.remote(), &["rev-parse", "gh-pages"]);
    let lock = desk.remote().join("refs/heads/gh-pages.lock");
    put(&lock, b"");
    desk.write("index.html", "two");
    let error = desk.publish().unwrap_err();
    let Error::Locked { lock: named, .. } = &error else { panic!("{error}") };
    assert_eq!(fs::canonicalize(named).unwrap(), fs::canonicalize(&lock).unwrap());
    assert_eq!(git(&desk.remote(), &["rev-parse", "gh-pages"]), tip);
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
    // The remedy that the message names works.
    fs::remove_file(lock).unwrap();
    assert!(published(&desk.publish().unwrap()));
}

/// The program and its Git are killed together at many moments: readers have the old state or the new one, whole, and
/// the next run needs no more help than Git itself asks for.
#[test]
fn killed_at_any_moment_readers_have_a_whole_site() {
    let desk = Desk::new();
    let root = desk.source().join(SUB);
    fs::write(root.join("dateline.yaml"), "title: Test\nbase_url: https://example.org/\n").unwrap();
    fs::remove_dir_all(root.join("public")).unwrap();
    let article = |text: &str| {
        put(&root.join("content/2025-07-01-a.md"), format!("---\ntitle: A\n---\n{text}\n").as_bytes());
    };
    article("Start.");
    assert!(program(&desk).output().unwrap().status.success());
    for turn in 0..24_u64 {
        article(&format!("Turn {turn}."));
        let before = git(&desk.remote(), &["rev-parse", "gh-pages"]);
        // A group of its own, so that Git is killed as well.
        let mut child = std::os::unix::process::CommandExt::process_group(&mut program(&desk), 0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(turn * 37 % 700));
        let group = format!("-{}", child.id());
        let _ = Command::new("kill").args(["-9", "--", &group]).output().unwrap();
        child.wait().unwrap();
        // Until the last of the group is gone, or only waits to be asked for its end.
        for _ in 0..50 {
            if !Command::new("kill").args(["-0", "--", &group]).output().unwrap().status.success() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        take_locks_away(&desk);
        let after = git(&desk.remote(), &["rev-parse", "gh-pages"]);
        if after != before {
            assert_eq!(git(&desk.remote(), &["rev-parse", "gh-pages^"]), before, "turn {turn}");
            let page = git(&desk.remote(), &["show", "gh-pages:2025/07/01/a/index.html"]);
            assert!(page.contains(&format!("Turn {turn}.")), "turn {turn}");
        }
        git(&desk.remote(), &["fsck", "--strict"]);
    }
    article("End.");
    let last = program(&desk).output().unwrap();
    assert!(last.status.success(), "{}", String::from_utf8_lossy(&last.stderr));
    assert!(git(&desk.remote(), &["show", "gh-pages:2025/07/01/a/index.html"]).contains("End."));
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
}
