use proptest::prelude::*;

use super::*;
use crate::client::{Contact, Note, Occasion, PartialDate, Person, PostalAddress, Promise};

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn note(text: &str) -> Vec<Note> {
    vec![Note {
        text: text.to_owned(),
        ..Note::default()
    }]
}

fn talked(day: &str, topic: &str) -> Vec<Contact> {
    vec![Contact {
        date: day.to_owned(),
        kind: "call".to_owned(),
        topic: topic.to_owned(),
        ..Contact::default()
    }]
}

fn clients() -> Vec<Client> {
    vec![
        Client {
            id: "1".into(),
            name: "Cathy Andre".into(),
            company: "Andre Lighting".into(),
            emails: texts(["cathy@andrelighting.example"]),
            phones: texts(["+1 (212) 555-0117"]),
            notes: note(
                "Daughter started school. It is the one at the other end of the town, beside the old mill.",
            ),
            ..Client::default()
        },
        Client {
            id: "2".into(),
            name: "Łukasz Nowak".into(),
            call_me: "Luk".into(),
            expertise: texts(["structural engineering"]),
            contacts: talked("2026-10-01", "andre's referral"),
            ..Client::default()
        },
        Client {
            id: "3".into(),
            name: "Zoe\u{308} O’Brien".into(),
            about: "runs a bakery".into(),
            addresses: vec![PostalAddress {
                street: "12 Hafenstraße".into(),
                locality: "Köln".into(),
                ..PostalAddress::default()
            }],
            ..Client::default()
        },
        Client {
            id: "4".into(),
            name: "Jürgen Müller".into(),
            phones: texts(["0171 2345678"]),
            people: vec![Person {
                name: "Anneliese".into(),
                ..Person::default()
            }],
            ..Client::default()
        },
        Client {
            id: "5".into(),
            name: "Hanna van den Berg".into(),
            company: "Mueller & Sons".into(),
            emails: texts(["h@sons.example", "hanna@home.example"]),
            ..Client::default()
        },
    ]
}

#[track_caller]
fn check_among(clients: &[Client], query: &str, expected: &[&str]) {
    let lookup = Lookup::new(clients, None);
    let found = lookup.find(query, 100);
    let names: Vec<&str> = found
        .best
        .iter()
        .map(|found| lookup.head(found.client).name().split(' ').next().unwrap())
        .collect();
    assert_eq!(names, expected, "{query:?}");
    assert_eq!(found.total, expected.len());
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    check_among(&clients(), query, expected);
}

#[test]
fn a_query_without_letters_or_digits_finds_everybody_by_name() {
    for query in ["", " ", "—"] {
        check(query, &["Cathy", "Hanna", "Jürgen", "Łukasz", "Zoe\u{308}"]);
    }
}

#[test]
fn words_may_be_begun_and_stand_in_any_order() {
    check("cath li", &["Cathy"]);
    check("andre cathy", &["Cathy"]);
    check("li cath", &["Cathy"]);
    check("cathy bakery", &[]);
}

#[test]
fn names_come_before_what_was_talked_about() {
    check("andre", &["Cathy", "Łukasz"]);
}

#[test]
fn typos_are_forgiven() {
    for query in ["cthy", "catthy", "cahty", "catjy", "athy", "cathx andr"] {
        check(query, &["Cathy"]);
    }
    check("ligthing", &["Cathy"]);
    check("daugther", &["Cathy"]);
    check("enginering", &["Łukasz"]);
    check("novak", &["Łukasz"]);
}

#[test]
fn accents_case_apostrophes_and_spellings_of_umlauts_do_not_matter() {
    check("LUKASZ", &["Łukasz"]);
    check("zoë obrien", &["Zoe\u{308}"]);
    check("o'brien", &["Zoe\u{308}"]);
    for query in ["Müller", "Mueller", "muller", "MULLER"] {
        check(query, &["Jürgen", "Hanna"]);
    }
    check("juergen", &["Jürgen"]);
    check("koeln", &["Zoe\u{308}"]);
    check("hafenstrasse 12", &["Zoe\u{308}"]);
}

#[test]
fn a_name_is_found_without_its_spaces() {
    check("vandenberg", &["Hanna"]);
    check("cathyan", &["Cathy"]);
}

