//! A decision that cannot be carried out enters; what is wrong with it, and the remedy, leaves.

use std::collections::BTreeSet;

use crate::{
    assemble::decisions::anchor::{Flat, Found},
    diagnostic::{Diagnostic, Place},
    model::{
        Article, Decision, Decisions, Span,
        decision::{About, file_of},
        site::Content,
    },
};

/// How much of a sentence a message shows, in characters.
const SHOWN: usize = 30;

/// The name is not where it was.
pub fn place(article: &Article, decision: &Decision, found: &Found) -> Diagnostic {
    let (quote, path) = (&decision.quote, &article.path);
    let fault = |message| Diagnostic::warning("orphan-decision", message).at(decision.place.clone());
    match found {
        Found::Several(places) => {
            let count = places.len();
            fault(format!(
                "`{quote}` stands at {count} places of `{path}` that fit, and it is not told which one"
            ))
            .help("give more of the words around it in `prefix` and `suffix`, or write `every: true`")
        }
        Found::Changed(places) => {
            let here = places.first().map_or(String::new(), |span| around(article, *span));
            fault(format!("the words around `{quote}` in `{path}` have changed"))
                .help(format!("if it is this one, write `prefix` and `suffix` anew: {here}"))
        }
        Found::At(_) | Found::Gone => fault(format!("`{quote}` is not in `{path}` any more"))
            .help("remove the decision, or give the name as the text has it now"),
    }
}

/// A place with some words on each side, on one line.
fn around(article: &Article, span: Span) -> String {
    let text = &article.prose.text;
    let (head, tail) = (&text[..span.range().start], &text[span.range().end..]);
    let start = head.char_indices().rev().take(SHOWN).last().map_or(head.len(), |(i, _)| i);
    let end = tail.char_indices().nth(SHOWN).map_or(tail.len(), |(i, _)| i);
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("`{} [{}] {}`", line(&head[start..]), line(article.prose.slice(span)), line(&tail[..end]))
}

pub fn nobody(article: &Article, decision: &Decision) -> Diagnostic {
    let message = format!("nobody is proposed for `{}` in `{}`", decision.quote, article.path);
    Diagnostic::warning("orphan-decision", message)
        .at(decision.verdict_place.clone())
        .help("say who it is: `entity:` with an id or a name, or `new:` with `name` and `kind`")
}

pub fn unknown(decision: &Decision, name: &str, near: Option<String>) -> Diagnostic {
    let fault = Diagnostic::warning("unknown-entity", format!("nobody knows the entity `{name}`"))
        .at(decision.verdict_place.clone());
    fault.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add it to `content/entities/`, or introduce it here with `new:`".to_owned(),
    })
}

pub fn against_mark(article: &Article, decision: &Decision) -> Diagnostic {
    let message = format!(
        "`{}` is marked in the text of `{}`, and the mark says something else; the mark stands",
        decision.quote, article.path
    );
    Diagnostic::warning("decision-conflict", message)
        .at(decision.place.clone())
        .help("remove the decision, or the mark in the text")
}

/// Two decisions of one rank about one place: what they are about is held back.
pub fn conflict(first: &Decision, second: &Decision) -> Diagnostic {
    let message = format!(
        "this decision about `{}` contradicts that in `{}` line {}; the name is held back",
        second.quote, first.place.path, first.place.line
    );
    Diagnostic::warning("decision-conflict", message).at(second.place.clone()).help("remove one of the two")
}

/// A decision about a name that no text has.
pub fn name(decision: &Decision) -> Diagnostic {
    let message = format!("no text names `{}` any more", decision.quote);
    Diagnostic::note("orphan-decision", message)
        .at(decision.place.clone())
        .help("remove the decision, or leave it for later")
}

/// Files of decisions about articles that are not there; a renamed article is found by its words.
pub fn files(content: &Content, faults: &mut Vec<Diagnostic>) {
    let articles: BTreeSet<&str> = content.articles.iter().map(|article| article.path.as_str()).collect();
    let decided: BTreeSet<&str> = content
        .decisions
        .iter()
        .filter_map(|file| match &file.about {
            About::Article(path) => Some(path.as_str()),
            About::Names => None,
        })
        .collect();
    for file in &content.decisions {
        let About::Article(path) = &file.about else { continue };
        if articles.contains(path.as_str()) {
            continue;
        }
        let message = format!("there is no article `{path}`");
        let fault = Diagnostic::warning("orphan-decision", message).at(Place::file(&file.path));
        faults.push(match renamed(content, file, &decided) {
            Some(article) => {
                let wanted = file_of(&article.path);
                fault.help(format!("it seems to be `{}` now: rename this file to `{wanted}`", article.path))
            }
            None => fault.help("remove the file, or rename it after its article: `PATH-BELOW-CONTENT.yaml`"),
        });
    }
}

/// The one article without decisions in which most of the places are found again.
fn renamed<'a>(content: &'a Content, file: &Decisions, decided: &BTreeSet<&str>) -> Option<&'a Article> {
    // Those about all places of a name have no words around them to know the article by.
    let list: Vec<&Decision> = file.list.iter().filter(|decision| !decision.every).collect();
    let list: Vec<&Decision> = if list.is_empty() { file.list.iter().collect() } else { list };
    let mut best: Option<(usize, &Article)> = None;
    let mut tied = false;
    for article in content.articles.iter().filter(|article| !decided.contains(article.path.as_str())) {
        let has = |decision: &&&Decision| article.prose.text.contains(&*decision.quote);
        if list.iter().filter(has).count() * 2 <= list.len() {
            continue;
        }
        let flat = Flat::new(&article.prose.text);
        let found = list
            .iter()
            .filter(|d| matches!(flat.find(&d.quote, &d.prefix, &d.suffix, d.at), Found::At(_)))
            .count();
        let most = best.map_or(0, |(count, _)| count);
        if found > most {
            best = Some((found, article));
            tied = false;
        } else if found == most {
            tied = true;
        }
    }
    best.filter(|(found, _)| !tied && found * 2 > list.len()).map(|(_, article)| article)
}
