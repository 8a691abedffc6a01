//! Spans enter; people leave with the title or role that stands right before them, and without one inside.

use crate::annotate::tagger::classes;
use crate::annotate::tagger::document::Document;
use crate::annotate::tagger::lexicon::list;
use crate::annotate::tagger::{NerKind, Span};
use crate::text::token::Token;

/// No title is longer, in words.
const LONGEST: usize = 8;

/// What is tagged as a person right behind a title is one: so were 828 of 833 in the development and gold texts.
const TITLED: f32 = 0.95;

/// Sets the title of every person, who is the surer for it. A title at the head of a person's span is moved out of it.
pub fn attach(document: &Document, tokens: &[Token], spans: &mut [(Span, f32)]) {
    let mut taken = 0;
    for (span, _) in spans.iter_mut() {
        if span.kind == NerKind::Person {
            let (start, end) = (span.tokens.start as usize, span.tokens.end as usize);
            let mut name = start;
            while name + 1 < end && is_honorific(document, name) {
                name += 1;
            }
            span.tokens.start = name as u32;
            span.start = tokens[name].start;
            let first = sentence_start(document, name).max(taken);
            span.title = title(document, first, name).map(|from| from as u32..name as u32);
            if span.title.is_some() && document.word(name - 1).class & classes::TITLE != 0 {
                span.confidence = span.confidence.max(TITLED);
            }
        }
        taken = span.tokens.end as usize;
    }
}

fn sentence_start(document: &Document, at: usize) -> usize {
    let index = document.sentences.partition_point(|s| s.end as usize <= at);
    document.sentences.get(index).map_or(0, |s| s.start as usize)
}

/// `Mr.`, `President`: words that never begin a person's name.
fn is_honorific(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    let abbreviated = word.class & classes::DOTTED != 0 && word.class & classes::INITIAL == 0;
    let unnamed = word.info.lists() & (list::GIVEN | list::FAMILY) == 0;
    word.class & classes::TITLE != 0 && word.class & classes::CAP != 0 && (abbreviated || unnamed)
}

/// The first token of the title that ends before token `end`, not before token `first`.
fn title(document: &Document, first: usize, end: usize) -> Option<usize> {
    let mut found = None;
    for at in (first.max(end.saturating_sub(LONGEST))..end).rev() {
        let class = document.word(at).class;
        if class & (classes::TITLE | classes::ROLE) != 0 && class & classes::FUNCTION == 0 {
            found = Some(at);
        } else if class & classes::OFFICE != 0 {
            found = found.map(|_| at).or(if at + 1 == end { None } else { found });
            if found.is_none() && !leads_to_title(document, first, at) {
                return None;
            }
        } else if class & classes::LINK != 0 && class & classes::MARK == 0 && at + 1 < end {
            // `Secretary of State`: the link counts only with a title before it.
            if !leads_to_title(document, first, at) {
                return found;
            }
        } else {
            return found;
        }
    }
    found
}

/// Whether a title stands in one of the two tokens before `at`.
fn leads_to_title(document: &Document, first: usize, at: usize) -> bool {
    (first.max(at.saturating_sub(2))..at).any(|i| {
        let class = document.word(i).class;
        class & classes::TITLE != 0 && class & classes::FUNCTION == 0
    })
}

#[cfg(test)]
mod tests {
    use crate::annotate::tagger::document::Document;
    use crate::annotate::tagger::lexicon::Lexicon;
    use crate::annotate::tagger::table::{Table, write};
    use crate::annotate::tagger::titles::attach;
    use crate::annotate::tagger::{Evidence, NerKind, Span};
    use crate::text::sentence::sentences;
    use crate::text::token::tokenize;

    /// The person is marked with square brackets; expected are the title and the name.
    fn check(marked: &str, title: &str, name: &str) {
        let text = marked.replace(['[', ']'], "");
        let (from, to) = (marked.find('[').unwrap_or(0) as u32, marked.find(']').unwrap_or(1) as u32 - 1);
        let tokens = tokenize(&text);
        let cuts = sentences(&text, &tokens);
        let empty = write(&[], 6).unwrap_or_default();
        let (table, _) = Table::read(&empty).expect("an empty table");
        let document = Document::new(
            &text,
            &tokens,
            &cuts,
            &Lexicon { words: table, names: table, likes: table, groups: &[] },
        );
        let inside = |t: &&crate::text::token::Token| t.start >= from && t.end <= to;
        let start = tokens.iter().position(|t| inside(&t)).unwrap_or(0) as u32;
        let count = tokens.iter().filter(inside).count() as u32;
        let span = Span {
            start: from,
            end: to,
            kind: NerKind::Person,
            confidence: 1.0,
            tokens: start..start + count,
            evidence: Evidence::Model,
            title: None,
        };
        let mut spans = vec![(span, 0.0)];
        attach(&document, &tokens, &mut spans);
        let span = &spans[0].0;
        let words = span.title.clone().map_or("", |t| {
            &text[tokens[t.start as usize].start as usize..tokens[t.end as usize - 1].end as usize]
        });
        assert_eq!((words, &text[span.start as usize..span.end as usize]), (title, name), "{marked}");
    }

    #[test]
    fn titles_stand_outside() {
        check("He met President [Barack Obama] there.", "President", "Barack Obama");
        check("He met [President Barack Obama] there.", "President", "Barack Obama");
        check("Secretary of State [Marco Rubio] said", "Secretary of State", "Marco Rubio");
        check("said Foreign Minister [Sergey Lavrov].", "Foreign Minister", "Sergey Lavrov");
        check("Then Lt. Gen. [John Smith] left.", "Lt. Gen.", "John Smith");
        check("a spokesman [Bob Ray] and", "spokesman", "Bob Ray");
        check("He saw [Bob Ray] and", "", "Bob Ray");
        check("of [Bob Ray] and", "", "Bob Ray");
    }
}
