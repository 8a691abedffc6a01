//! The only doors to the file system.

pub mod folder;
