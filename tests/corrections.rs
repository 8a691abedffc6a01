//! Corrections that readers have seen, and a site that lost them: by the record of the last publication, and by Git's
//! history where there is none, as in the workflow on GitHub.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// A site in a folder of a repository.
struct Desk {
    dir: TempDir,
    site: PathBuf,
}

const SPANS: &str = "  - { date: 2025-07-02, kind: correction, text: The bridge has two spans. }\n";
const NAME: &str = "  - { date: 2025-07-03, kind: correction, text: The name is Jane. }\n";

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("repo/site");
        let desk = Desk { dir, site };
        desk.put("dateline.yaml", "title: Test\nbase_url: https://example.org/\n");
        desk.put(".gitignore", "/public/\n/.dateline/\n");
        git(&desk.repo(), &["init", "--quiet", "--initial-branch=main"]);
        desk
    }

    fn repo(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.site.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn article(&self, name: &str, corrections: &str) {
        let head = if corrections.is_empty() { "" } else { "corrections:\n" };
        let text = format!("---\ntitle: {name}\ndate: 2025-07-01\n{head}{corrections}---\nText of {name}.\n");
        self.put(&format!("content/{name}.md"), &text);
    }

    fn commit(&self, message: &str) {
        git(&self.repo(), &["add", "--all"]);
        git(&self.repo(), &["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn forget(&self) {
        fs::remove_file(self.site.join(".dateline/published.json")).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.site.join("content").join(name)).unwrap();
    }

    fn publish(&self, more: &[&str]) -> Output {
        publish(&self.site, more)
    }

    /// It goes out, and nothing is said against it.
    fn passes(&self, more: &[&str]) {
        let output = self.publish(more);
        assert!(output.status.success() && !err(&output).contains("corrections"), "{}", err(&output));
    }

    /// It does not go out, for this text of that file.
    fn refuses(&self, path: &str, text: &str) -> String {
        let before = fs::read(self.site.join(".dateline/published.json")).ok();
        let output = self.publish(&[]);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("vanished-correction") && told.contains(path) && told.contains(text), "{told}");
        assert_eq!(fs::read(self.site.join(".dateline/published.json")).ok(), before);
        told
    }
}

fn publish(site: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("--root").arg(site).args(["--color", "never", "publish", "--now", "2025-08-01"]);
    command.args(more).output().unwrap()
}

fn git(dir: &Path, args: &[&str]) -> String {
    let identity = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org"];
    let output = Command::new("git").current_dir(dir).args(identity).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", err(&output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_folder_remembers_what_was_handed_on() {
    let desk = Desk::new();
    desk.article("bridge", SPANS);
    // Neither Git's history nor an earlier publication is needed, and a rehearsal is not remembered.
    desk.passes(&["--dry-run"]);
    assert!(!desk.site.join(".dateline/published.json").exists() && !desk.site.join("public").exists());
    desk.passes(&[]);
    assert!(desk.site.join("public/index.html").is_file());
    desk.article("bridge", "");
    let told = desk.refuses("content/bridge.md", "The bridge has two spans.");
    assert!(told.contains("put it back, or publish with `--drop-corrections`"), "{told}");
    desk.article("bridge", &SPANS.replace("two", "three"));
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    // What stands at another address has been seen there alone.
    desk.passes(&["--base-url", "https://rehearsal.example.org/"]);
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    // Removing what was built does not remove what is remembered.
    let clean =
        Command::new(env!("CARGO_BIN_EXE_dateline")).arg("--root").arg(&desk.site).arg("clean").output();
    assert!(clean.unwrap().status.success());
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    desk.passes(&["--drop-corrections"]);
    desk.passes(&[]);
}

#[test]
fn renamed_deleted_expired_and_twins() {
    let desk = Desk::new();
    desk.article("bridge", SPANS);
    desk.article("river", SPANS);
    desk.passes(&[]);
    // The same words in another article do not stand for those that went.
    desk.article("river", "");
    desk.refuses("content/river.md", "The bridge has two spans.");
    desk.article("river", SPANS);
    fs::rename(desk.site.join("content/river.md"), desk.site.join("content/stream.md")).unwrap();
    desk.passes(&[]);
    desk.remove("stream.md");
    let told = desk.refuses("content/stream.md", "The bridge has two spans.");
    assert!(told.contains("kind: withdrawal"), "{told}");
    desk.put("content/stream.md", "---\ntitle: Stream\ndate: 2025-07-01\nexpires: 2025-07-20\ncorrections:\n  - { date: 2025-07-02, kind: correction, text: The bridge has two spans. }\n---\nText.\n");
    desk.passes(&[]);
    desk.put(
        "content/bridge.md",
        &format!("---\ntitle: B\ndate: 2025-07-01\ndraft: true\ncorrections:\n{SPANS}---\nText.\n"),
    );
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    // What had expired may be deleted.
    desk.article("bridge", SPANS);
    desk.remove("stream.md");
    desk.passes(&[]);
}

