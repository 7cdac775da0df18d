//! Where the clause of a promise ends.

use super::Clauses;
use super::present::is_under_way;
use crate::promise::token::Joint;
use crate::promise::words::{DEEDS, OPENERS};

/// What a client does with a thing that is there: "for you to watch" asks for nothing.
const TAKING_IN: [&str; 16] = [
    "watch", "see", "read", "review", "look", "try", "collect", "pick", "use", "check", "test", "view",
    "hear", "play", "download", "enjoy",
];

impl Clauses<'_, '_> {
    /// Whether what is joined on is a deed or a thing with its own date, and no clause: "and the costs by Tuesday".
    pub(super) fn goes_on(&self, from: usize, phrase: usize) -> bool {
        let count = self.phrases[phrase].tokens.start.saturating_sub(from);
        let last = self.word(from + count.saturating_sub(1));
        let has_verb = count > 2 && last.ends_with('s') && !last.ends_with("ss");
        let is_aside = self.is(from, &["at", "in", "on", "by", "for", "from", "with"]);
        let from = from + usize::from(self.is(from, &["will", "shall"]));
        let returns = self.is(from, &["come", "be", "get"]) && self.is(from + 1, &["back"]);
        self.is(from, &DEEDS) || returns || count <= 5 && !has_verb && !is_aside
    }

    /// Whether a comma here begins something that is no part of a list.
    pub(super) fn starts_aside(&self, at: usize) -> bool {
        self.is(
            at,
            &[
                "as", "on", "in", "at", "no", "for", "with", "unless", "ok", "okay",
            ],
        )
    }

    /// Where the clause of this verb ends.
    pub(super) fn end_of_clause(&self, verb: usize) -> usize {
        let is_due = |at: usize| {
            let phrase = self.phrases.iter().find(|phrase| phrase.tokens.start == at);
            phrase.is_some_and(|phrase| self.is_until_for_by(verb, phrase))
        };
        (verb + 1..self.tokens.len())
            .find(|&at| self.ends_clause(at) && !is_due(at))
            .unwrap_or(self.tokens.len())
    }

    fn ends_clause(&self, at: usize) -> bool {
        if self
            .phrases
            .iter()
            .any(|phrase| phrase.tokens.start < at && at < phrase.tokens.end)
        {
            return false;
        }
        if self.joint(at) == Joint::Apart {
            return true;
        }
        if self.is(at, &OPENERS) {
            return true;
        }
        let own = |at: usize| self.is(at, &["i", "we", "i'm", "we're", "i've", "we've"]);
        // "In your inbox when you get up tomorrow" asks for nothing.
        let at_hand = self.reads(at, "when you")
            && self.is(
                at + 2,
                &["get", "wake", "log", "arrive", "land", "open", "come", "walk"],
            );
        if self.is(at, &["when", "until"]) && !own(at + 1) && !at_hand {
            return true;
        }
        if self.is(at, &["as"]) && self.is(at + 1, &["they", "he", "she", "it"]) {
            return true;
        }
        if self.reads(at, "as soon as") && !own(at + 3)
            || self.reads(at, "as long as")
            || self.reads(at, "in case")
        {
            return true;
        }
        let takes_in = self.is(at.wrapping_sub(1), &["for"]) && self.is(at + 2, &TAKING_IN);
        let demanded = !takes_in
            && self.is(at, &["you", "they", "we"])
            && self.is(at + 1, &["must", "need", "should", "can", "could", "may", "to"]);
        let starter = if self.is(at, &["and", "or", "then"]) {
            at + 1
        } else {
            at
        };
        let fresh = starter > at || self.joint(at) == Joint::Loose;
        // "… and Darren's dropping them off"
        let contracted = fresh
            && self.tokens[starter.min(self.tokens.len() - 1)].possessive
            && is_under_way(self.word(starter + 1));
        let subject = self.is(
            starter,
            &[
                "i", "we", "you", "he", "she", "it", "they", "i'll", "we'll", "you'll", "it'll", "they'll",
                "he'll", "she'll", "that'll", "i'm", "we're", "you're", "i've", "we've", "please", "there",
                "this", "that",
            ],
        ) || self.reads(starter, "let me")
            || self.reads(starter, "let us");
        let verb_follows = |at: usize| {
            self.is(
                at,
                &[
                    "will", "shall", "is", "are", "was", "were", "has", "have", "can", "gets", "goes",
                    "comes",
                ],
            )
        };
        let noun_with_verb =
            fresh && (starter + 1..starter + 4).any(|at| verb_follows(at) && self.joint(at) == Joint::Close);
        let told = self.is(at, &["that"])
            && (at + 1..at + 6).any(|at| self.is(at, &["will", "shall"]) || self.word(at).ends_with("'ll"));
        demanded
            || told
            || contracted
            || self.reads(at, "for you to") && !self.is(at + 3, &TAKING_IN)
            || fresh && subject
            || noun_with_verb
    }

    /// Where the words of a promise end whose deed and date are told up to here.
    pub(super) fn end_of_text(&self, mut from: usize, end: usize) -> usize {
        // "later this week, on Friday"
        if let Some(next) = self
            .phrases
            .iter()
            .find(|next| next.tokens.start == from && next.tokens.end <= end)
        {
            from = next.tokens.end;
        }
        let end = (from..end)
            .find(|&at| self.joint(at) == Joint::Loose)
            .unwrap_or(end);
        let hangs = |&at: &usize| at > from && self.is(at - 1, &["and", "or", "then", "also"]);
        (from..=end).rev().find(|at| !hangs(at)).unwrap_or(end)
    }
}
