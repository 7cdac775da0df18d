//! From clients to tables.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::columns::{ADDRESSES, PHONES};
use super::escaped;
use crate::client::{Client, NameParts, Occasion, Person, PostalAddress};
use crate::exchange::Details;
use crate::exchange::text::{line, tidy};
use crate::exchange::vcard;

/// The columns of Google Contacts that come once.
const GOOGLE: &[&str] = &[
    "First Name",
    "Middle Name",
    "Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
];

/// Google's parts of an address, in its order.
const GOOGLE_ADDRESS: &[&str] = &[
    "Label",
    "Formatted",
    "Street",
    "City",
    "PO Box",
    "Region",
    "Postal Code",
    "Country",
    "Extended Address",
];

/// The columns of Outlook that come once.
const OUTLOOK: &[&str] = &[
    "First Name",
    "Middle Name",
    "Last Name",
    "Title",
    "Suffix",
    "Nickname",
    "Company",
    "Department",
    "Job Title",
    "E-mail Address",
    "E-mail 2 Address",
    "E-mail 3 Address",
    "Web Page",
    "Birthday",
    "Anniversary",
    "Spouse",
    "Children",
    "Assistant's Name",
    "Hobby",
    "Language",
    "Notes",
];

/// Outlook's parts of an address, in its order.
const OUTLOOK_ADDRESS: &[&str] = &[
    "Street",
    "Street 2",
    "City",
    "State",
    "Postal Code",
    "Country/Region",
    "Address PO Box",
];

/// Writes a table that Google Contacts imports.
pub fn write_google(clients: &[Client], details: Details) -> String {
    let most = |count: &dyn Fn(&Client) -> usize| clients.iter().map(count).max().unwrap_or(0);
    let emails = most(&|client| client.emails.len());
    let phones = most(&|client| client.phones.len());
    let addresses = most(&|client| client.addresses.len());
    let websites = most(&|client| client.websites.len());
    let people = most(&|client| named_people(client, details).count());
    let event_count = most(&|client| events(client, details).count());

    let mut heading: Vec<String> = GOOGLE.iter().map(|&name| name.to_owned()).collect();
    let mut numbered = |what: &str, count: usize, parts: &[&str]| {
        for number in 1..=count {
            heading.extend(parts.iter().map(|part| format!("{what} {number} - {part}")));
        }
    };
    let halves = &["Label", "Value"];
    numbered("E-mail", emails, halves);
    numbered("Phone", phones, halves);
    numbered("Address", addresses, GOOGLE_ADDRESS);
    numbered("Website", websites, halves);
    numbered("Relation", people, halves);
    numbered("Event", event_count, halves);

    table(
        &heading,
        clients.iter().map(|client| {
            let parts = name_parts(client);
            // What Google has no column for is told in the notes.
            let mut left: Vec<String> = Vec::new();
            if details == Details::All {
                left.extend(told("Language", &client.language));
                left.extend(told("Interests", &client.interests.join(", ")));
            }
            let mut cells = vec![
                parts.given,
                parts.middle,
                parts.family,
                parts.prefix,
                parts.suffix,
                client.call_me.clone(),
                client.company.clone(),
                client.role.clone(),
                vcard::department(client),
                day(client, Occasion::BIRTHDAY),
                notes(client, details, &left),
            ];
            let halves = |list: &[String], starred: bool| -> Vec<[String; 2]> {
                let star = |at: usize| {
                    if starred && at == 0 && list.len() > 1 {
                        "* "
                    } else {
                        ""
                    }
                };
                list.iter()
                    .enumerate()
                    .map(|(at, value)| [format!("{}{}", star(at), client.label(value)), value.clone()])
                    .collect()
            };
            pad(&mut cells, halves(&client.emails, true), emails);
            pad(&mut cells, halves(&client.phones, true), phones);
            pad(
                &mut cells,
                client.addresses.iter().map(google_address).collect(),
                addresses,
            );
            pad(&mut cells, halves(&client.websites, false), websites);
            let related = named_people(client, details);
            let related = related.map(|person| [person.relation.clone(), person.name.clone()]);
            pad(&mut cells, related.collect(), people);
            pad(&mut cells, events(client, details).collect(), event_count);
            cells
        }),
    )
}

