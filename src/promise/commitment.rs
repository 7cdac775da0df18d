//! Which clause of a sentence promises something by a day.
//!
//! A promise has somebody who gives it (the writer, those the writer speaks for, or the thing that will be
//! ready), a deed, and a date that says when. What is asked of the client, told of others, over, hoped for,
//! denied, quoted or dependent on something is none; nor is a meeting or an event. Wherever that is in doubt
//! there is no promise: a list that says what nobody promised is soon not read. So "I can send it", "I hope to"
//! and "I'll try" are knowingly left out. What is aimed at, expected or "should be with you by Friday" is one: the
//! client has heard a day, and the writer is asked before it is kept.

mod around;
mod arranged;
mod date;
mod deed;
mod doubt;
mod ending;
mod hedged;
mod intended;
mod listed;
mod opening;
mod present;
mod scheduled;
mod subject;
mod verbless;
mod whose;

use std::ops::Range;

use super::learned::{Likelihood, Sentence};
use super::phrase::Phrase;
use super::token::{Joint, Token};
use super::words::{ASKING, DOUBT};
use crate::order::{sort_by, sort_by_key};

/// A clause that promises something, and the date phrase that says by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commitment {
    pub(super) tokens: Range<usize>,
    /// Index into the sentence's phrases.
    pub(super) phrase: usize,
}

/// All promises of a sentence, in order: what rules find, unless what was learned denies it, and what was learned
/// alone.
pub(super) fn commitments(tokens: &[Token], phrases: &[Phrase]) -> Vec<Commitment> {
    let clauses = Clauses { tokens, phrases };
    let sentence = Sentence::new(tokens, phrases);
    let likelihoods: Vec<Likelihood> = (0..phrases.len())
        .map(|at| Likelihood::of(&sentence, at))
        .collect();
    let mut all = clauses.by_rules();
    all.retain(|found| !likelihoods[found.phrase].denies());
    let mut likely: Vec<usize> = (0..phrases.len())
        .filter(|&at| likelihoods[at].promises() && clauses.may_be_promised(&phrases[at]))
        .collect();
    sort_by(&mut likely, |&one, &other| {
        likelihoods[other].cmp(likelihoods[one])
    });
    for phrase in likely {
        let found = clauses.around(phrase);
        let is_free = |known: &Commitment| {
            known.tokens.end <= found.tokens.start || found.tokens.end <= known.tokens.start
        };
        if all.iter().all(is_free) {
            all.push(found);
        } else if likelihoods[phrase].surely_promises() {
            clauses.add_joined(phrase, &mut all);
        }
    }
    sort_by_key(&mut all, |found| found.tokens.start);
    all
}

/// The promises of a sentence that rules find, in order.
#[cfg(feature = "reader")]
pub(super) fn by_rules(tokens: &[Token], phrases: &[Phrase]) -> Vec<Commitment> {
    Clauses { tokens, phrases }.by_rules()
}

/// Who gives the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Giver {
    /// The writer, or those the writer speaks for.
    Writer,
    /// The client, who gets something.
    Client,
    /// Somebody named, who acts for the writer where what is done is done for the client.
    Colleague,
    /// What was promised.
    Thing,
    /// Nobody: the words that open it say already that something will be done.
    Words,
}

/// A subject with the place where its verb begins.
#[derive(Debug)]
struct Opening {
    giver: Giver,
    subject: usize,
    /// From where on a word of doubt takes it back: "we aim to send it" is as good as "we send it".
    firm_from: usize,
    verb: usize,
}

impl Opening {
    fn new(giver: Giver, subject: usize, verb: usize) -> Self {
        Self {
            giver,
            subject,
            firm_from: subject,
            verb,
        }
    }

    /// What is aimed at or planned, its verb being told after these words.
    fn aimed(giver: Giver, subject: usize, verb: usize) -> Self {
        Self {
            giver,
            subject,
            firm_from: verb,
            verb,
        }
    }
}

struct Clauses<'t, 's> {
    tokens: &'t [Token<'s>],
    phrases: &'t [Phrase],
}

