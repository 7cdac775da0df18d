//! What a date is weighed by: the words around it, in its clause and in the rest of its sentence, and the lists they
//! stand on.
//!
//! Other dates, numbers and names are all one word each, since which they are says nothing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::WEIGHTS;
use crate::promise::phrase::Phrase;
use crate::promise::token::{Joint, Token};
use crate::promise::words::{OPENERS, lists_of_sentences};

/// How many words before and after the date count for what stands on a list beside another word.
const NEAR: (usize, usize) = (12, 6);

/// How many words before and after the date count at all, so that a text without a full stop costs no more than its
/// length.
const FAR: usize = 60;

/// Words that begin another clause, besides those that always do.
const JOINS: [&str; 10] = [
    "and", "but", "because", "that", "then", "where", "before", "after", "unless", "when",
];

/// By which lists a word is known.
static LISTS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, words) in lists_of_sentences() {
        for word in words.iter() {
            lists.entry(word).or_default().push(name);
        }
    }
    lists
});

/// Features by their number.
#[derive(Default)]
struct Features(BTreeSet<u16>);

impl Features {
    fn add(&mut self, kind: &str, value: &str) {
        // FNV-1a, which is as good on any machine and for ever.
        let hash = kind
            .bytes()
            .chain([b'='])
            .chain(value.bytes())
            .fold(0x811c_9dc5_u32, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
            });
        // Its low bits alone are weak: the high ones are folded in.
        let folded = (hash ^ (hash >> 15)) as usize % WEIGHTS;
        self.0.insert(u16::try_from(folded).unwrap_or_default());
    }
}

/// A sentence in which each date is one word.
pub(in crate::promise) struct Sentence<'t> {
    words: Vec<Word<'t>>,
    /// Which word each date is.
    dates: Vec<usize>,
    tokens: &'t [Token<'t>],
    phrases: &'t [Phrase],
}

struct Word<'t> {
    shown: &'t str,
    joint: Joint,
    /// The lists on which it stands; a date stands on none.
    lists: &'t [&'static str],
}

