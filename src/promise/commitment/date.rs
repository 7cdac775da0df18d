//! Which date phrase of a sentence says when a promise is kept.

use super::{Clauses, Opening};
use crate::promise::phrase::Phrase;
use crate::promise::token::Joint;
use crate::promise::when::Lead;
use crate::promise::words::{DEEDS, FUNCTION_WORDS, ORDINALS};

/// What carries a thing to a client on its day.
const CARRIERS: &[&str] = &[
    "vessel",
    "van",
    "truck",
    "lorry",
    "post",
    "courier",
    "delivery",
    "run",
    "collection",
    "train",
    "boat",
    "shipment",
    "mail",
    "flight",
    "ferry",
];

impl Clauses<'_, '_> {
    /// The date by which the deed is due, among the words from the verb on.
    pub(super) fn due_between(&self, verb: usize, end: usize) -> Option<usize> {
        // "I'll show you what it can reach by December": that is told of something else.
        let end = (verb + 1..end)
            .find(|&at| self.is(at, &["what", "how", "where", "why"]) && self.phrase_over(at).is_none())
            .filter(|&at| !(at..end).any(|at| self.is(at, &["and"]) && self.is(at + 1, &DEEDS)))
            .unwrap_or(end);
        let booked = self.is(
            verb,
            &[
                "scheduled",
                "booked",
                "arranged",
                "pencilled",
                "set",
                "planned",
                "confirmed",
                "organised",
                "organized",
            ],
        );
        let inside =
            |phrase: &Phrase| verb.saturating_sub(3) <= phrase.tokens.start && phrase.tokens.end <= end;
        let after_subject =
            |phrase: &Phrase| phrase.tokens.start > verb || self.is_between_subject_and(phrase, verb);
        let mut due = (0..self.phrases.len()).filter(|&at| {
            let phrase = &self.phrases[at];
            inside(phrase)
                && after_subject(phrase)
                && (self.tells_when(phrase)
                    || booked && phrase.lead == Lead::For
                    || self.is_until_for_by(verb, phrase))
        });
        let first = due.next()?;
        // What follows at once and is finer says it better: "next week, on Tuesday".
        let finer = due.next().filter(|&next| {
            let (first, next) = (&self.phrases[first], &self.phrases[next]);
            next.tokens.start == first.tokens.end && !first.when.is_fine()
        });
        Some(finer.unwrap_or(first))
    }

    /// "We deliver it until Friday", as those write who have one word for "by" and "until".
    pub(super) fn is_until_for_by(&self, verb: usize, phrase: &Phrase) -> bool {
        const AT_ONCE: &[&str] = &[
            "deliver",
            "send",
            "submit",
            "provide",
            "finish",
            "complete",
            "supply",
            "return",
            "present",
            "ship",
            "finishes",
            "completes",
            "delivers",
        ];
        // "You get the car until Friday" tells how long; what is received or comes from us is there by then.
        let from_us = || (verb + 1..phrase.tokens.start).any(|at| self.reads(at, "from us"));
        let finished = self.is(verb, &["be"])
            && self.is(
                verb + 1,
                &["finished", "completed", "delivered", "sent", "submitted", "done"],
            );
        let received = self.is(verb, &["receive"]) || self.is(verb, &["get", "have"]) && from_us();
        self.is(phrase.tokens.start, &["until", "till", "til"])
            && (self.is(verb, AT_ONCE) || finished || received)
    }

    /// "I will, by Thursday, send it."
    fn is_between_subject_and(&self, phrase: &Phrase, verb: usize) -> bool {
        phrase.tokens.end == verb && phrase.tokens.start > 0 && {
            let before = self.word(phrase.tokens.start - 1);
            matches!(before, "will" | "shall") || before.ends_with("'ll")
        }
    }

    /// "Every second Friday", but not "every laptop on Friday".
    pub(super) fn is_repeated(&self, phrase: &Phrase) -> bool {
        let start = phrase.tokens.start;
        start > 0 && self.is(start - 1, &["each", "every"])
            || start > 1
                && self.is(start - 2, &["each", "every"])
                && (self.is(start - 1, &ORDINALS) || self.is(start - 1, &["other", "single"]))
    }

    /// Whether a date that no rule reads can be a promise's, however likely it seems.
    pub(super) fn may_be_promised(&self, phrase: &Phrase) -> bool {
        let start = phrase.tokens.start;
        let clause = (0..=start)
            .rev()
            .find(|&at| self.joint(at) != Joint::Close)
            .unwrap_or_default();
        // "When you come on Saturday, use the side gate."
        let clients = self.is(clause, &["when", "if", "once", "should"]) && self.is(clause + 1, &["you"]);
        let until = self.is(start, &["until", "till", "til"]);
        // "Your employees have to complete the forms by Friday."
        let told_to = (clause..start)
            .any(|at| self.is(at, &["have", "has", "need", "needs"]) && self.is(at + 1, &["to"]))
            && self.is(clause, &["you", "your", "they", "their"]);
        // "None of the stone will be cut before Friday", "I wouldn't count on it".
        let denied = self.is_denied(clause, start.min(clause + 2));
        !(until || clients || told_to || denied || self.is_repeated(phrase) || self.is_hearsay(start))
    }

