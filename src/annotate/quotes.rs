//! An article's prose and mentions enter; what somebody says in it leaves, with the speaker and what that is worth.
//!
//! 1. [`marks`] finds what stands between quotation marks.
//! 2. Each such piece is a sentence spoken, a fragment in reported speech, or no quotation at all (a title, a word
//!    kept at arm's length); [`attribution`] finds the verb and the speaker's tokens around it, [`speaker`] says who
//!    that is.
//! 3. A piece without an attribution of its own takes that of its neighbours, with less confidence.
//! 4. [`indirect`] reads the sentences without marks.
//!
//! The confidence is the weaker of how firmly the words are tied to the verb and how sure the speaker's identity is.
//! At 70 and above a speaker may be published; what is worth less than `SURE` is held back (`published`).

mod apposition;
pub mod attribution;
mod clause;
mod context;
mod described;
mod doubt;
mod heading;
pub mod indirect;
mod kin;
pub mod marks;
mod nouns;
mod pronoun;
mod rivals;
pub mod speaker;
pub mod subject;
mod turns;
mod verbs;
mod works;

use std::ops::Range;

use crate::{
    annotate::{
        input::Input,
        quotes::{
            attribution::Attribution,
            marks::Piece,
            speaker::{Resolver, Voice},
        },
        words,
    },
    model::{BlockKind, Quote, QuoteKind, Span, Speaker},
};

/// On a set that nobody had looked at, rules worth less than this named a wrong speaker in 8 of 23 quotations, those worth
/// more in 3 of 162.
const SURE: u8 = 80;
/// What a doubtful speaker is worth at most.
const HELD_BACK: u8 = 66;

/// What a quotation's confidence is where it leaves: doubtful speakers stay under the threshold.
fn published(confidence: u8) -> u8 {
    if confidence < SURE { confidence.min(HELD_BACK) } else { confidence }
}

/// Everything that somebody is reported to say, in text order.
pub fn quotes(input: &Input) -> Vec<Quote> {
    let pieces = marks::pieces(input);
    let spoken = pieces.iter().map(|p| p.open..p.after()).collect();
    let mut reader =
        Reader { input, resolver: Resolver::new(input, spoken), out: Vec::new(), said: Vec::new() };
    let mut first = 0;
    for (i, paragraph) in input.paragraphs.iter().enumerate() {
        let count = pieces[first..].iter().take_while(|p| p.paragraph == i).count();
        if matches!(paragraph.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote) {
            reader.paragraph(&pieces, first..first + count, paragraph.tokens.clone());
        }
        first += count;
    }
    reader.settle(&pieces);
    let mut out = reader.out;
    out.sort_by_key(|q| (q.span.start, q.span.end));
    out
}

/// What a piece is found to be.
#[derive(Clone, Debug)]
struct Said {
    /// Index into the pieces.
    piece: usize,
    /// Index into the quotes, or none for what is no quotation.
    quote: Option<usize>,
    voice: Option<Voice>,
    confidence: u8,
    /// Whether a verb of its own tells who speaks, be he known or not.
    told: bool,
}

struct Reader<'a, 'b> {
    input: &'b Input<'a>,
    resolver: Resolver<'a, 'b>,
    out: Vec<Quote>,
    said: Vec<Said>,
}

impl Reader<'_, '_> {
    fn paragraph(&mut self, pieces: &[Piece], own: Range<usize>, tokens: Range<usize>) {
        let input = self.input;
        let mut next = own.start;
        let mut at = tokens.start;
        while at < tokens.end {
            let sentence = at..input.sentence(at).end.clamp(at + 1, tokens.end);
            let from = next;
            while next < own.end && pieces[next].open < sentence.end {
                next += 1;
            }
            let covered = from > own.start && pieces[from - 1].after() > at;
            if !covered {
                self.resolver.learn_from(at);
            }
            if from == next && !covered {
                self.sentence(&sentence);
            }
            for i in from..next {
                self.piece(pieces, i, &own, &tokens);
            }
            at = sentence.end;
        }
    }

    /// A sentence without marks.
    fn sentence(&mut self, sentence: &Range<usize>) {
        let input = self.input;
        let speech = words::SAY;
        if !sentence.clone().any(|t| input.is(t, speech) || input.word(t).eq_ignore_ascii_case("according")) {
            return;
        }
        let Some((attribution, clause)) = indirect::reported(input, sentence) else { return };
        if clause.len() < 3 {
            return;
        }
        let Some(voice) = self.voice(&attribution) else { return };
        let confidence = attribution.tie.min(voice.trust);
        self.resolver.events.push((attribution.verb.start.max(sentence.start), voice.clone()));
        self.push(input.span(clause), QuoteKind::Indirect, voice.speaker, Some(&attribution), confidence);
    }

