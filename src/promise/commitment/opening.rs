//! Where a promise begins: who gives it, and its verb.

use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::words::{
    ADVERBS, CREW, DEEDS, DENIAL, DOING, DOUBT, GETTING, NO_DEED, NO_DEED_UNDER_WAY, NO_GAIN, OPENERS,
    OTHERS, OURS, UNDER_WAY,
};

impl Clauses<'_, '_> {
    /// The first token from here that is no adverb and in no date phrase.
    pub(super) fn past_adverbs(&self, mut at: usize) -> usize {
        while at < self.tokens.len() && self.joint(at) != Joint::Apart {
            match self.phrase_over(at) {
                Some(phrase) => at = phrase.tokens.end,
                None if self.is(at, &ADVERBS) => at += 1,
                None if self.reads(at, "of course") || self.reads(at, "in turn") => at += 2,
                None => break,
            }
        }
        at
    }

    /// A subject and its verb, where the word at this place joins them.
    pub(super) fn opening(&self, at: usize) -> Option<Opening> {
        let word = self.word(at);
        let after = self.past_adverbs(at + 1);
        let opening = |giver, subject, verb| Some(Opening { giver, subject, verb });
        match word {
            "i'll" | "we'll" => opening(Giver::Writer, self.with_companion(at), after),
            "you'll" => opening(Giver::Client, at, after),
            "it'll" | "that'll" | "this'll" | "they'll" | "these'll" => opening(Giver::Thing, at, after),
            "will" | "shall" => self
                .subject_before(at)
                .and_then(|(giver, subject)| opening(giver, subject, after)),
            "i'm" | "we're" | "i" | "we" | "you" if self.begins_clause(at) => {
                let after = if matches!(word, "i" | "we") && self.is(at + 1, &["am", "are"]) {
                    self.past_adverbs(at + 2)
                } else {
                    after
                };
                self.present(at, after)
            }
            "expect"
                if self.begins_clause(at)
                    || self.is(at.wrapping_sub(1), &["please"])
                    || self.is_offered(at) =>
            {
                let object = at + 1 + usize::from(self.is(at + 1, &["a"]));
                let hears = self.is(object, &["to"])
                    && (self.is(object + 1, &GETTING) || self.is(object + 1, &["get"]));
                if self.is(object, &NO_GAIN) && !hears {
                    return None;
                }
                let subject = if self.is_offered(at) { at - 2 } else { at };
                opening(Giver::Client, subject, at)
            }
            "is" | "are" if self.reads(at + 1, "going to") => self
                .subject_before(at)
                .and_then(|(giver, subject)| opening(giver, subject, self.past_adverbs(at + 3))),
            "he'll" | "she'll" if self.names_ours_before(at) => opening(Giver::Writer, at, after),
            "is" | "are" if UNDER_WAY.iter().any(|words| self.reads(after, words)) => {
                self.present_thing(at, after)
            }
            "ships" | "ship" | "follows" | "follow" => self.present_of_ours(at),
            "lands" | "land" if self.reads(at + 1, "in your") || self.reads(at + 1, "on your") => {
                self.present_of_ours(at)
            }
            "goes" | "go"
                if self.is(at + 1, &["live", "out", "off", "in", "down"])
                    && !self.is(at + 2, &["of"])
                    && self.tokens[at + 1].follows(" ") =>
            {
                self.present_thing(at, at)
            }
            "count" | "rely" if self.is_offered(at) && self.is(at + 1, &["on"]) => {
                let gain = self.is(at + 2, &["having", "getting", "seeing", "it", "us", "me"]);
                gain.then_some(())
                    .and_then(|()| opening(Giver::Client, at - 2, at))
            }
            "let" if self.begins_clause(at) && self.is(at + 1, &["me", "us"]) => {
                let verb = self.past_adverbs(at + 2);
                self.is(verb, &DEEDS)
                    .then_some(())
                    .filter(|()| !self.is(verb, &["let", "have"]))?;
                opening(Giver::Writer, at, verb)
            }
            _ => None,
        }
    }

    /// "You can expect".
    fn is_offered(&self, at: usize) -> bool {
        at >= 2
            && self.word(at - 2) == "you"
            && self.is(at - 1, &["can", "may"])
            && self.begins_clause(at - 2)
    }

    /// Whether nothing of the same clause stands before this word but a date.
    fn begins_clause(&self, at: usize) -> bool {
        at == 0
            || self.joint(at) != Joint::Close
            || self.is(at - 1, &["and", "but", "so", "then"])
            || self.phrases.iter().any(|phrase| phrase.tokens.end == at)
    }

