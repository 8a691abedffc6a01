//! Files that are carried to the output: of the theme, of `static/`, and beside articles.

pub mod picture;
pub mod style;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha384};

use crate::{
    diagnostic::{Diagnostic, Place},
    model::{Asset, Node, Prose, Published, site::Site},
    path::{SitePath, SourcePath, relative},
    theme::Theme,
};

/// What a carried file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum File {
    Bytes(Vec<u8>),
    /// A copy of a file of the site's own folders.
    Copy(PathBuf),
}

/// The digest of a style sheet or script as Subresource Integrity wants it (W3C, section 3.1).
fn integrity(name: &str, bytes: &[u8]) -> Option<String> {
    let checked = name.ends_with(".css") || name.ends_with(".js");
    checked.then(|| format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))))
}

/// Adds a file of the program under its own name.
pub fn add(
    files: &mut BTreeMap<SitePath, File>,
    names: &mut BTreeMap<String, Published>,
    name: &str,
    bytes: &[u8],
) {
    let path = SitePath::new(&format!("/{name}"));
    names.insert(name.to_owned(), Published { path: path.clone(), integrity: integrity(name, bytes) });
    files.insert(path, File::Bytes(bytes.to_vec()));
}

/// All files by address, and what templates need to know of the theme's and the site's own files, by name.
pub fn files(
    site: &Site,
    theme: &Theme,
    beside: &[Asset],
    statics: &[Asset],
    faults: &mut Vec<Diagnostic>,
) -> (BTreeMap<SitePath, File>, BTreeMap<String, Published>) {
    let mut files = BTreeMap::new();
    let mut names = BTreeMap::new();
    for (name, bytes) in &theme.files {
        let path = SitePath::new(&format!("/theme/{}", fingerprinted(name, bytes)));
        names.insert(name.clone(), Published { path: path.clone(), integrity: integrity(name, bytes) });
        files.insert(path, File::Bytes(bytes.clone()));
    }
    for asset in statics {
        let name = asset.path.as_str().strip_prefix("static/").unwrap_or(asset.path.as_str());
        let path = SitePath::new(&format!("/{name}"));
        names.insert(name.to_owned(), Published { path: path.clone(), integrity: None });
        files.insert(path, File::Copy(asset.file.clone()));
    }
    let by_path: BTreeMap<&SourcePath, &Asset> = beside.iter().map(|a| (&a.path, a)).collect();
    for entry in site.articles.iter().filter(|entry| !entry.article.assets.is_empty()) {
        let folder = format!("{}/", entry.article.path.folder());
        for asset in &entry.article.assets {
            if let (Some(found), Some(name)) = (by_path.get(asset), asset.as_str().strip_prefix(&folder)) {
                files.insert(entry.path.join(name), File::Copy(found.file.clone()));
            }
        }
    }
    // Only what has files beside it can show one of them.
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for asset in beside {
        let mut folder = asset.path.folder();
        while folders.insert(folder) && !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    for (source, path, prose, image) in owners(site).take_while(|_| !folders.is_empty()) {
        if !folders.contains(source.folder()) {
            continue;
        }
        for name in pictures(prose, image) {
            let beside = SourcePath::new(&relative(source.folder(), name));
            if let Some(found) = by_path.get(&beside) {
                files.insert(path.join(name), File::Copy(found.file.clone()));
            }
        }
    }
    collisions(site, &mut files, statics, faults);
    (files, names)
}

/// A source with its address, its text, and its picture.
type Owner<'a> = (&'a SourcePath, &'a SitePath, &'a Prose, Option<&'a str>);

/// All that may show pictures that lie beside its source.
fn owners(site: &Site) -> impl Iterator<Item = Owner<'_>> {
    let articles = site.articles.iter().map(|e| {
        let image = e.article.image.as_ref().map(|i| i.src.as_str());
        (&e.article.path, &e.path, &e.article.prose, image)
    });
    let entities = site.entities.iter().filter_map(|e| {
        let image = e.entity.image.as_ref().map(|i| i.src.as_str());
        Some((e.entity.path.as_ref()?, &e.path, &e.entity.body, image))
    });
    let pages = site.text_pages.iter().map(|(page, path)| (&page.path, path, &page.prose, None));
    let stories =
        site.stories.iter().filter_map(|s| Some((s.story.path.as_ref()?, &s.path, &s.story.prose, None)));
    let sections =
        site.sections.iter().filter_map(|s| Some((s.value.path.as_ref()?, &s.path, &s.value.prose, None)));
    articles.chain(entities).chain(pages).chain(stories).chain(sections)
}

