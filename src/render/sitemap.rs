//! Sitemaps (sitemaps.org, protocol 0.9) and robots.txt (RFC 9309).

use std::fmt::Write;

use crate::{
    model::{
        Moment, Origin, PageKind,
        page::{SITEMAP, in_sitemap},
        site::Site,
    },
    path::SitePath,
    render::body::escape,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One part, of at most [`SITEMAP`] addresses. `lastmod` is the date of the content, never that of the build.
pub fn sitemap(site: &Site, part: u32) -> String {
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    let listed = site.pages.iter().filter(|page| in_sitemap(&page.kind) && !hidden(site, &page.kind));
    for page in listed.skip(part as usize * SITEMAP).take(SITEMAP) {
        out.push_str("<url><loc>");
        escape(&site.urls.absolute(&page.path), &mut out);
        out.push_str("</loc>");
        if let Some(modified) = modified(site, &page.kind) {
            let _ = write!(out, "<lastmod>{}</lastmod>", w3c(modified));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn w3c(moment: Moment) -> String {
    moment.time.map_or_else(|| moment.day.to_string(), |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn hidden(site: &Site, kind: &PageKind) -> bool {
    matches!(kind, PageKind::Entity { entity, .. } if site.entities[*entity as usize].entity.origin == Origin::Provisional)
}

/// When the content of a page last changed, as far as its articles tell.
fn modified(site: &Site, kind: &PageKind) -> Option<Moment> {
    let article = |i: u32| {
        let article = &site.articles[i as usize].article;
        article.corrections.iter().map(|c| c.date).chain(article.updated).chain(article.date).max()
    };
    match kind {
        PageKind::Article(i) => article(*i),
        PageKind::Edition(i) => site.editions[*i as usize].articles.iter().filter_map(|a| article(*a)).max(),
        PageKind::Entity { entity, number: 0 } => {
            site.entities[*entity as usize].articles.first().and_then(|a| article(a.article))
        }
        PageKind::Topic { topic, number: 0 } => {
            site.topics[*topic as usize].articles.first().and_then(|a| article(*a))
        }
        PageKind::Section { section, number: 0 } => {
            site.sections[*section as usize].articles.first().and_then(|a| article(*a))
        }
        PageKind::Story { story, .. } => {
            site.stories[*story as usize].articles.last().and_then(|a| article(*a))
        }
        PageKind::Home => (!site.articles.is_empty()).then(|| article(0)).flatten(),
        _ => None,
    }
}

/// The index of the parts.
pub fn index(site: &Site) -> String {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for page in &site.pages {
        if let PageKind::Sitemap(_) = page.kind {
            out.push_str("<sitemap><loc>");
            escape(&site.urls.absolute(&page.path), &mut out);
            out.push_str("</loc></sitemap>\n");
        }
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// The site's rules, and where the sitemap stands.
pub fn robots(site: &Site) -> String {
    let rules = site.config.robots.trim_end();
    format!("{rules}\n\nSitemap: {}\n", site.urls.absolute(&SitePath::new("/sitemap.xml")))
}
