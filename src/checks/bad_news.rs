//! A sentence that tells the client something unwelcome.
//!
//! Phrases of harm decide, one file of word data for each kind. A sentence that only mentions trouble is
//! passed over: trouble denied, cured, hypothetical, asked about, somebody else's, told as a win, or
//! something the client wanted. Bad news told without any such phrase ("the landlord went with
//! somebody else", "31 sign-ups; the plan said 80") is left to the careful
//! reader.

use std::ops::Range;

use super::phrase::finding;
use super::quote::capitalised;
use super::{Check, Context, Example, Judge, PointsAt, Section, examples};
use crate::Finding;
use crate::draft::Sentence;
use crate::lexicon::{Cue, CueMatch, Harm};

pub(super) const CHECK: Check = Check {
    name: "bad-news",
    section: Section::BadNews,
    summary: "Bad news told by mail.",
    why: "Bad news in writing is read without your voice, at the worst moment, and more than once.",
    source: "P, S",
    hint: false,
    fires: examples(&[
        Example::body("Hi Cathy,\n\nThe launch moves two weeks, to 28 May.")
            .marks("The launch moves two weeks"),
        Example::body("We missed the 14 May deadline.").marks("We missed the 14 May deadline"),
        Example::body("The work came in £2,640 over the estimate.")
            .marks("The work came in £2,640 over the estimate"),
        Example::body("I restored the wrong copy, and the edits of Monday are gone for good.")
            .marks("the edits of Monday are gone for good"),
        Example::body("Your site has been down since 6 am.").marks("Your site has been down since 6 am"),
        Example::body("Thanks for the photos! Sadly the bank has refused the loan.")
            .marks("Sadly the bank has refused the loan"),
        Example::body("Moira is leaving the firm in July.").marks("Moira is leaving the firm in July"),
        Example::body("The fee goes from £38 to £46 a month.").marks("The fee goes from £38 to £46 a month"),
        Example::body("Sign-ups are well below target.").marks("Sign-ups are well below target"),
    ]),
    passes: examples(&[
        Example::body("The outage is fixed and the site is back up."),
        Example::body("There are no delays, and nothing was lost."),
        Example::body("If the launch moves two weeks, we will tell you at once."),
        Example::body("Is the delivery running late?"),
        Example::body("I was sorry to hear that your flight was cancelled."),
        Example::body("We came in £400 under the estimate."),
        Example::body("As you asked, the launch moves two weeks, to 28 May."),
        Example::body("I am out of office on Friday; Jo covers."),
        Example::body("Should the arm refuse to move, call me."),
        Example::body("Unfortunately he is in Korea then."),
        Example::body("A helmet was lost and found in a palm."),
        Example::body("The fair has withdrawn its objection."),
        Example::body("From 1 March your monthly fee goes from €240 to €195."),
    ]),
    judge: Judge::Words {
        find,
        say,
        points_at: PointsAt::Clause,
    },
};

fn find(context: &Context) -> Vec<Finding> {
    context
        .message()
        .filter_map(|(_, sentence)| {
            let (cue, _) = harm_in(context, sentence)?;
            Some(say(context, context.clause(sentence, &cue.words)))
        })
        .collect()
}

fn say(context: &Context, span: Range<usize>) -> Finding {
    let advice = advice(harm_at(context, &span), context.client_name());
    finding(context, CHECK.name, span, "is bad news.", advice)
}

/// What the client loses by the news at this place, as far as its words tell.
pub(super) fn harm_at(context: &Context, span: &Range<usize>) -> Harm {
    let sentence = context.body.sentence_at(span.start);
    sentence
        .and_then(|at| harm_in(context, &context.body.sentences[at]))
        .map_or(Harm::Regret, |(_, harm)| harm)
}

