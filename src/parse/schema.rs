//! A tree of values and a table of keys enter; the sound values leave, typed, and every fault with its place.
//!
//! The tables ([`crate::parse::keys`], [`crate::parse::settings`]) are also the reference in `docs/`.

use std::{collections::BTreeMap, ops::Range};

use serde_yaml::{Mapping as Map, Number, Value as Data};

use crate::{
    diagnostic::{Diagnostic, did_you_mean},
    model::Span,
    parse::{
        date::shorten,
        faults::Faults,
        keys::ELSEWHERE,
        scalar,
        yaml::{Style, Value, Yaml},
    },
};

/// A key of a kind of file: the single source of its check and of its documentation.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    /// Other names that it may be given by, one at a time.
    pub also: &'static [&'static str],
    pub shape: Shape,
    /// One sentence, Markdown.
    pub doc: &'static str,
    /// As JSON, or empty when there is none.
    pub default: &'static str,
    /// Whether the map that holds it is a fault without it.
    pub required: bool,
}

/// A key that may be left out and has no default.
pub const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, also: &[], shape, doc, default: "", required: false }
}

impl Key {
    pub const fn required(self) -> Key {
        Key { required: true, ..self }
    }

    pub const fn also(self, also: &'static [&'static str]) -> Key {
        Key { also, ..self }
    }

    /// Whether this is the key's name or another name of it.
    pub fn is(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }

    /// With the default, in JSON.
    pub const fn or(self, default: &'static str) -> Key {
        Key { default, ..self }
    }
}

