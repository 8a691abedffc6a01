//! YAML text enters; a tree leaves whose every value knows its byte range in the file, with all syntax faults.
//!
//! 1. `saphyr-parser` gives events with positions counted in characters; [`load`] turns them into bytes.
//! 2. Where the text is no YAML, each entry at the left margin is read by itself, so that one slip costs one key.
//! 3. Depth and the expansion of aliases are bounded: a small file cannot become a large tree.

use std::{collections::HashMap, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use crate::{
    diagnostic::Diagnostic,
    parse::{faults::Faults, slip},
};

/// A value and its byte range in the file. The range of an alias is that of the alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yaml {
    pub value: Value,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The text after unquoting; whether it is a number or a date is for the schema to say.
    Scalar {
        text: String,
        style: Style,
    },
    Seq(Vec<Yaml>),
    /// In the order of the file, doubles included.
    Map(Vec<(Label, Yaml)>),
}

/// How a scalar was written: only a plain one can be a number, a truth value or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Quoted,
    Block,
}

/// A key as written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub text: String,
    pub range: Range<usize>,
}

impl Yaml {
    /// Whether nothing is given: YAML 1.2 core schema, section 10.3.2, `null`, `~` or an empty value.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, style: Style::Plain }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }
}

/// Why a text is not YAML, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Byte offset in the text.
    pub at: usize,
    /// What the parser said.
    pub info: String,
}

/// Levels of nesting; more is refused.
const DEPTH: usize = 64;
/// Values that aliases may add to one file.
const EXPANSION: usize = 10_000;

/// Reads the byte `range` of a file. `None` when it holds no value, such as comments only.
pub fn parse(range: Range<usize>, faults: &mut Faults) -> Option<Yaml> {
    let text = faults.source.text.get(range.clone()).unwrap_or("");
    match load(text, range.start) {
        Ok(tree) => tree,
        Err(slip) => recover(text, range.start, slip, faults),
    }
}

/// Reads entry by entry and keeps what is sound.
fn recover(text: &str, base: usize, whole: Slip, faults: &mut Faults) -> Option<Yaml> {
    if whole.info == slip::DOCUMENTS {
        let (range, diagnostic) = slip::explain(&whole, text);
        faults.at(base + range.start..base + range.end, diagnostic);
        return load(text.get(..whole.at).unwrap_or(""), base).ok().flatten();
    }
    let mut trees = Vec::new();
    let mut told = false;
    for entry in slip::entries(text) {
        let part = &text[entry.clone()];
        match load(part, base + entry.start) {
            Ok(Some(Yaml { value: Value::Scalar { .. }, range })) => {
                let message = "this line is not of the form `key: value`";
                let help = "write a space after the colon, or indent a line that continues a value";
                faults.at(range, Diagnostic::error("yaml-syntax", message).help(help));
                told = true;
            }
            Ok(tree) => trees.extend(tree),
            Err(slip) => {
                let (range, diagnostic) = slip::explain(&slip, part);
                faults.at(base + entry.start + range.start..base + entry.start + range.end, diagnostic);
                told = true;
            }
        }
    }
    if !told {
        let (range, diagnostic) = slip::explain(&whole, text);
        faults.at(base + range.start..base + range.end, diagnostic);
    }
    trees.into_iter().reduce(|mut all, part| {
        match (&mut all.value, part.value) {
            (Value::Map(pairs), Value::Map(more)) => pairs.extend(more),
            (Value::Seq(items), Value::Seq(more)) => items.extend(more),
            _ => return all,
        }
        all.range.end = part.range.end;
        all
    })
}

/// The tree of `text`, its ranges moved by `base`.
pub fn load(text: &str, base: usize) -> Result<Option<Yaml>, Slip> {
    let offsets = Offsets::new(text);
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error: ScanError| Slip {
            at: offsets.byte(error.marker().index()),
            info: error.info().to_owned(),
        })?;
        let start = offsets.byte(span.start.index());
        let range = base + start..base + offsets.byte(span.end.index()).max(start);
        builder.take(event, range).map_err(|info| Slip { at: start, info: info.to_owned() })?;
    }
    Ok(builder.root)
}

/// Byte offsets of characters; `None` where they are the same.
struct Offsets {
    table: Option<Vec<u32>>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().map(|(i, _)| i as u32).collect());
        Offsets { table, len: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.table {
            Some(table) => table.get(index).map_or(self.len, |i| *i as usize),
            None => index.min(self.len),
        }
    }
}

/// A list or map whose end has not come yet.
struct Open {
    value: Value,
    label: Option<Label>,
    start: usize,
    end: usize,
    anchor: usize,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Yaml>,
    expanded: usize,
    root: Option<Yaml>,
}

