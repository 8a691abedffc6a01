//! The assembled site: everything that pages show, with every link resolved to an index.
//!
//! Articles stand newest first; an index `u32` into one of the vectors is valid for the life of the [`Site`].

use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    model::{
        Annotation, Article, Decisions, Entity, Merge, Page, SectionMeta, Span, Story, Stranger, TextPage,
        Topic, config::Config,
    },
    path::{SitePath, Urls},
};

/// All that was read from `content/`, before annotation.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// In the order of their paths.
    pub articles: Vec<Arc<Article>>,
    pub entities: Vec<Entity>,
    pub topics: Vec<Topic>,
    pub stories: Vec<Story>,
    pub sections: Vec<SectionMeta>,
    pub pages: Vec<TextPage>,
    /// What editors decided, file by file.
    pub decisions: Vec<Arc<Decisions>>,
    /// Counts how often anything but the articles and decisions changed from run to run.
    pub revision: u64,
}

#[derive(Clone, Debug)]
pub struct Site {
    pub config: Arc<Config>,
    pub urls: Urls,
    pub now: Timestamp,
    pub tz: TimeZone,
    /// Newest first.
    pub articles: Vec<Entry>,
    /// In the order of their names.
    pub entities: Vec<EntityEntry>,
    /// In the order of their labels.
    pub topics: Vec<TopicEntry>,
    pub stories: Vec<StoryEntry>,
    /// Near-duplicates and successive versions of one piece, each group oldest first.
    pub versions: Vec<Vec<u32>>,
    pub sections: Vec<Group<SectionMeta>>,
    pub sources: Vec<Group<Named>>,
    pub authors: Vec<Group<Named>>,
    /// Newest first.
    pub editions: Vec<Edition>,
    /// Newest first.
    pub years: Vec<YearEntry>,
    pub months: Vec<MonthEntry>,
    /// How many dates the texts give, by the year of the date, the oldest first.
    pub dated: Vec<DatedYear>,
    pub text_pages: Vec<(TextPage, SitePath)>,
    /// Corrections of all articles, newest first: article, and place in its `corrections`.
    pub corrections: Vec<(u32, u32)>,
    /// How many addresses each sitemap holds.
    pub sitemaps: Vec<usize>,
    /// Every page of the output, in the order of addresses: often the very same as in the last run.
    pub pages: Arc<Vec<Page>>,
    /// Pieces that were left out, and why; for `list` and the preview.
    pub held: Vec<Held>,
    /// Names that nobody knows, those in the most articles first.
    pub strangers: Vec<Stranger>,
    /// Entities that may be one, the likeliest first.
    pub merges: Vec<Merge>,
}

/// A published article and all that hangs on it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub article: Arc<Article>,
    pub annotation: Arc<Annotation>,
    pub path: SitePath,
    /// Accepted mentions with the entity each leads to; `linked` ones carry a link on the page. Shared with the site of the
    /// run before, as the other long lists are.
    pub mentions: Arc<Vec<LinkedMention>>,
    /// Entities by salience, the most salient first.
    pub entities: Arc<Vec<Salient>>,
    /// Most specific first, as tagged (without ancestors).
    pub topics: Vec<u32>,
    pub section: Option<u32>,
    pub source: Option<u32>,
    pub authors: Vec<u32>,
    pub story: Option<u32>,
    /// The group of its versions, if it has others.
    pub versions: Option<u32>,
    pub edition: Option<u32>,
    /// Older and newer article of the whole archive.
    pub previous: Option<u32>,
    pub next: Option<u32>,
    /// Words of the body, as far as it is shown.
    pub words: u32,
    /// Whether the source's terms keep a part of the text from being shown. `article.prose` and `annotation` hold only
    /// what may be.
    pub withheld: bool,
    /// The same article in other languages, in the order of their tags.
    pub translations: Vec<u32>,
}

