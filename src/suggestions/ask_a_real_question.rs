//! A detail of the client's notes that is worth asking about, where the draft is all business.
//!
//! What is marked sensitive is never taken, nor what was asked about lately, nor what the draft or the quoted
//! mail speaks of already.

use super::words::{count, earlier_words, has_any, own_words, share_a_topic, topics};
use super::{Kind, Moment, Situation, Suggestion, moments};
use crate::draft::LocalTime;

const BUSINESS: &str = "The photographs of the shop window have come in. The texts for the about page are with our \
                        editor, who has asked for one more week with them.";
const SCHOOL: &str = r#"{"name":"Cathy","notes":[{"date":"2026-09-01","text":"Daughter started school"}]}"#;

pub(super) const KIND: Kind = Kind {
    name: "ask-a-real-question",
    summary: "Something personal worth asking about, where a draft is all business.",
    why: "Ask about the person and not only the business: real relationships outlast projects.",
    source: "S",
    in_trouble: false,
    made: moments(&[
        Moment::body(BUSINESS).client(SCHOOL),
        Moment::body(BUSINESS).client(
            r#"{"name":"Cathy","notes":[{"date":"2026-10-01","text":"Going through a divorce","sensitive":true},
                {"date":"2026-09-01","text":"Training for the Leeds marathon","asked":"2026-03-01"}]}"#,
        ),
    ]),
    not_made: moments(&[
        Moment::body("How is your daughter doing at school? The photographs have come in, and the texts are with our \
                      editor, who has asked for a week more with them.")
            .client(SCHOOL),
        Moment::body("I hope you had a good weekend. The photographs have come in, and the texts are with our editor, \
                      who has asked for a week more with them.")
            .client(SCHOOL),
        Moment::body("The photographs have come in.").client(SCHOOL),
        Moment::body(BUSINESS).client(
            r#"{"name":"Cathy","notes":[{"date":"2026-10-01","text":"Going through a divorce","sensitive":true},
                {"date":"2026-09-01","text":"Daughter started school","asked":"2026-09-20"}]}"#,
        ),
        Moment::body(BUSINESS).client(SCHOOL).history("On Thursday Cathy wrote:\n> My daughter loves her school, by the way."),
    ]),
    find,
};

/// Shorter drafts need no more than they say.
const WORDS: usize = 20;

/// For how many days nobody wants to be asked the same again.
const LATELY: i64 = 60;

fn find(situation: &Situation) -> Option<Suggestion> {
    const PERSONAL: &[&str] = &[
        "how are you",
        "how is your",
        "how are your",
        "how was your",
        "hope you",
        "hope your",
        "congratulations",
        "weekend",
        "holiday",
        "holidays",
        "vacation",
        "family",
        "birthday",
        "enjoy your",
        "get well",
        "wedding",
    ];
    let (own, earlier) = (own_words(situation.draft), earlier_words(situation.draft));
    if count(&own) < WORDS || has_any(&own, PERSONAL) {
        return None;
    }
    let today = situation.now.days_since_1970();
    let days_since = |day: &str| {
        let at: LocalTime = format!("{}T00:00", day.trim()).parse().ok()?;
        Some(today - at.days_since_1970())
    };
    let is_spoken_of = |text: &str| share_a_topic(text, &own) || share_a_topic(text, &earlier);
    let (at, note) = situation.client.notes.iter().enumerate().find(|(_, note)| {
        let lately = days_since(&note.asked).is_some_and(|days| days < LATELY);
        !note.sensitive && !lately && !topics(&note.text).is_empty() && !is_spoken_of(&note.text)
    })?;
    let name = situation.client.first_name();
    Some(Suggestion {
        name: KIND.name,
        text: format!(
            "All business so far. You noted about {name}: “{}”. Ask about it?",
            note.text.trim()
        ),
        words: String::new(),
        note: Some(at),
    })
}
