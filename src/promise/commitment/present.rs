//! Promises told in the present: "I'm sending it on Monday", "the proofs reach you on Friday".

use super::whose::is_of_ours;
use super::{Clauses, Giver, Opening};
use crate::promise::names::is_of_dates;
use crate::promise::token::Joint;
use crate::promise::when::When;
use crate::promise::words::{
    AIMS, ARRIVING, CREW, DEEDS, DENIAL, DOING, DOUBT, FINITE, FUNCTION_WORDS, NO_DEED, NO_DEED_UNDER_WAY,
    PAST, STANDING, UNDER_WAY, VISITING, WORKS,
};

/// Verbs that promise by themselves.
const VOWS: &[&str] = &["promise", "guarantee", "undertake", "commit", "pledge"];

/// Words that begin what a deed is done to.
const OBJECTS: &[&str] = &[
    "it",
    "them",
    "the",
    "your",
    "our",
    "a",
    "an",
    "all",
    "both",
    "this",
    "those",
    "each",
    "new",
    "everything",
    "every",
];

/// Where a deed goes: "we strip it out", "we haul the piano up".
const AWAY: &[&str] = &[
    "out", "up", "in", "down", "off", "over", "round", "back", "into", "through",
];

impl Clauses<'_, '_> {
    /// "I'm sending", "I'm going to send", "we deliver", "you get", "I promise to send".
    pub(super) fn present(&self, at: usize, verb: usize) -> Option<Opening> {
        if self.is(at, &["you", "you're"]) {
            return self.gain(at, verb);
        }
        let going_to = self.is(verb, &["going"]) && self.is(verb + 1, &["to"]);
        if going_to {
            return Some(Opening::new(Giver::Writer, at, self.past_adverbs(verb + 2)));
        }
        let under_way =
            self.is(verb, &DOING) && !self.reads(verb, "writing to") || self.is_doing_something(verb);
        if under_way && (self.tokens[at].raw.contains(['\'', '’']) || self.is(at + 1, &["am", "are"])) {
            return Some(Opening::new(Giver::Writer, at, verb));
        }
        if let Some(opening) = self.asked_of_ours(at, verb + usize::from(self.is(verb, &["have"]))) {
            return Some(opening);
        }
        if self.is(at, &["i", "we"]) && self.is(at + 1, &["am", "are"]) && self.is(at + 2, &["to"]) {
            return Some(Opening::new(Giver::Writer, at, self.past_adverbs(at + 3)));
        }
        if self.is(verb, &["have"])
            && let Some(opening) = self.kept_for_client(at, verb + 1)
        {
            return Some(opening);
        }
        // "We're looking at the end of next week for delivery."
        let targets = self.is(verb, &["targeting", "aiming", "shooting", "looking"]);
        if targets
            && (verb + 1..verb + 3).any(|at| {
                self.phrase_over(at)
                    .is_some_and(|phrase| phrase.tokens.start == at)
            })
        {
            return Some(Opening::aimed(Giver::Words, at, verb));
        }
        // "We're confident of completing it."
        if self.is(verb, &["confident", "sure", "certain"])
            && self.is(verb + 1, &["of"])
            && self.word(verb + 2).ends_with("ing")
        {
            return Some(Opening::aimed(Giver::Writer, at, verb + 2));
        }
        // "I plan on having it done."
        if self.is(verb, &["plan", "planning"])
            && self.is(verb + 1, &["on"])
            && self.word(verb + 2).ends_with("ing")
        {
            return Some(Opening::aimed(Giver::Writer, at, verb + 2));
        }
        if let Some(to) = self.aim_at(verb) {
            return Some(Opening::aimed(Giver::Writer, at, self.past_adverbs(to + 1)));
        }
        let vow = self.vow(at, verb);
        if vow.is_some() || self.is(verb, VOWS) {
            return vow;
        }
        let simple = self.is(verb, &DEEDS)
            && !self.is(
                verb,
                &[
                    "have", "do", "let", "get", "make", "put", "start", "set", "cut", "turn",
                ],
            )
            && verb == at + 1;
        let live = self.is(verb, &["go"]) && self.is(verb + 1, &["live"]);
        let begins = self.is(verb, &["start", "begin", "commence"])
            && (self.is(verb + 1, &["on", "work", "the", "your"])
                || self.word(verb + 1).ends_with("ing")
                || self
                    .phrase_over(verb + 1)
                    .is_some_and(|phrase| !matches!(phrase.when, When::Clock(..))))
            && !self.has_event(verb);
        let simple = (simple || begins) && !self.tells_how_it_always_is(verb) || self.is_plain_deed(at, verb);
        (simple && !self.word(at).contains('\'') || live).then(|| Opening::new(Giver::Writer, at, verb))
    }

