//! What leaves for GitHub: the artifact of a Pages deployment, packed as `actions/upload-pages-artifact` packs it and held
//! to what the action's README asks; the archive of a release; and the image, as far as it can be read.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// A member of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"), with GNU's long names.
#[derive(Debug)]
struct Member {
    name: String,
    kind: u8,
    mode: u32,
    size: usize,
}

fn members(tar: &[u8]) -> Vec<Member> {
    let text = |field: &[u8]| {
        let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
        String::from_utf8(field[..end].to_vec()).unwrap()
    };
    let octal = |field: &[u8]| usize::from_str_radix(text(field).trim(), 8).unwrap();
    let mut out = Vec::new();
    let mut long = None;
    let mut at = 0;
    while tar.get(at).is_some_and(|b| *b != 0) {
        let head = &tar[at..at + 512];
        let size = octal(&head[124..136]);
        let body = at + 512;
        at = body + size.div_ceil(512) * 512;
        if head[156] == b'L' {
            long = Some(text(&tar[body..body + size]));
            continue;
        }
        let name = long.take().unwrap_or_else(|| text(&head[..100]));
        out.push(Member { name, kind: head[156], mode: octal(&head[100..108]) as u32, size });
    }
    out
}

fn run(dir: &Path, program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program).current_dir(dir).args(args).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn the_artifact_is_what_pages_takes() {
    let dir = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_dateline");
    run(dir.path(), program, &["new", "site"]);
    let site = dir.path().join("site");
    let put = |name: &str, text: &str| {
        fs::create_dir_all(site.join(name).parent().unwrap()).unwrap();
        fs::write(site.join(name), text).unwrap();
    };
    put("static/.well-known/security.txt", "Contact: mailto:desk@example.org\n");
    put("content/world/2025-07-12-picture/index.md", "---\ntitle: Picture\n---\n![A](a.svg)\n");
    put("content/world/2025-07-12-picture/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    // A link in the sources leads out of the site; it must not reach the artifact.
    std::os::unix::fs::symlink("/etc/hostname", site.join("static/link.txt")).unwrap();
    run(&site, program, &["build", "--quiet", "--now", "2025-08-01", "-u", "https://user.github.io/repo/"]);
    let public = site.join("public");
    fs::remove_file(public.join(".dateline-manifest")).unwrap();
    // As the action's step "Archive artifact" on Linux does, with `include-hidden-files: true`.
    let folder = public.to_str().unwrap();
    let args = ["--dereference", "--hard-dereference", "--directory", folder, "-cf", "-"];
    let excluded = ["--exclude=.git", "--exclude=.github", "."];
    let tar = run(dir.path(), "tar", &[&args[..], &excluded[..]].concat());
    let members = members(&tar);
    let names: BTreeSet<&str> = members.iter().map(|m| m.name.as_str()).collect();
    for name in ["./index.html", "./404.html", "./.well-known/security.txt", "./sitemap.xml"] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
    assert!(names.iter().any(|name| name.ends_with("/picture/a.svg")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("link.txt") || name.contains(".dateline")), "{names:?}");
    for member in &members {
        // Files (`0`) and folders (`5`) only: no symbolic (`2`) or hard (`1`) link.
        let least = match member.kind {
            b'0' => 0o644,
            b'5' => 0o755,
            _ => panic!("{member:?}"),
        };
        assert_eq!(member.mode & least, least, "{member:?}");
        assert!(member.size <= 100 << 20 && !member.name.contains(".."), "{member:?}");
    }
    let before: usize = members.iter().map(|m| m.size).sum();
    assert!(before > 10_000 && tar.len() < 10_000_000_000, "{before} bytes");
    // In a folder as Git would have it, with hard links, the same comes out; nothing of the build links anything.
    let walk = walkdir::WalkDir::new(&public).into_iter().filter_map(Result::ok);
    for entry in walk.filter(|e| e.file_type().is_file()) {
        let links = std::os::unix::fs::MetadataExt::nlink(&entry.metadata().unwrap());
        assert_eq!(links, 1, "{}", entry.path().display());
    }
}

#[test]
fn a_release_is_packed_with_program_readme_and_licences() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let flow = fs::read_to_string(root.join(".github/workflows/release.yml")).unwrap();
    let flow: serde_yaml::Value = serde_yaml::from_str(&flow).unwrap();
    let job = &flow["jobs"]["binaries"];
    let steps = job["steps"].as_sequence().unwrap();
    let script = steps.iter().find(|step| step["name"] == "Pack").unwrap()["run"].as_str().unwrap();
    for target in job["strategy"]["matrix"]["include"].as_sequence().unwrap() {
        let target = target["target"].as_str().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let windows = target.contains("windows");
        let name = if windows { "dateline.exe" } else { "dateline" };
        let folder = dir.path().join(format!("target/{target}/release"));
        fs::create_dir_all(&folder).unwrap();
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(root.join(file), dir.path().join(file)).unwrap();
        }
        fs::write(folder.join(name), "program").unwrap();
        let output = Command::new("bash")
            .current_dir(dir.path())
            .args(["-euo", "pipefail", "-c", script])
            .envs([("TAG", "v1.2.3"), ("TARGET", target)])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let packed = format!("dateline-v1.2.3-{target}");
        let listed = run(dir.path(), "tar", &["-tzf", &format!("{packed}.tar.gz")]);
        let listed: BTreeSet<String> =
            String::from_utf8(listed).unwrap().lines().map(|l| l.trim_end_matches('/').to_owned()).collect();
        let expect: BTreeSet<String> = ["", "/LICENSE-APACHE", "/LICENSE-MIT", "/README.md"]
            .iter()
            .map(|file| format!("{packed}{file}"))
            .chain([format!("{packed}/{name}")])
            .collect();
        assert_eq!(listed, expect);
    }
}
