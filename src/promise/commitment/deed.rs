//! Which verbs promise something to be done.

use super::present::is_under_way;
use super::{Clauses, Giver, Opening};
use crate::promise::when::Lead;
use crate::promise::words::{
    ARRIVING, BEFALLS, DECIDING, DEEDS, DENIAL, DOING, DONE, DONE_IRREGULARLY, DOUBT, EVENTS, FACTS,
    FUNCTION_WORDS, GETTING, IN_HAND, NO_DEED, NOT_DONE_FOR_THEM, NUMBERS, SERVED, VISITING, WORKS,
};

impl Clauses<'_, '_> {
    /// Whether the verb is something that can be promised by this giver.
    pub(super) fn is_deed(&self, opening: &Opening, end: usize) -> bool {
        let verb = opening.verb;
        let words = opening.firm_from..verb.min(end);
        let unsure = words.clone().chain(verb..end.min(verb + 2)).any(|at| {
            (self.is_word_of_doubt(at) && self.word(at) != "expect" || self.is(at, &DENIAL))
                && self.phrase_over(at).is_none()
        });
        if unsure || verb >= end {
            return false;
        }
        match opening.giver {
            Giver::Words => true,
            Giver::Writer => self.is_writers_deed(verb, end),
            // A first word in capitals may be a thing as well as a name.
            Giver::Colleague => self.is_colleagues_deed(opening, end) || self.is_things_deed(opening, end),
            Giver::Client => match self.word(verb) {
                "expect" | "count" | "rely" | "look" => true,
                "getting" | "receiving" => {
                    self.is(
                        verb + 1,
                        &[
                            "a", "an", "the", "your", "our", "it", "them", "all", "both", "new",
                        ],
                    ) && !self.has_event(verb)
                }
                "be" => {
                    let at = self.past_adverbs(verb + 1);
                    let done = self.word(at).ends_with("ed") && !NOT_DONE_FOR_THEM.contains(&self.word(at));
                    done || self.is_brought_about(at, opening, end)
                        || self.is(at, &SERVED)
                        || self.is(at, &["hearing", "getting", "receiving"])
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
                    let other = [
                        "to", "that", "until", "till", "had", "been", "heard", "got", "seen",
                    ];
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
                    "back in touch",
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
            "go" if verb > 0 && self.is(verb + 1, &["to"]) && !self.is(verb - 1, &["will"]) => true,
            "go" if self.is(verb + 1, &["live", "online", "out", "off"]) => !self.is(
                self.head(opening.subject, verb.saturating_sub(1).max(opening.subject + 1)),
                &FACTS,
            ),
            "have" => {
                self.is(verb + 1, &["been"]) && self.is_done(verb + 2, end)
                    || self.is(verb + 1, &["its", "their"])
            }
            "get" => {
                self.is_done(verb + 1, end)
                    || self.is(verb + 1, &["a", "its", "another"])
                        && self.is_ours_to_move(opening.subject, verb - 1)
            }
            "take" => self.is(verb + 1, &["place"]) && self.is_told_of_work(opening),
            "happen" => self.is_told_of_work(opening),
            // Told in the present, it was recognised by these words.
            "goes" | "with" | "in" | "on" | "coming" | "going" | "ships" | "follows" | "lands" => true,
            "ship" | "follow" | "land" if opening.subject < verb && !self.is(verb - 1, &["will"]) => true,
            _ => {
                let in_hand = self.reads(verb + 1, "in your") || self.reads(verb + 1, "on your");
                let subject_end = verb.saturating_sub(1).max(opening.subject + 1);
                let fact = self.is(self.head(opening.subject, subject_end), &FACTS);
                self.is(verb, &ARRIVING)
                    && !fact
                    && (in_hand
                        || self.phrase_over(verb + 1).is_some()
                        || !self.is(
                            verb + 1,
                            &["to", "into", "up", "under", "down", "in", "out", "off"],
                        ))
                    || self.is_made_to(opening)
            }
        }
    }

    /// Whether a known thing of ours does what it does because we see to it: "the script will crunch through your
    /// records", not "the price will rise".
    fn is_made_to(&self, opening: &Opening) -> bool {
        let end = (opening.subject..opening.verb)
            .find(|&at| self.is(at, &["will", "shall", "is", "are"]))
            .unwrap_or(opening.verb);
        self.is_ours_to_move(opening.subject, end) && self.is_brought_on(opening.verb)
    }

    /// Whether a first word in capitals can be a name: "Interest" and "Nothing" are none.
    fn is_no_fact(&self, opening: &Opening) -> bool {
        let word = self.word(opening.subject);
        let several = word.ends_with('s')
            && opening.verb > opening.subject
            && self.is(opening.subject + 1, &["will", "are", "shall"]);
        let names: [&[&str]; 5] = [
            &FACTS,
            &EVENTS,
            &DENIAL,
            &WORKS,
            &[
                "nothing",
                "something",
                "none",
                "most",
                "many",
                "some",
                "there",
                "everything",
            ],
        ];
        !(names.iter().any(|words| words.contains(&word)) || several && opening.subject == 0)
    }

    /// Whether a verb is no mere event: "crunch", not "expire".
    pub(super) fn is_brought_on(&self, verb: usize) -> bool {
        let lists: [&[&str]; 5] = [&BEFALLS, &NO_DEED, &DENIAL, &DOUBT, &FUNCTION_WORDS];
        let word = self.word(verb);
        !lists.iter().any(|words| words.contains(&word))
            && (!matches!(word, "have" | "be" | "do" | "take" | "get") || self.is(verb + 1, &["over"]))
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// Whether this word tells of something done: "polished", "shown".
    pub(super) fn is_participle(&self, at: usize) -> bool {
        self.word(at).ends_with("ed") && self.word(at).len() > 4 && !self.is(at, &NOT_DONE_FOR_THEM)
            || self.is(at, &DONE)
            || self.is(at, &DONE_IRREGULARLY)
    }

    /// Whether a client's state by a day is of our making: "you'll be cooking in that kitchen before the month is out".
    fn is_brought_about(&self, at: usize, opening: &Opening, end: usize) -> bool {
        let placed = self.word(at).ends_with("ing")
            && (at + 1..end.min(at + 5)).any(|at| self.is(at, &["a", "your", "that", "the"]));
        let back = self.is(at, &["back", "in", "home", "out"])
            && self.is(at + 1, &["in", "into", "your", "to", "on", "of"]);
        let counted = self
            .date_before(opening.subject)
            .or_else(|| self.due_between(opening.verb, end))
            .is_some_and(|at| self.phrases[at].when.is_counted());
        (placed || back) && (counted || self.is_by_a_day(opening, end))
    }

    /// "The installation will take place on Friday."
    fn is_told_of_work(&self, opening: &Opening) -> bool {
        (opening.subject..opening.verb).any(|at| self.is(at, &WORKS))
    }

    /// Whether somebody named does this for the client: what is done for us is the word of somebody else.
    fn is_colleagues_deed(&self, opening: &Opening, end: usize) -> bool {
        let verb = opening.verb;
        let for_us = (verb..end).any(|at| self.is(at, &["us", "me"]) && self.phrase_over(at).is_none());
        let any = self.is_brought_on(verb)
            && self.is_no_fact(opening)
            && !self.is(verb, &DECIDING)
            && !self.is(verb, &["go", "come"]);
        let done = any
            || self.is(verb, &DEEDS)
                && !self.is(verb, &DECIDING)
                && !self.is(verb, &["have", "do", "let", "make", "pay", "start", "return"])
            || self.is(verb, &["let"]) && self.is(verb + 1, &["you"])
            || self.is(verb, &["have"])
                && self.is(
                    verb + 1,
                    &[
                        "it",
                        "them",
                        "the",
                        "your",
                        "her",
                        "his",
                        "all",
                        "both",
                        "everything",
                    ],
                )
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
