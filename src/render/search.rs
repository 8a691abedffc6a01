//! The search page: a form, its words for the script, and the indexes for those without one.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::{
    model::{Page, site::Site},
    path::SitePath,
    render::{
        Renderer,
        context::{insert_page, page_view},
    },
};

/// Words that the script shows, by the name that it has for them.
const WORDS: [(&str, &str); 29] = [
    ("all", "search_all"),
    ("article", "search_articles"),
    ("clear", "search_clear"),
    ("entity", "entities"),
    ("event", "events"),
    ("failed", "search_failed"),
    ("filters", "search_filters"),
    ("kind", "search_kind"),
    ("law", "laws"),
    ("more", "search_more"),
    ("none", "search_none"),
    ("one", "search_one"),
    ("organization", "organizations"),
    ("page", "pages"),
    ("person", "people"),
    ("place", "places"),
    ("remove", "search_remove"),
    ("results", "search_results"),
    ("searching", "search_searching"),
    ("section", "section"),
    ("source", "source"),
    ("story", "stories"),
    ("topic", "topic"),
    ("topics", "topics"),
    ("work", "works"),
    ("year", "year"),
    ("order", "search_order"),
    ("relevance", "search_by_relevance"),
    ("date", "search_by_date"),
];

/// `search`, on the search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Address of the script of this page.
    pub script: String,
    /// Folder of the index.
    pub index: String,
    /// Words that the script shows, as JSON.
    pub words: String,
}

pub fn page(site: &Site, renderer: &Renderer, page: &Page, context: &mut Context) -> String {
    let mut words: BTreeMap<&str, serde_json::Value> =
        WORDS.iter().map(|(name, key)| (*name, renderer.words.get(key).into())).collect();
    words.insert("date_short", renderer.words.date_short.as_str().into());
    words.insert("months", renderer.words.months_short.clone().into());
    let view = SearchView {
        script: site.urls.link(&SitePath::new("/search/search.js")),
        index: site.urls.link(&SitePath::new("/search/index/")),
        words: serde_json::to_string(&words).unwrap_or_default(),
    };
    context.insert("search", &view);
    insert_page(site, context, page_view(site, page, "search", renderer.words.get("search"), ""));
    "search.html".to_owned()
}
