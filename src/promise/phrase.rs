//! The grammar of date phrases, British and American: "by COB Friday", "in a fortnight", "a week on Tuesday".
//!
//! A phrase begins with the words that lead to it ("no later than") and ends with those that only stress it
//! ("at the latest"). Where a phrase names a day that no calendar has ("31 June"), there is no phrase at all,
//! and no part of it is read as another.

mod clock;
mod date;
mod near;
mod week;
mod weekday;

use std::ops::Range;

use super::names;
use super::token::{Joint, Token};
use super::when::{Feast, Lead, When};
use super::words;

/// One date phrase of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its tokens, from the words that lead to it.
    pub(super) tokens: Range<usize>,
    pub(super) lead: Lead,
    pub(super) when: When,
    /// "Monday's": the day is told of something else.
    pub(super) possessive: bool,
}

/// All date phrases of a sentence, in order.
pub(super) fn phrases(tokens: &[Token]) -> Vec<Phrase> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut parser = Parser {
            tokens,
            start: at,
            at,
            within_day: false,
        };
        match parser.phrase() {
            Some((lead, when)) => {
                // "At 5 p.m. yesterday" is no time to come.
                let is_over = tokens.get(parser.at).is_some_and(|next| {
                    matches!(next.word.as_str(), "yesterday" | "ago") && next.joint() == Joint::Close
                });
                if when.exists() && !is_over {
                    all.push(Phrase {
                        tokens: at..parser.at,
                        lead,
                        when,
                        possessive: tokens[parser.at - 1].possessive,
                    });
                }
                at = parser.at.max(at + 1);
            }
            None => at += 1,
        }
    }
    all
}

struct Parser<'t, 's> {
    tokens: &'t [Token<'s>],
    start: usize,
    at: usize,
    /// Whether a time of the day was read besides the day.
    within_day: bool,
}

impl<'t> Parser<'t, '_> {
    /// The word `ahead` of the next one, if it belongs together with what was read; else nothing.
    fn word(&self, ahead: usize) -> &'t str {
        let at = self.at + ahead;
        let joined = |at: usize| at == self.start || self.tokens[at].joint() == Joint::Close;
        if at < self.tokens.len() && (self.at..=at).all(joined) {
            &self.tokens[at].word
        } else {
            ""
        }
    }

    fn next(&self) -> &'t str {
        self.word(0)
    }

    /// The word that follows, were a comma or a bracket nothing.
    fn next_loose(&self) -> &'t str {
        match self.tokens.get(self.at) {
            Some(token) if self.at == self.start || token.joint() != Joint::Apart => &token.word,
            _ => "",
        }
    }

    fn raw(&self, ahead: usize) -> &'t str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.raw)
    }

    fn is_possessive(&self, ahead: usize) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.possessive)
    }

    /// Reads these words, or none of them.
    fn eat(&mut self, words: &str) -> bool {
        let count = words.split(' ').count();
        let found = words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.word(ahead) == word);
        if found {
            self.at += count;
        }
        found
    }

    /// Reads the first of these that stands here.
    fn eat_any(&mut self, choices: &[&str]) -> bool {
        choices.iter().any(|words| self.eat(words))
    }

    /// Reads with `read`, or nothing where it finds nothing.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (start, at, within_day) = (self.start, self.at, self.within_day);
        let found = read(self);
        if found.is_none() {
            (self.start, self.at, self.within_day) = (start, at, within_day);
        }
        found
    }

    fn phrase(&mut self) -> Option<(Lead, When)> {
        if let Some(after) = self.attempt(Self::after_a_break) {
            return Some((Lead::On, after));
        }
        let lead = self.lead();
        // In "to choose from on Friday" the day has a word of its own.
        if lead == Lead::From && self.next() == "on" {
            return None;
        }
        let between = self.before() == "between";
        let first = self.core(lead)?;
        // Of "Monday or Tuesday" the later is due.
        let later = self.attempt(|parser| {
            (parser.eat("or") || between && parser.eat("and")).then_some(())?;
            parser.eat_any(&["on", "by"]);
            parser.core(lead)
        });
        self.attempt(|parser| {
            parser.step_over_comma();
            parser.eat_any(&words::STRESS).then_some(())
        });
        // "Before noon on Friday" is on Friday.
        let lead = if lead == Lead::Before && self.within_day {
            Lead::By
        } else {
            lead
        };
        Some((lead, later.unwrap_or(first)))
    }

    /// The word of the phrase that was read last, if one was.
    fn before(&self) -> &'t str {
        match self.at.checked_sub(1) {
            Some(before) if self.start <= before => &self.tokens[before].word,
            _ => "",
        }
    }

    fn lead(&mut self) -> Lead {
        for &(words, lead) in names::LEADS {
            if self.eat(words) {
                self.eat_any(&[
                    "about",
                    "around",
                    "roughly",
                    "approximately",
                    "latest",
                    "no later than",
                    "under",
                    "just under",
                    "less than",
                ]);
                return lead;
            }
        }
        Lead::Bare
    }

    fn core(&mut self, lead: Lead) -> Option<When> {
        self.attempt(|parser| parser.counted(lead))
            .or_else(|| {
                self.attempt(|parser| {
                    parser.time()?;
                    parser.eat_any(&["on", "of", "by"]);
                    parser.within_day = true;
                    parser.day(lead)
                })
            })
            .or_else(|| self.attempt(|parser| parser.day(lead)))
            .or_else(|| self.attempt(Self::time))
            .or_else(|| self.attempt(Self::first_thing))
    }

    /// A day, and the time of day that may follow it.
    fn day(&mut self, lead: Lead) -> Option<When> {
        let adverb = (self.eat_any(&names::FIRST_THING)
            || self.eat_any(&["sometime", "some time", "later", "late", "early"]))
        .then(|| self.before());
        self.eat_any(&[
            "the morning of",
            "the afternoon of",
            "the evening of",
            "the night of",
            "the small hours of",
            "the early hours of",
        ]);
        self.eat("on");
        let day = self
            .attempt(Self::near_day)
            .or_else(|| self.attempt(Self::date))
            .or_else(|| self.attempt(|parser| parser.period(lead, adverb)))
            .or_else(|| self.attempt(Self::weekday))
            .or_else(|| self.attempt(|parser| parser.ordinal(lead)))
            .or_else(|| self.attempt(|parser| parser.feast(lead)))
            .or_else(|| self.attempt(|parser| parser.untold(lead)))?;
        let end = self.at;
        self.time_of_day();
        self.within_day |= self.at > end;
        Some(day)
    }

    /// Lets the comma or bracket before the next word count for nothing.
    fn step_over_comma(&mut self) {
        if !self.next_loose().is_empty() {
            self.start = self.at;
        }
    }
}

/// The last minute of a day.
pub(super) const END_OF_DAY: i64 = 24 * 60;

#[derive(Debug, Clone, Copy)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy)]
enum Shift {
    Days(i64),
    Working(i64),
    Months(i64),
    Minutes(i64),
}

impl Shift {
    fn counted_from_now(self) -> When {
        match self {
            Self::Days(count) => When::Days(count),
            Self::Working(count) => When::WorkingDays(count),
            Self::Months(count) => When::Months(count),
            Self::Minutes(count) => When::Minutes(count),
        }
    }
}

/// What a feast is called, and when it is.
pub(super) type NamedFeast = (&'static str, Feast);
