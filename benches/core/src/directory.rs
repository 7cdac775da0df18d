//! Clients made up by their number, and two ways to find them.

use candor::Client;
use candor::client::lookup::Lookup;
use candor::client::{Contact, Note, Occasion, Person};
use candor::draft::LocalTime;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// As many results as the popup lists.
const MOST: usize = 30;

/// Clients to look up by Candor's index, or by the matcher that Rust programs use for pickers.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub struct Directory {
    clients: Vec<Client>,
    lookup: Lookup,
    /// All that is known of each client, as one text.
    texts: Vec<String>,
    matcher: Matcher,
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
impl Directory {
    /// As many clients, the same each time.
    #[cfg_attr(target_arch = "wasm32", wasm_bindgen(constructor))]
    pub fn new(count: usize) -> Self {
        let clients: Vec<Client> = (0..count).map(client).collect();
        Self {
            lookup: Lookup::new(&clients, today()),
            texts: clients.iter().map(text).collect(),
            matcher: Matcher::new(Config::DEFAULT),
            clients,
        }
    }

    /// Builds the index anew, and gives how many are in it.
    pub fn rebuild(&mut self) -> usize {
        self.lookup = Lookup::new(&self.clients, today());
        self.lookup.len()
    }

    /// One keystroke: who matches, and the letters of those that are listed marked.
    pub fn find(&self, query: &str) -> usize {
        let found = self.lookup.find(query, MOST);
        self.lookup.show(&found.best, query).len()
    }

    /// The same question to nucleo, which forgives letters between, but none that is wrong.
    pub fn find_by_nucleo(&mut self, query: &str) -> usize {
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let found = pattern.match_list(&self.texts, &mut self.matcher);
        found.into_iter().take(MOST).count()
    }
}

fn client(number: usize) -> Client {
    const GIVEN: &[&str] = &[
        "Anna", "Ben", "Clara", "David", "Elif", "Grace", "Ines", "Jürgen", "Karin", "Łukasz", "Noah",
        "Priya", "Rosa", "Samir", "Uwe", "Yara", "Zoë",
    ];
    const FAMILY: &[&str] = &[
        "Andersson",
        "van den Berg",
        "Costa",
        "Dubois",
        "Fischer",
        "García",
        "Horváth",
        "Ivanova",
        "Khan",
        "Müller",
        "Nowak",
        "O’Brien",
        "Okafor",
        "Patel",
        "Rossi",
        "Smith",
        "Walker",
    ];
    const ZONES: &[&str] = &[
        "Europe/London",
        "Europe/Lisbon",
        "America/New_York",
        "Asia/Kolkata",
    ];
    const SAID: &[&str] = &[
        "prefers to talk before lunch",
        "sells more online each year",
        "asked for the figures in one table",
        "plays the cello in a quartet",
        "has moved into a new building",
        "counts on the shop for the autumn season",
        "builds a second workshop by the river",
    ];
    let pick = |list: &[&str], number: usize| list[number % list.len()].to_owned();
    let made = made_up(number * 31);
    let said = |step: usize| format!("{}, said {}", pick(SAID, number / step), made_up(number * step));
    Client {
        name: format!("{} {}", pick(GIVEN, number), pick(FAMILY, number / GIVEN.len())),
        company: format!("{made} Studios"),
        role: "Owner".to_owned(),
        emails: vec![format!("{}@{made}.example", made_up(number))],
        phones: vec![format!("+44 20 {:08}", 70_000_000 + number * 37)],
        timezone: pick(ZONES, number),
        call_hours: "mornings".to_owned(),
        people: vec![Person {
            name: pick(GIVEN, number * 3),
            relation: "child".to_owned(),
            born: (2010 + number % 15).to_string(),
            ..Person::default()
        }],
        dates: vec![Occasion {
            what: Occasion::BIRTHDAY.to_owned(),
            day: day(number * 5),
            ..Occasion::default()
        }],
        about: pick(SAID, number),
        notes: [3, 7, 13]
            .map(|step| Note {
                date: day(number * step),
                text: said(step),
                ..Note::default()
            })
            .into(),
        contacts: vec![Contact {
            date: day(number),
            kind: "call".to_owned(),
            topic: said(5),
            ..Contact::default()
        }],
        ..Client::default()
    }
}

fn today() -> Option<LocalTime> {
    "2026-11-22T09:00".parse().ok()
}

fn day(number: usize) -> String {
    format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1)
}

/// A word for a number below 65,536.
fn made_up(number: usize) -> String {
    const SYLLABLES: &[&str] = &[
        "ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo", "be", "du", "fa", "go", "hi", "jo", "pe", "qui",
    ];
    (0..4).map(|at| SYLLABLES[(number >> (4 * at)) % 16]).collect()
}

fn text(client: &Client) -> String {
    let notes = client.notes.iter().map(|note| &note.text);
    let topics = client.contacts.iter().map(|contact| &contact.topic);
    let days = client.notes.iter().map(|note| &note.date);
    let days = days.chain(client.contacts.iter().map(|contact| &contact.date));
    let days = days.chain(client.dates.iter().map(|date| &date.day));
    let people = client.people.iter();
    let people = people.flat_map(|person| [&person.name, &person.relation, &person.born]);
    let texts = [
        &client.name,
        &client.company,
        &client.role,
        &client.timezone,
        &client.call_hours,
    ];
    let texts = texts
        .into_iter()
        .chain(days)
        .chain(people)
        .chain(&client.emails)
        .chain(&client.phones)
        .chain([&client.about])
        .chain(notes)
        .chain(topics);
    texts.map(String::as_str).collect::<Vec<_>>().join(" ")
}
