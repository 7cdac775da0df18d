//! Dates as training sees them.

use super::Sentence;
use crate::draft::{Draft, Text, own_ranges};
use crate::lexicon::Lexicon;
use crate::promise::dated_sentences;

/// A date of a sentence, by which something may be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// Its words, with those that lead to it.
    pub words: String,
    /// Which weights count for it, in order, none twice.
    pub features: Vec<u16>,
}

/// The dates of a text of one sentence that is worth reading; of more sentences, those of all.
pub fn dates(text: &str) -> Vec<Dated> {
    let draft = Draft::new("", text);
    let body = &Text::new(
        &draft.body,
        &own_ranges(&draft.body, &draft.context),
        Lexicon::none(),
    );
    let mut all = Vec::new();
    for (tokens, phrases) in dated_sentences(body) {
        let seen = Sentence::new(&tokens, &phrases);
        all.extend(phrases.iter().enumerate().map(|(at, phrase)| {
            let words = tokens[phrase.tokens.start].span.start..tokens[phrase.tokens.end - 1].span.end;
            Dated {
                words: text[words].to_owned(),
                features: seen.features(at).into_iter().collect(),
            }
        }));
    }
    all
}
