//! What rules alone know of the dates in a text, for the careful reader, which learns when they are right.

use std::ops::Range;

use super::commitment;
use super::dated_sentences;
use crate::draft::Text;

/// Places in a text, in bytes.
#[derive(Debug, Default)]
pub(crate) struct ByRules {
    /// Where dates stand, with the words that lead to them.
    pub(crate) dates: Vec<Range<usize>>,
    /// Where rules find a promise.
    pub(crate) promises: Vec<Range<usize>>,
}

impl ByRules {
    /// Of the sentences of a text that hold a date.
    pub(crate) fn of(body: &Text) -> Self {
        let mut all = Self::default();
        for (tokens, phrases) in dated_sentences(body) {
            let span = |range: &Range<usize>| {
                let tokens = tokens.get(range.clone())?;
                Some(tokens.first()?.span.start..tokens.last()?.span.end)
            };
            let dates = phrases.iter().filter_map(|phrase| span(&phrase.tokens));
            all.dates.extend(dates);
            let found = commitment::by_rules(&tokens, &phrases);
            let promises = found.iter().filter_map(|commitment| span(&commitment.tokens));
            all.promises.extend(promises);
        }
        all
    }
}
