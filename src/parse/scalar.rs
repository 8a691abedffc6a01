//! One scalar and the shape it must have enter; its typed value leaves, or the fault.

use std::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde_yaml::{Number, Value as Data};

use crate::{
    diagnostic::{Diagnostic, did_you_mean},
    parse::{
        date::{self, shorten},
        schema::Shape,
        yaml::Style,
    },
};

/// A truth value of the YAML 1.2 core schema, section 10.3.2; `yes` and `on` are texts there.
pub fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// A whole number of the core schema: decimal, `0x` or `0o`.
pub fn whole(text: &str) -> Option<i64> {
    let radix = |digits: &str, radix| {
        digits
            .bytes()
            .all(|b| b.is_ascii_alphanumeric())
            .then(|| i64::from_str_radix(digits, radix).ok())
            .flatten()
    };
    match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => radix(digits, 16),
        (_, Some(digits)) => radix(digits, 8),
        _ => text.parse().ok(),
    }
}

/// A finite decimal number of the core schema.
pub fn float(text: &str) -> Option<f64> {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let signs = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    (digits && signs).then(|| text.parse::<f64>().ok()).flatten().filter(|f| f.is_finite())
}

/// A zone of the database built into the program, so that every machine agrees. Case does not matter.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

fn refuse(fault: Diagnostic) -> Result<Data, Box<Diagnostic>> {
    Err(Box::new(fault))
}

/// The value of a scalar under a shape that is no list and no map.
pub fn read(text: &str, style: Style, shape: &Shape, name: &str) -> Result<Data, Box<Diagnostic>> {
    let plain = style == Style::Plain;
    let wrong = |code| Diagnostic::error(code, format!("`{name}` must be {shape}, not `{}`", shorten(text)));
    let unquote = || refuse(wrong("wrong-type").help("remove the quotes"));
    let keep = |sound: bool, code, help: &str| {
        if sound { Ok(Data::String(text.to_owned())) } else { refuse(wrong(code).help(help)) }
    };
    match shape {
        Shape::Bool => match truth(text) {
            Some(truth) if plain => Ok(Data::Bool(truth)),
            Some(_) => unquote(),
            None => refuse(wrong("wrong-type").help("write `true` or `false`")),
        },
        Shape::Int(low, high) => match whole(text) {
            Some(number) if !plain && (*low..=*high).contains(&number) => unquote(),
            Some(number) if (*low..=*high).contains(&number) => Ok(Data::Number(number.into())),
            Some(_) => refuse(wrong("out-of-range")),
            None => refuse(wrong("wrong-type")),
        },
        Shape::Float(low, high) => match float(text).map(|f| (f, Number::from(f))) {
            Some((float, _)) if !plain && (*low..=*high).contains(&float) => unquote(),
            Some((float, number)) if (*low..=*high).contains(&float) => Ok(Data::Number(number)),
            Some(_) => refuse(wrong("out-of-range")),
            None => refuse(wrong("wrong-type")),
        },
        Shape::Moment => match date::parse(text) {
            Ok(_) => Ok(Data::String(text.to_owned())),
            Err(bad) => refuse(Diagnostic::error("bad-date", bad.message).help(bad.help)),
        },
        Shape::Day => match date::partial(text) {
            Ok(()) => Ok(Data::String(text.to_owned())),
            Err(bad) => refuse(Diagnostic::error("bad-date", bad.message).help(bad.help)),
        },
        Shape::Url => keep(web(text), "bad-url", "begin with `https://` and the host"),
        Shape::Link => keep(web(text) || mail(text), "bad-url", "begin with `https://` or `mailto:`"),
        Shape::Href => keep(
            web(text) || mail(text) || path(text),
            "bad-url",
            "write a path such as `/about/`, or begin with `https://`",
        ),
        Shape::Language => keep(language(text), "bad-language", "write a tag such as `en`, `de` or `pt-BR`"),
        Shape::Country => {
            let sound = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
            let code = keep(sound, "bad-country", "write the two letters of ISO 3166-1, such as `FR`");
            code.map(|_| Data::String(text.to_ascii_uppercase()))
        }
        Shape::Wikidata => {
            let digits = text.strip_prefix('Q').unwrap_or("");
            let sound =
                !digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
            keep(sound, "bad-wikidata", "the id stands at the top of the item's page, beside its name")
        }
        Shape::TimeZone => match time_zone(text) {
            Some(_) => Ok(Data::String(text.to_owned())),
            None => refuse(no_zone(text)),
        },
        Shape::Pattern(needs, may) => pattern(text, needs, may, name),
        Shape::Choice(words, others) => {
            let lower = text.to_lowercase();
            let other = others.iter().find(|(theirs, _)| *theirs == lower).map(|(_, ours)| *ours);
            match words.iter().find(|word| **word == lower).copied().or(other) {
                Some(word) => Ok(Data::String(word.to_owned())),
                None => refuse(match did_you_mean(text, words.iter().copied()) {
                    Some(near) => wrong("bad-choice").help(format!("did you mean `{near}`?")),
                    None => wrong("bad-choice"),
                }),
            }
        }
        _ => Ok(Data::String(text.chars().filter(|c| printable(*c)).collect())),
    }
}