#[test]
fn numbers_are_found_by_parts_of_their_digits() {
    check("212555", &["Cathy"]);
    check("555 0117", &["Cathy"]);
    check("(212) 555", &["Cathy"]);
    check("cathy 0117", &["Cathy"]);
    check("12", &["Zoe\u{308}"]);
    check("+49 171 2345678", &["Jürgen"]);
    check("0171-234", &["Jürgen"]);
}

#[test]
fn every_field_that_one_may_remember_is_looked_at() {
    for query in ["luk", "engineering", "referral"] {
        check(query, &["Łukasz"]);
    }
    for query in ["daughter", "andrelighting", "lighting.example", "cathy@andre"] {
        check(query, &["Cathy"]);
    }
    check("anneliese", &["Jürgen"]);
    check("home.example", &["Hanna"]);
}

/// Everything that stands on a card is looked for by its words, a day by its words; a field that is added to the
/// card and not to the rows fails here.
#[test]
fn nothing_on_a_card_is_left_out() {
    fn texts_of(key: &str, value: &serde_json::Value, texts: &mut Vec<String>) {
        use serde_json::Value;
        match value {
            // What a newer version wrote means nothing to this one, and an age is not told by when it was told.
            _ if matches!(key, "id" | "newer" | "age_on") => {}
            Value::Object(object) => object.iter().for_each(|(key, value)| texts_of(key, value, texts)),
            Value::Array(list) => list.iter().for_each(|value| texts_of(key, value, texts)),
            Value::String(text) => texts.push(match text.parse::<PartialDate>() {
                Ok(day) => day.in_words(),
                Err(_) => text.clone(),
            }),
            Value::Number(number) => texts.push(number.to_string()),
            Value::Bool(_) | Value::Null => {}
        }
    }
    let file = include_str!("../../../tests/fixtures/clients/whole.json");
    let record: serde_json::Value = serde_json::from_str(file).unwrap();
    let client: Client = serde_json::from_value(record[0].clone()).unwrap();
    let lookup = Lookup::new([&client], "2026-11-22T09:00".parse().ok());
    let mut texts = Vec::new();
    texts_of("", &record[0], &mut texts);
    texts.extend(
        [
            "not kept",
            "open",
            "about 7 years old",
            "about 5 years old",
            "every 14 days",
        ]
        .map(str::to_owned),
    );
    assert!(texts.len() > 50, "{texts:?}");
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        assert_eq!(lookup.find(&text, 1).total, 1, "{text}");
        let shown = lookup.show(&lookup.find(&text, 1).best, &text).remove(0);
        let marked = [&shown.name, &shown.company]
            .into_iter()
            .chain(shown.other.iter().map(|(_, other)| other));
        let is_folded = matches!(shown.other, Some((Field::SensitiveNote, _)));
        assert!(
            is_folded || marked.map(|marked| marked.marks.len()).sum::<usize>() > 0,
            "{text}: {shown:?}"
        );
    }
}

/// Whose day it is comes first, and who lives at that number and was spoken with in that month last.
#[test]
fn a_day_is_found_as_people_say_it() {
    let born = |name: &str, day: &str| Client {
        name: name.into(),
        dates: vec![Occasion {
            what: "birthday".into(),
            day: day.into(),
            ..Occasion::default()
        }],
        ..Client::default()
    };
    let clients = [
        Client {
            addresses: vec![PostalAddress {
                street: "14 High Street".into(),
                ..PostalAddress::default()
            }],
            contacts: talked("2026-03-01", "prices"),
            ..born("Street", "--12-24")
        },
        Client {
            people: vec![Person {
                name: "Eva".into(),
                relation: "child".into(),
                born: "2019-03-14".into(),
                ..Person::default()
            }],
            ..born("Child", "1985")
        },
        born("Birthday", "1980-03-14"),
        Client {
            contacts: talked("2026-03-14", "prices"),
            ..born("Contact", "--03-01")
        },
        born("March", "--04-15"),
    ];
    let today = "2026-11-22T09:00".parse().ok();
    let lookup = Lookup::new(&clients, today);
    for query in ["14 march", "March 14th", "14 mar", "14th of march", "march, 14"] {
        let found = lookup.find(query, clients.len()).best;
        let names: Vec<&str> = found
            .iter()
            .map(|found| lookup.head(found.client).name())
            .collect();
        let expected = ["Birthday", "Child", "Contact", "Street"];
        assert_eq!(names, expected, "{query}");
    }
    let first = |query: &str| {
        let best = lookup.find(query, 1).best[0];
        let (field, marked) = lookup.show(&[best], query).remove(0).other.unwrap();
        format!(
            "{} {field:?} {}",
            lookup.head(best.client).name(),
            bracketed(&marked)
        )
    };
    assert_eq!(
        first("march 14 1980"),
        "Birthday Occasion birthday, [14] [March] [1980]"
    );
    assert_eq!(
        first("marhc 14 2019"),
        "Child Person Eva, child, 7 years old, born [14] [March] [2019]"
    );
    assert_eq!(
        first("eva 7"),
        "Child Person [Eva], child, [7] years old, born 14 March 2019"
    );
    assert_eq!(
        first("call prices 14th march"),
        "Contact Contact [prices] ([call], [14] [March] 2026)"
    );
    check_among(
        &clients,
        "march",
        &["March", "Contact", "Birthday", "Child", "Street"],
    );
}

