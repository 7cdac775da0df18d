//! What the lookup needs of each client, as compact text: reading whole records takes a browser
//! seconds for ten thousand clients, reading this takes it milliseconds.
//!
//! A client has two rows. The *head* is what a result shows and what most queries ask for: names,
//! company, addresses, numbers, days. The *details* are all else that can be found. Rows stand on
//! shelves, a fixed number of them, by a hash of the client's key: a change rewrites two texts of a few
//! ten kilobytes, and all of them are read in a few requests.
//!
//! Rows are made from records and can be made again at any time, so their form may change with
//! [`FORM`], as may that of the index that is kept with heads (see [`Heads`](super::Heads)).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::vocabulary::hash;
use crate::Client;
use crate::client::{Age, AgeOn, PartialDate, Person};
use crate::draft::LocalTime;

/// The form of the rows and of their index; those of any other are made anew.
pub const FORM: u32 = 4;

/// How many shelves there are.
pub const SHELVES: u32 = 32;

/// Ends a row.
const ROW: char = '\u{1d}';
/// Ends a field of a row.
const FIELD: char = '\u{1f}';
/// Stands between the items of a field.
const ITEM: char = '\u{1e}';
/// Stands between the parts of an item.
const PART: char = '\u{1c}';

/// The shelf of the client with this key.
pub fn shelf_of(id: &str) -> u32 {
    hash(id) % SHELVES
}

/// The rows of some clients, in one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Their heads.
    pub heads: String,
    /// Their details.
    pub details: String,
}

impl Shelf {
    /// Puts these clients' rows, by key, in place of those that stand there; takes off those of a client
    /// who is `None`.
    pub fn turn(&mut self, changes: &BTreeMap<&str, Option<&Client>>) {
        for rows in [&mut self.heads, &mut self.details] {
            let mut kept = String::with_capacity(rows.len());
            for row in rows_of(rows).filter(|row| !changes.contains_key(field(row, 0))) {
                kept.push_str(row);
                kept.push(ROW);
            }
            *rows = kept;
        }
        for client in changes.values().flatten() {
            self.append(client);
        }
    }

    /// Puts the rows of a client on the shelf who has none there yet: quicker than to look.
    pub fn append(&mut self, client: &Client) {
        write_head(client, &mut self.heads);
        write_details(client, &mut self.details);
    }
}

/// The rows of a shelf's text, without what ends them.
pub(super) fn rows_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_terminator(ROW)
}

/// A field of a row by its number; empty where the row has fewer.
fn field(row: &str, number: usize) -> &str {
    row.split(FIELD).nth(number).unwrap_or_default()
}

/// A client's head.
///
/// Reading a field walks over those before it, which is quicker than to keep where all of them stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head<'a>(pub(super) &'a str);

impl<'a> Head<'a> {
    /// The notebook's key.
    pub fn id(self) -> &'a str {
        field(self.0, 0)
    }

    /// Full name.
    pub fn name(self) -> &'a str {
        field(self.0, 1)
    }

    /// What they like to be called, where they said so.
    pub fn call_me(self) -> &'a str {
        field(self.0, 2)
    }

    /// Other names they go or went by.
    pub fn other_names(self) -> impl Iterator<Item = &'a str> {
        items(field(self.0, 3))
    }

    /// Company or organisation.
    pub fn company(self) -> &'a str {
        field(self.0, 4)
    }

    /// Their part in it.
    pub fn role(self) -> &'a str {
        field(self.0, 5)
    }

    /// Mail addresses, the one to write to first.
    pub fn emails(self) -> impl Iterator<Item = &'a str> {
        items(field(self.0, 6))
    }

    /// Phone numbers as dialled, the one they prefer first.
    pub fn phones(self) -> impl Iterator<Item = &'a str> {
        items(field(self.0, 7))
    }

    /// IANA name of their time zone; empty when unknown.
    pub fn timezone(self) -> &'a str {
        field(self.0, 8)
    }

    /// When they like to be called, in the writer's words.
    pub fn call_hours(self) -> &'a str {
        field(self.0, 9)
    }

    /// Day, kind and topic of the newest conversation.
    pub fn last_contact(self) -> Option<(&'a str, &'a str, &'a str)> {
        let mut parts = parts(field(self.0, 10));
        let day = parts.next().filter(|day| !day.is_empty())?;
        Some((
            day,
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        ))
    }

    /// Name and day of each day that comes back every year.
    pub fn occasions(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        pairs(field(self.0, 11))
    }

    /// Due day and text of each open promise that has a day.
    pub fn promises(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        pairs(field(self.0, 12))
    }

    /// After how many days without a word they should hear something: as noted for them, else two weeks while
    /// we work for them and three months when not.
    pub fn patience(self) -> i64 {
        let noted = field(self.0, 13).parse().ok();
        noted.unwrap_or(if self.project().is_empty() { 90 } else { 14 })
    }

    /// Whether their silence matters however long it lasts: somebody noted how often they should hear something,
    /// or we work for them.
    pub fn is_awaited(self) -> bool {
        !field(self.0, 13).is_empty() || !self.project().is_empty()
    }

    /// The name of a project that we are at for them; empty when there is none.
    pub fn project(self) -> &'a str {
        field(self.0, 14)
    }
}

