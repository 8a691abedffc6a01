//! The index of quotations, and a page for each speaker.

use tera::Context;

use crate::{
    model::{
        Page,
        page::shown,
        posts::standing,
        site::{EntityEntry, Site},
    },
    path::SitePath,
    render::{
        Renderer, article,
        context::{entity_link, insert_page, page_view, pager},
        listing::{crumb, kind_crumb, numbered_title},
        views::{EntityLink, dossier::SpeakerView},
    },
};

/// The address of a speaker's quotations.
pub fn path(entry: &EntityEntry) -> SitePath {
    crate::model::page::quotes_path(&entry.entity.id)
}

pub fn index(site: &Site, renderer: &Renderer, page: &Page, context: &mut Context) -> String {
    let mut speakers: Vec<&EntityEntry> = site.entities.iter().filter(|e| !e.quotes.is_empty()).collect();
    // Entities stand in the order of their names, which the stable sort keeps among equals.
    speakers.sort_by_key(|e| std::cmp::Reverse(e.quotes.len()));
    let views: Vec<SpeakerView> = speakers
        .into_iter()
        .map(|e| {
            let (a, q) = e.quotes[0];
            let quote = &site.articles[a as usize].annotation.quotes[q as usize];
            SpeakerView {
                link: EntityLink { count: e.articles.len(), ..entity_link(site, e) },
                quotes_url: site.urls.link(&path(e)),
                quotes: e.quotes.len(),
                latest: article::quote_view(site, renderer, a, quote).text,
            }
        })
        .collect();
    context.insert("speakers", &views);
    insert_page(site, context, page_view(site, page, "quotes", renderer.words.get("quotes"), ""));
    "quotes.html".to_owned()
}

pub fn speaker(
    site: &Site,
    renderer: &Renderer,
    page: &Page,
    index: u32,
    number: u32,
    context: &mut Context,
) -> String {
    let entry = &site.entities[index as usize];
    let by = site.config.paginate_by;
    let range = shown(entry.quotes.len(), by, number);
    let quotes: Vec<_> = entry.quotes[range]
        .iter()
        .map(|(a, q)| {
            let quote = &site.articles[*a as usize].annotation.quotes[*q as usize];
            article::quote_view(site, renderer, *a, quote)
        })
        .collect();
    context.insert("quotes", &quotes);
    context.insert("total", &entry.quotes.len());
    context.insert("entity", &entity_link(site, entry));
    context.insert("pager", &pager(site, &path(entry), entry.quotes.len(), by, number));
    let title = format!("{}: {}", renderer.words.get("quotes"), entry.entity.name);
    let title = numbered_title(renderer, &title, number);
    let mut view = page_view(site, page, "speaker", &title, &standing(site, entry));
    view.breadcrumbs =
        vec![crumb(site, renderer, "quotes", "/quotes/"), kind_crumb(site, renderer, entry.entity.kind)];
    insert_page(site, context, view);
    "speaker.html".to_owned()
}
