//! Bytes of a file enter; articles, registries and settings leave, with every fault and its place.
//!
//! Parsing never fails: it returns what it could read and what was wrong.

pub mod article;
pub mod byline;
pub mod config;
pub mod content;
pub mod date;
pub mod decisions;
pub mod decode;
pub mod entry;
pub mod faults;
pub mod front_matter;
pub mod html;
pub mod keys;
pub mod markdown;
pub mod marks;
pub mod pages;
pub mod record;
pub mod reference;
pub mod registry;
pub mod scalar;
pub mod schema;
pub mod settings;
pub mod slip;
pub mod undated;
pub mod wire;
pub mod yaml;
