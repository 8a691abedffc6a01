//! Every page of the output and its address.
//!
//! Lists show the newest first on their front page (number 0). Older items stand on numbered pages, counted from the
//! oldest, which never change once they are full: page 1 holds the oldest `paginate_by` items for good.

mod again;
mod redirects;

use std::{io::Write, sync::Arc};

use rayon::{
    iter::{IntoParallelRefIterator, ParallelIterator},
    slice::ParallelSliceMut,
};
use rustc_hash::FxHashMap;

pub use again::{Lot, again, extent, fixed_pages, lots, pages_of};

use crate::{
    assemble::memory::{Memory, Pages},
    diagnostic::{Diagnostic, Place},
    model::{
        EntityKind, Page, PageKind, dated, feeds,
        listed::{SITEMAP, SITEMAP_BYTES, listed, news},
        page::{FeedFormat, FeedOf, feed_formats, list_path, numbered, plural, quotes_path},
        site::{Content, Site},
    },
    path::{SitePath, SourcePath},
};

/// Fills `site.pages` and `site.sitemaps`: with those of the last run, where all that they follow from is the same.
pub fn pages(site: &mut Site, content: &Content, memory: &mut Memory, faults: &mut Vec<Diagnostic>) {
    site.text_pages = content
        .pages
        .iter()
        .filter(|page| !page.draft)
        .map(|page| (page.clone(), SitePath::new(&format!("/{}/", page.slug))))
        .collect();
    let key = key(site);
    let kept = memory.pages.take().filter(|(of, _)| *of == key);
    let made = kept.map_or_else(|| made(site), |(_, pages)| pages);
    site.pages = made.pages.clone();
    site.sitemaps.clone_from(&made.sitemaps);
    faults.extend(made.faults.iter().cloned());
    memory.pages = Some((key, made));
}

/// A hash of all that the pages follow from, but for the settings and what stands in `content/` beside the articles: with
/// another of these the memory is empty.
fn key(site: &Site) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut text = Vec::new();
    let _ = write!(text, "{} {}", site.corrections.len(), news(site).len());
    let mut part = |parts: &[&str], numbers: &[usize]| {
        for part in parts {
            text.extend_from_slice(&(part.len() as u64).to_le_bytes());
            text.extend_from_slice(part.as_bytes());
        }
        for number in numbers {
            text.extend_from_slice(&(*number as u64).to_le_bytes());
        }
        if text.len() > 1 << 16 {
            hasher.update(&text);
            text.clear();
        }
    };
    let index = |index: Option<u32>| index.map_or(usize::MAX, |index| index as usize);
    for entry in &site.articles {
        let article = &entry.article;
        part(
            &[entry.path.as_str(), &article.slug, article.path.as_str()],
            &[
                article.aliases.len(),
                usize::from(article.noindex),
                usize::from(article.source_url.is_some()),
                index(entry.section),
                index(entry.source),
                article.date.map_or(0, |d| d.day.year() as usize * 512 + d.day.day_of_year() as usize),
            ],
        );
        article.aliases.iter().for_each(|alias| part(&[alias], &[]));
        // Whether a picture for sharing is drawn hangs on the headline's letters and on a picture of its own.
        if site.config.og_images {
            let own = article.image.as_ref().map_or("", |image| &image.src);
            part(&[&article.title, own], &[usize::from(article.image.is_some())]);
        }
        part(&[article.source.as_deref().unwrap_or_default()], &[]);
    }
    for edition in &site.editions {
        // The lead gives an edition its picture for sharing.
        let lead = edition.articles.first().copied().filter(|_| site.config.og_images);
        part(&[edition.path.as_str()], &[index(lead)]);
    }
    for e in &site.entities {
        let numbers = [
            e.entity.kind as usize,
            e.entity.origin as usize,
            e.articles.len(),
            e.quotes.len(),
            usize::from(e.feed),
        ];
        part(&[e.path.as_str(), e.entity.id.as_str()], &numbers);
    }
    site.topics.iter().for_each(|t| part(&[t.path.as_str()], &[t.articles.len(), usize::from(t.feed)]));
    for story in &site.stories {
        part(&[story.path.as_str()], &[usize::from(story.found), story.articles.len()]);
        story.articles.iter().for_each(|article| part(&[], &[*article as usize]));
    }
    dated::paged(site).for_each(|y| part(&[], &[y.year as usize]));
    site.sections.iter().for_each(|s| part(&[s.path.as_str()], &[s.articles.len()]));
    site.sources.iter().for_each(|s| part(&[s.path.as_str(), &s.value.slug], &[s.articles.len()]));
    site.authors.iter().for_each(|a| part(&[a.path.as_str()], &[a.articles.len()]));
    hasher.update(&text);
    *hasher.finalize().as_bytes()
}

