//! One state of the site, addressable: a request's path → what is there. Behaves as GitHub Pages does.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::{
    assemble::address,
    assets::File,
    diagnostic::{Diagnostic, Severity},
    model::{
        self, Page, PageKind,
        site::{Held, HeldWhy},
    },
    path::{self, SitePath},
    pipeline::{self, Built},
};

/// A site whose pages and files are found by their addresses.
pub struct View {
    pub built: Built,
    /// When the site changes by itself.
    pub due: Option<jiff::Timestamp>,
    /// Links of style sheets as pages write them, longest first.
    styles: Vec<String>,
    /// Hash of all style sheets.
    look: blake3::Hash,
}

/// What stands at an address.
#[derive(Debug, PartialEq)]
pub enum Found<'a> {
    Page(&'a Page),
    File(&'a File, &'a str),
    /// The address with a slash at its end has a page.
    Folder,
    Nothing,
    /// The path is not below the site's base path.
    Outside,
}

/// Identifies a page and its look: the ETag, and what an open page compares itself by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Hash of the page without the links of style sheets and the hashes beside them.
    pub shape: String,
    /// Hash of the whole page and all style sheets.
    pub look: String,
}

impl Tag {
    pub fn as_text(&self) -> String {
        format!("{}-{}", self.shape, self.look)
    }
}

/// A page without the address of a style sheet, and without the hash of its content that stands behind it.
fn without_sheet(page: &str, link: &str) -> String {
    let mut parts = page.split(link);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let hash = part.strip_prefix("\" integrity=\"").and_then(|rest| rest.split_once('"'));
        out.push_str(hash.map_or(part, |(_, rest)| rest));
    }
    out
}

impl View {
    pub fn new(built: Built) -> View {
        let mut styles = Vec::new();
        let mut look = blake3::Hasher::new();
        for (path, file) in built.files.iter().filter(|(path, _)| path.as_str().ends_with(".css")) {
            styles.push(built.site.urls.link(path));
            look.update(&contents(file).unwrap_or_default());
        }
        styles.sort_by_key(|link| std::cmp::Reverse(link.len()));
        let due = model::due::next(&built.site).map(|next| next.time);
        View { built, due, styles, look: look.finalize() }
    }

    /// What stands at the path of a request: percent-encoded, without a query.
    pub fn find(&self, path: &str) -> Found<'_> {
        let base = self.built.site.urls.base_path.as_str();
        let Some(below) = path.strip_prefix(base) else {
            return if format!("{path}/") == base { Found::Folder } else { Found::Outside };
        };
        let Some(below) = path::decode(below) else { return Found::Nothing };
        let name = match below.as_str() {
            "" => "index.html".to_owned(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_owned(),
        };
        let found = self.at(&name).or_else(|| self.at(&format!("{name}.html")));
        match found {
            Some(found) => found,
            None if self.at(&format!("{below}/index.html")).is_some() => Found::Folder,
            None => Found::Nothing,
        }
    }

