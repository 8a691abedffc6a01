//! Dateline turns a folder of news copy into an annotated, cross-linked static site.
//!
//! The program is one straight line of pure stages with the doors to the outside world at its ends:
//! read, parse, annotate, assemble, render, write. [`pipeline`] runs the line.

pub mod annotate;
pub mod assemble;
pub mod assets;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod disk;
pub mod i18n;
pub mod knowledge;
pub mod model;
pub mod parse;
pub mod path;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod report;
#[cfg(feature = "search")]
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod text;
pub mod theme;
