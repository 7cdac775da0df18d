//! Where a promise begins: who gives it, and its verb.

use super::whose::is_of_ours;
use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::when::{Lead, When};
use crate::promise::words::{
    ADVERBS, DEEDS, DELIVERABLES, DOING, DONE_IRREGULARLY, EVENTS, FACTS, FINITE, GETTING, NO_GAIN,
    NOT_DONE_FOR_THEM, OTHERS, PAST, REACHES, UNDER_WAY, WORKS,
};

/// Participles that tell of an arrangement and not of a deed on that day.
const NOT_BY_DAY: &[&str] = &[
    "kept",
    "set",
    "given",
    "found",
    "held",
    "booked",
    "scheduled",
    "arranged",
    "planned",
    "confirmed",
    "dated",
    "pencilled",
];

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
        let opening = |giver, subject, verb| Some(Opening::new(giver, subject, verb));
        match word {
            "i'll" | "we'll" => opening(Giver::Writer, self.with_companion(at), after),
            "you'll" => opening(Giver::Client, at, after),
            "it'll" | "that'll" | "this'll" | "they'll" | "these'll" => opening(Giver::Thing, at, after),
            "he'll" | "she'll" if self.names_ours_before(at) => opening(Giver::Writer, at, after),
            // "Kate's got your file and she'll ring you."
            "he'll" | "she'll" if self.tells_of_colleague(at) => opening(Giver::Colleague, at, after),
            "will" | "shall" => self.placed_with_client(at, after).or_else(|| {
                let (giver, subject) = self.subject_before(at)?;
                opening(giver, subject, after)
            }),
            "should" => self.hedged(at),
            "i'm" | "we're" | "i" | "we" | "you" | "you're"
                if self.begins_clause(at)
                    || matches!(word, "i" | "we")
                        && (self.phrase_over(at + 2).is_some() || self.follows_its_object(at)) =>
            {
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
                self.told_to_expect(at)
            }
            "count" | "rely" | "bank" if self.is(at + 1, &["on"]) => self.told_to_rely(at),
            "let" if self.begins_clause(at) && self.is(at + 1, &["me", "us"]) => {
                let verb = self.past_adverbs(at + 2);
                let deed = self.is(verb, &DEEDS) && !self.is(verb, &["let", "have"]);
                deed.then(|| Opening::new(Giver::Writer, at, verb))
            }
            "have" | "i've" | "we've" if self.arranged(at, after).is_some() => self.arranged(at, after),
            "is" | "are" => self.state(at, after).or_else(|| self.being_done(at, after)),
            "would" => self.said_politely(at),
            "to" if at > 1 && self.intended(at).is_some() => self.intended(at),
            "to" if self.is_to_follow(at) => opening(Giver::Words, self.clause_start(at), at + 1),
            "it" if self.settled_on(at).is_some() => self.settled_on(at),
            _ => self
                .thing_in_the_present(at)
                .or_else(|| self.verbless(at))
                .or_else(|| {
                    if self.tokens[at].possessive && self.phrase_over(at).is_none() {
                        return self.contracted(at, after);
                    }
                    let name = word
                        .strip_suffix("'ll")
                        .filter(|name| name.len() > 2 && *name != "there")?;
                    if at > 0 && self.tokens[at].raw.starts_with(char::is_lowercase) {
                        let (giver, subject) = self.subject_before(at + 1)?;
                        return opening(giver, subject, after);
                    }
                    let named = self.tokens[at].raw.starts_with(char::is_uppercase) && name != "who";
                    named.then(|| Opening::new(Giver::Colleague, at, after))
                })
                .or_else(|| self.present_of_crew(at))
                .or_else(|| self.scheduled(at))
                .or_else(|| self.after_some_time(at)),
        }
    }

    /// "The first ten pages I deliver on Friday": what is done stands first, and nothing follows the day.
    fn follows_its_object(&self, subject: usize) -> bool {
        let start = self.clause_start(subject);
        let end = self.end_of_clause(subject);
        let is_thing = |at: usize| {
            let none: [&[&str]; 3] = [&FINITE, &PAST, &OTHERS];
            !none.iter().any(|words| self.is(at, words)) && !self.is(at, &["that", "which", "who", "what"])
        };
        self.is(
            start,
            &["the", "your", "our", "my", "this", "these", "both", "all"],
        ) && subject > start + 1
            && (start..subject).all(is_thing)
            && self.phrases.iter().any(|phrase| {
                subject < phrase.tokens.start
                    && (phrase.tokens.end == end || self.joint(phrase.tokens.end) != Joint::Close)
            })
    }

    /// "…, with the steel schedule to follow on Friday."
    fn is_to_follow(&self, to: usize) -> bool {
        let start = self.clause_start(to);
        self.is(to + 1, &["follow"])
            && self.phrase_over(to + 2).is_some()
            && self.is(start, &["with", "the", "your", "our"])
            && self.is_ours_to_finish(start + usize::from(self.is(start, &["with"])), to)
    }

    /// "There will be a skip on your drive": what we put there, and no event.
    fn placed_with_client(&self, will: usize, verb: usize) -> Option<Opening> {
        let subject = will.checked_sub(1).filter(|&at| self.is(at, &["there"]))?;
        let end = self.end_of_clause(verb);
        let placed = (verb + 1..end).any(|at| {
            self.is(at, &["in", "on", "at", "outside", "by"])
                && self.is(at + 1, &["your"])
                && self.phrase_over(at).is_none()
        });
        let none: [&[&str]; 3] = [&EVENTS, &FACTS, &OTHERS];
        let events = (verb..end).any(|at| none.iter().any(|words| self.is(at, words)));
        (self.is(verb, &["be"]) && placed && !events).then(|| Opening::new(Giver::Words, subject, verb))
    }

    /// Whether the sentence began with somebody's name, and nobody else's word was told since.
    fn tells_of_colleague(&self, at: usize) -> bool {
        let told =
            (1..at).any(|at| self.is_word_of_doubt(at) || self.is(at, &OTHERS) || self.is(at, &["from"]));
        at > 1 && self.names_somebody(0, 1) && !told
    }

    /// What "is" or "are" tells of somebody or something: "is going to", "is due to you", "are coming over".
    fn state(&self, at: usize, after: usize) -> Option<Opening> {
        let opening = |giver, subject, verb| Some(Opening::new(giver, subject, verb));
        let aim = ["aim", "intention", "goal", "target", "commitment"];
        if self.is(at.wrapping_sub(1), &aim) && self.is(after, &["to"]) {
            let start = self.clause_start(at);
            return self
                .is(start, &["our", "my", "the"])
                .then(|| Opening::aimed(Giver::Writer, start, self.past_adverbs(after + 1)));
        }
        let (giver, subject) = self.subject_before(at)?;
        if self.reads(at + 1, "going to") {
            return opening(giver, subject, self.past_adverbs(at + 3));
        }
        if subject == at {
            return None;
        }
        let known = matches!(giver, Giver::Thing | Giver::Colleague) && self.is_ours_to_finish(subject, at);
        if known && self.is_due_from(at + 1).is_some()
            || known && self.is(at + 1, &["being"]) && self.is_done(at + 2, self.tokens.len())
        {
            return opening(Giver::Words, subject, at);
        }
        // "The whole lot is done by Friday."
        let done_by = self.phrases.iter().any(|phrase| {
            let near = after < phrase.tokens.start && phrase.tokens.start <= after + 3;
            near && matches!(phrase.lead, Lead::By | Lead::Before) && self.is_done(after, self.tokens.len())
        });
        if known && done_by && !self.tells_how_it_always_is(at) {
            return opening(Giver::Words, subject, after);
        }
        // "The fitter is booked for Wednesday."
        let head = self.head(subject, at);
        let booked = self.is(after, &["booked", "scheduled", "arranged", "pencilled", "lined"])
            && (self.is(head, &WORKS) || self.is(head, &DELIVERABLES) || is_of_ours(self.word(head)))
            && self
                .phrases
                .iter()
                .any(|phrase| after < phrase.tokens.start && phrase.tokens.start <= after + 3);
        // "The panels are delivered to your door tomorrow."
        let done = (self.is(after, &DONE_IRREGULARLY) || self.word(after).ends_with("ed"))
            && !self.is(after, &NOT_DONE_FOR_THEM)
            && !self.is(after, NOT_BY_DAY);
        let dated = self.phrase_over(after + 1).is_some()
            || self.is(after + 1, &["to", "at", "in", "into", "on"]) && self.is(after + 2, &["your", "you"]);
        let passive = done && dated && after == at + 1 && self.is_ours_to_move(subject, at);
        if known && passive && !self.tells_how_it_always_is(at) {
            return opening(Giver::Words, subject, after);
        }
        // "Your order is ready on Thursday."
        let ready = self.is(after, &["ready", "finished", "done", "complete"])
            // What is ready today is no longer promised.
            && self.phrase_over(after + 1).is_some_and(|phrase| phrase.when != When::Days(0))
            && self.is_ours_to_move(subject, at);
        if known && ready && !self.tells_how_it_always_is(at) {
            return opening(Giver::Words, subject, after);
        }
        // "The whole batch is to be retested on Monday."
        if known && self.reads(at + 1, "to be") && self.is_done(at + 3, self.tokens.len()) {
            return opening(Giver::Words, subject, at);
        }
        // "Come Thursday the hoarding is up."
        let up_by = self.is_done(after, self.tokens.len())
            && self
                .date_before(subject)
                .is_some_and(|at| matches!(self.phrases[at].lead, Lead::By | Lead::Before));
        if known && (booked || up_by) && !self.tells_how_it_always_is(at) {
            return opening(Giver::Words, subject, after);
        }
        if known && self.is(at - 1, &WORKS) {
            // "Delivery is tomorrow", "the installation is booked for Friday".
            let told = self.is(after, &["booked", "scheduled", "set", "planned", "confirmed"]);
            let at_once = self.phrase_over(at + 1).is_some();
            return (told || at_once)
                .then(|| Opening::new(Giver::Words, subject, if told { after } else { at }));
        }
        let acts = matches!(giver, Giver::Writer | Giver::Colleague);
        let named = giver == Giver::Colleague;
        let fact =
            named && (self.is(head, &FACTS) || self.word(head).ends_with('s') && subject == 0 && head == 0);
        if acts && let Some(to) = self.aim_at(after) {
            return Some(Opening::aimed(Giver::Writer, subject, self.past_adverbs(to + 1)));
        }
        if acts
            && !fact
            && (self.is(after, &DOING)
                || self.is_doing_something(after)
                || self.is(after, &["making"])
                || self.is(after, &["coming", "visiting", "popping"]))
        {
            return opening(Giver::Colleague, subject, after);
        }
        let comes = UNDER_WAY.iter().any(|words| self.reads(after, words));
        (comes && (acts || giver == Giver::Thing)).then(|| Opening::new(Giver::Words, subject, after))
    }

    /// "The kitchen fronts are coming on Thursday", "two copies are being bound tonight".
    fn being_done(&self, at: usize, after: usize) -> Option<Opening> {
        let (giver, subject) = self.subject_before(at)?;
        let coming = self.is(
            after,
            &[
                "coming",
                "arriving",
                "going",
                "shipping",
                "launching",
                "landing",
                "leaving",
                "getting",
            ],
        ) && (self.phrase_over(after + 1).is_some()
            || self.is(
                after + 1,
                &[
                    "up", "in", "out", "off", "down", "back", "over", "live", "to", "at", "with", "from",
                ],
            )
            || self.is(after, &["getting"]) && self.is_done(after + 1, self.tokens.len()));
        let thing = giver == Giver::Thing && subject < at && self.is_ours_to_move(subject, at);
        (coming && thing && !self.reads(after, "going to"))
            .then(|| Opening::new(Giver::Words, subject, after))
    }

    /// "Our representative would be visiting you on Tuesday", as many say for "will".
    fn said_politely(&self, at: usize) -> Option<Opening> {
        let doing = self.is(at + 1, &["be"]) && self.word(at + 2).ends_with("ing");
        let depends = self
            .tokens
            .iter()
            .any(|token| matches!(token.word.as_str(), "if" | "unless" | "had" | "were" | "but"));
        if !doing || depends {
            return None;
        }
        let (giver, subject) = self.subject_before(at)?;
        (giver == Giver::Writer && subject < at).then(|| Opening::aimed(Giver::Writer, subject, at + 1))
    }

    /// "The second batch ships on Monday", "six CVs land on your desk".
    fn thing_in_the_present(&self, at: usize) -> Option<Opening> {
        match self.word(at) {
            "ships" | "ship" | "follows" | "follow" | "launches" | "arrives" => self.present_of_ours(at),
            _ if REACHES.iter().any(|words| self.reads(at, words)) => self.thing_that_comes(at),
            "gets" | "get" if at > 0 && self.is_done(at + 1, self.tokens.len()) => self.thing_of_ours(at),
            "comes" | "come"
                if at > 0
                    && self.is(at + 1, &["down", "off", "out"])
                    && self.phrase_over(at + 2).is_some() =>
            {
                self.thing_of_ours(at)
            }
            "starts" | "begins" | "commences" | "finishes" | "completes" | "resumes" | "stays"
            | "remains"
                if at > 0 && self.is_work_before(at) =>
            {
                self.thing_of_ours(at)
            }
            "goes" | "go"
                if self.is(at + 1, &["live", "out", "off", "in", "down", "to"])
                    && !self.is(at + 2, &["of"])
                    && (!self.is(at + 1, &["to"]) || self.is(at + 2, &["print", "press", "you", "your"]))
                    && self.tokens[at + 1].follows(" ") =>
            {
                self.present_thing(at, at)
            }
            _ => None,
        }
    }

    /// Whether the subject before this verb is work: "work on your driveway", "the installation".
    fn is_work_before(&self, at: usize) -> bool {
        let subject = self
            .subject_before(at)
            .map(|(_, start)| start)
            .filter(|&start| start < at);
        self.is(at - 1, &WORKS)
            || subject.is_some_and(|start| {
                let ours = (start..at).any(|at| self.is(at, &["your", "our"]));
                ours && self.is(self.head(start, at), &WORKS)
            })
    }

    /// "Expect the drawings by Friday", "you can expect a call".
    fn told_to_expect(&self, at: usize) -> Option<Opening> {
        let object = at + 1 + usize::from(self.is(at + 1, &["a"]));
        let hears =
            self.is(object, &["to"]) && (self.is(object + 1, &GETTING) || self.is(object + 1, &["get"]));
        // "You can expect us at half seven": who comes is expected, and so is the hour.
        let comes = self.is(object, &["us", "me"]) && self.phrase_over(object + 1).is_some();
        if self.is(object, &NO_GAIN) && !hears && !comes {
            return None;
        }
        let subject = if self.is_offered(at) { at - 2 } else { at };
        Some(Opening::new(Giver::Client, subject, at))
    }

    /// "You can count on having it by Friday", "count on us to be there".
    fn told_to_rely(&self, at: usize) -> Option<Opening> {
        if self.is_offered(at) {
            let gain = self.is(
                at + 2,
                &[
                    "having", "getting", "seeing", "it", "us", "me", "the", "your", "our",
                ],
            );
            return gain.then(|| Opening::new(Giver::Client, at - 2, at));
        }
        (self.begins_clause(at) && self.is(at + 2, &["us", "the", "it", "your", "a", "having"]))
            .then(|| Opening::new(Giver::Words, at, at))
    }

    /// "You can expect".
    fn is_offered(&self, at: usize) -> bool {
        at >= 2
            && self.word(at - 2) == "you"
            && self.is(at - 1, &["can", "may"])
            && self.begins_clause(at - 2)
    }

    /// Whether nothing of the same clause stands before this word but a date.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        at == 0
            || self.joint(at) != Joint::Close
            || self.is(at - 1, &["and", "but", "so", "then"])
            || self.phrases.iter().any(|phrase| phrase.tokens.end == at)
    }
}
