//! A text in; its lines out, and the small questions that the readers of wire copy ask of a line.

use std::ops::Range;

/// One line, or a run of blank lines. Offsets are bytes of the text; `u32` keeps fifty million lines small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// First byte, blanks included.
    pub start: u32,
    /// First byte of the trimmed content; equals `last` when blank.
    pub first: u32,
    /// End of the trimmed content.
    pub last: u32,
    /// First byte of the next line.
    pub next: u32,
}

impl Line {
    pub fn is_blank(self) -> bool {
        self.first == self.last
    }

    /// The trimmed content.
    pub fn range(self) -> Range<usize> {
        self.first as usize..self.last as usize
    }

    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Columns before the content: one for a blank, eight for a tab.
    pub fn indent(self, text: &str) -> usize {
        let blanks = text.get(self.start as usize..self.first as usize).unwrap_or("");
        blanks.chars().take(80).map(|c| if c == '\t' { 8 } else { 1 }).sum()
    }
}

/// What does not count at the ends of a line. Inside a line a no-break space is kept.
pub fn is_blank(c: char) -> bool {
    c == '\u{FEFF}' || c.is_whitespace() || c.is_control()
}

/// The lines of `text`, ended by LF, CR LF or CR; together they cover every byte. Runs of blank lines are one.
pub fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let end =
            bytes[start..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |i| start + i);
        let next = match bytes.get(end..) {
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        };
        let content = &text[start..end];
        let first = start + (content.len() - content.trim_start_matches(is_blank).len());
        let last = first + text[first..end].trim_end_matches(is_blank).len();
        let line = Line { start: start as u32, first: first as u32, last: last as u32, next: next as u32 };
        match lines.last_mut().filter(|previous| previous.is_blank() && line.is_blank()) {
            Some(previous) => previous.next = line.next,
            None => lines.push(line),
        }
        start = next;
    }
    lines
}

/// Whether `text` closes a sentence: `.`, `!`, `?`, `…` or `:`, with quotes and brackets after it.
pub fn is_closed(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。'])
}

/// Whether `text` ends as a sentence does and not with `U.S.`
pub fn ends_sentence(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or("");
    let abbreviated = word.len() <= 8 && word.trim_end_matches('.').contains('.') && is_capitals(word);
    is_closed(text) && !abbreviated
}

/// Whether `text` starts with `prefix`, letter case of ASCII aside.
pub fn starts_with(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

/// The rest of `text` after `prefix`, letter case of ASCII aside.
pub fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    if starts_with(text, prefix) { text.get(prefix.len()..) } else { None }
}

/// Whether the letters of `text` are all capitals, and there are any.
pub fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// The first `limit` bytes of `text`, less where that would cut a character.
pub fn head(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    &text[..end]
}

/// The last `limit` bytes of `text`, less where that would cut a character.
pub fn tail(text: &str, limit: usize) -> &str {
    let from = text.len().saturating_sub(limit);
    let start = (from..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    &text[start..]
}

/// The byte range of `part` in `text`, of which it must be a slice.
pub fn range_of(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + part.len()).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cover_the_text() {
        let check = |text: &str, expect: &[&str]| {
            let lines = split(text);
            assert_eq!(lines.iter().map(|l| l.text(text)).collect::<Vec<_>>(), expect, "{text:?}");
            let mut at = 0;
            for line in &lines {
                assert_eq!(line.start, at);
                at = line.next;
            }
            assert_eq!(at as usize, text.len());
        };
        check("", &[]);
        check("a", &["a"]);
        check(" a \n\tb\r\nc\rd", &["a", "b", "c", "d"]);
        check("a\n\n \r\n\rb\n", &["a", "", "b"]);
        check("\u{FEFF}a\n\u{A0}b\u{A0}c\u{A0}\n", &["a", "b\u{A0}c"]);
    }

    #[test]
    fn ends_of_sentences() {
        let check = |text: &str, expect: bool| assert_eq!(is_closed(text), expect, "{text}");
        check("He left.", true);
        check("“He left.”", true);
        check("He left (again!)", true);
        check("Talks in Malaysia", false);
        check("", false);
    }
}
