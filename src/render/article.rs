//! The page of an article.

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::{
    model::{
        Element, EntityKind, Mention, Node, Page, Quote, QuoteKind, Speaker,
        posts::described,
        site::{LinkedMention, Site},
    },
    render::{
        Renderer, body,
        cards::{self, Linked},
        context::{
            Resolver, corrections, date, entity_by, feeds, insert_page, link, minutes, page_view,
            section_link, summary, withdrawn,
        },
        dossier, map, margin,
        passages::{self, Passage},
        pictures::{self, image, share},
        posts, story, structured,
        views::{AlternateView, ArticleView, CastView, LinkView, QuoteView, StoryPart, TocView},
    },
};

/// Headings from which on a table of contents is worth its place.
const TOC: usize = 3;

pub fn article(site: &Site, renderer: &Renderer, page: &Page, index: u32, context: &mut Context) -> String {
    let entry = &site.articles[index as usize];
    let article = &entry.article;
    let mut view = page_view(site, page, "article", &article.title, &summary(article));
    let article_view = view_of(site, renderer, index);
    view.og_type = "article";
    view.lang.clone_from(&article_view.lang);
    if let Some(original) = crate::model::listed::original(site, entry) {
        original.clone_into(&mut view.canonical);
    }
    view.alternates = alternates(site, index, &article_view.lang);
    view.published = Some(article_view.date.iso.clone());
    view.modified = article_view.updated.as_ref().map(|d| d.iso.clone());
    view.image = share(site, &entry.path, article_view.image.as_ref(), &article.title);
    if let Some(section) = entry.section {
        let section = &site.sections[section as usize];
        view.breadcrumbs.push(link(site, &section.value.title, &section.path, 0));
        if site.config.feeds.sections {
            view.feeds.extend(feeds(site, &section.path, &section.value.title));
        }
    }
    view.breadcrumbs.extend(article_view.edition.clone());
    view.json_ld = structured::article(site, entry, &view, &article_view);
    context.insert("article", &article_view);
    let items = |indices: &[u32]| {
        Value::from(indices.iter().map(|i| renderer.items[*i as usize].clone()).collect::<Vec<_>>())
    };
    context.insert_value("related", items(&renderer.related[index as usize]));
    let near = |i: Option<u32>| i.map_or(Value::none(), |i| renderer.items[i as usize].clone());
    let (earlier, later) = story_neighbours(site, index);
    context.insert_value("earlier", near(earlier));
    context.insert_value("later", near(later));
    insert_page(site, context, view);
    let section_template = entry.section.and_then(|s| site.sections[s as usize].value.page_template.clone());
    article.template.clone().or(section_template).unwrap_or_else(|| "article.html".to_owned())
}

/// The article in all its languages, its own first; empty where it has one only.
fn alternates(site: &Site, index: u32, own: &str) -> Vec<AlternateView> {
    let entry = &site.articles[index as usize];
    if entry.translations.is_empty() {
        return Vec::new();
    }
    let of = |lang: &str, path| AlternateView { lang: lang.to_owned(), absolute: site.urls.absolute(path) };
    let others = entry.translations.iter().map(|i| {
        let other = &site.articles[*i as usize];
        let lang = other.article.lang.as_deref().or(other.annotation.language.as_deref());
        of(lang.unwrap_or(&site.config.language), &other.path)
    });
    std::iter::once(of(own, &entry.path)).chain(others).collect()
}

/// The pieces before and after in the article's story.
fn story_neighbours(site: &Site, index: u32) -> (Option<u32>, Option<u32>) {
    let Some(story) = site.articles[index as usize].story else { return (None, None) };
    let articles = &site.stories[story as usize].articles;
    let Some(at) = articles.iter().position(|a| *a == index) else { return (None, None) };
    (at.checked_sub(1).map(|i| articles[i]), articles.get(at + 1).copied())
}

/// What the body of an article has on its own page alone.
struct Own<'a> {
    /// One for each link, in the order of the text.
    links: &'a [Linked],
    /// The card of an entity that is linked.
    card_of: &'a FxHashMap<u32, u32>,
    passages: &'a [Passage],
}

/// The body of an article as HTML, with its links, as readers of feeds get it.
pub fn body_html(site: &Site, renderer: &Renderer, index: u32) -> String {
    body_with(site, renderer, index, None)
}