fn made(site: &Site) -> Pages {
    let mut faults = Vec::new();
    let mut pages = Vec::new();
    fixed(site, &mut pages);
    pieces(site, &mut pages);
    lists(site, &mut pages);
    feed_pages(site, &mut pages);
    let mut claims = unique(site, pages, &mut faults);
    let blocked = redirects::redirects(site, &mut claims, &mut faults);
    let mut pages = claims.pages;
    pages.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let sitemaps = sitemaps(site, &pages);
    for part in 0..sitemaps.len() {
        let path = SitePath::new(&format!("/sitemap-{}.xml", part + 1));
        pages.push(Page { path, kind: PageKind::Sitemap(part as u32) });
    }
    if !news(site).is_empty() {
        pages.push(Page { path: SitePath::new("/sitemap-news.xml"), kind: PageKind::NewsSitemap });
    }
    pages.push(Page { path: SitePath::new("/sitemap.xml"), kind: PageKind::SitemapIndex });
    pages.push(Page { path: SitePath::new("/robots.txt"), kind: PageKind::Robots });
    // All but the last few stand in order, which this sort makes use of.
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Pages { pages: Arc::new(pages), sitemaps, faults, blocked }
}

/// How many addresses each sitemap holds: as many as the protocol allows, by number and by an upper bound of bytes.
fn sitemaps(site: &Site, pages: &[Page]) -> Vec<usize> {
    /// Bytes of an address at most, beside the address itself.
    const FRAME: usize = 100;
    let base = site.urls.absolute(&SitePath::new("/")).len();
    let mut parts = vec![0];
    let mut bytes = 0;
    // An encoded byte has three characters, and an escaped one five at most.
    let length = |page: &Page| 5 * (base + page.path.as_str().len()) + FRAME;
    let all: Vec<usize> = pages.par_iter().filter(|page| listed(site, &page.kind)).map(length).collect();
    for most in all {
        let full = parts.last().is_some_and(|n| *n >= SITEMAP) || bytes + most > SITEMAP_BYTES - 1024;
        if full {
            parts.push(0);
            bytes = 0;
        }
        bytes += most;
        if let Some(last) = parts.last_mut() {
            *last += 1;
        }
    }
    parts
}

/// Articles and editions, with their pictures for sharing.
fn pieces(site: &Site, pages: &mut Vec<Page>) {
    let mut push = |path: SitePath, kind: PageKind| pages.push(Page { path, kind });
    for (i, entry) in site.articles.iter().enumerate() {
        push(entry.path.clone(), PageKind::Article(i as u32));
    }
    for (i, edition) in site.editions.iter().enumerate() {
        push(edition.path.clone(), PageKind::Edition(i as u32));
    }
    og_pictures(site, &mut push);
}

fn fixed(site: &Site, pages: &mut Vec<Page>) {
    let mut push = |path: SitePath, kind: PageKind| pages.push(Page { path, kind });
    let at = SitePath::new;
    push(at("/"), PageKind::Home);
    push(at("/404.html"), PageKind::NotFound);
    push(at("/archive/"), PageKind::Archive);
    push(at("/entities/"), PageKind::EntityIndex);
    push(at("/topics/"), PageKind::TopicIndex);
    push(at("/stories/"), PageKind::StoryIndex);
    push(at("/sections/"), PageKind::SectionIndex);
    push(at("/sources/"), PageKind::SourceIndex);
    push(at("/authors/"), PageKind::AuthorIndex);
    if searchable(site) {
        push(at("/search/"), PageKind::Search);
    }
    push(at("/quotes/"), PageKind::QuoteIndex);
    push(at("/graph/"), PageKind::Graph);
    push(dated::front(), PageKind::Timeline);
    for year in dated::paged(site) {
        push(dated::path(year.year), PageKind::TimelineYear(year.year));
    }
    for kind in EntityKind::ALL {
        if site.entities.iter().any(|e| e.entity.kind == kind) {
            push(at(&format!("/entities/{}/", plural(kind))), PageKind::KindIndex(kind));
        }
    }
    for (i, year) in site.years.iter().enumerate() {
        push(year.path.clone(), PageKind::Year(i as u32));
    }
    for (i, month) in site.months.iter().enumerate() {
        push(month.path.clone(), PageKind::Month(i as u32));
    }
    for (i, (_, path)) in site.text_pages.iter().enumerate() {
        push(path.clone(), PageKind::TextPage(i as u32));
    }
}

