//! The client sent elsewhere for what the writer's side should solve.

use std::ops::Range;

use super::phrase::{finding, findings};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "run-around",
    section: Section::Tone,
    summary: "The client sent elsewhere for what you should solve.",
    why: "A client who is passed on has to tell it all again, and learns that you do not carry it for them.",
    source: "G",
    hint: false,
    fires: examples(&[
        Example::body("That is not our department.").marks("That is not our department"),
        Example::body("You will need to contact the vendor about it.").marks("You will need to contact"),
        Example::body("Please contact the manufacturer directly.")
            .marks("Please contact the manufacturer directly"),
    ]),
    passes: examples(&[
        Example::body("I have called the vendor and will tell you on Monday what they say."),
        Example::body("Please contact me with any question."),
        Example::body("You will need the form on Monday."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::RunAround, say, |sentence, _| !sentence.question)
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "sends the client elsewhere.",
        "Ask there yourself and come back with the answer, or go along: three of you on one call.",
    )
}
