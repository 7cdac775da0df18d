//! What is arranged for a day: "we've blocked out Wednesday to shoot the range", "I've got Lee booked in for Tuesday".

use super::whose::is_of_ours;
use super::{Clauses, Giver, Opening};
use crate::promise::words::{CREW, DEEDS, WORKS};

impl Clauses<'_, '_> {
    /// "We've blocked out Wednesday to shoot the range", "I've booked our electrician for Monday".
    pub(super) fn arranged(&self, at: usize, after: usize) -> Option<Opening> {
        let subject = if self.is(at, &["have"]) {
            at.checked_sub(1)?
        } else {
            at
        };
        if matches!(self.word(at), "i've" | "we've")
            && let Some(opening) = self
                .asked_of_ours(at, after)
                .or_else(|| self.kept_for_client(at, after))
        {
            return Some(opening);
        }
        if !self.is(subject, &["i", "we", "i've", "we've"]) || !self.begins_clause(subject) && subject == at {
            return None;
        }
        let end = self.end_of_clause(at);
        let kept_for_deed = self.is(after, &["blocked", "set", "kept", "cleared", "reserved"])
            && (after..end).any(|to| {
                let dated = self
                    .phrases
                    .iter()
                    .any(|phrase| after < phrase.tokens.start && phrase.tokens.end == to);
                self.is(to, &["to"]) && self.is(to + 1, &DEEDS) && dated
            });
        let arranged = self.is(
            after,
            &[
                "scheduled",
                "booked",
                "arranged",
                "organised",
                "organized",
                "pencilled",
                "penciled",
                "slotted",
            ],
        ) && (after..end.min(after + 8)).any(|at| {
            is_of_ours(self.word(at)) || self.is(at, &WORKS) || self.is(at, &CREW) || self.reads(at, "to be")
        });
        // "We've got the scaffold coming down on Tuesday", "I've got the plumber coming to you".
        let moves = self.is(after, &["got"])
            && (after + 2..end.min(after + 6)).any(|at| {
                self.is(at, &["coming", "going", "arriving"])
                    && self.is(at + 1, &["up", "down", "off", "out", "over", "round", "to"])
                    && self.is_ours_to_finish(after + 1, at)
            });
        if self.is(after, &["got"])
            && let Some(booked) =
                (after + 2..end.min(after + 5)).find(|&at| self.is(at, &["booked", "pencilled", "lined"]))
            && (self.names_somebody(after + 1, booked) || self.is_ours_to_finish(after + 1, booked))
        {
            // "I've got Lee booked in for Tuesday."
            return Some(Opening::new(Giver::Words, subject, booked));
        }
        (kept_for_deed || arranged || moves).then(|| Opening::new(Giver::Words, subject, after))
    }
}
