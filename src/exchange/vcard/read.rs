//! From cards to clients.

use super::lines::{Line, lines};
use super::property::Property;
use super::write::has_units;
use super::{CARD, is_begin, is_end, name_for_nameless, notes_as_text};
use crate::client::{Client, NameParts, Note, Occasion, PartialDate, Person, PostalAddress};
use crate::exchange::encoding::Text;
use crate::exchange::text::{line, tidy};
use crate::exchange::{Import, LARGEST_CARD, LONGEST_LINE, Record, Rejected, Room};

/// The longest property without a field of its own that is kept, in bytes: each client is read whenever the
/// notebook is.
const LONGEST_KEPT: usize = 16 << 10;

/// Reads all cards of a file; a bad line costs that line, a bad card that card.
pub(in crate::exchange) fn read(text: &mut Text) -> Import {
    let mut reader = Reader::default();
    for line in lines(text) {
        if reader.card.is_none()
            && is_begin(&line.text)
            && let Some(most) = reader.room.full()
        {
            reader.import.stop(line.number, &most);
            return reader.import;
        }
        reader.line(&line);
    }
    if let Some(card) = reader.card.take() {
        let line = card.line;
        reader
            .import
            .reject(line, "", "has no END:VCARD; what stands there was taken");
        reader.finish(card);
    }
    reader.import
}

#[derive(Default)]
struct Reader {
    import: Import,
    room: Room,
    card: Option<Card>,
}

/// A card while it is read.
struct Card {
    line: usize,
    properties: Vec<(usize, Property)>,
    /// How many bytes they have.
    bytes: usize,
    /// How many cards inside this one are open: vCard 2.1 has an agent's within its client's.
    inner: usize,
}

impl Reader {
    fn line(&mut self, line: &Line) {
        if is_begin(&line.text) {
            self.begin(line.number);
        } else if is_end(&line.text) {
            match self.card.as_mut() {
                Some(card) if card.inner > 0 => card.inner -= 1,
                Some(_) => {
                    if let Some(card) = self.card.take() {
                        self.finish(card);
                    }
                }
                None => self
                    .import
                    .reject(line.number, "", "ends a card that was not begun"),
            }
        } else if !line.text.trim().is_empty() {
            self.property(line);
        }
    }

    fn begin(&mut self, number: usize) {
        if let Some(card) = self.card.as_mut() {
            let last = card.properties.last();
            if card.inner > 0 || last.is_some_and(|(_, last)| last.name == "AGENT" && last.text().is_empty())
            {
                card.inner += 1;
                return;
            }
        }
        if let Some(card) = self.card.take() {
            self.import
                .reject(card.line, "", "has no END:VCARD; what stands there was taken");
            self.finish(card);
        }
        self.card = Some(Card {
            line: number,
            properties: Vec::new(),
            bytes: 0,
            inner: 0,
        });
    }

    fn property(&mut self, line: &Line) {
        let Some(card) = self.card.as_mut() else {
            self.import.reject(line.number, "", "stands outside a card");
            return;
        };
        if card.inner > 0 {
            return;
        }
        let field: String = line
            .text
            .split([':', ';'])
            .next()
            .unwrap_or_default()
            .chars()
            .take(40)
            .collect();
        if line.is_too_long() {
            let (long, longest) = (line.length >> 20, LONGEST_LINE >> 20);
            self.import.reject(
                line.number,
                field,
                format!("is {long} MB long, and up to {longest} MB are read"),
            );
            return;
        }
        if card.bytes + line.text.len() > LARGEST_CARD {
            let largest = LARGEST_CARD >> 20;
            let reason = format!("is past the {largest} MB that are read of one card");
            self.import.reject(line.number, field, reason);
            return;
        }
        card.bytes += line.text.len();
        match Property::read(&line.text) {
            Ok(property) => card.properties.push((line.number, property)),
            Err(reason) => self.import.reject(line.number, field, reason),
        }
    }

