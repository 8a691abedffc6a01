//! A name's place among the tokens enters; whether it stands there as a side in a game leaves.
//!
//! Scores and the parts that players have say so by themselves; verbs and nouns of games (`X's match`, `a draw with X`)
//! only where the text is about sport, which the caller knows. A bounded number of words is looked at.

use std::ops::Range;

use crate::annotate::occurrence::Text;

/// A name and what is needed to look around it.
pub struct Around<'t, 'a> {
    text: &'t Text<'a>,
    /// Its tokens.
    start: usize,
    end: usize,
    /// The first token behind it and its possessive.
    at: usize,
    possessive: bool,
}

/// Verbs between the sides.
const BEATS: [&str; 24] = [
    "beat",
    "beats",
    "beating",
    "defeat",
    "defeated",
    "defeats",
    "thrashed",
    "edged",
    "edge",
    "stunned",
    "drew",
    "draw",
    "hammered",
    "thumped",
    "downed",
    "overcame",
    "eliminated",
    "outclassed",
    "held",
    "trounced",
    "routed",
    "blanked",
    "lost",
    "win",
];
/// Parts of players that no other trade has.
const PLAYERS: [&str; 20] = [
    "midfielder",
    "striker",
    "goalkeeper",
    "winger",
    "fly-half",
    "scrum-half",
    "flanker",
    "quarterback",
    "batsman",
    "batter",
    "fullback",
    "full-back",
    "centre-back",
    "playmaker",
    "defenceman",
    "linebacker",
    "wicketkeeper",
    "centre-forward",
    "right-back",
    "left-back",
];
/// What sides have, besides.
const OWN: [&str; 24] = [
    "match",
    "game",
    "opener",
    "win",
    "victory",
    "defeat",
    "draw",
    "loss",
    "squad",
    "fans",
    "supporters",
    "coach",
    "captain",
    "manager",
    "defender",
    "forward",
    "goal",
    "goals",
    "qualifier",
    "bench",
    "keeper",
    "team",
    "side",
    "lineup",
];
/// Nouns of games before `against`, `over`, `with`, `to`.
const GAMES: [&str; 20] = [
    "match",
    "game",
    "win",
    "victory",
    "triumph",
    "defeat",
    "loss",
    "draw",
    "final",
    "semifinal",
    "semi-final",
    "quarterfinal",
    "quarter-final",
    "tie",
    "fixture",
    "friendly",
    "clash",
    "penalties",
    "drew",
    "lost",
];

/// `2-0`, `112-86`: two small numbers.
fn is_score(word: &str) -> bool {
    let number = |w: &str| !w.is_empty() && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit());
    word.split_once(['-', '–', ':']).is_some_and(|(a, b)| number(a) && number(b))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

impl<'t, 'a> Around<'t, 'a> {
    /// The surroundings of a range of tokens.
    pub fn new(text: &'t Text<'a>, tokens: &Range<u32>) -> Self {
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let possessive = end < text.tokens.len() && matches!(text.folded.token(end), "'s" | "'");
        Around { text, start, end, at: end + usize::from(possessive), possessive }
    }
}

