//! The gold copy of `tests/gold` enters; texts with the mentions that a reader found in them leave.
//!
//! A text has `title:` and `date:` in its first lines, an empty line, and a paragraph a line; `## ` opens a heading. A
//! mention stands in brackets with its type and, where the words are not the whole name, the name: `[Lavrov|PER|Sergey
//! Lavrov]`. `links.tsv` says for each type and name which entity it is: a Wikidata item, a slug of the built-in
//! knowledge where that knows no item, several of these behind each other (`|`) where that has one thing twice, or `-` for
//! one that it does not have.
//!
//! What is marked follows the training data: PER, LOC, ORG, EVENT and MISC; titles, determiners and possessives stay
//! outside; countries and cities are LOC even when they act, national teams are ORG, stadiums and buildings LOC;
//! nationalities are unmarked.

#![expect(clippy::disallowed_methods, reason = "tests read their own copy")]

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::Path,
};

use dateline::{
    knowledge,
    model::{Article, Block, BlockKind, Prose, Span},
    parse,
    path::SourcePath,
};
use jiff::tz::TimeZone;

/// Which entity a name is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// Slugs of the built-in knowledge; more than one where it has the same thing twice.
    Known(Vec<String>),
    /// Nobody knows it; the name tells it from others.
    New(String),
}

/// A mention as a reader marked it.
#[derive(Clone, Debug)]
pub struct Gold {
    pub span: Span,
    /// `PER`, `LOC`, `ORG`, `EVENT` or `MISC`.
    pub kind: String,
    pub link: Link,
}

/// One text.
pub struct Text {
    pub name: String,
    pub article: Article,
    pub gold: Vec<Gold>,
}

/// By type and name.
type Links = BTreeMap<(String, String), Link>;

/// Reads every text of a folder, by name. Err: what is wrong with the copy, with its file.
pub fn read(folder: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let links = links(&fs::read_to_string(folder.join("links.tsv"))?)?;
    let mut unused: BTreeSet<_> = links.keys().cloned().collect();
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "txt") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let copy = fs::read_to_string(&path)?;
            texts.push(text(&name, &copy, &links, &mut unused).map_err(|e| format!("{name}: {e}"))?);
        }
    }
    texts.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(left) = unused.first() {
        return Err(format!("links.tsv: {left:?} stands in no text").into());
    }
    Ok(texts)
}

fn links(table: &str) -> Result<Links, Box<dyn Error>> {
    let mut links = Links::new();
    for line in table.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(kind), Some(name), Some(link)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(format!("links.tsv: {line}").into());
        };
        let link = match link {
            "-" => Link::New(name.to_owned()),
            _ => Link::Known(
                link.split('|')
                    .map(slug)
                    .collect::<Option<_>>()
                    .ok_or_else(|| format!("links.tsv: the built-in knowledge has no {link} ({name})"))?,
            ),
        };
        if links.insert((kind.to_owned(), name.to_owned()), link).is_some() {
            return Err(format!("links.tsv: {name} twice").into());
        }
    }
    Ok(links)
}

fn slug(link: &str) -> Option<String> {
    let pack = knowledge::pack();
    let number = link.strip_prefix('Q').and_then(|digits| digits.parse().ok());
    let id = number.map_or_else(|| pack.by_slug(link), |number| pack.by_wikidata(number))?;
    Some(pack.slug(id))
}

fn text(
    name: &str,
    copy: &str,
    links: &Links,
    unused: &mut BTreeSet<(String, String)>,
) -> Result<Text, Box<dyn Error>> {
    let (head, body) = copy.split_once("\n\n").ok_or("no empty line")?;
    let path = SourcePath::new(&format!("content/{name}.md"));
    let mut article = parse::article::article(&path, &format!("---\n{head}\n---\n"), &TimeZone::UTC).item;
    let mut prose = Prose::default();
    let mut gold = Vec::new();
    for line in body.lines().filter(|line| !line.is_empty()) {
        let (kind, mut rest) = match line.strip_prefix("## ") {
            Some(heading) => (BlockKind::Heading(2), heading),
            None => (BlockKind::Paragraph, line),
        };
        if !prose.text.is_empty() {
            prose.text.push_str("\n\n");
        }
        let start = prose.text.len();
        while let Some((before, marked)) = rest.split_once('[') {
            let (inner, after) = marked.split_once(']').ok_or("an open bracket")?;
            prose.text.push_str(before);
            let mut parts = inner.split('|');
            let (Some(surface), Some(kind)) = (parts.next(), parts.next()) else {
                return Err(format!("no type in [{inner}]").into());
            };
            let key = (kind.to_owned(), parts.next().unwrap_or(surface).to_owned());
            let link = links.get(&key).ok_or_else(|| format!("{key:?} is not in links.tsv"))?;
            unused.remove(&key);
            let from = prose.text.len();
            prose.text.push_str(surface);
            let span = Span::new(from, prose.text.len());
            gold.push(Gold { span, kind: key.0, link: link.clone() });
            rest = after;
        }
        prose.text.push_str(rest);
        prose.blocks.push(Block { span: Span::new(start, prose.text.len()), kind });
    }
    article.prose = prose;
    Ok(Text { name: name.to_owned(), article, gold })
}
