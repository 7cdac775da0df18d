//! Who promises: the subject before a verb.

use super::{Clauses, Giver};
use crate::promise::token::Joint;
use crate::promise::words::{
    ADVERBS, COMPANIES, CREW, DEEDS, DENIAL, DOUBT, FUNCTION_WORDS, OPENERS, OTHERS, OURS,
};

impl Clauses<'_, '_> {
    /// Who will, and where that subject begins.
    pub(super) fn subject_before(&self, will: usize) -> Option<(Giver, usize)> {
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
            let opens = end == 0 || self.joint(end) == Joint::Apart;
            let is_verb = self.is(verb, &DEEDS)
                || opens
                    && self.tokens.get(verb).is_some_and(|token| {
                        token.raw.starts_with(char::is_lowercase)
                            && !self.is(verb, &FUNCTION_WORDS)
                            && !self.is(verb, &["he", "she", "they", "it"])
                    });
            return (is_verb && self.is(will, &["will", "shall"])).then_some((Giver::Writer, will));
        }
        let last = end - 1;
        match self.word(last) {
            "i" | "we" => return Some((Giver::Writer, self.with_companion(last))),
            "you" => return Some((Giver::Client, last)),
            "he" | "she" if self.names_ours_before(last) => return Some((Giver::Writer, last)),
            "and" | "then" | "but" => {
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
                    "and", "or", "that", "then", "when", "as", "until", "before", "after", "means", "meaning",
                ],
            )
            && self.phrase_over(start - 1).is_none()
            && !self.is_vowed_before(start)
        {
            start -= 1;
        }
        // "Someone from our claims team."
        if (start..end).any(|at| self.is_word_of_doubt(at) || self.is(at, &DENIAL)) {
            return None;
        }
        if self.is_of_ours_from(start, end) {
            return Some((Giver::Writer, start));
        }
        // "Your staff will be paid": what is done to them is done by us.
        let done_to = self.is(will + 1, &["be"]) && self.is_participle(self.past_adverbs(will + 2));
        if self.is(start, &["your", "their"]) && !self.is_ours_to_finish(start, end) && !done_to {
            return None;
        }
        let with_somebody =
            start > 1 && self.is(start - 1, &["and"]) && self.joint(start - 1) == Joint::Close;
        if with_somebody
            && self.names_somebody(start - 2, start - 1)
            && (self.begins_clause(start - 2) || self.is(start.wrapping_sub(3), &["as", "because", "that"]))
        {
            return Some((Giver::Colleague, start - 2));
        }
        // "As Fergus will tell you": that is no news of what he does.
        let as_told = start > 0 && self.is(start - 1, &["as"]);
        if self.names_somebody(start, end) && !as_told {
            return Some((Giver::Colleague, start));
        }
        (!self.is_others(start, end)).then(|| (Giver::Thing, self.whole_list(start)))
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

    /// Whether these words are the name of a person, and what it takes to say where they sit: "Tom in accounts".
    pub(super) fn names_somebody(&self, start: usize, end: usize) -> bool {
        let is_name = |at: usize| {
            let raw = self.tokens[at].raw;
            raw.starts_with(char::is_uppercase)
                && raw.len() > 1
                && raw.chars().skip(1).any(char::is_lowercase)
                && self.phrase_over(at).is_none()
                && !self.is(at, &OTHERS)
                && !self.is(at, &COMPANIES)
                && !self.is(at, &FUNCTION_WORDS)
        };
        let names = (start..end).take_while(|&at| is_name(at)).count();
        let rest = start + names;
        let placed = self.is(rest, &["from", "in", "on"]) && self.is(rest + 1, &["our", "my", "the"])
            || self.is(rest, &["from", "in"]) && end - rest == 2;
        let foreign = (start..end).any(|at| self.is(at, &OTHERS) || self.is(at, &["your", "their"]));
        // "Declan and the two apprentices."
        let joined = self.is(rest, &["and"]) && end - rest <= 5;
        names > 0 && names <= 3 && !foreign && (rest == end || placed && end - rest <= 4 || joined)
    }

    /// Whether this word takes back what is told; "claims" does not in "our claims team".
    pub(super) fn is_word_of_doubt(&self, at: usize) -> bool {
        self.is(at, &DOUBT) && !self.is(at + 1, &CREW) && !self.is(at + 1, &OURS)
    }

    /// Whether the writer vouches for what begins here: "we promise the crew will", "I'm sure the parcel will".
    fn is_vowed_before(&self, start: usize) -> bool {
        const VOUCHES: &[&str] = &[
            "promise",
            "guarantee",
            "confirm",
            "ensure",
            "sure",
            "certain",
            "confident",
            "assured",
            "know",
            "you",
            "say",
        ];
        let own = |at: usize| {
            self.is(
                at,
                &[
                    "i", "we", "i'm", "we're", "i'll", "we'll", "can", "to", "am", "are", "rest", "be",
                    "promise", "assure",
                ],
            )
        };
        start >= 2 && self.is(start - 1, VOUCHES) && own(start - 2)
    }

    /// The noun that a subject is about: "order" of "the court order for your flat".
    pub(super) fn head(&self, start: usize, end: usize) -> usize {
        const ENDS: &[&str] = &[
            "of", "for", "from", "in", "on", "to", "with", "at", "and", "you", "we", "i", "that", "about",
            "by", "under", "between",
        ];
        (start + 1..end)
            .find(|&at| self.is(at, ENDS) || self.joint(at) == Joint::Loose)
            .unwrap_or(end)
            .saturating_sub(1)
            .max(start)
    }

    /// The start of "Jo and I".
    pub(super) fn with_companion(&self, at: usize) -> usize {
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

    /// Where the clause begins that this word is in.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        (1..=at)
            .rev()
            .find(|&at| self.joint(at) != Joint::Close || self.is(at - 1, &["but", "so", "and"]))
            .unwrap_or(0)
    }
}
