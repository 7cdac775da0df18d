//! A promise nobody can be sure of.

use std::ops::Range;

use super::phrase::{finding, findings, is_negated};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "overcommitment",
    section: Section::Commitments,
    summary: "A promise nobody can be sure of.",
    why: "A promise that breaks costs more trust than a careful one ever loses.",
    source: "P, G",
    hint: false,
    fires: examples(&[
        Example::body("We guarantee that you are first by May.").marks("We guarantee"),
        Example::body("It will be live tomorrow, whatever it takes.").marks("whatever it takes"),
        Example::body("You can bank on it.").marks("You can bank on it"),
    ]),
    passes: examples(&[
        Example::body("We cannot guarantee the date."),
        Example::body("The boiler has a guarantee of five years."),
        Example::body("I will send the mock-ups by Thursday."),
        Example::body("Can you promise that it fits?"),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::Overcommitment, say, |sentence, found| {
        !sentence.question && !is_negated(context, sentence, found)
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "promises more than anyone can know.",
        "Promise what is in your hands, and name what could come between. Better early than sworn.",
    )
}
