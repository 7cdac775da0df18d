//! When a draft should be a phone call instead, why, and what to say.
//!
//! A call is advised for bad news by which the client loses time, money, data, trust or a thing they
//! counted on; for a mail that somebody is asked to read before it is sent; in an angry thread; and for
//! trouble that has been reworked for long.
//! Declining an inquiry is no reason to call: nothing was promised.

mod follow_up;
mod hours;
mod moment;
mod rework;
mod talking_points;

pub use follow_up::{FollowUp, follow_up};
pub use hours::CallHours;
pub use moment::{Instant, Moment, good_moment};
pub use talking_points::{Part, TalkingPoint};

use crate::Finding;
use crate::checks::{Context, Section, by_name, capitalised, elide, harm_behind};
use crate::draft::Text;
use crate::lexicon::{Cue, Harm, Lexicon};
use crate::order::sort_by_key;
use crate::report::CallAdvice;

/// What the careful reader calls this advice.
const NAME: &str = "call";

/// Bad news that was found makes no call below this share of the probability at which the careful reader would advise one by
/// itself: it is small then.
const STANDS: f32 = 0.8;

/// How many reasons are worth reading.
const MOST_REASONS: usize = 3;

/// Judges whether to call, from what the checks found.
pub(crate) fn advise(context: &Context, findings: &[Finding]) -> CallAdvice {
    let read = context
        .reading
        .and_then(|reading| Some((*reading.draft.get(NAME)?, reading.threshold(NAME))));
    let is_small = read.is_some_and(|(p, speaks)| p < STANDS * speaks);
    let mut reasons: Vec<(Weight, String)> = Vec::new();
    let mut told = Vec::new();
    for finding in findings {
        let Some((harm, words)) = harm_behind(context, finding) else {
            continue;
        };
        let Some(weight) = weight(harm) else { continue };
        // News that the careful reader finds too small for a call. What was written since, it does not know.
        if is_small && context.is_read(finding) {
            continue;
        }
        let fact = capitalised(&elide(words));
        // What is lost is said once, however many sentences tell of it.
        let reason = if told.contains(&harm) {
            format!("{fact}.")
        } else {
            format!("{fact}: {}", loss(harm, context.client_name()))
        };
        told.push(harm);
        reasons.push((weight, reason));
    }
    if reasons.is_empty() && read.is_some_and(|(p, speaks)| p >= speaks) {
        let reason = format!(
            "{} should hear this from you, and be able to answer.",
            capitalised(context.client_name())
        );
        reasons.push((Weight::Loss, reason));
    }
    if review_is_asked(context) {
        let reason = "You ask somebody to read this before it is sent: a mail that needs that is easier said than written.";
        reasons.push((Weight::Review, reason.to_owned()));
    }
    if thread_is_angry(context) {
        let reason = format!(
            "{} is upset in this thread, and anger grows in writing.",
            capitalised(context.client_name())
        );
        reasons.push((Weight::Anger, reason));
    }
    if is_trouble(context, findings) && rework::is_reworked(context.effort, context.own_length()) {
        let reason = "You have reworked this for a while: call. What is hard to write is easier said.";
        reasons.push((Weight::Rework, reason.to_owned()));
    }
    // Reasons of one weight stay in the order of the draft.
    sort_by_key(&mut reasons, |&(weight, _)| weight);
    let reasons: Vec<String> = reasons
        .into_iter()
        .map(|(_, reason)| reason)
        .take(MOST_REASONS)
        .collect();
    let advised = !reasons.is_empty();
    let talking_points = if advised {
        talking_points::from_draft(context, findings)
    } else {
        Vec::new()
    };
    CallAdvice {
        advised,
        reasons,
        talking_points,
        topic: topic(context, findings),
    }
}

/// The news that weighs most, else the subject.
fn topic(context: &Context, findings: &[Finding]) -> String {
    let news = findings.iter().find_map(|finding| harm_behind(context, finding));
    let topic = news.map_or(context.subject.source, |(_, words)| words);
    capitalised(&elide(topic))
}

