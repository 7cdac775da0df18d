//! An invoice or a reminder in a mail that also carries bad news or an apology.

use super::bad_news::CHECK as BAD_NEWS;
use super::{Check, Context, Example, Judge, Section, examples, of};
use crate::lexicon::Cue;
use crate::{Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "invoice-with-bad-news",
    section: Section::BadNews,
    summary: "An invoice in the same mail as bad news or an apology.",
    why: "If you just broke something, it is no time for an invoice.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("We missed the 14 May deadline. Attached is the invoice for April."),
        Example::body("I apologise for the noise on Monday. Please pay the balance by Friday."),
        Example::body("Your site has been down since 6 am. Payment is due on the 3rd."),
    ]),
    passes: examples(&[
        Example::body("Attached is the invoice for April."),
        Example::body("We missed the 14 May deadline, and the invoice for April is waived."),
        Example::body("We missed the 14 May deadline."),
    ]),
    judge: Judge::Whole {
        find,
        say: Some(say),
        // Words of billing and of giving money back are few, and the bad news is both readers'.
        sure: true,
    },
};

fn find(context: &Context, findings: &[Finding]) -> Option<Finding> {
    if holds(context, Cue::Credit) {
        return None;
    }
    say(context, findings)
}

fn say(context: &Context, findings: &[Finding]) -> Option<Finding> {
    let unwelcome = of(findings, &BAD_NEWS).next().is_some() || holds(context, Cue::Apology);
    (unwelcome && holds(context, Cue::Bill)).then(|| Finding {
        rule: CHECK.name,
        place: Place::Draft,
        headline: "An invoice stands beside bad news.".to_owned(),
        advice: "Send it another day, in a mail of its own, and think about what you could take off it."
            .to_owned(),
    })
}

fn holds(context: &Context, cue: Cue) -> bool {
    context.message().any(|(_, sentence)| context.has(sentence, cue))
}
