//! A post as written before a name and the offices of an entity enter; whether it held that post on a day leaves.

use jiff::civil::Date;

use crate::{
    annotate::words,
    knowledge::record::{self, Office},
    model,
    text::fold::fold,
};

/// A post as a text writes it: `former U.S. President`, `Foreign Minister`.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Folded words that tell it from other posts.
    words: Vec<String>,
    /// Held no longer: `former`, `ex-`.
    past: bool,
}

/// What the offices of an entity say of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// None of them is this post.
    No,
    /// One is, but not on that day.
    OtherTime,
    /// One is, and no day speaks against it.
    Then,
}

/// Reads a post. `None` when it names none: `Mr.`, `the late`.
pub fn post(text: &str) -> Option<Post> {
    let mut words: Vec<String> = Vec::new();
    let mut past = false;
    for word in text.split(|c: char| c.is_whitespace() || c == '-') {
        let folded = fold(word.trim_matches([',', '“', '”', '"'])).into_owned();
        if words::classes(&folded) & words::FORMER != 0 {
            past = true;
        } else if let Some(word) = normal(&folded) {
            words.extend(word.split(' ').map(str::to_owned));
        }
    }
    (!words.is_empty()).then_some(Post { words, past })
}

/// One word of a post in its usual form; `None` for words that do not tell posts apart.
fn normal(word: &str) -> Option<&str> {
    if let Some((_, usual)) = FORMS.iter().find(|(form, _)| *form == word) {
        return Some(usual);
    }
    Some(match word {
        "" | "of" | "the" | "for" | "and" | "a" | "an" | "affairs" | "us" | "u.s." | "acting" | "'s"
        | "’s" => {
            return None;
        }
        word if words::classes(word) & words::COURTESY != 0 => return None,
        word => word,
    })
}

impl Post {
    /// Whether two posts, as written, are the same: the nouns that tell posts apart are.
    pub fn agrees(&self, other: &Post) -> bool {
        fn heads(post: &Post) -> Vec<&String> {
            let mut heads: Vec<&String> = post.words.iter().filter(|word| is_head(word)).collect();
            heads.sort();
            heads
        }
        let own = heads(self);
        !own.is_empty() && own == heads(other)
    }

    /// Whether the words of an office hold those of the post that are posts, not names: `U.S.`, `Russian` and other
    /// words that no office has are passed over when the noun for the post agrees.
    fn is(&self, title: &str, office: Office) -> bool {
        let mut held = held(title);
        match office {
            Office::HeadOfState if held.is_empty() => held.push("president".to_owned()),
            Office::HeadOfGovernment if held.is_empty() => {
                held.extend(["prime", "minister"].map(str::to_owned))
            }
            _ => {}
        }
        let leads = matches!(office, Office::HeadOfState | Office::HeadOfGovernment);
        let has = |word: &str| held.iter().any(|h| h == word);
        let mut heads = 0;
        for word in &self.words {
            if !is_head(word) {
                continue;
            }
            if !(has(word) || leads && matches!(word.as_str(), "leader" | "chancellor" | "ruler")) {
                return false;
            }
            heads += 1;
        }
        heads > 0
    }
}

/// The words of an office, in their usual form.
fn held(title: &str) -> Vec<String> {
    // `Adviser to the President` is no president.
    let title = title.split(" to ").next().unwrap_or(title);
    let mut held = Vec::new();
    for word in title.split(|c: char| c.is_whitespace() || c == '-' || c == ',') {
        if let Some(word) = normal(&fold(word)) {
            held.extend(word.split(' ').map(str::to_owned));
        }
    }
    held
}

/// Of a description the words that tell posts apart, each once: it holds the same posts as the whole.
pub fn told_apart(description: &str) -> String {
    let mut heads = held(description);
    heads.retain(|word| is_head(word));
    heads.sort_unstable();
    heads.dedup();
    heads.join(" ")
}

/// The words of what [`told_apart`] gave.
pub fn heads(told: &str) -> impl Iterator<Item = &str> {
    told.split(' ').filter(|word| !word.is_empty())
}

/// Short and other forms of words that tell posts apart, and the usual form: what [`normal`] makes of them.
const FORMS: [(&str, &str); 14] = [
    ("sen.", "senator"),
    ("sen", "senator"),
    ("rep.", "representative"),
    ("rep", "representative"),
    ("congressman", "representative"),
    ("congresswoman", "representative"),
    ("gov.", "governor"),
    ("gov", "governor"),
    ("pm", "prime minister"),
    ("premier", "prime minister"),
    ("taoiseach", "prime minister"),
    ("vp", "vice president"),
    ("defence", "defense"),
    ("external", "foreign"),
];

/// The words, folded, in which a text may write a word that tells posts apart.
pub fn written(head: &str) -> impl Iterator<Item = &str> {
    let forms = FORMS.iter().filter(move |(_, usual)| usual.split(' ').any(|word| word == head));
    std::iter::once(head).chain(forms.map(|(form, _)| *form))
}

/// Whether a word tells posts apart.
fn is_head(word: &str) -> bool {
    words::classes(word) & words::ROLE != 0 || is_kind_of_post(word)
}

