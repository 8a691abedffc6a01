//! A [`Site`] and its rendered pages → everything that is wrong with it, with nothing written.
//!
//! 1. What reading and assembling told.
//! 2. Every page is rendered, and read again as a browser would: links and anchors inside the site must lead somewhere.
//! 3. What an editor should look at: entities and topics that nothing mentions, descriptions that nobody wrote.
//!
//! The sources are looked into again for the lines in which faults stand (`sources`), and only when there are faults.

mod sources;

use std::{collections::BTreeMap, path::Path};

use html5gum::{Token, Tokenizer};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assets,
    diagnostic::{self, Diagnostic, did_you_mean},
    model::{EntityId, MarkTarget, Origin, Page, PageKind, site::Site},
    path::{self, SitePath, SourcePath},
    render::{self, Renderer},
    report::table::plural,
    text::fold::fold,
};
use sources::Sources;

/// A site in memory: what it holds, what renders it, and the files that are carried as they are.
#[derive(Clone, Copy)]
struct Built<'a> {
    site: &'a Site,
    renderer: &'a Renderer,
    files: &'a BTreeMap<SitePath, assets::File>,
    /// Addresses of pictures in front matter, whose size was asked for there.
    asked: &'a FxHashSet<&'a str>,
}

/// All faults, sorted: what the line has `told` already, and what is found here. `root` is the site's folder.
pub fn check(
    root: &Path,
    site: &Site,
    renderer: &Renderer,
    files: &BTreeMap<SitePath, assets::File>,
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let mut faults = told.to_vec();
    let articles = site.articles.iter().filter_map(|entry| entry.article.image.as_ref());
    let entities = site.entities.iter().filter_map(|entry| entry.entity.image.as_ref());
    let asked = articles.chain(entities).map(|image| image.src.as_str()).collect();
    let mut sources = Sources::new(root);
    faults.extend(rendered(Built { site, renderer, files, asked: &asked }, &mut sources));
    faults.extend(registry(site, &mut sources));
    faults.extend(marks(site, &mut sources));
    diagnostic::sort(&mut faults);
    faults
}

/// Marks that name an id, or with words of their own a name, that nobody knows: mostly a slip of the pen.
fn marks(site: &Site, sources: &mut Sources) -> Vec<Diagnostic> {
    let settled = || site.entities.iter().map(|e| &e.entity).filter(|e| e.origin != Origin::Provisional);
    let ids: FxHashSet<&EntityId> = settled().map(|e| &e.id).collect();
    let new = site.entities.iter().map(|e| &e.entity).filter(|e| e.origin == Origin::Provisional);
    let new: FxHashSet<(&EntityId, String)> = new.map(|e| (&e.id, fold(&e.name).into_owned())).collect();
    let mut faults = Vec::new();
    for entry in &site.articles {
        let article = &entry.article;
        for mark in &article.prose.marks {
            let MarkTarget::Entity(name) = &mark.target else { continue };
            let meant = entry.annotation.mentions.iter().find(|m| m.span == mark.span);
            let id = meant.and_then(|m| m.entity.as_ref());
            let looks_like_id =
                !name.contains(char::is_whitespace) && name.chars().all(|c| !c.is_uppercase());
            let other_words = fold(article.prose.slice(mark.span)) != fold(name);
            // Somebody whom the archive names in full, or will.
            let named = |id: &EntityId| {
                ids.contains(id) || new.contains(&(id, fold(name).into_owned())) && !looks_like_id
            };
            if id.is_some_and(named) || !(looks_like_id || other_words) {
                continue;
            }
            let names = settled().flat_map(|e| [e.id.as_str(), e.name.as_str()]);
            let fault =
                Diagnostic::warning("unknown-mark", format!("a mark names `{name}`, whom nobody knows"))
                    .at(sources.place(&article.path, &format!("[[{name}")));
            faults.push(match did_you_mean(name, names) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault
                    .help("add it to `content/entities/`, or mark the name as it stands: `[[Ada Example]]`"),
            });
        }
    }
    faults
}

/// What one rendered page holds that others may refer to, and what it refers to.
#[derive(Default)]
struct Read {
    /// Hashes of its ids.
    ids: FxHashSet<u64>,
    /// Addresses inside the site that its links name, without fragment; and the fragment, if any.
    links: Vec<(String, Option<String>)>,
    faults: Vec<Fault>,
}

/// A fault of a page, and the words of the page by which its source is searched for the line.
struct Fault {
    diagnostic: Diagnostic,
    words: String,
}

/// A fault that so many pages have is one of a template or of the settings.
const COMMON: usize = 20;

fn hash(text: &str) -> u64 {
    use std::hash::BuildHasher;
    rustc_hash::FxBuildHasher.hash_one(text)
}

