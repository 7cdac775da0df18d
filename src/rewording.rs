//! Plain words in the place of a term, as they would stand in its sentence.
//!
//! The twin of the lexicon takes the term's place where the sentence goes on to read well: a verb takes
//! the ending that the term had, an article is not said twice, a sentence still begins in upper case.
//! Where that cannot be told from the words around ("our headless CMS migration"), the term stays and
//! the twin explains it in brackets.

mod verb;

use std::ops::Range;

use crate::checks::{Context, capitalised};
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch, Lexicon, Term};

/// The term of the lexicon that stands at exactly this range of the body, if one does.
pub fn term_at(context: &Context, span: &Range<usize>) -> Option<&'static Term> {
    Some(Spot::find(context, span)?.term)
}

/// What to write at this range of the body in place of the term that stands there; `None` where the
/// lexicon has no term, or no words that would fit.
pub fn plain_words(context: &Context, span: &Range<usize>) -> Option<String> {
    let spot = Spot::find(context, span)?;
    spot.instead().or_else(|| spot.explained())
}

/// Words that end what a noun before them names: no compound goes on with one of these.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "about",
    "across",
    "after",
    "again",
    "all",
    "already",
    "also",
    "always",
    "am",
    "an",
    "and",
    "any",
    "are",
    "around",
    "as",
    "at",
    "back",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "could",
    "did",
    "do",
    "does",
    "during",
    "each",
    "every",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "i",
    "if",
    "in",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "last",
    "later",
    "may",
    "might",
    "must",
    "my",
    "next",
    "no",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "or",
    "our",
    "out",
    "over",
    "per",
    "right",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "soon",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "through",
    "to",
    "today",
    "together",
    "tomorrow",
    "too",
    "under",
    "until",
    "up",
    "us",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Words with which a noun needs no article of its own.
const DETERMINERS: &[&str] = &[
    "a", "an", "another", "any", "each", "every", "her", "his", "its", "my", "no", "our", "some", "that",
    "the", "their", "this", "which", "your",
];

/// Words with which a verb becomes another one and still takes its object: "shut off".
const PARTICLES: &[&str] = &[
    "away", "back", "down", "for", "forward", "in", "into", "off", "on", "out", "over", "through", "to",
    "up", "with",
];

/// The fewest words that explain anything to the check of jargon.
const LEAST_TO_EXPLAIN: usize = 3;

/// A term in its sentence.
struct Spot<'c> {
    context: &'c Context<'c>,
    sentence: &'c Sentence,
    found: &'c CueMatch,
    term: &'static Term,
}

impl<'c> Spot<'c> {
    fn find(context: &'c Context<'c>, span: &Range<usize>) -> Option<Self> {
        let sentence = &context.body.sentences[context.body.sentence_at(span.start)?];
        let (found, index) = context.cues(sentence).iter().find_map(|found| match found.cue {
            Cue::Term(index) if found.span == *span => Some((found, index)),
            _ => None,
        })?;
        let term = Lexicon::get().term(index);
        Some(Self {
            context,
            sentence,
            found,
            term,
        })
    }

