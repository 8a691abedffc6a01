//! An abbreviation of a time zone and a clock time in; the instant out, only where the zone is certain.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone, TimeZoneDatabase},
};

/// What a time says of its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone<'a> {
    None,
    /// Seconds east of Greenwich.
    Offset(i32),
    /// As written: `IST`.
    Named(&'a str),
}

/// Zones whose abbreviation the IANA database (2024) writes for one region that news names by it. `IST`, `BST`
/// and `CST` name several and are missing.
const REGIONS: [(&str, &str); 30] = [
    ("ET", "America/New_York"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("CT", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MDT", "America/Denver"),
    ("PT", "America/Los_Angeles"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("WET", "Europe/Lisbon"),
    ("WEST", "Europe/Lisbon"),
    ("CET", "Europe/Berlin"),
    ("CEST", "Europe/Berlin"),
    ("EET", "Europe/Kyiv"),
    ("EEST", "Europe/Kyiv"),
    ("MSK", "Europe/Moscow"),
    ("SAST", "Africa/Johannesburg"),
    ("WAT", "Africa/Lagos"),
    ("EAT", "Africa/Nairobi"),
    ("CAT", "Africa/Maputo"),
    ("IDT", "Asia/Jerusalem"),
    ("PKT", "Asia/Karachi"),
    ("HKT", "Asia/Hong_Kong"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("WIB", "Asia/Jakarta"),
    ("AEST", "Australia/Sydney"),
    ("AEDT", "Australia/Sydney"),
    ("NZST", "Pacific/Auckland"),
    ("NZDT", "Pacific/Auckland"),
];

/// Abbreviations in use that the database writes as plain numbers, with their seconds.
const OFFSETS: [(&str, i32); 9] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("SGT", 8 * 3600),
    ("MYT", 8 * 3600),
    ("NPT", 20_700),
    ("UZT", 5 * 3600),
    ("TRT", 3 * 3600),
    ("PHT", 8 * 3600),
];

/// Abbreviations that mean different hours in different countries; known as zones, never certain by themselves.
const AMBIGUOUS: [&str; 8] = ["IST", "BST", "CST", "MST", "GST", "AST", "SST", "ADT"];

/// Whether `word` is an abbreviation of a time zone.
pub fn is_zone(word: &str) -> bool {
    AMBIGUOUS.contains(&word)
        || REGIONS.iter().any(|(name, _)| *name == word)
        || OFFSETS.iter().any(|(name, _)| *name == word)
}

/// The instant of `clock` in `zone`, or why it cannot be told. `site` is the site's own zone, whose
/// abbreviations are certain; `indian` settles `IST`.
pub fn instant(
    clock: DateTime,
    zone: Zone<'_>,
    site: &TimeZone,
    indian: bool,
) -> Result<Timestamp, &'static str> {
    let fixed = |seconds: i32| {
        let offset = Offset::from_seconds(seconds).map_err(|_| "the time's offset is out of range")?;
        offset.to_timestamp(clock).map_err(|_| "the time is out of range")
    };
    let name = match zone {
        Zone::None => return Err("the time names no zone, so only the day was read"),
        Zone::Offset(seconds) => return fixed(seconds),
        Zone::Named(name) => name,
    };
    if let Some((_, seconds)) = OFFSETS.iter().find(|(known, _)| *known == name) {
        return fixed(*seconds);
    }
    if let Some(time) = in_region(clock, name, site) {
        return Ok(time);
    }
    if name == "IST" && indian {
        return fixed(19_800);
    }
    let region = REGIONS.iter().find(|(known, _)| *known == name).map(|(_, region)| *region);
    let Some(region) = region.and_then(|region| TimeZoneDatabase::bundled().get(region).ok()) else {
        return Err("the time's zone is ambiguous, so only the day was read");
    };
    match name {
        "ET" | "CT" | "PT" => {
            region.to_ambiguous_timestamp(clock).unambiguous().map_err(|_| "the clocks changed at that time")
        }
        _ => in_region(clock, name, &region).ok_or("that zone was not in force on that day"),
    }
}

/// The instant, if `region` calls itself `name` at that time. New York keeps summer time: `EST`
/// in July is a slip of the pen, and which hour was meant cannot be known.
fn in_region(clock: DateTime, name: &str, region: &TimeZone) -> Option<Timestamp> {
    let time = region.to_ambiguous_timestamp(clock).unambiguous().ok()?;
    let info = region.to_offset_info(time);
    (info.abbreviation() == name).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        let check = |clock: &str, zone: Zone<'_>, site: &str, indian: bool, expect: Option<&str>| {
            let site = TimeZoneDatabase::bundled().get(site).unwrap_or(TimeZone::UTC);
            let clock: DateTime = clock.parse().unwrap_or_default();
            let got = instant(clock, zone, &site, indian).ok().map(|t| t.to_string());
            assert_eq!(got.as_deref(), expect, "{clock} {zone:?}");
        };
        let july = "2025-07-10T18:12";
        check(july, Zone::Named("UTC"), "UTC", false, Some("2025-07-10T18:12:00Z"));
        check(july, Zone::Named("GMT"), "Europe/London", false, Some("2025-07-10T18:12:00Z"));
        check(july, Zone::Offset(19_800), "UTC", false, Some("2025-07-10T12:42:00Z"));
        check(july, Zone::Named("IST"), "UTC", false, None);
        check(july, Zone::Named("IST"), "UTC", true, Some("2025-07-10T12:42:00Z"));
        check(july, Zone::Named("IST"), "Asia/Kolkata", false, Some("2025-07-10T12:42:00Z"));
        check(july, Zone::Named("IST"), "Europe/Dublin", false, Some("2025-07-10T17:12:00Z"));
        check(july, Zone::Named("BST"), "Europe/London", false, Some("2025-07-10T17:12:00Z"));
        check(july, Zone::Named("BST"), "UTC", false, None);
        check(july, Zone::Named("CEST"), "UTC", false, Some("2025-07-10T16:12:00Z"));
        check(july, Zone::Named("CET"), "UTC", false, None);
        check(july, Zone::Named("EST"), "UTC", false, None);
        check("2025-01-10T18:12", Zone::Named("EST"), "UTC", false, Some("2025-01-10T23:12:00Z"));
        check("2025-01-10T18:12", Zone::Named("CET"), "UTC", false, Some("2025-01-10T17:12:00Z"));
        check(july, Zone::Named("ET"), "UTC", false, Some("2025-07-10T22:12:00Z"));
        check(july, Zone::Named("XYZ"), "UTC", false, None);
        check(july, Zone::None, "UTC", false, None);
    }
}
