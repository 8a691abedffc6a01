//! What a built folder must be before GitHub Pages can take it.
//!
//! The figures are those of GitHub's documentation: a published site of at most 1 GB ("GitHub Pages limits"), and
//! no file over 100 MiB in a push ("About large files on GitHub").

use std::{collections::BTreeMap, path::Path};

use crate::{
    disk::folder::{self, ItemKind},
    publish::Error,
};

/// Bytes of a whole site.
pub const SITE: u64 = 1_000_000_000;
/// Bytes of one file.
pub const FILE: u64 = 100 * 1024 * 1024;

/// Names and sizes of the files of a site, in the order of their names.
pub type Files = BTreeMap<String, u64>;

/// Lists the folder and checks all limits; every reason to refuse is in the error, not only the first.
pub fn files(site: &Path) -> Result<Files, Error> {
    let disk = |source| Error::Disk { path: site.to_owned(), source };
    let mut files = Files::new();
    let mut reasons = Vec::new();
    for item in folder::list(site).map_err(disk)? {
        // The records of `disk::write` are ours, not the readers'.
        if item.name.as_deref().is_some_and(|name| name.starts_with(".dateline-")) {
            continue;
        }
        let shown = item.path.strip_prefix(site).unwrap_or(&item.path).display().to_string();
        match (item.name, item.kind) {
            (None, _) => reasons.push(format!("`{shown}`: the name is not UTF-8")),
            (_, ItemKind::Link) => {
                reasons.push(format!("`{shown}` is a symbolic link; put the file itself there"))
            }
            (_, ItemKind::Other) => reasons.push(format!("`{shown}` is not a file")),
            (Some(name), ItemKind::File(size)) => {
                files.insert(name, size);
            }
        }
    }
    reasons.extend(refuse(&files));
    if reasons.is_empty() { Ok(files) } else { Err(Error::Limits { reasons }) }
}

/// Why these files cannot be published; empty when they can.
fn refuse(files: &Files) -> Vec<String> {
    let mut reasons = Vec::new();
    for required in ["index.html", "404.html"] {
        if !files.contains_key(required) {
            reasons.push(format!("there is no `{required}`; is this the output of a build?"));
        }
    }
    for (name, size) in files {
        if name.chars().any(char::is_control) {
            reasons.push(format!("`{}`: the name holds a control character", name.escape_debug()));
        }
        if name.split('/').any(|part| part.eq_ignore_ascii_case(".git")) {
            reasons.push(format!("`{name}` lies in a Git repository of its own"));
        }
        if *size > FILE {
            reasons.push(format!("`{name}` has {}; GitHub takes files up to 100 MiB", megabytes(*size)));
        }
    }
    let total: u64 = files.values().sum();
    if total > SITE {
        reasons.push(format!("the site has {}; GitHub Pages takes up to 1 GB", megabytes(total)));
    }
    reasons.extend(collisions(files.keys()));
    reasons
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Names, and folders of names, that differ in upper and lower case only: one shadows the other on other machines.
fn collisions<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut reasons = Vec::new();
    for name in names {
        let ends = name.match_indices('/').map(|(i, _)| i).chain([name.len()]);
        let pairs = ends.filter_map(|end| {
            let part = name.get(..end)?;
            Some((*seen.entry(part.to_lowercase()).or_insert(part), part))
        });
        // The outermost folder says it for all that lies in it.
        let pairs: Vec<(&str, &str)> = pairs.filter(|(before, part)| before != part).collect();
        if let Some((before, part)) = pairs.first() {
            reasons.push(format!("`{before}` and `{part}` differ in upper and lower case only"));
        }
    }
    reasons.sort();
    reasons.dedup();
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        let check = |extra: &[(&str, u64)], expect: &[&str]| {
            let mut files: Files =
                [("index.html".to_owned(), 1), ("404.html".to_owned(), 1)].into_iter().collect();
            files.extend(extra.iter().map(|(name, size)| ((*name).to_owned(), *size)));
            let reasons = refuse(&files);
            assert_eq!(reasons.len(), expect.len(), "{reasons:?}");
            for (reason, expect) in reasons.iter().zip(expect) {
                assert!(reason.contains(expect), "{reason}");
            }
        };
        check(&[], &[]);
        check(&[("a.bin", FILE)], &[]);
        check(&[("a.bin", FILE + 1)], &["104.9 MB"]);
        let many: Vec<(String, u64)> = (0..10).map(|i| (format!("{i}"), FILE)).collect();
        check(&many.iter().map(|(n, s)| (n.as_str(), *s)).collect::<Vec<_>>(), &["1048.6 MB"]);
        check(&[("A/x", 1), ("a/y", 1)], &["`A` and `a`"]);
        check(
            &[("topics/War/index.html", 1), ("topics/war/index.html", 1)],
            &["`topics/War` and `topics/war`"],
        );
        check(&[("x/.git/config", 1)], &["of its own"]);
        check(&[("a\nb", 1)], &["control character"]);
        assert_eq!(refuse(&Files::new()).len(), 2);
    }
}
