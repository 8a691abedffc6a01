//! Views of pictures.

use serde::Serialize;

/// A picture for where a page is shared.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShareView {
    /// With scheme and host.
    pub url: String,
    /// In pixels; 0 where it is not known.
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct ImageView {
    pub src: String,
    pub alt: String,
    pub credit: String,
    pub caption: String,
    /// In pixels; 0 where it is not known.
    pub width: u32,
    pub height: u32,
    /// The same picture in other sizes, as the attribute `srcset` lists them; empty where there are none.
    pub srcset: String,
    /// How wide the theme shows it in a text, as the attribute `sizes` says it.
    pub sizes: String,
}
