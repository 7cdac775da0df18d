//! Swearing, contempt, sarcasm and shouting.
//!
//! Shouting is two words or more in capitals side by side, one of them a word that people shout: other
//! capitals are headings, names and acronyms. Sarcasm is seen only where it uses a known phrase.

use std::ops::Range;

use super::phrase::{finding, findings};
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::draft::{Sentence, Word};
use crate::lexicon::Cue;
use crate::{Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "unprofessional",
    section: Section::Tone,
    summary: "Swearing, sarcasm, shouting or telling the client off.",
    why: "Be polite no matter what: the client will remember the tone longer than the matter.",
    source: "G",
    hint: false,
    fires: examples(&[
        Example::body("Good luck with that.").marks("Good luck with that"),
        Example::body("This is a bloody mess.").marks("bloody"),
        Example::body("Please STOP SENDING new texts.").marks("STOP SENDING"),
        Example::body("That is not my problem.").marks("is not my problem"),
    ]),
    passes: examples(&[
        Example::body("Good luck with the exam!"),
        Example::body("The PDF and the HTML page are ready."),
        Example::body("It is our problem, and we solve it."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

const ADVICE: &str = "Say the same in plain words, as you would to their face on a good day.";

fn find(context: &Context) -> Vec<Finding> {
    let mut all = findings(context, Cue::Contempt, say, |_, _| true);
    let taken: Vec<usize> = all
        .iter()
        .filter_map(|finding| sentence_of(context, finding))
        .collect();
    let shouting = context
        .message()
        .filter(|(at, _)| !taken.contains(at))
        .filter_map(|(_, sentence)| {
            let (first, last) = shouted(context, sentence)?;
            let span = first.span.start..last.span.end;
            Some(finding(context, CHECK.name, span, "shouts.", ADVICE))
        });
    all.extend(shouting);
    all
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    finding(
        context,
        CHECK.name,
        span,
        "is not how to speak to a client.",
        ADVICE,
    )
}

fn sentence_of(context: &Context, finding: &Finding) -> Option<usize> {
    match &finding.place {
        Place::Body(span) => context.body.sentence_at(span.start),
        Place::Subject(_) | Place::Draft => None,
    }
}

/// Words that people shout at each other, and that stand in no name or heading of two words.
const SHOUTED: &[&str] = &[
    "AGAIN",
    "ALWAYS",
    "DON'T",
    "ENOUGH",
    "EVER",
    "IMMEDIATELY",
    "LISTEN",
    "NEVER",
    "NOBODY",
    "NOTHING",
    "STOP",
    "TOLD",
    "WHY",
    "WRONG",
];

/// The first run of shouted words.
fn shouted<'c>(context: &'c Context, sentence: &Sentence) -> Option<(&'c Word, &'c Word)> {
    let shown = |word: &Word| &context.body.source[word.span.clone()];
    let loud = |word: &Word| {
        // Nearly every word is in lower case, and told by one look.
        if shown(word).bytes().any(|byte| byte.is_ascii_lowercase()) {
            return false;
        }
        let letters = shown(word).chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
    };
    let words = &context.body.words[sentence.words.clone()];
    // A whole line in capitals is a heading.
    if words.iter().all(loud) {
        return None;
    }
    let run = words.chunk_by(|a, b| loud(a) && loud(b)).find(|run| {
        run.len() >= 2
            && run
                .iter()
                .any(|word| SHOUTED.contains(&shown(word).replace('’', "'").as_str()))
    })?;
    Some((run.first()?, run.last()?))
}
