//! Whatever is told in the present of a day to come: "the scaffolding comes down on Friday", "the tutor starts with
//! her on Monday", "the second coat goes on tomorrow".
//!
//! No list says which verbs promise: all do that are not known to tell of what befalls, is felt or is decided by
//! others. What keeps this right is whose deed it is: a known thing of ours, somebody named, or people of ours.

use super::present::third_person;
use super::whose::is_of_ours;
use super::{Clauses, Giver, Opening};
use crate::promise::token::Joint;
use crate::promise::words::{
    ADVERBS, ARRIVING, BEFALLS, CREW, DECIDING, DEEDS, DENIAL, DOUBT, FACTS, FINITE, FUNCTION_WORDS, NO_DEED,
    NUMBERS, OTHERS, PAST, STANDING, VISITING,
};

/// Words after a verb that show it to be one, and no noun.
const PARTICLES: &[&str] = &[
    "up", "down", "off", "out", "over", "in", "into", "on", "onto", "back", "through", "live", "away",
    "round", "around", "together", "across", "by", "to",
];
const GOING: &[&str] = &["go", "come", "get", "roll", "take", "lay", "look", "leave"];
const OBJECTS: &[&str] = &[
    "the",
    "your",
    "our",
    "my",
    "its",
    "a",
    "an",
    "you",
    "it",
    "them",
    "all",
    "both",
    "this",
    "these",
    "every",
    "each",
    "everything",
    "with",
];

impl Clauses<'_, '_> {
    /// A subject and its verb in the present at this place, with a day to come after it or before the subject.
    pub(super) fn scheduled(&self, at: usize) -> Option<Opening> {
        if at == 0 || self.joint(at) != Joint::Close || !self.may_be_verb(at) {
            return None;
        }
        let singular = third_person(self.word(at));
        let base = singular.unwrap_or(self.word(at));
        if BEFALLS.contains(&base)
            || NO_DEED.contains(&base) && base != "leave"
            || self.tells_how_it_always_is(at)
        {
            return None;
        }
        let dated = self.phrase_over(at + 1).is_some();
        let particle = self.is(at + 1, PARTICLES) && !dated;
        let object = self.is(at + 1, OBJECTS) && !dated;
        let begins = self.word(at + 1).ends_with("ing");
        // Most words are no verb, and the way back to a subject may be long.
        if !(dated || particle || object || begins) {
            return None;
        }
        let (giver, subject) = self.subject_before(at)?;
        if subject >= at || self.has_event(at) {
            return None;
        }
        let head = self.head(subject, at);
        // Of a plain verb the form says nothing: "place" is one in "they place", and none in "it takes place".
        let known = singular.is_some()
            || DEEDS.contains(&base)
            || ARRIVING.contains(&base)
            || VISITING.contains(&base)
            || GOING.contains(&base);
        let several = self.is(subject, &NUMBERS) && !self.is(subject, &["one"])
            || self.is(subject, &["both", "these", "all"]);
        // What follows people of ours is their verb: "our lads haul the piano up".
        let known = known || giver == Giver::Writer;
        let begins = begins && matches!(base, "begin" | "start");
        let agrees = known
            && !(several && singular.is_some())
            && (singular.is_some() != self.is_plural(head) || self.is(head, &["crew", "team", "staff"]));
        let acts = match giver {
            // "Our caterers lay the tables on Thursday", "the van rolls up at eight".
            Giver::Writer => agrees && (dated || particle || object || begins) && !STANDING.contains(&base),
            Giver::Colleague => {
                let plain = !DECIDING.contains(&base) && !STANDING.contains(&base) && !self.is(head, &FACTS);
                (singular.is_some() || known && self.is(subject + 1, &["and"]))
                    && (particle || object)
                    && plain
            }
            Giver::Thing => {
                let moves = object && matches!(base, "leave" | "reach" | "hit" | "get");
                let ours = self.is(subject, &["our", "my"]) && object && !STANDING.contains(&base);
                agrees
                    && self.is_ours_to_move(subject, at)
                    && (particle || dated || ours || self.is(at + 1, &["its", "your"]) || moves)
                    && !(self.is(at, &["comes", "come"])
                        && self.is(at + 1, &["in", "into", "to", "with", "from"])
                        || matches!(base, "start" | "begin")
                            && !self.is(at + 1, &["work", "with"])
                            && (dated || !particle))
            }
            Giver::Client | Giver::Words => false,
        };
        let dated_near =
            self.due_between(at, self.end_of_clause(at)).is_some() || self.date_before(subject).is_some();
        (acts && dated_near).then(|| Opening::new(Giver::Words, subject, at))
    }

    fn may_be_verb(&self, at: usize) -> bool {
        let none: [&[&str]; 7] = [
            &PAST,
            &FINITE,
            &FUNCTION_WORDS,
            &DENIAL,
            &DOUBT,
            &ADVERBS,
            &OTHERS,
        ];
        let word = self.word(at);
        let before = self.word(at - 1);
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && self.tokens[at].raw.starts_with(char::is_lowercase)
            && !self.tokens[at].possessive
            && !word.ends_with("ed")
            && !word.ends_with("ing")
            && !word.ends_with("ly")
            && (!none.iter().any(|words| words.contains(&word)) || matches!(word, "takes" | "makes"))
            && self.phrase_over(at).is_none()
            && !PARTICLES.contains(&word)
            && !matches!(
                before,
                "the"
                    | "its"
                    | "this"
                    | "these"
                    | "that"
                    | "all"
                    | "both"
                    | "every"
                    | "each"
                    | "any"
                    | "no"
                    | "new"
                    | "a"
                    | "an"
                    | "your"
                    | "our"
                    | "my"
                    | "their"
                    | "his"
                    | "her"
                    | "to"
                    | "of"
                    | "for"
                    | "in"
                    | "on"
                    | "at"
                    | "with"
                    | "by"
                    | "from"
                    | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "should"
                    | "may"
                    | "must"
                    | "i"
                    | "we"
                    | "you"
                    | "they"
                    | "not"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "six"
            )
    }

    /// Whether a noun tells of several.
    fn is_plural(&self, head: usize) -> bool {
        let word = self.word(head);
        word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && self.word(head).len() > 3
            || is_of_ours(word) && CREW.contains(&word) && word.ends_with('s')
            || matches!(word, "people" | "men" | "both" | "all")
    }
}
