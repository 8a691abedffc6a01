//! A text and the names that are known in it enter; what a stage reads from them leaves.

use std::collections::BTreeMap;

use dateline::{
    annotate::input::Input,
    model::{Mention, Prose},
    text::{sentence::sentences, token::tokenize},
};

use crate::labelled;

/// Calls `read` on a text in which the names (`id=kind:Form/Form`) are known.
pub fn with<T>(text: &str, names: &[&str], read: impl Fn(&Input) -> T) -> T {
    let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        let (id, forms) = name.split_once('=').unwrap_or((name, ""));
        table.insert(id.to_owned(), forms.split([':', '/']).map(str::to_owned).collect());
    }
    let prose = labelled::prose(text.to_owned());
    let mentions = labelled::mentions(text, &table);
    on(&prose, &mentions, read)
}

pub fn on<T>(prose: &Prose, mentions: &[Mention], read: impl Fn(&Input) -> T) -> T {
    let tokens = tokenize(&prose.text);
    let sentences = sentences(&prose.text, &tokens);
    read(&Input::new(prose, &tokens, &sentences, mentions))
}

pub const NAMES: [&str; 4] =
    ["ann=person:Ann Reed/Reed", "bob=person:Bob Hale/Hale", "bank=org:Orbis Bank", "riga=place:Riga"];
