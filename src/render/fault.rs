//! Tera's errors → diagnostics: file, line and column of the template, what is wrong there, and what to write instead.
//!
//! Names that do not exist (blocks, filters, tests, functions, included templates, components) are looked up when all
//! templates are there, and Tera reports them as one text of drawings. What such a drawing says of its place is read
//! back; one that cannot be read is still told, without a place.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    diagnostic::{Diagnostic, Place, did_you_mean},
    model::Page,
    path::SourcePath,
};

/// Path and text of templates, by registered name.
pub type Sources = BTreeMap<String, (SourcePath, String)>;

/// Filters, tests and functions of Tera 2.4, which does not list them itself, and the filter `number`.
const FILTERS: &str = "abs capitalize default escape escape_html escape_xml first float get group_by indent int join keys \
    last length lower newlines_to_br nth number pairs pluralize replace reverse round safe sort split str title trim \
    trim_end trim_start truncate unique upper values wordcount";
const TESTS: &str = "array bool containing defined divisible_by ending_with even float integer iterable map none number odd \
    starting_with string undefined";
const FUNCTIONS: &str = "range super throw";

const END: &str = "Unexpected end of input";
const FIELDS: &str = "the fields that a template can use are listed in docs/templates.md";

/// One fault, and where it lies when that is known.
struct Found {
    message: String,
    place: Option<Place>,
    help: Option<String>,
}

/// What was wrong while `page` was rendered.
pub fn of_page(error: &tera::Error, sources: &Sources, page: &Page) -> Diagnostic {
    let found = found(error, sources).into_iter().next();
    let found = found.unwrap_or_else(|| Found { message: error.to_string(), place: None, help: None });
    diagnostic(Found { message: format!("{}, while rendering `{}`", found.message, page.path), ..found })
}

/// What is wrong with the templates: never empty. Where one does not parse, all that do not.
pub fn of_templates(error: &tera::Error, sources: &Sources) -> Vec<Diagnostic> {
    let mut all = found(error, sources);
    if let tera::ErrorKind::SyntaxError(first) = error.kind() {
        // Tera stops at the first.
        for (name, (_, text)) in sources.iter().filter(|(name, _)| *name != first.filename()) {
            let Err(error) = tera::Tera::new().add_raw_template(name, text) else { continue };
            if matches!(error.kind(), tera::ErrorKind::SyntaxError(_)) {
                all.extend(found(&error, sources));
            }
        }
    }
    all.into_iter().map(diagnostic).collect()
}

fn diagnostic(found: Found) -> Diagnostic {
    let message = found.message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    let fault = Diagnostic::error("template", message).help(found.help.unwrap_or_else(|| FIELDS.to_owned()));
    match found.place {
        Some(place) => fault.at(place),
        None => fault,
    }
}

