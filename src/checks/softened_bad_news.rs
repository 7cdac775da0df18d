//! Words that make bad news look small.
//!
//! Whole wrapping phrases ("not quite where we hoped") stand on their own. A shrinking word alone counts
//! where it shrinks a word of trouble or stands in a sentence of bad news; a true quantity
//! ("2 % of orders") is honest and never counts.

use std::ops::Range;

use super::bad_news::harm_in;
use super::phrase::finding;
use super::quote::capitalised;
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch};

pub(super) const CHECK: Check = Check {
    name: "softened-bad-news",
    section: Section::BadNews,
    summary: "Words that shrink bad news.",
    why: "A client who finds out later how serious it was stops believing the next mail.",
    source: "P",
    hint: false,
    fires: examples(&[
        Example::body("We hit a small hiccup with the photos, so the launch moves two weeks.")
            .marks("a small hiccup"),
        Example::body("Just a heads-up: the server was down on Sunday.").marks("Just a heads-up"),
        Example::body("The numbers are not quite where we hoped.").marks("not quite where we hoped"),
        Example::body("Unfortunately timing has shifted slightly.").marks("timing has shifted slightly"),
        Example::body("There is a minor setback: the council refused the permit.").marks("a minor setback"),
    ]),
    passes: examples(&[
        Example::body("Here is the small change you asked for."),
        Example::body("Three of the forty chairs arrived damaged."),
        Example::body("There is a slight slope in the garden, which helps the rain run off."),
        Example::body("Just a note to say thank you."),
        Example::body("If there is a slight delay, we will call you."),
        Example::body("No minor issues were left after the test."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Words,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    context
        .message()
        .filter_map(|(index, sentence)| {
            let cue = softener(context, index, sentence)?;
            Some(say(context, cue.span.clone()))
        })
        .collect()
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    let client = capitalised(context.client_name());
    let advice =
        format!("Say how big it is instead: by how long, how much, how many. {client} can plan with that.");
    finding(context, CHECK.name, span, "shrinks the news.", advice)
}

/// The words that shrink this sentence's news, or the news next to it.
fn softener<'c>(context: &'c Context, index: usize, sentence: &Sentence) -> Option<&'c CueMatch> {
    if sentence.question {
        return None;
    }
    let cues = context.cues(sentence);
    let excused = cues.iter().any(|found| {
        matches!(
            found.cue,
            Cue::Sympathy | Cue::Win | Cue::Asked | Cue::Cured | Cue::Hypothetical
        )
    });
    if excused {
        return None;
    }
    let denied = |found: &CueMatch| {
        cues.iter()
            .any(|other| other.cue == Cue::Denial && other.words.end == found.words.start)
    };
    let wraps = cues
        .iter()
        .find(|found| found.cue == Cue::Wrapping && !denied(found));
    let shrinks = || {
        cues.iter()
            .find(|found| found.cue == Cue::Shrinker && !denied(found) && shrinks_trouble(cues, found))
    };
    let tells = || harm_in(context, sentence).is_some() || is_beside_bad_news(context, index);
    wraps
        .filter(|found| tells() || names_trouble(context, found))
        .or_else(shrinks)
}

/// Whether a word of trouble follows within two words.
fn shrinks_trouble(cues: &[CueMatch], found: &CueMatch) -> bool {
    cues.iter().any(|other| {
        other.cue == Cue::Trouble && (found.words.start..=found.words.end + 1).contains(&other.words.start)
    })
}

/// Whether the phrase itself says that something went less than well, as "a small note" and "slightly higher" do not.
fn names_trouble(context: &Context, found: &CueMatch) -> bool {
    let words = context.body.source[found.span.clone()].to_lowercase();
    ![
        "heads",
        "note",
        "formality",
        "nothing",
        "higher",
        "longer",
        "later",
        "over",
        "off",
        "lower",
        "ideal",
    ]
    .iter()
    .any(|empty| words.contains(empty))
}

fn is_beside_bad_news(context: &Context, index: usize) -> bool {
    let sentences = &context.body.sentences;
    let beside = [index.checked_sub(1), Some(index + 1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|at| sentences.get(at))
        .any(|sentence| harm_in(context, sentence).is_some())
}
