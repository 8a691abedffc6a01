//! The site and one page → bytes. Every byte of output is made here, from views and templates.
//!
//! Three kinds of room: pages for people (`article`, `listing`, `indexes`, `corrections`, `search`: a view, then a
//! template), documents for programs that follow the site (`feed`, `sitemap`, `structured`), and exports, which other
//! formats of the same content will be (PDF, EPUB, mail, ninjs, SQLite). An export is a file of its own here that takes
//! the [`Site`] and gives bytes, a kind of page in `model::page`, and one arm in [`render`]; what the terms of a source
//! withhold is not in the site any more, so an export cannot give it away.
//!
//! [`Renderer`] holds what all pages share: the compiled templates, the words, and one value per article, entity
//! and topic, which lists borrow instead of making it anew: the work of a list page is in proportion to what it shows.

pub mod article;
pub mod body;
mod cards;
mod context;
pub mod corrections;
mod dossier;
mod edition;
mod entity;
mod evidence;
mod fault;
mod feed;
mod globals;
mod graph;
pub mod highlight;
mod indexes;
mod lazy;
mod listing;
mod map;
mod margin;
#[cfg(feature = "og")]
pub mod og;
mod passages;
mod pictures;
mod posts;
mod quotes;
pub mod search;
mod sitemap;
mod story;
mod structured;
mod timeline;
pub mod views;

use std::{collections::BTreeMap, sync::Arc};

use tera::{Context, Tera, Value};

use crate::{
    diagnostic::Diagnostic,
    i18n::Words,
    model::{Page, PageKind, Pictures, Published, kinship, site::Site},
    path::SitePath,
    render::{
        fault::Sources,
        lazy::{Lazy, Values},
    },
    theme::Theme,
};