impl Builder {
    fn take(&mut self, event: Event, range: Range<usize>) -> Result<(), &'static str> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_some() => Err(slip::DOCUMENTS),
            Event::DocumentStart(_) => Ok(()),
            Event::Scalar(text, style, anchor, tag) => {
                let style = match (style, tag.as_deref()) {
                    (_, Some(tag)) if !is_core(tag) => return Err(slip::TAG),
                    (_, Some(tag)) if tag.suffix == "str" => Style::Quoted,
                    (ScalarStyle::Plain, _) => Style::Plain,
                    (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, _) => Style::Quoted,
                    (ScalarStyle::Literal | ScalarStyle::Folded, _) => Style::Block,
                };
                self.close(Yaml { value: Value::Scalar { text: text.into_owned(), style }, range }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.start(Value::Seq(Vec::new()), range, anchor, tag.as_deref())
            }
            Event::MappingStart(anchor, tag) => {
                self.start(Value::Map(Vec::new()), range, anchor, tag.as_deref())
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open { value, start, end, anchor, .. }) => {
                    // The end of a block stands where the next thing begins; the last child tells better.
                    let end = if range.is_empty() { end } else { range.end };
                    self.close(Yaml { value, range: start..end.max(start) }, anchor)
                }
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor) else { return Err(slip::ANCHOR) };
                self.expanded += size(target);
                if self.expanded > EXPANSION {
                    return Err(slip::EXPANSION);
                }
                let value = target.value.clone();
                if self.open.len() + depth(target) > DEPTH {
                    return Err(slip::DEPTH);
                }
                self.close(Yaml { value, range }, 0)
            }
        }
    }

    fn start(
        &mut self,
        value: Value,
        range: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), &'static str> {
        if tag.is_some_and(|tag| !is_core(tag)) {
            return Err(slip::TAG);
        }
        if self.open.len() >= DEPTH {
            return Err(slip::DEPTH);
        }
        if self
            .open
            .last()
            .is_some_and(|parent| parent.label.is_none() && matches!(parent.value, Value::Map(_)))
        {
            return Err(slip::KEY);
        }
        self.open.push(Open { value, label: None, start: range.start, end: range.end, anchor });
        Ok(())
    }

    /// Hands a finished value to what holds it.
    fn close(&mut self, node: Yaml, anchor: usize) -> Result<(), &'static str> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.end = parent.end.max(node.range.end);
        match (&mut parent.value, parent.label.take()) {
            (Value::Seq(items), _) => items.push(node),
            (Value::Map(pairs), Some(label)) => pairs.push((label, node)),
            (Value::Map(_), None) => {
                let Value::Scalar { text, .. } = node.value else { return Err(slip::KEY) };
                parent.label = Some(Label { text, range: node.range });
            }
            (Value::Scalar { .. }, _) => {}
        }
        Ok(())
    }
}

fn is_core(tag: &Tag) -> bool {
    tag.is_yaml_core_schema()
}

/// How many values a tree holds, itself included.
fn size(tree: &Yaml) -> usize {
    1 + match &tree.value {
        Value::Scalar { .. } => 0,
        Value::Seq(items) => items.iter().map(size).sum(),
        Value::Map(pairs) => pairs.iter().map(|(_, v)| size(v)).sum(),
    }
}

