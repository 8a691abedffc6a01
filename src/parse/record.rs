//! One line of a corpus as JSON enters (`{"id": …, "text": …}`); an [`Article`] leaves, or what is wrong with the line.
//!
//! The text is taken as it stands, so that offsets count in what the caller holds: no Markdown, no wire header. Every
//! line of it is a paragraph. Keys that nobody knows are passed over: a corpus has its own.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Article, Block, BlockKind, Listed, Prose, Span},
    parse::date,
    path::{SourcePath, slugify},
};

/// A text of a corpus.
#[derive(Clone, Debug)]
pub struct Record {
    /// A text or a number, given back as it came.
    pub id: Option<Value>,
    pub article: Article,
}

/// The line as a machine writes it.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<Value>,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    dateline: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

/// Reads line `number` (from 1) of `path`. A date that cannot be read is left out; the second value says so.
///
/// # Errors
/// What is wrong with a line that is no such object.
pub fn record(
    path: &SourcePath,
    number: u32,
    line: &str,
    zone: &TimeZone,
) -> Result<(Record, Option<Diagnostic>), Box<Diagnostic>> {
    let place = |column: usize| Place { line: number, ..Place::in_source(path, line, column..column) };
    let bad = |message: &str, column: usize| {
        Box::new(
            Diagnostic::error("bad-line", format!("this line is no text to annotate: {message}"))
                .at(place(column.saturating_sub(1)))
                .help("write one object a line: `{\"id\": \"a1\", \"text\": \"…\"}`"),
        )
    };
    // Serde would take a list of nine, too.
    if !line.trim_start().starts_with('{') {
        return Err(bad("it is no object", 1));
    }
    let read: Line = serde_json::from_str(line).map_err(|error| {
        // Without the place at the end, which counts from the beginning of this line.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        bad(message, error.column())
    })?;
    let mut fault = None;
    let date = read.date.as_deref().and_then(|text| match date::parse(text) {
        Ok(given) => Some(date::moment(given, zone).0),
        Err(bad) => {
            fault = Some(Diagnostic::warning("bad-date", bad.message).at(place(0)).help(bad.help));
            None
        }
    });
    let name = match &read.id {
        Some(Value::String(id)) => id.clone(),
        Some(id) => id.to_string(),
        None => format!("line-{number}"),
    };
    let article = Article {
        path: path.clone(),
        hash: [0; 32],
        slug: slugify(&name),
        title: read.title.unwrap_or_default(),
        date,
        updated: None,
        source: read.source,
        source_url: read.url,
        section: read.section.map(|section| slugify(&section)),
        authors: Vec::new(),
        dateline: read.dateline,
        summary: None,
        key_points: Vec::new(),
        topics: Vec::new(),
        entities: Vec::new(),
        story: None,
        draft: false,
        publish_at: None,
        expires: None,
        corrections: Vec::new(),
        image: None,
        aliases: Vec::new(),
        lang: read.lang,
        template: None,
        translation_key: None,
        noindex: false,
        weight: None,
        extra: BTreeMap::new(),
        prose: plain(read.text),
        wire: false,
        doubts: Vec::new(),
        keys: BTreeMap::new(),
        places: Listed::default(),
        assets: Vec::new(),
    };
    Ok((Record { id: read.id, article }, fault))
}

/// A text as prose, letter for letter; every line that holds more than blanks is a paragraph.
pub fn plain(text: String) -> Prose {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            blocks.push(Block { span: Span::new(start, end), kind: BlockKind::Paragraph });
        }
        start += line.len();
    }
    Prose { text, blocks, ..Prose::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_texts_or_faults() {
        let path = SourcePath::new("corpus.jsonl");
        let check = |line: &str, expect: Result<&str, (u32, &str)>| {
            let found = record(&path, 7, line, &TimeZone::UTC);
            let found = found.map(|(r, fault)| {
                let blocks: Vec<&str> =
                    r.article.prose.blocks.iter().map(|b| r.article.prose.slice(b.span)).collect();
                let day = r.article.date.map(|d| d.day.to_string()).unwrap_or_default();
                format!("{}|{day}|{}|{}", r.article.slug, blocks.join("¶"), fault.is_some())
            });
            let place = |f: &Diagnostic| f.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
            match (&found, expect) {
                (Ok(found), Ok(expect)) => assert_eq!(found, expect, "{line}"),
                (Err(fault), Err((column, words))) => {
                    assert_eq!(place(fault), (7, column), "{line}");
                    assert!(fault.message.contains(words), "{}", fault.message);
                }
                _ => panic!("{line}: {found:?}"),
            }
        };
        check(
            r#"{"id":"A 1","text":"One.\n\n  Two. ","date":"2025-07-10","extra":[1]}"#,
            Ok("a-1|2025-07-10|One.¶  Two.|false"),
        );
        check(r#"{"id":12,"text":""}"#, Ok("12|||false"));
        check(r#"{"text":"x","date":"tomorrow"}"#, Ok("line-7||x|true"));
        check(r#"{"id":"a"}"#, Err((10, "missing field `text`")));
        check(r#"{"text":"a""#, Err((11, "EOF")));
        check("", Err((1, "no object")));
        check("[1]", Err((1, "no object")));
    }
}
