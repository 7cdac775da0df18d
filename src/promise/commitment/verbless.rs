//! Promises of a few words, whose subject or verb is left out: "Back to you by noon", "Draft with you on Friday",
//! "Sending it tonight".

use super::present::is_under_way;
use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::when::Lead;
use crate::promise::words::{
    DEEDS, DELIVERABLES, DENIAL, DOING, DONE, FINITE, IN_HAND, NO_DEED, NOT_DONE_FOR_THEM, OTHERS, PAST,
    REQUESTS, STANDING, UNDER_WAY, VISITING, Words,
};

impl Clauses<'_, '_> {
    /// A promise that begins or ends here without a subject or a verb of its own.
    pub(super) fn verbless(&self, at: usize) -> Option<Opening> {
        let promised = |subject, verb| Some(Opening::new(Giver::Words, subject, verb));
        if self.ends_verbless(at) {
            return promised(self.verbless_before(at)?, at);
        }
        if let Some(opening) = self.thing_and_day(at).or_else(|| self.day_and_thing(at)) {
            return Some(opening);
        }
        let opens = self.opens_sentence(at);
        match self.word(at) {
            "consider" if self.begins_clause(at) => {
                let done = (at + 2..at + 7)
                    .find(|&at| self.is(at, &DONE) || self.word(at).ends_with("ed"))
                    .filter(|&done| self.phrase_over(done + 1).is_some())?;
                promised(at, done)
            }
            "have" | "get"
                if opens
                    && self.is(at + 1, &["it", "them", "the", "that", "this", "everything"])
                    && (at + 2..at + 7)
                        .any(|at| self.is(at, &["to", "with", "for"]) && self.is(at + 1, &["you"])) =>
            {
                promised(at, at)
            }
            "ready" | "available" if opens && self.stays_without_verb(at + 1) => promised(at, at),
            "targeting" | "aiming" | "looking" | "shooting"
                if opens
                    && (at + 1..at + 3).any(|at| {
                        self.phrase_over(at)
                            .is_some_and(|phrase| phrase.tokens.start == at)
                    })
                    && self.stays_without_verb(at + 1) =>
            {
                promised(at, at)
            }
            "going" | "aiming" | "planning" | "intending" if opens && self.is(at + 1, &["to"]) => {
                Some(Opening::aimed(Giver::Writer, at, self.past_adverbs(at + 2)))
            }
            "look" | "watch"
                if self.begins_clause(at)
                    && ["out for", "for", "forward to"]
                        .iter()
                        .any(|words| self.reads(at + 1, words))
                    && !self.has_event(at) =>
            {
                promised(at, at)
            }
            _ if opens
                && (self.is(at, &DOING) || self.is_doing_something(at))
                && self.stays_without_verb(at + 1) =>
            {
                Some(Opening::new(Giver::Writer, at, at))
            }
            _ => None,
        }
    }

    /// "Proofs Monday, print Wednesday", "final artwork from our side, Thursday latest", "footage uploading to your
    /// drive tomorrow": a thing that is handed over and a day, and no verb.
    fn thing_and_day(&self, at: usize) -> Option<Opening> {
        let phrase = self
            .phrase_over(at + 1)
            .filter(|phrase| phrase.tokens.start == at + 1)?;
        if self.phrase_over(at).is_some() || matches!(phrase.lead, Lead::Other | Lead::From | Lead::For) {
            return None;
        }
        let start = (0..=at)
            .rev()
            .find(|&start| start == 0 || self.joint(start) != Joint::Close)?;
        let begins = start == 0 || self.joint(start) == Joint::Apart || self.ends_with_day(start);
        let head = self.head(start, at + 1);
        let comes = (start + 1..=at).any(|at| {
            is_under_way(self.word(at)) && self.is(at + 1, &["to", "into", "onto", "over", "across"])
        });
        let thing = self.is(head, &DELIVERABLES)
            || comes && self.is(start, &DELIVERABLES)
            || comes && self.is(start + 1, &DELIVERABLES);
        let asked = self.is(start, &["your", "any", "no", "thanks", "see", "last", "previous"])
            || self.is(head + 1, &["due"])
            || self.is(at, &["due", "needed", "required", "from"])
            || (start..self.tokens.len()).any(|at| self.is(at, &["please", "kindly", "pls", "need", "asap"]));
        let others = (start..=at).any(|at| {
            self.is(at, &OTHERS)
                || self.is(at, &DENIAL)
                || self.word(at).contains('\'')
                || self.is_verb_among_nouns(at, start, head)
                || self.is(at, &["their", "his", "her", "my"])
                // "Dana circulated the draft."
                || self.word(at).ends_with("ed") && self.is(at + 1, &["the", "your", "our", "a", "it", "them"])
                || self.is(at, &FINITE)
                || self.is(at, &PAST)
                || self.is(at, &["you", "i", "we", "they", "it"])
                    && !self.is(at.wrapping_sub(1), &["to", "with", "for"])
        });
        (begins && at - start <= 8 && thing && !asked && !others && self.stays_without_verb(at))
            .then(|| Opening::new(Giver::Words, start, at))
    }

