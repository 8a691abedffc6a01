//! Values that many pages share, each made when the first page asks for it: a preview shows one page of thousands.

use std::{
    collections::BTreeMap,
    ops::Index,
    sync::{Arc, OnceLock},
};

use tera::Value;

use crate::{
    knowledge,
    model::{EntityKind, site::Site},
    path::{SitePath, SourcePath},
    render::context,
};

/// One value for each of a kind, by index.
pub struct Lazy<T> {
    made: Vec<OnceLock<T>>,
    make: Box<dyn Fn(usize) -> T + Send + Sync>,
}

/// Values of templates.
pub type Values = Lazy<Value>;

impl<T> Lazy<T> {
    /// `make` is called once at most for each index below `count`, from any thread.
    pub fn new(count: usize, make: impl Fn(usize) -> T + Send + Sync + 'static) -> Self {
        Lazy { made: (0..count).map(|_| OnceLock::new()).collect(), make: Box::new(make) }
    }
}

impl<T> Index<usize> for Lazy<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        self.made[index].get_or_init(|| (self.make)(index))
    }
}

/// Where each source file's page stands: for links from one source to another, which few pages have.
pub struct Sources {
    site: Arc<Site>,
    made: OnceLock<BTreeMap<SourcePath, SitePath>>,
}

impl Sources {
    pub fn new(site: Arc<Site>) -> Self {
        Sources { site, made: OnceLock::new() }
    }

    pub fn get(&self, source: &SourcePath) -> Option<&SitePath> {
        self.made.get_or_init(|| context::sources(&self.site)).get(source)
    }
}

/// Which entity of the site is the country of a code (ISO 3166-1 alpha-2), by its index.
pub struct Countries {
    site: Arc<Site>,
    made: OnceLock<BTreeMap<String, u32>>,
}

impl Countries {
    pub fn new(site: Arc<Site>) -> Self {
        Countries { site, made: OnceLock::new() }
    }

    pub fn get(&self, code: &str) -> Option<u32> {
        let made = self.made.get_or_init(|| {
            let mut made = BTreeMap::new();
            for (i, entry) in (0..).zip(&self.site.entities) {
                let entity = &entry.entity;
                if let Some(code) = &entity.country
                    && entity.kind == EntityKind::Place
                    && knowledge::is_country(entity.id.as_str())
                {
                    made.entry(code.clone()).or_insert(i);
                }
            }
            made
        });
        made.get(code).copied()
    }
}
