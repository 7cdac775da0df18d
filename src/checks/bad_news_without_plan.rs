//! Bad news, and nowhere what happens now, who does it or by when.

use super::bad_news::{CHECK as BAD_NEWS, harm_in};
use super::{Check, Context, Example, Judge, Section, examples, of, sentences_of};
use crate::lexicon::{Cue, Harm};
use crate::{Finding, Place, Reading};

pub(super) const CHECK: Check = Check {
    name: "bad-news-without-plan",
    section: Section::BadNews,
    summary: "Bad news with no next step.",
    why: "Clients can bear bad news; what they cannot bear is not to know what happens now.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("Your site has been down since 6 am."),
        Example::body("The bank has refused the loan. Have a good weekend."),
        Example::body("The edits of Monday are gone for good. The photos look great."),
    ]),
    passes: examples(&[
        Example::body("Your site has been down since 6 am. We will restore it by 3 pm."),
        Example::body(
            "The bank has refused the loan. Jo is preparing a new application; I will call on Tuesday.",
        ),
        Example::body("All is well."),
    ]),
    judge: Judge::Whole {
        find,
        say: Some(say),
        sure: false,
    },
};

fn find(context: &Context, findings: &[Finding]) -> Option<Finding> {
    let news = sentences_of(context, findings, &BAD_NEWS);
    if news.is_empty() {
        return None;
    }
    let planned = context.message().any(|(at, sentence)| {
        // In the news itself a day tells when it happened, unless it is the new date.
        let dates =
            !news.contains(&at) || harm_in(context, sentence).is_some_and(|(_, harm)| harm == Harm::Time);
        context.cues(sentence).iter().any(|found| match found.cue {
            Cue::Plan | Cue::Credit => true,
            Cue::When => dates,
            _ => false,
        })
    });
    if planned {
        return None;
    }
    say(context, findings)
}

fn say(context: &Context, findings: &[Finding]) -> Option<Finding> {
    of(findings, &BAD_NEWS).next()?;
    // What is promised by a day is a next step, in whatever words.
    let promises = |reading: &Reading| reading.promised().next().is_some();
    if context.reading.is_some_and(promises) {
        return None;
    }
    Some(Finding {
        rule: CHECK.name,
        place: Place::Draft,
        headline: "There is bad news and no next step.".to_owned(),
        advice: "Say what happens now, who does it and by when, even if it is only when you will know more."
            .to_owned(),
    })
}