impl<'t> Sentence<'t> {
    pub(in crate::promise) fn new(tokens: &'t [Token<'t>], phrases: &'t [Phrase]) -> Self {
        let mut words = Vec::new();
        let mut dates = Vec::new();
        let mut next = 0;
        while let Some(token) = tokens.get(next) {
            let joint = if next == 0 { Joint::Apart } else { token.joint() };
            let phrase = phrases
                .get(dates.len())
                .filter(|phrase| phrase.tokens.start <= next);
            if let Some(phrase) = phrase {
                dates.push(words.len());
                words.push(Word {
                    shown: "<date>",
                    joint,
                    lists: &[],
                });
                next = phrase.tokens.end.max(next + 1);
            } else {
                words.push(Word {
                    shown: shown(token, next),
                    joint,
                    lists: LISTS.get(token.word.as_str()).map_or(&[], Vec::as_slice),
                });
                next += 1;
            }
        }
        Self {
            words,
            dates,
            tokens,
            phrases,
        }
    }

    /// The features of the date `at` among the phrases, in order, none twice.
    pub(in crate::promise) fn features(&self, at: usize) -> BTreeSet<u16> {
        let mut found = Features::default();
        found.add("bias", "");
        self.date(at, &mut found);
        if let Some(&date) = self.dates.get(at) {
            self.neighbours(date, &mut found);
            self.parts(date, &mut found);
            self.lists(date, &mut found);
        }
        found.0
    }

    /// The date itself.
    fn date(&self, at: usize, found: &mut Features) {
        let phrase = &self.phrases[at];
        found.add("lead", &format!("{:?}", phrase.lead));
        for token in &self.tokens[phrase.tokens.clone()] {
            found.add("date", shown(token, 0));
        }
        if phrase.possessive {
            found.add("possessive", "");
        }
    }

    /// The three words before it and after it, by their place.
    fn neighbours(&self, date: usize, found: &mut Features) {
        for (distance, kind) in [(1, "before-1"), (2, "before-2"), (3, "before-3")] {
            found.add(
                kind,
                date.checked_sub(distance).map_or("", |at| self.words[at].shown),
            );
        }
        for (distance, kind) in [(1, "after-1"), (2, "after-2"), (3, "after-3")] {
            found.add(
                kind,
                self.words.get(date + distance).map_or("", |word| word.shown),
            );
        }
    }

    /// The words of its clause, of the thought that its clause is in, and of the rest.
    fn parts(&self, date: usize, found: &mut Features) {
        let clause = self.stretch(date, |word| word.joint != Joint::Close || opens(word.shown));
        let thought = self.stretch(date, |word| word.joint == Joint::Apart);
        let word = |at: usize| {
            if at == date {
                "<this>"
            } else {
                self.words[at].shown
            }
        };
        let mut before = "<start>";
        for at in clause.clone() {
            found.add("clause", word(at));
            found.add("pair", &format!("{before} {}", word(at)));
            before = word(at);
        }
        found.add("pair", &format!("{before} <end>"));
        for at in self.reach(date, FAR, FAR) {
            found.add("sentence", word(at));
            if (clause.start..date).contains(&at) {
                found.add("clause-before", word(at));
            }
            let place = if at < thought.start {
                "earlier"
            } else if at < date {
                "thought-before"
            } else if at < thought.end {
                "thought-after"
            } else {
                "later"
            };
            found.add(place, word(at));
            if thought.contains(&at) {
                let kind = match (clause.contains(&at), at < date) {
                    (true, true) => "list-clause-before",
                    (true, false) => "list-clause-after",
                    (false, true) => "list-thought-before",
                    (false, false) => "list-thought-after",
                };
                for list in self.words[at].lists {
                    found.add(kind, list);
                    found.add("list", list);
                }
            }
        }
    }

    /// Words beside such as stand on a list: "I'll" before any deed.
    fn lists(&self, date: usize, found: &mut Features) {
        let near = self.reach(date, NEAR.0, NEAR.1 - 1);
        for pair in near.clone().zip(near.skip(1)) {
            let before = if pair.0 == date {
                "<this>"
            } else {
                self.words[pair.0].shown
            };
            for list in self.words[pair.1].lists {
                found.add("beside", &format!("{before} {list}"));
            }
        }
    }

    /// From the word that begins the stretch with the date, up to the next that begins one.
    fn stretch(&self, date: usize, begins: impl Fn(&Word) -> bool) -> Range<usize> {
        let reach = self.reach(date, FAR, FAR);
        // A comma before the date itself takes it out of no clause.
        let start = if self.words[date].joint == Joint::Apart {
            date
        } else {
            let before = (reach.start..date).rev();
            before
                .into_iter()
                .find(|&at| begins(&self.words[at]))
                .unwrap_or(reach.start)
        };
        let end = (date + 1..reach.end)
            .find(|&at| begins(&self.words[at]))
            .unwrap_or(reach.end);
        start..end
    }

    /// So many words around the date, as far as there are any.
    fn reach(&self, date: usize, before: usize, after: usize) -> Range<usize> {
        date.saturating_sub(before)..self.words.len().min(date + 1 + after)
    }
}

fn opens(word: &str) -> bool {
    JOINS.contains(&word) || OPENERS.contains(&word)
}

/// A word as it counts here.
fn shown<'t>(token: &'t Token, at: usize) -> &'t str {
    let digits = token
        .word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    let is_name = || at > 0 && token.raw.starts_with(char::is_uppercase) && !is_own(&token.word);
    if digits {
        "<number>"
    } else if is_name() {
        "<name>"
    } else {
        &token.word
    }
}

fn is_own(word: &str) -> bool {
    matches!(word, "i" | "i'll" | "i'm" | "i've" | "i'd")
}
