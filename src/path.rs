//! Paths of sources and of pages. Every address of the site is made by [`Urls`], which knows the base path.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A source file, relative to the site's root, with `/` between parts: `content/europe/wall.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(pub Arc<str>);

impl SourcePath {
    /// The order of articles: folder by folder, whatever stands between the parts of a name.
    pub fn in_order(&self, other: &SourcePath) -> std::cmp::Ordering {
        self.0.split('/').cmp(other.0.split('/'))
    }

    pub fn new(path: &str) -> Self {
        SourcePath(Arc::from(path.replace('\\', "/")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The folder that holds it, without a slash at the end; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The extension in lower case, without the dot.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, ext)| ext.to_ascii_lowercase())
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address inside the site, from its root, not encoded: `/1989/11/10/wall/` or `/feed.xml`.
/// Parts are never empty, `.` or `..`, so the file it names lies inside the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Cleans `path`: one slash between parts; parts `.` and `..`, control characters, colons and backslashes are dropped.
    pub fn new(path: &str) -> Self {
        if is_clean(path) {
            return SitePath(Arc::from(path));
        }
        let mut clean = String::with_capacity(path.len() + 1);
        for part in path.split(['/', '\\']) {
            // What is dropped goes first: without its colon, `.:.` would be the folder above.
            let part: String = part.chars().filter(|c| !c.is_control() && *c != ':').collect();
            let part = part.trim();
            if part.is_empty() || part == "." || part == ".." {
                continue;
            }
            clean.push('/');
            clean.push_str(part);
        }
        if clean.is_empty() || path.ends_with('/') {
            clean.push('/');
        }
        SitePath(Arc::from(clean))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file below the output folder, with `/` between parts: `1989/11/10/wall/index.html`.
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The address that a source means by `src` on the page of this address: from the root, or below the page.
    pub fn named(&self, src: &str) -> SitePath {
        if src.starts_with('/') { SitePath::new(src) } else { self.join(src.trim_start_matches("./")) }
    }

    /// The address with `suffix` appended: `/topics/war/` and `feed.xml` give `/topics/war/feed.xml`.
    pub fn join(&self, suffix: &str) -> SitePath {
        SitePath::new(&format!("{}/{suffix}", self.0))
    }
}

/// Whether an address of ASCII needs no cleaning, which is the rule: the program makes most of them itself.
fn is_clean(path: &str) -> bool {
    let bytes = path.as_bytes();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.');
    // A part that begins with a dot may be one that is dropped.
    let odd = |pair: &[u8]| pair[0] == b'/' && matches!(pair[1], b'/' | b'.');
    bytes.first() == Some(&b'/') && bytes.iter().all(plain) && !bytes.windows(2).any(odd)
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the site stands: makes all addresses that leave the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// Scheme and host, without a slash at the end: `https://example.org`; empty when no base is known.
    pub origin: String,
    /// Path of the site's root, with slashes at both ends: `/` or `/repo/`.
    pub base_path: String,
}

impl Urls {
    /// Splits a base URL such as `https://example.org/repo`. A bare path is taken as one without an origin.
    pub fn new(base_url: &str) -> Self {
        let base_url = base_url.trim();
        let path_at = match base_url.find("://") {
            Some(i) => base_url[i + 3..].find('/').map_or(base_url.len(), |j| i + 3 + j),
            None => 0,
        };
        let (origin, path) = base_url.split_at(path_at);
        let path = path.split(['?', '#']).next().unwrap_or("").trim_matches('/');
        let base_path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        Urls { origin: origin.to_owned(), base_path }
    }

    /// The address as links on pages write it: with the base path, percent-encoded.
    pub fn link(&self, path: &SitePath) -> String {
        let mut out = String::with_capacity(self.base_path.len() + path.as_str().len());
        out.push_str(&self.base_path);
        encode(path.as_str().trim_start_matches('/'), &mut out);
        out
    }

    /// The full address, as feeds and structured data need it.
    pub fn absolute(&self, path: &SitePath) -> String {
        format!("{}{}", self.origin, self.link(path))
    }

    /// The address inside the site of a link as a page writes it, or `None` when it leads elsewhere.
    pub fn inside<'a>(&self, href: &'a str) -> Option<&'a str> {
        let href =
            if self.origin.is_empty() { href } else { href.strip_prefix(&*self.origin).unwrap_or(href) };
        let base = self.base_path.trim_end_matches('/');
        href.strip_prefix(base).filter(|rest| rest.starts_with('/'))
    }
}

/// `path` as seen from `folder`, both with `/` between parts: `..` climbs, never above the root.
pub fn relative(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// Percent-encodes what RFC 3986 does not allow in a path (section 3.3), leaving `/`.
pub fn encode(path: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in path.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(HEX[(byte >> 4) as usize] as char);
            out.push(HEX[(byte & 15) as usize] as char);
        }
    }
}

/// Longest slug, in bytes, well below the 255 that file systems allow for a name.
const SLUG: usize = 160;

