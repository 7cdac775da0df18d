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
        if self.is(start, &["your", "their"]) && !self.is_ours_to_finish(start, end) {
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

    /// Whether these words name people of ours: "our electrician", "one of us", "someone from our claims team".
    fn is_of_ours_from(&self, start: usize, end: usize) -> bool {
        let subject = || self.tokens[start..end].iter().map(|token| token.word.as_str());
        self.is(start, &["our", "my"]) && subject().any(is_of_ours)
            || self.is(start, &["our", "my", "the"])
                && subject().any(|word| CREW.contains(&word))
                && !(self.is(start, &["the"]) && subject().any(|word| word == "from"))
            || self.reads(start, "one of us")
            || self.reads(start, "one of our")
            || end - start <= 8
                && self.is(start, &["someone", "somebody"])
                && !self.is(start + 1, &["else"])
                && !subject().any(|word| OTHERS.contains(&word))
            || self.comes_from_us(start, end)
            || self.reads(start, "a member of")
            || self.reads(start, "myself and")
            || self.is(start, &["this", "the"])
                && end - start == 2
                // "The office will reopen" tells of a house, "this office shall register" of those in it.
                && !(self.is(start, &["the"]) && self.is(start + 1, &["office", "practice", "studio", "department"]))
                && self.is(
                    start + 1,
                    &[
                        "office",
                        "firm",
                        "practice",
                        "company",
                        "studio",
                        "consultant",
                        "contractor",
                        "department",
                        "undersigned",
                    ],
                )
            || self.is(start, &["a", "an", "another", "two", "both"])
                && end - start <= 3
                && is_of_ours(self.word(end - 1))
                && !subject().any(|word| OTHERS.contains(&word))
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

    /// Whether one of those for whom the writer speaks was named: "our accountant has it and she'll send it".
    pub(super) fn names_ours_before(&self, at: usize) -> bool {
        // "Driver is at the depot now, he'll drop it off."
        let bare = self.tokens.len() > 1 && is_of_ours(self.word(0)) && self.is(1, &["is", "will", "has"]);
        bare || (0..at).any(|at| {
            self.reads(at, "of ours")
                || self.is(at, &["our", "my"])
                    && (at + 1..at + 4).any(|at| self.is(at, &OURS) || self.is(at, &CREW))
        })
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

    /// Whether a subject is told to be of ours: "the plumber from our team", "a locksmith of ours".
    fn comes_from_us(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| {
            let here = self.reads(at, "of ours") || self.reads(at, "of us") || self.reads(at, "from us");
            let placed = self.is(at, &["from", "in", "at", "on"])
                && self.is(at + 1, &["our", "my"])
                && (at + 2..end).any(|at| {
                    CREW.contains(&self.word(at))
                        || is_of_ours(self.word(at))
                        || self.is(
                            at,
                            &[
                                "side", "end", "firm", "yard", "shop", "branch", "bureau", "garage",
                                "clinic", "surgery", "kitchen", "claims", "sales", "accounts",
                            ],
                        )
                });
            (here || placed)
                && !self.is(start, &DENIAL)
                && !self.is(start, &["nobody", "none"])
                && !(start..at).any(|at| self.is(at, &["your", "their", "letter", "letters"]))
        })
    }

    /// Whether a subject is somebody else or theirs: "the court", "your sister's car", but not "the court order".
    pub(super) fn is_others(&self, start: usize, end: usize) -> bool {
        if self.is(start, &["his", "her", "their"]) {
            return true;
        }
        let head = self.head(start, end);
        (start..end).any(|at| {
            let told_of = at > head
                && !self.is(at - 1, &["of", "from", "by", "your", "the", "a"])
                && !self.tokens[at].possessive;
            if told_of {
                return false;
            }
            let is_head =
                at + 1 == end || self.is(at + 1, &FUNCTION_WORDS) || self.joint(at + 1) != Joint::Close;
            let firm = self.is(at, &COMPANIES) && self.word(at) != "ups";
            (self.is(at, &OTHERS) || firm)
                && (is_head || self.tokens[at].possessive || self.is(at, &["he", "she", "who"]))
        })
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

/// Whether this is one of those for whom the writer speaks, or several of them.
pub(super) fn is_of_ours(word: &str) -> bool {
    OURS.contains(&word) || word.strip_suffix('s').is_some_and(|one| OURS.contains(&one))
}
