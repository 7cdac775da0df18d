//! A day of the client's own, or of somebody around them, on the day itself or the one before.

use super::words::{has_any, own_words};
use super::{Kind, Moment, Situation, Suggestion, moments};
use crate::client::{Age, Occasion, PartialDate};

const BIRTHDAY: &str = r#"{"name":"Cathy Andre","dates":[{"what":"birthday","day":"1980-10-16"}]}"#;

pub(super) const KIND: Kind = Kind {
    name: "their-day",
    summary: "A birthday, an event or a child’s birthday, on the day.",
    why: "Take part in their events: it shows that you see a person and not a project.",
    source: "S",
    in_trouble: false,
    made: moments(&[
        Moment::body("The plans are attached.").client(BIRTHDAY),
        Moment::body("The plans are attached.")
            .client(r#"{"name":"Cathy","dates":[{"what":"the spring fair","day":"--10-17"}]}"#),
        Moment::body("The plans are attached.").client(
            r#"{"name":"Cathy","people":[{"relation":"daughter","name":"Mia","born":"2019-10-16"}]}"#,
        ),
    ]),
    not_made: moments(&[
        Moment::body("Happy birthday, Cathy! The plans are attached.").client(BIRTHDAY),
        Moment::body("The plans are attached.")
            .client(r#"{"name":"Cathy","dates":[{"what":"birthday","day":"--10-15"}]}"#),
        Moment::body("The plans are attached.")
            .client(r#"{"name":"Cathy","people":[{"relation":"daughter","name":"Mia","born":"2019"}]}"#),
    ]),
    find,
};

fn find(situation: &Situation) -> Option<Suggestion> {
    let own = own_words(situation.draft);
    if has_any(&own, &["birthday", "congratulations", "many happy returns"]) {
        return None;
    }
    let name = situation.client.first_name();
    let soon = |day: &str| {
        let date: PartialDate = day.parse().ok()?;
        let days = date.days_until(situation.now).filter(|days| *days <= 1)?;
        Some((date, if days == 0 { "today" } else { "tomorrow" }))
    };
    let of_theirs = situation.client.dates.iter().find_map(|occasion| {
        let (_, when) = soon(&occasion.day)?;
        let what = occasion.what.trim();
        Some(match what {
            Occasion::BIRTHDAY => format!("It is {name}’s birthday {when}."),
            "" => format!("{name} has a day to remember {when}."),
            what if has_any(&own, &[what.to_lowercase().as_str()]) => return None,
            what => format!("{name} has {what} {when}."),
        })
    });
    let of_somebody = || {
        situation.client.people.iter().find_map(|person| {
            let (date, when) = soon(&person.born)?;
            let who = [person.name.trim(), person.relation.trim()]
                .into_iter()
                .find(|text| !text.is_empty())?;
            // Tomorrow's birthday makes them a year older than they are.
            let more = u16::from(when == "tomorrow");
            Some(match date.age(situation.now) {
                Some(Age::Exactly(age)) => format!("{who} turns {} {when}.", age + more),
                _ => format!("{who} has a birthday {when}."),
            })
        })
    };
    let text = of_theirs.or_else(of_somebody)?;
    Some(Suggestion {
        name: KIND.name,
        text: format!("{text} A word about it would be kind."),
        words: String::new(),
        note: None,
    })
}
