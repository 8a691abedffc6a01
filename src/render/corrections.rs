//! The log of corrections: what was set right after publication, newest first.

use serde::Serialize;
use tera::{Context, Value};

use crate::{
    model::{CorrectionKind, Page, page::shown, site::Site},
    path::SitePath,
    render::{
        Renderer,
        context::{corrections, feeds, insert_page, link, page_view, pager},
        structured,
        views::{CorrectionView, LinkView},
    },
};

/// An entry of the log.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedCorrection {
    pub correction: CorrectionView,
    /// The article, which shows the notice above its text.
    pub article: LinkView,
    /// Language of the article, where it is not the site's.
    pub lang: String,
}

/// Name of a kind of correction, also the key of its word.
pub fn kind(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Correction => "correction",
        CorrectionKind::Clarification => "clarification",
        CorrectionKind::Update => "update",
        CorrectionKind::Withdrawal => "withdrawal",
    }
}

/// The id of the notice on the article's page: `number` counts from 0.
pub fn anchor(number: u32) -> String {
    format!("correction-{}", number + 1)
}

/// A page of the log.
pub fn page(site: &Site, renderer: &Renderer, page: &Page, number: u32, context: &mut Context) -> String {
    let front = SitePath::new("/corrections/");
    let by = site.config.paginate_by;
    let range = shown(site.corrections.len(), by, number);
    let entries: Vec<LoggedCorrection> = site.corrections[range]
        .iter()
        .filter_map(|(article, number)| {
            let entry = &site.articles[*article as usize];
            Some(LoggedCorrection {
                correction: corrections(site, renderer, &entry.article).into_iter().nth(*number as usize)?,
                // Without an anchor: a site's own template of articles may have none, and the notice stands on top.
                article: link(site, &entry.article.title, &entry.path, 0),
                lang: entry.article.lang.clone().unwrap_or_default(),
            })
        })
        .collect();
    let words = &renderer.words;
    let title = match number {
        0 => words.get("corrections").to_owned(),
        n => format!("{} · {} {n}", words.get("corrections"), words.get("page")),
    };
    let mut view = page_view(site, page, "corrections", &title, words.get("corrections_help"));
    if crate::model::feeds::has_corrections(site) {
        view.feeds.extend(feeds(site, &front, words.get("corrections")));
    }
    let urls: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let mut map = tera::Map::default();
            map.insert("url".into(), Value::from(entry.article.url.as_str()));
            map.insert("title".into(), Value::from(entry.article.title.as_str()));
            Value::from(map)
        })
        .collect();
    view.json_ld = structured::list(site, &view, Some(&Value::from(urls)));
    context.insert("log", &entries);
    context.insert("total", &site.corrections.len());
    context.insert("pager", &pager(site, &front, site.corrections.len(), by, number));
    insert_page(site, context, view);
    "corrections.html".to_owned()
}
