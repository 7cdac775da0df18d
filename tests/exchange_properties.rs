//! What holds for every client there can be, and for every file.

use std::collections::BTreeMap;

use candor::Client;
use candor::client::{AgeOn, Contact, NameParts, Note, Occasion, Person, PostalAddress, Project, Promise};
use candor::exchange::plan::{Outcome, Plan};
use candor::exchange::{Details, Format, Import, export, read};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

const NOW: &str = "2026-11-22T10:00";

/// Any text as the notebook keeps it: without space around it and without characters that nobody can type.
fn tidy(text: &str) -> String {
    let seen = text
        .chars()
        .filter(|&char| (!char.is_control() || char == '\n' || char == '\t') && char != '\u{feff}');
    seen.collect::<String>().trim().to_owned()
}

/// Bits that some format gives a meaning to, between any other text.
fn text() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("\\n,;:\\\\".to_owned()),
        Just("\n\n".to_owned()),
        Just("\"quoted\", ".to_owned()),
        Just("END:VCARD".to_owned()),
        Just("=1+1".to_owned()),
        Just("'@".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("👩‍👩‍👧 e\u{301}\u{200b}\u{a0}\u{202e}".to_owned()),
        any::<String>(),
        "[ -~]{0,90}",
    ];
    vec(bit, 0..4).prop_map(|bits| tidy(&bits.concat()))
}

fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A line with something in it.
fn word() -> impl Strategy<Value = String> {
    line().prop_map(|line| if line.is_empty() { "Zoë".to_owned() } else { line })
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        (1900u16..2100, 1u8..13, 1u8..29)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
        (1u8..13, 1u8..29).prop_map(|(month, day)| format!("--{month:02}-{day:02}")),
    ]
}

fn unique(list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    list.into_iter()
        .filter(|text| seen.insert(text.clone()))
        .collect()
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    vec(word(), 0..3).prop_map(unique)
}

/// What stands on a visiting card: every format keeps it.
fn card() -> impl Strategy<Value = Client> {
    let email =
        ("[a-z0-9.+_-]{1,12}", "[a-z0-9]{1,8}").prop_map(|(name, host)| format!("{name}@{host}.example"));
    let phone = "\\+?[0-9][0-9 ()/-]{4,14}[0-9]";
    let site = "https://[a-z]{1,8}\\.example/[!-~]{0,12}";
    let label = prop_oneof![
        Just("work".to_owned()),
        Just("work fax".to_owned()),
        Just("mobile".to_owned()),
        word()
    ];
    let names = (word(), line(), line(), line());
    let reached = (
        vec(email, 0..4).prop_map(unique),
        vec(phone, 0..4).prop_map(|list| {
            unique(
                list.iter()
                    .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
                    .collect(),
            )
        }),
        vec(site, 0..2).prop_map(unique),
    );
    (names, reached, vec(label, 0..8), proptest::option::of(day())).prop_map(
        |((name, call_me, company, role), (emails, phones, websites), labels, birthday)| {
            let reached = emails.iter().chain(&phones).chain(&websites).cloned();
            Client {
                labels: reached
                    .zip(
                        labels
                            .into_iter()
                            .map(|label| label.trim_start_matches('*').trim().to_owned())
                            .filter(|label| !label.is_empty()),
                    )
                    .collect(),
                dates: birthday
                    .map(|day| Occasion {
                        what: Occasion::BIRTHDAY.into(),
                        day,
                        ..Occasion::default()
                    })
                    .into_iter()
                    .collect(),
                name,
                call_me,
                company,
                role,
                emails,
                phones,
                websites,
                ..Client::default()
            }
        },
    )
}

fn other() -> impl Strategy<Value = candor::client::Other> {
    btree_map("newer_[a-z]{1,5}", text(), 0..2)
        .prop_map(|keys| keys.into_iter().map(|(key, text)| (key, text.into())).collect())
}

fn address() -> impl Strategy<Value = PostalAddress> {
    (line(), text(), word(), text(), line()).prop_map(|(label, street, locality, code, country)| {
        PostalAddress {
            label,
            street,
            locality,
            code,
            country,
            ..PostalAddress::default()
        }
    })
}

fn person() -> impl Strategy<Value = Person> {
    let relation = prop_oneof![
        Just("partner"),
        Just("child"),
        Just("assistant"),
        Just("pet"),
        Just("neighbour")
    ];
    // Several may go by the same name, or by none.
    let name = prop_oneof![Just(String::new()), Just("Eva".to_owned()), word()];
    (
        relation,
        name,
        proptest::option::of((0u16..99, day())),
        text(),
        other(),
    )
        .prop_map(|(relation, name, age, about, other)| Person {
            relation: relation.into(),
            name,
            age_on: age.map(|(years, day)| AgeOn {
                years,
                day,
                ..AgeOn::default()
            }),
            about,
            other,
            ..Person::default()
        })
}

