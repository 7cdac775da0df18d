//! What a date is weighed by: the words around it, in its clause and in the rest of its sentence, and the lists they
//! stand on.
//!
//! Other dates, numbers and names are all one word each, since which they are says nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::WEIGHTS;
use crate::promise::phrase::Phrase;
use crate::promise::token::{Joint, Token};
use crate::promise::words::{OPENERS, lists_of_sentences};

/// How many words before and after the date count for what stands on a list beside another word.
const NEAR: (usize, usize) = (12, 6);

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

/// The features of the date `at` among the phrases of a sentence, in order, none twice.
pub(in crate::promise) fn features(tokens: &[Token], phrases: &[Phrase], at: usize) -> BTreeSet<u16> {
    let sentence = Sentence::new(tokens, phrases, at);
    let mut found = Features::default();
    found.add("bias", "");
    sentence.date(&phrases[at], &mut found);
    sentence.neighbours(&mut found);
    sentence.parts(&mut found);
    sentence.lists(&mut found);
    found.0
}

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
struct Sentence<'t> {
    words: Vec<Word<'t>>,
    /// Where the date is that is weighed.
    date: usize,
    tokens: &'t [Token<'t>],
}

struct Word<'t> {
    shown: &'t str,
    joint: Joint,
    /// The lists on which it stands; a date stands on none.
    lists: &'t [&'static str],
}

impl<'t> Sentence<'t> {
    fn new(tokens: &'t [Token<'t>], phrases: &[Phrase], at: usize) -> Self {
        let mut words = Vec::new();
        let mut date = 0;
        let mut next = 0;
        while let Some(token) = tokens.get(next) {
            let joint = if next == 0 { Joint::Apart } else { token.joint() };
            if let Some(which) = phrases.iter().position(|phrase| phrase.tokens.contains(&next)) {
                if which == at {
                    date = words.len();
                }
                let shown = if which == at { "<this>" } else { "<date>" };
                words.push(Word {
                    shown,
                    joint,
                    lists: &[],
                });
                next = phrases[which].tokens.end.max(next + 1);
            } else {
                let lists = LISTS.get(token.word.as_str()).map_or(&[][..], Vec::as_slice);
                words.push(Word {
                    shown: shown(token, next),
                    joint,
                    lists,
                });
                next += 1;
            }
        }
        Self { words, date, tokens }
    }

    /// The date itself.
    fn date(&self, phrase: &Phrase, found: &mut Features) {
        found.add("lead", &format!("{:?}", phrase.lead));
        for token in &self.tokens[phrase.tokens.clone()] {
            found.add("date", shown(token, 0));
        }
        if phrase.possessive {
            found.add("possessive", "");
        }
    }

    /// The three words before it and after it, by their place.
    fn neighbours(&self, found: &mut Features) {
        for (distance, kind) in [(1, "before-1"), (2, "before-2"), (3, "before-3")] {
            found.add(
                kind,
                self.date
                    .checked_sub(distance)
                    .map_or("", |at| self.words[at].shown),
            );
        }
        for (distance, kind) in [(1, "after-1"), (2, "after-2"), (3, "after-3")] {
            found.add(
                kind,
                self.words.get(self.date + distance).map_or("", |word| word.shown),
            );
        }
    }

    /// The words of its clause, of the thought that its clause is in, and of the rest.
    fn parts(&self, found: &mut Features) {
        let clause = self.stretch(|word| word.joint != Joint::Close || opens(word.shown));
        let thought = self.stretch(|word| word.joint == Joint::Apart);
        let mut before = "<start>";
        for at in clause.clone() {
            let word = self.words[at].shown;
            found.add("clause", word);
            found.add("pair", &format!("{before} {word}"));
            before = word;
        }
        found.add("pair", &format!("{before} <end>"));
        for at in 0..self.words.len() {
            let word = self.words[at].shown;
            found.add("sentence", word);
            if (clause.start..self.date).contains(&at) {
                found.add("clause-before", word);
            }
            let place = if at < thought.start {
                "earlier"
            } else if at < self.date {
                "thought-before"
            } else if at < thought.end {
                "thought-after"
            } else {
                "later"
            };
            found.add(place, word);
            if thought.contains(&at) {
                let kind = match (clause.contains(&at), at < self.date) {
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
    fn lists(&self, found: &mut Features) {
        let start = self.date.saturating_sub(NEAR.0);
        let end = self.words.len().min(self.date + NEAR.1);
        for pair in self.words[start..end].windows(2) {
            for list in pair[1].lists {
                found.add("beside", &format!("{} {list}", pair[0].shown));
            }
        }
    }

    /// From the word that begins the stretch with the date, up to the next that begins one.
    fn stretch(&self, begins: impl Fn(&Word) -> bool) -> std::ops::Range<usize> {
        let start = (0..self.date)
            .rev()
            .find(|&at| begins(&self.words[at]))
            .unwrap_or_default();
        // A comma before the date itself takes it out of no clause.
        let start = if self.words[self.date].joint == Joint::Apart && begins(&self.words[self.date]) {
            self.date
        } else {
            start
        };
        let end = (self.date + 1..self.words.len())
            .find(|&at| begins(&self.words[at]))
            .unwrap_or(self.words.len());
        start..end
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
