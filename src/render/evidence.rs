//! Why a link exists, in the words of the interface: "family name; full name two paragraphs above".

use crate::{
    i18n::Words,
    model::{Evidence, Mention, Prose, Span},
};

/// The evidence of a mention as a reader would put it.
pub fn evidence(words: &Words, prose: &Prose, mention: &Mention) -> String {
    let say = |key: &str, name: &str, value: &str| words.get(key).replace(name, value);
    match &mention.evidence {
        Evidence::Editor => words.get("evidence_editor").to_owned(),
        Evidence::Registry { alias } => say("evidence_registry", "{name}", alias),
        Evidence::Knowledge { alias } => say("evidence_knowledge", "{name}", alias),
        Evidence::Surname { of } => {
            say("evidence_surname", "{where}", &distance(words, prose, mention.span, *of))
        }
        Evidence::Acronym { of } => {
            say("evidence_acronym", "{where}", &distance(words, prose, mention.span, *of))
        }
        Evidence::ShortForm { of } => {
            say("evidence_short", "{where}", &distance(words, prose, mention.span, *of))
        }
        Evidence::Demonym { .. } => words.get("evidence_demonym").to_owned(),
        Evidence::Attested => words.get("evidence_attested").to_owned(),
        Evidence::Team { .. } => words.get("evidence_team").to_owned(),
        Evidence::Government { .. } => words.get("evidence_government").to_owned(),
        Evidence::Office { post } => say("evidence_office", "{name}", post.trim()),
        Evidence::SameName { of } => {
            say("evidence_same", "{where}", &distance(words, prose, mention.span, *of))
        }
        Evidence::Conflict { alias } => say("evidence_conflict", "{name}", alias),
        Evidence::Generic => words.get("evidence_generic").to_owned(),
        Evidence::Archive { articles } => say("evidence_archive", "{n}", &number(words, *articles)),
        // The words of a source that withholds its text are cut.
        Evidence::Title { title } if title.trim().is_empty() => words.get("evidence_shape").to_owned(),
        Evidence::Title { title } => say("evidence_title", "{name}", title.trim()),
        Evidence::Repeated { count } => say("evidence_repeated", "{n}", &number(words, *count)),
        Evidence::Shape => words.get("evidence_shape").to_owned(),
        Evidence::Ambiguous { rivals } => say("evidence_ambiguous", "{n}", &number(words, *rivals)),
        Evidence::Context { reason } => say("evidence_context", "{reason}", &quoted(reason)),
    }
}

/// Names in the program's own messages stand between backticks; on a page they have quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (i, part) in text.split('`').enumerate() {
        if i > 0 {
            out.push(if i % 2 == 1 { '“' } else { '”' });
        }
        out.push_str(part);
    }
    out
}

/// Where `of` stands, seen from `at`: in the same sentence or paragraph, or so many paragraphs above or below.
fn distance(words: &Words, prose: &Prose, at: Span, of: Span) -> String {
    let block = |span: Span| prose.blocks.partition_point(|b| b.span.end <= span.start);
    let (here, there) = (block(at), block(of));
    let key = match (here.abs_diff(there), there < here) {
        (0, _) => return words.get("where_paragraph").to_owned(),
        (1, true) => "where_above_one",
        (1, false) => "where_below_one",
        (_, true) => "where_above",
        (_, false) => "where_below",
    };
    words.get(key).replace("{n}", &number(words, here.abs_diff(there) as u32))
}

/// A small number as a word, as prose has it; a greater one in figures.
fn number(words: &Words, n: u32) -> String {
    let named =
        words.get("numbers").split(' ').nth(n as usize).filter(|_| words.text.contains_key("numbers"));
    named.map_or_else(|| words.number(u64::from(n)), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, EntityKind, Status};

    #[test]
    fn evidence_in_words() {
        let mut prose = Prose { text: "One.\nTwo.\nThree.\nFour.\n".to_owned(), ..Prose::default() };
        let mut at = 0;
        for line in prose.text.lines() {
            let span = Span::new(at, at + line.len());
            prose.blocks.push(Block { span, kind: BlockKind::Paragraph });
            at += line.len() + 1;
        }
        let check = |block: usize, evidence: Evidence, expect: &str| {
            let mention = Mention {
                span: prose.blocks[block].span,
                sentence: prose.blocks[block].span,
                kind: EntityKind::Person,
                entity: None,
                confidence: 90,
                evidence,
                status: Status::Accepted,
                role: None,
                candidates: Vec::new(),
            };
            assert_eq!(super::evidence(&crate::i18n::words("en"), &prose, &mention), expect);
        };
        let of = |block: usize| prose.blocks[block].span;
        check(2, Evidence::Surname { of: of(0) }, "Family name; the full name is two paragraphs above");
        check(1, Evidence::Surname { of: of(0) }, "Family name; the full name is one paragraph above");
        check(0, Evidence::Surname { of: of(0) }, "Family name; the full name is in the same paragraph");
        check(0, Evidence::Acronym { of: of(1) }, "Acronym; what it stands for is one paragraph below");
        check(0, Evidence::ShortForm { of: of(3) }, "Short form; the whole name is three paragraphs below");
        check(0, Evidence::Editor, "Marked by an editor");
        check(0, Evidence::Registry { alias: "AP".into() }, "“AP” stands in the registry of this site");
        check(0, Evidence::Repeated { count: 4 }, "A full name, used four times in this piece");
        check(0, Evidence::Repeated { count: 40 }, "A full name, used 40 times in this piece");
        let reason = "`Bonn` with its country in the text".into();
        check(0, Evidence::Context { reason }, "Chosen by context: “Bonn” with its country in the text");
    }
}
