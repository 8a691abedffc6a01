//! An article's prose, tokens, sentences and mentions enter; the same leave with what quotations, dates, roles and
//! key sentences all need to know: the classes of every word, the mention over it, and the paragraphs.
//!
//! Made once an article and borrowed by all four; everything in it is found in one pass, in linear time.

use std::ops::Range;

use crate::{
    annotate::words::{self, Classes},
    model::{BlockKind, EntityKind, Mention, Prose, Span},
    text::token::{Token, TokenKind},
};

/// What the stages behind mention linking read.
pub struct Input<'a> {
    pub prose: &'a Prose,
    /// Of `prose.text`.
    pub tokens: &'a [Token],
    /// Ranges of tokens, in order.
    pub sentences: &'a [Range<u32>],
    /// In text order.
    pub mentions: &'a [Mention],
    /// Of every token, bits of [`words`].
    pub classes: Vec<Classes>,
    /// Of every token, one more than the index of the mention over it, or 0.
    pub owners: Vec<u32>,
    /// Of every token, the index of its sentence.
    pub sentence_of: Vec<u32>,
    /// Blocks of running text, in order; they cover all tokens.
    pub paragraphs: Vec<Paragraph>,
}

/// The tokens of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    pub tokens: Range<usize>,
    pub kind: BlockKind,
}

impl<'a> Input<'a> {
    /// Looks up all words. Sentences must be ranges of the tokens; mentions that fit no token are passed over.
    pub fn new(
        prose: &'a Prose,
        tokens: &'a [Token],
        sentences: &'a [Range<u32>],
        mentions: &'a [Mention],
    ) -> Self {
        let mut owners = vec![0; tokens.len()];
        for (i, mention) in mentions.iter().enumerate() {
            let first = tokens.partition_point(|t| t.start < mention.span.start);
            let inside = tokens[first..].iter().take_while(|t| t.end <= mention.span.end).count();
            owners[first..first + inside].fill(i as u32 + 1);
        }
        let mut sentence_of = vec![0; tokens.len()];
        for (i, sentence) in sentences.iter().enumerate() {
            if let Some(part) = sentence_of.get_mut(sentence.start as usize..sentence.end as usize) {
                part.fill(i as u32);
            }
        }
        let classes = tokens.iter().map(|t| words::classes(t.of(&prose.text))).collect();
        let paragraphs = paragraphs(prose, tokens);
        Input { prose, tokens, sentences, mentions, classes, owners, sentence_of, paragraphs }
    }

    /// The token as written; empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.of(&self.prose.text))
    }

    /// Whether the token is of any of the classes.
    pub fn is(&self, at: usize, classes: Classes) -> bool {
        self.classes.get(at).is_some_and(|c| c & classes != 0)
    }

    /// Whether the token is a word or number.
    pub fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
    }

    /// Whether the token begins with a capital letter.
    pub fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The mention over a token; a nationality is no name.
    pub fn mention(&self, at: usize) -> Option<&'a Mention> {
        let i = self.owners.get(at)?.checked_sub(1)?;
        self.mentions.get(i as usize).filter(|m| m.evidence.reference().is_none())
    }

    /// The mention of a person over a token.
    pub fn person(&self, at: usize) -> Option<&'a Mention> {
        self.mention(at).filter(|m| m.kind == EntityKind::Person)
    }

    /// The first token of the paragraph that holds a token.
    pub fn paragraph_start(&self, at: usize) -> usize {
        let behind = self.paragraphs.partition_point(|p| p.tokens.start <= at);
        behind.checked_sub(1).map_or(at, |i| self.paragraphs[i].tokens.start)
    }

    /// Whether a mention goes on from the token before `at` to `at`.
    pub fn inside_mention(&self, at: usize) -> bool {
        at > 0 && self.mention(at).is_some() && self.owners[at] == self.owners[at - 1]
    }

    /// The tokens of a mention.
    pub fn tokens_of(&self, mention: &Mention) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.start < mention.span.start);
        let inside = self.tokens[first..].iter().take_while(|t| t.end <= mention.span.end).count();
        first..first + inside
    }

    /// The tokens of the mention over a token, or the token itself.
    pub fn tokens_of_at(&self, at: usize) -> Range<usize> {
        self.mention(at).map_or(at..at + 1, |m| self.tokens_of(m))
    }

    /// The bytes of a range of tokens; empty at 0 when there are none.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.tokens.get(range.start..range.end) {
            Some([first, .., last]) => Span { start: first.start, end: last.end },
            Some([one]) => Span { start: one.start, end: one.end },
            _ => Span::default(),
        }
    }

    /// The tokens of the sentence of a token.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let found = self.sentence_of.get(at).and_then(|s| self.sentences.get(*s as usize));
        found.map_or(at..at, |s| s.start as usize..s.end as usize)
    }

    /// The bytes of the sentence of a token.
    pub fn sentence_span(&self, at: usize) -> Span {
        self.span(self.sentence(at))
    }

    /// A dash, or the hyphen between blanks that stands for one.
    pub fn is_dash(&self, at: usize) -> bool {
        match self.word(at) {
            "—" | "–" | "--" => true,
            "-" => self.spaced(at) && self.spaced(at + 1),
            _ => false,
        }
    }

    /// Whether blanks stand before the token (or nothing).
    pub fn spaced(&self, at: usize) -> bool {
        at == 0 || at >= self.tokens.len() || self.tokens[at - 1].end < self.tokens[at].start
    }
}

/// Cuts where a block ends, and at line breaks outside all blocks.
fn paragraphs(prose: &Prose, tokens: &[Token]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::with_capacity(prose.blocks.len() + 1);
    let mut block = 0;
    let mut open: Option<usize> = None;
    for (i, token) in tokens.iter().enumerate() {
        while prose.blocks.get(block).is_some_and(|b| b.span.end <= token.start) {
            block += 1;
        }
        let inside = prose.blocks.get(block).filter(|b| b.span.start <= token.start).map(|_| block);
        let same = match (open, inside) {
            (Some(open), Some(now)) => open == now,
            (None, None) => i.checked_sub(1).is_some_and(|p| {
                let gap = prose.text.get(tokens[p].end as usize..token.start as usize);
                gap.is_some_and(|g| !g.contains(['\n', '\r', '\u{2029}']))
            }),
            _ => false,
        };
        match out.last_mut() {
            Some(last) if same => last.tokens.end = i + 1,
            _ => {
                let kind = inside.map_or(BlockKind::Paragraph, |b| prose.blocks[b].kind);
                out.push(Paragraph { tokens: i..i + 1, kind });
            }
        }
        open = inside;
    }
    out
}
