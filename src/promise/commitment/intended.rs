//! Promises that are told as a plan, or given for somebody of ours: "my plan is to have it typed up by Wednesday",
//! "I've asked Tomasz to drop the samples round on Friday", "we have you down for Tuesday".

use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::words::{DEEDS, OTHERS};

impl Clauses<'_, '_> {
    /// What is intended by the "to" at this place.
    pub(super) fn intended(&self, to: usize) -> Option<Opening> {
        const AIMS: &[&str] = &[
            "aim",
            "aims",
            "plan",
            "intention",
            "goal",
            "target",
            "commitment",
            "idea",
            "job",
        ];
        const PLEDGED: &[&str] = &[
            "pledged",
            "undertaken",
            "committed",
            "agreed",
            "promised",
            "vowed",
            "arranged",
            "engaged",
        ];
        let verb = self.past_adverbs(to + 1);
        let start = self.clause_start(to);
        let aim = (start..to).rev().take(8).find(|&at| self.is(at, AIMS));
        let ours = |at: usize| (at.saturating_sub(3)..at).any(|at| self.is(at, &["our", "my", "the"]));
        let told = |at: usize| {
            (start..to).any(|at| {
                self.is(at, &["is", "remains", "be"]) || self.tokens[at].possessive || self.word(at) == "it'd"
            }) && !self.is(start, &["your", "their"])
                && (at + 1 == to || !self.is(at, &["job", "target"]))
        };
        if aim.is_some_and(|at| ours(at) && told(at)) {
            return Some(Opening::aimed(Giver::Writer, start, verb));
        }
        let subject = |end: usize| {
            let at = end.checked_sub(1)?;
            match self.word(at) {
                "i've" | "we've" => Some(at),
                "have" | "has" => {
                    let (giver, start) = self.subject_before(at)?;
                    (matches!(giver, Giver::Writer) && start < at).then_some(start)
                }
                _ => None,
            }
        };
        if self.is(to - 1, PLEDGED) {
            return Some(Opening::aimed(Giver::Writer, subject(to - 1)?, verb));
        }
        // "I expect the run to be through by Wednesday."
        let expected = (start..to)
            .take(4)
            .find(|&at| self.is(at, &["expect", "anticipate"]))
            .filter(|&at| {
                self.is(start, &["i", "we", "i'd", "we'd"])
                    && self.is(
                        at + 1,
                        &[
                            "the",
                            "your",
                            "our",
                            "it",
                            "this",
                            "all",
                            "everything",
                            "both",
                            "us",
                        ],
                    )
                    && self.is_ours_to_finish(at + 1, to)
            });
        let done = self.is(verb, &["be", "have"]) && self.is_done(verb + 1, self.tokens.len())
            || self.is(verb, &["have"]) && (verb + 2..verb + 7).any(|at| self.is_done(at, self.tokens.len()));
        if expected.is_some() && done {
            return Some(Opening::aimed(Giver::Words, start, verb));
        }
        let bound = self.is(to - 1, &["myself", "ourselves"])
            && self.is(to.wrapping_sub(2), &["engage", "commit", "bind", "oblige"])
            && self.is(to.wrapping_sub(3), &["i", "we"]);
        bound.then(|| Opening::aimed(Giver::Writer, to - 3, verb))
    }

    /// "I've asked Tomasz to drop it round": those who are asked are ours, by the way they are told of.
    pub(super) fn asked_of_ours(&self, subject: usize, at: usize) -> Option<Opening> {
        let asked = self.is(
            at,
            &[
                "asked",
                "told",
                "instructed",
                "briefed",
                "got",
                "asking",
                "having",
                "getting",
            ],
        ) || self.reads(at, "arranged for");
        let name = at + 1 + usize::from(self.is(at + 1, &["for"]));
        let person = self.tokens.get(name)?;
        let ours = self.is(name, &["our", "my"])
            || person.raw.starts_with(char::is_uppercase)
                && !self.is(name, &OTHERS)
                && self.phrase_over(name).is_none();
        let to = (name + 1..name + 6).find(|&at| self.is(at, &["to"]))?;
        let close = (name..to).all(|at| self.joint(at) == Joint::Close && !self.is(at, &OTHERS));
        let does = self.is(to + 1, &DEEDS) || self.is_brought_on(to + 1);
        (asked && ours && close && does).then(|| Opening::aimed(Giver::Words, subject, to + 1))
    }

    /// "We have you down for a rewire in October", "we've got your move booked in for Monday".
    pub(super) fn kept_for_client(&self, subject: usize, at: usize) -> Option<Opening> {
        let at = at + usize::from(self.is(at, &["got"]));
        let whom = self.is(at, &["you", "your"]);
        let down = (at + 1..at + 5).find(|&at| {
            self.is(
                at,
                &[
                    "down",
                    "booked",
                    "pencilled",
                    "penciled",
                    "scheduled",
                    "slotted",
                    "lined",
                ],
            )
        })?;
        (whom && !self.has_event(at) && !self.has_event(down))
            .then(|| Opening::new(Giver::Words, subject, down))
    }

    /// "Give us 15 minutes and your phones are ringing again."
    pub(super) fn after_some_time(&self, at: usize) -> Option<Opening> {
        let given = at > 1
            && self.is(at - 1, &["and"])
            && self
                .phrases
                .iter()
                .any(|phrase| phrase.tokens.end + 1 == at && self.is(phrase.tokens.start, &["give"]));
        (given && !self.is(at, &["see"])).then(|| Opening::new(Giver::Words, at, at))
    }

    /// "Friday it is."
    pub(super) fn settled_on(&self, at: usize) -> Option<Opening> {
        let after = self
            .phrases
            .iter()
            .any(|phrase| phrase.tokens.end == at && self.opens_thought(phrase.tokens.start));
        let settled = after && self.reads(at, "it is") && !self.has_event(at + 1);
        settled.then(|| Opening::new(Giver::Words, at, at + 1))
    }

    fn opens_thought(&self, at: usize) -> bool {
        at == 0 || self.joint(at) != Joint::Close || self.is(at - 1, &["so", "then", "ok", "okay", "yes"])
    }
}