    fn finish(&mut self, card: Card) {
        let line = card.line;
        let mut rejected = Vec::new();
        match client(card, &mut rejected) {
            Ok((client, bytes)) => {
                self.room.take(bytes);
                self.import.records.push(Record { line, client });
            }
            Err(reason) => self.import.reject(line, "", reason),
        }
        for rejected in rejected {
            self.import.reject(rejected.line, rejected.field, rejected.reason);
        }
    }
}

/// What a card says and how many bytes of it were taken, or why it says nothing of use.
fn client(card: Card, rejected: &mut Vec<Rejected>) -> Result<(Client, usize), &'static str> {
    let is_group = |property: &Property| {
        matches!(&*property.name, "KIND" | "X-ADDRESSBOOKSERVER-KIND")
            && property.raw().trim().eq_ignore_ascii_case("group")
    };
    if card.properties.iter().any(|(_, property)| is_group(property)) {
        return Err("is a group of contacts and nobody by itself");
    }
    let mut filling = Filling::default();
    for (number, property) in &card.properties {
        filling.prepare(*number, property, rejected);
    }
    // Of several, the preferred one comes first, wherever it stands in the card.
    let mut properties = card.properties;
    properties.sort_by_key(|(_, property)| !property.is_preferred);
    let mut bytes = 0;
    for (number, property) in &properties {
        match filling.take(property) {
            Taken::Yes => bytes += property.raw().len(),
            Taken::No(reason) => rejected.push(Rejected::new(*number, property.name.clone(), reason)),
            Taken::Unknown => {
                let kept = property.kept();
                if kept.len() > LONGEST_KEPT {
                    let reason = format!(
                        "is {} KB long, and up to {} KB are kept",
                        kept.len() >> 10,
                        LONGEST_KEPT >> 10
                    );
                    rejected.push(Rejected::new(*number, property.name.clone(), reason));
                } else if !filling.client.vcard.contains(&kept) {
                    bytes += kept.len();
                    filling.client.vcard.push(kept);
                }
            }
        }
    }
    Ok((filling.finish()?, bytes))
}

#[derive(Default)]
struct Filling {
    client: Client,
    /// Apple's labels, by the group that ties each to its property.
    labels: Vec<(String, String)>,
    /// Whether Candor wrote the card.
    is_ours: bool,
}

enum Taken {
    Yes,
    No(&'static str),
    /// It has no field here.
    Unknown,
}

impl Filling {
    /// Takes what has to be known before the rest.
    fn prepare(&mut self, number: usize, property: &Property, rejected: &mut Vec<Rejected>) {
        match &*property.name {
            CARD => match serde_json::from_str(property.text()) {
                Ok(client) => {
                    self.client = client;
                    self.is_ours = true;
                }
                Err(error) => rejected.push(Rejected::new(number, CARD, format!("cannot be read: {error}"))),
            },
            "X-ABLABEL" if !property.group.is_empty() => {
                let label = property.text();
                let label = label
                    .strip_prefix("_$!<")
                    .and_then(|label| label.strip_suffix(">!$_"))
                    .map(str::to_lowercase)
                    .unwrap_or(label.to_owned());
                self.labels.push((property.group.clone(), line(&label)));
            }
            _ => {}
        }
    }

