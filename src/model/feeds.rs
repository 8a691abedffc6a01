//! Which feeds a site has, where each stands, and how many entries it has over all time.

use crate::{
    model::{
        config::FeedArchives,
        page::{FeedFormat, FeedOf, feed_file},
        site::Site,
    },
    path::SitePath,
};

/// All feeds, in the order of the list that readers can take over as a whole.
pub fn all(site: &Site) -> Vec<FeedOf> {
    let config = &site.config.feeds;
    let numbers = |wanted: bool, count: usize| 0..if wanted { count as u32 } else { 0 };
    let mut feeds = vec![FeedOf::Site];
    feeds.extend(numbers(config.sections, site.sections.len()).map(FeedOf::Section));
    feeds.extend(numbers(config.stories, site.stories.len()).map(FeedOf::Story));
    feeds.extend((0..site.topics.len() as u32).filter(|i| site.topics[*i as usize].feed).map(FeedOf::Topic));
    feeds.extend(
        (0..site.entities.len() as u32).filter(|i| site.entities[*i as usize].feed).map(FeedOf::Entity),
    );
    if has_corrections(site) {
        feeds.push(FeedOf::Corrections);
    }
    feeds
}

/// Whether there is a feed of corrections.
pub fn has_corrections(site: &Site) -> bool {
    site.config.feeds.corrections
}

/// The page that a feed belongs to.
pub fn front(site: &Site, of: FeedOf) -> SitePath {
    match of {
        FeedOf::Site => SitePath::new("/"),
        FeedOf::Section(i) => site.sections[i as usize].path.clone(),
        FeedOf::Topic(i) => site.topics[i as usize].path.clone(),
        FeedOf::Entity(i) => site.entities[i as usize].path.clone(),
        FeedOf::Story(i) => site.stories[i as usize].path.clone(),
        FeedOf::Corrections => SitePath::new("/corrections/"),
    }
}

/// Name of what a feed is of, in the words of the site; that of corrections is a word of the interface.
pub fn name(site: &Site, of: FeedOf) -> &str {
    match of {
        FeedOf::Site | FeedOf::Corrections => &site.config.title,
        FeedOf::Section(i) => &site.sections[i as usize].value.title,
        FeedOf::Topic(i) => &site.topics[i as usize].topic.label,
        FeedOf::Entity(i) => &site.entities[i as usize].entity.name,
        FeedOf::Story(i) => &site.stories[i as usize].story.title,
    }
}

/// Entries over all time.
pub fn entries(site: &Site, of: FeedOf) -> usize {
    match of {
        FeedOf::Site => site.articles.len(),
        FeedOf::Section(i) => site.sections[i as usize].articles.len(),
        FeedOf::Topic(i) => site.topics[i as usize].articles.len(),
        FeedOf::Entity(i) => site.entities[i as usize].articles.len(),
        FeedOf::Story(i) => site.stories[i as usize].articles.len(),
        FeedOf::Corrections => site.corrections.len(),
    }
}

/// Number of archives beside a feed (RFC 5005, section 4). Each holds `limit` entries and never changes once written;
/// what is newer than the last of them always fits into the feed itself.
pub fn archives(site: &Site, of: FeedOf) -> u32 {
    let config = &site.config.feeds;
    let wanted = match (config.archives, of) {
        (FeedArchives::None, _) => false,
        (FeedArchives::Main, FeedOf::Topic(_) | FeedOf::Entity(_)) => false,
        (FeedArchives::Main | FeedArchives::All, _) => true,
    };
    let (entries, limit) = (entries(site, of), config.limit.max(1));
    if wanted && entries > limit { (entries / limit) as u32 } else { 0 }
}

/// Entries of an archive, or of the feed itself (`archive` 0), as a range of all of them, newest first.
pub fn shown(entries: usize, limit: usize, archive: u32) -> std::ops::Range<usize> {
    let limit = limit.max(1);
    match archive as usize {
        0 => 0..entries.min(limit),
        n => entries.saturating_sub(n * limit)..entries.saturating_sub((n - 1) * limit),
    }
}

/// The address of a feed or of one of its archives.
pub fn path(front: &SitePath, format: FeedFormat, archive: u32) -> SitePath {
    let file = feed_file(format);
    if archive == 0 { front.join(file) } else { front.join(&format!("feed/{archive}/{file}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_and_feed_hold_every_entry_and_archives_never_change() {
        for entries in 0..100_usize {
            let archives = if entries > 10 { entries / 10 } else { 0 } as u32;
            let mut seen = vec![false; entries];
            for archive in 0..=archives {
                let range = shown(entries, 10, archive);
                assert!(range.len() <= 10 && (archive == 0 || range.len() == 10), "{entries}: {range:?}");
                if archive > 0 {
                    let oldest_first = entries - range.end..entries - range.start;
                    assert_eq!(oldest_first.start, (archive as usize - 1) * 10);
                }
                seen[range].iter_mut().for_each(|seen| *seen = true);
            }
            assert!(seen.iter().all(|seen| *seen), "{entries}");
        }
    }
}
