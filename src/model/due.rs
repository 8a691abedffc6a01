//! When the site next changes by itself: the next embargo or expiry, so that a scheduled build can be set.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::model::{
    Article, Moment,
    site::{HeldWhy, Site},
};

/// What happens then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Due {
    /// A piece under embargo comes out.
    Published,
    /// A piece goes.
    Expires,
}

/// A moment at which the site changes by itself, with the headline it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Next<'a> {
    pub time: Timestamp,
    pub due: Due,
    pub title: &'a str,
}

impl Next<'_> {
    /// The first whole minute at which it has come, as a schedule in UTC: five fields of cron(5), the last one open.
    pub fn cron(&self) -> String {
        let whole = self.time.as_second().rem_euclid(60) == 0 && self.time.subsec_nanosecond() == 0;
        let wait = if whole { SignedDuration::ZERO } else { SignedDuration::from_secs(60) };
        let at = self.time.checked_add(wait).unwrap_or(self.time).to_zoned(TimeZone::UTC);
        format!("{} {} {} {} *", at.minute(), at.hour(), at.day(), at.month())
    }
}

/// The earliest such moment after the site's `now`.
pub fn next(site: &Site) -> Option<Next<'_>> {
    let comes = site.held.iter().filter_map(|held| match held.why {
        HeldWhy::Future(time) => Some(Next { time, due: Due::Published, title: &held.article.title }),
        HeldWhy::Draft | HeldWhy::Expired(_) => None,
    });
    let goes = site.articles.iter().filter_map(|entry| {
        let time = entry.article.expires?.earliest(&site.tz);
        Some(Next { time, due: Due::Expires, title: &entry.article.title })
    });
    comes.chain(goes).filter(|next| next.time > site.now).min()
}

/// Articles in `site` whose time has not come at the moment `clock`, and what keeps them: a build for another moment
/// must not let them out. The key is that of the front matter.
pub fn early(site: &Site, clock: Timestamp) -> Vec<(&Article, &'static str, &'static str)> {
    let waits = |moment: Option<Moment>| moment.is_some_and(|moment| moment.earliest(&site.tz) > clock);
    let why = |article: &Article| match (waits(article.publish_at), waits(article.date)) {
        (true, _) => Some(("under embargo", "publish_at")),
        (false, true) => Some(("dated in the future", "date")),
        (false, false) => None,
    };
    let articles = site.articles.iter().map(|entry| &*entry.article);
    articles.filter_map(|article| why(article).map(|(what, key)| (article, what, key))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_never_early() {
        let check = |time: &str, expect: &str| {
            let time = time.parse().unwrap();
            assert_eq!(Next { time, due: Due::Expires, title: "" }.cron(), expect);
        };
        check("2025-07-10T18:00:00Z", "0 18 10 7 *");
        check("2025-07-10T18:00:00+02:00", "0 16 10 7 *");
        check("2025-12-31T23:59:01Z", "0 0 1 1 *");
        check("1969-07-20T20:17:00.5Z", "18 20 20 7 *");
    }
}
