//! The settings of a site: `dateline.yaml`, with the default of every key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::EntityKind;

/// All settings. Unknown keys and wrong types are faults with their own line; see `parse::schema` for the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub title: String,
    pub description: String,
    /// Where the site will stand, with the path it stands under: `https://example.org/repo/`.
    pub base_url: String,
    /// BCP 47 language of the interface and of articles that name none.
    pub language: String,
    /// IANA name of the zone whose days make editions.
    pub timezone: String,
    /// Name of a theme in `themes/` or of a built-in one.
    pub theme: String,
    /// Folder of template overrides; `null` for none.
    pub templates: Option<String>,
    pub author: String,
    /// Publisher for structured data; the title when empty.
    pub publisher: String,
    pub copyright: String,
    pub menu: Vec<MenuItem>,
    pub paginate_by: usize,
    pub permalinks: Permalinks,
    pub annotate: AnnotateConfig,
    pub feeds: FeedConfig,
    pub related: usize,
    /// Whether tables of contents are shown on articles with three headings and more.
    pub toc: bool,
    /// Whether fenced code is coloured by its language.
    pub highlight: bool,
    pub robots: String,
    /// Asks search engines to leave the whole site alone.
    pub noindex: bool,
    /// Whether there is a search page with its index.
    pub search: bool,
    /// Whether a picture is drawn for each article and edition, for where it is shared.
    pub og_images: bool,
    /// The picture of pages that have none of their own, for where they are shared; empty for none.
    pub site_image: String,
    /// Widths, in pixels, in which pictures are offered beside their own; none turns this off.
    pub image_widths: Vec<u32>,
    pub sources: BTreeMap<String, SourceConfig>,
    pub authors: BTreeMap<String, AuthorConfig>,
    pub publish: PublishConfig,
    /// Settings of the theme.
    pub theme_settings: BTreeMap<String, serde_json::Value>,
    /// Anything; templates see it as `config.extra`.
    pub extra: BTreeMap<String, serde_json::Value>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "Dateline".into(),
            description: String::new(),
            base_url: "http://localhost/".into(),
            language: "en".into(),
            timezone: "UTC".into(),
            theme: "broadsheet".into(),
            templates: Some("templates".into()),
            author: String::new(),
            publisher: String::new(),
            copyright: String::new(),
            menu: Vec::new(),
            paginate_by: 25,
            permalinks: Permalinks::default(),
            annotate: AnnotateConfig::default(),
            feeds: FeedConfig::default(),
            related: 5,
            toc: true,
            highlight: true,
            robots: "User-agent: *\nAllow: /\n".into(),
            noindex: false,
            search: true,
            og_images: false,
            site_image: String::new(),
            image_widths: vec![480, 960, 1440],
            sources: BTreeMap::new(),
            authors: BTreeMap::new(),
            publish: PublishConfig::default(),
            theme_settings: BTreeMap::new(),
            extra: BTreeMap::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    pub title: String,
    /// An address of this site (`/about/`) or a full URL.
    pub url: String,
}

/// Patterns of addresses; `{year} {month} {day} {slug} {id}` are replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Permalinks {
    pub article: String,
    pub entity: String,
    pub topic: String,
    pub story: String,
    pub source: String,
    pub section: String,
    pub author: String,
}

impl Default for Permalinks {
    fn default() -> Self {
        Permalinks {
            article: "/{year}/{month}/{day}/{slug}/".into(),
            entity: "/entities/{id}/".into(),
            topic: "/topics/{slug}/".into(),
            story: "/stories/{slug}/".into(),
            source: "/sources/{slug}/".into(),
            section: "/sections/{slug}/".into(),
            author: "/authors/{slug}/".into(),
        }
    }
}

/// Which mentions of an entity are linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkMode {
    /// The first in the article.
    #[default]
    First,
    /// The first under each heading.
    Section,
    All,
    None,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnnotateConfig {
    /// Percent; mentions below go to review.
    pub threshold: u8,
    pub link: LinkMode,
    /// Kinds that are linked.
    pub kinds: Vec<EntityKind>,
    /// Names that are never linked.
    pub never: Vec<String>,
    /// Use the knowledge built into the program.
    pub builtin: bool,
    /// Give new full names a provisional page where a title, role, repetition or words on who that is make
    /// them sure.
    pub provisional: bool,
    /// At most so many topics by cues, 0 to 5.
    pub topics: usize,
    /// Overrides by section slug and by source name.
    pub sections: BTreeMap<String, AnnotateOverride>,
    pub sources: BTreeMap<String, AnnotateOverride>,
}

impl Default for AnnotateConfig {
    fn default() -> Self {
        AnnotateConfig {
            threshold: 70,
            link: LinkMode::First,
            kinds: EntityKind::ALL.to_vec(),
            never: Vec::new(),
            builtin: true,
            provisional: true,
            topics: 5,
            sections: BTreeMap::new(),
            sources: BTreeMap::new(),
        }
    }
}

/// What a section or source may settle otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnnotateOverride {
    pub threshold: Option<u8>,
    pub link: Option<LinkMode>,
    pub kinds: Option<Vec<EntityKind>>,
    pub never: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedConfig {
    pub atom: bool,
    pub rss: bool,
    pub json: bool,
    /// Entries a feed.
    pub limit: usize,
    /// Entities and topics with fewer pieces have no feed.
    pub min_articles: usize,
    /// Whole text in the feeds of the site and its sections rather than summaries.
    pub full_text: bool,
    pub sections: bool,
    pub topics: bool,
    pub entities: bool,
    pub stories: bool,
    pub corrections: bool,
    pub archives: FeedArchives,
}

/// Which feeds have archives with all their older entries (RFC 5005).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedArchives {
    None,
    /// Those of the site, its sections, its stories and the corrections.
    #[default]
    Main,
    /// Those of topics and entities too: an article then stands in dozens of them.
    All,
}

impl Default for FeedConfig {
    fn default() -> Self {
        FeedConfig {
            atom: true,
            rss: true,
            json: true,
            limit: 20,
            min_articles: 3,
            full_text: true,
            sections: true,
            topics: true,
            entities: true,
            stories: true,
            corrections: true,
            archives: FeedArchives::Main,
        }
    }
}

/// How much of a source's text may be shown anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FullText {
    #[default]
    Allowed,
    /// The beginning of the first paragraph.
    Excerpt,
    /// Nothing of it: headline, editors' own words and what the text is about.
    None,
}

/// Which page search engines are told to show for an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Canonical {
    /// The page of this site.
    #[default]
    Own,
    /// The article's `source_url`, where it has one.
    Original,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceConfig {
    pub name: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    pub full_text: FullText,
    pub canonical: Canonical,
    /// Asks search engines to leave its articles alone.
    pub noindex: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthorConfig {
    pub name: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublishConfig {
    pub remote: String,
    pub branch: String,
    /// Own domain, written to `CNAME`.
    pub cname: Option<String>,
    /// What `cargo install` is given in the workflow: `dateline`, or `--git URL`.
    pub install: String,
}

impl Default for PublishConfig {
    fn default() -> Self {
        PublishConfig {
            remote: "origin".into(),
            branch: "gh-pages".into(),
            cname: None,
            install: "dateline".into(),
        }
    }
}
