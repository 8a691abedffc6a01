//! Publishing to a real bare repository: what is committed, what is refused, and what is left untouched.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use dateline::{
    model::config::PublishConfig,
    publish::{self, Error, Options, Outcome, pages::State},
};
use tempfile::TempDir;

/// A bare remote, a repository of sources with one commit, and a built site beside it.
struct Desk {
    dir: TempDir,
    config: PublishConfig,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let desk = Desk { dir, config: PublishConfig::default() };
        git(desk.dir.path(), &["init", "--quiet", "--bare", "remote.git"]);
        git(desk.dir.path(), &["init", "--quiet", "--initial-branch=main", "source"]);
        for (key, value) in [("user.name", "Jane Doe"), ("user.email", "jane@example.org")] {
            git(&desk.source(), &["config", key, value]);
        }
        git(&desk.source(), &["remote", "add", "origin", "../remote.git"]);
        desk.write_source("dateline.yaml", "title: Test\n");
        git(&desk.source(), &["add", "."]);
        git(&desk.source(), &["commit", "--quiet", "--message=Sources"]);
        git(&desk.source(), &["push", "--quiet", "origin", "main"]);
        desk.write("index.html", "home");
        desk.write("404.html", "nothing here");
        desk.write("1989/11/10/wall/index.html", "the wall");
        desk
    }

    fn source(&self) -> PathBuf {
        self.dir.path().join("source")
    }

    fn remote(&self) -> PathBuf {
        self.dir.path().join("remote.git")
    }

    fn site(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn write(&self, name: &str, text: &str) {
        put(&self.site().join(name), text);
    }

    fn write_source(&self, name: &str, text: &str) {
        put(&self.source().join(name), text);
    }

    fn publish(&self) -> Result<Outcome, Error> {
        publish::pages(&self.site(), &self.source(), &self.config, &Options::default())
    }

    fn rollback(&self) -> Result<Outcome, Error> {
        publish::rollback(&self.source(), &self.config, &Options::default())
    }

    /// A file as it is published, or `None`.
    fn published(&self, name: &str) -> Option<String> {
        let output = raw(&self.remote(), &["show", &format!("gh-pages:{name}")]);
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn commits(&self) -> usize {
        let output = raw(&self.remote(), &["rev-list", "--count", "gh-pages"]);
        String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0)
    }

    /// All that an editor would notice: branch, revision, index, work tree, stash, local branches.
    fn noticed(&self) -> String {
        let source = self.source();
        let head = fs::read_to_string(source.join(".git/HEAD")).unwrap();
        let index = fs::read(source.join(".git/index")).unwrap();
        let refs =
            git(&source, &["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/stash"]);
        let status = git(&source, &["--no-optional-locks", "status", "--porcelain"]);
        format!("{head}{}{refs}{status}", hex(&index))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |out, byte| format!("{out}{byte:02x}"))
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn raw(dir: &Path, args: &[&str]) -> std::process::Output {
    let home = dir.ancestors().last().unwrap();
    Command::new("git")
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("HOME", home)
        .args(args)
        .output()
        .unwrap()
}

fn git(dir: &Path, args: &[&str]) -> String {
    let output = raw(dir, args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn commit_of(outcome: &Outcome) -> &str {
    match &outcome.state {
        State::Published(commit) => commit,
        other => panic!("not published: {other:?}"),
    }
}

#[test]
fn first_publication_then_nothing_then_a_change() {
    let desk = Desk::new();
    let before = desk.noticed();
    let first = desk.publish().unwrap();
    assert_eq!((first.changes.pages(), first.files), ([3, 0, 0], 4));
    assert_eq!(desk.published("1989/11/10/wall/index.html").as_deref(), Some("the wall"));
    assert_eq!(desk.published(".nojekyll").as_deref(), Some(""));
    assert_eq!(git(&desk.remote(), &["rev-parse", "gh-pages"]), commit_of(&first));

    assert_eq!(desk.publish().unwrap().state, State::Unchanged);
    assert_eq!(desk.commits(), 1);

    desk.write("1989/11/10/wall/index.html", "the wall is open");
    desk.write("a \"quoted\" näme.html", "odd");
    fs::remove_file(desk.site().join("404.html")).unwrap();
    assert!(desk.publish().unwrap_err().to_string().contains("404.html"));
    desk.write("404.html", "nothing here");
    let second = desk.publish().unwrap();
    assert_eq!(second.changes.pages(), [1, 1, 0]);
    assert_eq!(desk.published("a \"quoted\" näme.html").as_deref(), Some("odd"));
    assert_eq!(desk.commits(), 2);

    let source = git(&desk.source(), &["rev-parse", "HEAD"]);
    let message = git(&desk.remote(), &["log", "-1", "--format=%an <%ae>%n%B", "gh-pages"]);
    assert!(message.starts_with("Jane Doe <jane@example.org>\nPublish the site from"), "{message}");
    assert!(message.ends_with(&format!("Source: {source}")), "{message}");
    assert_eq!(desk.noticed(), before);
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
    git(&desk.remote(), &["fsck", "--strict"]);
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let desk = Desk::new();
    let dry = Options { dry_run: true, ..Options::default() };
    let count = || git(&desk.source(), &["count-objects", "-v"]);
    let before = (desk.noticed(), count());
    let outcome = publish::pages(&desk.site(), &desk.source(), &desk.config, &dry).unwrap();
    assert_eq!((outcome.state, outcome.changes.pages()), (State::DryRun, [3, 0, 0]));
    assert_eq!((desk.noticed(), count()), before);
    assert_eq!(desk.commits(), 0);
}

#[test]
fn uncommitted_work_is_named_and_left_alone() {
    let desk = Desk::new();
    desk.write_source("dateline.yaml", "title: Changed\n");
    desk.write_source("staged.md", "staged");
    git(&desk.source(), &["add", "staged.md"]);
    desk.write_source("staged.md", "and edited again");
    let before = desk.noticed();
    let outcome = desk.publish().unwrap();
    assert!(outcome.source.unwrap().ends_with("-dirty"));
    assert_eq!(desk.noticed(), before);
    assert_eq!(fs::read_to_string(desk.source().join("staged.md")).unwrap(), "and edited again");
}

#[test]
fn detached_and_unborn_heads_publish() {
    let desk = Desk::new();
    git(&desk.source(), &["checkout", "--quiet", "--detach"]);
    desk.publish().unwrap();
    git(&desk.source(), &["checkout", "--quiet", "--orphan", "fresh"]);
    desk.write("index.html", "changed");
    assert_eq!(desk.publish().unwrap().source, None);
    assert_eq!(desk.commits(), 2);
}

#[test]
fn the_domain_is_kept() {
    let mut desk = Desk::new();
    desk.config.cname = Some("news.example.org".into());
    desk.publish().unwrap();
    assert_eq!(desk.published("CNAME").as_deref(), Some("news.example.org\n"));
    desk.config.cname = None;
    desk.write("index.html", "changed");
    desk.publish().unwrap();
    assert_eq!(desk.published("CNAME").as_deref(), Some("news.example.org\n"));
    desk.write("CNAME", "other.example.org\n");
    desk.publish().unwrap();
    assert_eq!(desk.published("CNAME").as_deref(), Some("other.example.org\n"));
}

/// Another desk publishes first: between the look at the remote and the push when `late`, before otherwise.
#[test]
fn a_publication_in_between_is_built_upon_or_refused() {
    let desk = Desk::new();
    desk.publish().unwrap();
    let other = desk.dir.path().join("other");
    git(desk.dir.path(), &["clone", "--quiet", "--branch=gh-pages", "remote.git", "other"]);
    put(&other.join("theirs.html"), "theirs");
    git(&other, &["add", "."]);
    git(&other, &["-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message=Theirs"]);
    // The remote is looked at in its old state, and pushed to in its new one.
    let old = desk.dir.path().join("old.git");
    git(desk.dir.path(), &["clone", "--quiet", "--bare", "remote.git", "old.git"]);
    git(&other, &["push", "--quiet", "origin", "gh-pages"]);
    let tip = git(&desk.remote(), &["rev-parse", "gh-pages"]);
    git(&desk.source(), &["remote", "set-url", "origin", old.to_str().unwrap()]);
    git(&desk.source(), &["remote", "set-url", "--push", "origin", desk.remote().to_str().unwrap()]);
    desk.write("index.html", "ours");
    let error = desk.publish().unwrap_err();
    assert!(matches!(error, Error::Overtaken { .. }), "{error}");
    assert!(error.to_string().contains("Publish again"), "{error}");
    assert_eq!(git(&desk.remote(), &["rev-parse", "gh-pages"]), tip);
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
    // The remedy that the message names works.
    git(&desk.source(), &["remote", "set-url", "origin", desk.remote().to_str().unwrap()]);
    let outcome = desk.publish().unwrap();
    assert_eq!(outcome.changes.removed, ["theirs.html"]);
    assert_eq!(git(&desk.remote(), &["rev-parse", "gh-pages^"]), tip);
}

#[test]
fn a_shallow_clone_publishes_and_goes_back() {
    let desk = Desk::new();
    desk.publish().unwrap();
    desk.write("index.html", "two");
    desk.publish().unwrap();
    let url = format!("file://{}", desk.remote().display());
    git(desk.dir.path(), &["clone", "--quiet", "--depth=1", "--branch=main", &url, "shallow"]);
    let shallow = desk.dir.path().join("shallow");
    desk.write("index.html", "three");
    let outcome = publish::pages(&desk.site(), &shallow, &desk.config, &Options::default()).unwrap();
    assert_eq!(outcome.changes.pages(), [0, 1, 0]);
    assert_eq!(desk.commits(), 3);
    publish::rollback(&shallow, &desk.config, &Options::default()).unwrap();
    assert_eq!(desk.published("index.html").as_deref(), Some("two"));
    assert_eq!(desk.commits(), 4);
    git(&desk.remote(), &["fsck", "--strict"]);
    // The full clone stays a full clone, though it must fetch what the other published.
    desk.write("index.html", "five");
    desk.publish().unwrap();
    assert!(!desk.source().join(".git/shallow").exists());
}

#[test]
fn going_back_goes_one_publication_at_a_time() {
    let desk = Desk::new();
    assert!(matches!(desk.rollback().unwrap_err(), Error::NothingBefore { .. }));
    for text in ["one", "two", "three"] {
        desk.write("index.html", text);
        desk.publish().unwrap();
    }
    let before = desk.noticed();
    let dry = Options { dry_run: true, ..Options::default() };
    let outcome = publish::rollback(&desk.source(), &desk.config, &dry).unwrap();
    assert_eq!((outcome.changes.pages(), desk.commits()), ([0, 1, 0], 3));
    for expect in ["two", "one"] {
        desk.rollback().unwrap();
        assert_eq!(desk.published("index.html").as_deref(), Some(expect));
    }
    assert!(matches!(desk.rollback().unwrap_err(), Error::NothingBefore { .. }));
    assert_eq!((desk.commits(), desk.noticed()), (5, before));
    // Forward again, and back from there to what was shown before.
    desk.write("index.html", "four");
    desk.publish().unwrap();
    desk.rollback().unwrap();
    assert_eq!(desk.published("index.html").as_deref(), Some("one"));
}

#[test]
fn branches_of_sources_are_refused() {
    let mut desk = Desk::new();
    let tip = git(&desk.remote(), &["rev-parse", "main"]);
    desk.config.branch = "main".into();
    assert!(matches!(desk.publish().unwrap_err(), Error::SourceBranch { .. }));
    git(&desk.source(), &["checkout", "--quiet", "-b", "work"]);
    assert!(matches!(desk.publish().unwrap_err(), Error::SourceBranch { .. }));
    git(&desk.source(), &["checkout", "--quiet", "--orphan", "unrelated"]);
    assert!(matches!(desk.publish().unwrap_err(), Error::SourceBranch { .. }));
    assert_eq!(git(&desk.remote(), &["rev-parse", "main"]), tip);
    for name in ["--force", "a..b", ""] {
        desk.config.branch = name.into();
        assert!(matches!(desk.publish().unwrap_err(), Error::BadName { .. }), "{name}");
    }
}

#[test]
fn faults_of_the_place_are_explained() {
    let mut desk = Desk::new();
    let mut check = |remote: &str, expect: &str| {
        desk.config.remote = remote.into();
        let error = desk.publish().unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    check("nowhere", "git remote add nowhere");
    check("--upload-pack=touch x", "cannot be the name of a remote");
    check("../missing.git", "cannot be reached");
    desk.config = PublishConfig::default();
    let none = Options { git: "no-such-git".into(), ..Options::default() };
    let error = publish::pages(&desk.site(), &desk.source(), &desk.config, &none).unwrap_err();
    assert!(error.to_string().contains("needs Git"), "{error}");
    let error = publish::pages(&desk.site(), desk.dir.path(), &desk.config, &Options::default()).unwrap_err();
    assert!(matches!(error, Error::NoRepository { .. }), "{error}");
}

#[test]
fn settings_and_files_that_would_change_pages_do_not() {
    let desk = Desk::new();
    for (key, value) in [("core.autocrlf", "true"), ("commit.gpgsign", "true"), ("push.gpgSign", "false")] {
        git(&desk.source(), &["config", key, value]);
    }
    let hook = desk.source().join(".git/hooks/pre-push");
    put(&hook, "#!/bin/sh\nexit 1\n");
    git(&desk.source(), &["config", "gpg.program", "false"]);
    #[cfg(unix)]
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    desk.write(".gitattributes", "*.html text eol=lf\n");
    desk.write(".gitignore", "*.html\n");
    desk.write("lines.html", "a\r\nb\n");
    desk.publish().unwrap();
    assert_eq!(desk.published("lines.html").as_deref(), Some("a\r\nb\n"));
    // A site inside the repository that Git ignores is published all the same.
    desk.write_source(".gitignore", "/public/\n");
    for name in ["index.html", "404.html"] {
        desk.write_source(&format!("public/{name}"), "inside");
    }
    let inside = desk.source().join("public");
    publish::pages(&inside, &desk.source(), &desk.config, &Options::default()).unwrap();
    assert_eq!(desk.published("index.html").as_deref(), Some("inside"));
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("index.html", desk.site().join("link.html")).unwrap();
    desk.write("Index.html", "collides");
    let error = desk.publish().unwrap_err().to_string();
    assert!(error.contains("symbolic link") && error.contains("upper and lower case"), "{error}");
}

#[test]
fn a_local_branch_follows_when_it_stood_with_the_remote() {
    let desk = Desk::new();
    desk.publish().unwrap();
    git(&desk.source(), &["fetch", "--quiet", "origin", "gh-pages:gh-pages"]);
    desk.write("index.html", "two");
    let outcome = desk.publish().unwrap();
    assert_eq!(git(&desk.source(), &["rev-parse", "gh-pages"]), commit_of(&outcome));
    // Checked out elsewhere it stays, for moving it would change what that work tree seems to have edited.
    git(&desk.source(), &["worktree", "add", "--quiet", "../tree", "gh-pages"]);
    desk.write("index.html", "three");
    desk.publish().unwrap();
    assert_eq!(git(&desk.source(), &["rev-parse", "gh-pages"]), commit_of(&outcome));
}

/// A Git that is killed at a step: nothing that others see has moved, and the next run succeeds.
#[cfg(unix)]
#[test]
fn killed_at_any_step_nothing_is_half_done() {
    let desk = Desk::new();
    desk.publish().unwrap();
    desk.write("index.html", "two");
    for step in ["hash-object", "fast-import", "push", "after fast-import"] {
        let shim = desk.dir.path().join("git-shim");
        let (word, first) = match step.strip_prefix("after ") {
            Some(word) => (word, "git \"$@\";"),
            None => (step, ""),
        };
        let script = format!(
            "#!/bin/sh\nfor word in \"$@\"; do [ \"$word\" = {word} ] && {{ {first} kill -9 $$; }}; done\nexec git \"$@\"\n"
        );
        put(&shim, &script);
        fs::set_permissions(&shim, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let before = (desk.noticed(), git(&desk.remote(), &["for-each-ref"]));
        let options = Options { git: shim.into(), ..Options::default() };
        let error = publish::pages(&desk.site(), &desk.source(), &desk.config, &options).unwrap_err();
        assert!(matches!(error, Error::Git { .. } | Error::Refused { .. }), "{step}: {error}");
        assert_eq!((desk.noticed(), git(&desk.remote(), &["for-each-ref"])), before, "{step}");
        git(&desk.source(), &["fsck", "--strict"]);
    }
    desk.publish().unwrap();
    assert_eq!((desk.commits(), desk.published("index.html").as_deref()), (2, Some("two")));
    assert_eq!(git(&desk.source(), &["for-each-ref", "refs/dateline"]), "");
}
