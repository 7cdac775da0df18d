//! Which clause of a sentence promises something by a day.
//!
//! A promise has somebody who gives it (the writer, those the writer speaks for, or the thing that will be
//! ready), a deed, and a date that says when. What is asked of the client, told of others, over, hoped for,
//! denied, quoted or dependent on something is none; nor is a meeting or an event. Wherever that is in doubt
//! there is no promise: a list that says what nobody promised is soon not read. So "you should have it by
//! Friday", "I can send it" and "I'll try" are knowingly left out.

use std::ops::Range;

use super::phrase::Phrase;
use super::token::{Joint, Token};
use super::when::Lead;
use super::words::{
    ADVERBS, ARRIVING, ASKING, CONDITIONS, CREW, DEEDS, DENIAL, DOING, DONE, DONE_IRREGULARLY, DOUBT, EVENTS,
    FUNCTION_WORDS, GETTING, IN_HAND, NO_DEED, NO_DEED_UNDER_WAY, NO_GAIN, NOT_DONE_FOR_THEM, NUMBERS,
    OPENERS, OTHERS, OURS, REQUESTS, SERVED, UNDER_WAY,
};

/// A clause that promises something, and the date phrase that says by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commitment {
    pub(super) tokens: Range<usize>,
    /// Index into the sentence's phrases.
    pub(super) phrase: usize,
}

/// All promises of a sentence, in order.
pub(super) fn commitments(tokens: &[Token], phrases: &[Phrase]) -> Vec<Commitment> {
    let clauses = Clauses { tokens, phrases };
    let mut all: Vec<Commitment> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = clauses.opening(at);
        for commitment in found.into_iter().flat_map(|opening| clauses.promised(&opening)) {
            if all
                .last()
                .is_none_or(|last| last.tokens.end <= commitment.tokens.start)
            {
                all.push(commitment);
            }
        }
        at += 1;
    }
    all
}

/// Who gives the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Giver {
    /// The writer, or those the writer speaks for.
    Writer,
    /// The client, who gets something.
    Client,
    /// What was promised.
    Thing,
}

/// A subject with the place where its verb begins.
#[derive(Debug)]
struct Opening {
    giver: Giver,
    subject: usize,
    verb: usize,
}

struct Clauses<'t, 's> {
    tokens: &'t [Token<'s>],
    phrases: &'t [Phrase],
}

