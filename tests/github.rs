//! The workflow that `publish --init pages` writes and the action of `action.yml`, step by step as GitHub's runner takes
//! them: expressions, conditions, scripts in their shells, and caches that are kept when all went well. What the
//! machine would fetch is stood in for: `cargo install` by a script that puts the program where it would be.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use serde_yaml::Value;
use tempfile::TempDir;

const URL: &str = "https://user.github.io/repo";
const SPANS: &str =
    "corrections:\n  - { date: 2025-07-02, kind: correction, text: The bridge has two spans. }\n";

/// A repository with a site in the folder `site`, and a home that keeps caches from run to run.
struct Desk {
    dir: TempDir,
    runs: Cell<usize>,
}

/// What a run came to: what it printed, what it installed and the folder that it would have deployed.
struct Run {
    ok: bool,
    told: String,
    installed: Option<String>,
    folder: PathBuf,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap(), runs: Cell::new(0) };
        desk.put("site/dateline.yaml", "title: Test\nbase_url: https://settings.example.org/\n");
        desk.put("site/.gitignore", "/public/\n/.dateline/\n");
        desk.article(SPANS);
        git(&desk.at("repo"), &["init", "--quiet", "--initial-branch=main"]);
        let program = env!("CARGO_BIN_EXE_dateline");
        let cargo = format!(
            "#!/bin/sh\necho \"$*\" >> \"$HOME/installed\"\nmkdir -p \"$HOME/.cargo/bin\"\n\
             ln -s '{program}' \"$HOME/.cargo/bin/dateline\"\n"
        );
        fs::create_dir_all(desk.at("tools")).unwrap();
        fs::write(desk.at("tools/cargo"), cargo).unwrap();
        fs::set_permissions(desk.at("tools/cargo"), fs::Permissions::from_mode(0o755)).unwrap();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.at("repo").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn article(&self, more: &str) {
        let text = format!("---\ntitle: Bridge\ndate: 2025-07-01\n{more}---\nThe bridge stands.\n");
        self.put("site/content/bridge.md", &text);
    }

    /// Commits what there is, and runs the action on a fresh machine after a checkout of this depth (0: all).
    fn action(&self, inputs: &[(&str, &str)], depth: usize) -> Run {
        let action: Value = serde_yaml::from_str(include_str!("../action.yml")).unwrap();
        let mut names = runner(self.runs.get());
        for (name, input) in action["inputs"].as_mapping().unwrap() {
            let name = name.as_str().unwrap();
            let given = inputs.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
            let value = given.unwrap_or(input["default"].as_str().unwrap());
            names.insert(format!("inputs.{name}"), value.to_owned());
        }
        for (name, _) in inputs {
            assert!(names.contains_key(&format!("inputs.{name}")), "the action has no input `{name}`");
        }
        let mut job = Job::new(self, names);
        job.check_out(self, depth);
        let ok = job.run(action["runs"]["steps"].as_sequence().unwrap());
        let folder = action["outputs"]["path"]["value"].as_str().unwrap();
        let folder = if ok { job.filled(folder) } else { String::new() };
        job.finish(ok, &folder)
    }

    /// The same for the job `build` of the workflow, which checks out by itself.
    fn workflow(&self, inputs: &[(&str, &str)]) -> Run {
        let text = fs::read_to_string(self.at("repo/.github/workflows/pages.yml")).unwrap();
        let flow: Value = serde_yaml::from_str(&text).unwrap();
        let mut names = runner(self.runs.get());
        // On a push there are no inputs: they are empty.
        for (name, _) in flow["on"]["workflow_dispatch"]["inputs"].as_mapping().unwrap() {
            names.insert(format!("inputs.{}", name.as_str().unwrap()), String::new());
        }
        for (name, value) in inputs {
            let known = names.insert(format!("inputs.{name}"), (*value).to_owned());
            assert!(known.is_some(), "the workflow has no input `{name}`");
        }
        let mut job = Job::new(self, names);
        for (name, value) in flow["env"].as_mapping().unwrap() {
            let (name, value) = (name.as_str().unwrap(), value.as_str().unwrap());
            job.names.insert(format!("env.{name}"), value.to_owned());
            job.variables.insert(name.to_owned(), value.to_owned());
        }
        let ok = job.run(flow["jobs"]["build"]["steps"].as_sequence().unwrap());
        let folder = job.names.get("uploaded").cloned().unwrap_or_default();
        job.finish(ok, &folder)
    }
}

