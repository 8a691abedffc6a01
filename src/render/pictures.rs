//! Pictures of the content as pages show them: with their size, and in other sizes for smaller screens.

use std::fmt::Write;

use crate::{
    model::{
        Image, PageKind, Picture, Pictures,
        page::{OG_SIZE, og_path},
        site::Site,
    },
    path::SitePath,
    render::{
        Renderer,
        body::escaped,
        structured::absolute,
        views::pictures::{ImageView, ShareView},
    },
};

/// What is known of the pictures of a site, and how wide the theme shows them in a text.
#[derive(Debug, Default)]
pub struct Shown {
    pub pictures: Pictures,
    /// Value of `sizes`.
    pub sizes: String,
}

/// Nothing is known.
pub const NONE: Shown = Shown { pictures: Pictures::new(), sizes: String::new() };

impl Shown {
    /// The attributes of a picture beside its address and its text, each with a space before it.
    pub fn attributes(&self, path: &SitePath, site: &Site) -> String {
        let Some(picture) = self.pictures.get(path) else { return String::new() };
        let mut out = format!(" width=\"{}\" height=\"{}\"", picture.width, picture.height);
        let srcset = srcset(picture, path, site);
        if !srcset.is_empty() {
            let _ = write!(out, " srcset=\"{}\" sizes=\"{}\"", escaped(&srcset), escaped(&self.sizes));
        }
        out
    }
}

/// Candidates by width (HTML, 4.8.4.2.1), the picture itself the last; empty where it is the only one.
fn srcset(picture: &Picture, path: &SitePath, site: &Site) -> String {
    if picture.variants.is_empty() {
        return String::new();
    }
    let own = (path, picture.width);
    let all = picture.variants.iter().map(|v| (&v.path, v.width)).chain([own]);
    // Addresses are percent-encoded, so that no space or comma in them parts the list.
    let candidates =
        all.map(|(path, width)| format!("{} {width}w", site.urls.link(path).replace(',', "%2C")));
    candidates.collect::<Vec<_>>().join(", ")
}

/// The picture that stands for a page where it is shared: its own, or else the one drawn for it.
pub fn share(site: &Site, page: &SitePath, own: Option<&ImageView>, title: &str) -> Option<ShareView> {
    if let Some(own) = own.filter(|own| !own.src.ends_with(".svg")) {
        let url = absolute(site, &own.src);
        return Some(ShareView { url, width: own.width, height: own.height, alt: own.alt.clone() });
    }
    let path = og_path(page);
    // Pages stand in the order of their addresses.
    let found = site.pages.binary_search_by(|page| page.path.cmp(&path)).ok()?;
    let PageKind::Og(_) = site.pages[found].kind else { return None };
    let (width, height) = OG_SIZE;
    Some(ShareView { url: site.urls.absolute(&path), width, height, alt: title.to_owned() })
}

/// The picture of pages that have none.
pub fn of_site(site: &Site, shown: &Shown) -> Option<ShareView> {
    let src = site.config.site_image.as_str();
    if src.is_empty() {
        return None;
    }
    let alt = site.config.title.clone();
    if src.contains("://") {
        return Some(ShareView { url: src.to_owned(), alt, ..ShareView::default() });
    }
    let path = SitePath::new(&format!("/{src}"));
    let size = shown.pictures.get(&path).map_or((0, 0), |picture| (picture.width, picture.height));
    Some(ShareView { url: site.urls.absolute(&path), width: size.0, height: size.1, alt })
}

/// The picture of an article or entity whose page is `page`.
pub fn image(site: &Site, renderer: &Renderer, page: &SitePath, image: &Image) -> ImageView {
    let mut view = ImageView {
        src: image.src.clone(),
        alt: image.alt.clone(),
        credit: image.credit.clone(),
        caption: image.caption.clone(),
        ..ImageView::default()
    };
    if image.width > 0 && image.height > 0 {
        (view.width, view.height) = (image.width, image.height);
    }
    if image.src.contains("://") || image.src.starts_with("data:") {
        return view;
    }
    let path = page.named(&image.src);
    view.src = site.urls.link(&path);
    if let Some(picture) = renderer.pictures.pictures.get(&path) {
        (view.width, view.height) = (picture.width, picture.height);
        view.srcset = srcset(picture, &path, site);
        view.sizes.clone_from(&renderer.pictures.sizes);
    }
    view
}
