//! Two records of one client made one.
//!
//! Works on the records as JSON, field by field, so that a field which is added to the card is merged like
//! its kind without anything to be done here: text of the newcomer replaces other text, lists are joined
//! without saying anything twice, unknown keys are kept.

use serde_json::{Map, Value};

use super::text::{address_key, same_phone};
use crate::Client;

/// What tells an entry of a list from the others, for lists whose entries are more than text: two that are
/// alike in these are one, and what else they say is merged. All fields, for a list that is not named.
const SAME: &[(&str, &[&str])] = &[
    ("people", &["relation", "name"]),
    ("projects", &["name"]),
    ("dates", &["what"]),
    ("promises", &["text", "made"]),
    ("notes", &["date", "text"]),
    ("contacts", &["date", "kind", "topic"]),
    (
        "addresses",
        &[
            "po_box", "extended", "street", "locality", "region", "code", "country",
        ],
    ),
];

/// The record with what the newcomer says put into it. The key stays.
pub(super) fn merged(known: &Client, newcomer: &Client) -> Client {
    let (mut merged, newcomer) = (fields(known), fields(newcomer));
    for (key, value) in newcomer {
        if key != "id" {
            merge(&key, merged.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
    // Fields of a client merged with fields of a client are a client's.
    serde_json::from_value(Value::Object(merged)).unwrap_or_else(|_| known.clone())
}

/// The record as the object that it is written as.
pub(super) fn fields(client: &Client) -> Map<String, Value> {
    match serde_json::to_value(client) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn merge(key: &str, known: &mut Value, newcomer: Value) {
    match (known, newcomer) {
        (Value::Array(known), Value::Array(newcomer)) => join(key, known, newcomer),
        (Value::Object(known), Value::Object(newcomer)) => {
            for (key, value) in newcomer {
                merge(&key, known.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (_, Value::String(text)) if text.is_empty() => {}
        (known, newcomer) => *known = newcomer,
    }
}

fn join(key: &str, known: &mut Vec<Value>, newcomers: Vec<Value>) {
    for newcomer in newcomers {
        match known.iter_mut().find(|known| is_same(key, known, &newcomer)) {
            Some(known @ Value::Object(_)) => merge("", known, newcomer),
            Some(_) => {}
            None => known.push(newcomer),
        }
    }
}

fn is_same(key: &str, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => match key {
            "emails" | "domains" => address_key(one) == address_key(other),
            "phones" => one == other || same_phone(one, other),
            // A card has one key of its own; the one that was there first stays.
            "vcard" => one == other || (one.starts_with("UID") && other.starts_with("UID")),
            _ => one.trim().to_lowercase() == other.trim().to_lowercase(),
        },
        // A file that does not say when a note was written tells of the same one each time it is read.
        (Value::Object(one), Value::Object(other)) if key == "notes" && text(other, "date").is_empty() => {
            text(one, "text") == text(other, "text")
        }
        (Value::Object(one), Value::Object(other)) => match SAME.iter().find(|(list, _)| *list == key) {
            Some((_, fields)) => fields.iter().all(|&field| text(one, field) == text(other, field)),
            None => one == other,
        },
        _ => one == other,
    }
}

fn text<'v>(object: &'v Map<String, Value>, field: &str) -> &'v str {
    object.get(field).and_then(Value::as_str).map_or("", str::trim)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(known: Value, newcomer: Value, expected: Value) {
        let client = |value| serde_json::from_value::<Client>(value).unwrap();
        assert_eq!(merged(&client(known), &client(newcomer)), client(expected));
    }

    #[test]
    fn text_is_replaced_and_nothing_erases() {
        check(
            json!({"id": "1", "name": "Zoë", "role": "Baker", "company": "The Rye", "cadence": 7}),
            json!({"id": "2", "name": "Zoë", "role": "Owner", "newer": 1}),
            json!({"id": "1", "name": "Zoë", "role": "Owner", "company": "The Rye", "cadence": 7, "newer": 1}),
        );
    }

    #[test]
    fn lists_are_joined_and_say_nothing_twice() {
        check(
            json!({"emails": ["Zoe@rye.example"], "phones": ["+353 1 555 0117"], "interests": ["Rowing"], "vcard": ["UID:1"]}),
            json!({"emails": ["zoe@rye.example", "z@home.example"], "phones": ["(01) 555 0117"], "interests": ["rowing", "tea"], "vcard": ["UID:2", "X-A:b"]}),
            json!({"emails": ["Zoe@rye.example", "z@home.example"], "phones": ["+353 1 555 0117"], "interests": ["Rowing", "tea"], "vcard": ["UID:1", "X-A:b"]}),
        );
    }

    #[test]
    fn entries_about_the_same_thing_are_merged() {
        check(
            json!({"people": [{"relation": "child", "name": "Eva", "about": "cello"}], "dates": [{"what": "birthday", "day": "--04-21"}]}),
            json!({"people": [{"relation": "child", "name": "Eva", "born": "2019"}, {"relation": "pet", "name": "Rex"}], "dates": [{"what": "birthday", "day": "1980-04-21"}]}),
            json!({
                "people": [{"relation": "child", "name": "Eva", "about": "cello", "born": "2019"}, {"relation": "pet", "name": "Rex"}],
                "dates": [{"what": "birthday", "day": "1980-04-21"}]
            }),
        );
    }
}
