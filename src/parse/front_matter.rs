//! A Markdown file enters; its front matter as sound values and the range of its body leave.
//!
//! 1. [`split`] finds the fences `---`.
//! 2. `yaml` reads what stands between them, and `schema` keeps what is sound; both report every fault.

use std::ops::Range;

use crate::{
    diagnostic::Diagnostic,
    parse::{
        faults::Faults,
        schema::{self, Key, Sound},
        yaml,
    },
};

/// What is read of a file: the thing, the byte range of the body that is still to be read, and all faults.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<T> {
    pub item: T,
    pub body: Range<usize>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Byte ranges of the parts of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fences {
    /// What stands between the fences; empty without front matter.
    pub yaml: Range<usize>,
    /// Where a missing key is reported: the opening fence, or nothing.
    pub origin: Range<usize>,
    pub body: Range<usize>,
}

/// Splits a file at its fences: lines of `---` alone, the first of them the first line that is not empty.
pub fn split(faults: &mut Faults) -> Fences {
    let text = faults.source.text;
    let start = faults.source.start();
    let mut lines = Lines { text, at: start };
    let first = loop {
        match lines.next() {
            Some((line, _)) if line.trim().is_empty() => {}
            Some(found) => break Some(found),
            None => break None,
        }
    };
    let none = Fences { yaml: start..start, origin: start..start, body: start..text.len() };
    let Some((line, open)) = first else { return none };
    if line.trim_end() == "+++" {
        let fault = Diagnostic::error("toml-front-matter", "front matter between `+++` is not read");
        faults.at(open, fault.help("write it as YAML between lines of `---`"));
        return none;
    }
    if line.trim_end() != "---" {
        return none;
    }
    let yaml = lines.at;
    let mut blank = None;
    while let Some((line, range)) = lines.next() {
        if line.trim_end() == "---" {
            return Fences { yaml: yaml..range.start, origin: open, body: lines.at..text.len() };
        }
        if line.trim().is_empty() {
            blank.get_or_insert(range.start);
        }
    }
    let fault = Diagnostic::error("unclosed-front-matter", "the front matter that begins here has no end");
    faults.at(open.clone(), fault.help("add a line of `---` after the last key"));
    let end = blank.unwrap_or(text.len());
    Fences { yaml: yaml..end, origin: open, body: end..text.len() }
}

/// Splits a file, reads its front matter by a table, and gives the range of the body.
pub fn open(keys: &'static [Key], faults: &mut Faults) -> (Sound, Fences) {
    let fences = split(faults);
    let before = faults.list.len();
    let tree = yaml::parse(fences.yaml.clone(), faults);
    // What a broken file seems to lack may stand in the part that could not be read.
    if faults.list.len() > before {
        let mut rest = Faults::new(faults.source);
        let sound = schema::read(tree.as_ref(), keys, fences.origin.clone(), &mut rest);
        faults.list.extend(rest.finish().into_iter().filter(|d| d.code != "missing-key"));
        return (sound, fences);
    }
    (schema::read(tree.as_ref(), keys, fences.origin.clone(), faults), fences)
}

/// Lines with their byte ranges, without their ends.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find('\n').map_or(rest.len(), |i| i + 1);
        let line = rest[..len].trim_end_matches(['\r', '\n']);
        let range = self.at..self.at + line.len();
        self.at += len;
        Some((line, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse::faults::Source, path::SourcePath};

    #[test]
    fn files_split_at_their_fences() {
        let check = |text: &str, yaml: &str, body: &str, faults: &[&str]| {
            let path = SourcePath::new("a.md");
            let mut found = Faults::new(Source { path: &path, text });
            let fences = split(&mut found);
            assert_eq!((&text[fences.yaml], &text[fences.body]), (yaml, body), "{text:?}");
            assert_eq!(found.list.iter().map(|d| d.code).collect::<Vec<_>>(), faults, "{text:?}");
        };
        check("---\na: b\n---\nText\n", "a: b\n", "Text\n", &[]);
        check("\u{feff}---\r\na: b\r\n---\r\nText", "a: b\r\n", "Text", &[]);
        check("\n\n---  \n---\nText", "", "Text", &[]);
        check("---\na: b\n---", "a: b\n", "", &[]);
        check("Text\n---\nMore\n---\n", "", "Text\n---\nMore\n---\n", &[]);
        check("----\nText", "", "----\nText", &[]);
        check("", "", "", &[]);
        check("---\na: b\n\nText\n", "a: b\n", "\nText\n", &["unclosed-front-matter"]);
        check("---\na: |\n  ---\n  b\n", "a: |\n  ---\n  b\n", "", &["unclosed-front-matter"]);
        check("+++\na = 1\n+++\n", "", "+++\na = 1\n+++\n", &["toml-front-matter"]);
    }
}