/// Words that tell one minister or secretary from another.
fn is_kind_of_post(word: &str) -> bool {
    matches!(
        word,
        "foreign"
            | "prime"
            | "vice"
            | "deputy"
            | "defense"
            | "finance"
            | "interior"
            | "health"
            | "justice"
            | "state"
            | "treasury"
            | "home"
            | "trade"
            | "energy"
            | "education"
            | "leader"
            | "crown"
            | "supreme"
    )
}

/// Months since the year 0.
fn months(year: i32, month: i32) -> i32 {
    year * 12 + month
}

/// Whether an office that was held from and to these months was held on the day, give or take two months.
fn covers(from: Option<i32>, to: Option<i32>, day: Option<Date>, past: bool) -> bool {
    let Some(day) = day else { return true };
    let now = months(i32::from(day.year()), i32::from(day.month()));
    let begun = from.is_none_or(|from| from <= now + 2);
    let ended = to.is_some_and(|to| to + 2 < now);
    if past { begun } else { begun && !ended }
}

/// By how many months an office may have begun earlier than its record says: of who leads a country, only the present
/// term is recorded, and there may have been others before.
fn earlier(role: &record::Role) -> i32 {
    let leads = matches!(role.office, Office::HeadOfState | Office::HeadOfGovernment);
    if leads && role.to.is_none() { 120 } else { 0 }
}

/// What built-in offices say of a post.
pub fn held_in_pack(post: &Post, roles: &[record::Role], day: Option<Date>) -> Held {
    let month = |date: record::PartialDate, open: i32| {
        months(i32::from(date.year), if date.month == 0 { open } else { i32::from(date.month) })
    };
    best(roles.iter().map(|role| {
        if !post.is(role.title, role.office) {
            Held::No
        } else if covers(
            role.from.map(|d| month(d, 1) - earlier(role)),
            role.to.map(|d| month(d, 12)),
            day,
            post.past,
        ) {
            Held::Then
        } else {
            Held::OtherTime
        }
    }))
}

/// What the offices and the description of a registered entity say of a post.
pub fn held_in_registry(post: &Post, entity: &model::Entity, day: Option<Date>) -> Held {
    let month = |text: &String, open: i32| {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        Some(months(year, parts.next().and_then(|m| m.parse().ok()).unwrap_or(open)))
    };
    let stated = best(entity.roles.iter().map(|role| {
        if !post.is(&role.title, Office::Plain) {
            return Held::No;
        }
        let from = role.from.as_ref().and_then(|d| month(d, 1));
        let to = role.to.as_ref().and_then(|d| month(d, 12));
        if covers(from, to, day, post.past) { Held::Then } else { Held::OtherTime }
    }));
    if stated == Held::No && !entity.description.is_empty() && post.is(&entity.description, Office::Plain) {
        return Held::Then;
    }
    stated
}

fn best(all: impl Iterator<Item = Held>) -> Held {
    all.max().unwrap_or(Held::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_offices() {
        let check = |text: &str, title: &str, office: Office, expect: bool| {
            assert_eq!(post(text).is_some_and(|p| p.is(title, office)), expect, "{text} / {title}");
        };
        check("President", "President", Office::HeadOfState, true);
        check("U.S. President", "President", Office::HeadOfState, true);
        check("Vice President", "President", Office::HeadOfState, false);
        check("Russian Foreign Minister", "Minister of Foreign Affairs", Office::Plain, true);
        check("Foreign Minister", "Minister of Finance", Office::Plain, false);
        check("Prime Minister", "Prime Minister", Office::HeadOfGovernment, true);
        check("German Chancellor", "Federal Chancellor", Office::HeadOfGovernment, true);
        check("Chancellor", "Prime Minister", Office::HeadOfGovernment, true);
        check("Gov.", "Governor of Utah", Office::Plain, true);
        check("Secretary of State", "Secretary of State", Office::Plain, true);
        check("Secretary of State", "Secretary of Defense", Office::Plain, false);
        check("North Korean leader", "State Affairs Commission President", Office::HeadOfState, true);
        check("Mr.", "President", Office::HeadOfState, false);
        check("spokesman", "President", Office::HeadOfState, false);
        check("President", "Adviser to the President", Office::Plain, false);
    }

    #[test]
    fn days() {
        let role = |from: u16, to: Option<u16>| record::Role {
            title: "President",
            office: Office::HeadOfState,
            country: None,
            from: Some(record::PartialDate { year: from, month: 1, day: 20 }),
            to: to.map(|year| record::PartialDate { year, month: 1, day: 20 }),
        };
        let check = |text: &str, day: &str, expect: Held| {
            let post = post(text).expect("a post");
            let day = day.parse().ok();
            assert_eq!(held_in_pack(&post, &[role(2001, Some(2009))], day), expect, "{text}, {day:?}");
        };
        check("President", "2005-06-01", Held::Then);
        check("President", "2018-06-01", Held::OtherTime);
        check("former President", "2018-06-01", Held::Then);
        check("President", "1999-06-01", Held::OtherTime);
        check("President", "", Held::Then);
        check("Prime Minister", "2005-06-01", Held::No);
    }
}