    fn take(&mut self, property: &Property) -> Taken {
        let text = property.text();
        let client = &mut self.client;
        match &*property.name {
            "VERSION" | "PRODID" | "REV" | CARD => {}
            "KIND" if property.raw().trim().eq_ignore_ascii_case("individual") => {}
            "FN" => fill(&mut client.name, &mut client.other_names, &line(text)),
            "N" => {
                let part = |at| line(property.part(at));
                client.name_parts = NameParts {
                    family: part(0),
                    given: part(1),
                    middle: part(2),
                    prefix: part(3),
                    suffix: part(4),
                    ..NameParts::default()
                };
            }
            "NICKNAME" => {
                for name in &property.values {
                    fill(&mut client.call_me, &mut client.other_names, &line(name));
                }
            }
            "ORG" => {
                let company = line(text);
                if client.company.is_empty() {
                    client.company = company;
                } else if !company.is_empty() && company != client.company {
                    return Taken::Unknown;
                }
                // The departments are kept with the company that they are of.
                if property.values.len() > 1 && property.values[1..].iter().any(|unit| !unit.is_empty()) {
                    return Taken::Unknown;
                }
            }
            "TITLE" | "ROLE" => {
                let role = line(text);
                if client.role.is_empty() {
                    client.role = role;
                } else if !role.is_empty() && role != client.role {
                    return Taken::Unknown;
                }
            }
            "EMAIL" => {
                let address = line(text.strip_prefix("mailto:").unwrap_or(text));
                if !address.is_empty() && !address.contains('@') {
                    return Taken::No("is no mail address");
                }
                self.list(property, &address, |client| &mut client.emails);
            }
            "TEL" => {
                let number = text
                    .strip_prefix("tel:")
                    .unwrap_or(text)
                    .replace(";ext=", " ext ");
                self.list(property, &line(&number), |client| &mut client.phones);
            }
            "URL" => self.list(property, &line(text), |client| &mut client.websites),
            "ADR" => {
                let label = self.label(property);
                let part = |at| tidy(property.part(at));
                let address = PostalAddress {
                    label,
                    po_box: part(0),
                    extended: part(1),
                    street: part(2),
                    locality: part(3),
                    region: part(4),
                    code: part(5),
                    country: part(6),
                    ..PostalAddress::default()
                };
                if !address.is_empty() && !self.client.addresses.contains(&address) {
                    self.client.addresses.push(address);
                }
            }
            _ => return self.take_person(property),
        }
        Taken::Yes
    }

    /// What belongs to the person rather than to their visiting card.
    fn take_person(&mut self, property: &Property) -> Taken {
        let text = property.text();
        match &*property.name {
            "BDAY" => return self.day(Occasion::BIRTHDAY, property),
            "ANNIVERSARY" | "X-ANNIVERSARY" | "X-MS-ANNIVERSARY" | "X-EVOLUTION-ANNIVERSARY" => {
                return self.day("anniversary", property);
            }
            "X-ABDATE" => {
                let what = self.label(property);
                return self.day(if what.is_empty() { "date" } else { &what }, property);
            }
            "TZ" if text.contains('/')
                && property
                    .parameter("VALUE")
                    .is_none_or(|value| value.eq_ignore_ascii_case("text")) =>
            {
                if self.client.timezone.is_empty() {
                    self.client.timezone = line(property.raw());
                }
            }
            "LANG" if self.client.language.is_empty() => self.client.language = line(text),
            "LANG" if self.client.language == text => {}
            "EXPERTISE" => add(&mut self.client.expertise, line(text)),
            "HOBBY" | "INTEREST" => add(&mut self.client.interests, line(text)),
            "NOTE" => self.note(text),
            "RELATED" => {
                if text.contains("://") || text.starts_with("urn:") || text.starts_with("mailto:") {
                    return Taken::Unknown;
                }
                let relation = property.types.first().map_or("", String::as_str).to_owned();
                self.person(&relation, text);
            }
            "X-ABRELATEDNAMES" => {
                let relation = self.label(property);
                self.person(&relation, text);
            }
            "X-SPOUSE" | "X-MS-SPOUSE" | "X-EVOLUTION-SPOUSE" | "X-KADDRESSBOOK-X-SPOUSESNAME" => {
                self.person("spouse", text);
            }
            "X-ASSISTANT"
            | "X-MS-ASSISTANT"
            | "X-EVOLUTION-ASSISTANT"
            | "X-KADDRESSBOOK-X-ASSISTANTSNAME" => {
                self.person("assistant", text);
            }
            "X-MS-CHILD" => self.person("child", text),
            "X-ABLABEL" if !property.group.is_empty() => return self.loose_label(property),
            _ => return Taken::Unknown,
        }
        Taken::Yes
    }

