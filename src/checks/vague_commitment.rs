//! A promise with no date the client could hold the writer to.
//!
//! A day, an hour or an event named in the same sentence or the next makes it a date.

use std::ops::Range;

use super::phrase::{finding, findings, from_here};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "vague-commitment",
    section: Section::Commitments,
    summary: "A promise with no date.",
    why: "Silence is the enemy: who does not know when you will come back has to wait or to ask.",
    source: "P, G",
    hint: false,
    fires: examples(&[
        Example::body("We will send the plans soon.").marks("We will send the plans soon"),
        Example::body("We'll look into it.").marks("We'll look into it"),
        Example::body("I will get back to you.").marks("I will get back to you"),
    ]),
    passes: examples(&[
        Example::body("We will send the plans soon, on Thursday at the latest."),
        Example::body("I will get back to you when the bank answers."),
        Example::body("I'll look into it. You hear from me by 5 pm."),
        Example::body("Get well soon!"),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::VagueCommitment, say, |sentence, _| {
        !sentence.question && !from_here(context, sentence, 1).any(|each| context.has(each, Cue::When))
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "has no date.",
        "Name the day, even a late one: a date that can be kept is worth more than “soon”.",
    )
}
