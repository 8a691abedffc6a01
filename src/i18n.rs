//! The words of the templates, and dates and numbers as the site's language writes them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::OwnWords;

/// A language of the interface.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// BCP 47.
    pub language: String,
    /// January first.
    pub months: Vec<String>,
    pub months_short: Vec<String>,
    /// Monday first.
    pub weekdays: Vec<String>,
    pub weekdays_short: Vec<String>,
    /// Patterns with `{weekday} {day} {month} {year}`.
    pub date_long: String,
    pub date_full: String,
    pub date_short: String,
    pub month_year: String,
    /// Some days of one month, and some days of one year: patterns with `{from_day} {from_month}` too.
    pub days_of_month: String,
    pub days_of_year: String,
    /// Between groups of three digits.
    pub thousands: String,
    /// What templates call `t`.
    pub text: BTreeMap<String, String>,
}

const BUILT_IN: [(&str, &str); 2] =
    [("en", include_str!("../i18n/en.yaml")), ("de", include_str!("../i18n/de.yaml"))];

/// The built-in words of `language`, by its whole tag or its first part; English otherwise.
pub fn words(language: &str) -> Words {
    let primary = language.split('-').next().unwrap_or("en");
    let found = BUILT_IN.iter().find(|(tag, _)| *tag == language || *tag == primary).unwrap_or(&BUILT_IN[0]);
    // The files are part of the program and read by a test.
    serde_yaml::from_str(found.1).unwrap_or_else(|error| unreachable!("built-in words: {error}"))
}

/// The words of `language` with the site's `own` over them. A language that is not built in stands on English.
pub fn words_with(language: &str, own: &OwnWords) -> Words {
    fn list<const N: usize>(to: &mut Vec<String>, own: Option<&[String; N]>) {
        if let Some(own) = own {
            *to = own.to_vec();
        }
    }
    fn text(to: &mut String, own: Option<&String>) {
        if let Some(own) = own {
            to.clone_from(own);
        }
    }
    let mut words = words(language);
    list(&mut words.months, own.months.as_ref());
    list(&mut words.months_short, own.months_short.as_ref());
    list(&mut words.weekdays, own.weekdays.as_ref());
    list(&mut words.weekdays_short, own.weekdays_short.as_ref());
    text(&mut words.date_long, own.date_long.as_ref());
    text(&mut words.date_full, own.date_full.as_ref());
    text(&mut words.date_short, own.date_short.as_ref());
    text(&mut words.month_year, own.month_year.as_ref());
    text(&mut words.days_of_month, own.days_of_month.as_ref());
    text(&mut words.days_of_year, own.days_of_year.as_ref());
    text(&mut words.thousands, own.thousands.as_ref());
    text(&mut words.language, own.language.as_ref());
    words.text.extend(own.text.clone());
    words
}

impl Words {
    /// `Friday, 10 November 1989`.
    pub fn full(&self, day: Date) -> String {
        self.fill(&self.date_full, day)
    }

    /// `10 November 1989`.
    pub fn long(&self, day: Date) -> String {
        self.fill(&self.date_long, day)
    }

    /// `10 Nov 1989`.
    pub fn short(&self, day: Date) -> String {
        self.fill(&self.date_short, day)
    }

    /// `November 1989`.
    pub fn month(&self, year: i16, month: i8) -> String {
        let name = self.months.get(month as usize - 1).map_or("", String::as_str);
        self.month_year.replace("{month}", name).replace("{year}", &year.to_string())
    }

    /// A period, with short names of months: `3–7 May 2024`, `28 Apr – 3 May 2024`, `28 Dec 2023 – 3 Jan 2024`; whole months
    /// as such: `May 2024`, `January 2024 – March 2024`. The first day alone where the last is none other.
    pub fn period(&self, from: Date, to: Date) -> String {
        let months = from.day() == 1 && to == to.last_of_month() && from != to;
        let one = (from.year(), from.month()) == (to.year(), to.month());
        let month = |day: Date| self.month(day.year(), day.month());
        let pattern = match (from == to, months, one, from.year() == to.year()) {
            (true, ..) => return self.short(from),
            (_, true, true, _) => return month(from),
            (_, true, false, _) => return format!("{} – {}", month(from), month(to)),
            (_, _, true, _) => &self.days_of_month,
            (_, _, _, true) => &self.days_of_year,
            _ => return format!("{} – {}", self.short(from), self.short(to)),
        };
        let name = self.months_short.get(from.month() as usize - 1).map_or("", String::as_str);
        let pattern = pattern.replace("{from_day}", &from.day().to_string()).replace("{from_month}", name);
        self.fill(&pattern.replace("{month}", "{month_short}"), to)
    }

