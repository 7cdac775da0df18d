//! What a table holds comes back from it, and what it does not hold is what the export dialog says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use candor::Client;
use candor::client::{NameParts, Note, Person};
use candor::exchange::{Details, Format, export};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::any::{card, client, tidy};
use super::{NOW, there_and_back};

type LeaveOut = fn(&mut Client);

/// What no table holds, in the words of the dialog, and a client without it.
const LEFT_OUT: &[(&str, LeaveOut)] = &[
    ("other names", |client| client.other_names.clear()),
    ("company domains", |client| client.domains.clear()),
    ("the hours to call", |client| client.call_hours.clear()),
    ("the time zone", |client| client.timezone.clear()),
    ("the days without news", |client| client.cadence = None),
    ("more of people than their names", |client| {
        client.people.retain(|person| !person.name.is_empty());
        for person in &mut client.people {
            *person = Person {
                relation: std::mem::take(&mut person.relation),
                name: std::mem::take(&mut person.name),
                ..Person::default()
            };
        }
    }),
    ("holidays", |client| client.holidays.clear()),
    ("what they care about", |client| client.cares_about.clear()),
    ("what has to succeed", |client| client.must_succeed.clear()),
    ("what they fear", |client| client.fears.clear()),
    ("why they chose us", |client| client.chose_us.clear()),
    ("projects", |client| client.projects.clear()),
    ("what they know", |client| {
        client.expertise.clear();
        client.known_terms.clear();
    }),
    ("need", |client| client.needs.clear()),
    ("and offer", |client| client.offers.clear()),
    ("sensitive notes", |client| {
        client.notes.retain(|note| !note.sensitive);
    }),
    ("when they were asked about a note", |client| {
        for note in &mut client.notes {
            note.asked.clear();
        }
    }),
    ("promises", |client| client.promises.clear()),
    ("conversations", |client| client.contacts.clear()),
    ("and what was kept from an imported card", |client| {
        client.vcard.clear();
    }),
];

/// A client without what no table holds, and without what only a newer version could tell of.
fn held(client: &Client) -> Client {
    let mut client = client.clone();
    for (_, leave_out) in LEFT_OUT {
        leave_out(&mut client);
    }
    client.other.clear();
    for note in &mut client.notes {
        note.other.clear();
    }
    client
}

/// A table has one cell for all that it has no columns for.
fn as_google_tells(client: Client) -> Client {
    let also = |what: &str, text: &str| match text {
        "" => String::new(),
        text => format!("{what}: {text}"),
    };
    let mut texts = vec![
        also("Language", &client.language),
        also("Interests", &client.interests.join(", ")),
        client.about,
    ];
    texts.extend(
        client
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.date, note.text)),
    );
    texts.retain(|text| !text.is_empty());
    let text = tidy(&texts.join("\n\n"));
    Client {
        language: String::new(),
        interests: Vec::new(),
        about: String::new(),
        notes: vec![Note {
            text,
            ..Note::default()
        }],
        ..client
    }
}

/// A client without what Outlook has columns for some of.
fn without_labels(client: &Client) -> Client {
    let mut client = client.clone();
    client.labels.clear();
    for address in &mut client.addresses {
        address.label.clear();
    }
    client
}

