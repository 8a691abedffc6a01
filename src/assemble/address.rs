//! Where pages stand: the patterns of the settings with their names filled in.

use crate::{
    model::{Article, config::Config},
    path::SitePath,
};

/// Replaces `{name}` by its value in an address pattern.
pub fn expand(pattern: &str, values: &[(&str, &str)]) -> SitePath {
    let mut path = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        path.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = values.iter().find_map(|(name, value)| {
            let after = rest.get(1..)?.strip_prefix(name)?.strip_prefix('}')?;
            Some((*value, after))
        });
        match known {
            Some((value, after)) => {
                path.push_str(value);
                rest = after;
            }
            None => {
                path.push('{');
                rest = &rest[1..];
            }
        }
    }
    path.push_str(rest);
    SitePath::new(&path)
}

/// The address of an article; `None` for one without a date.
pub fn article(article: &Article, config: &Config) -> Option<SitePath> {
    let day = article.date?.day;
    Some(expand(
        &config.permalinks.article,
        &[
            ("year", &format!("{:04}", day.year())),
            ("month", &format!("{:02}", day.month())),
            ("day", &format!("{:02}", day.day())),
            ("slug", &article.slug),
            ("id", &article.slug),
        ],
    ))
}

/// The address of an entity of this id and kind.
pub fn entity(id: &str, kind: &str, config: &Config) -> SitePath {
    expand(&config.permalinks.entity, &[("id", id), ("slug", id), ("kind", kind)])
}

/// The address of a topic.
pub fn topic(slug: &str, config: &Config) -> SitePath {
    expand(&config.permalinks.topic, &[("slug", slug), ("id", slug)])
}