fn rendered(built: Built<'_>, sources: &mut Sources) -> Vec<Diagnostic> {
    let known: FxHashMap<String, Option<usize>> = built
        .site
        .pages
        .iter()
        .enumerate()
        .map(|(i, page)| (page.path.as_str().to_owned(), Some(i)))
        .chain(built.files.keys().map(|path| (path.as_str().to_owned(), None)))
        .collect();
    let read: Vec<Read> = built.site.pages.par_iter().map(|page| read(built, page, &known)).collect();
    let mut faults: Vec<(&Page, Fault)> = Vec::new();
    let mut reported: FxHashSet<String> = FxHashSet::default();
    for (page, found) in built.site.pages.iter().zip(&read) {
        for (target, fragment) in &found.links {
            let Some(fragment) = fragment.as_ref().filter(|f| !f.is_empty()) else { continue };
            let Some(Some(i)) = known.get(target) else { continue };
            if !read[*i].ids.contains(&hash(fragment))
                && reported.insert(format!("{}{target}#{fragment}", page.path))
            {
                let message = format!(
                    "`{}` has a link to `{target}#{fragment}`, and there is no such anchor",
                    page.path
                );
                let help =
                    format!("nothing on `{target}` has the id `{fragment}`: mend what stands behind `#`");
                let diagnostic = Diagnostic::error("broken-anchor", message).help(help);
                faults.push((page, Fault { diagnostic, words: format!("#{fragment}") }));
            }
        }
    }
    let pages = built.site.pages.iter().zip(read);
    faults.extend(pages.flat_map(|(page, read)| read.faults.into_iter().map(move |fault| (page, fault))));
    placed(built.site, faults, sources)
}

/// The faults at their places in the sources. One that no source has and many pages is told once.
fn placed(site: &Site, faults: Vec<(&Page, Fault)>, sources: &mut Sources) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut common: BTreeMap<(&'static str, String), Vec<Diagnostic>> = BTreeMap::new();
    let mut told: FxHashSet<(&'static str, String)> = FxHashSet::default();
    for (page, Fault { diagnostic, words }) in faults {
        // A picture of Markdown always has words of its own.
        let quoted = diagnostic.code == "missing-alt";
        let place = source(site, page)
            .map(|path| if quoted { sources.attribute(path, &words) } else { sources.place(path, &words) });
        let placed = match place.clone() {
            Some(place) if diagnostic.place.is_none() => diagnostic.at(place),
            _ => diagnostic,
        };
        // The fault of a template has a place of its own, and no words.
        if words.is_empty() || place.is_some_and(|place| place.line > 0) {
            told.insert((placed.code, words));
            out.push(placed);
        } else {
            common.entry((placed.code, words)).or_default().push(placed);
        }
    }
    // Lists show what stands in an article, where it has been told.
    common.retain(|fault, _| !told.contains(fault));
    for mut alike in common.into_values() {
        if alike.len() > COMMON {
            let others = plural(alike.len() - 1, "page");
            alike.truncate(1);
            for fault in &mut alike {
                fault.place = None;
                fault.message.push_str(&format!("; {others} more have it, from a template or the settings"));
            }
        }
        out.extend(alike);
    }
    out
}

/// Renders a page and reads it again. Links whose page does not exist are faults at once; anchors wait for all pages.
fn read(built: Built<'_>, page: &Page, known: &FxHashMap<String, Option<usize>>) -> Read {
    let mut out = Read::default();
    // Nothing can be wrong with it, and to paint it takes a while.
    if matches!(page.kind, PageKind::Og(_)) {
        return out;
    }
    let bytes = match render::render(built.site, built.renderer, page) {
        Ok(bytes) => bytes,
        Err(fault) => {
            out.faults.push(Fault { diagnostic: fault, words: String::new() });
            return out;
        }
    };
    let html = match &page.kind {
        PageKind::Feed { .. }
        | PageKind::Opml
        | PageKind::Sitemap(_)
        | PageKind::NewsSitemap
        | PageKind::SitemapIndex
        | PageKind::Robots => return out,
        _ => String::from_utf8_lossy(&bytes),
    };
    let mut broken: FxHashSet<String> = FxHashSet::default();
    for Ok(token) in Tokenizer::new(html.as_ref()) {
        let Token::StartTag(tag) = token else { continue };
        if tag.name.as_slice() == b"img" {
            let of = |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).into_owned());
            let src = of(b"src").unwrap_or_default();
            // One that is not there is a broken link, which is told below.
            let there = inside(built, page, &src).is_none_or(|(target, _)| known.contains_key(&target));
            let asked = src.contains("://") && built.asked.contains(src.as_str());
            let faults = there.then(|| picture(page, &src, &of)).into_iter().flatten();
            for diagnostic in faults.filter(|fault| !asked || fault.code != "missing-size") {
                out.faults.push(Fault { diagnostic, words: src.clone() });
            }
        }
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            match name.as_slice() {
                b"id" => {
                    out.ids.insert(hash(&value));
                }
                b"href" | b"src" => {
                    let Some((target, fragment)) = inside(built, page, &value) else { continue };
                    if known.contains_key(&target) || known.contains_key(&format!("{target}/")) {
                        out.links.push((target, fragment));
                    } else if broken.insert(target.clone()) {
                        let message =
                            format!("`{}` has a link to `{value}`, and there is no such page", page.path);
                        let diagnostic = Diagnostic::error("broken-link", message)
                            .help(format!("nothing of the site has the address `{target}`: mend the link"));
                        out.faults.push(Fault { diagnostic, words: value.into_owned() });
                    }
                }
                _ => {}
            }
        }
    }
    out
}

