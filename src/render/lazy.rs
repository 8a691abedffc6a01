//! Values that many pages share, each made when the first page asks for it: a preview shows one page of thousands.

use std::{
    collections::BTreeMap,
    ops::Index,
    sync::{Arc, OnceLock},
};

use tera::Value;

use crate::{
    model::site::Site,
    path::{SitePath, SourcePath},
    render::context,
};

/// One value for each of a kind, by index.
pub struct Values {
    made: Vec<OnceLock<Value>>,
    make: Box<dyn Fn(usize) -> Value + Send + Sync>,
}

impl Values {
    /// `make` is called once at most for each index below `count`, from any thread.
    pub fn new(count: usize, make: impl Fn(usize) -> Value + Send + Sync + 'static) -> Self {
        Values { made: (0..count).map(|_| OnceLock::new()).collect(), make: Box::new(make) }
    }
}

impl Index<usize> for Values {
    type Output = Value;

    fn index(&self, index: usize) -> &Value {
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
