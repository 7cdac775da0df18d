//! Which verbs promise something to be done.

use super::present::is_under_way;
use super::{Clauses, Giver, Opening};
use crate::promise::when::Lead;
use crate::promise::words::{
    ARRIVING, DEEDS, DENIAL, DOING, DONE, DONE_IRREGULARLY, DOUBT, EVENTS, GETTING, IN_HAND, NO_DEED,
    NOT_DONE_FOR_THEM, NUMBERS, SERVED, VISITING, WORKS,
};

impl Clauses<'_, '_> {
    /// Whether the verb is something that can be promised by this giver.
    pub(super) fn is_deed(&self, opening: &Opening, end: usize) -> bool {
        let verb = opening.verb;
        let words = opening.firm_from..verb.min(end);
        let unsure = words.clone().chain(verb..end.min(verb + 2)).any(|at| {
            (self.is(at, &DOUBT) && self.word(at) != "expect" || self.is(at, &DENIAL))
                && self.phrase_over(at).is_none()
        });
        if unsure || verb >= end {
            return false;
        }
        match opening.giver {
            Giver::Words => true,
            Giver::Writer => self.is_writers_deed(verb, end),
            // A first word in capitals may be a thing as well as a name.
            Giver::Colleague => self.is_colleagues_deed(verb, end) || self.is_things_deed(opening, end),
            Giver::Client => match self.word(verb) {
                "expect" | "count" | "rely" | "look" => true,
                "be" => {
                    let at = self.past_adverbs(verb + 1);
                    let done = self.word(at).ends_with("ed") && !NOT_DONE_FOR_THEM.contains(&self.word(at));
                    done || self.is(at, &SERVED) || self.is(at, &["hearing", "getting", "receiving"])
                }
                // "You'll see fewer of them" is no promise to show any.
                "see"
                    if !self.is(
                        verb + 1,
                        &["the", "it", "them", "our", "your", "a", "all", "both"],
                    ) && !self.is(verb + 1, &NUMBERS) =>
                {
                    false
                }
                _ => {
                    let other = ["to", "until", "till", "had", "been", "heard", "got", "seen"];
                    let is_over = self.is(verb, &["have"]) && self.word(verb + 1).ends_with("ed");
                    let gets = self.is(verb, &GETTING) && !is_over;
                    gets && !self.is(verb + 1, &other) && !self.has_event(verb)
                }
            },
            Giver::Thing => self.is_things_deed(opening, end),
        }
    }

    /// Whether the words from here say that a thing is done or in the client's hands, by us.
    pub(super) fn is_done(&self, at: usize, end: usize) -> bool {
        let mut at = self.past_adverbs(at);
        // "Steam-cleaned" is cleaned.
        while self.tokens.get(at + 1).is_some_and(|next| next.follows("-")) {
            at += 1;
        }
        let by_others = (at..end).any(|at| {
            self.is(at, &["by"])
                && self.phrase_over(at).is_none()
                && self.is(at + 1, &["the", "their", "them", "him", "her"])
        });
        if by_others {
            return false;
        }
        let word = self.word(at);
        let in_hand = |at: usize| IN_HAND.iter().any(|words| self.reads(at, words));
        match word {
            // Somebody who is back by a day was away.
            "back" => self.is(at + 1, &["up", "online", "to", "in", "with"]),
            _ if DONE.contains(&word) || DONE_IRREGULARLY.contains(&word) => true,
            _ if word.ends_with("ed") => !NOT_DONE_FOR_THEM.contains(&word),
            _ => in_hand(at),
        }
    }

    fn is_writers_deed(&self, verb: usize, end: usize) -> bool {
        match self.word(verb) {
            "be" => {
                let at = self.past_adverbs(verb + 1);
                let word = self.word(at);
                let doing = word.ends_with("ing")
                    && (DOING.contains(&word) || is_under_way(word) && !self.has_event(at));
                let able = matches!(word, "able" | "sure" | "certain")
                    && self.word(at + 1) == "to"
                    && self.is_writers_deed(at + 2, end);
                let back = word == "back" && !self.is(at + 1, &["to", "with"]);
                let done = matches!(
                    word,
                    "done" | "finished" | "ready" | "live" | "through" | "complete" | "back" | "up" | "round"
                );
                let at_hand = [
                    "in touch",
                    "with you",
                    "out to you",
                    "over to you",
                    "back on site",
                    "back at",
                    "back with you",
                    "back to you",
                ]
                .iter()
                .any(|words| self.reads(at, words));
                doing || able || done && !back || at_hand
            }
            "have" => {
                let until = self.is(verb + 1, &["to", "until"]);
                !until && !self.has_event(verb)
            }
            // "Leave the keys with the neighbour", and nobody.
            "leave" => self.is(verb + 1, &["the", "your", "it", "them", "a", "our"]) && !self.has_event(verb),
            "go" => self.is(verb + 1, &["live", "ahead", "through", "over", "back", "online"]),
            "talk" | "speak" => self.is(verb + 1, &["to", "with"]) && !self.is(verb + 2, &["you"]),
            "see" => self.is(verb + 1, &["to"]),
            "run" => {
                self.is(verb + 1, &["the", "a", "your", "our", "that", "it", "another"])
                    && !self.has_event(verb)
            }
            "move" => self.is(
                verb + 1,
                &["you", "your", "the", "it", "all", "them", "everything"],
            ),
            "close" | "open" => self.is(verb + 1, &["out", "off", "up", "your"]),
            "take" => !(verb + 1..end.min(verb + 5))
                .any(|at| self.is(at, &["off", "place", "part", "until", "leave", "that"])),
            "ask" | "tell" | "get" | "want" | "invite" => {
                let to = (verb + 2..end.min(verb + 6)).find(|&at| self.is(at, &["to"]));
                let date = self
                    .due_between(verb, end)
                    .map_or(end, |at| self.phrases[at].tokens.start);
                self.word(verb) == "get" || to.is_none_or(|to| to > date)
            }
            "do" if ["my best", "our best", "what i", "what we", "all i", "all we"]
                .iter()
                .any(|words| self.reads(verb + 1, words)) =>
            {
                false
            }
            "do" | "start" | "begin" | "give" | "set" => !self.has_event(verb),
            word => !NO_DEED.contains(&word) && word.starts_with(|c: char| c.is_ascii_alphabetic()),
        }
    }