    /// "By Friday: a full report."
    fn day_and_thing(&self, at: usize) -> Option<Opening> {
        let listed = at > 0 && self.tokens[at].follows_colon_or_dash() && self.ends_with_day(at);
        let day = self.phrases.iter().find(|phrase| phrase.tokens.end == at)?;
        let end = (at + 1..self.tokens.len())
            .find(|&at| self.joint(at) != Joint::Close)
            .unwrap_or(self.tokens.len());
        let head = self.head(at, end);
        let thing = self.is(head, &DELIVERABLES) && end - at <= 7 && !self.is(at, &["your", "no", "any"]);
        let has_verb = (at..end).any(|at| self.is(at, &FINITE) || self.is(at, &PAST) || self.is(at, &OTHERS))
            || self.opens_with_verb(at) && head != at;
        let due = !matches!(day.lead, Lead::Other | Lead::From) && self.opens_sentence(day.tokens.start);
        (listed && due && thing && !has_verb).then(|| Opening::new(Giver::Words, at, at))
    }

    /// Whether a day ends right before this place: "proofs Monday, print Wednesday".
    fn ends_with_day(&self, at: usize) -> bool {
        self.phrases.iter().any(|phrase| phrase.tokens.end == at)
    }

    /// Whether what stands here ends a promise without a verb: "draft with you on Friday", "glass fitted by
    /// Monday", "ready by noon".
    fn ends_verbless(&self, at: usize) -> bool {
        let dated = |at: usize| {
            self.phrase_over(at)
                .is_some_and(|phrase| phrase.tokens.start == at && phrase.lead != Lead::Other)
        };
        let comes = UNDER_WAY
            .iter()
            .chain(IN_HAND.iter())
            .chain(["to follow", "out to you"].iter())
            .any(|words| {
                let end = at + words.split(' ').count();
                // "In your inbox by noon."
                self.reads(at, words) && (dated(end) || words.ends_with("your") && dated(end + 1))
            });
        let done = self.word(at).ends_with("ed") || self.is(at, &DONE);
        let by_day = dated(at + 1) && self.is(at + 1, &["by", "before", "within", "inside", "in"]);
        let to_be_done =
            self.reads(at, "to be") && self.is_done(at + 2, self.tokens.len()) && (at + 3..at + 6).any(dated);
        comes || to_be_done || done && by_day && !self.is(at, &NOT_DONE_FOR_THEM)
    }

    /// The start of a few words before this place that hold no verb, in a thought that has none.
    fn verbless_before(&self, at: usize) -> Option<usize> {
        const CLAUSE: &[&str] = &[
            "i", "we", "you", "they", "he", "she", "it", "if", "to", "not", "no", "as", "when", "who", "that",
        ];
        let start = (0..=at)
            .rev()
            .find(|&start| start == 0 || self.joint(start) == Joint::Apart)?;
        let has_verb = (start..at).any(|at| {
            self.is(at, &FINITE)
                || self.is(at, &PAST)
                || self.is(at, CLAUSE)
                || self.word(at).contains('\'')
                || self.tokens[at].possessive && self.is(at, &["it", "that", "there", "here", "what", "let"])
                || self.is(at, &OTHERS)
                || at == start && self.opens_with_verb(at)
        });
        // "The insurer pays in full: in your account on Friday."
        let others = (0..start).any(|at| self.is(at, &OTHERS));
        let asks = (start..self.tokens.len()).any(|at| self.is(at, &["please", "kindly"]));
        (at - start <= 8 && !has_verb && !others && !asks && self.stays_without_verb(at)).then_some(start)
    }

    /// Whether a word of a thing and its day is a verb: "send me the plans", but not "quote for the wall".
    fn is_verb_among_nouns(&self, at: usize, start: usize, head: usize) -> bool {
        let noun = self.is(at, &DELIVERABLES) && self.is(at + 1, &["for", "of", "from", "with", "to", "in"])
            || at > start && self.is(at - 1, &["your", "the", "a", "an", "our"]);
        (at == start || at != head) && !noun && self.opens_with_verb(at)
    }

    /// Whether this word, the first of a thought, is a verb: "send me the plans".
    fn opens_with_verb(&self, at: usize) -> bool {
        const VERBS: [&Words; 5] = [&REQUESTS, &DEEDS, &VISITING, &NO_DEED, &STANDING];
        VERBS.iter().any(|words| self.is(at, words)) && self.has_object(at)
    }

    /// Whether what follows can be a verb's object, so that the word before it is no noun.
    fn has_object(&self, verb: usize) -> bool {
        const BEGINS: &[&str] = &[
            "the",
            "your",
            "our",
            "my",
            "a",
            "an",
            "it",
            "them",
            "us",
            "me",
            "this",
            "that",
            "in",
            "for",
            "back",
            "up",
            "out",
            "all",
            "any",
            "everything",
            "whatever",
            "to",
        ];
        self.is(verb + 1, BEGINS) || self.phrase_over(verb + 1).is_some() || verb + 1 >= self.tokens.len()
    }

    /// Whether no verb that could be the sentence's stands from here to the end of the thought.
    fn stays_without_verb(&self, from: usize) -> bool {
        (from..self.tokens.len())
            .take_while(|&at| {
                let goes_on = self.joint(at) == Joint::Loose && self.is(at, &["so", "and", "but"]);
                at == from || self.joint(at) != Joint::Apart && !goes_on
            })
            .all(|at| {
                let told = self.is(at, &["i", "we", "you", "they", "he", "she"])
                    && (self.word(at + 1).ends_with("ed") || self.is(at + 1, &PAST));
                !self.is(at, &FINITE) && !told
            })
    }

    /// Whether a sentence or a thought begins here.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        at == 0 || self.joint(at) == Joint::Apart
    }
}