#[test]
fn a_zone_and_the_hours_of_a_call_are_found() {
    let client = Client {
        name: "Inês".into(),
        timezone: "Europe/Lisbon".into(),
        call_hours: "after the school run".into(),
        ..Client::default()
    };
    let lookup = Lookup::new([&client], None);
    for (query, shown) in [
        ("lisbon", (Field::Timezone, "Europe/[Lisbon]")),
        ("Europe/Lisbon", (Field::Timezone, "[Europe]/[Lisbon]")),
        ("school run", (Field::CallHours, "after the [school] [run]")),
    ] {
        let (field, marked) = lookup
            .show(&lookup.find(query, 1).best, query)
            .remove(0)
            .other
            .unwrap();
        assert_eq!((field, &*bracketed(&marked)), shown);
    }
}

/// What a person expects: who is called so, before who works there, before whom somebody only mentioned.
#[test]
fn the_best_match_comes_first() {
    let named = |name: &str| Client {
        name: name.to_owned(),
        ..Client::default()
    };
    let clients = [
        Client {
            notes: note("Sister of Anna, whom we know"),
            contacts: talked("2026-11-20", ""),
            ..named("Note Person")
        },
        named("Annabel Lee"),
        named("Zoe Annason"),
        Client {
            company: "Anna & Co".into(),
            ..named("Company Person")
        },
        named("Anna Zacharias"),
        Client {
            contacts: talked("2026-11-01", ""),
            ..named("Lately Anna")
        },
        Client {
            emails: texts(["anna@home.example"]),
            ..named("Mail Person")
        },
        named("Ana Typo"),
        named("Johanna Inside"),
    ];
    check_among(
        &clients,
        "anna",
        &[
            "Lately", "Anna", "Annabel", "Zoe", "Johanna", "Company", "Mail", "Note", "Ana",
        ],
    );
}

#[test]
fn only_the_best_are_given_but_all_are_counted() {
    let clients = clients();
    let lookup = Lookup::new(&clients, None);
    let found = lookup.find("", 2);
    assert_eq!(found.total, 5);
    let names: Vec<&str> = found
        .best
        .iter()
        .map(|found| lookup.head(found.client).name())
        .collect();
    assert_eq!(names, ["Cathy Andre", "Hanna van den Berg"]);
}

/// The text with `[` and `]` around what is marked.
fn bracketed(marked: &Marked) -> String {
    let mut text = marked.text.clone();
    for mark in marked.marks.iter().rev() {
        text.insert(mark.end, ']');
        text.insert(mark.start, '[');
    }
    text
}

#[track_caller]
fn check_shown(query: &str, name: &str, company: &str, other: Option<(Field, &str)>) {
    let clients = clients();
    let lookup = Lookup::new(&clients, None);
    let shown = lookup.show(&lookup.find(query, 1).best, query).remove(0);
    assert_eq!(bracketed(&shown.name), name);
    assert_eq!(bracketed(&shown.company), company);
    let own = shown.other.map(|(field, marked)| (field, bracketed(&marked)));
    assert_eq!(own, other.map(|(field, text)| (field, text.to_owned())));
}