/// Pictures for sharing, of articles without one of their own and of editions, where the font has all their letters.
#[cfg(feature = "og")]
fn og_pictures(site: &Site, push: &mut dyn FnMut(SitePath, PageKind)) {
    use crate::{
        knowledge::font::draws,
        model::page::{OgOf, og_path},
    };

    if !site.config.og_images {
        return;
    }
    let drawn = |i: u32| draws(&site.articles[i as usize].article.title);
    for (i, entry) in site.articles.iter().enumerate() {
        // Networks show no SVG.
        let own = entry.article.image.as_ref().is_some_and(|image| !image.src.ends_with(".svg"));
        if !own && drawn(i as u32) {
            push(og_path(&entry.path), PageKind::Og(OgOf::Article(i as u32)));
        }
    }
    for (i, edition) in site.editions.iter().enumerate() {
        if edition.articles.first().is_some_and(|a| drawn(*a)) {
            push(og_path(&edition.path), PageKind::Og(OgOf::Edition(i as u32)));
        }
    }
}

#[cfg(not(feature = "og"))]
fn og_pictures(_: &Site, _: &mut dyn FnMut(SitePath, PageKind)) {}

/// Whether the site has a search page.
fn searchable(site: &Site) -> bool {
    cfg!(feature = "search") && site.config.search && !site.articles.is_empty()
}

/// The pages of one list.
fn list(pages: &mut Vec<Page>, front: &SitePath, items: usize, by: usize, kind: &dyn Fn(u32) -> PageKind) {
    for number in 0..=numbered(items, by) {
        pages.push(Page { path: list_path(front, number), kind: kind(number) });
    }
}

/// The articles of an entity, and its quotations.
fn entity_lists(site: &Site, entity: u32, pages: &mut Vec<Page>) {
    let (by, entry) = (site.config.paginate_by, &site.entities[entity as usize]);
    list(pages, &entry.path, entry.articles.len(), by, &|number| PageKind::Entity { entity, number });
    if !entry.quotes.is_empty() {
        let path = quotes_path(&entry.entity.id);
        list(pages, &path, entry.quotes.len(), by, &|number| PageKind::Speaker { entity, number });
    }
}

fn topic_lists(site: &Site, topic: u32, pages: &mut Vec<Page>) {
    let entry = &site.topics[topic as usize];
    let kind = |number| PageKind::Topic { topic, number };
    list(pages, &entry.path, entry.articles.len(), site.config.paginate_by, &kind);
}

fn story_lists(site: &Site, story: u32, pages: &mut Vec<Page>) {
    // A story is read from its beginning, and as a whole.
    let path = &site.stories[story as usize].path;
    list(pages, path, 0, site.config.paginate_by, &|number| PageKind::Story { story, number });
}

fn section_lists(site: &Site, section: u32, pages: &mut Vec<Page>) {
    let entry = &site.sections[section as usize];
    let by = entry.value.paginate_by.unwrap_or(site.config.paginate_by);
    list(pages, &entry.path, entry.articles.len(), by, &|number| PageKind::Section { section, number });
}

fn source_lists(site: &Site, source: u32, pages: &mut Vec<Page>) {
    let (by, entry) = (site.config.paginate_by, &site.sources[source as usize]);
    list(pages, &entry.path, entry.articles.len(), by, &|number| PageKind::Source { source, number });
}

fn author_lists(site: &Site, author: u32, pages: &mut Vec<Page>) {
    let (by, entry) = (site.config.paginate_by, &site.authors[author as usize]);
    list(pages, &entry.path, entry.articles.len(), by, &|number| PageKind::Author { author, number });
}

fn correction_lists(site: &Site, pages: &mut Vec<Page>) {
    let (by, path) = (site.config.paginate_by, SitePath::new("/corrections/"));
    list(pages, &path, site.corrections.len(), by, &|number| PageKind::Corrections { number });
}