#[test]
fn history_answers_where_nothing_is_remembered() {
    let desk = Desk::new();
    desk.article("bridge", SPANS);
    desk.article("tea \u{fc}ber", NAME);
    desk.commit("Two pieces");
    desk.passes(&[]);
    desk.forget();
    desk.passes(&[]);
    // Not yet committed, then committed, then behind other commits, then on a branch that was merged.
    desk.article("bridge", "");
    desk.forget();
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    desk.commit("Without");
    desk.refuses("content/bridge.md", "The bridge has two spans.");
    desk.article("bridge", SPANS);
    desk.commit("Back");
    desk.passes(&[]);
    desk.forget();
    git(&desk.repo(), &["checkout", "--quiet", "-b", "side"]);
    desk.remove("tea \u{fc}ber.md");
    desk.commit("Deleted");
    git(&desk.repo(), &["checkout", "--quiet", "main"]);
    desk.article("other", "");
    desk.commit("Another");
    git(&desk.repo(), &["merge", "--quiet", "--no-edit", "side"]);
    desk.refuses("content/tea \u{fc}ber.md", "The name is Jane.");
    desk.passes(&["--drop-corrections"]);
    desk.passes(&[]);
    // Settings of the editor's Git that make `log` tell less.
    desk.forget();
    for (key, value) in [
        ("log.diffMerges", "off"),
        ("log.follow", "true"),
        ("diff.noprefix", "true"),
        ("log.showSignature", "true"),
    ] {
        git(&desk.repo(), &["config", key, value]);
    }
    desk.refuses("content/tea \u{fc}ber.md", "The name is Jane.");
    // Renamed, and a wording mended before anybody saw it: history alone is no reason to refuse.
    git(&desk.repo(), &["mv", "site/content/bridge.md", "site/content/span.md"]);
    desk.article("tea \u{fc}ber", &NAME.replace("Jane", "Ann"));
    desk.commit("Renamed, reworded");
    desk.passes(&[]);
}

#[test]
fn a_shallow_clone_says_what_it_cannot_know() {
    let desk = Desk::new();
    desk.article("bridge", SPANS);
    desk.commit("One");
    desk.article("bridge", "");
    desk.commit("Two");
    let url = format!("file://{}", desk.repo().display());
    let clone = |depth: &str| {
        let name = format!("clone{depth}");
        git(desk.dir.path(), &["clone", "--quiet", depth, "--", &url, &name]);
        desk.dir.path().join(name).join("site")
    };
    let shallow = clone("--depth=1");
    let first = publish(&shallow, &[]);
    assert!(first.status.success(), "{}", err(&first));
    assert!(
        err(&first).contains("corrections-unknown") && err(&first).contains("fetch-depth: 0"),
        "{}",
        err(&first)
    );
    // From here on it is remembered, and nothing needs to be said.
    let second = publish(&shallow, &[]);
    assert!(second.status.success() && err(&second).is_empty(), "{}", err(&second));
    let whole = publish(&clone("--no-tags"), &[]);
    assert_eq!(whole.status.code(), Some(1), "{}", err(&whole));
}

/// The file that the workflow carries from run to run is all that a fresh checkout needs.
#[test]
fn the_workflow_remembers_from_run_to_run() {
    let desk = Desk::new();
    desk.article("bridge", SPANS);
    desk.commit("One");
    let runner = |name: &str| {
        let url = format!("file://{}", desk.repo().display());
        git(desk.dir.path(), &["clone", "--quiet", "--depth=1", &url, name]);
        desk.dir.path().join(name).join("site")
    };
    let first = runner("first");
    assert!(publish(&first, &[]).status.success());
    let kept = fs::read(first.join(".dateline/published.json")).unwrap();
    desk.article("bridge", "");
    desk.commit("Two");
    let second = runner("second");
    fs::create_dir_all(second.join(".dateline")).unwrap();
    fs::write(second.join(".dateline/published.json"), kept).unwrap();
    let refused = publish(&second, &[]);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
    assert!(err(&refused).contains("The bridge has two spans."), "{}", err(&refused));
    assert!(!second.join("public").exists());
}

/// The branch of pages, published with work that was not committed: the record knows what it said.
#[test]
fn what_was_published_uncommitted_is_known_too() {
    let desk = Desk::new();
    git(desk.dir.path(), &["init", "--quiet", "--bare", "remote.git"]);
    git(&desk.repo(), &["remote", "add", "origin", "../remote.git"]);
    desk.article("bridge", "");
    desk.commit("One");
    desk.article("bridge", SPANS);
    assert!(desk.publish(&["pages"]).status.success());
    desk.article("bridge", "");
    let refused = desk.publish(&["pages"]);
    assert_eq!(refused.status.code(), Some(1), "{}", err(&refused));
    // Elsewhere nothing is known of it, which is said.
    desk.forget();
    let doubtful = desk.publish(&["pages"]);
    assert!(doubtful.status.success() && err(&doubtful).contains("were not committed"), "{}", err(&doubtful));
}