    fn piece(&mut self, pieces: &[Piece], i: usize, own: &Range<usize>, tokens: &Range<usize>) {
        let input = self.input;
        let piece = &pieces[i];
        let inner = piece.inner();
        let none = Said { piece: i, quote: None, voice: None, confidence: 0, told: false };
        if !inner.clone().any(|t| input.is_word(t)) {
            self.said.push(none);
            return;
        }
        let low = if i > own.start { pieces[i - 1].after() } else { tokens.start };
        let high = if i + 1 < own.end { pieces[i + 1].open } else { tokens.end };
        let sentence_low = input.sentence(piece.open).start.max(tokens.start);
        // `... and blamed "rumours"` has its subject before the quotation in front of it.
        let near = attribution::front(input, piece.open, low.max(sentence_low));
        // `"...", reads a note of the bank, "..."`: the verb behind the piece before, whose speaker goes on.
        let shared = |near: &Attribution| {
            self.resolver.events.last().is_some_and(|(at, _)| *at >= low && *at < near.verb.end)
        };
        let front = match near {
            Some(near) if near.subject.is_some() || shared(&near) => Some(near),
            near => {
                let whole = (low > sentence_low)
                    .then(|| attribution::front(input, piece.open, sentence_low))
                    .flatten();
                whole.or(near)
            }
        };
        // A verb in front that hardly speaks leaves the rest in doubt too.
        let doubtful = front.as_ref().is_some_and(|f| f.tie <= 60);
        let heads_front = front.as_ref().is_some_and(|f| f.tie >= 90) && introduces(input, piece.open);
        // `promised a "full and transparent" inquiry, state television reported`: a part of a noun has no verb behind it.
        let part = piece.open > low
            && input.is(piece.open - 1, words::DETERMINER)
            && input.mention(piece.open - 1).is_none()
            && input.word(inner.end - 1) != ","
            && input.is_word(piece.after());
        let behind =
            if heads_front || part { None } else { attribution::behind(input, &inner, piece.after(), high) };
        let kind = self.kind(piece, sentence_low, behind.is_some(), low);
        if behind.is_none() && self.shouted(piece) {
            let who = subject::forward(input, piece.after() + 1, high);
            let speaker = who
                .filter(|_| input.word(piece.after()) == "from")
                .map_or(Speaker::Unknown, |who| Speaker::Described { span: input.span(who) });
            let quote = self.push(self.words(piece), kind, speaker, None, 55);
            self.said.push(Said { piece: i, quote: Some(quote), voice: None, confidence: 55, told: true });
            return;
        }
        // `the words "enough" and "get up"`.
        let listed = |s: &Said| {
            let between = pieces[s.piece].after()..piece.open;
            s.piece + 1 == i
                && s.quote.is_none()
                && between.start + 1 == between.end
                && matches!(input.word(between.start), "and" | "or")
        };
        let listed = i > own.start && self.said.last().is_some_and(listed);
        if listed || self.is_title(piece, behind.is_some(), front.as_ref()) {
            self.said.push(none);
            return;
        }
        let mut attribution = match (behind, front) {
            (Some(behind), _) => Some(behind),
            (None, front) => front.filter(|f| {
                let colon = piece.open > 0 && input.word(piece.open - 1) == ":";
                kind != QuoteKind::Direct || heads_front || f.tie >= 84 || colon
            }),
        };
        // A comma before the mark promises a verb behind it; one that is not known may name another speaker.
        let promised = input.word(inner.end - 1) == "," && piece.closed && high > piece.after();
        let same = self.said.last().filter(|s| s.piece + 1 == i && i > own.start && low > sentence_low);
        if (kind == QuoteKind::Mixed || low > sentence_low)
            && let Some(voice) = same.and_then(|s| s.voice.clone()).filter(|_| adds(input, piece.open))
        {
            let confidence = voice.trust.min(if promised { 60 } else { 85 });
            let quote = self.push(self.words(piece), kind, voice.speaker.clone(), None, confidence);
            self.said.push(Said { piece: i, quote: Some(quote), voice: Some(voice), confidence, told: true });
            return;
        }
        if attribution.is_none() && kind == QuoteKind::Mixed {
            attribution = self.tail_of_sentence(piece, tokens.end);
            if attribution.is_none() {
                // Words at arm's length in the writer's own sentence.
                self.said.push(none);
                return;
            }
        }
        let mut voice = attribution.as_ref().and_then(|a| self.voice(a));
        let mut confidence = match (&attribution, &voice) {
            (Some(a), Some(v)) => a.tie.min(v.trust),
            _ => 0,
        };
        let behind = attribution.as_ref().is_some_and(|a| a.verb.start >= piece.open);
        let far = attribution.as_ref().is_some_and(|a| a.verb.start < low) && self.lost(i);
        if promised && !behind && input.is_word(piece.after()) || far {
            confidence = confidence.min(60);
        }
        if kind == QuoteKind::Mixed {
            // `the "zombie" lenders`: as likely the writer's own mark.
            let dub = attribution.as_ref().map(|a| a.verb.end).filter(|end| input.is(end - 1, words::DUB));
            let arm = piece.closed && doubt::at_arms_length(input, piece.open, &inner, piece.after(), dub);
            confidence = confidence.min(if arm { 60 } else { 90 });
        }
        if voice.is_none() && kind == QuoteKind::Mixed {
            self.said.push(none);
            return;
        }
        if let (Some(a), Some(v)) = (&attribution, &voice) {
            self.resolver.learn(a, v);
            self.resolver.events.push((a.verb.start, v.clone()));
        } else if let Some((v, c)) = self.context(pieces, i, tokens) {
            voice = Some(v);
            confidence = if promised || doubtful { c.min(60) } else { c };
        }
        let speaker = voice.as_ref().map_or(Speaker::Unknown, |v| v.speaker.clone());
        if !piece.closed && i + 1 < pieces.len() && !pieces[i + 1].continues {
            confidence = confidence.min(82);
        }
        let quote = self.push(self.words(piece), kind, speaker, attribution.as_ref(), confidence);
        let told = attribution.is_some_and(|a| a.subject.is_some());
        self.said.push(Said { piece: i, quote: Some(quote), voice, confidence, told });
    }

