//! Which post a person held when an article was written.
//!
//! The registry's dated roles come first; then what the article itself states; then what the last article before it
//! stated. An article that calls somebody a former minister is believed, too. A text's own role says nothing where it
//! is of another time (`then-Foreign Minister`), which is why facts are asked for and not the words beside a name.

use std::sync::Arc;

use jiff::civil::Date;

use crate::{
    model::{Entity, EntityKind, Role, posts::says, site::Site},
    render::{Renderer, lazy::Lazy},
};

/// Of each person the articles that say what he is, newest first, with what they say.
pub fn stated(site: &Arc<Site>) -> Lazy<Vec<(u32, String)>> {
    let site = site.clone();
    Lazy::new(site.entities.len(), move |i| {
        let entry = &site.entities[i];
        if entry.entity.kind != EntityKind::Person {
            return Vec::new();
        }
        let said = |article: u32| Some((article, says(&site.articles[article as usize], &entry.entity.id)?));
        entry.articles.iter().filter_map(|link| said(link.article)).collect()
    })
}

/// The role of an entity at the date of an article.
pub fn in_article(site: &Site, renderer: &Renderer, article: u32, entity: u32) -> Option<String> {
    let of = &site.entities[entity as usize].entity;
    let day = site.articles[article as usize].article.date.map(|date| date.day);
    if let Some(role) = day.and_then(|day| role_at(of, day)) {
        return Some(in_words(role));
    }
    let all = &renderer.stated[entity as usize];
    let (stated, title) = all.get(all.partition_point(|(other, _)| *other < article))?;
    // Where the registry dates the roles, one that an earlier article gave has ended.
    let dated = of.roles.iter().any(|role| role.from.is_some() || role.to.is_some());
    (*stated == article || !dated).then(|| title.clone())
}

/// The role that an entity held on a day; of several the one begun last. Dates of the registry may lack day and month.
fn role_at(entity: &Entity, day: Date) -> Option<&Role> {
    let day = day.to_string();
    let part = |date: &str| day.get(..date.len()).unwrap_or(&day).to_owned();
    entity
        .roles
        .iter()
        .filter(|role| role.from.as_deref().is_none_or(|from| from <= part(from).as_str()))
        .filter(|role| role.to.as_deref().is_none_or(|to| to >= part(to).as_str()))
        // A role without any date says nothing about that day.
        .filter(|role| role.from.is_some() || role.to.is_some())
        .max_by(|a, b| a.from.cmp(&b.from))
}

fn in_words(role: &Role) -> String {
    match &role.organization {
        Some(organization) if !role.title.contains(organization.as_str()) => {
            format!("{}, {organization}", role.title)
        }
        _ => role.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;

    #[test]
    fn the_role_is_that_of_the_day() {
        let role = |title: &str, from: Option<&str>, to: Option<&str>| Role {
            title: title.to_owned(),
            organization: None,
            country: None,
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        let mut entity = knowledge::entity("berlin").expect("the pack knows Berlin");
        entity.roles = vec![
            role("mayor", Some("1957-10-03"), Some("1966-12-01")),
            role("foreign minister", Some("1966-12"), Some("1969")),
            role("chancellor", Some("1969-10-21"), Some("1974-05-07")),
            role("honorary chairman", Some("1987"), None),
            role("author", None, None),
        ];
        for (day, expect) in [
            ((1950, 1, 1), None),
            ((1957, 10, 3), Some("mayor")),
            ((1966, 12, 1), Some("foreign minister")),
            ((1969, 5, 1), Some("foreign minister")),
            ((1969, 10, 21), Some("chancellor")),
            ((1974, 5, 7), Some("chancellor")),
            ((1974, 5, 8), None),
            ((1990, 1, 1), Some("honorary chairman")),
        ] {
            let found = role_at(&entity, jiff::civil::date(day.0, day.1, day.2));
            assert_eq!(found.map(|r| r.title.as_str()), expect, "{day:?}");
        }
    }
}
