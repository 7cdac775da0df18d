//! How likely something is promised by a date, as learned from sentences that people labelled.
//!
//! The grammar of `commitment` finds what it has rules for, and people have more ways to promise than that. So each
//! date of a sentence is weighed, too: what stands around it gives features, each feature has a weight, and their
//! sum tells how likely people would call it a promise (logistic regression over hashed features, `cargo xtask
//! train-promises`). The features name the lists of `data`: where a list is changed, the weights are to be learned
//! anew.

pub mod dates;
mod features;

pub(super) use features::Sentence;

/// How many weights there are; a feature is the number of one.
pub const WEIGHTS: usize = 1 << 14;

/// One in the file of weights is this much.
pub const STEP: f32 = 1.0 / 64.0;

/// From this likelihood on, a date that no rule finds is that of a promise.
const PROMISED: f32 = 0.69;

/// From this one on, a date is that of a promise of its own, though what stands around it promises something by another.
const SURELY_PROMISED: f32 = 0.85;

/// Below this one, a date that rules find is none after all.
const DENIED: f32 = 0.1;

/// A signed byte for each feature, in steps.
static BYTES: &[u8; WEIGHTS] = include_bytes!("learned/weights.bin");

/// What was learned of one date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likelihood(f32);

impl Likelihood {
    /// Of the date `at` among those of a sentence.
    pub(super) fn of(sentence: &Sentence, at: usize) -> Self {
        let sum: i32 = sentence
            .features(at)
            .into_iter()
            .map(|feature| i32::from(BYTES[usize::from(feature)].cast_signed()))
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "some hundred bytes")]
        let logit = sum as f32 * STEP;
        Self(1.0 / (1.0 + (-logit).exp()))
    }

    /// Whether it is a promise's, though no rule says so.
    pub(super) fn promises(self) -> bool {
        self.0 > PROMISED
    }

    /// Whether it is a promise's beside another.
    pub(super) fn surely_promises(self) -> bool {
        self.0 > SURELY_PROMISED
    }

    /// Whether it is none's, though a rule says so.
    pub(super) fn denies(self) -> bool {
        self.0 < DENIED
    }

    /// The likelier one is the greater.
    pub(super) fn cmp(self, other: Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
