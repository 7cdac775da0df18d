//! Bad news where a busy reader could miss it.
//!
//! The subject does not announce it, and it first stands after two sentences of something else or in
//! the last third. Whether a subject announces is judged by words of trouble, harm or change in it, so a subject
//! that names the news in words the lexicon lacks counts as silent.

use super::bad_news::CHECK as BAD_NEWS;
use super::context::opens;
use super::quote::quote;
use super::review_before_sending::CHECK as REVIEW;
use super::{Check, Context, Example, Judge, Section, examples, of, sentences_of};
use crate::lexicon::Cue;
use crate::{Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "buried-bad-news",
    section: Section::BadNews,
    summary: "Bad news that a busy reader could miss.",
    why: "Clients expect honesty, not perfection: news they have to dig for looks hidden.",
    source: "S, P",
    hint: false,
    fires: examples(&[
        Example::body("Hi Cathy,\n\nThe photos look great. The menu is done too. We missed the 14 May deadline.")
            .subject("Quick update"),
        Example::body(
            "The tiles are up. Paul liked the kitchen. The boiler has been down since Monday. The garden is next.",
        )
        .subject("Re: your house"),
        Example::body("Thanks for lunch! It was good to see you. Sales are well below target."),
    ]),
    passes: examples(&[
        Example::body("Hi Cathy,\n\nWe missed the 14 May deadline. The photos look great. The menu is done.")
            .subject("Quick update"),
        Example::body("The photos look great. The menu is done too. The launch moves two weeks.")
            .subject("Delay: launch moves to 28 May"),
        Example::body("The photos look great. The menu is done too. The launch stands.").subject("Quick update"),
        Example::body("The tiles are up. Paul liked it. The outage is fixed.").subject("Hello"),
        Example::body(
            "Jo, would you cast an eye over this? I go at five. Dear Cathy, we missed the 14 May deadline.",
        )
        .subject("A favour"),
    ]),
    judge: Judge::Whole {
        find,
        say: Some(say),
        sure: false,
    },
};

fn find(context: &Context, findings: &[Finding]) -> Option<Finding> {
    let first = *sentences_of(context, findings, &BAD_NEWS).first()?;
    // In a mail to a colleague the client's text begins further down.
    let is_review = of(findings, &REVIEW).next().is_some();
    if is_review || opens(context, first) || announces(context) || begins_with_trouble(context) {
        return None;
    }
    say(context, findings)
}

fn say(context: &Context, findings: &[Finding]) -> Option<Finding> {
    of(findings, &BAD_NEWS).next()?;
    let subject = context.subject.source.trim();
    let headline = if subject.is_empty() {
        "The bad news is buried, and there is no subject to announce it.".to_owned()
    } else {
        format!(
            "The bad news is buried, and the subject {} does not announce it.",
            quote(subject)
        )
    };
    Some(Finding {
        rule: CHECK.name,
        place: Place::Draft,
        headline,
        advice: "Move it into the first two sentences and name it in the subject, so that it is read first."
            .to_owned(),
    })
}

/// Whether the first two sentences may hold bad news of which the lexicon is not sure.
fn begins_with_trouble(context: &Context) -> bool {
    context
        .message()
        .filter(|&(at, _)| opens(context, at))
        .any(|(_, sentence)| {
            context
                .cues(sentence)
                .iter()
                .any(|found| matches!(found.cue, Cue::Harm(_) | Cue::Mention | Cue::Apology))
        })
}

/// Whether the subject says that something is wrong or changes.
fn announces(context: &Context) -> bool {
    const ANNOUNCEMENTS: &[&str] = &[
        "apology",
        "apologies",
        "sorry",
        "delay",
        "delayed",
        "problem",
        "issue",
        "outage",
        "urgent",
        "change",
        "changes",
        "moves",
        "moved",
        "postponed",
        "cancelled",
        "canceled",
        "late",
        "mistake",
        "error",
        "bad",
        "down",
        "increase",
        "cost",
        "overrun",
        "missed",
        "lost",
        "incident",
        "breach",
        "correction",
        "wrong",
        "failed",
        "refused",
        "declined",
        "leaving",
    ];
    let subject = &context.subject;
    let by_cue = subject
        .cues
        .iter()
        .any(|found| matches!(found.cue, Cue::Harm(_) | Cue::Mention | Cue::Trouble));
    let by_word =
        (0..subject.words.len()).any(|at| ANNOUNCEMENTS.contains(&subject.word(at).to_lowercase().as_str()));
    by_cue || by_word
}