/// What a picture of a page lacks: text for those who do not see it, and a size.
fn picture(page: &Page, src: &str, of: &dyn Fn(&[u8]) -> Option<String>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if of(b"alt").is_none() {
        let message =
            format!("the picture `{src}` on `{}` has no text for those who do not see it", page.path);
        let help = "add `alt=\"…\"` with what it shows, or `alt=\"\"` for mere ornament";
        faults.push(Diagnostic::warning("missing-alt", message).help(help));
    }
    if of(b"width").is_none() || of(b"height").is_none() {
        let message = format!("the size of the picture `{src}` on `{}` is not known", page.path);
        let help = "put the picture into the site's folder, or write `<img>` with `width` and `height`; without them \
                    the text jumps while the page loads";
        faults.push(Diagnostic::warning("missing-size", message).help(help));
    }
    faults
}

/// The address inside the site that a link of a page names, decoded, and its fragment.
fn inside(built: Built<'_>, page: &Page, href: &str) -> Option<(String, Option<String>)> {
    let (path, fragment) = match href.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (href, None),
    };
    let path = path.split('?').next().unwrap_or("");
    if path.is_empty() {
        return Some((page.path.as_str().to_owned(), fragment));
    }
    if path.starts_with('/') || path.contains("://") {
        if path.starts_with("//") {
            return None;
        }
        let own = path.starts_with('/')
            || (!built.site.urls.origin.is_empty() && path.starts_with(&built.site.urls.origin));
        return match built.site.urls.inside(path) {
            Some(inside) => Some((decode(inside), fragment)),
            // A path of this host outside the base path leads nowhere that we know.
            None if own && path.starts_with('/') => {
                Some((format!("{} (outside the base path)", decode(path)), fragment))
            }
            None => None,
        };
    }
    if path.split('/').next().is_some_and(|head| head.contains(':')) {
        return None;
    }
    let folder = page.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut target = format!("/{}", path::relative(folder, path));
    if path.ends_with('/') && !target.ends_with('/') {
        target.push('/');
    }
    Some((decode(&target), fragment))
}

/// Undoes percent-encoding; what is no UTF-8 then stays as it was.
fn decode(text: &str) -> String {
    path::decode(text).unwrap_or_else(|| text.to_owned())
}

/// The source file behind a page, where there is one.
fn source<'a>(site: &'a Site, page: &Page) -> Option<&'a SourcePath> {
    match &page.kind {
        PageKind::Article(i) => Some(&site.articles[*i as usize].article.path),
        PageKind::TextPage(i) => Some(&site.text_pages[*i as usize].0.path),
        PageKind::Entity { entity, .. } => site.entities[*entity as usize].entity.path.as_ref(),
        PageKind::Topic { topic, .. } => site.topics[*topic as usize].topic.path.as_ref(),
        PageKind::Story { story, .. } => site.stories[*story as usize].story.path.as_ref(),
        PageKind::Section { section, .. } => site.sections[*section as usize].value.path.as_ref(),
        _ => None,
    }
}

/// Entries of the registry that nothing mentions, or that say too little.
fn registry(site: &Site, sources: &mut Sources) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut note = |path: &Option<SourcePath>, name: &str, code, message: String, help: &str| {
        let fault = Diagnostic::note(code, message).help(help);
        faults.push(match path {
            Some(path) => fault.at(sources.entry(path, name)),
            None => fault,
        });
    };
    for entry in site.entities.iter().filter(|e| e.entity.origin == Origin::Registry) {
        let entity = &entry.entity;
        if entry.articles.is_empty() {
            let message = format!("no published article mentions `{}`", entity.name);
            note(
                &entity.path,
                &entity.name,
                "never-mentioned",
                message,
                "add the names that the copy uses to its `aliases`, or leave it for later",
            );
        }
        if entity.description.is_empty() {
            let message = format!("`{}` has no description", entity.name);
            note(
                &entity.path,
                &entity.name,
                "no-description",
                message,
                "add a `description:` of one line; readers see it wherever the name stands",
            );
        }
    }
    for entry in site.topics.iter().filter(|t| t.topic.medtop.is_none()) {
        let topic = &entry.topic;
        if entry.articles.is_empty() {
            let message = format!("no published article has the topic `{}`", topic.label);
            note(
                &topic.path,
                &topic.label,
                "never-mentioned",
                message,
                "give it `cues`, or name it in the `topics` of an article",
            );
        }
        if topic.description.is_empty() && topic.path.is_some() {
            let message = format!("the topic `{}` has no description", topic.label);
            note(&topic.path, &topic.label, "no-description", message, "add a `description:` of one line");
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding() {
        let check = |input: &str, expect: &str| assert_eq!(decode(input), expect);
        check("/a%20b/", "/a b/");
        check("/%E6%9D%B1/", "/東/");
        check("/100%/", "/100%/");
        check("/%zz%4", "/%zz%4");
        check("/%ff/", "/%ff/");
    }
}
