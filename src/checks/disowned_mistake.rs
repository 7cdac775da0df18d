//! Our own mistake told as nobody's, a tool's or a colleague's.

use std::ops::Range;

use super::phrase::{finding, findings, is_negated};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "disowned-mistake",
    section: Section::BadNews,
    summary: "Your mistake told as nobody's, a tool's or a colleague's.",
    why: "A mistake that is owned is soon forgiven; one that is passed on makes them wonder what else is.",
    source: "P, G",
    hint: false,
    fires: examples(&[
        Example::body("Mistakes were made in the May report.").marks("Mistakes were made"),
        Example::body("The email was not sent on Friday.").marks("email was not sent"),
        Example::body("Our developer forgot to renew it.").marks("Our developer forgot"),
    ]),
    passes: examples(&[
        Example::body("We missed it, and I am sorry."),
        Example::body("I got this wrong on Friday."),
        Example::body("The carrier lost the parcel, and we have sent another."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::Disowned, say, |sentence, found| {
        let excused = context
            .cues(sentence)
            .iter()
            .any(|other| matches!(other.cue, Cue::Hypothetical | Cue::Sympathy));
        !sentence.question && !excused && !is_negated(context, sentence, found)
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "puts the mistake on nobody, or on somebody else.",
        "Put “we” or “I” in front of it, and say what happens now.",
    )
}