    /// "I'm sending", "I'm going to send", "we deliver", "you get", "I promise to send".
    fn present(&self, at: usize, verb: usize) -> Option<Opening> {
        let client = self.word(at) == "you";
        let stands = |giver, verb| {
            Some(Opening {
                giver,
                subject: at,
                verb,
            })
        };
        if client {
            return self
                .is(verb, &["get", "receive", "have", "hear"])
                .then_some(())
                .and_then(|()| stands(Giver::Client, verb));
        }
        let going_to = self.is(verb, &["going"]) && self.is(verb + 1, &["to"]);
        if going_to {
            return stands(Giver::Writer, self.past_adverbs(verb + 2));
        }
        let under_way =
            self.is(verb, &DOING) && !self.reads(verb, "writing to") || self.is_doing_something(verb);
        if under_way && (self.tokens[at].raw.contains(['\'', '’']) || self.is(at + 1, &["am", "are"])) {
            return stands(Giver::Writer, verb);
        }
        let vows = self.is(verb, &["promise", "guarantee", "undertake", "commit", "pledge"]);
        if vows {
            let to = verb + 1 + usize::from(self.is(verb + 1, &["you"]));
            return self
                .is(to, &["to"])
                .then_some(())
                .and_then(|()| stands(Giver::Writer, to + 1));
        }
        let simple = self.is(verb, &DEEDS)
            && !self.is(verb, &["have", "do", "let", "get", "make", "put", "start"])
            && verb == at + 1;
        let live = self.is(verb, &["go"]) && self.is(verb + 1, &["live"]);
        (simple && self.word(at) != "i'm" || live)
            .then_some(())
            .and_then(|()| stands(Giver::Writer, verb))
    }

    /// "The parcel is with you on Monday", "it goes out today".
    fn present_thing(&self, at: usize, verb: usize) -> Option<Opening> {
        let (giver, subject) = self.subject_before(at)?;
        (giver == Giver::Thing).then_some(Opening { giver, subject, verb })
    }

    /// "The second batch ships on Monday": told of a thing that its first word calls known.
    fn present_of_ours(&self, at: usize) -> Option<Opening> {
        let opening = self.present_thing(at, at)?;
        let known = &[
            "the", "your", "our", "my", "both", "all", "a", "an", "this", "these",
        ];
        (opening.subject < at && self.is(opening.subject, known)).then_some(opening)
    }

    /// "Treating it", "replacing the whole run": a deed done to something.
    fn is_doing_something(&self, verb: usize) -> bool {
        let object = [
            "it", "them", "the", "your", "our", "a", "an", "all", "both", "this", "that", "these", "those",
            "each", "every", "new",
        ];
        let Some(stem) = self.word(verb).strip_suffix("ing") else {
            return false;
        };
        // "Put" is there in "putting", "write" in "writing".
        let bytes = stem.as_bytes();
        let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        let short = &stem[..stem.len() - usize::from(doubled && stem.is_ascii())];
        let is_among = |words: &[&str]| {
            words.iter().any(|&word| {
                word == stem || word == short || word.strip_suffix('e').is_some_and(|word| word == stem)
            })
        };
        stem.len() > 1
            && self.is(verb + 1, &object)
            && !is_among(&NO_DEED)
            && !is_among(&NO_DEED_UNDER_WAY)
            && !self.has_event(verb)
    }

    /// Whether one of those for whom the writer speaks was named: "our accountant has it and she'll send it".
    fn names_ours_before(&self, at: usize) -> bool {
        (0..at).any(|at| {
            self.is(at, &["our", "my"]) && (at + 1..at + 4).any(|at| self.is(at, &OURS) || self.is(at, &CREW))
        })
    }