/// The weight of a piece where the editor gave none: logarithm of its length in words, plus a quarter for each
/// entity up to twelve, plus one each for key points, a story, and a standfirst.
pub fn score(entry: &Entry) -> f64 {
    let article = &entry.article;
    let one = |yes: bool| if yes { 1.0 } else { 0.0 };
    f64::from(entry.words + 1).ln()
        + 0.25 * entry.entities.len().min(12) as f64
        + one(!article.key_points.is_empty())
        + one(entry.story.is_some())
        + one(article.summary.is_some())
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkedMention {
    /// Index into `annotation.mentions`.
    pub mention: u32,
    pub entity: u32,
    pub linked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Salient {
    pub entity: u32,
    /// Number of mentions in the article.
    pub count: u32,
    /// The first mention: index into `annotation.mentions`; `None` when only the front matter names it.
    pub first: Option<u32>,
    pub score: f32,
}

#[derive(Clone, Debug)]
pub struct EntityEntry {
    pub entity: Arc<Entity>,
    pub path: SitePath,
    /// Articles that mention it, newest first, with the sentence of the first mention.
    pub articles: Arc<Vec<Backlink>>,
    /// Quotes by it: article and index into its `annotation.quotes`, newest first.
    pub quotes: Arc<Vec<(u32, u32)>>,
    pub first_seen: Option<Date>,
    pub last_seen: Option<Date>,
    /// Roles that articles state: title, article.
    pub stated_roles: Vec<(String, u32)>,
    pub feed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backlink {
    pub article: u32,
    /// In the prose of that article; empty when only the front matter names the entity.
    pub sentence: Span,
    pub mentions: u32,
}

#[derive(Clone, Debug)]
pub struct TopicEntry {
    pub topic: Topic,
    pub path: SitePath,
    pub parent: Option<u32>,
    pub children: Vec<u32>,
    /// With those of all its descendants, newest first, each once.
    pub articles: Vec<u32>,
    /// Tagged with this very topic.
    pub own: u32,
    pub feed: bool,
}

#[derive(Clone, Debug)]
pub struct StoryEntry {
    pub story: Story,
    pub path: SitePath,
    /// Oldest first: a story is read from its beginning.
    pub articles: Vec<u32>,
    pub entities: Vec<(u32, u32)>,
    /// A thread that was found, not a story that an editor named.
    pub found: bool,
}

/// A section, source or author with its articles, newest first.
#[derive(Clone, Debug)]
pub struct Group<T> {
    pub value: T,
    pub path: SitePath,
    pub articles: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub slug: String,
    pub name: String,
    pub url: Option<String>,
    pub description: String,
}

/// A day of the site's time zone.
#[derive(Clone, Debug)]
pub struct Edition {
    pub day: Date,
    pub path: SitePath,
    /// Counted from 1 at the first day of the archive.
    pub number: u32,
    /// In order of weight: the lead first.
    pub articles: Vec<u32>,
    pub entities: Vec<(u32, u32)>,
    pub topics: Vec<(u32, u32)>,
    pub key_points: Vec<KeyPoint>,
    pub previous: Option<u32>,
    pub next: Option<u32>,
    /// Entities that no earlier edition mentions.
    pub new_entities: Vec<u32>,
    /// Articles whose corrections are dated this day.
    pub corrections: Vec<u32>,
    /// Stories that this day's pieces went on with, in the order of its pieces, and those that they began.
    pub moved: Vec<u32>,
    pub begun: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct KeyPoint {
    pub text: String,
    pub article: u32,
}

#[derive(Clone, Debug)]
pub struct YearEntry {
    pub year: i16,
    pub path: SitePath,
    pub months: Vec<u32>,
    pub articles: u32,
}

#[derive(Clone, Debug)]
pub struct MonthEntry {
    pub year: i16,
    pub month: i8,
    pub path: SitePath,
    /// Editions of the month, newest first.
    pub editions: Vec<u32>,
    pub articles: u32,
}

/// A year that texts speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedYear {
    pub year: i16,
    /// Those of the timeline: see [`grain`](crate::model::dated::grain).
    pub dates: u32,
}

/// A piece that is not published now.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub article: Arc<Article>,
    pub why: HeldWhy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldWhy {
    Draft,
    Future(Timestamp),
    Expired(Timestamp),
}

/// Counts that the summary of a build prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub articles: usize,
    pub pages: usize,
    /// Mentions that lead to an entity.
    pub linked: usize,
    /// Mentions held back for an editor.
    pub review: usize,
    /// Pieces that are not published now: drafts, embargoed and expired ones.
    pub held: usize,
}
