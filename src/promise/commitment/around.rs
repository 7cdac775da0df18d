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

    /// Parts in two what promises something by another date before this one: "I'll ring them this morning and come
    /// back to you by noon", "van loaded tonight, with you by ten tomorrow".
    pub(super) fn add_joined(&self, phrase: usize, all: &mut Vec<Commitment>) {
        let date = &self.phrases[phrase].tokens;
        let Some(known) = all.iter_mut().find(|known| {
            known.tokens.contains(&date.start) && self.phrases[known.phrase].tokens.end < date.start
        }) else {
            return;
        };
        let joins = |at: usize| self.is(at, &["and", "then"]);
        let Some(part) = (self.phrases[known.phrase].tokens.end..date.start)
            .rev()
            .find(|&at| joins(at) || self.joint(at) == Joint::Loose)
        else {
            return;
        };
        let start = part + usize::from(joins(part));
        if start < date.start {
            let end = known.tokens.end;
            known.tokens.end = part;
            all.push(Commitment {
                tokens: start..end,
                phrase,
            });
        }
    }
}