impl Around<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.text.word(at)
    }

    fn back(&self, by: usize) -> &str {
        self.start.checked_sub(by).map_or("", |at| self.word(at))
    }

    /// Whether a score stands at `at` or within the two tokens behind: as one token, or as number, dash and number.
    fn score_at(&self, at: usize) -> bool {
        let dash = |w: &str| matches!(w, "-" | "–" | ":");
        is_score(self.word(at))
            || is_number(self.word(at)) && dash(self.word(at + 1)) && is_number(self.word(at + 2))
    }

    /// A score or a player's part right beside the name.
    pub fn scores(&self) -> bool {
        let after = self.word(self.at);
        if PLAYERS.contains(&after) {
            return true;
        }
        let digit = |t: usize| self.word(t).bytes().next().is_some_and(|b| b.is_ascii_digit());
        if !(self.start.saturating_sub(9)..self.end + 9).any(digit) {
            return false;
        }
        // `Germany's 2-1 win`; `Leeds 2-1`.
        let noun =
            (self.at..self.at + 5).any(|t| OWN.contains(&self.word(t)) || BEATS.contains(&self.word(t)));
        if self.score_at(self.at) && (noun || !self.possessive) && !self.word(self.at).contains(':') {
            return true;
        }
        // `Brazil beat Serbia 2-0`: a verb of games on one side and a score within five words.
        let near = (self.at + 1..self.at + 6).any(|t| self.score_at(t));
        if !self.possessive && BEATS.contains(&after) && near {
            return true;
        }
        let beaten = (1..=2).any(|by| BEATS.contains(&self.back(by)) || GAMES.contains(&self.back(by)));
        if beaten && (self.score_at(self.end) || self.score_at(self.end + 1)) {
            return true;
        }
        // `a 2-1 win over Serbia`.
        let scored = (3..=6).any(|by| self.start >= by && self.score_at(self.start - by));
        if scored
            && GAMES.contains(&self.back(2))
            && matches!(self.back(1), "over" | "against" | "with" | "to")
        {
            return true;
        }
        // `lost 3-1 to Serbia`.
        let joined = matches!(self.back(1), "over" | "against" | "with" | "to");
        let behind =
            self.start >= 2 && (is_score(self.back(2)) || self.start >= 4 && self.score_at(self.start - 4));
        let played = (3..=7).any(|by| BEATS.contains(&self.back(by)) || GAMES.contains(&self.back(by)));
        joined && behind && played || self.pair()
    }

    /// `Leeds 2 Arsenal 1`, `Leeds 2, Arsenal 1`.
    fn pair(&self) -> bool {
        if self.possessive || !is_number(self.word(self.end)) {
            return false;
        }
        let comma = |at: usize| usize::from(self.word(at) == ",");
        // Seen from the first, and from the second.
        let next = self.end + 1 + comma(self.end + 1);
        let ahead = self.text.is_capital(next) && (next + 1..next + 4).any(|t| is_number(self.word(t)));
        let gap = self.start.checked_sub(1).map_or(0, comma);
        let number = self.start.checked_sub(1 + gap);
        let behind = number.is_some_and(|n| n > 0 && is_number(self.word(n)) && self.text.is_capital(n - 1));
        ahead || behind
    }

    /// Verbs and nouns of games around the name.
    pub fn side(&self) -> bool {
        let (before, before2) = (self.back(1), self.back(2));
        let after = self.word(self.at);
        (OWN.contains(&after) || OWN.contains(&self.word(self.at + 1)) && self.possessive)
            || matches!(before, "against" | "versus" | "vs" | "v")
            || matches!(before, "over" | "with" | "to" | "by" | "at") && GAMES.contains(&before2)
            || before == "the" && matches!(before2, "against" | "over")
            || !self.possessive && BEATS.contains(&after)
            || BEATS.contains(&before) && before != "held" && before != "win"
            || self.away()
            || after == "at" && self.opens(self.start) && self.text.is_capital(self.at + 1)
    }

    /// `Boston at Chicago`: the one behind `at`, where the phrase is all that stands there.
    pub fn away(&self) -> bool {
        self.back(1) == "at"
            && self.start >= 2
            && self.text.is_capital(self.start - 2)
            && (self.opens(self.start - 2) || self.start >= 3 && self.opens(self.start - 3))
    }

    /// Whether nothing stands before a token in its line.
    fn opens(&self, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at) else { return false };
        let Some(last) = at.checked_sub(1).and_then(|i| self.text.tokens.get(i)) else { return true };
        let gap = self.text.prose.text.get(last.end as usize..token.start as usize);
        gap.is_some_and(|gap| gap.contains('\n')) || matches!(self.word(at - 1), ";" | ":" | "•")
    }
}
