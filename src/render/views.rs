//! What templates see: plain values with every link resolved. Each struct is one variable or a part of one.
//!
//! Addresses (`url`) carry the base path and can be written as they are; `absolute` ones carry the host too.

pub mod cards;
pub mod dossier;
pub mod figures;
pub mod pictures;
pub mod stories;
pub mod timeline;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::render::views::{
    cards::CardView,
    dossier::DatedView,
    figures::{GraphView, MapView},
    pictures::{ImageView, ShareView},
    stories::{ChangesView, VersionView},
};

/// `site`: the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    /// The home page.
    pub url: String,
    pub absolute: String,
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    pub publisher: String,
    pub author: String,
    pub copyright: String,
    pub menu: Vec<LinkView>,
    /// Addresses of the indexes: `archive`, `entities`, `topics`, `stories`, `sections`, `sources`, `authors`,
    /// `corrections`, and of those of the kinds: `people`, `organizations`, `places`, `events`, `works`, `laws`; of the
    /// `search` page and of the list of `feeds` where there are such.
    pub indexes: BTreeMap<String, String>,
    pub sections: Vec<LinkView>,
    pub stylesheets: Vec<AssetView>,
    pub scripts: Vec<AssetView>,
    /// Values of `integrity` for the theme's style sheets and scripts, by name of the file.
    pub digests: BTreeMap<String, String>,
    /// Files of the theme and of `static/` by name.
    pub assets: BTreeMap<String, String>,
    /// Settings of the theme, the site's over the theme's own.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// `extra` of the configuration.
    pub extra: BTreeMap<String, serde_json::Value>,
    pub favicon: Option<String>,
    /// The picture of pages that have none, for where they are shared.
    pub image: Option<ShareView>,
    /// `Dateline 0.1.0`.
    pub generator: String,
    /// The credit that the topic labels ask for.
    pub topics_credit: String,
    pub articles: usize,
    /// Names of the days, Monday first, and their short forms.
    pub weekdays: Vec<String>,
    pub weekdays_short: Vec<String>,
    /// Short names of the months, January first.
    pub months_short: Vec<String>,
}

/// A style sheet or script of the theme.
#[derive(Clone, Debug, Serialize)]
pub struct AssetView {
    pub url: String,
    /// Value of the attribute `integrity`.
    pub integrity: Option<String>,
}

/// A link with a name; `count` is a number of articles where that makes sense, 0 otherwise.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    pub title: String,
    pub url: String,
    pub count: usize,
}

/// `page`: every page has one.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// `home`, `article`, `edition`, `entity`, `topic`, `story`, `section`, `source`, `author`, `archive`, `year`, `month`,
    /// `entities`, `kind`, `topics`, `stories`, `sections`, `sources`, `authors`, `corrections`, `search`, `quotes`, `speaker`,
    /// `graph`, `timeline`, `timeline-year`, `page`, `404`, `redirect`.
    pub kind: &'static str,
    pub title: String,
    /// Plain text for `meta`.
    pub description: String,
    pub url: String,
    pub absolute: String,
    pub lang: String,
    pub noindex: bool,
    /// The address that search engines are told to show: the page's own, or that of the original.
    pub canonical: String,
    /// The same page in other languages, this one among them; empty where there is none.
    pub alternates: Vec<AlternateView>,
    pub feeds: Vec<FeedView>,
    /// From the home page down to the page above this one.
    pub breadcrumbs: Vec<LinkView>,
    /// JSON-LD, safe to write into a `script` element.
    pub json_ld: String,
    /// OpenGraph type: `website`, `article`, `profile`.
    pub og_type: &'static str,
    /// The picture that stands for the page where it is shared.
    pub image: Option<ShareView>,
    pub published: Option<String>,
    pub modified: Option<String>,
}

/// The page in a language.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// BCP 47.
    pub lang: String,
    pub absolute: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    pub title: String,
    pub url: String,
    /// MIME type.
    pub mime: &'static str,
}

/// A day or an instant.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DateView {
    /// For `datetime`: `1989-11-10`, or with time and offset where there is a time.
    pub iso: String,
    /// `10 November 1989`.
    pub long: String,
    /// `10 Nov 1989`.
    pub short: String,
    /// `Friday, 10 November 1989`.
    pub full: String,
    /// `18:53`, empty where no time is known.
    pub time: String,
    pub year: i16,
}

