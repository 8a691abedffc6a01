//! Pictures of articles: their size is known, smaller ones are offered, and nothing is done twice.
#![cfg(feature = "pictures")]
#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

use std::{collections::BTreeMap, fs, io::Cursor, path::Path, time::SystemTime};

use dateline::{
    check,
    pipeline::{self, Memo, Options, Silent, Summary},
};
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

const PAGE: &str = "2025/07/01/a/index.html";

/// A picture of waves, in bytes of `format`.
fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let wave =
        |a: u32, b: u32| ((f64::from(a) / 9.0).sin() * (f64::from(b) / 14.0).cos() * 120.0 + 128.0) as u8;
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([wave(x, y), wave(y, x), wave(x + y, x)]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut out, format).expect("encoded");
    out.into_inner()
}

/// A JPEG whose camera says that it lies on its side (Exif orientation 6).
fn lying(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, _| Rgb([x as u8, 60, 60]));
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend([0; 2]);
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 90);
    encoder.set_exif_metadata(exif).expect("metadata");
    encoder.write_image(&image, width, height, image::ExtendedColorType::Rgb8).expect("encoded");
    out
}

struct Site(tempfile::TempDir);

impl Site {
    fn new(config: &str, body: &str, files: &[(&str, Vec<u8>)]) -> Site {
        let site = Site(tempfile::tempdir().expect("a temporary folder"));
        let widths = if config.is_empty() { "image_widths: [240, 120, 360]\n" } else { config };
        let config = format!("title: Test\nbase_url: https://example.org/repo/\n{widths}");
        site.put("dateline.yaml", config.as_bytes());
        let front = "title: A\ndate: 2025-07-01\nimage: { src: top.jpg, alt: Top, credit: Someone }";
        site.put("content/a/index.md", format!("---\n{front}\n---\n{body}\n").as_bytes());
        for (name, bytes) in files {
            site.put(name, bytes);
        }
        site
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    fn options(&self) -> Options {
        Options::new(self.0.path(), "2025-07-15T12:00:00Z".parse().expect("a time"))
    }

    fn build(&self) -> Summary {
        pipeline::build(&self.options(), false, &Silent).expect("it builds")
    }

    /// Codes and places of what `check` says.
    fn check(&self) -> Vec<String> {
        let built = pipeline::load(&self.options(), &Silent, Memo::default()).expect("it loads");
        let told =
            check::check(self.0.path(), &built.site, &built.renderer, &built.files, &built.diagnostics);
        let line = |d: &dateline::diagnostic::Diagnostic| {
            let place = d.place.as_ref().map_or("-".into(), |p| format!("{}:{}", p.path, p.line));
            format!("{} {place}", d.code)
        };
        told.iter().map(line).collect()
    }

    fn files(&self, folder: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let root = self.0.path().join(folder);
        let files = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
        files
            .filter(|e| e.file_type().is_file())
            .map(|e| {
                let name = e.path().strip_prefix(&root).expect("below").to_string_lossy().into_owned();
                let time = e.metadata().expect("data").modified().expect("a time");
                (name, (fs::read(e.path()).expect("readable"), time))
            })
            .collect()
    }

    fn page(&self) -> String {
        fs::read_to_string(self.0.path().join("public").join(PAGE)).expect("the page")
    }
}

/// The `img` whose address ends so.
fn img<'a>(page: &'a str, src: &str) -> &'a str {
    let tags = page.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    tags.into_iter()
        .find(|tag| tag.contains(&format!("{src}\"")))
        .unwrap_or_else(|| panic!("{src} in {page}"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next())
}

fn gallery(config: &str) -> Site {
    let body = "First.\n\n![Wide](wide.png)\n\n![Small](small.jpg)\n\n![Still](/still.gif)\n\n![Line](/line.svg)\n\n\
                <img src=\"/far.jpg\" alt=\"Far\">\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"/>".as_bytes().to_vec();
    Site::new(
        config,
        body,
        &[
            ("content/a/top.jpg", lying(225, 500)),
            ("content/a/wide.png", drawn(250, 150, ImageFormat::Png)),
            ("content/a/small.jpg", drawn(50, 25, ImageFormat::Jpeg)),
            ("static/still.gif", drawn(175, 20, ImageFormat::Gif)),
            ("static/line.svg", svg),
            ("static/far.jpg", drawn(400, 225, ImageFormat::Jpeg)),
            ("static/unused.jpg", drawn(400, 225, ImageFormat::Jpeg)),
        ],
    )
}

