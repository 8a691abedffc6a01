//! What a page's template sees: the views of `render::views`, filled from the site.

use std::{collections::BTreeMap, sync::Arc};

use tera::{Context, Value};

use crate::{
    model::{
        Article, CorrectionKind, Moment, Page, PageKind, Prose, Span,
        listed::noindex,
        page::{FeedFormat, feed_file, feed_formats, list_path, numbered},
        site::{Entry, Site},
    },
    path::{SitePath, SourcePath},
    render::{
        Renderer, article, body, edition, entity, indexes,
        lazy::{self, Values},
        listing,
        pictures::Shown,
        quotes, search, story, structured, timeline,
        views::{CorrectionView, DateView, EntityLink, FeedView, ItemView, LinkView, PageView, PagerView},
    },
};

/// Reading speed, in words a minute.
const WORDS_A_MINUTE: u32 = 230;
/// Length of the beginning of a text that stands in for a standfirst, in characters.
const EXCERPT: usize = 220;

/// Where each source file's page stands.
pub fn sources(site: &Site) -> BTreeMap<SourcePath, SitePath> {
    let articles = site.articles.iter().map(|entry| (entry.article.path.clone(), entry.path.clone()));
    let pages = site.text_pages.iter().map(|(page, path)| (page.path.clone(), path.clone()));
    let entities = site.entities.iter().filter_map(|e| Some((e.entity.path.clone()?, e.path.clone())));
    let sections = site.sections.iter().filter_map(|s| Some((s.value.path.clone()?, s.path.clone())));
    articles.chain(pages).chain(entities).chain(sections).collect()
}

/// The values of articles, entities and topics that pages share.
pub fn shared(site: &Arc<Site>, words: &Arc<crate::i18n::Words>) -> (Values, Values, Values) {
    let (of_items, of_entities, of_topics) = (site.clone(), site.clone(), site.clone());
    let words = words.clone();
    let items = Values::new(site.articles.len(), move |i| {
        Value::from_serializable(&item(&of_items, &words, &of_items.articles[i]))
    });
    let entities = Values::new(site.entities.len(), move |i| {
        Value::from_serializable(&entity_link(&of_entities, &of_entities.entities[i]))
    });
    let topics = Values::new(site.topics.len(), move |i| {
        let entry = &of_topics.topics[i];
        let link = link(&of_topics, &entry.topic.label, &entry.path, entry.articles.len());
        Value::from_serializable(&link)
    });
    (items, entities, topics)
}

/// Template and variables of a page.
pub fn page(site: &Site, renderer: &Renderer, page: &Page) -> (String, Context) {
    let mut context = Context::new();
    let template = match &page.kind {
        PageKind::Home => edition::home(site, renderer, page, &mut context),
        PageKind::Article(i) => article::article(site, renderer, page, *i, &mut context),
        PageKind::Edition(i) => edition::edition(site, renderer, page, *i, &mut context),
        PageKind::Entity { entity, number } => {
            entity::entity(site, renderer, page, *entity, *number, &mut context)
        }
        PageKind::Speaker { entity, number } => {
            quotes::speaker(site, renderer, page, *entity, *number, &mut context)
        }
        PageKind::QuoteIndex => quotes::index(site, renderer, page, &mut context),
        PageKind::Topic { topic, number } => {
            listing::topic(site, renderer, page, *topic, *number, &mut context)
        }
        PageKind::Story { story, .. } => story::story(site, renderer, page, *story, &mut context),
        PageKind::Section { section, number } => {
            listing::section(site, renderer, page, *section, *number, &mut context)
        }
        PageKind::Source { source, number } => {
            listing::source(site, renderer, page, *source, *number, &mut context)
        }
        PageKind::Author { author, number } => {
            listing::author(site, renderer, page, *author, *number, &mut context)
        }
        PageKind::Corrections { number } => {
            crate::render::corrections::page(site, renderer, page, *number, &mut context)
        }
        PageKind::Timeline => timeline::index(site, renderer, page, &mut context),
        PageKind::TimelineYear(year) => timeline::year(site, renderer, page, *year, &mut context),
        PageKind::Search => search::page(site, renderer, page, &mut context),
        PageKind::TextPage(i) => listing::text_page(site, renderer, page, *i, &mut context),
        kind => indexes::index(site, renderer, page, kind, &mut context),
    };
    (template, context)
}

/// Fills `page`, given what differs from page to page.
pub fn page_view(site: &Site, page: &Page, kind: &'static str, title: &str, description: &str) -> PageView {
    PageView {
        kind,
        title: title.to_owned(),
        description: if description.is_empty() {
            site.config.description.clone()
        } else {
            description.to_owned()
        },
        url: site.urls.link(&page.path),
        absolute: site.urls.absolute(&page.path),
        lang: site.config.language.clone(),
        noindex: noindex(site, &page.kind),
        canonical: site.urls.absolute(&page.path),
        alternates: Vec::new(),
        feeds: feeds(site, &SitePath::new("/"), &site.config.title),
        breadcrumbs: Vec::new(),
        json_ld: String::new(),
        og_type: "website",
        image: None,
        published: None,
        modified: None,
    }
}