/// What all pages share. Made once for a site and a theme.
pub struct Renderer {
    templates: Arc<Templates>,
    words: Arc<Words>,
    /// `site` and `t` of every template.
    globals: [(&'static str, Value); 2],
    /// By index of article, entity, topic.
    items: Values,
    entities: Values,
    topics: Values,
    /// What the cards of an entity have in common.
    cards: Values,
    /// Drawn when the first page asks for them.
    outlines: map::Outlines,
    /// What is akin to articles, entities and topics, by their indices.
    related: Lazy<Vec<u32>>,
    neighbours: Lazy<Vec<(u32, u32)>>,
    of_topics: Lazy<Vec<(u32, u32)>>,
    pictures: pictures::Shown,
    #[cfg(feature = "og")]
    og: crate::theme::Colours,
    /// Source files of articles and pages by path, for links from one source to another.
    sources: lazy::Sources,
    countries: lazy::Countries,
    told: timeline::Timeline,
    /// What articles say that somebody is.
    stated: Lazy<Vec<(u32, String)>>,
}

/// The templates of a theme, compiled for a language.
pub struct Templates {
    tera: Tera,
    words: Arc<Words>,
    /// Source text of templates by registered name, for messages.
    sources: Sources,
    theme: Arc<Theme>,
    language: String,
}

/// Compiles the templates, unless `old` are of the same theme and language.
///
/// # Errors
/// The faults of the templates, with their places; at least one.
pub fn templates(
    theme: &Arc<Theme>,
    language: &str,
    old: Option<Arc<Templates>>,
) -> Result<Arc<Templates>, Vec<Diagnostic>> {
    let same = |old: &Arc<Templates>| Arc::ptr_eq(&old.theme, theme) && old.language == language;
    if let Some(old) = old.filter(same) {
        return Ok(old);
    }
    let words = Arc::new(crate::i18n::words_with(language, &theme.words));
    let (tera, sources) = compiled(theme, &words)?;
    Ok(Arc::new(Templates { tera, words, sources, theme: theme.clone(), language: language.to_owned() }))
}

/// Makes what all pages share.
///
/// `assets` are addresses inside the site by name of the theme's file, fingerprinted or not.
pub fn renderer(
    site: &Arc<Site>,
    theme: &Theme,
    assets: &BTreeMap<String, Published>,
    pictures: Pictures,
    templates: Arc<Templates>,
) -> Renderer {
    let words = templates.words.clone();
    let (items, entities, topics) = context::shared(site, &words);
    let shown = pictures::Shown { pictures, sizes: theme.manifest.image_sizes.clone() };
    let (of_related, of_neighbours, of_topics) = (site.clone(), site.clone(), site.clone());
    Renderer {
        cards: cards::shared(site, &words),
        outlines: map::Outlines::default(),
        globals: globals::globals(site, theme, assets, &shown, &words),
        pictures: shown,
        #[cfg(feature = "og")]
        og: og::colours(site, theme),
        templates,
        words,
        items,
        entities,
        topics,
        related: Lazy::new(site.articles.len(), move |i| kinship::related(&of_related, i as u32)),
        neighbours: Lazy::new(site.entities.len(), move |i| kinship::neighbours(&of_neighbours, i as u32)),
        of_topics: Lazy::new(site.topics.len(), move |i| kinship::of_topic(&of_topics, i as u32)),
        sources: lazy::Sources::new(site.clone()),
        countries: lazy::Countries::new(site.clone()),
        told: timeline::Timeline::new(site.clone()),
        stated: posts::stated(site),
    }
}

fn compiled(theme: &Theme, words: &Words) -> Result<(Tera, Sources), Vec<Diagnostic>> {
    let mut tera = Tera::new();
    let mut sources = BTreeMap::new();
    let registered = theme.registered();
    let mut texts: Vec<(String, String)> = Vec::new();
    for (name, template) in registered {
        sources.insert(name.clone(), (template.path.clone(), template.text.clone()));
        texts.push((name, template.text.clone()));
    }
    // `theme/x.html` can be extended whether the theme overrides it or not.
    for template in &theme.builtin {
        let name = format!("theme/{}", template.name);
        if !sources.contains_key(&name) {
            texts.push((name, format!("{{% extends \"builtin/{}\" %}}", template.name)));
        }
    }
    tera.set_fallback_prefixes(["theme/", "builtin/"])
        .map_err(|error| fault::of_templates(&error, &sources))?;
    tera.autoescape_on([".html"]);
    let numbers = words.clone();
    tera.register_filter("number", move |n: u64, _: tera::Kwargs, _: &tera::State<'_>| numbers.number(n));
    tera.add_raw_templates(texts).map_err(|error| fault::of_templates(&error, &sources))?;
    Ok((tera, sources))
}

/// Renders one page.
///
/// # Errors
/// The template's fault, with its place and the page.
pub fn render(site: &Site, renderer: &Renderer, page: &Page) -> Result<Vec<u8>, Diagnostic> {
    match &page.kind {
        PageKind::Feed { of, format, archive } => {
            return Ok(feed::feed(site, renderer, *of, *format, *archive, &page.path).into_bytes());
        }
        #[cfg(feature = "og")]
        PageKind::Og(of) => return Ok(og::painted(&og::drawing(site, renderer, *of))),
        PageKind::Opml => return Ok(feed::opml(site, renderer).into_bytes()),
        PageKind::NewsSitemap => return Ok(sitemap::news(site).into_bytes()),
        PageKind::Sitemap(part) => return Ok(sitemap::sitemap(site, *part).into_bytes()),
        PageKind::SitemapIndex => return Ok(sitemap::index(site).into_bytes()),
        PageKind::Robots => return Ok(sitemap::robots(site).into_bytes()),
        _ => {}
    }
    let (template, mut context) = context::page(site, renderer, page);
    for (name, value) in &renderer.globals {
        context.insert_value(*name, value.clone());
    }
    html(renderer, &template, &context, page)
}

/// Renders a page that is none of the site's, in its look: `template` (name and text) sees `values` (name and value)
/// beside what all templates see. `title` is its headline and its description.
///
/// # Errors
/// The fault of the template, or of one that it extends.
pub fn aside<T: serde::Serialize>(
    site: &Site,
    renderer: &Renderer,
    template: (&'static str, &'static str),
    title: (&str, &str),
    values: (&'static str, &T),
) -> Result<Vec<u8>, Diagnostic> {
    let page = Page { path: SitePath::new("/"), kind: PageKind::NotFound };
    let mut view = context::page_view(site, &page, "preview", title.0, title.1);
    view.noindex = true;
    let mut context = Context::new();
    context::insert_page(site, &mut context, view);
    context.insert(values.0, values.1);
    for (name, value) in &renderer.globals {
        context.insert_value(*name, value.clone());
    }
    let sources = &renderer.templates.sources;
    let fault = |error| fault::of_page(&error, sources, &page);
    let mut tera = renderer.templates.tera.clone();
    tera.add_raw_templates([template]).map_err(fault)?;
    let mut out = Vec::new();
    tera.render_to(template.0, &context, &mut out).map_err(fault)?;
    Ok(out)
}

fn html(renderer: &Renderer, template: &str, context: &Context, page: &Page) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::with_capacity(16 * 1024);
    match renderer.templates.tera.render_to(template, context, &mut out) {
        Ok(()) => Ok(out),
        Err(error) => Err(fault::of_page(&error, &renderer.templates.sources, page)),
    }
}
