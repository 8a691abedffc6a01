//! What articles say of a person's post, and the latest of it.

use crate::model::{
    EntityId, EntityKind, Mention, Origin,
    site::{EntityEntry, Entry, Site},
};

/// Words that make a post one of the past, as they begin a title.
const FORMER: [&str; 3] = ["former ", "ex-", "onetime "];

/// What an article says that somebody is.
pub fn says(entry: &Entry, id: &EntityId) -> Option<String> {
    let fact = entry.annotation.roles.iter().find(|fact| fact.entity == *id);
    fact.map(|fact| fact.title.clone()).or_else(|| {
        let mentions = entry.annotation.mentions.iter().filter(|m| m.entity.as_ref() == Some(id));
        mentions.filter_map(|mention| beside(entry, mention)).find(|title| {
            let title = title.to_lowercase();
            FORMER.iter().any(|word| title.starts_with(word))
        })
    })
}

/// The words of a title beside a name.
fn beside(entry: &Entry, mention: &Mention) -> Option<String> {
    mention
        .role
        .map(|span| entry.article.prose.slice(span).trim().to_owned())
        .filter(|title| !title.is_empty())
}

/// What an entity is, in a few words: for a name that nobody has described, the latest that an article says.
pub fn standing(site: &Site, entry: &EntityEntry) -> String {
    latest(site, entry).unwrap_or_else(|| entry.entity.description.clone())
}

/// Whether what is said of an entity holds for every article: the post of a name that nobody has described is of its day.
pub fn described(site: &Site, entry: &EntityEntry) -> bool {
    latest(site, entry).is_none()
}

/// So many of the newest articles are asked what somebody is, and older ones only for a post that they are known to state.
const NEWEST: usize = 32;

fn latest(site: &Site, entry: &EntityEntry) -> Option<String> {
    if entry.entity.origin != Origin::Provisional || entry.entity.kind != EntityKind::Person {
        return None;
    }
    let known = entry.stated_roles.first().map(|(_, article)| *article);
    let asked = entry.articles.iter().map(|link| link.article).enumerate();
    let mut asked =
        asked.take_while(|(i, article)| *i < NEWEST || known.is_some_and(|known| *article <= known));
    asked.find_map(|(_, article)| says(&site.articles[article as usize], &entry.entity.id))
}