impl<'t> Clauses<'t, '_> {
    /// The promises that rules find, in order.
    fn by_rules(&self) -> Vec<Commitment> {
        let mut all: Vec<Commitment> = self.listed().into_iter().collect();
        for at in 0..self.tokens.len() {
            let found = self.opening(at);
            for commitment in found.into_iter().flat_map(|opening| self.promised(&opening)) {
                if all
                    .last()
                    .is_none_or(|last| last.tokens.end <= commitment.tokens.start)
                {
                    all.push(commitment);
                }
            }
        }
        all
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    fn reads(&self, at: usize, words: &str) -> bool {
        words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.word(at + ahead) == word)
    }

    fn joint(&self, at: usize) -> Joint {
        match self.tokens.get(at) {
            Some(token) if at > 0 && token.follows(":") => Joint::Close,
            Some(token) if at > 0 => token.joint(),
            _ => Joint::Apart,
        }
    }

    fn phrase_over(&self, at: usize) -> Option<&'t Phrase> {
        self.phrases.iter().find(|phrase| phrase.tokens.contains(&at))
    }

    /// The promises that this subject gives, one for each date that a deed of its own has.
    fn promised(&self, opening: &Opening) -> Vec<Commitment> {
        if self.is_doubted(opening.subject) || self.depends_on_what_is_before(opening.subject) {
            return Vec::new();
        }
        let end = self.end_of_clause(opening.verb);
        if self.depends_on_what_follows(opening, end) {
            return Vec::new();
        }
        let asks = (opening.verb..end).any(|at| self.is(at, &ASKING));
        // What is to be found out is a part of the promise: "let you know by Friday whether it fits".
        let end = if asks
            && self.is(end, &["if", "whether", "when", "which", "who"])
            && self.joint(end) == Joint::Close
        {
            self.end_of_clause(end)
        } else {
            end
        };
        let (start, verb) = if self.is_deed(opening, end) {
            (opening.subject, opening.verb)
        } else if let Some(verb) = self.second_deed(opening, end) {
            // "I'll stay here and send it on Friday."
            (verb, verb)
        } else {
            return Vec::new();
        };
        if self.is_given_by_others(opening, end) {
            return Vec::new();
        }
        let mut found = Vec::new();
        // "It is in the post and should be with you on Monday."
        let sure = |phrase: &usize| {
            let words = verb..self.phrases[*phrase].tokens.start;
            !words.into_iter().any(|at| {
                let and_hopes = at > verb && self.is(at - 1, &["and"]) && self.is(at, &DOUBT);
                and_hopes || self.is(at, &["should", "could", "might", "would"])
            })
        };
        // "We repair any defect within ten days" tells how it always is.
        let once =
            |phrase: &usize| !(verb..self.phrases[*phrase].tokens.start).any(|at| self.is(at, &["any"]));
        if let Some(first) = self.due_between(verb, end).filter(sure).filter(once) {
            let until = self.end_of_text(self.phrases[first].tokens.end.max(verb + 1), end);
            // "… by Friday and the costs by Tuesday"
            let second = (self.phrases[first].tokens.end..end)
                .find(|&at| self.is(at, &["and", "then"]) && self.phrase_over(at).is_none())
                .and_then(|and| Some((and, self.due_between(and + 1, end)?)));
            match second {
                Some((and, second))
                    if self.phrases[first].when != self.phrases[second].when
                        && !self.is_denied(and, end)
                        && self.goes_on(and + 1, second) =>
                {
                    found.push(Commitment {
                        tokens: start..until.min(and),
                        phrase: first,
                    });
                    found.push(Commitment {
                        tokens: and + 1..self.end_of_text(self.phrases[second].tokens.end, end),
                        phrase: second,
                    });
                }
                _ => found.push(Commitment {
                    tokens: start..until,
                    phrase: first,
                }),
            }
        } else if let Some(leading) = self.date_before(start).filter(|_| start == opening.subject) {
            let last =
                (verb..end).find(|&at| at > verb && self.joint(at) == Joint::Loose && self.starts_aside(at));
            found.push(Commitment {
                tokens: self.phrases[leading].tokens.start..last.unwrap_or(end),
                phrase: leading,
            });
        }
        found
    }
}