fn lists(site: &Site, pages: &mut Vec<Page>) {
    (0..site.entities.len() as u32).for_each(|entity| entity_lists(site, entity, pages));
    (0..site.topics.len() as u32).for_each(|topic| topic_lists(site, topic, pages));
    (0..site.stories.len() as u32).for_each(|story| story_lists(site, story, pages));
    (0..site.sections.len() as u32).for_each(|section| section_lists(site, section, pages));
    (0..site.sources.len() as u32).for_each(|source| source_lists(site, source, pages));
    correction_lists(site, pages);
    (0..site.authors.len() as u32).for_each(|author| author_lists(site, author, pages));
}

/// A feed in all formats, with its archives.
fn feed(site: &Site, of: FeedOf, formats: &[FeedFormat], pages: &mut Vec<Page>) {
    let front = feeds::front(site, of);
    for format in formats {
        for archive in 0..=feeds::archives(site, of) {
            let kind = PageKind::Feed { of, format: *format, archive };
            pages.push(Page { path: feeds::path(&front, *format, archive), kind });
        }
    }
}

fn feed_pages(site: &Site, pages: &mut Vec<Page>) {
    let formats = feed_formats(&site.config.feeds);
    feeds::all(site).into_iter().for_each(|of| feed(site, of, &formats, pages));
    if !formats.is_empty() {
        pages.push(Page { path: SitePath::new("/feeds.opml"), kind: PageKind::Opml });
    }
}

/// Where a page comes from, for messages.
fn origin(site: &Site, kind: &PageKind) -> Option<SourcePath> {
    match kind {
        PageKind::Article(i) => Some(site.articles[*i as usize].article.path.clone()),
        PageKind::TextPage(i) => Some(site.text_pages[*i as usize].0.path.clone()),
        PageKind::Entity { entity, .. } => site.entities[*entity as usize].entity.path.clone(),
        PageKind::Topic { topic, .. } => site.topics[*topic as usize].topic.path.clone(),
        PageKind::Story { story, .. } => site.stories[*story as usize].story.path.clone(),
        PageKind::Section { section, .. } => site.sections[*section as usize].value.path.clone(),
        _ => None,
    }
}

/// Pages by a hash of their output file, folded. Two files that a file system might take for one are a fault, and the
/// first stands.
#[derive(Default)]
struct Claims {
    pages: Vec<Page>,
    by_hash: FxHashMap<u64, u32>,
}

/// A hash of an output file's name in lower case.
fn folded_hash(path: &SitePath) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    let text = path.as_str().trim_start_matches('/');
    if text.is_ascii() {
        text.bytes().for_each(|b| hasher.write_u8(b.to_ascii_lowercase()));
    } else {
        text.to_lowercase().bytes().for_each(|b| hasher.write_u8(b));
    }
    if text.is_empty() || text.ends_with('/') {
        b"index.html".iter().for_each(|b| hasher.write_u8(*b));
    }
    hasher.finish()
}

impl Claims {
    /// The page that has the file of `path`, or where a claim on it would be entered.
    fn find(&self, path: &SitePath, mut hash: u64) -> Result<&Page, u64> {
        // Different names of one hash stand one after the other.
        while let Some(page) = self.by_hash.get(&hash).and_then(|i| self.pages.get(*i as usize)) {
            let same = page.path == *path || page.path.file().to_lowercase() == path.file().to_lowercase();
            if same {
                return Ok(page);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }

    fn enter(&mut self, hash: u64, page: Page) {
        self.by_hash.insert(hash, self.pages.len() as u32);
        self.pages.push(page);
    }
}

fn unique(site: &Site, pages: Vec<Page>, faults: &mut Vec<Diagnostic>) -> Claims {
    let hashes: Vec<u64> = pages.par_iter().map(|page| folded_hash(&page.path)).collect();
    let mut claims = Claims::default();
    claims.pages.reserve(pages.len());
    claims.by_hash.reserve(pages.len());
    for (page, hash) in pages.into_iter().zip(hashes) {
        match claims.find(&page.path, hash) {
            Ok(first) => {
                let other =
                    origin(site, &first.kind).map_or("a page of the site".to_owned(), |p| format!("`{p}`"));
                let fault = Diagnostic::error(
                    "path-collision",
                    format!("the address `{}` is already that of {other}", page.path),
                )
                .help("give one of the two another `slug` (letters that differ only in case do not count)");
                faults.push(match origin(site, &page.kind) {
                    Some(path) => fault.at(Place::file(&path)),
                    None => fault,
                });
            }
            Err(free) => claims.enter(free, page),
        }
    }
    claims
}
