//! Pressure to buy.

use std::ops::Range;

use super::phrase::{finding, findings, is_negated};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "hard-sell",
    section: Section::Tone,
    summary: "Pressure to buy.",
    why: "Clients buy from those who help them; pressure tells them that you need the sale more than they do.",
    source: "F",
    hint: false,
    fires: examples(&[
        Example::body("Act now, the price holds until Friday.").marks("Act now"),
        Example::body("You would be crazy not to take it.").marks("crazy not to"),
        Example::body("This is a limited-time offer.").marks("limited-time"),
    ]),
    passes: examples(&[
        Example::body("The price holds until Friday, and there is no hurry."),
        Example::body("Book the room now, please, as you asked."),
        Example::body("The time for questions is limited to ten minutes."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::HardSell, say, |sentence, found| {
        let asked = context.cues(sentence).iter().any(|other| other.cue == Cue::Asked);
        !asked && !is_negated(context, sentence, found)
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "presses the client to buy.",
        "Say what it would do for them and what it would not, and leave the decision with them.",
    )
}