fn runner(run: usize) -> BTreeMap<String, String> {
    let names = [("runner.os", "Linux".to_owned()), ("runner.arch", "X64".to_owned())];
    let run = ("github.run_id", format!("{:04}", run + 1));
    names.into_iter().chain([run]).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// One job on a fresh machine.
struct Job<'a> {
    desk: &'a Desk,
    home: PathBuf,
    work: PathBuf,
    /// What expressions may name.
    names: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
    told: String,
    /// Caches to be kept at the end: key and paths.
    keep: Vec<(String, Vec<PathBuf>)>,
}

impl<'a> Job<'a> {
    fn new(desk: &'a Desk, names: BTreeMap<String, String>) -> Self {
        git(&desk.at("repo"), &["add", "--all"]);
        git(&desk.at("repo"), &["commit", "--quiet", "--allow-empty", "--message=Copy"]);
        desk.runs.set(desk.runs.get() + 1);
        let machine = desk.at(&format!("machine{}", desk.runs.get()));
        let (home, work) = (machine.join("home"), machine.join("work"));
        fs::create_dir_all(&home).unwrap();
        Job { desk, home, work, names, variables: BTreeMap::new(), told: String::new(), keep: Vec::new() }
    }

    fn check_out(&self, desk: &Desk, depth: usize) {
        let url = format!("file://{}", desk.at("repo").display());
        let depth = format!("--depth={depth}");
        let mut args = vec!["clone", "--quiet"];
        args.extend((depth != "--depth=0").then_some(depth.as_str()));
        args.extend([url.as_str(), self.work.to_str().unwrap()]);
        git(desk.dir.path(), &args);
    }

