//! Promises in a list of dates: "First proof: 21 Feb", "v2 – Fri 23rd", "masters delivered – 30th".

use super::{Clauses, Commitment};
use crate::promise::when::Lead;
use crate::promise::words::{DELIVERABLES, DENIAL, DONE, FINITE, NOT_DONE_FOR_THEM, OTHERS, PAST, WORKS};

/// How many words such a thing may have.
const LONGEST: usize = 8;

/// Words with which a line asks the client for something, or says what is none of ours.
const NOT_OURS: &[&str] = &[
    "your", "any", "no", "please", "pls", "kindly", "need", "needed", "required", "due", "last", "previous",
    "their", "his", "her", "i", "we", "you", "they", "he", "she", "it", "if",
];

impl Clauses<'_, '_> {
    /// The promise of a line that is a thing, a colon or a dash, and its day.
    pub(super) fn listed(&self) -> Option<Commitment> {
        let follows_mark = |at: usize| self.tokens[at].follows_colon_or_dash();
        let mut phrases = self.phrases.iter().enumerate();
        let (at, phrase) = phrases.find(|(_, phrase)| follows_mark(phrase.tokens.start))?;
        let day = phrase.tokens.start;
        let is_first = !(1..day).any(follows_mark);
        let due = !matches!(phrase.lead, Lead::Other | Lead::From | Lead::For);
        if day == 0 || day > LONGEST || !is_first || !due {
            return None;
        }
        let done = (self.is(day - 1, &DONE) || self.word(day - 1).ends_with("ed") && day > 1)
            && !self.is(day - 1, &NOT_DONE_FOR_THEM);
        let head = self.head(0, day);
        let thing = self.is(head, &DELIVERABLES) || self.is(head, &WORKS) || is_version(self.word(head));
        let told = (0..day - usize::from(done)).any(|at| {
            self.is(at, NOT_OURS)
                || self.is(at, &OTHERS)
                || self.is(at, &DENIAL)
                || self.is(at, &FINITE)
                || self.is(at, &PAST)
                || self.word(at).contains('\'')
        });
        let asks = (day..self.tokens.len()).any(|at| self.is(at, &["please", "pls", "kindly", "need"]));
        (thing || done).then_some(())?;
        (!told && !asks).then_some(Commitment {
            tokens: 0..phrase.tokens.end,
            phrase: at,
        })
    }
}

/// "v2".
fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
