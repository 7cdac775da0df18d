//! What the careful reader says about one draft: plain data, made by `reader` or received from it.
//!
//! Probabilities are between 0 and 1 and stand under the names of checks. All spans are byte ranges
//! into the body that was read.

mod shown;

pub use shown::Shown;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::checks::Context;
use crate::{Client, Draft};

/// Stands among the checks of words, on those of a date by which something is promised: no fault, but a next step.
const PROMISE: &str = "promise";

/// From this probability on, something is promised by a date. What it serves, whether bad news has a plan, hardly
/// changes with it: F1 0.43 on the development drafts and 0.62 on the second set from 0.5, 0.50 and 0.64 from 0.98.
const PROMISED: f32 = 0.95;

/// The careful reader's view of a draft. Sentences it has not read yet are absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The sentences read, in order; their spans are those of `Text::sentences` of the body.
    pub sentences: Vec<SentenceReading>,
    /// Words that a check finds by themselves, in order.
    pub words: Vec<WordReading>,
    /// Probability of each check of the whole draft.
    pub draft: BTreeMap<String, f32>,
    /// From which probability on a check is to speak.
    pub thresholds: BTreeMap<String, f32>,
    /// What the writer was shown last.
    #[serde(skip)]
    pub shown: Shown,
}

/// One sentence of the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SentenceReading {
    /// Where it stands.
    pub span: Range<usize>,
    /// What each check thinks of it.
    pub rules: BTreeMap<String, Judgement>,
}

/// What one check thinks of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// How likely the fault is.
    pub p: f32,
    /// The word that speaks most for the fault; known where it is not quite unlikely.
    pub word: Option<Range<usize>>,
}

/// One word that a check finds by itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WordReading {
    /// Where it stands.
    pub span: Range<usize>,
    /// The check, or `promise`.
    pub rule: String,
    /// The largest probability among its pieces, at least 0.3.
    pub p: f32,
}

/// A draft on its way to a reader that runs elsewhere, with no more of the client than it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    subject: String,
    body: String,
    context: Vec<Range<usize>>,
    history: String,
    expertise: Vec<String>,
    known_terms: Vec<String>,
}

impl Request {
    /// What is to be read of a draft to this client.
    pub fn new(draft: &Draft, client: Option<&Client>) -> Self {
        Self {
            subject: draft.subject.clone(),
            body: draft.body.clone(),
            context: draft.context.clone(),
            history: draft.history.clone(),
            expertise: client.map(|client| client.expertise.clone()).unwrap_or_default(),
            known_terms: client
                .map(|client| client.known_terms.clone())
                .unwrap_or_default(),
        }
    }

    /// The body to be read, quotes and all.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The draft and the client at the other end.
    pub fn into_draft(self) -> (Draft, Client) {
        let draft = Draft {
            context: self.context,
            history: self.history,
            ..Draft::new(self.subject, self.body)
        };
        let client = Client {
            expertise: self.expertise,
            known_terms: self.known_terms,
            ..Client::default()
        };
        (draft, client)
    }
}

impl Reading {
    /// The same for a body that was changed since: what stands before and after the change, moved to
    /// where it stands now. `before` is the body that was read.
    #[must_use]
    pub fn carried(&self, before: &str, now: &Context) -> Self {
        let (old, new) = (&self.sentences, &now.body.sentences);
        let same = |old: &SentenceReading, new: &Range<usize>| {
            before.get(old.span.clone()) == now.body.source.get(new.clone())
        };
        let most = old.len().min(new.len());
        let head = (0..most).take_while(|&at| same(&old[at], &new[at].span)).count();
        let from_end = |at: usize| (&old[old.len() - 1 - at], &new[new.len() - 1 - at].span);
        let tail = (0..most - head)
            .take_while(|&at| {
                let (old, new) = from_end(at);
                same(old, new)
            })
            .count();
        let pairs = old.iter().zip(new.iter().map(|new| &new.span)).take(head);
        let pairs = pairs.chain((0..tail).rev().map(from_end));
        let mut carried = Self {
            thresholds: self.thresholds.clone(),
            ..Self::default()
        };
        for (old, new) in pairs {
            // Of a draft with no sentence left as it was, nothing is known.
            carried.draft.clone_from(&self.draft);
            let moved = |span: &Range<usize>| {
                span.start - old.span.start + new.start..span.end - old.span.start + new.start
            };
            let inside = |span: &Range<usize>| old.span.start <= span.start && span.end <= old.span.end;
            let mut rules = old.rules.clone();
            for judgement in rules.values_mut() {
                judgement.word = judgement.word.as_ref().filter(|word| inside(word)).map(moved);
            }
            carried.sentences.push(SentenceReading {
                span: new.clone(),
                rules,
            });
            let words = self.words.iter().filter(|word| inside(&word.span));
            carried.words.extend(words.map(|word| WordReading {
                span: moved(&word.span),
                ..word.clone()
            }));
        }
        carried
    }

