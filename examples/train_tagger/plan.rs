//! What training works on, and how: plain data, and the dice.

use dateline::annotate::tagger::decode::LABELS;

/// A chunk ready for training.
pub struct Example {
    /// For each token: indices of features, the group in the top two bits.
    pub features: Vec<Vec<u32>>,
    /// For each token: its step class.
    pub steps: Vec<u8>,
    /// For each token: the set of labels that the gold allows.
    pub allowed: Vec<u32>,
    /// For each token: scores to start from, which do not change; empty when there are none.
    pub base: Vec<[i32; LABELS]>,
    /// How much an error weighs.
    pub weight: i32,
    /// The number of its document.
    pub document: usize,
}

/// Shares of dropped features, in percent, and the length of training.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many times to train.
    pub voters: u64,
    /// Passes over the examples.
    pub epochs: usize,
    /// How often the identity of a word is hidden, in percent.
    pub drop_identity: u32,
    /// How often the lists of names are hidden, in percent.
    pub drop_listed: u32,
    /// How often any feature is hidden, in percent.
    pub drop_any: u32,
    /// Length of a step.
    pub rate: f32,
    /// Share of the weights that is lost after each pass.
    pub decay: f32,
}

/// Trained weights, in units of 1/4096 of a natural logarithm.
pub struct Weights {
    /// By feature.
    pub rows: Vec<[i64; LABELS]>,
    /// Of steps, in the order class, from, to.
    pub steps: Vec<i64>,
}

/// A small generator (xorshift), so that training is the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// The next 32 bits.
    pub fn roll(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as u32
    }

    /// Puts `items` in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.roll() as usize % (at + 1));
        }
    }
}
