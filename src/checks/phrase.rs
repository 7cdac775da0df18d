//! What checks share whose fault lies in the words themselves.

use std::ops::Range;

use super::Context;
use super::quote::quote;
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch};
use crate::{Finding, Place};

/// One finding for each sentence that holds the cue, at the first phrase that `counts`, in the check's words.
pub(super) fn findings(
    context: &Context,
    cue: Cue,
    say: fn(&Context, Range<usize>) -> Finding,
    counts: impl Fn(&Sentence, &CueMatch) -> bool,
) -> Vec<Finding> {
    context
        .message()
        .filter_map(|(_, sentence)| {
            let cues = context.cues(sentence);
            let found = cues
                .iter()
                .find(|found| found.cue == cue && counts(sentence, found))?;
            Some(say(context, found.span.clone()))
        })
        .collect()
}

/// A finding at these words of the body; its headline is the words, quoted, and what the check `says` of them.
pub(super) fn finding(
    context: &Context,
    rule: &'static str,
    span: Range<usize>,
    says: &str,
    advice: impl Into<String>,
) -> Finding {
    Finding {
        rule,
        headline: format!("{} {says}", quote(&context.body.source[span.clone()])),
        advice: advice.into(),
        place: Place::Body(span),
    }
}

/// Whether "not", "never" or the like stands right before the phrase.
pub(super) fn is_negated(context: &Context, sentence: &Sentence, found: &CueMatch) -> bool {
    context.cues(sentence).iter().any(|denial| {
        denial.cue == Cue::Denial && (denial.words.end..=denial.words.end + 1).contains(&found.words.start)
    })
}

/// This sentence and up to so many after it, of those that carry the message.
pub(super) fn from_here<'c>(
    context: &'c Context,
    sentence: &'c Sentence,
    after: usize,
) -> impl Iterator<Item = &'c Sentence> {
    let message: Vec<&Sentence> = context.message().map(|(_, each)| each).collect();
    let at = message
        .iter()
        .position(|each| each.span == sentence.span)
        .unwrap_or_default();
    message.into_iter().skip(at).take(after + 1)
}
