//! Stacked qualifiers that leave the client unsure what is meant.
//!
//! One is honest. Three in a sentence, or two side by side, say nothing any more.

use super::quote::quote;
use super::{Check, Context, Example, Judge, Section};
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch};
use crate::{Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "hedging",
    section: Section::Tone,
    summary: "Stacked qualifiers that leave the client unsure.",
    why: "Clarity over comfort: a client cannot plan with a sentence that takes itself back.",
    source: "P",
    hint: false,
    fires: &[
        Example::body("We might possibly be able to sort of move it.")
            .marks("might possibly be able to sort of"),
        Example::body("It could perhaps be done in May.").marks("could perhaps"),
        Example::body("Maybe we could eventually look at something similar, if possible.")
            .marks("Maybe we could eventually look at something similar, if possible"),
    ],
    passes: &[
        Example::body("It might rain on Saturday, so we bring the tent."),
        Example::body("We expect about 40 guests."),
        Example::body("Could you perhaps send the logo?"),
        Example::body("You could take the blue one. Perhaps the red one fits too."),
    ],
    judge: Judge::Words(judge),
};

fn judge(context: &Context) -> Vec<Finding> {
    context
        .message()
        .filter_map(|(_, sentence)| {
            let (first, last) = stack(context, sentence)?;
            let span = first.span.start..last.span.end;
            Some(Finding {
                rule: CHECK.name,
                headline: format!(
                    "{} leaves it open what you mean.",
                    quote(&context.body.source[span.clone()])
                ),
                advice: "Say what you know, what you do not know, and when you will.".to_owned(),
                place: Place::Body(span),
            })
        })
        .collect()
}

/// The first and last of the qualifiers of a sentence that holds too many.
fn stack<'c>(context: &'c Context, sentence: &Sentence) -> Option<(&'c CueMatch, &'c CueMatch)> {
    if sentence.question {
        return None;
    }
    // "May" is a month.
    let is_month = |found: &CueMatch| &context.body.source[found.span.clone()] == "May";
    let is_hedge = |found: &&CueMatch| found.cue == Cue::Hedge && !is_month(found);
    let hedges: Vec<&CueMatch> = context.cues(sentence).iter().filter(is_hedge).collect();
    let beside = hedges
        .windows(2)
        .any(|pair| pair[1].words.start <= pair[0].words.end);
    (hedges.len() >= 3 || beside)
        .then(|| Some((*hedges.first()?, *hedges.last()?)))
        .flatten()
}
