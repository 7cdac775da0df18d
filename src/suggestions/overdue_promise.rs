//! A promise to this client whose day has passed, in a draft that says nothing of it.
//!
//! A draft that shares a telling word with the promise, or speaks of being late, is taken to deal with it.

use super::words::{count, has_any, own_words, share_a_topic};
use super::{Kind, Moment, Situation, Suggestion, moments};
use crate::draft::LocalTime;

const PROMISED: &str =
    r#"{"name":"Cathy Andre","promises":[{"text":"I'll send the mock-ups by Monday","due":"2026-10-12"}]}"#;

pub(super) const KIND: Kind = Kind {
    name: "overdue-promise",
    summary: "An overdue promise that a draft passes over.",
    why: "Keep a commitment or renegotiate it: passing over it costs more trust than the delay.",
    source: "P, G",
    in_trouble: true,
    made: moments(&[
        Moment::body("The texts for the about page are with our editor, who likes them a lot.")
            .client(PROMISED),
        Moment::body("Could you tell me which of the two photographs you would like on the first page?")
            .client(PROMISED),
    ]),
    not_made: moments(&[
        Moment::body("The mock-ups I owe you are not done yet. You will have them on Tuesday.")
            .client(PROMISED),
        Moment::body("I am late with what I told you on the phone, and sorry for it.").client(PROMISED),
        Moment::body("The texts for the about page are with our editor, who likes them a lot."),
        Moment::body("The texts for the about page are with our editor, who likes them a lot.").client(
            r#"{"name":"Cathy","promises":[{"text":"the mock-ups","due":"2026-10-12","kept":true},
                {"text":"the bill","due":"2026-10-16"},{"text":"the plan","due":"one day"}]}"#,
        ),
        Moment::body("Thank you!").client(PROMISED),
    ]),
    find,
};

/// Shorter than this, a draft passes over nothing.
const WORDS: usize = 6;

fn find(situation: &Situation) -> Option<Suggestion> {
    let own = own_words(situation.draft);
    let deals_with_it = [
        "late",
        "delay",
        "delayed",
        "overdue",
        "promised",
        "behind schedule",
    ];
    if count(&own) < WORDS || has_any(&own, &deals_with_it) {
        return None;
    }
    let today = situation.now.days_since_1970();
    let day = |due: &str| {
        Some(
            format!("{due}T00:00")
                .parse::<LocalTime>()
                .ok()?
                .days_since_1970(),
        )
    };
    let promise = situation
        .client
        .promises
        .iter()
        .filter(|promise| promise.kept.is_none() && day(promise.due.trim()).is_some_and(|due| due < today))
        .filter(|promise| !share_a_topic(&promise.text, &own))
        .min_by_key(|promise| day(promise.due.trim()))?;
    let late = today - day(promise.due.trim())?;
    let text = promise.text.trim();
    let days = if late == 1 {
        "yesterday".to_owned()
    } else {
        format!("{late} days ago")
    };
    Some(Suggestion {
        name: KIND.name,
        text: format!(
            "You promised {} “{text}”, and the day was {days}. Keep it, or agree on another day.",
            situation.client.first_name()
        ),
        words: format!("I told you “{text}”, and that day has passed. You will have it by [day]."),
        note: None,
    })
}