/// On its own page (`own`) the links open cards, later mentions can be marked, days and notes stand in the margin, and other
/// pages lead to paragraphs and passages.
fn body_with(site: &Site, renderer: &Renderer, index: u32, own: Option<&Own<'_>>) -> String {
    let entry = &site.articles[index as usize];
    let mut links = own.map_or(&[][..], |own| own.links).iter();
    let anchor = |m: &LinkedMention| {
        let entity = &site.entities[m.entity as usize];
        let later = own.and_then(|own| own.card_of.get(&m.entity)).filter(|_| !m.linked);
        (m.linked || later.is_some()).then(|| body::Anchor {
            span: entry.annotation.mentions[m.mention as usize].span,
            href: m.linked.then(|| site.urls.link(&entity.path)),
            class: entity.entity.kind.as_str(),
            card: match later {
                Some(card) => Some(Linked { card: *card, why: None }),
                None => links.next().cloned(),
            },
        })
    };
    let anchors: Vec<body::Anchor> = entry.mentions.iter().filter_map(anchor).collect();
    let days = own.map(|_| margin::days(&renderer.words, entry));
    let resolver = Resolver {
        site,
        // In feeds nothing is resolved against this site, and the picture itself serves.
        pictures: if own.is_some() { &renderer.pictures } else { &pictures::NONE },
        sources: &renderer.sources,
        page: &entry.path,
        source: &entry.article.path,
    };
    let alert = |class: &str| renderer.words.get(class).to_owned();
    let labels = body::Labels { alert: &alert, footnotes: renderer.words.get("footnotes") };
    let passages = own.map_or(&[][..], |own| own.passages);
    let marks =
        body::Marks { anchors: &anchors, passages, paragraphs: own.is_some(), margin: days.as_deref() };
    body::html(&entry.article.prose, marks, &resolver, &labels, site.config.highlight)
}

fn view_of(site: &Site, renderer: &Renderer, index: u32) -> ArticleView {
    let entry = &site.articles[index as usize];
    let article = &entry.article;
    let words = &renderer.words;
    let lang = article.lang.clone().or_else(|| entry.annotation.language.clone());
    let lang = lang.unwrap_or_else(|| site.config.language.clone());
    let (versions, changes) = story::versions(site, renderer, index);
    let (cards, links) = cards::cards(site, renderer, index);
    let points = passages::key_points(entry);
    let passages = passages::passages(&points);
    let card_of: FxHashMap<u32, u32> = entry
        .mentions
        .iter()
        .filter(|m| m.linked)
        .zip(&links)
        .map(|(mention, linked)| (mention.entity, linked.card))
        .collect();
    let own = Own { links: &links, card_of: &card_of, passages: &passages };
    let mut cast: [Vec<CastView>; 4] = Default::default();
    for salient in entry.entities.iter() {
        let entity = entity_by(site, salient.entity);
        let of = &site.entities[salient.entity as usize];
        let role = posts::in_article(site, renderer, index, salient.entity);
        let group = match of.entity.kind {
            EntityKind::Person => 0,
            EntityKind::Organization => 1,
            EntityKind::Place => 2,
            EntityKind::Event | EntityKind::Work | EntityKind::Law => 3,
        };
        let described = if described(site, of) { entity.description.clone() } else { String::new() };
        let role = role.unwrap_or(described);
        let card = card_of.get(&salient.entity).copied().unwrap_or(0);
        cast[group].push(CastView { entity, role, mentions: salient.count, card });
    }
    let [people, organizations, places, others] = cast;
    ArticleView {
        title: article.title.clone(),
        url: site.urls.link(&entry.path),
        html: body_with(site, renderer, index, Some(&own)),
        later: entry.mentions.iter().filter(|m| !m.linked && card_of.contains_key(&m.entity)).count(),
        summary: article.summary.clone().unwrap_or_default(),
        key_points: points
            .into_iter()
            .take(article.key_points.len())
            .map(|(title, passage)| LinkView {
                title,
                url: passage.map(|p| format!("#{}", p.id)).unwrap_or_default(),
                count: 0,
            })
            .collect(),
        cards,
        map: map::map(site, &renderer.outlines, entry.entities.iter().map(|s| (s.entity, s.count))),
        date: article.date.map(|d| date(site, words, d)).unwrap_or_default(),
        updated: article.updated.map(|d| date(site, words, d)),
        dateline: article.dateline.clone().unwrap_or_default(),
        dir: direction(&lang),
        lang,
        authors: entry
            .authors
            .iter()
            .map(|a| {
                let author = &site.authors[*a as usize];
                link(site, &author.value.name, &author.path, author.articles.len())
            })
            .collect(),
        section: section_link(site, entry),
        source: entry.source.map(|s| {
            let source = &site.sources[s as usize];
            link(site, &source.value.name, &source.path, source.articles.len())
        }),
        source_url: article.source_url.clone(),
        withheld: entry.withheld,
        topics: entry
            .topics
            .iter()
            .map(|t| {
                let topic = &site.topics[*t as usize];
                link(site, &topic.topic.label, &topic.path, topic.articles.len())
            })
            .collect(),
        edition: entry.edition.map(|e| {
            let edition = &site.editions[e as usize];
            link(site, &words.long(edition.day), &edition.path, edition.articles.len())
        }),
        corrections: corrections(site, renderer, article),
        withdrawn: withdrawn(article),
        image: article.image.as_ref().map(|i| image(site, renderer, &entry.path, i)),
        toc: if site.config.toc { toc(&article.prose) } else { Vec::new() },
        people,
        organizations,
        places,
        others,
        quotes: quotes(site, renderer, index),
        story: entry.story.and_then(|s| {
            let story = &site.stories[s as usize];
            let part = story.articles.iter().position(|a| *a == index)? + 1;
            Some(StoryPart {
                title: story.story.title.clone(),
                url: site.urls.link(&story.path),
                part,
                parts: story.articles.len(),
            })
        }),
        versions,
        changes,
        words: entry.words,
        minutes: minutes(entry.words),
        extra: article.extra.clone(),
    }
}

