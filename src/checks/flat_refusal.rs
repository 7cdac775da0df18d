//! A no that shows neither its impact nor a way forward.
//!
//! A way forward is any plan, reason or figure in the same sentence or the two after it.

use std::ops::Range;

use super::phrase::{finding, findings, from_here};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "flat-refusal",
    section: Section::Reasons,
    summary: "A no that stands alone.",
    why: "A no with its reason and a way forward keeps the client; a bare one only keeps the rule.",
    source: "P, F",
    hint: false,
    fires: examples(&[
        Example::body("That is out of scope.").marks("That is out of scope"),
        Example::body("We can't do that.").marks("We can't do that"),
        Example::body("The answer is no.").marks("The answer is no"),
    ]),
    passes: examples(&[
        Example::body("We can't do that by May, but I can have it ready on 3 June."),
        Example::body("That is out of scope. It would add two days, about £900; shall we?"),
        Example::body("No problem, that is included."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::FlatRefusal, say, |sentence, _| {
        let goes_on = from_here(context, sentence, 2).any(|each| {
            let helps = |cue| matches!(cue, Cue::Plan | Cue::Reason | Cue::Purpose | Cue::When);
            let words = context.body.words_of(each);
            each.question
                || context.cues(each).iter().any(|found| helps(found.cue))
                || words
                    .iter()
                    .any(|word| word.token.is_number() || is_turn(&context.body.source[word.span.clone()]))
        });
        !sentence.question && !goes_on
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "leaves the client with nothing.",
        "Say why, what it would take, and what is possible instead. Then let them choose.",
    )
}

/// A word that turns a no towards what is possible.
fn is_turn(word: &str) -> bool {
    ["but", "instead", "however", "alternatively", "unless", "could"]
        .iter()
        .any(|turn| turn.eq_ignore_ascii_case(word))
}
