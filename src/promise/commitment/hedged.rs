//! Promises that are told with care: "the restore should be finished by six", "you should have it by Friday".
//!
//! The client hears a day in them all the same.

use super::{Clauses, Giver, Opening};
use crate::promise::words::{ARRIVING, DONE, NUMBERS, PAST};

impl Clauses<'_, '_> {
    /// What is promised by the "should" at this place.
    pub(super) fn hedged(&self, at: usize) -> Option<Opening> {
        let verb = self.past_adverbs(at + 1);
        if self.opens_sentence(at) {
            let done = self.is(verb, &["have", "be"]) && !self.is_past_after(verb);
            return done.then(|| Opening::aimed(Giver::Words, at, verb));
        }
        let (giver, subject) = self.subject_before(at)?;
        match giver {
            Giver::Client => self.hedged_gain(subject, verb),
            Giver::Writer => {
                let done = self.is(verb, &["have"]) && !self.is_past_after(verb)
                    || self.is(verb, &["be"])
                        && (self.is(verb + 1, &DONE) || self.reads(verb + 1, "able to"));
                done.then(|| Opening::aimed(Giver::Writer, subject, verb))
            }
            Giver::Thing => {
                let done = self.is(verb, &["be"]) && self.is_done(verb + 1, self.tokens.len())
                    || self.is(verb, &["reach"]) && self.is(verb + 1, &["you", "your"])
                    || self.is(verb, &ARRIVING) && !self.is(verb, &["leave", "begin", "start", "close"]);
                (done && subject < at && self.is_ours_to_finish(subject, at))
                    .then(|| Opening::aimed(Giver::Words, subject, verb))
            }
            Giver::Colleague | Giver::Words => None,
        }
    }

    /// "You should have it by Friday", which no client has to bring about.
    pub(super) fn hedged_gain(&self, subject: usize, verb: usize) -> Option<Opening> {
        const GAIN: &[&str] = &[
            "the",
            "your",
            "our",
            "it",
            "them",
            "my",
            "a",
            "an",
            "all",
            "everything",
            "both",
            "this",
            "these",
            "those",
            "from",
            "something",
            "full",
        ];
        let gets = self.is(verb, &["have", "get", "receive", "see", "hear"])
            && (self.is(verb + 1, GAIN) || self.is(verb + 1, &NUMBERS));
        let made_by_them = (verb + 1..self.end_of_clause(verb)).any(|at| {
            self.is(at, &["ready", "done", "finished", "us", "me", "in", "back"])
                && !self.is(at - 1, &["from"])
                && self.phrase_over(at).is_none()
        });
        (gets && !made_by_them && !self.has_event(verb)).then(|| Opening::aimed(Giver::Words, subject, verb))
    }

    /// Whether "have" goes on with a participle: "should have sent it".
    fn is_past_after(&self, have: usize) -> bool {
        const IRREGULAR: &[&str] = &["been", "gone", "done", "come", "known", "seen", "heard"];
        let next = self.past_adverbs(have + 1);
        let participle = self.word(next).ends_with("ed") || self.is(next, &PAST) || self.is(next, IRREGULAR);
        self.is(have, &["have"]) && participle
    }
}
