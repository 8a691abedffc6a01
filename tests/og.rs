//! Pictures for where a page is shared: drawn where asked for and the font can, named in the page, painted once.
#![cfg(feature = "og")]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{fs, path::Path};

use dateline::pipeline::{self, Changes, Memo, Options, Silent};

fn site(config: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: &str| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    put(
        "dateline.yaml",
        &format!("title: Test\nbase_url: https://example.org/repo/\nsearch: false\n{config}"),
    );
    put("content/wall-falls.md", "---\ntitle: Wall falls\ndate: 2025-07-01\n---\nText.\n");
    put(
        "content/own.md",
        "---\ntitle: Own\ndate: 2025-07-02\nimage: {src: /own.jpg, alt: Seen}\n---\nText.\n",
    );
    put("content/tokyo.md", "---\ntitle: 東京の朝\ndate: 2025-07-03\nlang: ja\n---\nText.\n");
    put("static/own.jpg", "no picture");
    root
}

fn build(root: &Path) -> pipeline::Summary {
    let options = Options::new(root, "2025-07-15T12:00:00Z".parse().expect("a time"));
    pipeline::build(&options, false, &Silent).expect("it builds")
}

fn page(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join("public").join(name).join("index.html")).expect("the page")
}

/// The picture that a page names, and what it says of it.
fn named(page: &str) -> Vec<&str> {
    let metas = page.lines().filter_map(|line| line.strip_prefix("<meta property=\"og:image"));
    metas.filter_map(|line| line.split('"').nth(2)).collect()
}

#[test]
fn each_page_has_the_picture_that_is_its_own() {
    let root = site("og_images: true\nsite_image: https://example.org/share.png\n");
    build(root.path());
    let drawn = "https://example.org/repo/2025/07/01/wall-falls/og.png";
    let article = page(root.path(), "2025/07/01/wall-falls");
    assert_eq!(named(&article), [drawn, "1200", "630", "Wall falls"]);
    assert!(
        article.contains("\"image\":{\"@type\":\"ImageObject\"")
            && article.contains(&format!("\"url\":\"{drawn}\""))
    );
    let edition = page(root.path(), "2025/07/01");
    assert_eq!(named(&edition)[0], "https://example.org/repo/2025/07/01/og.png");
    assert_eq!(named(&page(root.path(), "2025/07/02/own")), ["https://example.org/repo/own.jpg", "Seen"]);
    // No font for it here: the picture of the site serves.
    assert_eq!(named(&page(root.path(), "2025/07/03/tokyo"))[0], "https://example.org/share.png");
    let bytes = fs::read(root.path().join("public/2025/07/01/wall-falls/og.png")).expect("painted");
    let size = imagesize::blob_size(&bytes).expect("a picture");
    assert_eq!((size.width, size.height), (1200, 630));
    let sitemap = fs::read_to_string(root.path().join("public/sitemap-1.xml")).expect("a sitemap");
    assert!(!sitemap.contains("og.png"));
}

#[test]
fn none_is_painted_twice_or_unasked() {
    let root = site("og_images: true\n");
    build(root.path());
    let cache = root.path().join(".dateline/cache/og");
    let painted = |cache: &Path| {
        let files = fs::read_dir(cache).expect("a cache").map(|e| e.expect("an entry"));
        let mut all: Vec<_> = files
            .map(|e| (e.file_name(), e.metadata().and_then(|m| m.modified()).expect("a time")))
            .collect();
        all.sort();
        all
    };
    let first = painted(&cache);
    assert_eq!(first.len(), 3, "an article and the editions of two days");
    assert_eq!(build(root.path()).written.written, 0);
    assert_eq!(painted(&cache), first);
    // Another headline is another picture, and the old one is forgotten.
    fs::write(
        root.path().join("content/wall-falls.md"),
        "---\ntitle: Wall stands\ndate: 2025-07-01\n---\nText.\n",
    )
    .expect("written");
    build(root.path());
    let names = |all: &[(std::ffi::OsString, std::time::SystemTime)]| {
        all.iter().map(|(n, _)| n.clone()).collect::<Vec<_>>()
    };
    assert_eq!(painted(&cache).len(), 3);
    assert_ne!(names(&painted(&cache)), names(&first));
    let off = site("");
    build(off.path());
    assert!(!off.path().join("public/2025/07/01/og.png").exists());
    assert_eq!(named(&page(off.path(), "2025/07/01")), Vec::<&str>::new());
}

#[test]
fn an_edited_headline_or_picture_gives_or_takes_the_drawing() {
    let root = site("og_images: true\n");
    let options = Options::new(root.path(), "2025-07-15T12:00:00Z".parse().expect("a time"));
    let mut memo = Memo::default();
    let mut drawn = || -> Vec<String> {
        let built = pipeline::reload(&options, &Changes::Everything, &Silent, &mut memo).expect("a site");
        let pages = built.site.pages.iter().map(|page| page.path.as_str().to_owned());
        pages.filter(|path| path.ends_with("og.png")).collect()
    };
    let (tokyo, own) = ("/2025/07/03/tokyo/og.png", "/2025/07/02/own/og.png");
    let has = |drawn: &[String], path: &str| drawn.iter().any(|drawn| drawn == path);
    let before = drawn();
    assert!(!has(&before, tokyo) && !has(&before, "/2025/07/03/og.png") && !has(&before, own));
    let put = |name: &str, text: &str| fs::write(root.path().join(name), text).expect("written");
    put("content/tokyo.md", "---\ntitle: Tokyo\ndate: 2025-07-03\nlang: ja\n---\nText.\n");
    put("content/own.md", "---\ntitle: Own\ndate: 2025-07-02\n---\nText.\n");
    let after = drawn();
    assert!(has(&after, tokyo) && has(&after, "/2025/07/03/og.png") && has(&after, own), "{after:?}");
}