fn found(error: &tera::Error, sources: &Sources) -> Vec<Found> {
    use std::error::Error as _;

    let at = |name: &str, word: &str| {
        let (path, text) = sources.get(name)?;
        let start = text.find(word).unwrap_or(0);
        Some(Place::in_source(path, text, start..start + word.len()))
    };
    let extends =
        || Some("a template extends what it overrides as `theme/NAME` or `builtin/NAME`".to_owned());
    let mut found = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let place = sources.get(report.filename()).map(|(path, text)| {
                let ends = report.message() == END;
                let opened = if ends { unclosed(text) } else { None };
                Place::in_source(path, text, opened.unwrap_or_else(|| report.span().range.clone()))
            });
            let (mut message, help) = told(report.message(), sources);
            if place.is_none() {
                message.push_str(&format!(" (in the template `{}`)", report.filename()));
            }
            Found { message, place, help }
        }
        tera::ErrorKind::MissingParent { current, parent } => {
            let message = format!("the template `{current}` extends `{parent}`, which does not exist");
            let help = near(parent, sources.keys().map(String::as_str)).or_else(extends);
            Found { message, place: at(current, parent), help }
        }
        tera::ErrorKind::CircularExtend { tpl, .. } => {
            let message = format!("the template `{tpl}` extends itself");
            Found { message, place: at(tpl, "extends"), help: extends() }
        }
        tera::ErrorKind::CircularInclude { tpl, include_chain } => {
            let next = include_chain.get(1).unwrap_or(tpl);
            let message =
                format!("the template `{tpl}` includes itself, by `{}`", include_chain.join("` → `"));
            let help = Some("take one of these out".to_owned());
            Found { message, place: at(tpl, next).or_else(|| at(tpl, "include")), help }
        }
        _ => {
            let text = error.to_string();
            let all = drawn(&text, sources);
            if !all.is_empty() {
                return all;
            }
            // `Component `x` is defined in both `a` and `b``
            let mut quoted = text.split('`').skip(1).step_by(2);
            let (component, _, second) = (quoted.next(), quoted.next(), quoted.next());
            let place = component.zip(second).filter(|_| text.contains("defined in both"));
            let place = place.and_then(|(component, name)| at(name, &format!("component {component}")));
            let help = place.is_some().then(|| "give one of them another name".to_owned());
            Found { message: text, place, help }
        }
    };
    let mut cause = error.source();
    while let Some(inner) = cause {
        found.message.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    vec![found]
}

/// The faults of a text that consists of drawings such as
///
/// ```text
/// error: Unknown filter `uper`
///  --> article.html:3:21
///   |
/// 3 | <p>{{ article.title | uper }}</p>
///   |                       ^^^^
/// ```
fn drawn(text: &str, sources: &Sources) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let place = lines.peek().and_then(|next| next.trim_start().strip_prefix("--> "));
        let (Some(message), Some(place)) = (line.strip_prefix("error: "), place) else { continue };
        let mut parts = place.rsplitn(3, ':');
        let mut number = || parts.next()?.parse::<usize>().ok()?.checked_sub(1);
        let (column, line) = (number(), number());
        let at = line.zip(column);
        let place = parts.next().zip(at).and_then(|(name, (line, column))| {
            let (path, text) = sources.get(name)?;
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let rest = text.get(start..)?;
            let from = start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
            // What the message names stands there, or a little behind it.
            let word = message.split('`').nth(1).unwrap_or_default();
            let end = rest.find('\n').map_or(text.len(), |end| start + end);
            let from = text.get(from..end)?.find(word).map_or(from, |ahead| from + ahead);
            Some(Place::in_source(path, text, from..from + word.len()))
        });
        let (message, help) = told(message, sources);
        all.push(Found { message, place, help });
    }
    all
}

/// Tera's message and what to do about it: near misses first, else what there is.
fn told(message: &str, sources: &Sources) -> (String, Option<String>) {
    let word = message.split('`').nth(1).unwrap_or_default();
    if let Some((message, there)) = message.split_once(" Available ") {
        let (what, names) = there.split_once(": ").unwrap_or(("names", there));
        let there = format!("{what} here: {names}");
        let help = near(word, names.split(", ")).map_or(there.clone(), |near| format!("{near} {there}"));
        return (message.trim_end_matches('.').to_owned(), Some(help));
    }
    let help = match message.split(' ').next().unwrap_or_default() {
        "Block" => {
            let names = blocks(sources);
            let there = names.iter().copied().collect::<Vec<_>>().join(", ");
            near(word, names.iter().copied()).or_else(|| {
                Some(format!("a block takes the place of one of what the template extends, such as: {there}"))
            })
        }
        "Unknown" if message.starts_with("Unknown tag") => Some(
            "tags are `block`, `extends`, `include`, `if`, `for`, `set`, `filter`, `raw`, `component`"
                .to_owned(),
        ),
        "Unknown" => {
            let kind = message.split(' ').nth(1).unwrap_or_default();
            let names: BTreeSet<&str> = match kind {
                "filter" => FILTERS.split_whitespace().collect(),
                "test" => TESTS.split_whitespace().collect(),
                "function" => FUNCTIONS.split_whitespace().collect(),
                "template" => sources.keys().map(String::as_str).collect(),
                _ => sources.values().flat_map(|(_, text)| named(text, "component")).collect(),
            };
            near(word, names.iter().copied()).or_else(|| {
                let there = names.iter().copied().collect::<Vec<_>>().join(", ");
                Some(format!("{kind}s are: {there}"))
            })
        }
        _ if message == END => Some(
            "what begins here lacks its end: `%}`, `{% endblock %}`, `{% endif %}`, `{% endfor %}`"
                .to_owned(),
        ),
        _ if message.contains("`undefined`") => Some(format!("is every name in it spelt right? {FIELDS}")),
        _ => None,
    };
    (message.to_owned(), help)
}