    /// Whether this is something that a promised thing does or becomes.
    fn is_things_deed(&self, opening: &Opening, end: usize) -> bool {
        let verb = opening.verb;
        match self.word(verb) {
            "be" => {
                let lies = self.is(
                    self.past_adverbs(verb + 1),
                    &["in", "on", "at", "with", "out", "off"],
                );
                self.is_done(verb + 1, end) || lies && self.is_by_a_day(opening, end)
            }
            "have" => {
                self.is(verb + 1, &["been"]) && self.is_done(verb + 2, end)
                    || self.is(verb + 1, &["its", "their"])
            }
            "get" => self.is_done(verb + 1, end),
            "take" => self.is(verb + 1, &["place"]) && self.is_told_of_work(opening),
            "happen" => self.is_told_of_work(opening),
            "go" => self.is(verb + 1, &["live", "online", "out", "off"]),
            // Told in the present, it was recognised by these words.
            "goes" | "with" | "in" | "on" | "coming" | "going" | "ships" | "follows" | "lands" => true,
            "ship" | "follow" | "land" if opening.subject < verb && !self.is(verb - 1, &["will"]) => true,
            _ => {
                let in_hand = self.reads(verb + 1, "in your") || self.reads(verb + 1, "on your");
                self.is(verb, &ARRIVING)
                    && (in_hand
                        || self.phrase_over(verb + 1).is_some()
                        || !self.is(
                            verb + 1,
                            &["to", "into", "up", "under", "down", "in", "out", "off"],
                        ))
            }
        }
    }

    /// "The installation will take place on Friday."
    fn is_told_of_work(&self, opening: &Opening) -> bool {
        (opening.subject..opening.verb).any(|at| self.is(at, &WORKS))
    }

    /// Whether somebody named does this for the client: what is done for us is the word of somebody else.
    fn is_colleagues_deed(&self, verb: usize, end: usize) -> bool {
        let for_us = (verb..end).any(|at| self.is(at, &["us", "me"]) && self.phrase_over(at).is_none());
        let done = self.is(verb, &DEEDS)
            && !self.is(verb, &["have", "do", "let", "make", "pay", "start", "return"])
            || self.is(verb, &["have"]) && self.is(verb + 1, &["it", "them", "the", "your"])
            || self.is(verb, &VISITING)
            || self.is(verb, &DOING)
            || self.is(verb, &["be"])
                && [
                    "in touch",
                    "with you",
                    "out to you",
                    "over to you",
                    "back with you",
                    "round",
                ]
                .iter()
                .any(|words| self.reads(self.past_adverbs(verb + 1), words))
            || self.is(verb, &["be"]) && self.is(self.past_adverbs(verb + 1), &DOING);
        done && !for_us && !self.has_event(verb)
    }

    /// Whether the object of a verb is a meeting or an event.
    pub(super) fn has_event(&self, verb: usize) -> bool {
        (verb + 1..verb + 5)
            .take_while(|&at| {
                at < self.tokens.len()
                    && self
                        .phrase_over(at)
                        .is_none_or(|phrase| phrase.lead == Lead::Bare)
            })
            .any(|at| self.is(at, &EVENTS) && !(self.word(at) == "day" && self.phrase_over(at).is_some()))
    }

    /// A deed that is joined to a verb which is none: "I'll stay here and send it".
    pub(super) fn second_deed(&self, opening: &Opening, end: usize) -> Option<usize> {
        if opening.giver != Giver::Writer || self.is_denied(opening.verb, end) {
            return None;
        }
        (opening.verb + 1..end).find(|&at| self.is(at - 1, &["and"]) && self.is(at, &DEEDS))
    }
}