    /// A text with its expressions replaced. A name that is not there is a mistake in the file.
    fn filled(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut out = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once("}}").unwrap();
            out.push_str(self.names.get(name.trim()).unwrap_or_else(|| panic!("{name} in {text}")));
            out.push_str(rest);
        }
        out
    }

    fn run(&mut self, steps: &[Value]) -> bool {
        steps.iter().all(|step| {
            let wanted = step["if"].as_str().is_none_or(|condition| {
                let (name, value) = condition.split_once(" != ").unwrap();
                self.names.get(name).map_or("", String::as_str) != value.trim_matches('\'')
            });
            !wanted || self.step(step)
        })
    }

    fn step(&mut self, step: &Value) -> bool {
        match step["uses"].as_str() {
            None => self.script(step),
            Some("actions/checkout@v6") => {
                let depth = step["with"]["fetch-depth"].as_u64().unwrap_or(1);
                self.check_out(self.desk, usize::try_from(depth).unwrap());
                true
            }
            Some("actions/configure-pages@v6") => {
                self.names.insert("steps.pages.outputs.base_url".to_owned(), URL.to_owned());
                true
            }
            Some("actions/cache@v5") => {
                self.restore(step);
                true
            }
            Some("actions/upload-pages-artifact@v5") => {
                let folder = self.filled(step["with"]["path"].as_str().unwrap());
                self.names.insert("uploaded".to_owned(), folder);
                true
            }
            Some(other) => panic!("{other} is not stood in for"),
        }
    }

    /// A script in the shell that the runner takes: `bash -e`, and with `pipefail` where `shell: bash` is said.
    fn script(&mut self, step: &Value) -> bool {
        let output = self.home.join("output");
        let options = if step["shell"] == "bash" { "-eo" } else { "-e" };
        let mut command = Command::new("bash");
        command.current_dir(&self.work).args(["--noprofile", "--norc", options]);
        command.args((options == "-eo").then_some("pipefail")).arg("-c").arg(step["run"].as_str().unwrap());
        let path = std::env::var("PATH").unwrap_or_default();
        let path =
            format!("{}:{}:{path}", self.home.join(".cargo/bin").display(), self.desk.at("tools").display());
        command.env("HOME", &self.home).env("PATH", path).env("GITHUB_OUTPUT", &output).envs(&self.variables);
        for (name, value) in step["env"].as_mapping().into_iter().flatten() {
            command.env(name.as_str().unwrap(), self.filled(value.as_str().unwrap()));
        }
        let done = command.output().unwrap();
        self.told.push_str(&String::from_utf8_lossy(&done.stdout));
        self.told.push_str(&String::from_utf8_lossy(&done.stderr));
        if let (Some(id), Ok(text)) = (step["id"].as_str(), fs::read_to_string(&output)) {
            for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
                self.names.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
            }
        }
        done.status.success()
    }

    fn restore(&mut self, step: &Value) {
        let with = |name: &str| self.filled(step["with"][name].as_str().unwrap_or_default());
        let home = self.home.to_str().unwrap();
        let paths: Vec<PathBuf> =
            with("path").lines().map(|path| self.work.join(path.trim().replace('~', home))).collect();
        let (key, before) = (with("key"), with("restore-keys"));
        let caches = self.desk.at("caches");
        let mut kept: Vec<String> = fs::read_dir(&caches)
            .map(|dir| dir.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        kept.sort();
        let exact = kept.contains(&key);
        let found = kept.into_iter().rev().find(|name| {
            if exact { *name == key } else { before.lines().any(|line| name.starts_with(line.trim())) }
        });
        for (number, path) in paths.iter().enumerate().filter(|_| found.is_some()) {
            let from = caches.join(found.as_deref().unwrap_or_default()).join(number.to_string());
            if from.exists() {
                copy(&from, path);
            }
        }
        if let Some(id) = step["id"].as_str() {
            self.names.insert(format!("steps.{id}.outputs.cache-hit"), exact.to_string());
        }
        if !exact {
            self.keep.push((key, paths));
        }
    }

    /// The end of the job: caches are kept only when it went well.
    fn finish(self, ok: bool, folder: &str) -> Run {
        for (key, paths) in self.keep.iter().filter(|_| ok) {
            for (number, path) in paths.iter().enumerate().filter(|(_, path)| path.exists()) {
                copy(path, &self.desk.at("caches").join(key).join(number.to_string()));
            }
        }
        let installed = fs::read_to_string(self.home.join("installed")).ok();
        Run { ok, told: self.told, installed, folder: self.work.join(folder) }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let status = Command::new("cp").arg("-a").args([from, to]).status().unwrap();
    assert!(status.success(), "{from:?} {to:?}");
}

fn git(dir: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org"];
    let output = Command::new("git").current_dir(dir).args(identity).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The run went well, and what it would deploy stands at this address and is what Pages takes.
fn goes_out(run: &Run, url: &str) {
    assert!(run.ok, "{}", run.told);
    let files = dateline::publish::limits::files(&run.folder).unwrap();
    assert!(files.contains_key("index.html") && files.contains_key("404.html"), "{files:?}");
    assert!(!run.folder.join(".dateline-manifest").exists());
    let home = fs::read_to_string(run.folder.join("index.html")).unwrap();
    let path = url.splitn(4, '/').nth(3).unwrap();
    let base = if path.is_empty() { "/".to_owned() } else { format!("/{path}") };
    assert!(home.contains(url) && home.contains(&format!("href=\"{base}")), "{home}");
}

fn stops(run: &Run, why: &str) {
    assert!(!run.ok && run.told.contains(why), "{}", run.told);
}

#[test]
fn the_action_builds_checks_and_remembers() {
    let desk = Desk::new();
    let site = [("root", "site"), ("base-url", "https://user.github.io/repo/")];
    let first = desk.action(&site, 0);
    goes_out(&first, "https://user.github.io/repo/");
    assert_eq!(first.installed.as_deref(), Some("install --locked dateline\n"));
    assert!(first.folder.ends_with("site/public"), "{:?}", first.folder);
    assert!(desk.at("caches/dateline-cache-Linux-0001/0").is_dir());

    // The program and the record come from the cache: a checkout without history knows what readers saw.
    desk.article("");
    let second = desk.action(&site, 1);
    stops(&second, "a published correction has vanished: `The bridge has two spans.`");
    assert!(second.told.contains("content/bridge.md") && second.installed.is_none(), "{}", second.told);
    assert!(!second.folder.join("site/public").exists());
    // A run that failed keeps nothing: the next one is refused as well.
    stops(&desk.action(&site, 1), "vanished-correction");
    let dropped = desk.action(&[site[0], site[1], ("drop-corrections", "true")], 1);
    goes_out(&dropped, "https://user.github.io/repo/");
    goes_out(&desk.action(&site, 1), "https://user.github.io/repo/");

    // Where nothing is remembered the history answers, and where that is cut off it is said.
    fs::remove_dir_all(desk.at("caches")).unwrap();
    stops(&desk.action(&site, 0), "vanished-correction");
    let shallow = desk.action(&site, 1);
    assert!(shallow.ok && shallow.told.contains("fetch-depth: 0"), "{}", shallow.told);
    desk.put("site/content/bad.md", "---\ntitle: Bad\ndate: yesterday\n---\nText.\n");
    stops(&desk.action(&site, 1), "content/bad.md:3:");
}

#[test]
fn the_inputs_of_the_action_reach_the_program() {
    let desk = Desk::new();
    // The settings say where the site stands when nobody else does.
    let odd = "--git https://example.org/dateline.git --tag v1";
    let plain = desk.action(&[("root", "site"), ("install", odd)], 0);
    goes_out(&plain, "https://settings.example.org/");
    assert_eq!(plain.installed, Some(format!("install --locked {odd}\n")));
    // A warning stops only who asked for it.
    desk.put("site/content/odd.md", "---\ntitle: Odd\ndate: 2025-07-01\ncolour: red\n---\nText.\n");
    goes_out(&desk.action(&[("root", "site")], 0), "https://settings.example.org/");
    let strict = desk.action(&[("root", "site"), ("strict", "true")], 0);
    stops(&strict, "content/odd.md:4:1");
    assert!(strict.told.contains("Nothing was published: mend the 1 warning first"), "{}", strict.told);
    desk.put("dateline.yaml", "title: Whole\n");
    desk.put("content/bridge.md", "---\ntitle: Bridge\ndate: 2025-07-01\n---\nThe bridge stands.\n");
    goes_out(&desk.action(&[("base-url", "https://example.org/a/")], 0), "https://example.org/a/");
    // A site that says nowhere where it stands is nothing for readers.
    desk.put("site/dateline.yaml", "title: Test\n");
    stops(&desk.action(&[("root", "site")], 0), "--base-url");
}

#[test]
fn the_workflow_builds_checks_and_remembers() {
    let desk = Desk::new();
    let program = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(desk.at("repo"))
        .args(["--root", "site", "publish", "--init", "pages"])
        .output()
        .unwrap();
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
    let first = desk.workflow(&[]);
    goes_out(&first, "https://user.github.io/repo/");
    assert_eq!(first.installed.as_deref(), Some("install --locked dateline\n"));
    desk.article("");
    let second = desk.workflow(&[]);
    stops(&second, "a published correction has vanished: `The bridge has two spans.`");
    assert!(second.installed.is_none());
    // Also when the caches are gone, by the whole history that it checks out.
    fs::rename(desk.at("caches"), desk.at("lost")).unwrap();
    stops(&desk.workflow(&[]), "vanished-correction");
    goes_out(&desk.workflow(&[("drop-corrections", "true")]), "https://user.github.io/repo/");
    goes_out(&desk.workflow(&[]), "https://user.github.io/repo/");
}
