//! The words of a fault → where they stand in the file that they come from. Files are read when they are asked for, once each.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap;

use crate::{diagnostic::Place, disk::read, path::SourcePath};

/// The files below the site's folder that faults were found in.
pub struct Sources {
    root: PathBuf,
    texts: BTreeMap<SourcePath, Text>,
}

struct Text {
    text: String,
    /// The byte range of the value of each `name:` and `label:` of a list, by the value.
    entries: FxHashMap<String, std::ops::Range<usize>>,
}

impl Sources {
    pub fn new(root: &Path) -> Sources {
        Sources { root: root.to_owned(), texts: BTreeMap::new() }
    }

    /// The first place of these words in the file, or of the file name at their end: a picture beside an article is
    /// written without its address. The whole file where it has neither.
    pub fn place(&mut self, path: &SourcePath, words: &str) -> Place {
        self.first(path, words, "")
    }

    /// The same for an address in an attribute of HTML, which quotes it.
    pub fn attribute(&mut self, path: &SourcePath, address: &str) -> Place {
        self.first(path, address, "\"")
    }

    fn first(&mut self, path: &SourcePath, words: &str, mark: &str) -> Place {
        let text = &self.text(path).text;
        let name = words.rsplit('/').next().filter(|name| name.contains('.')).unwrap_or_default();
        let marked = [words, name].map(|words| format!("{mark}{words}"));
        let asked = marked.iter().map(|words| (words.as_str(), mark.len())).chain([(words, 0), (name, 0)]);
        let found = asked
            .filter(|(words, skip)| words.len() > *skip)
            .find_map(|(words, skip)| Some(find(text, words)? + skip..find(text, words)? + words.len()));
        match found {
            Some(range) => Place::in_source(path, text, range),
            None => Place::file(path),
        }
    }

    /// The entry of that name in a file of entities or topics; the file where there is none.
    pub fn entry(&mut self, path: &SourcePath, name: &str) -> Place {
        let text = self.text(path);
        match text.entries.get(name) {
            Some(range) => Place::in_source(path, &text.text, range.clone()),
            None => Place::file(path),
        }
    }

    fn text(&mut self, path: &SourcePath) -> &Text {
        let root = &self.root;
        self.texts.entry(path.clone()).or_insert_with(|| {
            // A file that has gone meanwhile tells no lines.
            let bytes = read::optional(&root.join(path.as_str())).ok().flatten().unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let entries = entries(&text);
            Text { text, entries }
        })
    }
}

/// Where `words` stand, and no longer word or address that begins or ends with them.
fn find(text: &str, words: &str) -> Option<usize> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '%' | '=' | '&');
    let alone = |start: usize| {
        let (before, behind) =
            (text[..start].chars().next_back(), text[start + words.len()..].chars().next());
        let opens = !words.starts_with(part) || !before.is_some_and(part);
        let ends = !words.ends_with(part) || !behind.is_some_and(part);
        opens && ends
    };
    text.match_indices(words).map(|(start, _)| start).find(|start| !words.is_empty() && alone(*start))
}

/// Names of entries, first come first kept. Quotes are left out; a name that YAML writes in another way is not found.
fn entries(text: &str) -> FxHashMap<String, std::ops::Range<usize>> {
    let mut out = FxHashMap::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let key = line.trim_start_matches([' ', '-', '{']);
        let value = ["name:", "label:"].iter().find_map(|name| key.strip_prefix(name));
        if let Some(value) = value {
            let name = value.trim().trim_matches(['"', '\'']);
            let start = at + line.len() - value.len() + value.find(name).unwrap_or(0);
            out.entry(name.to_owned()).or_insert(start..start + name.len());
        }
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_wholes() {
        let check = |text: &str, words: &str, expect: Option<usize>| {
            assert_eq!(find(text, words), expect, "{words} in {text}");
        };
        check("[a](/papers/46)", "/papers/46", Some(4));
        check("[a](/papers/463) [b](/papers/46)", "/papers/46", Some(21));
        check("[a](https://example.org/a/) [b](/a/)", "/a/", Some(32));
        check("see /a/.", "/a/", Some(4));
        check("![x](a.png)", "a.png", Some(5));
        check("![x](aa.png)", "a.png", None);
        check("[[Ada]] [[Ada Example]]", "[[Ada Example", Some(8));
        check("text", "", None);
        check("Zürich #é1", "#é1", Some(8));
    }

    #[test]
    fn entries_are_found_by_their_names() {
        let text =
            "- name: Ada Example\n  kind: person\n- id: b\n  name: \"Bo: C\"\n- {name: D}\nlabel: Tea\n";
        let found = entries(text);
        for (name, start) in [("Ada Example", 8), ("Bo: C", 52), ("Tea", 78)] {
            assert_eq!(found[name].start, start, "{name}");
            assert_eq!(&text[found[name].clone()], name);
        }
    }
}
