//! What the careful reader says about one draft: plain data, made by `reader` or received from it.
//!
//! Probabilities are between 0 and 1 and stand under the names of checks. All spans are byte ranges
//! into the body that was read.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

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
    /// The check.
    pub rule: String,
    /// The largest probability among its pieces, at least 0.3.
    pub p: f32,
}

impl Reading {
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
