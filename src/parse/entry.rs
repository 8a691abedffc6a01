//! An entity enters; its registry file leaves, as [`crate::parse::registry::entity`] reads it back.

use serde::Serialize;

use crate::model::{Coordinates, Entity, EntityKind, Role};

/// The keys in the order in which an editor reads them; what is empty is left out.
#[derive(Serialize)]
struct Keys<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    kind: EntityKind,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinates: Option<Coordinates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    born: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    died: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founded: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dissolved: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<Post<'a>>,
}

/// A role without the keys that it does not have.
#[derive(Serialize)]
struct Post<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
}

/// `content/entities/ID.md`: front matter with `name`, `kind` and what else is known. The id is the file's name.
pub fn file(entity: &Entity) -> String {
    format!("---\n{}---\n", yaml(&keys(entity, None)))
}

/// The same as an item of `content/entities.yaml`.
pub fn item(entity: &Entity) -> String {
    let text = yaml(&keys(entity, Some(entity.id.as_str())));
    let lines =
        text.lines().enumerate().map(|(i, line)| format!("{}{line}\n", if i == 0 { "- " } else { "  " }));
    lines.collect()
}

fn yaml(keys: &Keys<'_>) -> String {
    // Texts, numbers and lists of them cannot fail to serialise.
    serde_yaml::to_string(keys).unwrap_or_default()
}

fn keys<'a>(entity: &'a Entity, id: Option<&'a str>) -> Keys<'a> {
    let person = entity.kind == EntityKind::Person;
    let (first, last) = (entity.born.as_deref(), entity.died.as_deref());
    let post = |role: &'a Role| Post {
        title: &role.title,
        organization: role.organization.as_deref(),
        // The built-in knowledge names the country; the registry wants its code.
        country: role.country.as_deref().filter(|code| code.len() == 2),
        from: role.from.as_deref(),
        to: role.to.as_deref(),
    };
    Keys {
        id,
        name: &entity.name,
        kind: entity.kind,
        aliases: &entity.aliases,
        description: &entity.description,
        wikidata: entity.wikidata.as_deref(),
        country: entity.country.as_deref(),
        coordinates: entity.coordinates,
        born: first.filter(|_| person),
        died: last.filter(|_| person),
        founded: first.filter(|_| !person),
        dissolved: last.filter(|_| !person),
        roles: entity.roles.iter().map(post).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        knowledge,
        model::{EntityId, Origin, Prose},
        parse::registry,
        path::SourcePath,
    };

    /// Writing and reading an entry changes nothing but who says so.
    fn check(entity: &Entity) {
        let path = SourcePath::new(&format!("content/entities/{}.md", entity.id));
        let expect = Entity { origin: Origin::Registry, path: Some(path.clone()), ..entity.clone() };
        let read = registry::entity(&path, &file(entity));
        assert_eq!(read.diagnostics, [], "{}", file(entity));
        assert_eq!(read.item.map(|entry| entry.item).as_ref(), Some(&expect), "{}", file(entity));
        let list = SourcePath::new("content/entities.yaml");
        let (items, faults) = registry::entities(&list, &item(entity));
        assert_eq!(faults, [], "{}", item(entity));
        let items: Vec<Entity> = items.into_iter().map(|entry| entry.item).collect();
        assert_eq!(items, [Entity { path: Some(list), ..expect }]);
    }

    #[test]
    fn entries_are_read_as_they_were_written() {
        for id in ["norway", "kuala-lumpur", "world-health-organization", "sergey-lavrov"] {
            let mut entity = knowledge::entity(id).unwrap_or_else(|| panic!("`{id}` is built in"));
            // The registry drops an alias that is the name.
            entity.aliases.retain(|alias| *alias != entity.name);
            entity.roles.iter_mut().for_each(|role| role.country = None);
            let mut seen = Vec::new();
            entity.aliases.retain(|alias| {
                !seen.contains(alias) && {
                    seen.push(alias.clone());
                    true
                }
            });
            check(&entity);
        }
        for name in [
            "Ana: Velde",
            "'Quoted' \"Name\"",
            "#1 News",
            "yes",
            "1989",
            "- Dash",
            "Ōtani-Brück & Søn",
            "a\\b",
        ] {
            check(&Entity {
                id: EntityId::new("x"),
                name: name.to_owned(),
                kind: EntityKind::Organization,
                aliases: vec!["No".to_owned(), "*star".to_owned(), "null".to_owned()],
                description: "Head: of @all {things}, 50 %".to_owned(),
                wikidata: None,
                country: None,
                coordinates: None,
                born: Some("1999".to_owned()),
                died: None,
                roles: Vec::new(),
                links: Vec::new(),
                image: None,
                body: Prose::default(),
                origin: Origin::Provisional,
                path: None,
            });
        }
    }
}