fn items(field: &str) -> impl Iterator<Item = &str> {
    field.split(ITEM).filter(|item| !item.is_empty())
}

fn parts(item: &str) -> impl Iterator<Item = &str> {
    item.split(PART)
}

fn pairs(field: &str) -> impl Iterator<Item = (&str, &str)> {
    items(field).filter_map(|item| item.split_once(PART))
}

fn write_head(client: &Client, to: &mut String) {
    let mut row = Row::begin(to, &client.id);
    row.field([client.name.as_str()]);
    row.field([client.call_me.as_str()]);
    row.field(client.other_names.iter().map(String::as_str));
    row.field([client.company.as_str()]);
    row.field([client.role.as_str()]);
    row.field(client.emails.iter().map(String::as_str));
    row.field(client.phones.iter().map(String::as_str));
    row.field([client.timezone.as_str()]);
    row.field([client.call_hours.as_str()]);
    // They are written down newest first, but a notebook may have been filled by other programs.
    let newest = client.contacts.iter().max_by_key(|contact| &contact.date);
    row.pairs(newest.map(|newest| [newest.date.as_str(), &newest.kind, &newest.topic]));
    row.pairs(
        client
            .dates
            .iter()
            .map(|occasion| [occasion.what.as_str(), &occasion.day]),
    );
    let open = client
        .promises
        .iter()
        .filter(|promise| promise.kept.is_none() && !promise.due.trim().is_empty());
    row.pairs(open.map(|promise| [promise.due.as_str(), &promise.text]));
    row.field([client
        .cadence
        .map_or(String::new(), |days| days.to_string())
        .as_str()]);
    let project = client.projects.iter().find(|project| project.is_active());
    row.field([project.map_or("", |project| project.name.as_str())]);
    row.end();
}

/// Something to be found of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named as the client's fields are")]
pub enum Field {
    Name,
    CallMe,
    OtherName,
    Company,
    Role,
    Email,
    Phone,
    Domain,
    Website,
    Address,
    About,
    Person,
    Project,
    Expertise,
    KnownTerm,
    Interest,
    CaresAbout,
    Holiday,
    Occasion,
    Need,
    Offer,
    MustSucceed,
    Fear,
    ChoseUs,
    Language,
    Promise,
    Note,
    SensitiveNote,
    Contact,
    Timezone,
    CallHours,
    Cadence,
    Kept,
}

impl Field {
    /// All of them, in the order of their numbers.
    const ALL: [Self; 33] = [
        Self::Name,
        Self::CallMe,
        Self::OtherName,
        Self::Company,
        Self::Role,
        Self::Email,
        Self::Phone,
        Self::Domain,
        Self::Website,
        Self::Address,
        Self::About,
        Self::Person,
        Self::Project,
        Self::Expertise,
        Self::KnownTerm,
        Self::Interest,
        Self::CaresAbout,
        Self::Holiday,
        Self::Occasion,
        Self::Need,
        Self::Offer,
        Self::MustSucceed,
        Self::Fear,
        Self::ChoseUs,
        Self::Language,
        Self::Promise,
        Self::Note,
        Self::SensitiveNote,
        Self::Contact,
        Self::Timezone,
        Self::CallHours,
        Self::Cadence,
        Self::Kept,
    ];

    pub(super) fn of_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// How much it says that a word stands here, 0 the most, below 8.
    pub(super) fn rank(self) -> u32 {
        match self {
            Self::Name | Self::CallMe => 0,
            Self::OtherName => 1,
            Self::Company => 2,
            Self::Email | Self::Phone | Self::Role | Self::Domain => 3,
            // Who does a thing comes before who needs it.
            Self::Website
            | Self::Address
            | Self::About
            | Self::Person
            | Self::Occasion
            | Self::Project
            | Self::Offer => 4,
            Self::Note | Self::SensitiveNote | Self::Contact | Self::Kept => 6,
            _ => 5,
        }
    }

    /// The character that stands for it in a row.
    fn tag(self) -> char {
        char::from(b'A' + self as u8)
    }