    /// What is known of the sentence with this span.
    pub fn sentence(&self, span: &Range<usize>) -> Option<&SentenceReading> {
        let key = |sentence: &SentenceReading| (sentence.span.start, sentence.span.end);
        let at = self
            .sentences
            .binary_search_by_key(&(span.start, span.end), key)
            .ok()?;
        Some(&self.sentences[at])
    }

    /// How likely a check of the whole draft finds its fault: 0 where it is not known.
    pub fn p(&self, rule: &str) -> f32 {
        self.draft.get(rule).copied().unwrap_or(0.0)
    }

    /// The words of dates by which something is promised, in order.
    pub fn promised(&self) -> impl Iterator<Item = &WordReading> {
        self.words
            .iter()
            .filter(|word| word.rule == PROMISE && word.p >= PROMISED)
    }

    /// From which probability on a check is to speak: 0.5 where the model names none.
    pub fn threshold(&self, rule: &str) -> f32 {
        self.thresholds.get(rule).copied().unwrap_or(0.5)
    }

    /// Whether every span is a range of this body on character boundaries.
    pub fn fits(&self, body: &str) -> bool {
        let judged = self.sentences.iter().flat_map(|sentence| {
            let words = sentence
                .rules
                .values()
                .filter_map(|judgement| judgement.word.as_ref());
            std::iter::once(&sentence.span).chain(words)
        });
        judged
            .chain(self.words.iter().map(|word| &word.span))
            .all(|span| body.get(span.clone()).is_some())
    }
}

impl SentenceReading {
    /// How likely a check finds its fault here: 0 where it does not judge sentences.
    pub fn p(&self, rule: &str) -> f32 {
        self.rules.get(rule).map_or(0.0, |judgement| judgement.p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_moves_with_its_words() {
        let before = "Fine. It broke. Bye now.";
        let reading = Reading {
            sentences: [0..5, 6..15, 16..24]
                .map(|span| SentenceReading {
                    rules: [(
                        "bad-news".to_owned(),
                        Judgement {
                            p: 0.4,
                            word: Some(span.start + 2..span.start + 4),
                        },
                    )]
                    .into(),
                    span,
                })
                .into(),
            words: vec![WordReading {
                span: 16..19,
                rule: "jargon".to_owned(),
                p: 0.5,
            }],
            ..Reading::default()
        };
        let now = Draft::new("", "Fine. It was late. It held. Bye now.");
        let context = Context::new(&now, None);
        let carried = reading.carried(before, &context);
        let spans: Vec<_> = carried
            .sentences
            .iter()
            .map(|sentence| sentence.span.clone())
            .collect();
        assert_eq!(spans, [0..5, 28..36]);
        assert_eq!(carried.sentences[1].rules["bad-news"].word, Some(30..32));
        assert_eq!(carried.words[0].span, 28..31);
        let again = Draft::new("", before);
        assert_eq!(reading.carried(before, &Context::new(&again, None)), reading);
    }

    #[test]
    fn sentences_are_found_by_their_span_and_no_other() {
        let sentence = |span: Range<usize>| SentenceReading {
            rules: [("bad-news".to_owned(), Judgement { p: 0.7, word: None })].into(),
            span,
        };
        let reading = Reading {
            sentences: vec![sentence(0..4), sentence(5..9)],
            ..Reading::default()
        };
        assert!(reading.sentence(&(5..9)).unwrap().p("bad-news") > 0.6);
        assert_eq!(reading.sentence(&(5..8)), None);
        assert!(reading.fits("Yes. No."[..].repeat(2).as_str()) && !reading.fits("Yes. No"));
    }
}
