//! Clients of any kind, with any text.

use candor::Client;
use candor::client::{AgeOn, Contact, Note, Occasion, Other, Person, PostalAddress, Project, Promise};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

/// Any text as the notebook keeps it: without space around it and without characters that nobody can type.
pub(super) fn tidy(text: &str) -> String {
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
pub(super) fn word() -> impl Strategy<Value = String> {
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
pub(super) fn card() -> impl Strategy<Value = Client> {
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

fn other() -> impl Strategy<Value = Other> {
    btree_map("newer_[a-z]{1,5}", text(), 0..2)
        .prop_map(|keys| keys.into_iter().map(|(key, text)| (key, text.into())).collect())
}

fn address() -> impl Strategy<Value = PostalAddress> {
    (line(), text(), word(), text(), line()).prop_map(|(label, street, locality, code, country)| {
        PostalAddress {
            // Google's star says which of several comes first.
            label: label.trim_start_matches('*').trim().to_owned(),
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
pub(super) fn client() -> impl Strategy<Value = Client> {
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
    let kept = prop_oneof![Just(vec![]), Just(vec!["X-SHOE-SIZE:44".to_owned()])];
    let more = (lines(), lines(), lines(), text(), text(), kept);
    let around = (vec(person(), 0..3), vec(address(), 0..3), vec(fair, 0..3));
    (
        card(),
        lists,
        history,
        around,
        (text(), text(), line(), proptest::option::of(any::<u16>())),
        more,
        other(),
    )
        .prop_map(
            |(
                card,
                (other_names, interests, holidays, expertise, known_terms, needs),
                (notes, contacts, promises, projects),
                (people, addresses, fairs),
                (fears, about, call_hours, cadence),
                (domains, cares_about, offers, must_succeed, chose_us, vcard),
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
                domains,
                cares_about,
                offers,
                must_succeed,
                chose_us,
                vcard,
                other,
                timezone: "Europe/Dublin".into(),
                language: "fr-CA".into(),
                dates: card.dates.iter().cloned().chain(fairs).collect(),
                ..card
            },
        )
}
