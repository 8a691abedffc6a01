//! What is built into the program: facts about the world and the topics of the IPTC, as typed tables.

pub mod topics;

use std::sync::LazyLock;

use crate::model::Entity;

static TOPICS: LazyLock<topics::Topics> = LazyLock::new(topics::load);

/// The IPTC Media Topics, read once.
pub fn media_topics() -> &'static topics::Topics {
    &TOPICS
}

/// The built-in entity of this id.
pub fn entity(_id: &str) -> Option<Entity> {
    None
}

/// The id of the built-in entity that a person means by this name or id, when it is only one.
pub fn find(_name: &str) -> Option<&'static str> {
    None
}

/// Whether the built-in entity of this id is a country.
pub fn is_country(_id: &str) -> bool {
    false
}
