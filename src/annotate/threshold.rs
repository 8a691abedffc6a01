//! The percentage of confidence that separates what is published from what waits, and which other percentages would have
//! separated the same: an annotation holds for all of them, so that a change of the setting annotates few articles anew.

use std::cell::Cell;

/// Percentages of which each separates as the one did with which an annotation was made; the last is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub first: u8,
    pub last: u8,
}

impl Band {
    /// Whatever the threshold: nothing was asked of it.
    pub const ALL: Band = Band { first: 0, last: u8::MAX };

    /// Whether this threshold, in percent, separates the same.
    pub fn holds(self, percent: u8) -> bool {
        (self.first..=self.last).contains(&percent)
    }
}

/// A threshold that notes what it was asked.
#[derive(Debug)]
pub struct Threshold {
    percent: u8,
    band: Cell<Band>,
}

impl Threshold {
    /// A threshold, in percent, of which nothing was asked yet.
    pub fn new(percent: u8) -> Self {
        Threshold { percent, band: Cell::new(Band::ALL) }
    }

    /// Whether this confidence, in percent, is enough. Whoever compares must ask here.
    pub fn met(&self, confidence: u8) -> bool {
        let met = confidence >= self.percent;
        let band = self.band.get();
        self.band.set(if met {
            Band { last: band.last.min(confidence), ..band }
        } else {
            Band { first: band.first.max(confidence + 1), ..band }
        });
        met
    }

    /// All thresholds that would have answered the same so far.
    pub fn band(&self) -> Band {
        self.band.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_that_answer_the_same() {
        let asked = [45, 86, 62, 91, 0];
        for percent in 0..=100 {
            let threshold = Threshold::new(percent);
            assert_eq!(threshold.band(), Band::ALL);
            let answers = asked.map(|confidence| threshold.met(confidence));
            for other in 0..=100 {
                let same = asked.map(|confidence| confidence >= other) == answers;
                assert_eq!(threshold.band().holds(other), same, "{percent} {other}");
            }
        }
    }
}
