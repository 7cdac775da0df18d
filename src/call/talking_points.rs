//! What to say on the call, in an order that helps, from the draft.
//!
//! Sentences are taken over as they stand; what the draft does not say is shown as a gap to fill.
//! Nothing is invented.

use crate::Finding;
use crate::checks::{Context, sentences_with_bad_news};
use crate::draft::Sentence;
use crate::lexicon::Cue;

/// How many sentences of bad news one call can carry.
const MOST_NEWS: usize = 3;

/// Question first, then what happened, why, and what happens now.
pub(super) fn from_draft(context: &Context, findings: &[Finding]) -> Vec<String> {
    let client = context.client_name();
    let news = sentences_with_bad_news(context, findings);
    let mut points = vec![format!(
        "Ask {client} first how it looks from their side, and listen."
    )];
    points.extend(
        news.iter()
            .take(MOST_NEWS)
            .map(|&at| format!("What happened: {}", shown(context, at))),
    );
    if let Some(&first) = news.first() {
        points.push(format!(
            "What it means for {client}: what do they have to move, pay or tell others?"
        ));
        if let Some(why) = beside(context, first, &news, Cue::Reason) {
            points.push(format!("Why: {}", shown(context, why)));
        }
    }
    let plan = context.message().map(|(at, _)| at).find(|at| {
        let sentence = &context.body.sentences[*at];
        !news.contains(at) && news.first().is_none_or(|first| at > first) && context.has(sentence, Cue::Plan)
    });
    points.push(match plan {
        Some(plan) => format!("What happens now: {}", shown(context, plan)),
        None => "What happens now: who does what, and by when?".to_owned(),
    });
    points
}

/// The sentence right before or after the news that holds this cue and is not news itself.
fn beside(context: &Context, news: usize, all_news: &[usize], cue: Cue) -> Option<usize> {
    let speaks = |at: &usize| context.body.sentences.get(*at).is_some_and(Sentence::speaks);
    [Some(news + 1), news.checked_sub(1)]
        .into_iter()
        .flatten()
        .filter(|at| speaks(at) && !all_news.contains(at))
        .find(|&at| context.has(&context.body.sentences[at], cue))
}

fn shown(context: &Context, sentence: usize) -> String {
    let words: Vec<&str> = context.body.source[context.body.sentences[sentence].span.clone()]
        .split_whitespace()
        .collect();
    words.join(" ")
}