    fn fill(&self, pattern: &str, day: Date) -> String {
        let pick = |names: &[String], i: i8| names.get(i as usize).cloned().unwrap_or_default();
        let month = day.month() - 1;
        pattern
            .replace("{weekday}", &pick(&self.weekdays, day.weekday().to_monday_zero_offset()))
            .replace("{weekday_short}", &pick(&self.weekdays_short, day.weekday().to_monday_zero_offset()))
            .replace("{day}", &day.day().to_string())
            .replace("{month}", &pick(&self.months, month))
            .replace("{month_short}", &pick(&self.months_short, month))
            .replace("{year}", &day.year().to_string())
    }

    /// A word of the templates; the key itself when there is none, so that a gap is seen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.text.get(key).map_or(key, String::as_str)
    }

    /// `1,234`.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(c);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_stand_over_those_of_the_language() {
        let own: OwnWords = serde_yaml::from_str("thousands: ' '\ntext: {latest: Frisch}\n").unwrap();
        let (built_in, words) = (words("de"), words_with("de", &own));
        assert_eq!((words.get("latest"), &*words.thousands), ("Frisch", " "));
        assert_eq!((words.get("older"), &words.months), (built_in.get("older"), &built_in.months));
        let own: OwnWords = serde_yaml::from_str("language: eo\ntext: {latest: Plej nova}\n").unwrap();
        let words = words_with("eo", &own);
        assert_eq!((&*words.language, words.get("latest"), words.get("older")), ("eo", "Plej nova", "Older"));
    }

    #[test]
    fn built_in_words_are_whole() {
        for (language, _) in BUILT_IN {
            let words = words(language);
            assert_eq!(words.language, language);
            assert_eq!((words.months.len(), words.months_short.len()), (12, 12));
            assert_eq!((words.weekdays.len(), words.weekdays_short.len()), (7, 7));
        }
        let keys = |language: &str| words(language).text.into_keys().collect::<Vec<_>>();
        for (language, _) in BUILT_IN {
            assert_eq!(keys(language), keys("en"), "words of `{language}`");
        }
        let de = words("de-AT");
        assert_eq!(de.full(jiff::civil::date(1989, 11, 9)), "Donnerstag, 9. November 1989");
        assert_eq!((de.number(1_234), &*words("xx").language), ("1.234".to_owned(), "en"));
        let en = words("en-GB");
        let day = jiff::civil::date(1989, 11, 10);
        assert_eq!(en.full(day), "Friday, 10 November 1989");
        assert_eq!(en.number(1_234_567), "1,234,567");
    }

    #[test]
    fn periods_are_written_as_short_as_can_be() {
        let check = |from: &str, to: &str, en: &str, de: &str| {
            let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
            assert_eq!((&*words("en").period(from, to), &*words("de").period(from, to)), (en, de));
        };
        check("2024-05-03", "2024-05-03", "3 May 2024", "3. Mai 2024");
        check("2024-05-03", "2024-05-07", "3–7 May 2024", "3.–7. Mai 2024");
        check("2024-04-28", "2024-05-03", "28 Apr – 3 May 2024", "28. Apr. – 3. Mai 2024");
        check("2023-12-28", "2024-01-03", "28 Dec 2023 – 3 Jan 2024", "28. Dez. 2023 – 3. Jan. 2024");
        check("2024-02-01", "2024-02-29", "February 2024", "Februar 2024");
        check("2024-01-01", "2024-03-31", "January 2024 – March 2024", "Januar 2024 – März 2024");
    }
}
