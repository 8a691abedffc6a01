//! Why a name was linked in a text, or was not: every place where it stands, what was weighed there, and the settings
//! that had a say.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    annotate::{names::Folded, names::case_agrees, reach::block_breaks},
    cli::annotate::desk::Desk,
    diagnostic::did_you_mean,
    knowledge,
    model::{Annotation, Article, BlockKind, Mention, Span},
    path::slugify,
    report::{
        annotation::{registry_only, table},
        table::{plural, shorten, table as columns},
    },
    text::{
        fold::fold,
        token::{Token, tokenize},
    },
};

/// One place where the name stands, or where another name stands for the same entity.
#[derive(Debug, Serialize)]
pub struct Place {
    /// Line of the text, from 1.
    line: usize,
    surface: String,
    /// The sentence, or the words around.
    context: String,
    #[serde(flatten)]
    found: Found,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Found {
    Mention {
        kind: &'static str,
        entity: Option<String>,
        status: &'static str,
        confidence: u8,
        evidence: String,
        role: Option<String>,
        candidates: Vec<Weighed>,
    },
    /// Why nothing was made of it.
    Nothing { because: Vec<String> },
}

#[derive(Debug, Serialize)]
struct Weighed {
    entity: String,
    score: i16,
    reasons: Vec<String>,
}

/// All that is to be said of a name in one text.
#[derive(Debug, Serialize)]
pub struct Explanation {
    name: String,
    article: String,
    settings: Vec<String>,
    places: Vec<Place>,
    /// What else might help when the name stands nowhere.
    hints: Vec<String>,
}

/// Looks at every place of `name`: as written in the text, or as the name or id of a mention's entity.
pub fn explain(desk: &Desk, article: &Article, annotation: &Annotation, name: &str) -> Explanation {
    let prose = &article.prose;
    let tokens = tokenize(&prose.text);
    let spans = standing(&prose.text, &tokens, name);
    let wanted = slugify(name);
    let names = |mention: &Mention| {
        mention.entity.as_ref().is_some_and(|id| {
            id.as_str() == wanted
                || desk.name(id, &annotation.introduced).is_some_and(|n| fold(&n) == fold(name))
        })
    };
    let mut places: Vec<(u32, Place)> = Vec::new();
    for mention in &annotation.mentions {
        if spans.iter().any(|span| span.overlaps(mention.span)) || names(mention) {
            places.push((mention.span.start, place(article, mention.span, mentioned(article, mention))));
        }
    }
    for span in &spans {
        if !annotation.mentions.iter().any(|m| m.span.overlaps(*span)) {
            let because = missing(desk, article, annotation, *span);
            places.push((span.start, place(article, *span, Found::Nothing { because })));
        }
    }
    places.sort_by_key(|(start, _)| *start);
    let places: Vec<Place> = places.into_iter().map(|(_, place)| place).collect();
    let hints = if places.is_empty() { hints(article, annotation, name) } else { Vec::new() };
    let article_name = if article.title.is_empty() { article.path.as_str() } else { &article.title };
    Explanation {
        name: name.to_owned(),
        article: article_name.to_owned(),
        settings: settings(desk, article),
        places,
        hints,
    }
}

impl Explanation {
    /// For programs.
    pub fn value(&self) -> Value {
        json!(self)
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut out = format!("`{}` in {}\n", self.name, self.article);
        for line in &self.settings {
            out.push_str(&format!("  {line}\n"));
        }
        for place in &self.places {
            out.push_str(&format!("\nline {}: {}\n  “{}”\n", place.line, place.surface, place.context));
            match &place.found {
                Found::Nothing { because } => {
                    out.push_str("  no mention\n");
                    because.iter().for_each(|reason| out.push_str(&format!("  because {reason}\n")));
                }
                Found::Mention { kind, entity, status, confidence, evidence, role, candidates } => {
                    let who = entity.as_deref().unwrap_or("nobody");
                    out.push_str(&format!(
                        "  {status}: {kind} → {who}, {confidence} %\n  evidence: {evidence}\n"
                    ));
                    if let Some(role) = role {
                        out.push_str(&format!("  role: {role}\n"));
                    }
                    let row = |c: &Weighed| {
                        vec![format!("  {}", c.entity), format!("{:>5}", c.score), c.reasons.join("; ")]
                    };
                    let rows: Vec<Vec<String>> = candidates.iter().map(row).collect();
                    if !rows.is_empty() {
                        out.push_str(&columns(&["  CANDIDATE", "SCORE", "REASONS"], &rows));
                    }
                }
            }
        }
        if self.places.is_empty() {
            out.push_str("\nIt stands nowhere in this text\n");
        }
        for hint in &self.hints {
            out.push_str(&format!("  {hint}\n"));
        }
        out
    }
}

/// Where the text has the name, whatever the case and the accents.
fn standing(text: &str, tokens: &[Token], name: &str) -> Vec<Span> {
    let wanted = Folded::new(name, &tokenize(name), |_| false).text;
    let folded = Folded::new(text, tokens, |i| block_breaks(text, tokens, i));
    if wanted.trim().is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded.text.get(from..).and_then(|rest| rest.find(&wanted)) {
        let (start, end) = (from + at + 1, from + at + wanted.len());
        let first = folded.starts.partition_point(|s| (*s as usize) < start);
        let last = folded.starts.partition_point(|s| (*s as usize) < end);
        if let (Some(first), Some(last)) =
            (tokens.get(first), last.checked_sub(1).and_then(|i| tokens.get(i)))
        {
            found.push(Span { start: first.start, end: last.end });
        }
        // The blank at the end begins the next one, too.
        from = end - 1;
    }
    found
}

fn place(article: &Article, span: Span, found: Found) -> Place {
    let text = &article.prose.text;
    let start = span.start as usize;
    let line = text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
    let from = text[..start].char_indices().rev().nth(50).map_or(0, |(i, _)| i);
    let to = text[start..].char_indices().nth(90).map_or(text.len(), |(i, _)| start + i);
    let context: Vec<&str> = text[from..to].split_whitespace().collect();
    Place { line, surface: article.prose.slice(span).to_owned(), context: context.join(" "), found }
}

fn mentioned(article: &Article, mention: &Mention) -> Found {
    let candidates = mention.candidates.iter().map(|c| Weighed {
        entity: c.entity.to_string(),
        score: c.score,
        reasons: c.reasons.iter().map(|r| format!("{} {:+}", r.clue, r.points)).collect(),
    });
    Found::Mention {
        kind: mention.kind.as_str(),
        entity: mention.entity.as_ref().map(ToString::to_string),
        status: table::status(mention.status),
        confidence: mention.confidence,
        evidence: table::evidence(mention, &article.prose),
        role: mention.role.map(|span| article.prose.slice(span).to_owned()),
        candidates: candidates.collect(),
    }
}

/// The levers of the desk as they stand for this article.
fn settings(desk: &Desk, article: &Article) -> Vec<String> {
    let threshold = desk.lexicon.threshold(article);
    let config = &desk.lexicon.config;
    let by = |found: bool, what: &str, name: &Option<String>| match name {
        Some(name) if found => format!(", by {what} `{name}`"),
        _ => String::new(),
    };
    let source = article.source.as_ref().and_then(|s| config.sources.get(s));
    let section = article.section.as_ref().and_then(|s| config.sections.get(s));
    let whose = if source.is_some_and(|o| o.threshold.is_some()) {
        by(true, "source", &article.source)
    } else {
        by(section.is_some_and(|o| o.threshold.is_some()), "section", &article.section)
    };
    let kinds: Vec<&str> = desk.lexicon.kinds(article).iter().map(|kind| kind.as_str()).collect();
    let link = source.and_then(|o| o.link).or(section.and_then(|o| o.link)).unwrap_or(config.link);
    vec![
        format!("threshold: {} %{whose}; what is less sure waits for an editor", threshold),
        format!("kinds: {}", kinds.join(", ")),
        format!(
            "link: {} (which mentions carry a link on the page)",
            json!(link).as_str().unwrap_or("first")
        ),
        format!("built-in knowledge: {}", if config.builtin { "used" } else { "not used" }),
    ]
}

/// Why a place has no mention.
fn missing(desk: &Desk, article: &Article, annotation: &Annotation, span: Span) -> Vec<String> {
    let prose = &article.prose;
    let surface = prose.slice(span);
    let folded = fold(surface);
    let mut because = Vec::new();
    if desk.lexicon.never(&desk.lexicon.settings(article), || folded.clone().into_owned()) {
        because.push("`annotate.never` says to leave this name alone".to_owned());
    }
    if prose.masks.iter().any(|mask| mask.overlaps(span)) {
        because.push("it stands in code, in a link, or in a mark that says to leave it alone".to_owned());
    }
    let block = prose.blocks.iter().find(|b| b.span.contains(span));
    if block.is_some_and(|b| matches!(b.kind, BlockKind::Heading(_))) {
        because.push("headings are read for the names of the registry only".to_owned());
    }
    because.extend(registry_only(annotation).map(|remark| format!("the text is {remark}")));
    let own = desk
        .lexicon
        .entities
        .iter()
        .flat_map(|e| std::iter::once(&e.name).chain(&e.aliases).map(move |n| (e, n)));
    for (entity, name) in own.filter(|(_, name)| fold(name) == folded) {
        if case_agrees(name, surface) {
            because
                .push(format!("the registry's `{}` has this name, but a longer name covers it", entity.id));
        } else {
            because.push(format!("the registry's `{}` is written `{name}`: the capitals differ", entity.id));
        }
    }
    if !surface.chars().any(char::is_uppercase) {
        because.push(
            "it has no capital letter, and names that the registry does not hold must have one".to_owned(),
        );
    }
    if because.is_empty() {
        let pack = knowledge::pack();
        let ids: Vec<String> =
            pack.candidates(&knowledge::fold::fold(surface)).take(5).map(|c| pack.slug(c.id)).collect();
        because.push("the tagger saw no name here".to_owned());
        because.push(match ids.as_slice() {
            [] => "neither the registry nor the built-in knowledge holds it".to_owned(),
            ids => format!(
                "the built-in knowledge holds it ({}), but not as a name that is plain without the tagger's word",
                ids.join(", ")
            ),
        });
    }
    because
}

fn hints(article: &Article, annotation: &Annotation, name: &str) -> Vec<String> {
    let surfaces: Vec<&str> = annotation.mentions.iter().map(|m| article.prose.slice(m.span)).collect();
    let mut hints: Vec<String> = did_you_mean(name, surfaces.iter().copied())
        .map(|near| format!("did you mean `{}`?", shorten(near, 60)))
        .into_iter()
        .collect();
    hints.push(format!("{} in this text; see them without --explain", plural(surfaces.len(), "name")));
    hints
}