/// What XML 1.0 (section 2.2) and so every feed can carry; escapes in double quotes can bring in more.
fn printable(c: char) -> bool {
    matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// An `http` or `https` URL with a host (RFC 9110, section 4.2), without spaces and controls.
fn web(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        text.get(..scheme.len())
            .filter(|head| head.eq_ignore_ascii_case(scheme))
            .map(|_| &text[scheme.len()..])
    });
    rest.is_some_and(|rest| clean(rest) && !rest.starts_with(['/', '?', '#', ':']) && !rest.is_empty())
}

fn mail(text: &str) -> bool {
    let head = text.get(..7).filter(|head| head.eq_ignore_ascii_case("mailto:"));
    head.is_some_and(|head| clean(&text[head.len()..]) && text[head.len()..].contains('@'))
}

/// A path without a scheme; spaces are allowed, since files have them.
fn path(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or("");
    !text.is_empty() && !text.starts_with("//") && !first.contains(':') && !text.chars().any(char::is_control)
}

fn clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
}

/// RFC 5646, section 2.1: a language of two to three letters (or the longer ones reserved), then subtags.
fn language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && first.len() != 4
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn no_zone(text: &str) -> Diagnostic {
    let names: Vec<String> = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
    let names = || names.iter().map(String::as_str);
    let lower = text.to_lowercase().replace(' ', "_");
    let city = names().find(|name| name.rsplit('/').next().is_some_and(|city| city.to_lowercase() == lower));
    let fault = Diagnostic::error("bad-timezone", format!("`{}` is not a time zone", shorten(text)));
    match city.or_else(|| did_you_mean(text, names())) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("write a name of the IANA database such as `Europe/Berlin` or `UTC`"),
    }
}

fn pattern(text: &str, needs: &[&str], may: &[&str], name: &str) -> Result<Data, Box<Diagnostic>> {
    let fault = |message: String| Diagnostic::error("bad-permalink", message);
    if !text.starts_with('/') {
        return refuse(fault(format!("`{name}` must begin with `/`")).help(format!("write `/{text}`")));
    }
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            return refuse(fault(format!("a `{{` of `{name}` is not closed")));
        };
        let word = &rest[open + 1..open + close];
        if !needs.contains(&word) && !may.contains(&word) {
            let known: Vec<_> = needs.iter().chain(may).map(|word| format!("`{{{word}}}`")).collect();
            let message = format!("`{name}` has no placeholder `{{{}}}`", shorten(word));
            return refuse(fault(message).help(format!("known are {}", known.join(", "))));
        }
        found.push(word);
        rest = &rest[open + close + 1..];
    }
    match needs.iter().find(|word| !found.contains(word)) {
        Some(word) => {
            let message = format!("`{name}` needs the placeholder `{{{word}}}`");
            refuse(fault(message).help("without it all pages would have one address"))
        }
        None => Ok(Data::String(text.to_owned())),
    }
}

impl Shape {
    /// Whether this is a list or map, which no scalar can be.
    pub fn holds_others(&self) -> bool {
        matches!(self, Shape::ListOf(_) | Shape::Map(_) | Shape::MapOrList(_) | Shape::MapOf(_))
    }
}

/// In the words of messages and of the reference.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let range =
            |f: &mut fmt::Formatter<'_>, low: String, high: String| write!(f, " from {low} to {high}");
        match self {
            Shape::Text => f.write_str("text"),
            Shape::Texts => f.write_str("a text or a list of texts"),
            Shape::Bool => f.write_str("`true` or `false`"),
            Shape::Int(i64::MIN, i64::MAX) => f.write_str("a whole number"),
            Shape::Int(low, i64::MAX) => write!(f, "a whole number from {low}"),
            Shape::Int(low, high) => {
                f.write_str("a whole number")?;
                range(f, low.to_string(), high.to_string())
            }
            Shape::Float(low, high) => {
                f.write_str("a number")?;
                range(f, low.to_string(), high.to_string())
            }
            Shape::Moment => f.write_str("a date or a date with a time"),
            Shape::Day => f.write_str("a year, month or day"),
            Shape::Url => f.write_str("a web address"),
            Shape::Link => f.write_str("a web or mail address"),
            Shape::Href => f.write_str("a path or a web address"),
            Shape::Language => f.write_str("a language tag"),
            Shape::Country => f.write_str("a country code of two letters"),
            Shape::Wikidata => f.write_str("a Wikidata id such as `Q64`"),
            Shape::TimeZone => f.write_str("a time zone"),
            Shape::Pattern(needs, _) => write!(f, "a path with `{{{}}}`", needs.join("}`, `{")),
            Shape::Choice(words, _) => match words.split_last() {
                Some((last, [])) => write!(f, "`{last}`"),
                Some((last, others)) => write!(f, "`{}` or `{last}`", others.join("`, `")),
                None => Ok(()),
            },
            Shape::OrNull(shape) => write!(f, "{shape}, or `null`"),
            Shape::ListOf(Shape::Map(_)) => f.write_str("a list of maps"),
            Shape::ListOf(Shape::Choice(words, _)) => write!(f, "a list of `{}`", words.join("`, `")),
            Shape::ListOf(_) => f.write_str("a list of texts"),
            Shape::Map(_) => f.write_str("a map"),
            Shape::MapOrText(_) => f.write_str("a map, or a text"),
            Shape::MapOrList(keys) => {
                let names: Vec<_> = keys.iter().map(|key| key.name).collect();
                write!(f, "a map, or a list `[{}]`", names.join(", "))
            }
            Shape::MapOf(_) => f.write_str("a map with keys of your own"),
            Shape::Any => f.write_str("anything"),
        }
    }
}
