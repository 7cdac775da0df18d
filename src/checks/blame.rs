//! The client made responsible, or lectured.

use std::ops::Range;

use super::phrase::{finding, findings};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "blame",
    section: Section::Tone,
    summary: "The client made responsible or lectured.",
    why: "A client who is blamed defends themselves instead of solving the problem with you.",
    source: "P, G",
    hint: false,
    fires: examples(&[
        Example::body("As per my last email, the files were due on Monday.").marks("As per my last email"),
        Example::body("You failed to send the logo in time.").marks("You failed to"),
        Example::body("As I already told you, the form closes at noon.").marks("As I already told you"),
        Example::body("You should have asked for the larger size.").marks("You should have asked"),
    ]),
    passes: examples(&[
        Example::body("As you told us, the files come on Monday."),
        Example::body("You should have the files by noon."),
        Example::body("We failed to send the logo in time."),
        Example::body("As we said on the phone, Monday it is."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::Blame, say, |sentence, _| !sentence.question)
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "blames the client.",
        "Leave out who is to blame and say what is needed now. The problem is the opponent, not the client.",
    )
}
