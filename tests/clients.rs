//! Records of the notebook: what a released version wrote is read, and written back as it was.

use candor::Client;
use serde_json::Value;

/// Every schema that was released, oldest first: a file for each, never to be changed.
const RELEASED: &[&str] = &[include_str!("fixtures/clients/schema-1.json")];

/// A record with all that this version knows, and keys of a newer one at every level.
const WHOLE: &str = include_str!("fixtures/clients/whole.json");

fn there_and_back(written: &str) -> (Value, Value) {
    let before: Value = serde_json::from_str(written).expect("a fixture is JSON");
    let clients: Vec<Client> = serde_json::from_str(written).expect("a fixture is a list of clients");
    let after = serde_json::to_value(&clients).expect("clients are JSON");
    (before, after)
}

#[test]
fn records_of_released_versions_are_read_and_written_unchanged() {
    for released in RELEASED {
        let (before, after) = there_and_back(released);
        assert_eq!(after, before);
    }
}

#[test]
fn what_a_newer_version_wrote_stays_at_every_level() {
    let (before, after) = there_and_back(WHOLE);
    assert_eq!(after, before);
    // One for the client, and one for each kind of thing in their record.
    assert_eq!(after.to_string().matches("newer").count(), 10);
}

#[test]
fn a_record_may_lack_anything() {
    let client: Client = serde_json::from_str("{}").expect("an empty record is a client");
    assert_eq!(client, Client::default());
}

#[test]
fn what_a_field_cannot_hold_stays_as_it_was() {
    let written = serde_json::json!({
        "name": 7, "emails": "zoe@rye.example", "notes": [{ "date": "2026-11-09", "text": "", "sensitive": "very" }, 1],
        "cadence": -1, "labels": { "a": 1 }, "people": [{ "relation": "child", "name": "Eva", "age_on": "five" }],
    });
    let client: Client = serde_json::from_value(written.clone()).expect("a record");
    assert!(client.name.is_empty() && client.emails.is_empty() && client.notes.is_empty());
    assert_eq!(client.people[0].name, "Eva");
    let after = serde_json::to_value(client).expect("clients are JSON");
    for (key, value) in written.as_object().expect("an object") {
        assert_eq!(after[key], *value, "{key}");
    }
}