    fn of_tag(tag: char) -> Option<Self> {
        Self::of_number(u32::from(tag).checked_sub(u32::from('A'))?)
    }
}

/// What can be found in a head, item by item.
pub(super) fn head_items(head: Head<'_>) -> impl Iterator<Item = (Field, &str)> {
    let one = |field, text| std::iter::once((field, text));
    one(Field::Name, head.name())
        .chain(one(Field::CallMe, head.call_me()))
        .chain(head.other_names().map(|name| (Field::OtherName, name)))
        .chain(one(Field::Company, head.company()))
        .chain(one(Field::Role, head.role()))
        .chain(head.emails().map(|address| (Field::Email, address)))
}

/// What else can be found in a head, which nobody looks for at the first key.
pub(super) fn late_head_items(head: Head<'_>) -> [(Field, &str); 2] {
    [
        (Field::Timezone, head.timezone()),
        (Field::CallHours, head.call_hours()),
    ]
}

/// What can be found in details, item by item.
pub(super) fn detail_items(details: &str) -> impl Iterator<Item = (Field, &str)> {
    details.split(FIELD).skip(1).filter_map(|item| {
        let mut chars = item.chars();
        Some((Field::of_tag(chars.next()?)?, chars.as_str()))
    })
}

/// Appends an item to details that are read by [`detail_items`].
pub(super) fn push_item(details: &mut String, field: Field, text: &str) {
    details.push(FIELD);
    details.push(field.tag());
    details.push_str(text);
}

/// The key of a row.
pub(super) fn id_of(row: &str) -> &str {
    field(row, 0)
}

/// An item of details as it is shown: of somebody around the client it tells how old they are today.
pub(super) fn told(item: &str, today: Option<LocalTime>) -> Cow<'_, str> {
    let mut parts = parts(item);
    let said = parts.next().unwrap_or_default();
    let (Some(born), Some(years), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return Cow::Borrowed(item);
    };
    let age_on = years.parse().ok().map(|years| AgeOn {
        years,
        day: day.to_owned(),
        ..AgeOn::default()
    });
    let person = Person {
        born: born.to_owned(),
        age_on,
        ..Person::default()
    };
    let age = today.and_then(|today| person.age(today));
    let about = if matches!(age, Some(Age::About(_))) {
        "about "
    } else {
        ""
    };
    let age = age.map_or_else(String::new, |age| match age.years() {
        1 => format!("{about}1 year old"),
        years => format!("{about}{years} years old"),
    });
    let born = match born {
        "" => String::new(),
        born => format!("born {}", in_words(born)),
    };
    let texts = [said, &age, &born];
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    Cow::Owned(texts.join(", "))
}

/// A day as it is looked for, `14 March 1980`; other text as it stands.
fn in_words(day: &str) -> String {
    day.parse::<PartialDate>()
        .map_or_else(|_| day.trim().to_owned(), PartialDate::in_words)
}

/// The same after what happened on it; empty where no day is told.
fn day_of(what: &str, day: &str) -> String {
    match day.trim() {
        "" => String::new(),
        day => format!("{what} {}", in_words(day)),
    }
}

fn write_details(client: &Client, to: &mut String) {
    let mut row = Row::begin(to, &client.id);
    // The name as it is shown has most of them.
    let parts = &client.name_parts;
    let parts = [
        &parts.prefix,
        &parts.given,
        &parts.middle,
        &parts.family,
        &parts.suffix,
    ];
    let more = parts
        .into_iter()
        .filter(|part| !client.name.contains(part.trim()));
    row.tagged(Field::OtherName, more);
    // Without a label they are found in the head.
    for (field, list) in [(Field::Email, &client.emails), (Field::Phone, &client.phones)] {
        for text in list.iter().filter(|text| !client.label(text).trim().is_empty()) {
            row.said(field, text, &[client.label(text)]);
        }
    }
    row.tagged(Field::Domain, &client.domains);
    for site in &client.websites {
        row.said(Field::Website, site, &[client.label(site)]);
    }
    for address in &client.addresses {
        let [po_box, extended, street, locality, region, code, country] = address.parts();
        let label = address.label.as_str();
        row.joined(
            Field::Address,
            &[label, po_box, extended, street, locality, region, code, country],
        );
    }
    row.tagged(Field::About, [&client.about]);
    for person in &client.people {
        row.person(person);
    }
    for project in &client.projects {
        row.joined(Field::Project, &[&project.name, &project.state]);
    }
    row.tagged(Field::Expertise, &client.expertise);
    row.tagged(Field::KnownTerm, &client.known_terms);
    row.tagged(Field::Interest, &client.interests);
    row.tagged(Field::CaresAbout, &client.cares_about);
    row.tagged(Field::Holiday, &client.holidays);
    for occasion in &client.dates {
        row.joined(Field::Occasion, &[&occasion.what, &in_words(&occasion.day)]);
    }
    row.tagged(Field::Need, &client.needs);
    row.tagged(Field::Offer, &client.offers);
    row.tagged(Field::MustSucceed, [&client.must_succeed]);
    row.tagged(Field::Fear, [&client.fears]);
    row.tagged(Field::ChoseUs, [&client.chose_us]);
    row.tagged(Field::Language, [&client.language]);
    if let Some(days) = client.cadence {
        row.tagged(Field::Cadence, [&format!("every {days} days")]);
    }
    for promise in &client.promises {
        let state = match promise.kept {
            None => "open",
            Some(true) => "kept",
            Some(false) => "not kept",
        };
        let (made, due) = (day_of("promised", &promise.made), day_of("due", &promise.due));
        row.said(Field::Promise, &promise.text, &[&made, &due, state]);
    }
    for note in &client.notes {
        let field = if note.sensitive {
            Field::SensitiveNote
        } else {
            Field::Note
        };
        row.said(field, &note.text, &[&in_words(&note.date)]);
    }
    for contact in &client.contacts {
        let day = in_words(&contact.date);
        row.said(Field::Contact, &contact.topic, &[&contact.kind, &day]);
    }
    for kept in &client.vcard {
        row.kept(kept);
    }
    row.end();
}