    fn push(
        &mut self,
        span: Span,
        kind: QuoteKind,
        speaker: Speaker,
        attribution: Option<&Attribution>,
        confidence: u8,
    ) -> usize {
        let verb = attribution.map(|a| self.input.span(a.verb.clone()));
        self.out.push(Quote { span, kind, speaker, verb, confidence: published(confidence) });
        self.out.len() - 1
    }

    fn voice(&self, attribution: &Attribution) -> Option<Voice> {
        self.resolver.resolve(attribution.subject.clone()?, attribution.verb.start)
    }

    /// The words spoken, without marks and without the comma that belongs to the sentence around them.
    fn words(&self, piece: &Piece) -> Span {
        let mut inner = piece.inner();
        while inner.len() > 1 && matches!(self.input.word(inner.end - 1), "," | "—" | "–" | "--") {
            inner.end -= 1;
        }
        self.input.span(inner)
    }

    fn kind(&self, piece: &Piece, sentence_low: usize, behind: bool, low: usize) -> QuoteKind {
        let input = self.input;
        let inner = piece.inner();
        let first = inner.clone().find(|t| input.is_word(*t)).unwrap_or(inner.start);
        let starts = (sentence_low..piece.open).all(|t| !input.is_word(t)) || piece.open <= low;
        let last = inner.end.checked_sub(1).map_or("", |t| input.word(t));
        let ended = matches!(last, "." | "," | "?" | "!" | "…" | "..." | "—");
        let capital = input.is_capital(first) || input.word(first).starts_with(|c: char| c.is_ascii_digit());
        if starts && (behind || inner.len() >= 5 || ended && inner.len() >= 2)
            || introduces(input, piece.open)
                && (capital || input.word(piece.open - 1) == ":" || low > sentence_low)
        {
            return QuoteKind::Direct;
        }
        let spoken = piece.open > 0 && input.is(piece.open - 1, words::SAY | words::SAYING);
        // `he said, "and we`: the second half of a sentence begun before.
        let resumed = input.word(piece.open.wrapping_sub(1)) == "," && low > sentence_low;
        if spoken && capital || resumed || capital && ended && inner.len() >= 6 {
            return QuoteKind::Direct;
        }
        QuoteKind::Mixed
    }

    /// `shouts of "Shame!" from the public gallery`: many speak, or one whom nobody names.
    fn shouted(&self, piece: &Piece) -> bool {
        let shouts = ["shouts", "cries", "chants", "yells", "screams", "whispers"];
        piece.open > 1
            && self.input.word(piece.open - 1) == "of"
            && shouts.contains(&self.input.word(piece.open - 2))
    }

    /// `..., X said.` at the end of the sentence that holds a fragment.
    fn tail_of_sentence(&self, piece: &Piece, limit: usize) -> Option<Attribution> {
        let sentence = self.input.sentence(piece.open);
        let (attribution, clause) =
            indirect::reported(self.input, &(sentence.start..sentence.end.min(limit)))?;
        (clause.start <= piece.open && piece.close <= clause.end + 1)
            .then(|| Attribution { tie: attribution.tie.min(84), ..attribution })
    }
}

/// Whether `adding that` or its like stands right before the mark: he who spoke goes on.
fn adds(input: &Input, open: usize) -> bool {
    let joint = open > 0 && matches!(input.word(open - 1), "that" | ",");
    open.checked_sub(if joint { 2 } else { 1 }).is_some_and(|t| input.is(t, words::SAYING))
}

/// Whether a colon or comma (or the verb itself) stands right before the mark.
fn introduces(input: &Input, open: usize) -> bool {
    let Some(before) = open.checked_sub(1) else { return false };
    let word = input.word(before);
    word == ":"
        || word == "," && {
            let low = input.sentence(open).start;
            (low.max(before.saturating_sub(16))..before).any(|t| {
                input.is(t, words::SAY | words::SAYING) || input.word(t).eq_ignore_ascii_case("according")
            })
        }
}
