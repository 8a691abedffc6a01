//! The site and its theme → what every template sees as `site` and `t`.

use std::collections::BTreeMap;

use tera::Value;

use crate::{
    i18n::Words,
    model::{PageKind, Published, page::plural, site::Site},
    path::SitePath,
    render::{
        context::link,
        pictures::{self, Shown},
        views::{AssetView, LinkView, SiteView},
    },
    theme::Theme,
};

/// What every template sees as `site` and `t`.
pub fn globals(
    site: &Site,
    theme: &Theme,
    assets: &BTreeMap<String, Published>,
    pictures: &Shown,
    words: &Words,
) -> [(&'static str, Value); 2] {
    let view = site_view(site, theme, assets, pictures, words);
    let text: BTreeMap<&str, &str> = words.text.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    [("site", Value::from_serializable(&view)), ("t", Value::from_serializable(&text))]
}

fn site_view(
    site: &Site,
    theme: &Theme,
    assets: &BTreeMap<String, Published>,
    pictures: &Shown,
    words: &Words,
) -> SiteView {
    let config = &site.config;
    let url = |path: &str| site.urls.link(&SitePath::new(path));
    let index = |name: &str| (name.to_owned(), url(&format!("/{name}/")));
    let mut indexes: BTreeMap<String, String> = [
        "archive",
        "entities",
        "topics",
        "stories",
        "sections",
        "sources",
        "authors",
        "corrections",
        "quotes",
        "graph",
        "timeline",
    ]
    .map(index)
    .into();
    for page in site.pages.iter() {
        if page.kind == PageKind::Search {
            indexes.insert("search".to_owned(), site.urls.link(&page.path));
        }
        if page.kind == PageKind::Opml {
            indexes.insert("feeds".to_owned(), site.urls.link(&page.path));
        }
        if let PageKind::KindIndex(kind) = page.kind {
            indexes.insert(plural(kind).to_owned(), site.urls.link(&page.path));
        }
    }
    let mut settings = theme.manifest.settings.clone();
    settings.extend(config.theme_settings.clone());
    let asset = |name: &String| {
        let file = assets.get(name)?;
        Some(AssetView { url: site.urls.link(&file.path), integrity: file.integrity.clone() })
    };
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        url: url("/"),
        absolute: site.urls.absolute(&SitePath::new("/")),
        language: config.language.clone(),
        direction: crate::render::article::direction(&config.language).to_owned(),
        publisher: if config.publisher.is_empty() { config.title.clone() } else { config.publisher.clone() },
        author: config.author.clone(),
        copyright: config.copyright.clone(),
        menu: config
            .menu
            .iter()
            .map(|item| LinkView {
                title: item.title.clone(),
                url: if item.url.starts_with('/') { url(&item.url) } else { item.url.clone() },
                count: 0,
            })
            .collect(),
        indexes,
        sections: site
            .sections
            .iter()
            .filter(|s| !s.articles.is_empty())
            .map(|s| link(site, &s.value.title, &s.path, s.articles.len()))
            .collect(),
        stylesheets: theme.manifest.stylesheets.iter().filter_map(asset).collect(),
        scripts: theme.manifest.scripts.iter().filter_map(asset).collect(),
        digests: assets
            .iter()
            .filter_map(|(name, file)| Some((name.clone(), file.integrity.clone()?)))
            .collect(),
        assets: assets.iter().map(|(name, file)| (name.clone(), site.urls.link(&file.path))).collect(),
        settings,
        extra: config.extra.clone(),
        favicon: ["favicon.svg", "favicon.ico", "favicon.png"]
            .iter()
            .find_map(|name| assets.get(*name))
            .map(|file| site.urls.link(&file.path)),
        image: pictures::of_site(site, pictures),
        generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
        topics_credit: crate::knowledge::topics::CREDIT.to_owned(),
        articles: site.articles.len(),
        weekdays: words.weekdays.clone(),
        weekdays_short: words.weekdays_short.clone(),
        months_short: words.months_short.clone(),
    }
}
