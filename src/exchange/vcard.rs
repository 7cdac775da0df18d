//! vCard: reads 2.1, 3.0 and 4.0, writes 3.0 and 4.0.
//!
//! This module finds cards and lines, so that each fault has its line; `calcard` reads what stands in a
//! line. A property that has no field in the notebook is kept as it is and written again. What no vCard
//! has a property for travels as one property of our own, `X-CANDOR-CARD`, which other programs leave
//! alone.

mod lines;
mod property;
mod read;
mod write;

pub(super) use self::read::read;
pub use self::write::{Version, write};

use self::property::escaped;
use super::text::line;
use crate::Client;
use crate::client::{NameParts, Note};

/// Holds, as JSON, what has no property of its own.
const CARD: &str = "X-CANDOR-CARD";

/// Whether this is a text with cards in it.
pub(super) fn is_vcard(text: &str) -> bool {
    // Some programs write a few lines before the first card.
    text.lines().take(100).any(is_begin)
}

fn is_begin(line: &str) -> bool {
    line.trim_start_matches('\u{feff}')
        .trim()
        .eq_ignore_ascii_case("BEGIN:VCARD")
}

fn is_end(line: &str) -> bool {
    line.trim().eq_ignore_ascii_case("END:VCARD")
}

/// The notes as an address book shows them; those marked sensitive stay out of sight there too.
pub(super) fn notes_as_text(notes: &[Note]) -> String {
    let mut text = String::new();
    for note in notes.iter().filter(|note| !note.sensitive) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        if !note.date.is_empty() {
            text.push_str(&note.date);
            text.push_str(": ");
        }
        text.push_str(&note.text);
    }
    super::text::tidy(&text)
}

/// What to call somebody of whom a card tells no name.
fn name_for_nameless(client: &Client) -> &str {
    if client.company.is_empty() {
        client
            .emails
            .first()
            .or(client.phones.first())
            .map_or("", String::as_str)
    } else {
        &client.company
    }
}

/// What types of a property come to in the notebook's words: `work`, `home fax`, `mobile`.
fn label<'t>(types: impl Iterator<Item = &'t str>) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in types {
        let word = match word {
            "internet" | "voice" | "text" | "msg" | "x400" | "textphone" => continue,
            "cell" => "mobile",
            other => other,
        };
        if matches!(word, "home" | "work" | "other") {
            words.insert(0, word);
        } else {
            words.push(word);
        }
    }
    words.join(" ")
}

/// A name in parts, as most of the world would take it apart: the last word is the family's.
pub(super) fn parts_of(name: &str) -> NameParts {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let family = if words.len() > 1 { words.pop() } else { None };
    NameParts {
        given: words.join(" "),
        family: family.unwrap_or_default().to_owned(),
        ..NameParts::default()
    }
}

/// What somebody is to a client, in the notebook's words for those that it has.
pub(super) fn relation(word: &str) -> &str {
    match word {
        "spouse" | "partner" | "husband" | "wife" | "sweetheart" | "domestic partner" => "partner",
        "child" | "son" | "daughter" => "child",
        "agent" | "assistant" => "assistant",
        other => other,
    }
}

/// A company with a department of it, which a card keeps in one property.
pub(super) fn company_with_department(company: &str, department: &str) -> String {
    format!("ORG:{};{}", escaped(company), escaped(department))
}

/// The department that was kept with the client's company; empty for none.
pub(super) fn department(client: &Client) -> String {
    let start = format!("ORG:{};", escaped(&line(&client.company)));
    let kept = client.vcard.iter().find(|kept| kept.starts_with(&start));
    let units = kept
        .and_then(|kept| property::Property::read(kept).ok())
        .map(|org| org.values);
    units.map_or(String::new(), |values| values[1..].join(", "))
}
