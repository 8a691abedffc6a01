//! A name with the words around it and a text enter; the place that is meant leaves, or why it cannot be told.
//!
//! The name must stand in the text letter for letter, white space aside. Of several places the one whose surroundings
//! are most like the remembered ones is meant, if it is clearly the most like; the remembered offset decides between
//! equals. What cannot be told is left alone: a link in the wrong place is worse than none.

use crate::model::Span;

/// A text in which every run of white space is one blank, with the way back to its bytes.
pub struct Flat {
    text: String,
    /// For each byte of `text`, its offset in the original.
    offsets: Vec<u32>,
    /// Offset of each character of the original, by number.
    points: Vec<u32>,
}

/// Where a decision belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    At(Span),
    /// The name stands nowhere.
    Gone,
    /// The name stands here, but among other words.
    Changed(Vec<Span>),
    /// These places are alike.
    Several(Vec<Span>),
}

/// What is remembered of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub prefix: String,
    pub suffix: String,
    /// In Unicode code points; only where the words do not tell.
    pub at: Option<u32>,
}

/// Characters of the surroundings that are remembered on each side, and that are at most compared.
const REMEMBERED: usize = 32;
const COMPARED: usize = 64;
/// Likeness, 0 to 1, that the surroundings must have on both sides together, or one side alone.
const ENOUGH: f64 = 0.5;
const ENOUGH_ALONE: f64 = 0.8;
/// By how much the best place must lead.
const LEAD: f64 = 0.1;

impl Flat {
    pub fn new(original: &str) -> Flat {
        let mut flat = Flat {
            text: String::with_capacity(original.len()),
            offsets: Vec::with_capacity(original.len()),
            points: Vec::with_capacity(original.len()),
        };
        let mut blank = false;
        for (at, c) in original.char_indices() {
            flat.points.push(at as u32);
            if c.is_whitespace() {
                if !blank {
                    flat.text.push(' ');
                    flat.offsets.push(at as u32);
                }
                blank = true;
                continue;
            }
            blank = false;
            flat.text.push(c);
            flat.offsets.extend((0..c.len_utf8()).map(|i| (at + i) as u32));
        }
        flat
    }

    /// Every place where the words stand, not as a part of longer words.
    pub fn places(&self, quote: &str) -> Vec<Span> {
        self.hits(quote).map(|at| self.span(at, quote.len())).collect()
    }

    fn hits<'a>(&'a self, quote: &'a str) -> impl Iterator<Item = usize> + 'a {
        let inner = |a: Option<char>, b: Option<char>| {
            a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
        };
        let found = (!quote.is_empty()).then(|| self.text.match_indices(quote)).into_iter().flatten();
        found.map(|(at, _)| at).filter(move |at| {
            let (before, after) = (&self.text[..*at], &self.text[at + quote.len()..]);
            !inner(before.chars().next_back(), quote.chars().next())
                && !inner(quote.chars().next_back(), after.chars().next())
        })
    }

    fn span(&self, at: usize, length: usize) -> Span {
        let start = self.offsets[at];
        let end = self.offsets[at + length - 1] + 1;
        Span { start, end }
    }

    /// The words before and after a place of the flat text, `length` characters at most on each side.
    fn around(&self, at: usize, quote: usize, before: usize, after: usize) -> (&str, &str) {
        let head = self.text[..at].trim_end();
        let tail = self.text[at + quote..].trim_start();
        let start = head.char_indices().rev().take(before).last().map_or(head.len(), |(i, _)| i);
        let end = tail.char_indices().nth(after).map_or(tail.len(), |(i, _)| i);
        (&head[start..], &tail[..end])
    }

