//! Pictures of the content as pages show them.

use std::collections::BTreeMap;

use crate::path::SitePath;

/// A picture whose size is known. Sizes are in pixels, as the picture stands upright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// The same in smaller sizes, the smallest first.
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    pub width: u32,
    pub path: SitePath,
}

/// By the address of the picture as it was carried.
pub type Pictures = BTreeMap<SitePath, Picture>;