#[test]
fn what_matches_is_marked_in_the_field_where_it_stands() {
    check_shown("cath li", "[Cath]y Andre", "Andre [Li]ghting", None);
    check_shown("cahty", "[Cathy] Andre", "Andre Lighting", None);
    check_shown("zoe obr", "[Zoe\u{308}] [O’Br]ien", "", None);
    check_shown("mueller", "Jürgen [Müller]", "", None);
    check_shown(
        "cathy school",
        "[Cathy] Andre",
        "Andre Lighting",
        Some((
            Field::Note,
            "Daughter started [school]. It is the one at the other end of the town, …",
        )),
    );
    check_shown(
        "old mill",
        "Cathy Andre",
        "Andre Lighting",
        Some((Field::Note, "… town, beside the [old] [mill].")),
    );
    check_shown(
        "5550117",
        "Cathy Andre",
        "Andre Lighting",
        Some((Field::Phone, "+1 (212) [555-0117]")),
    );
    check_shown("luk", "[Łuk]asz Nowak", "", Some((Field::CallMe, "[Luk]")));
    check_shown(
        "hanna home",
        "[Hanna] van den Berg",
        "Mueller & Sons",
        Some((Field::Email, "[hanna]@[home].example")),
    );
}

#[test]
fn a_note_that_is_to_stay_folded_is_found_but_not_shown() {
    let mut client = Client {
        name: "Cathy".into(),
        notes: note("is going through a divorce"),
        ..Client::default()
    };
    client.notes[0].sensitive = true;
    let lookup = Lookup::new([&client], None);
    let found = lookup.find("divorce", 1).best[0];
    let shown = lookup.show(&[found], "divorce").remove(0);
    assert_eq!(shown.other, Some((Field::SensitiveNote, Marked::default())));
}

#[test]
fn names_answer_before_details_are_there() {
    let mut shelves = vec![Shelf::default(); SHELVES as usize];
    for client in &clients() {
        shelves[shelf_of(&client.id) as usize].append(client);
    }
    let heads: Vec<Heads> = shelves
        .iter()
        .map(|shelf| Heads::new(shelf.heads.clone()))
        .collect();
    let mut lookup = Lookup::of_heads(&heads, None);
    assert_eq!(lookup.find("cathy", 9).total, 1);
    assert_eq!(lookup.find("daughter", 9).total, 0);
    for (number, shelf) in shelves.iter().enumerate() {
        lookup.add_details(number, &shelf.details);
    }
    let found = lookup.find("daughter", 9);
    assert_eq!(lookup.head(found.best[0].client).name(), "Cathy Andre");
}

#[test]
fn a_client_on_a_shelf_is_replaced_and_removed() {
    let all = clients();
    let mut shelf = Shelf::default();
    for client in &all {
        shelf.append(client);
    }
    let before = shelf.clone();
    let changed = Client {
        name: "Cathy Smith".into(),
        notes: note("Married"),
        ..all[0].clone()
    };
    shelf.turn(&[(&*changed.id, Some(&changed))].into());
    let mut lookup = Lookup::of_heads(&[Heads::new(shelf.heads.clone())], None);
    lookup.add_details(0, &shelf.details);
    assert_eq!(lookup.len(), all.len());
    assert_eq!(lookup.find("smith married", 9).total, 1);
    assert_eq!(lookup.find("cathy andre", 9).total, 1, "by address and company");
    assert_eq!(lookup.find("daughter", 9).total, 0);
    shelf.turn(&[("1", None), ("nobody", None)].into());
    let mut others = before;
    others.turn(&[("1", None)].into());
    assert_eq!(shelf, others);
}

#[test]
fn an_empty_query_has_people_to_think_of() {
    let on = |id: &str, day: &str| Client {
        id: id.to_owned(),
        name: id.to_owned(),
        contacts: talked(day, "t"),
        ..Client::default()
    };
    let day = |what: &str, day: &str| Occasion {
        what: what.to_owned(),
        day: day.to_owned(),
        ..Occasion::default()
    };
    let promise = |due: &str, kept| Promise {
        text: "mock-ups".into(),
        due: due.to_owned(),
        kept,
        ..Promise::default()
    };
    let clients = [
        on("today", "2026-11-22"),
        on("last week", "2026-11-15"),
        on("long ago", "2026-05-01"),
        on("client of old", "2020-05-01"),
        Client {
            cadence: Some(14),
            ..on("every fortnight", "2026-11-01")
        },
        Client {
            dates: vec![day("birthday", "--11-25"), day("fair", "2001-11-23")],
            ..on("birthday", "2026-11-20")
        },
        Client {
            promises: vec![promise("2026-11-20", None)],
            ..on("late", "2026-11-20")
        },
        Client {
            promises: vec![promise("2026-11-20", Some(true)), promise("2026-12-20", None)],
            ..on("kept", "2026-11-19")
        },
        Client::default(),
    ];
    let lookup = Lookup::new(&clients, None);
    let agenda = Agenda::of(&lookup, "2026-11-22T12:00".parse().unwrap());
    let names = |reminders: &[Reminder]| -> Vec<String> {
        reminders
            .iter()
            .map(|reminder| lookup.head(reminder.client).name().to_owned())
            .collect()
    };
    assert_eq!(names(&agenda.due), ["late", "birthday"]);
    assert_eq!(
        agenda.due[1].why,
        Why::Occasion {
            what: "fair".into(),
            days: 1
        }
    );
    assert_eq!(names(&agenda.in_touch), ["today", "kept", "last week"]);
    assert_eq!(names(&agenda.silent), ["every fortnight", "long ago"]);
}

