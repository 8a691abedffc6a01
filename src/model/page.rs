//! The pages of a site: what each shows, and its address.

use crate::{
    model::{EntityId, EntityKind, config::FeedConfig},
    path::SitePath,
};

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
    KindIndex(EntityKind),
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
    QuoteIndex,
    /// The quotations of one speaker.
    Speaker {
        entity: u32,
        number: u32,
    },
    /// Who stands with whom in the whole archive.
    Graph,
    /// What happened when, by the dates that the texts give, and one year of it.
    Timeline,
    TimelineYear(i16),
    Archive,
    Year(u32),
    Month(u32),
    TextPage(u32),
    /// The log of corrections.
    Corrections {
        number: u32,
    },
    Search,
    NotFound,
    Redirect(String),
    /// `archive` 0 is the feed that readers subscribe to; archives count from the oldest.
    Feed {
        of: FeedOf,
        format: FeedFormat,
        archive: u32,
    },
    /// The picture drawn for where a page is shared.
    Og(OgOf),
    /// The list of all feeds (OPML 2.0).
    Opml,
    Sitemap(u32),
    NewsSitemap,
    SitemapIndex,
    Robots,
}

/// Width and height of drawn pictures in pixels, as networks ask for it.
pub const OG_SIZE: (u32, u32) = (1200, 630);

/// What a drawn picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OgOf {
    Article(u32),
    Edition(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedOf {
    Site,
    Section(u32),
    Topic(u32),
    Entity(u32),
    Story(u32),
    Corrections,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    Atom,
    Rss,
    Json,
}

/// Last part of the address of the index of a kind.
pub fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "people",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
        EntityKind::Event => "events",
        EntityKind::Work => "works",
        EntityKind::Law => "laws",
    }
}

/// The address of a speaker's quotations.
pub fn quotes_path(id: &EntityId) -> SitePath {
    SitePath::new(&format!("/quotes/{id}/"))
}

/// The address of the picture drawn for the page of this address.
pub fn og_path(page: &SitePath) -> SitePath {
    let page = page.as_str();
    match page.strip_suffix('/') {
        Some(folder) => SitePath::new(&format!("{folder}/og.png")),
        None => SitePath::new(&format!("{}.og.png", page.rsplit_once('.').map_or(page, |(stem, _)| stem))),
    }
}

/// How many numbered pages stand beside the front page of a list of `items`.
pub fn numbered(items: usize, by: usize) -> u32 {
    // The front page keeps between `by` and twice as many, so that it is never nearly empty.
    ((items / by.max(1)) as u32).saturating_sub(1)
}

/// The range of a list (newest first) that page `number` shows.
pub fn shown(items: usize, by: usize, number: u32) -> std::ops::Range<usize> {
    let by = by.max(1);
    if number == 0 {
        return 0..items - numbered(items, by) as usize * by;
    }
    let end = items - (number as usize - 1) * by;
    end - by..end
}

/// The address of a page of a list.
pub fn list_path(front: &SitePath, number: u32) -> SitePath {
    if number == 0 { front.clone() } else { front.join(&format!("page/{number}/")) }
}

/// File name of a feed.
pub fn feed_file(format: FeedFormat) -> &'static str {
    match format {
        FeedFormat::Atom => "atom.xml",
        FeedFormat::Rss => "rss.xml",
        FeedFormat::Json => "feed.json",
    }
}

/// The formats that the settings ask for.
pub fn feed_formats(feeds: &FeedConfig) -> Vec<FeedFormat> {
    [(feeds.atom, FeedFormat::Atom), (feeds.rss, FeedFormat::Rss), (feeds.json, FeedFormat::Json)]
        .into_iter()
        .filter_map(|(wanted, format)| wanted.then_some(format))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_pages_never_change_once_full() {
        // Items counted from the oldest: what page 1 shows must not depend on how many came later.
        let oldest_first = |items: usize, number: u32| {
            let range = shown(items, 10, number);
            items - range.end..items - range.start
        };
        for items in 20..200 {
            for number in 1..=numbered(items, 10) {
                let start = (number as usize - 1) * 10;
                assert_eq!(oldest_first(items, number), start..start + 10);
            }
            let front = shown(items, 10, 0);
            assert!((10..20).contains(&front.len()), "{items}: {front:?}");
            assert_eq!(front.len() + numbered(items, 10) as usize * 10, items);
        }
        assert_eq!((shown(0, 10, 0), shown(7, 10, 0), numbered(19, 10)), (0..0, 0..7, 0));
    }
}