/// The words of all that is noted, however it is put together.
fn words_of(client: &Client) -> BTreeSet<String> {
    fn each(value: &Value, words: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.values().for_each(|value| each(value, words)),
            Value::Array(list) => list.iter().for_each(|value| each(value, words)),
            Value::String(text) => {
                let split = text.split(|char: char| !char.is_alphanumeric());
                words.extend(split.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
    let mut words = BTreeSet::new();
    each(
        &serde_json::to_value(client).expect("a record is JSON"),
        &mut words,
    );
    words
}

#[test]
fn the_export_dialog_says_what_a_table_leaves_out() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("extension/clients.html");
    let page = fs::read_to_string(page).expect("the page is there");
    let (_, after) = page
        .split_once("<p id=\"export-tables\"")
        .expect("the dialog tells it");
    let (_, after) = after.split_once('>').expect("a tag");
    let (said, _) = after.split_once("</p>").expect("a paragraph");
    let phrases: Vec<&str> = LEFT_OUT.iter().map(|(phrase, _)| *phrase).collect();
    let phrases = phrases.join(", ").replace(", and ", " and ");
    assert_eq!(
        said,
        format!(
            "A table has no place for {phrases}. One for Outlook knows no labels but Outlook’s own. A backup holds all."
        )
    );
}

/// Without what CSV has no column for, or a column that says less.
fn in_columns(client: &Client) -> Client {
    Client {
        name_parts: NameParts::default(),
        ..client.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn google_gets_and_gives_back_a_visiting_card(clients in vec(card(), 1..4)) {
        let again: Vec<Client> = there_and_back(&clients, Format::GoogleCsv, Details::Contact)?.iter().map(in_columns).collect();
        prop_assert_eq!(again, clients);
    }

    #[test]
    fn outlook_gets_and_gives_back_what_it_has_columns_for_and_the_rest_as_notes(clients in vec(card(), 1..4)) {
        let all_again = there_and_back(&clients, Format::OutlookCsv, Details::Contact)?;
        prop_assert_eq!(all_again.len(), clients.len());
        for (again, client) in all_again.iter().zip(&clients) {
            prop_assert_eq!(
                (&again.name, &again.call_me, &again.company, &again.role, &again.dates),
                (&client.name, &client.call_me, &client.company, &client.role, &client.dates)
            );
            prop_assert_eq!(&again.emails, &client.emails[..client.emails.len().min(3)]);
            let reached = again.emails.iter().chain(&again.phones).chain(&again.websites);
            let told: Vec<&String> = reached.chain(again.notes.iter().map(|note| &note.text)).collect();
            for wanted in client.emails.iter().chain(&client.phones).chain(&client.websites) {
                prop_assert!(told.iter().any(|told| told.contains(wanted)), "{wanted}: {told:?}");
            }
        }
    }

    #[test]
    fn no_cell_is_a_formula(clients in vec(client(), 1..3)) {
        for format in [Format::GoogleCsv, Format::OutlookCsv] {
            let file = export(&clients, format, Details::All, NOW);
            let mut rows = csv::Reader::from_reader(file.as_slice());
            for row in rows.records() {
                for cell in &row.expect("the table is UTF-8") {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                }
            }
        }
    }

    #[test]
    fn google_gets_and_gives_back_a_whole_card_but_for_what_the_dialog_names(clients in vec(client(), 1..3)) {
        let held: Vec<Client> = clients.iter().map(held).collect();
        prop_assert_eq!(
            export(&clients, Format::GoogleCsv, Details::All, NOW),
            export(&held, Format::GoogleCsv, Details::All, NOW)
        );
        let again: Vec<Client> = there_and_back(&clients, Format::GoogleCsv, Details::All)?.iter().map(in_columns).collect();
        let expected: Vec<Client> = held.into_iter().map(as_google_tells).collect();
        prop_assert_eq!(again, expected);
    }

    #[test]
    fn outlook_gets_a_whole_card_but_for_what_the_dialog_names(clients in vec(client(), 1..3)) {
        let held: Vec<Client> = clients.iter().map(held).collect();
        prop_assert_eq!(
            export(&clients, Format::OutlookCsv, Details::All, NOW),
            export(&held, Format::OutlookCsv, Details::All, NOW)
        );
        let again = there_and_back(&clients, Format::OutlookCsv, Details::All)?;
        prop_assert_eq!(again.len(), held.len());
        for (again, client) in again.iter().zip(&held) {
            let told = words_of(again);
            for word in words_of(&without_labels(client)) {
                prop_assert!(told.contains(&word), "{word:?} of {client:?} is not in {again:?}");
            }
        }
    }
}
