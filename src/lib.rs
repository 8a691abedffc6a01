//! Dateline turns a folder of news copy into an annotated, cross-linked static site.
//!
//! The program is one straight line of pure stages with the doors to the outside world at its ends:
//! read, parse, annotate, assemble, render, write. [`pipeline`] runs the line.

pub mod cli;
pub mod diagnostic;
pub mod disk;
pub mod model;
pub mod path;
pub mod publish;
pub mod report;