    /// Who acts in "we have ordered it and will fit it", whose second verb has no subject of its own.
    /// Given with the place where that subject begins.
    fn shared_subject(&self, and: usize) -> Option<(Giver, usize)> {
        let mut start = (1..and)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart || self.is(at, &OPENERS))
            .map_or(0, |at| at + usize::from(self.is(at, &OPENERS)));
        if let Some(phrase) = self.phrases.iter().find(|phrase| phrase.tokens.start == start) {
            start = phrase.tokens.end;
        }
        let first = self.word(start);
        let others = ["he", "she", "they", "it", "you", "that", "who", "which", "there"];
        let is_mixed = (start + 1..and).any(|at| self.is(at, &others) && self.phrase_over(at).is_none());
        let own = ["i", "we", "i'm", "we're", "i've", "we've", "i'll", "we'll"];
        if own.contains(&first) {
            // "We've moved it to Monday": what it is does not act.
            let acts = (start + 1..and).any(|at| self.is(at, &["he", "she", "they", "who", "which"]));
            return (!acts).then_some((Giver::Writer, start));
        }
        let near = start..and.min(start + 4);
        let of_ours = self.is(start, &["our", "my", "the"])
            && near
                .clone()
                .any(|at| self.is(at, &CREW) || self.is(at, &OURS) && !self.is(start, &["the"]));
        if of_ours {
            return Some((Giver::Writer, start));
        }
        let is_thing = self.is(start, &["the", "your", "our", "my", "both", "all", "a", "an"])
            && !near.clone().any(|at| self.is(at, &OTHERS));
        (is_thing && !is_mixed).then_some((Giver::Thing, start))
    }

    /// Who will, and where that subject begins.
    fn subject_before(&self, will: usize) -> Option<(Giver, usize)> {
        let mut end = will;
        while end > 0
            && self.joint(end) == Joint::Close
            && self.is(end - 1, &ADVERBS)
            && self.word(end - 1) != "all"
        {
            end -= 1;
        }
        if end == 0 || self.joint(end) == Joint::Apart || self.joint(end) == Joint::Loose && will == end {
            // "Will send it on Friday."
            let verb = self.past_adverbs(will + 1);
            return (self.is(verb, &DEEDS) && self.word(will) == "will").then_some((Giver::Writer, will));
        }
        let last = end - 1;
        match self.word(last) {
            "i" | "we" => return Some((Giver::Writer, self.with_companion(last))),
            "you" => return Some((Giver::Client, last)),
            "he" | "she" if self.names_ours_before(last) => return Some((Giver::Writer, last)),
            "and" | "then" => {
                let (giver, start) = self.shared_subject(last)?;
                // What somebody does besides is a promise of its own.
                let start = if giver == Giver::Writer { will } else { start };
                return Some((giver, start));
            }
            _ => {}
        }
        let mut start = last;
        while start > 0
            && self.joint(start) == Joint::Close
            && !self.is(start - 1, &OPENERS)
            && !self.is(
                start - 1,
                &[
                    "and", "or", "that", "then", "when", "as", "until", "before", "after",
                ],
            )
            && self.phrase_over(start - 1).is_none()
        {
            start -= 1;
        }
        let subject = || self.tokens[start..end].iter().map(|token| token.word.as_str());
        if subject().any(|word| DOUBT.contains(&word) || DENIAL.contains(&word)) {
            return None;
        }
        let of_ours = self.is(start, &["our", "my"]) && subject().any(|word| OURS.contains(&word))
            || self.is(start, &["our", "my", "the"]) && subject().any(|word| CREW.contains(&word))
            || self.reads(start, "one of us")
            || self.reads(start, "one of our")
            || end - start <= 4 && self.is(start, &["someone", "somebody"]) && !self.is(start + 1, &["else"]);
        if of_ours {
            return Some((Giver::Writer, start));
        }
        (!subject().any(|word| OTHERS.contains(&word))).then(|| (Giver::Thing, self.whole_list(start)))
    }

    /// The start of "Jo and I".
    fn with_companion(&self, at: usize) -> usize {
        let joined = at >= 2 && self.joint(at) == Joint::Close && self.word(at - 1) == "and";
        let named = joined && self.tokens[at - 2].raw.starts_with(char::is_uppercase);
        if named && (at == 2 || self.joint(at - 2) != Joint::Close) {
            at - 2
        } else {
            at
        }
    }

    /// The start of "the plan, the elevations and the model", given that of its last part.
    fn whole_list(&self, start: usize) -> usize {
        if start < 2 || self.word(start - 1) != "and" {
            return start;
        }
        let first = (0..start - 1)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart)
            .unwrap_or(0);
        let is_list = self.is(first, &["the", "your", "our", "both", "a"])
            && start - first <= 9
            && self
                .phrases
                .iter()
                .all(|phrase| phrase.tokens.end <= first || phrase.tokens.start >= start)
            && (first + 1..start).any(|at| self.joint(at) == Joint::Loose);
        if is_list { first } else { start }
    }
}
