//! From clients to cards.

use serde_json::Value;

use super::property::{Property, escaped};
use super::{CARD, label, name_for_nameless, notes_as_text, parts_of};
use crate::client::{Client, Occasion, PartialDate, PostalAddress};
use crate::exchange::Details;
use crate::exchange::merging::fields;
use crate::exchange::text::{line, tidy};

/// A version of vCard that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0, by RFC 2426.
    V3,
    /// 4.0, by RFC 6350.
    V4,
}

/// The longest line, in bytes.
const WIDTH: usize = 75;

/// Writes one card for each client.
pub fn write(clients: &[Client], version: Version, details: Details) -> String {
    let mut cards = String::new();
    for client in clients {
        Card {
            lines: &mut cards,
            version,
            labels: 0,
        }
        .write(client, details);
    }
    cards
}

/// The properties, of those that have no field here, that stand on a card to be handed on. All others may be
/// anybody's own, with anything in them.
const ON_CARDS: &[&str] = &[
    "CALADRURI",
    "CALURI",
    "FBURL",
    "GENDER",
    "GEO",
    "IMPP",
    "KEY",
    "LOGO",
    "ORG",
    "PHOTO",
    "ROLE",
    "SOCIALPROFILE",
    "SORT-STRING",
    "SOUND",
    "TITLE",
    "UID",
    "X-PHONETIC-FIRST-NAME",
    "X-PHONETIC-LAST-NAME",
    "X-SOCIALPROFILE",
];

struct Card<'l> {
    lines: &'l mut String,
    version: Version,
    /// How many properties have a label in words.
    labels: usize,
}

