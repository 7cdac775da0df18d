//! The contract, the terms or lawyers used to win an argument. Stating terms neutrally is none.

use std::ops::Range;

use super::phrase::{finding, findings};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::lexicon::Cue;

pub(super) const CHECK: Check = Check {
    name: "contract-threat",
    section: Section::Tone,
    summary: "The contract, terms or lawyers used as an argument.",
    why: "Who argues with the contract has stopped arguing with what is right for the client.",
    source: "F",
    hint: false,
    fires: examples(&[
        Example::body("As per section 4 of the agreement you signed, changes are billed.")
            .marks("As per section"),
        Example::body("Our lawyers will write to you.").marks("Our lawyers will"),
        Example::body("You are contractually bound to twelve months.").marks("You are contractually bound"),
    ]),
    passes: examples(&[
        Example::body("The contract is attached, please sign page 4."),
        Example::body("Per our agreement, payment is due in 30 days."),
        Example::body("Shall I send the terms to your lawyer?"),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    findings(context, Cue::ContractThreat, say, |sentence, _| {
        !sentence.question
    })
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "argues with the contract.",
        "Give the reason behind the rule, and offer what you can do. The contract can stay in the drawer.",
    )
}
