//! Words of the interface that a site sets itself.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a site says in its own words, in `i18n/LANGUAGE.yaml`: any part of a file of the built-in words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnWords {
    pub language: Option<String>,
    pub months: Option<[String; 12]>,
    pub months_short: Option<[String; 12]>,
    pub weekdays: Option<[String; 7]>,
    pub weekdays_short: Option<[String; 7]>,
    pub date_long: Option<String>,
    pub date_full: Option<String>,
    pub date_short: Option<String>,
    pub month_year: Option<String>,
    pub days_of_month: Option<String>,
    pub days_of_year: Option<String>,
    pub thousands: Option<String>,
    pub text: BTreeMap<String, String>,
}
