//! Old addresses → pages that lead from there to where things stand now.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::{
    assemble::{
        address::expand,
        pages::{Claims, folded_hash},
    },
    diagnostic::{Diagnostic, Place},
    model::{Page, PageKind, site::Site},
    path::{SitePath, SourcePath, slugify},
};

/// Claims the old addresses: `aliases`; where an article's `slug` is not what its file name says, the address by the file
/// name; and those of threads. Says whether one of them, other than an alias, was that of another page already.
pub fn redirects(site: &Site, claims: &mut Claims, faults: &mut Vec<Diagnostic>) -> bool {
    let mut blocked = false;
    let of_articles: Vec<Vec<(SitePath, bool)>> =
        (0..site.articles.len() as u32).into_par_iter().map(|i| of_article(site, i)).collect();
    let articles = site.articles.iter().zip(of_articles).flat_map(|(entry, old)| {
        old.into_iter().map(|(old, explicit)| (old, &entry.path, Some(&entry.article.path), explicit))
    });
    let stories = (0..site.stories.len() as u32).flat_map(|story| {
        let old = of_story(site, story).into_iter();
        old.map(move |old| (old, &site.stories[story as usize].path, None, false))
    });
    let texts = site.text_pages.iter().flat_map(|(page, path)| {
        page.aliases.iter().map(move |alias| (alias_path(alias), path, Some(&page.path), true))
    });
    for (from, to, source, explicit) in articles.chain(stories).chain(texts) {
        let kind = PageKind::Redirect(to.as_str().to_owned());
        match claims.find(&from, folded_hash(&from)) {
            Err(free) => claims.enter(free, Page { path: from, kind }),
            Ok(page) if explicit && page.path != *to => {
                let fault = Diagnostic::error(
                    "alias-collision",
                    format!("the old address `{from}` is taken by another page"),
                );
                let fault = fault.help("take it out of `aliases`");
                faults.push(source.map_or(fault.clone(), |path| fault.at(Place::file(path))));
            }
            Ok(page) => blocked |= page.path != *to && page.kind != kind,
        }
    }
    blocked
}

/// The old addresses of an article; `true` for those that an editor wrote.
pub fn of_article(site: &Site, i: u32) -> Vec<(SitePath, bool)> {
    let entry = &site.articles[i as usize];
    let article = &entry.article;
    let aliases = article.aliases.iter().map(|alias| (alias_path(alias), true));
    let by_name = path_by_file_name(entry.path.as_str(), &article.slug, &article.path);
    aliases.chain(by_name.map(|old| (old, false))).collect()
}

/// Whichever piece of its first day a thread was named after, its address leads to it.
pub fn of_story(site: &Site, i: u32) -> Vec<SitePath> {
    let story = &site.stories[i as usize];
    if !story.found {
        return Vec::new();
    }
    let date = |article: &u32| site.articles[*article as usize].article.date.map(|d| d.day);
    let first = story.articles.first().and_then(date);
    let others = story.articles.iter().skip(1).take_while(|a| date(a) == first);
    let old = others.map(|article| {
        let article = &site.articles[*article as usize].article;
        let slug = format!("{}-{}", first.unwrap_or_default(), article.slug);
        expand(&site.config.permalinks.story, &[("slug", &slug), ("id", &slug)])
    });
    old.collect()
}

/// An alias without an extension is the address of a folder.
fn alias_path(alias: &str) -> SitePath {
    let last = alias.rsplit('/').next().unwrap_or("");
    if alias.ends_with('/') || last.contains('.') {
        SitePath::new(alias)
    } else {
        SitePath::new(&format!("{alias}/"))
    }
}

fn path_by_file_name(path: &str, slug: &str, source: &SourcePath) -> Option<SitePath> {
    let stem = if source.stem() == "index" { source.folder().rsplit('/').next()? } else { source.stem() };
    let dated =
        stem.len() > 11 && stem.is_char_boundary(11) && stem[..10].parse::<jiff::civil::Date>().is_ok();
    let name = if dated { &stem[11..] } else { stem };
    // The rule: the slug is the name itself.
    let by_name = if name == slug { return None } else { slugify(name) };
    if by_name == slug {
        return None;
    }
    let old = path.replacen(&format!("/{slug}/"), &format!("/{by_name}/"), 1);
    (old != path).then(|| SitePath::new(&old))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses() {
        let check = |path: &str, slug: &str, file: &str, expect: Option<&str>| {
            let old = path_by_file_name(path, slug, &SourcePath::new(file));
            assert_eq!(old.as_ref().map(SitePath::as_str), expect, "{file}");
        };
        check("/1989/11/10/wall/", "wall", "content/1989-11-10-wall.md", None);
        check("/1989/11/10/wall/", "wall", "content/1989-11-10-berlin.md", Some("/1989/11/10/berlin/"));
        check("/1989/11/10/wall/", "wall", "content/berlin/index.md", Some("/1989/11/10/berlin/"));
    }
}