    /// How like the surroundings of a place are to the remembered ones, 0 to 1: on average, and on the better side.
    fn likeness(&self, at: usize, quote: usize, prefix: &str, suffix: &str) -> (f64, f64) {
        let (prefix, suffix) = (last(prefix, COMPARED), first(suffix, COMPARED));
        let (before, after) = self.around(at, quote, prefix.chars().count(), suffix.chars().count());
        let sides = [(prefix, before), (suffix, after)];
        let given: Vec<f64> = sides
            .into_iter()
            .filter(|(remembered, _)| !remembered.is_empty())
            .map(|(remembered, found)| strsim::normalized_levenshtein(remembered, found))
            .collect();
        match given.as_slice() {
            [] => (1.0, 1.0),
            all => (all.iter().sum::<f64>() / all.len() as f64, all.iter().copied().fold(0.0, f64::max)),
        }
    }

    /// The place that is meant.
    pub fn find(&self, quote: &str, prefix: &str, suffix: &str, at: Option<u32>) -> Found {
        let mut ranked: Vec<(f64, f64, usize)> = self
            .hits(quote)
            .map(|hit| {
                let (mean, best) = self.likeness(hit, quote.len(), prefix, suffix);
                (mean, best, hit)
            })
            .collect();
        let span = |hit: usize| self.span(hit, quote.len());
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let Some(&(best, _, hit)) = ranked.first() else { return Found::Gone };
        let like = |(mean, alone, _): &&(f64, f64, usize)| *mean >= ENOUGH || *alone >= ENOUGH_ALONE;
        if !ranked.iter().any(|r| like(&r)) {
            return Found::Changed(ranked.iter().map(|r| span(r.2)).collect());
        }
        let exact = best >= 1.0;
        let equals: Vec<usize> = ranked
            .iter()
            .filter(|r| like(r) && if exact { r.0 >= 1.0 } else { r.0 > best - LEAD })
            .map(|r| r.2)
            .collect();
        match (equals.as_slice(), at) {
            ([] | [_], _) => Found::At(span(equals.first().copied().unwrap_or(hit))),
            (_, Some(point)) => {
                let wanted = self.points.get(point as usize).copied().unwrap_or(u32::MAX);
                let distance = |hit: &usize| self.offsets[*hit].abs_diff(wanted);
                let near = equals.iter().copied().min_by_key(|hit| (distance(hit), *hit)).unwrap_or(hit);
                Found::At(span(near))
            }
            (_, None) => {
                let mut places: Vec<Span> = equals.iter().map(|hit| span(*hit)).collect();
                places.sort_unstable();
                Found::Several(places)
            }
        }
    }

    /// What is to be remembered of a place so that it is found again: some words on each side; more, and at last its
    /// offset, where the text repeats itself.
    pub fn anchor(&self, place: Span) -> Anchor {
        let at = self.offsets.partition_point(|offset| *offset < place.start);
        let end = self.offsets.partition_point(|offset| *offset < place.end);
        let quote = &self.text[at..end];
        let mut anchor = Anchor { prefix: String::new(), suffix: String::new(), at: None };
        for length in [REMEMBERED, COMPARED] {
            let (before, after) = self.around(at, quote.len(), length, length);
            // Whole words read better, and the end of the text has no half ones.
            let cut_before = before.chars().count() == length;
            let cut_after = after.chars().count() == length;
            anchor.prefix = whole(before, cut_before, true).to_owned();
            anchor.suffix = whole(after, cut_after, false).to_owned();
            if self.find(quote, &anchor.prefix, &anchor.suffix, None) == Found::At(place) {
                return anchor;
            }
        }
        anchor.at = Some(self.points.partition_point(|offset| *offset < place.start) as u32);
        anchor
    }

    /// The words of a place, with one blank between them.
    pub fn quote(&self, place: Span) -> &str {
        let at = self.offsets.partition_point(|offset| *offset < place.start);
        let end = self.offsets.partition_point(|offset| *offset < place.end);
        self.text.get(at..end).unwrap_or("").trim()
    }
}

