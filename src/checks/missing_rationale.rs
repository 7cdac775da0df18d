//! A decision, recommendation or demand that gives no reason.
//!
//! Phrases of deciding open the case; a reason of any shape in the same sentence or the two on either side
//! closes it. Whether that reason is the reason for *this* is not understood here, so a decision
//! beside somebody else's reason is left to the careful reader.

use std::ops::Range;

use super::phrase::finding;
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch};

pub(super) const CHECK: Check = Check {
    name: "missing-rationale",
    section: Section::Reasons,
    summary: "A decision or recommendation that gives no reason.",
    why: "A client who knows why can agree, object or improve on it; one who does not can only obey.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("We decided to move the shop to a new system.")
            .marks("We decided to move the shop to a new system"),
        Example::body("We recommend a second round of interviews. The photos are in.")
            .marks("We recommend a second round of interviews"),
        Example::body("From now on all requests must be sent on form B.")
            .marks("From now on all requests must be sent on form B"),
        Example::body("I'd drop the songs.").marks("I'd drop the songs"),
    ]),
    passes: examples(&[
        Example::body("We decided to move the shop, because the old system cannot take cards."),
        Example::body("We recommend a second round. In the first, six of ten people got lost."),
        Example::body("Two people got stuck on it. So we decided to drop the slider."),
        Example::body("We went with oak, which lets you sand it again in ten years."),
        Example::body("As you asked, we decided to move the shop."),
        Example::body("Should we move the shop?"),
        Example::body("Please send your logo so we can start."),
        Example::body("I suggest Tuesday at 10 for the meeting."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    let message: Vec<&Sentence> = context.message().map(|(_, sentence)| sentence).collect();
    message
        .iter()
        .enumerate()
        .filter_map(|(at, sentence)| {
            let decision = decision_in(context, sentence)?;
            let near = &message[at.saturating_sub(2)..message.len().min(at + 3)];
            let reasoned = near.iter().any(|other| gives_reason(context, other, decision));
            (!reasoned).then(|| say(context, context.clause(sentence, &decision.words)))
        })
        .collect()
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    let client = context.client_name();
    let advice = format!("Say in one sentence why: what {client} gains by it, or what it avoids.");
    finding(context, CHECK.name, span, "gives no reason.", advice)
}

fn decision_in<'c>(context: &'c Context, sentence: &Sentence) -> Option<&'c CueMatch> {
    let cues = context.cues(sentence);
    let excused = cues
        .iter()
        .any(|found| matches!(found.cue, Cue::Asked | Cue::Hypothetical));
    if sentence.question || excused {
        return None;
    }
    cues.iter().find(|found| found.cue == Cue::Decision)
}

/// Whether a sentence near the decision holds words of reason, a share or a colon that heads one; in the
/// decision's own sentence a purpose counts too.
fn gives_reason(context: &Context, sentence: &Sentence, decision: &CueMatch) -> bool {
    let shown = &context.body.source[sentence.span.clone()];
    let own = sentence.words.contains(&decision.words.start);
    let by_cue = context.cues(sentence).iter().any(|found| {
        // "decided to make" decides; it does not say what for.
        let begins_in_decision = (decision.words.start..decision.words.end).contains(&found.words.start);
        let counts = found.cue == Cue::Reason || own && found.cue == Cue::Purpose;
        counts && !begins_in_decision
    });
    by_cue || shown.contains('%') || shown.contains(": ")
}
