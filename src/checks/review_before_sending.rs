//! A colleague is asked to read a mail to a client before it is sent.

use std::ops::Range;

use super::phrase::{finding, findings};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "review-before-sending",
    section: Section::BadNews,
    summary: "Somebody is asked to read the mail before it is sent.",
    why: "If you need someone to read it before you send it, delete it and call.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("Can you look this over before I send it to Cathy?")
            .marks("Can you look this over before I send"),
        Example::body("Could you give this a once-over before it goes to Cathy?")
            .marks("Could you give this a once-over"),
        Example::body("Would you read this before I send it?").marks("Would you read this before I send"),
    ]),
    passes: examples(&[
        Example::body("Can you look over the design before Friday?"),
        Example::body("Please read the contract before you sign it."),
        Example::body("I read your mail before lunch."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::ReviewRequest, say, |_, _| true)
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "asks for a reading before it is sent.",
        "A mail that needs a second reader is easier said than written: pick up the phone.",
    )
}