/// Puts `page` into the context, with its structured data.
pub fn insert_page(site: &Site, context: &mut Context, mut view: PageView) {
    if view.json_ld.is_empty() {
        view.json_ld = structured::web_page(site, &view);
    }
    context.insert("page", &view);
}

/// The feeds at `front`.
pub fn feeds(site: &Site, front: &SitePath, title: &str) -> Vec<FeedView> {
    feed_formats(&site.config.feeds)
        .into_iter()
        .map(|format| {
            let (name, mime) = match format {
                FeedFormat::Atom => ("Atom", "application/atom+xml"),
                FeedFormat::Rss => ("RSS", "application/rss+xml"),
                FeedFormat::Json => ("JSON", "application/feed+json"),
            };
            let url = site.urls.link(&front.join(feed_file(format)));
            FeedView { title: format!("{title} ({name})"), url, mime }
        })
        .collect()
}

pub fn link(site: &Site, title: &str, path: &SitePath, count: usize) -> LinkView {
    LinkView { title: title.to_owned(), url: site.urls.link(path), count }
}

pub fn entity_link(site: &Site, entry: &crate::model::site::EntityEntry) -> EntityLink {
    EntityLink {
        name: entry.entity.name.clone(),
        url: site.urls.link(&entry.path),
        kind: entry.entity.kind.as_str(),
        description: crate::model::posts::standing(site, entry),
        provisional: entry.entity.origin == crate::model::Origin::Provisional,
        count: entry.articles.len(),
    }
}

/// The link of an entity by index.
pub fn entity_by(site: &Site, entity: u32) -> EntityLink {
    entity_link(site, &site.entities[entity as usize])
}

pub fn date(site: &Site, words: &crate::i18n::Words, moment: Moment) -> DateView {
    let (iso, time) = match moment.time {
        Some(time) => {
            let zoned = time.to_zoned(site.tz.clone());
            (zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), zoned.strftime("%H:%M").to_string())
        }
        None => (moment.day.to_string(), String::new()),
    };
    DateView {
        iso,
        long: words.long(moment.day),
        short: words.short(moment.day),
        full: words.full(moment.day),
        time,
        year: moment.day.year(),
    }
}

pub fn minutes(words: u32) -> u32 {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

pub fn item(site: &Site, words: &crate::i18n::Words, entry: &Entry) -> ItemView {
    let article = &entry.article;
    let moment = article.date.unwrap_or(Moment::day(jiff::civil::Date::ZERO));
    ItemView {
        title: article.title.clone(),
        url: site.urls.link(&entry.path),
        date: date(site, words, moment),
        day_url: entry.edition.map_or(String::new(), |e| site.urls.link(&site.editions[e as usize].path)),
        summary: summary(article),
        dateline: article.dateline.clone().unwrap_or_default(),
        section: section_link(site, entry),
        source: entry.source.map(|s| {
            let group = &site.sources[s as usize];
            link(site, &group.value.name, &group.path, group.articles.len())
        }),
        story: entry.story.map(|s| {
            let story = &site.stories[s as usize];
            link(site, &story.story.title, &story.path, story.articles.len())
        }),
        topic: entry.topics.first().map(|t| {
            let topic = &site.topics[*t as usize];
            link(site, &topic.topic.label, &topic.path, topic.articles.len())
        }),
        lang: article.lang.clone().unwrap_or_default(),
        minutes: minutes(entry.words),
        corrected: !article.corrections.is_empty(),
        withdrawn: withdrawn(article),
        carried: carried(site, entry),
    }
}

/// Where else a piece was carried: one link for each outlet of its other versions.
fn carried(site: &Site, entry: &Entry) -> Vec<LinkView> {
    let Some(group) = entry.versions else { return Vec::new() };
    let mut links: Vec<LinkView> = Vec::new();
    for other in site.versions[group as usize].iter().map(|a| &site.articles[*a as usize]) {
        let source = other.source.map(|s| site.sources[s as usize].value.name.as_str());
        let title = source.unwrap_or(&other.article.title);
        if other.path != entry.path && !links.iter().any(|l| l.title == title) {
            links.push(link(site, title, &other.path, 0));
        }
    }
    links
}

pub fn section_link(site: &Site, entry: &Entry) -> Option<LinkView> {
    entry.section.map(|s| {
        let group = &site.sections[s as usize];
        link(site, &group.value.title, &group.path, group.articles.len())
    })
}

pub fn withdrawn(article: &Article) -> bool {
    article.corrections.iter().any(|c| c.kind == CorrectionKind::Withdrawal)
}

/// The standfirst, or the beginning of the first paragraph.
pub fn summary(article: &Article) -> String {
    match &article.summary {
        Some(summary) => summary.clone(),
        None => beginning(&article.prose),
    }
}

/// The first words of a text, cut at a word.
pub fn beginning(prose: &Prose) -> String {
    let block = prose.blocks.iter().find(|b| b.kind == crate::model::BlockKind::Paragraph);
    let text = block.map_or("", |b| prose.slice(b.span));
    if text.chars().count() <= EXCERPT {
        return text.trim().to_owned();
    }
    let end = text.char_indices().nth(EXCERPT).map_or(text.len(), |(i, _)| i);
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', ' ', '—', '–', '-']))
}

/// The first paragraphs of a text, whole, until they have `characters`; and whether more follows.
pub fn opening(prose: &Prose, characters: usize) -> (Vec<String>, bool) {
    let mut blocks = prose.blocks.iter();
    let mut opening = Vec::new();
    let mut length = 0;
    for block in blocks.by_ref() {
        match block.kind {
            crate::model::BlockKind::Paragraph => {}
            // Sub-headlines between paragraphs help over a long text; here they would only break it.
            crate::model::BlockKind::Heading(_) => continue,
            // Tables, lists and code do not stand as plain text.
            _ => return (opening, true),
        }
        let text = prose.slice(block.span).trim().to_owned();
        length += text.len();
        opening.push(text);
        if length >= characters {
            break;
        }
    }
    (opening, blocks.next().is_some())
}

pub fn corrections(site: &Site, renderer: &Renderer, article: &Article) -> Vec<CorrectionView> {
    article
        .corrections
        .iter()
        .map(|c| {
            let kind = crate::render::corrections::kind(c.kind);
            CorrectionView {
                date: date(site, &renderer.words, c.date),
                kind,
                label: renderer.words.get(kind).to_owned(),
                text: c.text.clone(),
            }
        })
        .collect()
}

/// Addresses in the content of one source file.
pub struct Resolver<'a> {
    pub site: &'a Site,
    pub pictures: &'a Shown,
    pub sources: &'a lazy::Sources,
    pub page: &'a SitePath,
    pub source: &'a SourcePath,
}

