//! The pages of a site: what each shows, and its address.

use crate::path::SitePath;

/// One file of the output that is made from the site.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub path: SitePath,
    pub kind: PageKind,
}

/// Indices point into the vectors of the [`Site`](crate::model::site::Site); `number` counts pages from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKind {
    Home,
    Article(u32),
    /// A day: its edition.
    Edition(u32),
    Entity {
        entity: u32,
        number: u32,
    },
    EntityIndex,
    /// The index of one kind of entity.
    KindIndex(crate::model::EntityKind),
    Topic {
        topic: u32,
        number: u32,
    },
    TopicIndex,
    Story {
        story: u32,
        number: u32,
    },
    StoryIndex,
    Section {
        section: u32,
        number: u32,
    },
    SectionIndex,
    Source {
        source: u32,
        number: u32,
    },
    SourceIndex,
    Author {
        author: u32,
        number: u32,
    },
    AuthorIndex,
    Archive,
    Year(u32),
    Month(u32),
    TextPage(u32),
    NotFound,
    Redirect(String),
    Feed {
        of: FeedOf,
        format: FeedFormat,
    },
    Sitemap(u32),
    SitemapIndex,
    Robots,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedOf {
    Site,
    Section(u32),
    Topic(u32),
    Entity(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    Atom,
    Rss,
    Json,
}
