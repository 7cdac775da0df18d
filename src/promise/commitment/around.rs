//! Which words say what is promised by a date that no rule reads.

use super::{Clauses, Commitment};
use crate::promise::token::Joint;

impl Clauses<'_, '_> {
    /// The clause in which this date stands.
    pub(super) fn around(&self, phrase: usize) -> Commitment {
        let date = &self.phrases[phrase].tokens;
        let mut start = (0..=date.start)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart)
            .unwrap_or_default();
        let mut end = self.end_of_clause(start);
        while end <= date.start {
            start = end;
            end = self.end_of_clause(start);
        }
        while start < date.start && self.is(start, &["and", "but", "so", "then", "also"]) {
            start += 1;
        }
        Commitment {
            tokens: start..self.end_of_text(date.end, end.max(date.end)),
            phrase,
        }
    }
}
