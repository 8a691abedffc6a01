//! Bytes → a conditional, possibly partial answer: media types, validators, ranges (RFC 9110).

use std::ops::Range;

/// The media type by the extension of a name, as GitHub Pages gives it.
pub fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Whether `If-None-Match` names this entity tag (section 13.1.2: weak comparison).
pub fn matches(header: &str, etag: &str) -> bool {
    header.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing that is understood: the whole is sent.
    Whole,
    Part(Range<u64>),
    /// Nothing of it exists: 416.
    Nothing,
}

/// Reads a `Range` of bytes (section 14.1.2). Several ranges at once may be ignored, and are.
pub fn range(header: &str, size: u64) -> Asked {
    let parsed = || -> Option<(Option<u64>, Option<u64>)> {
        let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| match text.trim() {
            "" => Some(None),
            digits if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some(Some(digits.parse().unwrap_or(u64::MAX)))
            }
            _ => None,
        };
        Some((number(first)?, number(last)?))
    };
    let (start, end) = match parsed() {
        Some((Some(first), Some(last))) if first > last => return Asked::Whole,
        Some((Some(first), last)) => (first, last.map_or(size, |last| last.saturating_add(1).min(size))),
        Some((None, Some(0))) => return Asked::Nothing,
        Some((None, Some(last))) => (size.saturating_sub(last), size),
        Some((None, None)) | None => return Asked::Whole,
    };
    if start < end { Asked::Part(start..end) } else { Asked::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let check = |header: &str, expect: Asked| assert_eq!(range(header, 10), expect, "{header}");
        check("bytes=0-3", Asked::Part(0..4));
        check("bytes=4-", Asked::Part(4..10));
        check("bytes=-3", Asked::Part(7..10));
        check("bytes=-30", Asked::Part(0..10));
        check("bytes=9-99999999999999999999", Asked::Part(9..10));
        check("bytes=10-", Asked::Nothing);
        check("bytes=-0", Asked::Nothing);
        check("bytes=5-2", Asked::Whole);
        check("bytes=0-1,4-5", Asked::Whole);
        check("lines=0-1", Asked::Whole);
        check("bytes=-", Asked::Whole);
        assert_eq!(range("bytes=0-0", 0), Asked::Nothing);
    }

    #[test]
    fn validators() {
        let check = |header: &str, expect: bool| assert_eq!(matches(header, "\"a\""), expect, "{header}");
        check("\"a\"", true);
        check("\"b\", W/\"a\"", true);
        check("*", true);
        check("a", false);
        check("\"ab\"", false);
    }

    #[test]
    fn types() {
        assert_eq!(media_type("a/feed.xml"), "application/xml; charset=utf-8");
        assert_eq!(media_type("PHOTO.JPG"), "image/jpeg");
        assert_eq!(media_type("CNAME"), "application/octet-stream");
    }
}