    /// The term as it stands in the draft.
    fn words(&self) -> &'c str {
        &self.context.body.source[self.found.span.clone()]
    }

    /// The word that stands so many words away from the term in its sentence, in lower case: -1 is the
    /// one before, 1 the one after. `None` past the sentence, and past what separates words.
    fn neighbour(&self, away: isize) -> Option<String> {
        let (from, to) = if away < 0 {
            let at = self.found.words.start.checked_add_signed(away)?;
            (at, self.found.words.start)
        } else {
            let at = (self.found.words.end - 1).checked_add_signed(away)?;
            (self.found.words.end - 1, at)
        };
        let at = if away < 0 { from } else { to };
        if !self.sentence.words.contains(&at) {
            return None;
        }
        let body = &self.context.body;
        let between = &body.source[body.words[from].span.end..body.words[to].span.start];
        let unbroken = !between.contains([',', ';', ':', '(', ')', '–', '—', '"', '“', '”', '/', '-', '.']);
        unbroken.then(|| body.word(at).to_lowercase())
    }

    fn is_followed_by_more(&self) -> bool {
        let next = self.neighbour(1);
        next.is_some_and(|next| !FUNCTION_WORDS.contains(&next.as_str()))
            || self.context.body.source[self.found.span.end..].starts_with(['-', '/'])
    }

    /// The twin in the term's place, or nothing where that may not read well.
    fn instead(&self) -> Option<String> {
        let plain = if self.term.inflects() {
            self.verb()?
        } else {
            self.noun()?
        };
        let starts = self.found.words.start == self.sentence.words.start;
        Some(if starts && self.words().starts_with(char::is_uppercase) {
            capitalised(&plain)
        } else {
            plain
        })
    }

    /// The term with its twin in brackets, as the check of jargon wants a term explained.
    fn explained(&self) -> Option<String> {
        let words = self.words();
        let is_owner = words.ends_with("'s") || words.ends_with("’s");
        let explains = self.term.plain.split_whitespace().count() >= LEAST_TO_EXPLAIN;
        let in_brackets = self.context.body.source[self.found.span.end..].starts_with(')');
        (explains && !is_owner && !in_brackets).then(|| format!("{words} ({})", self.term.plain))
    }

    /// The twin of a verb with the ending that the term has.
    fn verb(&self) -> Option<String> {
        let plain = self.term.plain.as_str();
        let (stem, at) = self.term.inflected_word()?;
        let word = self.context.body.word(self.found.words.start + at).to_lowercase();
        let form = verb::Form::of(&word, &stem, self.neighbour(-1).as_deref());
        let (first, rest) = plain
            .split_once(' ')
            .map_or((plain, ""), |(first, rest)| (first, rest));
        // "slowly cook" and "repair and tidy up" take their endings elsewhere.
        if first.ends_with("ly") || form != verb::Form::Base && rest.contains("and ") {
            return None;
        }
        let takes_object = rest.is_empty() || PARTICLES.contains(&rest);
        let ends_in_verb = at + 1 == self.found.words.len();
        if ends_in_verb && !takes_object && self.neighbour(1).is_some() {
            return None;
        }
        let first = verb::inflect(first, form);
        Some(if rest.is_empty() {
            first
        } else {
            format!("{first} {rest}")
        })
    }

    /// The twin of a noun or a fixed phrase, without an article that the sentence has already.
    fn noun(&self) -> Option<String> {
        let plain = self.term.plain.as_str();
        let same_words = self.words().split(['-', ' ', '\n']).count()
            == self.term.name().split(['-', ' ']).count()
            && self
                .words()
                .to_lowercase()
                .ends_with(&last_letters(&self.term.name()));
        if !same_words {
            return None;
        }
        let name = self.term.name().to_lowercase();
        let last = name.rsplit(' ').next().unwrap_or_default();
        let is_phrase = FUNCTION_WORDS.contains(&last);
        if is_phrase {
            return Some(plain.to_owned());
        }
        if self.is_followed_by_more() {
            return None;
        }
        let bare = ["a ", "an ", "the "]
            .iter()
            .find_map(|article| plain.strip_prefix(article));
        let Some(before) = self.neighbour(-1) else {
            return Some(plain.to_owned());
        };
        if DETERMINERS.contains(&before.as_str()) {
            return bare.filter(|bare| agrees(&before, bare)).map(str::to_owned);
        }
        // "a modern headless CMS": the article is further back.
        let governed = (2..=3)
            .map_while(|away| self.neighbour(-away))
            .take_while(|word| !is_break(word))
            .any(|word| DETERMINERS.contains(&word.as_str()));
        let stands_alone = is_break(&before) || !governed && bare.is_some() && !looks_descriptive(&before);
        stands_alone.then(|| plain.to_owned())
    }
}

/// Whether a word separates what comes after it from an article before it.
fn is_break(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word) && !DETERMINERS.contains(&word)
}

/// Whether a word before a noun may describe it rather than govern it: "new", "two", "daily", "14".
fn looks_descriptive(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "al", "ary", "ble", "est", "ful", "ic", "ish", "ive", "less", "ly", "ous", "ty",
    ];
    const COMMON: &[&str] = &[
        "bad",
        "best",
        "better",
        "big",
        "clean",
        "clear",
        "different",
        "eight",
        "extra",
        "fast",
        "few",
        "final",
        "first",
        "five",
        "four",
        "full",
        "further",
        "good",
        "great",
        "high",
        "large",
        "late",
        "live",
        "long",
        "low",
        "main",
        "many",
        "modern",
        "more",
        "most",
        "much",
        "new",
        "nine",
        "old",
        "one",
        "other",
        "own",
        "proper",
        "real",
        "same",
        "second",
        "separate",
        "seven",
        "several",
        "short",
        "simple",
        "single",
        "six",
        "small",
        "standard",
        "strong",
        "such",
        "ten",
        "third",
        "three",
        "two",
        "whole",
    ];
    word.starts_with(|c: char| c.is_ascii_digit())
        || COMMON.contains(&word)
        || ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether "a" or "an" is right before these words; any other word is.