    /// "The year-end statement" tells which one it is.
    fn is_of_noun(&self, phrase: &Phrase) -> bool {
        self.is(phrase.tokens.start, &["the"])
            && self.joint(phrase.tokens.end) == Joint::Close
            && !FUNCTION_WORDS.contains(&self.word(phrase.tokens.end))
    }

    /// Whether a phrase says when something is done, and not which thing.
    fn tells_when(&self, phrase: &Phrase) -> bool {
        let before = phrase.tokens.start.checked_sub(1).map_or("", |at| self.word(at));
        if self.is_repeated(phrase) {
            return false;
        }
        match phrase.lead {
            Lead::Other => false,
            Lead::From => self.is_there_from(phrase),
            Lead::By | Lead::Before => true,
            // "On Friday's vessel".
            Lead::On if phrase.possessive && self.is(phrase.tokens.end, CARRIERS) => true,
            Lead::On => !phrase.possessive || self.is(phrase.tokens.start, &["at", "in", "on"]),
            // "I'll have the slides polished for Tuesday's meeting."
            Lead::For if self.is_participle(phrase.tokens.start.wrapping_sub(1)) => true,
            Lead::For => {
                !phrase.possessive
                    && matches!(
                        before,
                        "ready"
                            | "aiming"
                            | "shooting"
                            | "track"
                            | "course"
                            | "target"
                            | "done"
                            | "finished"
                            | "set"
                            | "prepared"
                            | "complete"
                            | "available"
                            | "fixed"
                            | "running"
                    )
            }
            Lead::Bare if self.is_date_to_keep(phrase) => true,
            // "With tomorrow's courier".
            Lead::Bare if phrase.possessive => matches!(before, "with" | "by"),
            Lead::Bare => {
                let named = matches!(
                    before,
                    "the"
                        | "our"
                        | "your"
                        | "a"
                        | "an"
                        | "my"
                        | "his"
                        | "her"
                        | "their"
                        | "of"
                        | "between"
                        | "this"
                );
                !phrase.possessive && !named && !self.is_of_noun(phrase)
            }
        }
    }

    /// "You can have the loan car from tomorrow", "from Monday Aoife takes over your account".
    fn is_there_from(&self, phrase: &Phrase) -> bool {
        const THERE: &[&str] = &[
            "available",
            "ready",
            "waiting",
            "live",
            "online",
            "able",
            "takes",
            "take",
            "handles",
            "handle",
            "looks",
            "look",
            "find",
            "site",
        ];
        let around = phrase.tokens.start.saturating_sub(8)..(phrase.tokens.end + 6).min(self.tokens.len());
        let mut around = around.filter(|&at| self.phrase_over(at).is_none());
        around.any(|at| self.is(at, THERE) || self.reads(at, "can have") || self.reads(at, "can use"))
    }

    /// "We'll hit the 30 June date."
    fn is_date_to_keep(&self, phrase: &Phrase) -> bool {
        let start = phrase.tokens.start;
        self.is(phrase.tokens.end, &["date", "deadline", "target"])
            && (start.saturating_sub(3)..start).any(|at| self.is(at, &["hit", "meet", "make", "keep"]))
    }

    /// "Give me a day and", which asks for nothing but time.
    fn is_given_time(&self, subject: usize) -> bool {
        subject > 1
            && self.is(subject - 1, &["and"])
            && self
                .phrases
                .iter()
                .any(|phrase| phrase.tokens.end + 1 == subject && self.is(phrase.tokens.start, &["give"]))
    }

    /// Whether the deed is to be done by some day, not on it.
    pub(super) fn is_by_a_day(&self, opening: &Opening, end: usize) -> bool {
        self.due_between(opening.verb, end)
            .or_else(|| self.date_before(opening.subject))
            .is_some_and(|at| matches!(self.phrases[at].lead, Lead::By | Lead::Before))
    }

    /// A date phrase that leads to the subject: "On Friday you get the plan."
    pub(super) fn date_before(&self, subject: usize) -> Option<usize> {
        let end = if subject > 1 && self.reads(subject - 2, "is when") {
            subject - 2
        } else if subject > 0 && self.is(subject - 1, &["then", "so"]) || self.is_given_time(subject) {
            subject - 1
        } else {
            subject
        };
        let at = self.phrases.iter().position(|phrase| phrase.tokens.end == end)?;
        let phrase = &self.phrases[at];
        let start = phrase.tokens.start;
        // "Before I clock off tonight you'll have it."
        let own =
            |at: usize| self.is(at, &["before", "when"]) && self.is(at + 1, &["i", "we", "i'm", "we're"]);
        let opens = start == 0
            || own(self.clause_start(start - 1))
            || self.joint(start) != Joint::Close
            || self.is(start - 1, &["and", "but", "so", "then", "that"]);
        // "From Monday Aoife takes over" says when it begins; what the writer does from then on is no deed.
        let others_begin =
            phrase.lead == Lead::From && !self.is(subject, &["i", "we", "i'll", "we'll", "i'm", "we're"]);
        (opens && (others_begin || self.tells_when(phrase))).then_some(at)
    }
}