/// Words without the half one at the far side, if that leaves any.
fn whole(words: &str, cut: bool, front: bool) -> &str {
    let kept = match (cut, front) {
        (false, _) => None,
        (true, true) => words.split_once(' ').map(|(_, rest)| rest),
        (true, false) => words.rsplit_once(' ').map(|(rest, _)| rest),
    };
    kept.filter(|rest| !rest.is_empty()).unwrap_or(words).trim()
}

fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(i, _)| &text[..i])
}

fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or(text, |(i, _)| &text[i..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Prime minister Kim met the press on Monday.\nHer brother, Kim, did not come to the hall.\n\
        Kimberley was not named.\nOn Tuesday the elder Kim left the city for good.\n";

    /// The text before the place that is found, or what else is said.
    fn found(text: &str, quote: &str, prefix: &str, suffix: &str, at: Option<u32>) -> String {
        match Flat::new(text).find(quote, prefix, suffix, at) {
            Found::At(span) => {
                assert_eq!(text[span.range()].split_whitespace().collect::<Vec<_>>().join(" "), quote);
                let head = &text[..span.range().start];
                head.split_whitespace().next_back().unwrap_or("^").to_owned()
            }
            other => format!("{other:?}").split('(').next().unwrap_or("").to_owned(),
        }
    }

    #[test]
    fn places_are_found_again_or_left_alone() {
        let check = |text: &str, prefix: &str, suffix: &str, at: Option<u32>, expect: &str| {
            assert_eq!(found(text, "Kim", prefix, suffix, at), expect, "{prefix}|{suffix}");
        };
        check(TEXT, "Prime minister", "met the press", None, "minister");
        check(TEXT, "Her brother,", ", did not come", None, "brother,");
        check(TEXT, "the elder", "left the city", None, "elder");
        // Both sides were edited, and it is still clear which one is meant.
        check(TEXT, "His brother,", ", did not go", None, "brother,");
        check(TEXT, "", "left the city for ever", None, "elder");
        // One side was written anew.
        check(TEXT, "in the morning the old man called", "left the city for good.", None, "elder");
        // Nothing is like it.
        check(TEXT, "a wholly other sentence", "says things of no kin", None, "Changed");
        check("Nobody is here.", "a", "b", None, "Gone");
        check(TEXT, "", "", None, "Several");
        check("Kim spoke.", "", "", None, "^");
        // The same sentence twice: the offset decides, even when it is a little off.
        let twice = "Kim spoke. Kim spoke. Kim spoke.";
        check(twice, "spoke.", "spoke.", None, "Several");
        assert_eq!(Flat::new(twice).find("Kim", "spoke.", "spoke.", Some(20)), Found::At(Span::new(22, 25)));
        assert_eq!(Flat::new(twice).find("Kim", "spoke.", "spoke.", Some(999)), Found::At(Span::new(22, 25)));
        assert_eq!(Flat::new("a\n  b").places("a b"), [Span::new(0, 5)]);
        assert_eq!(Flat::new(TEXT).places("Kim").len(), 3);
        assert!(Flat::new("").places("Kim").is_empty() && Flat::new("x").places("").is_empty());
    }

    proptest::proptest! {
        /// Whatever the text, an anchor leads back to its place; and so it does after other paragraphs were added.
        #[test]
        fn an_anchor_leads_back(words in proptest::collection::vec("Kim|Lee|é—ß|said|the |\\n|of|漢字", 1..40), more in "[a-z ]{0,40}") {
            let text = words.join(" ");
            let flat = Flat::new(&text);
            for place in flat.places("Kim") {
                let anchor = flat.anchor(place);
                let back = flat.find("Kim", &anchor.prefix, &anchor.suffix, anchor.at);
                proptest::prop_assert_eq!(back, Found::At(place));
                if anchor.at.is_none() {
                    let longer = format!("{text}\n{more}");
                    let back = Flat::new(&longer).find("Kim", &anchor.prefix, &anchor.suffix, None);
                    if let Found::At(found) = back {
                        proptest::prop_assert_eq!(found, place);
                    }
                }
            }
        }
    }
}