impl body::Resolve for Resolver<'_> {
    fn link(&self, href: &str) -> String {
        let (path, fragment) = href.find(['#', '?']).map_or((href, ""), |i| href.split_at(i));
        if path.is_empty() || path.contains(':') || path.starts_with("//") {
            return href.to_owned();
        }
        let target = if let Some(from_content) = path.strip_prefix("@/") {
            self.sources.get(&SourcePath::new(&format!("content/{from_content}")))
        } else {
            let source = crate::path::relative(self.source.folder(), path);
            self.sources.get(&SourcePath::new(&source))
        };
        match target {
            Some(target) => format!("{}{fragment}", self.site.urls.link(target)),
            None if path.starts_with('/') => {
                // Encoded once, whether the author has done so or not.
                let path = crate::path::decode(path).unwrap_or_else(|| path.to_owned());
                format!("{}{fragment}", self.site.urls.link(&SitePath::new(&path)))
            }
            None => href.to_owned(),
        }
    }

    fn image(&self, src: &str) -> String {
        if src.contains("://") || src.starts_with("data:") {
            return src.to_owned();
        }
        self.site.urls.link(&self.page.named(src))
    }

    fn picture(&self, src: &str) -> String {
        if src.contains("://") {
            String::new()
        } else {
            self.pictures.attributes(&self.page.named(src), self.site)
        }
    }
}

/// A prose without annotations → HTML: biographies, introductions, pages.
pub fn plain_html(
    site: &Site,
    renderer: &Renderer,
    prose: &Prose,
    page: &SitePath,
    source: Option<&SourcePath>,
) -> String {
    if prose.nodes.is_empty() {
        return String::new();
    }
    let nowhere = SourcePath::new("");
    let source = source.unwrap_or(&nowhere);
    let pictures = &renderer.pictures;
    let resolver = Resolver { site, pictures, sources: &renderer.sources, page, source };
    let alert = |class: &str| renderer.words.get(class).to_owned();
    let labels = body::Labels { alert: &alert, footnotes: renderer.words.get("footnotes") };
    body::html(prose, body::Marks::default(), &resolver, &labels, site.config.highlight)
}

/// A sentence with the part `mark` of it marked, as HTML.
pub fn marked(prose: &Prose, sentence: Span, mark: Span) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    if sentence.contains(mark) {
        body::escape(prose.slice(Span { start: sentence.start, end: mark.start }).trim_start(), &mut out);
        out.push_str("<mark>");
        body::escape(prose.slice(mark), &mut out);
        out.push_str("</mark>");
        body::escape(prose.slice(Span { start: mark.end, end: sentence.end }).trim_end(), &mut out);
    } else {
        body::escape(prose.slice(sentence).trim(), &mut out);
    }
    out
}

/// `pager`, where a list has several pages.
pub fn pager(site: &Site, front: &SitePath, items: usize, by: usize, number: u32) -> PagerView {
    let last = numbered(items, by);
    let url = |number: u32| site.urls.link(&list_path(front, number));
    let older = if number == 0 { last } else { number - 1 };
    PagerView {
        number,
        newer: match number {
            0 => None,
            n if n == last => Some(url(0)),
            n => Some(url(n + 1)),
        },
        older: (older > 0).then(|| url(older)),
        front: url(0),
    }
}
