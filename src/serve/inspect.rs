//! What an editor may look up behind the pages, in the preview only: why each name is marked as it is, and how the
//! site stands.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    disk::read,
    model::{
        Page, PageKind,
        site::{Entry, HeldWhy, Site},
    },
    report::annotation::table::{evidence, status},
    serve::{
        shared::State,
        view::{Found, View},
    },
};

/// Every mention of the article at `path` in text order, with what was decided and why; `null` for other pages.
/// `before` is the text in front of it in its sentence, by which it is found on the page.
pub fn mentions(view: &View, path: &str, root: &Path) -> Value {
    let Found::Page(Page { kind: PageKind::Article(article), .. }) = view.find(path) else {
        return Value::Null;
    };
    let site = &view.built.site;
    let Some(entry) = site.articles.get(*article as usize) else { return Value::Null };
    // The source may have changed since, or gone; then only the file is named.
    let source = read::optional(&root.join(entry.article.path.as_str())).ok().flatten().unwrap_or_default();
    let rows: Vec<Value> =
        (0..).zip(&entry.annotation.mentions).map(|(i, _)| row(site, entry, i, &source)).collect();
    json!({ "path": entry.article.path.as_str(), "mentions": rows })
}

fn row(site: &Site, entry: &Entry, index: u32, source: &[u8]) -> Value {
    let prose = &entry.article.prose;
    let mention = &entry.annotation.mentions[index as usize];
    let linked = entry.mentions.iter().find(|linked| linked.mention == index);
    let entity = linked.and_then(|linked| site.entities.get(linked.entity as usize));
    let sentence = crate::model::Span::new(
        mention.sentence.range().start.min(mention.span.range().start),
        mention.span.range().start,
    );
    let offset = prose.source_offset(mention.span.start);
    let line = source.get(..offset).map(|before| before.iter().filter(|byte| **byte == b'\n').count() + 1);
    json!({
        "text": prose.slice(mention.span),
        "before": prose.slice(sentence),
        "kind": mention.kind.as_str(),
        "entity": entity.map(|entity| entity.entity.name.as_str()).or(mention.entity.as_ref().map(|id| id.as_str())),
        "url": entity.map(|entity| site.urls.link(&entity.path)),
        "confidence": mention.confidence,
        "status": status(mention.status),
        "linked": linked.is_some_and(|linked| linked.linked),
        "evidence": evidence(mention, prose),
        "candidates": mention.candidates.iter().map(|c| c.entity.as_str()).collect::<Vec<_>>(),
        "line": line,
    })
}

/// How the site stands, as a page of its own: faults, what is held back and until when, what the last rebuild took,
/// all pages.
pub fn overview(state: &State) -> String {
    let mut html = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Dateline preview</title>\n\
         <style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}\
         table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}\
         pre{overflow:auto}</style>\n<body>\n<h1>Preview</h1>\n",
    );
    html.push_str(&format!("<h2>Faults</h2>\n{}", faults(state)));
    if let Some(view) = &state.view {
        let site = &view.built.site;
        html.push_str(&format!("<h2>Held back</h2>\n{}", held(site)));
        let laps = view
            .built
            .timings
            .iter()
            .map(|(name, time)| [(*name).to_owned(), format!("{:.1} ms", time.as_secs_f64() * 1000.0)]);
        let annotated = ["articles annotated anew".to_owned(), view.built.annotated.len().to_string()];
        html.push_str(&format!("<h2>Last rebuild</h2>\n{}", rows(laps.chain([annotated]))));
        html.push_str(&format!("<h2>{} pages</h2>\n<ul>\n", site.pages.len()));
        for page in &site.pages {
            let link = escape(&site.urls.link(&page.path));
            html.push_str(&format!("<li><a href=\"{link}\">{}</a></li>\n", escape(page.path.as_str())));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn faults(state: &State) -> String {
    if state.faults.is_empty() {
        return "<p>None.</p>\n".to_owned();
    }
    let all: Vec<String> = state.faults.iter().map(crate::serve::live::drawing).collect();
    format!("<pre>{}</pre>\n", escape(&all.concat()))
}

fn held(site: &Site) -> String {
    let time =
        |time: jiff::Timestamp| time.to_zoned(site.tz.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    let table: Vec<[String; 3]> = site
        .held
        .iter()
        .map(|held| {
            let why = match held.why {
                HeldWhy::Draft => "draft".to_owned(),
                HeldWhy::Future(at) => format!("comes out {}", time(at)),
                HeldWhy::Expired(at) => format!("expired {}", time(at)),
            };
            [why, held.article.title.clone(), held.article.path.to_string()]
        })
        .collect();
    if table.is_empty() { "<p>Nothing.</p>\n".to_owned() } else { rows(table.into_iter()) }
}

fn rows<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let row = |cells: [String; N]| {
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    format!("<table>\n{}</table>\n", rows.map(row).collect::<String>())
}

/// Text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
