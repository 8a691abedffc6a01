//! Views of what happened when, by the dates that the texts give.

use serde::Serialize;
use tera::Value;

use crate::render::views::{BarView, LinkView};

/// A year.
#[derive(Clone, Debug, Serialize)]
pub struct ToldYearView {
    pub year: i16,
    /// The address of its page; empty where it has none, and its months stand on the front page.
    pub url: String,
    /// Sentences that give a date of the year.
    pub count: usize,
    /// Twelve, January first: how many sentences each month has, and where it stands on the year's page.
    pub bars: Vec<BarView>,
    /// Months with sentences, January first; empty on the front page for a year with a page of its own.
    pub months: Vec<ToldMonthView>,
}

/// A month with the sentences that give a date in it.
#[derive(Clone, Debug, Serialize)]
pub struct ToldMonthView {
    /// `May 2024`.
    pub title: String,
    /// `2024-05`.
    pub id: String,
    /// In the order of the calendar; what is dated by the month or a longer period comes first.
    pub days: Vec<ToldDayView>,
}

/// The sentences that give one day, or one period.
#[derive(Clone, Debug, Serialize)]
pub struct ToldDayView {
    /// `3 May 2024`, `3–7 May 2024`, `May 2024`.
    pub title: String,
    /// For `datetime`: `2024-05-03`, `2024-05`; empty for other periods, which HTML has no form for.
    pub iso: String,
    /// The edition of that day; empty where there is none.
    pub url: String,
    /// The weightiest first.
    pub sentences: Vec<ToldView>,
    /// How many more there are.
    pub more: usize,
}

/// A sentence that gives a date.
#[derive(Clone, Debug, Serialize)]
pub struct ToldView {
    pub text: String,
    /// The paragraph in its article.
    pub url: String,
    pub article: LinkView,
    /// Where it is not that of the site.
    pub lang: String,
    /// Whom it names, as `EntityLink`s, in the order of the sentence.
    pub entities: Vec<Value>,
}