#[test]
fn sizes_and_smaller_ones_are_written() {
    let site = gallery("");
    site.build();
    let page = site.page();
    let size = |src: &str| {
        let tag = img(&page, src);
        (
            attribute(tag, "width"),
            attribute(tag, "height"),
            attribute(tag, "srcset").map(|s| s.split(", ").count()),
        )
    };
    // It stands upright: what was written 225 wide and 500 high is shown 500 wide.
    assert_eq!(size("/a/top.jpg"), (Some("500"), Some("225"), Some(4)));
    assert_eq!(size("/a/wide.png"), (Some("250"), Some("150"), Some(3)));
    assert_eq!(size("/a/small.jpg"), (Some("50"), Some("25"), None));
    assert_eq!(size("/still.gif"), (Some("175"), Some("20"), None));
    assert_eq!(size("/line.svg"), (Some("40"), Some("30"), None));
    assert_eq!(size("/far.jpg"), (Some("400"), Some("225"), Some(4)));
    assert_eq!(attribute(img(&page, "/far.jpg"), "sizes"), Some("(min-width: 42em) 38.5rem, 92vw"));
    let output = site.files("public");
    let mut seen = 0;
    for src in ["/a/top.jpg", "/a/wide.png", "/far.jpg"] {
        let list = attribute(img(&page, src), "srcset").expect("others");
        for candidate in list.split(", ") {
            let (url, width) = candidate.split_once(' ').expect("a width");
            let bytes = &output[url.strip_prefix("/repo/").expect("the base path")].0;
            let image = image::load_from_memory(bytes).expect("a picture");
            let upright = if url.ends_with("/a/top.jpg") { image.height() } else { image.width() };
            assert_eq!(format!("{upright}w"), width, "{url}");
            assert!(
                bytes.len()
                    <= output[&src.replace("/a/", "2025/07/01/a/").trim_start_matches('/').to_owned()]
                        .0
                        .len()
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 11);
    assert!(!output.keys().any(|name| name.starts_with("unused.") && name != "unused.jpg"));
    let feed = String::from_utf8_lossy(&output["feed.json"].0).into_owned();
    assert!(feed.contains("far.jpg") && !feed.contains("srcset"), "{feed}");
    assert_eq!(site.check(), Vec::<String>::new());
}

#[test]
fn nothing_is_done_twice() {
    let site = gallery("");
    site.build();
    let (first, cache) = (site.files("public"), site.files(".dateline/cache/pictures"));
    assert!(cache.len() > 8, "{:?}", cache.keys());
    let summary = site.build();
    assert_eq!((summary.written.written, summary.written.removed), (0, 0));
    assert_eq!(site.files(".dateline/cache/pictures"), cache);
    // Without the cache the same bytes come out.
    fs::remove_dir_all(site.0.path().join(".dateline")).expect("removed");
    assert_eq!(site.build().written.written, 0);
    assert_eq!(site.files("public"), first);
    // Another picture under the same name is another picture, and the old ones are forgotten.
    site.put("static/far.jpg", &drawn(300, 175, ImageFormat::Jpeg));
    site.build();
    assert_eq!(attribute(img(&site.page(), "/far.jpg"), "width"), Some("300"));
    let names = site.files(".dateline/cache/pictures");
    assert_eq!(names.len(), cache.len() - 1, "360 is more than 300");
    assert_eq!(site.files("public").keys().filter(|name| name.starts_with("far.")).count(), 3);
}

#[test]
fn it_can_be_turned_off() {
    let site = gallery("image_widths: []\n");
    site.build();
    assert!(!site.page().contains("srcset"));
    assert_eq!(attribute(img(&site.page(), "/a/top.jpg"), "width"), Some("500"));
    assert!(!site.0.path().join(".dateline/cache/pictures").exists());
}

#[test]
fn what_is_broken_is_told_and_carried() {
    let png = drawn(250, 150, ImageFormat::Png);
    let broken = png[..png.len() / 3].to_vec();
    let site = Site::new(
        "",
        "![Broken](broken.png)\n\n![Text](text.jpg)\n\n![](small.jpg)\n\n<img src=\"small.jpg\">\n\n\
         ![Elsewhere](https://example.com/x.jpg)\n",
        &[
            ("content/a/top.jpg", drawn(300, 200, ImageFormat::Jpeg)),
            ("content/a/small.jpg", drawn(300, 200, ImageFormat::Jpeg)),
            ("content/a/broken.png", broken.clone()),
            ("content/a/text.jpg", b"no picture".to_vec()),
        ],
    );
    site.build();
    let told = site.check();
    assert_eq!(
        told,
        [
            "bad-picture content/a/broken.png:0",
            "missing-size content/a/index.md:8",
            "missing-alt content/a/index.md:10",
            "missing-alt content/a/index.md:12",
            "missing-size content/a/index.md:14",
            "bad-picture content/a/text.jpg:0",
        ]
    );
    let output = site.files("public");
    assert_eq!(output["2025/07/01/a/broken.png"].0, broken);
    assert_eq!(output["2025/07/01/a/text.jpg"].0, b"no picture");
    assert!(Path::new(&site.0.path().join("public").join(PAGE)).is_file());
}

/// Of a picture on another host only the editor can say how large it is.
#[test]
fn the_size_of_a_picture_elsewhere_can_be_given() {
    let site = Site::new("", "Text.", &[("content/a/top.jpg", drawn(300, 200, ImageFormat::Jpeg))]);
    let piece = |image: &str| {
        let text = format!(
            "---\ntitle: B\ndate: 2025-07-02\nimage: {{ src: \"https://example.com/x.jpg\", alt: X{image} }}\n---\nText.\n"
        );
        site.put("content/b.md", text.as_bytes());
    };
    piece(", width: 800, height: 600");
    site.build();
    assert_eq!(site.check(), [] as [&str; 0]);
    let page = String::from_utf8(site.files("public")["2025/07/02/b/index.html"].0.clone()).expect("text");
    let tag = img(&page, "/x.jpg");
    assert_eq!((attribute(tag, "width"), attribute(tag, "height")), (Some("800"), Some("600")));
    piece(", width: 800");
    assert_eq!(site.check(), ["missing-size content/b.md:4"], "once, and where it can be mended");
    piece(", width: wide, height: 600");
    assert_eq!(site.check(), ["missing-size content/b.md:4", "wrong-type content/b.md:4"]);
}