/// The pictures that a text names by a path below its own folder.
fn pictures<'a>(prose: &'a Prose, image: Option<&'a str>) -> impl Iterator<Item = &'a str> {
    let own = |src: &&str| !src.starts_with('/') && !src.contains(':') && !src.contains("..");
    named(prose, image).filter(own).map(|src| src.trim_start_matches("./"))
}

/// All pictures that a text names, as it names them.
fn named<'a>(prose: &'a Prose, image: Option<&'a str>) -> impl Iterator<Item = &'a str> {
    let inline = prose.nodes.iter().filter_map(|node| match node {
        Node::Image { src, .. } => Some(&**src),
        Node::Raw(tag) if tag.starts_with("<img ") => {
            tag.split_once(" src=\"").and_then(|(_, rest)| rest.split('"').next())
        }
        _ => None,
    });
    inline.chain(image)
}

/// The carried pictures that a page of the content shows: by address, with the file that each is a copy of.
pub fn shown(site: &Site, files: &BTreeMap<SitePath, File>) -> BTreeMap<SitePath, PathBuf> {
    let extension = |path: &SitePath| {
        let name = path.as_str().rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
    };
    let copies: BTreeMap<&SitePath, &PathBuf> = files
        .iter()
        .filter_map(|(path, file)| match file {
            File::Copy(from) if extension(path).is_some_and(|e| picture::is_picture(&e)) => {
                Some((path, from))
            }
            _ => None,
        })
        .collect();
    if copies.is_empty() {
        return BTreeMap::new();
    }
    owners(site)
        .flat_map(|(_, page, prose, image)| named(prose, image).map(|src| page.named(src)))
        .chain([SitePath::new(&format!("/{}", site.config.site_image))])
        .filter_map(|path| Some((path.clone(), (*copies.get(&path)?).clone())))
        .collect()
}

/// The first part of an address.
fn head(path: &SitePath) -> &str {
    path.as_str().trim_start_matches('/').split('/').next().unwrap_or("")
}

/// A page of the site stands before a file of the same address.
fn collisions(
    site: &Site,
    files: &mut BTreeMap<SitePath, File>,
    statics: &[Asset],
    faults: &mut Vec<Diagnostic>,
) {
    let heads: BTreeSet<String> = files.keys().map(|path| head(path).to_lowercase()).collect();
    let mut last = ("", false);
    let pages: BTreeSet<String> = site
        .pages
        .iter()
        .filter(|page| {
            // Pages stand in the order of their addresses, and few begin as a file does.
            let head = head(&page.path);
            if last.0 != head {
                last = (head, heads.contains(&head.to_lowercase()));
            }
            last.1
        })
        .map(|page| page.path.file().to_lowercase())
        .collect();
    let mut seen: BTreeMap<String, SitePath> = BTreeMap::new();
    let mut drop = Vec::new();
    for path in files.keys() {
        let key = path.file().to_lowercase();
        if pages.contains(&key) || seen.contains_key(&key) {
            drop.push(path.clone());
        } else {
            seen.insert(key, path.clone());
        }
    }
    for path in drop {
        files.remove(&path);
        let fault = Diagnostic::error(
            "path-collision",
            format!("the file for `{path}` has the address of another page or file"),
        )
        .help("give the file another name (letters that differ only in case do not count)");
        let source = statics.iter().find(|a| a.path.as_str().ends_with(path.as_str()));
        faults.push(match source {
            Some(asset) => fault.at(Place::file(&asset.path)),
            None => fault,
        });
    }
}

/// `a/b.css` → `a/b.0123abcd.css`: another content has another address, so that caches never serve a stale one.
pub fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{}.{extension}", &hash[..8]),
        None => format!("{name}.{}", &hash[..8]),
    }
}
