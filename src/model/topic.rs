//! Topics: IPTC Media Topics and a site's own beside them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The slug of a topic, which is also the last part of its address. IPTC and local topics share one space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicId(pub Arc<str>);

impl TopicId {
    pub fn new(slug: &str) -> Self {
        TopicId(Arc::from(slug))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    pub id: TopicId,
    pub label: String,
    pub parent: Option<TopicId>,
    /// Eight digits of the IPTC code, for topics of theirs.
    pub medtop: Option<u32>,
    pub description: String,
    /// Words and phrases of a local topic that tell of it.
    pub cues: Vec<String>,
    pub body: crate::model::Prose,
    pub path: Option<crate::path::SourcePath>,
}
