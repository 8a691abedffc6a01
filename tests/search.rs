//! The search index of a site on disk: the same bytes each time, made anew only where something changed, and whole.

#![cfg(feature = "search")]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use dateline::{
    pipeline::{self, Memo, Options, Silent},
    search,
};

const NOW: &str = "2025-07-15T12:00:00Z";

/// A copy of the site with articles in seven languages.
fn site() -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/languages");
    let to = tempfile::tempdir().expect("a temporary folder");
    for entry in walkdir::WalkDir::new(&from).into_iter().filter_map(Result::ok) {
        let path = to.path().join(entry.path().strip_prefix(&from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("made");
        } else {
            fs::copy(entry.path(), path).expect("copied");
        }
    }
    to
}

fn options(root: &Path) -> Options {
    Options::new(root, NOW.parse().expect("a timestamp"))
}

fn build(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    pipeline::build(&options(root), false, &Silent).expect("it builds");
    index(&root.join("public"))
}

/// The files of the index.
fn index(public: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = public.join(search::FOLDER);
    let files = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(&folder).expect("below").to_owned();
            (name, fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

/// What the index says of an article, by the end of its address.
fn fragment(index: &BTreeMap<PathBuf, Vec<u8>>, address: &str) -> serde_json::Value {
    let fragments = index.iter().filter(|(name, _)| name.starts_with("fragment"));
    let mut found = fragments.filter_map(|(_, bytes)| {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).expect("gzip");
        let json = text.strip_prefix(b"pagefind_dcd").expect("a signature");
        let value: serde_json::Value = serde_json::from_slice(json).expect("JSON");
        value["url"].as_str()?.ends_with(address).then_some(value)
    });
    found.next().unwrap_or_else(|| panic!("{address} is not in the index"))
}

#[test]
fn same_site_same_bytes_and_an_edit_is_a_clean_build() {
    let (one, two) = (site(), site());
    let first = build(one.path());
    assert!(first.len() > 20, "{:?}", first.keys());
    assert_eq!(first, build(two.path()), "two builds differ");
    let file = one.path().join("content/news/2025-07-01-bridge.md");
    let text = fs::read_to_string(&file).expect("an article");
    fs::write(&file, format!("{text}\nGulls followed.\n")).expect("written");
    fs::copy(&file, two.path().join("content/news/2025-07-01-bridge.md")).expect("copied");
    fs::remove_dir_all(two.path().join("public")).expect("removed");
    fs::remove_dir_all(two.path().join(".dateline")).expect("removed");
    let edited = build(one.path());
    assert_ne!(first, edited);
    assert_eq!(edited, build(two.path()), "an edit differs from a clean build");
}

#[test]
fn an_unchanged_archive_makes_nothing_and_a_changed_one_makes_its_shard() {
    let site = site();
    let root = site.path();
    let first = build(root);
    let shards = root.join(".dateline/cache/search");
    let names = || -> Vec<PathBuf> {
        let mut names: Vec<PathBuf> =
            fs::read_dir(&shards).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        names.sort();
        names
    };
    let before = names();
    assert!(before.len() >= 7, "{before:?}");
    // Without the shards a build that needs one would have to make and keep it again.
    for file in &before {
        fs::remove_file(file).expect("removed");
    }
    assert_eq!(build(root), first);
    assert_eq!(names(), Vec::<PathBuf>::new(), "an unchanged archive was indexed again");
    // With an output that is gone, all come back, the same.
    fs::remove_dir_all(root.join("public")).expect("removed");
    assert_eq!(build(root), first);
    assert_eq!(names(), before);
    // An edit replaces the shard of its language.
    let file = root.join("content/news/2025-07-02-ar.md");
    let text = fs::read_to_string(&file).expect("an article");
    fs::write(&file, text + "\nعادت النوارس.\n").expect("written");
    build(root);
    let after = names();
    let kept = after.iter().filter(|name| before.contains(name)).count();
    assert_eq!((after.len(), kept), (before.len(), before.len() - 1));
}

#[test]
fn every_language_is_taken_apart_as_its_own() {
    let site = site();
    let index = build(site.path());
    let words = |address: &str| {
        let fragment = fragment(&index, address);
        fragment["content"].as_str().expect("text").split('\u{200b}').map(str::to_owned).collect::<Vec<_>>()
    };
    for (address, word) in [("04/ja/", "道路"), ("05/zh/", "居民"), ("06/th/", "ถนน")] {
        let words = words(address);
        assert!(words.iter().any(|w| w.trim() == word), "{address}: {words:?}");
    }
    let entry: serde_json::Value =
        serde_json::from_slice(&index[Path::new("pagefind-entry.json")]).expect("JSON");
    let languages = entry["languages"].as_object().expect("languages");
    let tags: Vec<&str> = languages.keys().map(String::as_str).collect();
    assert_eq!(
        tags,
        ["ar-x-a0", "de-x-a0", "en-x-a0", "en-x-t0", "he-x-a0", "ja-x-a0", "th-x-a0", "zh-x-a0"]
    );
    assert_eq!(languages["ar-x-a0"]["wasm"], "ar");
    assert_eq!(languages["ja-x-a0"]["wasm"], serde_json::Value::Null);
    let fragment = fragment(&index, "01/bridge/");
    assert_eq!(fragment["filters"]["topic"][0], "Transport");
    assert_eq!(fragment["filters"]["source"][0], "Harbour Wire");
    assert_eq!(fragment["filters"]["year"][0], "2025");
    assert_eq!(fragment["meta"]["date"], "2025-07-01");
}

#[test]
fn the_preview_gives_what_a_build_writes() {
    let site = site();
    let written = build(site.path());
    let built = pipeline::load(&options(site.path()), &Silent, Memo::default()).expect("it loads");
    for (name, bytes) in &written {
        let path = format!("{}{}", search::FOLDER, name.to_string_lossy().replace('\\', "/"));
        let shown = pipeline::search::file(&built, &path);
        assert!(shown.is_some_and(|shown| shown == bytes.as_slice()), "{path}");
    }
    assert!(pipeline::search::file(&built, "search/index/nothing.js").is_none());
    assert!(pipeline::search::file(&built, "index.html").is_none());
}

#[test]
fn a_site_without_search_has_none_of_it() {
    let site = site();
    let check = |options: &Options| {
        pipeline::build(options, false, &Silent).expect("it builds");
        let public = site.path().join("public");
        assert!(!public.join("search").exists());
        let home = fs::read_to_string(public.join("index.html")).expect("a home page");
        assert!(!home.contains("/search/"));
    };
    check(&Options { no_search: true, ..options(site.path()) });
    build(site.path());
    let settings = site.path().join("dateline.yaml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, text + "search: false\n").expect("written");
    check(&options(site.path()));
}
