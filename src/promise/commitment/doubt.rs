//! What makes a promise none: doubt, a condition, a denial.

use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::words::{ASKING, CONDITIONS, DENIAL, DOUBT, FUNCTION_WORDS, REQUESTS};

impl Clauses<'_, '_> {
    /// Whether words before the subject say that it is another's word, or not sure: "I hope we'll".
    pub(super) fn is_doubted(&self, subject: usize) -> bool {
        if self.is_hearsay(subject) {
            return true;
        }
        let mut at = subject;
        let mut steps = 0;
        while at > 0 && steps < 5 && self.joint(at) == Joint::Close {
            at -= 1;
            steps += 1;
            if let Some(phrase) = self.phrase_over(at) {
                at = phrase.tokens.start;
                continue;
            }
            if self.is(at, &["means", "meaning"])
                || self.reads(at, "when")
                    && at > 0
                    && self.is(at - 1, &["is"])
                    && self.date_before(subject).is_some()
            {
                return false;
            }
            let own = self.is(at + 1, &["i", "we", "i'm", "we're", "i've", "we've"]);
            if own && at + 1 != subject && self.is(at, &["before", "when"]) {
                return false;
            }
            if self.is(at, &DOUBT) || self.is(at, &DENIAL) || self.reads(at, "what") || self.reads(at, "how")
            {
                return true;
            }
            if self.is(
                at,
                &[
                    "what", "how", "where", "who", "whom", "which", "before", "until", "if", "unless",
                    "when", "whatever",
                ],
            ) {
                return true;
            }
            if self.is(at, &["but", "so", "and", "then"]) {
                return false;
            }
        }
        false
    }

    /// "According to the other side, their expert will report on Friday."
    pub(super) fn is_hearsay(&self, at: usize) -> bool {
        let start = (0..=at)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart)
            .unwrap_or_default();
        self.reads(start, "according to") && !self.is(start + 2, &["our", "my"])
    }

    /// "If you agree, we'll start", "send me the plan and I'll have a price".
    pub(super) fn depends_on_what_is_before(&self, subject: usize) -> bool {
        let subject = self
            .date_before(subject)
            .map_or(subject, |at| self.phrases[at].tokens.start);
        if subject == 0 || self.joint(subject) == Joint::Apart || self.is(subject - 1, &["but"]) {
            return false;
        }
        let start = (1..subject)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart || self.is(at, &["but"]) || self.is(at, &["so"]))
            .map_or(0, |at| at + usize::from(self.is(at, &["but", "so"])));
        let own = |at: usize| {
            self.is(
                at,
                &["i", "we", "i'm", "we're", "i've", "we've", "possible", "not"],
            )
        };
        // "Give me until Friday and you'll have it" asks for nothing but time.
        let asked = self.is(subject - 1, &["and"])
            && self.is(start, &REQUESTS)
            && !(self.is(start, &["give", "let"]) && self.is(start + 1, &["me", "us"]));
        let waits = |at: usize| {
            let opens =
                at == start || self.joint(at) != Joint::Close || self.is(at - 1, &["and", "so", "but"]);
            opens
                && (self.is(at, &CONDITIONS)
                    || self.is(at, &["when", "after"])
                    || self.reads(at, "as soon as")
                    || self.reads(at, "as long as"))
                && !own(at + 1)
        };
        asked || (start..subject).any(waits)
    }

    /// "… if you agree", "… once you have signed".
    pub(super) fn depends_on_what_follows(&self, opening: &Opening, end: usize) -> bool {
        let asks = (opening.verb..end).any(|at| self.is(at, &ASKING));
        let own = |at: usize| self.is(at, &["i", "we", "i'm", "we're", "i've", "we've"]);
        // The condition of what is joined on: "it is with you on Monday, and on Friday, if you like, we …".
        if (opening.verb..end).any(|at| self.joint(at) == Joint::Loose && self.is(at, &["and", "but"])) {
            return false;
        }
        match self.word(end) {
            "if" | "provided" | "providing" | "assuming" => !asks && self.joint(end) != Joint::Apart,
            // Our own deed is no condition: "once our tax people have read it".
            "once" => !own(end + 1) && !self.is(end + 1, &["our", "my"]),
            "as" => !own(end + 3),
            _ => (opening.verb..end).any(|at| {
                self.is(at, &["depending", "pending", "assuming", "provided"]) || self.reads(at, "subject to")
            }),
        }
    }

    /// "You will receive a bill from the hospital", "it will be switched off by your host": their deed, not ours.
    pub(super) fn is_given_by_others(&self, opening: &Opening, end: usize) -> bool {
        let gets = matches!(opening.giver, Giver::Client | Giver::Thing | Giver::Words);
        gets && (opening.subject..end).any(|at| {
            let from = self.is(at, &["from", "by"])
                && self.phrase_over(at).is_none_or(|phrase| phrase.tokens.start > at);
            let named = at + 1 + usize::from(self.is(at + 1, &["the", "your", "their", "a"]));
            let the_other = from && self.reads(at + 1, "the other");
            let to_us = at > opening.verb
                && ["to us", "to me", "to our", "with us", "by you"]
                    .iter()
                    .any(|words| self.reads(at, words));
            the_other
                || to_us
                || from
                    && (named..named + 3)
                        .take_while(|&at| at < end && !self.is(at, &FUNCTION_WORDS))
                        .any(|at| {
                            self.is_others(at, at + 1)
                                && (at + 1 >= end
                                    || self.phrase_over(at + 1).is_some()
                                    || self.is(at + 1, &FUNCTION_WORDS)
                                    || self.joint(at + 1) != Joint::Close)
                        })
        })
    }

    pub(super) fn is_denied(&self, from: usize, end: usize) -> bool {
        (from..end.min(from + 4)).any(|at| self.is(at, &DENIAL) && self.phrase_over(at).is_none())
    }
}
