//! What a publication changes: two lists of files → added, changed, removed.

use std::collections::BTreeMap;

use serde::Serialize;

/// Git's ids of the files of a tree, by name.
pub type Tree = BTreeMap<String, String>;

/// Names of files, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Numbers of pages (HTML files) added, changed and removed.
    pub fn pages(&self) -> [usize; 3] {
        [&self.added, &self.changed, &self.removed].map(|names| names.iter().filter(|n| is_page(n)).count())
    }

    /// Numbers of all other files added, changed and removed.
    pub fn others(&self) -> [usize; 3] {
        [&self.added, &self.changed, &self.removed].map(|names| names.iter().filter(|n| !is_page(n)).count())
    }
}

pub fn is_page(name: &str) -> bool {
    name.ends_with(".html")
}

pub fn between(old: &Tree, new: &Tree) -> Changes {
    let mut changes = Changes::default();
    for (name, id) in new {
        match old.get(name) {
            None => changes.added.push(name.clone()),
            Some(before) if before != id => changes.changed.push(name.clone()),
            Some(_) => {}
        }
    }
    changes.removed = old.keys().filter(|name| !new.contains_key(*name)).cloned().collect();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_found_by_id() {
        let tree = |rows: &[(&str, &str)]| -> Tree {
            rows.iter().map(|(name, id)| ((*name).to_owned(), (*id).to_owned())).collect()
        };
        let old = tree(&[("a.html", "1"), ("b.css", "2"), ("c.html", "3")]);
        let new = tree(&[("a.html", "1"), ("b.css", "9"), ("d.html", "3")]);
        let changes = between(&old, &new);
        assert_eq!((changes.pages(), changes.others()), ([1, 0, 1], [0, 1, 0]));
        assert!(between(&old, &old).is_empty());
    }
}
