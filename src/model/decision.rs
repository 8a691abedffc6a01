//! What editors decided about single names in the copy: one file an article below `content/decisions/`.

use crate::{
    diagnostic::Place,
    model::{EntityId, EntityKind},
    path::SourcePath,
};

/// The folder that holds all decisions.
pub const FOLDER: &str = "content/decisions/";
/// The file of decisions about a name wherever the archive has it.
pub const NAMES: &str = "content/decisions/_names.yaml";

/// A file of decisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Decisions {
    pub path: SourcePath,
    pub about: About,
    /// In the order of the file.
    pub list: Vec<Decision>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// One article, by the path of its file.
    Article(SourcePath),
    /// A name wherever it stands.
    Names,
}

/// What an editor said about one place, or about all places of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The name as the text has it; white space counts as one space.
    pub quote: String,
    /// What stands right before and after it (`TextQuoteSelector`, Web Annotation Data Model, section 4.2.4); empty
    /// when not given.
    pub prefix: String,
    pub suffix: String,
    /// Where it stood when it was decided, in Unicode code points of the text; settles what the words leave open.
    pub at: Option<u32>,
    /// All places of the name in the article, rather than one.
    pub every: bool,
    pub verdict: Verdict,
    pub by: Option<String>,
    pub date: Option<String>,
    pub note: Option<String>,
    /// Where the quote stands in the file.
    pub place: Place,
    /// Where the entity does, or else the verdict.
    pub verdict_place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The entity that is proposed.
    Accept,
    /// No link here.
    Reject,
    /// This entity, by id, name or alias.
    Entity(String),
    /// One that nobody has registered.
    New(NewEntity),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntity {
    pub id: EntityId,
    pub name: String,
    pub kind: EntityKind,
    pub description: Option<String>,
}

/// The file of decisions about an article: its path below `content/`, with `.yaml` behind it.
pub fn file_of(article: &SourcePath) -> SourcePath {
    let below = article.as_str().strip_prefix("content/").unwrap_or(article.as_str());
    SourcePath::new(&format!("{FOLDER}{below}.yaml"))
}

/// What the decisions of this file are about.
pub fn about(path: &SourcePath) -> About {
    let below = path.as_str().strip_prefix(FOLDER).unwrap_or(path.as_str());
    let stem = below.strip_suffix(".yaml").or(below.strip_suffix(".yml")).unwrap_or(below);
    if stem == "_names" { About::Names } else { About::Article(SourcePath::new(&format!("content/{stem}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_articles_name_each_other() {
        let article = SourcePath::new("content/world/2025-07-11-talks.md");
        let file = file_of(&article);
        assert_eq!(file.as_str(), "content/decisions/world/2025-07-11-talks.md.yaml");
        assert_eq!(about(&file), About::Article(article));
        assert_eq!(about(&SourcePath::new(NAMES)), About::Names);
    }
}
