//! Bytes of a file in; text out, with the encoding that was found and whether anything was lost.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{
    diagnostic::{Diagnostic, Place},
    path::SourcePath,
};

/// A text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without the byte order mark.
    pub text: String,
    /// The name of the encoding in the WHATWG Encoding Standard: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Some bytes meant nothing in that encoding and stand as U+FFFD.
    pub lossy: bool,
    /// The file began with a byte order mark.
    pub bom: bool,
    /// Not a text: it holds NUL characters or opens as a known binary format does.
    pub binary: bool,
}

/// First bytes of formats that people drop among texts.
const MAGIC: [&[u8]; 12] = [
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xFF\xD8\xFF",
    b"\x1F\x8B",
    b"\xD0\xCF\x11\xE0",
    b"{\\rtf",
    b"SQLite format 3",
    b"\x7FELF",
    b"OggS",
    b"ID3\x03",
];

/// How much of a file without a mark is looked at to tell UTF-16 from binary, in bytes.
const SAMPLE: usize = 4096;

/// How much of a legacy text the detector sees, in bytes, and how much of that may stand before the first letter
/// that is not ASCII.
const EVIDENCE: usize = 1 << 18;
const CONTEXT: usize = 64;

/// Decodes by byte order mark, else as UTF-8, else by the likeliest legacy encoding. Never fails.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return finish(encoding, bytes.get(length..).unwrap_or(&[]), true);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let encoding = unmarked_utf16(bytes);
        return match encoding {
            Some(encoding) => finish(encoding, bytes, false),
            None => Decoded {
                text: text.to_owned(),
                encoding: UTF_8.name(),
                lossy: false,
                bom: false,
                binary: is_binary(bytes, text),
            },
        };
    }
    let encoding = unmarked_utf16(bytes).unwrap_or_else(|| guess(bytes));
    finish(encoding, bytes, false)
}

/// What an editor should know of the reading: `not-text` for a binary file, `bad-encoding` for lost bytes, and
/// a note `legacy-encoding` when the encoding was guessed.
pub fn faults(path: &SourcePath, decoded: &Decoded) -> Vec<Diagnostic> {
    if decoded.binary {
        let at = decoded.text.find('\0');
        return vec![not_text(path, &decoded.text, at)];
    }
    if decoded.lossy {
        let at = decoded.text.find('\u{FFFD}').unwrap_or(0);
        let message = format!("some bytes are not valid `{}`", decoded.encoding);
        return vec![
            Diagnostic::warning("bad-encoding", message)
                .at(Place::in_source(path, &decoded.text, at..at + 3))
                .help("save the file as UTF-8"),
        ];
    }
    if decoded.encoding == "UTF-8" || decoded.bom {
        return Vec::new();
    }
    let message = format!("the text was read as `{}`, a guess", decoded.encoding);
    vec![
        Diagnostic::note("legacy-encoding", message)
            .at(Place::file(path))
            .help("save the file as UTF-8 to be sure of every letter"),
    ]
}

/// The fault of a file that is no text; `at` is the byte that tells.
pub fn not_text(path: &SourcePath, text: &str, at: Option<usize>) -> Diagnostic {
    let place = match at {
        Some(at) => Place::in_source(path, text, at..at + 1),
        None => Place::file(path),
    };
    Diagnostic::error("not-text", "the file is not a text")
        .at(place)
        .help("move it out of the folder of articles, or import it with `dateline import`")
}

fn finish(encoding: &'static Encoding, bytes: &[u8], bom: bool) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let binary = is_binary(bytes, &text);
    Decoded { text: text.into_owned(), encoding: encoding.name(), lossy, bom, binary }
}

fn is_binary(bytes: &[u8], text: &str) -> bool {
    MAGIC.iter().any(|magic| bytes.starts_with(magic)) || text.as_bytes().contains(&0)
}

/// UTF-16 without a mark shows as NUL at every other byte: Latin letters have an empty high byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |first: usize| sample.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    match () {
        () if odd * 10 >= pairs * 6 && even * 20 <= pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 6 && odd * 20 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// A file with many good UTF-8 sequences and few bad ones is damaged UTF-8, which the detector would call
/// something else; all others are left to the detector.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad * 4 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The detector is slow and learns nothing from ASCII.
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(CONTEXT);
    let rest = bytes.get(from..).unwrap_or(&[]);
    detector.feed(rest.get(..EVIDENCE).unwrap_or(rest), true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let check = |bytes: &[u8], text: &str, encoding: &str, lossy: bool, bom: bool| {
            let decoded = decode(bytes);
            let got = (&*decoded.text, decoded.encoding, decoded.lossy, decoded.bom, decoded.binary);
            assert_eq!(got, (text, encoding, lossy, bom, false));
        };
        check(b"", "", "UTF-8", false, false);
        check("Kraków".as_bytes(), "Kraków", "UTF-8", false, false);
        check(b"\xEF\xBB\xBFKyiv", "Kyiv", "UTF-8", false, true);
        check(b"\xFF\xFEK\0y\0", "Ky", "UTF-16LE", false, true);
        check(b"\xFE\xFF\0K\0y", "Ky", "UTF-16BE", false, true);
        check(b"T\0a\0l\0k\0s\0", "Talks", "UTF-16LE", false, false);
        check(b"\0T\0a\0l\0k\0s", "Talks", "UTF-16BE", false, false);
        check(b"\xFE\xFF\0K\0", "K\u{FFFD}", "UTF-16BE", true, true);
        let damaged = ["č ř ž ě Plzeň ".as_bytes(), b"\xFF"].concat();
        check(&damaged, "č ř ž ě Plzeň \u{FFFD}", "UTF-8", true, false);
        let latin = b"Le pr\xE9sident a d\xE9clar\xE9 mardi \xE0 la presse qu\x92il partait";
        check(latin, "Le président a déclaré mardi à la presse qu’il partait", "windows-1252", false, false);
        let cyrillic =
            encoding_rs::WINDOWS_1251.encode("Переговоры прошли в Москве в четверг, сообщили власти").0;
        let text = "Переговоры прошли в Москве в четверг, сообщили власти";
        check(&cyrillic, text, "windows-1251", false, false);
    }

    #[test]
    fn binary_is_recognised() {
        let check = |bytes: &[u8], codes: &[&str]| {
            let decoded = decode(bytes);
            let faults = faults(&SourcePath::new("a.txt"), &decoded);
            assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), codes, "{bytes:?}");
        };
        check(b"text", &[]);
        check(b"te\0xt", &["not-text"]);
        check(b"%PDF-1.7 text", &["not-text"]);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["not-text"]);
        check(b"caf\xE9 et th\xE9", &["legacy-encoding"]);
        check(b"\xFE\xFF\0K\0", &["bad-encoding"]);
        check(b"\xFE\xFF\0K", &[]);
    }
}