impl Card<'_> {
    fn write(mut self, client: &Client, details: Details) {
        self.line("BEGIN:VCARD");
        self.line(match self.version {
            Version::V3 => "VERSION:3.0",
            Version::V4 => "VERSION:4.0",
        });
        self.name(client);
        self.company(client);
        self.list(client, "EMAIL", &client.emails);
        self.list(client, "TEL", &client.phones);
        self.list(client, "URL", &client.websites);
        for (at, address) in client.addresses.iter().enumerate() {
            self.address(address, at == 0 && client.addresses.len() > 1);
        }
        self.day("BDAY", client, Occasion::BIRTHDAY);
        let anniversary = if self.version == Version::V4 {
            "ANNIVERSARY"
        } else {
            "X-ANNIVERSARY"
        };
        self.day(anniversary, client, "anniversary");
        let zone = line(&client.timezone);
        if zone.contains('/') {
            self.property("TZ;VALUE=text", &zone);
        }
        if details == Details::All {
            self.noted(client);
        }
        for kept in &client.vcard {
            if details == Details::All || is_on_cards(kept) {
                self.kept(client, kept);
            }
        }
        if !client.vcard.iter().any(|kept| kept.starts_with("UID")) && !client.id.is_empty() {
            self.line(&format!("UID:urn:uuid:{}", line(&client.id)));
        }
        self.line("END:VCARD");
    }

    fn name(&mut self, client: &Client) {
        let name = line(&client.name);
        let shown = if name.is_empty() {
            line(name_for_nameless(client))
        } else {
            name.clone()
        };
        self.property("FN", &shown);
        let parts = if client.name_parts.is_of(client) {
            client.name_parts.clone()
        } else {
            parts_of(&name)
        };
        let parts = [
            &parts.family,
            &parts.given,
            &parts.middle,
            &parts.prefix,
            &parts.suffix,
        ];
        let parts = parts.map(|part| escaped(&line(part)));
        self.line(&format!("N:{}", parts.join(";")));
        if !client.call_me.is_empty() {
            self.property("NICKNAME", &client.call_me);
        }
    }

    fn company(&mut self, client: &Client) {
        let company = escaped(&line(&client.company));
        let with_units = client.vcard.iter().find(|kept| is_units_of(kept, &company));
        if let Some(units) = with_units {
            self.line(units.trim_end_matches(';'));
        } else if !company.is_empty() {
            self.line(&format!("ORG:{company}"));
        }
        if !client.role.is_empty() {
            self.property("TITLE", &client.role);
        }
    }

    fn list(&mut self, client: &Client, name: &str, values: &[String]) {
        for (at, value) in values.iter().enumerate() {
            let is_first = at == 0 && values.len() > 1;
            let text = line(value);
            let text = if name == "URL" {
                text.replace('\\', "\\\\")
            } else {
                escaped(&text)
            };
            self.labelled(name, client.label(value), is_first, &text);
        }
    }

    fn address(&mut self, address: &PostalAddress, is_first: bool) {
        if !address.is_empty() {
            let parts = address.parts().map(|part| escaped(&tidy(part)));
            self.labelled("ADR", &address.label, is_first, &parts.join(";"));
        }
    }

    /// A property with what it is for: as a type where there is one for it, else in Apple's way, which
    /// Google and Nextcloud know too.
    fn labelled(&mut self, name: &str, label_text: &str, is_first: bool, value: &str) {
        let text = line(label_text);
        let types: Vec<&str> = text
            .split(' ')
            .map(|word| if word == "mobile" { "cell" } else { word })
            .collect();
        let has_types = types
            .iter()
            .all(|word| matches!(*word, "home" | "work" | "cell" | "fax" | "pager"))
            && label(types.iter().copied()) == text;
        let mut head = String::new();
        if !text.is_empty() && !has_types {
            self.labels += 1;
            head = format!("label{}.", self.labels);
        }
        head.push_str(name);
        if has_types {
            head.push_str(";TYPE=");
            head.push_str(&types.join(","));
        }
        if is_first {
            head.push_str(if self.version == Version::V4 {
                ";PREF=1"
            } else {
                ";TYPE=pref"
            });
        }
        self.line(&format!("{head}:{value}"));
        if !text.is_empty() && !has_types {
            self.line(&format!("label{}.X-ABLabel:{}", self.labels, escaped(&text)));
        }
    }

    fn day(&mut self, name: &str, client: &Client, what: &str) {
        let date = client.dates.iter().find(|date| date.what == what);
        let Some(Ok(day)) = date.map(|date| date.day.parse::<PartialDate>()) else {
            return;
        };
        let text = day.to_string();
        match (self.version, text.strip_prefix("--")) {
            (Version::V4, Some(day)) => self.line(&format!("{name}:--{}", day.replace('-', ""))),
            (Version::V4, None) => self.line(&format!("{name}:{}", text.replace('-', ""))),
            // Apple's way, since vCard 3.0 has none.
            (Version::V3, Some(day)) => self.line(&format!("{name};X-APPLE-OMIT-YEAR=1604:1604-{day}")),
            (Version::V3, None) if text.len() == 10 => self.line(&format!("{name}:{text}")),
            (Version::V3, None) => {}
        }
    }

    fn noted(&mut self, client: &Client) {
        if self.version == Version::V4 {
            let language = line(&client.language);
            if !language.is_empty()
                && language
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            {
                self.line(&format!("LANG:{language}"));
            }
            for expertise in &client.expertise {
                self.property("EXPERTISE", expertise);
            }
            for interest in &client.interests {
                self.property("INTEREST", interest);
            }
            for person in &client.people {
                let kind = match &*person.relation {
                    "partner" => "spouse",
                    "child" => "child",
                    "assistant" => "agent",
                    _ => continue,
                };
                self.property(&format!("RELATED;TYPE={kind};VALUE=text"), &person.name);
            }
        }
        let notes = notes_as_text(&client.notes);
        if !notes.is_empty() {
            self.line(&format!("NOTE:{}", escaped(&notes)));
        }
        if let Some(rest) = rest_of(client) {
            self.line(&format!("{CARD}:{}", escaped(&rest)));
        }
    }

    /// A property that was kept from another card, in the way of this version.
    fn kept(&mut self, client: &Client, kept: &str) {
        let kept = line(kept);
        let is_units = is_units_of(&kept, &escaped(&line(&client.company)));
        // Departments of none of the companies are of one that was written over.
        let is_old_company = !client.company.is_empty()
            && has_units(&kept)
            && !client
                .vcard
                .iter()
                .any(|kept| is_units_of(kept, &escaped(&line(&client.company))));
        if is_units || is_old_company || !kept.contains(':') {
            return;
        }
        let inline = kept.split_once(":data:").and_then(|(head, data)| {
            let (media, data) = data.split_once(";base64,")?;
            Some((head, media.rsplit_once('/')?.1, data))
        });
        match inline {
            Some((head, kind, data)) if self.version == Version::V3 => {
                self.line(&format!(
                    "{head};ENCODING=b;TYPE={}:{data}",
                    kind.to_ascii_uppercase()
                ));
            }
            _ => self.line(&kept),
        }
    }

    fn property(&mut self, head: &str, text: &str) {
        let text = line(text);
        if !text.is_empty() {
            self.line(&format!("{head}:{}", escaped(&text)));
        }
    }

    /// A line, folded where it is longer than vCards have them, and never within a character.
    fn line(&mut self, line: &str) {
        let mut used = 0;
        for char in line.chars() {
            if used + char.len_utf8() > WIDTH {
                self.lines.push_str("\r\n ");
                used = 1;
            }
            self.lines.push(char);
            used += char.len_utf8();
        }
        self.lines.push_str("\r\n");
    }
}

/// Whether a property that was kept stands on a card to be handed on.
fn is_on_cards(kept: &str) -> bool {
    let name = kept.split([':', ';']).next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    ON_CARDS.contains(&name)
}

/// Whether this is a company with its departments.
pub(super) fn has_units(kept: &str) -> bool {
    kept.starts_with("ORG:") && Property::read(kept).is_ok_and(|company| company.values.len() > 1)
}

/// Whether this is a company with its departments, and the company is still this one.
fn is_units_of(kept: &str, company: &str) -> bool {
    let rest = kept
        .strip_prefix("ORG:")
        .and_then(|org| org.strip_prefix(company));
    rest.is_some_and(|rest| rest.starts_with(';'))
}

/// What no property of a vCard holds, as JSON; `None` when that is nothing.
fn rest_of(client: &Client) -> Option<String> {
    let rest = Client {
        id: String::new(),
        name: String::new(),
        name_parts: crate::client::NameParts::default(),
        call_me: String::new(),
        company: String::new(),
        role: String::new(),
        emails: Vec::new(),
        phones: Vec::new(),
        labels: std::collections::BTreeMap::new(),
        addresses: Vec::new(),
        websites: Vec::new(),
        vcard: Vec::new(),
        ..client.clone()
    };
    // Those of an empty record say nothing.
    let (mut rest, empty) = (fields(&rest), fields(&Client::default()));
    rest.retain(|key, value| empty.get(key) != Some(value));
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}
