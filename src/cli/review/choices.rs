//! A name that is held back enters; those whom it may mean leave, with what speaks for each.

use crate::{
    knowledge,
    model::{
        EntityId, EntityKind, Mention, Origin,
        site::{Entry, Site},
    },
    text::fold::fold,
};

/// How many can be chosen by a key.
const MOST: usize = 9;

/// Somebody whom a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub id: EntityId,
    pub name: String,
    pub kind: EntityKind,
    /// `registry`, `built-in` or `new name`.
    pub origin: &'static str,
    pub description: String,
    /// What speaks for it, in words; empty when nothing was weighed.
    pub why: String,
    /// Articles of the site that mention it.
    pub articles: usize,
}

/// The proposed one, those that were weighed, and others of this name that the site or the program knows.
pub fn choices(site: &Site, entry: &Entry, mention: &Mention, name: &str) -> Vec<Choice> {
    let mut ids: Vec<(EntityId, String)> = Vec::new();
    let mut add = |id: &EntityId, why: String| {
        if !ids.iter().any(|(known, _)| known == id) {
            ids.push((id.clone(), why));
        }
    };
    let reasons = |id: &EntityId| {
        let candidate = mention.candidates.iter().find(|c| c.entity == *id);
        candidate.map_or(String::new(), |c| {
            let reasons: Vec<String> =
                c.reasons.iter().take(4).map(|r| format!("{} {:+}", r.clue, r.points)).collect();
            reasons.join(", ")
        })
    };
    if let Some(id) = &mention.entity {
        add(id, reasons(id));
    }
    for candidate in &mention.candidates {
        add(&candidate.entity, reasons(&candidate.entity));
    }
    let folded = fold(name);
    let last_word = |text: &str| fold(text).rsplit(' ').next().is_some_and(|word| *word == *folded);
    for registered in site.entities.iter().filter(|e| e.entity.origin == Origin::Registry) {
        let entity = &registered.entity;
        let names = || std::iter::once(&entity.name).chain(&entity.aliases);
        if names().any(|n| fold(n) == folded)
            || (entity.kind == EntityKind::Person && last_word(&entity.name))
        {
            add(&entity.id, String::new());
        }
    }
    let pack = knowledge::pack();
    for candidate in pack.candidates(&knowledge::fold::fold(name)) {
        add(&EntityId::new(&pack.slug(candidate.id)), String::new());
    }
    ids.into_iter().filter_map(|(id, why)| choice(site, entry, id, why)).take(MOST).collect()
}

fn choice(site: &Site, entry: &Entry, id: EntityId, why: String) -> Option<Choice> {
    let shown = site.entities.iter().find(|e| e.entity.id == id);
    let articles = shown.map_or(0, |e| e.articles.len());
    if let Some(entity) = shown.map(|e| (*e.entity).clone()).or_else(|| knowledge::entity(id.as_str())) {
        let origin = match entity.origin {
            Origin::Registry => "registry",
            Origin::Builtin => "built-in",
            Origin::Provisional => "new name",
        };
        let (name, kind, description) = (entity.name, entity.kind, entity.description);
        return Some(Choice { id, name, kind, origin, description, why, articles });
    }
    let new = entry.annotation.introduced.iter().find(|new| new.id == id)?;
    Some(Choice {
        id,
        name: new.name.clone(),
        kind: new.kind,
        origin: "new name",
        description: new.role.clone().unwrap_or_default(),
        why,
        articles,
    })
}

/// Whom an editor means by an id or a name that he typed.
pub fn whom(site: &Site, entry: &Entry, typed: &str) -> Result<Choice, String> {
    let slug = crate::path::slugify(typed);
    let folded = fold(typed);
    let known = site.entities.iter().map(|e| &e.entity);
    let id = known
        .clone()
        .find(|e| e.id.as_str() == slug)
        .or_else(|| {
            known.clone().find(|e| std::iter::once(&e.name).chain(&e.aliases).any(|n| fold(n) == folded))
        })
        .map(|e| e.id.clone())
        .or_else(|| knowledge::entity(&slug).map(|e| e.id))
        .or_else(|| knowledge::find(typed).map(|id| EntityId::new(&id)))
        .unwrap_or_else(|| EntityId::new(&slug));
    choice(site, entry, id, String::new()).ok_or_else(|| {
        let near =
            crate::diagnostic::did_you_mean(typed, known.flat_map(|e| [e.id.as_str(), e.name.as_str()]));
        match near {
            Some(near) => format!("Nobody knows `{typed}`; did you mean `{near}`?"),
            None => format!("Nobody knows `{typed}`; `w` makes a new entry of the name"),
        }
    })
}