/// Writes a table that Outlook imports.
pub fn write_outlook(clients: &[Client], details: Details) -> String {
    let mut heading: Vec<String> = OUTLOOK.iter().map(|&name| name.to_owned()).collect();
    heading.extend(PHONES.iter().map(|(name, ..)| (*name).to_owned()));
    for (start, ..) in ADDRESSES {
        heading.extend(OUTLOOK_ADDRESS.iter().map(|part| format!("{start} {part}")));
    }
    table(
        &heading,
        clients.iter().map(|client| {
            let parts = name_parts(client);
            // What Outlook has no column for is told in the notes.
            let mut left: Vec<String> = Vec::new();
            let (phones, surplus) = outlook_phones(client);
            left.extend(surplus.into_iter().map(|phone| format!("Phone: {phone}")));
            let (addresses, surplus) = outlook_addresses(client);
            left.extend(surplus.into_iter().map(|address| format!("Address: {address}")));
            left.extend(
                client
                    .emails
                    .iter()
                    .skip(3)
                    .map(|address| format!("E-mail: {address}")),
            );
            left.extend(
                client
                    .websites
                    .iter()
                    .skip(1)
                    .map(|site| format!("Web page: {site}")),
            );
            if details == Details::All {
                let has_column = |what: &str| matches!(what, Occasion::BIRTHDAY | "anniversary");
                let days = client.dates.iter().filter(|date| !has_column(&date.what));
                left.extend(days.filter_map(|date| told(&date.what, &date.day)));
                let has_column = |relation: &str| matches!(relation, "partner" | "child" | "assistant");
                let people = named_people(client, details);
                let people = people.filter(|person| !has_column(&person.relation));
                left.extend(people.filter_map(|person| told(&person.relation, &person.name)));
            }
            let at = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
            let related = |relation: &str| -> Vec<&str> {
                let people = named_people(client, details).filter(|person| person.relation == relation);
                people.map(|person| person.name.as_str()).collect()
            };
            let mut cells = vec![
                parts.given,
                parts.middle,
                parts.family,
                parts.prefix,
                parts.suffix,
                client.call_me.clone(),
                client.company.clone(),
                vcard::department(client),
                client.role.clone(),
                at(&client.emails, 0),
                at(&client.emails, 1),
                at(&client.emails, 2),
                at(&client.websites, 0),
                day(client, Occasion::BIRTHDAY),
                day(client, "anniversary"),
                related("partner").join(", "),
                related("child").join(", "),
                related("assistant").join(", "),
                if details == Details::All {
                    client.interests.join(", ")
                } else {
                    String::new()
                },
                client.language.clone(),
                notes(client, details, &left),
            ];
            cells.extend(phones);
            cells.extend(addresses);
            cells
        }),
    )
}

fn table(heading: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    // Memory takes all that is written, and each row is as long as the heading.
    writer.write_record(heading).ok();
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| escaped(&tidy(cell))))
            .ok();
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn pad<const N: usize>(cells: &mut Vec<String>, values: Vec<[String; N]>, count: usize) {
    let empty = count.saturating_sub(values.len()) * N;
    cells.extend(values.into_iter().flatten());
    cells.extend(std::iter::repeat_n(String::new(), empty));
}

fn name_parts(client: &Client) -> NameParts {
    if client.name_parts.is_of(client) {
        client.name_parts.clone()
    } else {
        vcard::parts_of(&line(&client.name))
    }
}

fn day(client: &Client, what: &str) -> String {
    client
        .dates
        .iter()
        .find(|date| date.what == what)
        .map_or(String::new(), |date| date.day.clone())
}

/// The dates that are not the birthday's: all that are noted, or those that any address book has.
fn events(client: &Client, details: Details) -> impl Iterator<Item = [String; 2]> + '_ {
    let events = client.dates.iter().filter(move |date| {
        date.what == "anniversary" || details == Details::All && date.what != Occasion::BIRTHDAY
    });
    events.map(|date| [date.what.clone(), date.day.clone()])
}

/// Those around a client of whom a table can tell: by name, where all that is noted is asked for.
fn named_people(client: &Client, details: Details) -> impl Iterator<Item = &Person> {
    let people = client.people.iter();
    people.filter(move |person| details == Details::All && !person.name.is_empty())
}

/// What a note tells in the place of a column.
fn told(what: &str, text: &str) -> Option<String> {
    match (what, text) {
        (_, "") => None,
        ("", text) => Some(text.to_owned()),
        (what, text) => Some(format!("{what}: {text}")),
    }
}

fn notes(client: &Client, details: Details, left: &[String]) -> String {
    let mut texts = left.to_vec();
    if details == Details::All {
        texts.push(client.about.clone());
        texts.push(vcard::notes_as_text(&client.notes));
    }
    texts.retain(|text| !text.is_empty());
    texts.join("\n\n")
}

fn google_address(address: &PostalAddress) -> [String; 9] {
    let PostalAddress {
        label,
        po_box,
        extended,
        street,
        locality,
        region,
        code,
        country,
        ..
    } = address.clone();
    [
        label,
        as_lines(address),
        street,
        locality,
        po_box,
        region,
        code,
        country,
        extended,
    ]
}

fn as_lines(address: &PostalAddress) -> String {
    let [po_box, extended, street, locality, region, code, country] = address.parts();
    let place = [locality, region, code]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let lines = [street, extended, po_box, &place, country];
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Each phone in a column for what it is, and those for which there is none left.
fn outlook_phones(client: &Client) -> (Vec<String>, Vec<String>) {
    let mut cells = vec![String::new(); PHONES.len()];
    let mut surplus = Vec::new();
    for phone in &client.phones {
        let label = client.label(phone);
        let free = |wanted: &str| {
            PHONES
                .iter()
                .zip(&cells)
                .position(|((_, _, label), cell)| *label == wanted && cell.is_empty())
        };
        match free(label).or_else(|| free("other")) {
            Some(at) => cells[at].clone_from(phone),
            None => surplus.push(phone.clone()),
        }
    }
    (cells, surplus)
}

fn outlook_addresses(client: &Client) -> (Vec<String>, Vec<String>) {
    let mut places: Vec<Option<&PostalAddress>> = vec![None; ADDRESSES.len()];
    let mut surplus = Vec::new();
    for address in &client.addresses {
        let free = |wanted: &str| {
            ADDRESSES
                .iter()
                .zip(&places)
                .position(|((_, _, label), place)| *label == wanted && place.is_none())
        };
        match free(&address.label).or_else(|| free("other")) {
            Some(at) => places[at] = Some(address),
            None => surplus.push(as_lines(address)),
        }
    }
    let cells = places.into_iter().flat_map(|place| {
        let place = place.cloned().unwrap_or_default();
        [
            place.street,
            place.extended,
            place.locality,
            place.region,
            place.code,
            place.country,
            place.po_box,
        ]
    });
    (cells.collect(), surplus)
}