/// The phrase of harm that makes this sentence bad news, unless something speaks against it.
pub(super) fn harm_in<'c>(context: &'c Context, sentence: &Sentence) -> Option<(&'c CueMatch, Harm)> {
    if sentence.question {
        return None;
    }
    // "Should the arm refuse to move" and "Had they come in May" suppose.
    let supposes = ["should", "had"]
        .iter()
        .any(|verb| context.body.is_word(sentence.words.start, verb));
    if supposes {
        return None;
    }
    let cues = context.cues(sentence);
    let excused = cues.iter().any(|found| match found.cue {
        Cue::Sympathy | Cue::Win => true,
        Cue::Cured => !is_denied(context, cues, found),
        _ => false,
    });
    if excused {
        return None;
    }
    let asked = context.has(sentence, Cue::Asked);
    let harms = cues.iter().filter_map(|found| match found.cue {
        // What the client asked for excuses its price, not our refusing it.
        Cue::Harm(harm) if !asked || matches!(harm, Harm::Refusal | Harm::Regret) => Some((found, harm)),
        _ => None,
    });
    // "Unfortunately" alone goes with "he is in Korea" as well: something must be refused or amiss beside it.
    let amiss = cues
        .iter()
        .any(|found| matches!(found.cue, Cue::Mention | Cue::Trouble | Cue::Denial));
    let stands = harms.filter(|&(found, harm)| {
        if harm == Harm::Regret && !amiss {
            return false;
        }
        let cheaper = harm == Harm::Money && names_a_lower_price(context, found, sentence);
        !is_denied(context, cues, found) && !is_supposed(cues, found) && !cheaper
    });
    stands.min_by_key(|&(_, harm)| match harm {
        // The consequence for the client says more than the admission beside it, and both more than a
        // word of regret.
        Harm::Regret => 2,
        Harm::Mistake => 1,
        _ => 0,
    })
}

/// Whether "no", "not" or the like stands shortly before the phrase, in the same clause.
fn is_denied(context: &Context, cues: &[CueMatch], found: &CueMatch) -> bool {
    const REACH: usize = 4;
    cues.iter().any(|denial| {
        denial.cue == Cue::Denial && denial.words.end <= found.words.start && {
            let between = &context.body.source[denial.span.end..found.span.start];
            found.words.start - denial.words.end <= REACH && !between.contains([',', ';', ':', '–', '—'])
        }
    })
}

/// Whether the phrase stands after an "if", "to avoid" or the like.
fn is_supposed(cues: &[CueMatch], found: &CueMatch) -> bool {
    cues.iter()
        .any(|other| other.cue == Cue::Hypothetical && other.words.start <= found.words.start)
}

/// Whether the first two numbers from the phrase on go down: "the fee goes from €240 to €195".
fn names_a_lower_price(context: &Context, found: &CueMatch, sentence: &Sentence) -> bool {
    let mut numbers = context.body.words[found.words.start..sentence.words.end]
        .iter()
        .filter(|word| word.token.is_number())
        .map_while(|word| number(&context.body.source[word.span.clone()]));
    matches!((numbers.next(), numbers.next()), (Some(from), Some(to)) if to < from)
        && context.body.source[found.span.start..sentence.span.end].contains("from")
}

/// A number such as `1,240.50` in a form that compares as numbers do, its part below one as digits. As floating
/// point it would bring as much code as all checks of a section.
fn number(text: &str) -> Option<(u64, String)> {
    let plain = text.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_part = part.bytes().all(|digit| digit.is_ascii_digit());
    Some((
        whole.parse().ok().filter(|_| is_part)?,
        part.trim_end_matches('0').to_owned(),
    ))
}

fn advice(harm: Harm, client: &str) -> String {
    let start = capitalised(client);
    match harm {
        Harm::Time => {
            format!(
                "It costs {client} time they planned with. Call, and name the new date in your first sentence."
            )
        }
        Harm::Money => {
            format!(
                "It costs {client} money they did not plan for. Call, say what it pays for and what you can give."
            )
        }
        Harm::Fault => {
            format!("{start} depends on it. Call, say what works, what does not, and when it will.")
        }
        Harm::Loss => {
            format!(
                "It touches the trust of {client}. Call, say exactly what it is and what you do about it."
            )
        }
        Harm::Mistake => {
            format!(
                "It is forgiven sooner by voice. Call {client}, own it in one sentence and bring the remedy."
            )
        }
        Harm::Refusal => format!("{start} counted on it. Call with the reason and what is possible instead."),
        Harm::Person => {
            format!("{start} works with people, not with a firm. Call and introduce who comes next.")
        }
        Harm::Shortfall => {
            format!("{start} was promised more. Call with the figures, the cause and what changes now.")
        }
        Harm::Regret => {
            format!("Good news travels by mail, bad news by voice. Call {client} and say it plainly first.")
        }
        Harm::Decline => {
            "Say it in the first sentence, with the reason and, if you can, somebody who would do it."
                .to_owned()
        }
    }
}