fn near<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    did_you_mean(word, names).map(|near| format!("did you mean `{near}`?"))
}

/// Names of the blocks of all templates.
fn blocks(sources: &Sources) -> BTreeSet<&str> {
    let bases = sources.values().filter(|(_, text)| !text.contains("{% extends"));
    bases.flat_map(|(_, text)| named(text, "block")).collect()
}

/// The tag that is still open at the end of a template, as far as its tags tell: the innermost.
fn unclosed(text: &str) -> Option<Range<usize>> {
    let mut open: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices("{%") {
        let inside = text[start + 2..].split("%}").next().unwrap_or_default();
        let mut words = inside.trim_matches(['-', ' ', '\n']).split_whitespace();
        match words.next().unwrap_or_default() {
            "block" | "if" | "for" | "filter" | "component" => open.push(start..start + inside.len() + 4),
            tag if tag.starts_with("end") => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// What stands behind a tag's name.
fn named<'a>(text: &'a str, tag: &str) -> impl Iterator<Item = &'a str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    tags.filter_map(move |rest| {
        let rest = rest.strip_prefix(tag)?.strip_prefix(' ')?.trim_start();
        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Faults of a template `a.html` beside `base.html` and `part.html`, rendered when it compiles: place, message, help.
    fn faults(text: &str) -> Vec<String> {
        let base = "{% block head %}{% endblock %}\n{% block content %}\n{% endblock %}\n";
        let part = "{% component card(x) %}{{ x }}{% endcomponent %}";
        let texts = [("a.html", text), ("base.html", base), ("part.html", part)];
        let row = |(name, text): (&str, &str)| {
            (name.to_owned(), (SourcePath::new(&format!("templates/{name}")), text.to_owned()))
        };
        let sources: Sources = texts.map(row).into();
        let mut tera = tera::Tera::new();
        let found = match tera.add_raw_templates(texts) {
            Err(error) => of_templates(&error, &sources),
            Ok(()) => {
                let mut context = tera::Context::new();
                context.insert("article", &BTreeMap::from([("title", "T"), ("date", "D")]));
                let page =
                    Page { path: crate::path::SitePath::new("/x/"), kind: crate::model::PageKind::NotFound };
                let error = tera.render("a.html", &context).expect_err("a fault");
                vec![of_page(&error, &sources, &page)]
            }
        };
        let drawn = |fault: &Diagnostic| {
            let place = fault.place.as_ref().unwrap_or_else(|| panic!("{}", fault.message));
            let mark = &place.excerpt[place.mark.clone()];
            let help = fault.help.as_deref().unwrap_or_default();
            format!("{}:{}:{} [{mark}] {} | {help}", place.path, place.line, place.column, fault.message)
        };
        found.iter().map(drawn).collect()
    }

    #[test]
    fn every_fault_has_its_place_and_its_remedy() {
        let check = |body: &str, expect: &[&str]| {
            let found = faults(&format!("{{% extends \"base.html\" %}}\n{{% block content %}}\né {body}\n"));
            assert_eq!(found.len(), expect.len(), "{body}: {found:#?}");
            for (found, expect) in found.iter().zip(expect) {
                assert!(found.starts_with(&format!("templates/a.html:{expect}")), "{body}: {found}");
            }
        };
        let end = "{% endblock %}";
        for (body, expect) in [
            (
                "{{ artcle.title }}",
                "3:6 [artcle] Variable `artcle` is not defined, while rendering `/x/` | did you mean `article`? variables here: ",
            ),
            (
                "{{ article.titel }}",
                "3:14 [titel] Field `titel` is not defined, while rendering `/x/` | did you mean `title`? fields here: date, title",
            ),
            ("{{ article.title | uper }}", "3:22 [uper] Unknown filter `uper` | did you mean `upper`?"),
            (
                "{% if article is defned %}{% endif %}",
                "3:20 [defned] Unknown test `defned` | did you mean `defined`?",
            ),
            ("{{ rnge(end=2) }}", "3:6 [rnge] Unknown function `rnge` | did you mean `range`?"),
            (
                "{{ weather(day=2) }}",
                "3:6 [weather] Unknown function `weather` | functions are: range, super, throw",
            ),
            (
                "{% include \"prt.html\" %}",
                "3:15 [prt.html] Unknown template `prt.html` | did you mean `part.html`?",
            ),
            ("{{ <crd x={1} /> }}", "3:7 [crd] Unknown component `crd` | did you mean `card`?"),
            ("{% inclde \"x\" %}", "3:6 [inclde] Unknown tag | tags are "),
            (
                "{% for x in article.titl %}{{ x }}{% endfor %}",
                "3:15 [article] Iteration not possible on type `undefined`, while rendering `/x/` | is every name",
            ),
        ] {
            check(&format!("{body}{end}"), &[expect]);
        }
        let unclosed = faults(
            "{% block head %}\n{% if article %}{% endif %}\n{% for x in article %}{% if x %}{% endif %}\n",
        );
        assert!(
            unclosed[0].starts_with(
                "templates/a.html:3:1 [{% for x in article %}] Unexpected end of input | what begins here"
            ),
            "{unclosed:?}"
        );
        // All that cannot be found are told at once, in their order.
        let two = format!(
            "{{{{ article.title | uper }}}}\n{{{{ article.title | lwer }}}}{end}\n{{% block heed %}}{end}"
        );
        check(
            &two,
            &[
                "3:22 [uper]",
                "4:20 [lwer]",
                "5:10 [heed] Block `heed` is not defined in any parent template | did you mean `head`?",
            ],
        );
        let other = format!("{end}{{% block weather %}}{end}");
        check(
            &other,
            &[
                "3:26 [weather] Block `weather` is not defined in any parent template | a block takes the place of one of what the template extends, such as: content, head",
            ],
        );
        for (text, expect) in [
            (
                "{% extends \"bse.html\" %}",
                "1:13 [bse.html] the template `a.html` extends `bse.html`, which does not exist | did you mean `base.html`?",
            ),
            (
                "\n{% extends \"a.html\" %}",
                "2:4 [extends] the template `a.html` extends itself | a template extends",
            ),
            ("\n{% include \"a.html\" %}", "2:13 [a.html] the template `a.html` includes itself, by "),
            (
                "\n{% component card(x) %}{% endcomponent %}",
                "1:4 [component card] Component `card` is defined in both `a.html` and `part.html` | give one",
            ),
        ] {
            let found = faults(text);
            assert!(found[0].contains(&format!(".html:{expect}")), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_lists_are_those_of_tera() {
        for (names, template) in [
            (FILTERS, "{{ x | NAME }}"),
            (TESTS, "{% if x is NAME %}{% endif %}"),
            ("range throw", "{{ NAME() }}"),
        ] {
            for name in names.split_whitespace() {
                let text = template.replace("NAME", name);
                let mut tera = tera::Tera::new();
                // Dateline's own.
                tera.register_filter("number", |n: u64, _: tera::Kwargs, _: &tera::State<'_>| n);
                assert!(tera.add_raw_template("a", &text).is_ok(), "{text}");
            }
        }
    }
}