    /// A label whose property has a field here is part of that field.
    fn loose_label(&self, property: &Property) -> Taken {
        let of_kept = |kept: &String| {
            kept.split_once('.')
                .is_some_and(|(group, _)| group == property.group)
        };
        if self.client.vcard.iter().any(of_kept) {
            Taken::Unknown
        } else {
            Taken::Yes
        }
    }

    fn list(&mut self, property: &Property, value: &str, list: fn(&mut Client) -> &mut Vec<String>) {
        if value.is_empty() {
            return;
        }
        let label = self.label(property);
        add(list(&mut self.client), value.to_owned());
        if !label.is_empty() {
            self.client.labels.entry(value.to_owned()).or_insert(label);
        }
    }

    /// What a property is for, in the words of the notebook.
    fn label(&self, property: &Property) -> String {
        let own = self
            .labels
            .iter()
            .find(|(group, _)| *group == property.group && !group.is_empty());
        if let Some((_, label)) = own {
            return label.clone();
        }
        super::label(property.types.iter().map(String::as_str))
    }

    fn day(&mut self, what: &str, property: &Property) -> Taken {
        let raw = property.raw().trim();
        // Apple writes a birthday without its year in a year of its own.
        let omitted = property
            .parameter("X-APPLE-OMIT-YEAR")
            .and_then(|year| raw.strip_prefix(year));
        let text = omitted.map_or(raw.to_owned(), |day| format!("-{day}"));
        let Ok(day) = text.parse::<PartialDate>() else {
            return if raw.is_empty() {
                Taken::Yes
            } else {
                Taken::No("is no date that can be read")
            };
        };
        let dates = &mut self.client.dates;
        match dates.iter_mut().find(|date| date.what == what) {
            Some(known) if known.day.parse() == Ok(day) => {}
            Some(known) if self.is_ours => known.day = day.to_string(),
            _ => dates.push(Occasion {
                what: what.to_owned(),
                day: day.to_string(),
                ..Occasion::default()
            }),
        }
        Taken::Yes
    }

    fn note(&mut self, text: &str) {
        let is_known = self.is_ours && text == notes_as_text(&self.client.notes);
        if !text.is_empty() && !is_known {
            self.client.notes.insert(
                0,
                Note {
                    text: text.to_owned(),
                    ..Note::default()
                },
            );
        }
    }

    fn person(&mut self, relation: &str, name: &str) {
        let relation = super::relation(relation);
        let name = line(name);
        let is_known = |person: &Person| person.relation == relation && person.name == name;
        if !name.is_empty() && !self.client.people.iter().any(is_known) {
            self.client.people.push(Person {
                relation: relation.to_owned(),
                name,
                ..Person::default()
            });
        }
    }

    fn finish(self) -> Result<Client, &'static str> {
        let mut client = self.client;
        if client.name.is_empty() {
            client.name = client.name_parts.full_name();
        }
        if client.name.is_empty() {
            let name = name_for_nameless(&client).to_owned();
            client.name = name;
        }
        if client.name.is_empty() {
            return Err("tells no name, company, address or number");
        }
        // Without the first company among them, departments of a further one would be taken for those of a company
        // that was written over.
        let first = super::company_with_department(&client.company, "");
        let is_further = |kept: &String| has_units(kept) && !kept.starts_with(&first);
        if !client.company.is_empty()
            && client.vcard.iter().any(is_further)
            && !client.vcard.iter().any(|kept| kept.starts_with(&first))
        {
            client.vcard.insert(0, first);
        }
        if client.name_parts == super::parts_of(&client.name) || client.name_parts.full_name().is_empty() {
            client.name_parts = NameParts::default();
        }
        Ok(client)
    }
}

/// The first goes into the field, what differs from it among the others.
fn fill(field: &mut String, others: &mut Vec<String>, text: &str) {
    if field.is_empty() {
        text.clone_into(field);
    } else if field != text {
        add(others, text.to_owned());
    }
}

fn add(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