/// What weighs most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Anger,
    Rework,
    Loss,
    Review,
}

fn weight(harm: Harm) -> Option<Weight> {
    (harm != Harm::Decline).then_some(Weight::Loss)
}

/// What the client loses, as the end of a reason.
fn loss(harm: Harm, client: &str) -> String {
    match harm {
        Harm::Time => format!("{client} loses time they planned with."),
        Harm::Money => format!("{client} pays for it."),
        Harm::Fault => format!("{client} depends on it."),
        Harm::Loss => "what is gone costs trust.".to_owned(),
        Harm::Mistake => "it is best owned by voice.".to_owned(),
        Harm::Refusal => format!("{client} counted on it."),
        Harm::Person => format!("{client} loses somebody they rely on."),
        Harm::Shortfall => format!("{client} was promised more."),
        Harm::Regret => format!("{client} should hear it from you."),
        Harm::Decline => "nothing was promised.".to_owned(),
    }
}

fn review_is_asked(context: &Context) -> bool {
    context
        .message()
        .any(|(_, sentence)| context.has(sentence, Cue::ReviewRequest))
}

/// Whether a draft tells of something that went wrong, were it as small as can be, or is out of tune.
fn is_trouble(context: &Context, findings: &[Finding]) -> bool {
    let told = findings.iter().any(|finding| {
        let section = by_name(finding.rule).map(|check| check.section);
        matches!(section, Some(Section::BadNews | Section::Tone))
    });
    told || context
        .message()
        .any(|(_, sentence)| context.has(sentence, Cue::Apology) || context.has(sentence, Cue::Trouble))
}

fn thread_is_angry(context: &Context) -> bool {
    context.earlier.iter().any(|earlier| {
        let whole = 0..earlier.len();
        let text = Text::new(earlier, std::slice::from_ref(&whole), Lexicon::get());
        text.cues.iter().any(|found| found.cue == Cue::Anger)
    })
}

#[cfg(test)]
mod tests {
    use crate::{Client, Draft, Settings, check};

    #[track_caller]
    fn check_call(draft: &Draft, advised: bool) {
        let report = check(draft, None, &Settings::default());
        assert_eq!(report.call.advised, advised, "{:?}", report.call);
        assert_eq!(report.call.advised, !report.call.reasons.is_empty());
        assert_eq!(report.call.advised, !report.call.talking_points.is_empty());
    }

    #[test]
    fn a_call_is_advised_for_bad_news_that_matters() {
        check_call(
            &Draft::new("Hello", "The launch moves two weeks, to 28 May."),
            true,
        );
        check_call(
            &Draft::new("Hello", "Can you look this over before I send it to Cathy?"),
            true,
        );
        check_call(
            &Draft::new("Hello", "The photos are in. See you on Tuesday."),
            false,
        );
        check_call(
            &Draft::new(
                "Your inquiry",
                "Thank you for asking us. We will not be bidding this time.",
            ),
            false,
        );
    }

    #[test]
    fn an_angry_thread_is_answered_by_voice() {
        let draft = Draft {
            history: "This is unacceptable. I am fed up.".to_owned(),
            ..Draft::new("Re: Bill", "I will look at it.")
        };
        check_call(&draft, true);
    }

    #[test]
    fn reasons_and_points_are_in_the_draft_s_own_words() {
        let body = "Hi Cathy,\n\nThe launch moves two weeks, to 28 May. I will send the new plan on Monday.";
        let client = Client {
            name: "Cathy Andre".to_owned(),
            ..Client::default()
        };
        let call = check(&Draft::new("Hello", body), Some(&client), &Settings::default()).call;
        assert_eq!(
            call.reasons,
            ["The launch moves two weeks: Cathy loses time they planned with."]
        );
        assert!(
            call.talking_points
                .iter()
                .any(|point| point.words == "The launch moves two weeks, to 28 May."),
            "{call:?}"
        );
        assert!(
            call.talking_points
                .iter()
                .any(|point| point.words == "I will send the new plan on Monday."),
            "{call:?}"
        );
    }
}