    /// What the file of this name below the output is: `1989/11/10/index.html`.
    fn at(&self, name: &str) -> Option<Found<'_>> {
        let path = SitePath::new(name);
        // A name that is not clean is nobody's: `a//b`, `../a`.
        if path.as_str().strip_prefix('/') != Some(name) {
            return None;
        }
        let folder = path.as_str().strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        let page = folder.and_then(|folder| self.page(folder)).or_else(|| self.page(path.as_str()));
        let file =
            || self.built.files.get_key_value(&path).map(|(path, file)| Found::File(file, path.as_str()));
        page.map(Found::Page).or_else(file)
    }

    fn page(&self, path: &str) -> Option<&Page> {
        let pages = &self.built.site.pages;
        let at = pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()?;
        pages.get(at)
    }

    /// The piece that would stand at this path if it were not held back.
    fn held(&self, path: &str) -> Option<&Held> {
        let site = &self.built.site;
        let below = path::decode(path.strip_prefix(site.urls.base_path.as_str())?)?;
        let path = SitePath::new(&below);
        site.held.iter().find(|held| address::article(&held.article, &site.config).as_ref() == Some(&path))
    }

    pub fn not_found(&self) -> Option<&Page> {
        self.page("/404.html")
    }

    /// The tag of a rendered page.
    pub fn tag(&self, bytes: &[u8]) -> Tag {
        let mut shape = String::from_utf8_lossy(bytes).into_owned();
        for link in &self.styles {
            shape = without_sheet(&shape, link);
        }
        let mut look = blake3::Hasher::new();
        look.update(bytes).update(self.look.as_bytes());
        let short = |hash: blake3::Hash| hash.to_hex()[..16].to_owned();
        Tag { shape: short(blake3::hash(shape.as_bytes())), look: short(look.finalize()) }
    }

    /// Faults that would keep a build from being written.
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.built.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect()
    }

    /// Faults that show only when a page is made: one page of each kind is rendered, so that a broken template is found
    /// before it takes the place of pages that work.
    pub fn template_errors(&self) -> Vec<Diagnostic> {
        let mut kinds = BTreeSet::new();
        let samples: Vec<&Page> = self
            .built
            .site
            .pages
            .iter()
            .filter(|page| kinds.insert(format!("{:?}", std::mem::discriminant(&page.kind))))
            .collect();
        samples.into_par_iter().filter_map(|page| pipeline::render(&self.built, page).err()).collect()
    }

    /// Whether pages are made by the same templates and settings.
    pub fn made_alike(&self, other: &View) -> bool {
        let (theme, config) = (&self.built.theme, &self.built.site.config);
        (Arc::ptr_eq(theme, &other.built.theme) || *theme == other.built.theme)
            && (Arc::ptr_eq(config, &other.built.site.config) || *config == other.built.site.config)
    }

    /// What an editor should know of the page at this path: that readers do not see it, or not yet, or not any more.
    pub fn notice(&self, path: &str) -> Option<String> {
        let site = &self.built.site;
        let time =
            |time: jiff::Timestamp| time.to_zoned(site.tz.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
        let article = match self.find(path) {
            Found::Page(Page { kind: PageKind::Article(article), .. }) => {
                &site.articles.get(*article as usize)?.article
            }
            Found::Nothing => {
                let held = self.held(path)?;
                return Some(match held.why {
                    HeldWhy::Draft => {
                        "A draft stands here, which readers do not see: `dateline serve --drafts` shows it"
                            .to_owned()
                    }
                    HeldWhy::Future(at) => format!(
                        "A piece comes out here at {}: `dateline serve --future` or `--now` shows it",
                        time(at)
                    ),
                    HeldWhy::Expired(at) => {
                        format!("The piece that stood here expired on {}: `--now` shows it", time(at))
                    }
                });
            }
            _ => return None,
        };
        if article.draft {
            return Some("Draft: readers do not see this page".to_owned());
        }
        let comes = article.publish_at.or(article.date).map(|moment| moment.earliest(&site.tz));
        if let Some(comes) = comes.filter(|comes| *comes > site.now) {
            return Some(format!("Embargo: readers see this page from {}", time(comes)));
        }
        let goes = article.expires.map(|moment| moment.earliest(&site.tz))?;
        Some(match goes > site.now {
            true => format!("Readers see this page until {}", time(goes)),
            false => format!("Expired on {}: readers do not see this page", time(goes)),
        })
    }
}

/// The bytes of a file of the site.
pub fn contents(file: &File) -> Option<Vec<u8>> {
    match file {
        File::Bytes(bytes) => Some(bytes.clone()),
        File::Copy(path) => read(path),
    }
}

/// `None` when it went since the site was made; the next site will not have it.
fn read(path: &Path) -> Option<Vec<u8>> {
    crate::disk::read::bytes(path).ok()
}
