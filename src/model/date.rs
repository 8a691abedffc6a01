//! Points in time as news needs them: a day, or a day with a time. A time is never invented.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A day in the site's time zone and, where the source gave one, the instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    pub day: Date,
    pub time: Option<Timestamp>,
}

impl Moment {
    pub fn day(day: Date) -> Self {
        Moment { day, time: None }
    }

    /// The first instant of the moment in the zone `tz`: for a mere day, its midnight.
    pub fn earliest(self, tz: &jiff::tz::TimeZone) -> Timestamp {
        match self.time {
            Some(time) => time,
            None => self.day.to_zoned(tz.clone()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp()),
        }
    }
}
