//! Sitemaps (sitemaps.org, protocol 0.9), Google's news sitemap, and robots.txt (RFC 9309).

use std::fmt::Write;

use crate::{
    model::{
        Moment, PageKind, listed,
        page::shown,
        site::{Entry, Site},
    },
    path::SitePath,
    render::body::escape,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// One part of the list of addresses. `lastmod` is the date of the content, never that of the build.
pub fn sitemap(site: &Site, part: u32) -> String {
    let part = part as usize;
    let from: usize = site.sitemaps[..part].iter().sum();
    let all = whole(site);
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    let pages = site.pages.iter().filter(|page| listed::listed(site, &page.kind));
    for page in pages.skip(from).take(site.sitemaps[part]) {
        out.push_str("<url><loc>");
        escape(&site.urls.absolute(&page.path), &mut out);
        out.push_str("</loc>");
        if let Some(modified) = modified(site, &page.kind, all) {
            let _ = write!(out, "<lastmod>{}</lastmod>", w3c(modified));
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// Articles of the last two days, for Google News.
pub fn news(site: &Site) -> String {
    let mut out = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\" xmlns:news=\"{NEWS}\">\n");
    for index in listed::news(site) {
        let entry = &site.articles[index as usize];
        let lang = entry.article.lang.as_ref().or(entry.annotation.language.as_ref());
        out.push_str("<url><loc>");
        escape(&site.urls.absolute(&entry.path), &mut out);
        out.push_str("</loc><news:news><news:publication><news:name>");
        escape(
            if site.config.publisher.is_empty() { &site.config.title } else { &site.config.publisher },
            &mut out,
        );
        out.push_str("</news:name><news:language>");
        escape(&news_language(lang.unwrap_or(&site.config.language)), &mut out);
        out.push_str("</news:language></news:publication><news:publication_date>");
        out.push_str(&entry.article.date.map(w3c).unwrap_or_default());
        out.push_str("</news:publication_date><news:title>");
        escape(&entry.article.title, &mut out);
        out.push_str("</news:title></news:news></url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// ISO 639 as Google News wants it: the bare language, but for the two forms of Chinese.
fn news_language(lang: &str) -> String {
    let lang = lang.to_ascii_lowercase();
    match lang.as_str() {
        "zh-tw" | "zh-hant" | "zh-hk" => "zh-tw".to_owned(),
        _ if lang.starts_with("zh") => "zh-cn".to_owned(),
        _ => lang.split('-').next().unwrap_or("en").to_owned(),
    }
}

fn w3c(moment: Moment) -> String {
    moment.time.map_or_else(|| moment.day.to_string(), |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// When an article last changed.
fn changed(entry: &Entry) -> Option<Moment> {
    let article = &entry.article;
    article.corrections.iter().map(|c| c.date).chain(article.updated).chain(article.date).max()
}

/// When anything in the site last changed.
fn whole(site: &Site) -> Option<Moment> {
    site.articles.iter().filter_map(changed).max()
}

/// When the content of a page last changed, as far as its articles tell; `all` is that of the whole site.
fn modified(site: &Site, kind: &PageKind, all: Option<Moment>) -> Option<Moment> {
    let article = |i: u32| changed(&site.articles[i as usize]);
    // A front page counts all articles of its subject, a numbered page shows its own and no more.
    let list = |articles: &mut dyn ExactSizeIterator<Item = u32>, by: usize, number: u32| {
        let range = if number == 0 { 0..articles.len() } else { shown(articles.len(), by, number) };
        articles.skip(range.start).take(range.len()).filter_map(article).max()
    };
    let by = site.config.paginate_by;
    match kind {
        PageKind::Article(i) => article(*i),
        PageKind::Edition(i) => {
            let edition = &site.editions[*i as usize];
            let corrected = edition.corrections.iter().map(|_| Moment::day(edition.day));
            edition.articles.iter().filter_map(|a| article(*a)).chain(corrected).max()
        }
        PageKind::Entity { entity, number } => {
            let articles = &site.entities[*entity as usize].articles;
            list(&mut articles.iter().map(|link| link.article), by, *number)
        }
        PageKind::Topic { topic, number } => {
            list(&mut site.topics[*topic as usize].articles.iter().copied(), by, *number)
        }
        PageKind::Section { section, number } => {
            let section = &site.sections[*section as usize];
            let by = section.value.paginate_by.unwrap_or(by);
            list(&mut section.articles.iter().copied(), by, *number)
        }
        PageKind::Source { source, number } => {
            list(&mut site.sources[*source as usize].articles.iter().copied(), by, *number)
        }
        PageKind::Author { author, number } => {
            list(&mut site.authors[*author as usize].articles.iter().copied(), by, *number)
        }
        PageKind::Story { story, .. } => {
            site.stories[*story as usize].articles.iter().filter_map(|a| article(*a)).max()
        }
        PageKind::Month(i) => {
            let editions = site.months[*i as usize].editions.iter();
            let articles = editions.flat_map(|e| &site.editions[*e as usize].articles);
            articles.filter_map(|a| article(*a)).max()
        }
        PageKind::Year(i) => {
            let months = site.years[*i as usize].months.iter();
            months.filter_map(|m| modified(site, &PageKind::Month(*m), all)).max()
        }
        PageKind::Corrections { .. } => site
            .corrections
            .iter()
            .map(|(a, c)| site.articles[*a as usize].article.corrections[*c as usize].date)
            .max(),
        // Words of the editor that have no date.
        PageKind::TextPage(_) => None,
        _ => all,
    }
}

/// The index of the parts.
pub fn index(site: &Site) -> String {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for page in site.pages.iter() {
        if let PageKind::Sitemap(_) | PageKind::NewsSitemap = page.kind {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_the_news_sitemap() {
        let check = |lang: &str, expect: &str| assert_eq!(news_language(lang), expect, "{lang}");
        check("en-GB", "en");
        check("zh", "zh-cn");
        check("zh-Hant", "zh-tw");
        check("ar", "ar");
    }
}