    /// "You get it on Friday", "you can look forward to it".
    fn gain(&self, at: usize, verb: usize) -> Option<Opening> {
        if self.reads(verb, "can look forward to") && !self.has_event(verb + 3) {
            return Some(Opening::new(Giver::Words, at, verb));
        }
        let lent = self.is(verb, &["can", "may"])
            && (self.is(verb + 1, &["have", "collect"]) || self.reads(verb + 1, "pick up"))
            && (verb + 2..verb + 4).any(|at| self.is(at, &["the", "your", "a", "it", "them", "our"]));
        if lent && !self.has_event(verb + 1) {
            return Some(Opening::new(Giver::Words, at, verb));
        }
        if self.is(verb, &["should"]) {
            return self.hedged_gain(at, verb + 1);
        }
        let gets = self.is(verb, &["get", "receive", "have", "hear", "getting", "receiving"]);
        gets.then(|| Opening::new(Giver::Client, at, verb))
    }

    /// "We undertake to send it", "we guarantee delivery", "I can promise you the plans".
    fn vow(&self, at: usize, verb: usize) -> Option<Opening> {
        let can = self.is(verb, &["can"]) && (self.is(verb + 1, VOWS) || self.is(verb + 1, &["confirm"]));
        let verb = verb + usize::from(can);
        let having =
            self.is(verb + 1, &["having"]) && self.is(verb + 2, &["it", "them", "the", "your", "all"]);
        if self.is(verb, &["anticipate", "envisage"]) && (having || is_under_way(self.word(verb + 1))) {
            return Some(Opening::aimed(Giver::Writer, at, verb + 1));
        }
        let sure = self.is(verb, &["guarantee", "promise"]);
        let something = self.is(verb + 1, &["you"]) && self.is(verb + 2, &["the", "a", "your", "our", "it"]);
        let work = self.is(verb + 1, &WORKS);
        if sure && (something || work) || work && self.is(verb, &["confirm"]) {
            return Some(Opening::new(Giver::Words, at, verb));
        }
        let to = verb + 1 + usize::from(self.is(verb + 1, &["you"]));
        (self.is(verb, VOWS) && self.is(to, &["to"])).then(|| Opening::new(Giver::Writer, at, to + 1))
    }

    /// "We strip out the old units on Wednesday": any deed that is told of a day to come.
    fn is_plain_deed(&self, at: usize, verb: usize) -> bool {
        let word = self.word(verb);
        let none: [&[&str]; 8] = [
            &NO_DEED,
            &NO_DEED_UNDER_WAY,
            &PAST,
            &FINITE,
            &FUNCTION_WORDS,
            &STANDING,
            &DENIAL,
            &DOUBT,
        ];
        verb == at + 1
            && (self.is(verb + 1, OBJECTS)
                || self.is(verb + 1, AWAY)
                || self.is(verb + 1, &["you"])
                || self.phrase_over(verb + 1).is_some()
                || self.date_before(at).is_some()
                    && !self.is(verb + 1, &FUNCTION_WORDS)
                    && verb + 1 < self.tokens.len())
            && !word.ends_with("ed")
            && !word.ends_with("ing")
            && !none.iter().any(|words| words.contains(&word))
            && !self.tells_how_it_always_is(verb)
            && !self.has_event(verb)
    }

    /// "We reply to tickets within 24 hours, as a rule": told of every day.
    pub(super) fn tells_how_it_always_is(&self, verb: usize) -> bool {
        const ALWAYS: &[&str] = &[
            "normally",
            "usually",
            "always",
            "generally",
            "typically",
            "never",
            "often",
            "ordinarily",
            "rule",
            "any",
            "mondays",
            "tuesdays",
            "wednesdays",
            "thursdays",
            "fridays",
            "saturdays",
            "sundays",
            "weekdays",
            "weekends",
            "didn't",
            "doesn't",
            "don't",
            "now",
        ];
        (verb.saturating_sub(2)..self.end_of_clause(verb))
            .take_while(|&at| at <= verb || self.joint(at) == Joint::Close)
            .any(|at| {
                // "Every ticket" is told of things, "every Monday" of days.
                self.is(at, ALWAYS) || self.is(at, &["every"]) && is_of_dates(self.word(at + 1))
            })
    }

