//! Files of a site that are no text: images, style sheets, whatever is carried to the output.

use std::path::PathBuf;

use crate::path::SourcePath;

/// A file that is carried as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub path: SourcePath,
    /// Where it lies on this machine.
    pub file: PathBuf,
    pub bytes: u64,
}
