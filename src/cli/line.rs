//! What commands hand to the straight line, and what comes back.
//!
//! The pipeline's own types take this file's place.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::progress::Bar,
    diagnostic::Diagnostic,
    model::{Annotation, Article, site::Counts, site::Site},
};

/// What to build, and as of when.
#[derive(Clone, Debug)]
pub struct Options {
    pub root: PathBuf,
    pub config: Option<PathBuf>,
    pub output_dir: Option<PathBuf>,
    pub base_url: Option<String>,
    pub drafts: bool,
    pub future: bool,
    pub now: Timestamp,
}

/// A site in memory.
#[derive(Debug)]
pub struct Built {
    pub site: Site,
    pub diagnostics: Vec<Diagnostic>,
}

/// What a build did.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    pub counts: Counts,
    pub warnings: usize,
    pub errors: usize,
    pub seconds: f64,
    pub output: PathBuf,
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

pub fn build(_options: &Options, _progress: &Bar) -> anyhow::Result<Summary> {
    anyhow::bail!("the straight line is not laid yet")
}

pub fn load(_options: &Options, _progress: &Bar) -> anyhow::Result<Built> {
    anyhow::bail!("the straight line is not laid yet")
}

pub fn check(_options: &Options, _progress: &Bar) -> anyhow::Result<(Counts, Vec<Diagnostic>)> {
    anyhow::bail!("the straight line is not laid yet")
}

pub fn annotate(
    _options: &Options,
    _name: &str,
    _bytes: &[u8],
) -> anyhow::Result<(Article, Annotation, Vec<Diagnostic>)> {
    anyhow::bail!("the straight line is not laid yet")
}

pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    anyhow::bail!("the straight line is not laid yet: {}", path.display())
}

pub fn clean(_options: &Options) -> anyhow::Result<Vec<PathBuf>> {
    anyhow::bail!("the straight line is not laid yet")
}

pub fn settings(_options: &Options) -> anyhow::Result<crate::model::config::Config> {
    anyhow::bail!("the straight line is not laid yet")
}