    /// The place of "to" after words that tell what the writer is about to do: "aim to", "are on track to".
    pub(super) fn aim_at(&self, verb: usize) -> Option<usize> {
        AIMS.iter().find_map(|words| {
            let to = verb + words.split(' ').count();
            (self.reads(verb, words) && self.is(to, &["to"])).then_some(to)
        })
    }

    /// "The parcel is with you on Monday", "it goes out today".
    pub(super) fn present_thing(&self, at: usize, verb: usize) -> Option<Opening> {
        let (giver, subject) = self.subject_before(at)?;
        // "Great to see the site go live": that is told of what was seen.
        if (subject..at).any(|at| self.is(at, &["see", "seeing", "watch", "let", "make"])) {
            return None;
        }
        matches!(giver, Giver::Thing | Giver::Colleague).then(|| Opening::new(giver, subject, verb))
    }

    /// "The second batch ships on Monday": told of a thing that its first word calls known.
    pub(super) fn present_of_ours(&self, at: usize) -> Option<Opening> {
        let opening = self.present_thing(at, at)?;
        let known = &[
            "the", "your", "our", "my", "both", "all", "a", "an", "this", "these", "it",
        ];
        (opening.subject < at && self.is(opening.subject, known)).then_some(opening)
    }

    /// A thing of which these words tell that it comes about: "the roof comes off", "the form gets lodged".
    pub(super) fn thing_of_ours(&self, at: usize) -> Option<Opening> {
        let (giver, subject) = self.subject_before(at)?;
        // A first word in capitals may be a thing as well as a name.
        let thing = matches!(giver, Giver::Thing | Giver::Colleague);
        (thing && subject < at && self.is_ours_to_finish(subject, at) && !self.tells_how_it_always_is(at))
            .then(|| Opening::new(Giver::Words, subject, at))
    }

    /// "Six CVs land on your desk", "tracked post, reaches you on Monday".
    pub(super) fn thing_that_comes(&self, at: usize) -> Option<Opening> {
        if at > 0 && self.joint(at) != Joint::Close && self.word(at).ends_with('s') {
            return Some(Opening::new(Giver::Words, at, at));
        }
        self.thing_of_ours(at)
    }

    /// "Priya's sending it on Monday", "it's with you by Friday".
    pub(super) fn contracted(&self, at: usize, after: usize) -> Option<Opening> {
        // "The irrigation's going in next week."
        let start = self.clause_start(at);
        let moves = self.is(after, &["coming", "going"]) && self.is(after + 1, AWAY);
        if moves && start < at && self.is_ours_to_move(start, at + 1) {
            return Some(Opening::new(Giver::Words, start, after));
        }
        // "The migration's booked in for Saturday night."
        let booked = self.is(after, &["booked", "scheduled", "pencilled", "planned"]);
        if booked && self.is(at, &WORKS) {
            return Some(Opening::new(Giver::Words, start, after));
        }
        if !self.begins_clause(at) {
            return None;
        }
        let person =
            self.names_somebody(at, at + 1) || self.is(at, &["he", "she"]) && self.names_ours_before(at);
        if person && self.is(after, &DOING) {
            return Some(Opening::new(Giver::Colleague, at, after));
        }
        if person && self.is_doing_something(after) {
            return Some(Opening::new(Giver::Words, at, after));
        }
        let comes = UNDER_WAY.iter().any(|words| self.reads(after, words));
        (comes && self.is(at, &["it", "that", "everything"])).then(|| Opening::new(Giver::Words, at, after))
    }

