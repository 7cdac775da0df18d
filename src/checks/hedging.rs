//! Stacked qualifiers that leave the client unsure what is meant.
//!
//! One is honest. Three in a sentence, or two side by side, say nothing any more.

use std::ops::Range;

use super::phrase::finding;
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch};

pub(super) const CHECK: Check = Check {
    name: "hedging",
    section: Section::Tone,
    summary: "Stacked qualifiers that leave the client unsure.",
    why: "Clarity over comfort: a client cannot plan with a sentence that takes itself back.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("We might possibly be able to sort of move it.")
            .marks("might possibly be able to sort of"),
        Example::body("It could perhaps be done in May.").marks("could perhaps"),
        Example::body("Maybe we could eventually look at something similar, if possible.")
            .marks("Maybe we could eventually look at something similar, if possible"),
    ]),
    passes: examples(&[
        Example::body("It might rain on Saturday, so we bring the tent."),
        Example::body("We expect about 40 guests."),
        Example::body("Could you perhaps send the logo?"),
        Example::body("You could take the blue one. Perhaps the red one fits too."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    context
        .message()
        .filter_map(|(_, sentence)| {
            let (first, last) = stack(context, sentence)?;
            Some(say(context, first.span.start..last.span.end))
        })
        .collect()
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "leaves it open what you mean.",
        "Say what you know, what you do not know, and when you will.",
    )
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
