//! Pictures of the content as pages show them: with their size, and in other sizes for smaller screens.

use std::fmt::Write;

use crate::{
    model::{Image, Picture, Pictures, site::Site},
    path::SitePath,
    render::{Renderer, body::escaped, views::ImageView},
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

/// The picture of an article or entity whose page is `page`.
pub fn image(site: &Site, renderer: &Renderer, page: &SitePath, image: &Image) -> ImageView {
    let mut view = ImageView {
        src: image.src.clone(),
        alt: image.alt.clone(),
        credit: image.credit.clone(),
        caption: image.caption.clone(),
        ..ImageView::default()
    };
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