/// The part of an address that stands for `text`: Latin letters without their marks, letters of other scripts as
/// they are, all in lower case, and `-` for whatever stands between words. Never empty, and a slug is its own slug.
pub fn slugify(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let odd = text.starts_with('-') || text.ends_with('-') || text.contains("--");
    // The rule for ids and file names: they are slugs already.
    if !text.is_empty() && text.len() <= SLUG && !odd && text.bytes().all(plain) {
        return text.to_owned();
    }
    let mut slug = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            '\'' | '’' | '\u{ad}' => {}
            ' '..='\x7f' => dash(&mut slug),
            _ => letter(c, &mut slug),
        }
    }
    let mut end = slug.len().min(SLUG);
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    slug.truncate(end);
    let slug = slug.trim_matches('-').nfc().collect::<String>();
    if slug.is_empty() { blake3::hash(text.as_bytes()).to_hex()[..8].to_owned() } else { slug }
}

fn dash(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// A letter beyond ASCII: its Latin base, or itself.
fn letter(c: char, slug: &mut String) {
    const LATIN: [(char, &str); 14] = [
        ('ß', "ss"),
        ('æ', "ae"),
        ('œ', "oe"),
        ('ø', "o"),
        ('đ', "d"),
        ('ð', "d"),
        ('þ', "th"),
        ('ł', "l"),
        ('ı', "i"),
        ('ħ', "h"),
        ('ŋ', "n"),
        ('ŧ', "t"),
        ('ĸ', "k"),
        ('ſ', "s"),
    ];
    let lower = c.to_lowercase().next().unwrap_or(c);
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    if let Some((_, ascii)) = LATIN.iter().find(|(from, _)| *from == lower) {
        slug.push_str(ascii);
    } else if base.is_ascii_alphanumeric() {
        slug.push(base.to_ascii_lowercase());
    } else if is_combining_mark(c) {
        // A mark of another script is part of its word; one on a Latin letter is dropped with the others.
        if slug.chars().next_back().is_some_and(|last| !last.is_ascii()) {
            slug.push(c);
        }
    } else if c.is_alphanumeric() {
        slug.extend(c.to_lowercase());
    } else {
        dash(slug);
    }
}

/// Undoes percent-encoding once (RFC 3986, section 2.1); `None` when the result is not UTF-8.
pub fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        let check = |path: &str, expect: Option<&str>| assert_eq!(decode(path).as_deref(), expect);
        check("cr%C3%A8me/", Some("crème/"));
        check("%252e%252e/", Some("%2e%2e/"));
        check("100%/%zz/%+1", Some("100%/%zz/%+1"));
        check("%ff", None);
    }

    #[test]
    fn site_paths_stay_inside() {
        let check = |input: &str, path: &str, file: &str| {
            let site = SitePath::new(input);
            assert_eq!((site.as_str(), site.file().as_str()), (path, file), "{input}");
        };
        check("/1989/11/10/wall/", "/1989/11/10/wall/", "1989/11/10/wall/index.html");
        check("../../etc/passwd", "/etc/passwd", "etc/passwd");
        check("a\\..\\b/./c.xml", "/a/b/c.xml", "a/b/c.xml");
        check(".:./.\u{7}./etc", "/etc", "etc");
        check("a/:/b", "/a/b", "a/b");
        check("", "/", "index.html");
        check("//", "/", "index.html");
    }

    #[test]
    fn urls_honour_the_base_path() {
        let check = |base: &str, link: &str, absolute: &str| {
            let urls = Urls::new(base);
            let path = SitePath::new("/topics/crème brûlée/");
            assert_eq!((urls.link(&path).as_str(), urls.absolute(&path).as_str()), (link, absolute));
            assert_eq!(urls.inside(link), Some("/topics/cr%C3%A8me%20br%C3%BBl%C3%A9e/"), "{base}");
        };
        let tail = "topics/cr%C3%A8me%20br%C3%BBl%C3%A9e/";
        check("https://example.org", &format!("/{tail}"), &format!("https://example.org/{tail}"));
        check("https://e.org/repo/", &format!("/repo/{tail}"), &format!("https://e.org/repo/{tail}"));
        check("/repo", &format!("/repo/{tail}"), &format!("/repo/{tail}"));
        assert_eq!(Urls::new("https://e.org/repo/").inside("/elsewhere/"), None);
    }

    #[test]
    fn slugs() {
        let check = |input: &str, expect: &str| assert_eq!(slugify(input), expect, "{input}");
        check("The Wall Is Open", "the-wall-is-open");
        check("  Don't — stop!  ", "dont-stop");
        check("Lech Wałęsa, Þór & Søren Æbeløe", "lech-walesa-thor-soren-aebeloe");
        check("Straße in Đà Nẵng", "strasse-in-da-nang");
        check("İstanbul ISPARTA ısı", "istanbul-isparta-isi");
        check("Горбачёв и Чайковский", "горбачёв-и-чайковский");
        check("東京 2020", "東京-2020");
        check("हिन्दी", "हिन्दी");
        check("../../etc", "etc");
        check("e\u{301}te\u{301}", "ete");
        check("!!!", &blake3::hash(b"!!!").to_hex()[..8]);
        assert!(slugify(&"ab ".repeat(400)).len() <= SLUG);
    }

    proptest::proptest! {
        #[test]
        fn a_slug_is_its_own_slug(text in "\\PC*") {
            let slug = slugify(&text);
            proptest::prop_assert!(!slug.is_empty() && slug.len() <= SLUG + 8);
            proptest::prop_assert_eq!(slugify(&slug), slug);
        }
    }
}