/// Names, notes and addresses with any characters in them.
fn any_client() -> impl Strategy<Value = Client> {
    let text = || {
        prop_oneof![
            any::<String>(),
            "[a-zäöü ]{0,30}",
            "[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}"
        ]
    };
    (
        text(),
        text(),
        prop::collection::vec(text(), 0..3),
        prop::collection::vec("\\+?[0-9 ()-]{0,14}", 0..3),
        prop::collection::vec(text(), 0..3),
        0..100u32,
    )
        .prop_map(|(name, company, emails, phones, notes, id)| Client {
            id: format!("id-{id}"),
            name,
            company,
            emails,
            phones,
            notes: notes
                .into_iter()
                .map(|text| Note {
                    text,
                    ..Note::default()
                })
                .collect(),
            ..Client::default()
        })
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |_, span| words.push(text[span].to_owned()));
    words
}

proptest! {
    #[test]
    fn whoever_is_in_it_is_found_by_every_word(clients in prop::collection::vec(any_client(), 1..8)) {
        let lookup = Lookup::new(&clients, None);
        for (number, client) in clients.iter().enumerate() {
            let texts = [&client.name, &client.company];
            let texts = texts.into_iter().chain(&client.emails).chain(client.notes.iter().map(|note| &note.text));
            for word in texts.flat_map(|text| words_of(text)) {
                let found = lookup.find(&word, 100);
                prop_assert!(found.best.iter().any(|found| found.client == number), "{} in {:?}", word, client);
            }
        }
    }

    #[test]
    fn the_order_of_words_makes_no_difference(
        clients in prop::collection::vec(any_client(), 1..8),
        query in prop::collection::vec("[a-zäöü]{1,6}", 1..4),
    ) {
        let lookup = Lookup::new(&clients, None);
        let there = lookup.find(&query.join(" "), 100);
        let back: Vec<String> = query.into_iter().rev().collect();
        prop_assert_eq!(there, lookup.find(&back.join(" "), 100));
    }

    #[test]
    fn marks_lie_within_the_text_apart_and_in_order(
        clients in prop::collection::vec(any_client(), 1..8),
        query in prop_oneof![any::<String>(), "[a-zäöü0-9 ]{0,12}"],
    ) {
        let lookup = Lookup::new(&clients, None);
        for found in lookup.find(&query, 100).best {
            let shown = lookup.show(&[found], &query).remove(0);
            for marked in [&shown.name, &shown.company].into_iter().chain(shown.other.as_ref().map(|(_, marked)| marked)) {
                let mut end = 0;
                for mark in &marked.marks {
                    prop_assert!(mark.start >= end && mark.start < mark.end);
                    prop_assert!(marked.text.get(mark.clone()).is_some());
                    end = mark.end;
                }
            }
        }
    }

    /// Shelves that were changed step by step are those that would be made at once.
    #[test]
    fn shelves_hold_what_was_put_last(
        changes in prop::collection::vec((any_client(), any::<bool>()), 0..20),
    ) {
        let mut shelf = Shelf::default();
        let mut now: Vec<Client> = Vec::new();
        for (client, stays) in changes {
            now.retain(|other| other.id != client.id);
            shelf.turn(&[(&*client.id, stays.then_some(&client))].into());
            if stays {
                now.push(client);
            }
        }
        let mut expected = Shelf::default();
        for client in &now {
            expected.append(client);
        }
        prop_assert_eq!(shelf, expected);
    }
}
