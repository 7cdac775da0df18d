//! Two records of one client made one.
//!
//! Works on the records as JSON, field by field, so that a field which is added to the card is merged like
//! its kind without anything to be done here: text of the newcomer replaces other text, lists are joined
//! without saying anything twice, unknown keys are kept.

use serde_json::{Map, Value};

use super::text::{address_key, same_phone};
use crate::Client;

/// What tells an entry of a list from the others, for lists whose entries are more than text: two that are
/// alike in these may be one, and what else they say is merged. All fields, for a list that is not named.
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

/// Joins a list with another, each entry with one of the other's at most: two children without a name stay two.
fn join(key: &str, known: &mut Vec<Value>, newcomers: Vec<Value>) {
    let (mut entries, texts): (Vec<Value>, Vec<Value>) = newcomers.into_iter().partition(Value::is_object);
    for text in texts {
        if !known.iter().any(|known| is_same(key, known, &text)) {
            known.push(text);
        }
    }
    // Those that nothing was merged into yet. The surest go first, so that none is taken from them.
    let mut free: Vec<usize> = (0..known.len()).collect();
    entries.retain(|entry| {
        take(&mut free, |at| known[at] == *entry);
        let says_so = |known: &Value| {
            let mut both = known.clone();
            merge("", &mut both, entry.clone());
            both == *known
        };
        !known
            .iter()
            .any(|known| is_same(key, known, entry) && says_so(known))
    });
    entries.retain(|entry| {
        let place = take(&mut free, |at| {
            is_same(key, &known[at], entry) && is_compatible(&known[at], entry)
        });
        if let Some(at) = place {
            merge("", &mut known[at], entry.clone());
        }
        place.is_none()
    });
    // What contradicts an entry replaces it, where no other can be meant.
    for (at, entry) in entries.iter().enumerate() {
        let meant: Vec<usize> = free
            .iter()
            .copied()
            .filter(|&at| is_same(key, &known[at], entry))
            .collect();
        let alike = entries.iter().filter(|other| is_same(key, other, entry)).count();
        if is_named(key, entry) && alike == 1 && meant.len() == 1 {
            merge("", &mut known[meant[0]], entry.clone());
        } else if !entries[..at].contains(entry) {
            known.push(entry.clone());
        }
    }
}

/// Takes the first number for which something is so.
fn take(numbers: &mut Vec<usize>, is_so: impl Fn(usize) -> bool) -> Option<usize> {
    let at = numbers.iter().position(|&number| is_so(number))?;
    Some(numbers.remove(at))
}

/// Whether an entry tells by its name who or what it is about, in lists whose entries have one.
fn is_named(key: &str, entry: &Value) -> bool {
    let has_names = SAME
        .iter()
        .any(|(list, fields)| *list == key && fields.contains(&"name"));
    !has_names
        || entry
            .as_object()
            .is_some_and(|entry| !text(entry, "name").is_empty())
}

/// Whether a newcomer says nothing that stands there otherwise.
fn is_compatible(known: &Value, newcomer: &Value) -> bool {
    match (known, newcomer) {
        (Value::Object(known), Value::Object(newcomer)) => newcomer
            .iter()
            .all(|(key, value)| known.get(key).is_none_or(|known| is_compatible(known, value))),
        (Value::Array(_), Value::Array(_)) | (Value::Null, _) | (_, Value::Null) => true,
        (Value::String(one), Value::String(other)) => one.is_empty() || other.is_empty() || one == other,
        _ => known == newcomer,
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
    #[test]
    fn entries_that_only_look_alike_stay_apart() {
        let two_of_each = json!({
            "people": [{"relation": "child", "born": "2015"}, {"relation": "child", "born": "2018"}],
            "dates": [{"what": "Fair", "day": "--05-01"}, {"what": "Fair", "day": "--10-01"}],
            "projects": [{"name": "Website", "state": "done"}, {"name": "Website", "state": "begun"}]
        });
        check(two_of_each.clone(), two_of_each.clone(), two_of_each.clone());
        let mut another = two_of_each.clone();
        another["people"]
            .as_array_mut()
            .unwrap()
            .push(json!({"relation": "child", "born": "2020"}));
        check(two_of_each.clone(), another.clone(), another.clone());
        check(
            two_of_each,
            json!({"people": [{"relation": "child", "born": "2020"}]}),
            another,
        );
    }

    #[test]
    fn what_an_entry_adds_goes_to_the_one_it_fits() {
        check(
            json!({"people": [{"relation": "child", "born": "2015"}, {"relation": "child", "born": "2018"}]}),
            json!({"people": [{"relation": "child", "born": "2018", "about": "cello"}]}),
            json!({"people": [{"relation": "child", "born": "2015"}, {"relation": "child", "born": "2018", "about": "cello"}]}),
        );
    }
}
