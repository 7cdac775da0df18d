//! How the lookup says what it found and why somebody should be thought of.

use super::wording;
use crate::client::lookup::{Field, Head, Help, Lookup, Why};
use crate::draft::LocalTime;

/// As many as are read at a glance.
const MOST_HELP: usize = 4;

/// What a field is called in front of its text: `Note`.
pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::CallMe => "Called",
        Field::OtherName => "Also",
        Field::Company => "Company",
        Field::Role => "Role",
        Field::Email => "Email",
        Field::Phone => "Phone",
        Field::Domain | Field::Website => "Web",
        Field::Address => "Address",
        Field::About => "About",
        Field::Person => "Around them",
        Field::Project => "Project",
        Field::Expertise => "Expertise",
        Field::KnownTerm => "Knows the term",
        Field::Interest => "Interest",
        Field::CaresAbout => "Cares about",
        Field::Holiday => "Holiday",
        Field::Occasion => "Keeps the day",
        Field::Need => "Needs",
        Field::Offer => "Offers",
        Field::MustSucceed => "Must succeed",
        Field::Fear => "Fears",
        Field::ChoseUs => "Chose us",
        Field::Language => "Language",
        Field::Promise => "Promised",
        Field::Note | Field::SensitiveNote => "Note",
        Field::Contact => "Talked about",
        Field::Timezone => "Time zone",
        Field::CallHours => "Likes to be called",
        Field::Cadence => "Hears from you",
        Field::Kept => "Kept",
    }
}

/// Why somebody is on today's list.
pub(super) fn why(why: &Why, today: LocalTime) -> String {
    match why {
        Why::Promise { text, due } => {
            let when = wording::ago(due, today);
            format!("Promised for {when}: {text}")
        }
        Why::Occasion { what, days } => {
            let when = wording::in_days(*days);
            let what = wording::sentence_case(what.trim());
            let what = if what.is_empty() { "A day of theirs" } else { &what };
            format!("{what} {when}")
        }
        Why::InTouch { kind, day } => {
            let kind = wording::sentence_case(kind.trim());
            let kind = if kind.is_empty() { "In touch" } else { &kind };
            format!("{kind} {}", wording::ago(day, today))
        }
        Why::Silence { day } => format!("Last in touch {}", wording::ago(day, today)),
    }
}

/// The newest conversation in a line: `Call 3 weeks ago: wording of the product pages`.
pub(super) fn last_contact((day, kind, topic): (&str, &str, &str), today: LocalTime) -> String {
    let why = Why::InTouch {
        kind: kind.to_owned(),
        day: day.to_owned(),
    };
    wording::joined(": ", [self::why(&why, today).as_str(), topic])
}

/// Who could help whom, in a line: `Needs payroll: Ann Lee offers bookkeeping and payroll`.
pub(super) fn helping(lookup: &Lookup, client: usize) -> Vec<String> {
    let name = |help: &Help| lookup.head(help.client).name().to_owned();
    let helpers = lookup.helpers(client);
    let helpers = helpers
        .iter()
        .map(|help| format!("Needs {}: {} offers {}", help.need, name(help), help.offer));
    let helped = lookup.helped_by(client);
    let helped = helped
        .iter()
        .map(|help| format!("Offers {}: {} needs {}", help.offer, name(help), help.need));
    helpers.chain(helped).take(MOST_HELP).collect()
}

/// One line to say to somebody who has heard nothing for too long, and to which number; empty when they have.
pub(super) fn line_to_say(client: Head, today: LocalTime) -> String {
    let Some((last, _, topic)) = client.last_contact() else {
        return String::new();
    };
    if wording::days_since(last, today).is_none_or(|days| days <= client.patience()) {
        return String::new();
    }
    let line = match (client.project(), topic.trim()) {
        ("", "") => "I was thinking of you and wanted to hear how things are.".to_owned(),
        ("", topic) => format!("We last talked about this: {topic}. How has it gone since?"),
        (project, _) => format!("So that you hear it from me: here is where we are with {project}."),
    };
    match client.phones().next() {
        Some(phone) => format!("Call {phone}: “{line}”"),
        None => format!("Write a line: “{line}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_as_a_colleague_would_say_them() {
        let today = "2026-11-22T18:00".parse().unwrap();
        let occasion = |what: &str, days| Why::Occasion {
            what: what.to_owned(),
            days,
        };
        for (reason, said) in [
            (occasion("birthday", 0), "Birthday today"),
            (occasion("spring fair", 3), "Spring fair in 3 days"),
            (occasion("", 1), "A day of theirs tomorrow"),
            (
                Why::Promise {
                    text: "the mock-ups".into(),
                    due: "2026-11-20".into(),
                },
                "Promised for 2 days ago: the mock-ups",
            ),
            (
                Why::InTouch {
                    kind: "mail".into(),
                    day: "2026-11-21".into(),
                },
                "Mail yesterday",
            ),
            (
                Why::Silence {
                    day: "2026-06-22".into(),
                },
                "Last in touch 5 months ago",
            ),
        ] {
            assert_eq!(why(&reason, today), said);
        }
        assert_eq!(
            last_contact(("2026-11-21", "", "Prices"), today),
            "In touch yesterday: Prices"
        );
    }
}
