//! Bytes → articles, registry entries, pages, settings. Parsing never fails: it returns what it could read
//! and the faults that it found.

pub mod html;
pub mod markdown;