impl<'t> Clauses<'t, '_> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    fn reads(&self, at: usize, words: &str) -> bool {
        words
            .split(' ')
            .enumerate()
            .all(|(ahead, word)| self.word(at + ahead) == word)
    }

    fn joint(&self, at: usize) -> Joint {
        match self.tokens.get(at) {
            Some(token) if at > 0 && token.follows(":") => Joint::Close,
            Some(token) if at > 0 => token.joint(),
            _ => Joint::Apart,
        }
    }

    fn phrase_over(&self, at: usize) -> Option<&'t Phrase> {
        self.phrases.iter().find(|phrase| phrase.tokens.contains(&at))
    }

    /// The first token from here that is no adverb and in no date phrase.
    fn past_adverbs(&self, mut at: usize) -> usize {
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
    fn opening(&self, at: usize) -> Option<Opening> {
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

    /// The promises that this subject gives, one for each date that a deed of its own has.
    fn promised(&self, opening: &Opening) -> Vec<Commitment> {
        if self.is_doubted(opening.subject) || self.depends_on_what_is_before(opening.subject) {
            return Vec::new();
        }
        let end = self.end_of_clause(opening.verb);
        if self.depends_on_what_follows(opening, end) {
            return Vec::new();
        }
        let asks = (opening.verb..end).any(|at| self.is(at, &ASKING));
        // What is to be found out is a part of the promise: "let you know by Friday whether it fits".
        let end = if asks
            && self.is(end, &["if", "whether", "when", "which", "who"])
            && self.joint(end) == Joint::Close
        {
            self.end_of_clause(end)
        } else {
            end
        };
        let (start, verb) = if self.is_deed(opening, end) {
            (opening.subject, opening.verb)
        } else if let Some(verb) = self.second_deed(opening, end) {
            // "I'll stay here and send it on Friday."
            (verb, verb)
        } else {
            return Vec::new();
        };
        let mut found = Vec::new();
        // "It is in the post and should be with you on Monday."
        let sure = |phrase: &usize| {
            let words = verb..self.phrases[*phrase].tokens.start;
            !words.into_iter().any(|at| {
                let and_hopes = at > verb && self.is(at - 1, &["and"]) && self.is(at, &DOUBT);
                and_hopes || self.is(at, &["should", "could", "might", "would"])
            })
        };
        // "We repair any defect within ten days" tells how it always is.
        let once =
            |phrase: &usize| !(verb..self.phrases[*phrase].tokens.start).any(|at| self.is(at, &["any"]));
        if let Some(first) = self.due_between(verb, end).filter(sure).filter(once) {
            let until = self.end_of_text(self.phrases[first].tokens.end.max(verb + 1), end);
            // "… by Friday and the costs by Tuesday"
            let second = (self.phrases[first].tokens.end..end)
                .find(|&at| self.is(at, &["and", "then"]) && self.phrase_over(at).is_none())
                .and_then(|and| Some((and, self.due_between(and + 2, end)?)));
            match second {
                Some((and, second))
                    if self.phrases[first].when != self.phrases[second].when
                        && !self.is_denied(and, end)
                        && self.goes_on(and + 1, second) =>
                {
                    found.push(Commitment {
                        tokens: start..until.min(and),
                        phrase: first,
                    });
                    found.push(Commitment {
                        tokens: and + 1..self.end_of_text(self.phrases[second].tokens.end, end),
                        phrase: second,
                    });
                }
                _ => found.push(Commitment {
                    tokens: start..until,
                    phrase: first,
                }),
            }
        } else if let Some(leading) = self.date_before(start).filter(|_| start == opening.subject) {
            let last =
                (verb..end).find(|&at| at > verb && self.joint(at) == Joint::Loose && self.starts_aside(at));
            found.push(Commitment {
                tokens: self.phrases[leading].tokens.start..last.unwrap_or(end),
                phrase: leading,
            });
        }
        found
    }

    /// Whether what is joined on is a deed or a thing with its own date, and no clause: "and the costs by Tuesday".
    fn goes_on(&self, from: usize, phrase: usize) -> bool {
        let count = self.phrases[phrase].tokens.start.saturating_sub(from);
        let last = self.word(from + count.saturating_sub(1));
        let has_verb = count > 2 && last.ends_with('s') && !last.ends_with("ss");
        let is_aside = self.is(from, &["at", "in", "on", "by", "for", "from", "with"]);
        self.is(from, &DEEDS) || count <= 5 && !has_verb && !is_aside
    }

    /// Whether a comma here begins something that is no part of a list.
    fn starts_aside(&self, at: usize) -> bool {
        self.is(
            at,
            &[
                "as", "on", "in", "at", "no", "for", "with", "unless", "ok", "okay",
            ],
        )
    }

    /// Where the clause of this verb ends.
    fn end_of_clause(&self, verb: usize) -> usize {
        (verb + 1..self.tokens.len())
            .find(|&at| self.ends_clause(at))
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
        if self.is(at, &["when", "until"]) && !own(at + 1) {
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
        let demanded = self.is(at, &["you", "they", "we"])
            && self.is(at + 1, &["must", "need", "should", "can", "could", "may", "to"]);
        let starter = if self.is(at, &["and", "or", "then"]) {
            at + 1
        } else {
            at
        };
        let fresh = starter > at || self.joint(at) == Joint::Loose;
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
                &["will", "shall", "is", "are", "was", "were", "has", "have", "can"],
            )
        };
        let noun_with_verb =
            fresh && (starter + 1..starter + 4).any(|at| verb_follows(at) && self.joint(at) == Joint::Close);
        let told = self.is(at, &["that"])
            && (at + 1..at + 6).any(|at| self.is(at, &["will", "shall"]) || self.word(at).ends_with("'ll"));
        demanded || told || self.reads(at, "for you to") || fresh && subject || noun_with_verb
    }

    /// Where the words of a promise end whose deed and date are told up to here.
    fn end_of_text(&self, mut from: usize, end: usize) -> usize {
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

    /// The date by which the deed is due, among the words from the verb on.
    fn due_between(&self, verb: usize, end: usize) -> Option<usize> {
        // "I'll show you what it can reach by December": that is told of something else.
        let end = (verb + 1..end)
            .find(|&at| self.is(at, &["what", "how", "where", "why"]) && self.phrase_over(at).is_none())
            .filter(|&at| !(at..end).any(|at| self.is(at, &["and"]) && self.is(at + 1, &DEEDS)))
            .unwrap_or(end);
        let inside =
            |phrase: &Phrase| verb.saturating_sub(3) <= phrase.tokens.start && phrase.tokens.end <= end;
        let after_subject =
            |phrase: &Phrase| phrase.tokens.start > verb || self.is_between_subject_and(phrase, verb);
        let mut due = (0..self.phrases.len()).filter(|&at| {
            let phrase = &self.phrases[at];
            inside(phrase) && after_subject(phrase) && self.tells_when(phrase)
        });
        let first = due.next()?;
        // What follows at once and is finer says it better: "next week, on Tuesday".
        let finer = due.next().filter(|&next| {
            let (first, next) = (&self.phrases[first], &self.phrases[next]);
            next.tokens.start == first.tokens.end && !first.when.is_fine()
        });
        Some(finer.unwrap_or(first))
    }

    /// "I will, by Thursday, send it."
    fn is_between_subject_and(&self, phrase: &Phrase, verb: usize) -> bool {
        phrase.tokens.end == verb && phrase.tokens.start > 0 && {
            let before = self.word(phrase.tokens.start - 1);
            matches!(before, "will" | "shall") || before.ends_with("'ll")
        }
    }

    /// Whether a phrase says when something is done, and not which thing.
    fn tells_when(&self, phrase: &Phrase) -> bool {
        let before = phrase.tokens.start.checked_sub(1).map_or("", |at| self.word(at));
        let repeated = (phrase.tokens.start.saturating_sub(2)..phrase.tokens.start)
            .any(|at| self.is(at, &["each", "every"]));
        if repeated {
            return false;
        }
        match phrase.lead {
            Lead::Other => false,
            Lead::By | Lead::Before => true,
            Lead::On => !phrase.possessive || self.is(phrase.tokens.start, &["at", "in", "on"]),
            Lead::For => {
                !phrase.possessive
                    && matches!(
                        before,
                        "ready"
                            | "done"
                            | "finished"
                            | "set"
                            | "prepared"
                            | "complete"
                            | "available"
                            | "fixed"
                    )
            }
            Lead::Bare if self.is_date_to_keep(phrase) => true,
            // "With tomorrow's courier".
            Lead::Bare if phrase.possessive => matches!(before, "with" | "by"),
            Lead::Bare => {
                let named = matches!(
                    before,
                    "the"
                        | "our"
                        | "your"
                        | "a"
                        | "an"
                        | "my"
                        | "his"
                        | "her"
                        | "their"
                        | "of"
                        | "between"
                        | "this"
                );
                let of_noun = self.is(phrase.tokens.start, &["the"])
                    && self.joint(phrase.tokens.end) == Joint::Close
                    && !FUNCTION_WORDS.contains(&self.word(phrase.tokens.end));
                !phrase.possessive && !named && !of_noun
            }
        }
    }

    /// "We'll hit the 30 June date."
    fn is_date_to_keep(&self, phrase: &Phrase) -> bool {
        let start = phrase.tokens.start;
        self.is(phrase.tokens.end, &["date", "deadline", "target"])
            && (start.saturating_sub(3)..start).any(|at| self.is(at, &["hit", "meet", "make", "keep"]))
    }

    /// Whether the deed is to be done by some day, not on it.
    fn is_by_a_day(&self, opening: &Opening, end: usize) -> bool {
        self.due_between(opening.verb, end)
            .or_else(|| self.date_before(opening.subject))
            .is_some_and(|at| matches!(self.phrases[at].lead, Lead::By | Lead::Before))
    }

    /// A date phrase that leads to the subject: "On Friday you get the plan."
    fn date_before(&self, subject: usize) -> Option<usize> {
        let end = if subject > 0 && self.is(subject - 1, &["then", "so"]) {
            subject - 1
        } else {
            subject
        };
        let at = self.phrases.iter().position(|phrase| phrase.tokens.end == end)?;
        let phrase = &self.phrases[at];
        let start = phrase.tokens.start;
        let opens = start == 0
            || self.joint(start) != Joint::Close
            || self.is(start - 1, &["and", "but", "so", "then", "that"]);
        (opens && self.tells_when(phrase)).then_some(at)
    }

    /// Whether words before the subject say that it is another's word, or not sure: "I hope we'll".
    fn is_doubted(&self, subject: usize) -> bool {
        let mut at = subject;
        let mut steps = 0;
        while at > 0 && steps < 5 && self.joint(at) == Joint::Close {
            at -= 1;
            steps += 1;
            if let Some(phrase) = self.phrase_over(at) {
                at = phrase.tokens.start;
                continue;
            }
            if self.is(at, &DOUBT) || self.is(at, &DENIAL) || self.reads(at, "what") || self.reads(at, "how")
            {
                return true;
            }
            if self.is(
                at,
                &[
                    "what", "how", "where", "who", "whom", "which", "before", "until", "if", "unless",
                    "when", "whatever",
                ],
            ) {
                return true;
            }
            if self.is(at, &["but", "so", "and", "then"]) {
                return false;
            }
        }
        false
    }

    /// "If you agree, we'll start", "send me the plan and I'll have a price".
    fn depends_on_what_is_before(&self, subject: usize) -> bool {
        let subject = self
            .date_before(subject)
            .map_or(subject, |at| self.phrases[at].tokens.start);
        if subject == 0 || self.joint(subject) == Joint::Apart || self.is(subject - 1, &["but"]) {
            return false;
        }
        let start = (1..subject)
            .rev()
            .find(|&at| self.joint(at) == Joint::Apart || self.is(at, &["but"]) || self.is(at, &["so"]))
            .map_or(0, |at| at + usize::from(self.is(at, &["but", "so"])));
        let own = |at: usize| {
            self.is(
                at,
                &["i", "we", "i'm", "we're", "i've", "we've", "possible", "not"],
            )
        };
        let asked = self.is(subject - 1, &["and"]) && self.is(start, &REQUESTS);
        let waits = |at: usize| {
            let opens =
                at == start || self.joint(at) != Joint::Close || self.is(at - 1, &["and", "so", "but"]);
            opens
                && (self.is(at, &CONDITIONS)
                    || self.is(at, &["when", "after"])
                    || self.reads(at, "as soon as")
                    || self.reads(at, "as long as"))
                && !own(at + 1)
        };
        asked || (start..subject).any(waits)
    }

    /// "… if you agree", "… once you have signed".
    fn depends_on_what_follows(&self, opening: &Opening, end: usize) -> bool {
        let asks = (opening.verb..end).any(|at| self.is(at, &ASKING));
        let own = |at: usize| self.is(at, &["i", "we", "i'm", "we're", "i've", "we've"]);
        // The condition of what is joined on: "it is with you on Monday, and on Friday, if you like, we …".
        if (opening.verb..end).any(|at| self.joint(at) == Joint::Loose && self.is(at, &["and", "but"])) {
            return false;
        }
        match self.word(end) {
            "if" | "provided" | "providing" | "assuming" | "unless" => {
                !asks && self.joint(end) != Joint::Apart
            }
            "once" => !own(end + 1),
            "as" => !own(end + 3),
            _ => (opening.verb..end).any(|at| {
                self.is(at, &["depending", "pending", "assuming", "provided"]) || self.reads(at, "subject to")
            }),
        }
    }

    fn is_denied(&self, from: usize, end: usize) -> bool {
        (from..end.min(from + 4)).any(|at| self.is(at, &DENIAL) && self.phrase_over(at).is_none())
    }

    /// Whether the verb is something that can be promised by this giver.
    fn is_deed(&self, opening: &Opening, end: usize) -> bool {
        let verb = opening.verb;
        let words = opening.subject..verb.min(end);
        let unsure = words.clone().chain(verb..end.min(verb + 2)).any(|at| {
            (self.is(at, &DOUBT) && self.word(at) != "expect" || self.is(at, &DENIAL))
                && self.phrase_over(at).is_none()
        });
        if unsure || verb >= end {
            return false;
        }
        match opening.giver {
            Giver::Writer => self.is_writers_deed(verb, end),
            Giver::Client => match self.word(verb) {
                "expect" | "count" | "rely" => true,
                "be" => {
                    let at = self.past_adverbs(verb + 1);
                    self.is(at, &SERVED) || self.is(at, &["hearing", "getting", "receiving"])
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
                    self.is(verb, &GETTING)
                        && !self.is(verb + 1, &["to", "until", "till", "had", "been"])
                        && !self.has_event(verb)
                }
            },
            Giver::Thing => match self.word(verb) {
                "be" => {
                    let lies = self.is(
                        self.past_adverbs(verb + 1),
                        &["in", "on", "at", "with", "out", "off"],
                    );
                    self.is_done(verb + 1, end) || lies && self.is_by_a_day(opening, end)
                }
                "have" => self.is(verb + 1, &["been"]) && self.is_done(verb + 2, end),
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
            },
        }
    }

    /// Whether the words from here say that a thing is done or in the client's hands, by us.
    fn is_done(&self, at: usize, end: usize) -> bool {
        let at = self.past_adverbs(at);
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
                let doing = word.ends_with("ing") && DOING.contains(&word);
                let able = matches!(word, "able" | "sure" | "certain")
                    && self.word(at + 1) == "to"
                    && self.is_writers_deed(at + 2, end);
                let back = word == "back" && !self.is(at + 1, &["to", "with"]);
                let done = matches!(
                    word,
                    "done" | "finished" | "ready" | "live" | "through" | "complete" | "back" | "up" | "round"
                );
                let at_hand = ["in touch", "with you", "out to you", "over to you"]
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

    /// Whether the object of a verb is a meeting or an event.
    fn has_event(&self, verb: usize) -> bool {
        (verb + 1..verb + 5)
            .take_while(|&at| {
                at < self.tokens.len()
                    && self
                        .phrase_over(at)
                        .is_none_or(|phrase| phrase.lead == Lead::Bare)
            })
            .any(|at| self.is(at, &EVENTS))
    }

    /// A deed that is joined to a verb which is none: "I'll stay here and send it".
    fn second_deed(&self, opening: &Opening, end: usize) -> Option<usize> {
        if opening.giver != Giver::Writer || self.is_denied(opening.verb, end) {
            return None;
        }
        (opening.verb + 1..end).find(|&at| self.is(at - 1, &["and"]) && self.is(at, &DEEDS))
    }
}