/// A card with all that a notebook may know besides.
fn client() -> impl Strategy<Value = Client> {
    let note =
        (day(), text(), any::<bool>(), day(), other()).prop_map(|(date, text, sensitive, asked, other)| {
            Note {
                date,
                text,
                sensitive,
                asked,
                other,
            }
        });
    let contact = (day(), line(), text()).prop_map(|(date, kind, topic)| Contact {
        date,
        kind,
        topic,
        ..Contact::default()
    });
    let promise =
        (text(), day(), proptest::option::of(any::<bool>()), other()).prop_map(|(text, due, kept, other)| {
            Promise {
                text,
                due,
                kept,
                other,
                ..Promise::default()
            }
        });
    let project_name = prop_oneof![Just("Website".to_owned()), line()];
    let project = (project_name, text()).prop_map(|(name, state)| Project {
        name,
        state,
        ..Project::default()
    });
    let fair = day().prop_map(|day| Occasion {
        what: "Fair".into(),
        day,
        ..Occasion::default()
    });
    let lists = (lines(), lines(), lines(), lines(), lines(), lines());
    let history = (
        vec(note, 0..3),
        vec(contact, 0..2),
        vec(promise, 0..2),
        vec(project, 0..3),
    );
    let around = (vec(person(), 0..3), vec(address(), 0..3), vec(fair, 0..3));
    (
        card(),
        lists,
        history,
        around,
        (text(), text(), line(), proptest::option::of(any::<u16>())),
        other(),
    )
        .prop_map(
            |(
                card,
                (other_names, interests, holidays, expertise, known_terms, needs),
                (notes, contacts, promises, projects),
                (people, addresses, fairs),
                (fears, about, call_hours, cadence),
                other,
            )| Client {
                other_names,
                interests,
                holidays,
                expertise,
                known_terms,
                needs,
                notes,
                contacts,
                promises,
                projects,
                people,
                addresses: addresses.into_iter().fold(Vec::new(), |mut all, one| {
                    if !all.contains(&one) {
                        all.push(one);
                    }
                    all
                }),
                fears,
                about,
                call_hours,
                cadence,
                other,
                timezone: "Europe/Dublin".into(),
                language: "fr-CA".into(),
                dates: card.dates.iter().cloned().chain(fairs).collect(),
                ..card
            },
        )
}

fn there_and_back(
    clients: &[Client],
    format: Format,
    details: Details,
) -> Result<Vec<Client>, TestCaseError> {
    let file = export(clients, format, details, NOW);
    let import: Import =
        read(&file, &mut |_, _| {}).map_err(|refused| TestCaseError::fail(refused.to_string()))?;
    prop_assert!(
        import.rejected.is_empty(),
        "{:?}\n{}",
        import.rejected,
        String::from_utf8_lossy(&file)
    );
    Ok(import.records.into_iter().map(|record| record.client).collect())
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
    fn vcards_give_back_all_that_they_were_made_of(clients in vec(client(), 1..3)) {
        for format in [Format::VCard3, Format::VCard4] {
            prop_assert_eq!(&there_and_back(&clients, format, Details::All)?, &clients);
        }
    }

    #[test]
    fn lines_of_vcards_are_no_longer_than_they_may_be(client in client()) {
        for format in [Format::VCard3, Format::VCard4] {
            let file = String::from_utf8(export(std::slice::from_ref(&client), format, Details::All, NOW)).expect("UTF-8");
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        }
    }

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
    fn backups_give_back_every_record(clients in vec(client(), 0..4)) {
        prop_assert_eq!(there_and_back(&clients, Format::Backup, Details::Contact)?, clients);
    }

    #[test]
    fn records_survive_being_written_down(client in client()) {
        let written = serde_json::to_string(&client).expect("a record is JSON");
        prop_assert_eq!(serde_json::from_str::<Client>(&written).expect("a record"), client);
    }

    #[test]
    fn what_was_imported_changes_nothing_the_second_time(clients in vec(client(), 1..4)) {
        let keyed: Vec<Client> = clients.into_iter().enumerate().map(|(at, client)| Client { id: format!("key-{at}"), ..client }).collect();
        for format in [Format::VCard4, Format::Backup] {
            let import = read(&export(&keyed, format, Details::All, NOW), &mut |_, _| {}).expect("our own file");
            let plan = Plan::new(import, &keyed, &mut |_, _| {});
            for (entry, client) in plan.entries.iter().zip(&keyed) {
                prop_assert_eq!(&entry.outcome, &Outcome::Same { id: client.id.clone() });
            }
            prop_assert_eq!(plan.entries.len(), keyed.len());
            prop_assert_eq!(plan.records(&BTreeMap::new(), &keyed, "2026-11-22"), []);
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in vec(any::<u8>(), 0..400)) {
        for start in ["", "BEGIN:VCARD\n", "Name,Notes,Birthday\n", "{\"format\":\"candor-backup\",\"version\":1,", "\u{feff}"] {
            let file = [start.as_bytes(), &bytes].concat();
            // Whatever comes of it, it comes.
            read(&file, &mut |_, _| {}).ok();
        }
    }

    #[test]
    fn no_lines_break_the_reader(pieces in vec(prop_oneof![
        Just("BEGIN:VCARD\r\n".to_owned()), Just("END:VCARD\n".to_owned()), Just("N;ENCODING=QUOTED-PRINTABLE:=\n".to_owned()),
        Just("PHOTO;ENCODING=b:".to_owned()), Just("TEL;TYPE=\"".to_owned()), Just("\",\"".to_owned()), Just("X-CANDOR-CARD:{\"name\":1}\n".to_owned()),
        Just("item1.X-ABLabel:x\n".to_owned()), Just("BDAY:--0000\n".to_owned()), Just("ADR:;;,,;".to_owned()), Just("\n ".to_owned()), any::<String>(),
    ], 0..30)) {
        for start in ["BEGIN:VCARD\r\n", "First Name,E-mail 1 - Value,Birthday,Phone 1 - Label\n"] {
            let file = format!("{start}{}", pieces.concat());
            if let Ok(import) = read(file.as_bytes(), &mut |_, _| {}) {
                let lines = file.lines().count().max(1);
                prop_assert!(import.rejected.iter().all(|piece| (1..=lines).contains(&piece.line)), "{:?}", import.rejected);
                let plan = Plan::new(import, &[], &mut |_, _| {});
                plan.records(&BTreeMap::new(), &[], "2026-11-22");
            }
        }
    }
}