/// An article in a list. Shared between all pages that list it.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    pub title: String,
    pub url: String,
    pub date: DateView,
    /// Address of the day's edition.
    pub day_url: String,
    /// Standfirst, or the beginning of the text.
    pub summary: String,
    pub dateline: String,
    pub section: Option<LinkView>,
    pub source: Option<LinkView>,
    pub story: Option<LinkView>,
    /// The most specific topic.
    pub topic: Option<LinkView>,
    pub lang: String,
    /// Reading time at 230 words a minute, at least 1.
    pub minutes: u32,
    pub corrected: bool,
    pub withdrawn: bool,
    /// Where else it was carried: `title` is the outlet, or the headline where none is named.
    pub carried: Vec<LinkView>,
}

/// An entity in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntityLink {
    pub name: String,
    pub url: String,
    /// `person`, `organization`, `place`, `event`, `work`, `law`.
    pub kind: &'static str,
    pub description: String,
    pub provisional: bool,
    /// Articles that mention it.
    pub count: usize,
}

/// An entity of an article: what it is called there and how often.
#[derive(Clone, Debug, Serialize)]
pub struct CastView {
    #[serde(flatten)]
    pub entity: EntityLink,
    /// The title or role in the text, or the description.
    pub role: String,
    /// Mentions in this article.
    pub mentions: u32,
    /// Number of its card; 0 where the text does not link it.
    pub card: u32,
}