/// A row as it is written.
struct Row<'t>(&'t mut String);

impl<'t> Row<'t> {
    fn begin(to: &'t mut String, id: &str) -> Self {
        let mut row = Self(to);
        row.text(id);
        row
    }

    /// A text without what separates rows and fields: what controls a terminal says nothing to people.
    fn text(&mut self, text: &str) {
        for (at, piece) in text.trim().split(char::is_control).enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            self.0.push_str(piece);
        }
    }

    fn field<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) {
        self.pairs(items.into_iter().map(|item| [item]));
    }

    fn pairs<'a, const N: usize>(&mut self, items: impl IntoIterator<Item = [&'a str; N]>) {
        self.0.push(FIELD);
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.0.push(ITEM);
            }
            for (at, part) in item.into_iter().enumerate() {
                if at > 0 {
                    self.0.push(PART);
                }
                self.text(part);
            }
        }
    }

    fn tagged<'a>(&mut self, field: Field, texts: impl IntoIterator<Item = &'a String>) {
        for text in texts {
            self.joined(field, &[text]);
        }
    }

    /// A text, and in brackets what else is known of it.
    fn said(&mut self, field: Field, text: &str, known: &[&str]) {
        let known: Vec<&str> = known
            .iter()
            .map(|known| known.trim())
            .filter(|known| !known.is_empty())
            .collect();
        match (text.trim(), &*known.join(", ")) {
            (text, "") => self.joined(field, &[text]),
            ("", known) => self.joined(field, &[known]),
            (text, known) => self.joined(field, &[&format!("{text} ({known})")]),
        }
    }

    /// Somebody around the client. Their age is worked out by [`told`], since it grows.
    fn person(&mut self, person: &Person) {
        let who = [&*person.name, &person.relation, &person.about];
        let age_on = person.age_on.as_ref();
        let born = person.born.trim();
        if who.iter().all(|text| text.trim().is_empty()) && born.is_empty() && age_on.is_none() {
            return;
        }
        self.item(Field::Person, &who);
        if !born.is_empty() || age_on.is_some() {
            let years = age_on.map_or(String::new(), |age| age.years.to_string());
            let day = age_on.map_or("", |age| &age.day);
            for part in [born, &years, day] {
                self.0.push(PART);
                self.text(part);
            }
        }
    }

    /// What was kept of an imported card, but for pictures and keys: nobody remembers those by their letters.
    fn kept(&mut self, line: &str) {
        const LONGEST: usize = 300;
        if line.len() <= LONGEST && !line.starts_with("UID") && !line.contains(":data:") {
            self.joined(Field::Kept, &[line]);
        }
    }

    fn joined(&mut self, field: Field, texts: &[&str]) {
        if texts.iter().any(|text| !text.trim().is_empty()) {
            self.item(field, texts);
        }
    }

    fn item(&mut self, field: Field, texts: &[&str]) {
        // Writing to a string cannot fail.
        write!(self.0, "{FIELD}{}", field.tag()).ok();
        let texts = texts.iter().filter(|text| !text.trim().is_empty());
        for (at, text) in texts.enumerate() {
            if at > 0 {
                self.0.push_str(", ");
            }
            self.text(text);
        }
    }

    fn end(self) {
        self.0.push(ROW);
    }
}
