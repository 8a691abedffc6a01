//! Files of a site that are no text: images, style sheets, whatever is carried to the output.

use std::path::PathBuf;

use crate::path::{SitePath, SourcePath};

/// A file that is carried as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub path: SourcePath,
    /// Where it lies on this machine.
    pub file: PathBuf,
    pub bytes: u64,
}

/// Where a file of the theme or of `static/` stands on the site, for templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub path: SitePath,
    /// Of style sheets and scripts of the theme: the value of the attribute `integrity`.
    pub integrity: Option<String>,
}