/// `article`.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    pub title: String,
    pub url: String,
    /// The body, ready to write.
    pub html: String,
    /// Mentions in the body that carry no link and can be marked.
    pub later: usize,
    pub summary: String,
    /// The editor's; `url` leads to the sentence that each comes from, and is empty where none does.
    pub key_points: Vec<LinkView>,
    /// Of the names that the text links, in its order.
    pub cards: Vec<CardView>,
    /// Its places; null where none has coordinates.
    pub map: Option<Box<MapView>>,
    pub date: DateView,
    pub updated: Option<DateView>,
    pub dateline: String,
    pub lang: String,
    pub dir: &'static str,
    pub authors: Vec<LinkView>,
    pub section: Option<LinkView>,
    pub source: Option<LinkView>,
    /// Address of the original.
    pub source_url: Option<String>,
    /// Whether the source's terms keep a part of the text from being shown.
    pub withheld: bool,
    pub topics: Vec<LinkView>,
    pub edition: Option<LinkView>,
    pub corrections: Vec<CorrectionView>,
    pub withdrawn: bool,
    pub image: Option<ImageView>,
    pub toc: Vec<TocView>,
    pub people: Vec<CastView>,
    pub organizations: Vec<CastView>,
    pub places: Vec<CastView>,
    /// Events, works and laws.
    pub others: Vec<CastView>,
    pub quotes: Vec<QuoteView>,
    pub story: Option<StoryPart>,
    /// Other versions of the piece and where else it was carried, oldest first.
    pub versions: Vec<VersionView>,
    /// What changed since the version before this one.
    pub changes: Option<ChangesView>,
    pub words: u32,
    pub minutes: u32,
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// Where an article stands in its story.
#[derive(Clone, Debug, Serialize)]
pub struct StoryPart {
    pub title: String,
    pub url: String,
    /// From 1.
    pub part: usize,
    pub parts: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    pub date: DateView,
    /// `correction`, `clarification`, `update`, `withdrawal`.
    pub kind: &'static str,
    /// The kind in the language of the interface.
    pub label: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct TocView {
    pub level: u8,
    pub id: String,
    pub title: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct QuoteView {
    pub text: String,
    pub speaker: Option<EntityLink>,
    /// As the text calls the speaker, where it is no entity.
    pub described: String,
    /// The article it comes from.
    pub article: LinkView,
    pub date: DateView,
}

/// `entity`.
#[derive(Clone, Debug, Serialize)]
pub struct EntityView {
    #[serde(flatten)]
    pub link: EntityLink,
    pub id: String,
    /// Name of the kind in the language of the interface.
    pub kind_label: String,
    pub aliases: Vec<String>,
    /// The biography, ready to write.
    pub html: String,
    pub wikidata: Option<String>,
    pub country: Option<EntityLink>,
    /// `52.52° N, 13.41° E`.
    pub coordinates: String,
    /// In words, as far as the date is known: `2 March 1931`, `March 1931`, `1931`.
    pub born: String,
    pub died: String,
    pub roles: Vec<RoleView>,
    /// Roles as articles state them, with the article.
    pub stated_roles: Vec<LinkView>,
    pub links: Vec<LinkView>,
    pub image: Option<ImageView>,
    pub first_seen: Option<DateView>,
    pub last_seen: Option<DateView>,
    pub articles: usize,
    pub quotes: Vec<QuoteView>,
    pub quote_count: usize,
    /// The page of all its quotes; empty when there are none.
    pub quotes_url: String,
    /// Quotes of others that mention it, newest first.
    pub about: Vec<QuoteView>,
    /// Sentences of the archive that mention it and give a date, by that date, the latest first.
    pub dated: Vec<DatedView>,
    /// Itself and the places that it stands with; null without coordinates.
    pub map: Option<Box<MapView>>,
    /// It among its neighbours; null where they are too few.
    pub graph: Option<Box<GraphView>>,
    pub neighbours: Vec<EntityLink>,
    /// Articles by year, oldest first: `title` is the year.
    pub years: Vec<BarView>,
    /// Articles by month where they lie within five years, oldest first; without addresses.
    pub months: Vec<BarView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    pub title: String,
    pub organization: String,
    /// In words, short: `11 Mar 1985`.
    pub from: String,
    pub to: String,
}

/// A bar of a chart: `percent` of the greatest.
#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    pub title: String,
    pub url: String,
    pub count: u32,
    pub percent: u32,
}

/// `topic`.
#[derive(Clone, Debug, Serialize)]
pub struct TopicView {
    pub label: String,
    pub url: String,
    pub description: String,
    pub html: String,
    /// IPTC code, for topics of theirs: `medtop:20000209`.
    pub medtop: String,
    /// From the top down to the parent.
    pub parents: Vec<LinkView>,
    pub children: Vec<LinkView>,
    pub articles: usize,
    /// Tagged with this very topic.
    pub own: u32,
    pub entities: Vec<EntityLink>,
    /// Those of them that are people.
    pub people: Vec<EntityLink>,
    /// Stories with most of its articles.
    pub stories: Vec<LinkView>,
    /// Articles by year, oldest first, and by month where they lie within five years.
    pub years: Vec<BarView>,
    pub months: Vec<BarView>,
}

/// `section`, `source`, `author` and `text`: things with a title, an introduction and articles.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupView {
    pub title: String,
    pub slug: String,
    pub url: String,
    pub description: String,
    /// The introduction, ready to write.
    pub html: String,
    /// The outlet's or author's own site.
    pub link: Option<String>,
    pub articles: usize,
    pub entities: Vec<EntityLink>,
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// `edition`.
#[derive(Clone, Debug, Serialize)]
pub struct EditionView {
    pub date: DateView,
    pub url: String,
    pub number: u32,
    pub key_points: Vec<LinkView>,
    pub people: Vec<EntityLink>,
    pub places: Vec<EntityLink>,
    pub organizations: Vec<EntityLink>,
    pub topics: Vec<LinkView>,
    pub new_entities: Vec<EntityLink>,
    /// Stories that this day's pieces went on with, and those that they began.
    pub moved: Vec<LinkView>,
    pub begun: Vec<LinkView>,
    pub map: Option<Box<MapView>>,
    pub corrections: Vec<LinkView>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    pub minutes: u32,
    /// The beginning of the first of `items`.
    pub lead: Option<LeadView>,
}

/// The piece that an edition leads with, as far as its front shows it.
#[derive(Clone, Debug, Serialize)]
pub struct LeadView {
    /// Empty where the editor wrote none.
    pub standfirst: String,
    /// The first paragraphs, whole, as plain text.
    pub opening: Vec<String>,
    /// Whether the text goes on after them.
    pub more: bool,
    pub image: Option<ImageView>,
}

/// `pager`, on lists of several pages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PagerView {
    /// 0 on the front page, which shows the newest; numbered pages count from the oldest.
    pub number: u32,
    pub newer: Option<String>,
    pub older: Option<String>,
    pub front: String,
}

/// A group of an A–Z index: `letter`, then `entries`.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView<T> {
    pub letter: String,
    pub entries: Vec<T>,
}

/// A year of the archive.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    pub year: i16,
    pub url: String,
    pub articles: u32,
    /// Twelve, January first; `count` 0 and an empty `url` where nothing stands.
    pub months: Vec<BarView>,
}

/// `month`: a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    pub title: String,
    pub url: String,
    pub articles: u32,
    pub year: LinkView,
    /// Weeks of seven cells, Monday first.
    pub weeks: Vec<Vec<CellView>>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
}

/// A day of the calendar; `day` 0 for cells outside the month.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CellView {
    pub day: i8,
    pub url: String,
    pub count: usize,
    /// 0 (none) to 4: in proportion to the day of the year that has most, or to four articles if none has so many.
    pub heat: u8,
}

/// An article of an entity's list with the sentence that mentions it, the name marked; ready to write.
#[derive(Clone, Debug)]
pub struct Sentenced {
    pub item: Value,
    pub sentence: String,
}