/// Scripts written from right to left, by primary language subtag.
pub fn direction(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or("");
    if ["ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"].contains(&primary) {
        "rtl"
    } else {
        "ltr"
    }
}

fn toc(prose: &crate::model::Prose) -> Vec<TocView> {
    let mut toc = Vec::new();
    for (i, node) in prose.nodes.iter().enumerate() {
        if let Node::Open(Element::Heading { level, id }) = node {
            let title = prose.nodes[i + 1..]
                .iter()
                .take_while(|n| !matches!(n, Node::Close(Element::Heading { .. })))
                .filter_map(|n| match n {
                    Node::Text(span) | Node::Code(span) => Some(prose.slice(*span)),
                    _ => None,
                })
                .collect();
            toc.push(TocView { level: *level, id: id.to_string(), title });
        }
    }
    if toc.len() < TOC { Vec::new() } else { toc }
}

fn quotes(site: &Site, renderer: &Renderer, index: u32) -> Vec<QuoteView> {
    let entry = &site.articles[index as usize];
    let threshold = site.config.annotate.threshold;
    entry
        .annotation
        .quotes
        .iter()
        .filter(|q| {
            q.confidence >= threshold && q.speaker != Speaker::Unknown && q.kind != QuoteKind::Indirect
        })
        .map(|q| quote_view(site, renderer, index, q))
        .collect()
}

/// A quotation with its speaker and its article.
pub fn quote_view(site: &Site, renderer: &Renderer, index: u32, quote: &Quote) -> QuoteView {
    let entry = &site.articles[index as usize];
    let prose = &entry.article.prose;
    let (speaker, described) = match &quote.speaker {
        Speaker::Entity { id, span } => {
            let found = entry
                .mentions
                .iter()
                .find(|m| entry.annotation.mentions[m.mention as usize].entity.as_ref() == Some(id));
            match found {
                Some(mention) => (Some(entity_by(site, mention.entity)), String::new()),
                // A name that is only proposed has no page.
                None => (None, prose.slice(*span).trim().to_owned()),
            }
        }
        Speaker::Described { span } => (None, prose.slice(*span).trim().to_owned()),
        Speaker::Unknown => (None, String::new()),
    };
    QuoteView {
        text: prose.slice(quote.span).trim().to_owned(),
        speaker,
        described,
        article: LinkView {
            title: entry.article.title.clone(),
            url: dossier::passage_url(site, entry, quote.span.start),
            count: 0,
        },
        date: entry.article.date.map(|d| date(site, &renderer.words, d)).unwrap_or_default(),
    }
}

/// The sentence of an article that first mentions an entity, the name marked.
pub fn mention_sentence(site: &Site, index: u32, entity: u32) -> String {
    let entry = &site.articles[index as usize];
    let first = entry.mentions.iter().find(|m| m.entity == entity);
    let Some(mention): Option<&Mention> = first.map(|m| &entry.annotation.mentions[m.mention as usize])
    else {
        return String::new();
    };
    crate::render::context::marked(&entry.article.prose, mention.sentence, mention.span)
}