/// What a value may be.
#[derive(Debug)]
pub enum Shape {
    /// Any scalar, as written.
    Text,
    /// A text, or a list of texts.
    Texts,
    Bool,
    /// A whole number in a range, both ends included.
    Int(i64, i64),
    /// A number in a range, both ends included.
    Float(f64, f64),
    /// A day or a time, see [`crate::parse::date::parse`].
    Moment,
    /// A year, month or day, see [`crate::parse::date::partial`].
    Day,
    /// `http` or `https`.
    Url,
    /// `http`, `https` or `mailto`.
    Link,
    /// A path of this site, or a [`Shape::Link`].
    Href,
    /// BCP 47 (RFC 5646, section 2.1), by its form.
    Language,
    /// Two letters (ISO 3166-1 alpha-2, current and former).
    Country,
    /// `Q` and digits.
    Wikidata,
    /// A name of the IANA time zone database.
    TimeZone,
    /// An address with placeholders: those it needs and those it may have.
    Pattern(&'static [&'static str], &'static [&'static str]),
    /// One of the words; then other spellings and the word each stands for.
    Choice(&'static [&'static str], &'static [(&'static str, &'static str)]),
    /// The shape, or `null` with a meaning of its own.
    OrNull(&'static Shape),
    ListOf(&'static Shape),
    Map(&'static [Key]),
    /// A map, or a scalar that stands for a map with the first key only.
    MapOrText(&'static [Key]),
    /// A map, or a list of its values in order.
    MapOrList(&'static [Key]),
    /// A map with free keys.
    MapOf(&'static Shape),
    Any,
}

/// What is sound of a map.
#[derive(Debug, Default)]
pub struct Sound {
    pub values: Map,
    /// Byte range in the file of each value that is given, sound or not, by key.
    pub keys: BTreeMap<String, Span>,
    /// The texts of each list, and their byte ranges in the file, by key.
    pub items: BTreeMap<String, Vec<(String, Span)>>,
}

impl Sound {
    /// Takes a value out. `None` when it is not there; the schema has seen to its type.
    pub fn take<T: serde::de::DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        self.values.remove(key).and_then(|value| serde_yaml::from_value(value).ok())
    }

    /// Takes a text out, unless it is empty.
    pub fn text(&mut self, key: &str) -> Option<String> {
        match self.values.remove(key) {
            Some(Data::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Takes a text out as one line: a name or a title, however its lines were broken.
    pub fn line(&mut self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Whether a value is given that was not sound, which has been reported.
    pub fn failed(&self, key: &str) -> bool {
        self.keys.contains_key(key) && !self.values.contains_key(key)
    }

    /// The byte range of a value.
    pub fn range(&self, key: &str) -> Option<Range<usize>> {
        self.keys.get(key).map(|span| span.range())
    }
}

/// Reads the top of a file. Without a tree the map is empty; `origin` is where missing keys are reported.
pub fn read(tree: Option<&Yaml>, keys: &'static [Key], origin: Range<usize>, faults: &mut Faults) -> Sound {
    let mut sound = Sound::default();
    match tree {
        Some(Yaml { value: Value::Map(pairs), .. }) => {
            for (label, value) in pairs.iter().filter(|(_, value)| !value.is_null()) {
                let range = value.range.clone();
                let name = find(keys, &label.text).map_or(label.text.as_str(), |key| key.name);
                if let (Value::Seq(items), false) = (&value.value, sound.keys.contains_key(name)) {
                    sound.items.insert(name.to_owned(), texts(items));
                }
                sound.keys.entry(name.to_owned()).or_insert_with(|| Span::new(range.start, range.end));
            }
        }
        Some(other) if !other.is_null() => {
            let message = format!("expected lines of the form `key: value`, found {}", describe(other));
            faults.at(other.range.clone(), Diagnostic::error("wrong-type", message));
            return sound;
        }
        _ => {}
    }
    sound.values = map(tree, keys, origin, faults).0;
    sound
}

fn texts(items: &[Yaml]) -> Vec<(String, Span)> {
    let text = |item: &Yaml| match &item.value {
        Value::Scalar { text, .. } => Some((text.clone(), Span::new(item.range.start, item.range.end))),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

/// The sound values of a map, and whether no required one is missing.
fn map(tree: Option<&Yaml>, keys: &'static [Key], origin: Range<usize>, faults: &mut Faults) -> (Map, bool) {
    let mut out = Map::new();
    let mut given: BTreeMap<&str, &str> = BTreeMap::new();
    let pairs = match tree.map(|tree| &tree.value) {
        Some(Value::Map(pairs)) => pairs.as_slice(),
        _ => &[],
    };
    for (label, tree) in pairs {
        let known = find(keys, &label.text);
        let name = known.map_or(label.text.as_str(), |key| key.name);
        if let Some(first) = given.insert(name, label.text.as_str()) {
            twice(first, &label.text, label.range.clone(), faults);
            given.insert(name, first);
            continue;
        }
        match known {
            Some(key) => {
                if let Some(json) = value(tree, &key.shape, &label.text, faults) {
                    out.insert(key.name.into(), json);
                }
            }
            None => unknown(&label.text, label.range.clone(), keys, faults),
        }
    }
    let mut complete = true;
    for key in keys.iter().filter(|key| key.required) {
        let empty = out.get(key.name).is_some_and(|value| value == "");
        if out.contains_key(key.name) && !empty {
            continue;
        }
        complete = false;
        // A value that is there and wrong has been reported as such.
        if empty || !pairs.iter().any(|(label, tree)| key.is(&label.text) && !tree.is_null()) {
            let message = format!("the key `{}` is missing", key.name);
            let help = format!("add `{}:` with {}", key.name, key.shape);
            faults.at(origin.clone(), Diagnostic::error("missing-key", message).help(help));
        }
    }
    (out, complete)
}

fn find(keys: &'static [Key], label: &str) -> Option<&'static Key> {
    keys.iter().find(|key| key.is(label))
}

fn twice(first: &str, second: &str, range: Range<usize>, faults: &mut Faults) {
    let help = "remove one of the two; the first is taken";
    let message = if first == second {
        format!("the key `{}` is given twice", shorten(first))
    } else {
        format!("`{second}` and `{first}` are two names of one key")
    };
    faults.at(range, Diagnostic::error("duplicate-key", message).help(help));
}

fn unknown(label: &str, range: Range<usize>, keys: &'static [Key], faults: &mut Faults) {
    let names = || keys.iter().map(|key| key.name);
    let all = keys.iter().flat_map(|key| key.also).copied().chain(names());
    let other = ELSEWHERE
        .iter()
        .find(|(theirs, ours)| theirs.eq_ignore_ascii_case(label) && names().any(|name| name == *ours));
    let near = did_you_mean(label, all).or(other.map(|(_, ours)| *ours));
    let diagnostic = Diagnostic::warning("unknown-key", format!("unknown key `{}`", shorten(label)));
    let diagnostic = match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if names().any(|name| name == "extra") => {
            diagnostic.help("keys of your own belong under `extra`")
        }
        None => diagnostic.help(format!("known keys are {}", names().collect::<Vec<_>>().join(", "))),
    };
    faults.at(range, diagnostic);
}

/// The typed value, or `None` when it is not sound (reported) or not given.
fn value(tree: &Yaml, shape: &'static Shape, name: &str, faults: &mut Faults) -> Option<Data> {
    if tree.is_null() && !matches!(shape, Shape::Any) {
        return matches!(shape, Shape::OrNull(_)).then_some(Data::Null);
    }
    match (shape, &tree.value) {
        (Shape::Any, _) => Some(any(tree, faults)),
        (Shape::OrNull(shape), _) => value(tree, shape, name, faults),
        (Shape::Texts, Value::Scalar { .. }) => {
            Some(Data::Sequence(vec![value(tree, &Shape::Text, name, faults)?]))
        }
        (Shape::Texts, Value::Seq(items)) => Some(list(items, &Shape::Text, name, faults)),
        (Shape::ListOf(shape), Value::Seq(items)) => Some(list(items, shape, name, faults)),
        (Shape::Map(keys) | Shape::MapOrText(keys) | Shape::MapOrList(keys), Value::Map(_)) => {
            let (map, complete) = map(Some(tree), keys, tree.range.clone(), faults);
            complete.then_some(Data::Mapping(map))
        }
        (Shape::MapOrText(keys), Value::Scalar { .. }) => {
            let first = keys.first()?;
            let json = value(tree, &first.shape, name, faults)?;
            Some(Data::Mapping(Map::from_iter([(first.name.into(), json)])))
        }
        (Shape::MapOrList(keys), Value::Seq(items)) if items.len() == keys.len() => {
            let pairs = keys
                .iter()
                .zip(items)
                .map(|(key, item)| Some((key.name.into(), value(item, &key.shape, key.name, faults)?)));
            pairs.collect::<Option<Map>>().map(Data::Mapping)
        }
        (Shape::MapOf(shape), Value::Map(pairs)) => {
            let mut out = Map::new();
            for (label, item) in pairs {
                if out.contains_key(&label.text) {
                    twice(&label.text, &label.text, label.range.clone(), faults);
                } else if let Some(json) = value(item, shape, &label.text, faults) {
                    out.insert(label.text.clone().into(), json);
                }
            }
            Some(Data::Mapping(out))
        }
        (_, Value::Scalar { text, style }) if !shape.holds_others() => {
            if *style == Style::Plain && matches!(shape, Shape::Text) {
                cut_short(tree.range.end, faults);
            }
            scalar::read(text.trim(), *style, shape, name)
                .map_err(|bad| faults.at(tree.range.clone(), *bad))
                .ok()
        }
        _ => {
            let message = format!("`{}` must be {shape}, not {}", shorten(name), describe(tree));
            let fault = Diagnostic::error("wrong-type", message);
            let bracket =
                faults.source.text[tree.range.start.min(faults.source.text.len())..].starts_with(['[', '{']);
            let fault = match shape {
                Shape::Text if bracket => fault.help("put a text that begins with a bracket in quotes"),
                Shape::Map(keys) | Shape::MapOrText(keys) | Shape::MapOrList(keys) => {
                    let keys = keys.iter().take(3).map(|key| format!("{}: …", key.name));
                    fault.help(format!("write it as `{{ {} }}`", keys.collect::<Vec<_>>().join(", ")))
                }
                _ => fault,
            };
            faults.at(tree.range.clone(), fault);
            None
        }
    }
}

/// Warns where YAML takes the rest of a line for a comment that an editor meant as text: `Apollo #11`.
fn cut_short(end: usize, faults: &mut Faults) {
    let line = faults.source.text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let comment = line.trim_start();
    let word = comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if word && comment.len() < line.len() {
        let start = end + line.len() - comment.len();
        let message = format!("`{}` is taken for a comment and is not part of the text", shorten(comment));
        let help = "put the whole value in quotes, or write a space after the `#` of a comment";
        faults.at(start..end + line.len(), Diagnostic::warning("comment-in-text", message).help(help));
    }
}

fn list(items: &[Yaml], shape: &'static Shape, name: &str, faults: &mut Faults) -> Data {
    Data::Sequence(items.iter().filter_map(|item| value(item, shape, name, faults)).collect())
}

/// A value without a schema, by the YAML 1.2 core schema (section 10.3.2). Dates stay texts.
fn any(tree: &Yaml, faults: &mut Faults) -> Data {
    match &tree.value {
        _ if tree.is_null() => Data::Null,
        Value::Scalar { text, style: Style::Plain } => core(text),
        Value::Scalar { text, .. } => Data::String(text.clone()),
        Value::Seq(items) => Data::Sequence(items.iter().map(|item| any(item, faults)).collect()),
        Value::Map(pairs) => {
            let mut out = Map::new();
            for (label, item) in pairs {
                if out.contains_key(&label.text) {
                    twice(&label.text, &label.text, label.range.clone(), faults);
                } else {
                    out.insert(label.text.clone().into(), any(item, faults));
                }
            }
            Data::Mapping(out)
        }
    }
}

fn core(text: &str) -> Data {
    if let Some(truth) = scalar::truth(text) {
        return Data::Bool(truth);
    }
    if let Some(number) = scalar::whole(text) {
        return Data::Number(number.into());
    }
    let float = scalar::float(text).map(Number::from);
    float.map_or_else(|| Data::String(text.to_owned()), Data::Number)
}

/// What a value is, for a message.
fn describe(tree: &Yaml) -> String {
    match &tree.value {
        _ if tree.is_null() => "nothing".into(),
        Value::Scalar { text, .. } => format!("`{}`", shorten(text)),
        Value::Seq(_) => "a list".into(),
        Value::Map(_) => "a map".into(),
    }
}