fn depth(tree: &Yaml) -> usize {
    match &tree.value {
        Value::Scalar { .. } => 0,
        Value::Seq(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(pairs) => 1 + pairs.iter().map(|(_, v)| depth(v)).max().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Place,
        parse::faults::{MOST_FAULTS, Source},
        path::SourcePath,
    };

    fn told(text: &str) -> (Option<Yaml>, Vec<String>) {
        let path = SourcePath::new("a.yaml");
        let mut faults = Faults::new(Source { path: &path, text });
        let tree = parse(0..text.len(), &mut faults);
        let show = |d: Diagnostic| {
            let place = d.place.unwrap_or_else(|| Place::file(&SourcePath::new("")));
            format!("{}:{} {} | {}", place.line, place.column, d.message, d.help.unwrap_or_default())
        };
        (tree, faults.finish().into_iter().map(show).collect())
    }

    /// The tree with the source text of each value.
    fn show(tree: &Yaml, source: &str) -> String {
        match &tree.value {
            Value::Scalar { text, .. } if *text == source[tree.range.clone()] => text.clone(),
            Value::Scalar { text, .. } => format!("{text:?}={:?}", &source[tree.range.clone()]),
            Value::Seq(items) => {
                format!("[{}]", items.iter().map(|i| show(i, source)).collect::<Vec<_>>().join(", "))
            }
            Value::Map(pairs) => {
                let pair = |(label, value): &(Label, Yaml)| {
                    assert_eq!(label.text, source[label.range.clone()].trim_matches('"'));
                    format!("{}: {}", label.text, show(value, source))
                };
                format!("{{{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }

    #[test]
    fn trees_know_their_bytes() {
        let check = |source: &str, expect: &str| {
            let tree = load(source, 0).expect("sound").expect("not empty");
            assert_eq!(show(&tree, source), expect, "{source}");
        };
        check("a: b\n", "{a: b}");
        check("é: \"ü\\n\"\r\nß: [漢, x]\r\n", "{é: \"ü\\n\"=\"\\\"ü\\\\n\\\"\", ß: [漢, x]}");
        check("a:\nb: 1 # é\n", "{a: , b: 1}");
        check("a:\n- x\n- y: 'é'\n  z: 2\n", "{a: [x, {y: \"é\"=\"'é'\", z: 2}]}");
        check("a: &k [1, 2]\nb: *k\n", "{a: [1, 2], b: [1, 2]}");
        check("\"a\": !!str 5\n", "{a: \"5\"=\"!!str 5\"}");
    }

    #[test]
    fn one_slip_costs_one_key() {
        let check = |source: &str, expect: &str, faults: usize| {
            let (tree, told) = told(source);
            assert_eq!(tree.map(|tree| show(&tree, source)).unwrap_or_default(), expect, "{source}");
            assert_eq!(told.len(), faults, "{told:?}");
        };
        check("a: b: c\né: f\ng: 'h\ni:\n- j\n# k\n- l\n", "{é: f, i: [j, l]}", 2);
        check("- a: 1\n- b: 2: 3\n- c: 3\n", "[{a: 1}, {c: 3}]", 1);
        check("a: [b\nc: d\n", "{c: d}", 1);
    }

    #[test]
    fn bombs_are_refused() {
        let nested = format!("a: {}{}", "[".repeat(300), "]".repeat(300));
        let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            let one = format!("*a{}", i - 1);
            laughs += &format!("a{i}: &a{i} [{}]\n", [one.as_str(); 10].join(", "));
        }
        for bomb in [nested, laughs, "- ".repeat(5000), "{".repeat(100_000), "? ".repeat(5000)] {
            assert!(load(&bomb, 0).is_err() && !told(&bomb).1.is_empty());
        }
        let many: String = (0..500).map(|i| format!("a{i}: b: c\n")).collect();
        assert_eq!(told(&many).1.len(), MOST_FAULTS + 1);
    }

    /// The values as serde_yaml reads them, which knows the same core schema.
    fn same(tree: &Yaml, other: &serde_yaml::Value) -> bool {
        match (&tree.value, other) {
            (Value::Scalar { text, .. }, serde_yaml::Value::String(other)) => text == other,
            (Value::Scalar { text, .. }, serde_yaml::Value::Bool(other)) => {
                text.to_lowercase() == other.to_string()
            }
            (Value::Scalar { text, .. }, serde_yaml::Value::Number(_)) => {
                text.starts_with(|c: char| !c.is_alphabetic())
            }
            (Value::Scalar { .. }, serde_yaml::Value::Null) => tree.is_null(),
            (Value::Seq(items), serde_yaml::Value::Sequence(others)) => {
                items.len() == others.len() && items.iter().zip(others).all(|(a, b)| same(a, b))
            }
            (Value::Map(pairs), serde_yaml::Value::Mapping(others)) => {
                pairs.len() == others.len() && pairs.iter().zip(others).all(|((_, a), (_, b))| same(a, b))
            }
            _ => false,
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*", yaml in "[-a-c0-1é{}\\[\\]:,'\"&*!|>?#%@`~ \n\r\t]{0,60}") {
            for source in [text, yaml] {
                let (tree, faults) = told(&source);
                if let Some(tree) = tree {
                    proptest::prop_assert!(source.get(tree.range.clone()).is_some());
                    show_any(&tree, &source);
                }
                proptest::prop_assert_eq!(faults.is_empty(), load(&source, 0).is_ok());
            }
        }

        #[test]
        fn two_parsers_agree(
            pairs in proptest::collection::vec(("[a-zé]{1,6}", "[-a-zé0-9 ,.;!?()„“\\[\\]{}]{0,20}", 0..4), 0..6)
        ) {
            let mut source = String::new();
            for (i, (key, value, how)) in pairs.iter().enumerate() {
                let value = match how {
                    0 => format!("\"{value}\""),
                    1 => format!("'{value}'"),
                    2 => format!("|\n  x{value}"),
                    // `[?a]` is a text in YAML 1.2 and a key in 1.1, which the other parser reads.
                    _ => value.replace('?', ""),
                };
                source += &format!("{key}{i}: {value}\n");
            }
            if let (Ok(Some(tree)), Ok(other)) = (load(&source, 0), serde_yaml::from_str(&source)) {
                proptest::prop_assert!(same(&tree, &other), "{} {:?} {:?}", source, tree, other);
            }
        }
    }

    /// Touches every range, so that one off a character's edge fails.
    fn show_any(tree: &Yaml, source: &str) -> usize {
        source[tree.range.clone()].len()
            + match &tree.value {
                Value::Scalar { .. } => 0,
                Value::Seq(items) => items.iter().map(|i| show_any(i, source)).sum(),
                Value::Map(pairs) => {
                    pairs.iter().map(|(l, v)| source[l.range.clone()].len() + show_any(v, source)).sum()
                }
            }
    }
}
