//! What is known of a client, a line for each thing: what bears on the work, and what is personal.

use super::{day_words, wording};
use crate::Client;
use crate::client::{Age, Note, Occasion, Person, Promise};
use crate::draft::LocalTime;

/// For how many days ahead an event of theirs is mentioned.
const SOON: i64 = 30;

/// As many promises, and as many projects, as are worth a line each beside a draft.
const MOST: usize = 3;

/// What bears on the work: promises that are open, the soonest due first; what has to succeed; events of
/// theirs that are near; projects.
pub(super) fn of_work(client: &Client, today: LocalTime) -> Vec<String> {
    let mut open: Vec<&Promise> = client.promises.iter().filter(|one| one.kept.is_none()).collect();
    let mut promises = Vec::new();
    // No day comes last.
    let soonest = |open: &[&Promise]| {
        let by_day = |(_, one): &(usize, &&Promise)| (one.due.is_empty(), one.due.clone());
        open.iter().enumerate().min_by_key(by_day).map(|(at, _)| at)
    };
    while promises.len() < MOST
        && let Some(at) = soonest(&open)
    {
        promises.push(format!("Promised: {}", promise(open.remove(at), today)));
    }

    let aim = client.must_succeed.trim();
    let aim = (!aim.is_empty()).then(|| format!("Has to succeed: {aim}"));

    let events = client.dates.iter().filter(|date| date.what != Occasion::BIRTHDAY);
    let near = events.filter(|event| event.days_until(today).is_some_and(|days| days <= SOON));

    let projects = client.projects.iter();
    let projects = projects.map(|project| wording::joined(": ", [project.name.trim(), project.state.trim()]));

    promises
        .into_iter()
        .chain(aim)
        .chain(near.map(|event| occasion(event, today)))
        .chain(projects.filter(|project| !project.is_empty()).take(MOST))
        .collect()
}

/// What others who see the screen need not know: people, days, what they do besides work, sensitive notes.
pub(super) fn personal(client: &Client, today: LocalTime) -> Vec<String> {
    let people = client.people.iter().map(|person| self::person(person, today));
    let dates = client.dates.iter().map(|date| occasion(date, today));
    let said = |what: &str, words: &str| match words.trim() {
        "" => String::new(),
        words => format!("{what}: {words}"),
    };
    let lists = [
        said("Interests", &client.interests.join(", ")),
        said("Holidays", &client.holidays.join(", ")),
        said("Cares about", &client.cares_about.join(", ")),
        said("Fears", &client.fears),
        said("Why they chose us", &client.chose_us),
    ];
    let notes = client.notes.iter().filter(|note| note.sensitive);
    people
        .chain(dates)
        .chain(lists)
        .chain(notes.map(|note| note.text.clone()))
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// The notes that may be seen at once, newest first.
pub(super) fn open_notes(client: &Client) -> impl Iterator<Item = &Note> {
    client.notes.iter().filter(|note| !note.sensitive)
}

/// `Eva, child, about 7: plays the cello`.
pub(super) fn person(person: &Person, today: LocalTime) -> String {
    let age = person.age(today).map(age).unwrap_or_default();
    let who = wording::joined(", ", [person.name.trim(), person.relation.trim(), &age]);
    wording::joined(": ", [&*who, person.about.trim()])
}

/// `7`, `about 7`.
pub(super) fn age(age: Age) -> String {
    match age {
        Age::Exactly(years) => years.to_string(),
        Age::About(years) => format!("about {years}"),
    }
}

/// `Birthday: 21 April, in 3 days`; how soon it is, is said of what is near.
pub(super) fn occasion(occasion: &Occasion, today: LocalTime) -> String {
    let near = occasion.days_until(today).filter(|days| *days <= SOON);
    let near = near.map(wording::in_days).unwrap_or_default();
    let when = wording::joined(", ", [&*day_words::written(&occasion.day), &near]);
    wording::sentence_case(&wording::joined(": ", [occasion.what.trim(), &when]))
}

/// `Mock-ups, due in 3 days`; `Mock-ups, was due 2 days ago`.
pub(super) fn promise(promise: &Promise, today: LocalTime) -> String {
    wording::joined(", ", [promise.text.trim(), &due(promise, today)])
}

/// `due in 3 days`, `was due 2 days ago`; empty when no day was named, or it is settled.
pub(super) fn due(promise: &Promise, today: LocalTime) -> String {
    if promise.due.is_empty() || promise.kept.is_some() {
        return String::new();
    }
    let is_over = wording::days_since(&promise.due, today).is_some_and(|days| days > 0);
    let verb = if is_over { "was due" } else { "due" };
    format!("{verb} {}", wording::ago(&promise.due, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> LocalTime {
        "2026-11-22T09:00".parse().unwrap()
    }

    fn anna() -> Client {
        let file = include_str!("../../tests/fixtures/clients/whole.json");
        let [anna] = serde_json::from_str::<[Client; 1]>(file).unwrap();
        anna
    }

    #[test]
    fn what_bears_on_the_work_is_apart_from_what_is_personal() {
        assert_eq!(
            of_work(&anna(), today()),
            [
                "Promised: A call",
                "Has to succeed: The gala in May",
                "New site: waiting for photographs"
            ]
        );
        assert_eq!(
            personal(&anna(), today()),
            [
                "Eva, child, about 7: plays the cello",
                "Tom, child, about 5",
                "Birthday: 21 April",
                "Interests: rowing",
                "Holidays: Sinterklaas",
                "Cares about: canals without plastic",
                "Fears: Another late start",
                "Why they chose us: A friend spoke well of us",
                "In hospital until Friday"
            ]
        );
        assert_eq!(open_notes(&anna()).count(), 0);
    }

    #[test]
    fn the_soonest_promise_and_the_near_event_are_said() {
        let promise = |text: &str, due: &str| Promise {
            text: text.into(),
            due: due.into(),
            ..Promise::default()
        };
        let client = Client {
            promises: vec![
                promise("Someday", ""),
                promise("Plan", "2026-11-25"),
                promise("Mock-ups", "2026-11-20"),
            ],
            dates: vec![
                Occasion {
                    what: "spring fair".into(),
                    day: "--04-21".into(),
                    ..Occasion::default()
                },
                Occasion {
                    what: "winter fair".into(),
                    day: "--12-01".into(),
                    ..Occasion::default()
                },
            ],
            ..Client::default()
        };
        assert_eq!(
            of_work(&client, today()),
            [
                "Promised: Mock-ups, was due 2 days ago",
                "Promised: Plan, due in 3 days",
                "Promised: Someday",
                "Winter fair: 1 December, in 9 days"
            ]
        );
    }
}