fn agrees(article: &str, words: &str) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    let sounds_open =
        starts(&["a", "e", "i", "o", "u", "hour", "honest"]) && !starts(&["one", "uni", "us", "eu"]);
    match article {
        "a" => !sounds_open,
        "an" => sounds_open,
        _ => true,
    }
}

/// The last three letters of a name, which a plural does not share.
fn last_letters(name: &str) -> String {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    letters[letters.len().saturating_sub(3)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Client, Draft, Place, Settings, check};

    /// The draft with its first jargon in plain words.
    #[track_caller]
    fn reworded(body: &str) -> String {
        let draft = Draft::new("", body);
        let report = check(&draft, None, &Settings::default());
        let mut spans = report.findings.iter().filter_map(|finding| match &finding.place {
            Place::Body(span) if finding.rule == "jargon" => Some(span.clone()),
            _ => None,
        });
        let span = spans.next().unwrap_or_else(|| panic!("no jargon in {body:?}"));
        let context = Context::new(&draft, None);
        let plain = plain_words(&context, &span).unwrap_or_else(|| body[span.clone()].to_owned());
        format!("{}{plain}{}", &body[..span.start], &body[span.end..])
    }

    #[test]
    fn a_noun_takes_the_article_that_is_there() {
        let cms = "content system that is separate from the site visitors see";
        let plain = &Lexicon::get()
            .terms()
            .iter()
            .find(|term| term.name() == "headless CMS")
            .unwrap()
            .plain;
        assert!(plain.ends_with(cms), "{plain}");
        for (body, wanted) in [
            ("We use a headless CMS.", format!("We use a {cms}.")),
            ("The headless CMS is ready.", format!("The {cms} is ready.")),
            ("We move to headless CMS now.", format!("We move to a {cms} now.")),
            ("Headless CMS is what we use.", format!("A {cms} is what we use.")),
            // Nothing that reads well takes these places.
            (
                "A modern headless CMS is ready.",
                format!("A modern headless CMS (a {cms}) is ready."),
            ),
            (
                "Our headless CMS migration is done.",
                format!("Our headless CMS (a {cms}) migration is done."),
            ),
        ] {
            assert_eq!(reworded(body), wanted);
        }
    }

    #[test]
    fn a_verb_keeps_its_ending() {
        for (body, wanted) in [
            ("We leverage your contacts.", "We use your contacts."),
            ("We leveraged your contacts.", "We used your contacts."),
            ("Leveraging your contacts helps.", "Using your contacts helps."),
            ("She leverages your contacts.", "She uses your contacts."),
        ] {
            assert_eq!(reworded(body), wanted);
        }
    }

    /// What is offered must end the finding, or it is no help.
    #[test]
    fn plain_words_are_jargon_no_more() {
        let nobody = Client::default();
        let mut still = BTreeMap::new();
        for term in Lexicon::get().terms() {
            let name = term.name();
            for body in [
                format!("We talked about {name} today."),
                format!("The {name} is next."),
            ] {
                let draft = Draft::new("", body.as_str());
                let context = Context::new(&draft, Some(&nobody));
                let at = body.find(&name).unwrap();
                let span = at..at + name.len();
                let Some(plain) = plain_words(&context, &span) else {
                    continue;
                };
                let after = format!("{}{plain}{}", &body[..span.start], &body[span.end..]);
                let report = check(
                    &Draft::new("", after.as_str()),
                    Some(&nobody),
                    &Settings::default(),
                );
                let again = report.findings.iter().any(|finding| match &finding.place {
                    Place::Body(span) => {
                        finding.rule == "jargon" && after[span.clone()].eq_ignore_ascii_case(&name)
                    }
                    _ => false,
                });
                if again {
                    still.insert(name.clone(), after);
                }
            }
        }
        assert!(still.is_empty(), "{still:#?}");
    }

    #[test]
    fn other_words_have_no_plain_twin() {
        let draft = Draft::new("", "We use a headless CMS.");
        let context = Context::new(&draft, None);
        assert_eq!(plain_words(&context, &(0..2)), None);
        assert_eq!(plain_words(&context, &(90..92)), None);
    }
}