    /// "Priya calls you on Monday", "our electrician comes by at nine", "two of our movers turn up at eight".
    pub(super) fn present_of_crew(&self, at: usize) -> Option<Opening> {
        if at == 0 || self.joint(at) != Joint::Close {
            return None;
        }
        let is_deed = |base: &str| DEEDS.contains(&base) || VISITING.contains(&base);
        let several =
            self.is(at - 1, &CREW) || is_of_ours(self.word(at - 1)) && self.word(at - 1).ends_with('s');
        let told = third_person(self.word(at)).is_some_and(is_deed) || several && is_deed(self.word(at));
        if !told {
            return None;
        }
        let (giver, subject) = self.subject_before(at)?;
        let acts = match giver {
            Giver::Writer => subject < at,
            Giver::Thing => {
                subject < at
                    && self.is(subject, &["our", "my"])
                    && self.is_ours_to_finish(subject, at)
                    && (self.is(at + 1, &["up", "off", "out", "down", "over", "round"])
                        || !third_person(self.word(at)).is_some_and(|base| STANDING.contains(&base)))
            }
            Giver::Colleague => {
                let to_something = [
                    "you", "your", "the", "by", "over", "round", "out", "it", "them", "up", "off", "back",
                ];
                self.is(at + 1, &to_something) && !self.is(at, &["gets", "get"])
            }
            Giver::Client | Giver::Words => false,
        };
        acts.then(|| Opening::new(Giver::Words, subject, at))
    }

    /// "Treating it", "replacing the whole run": a deed done to something.
    pub(super) fn is_doing_something(&self, verb: usize) -> bool {
        // "I'm having the locks changed."
        if self.is(verb, &["having", "getting"]) && (verb + 2..verb + 6).any(|at| self.is_participle(at)) {
            return true;
        }
        let away = self.is(verb + 1, AWAY) && self.phrase_over(verb + 1).is_none();
        let object = self.is(verb + 1, OBJECTS) || self.is(verb + 1, &["that", "these", "yours"]);
        (object || away) && is_under_way(self.word(verb)) && !self.has_event(verb)
    }

    /// How many words from here say that something is on its way to being done by a day: "due with you",
    /// "scheduled for delivery", "on track to finish".
    pub(super) fn is_due_from(&self, at: usize) -> Option<usize> {
        let at = self.past_adverbs(at);
        if self.is(
            at,
            &[
                "due",
                "scheduled",
                "set",
                "slated",
                "booked",
                "planned",
                "timetabled",
                "lined",
            ],
        ) || self.reads(at, "on track")
            || self.reads(at, "on course")
            || self.reads(at, "on schedule")
            || self.reads(at, "all set")
        {
            let next = at + 1 + usize::from(self.is(at, &["on", "all", "lined"]));
            let foreign = (0..at).any(|at| {
                let token = &self.tokens[at];
                token.possessive
                    && token.raw.starts_with(char::is_uppercase)
                    && self.phrase_over(at).is_none()
                    && !self.is(at, &["it", "that"])
            });
            if foreign {
                return None;
            }
            let to_you = self.is(next, &["to", "with"]) && self.is(next + 1, &["you", "your"])
                || self.is(next, &["back", "out", "in"]) && self.phrase_over(next).is_none();
            let to_do = self.is(next, &["to"])
                && (self.is(next + 1, &["be"]) && self.is_done(next + 2, self.tokens.len())
                    || self.is(next + 1, &DEEDS)
                    || self.is(next + 1, &ARRIVING)
                    || self.is(
                        next + 1,
                        &[
                            "go", "start", "begin", "arrive", "reach", "finish", "complete", "land",
                        ],
                    ));
            let for_deed = self.is(next, &["for"])
                && self.is(
                    next + 1,
                    &[
                        "delivery",
                        "completion",
                        "release",
                        "collection",
                        "dispatch",
                        "launch",
                        "installation",
                        "shipping",
                        "shipment",
                        "publication",
                        "handover",
                        "fitting",
                        "despatch",
                        "return",
                        "submission",
                    ],
                );
            return (to_you || to_do || for_deed).then_some(next);
        }
        None
    }
}

/// Whether this is the "-ing" of a deed.
pub(super) fn is_under_way(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else {
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
    // "Bring" and "string" are none.
    stem.contains(['a', 'e', 'i', 'o', 'u', 'y']) && !is_among(&NO_DEED) && !is_among(&NO_DEED_UNDER_WAY)
}

/// The plain form of a verb that is told of a third person: "calls", "finishes", "carries".
pub(super) fn third_person(word: &str) -> Option<&str> {
    let stem = word
        .strip_suffix('s')
        .filter(|stem| stem.len() > 1 && !stem.ends_with('s'))?;
    let short = stem.strip_suffix('e').filter(|short| {
        ["sh", "ch", "x", "ss", "o"]
            .iter()
            .any(|end| short.ends_with(end))
    });
    Some(short.unwrap_or(stem))
}
