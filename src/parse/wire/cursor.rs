//! A line in; its numbers, words and marks out, one after another.

/// A reader that walks over a line.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    pub text: &'a str,
    /// Bytes read.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn skip(&mut self, blanks: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(blanks).len();
    }

    /// The run of characters that `keep` accepts.
    pub fn run(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    pub fn eat(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// A number of one to `most` digits.
    pub fn number(&mut self, most: usize) -> Option<(i32, usize)> {
        let digits = self.run(|c| c.is_ascii_digit());
        if digits.is_empty() || digits.len() > most {
            None
        } else {
            Some((digits.parse().ok()?, digits.len()))
        }
    }

    pub fn word(&mut self) -> &'a str {
        let start = self.at;
        self.run(char::is_alphabetic);
        if self.at > start {
            self.eat('.');
        }
        &self.text[start..self.at]
    }
}

/// Blanks between the parts of a date.
pub const BLANKS: [char; 3] = [' ', '\t', '\u{A0}'];
