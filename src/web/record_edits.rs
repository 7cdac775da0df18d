//! The form of a client's card and the record behind it: what each field shows, and what becomes of what is
//! typed there.
//!
//! A form works on the record's keys as its markup names them, so a field is added to the card by adding it
//! to the page. Only what was changed is written, in lists each entry for itself: what another page writes
//! into the same client meanwhile stays.

use serde_json::{Map, Value};

use super::{day_words, portrait};
use crate::Client;
use crate::client::{AgeOn, Other as Record, Person};
use crate::draft::LocalTime;

/// How something of a record is written in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as it stands.
    Text,
    /// A list of texts, one a line.
    Lines,
    /// The same, with what each is for behind it: `anna@home.example (home)`.
    Labelled,
    /// A whole number.
    Number,
    /// A day of which the year may be unknown.
    Day,
    /// When a person was born, or how old they are.
    Born,
}

impl Kind {
    /// By its name in the page's markup; text where there is none.
    pub(super) fn named(name: Option<&str>) -> Self {
        match name {
            Some("lines") => Self::Lines,
            Some("labelled") => Self::Labelled,
            Some("number") => Self::Number,
            Some("day") => Self::Day,
            Some("born") => Self::Born,
            _ => Self::Text,
        }
    }
}

/// A field of a form: a key of the record, or of an entry in one of its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// The key; one within an object of the record has the object's before it: `name_parts.given`.
    pub(super) key: String,
    pub(super) kind: Kind,
}

/// What was changed in a form, ready to be written.
#[derive(Debug, Clone)]
pub(super) struct Edits {
    pub(super) fields: Vec<(Column, String)>,
    pub(super) lists: Vec<ListEdits>,
    /// The day on which an age was told.
    pub(super) today: LocalTime,
}

/// What was changed in a list of the record.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ListEdits {
    /// The list's key.
    pub(super) key: String,
    /// Entries as they stood before.
    pub(super) removed: Vec<Value>,
    /// Entries as they stood before, and as they are to be.
    pub(super) changed: Vec<(Value, Value)>,
    pub(super) added: Vec<Value>,
}

impl Edits {
    /// Writes them into a client.
    pub(super) fn apply(&self, client: &mut Client) {
        let mut record = Record::from(std::mem::take(client));
        for (column, text) in &self.fields {
            // What cannot be written was refused when the edits were made.
            put(&mut record, column, text, self.today).ok();
        }
        for edits in &self.lists {
            edits.apply(&mut record);
        }
        *client = record.into();
    }
}

impl ListEdits {
    fn apply(&self, record: &mut Record) {
        let list = record
            .entry(self.key.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        let Value::Array(list) = list else { return };
        for before in &self.removed {
            if let Some(at) = list.iter().position(|entry| entry == before) {
                list.remove(at);
            }
        }
        for (before, after) in &self.changed {
            match list.iter_mut().find(|entry| *entry == before) {
                Some(entry) => entry.clone_from(after),
                // Somebody else changed it meanwhile: both stay.
                None => list.push(after.clone()),
            }
        }
        list.extend(self.added.iter().cloned());
    }
}

/// What a field shows of a record.
pub(super) fn shown(record: &Record, column: &Column, today: LocalTime) -> String {
    let text = || text(record, &column.key);
    match column.kind {
        Kind::Text => text(),
        Kind::Lines => texts(record, &column.key).join("\n"),
        Kind::Labelled => {
            let labels = record.get("labels").and_then(Value::as_object);
            let labelled = |value: &String| {
                let label = labels
                    .and_then(|labels| labels.get(value))
                    .and_then(Value::as_str);
                match label {
                    None | Some("") => value.clone(),
                    Some(label) => format!("{value} ({label})"),
                }
            };
            let lines: Vec<String> = texts(record, &column.key).iter().map(labelled).collect();
            lines.join("\n")
        }
        Kind::Number => record
            .get(&column.key)
            .and_then(Value::as_u64)
            .map_or_else(String::new, |number| number.to_string()),
        Kind::Day => day_words::written(&text()),
        Kind::Born => match text() {
            born if born.is_empty() => Person::from(record.clone())
                .age(today)
                .map(|age| age.years().to_string())
                .unwrap_or_default(),
            born => day_words::written(&born),
        },
    }
}

/// Writes what is typed in a field into a record.
///
/// # Errors
///
/// Why it cannot be written, as a sentence.
pub(super) fn put(record: &mut Record, column: &Column, typed: &str, today: LocalTime) -> Result<(), String> {
    let typed = typed.trim();
    if let Some((object, key)) = column.key.split_once('.') {
        let object = record
            .entry(object.to_owned())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(object) = object {
            object.insert(key.to_owned(), typed.into());
        }
        return Ok(());
    }
    let value = match column.kind {
        Kind::Text => typed.into(),
        Kind::Lines => lines(typed).collect(),
        Kind::Labelled => {
            put_labelled(record, &column.key, typed);
            return Ok(());
        }
        Kind::Number if typed.is_empty() => Value::Null,
        Kind::Number => match typed.parse::<u16>() {
            Ok(number) if number > 0 => number.into(),
            _ => return Err(format!("“{typed}” is no number of days.")),
        },
        Kind::Day if typed.is_empty() => Value::from(""),
        Kind::Day => read_day(typed, day_words::EXAMPLES)?,
        Kind::Born => return put_born(record, typed, today),
    };
    if value.is_null() {
        record.remove(&column.key);
    } else {
        record.insert(column.key.clone(), value);
    }
    Ok(())
}

/// The entries of a list.
pub(super) fn entries<'r>(record: &'r Record, key: &str) -> &'r [Value] {
    record
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// An entry of a list as a record keeps it.
pub(super) fn as_kept(key: &str, entry: Record) -> Value {
    let record = Record::from_iter([(key.to_owned(), Value::Array(vec![entry.clone().into()]))]);
    let kept = Record::from(Client::from(record));
    let entry_of = |kept: &Record| entries(kept, key).first().cloned();
    entry_of(&kept).unwrap_or_else(|| entry.into())
}

/// In a few words what a form would show of some fields and lists; empty where there is nothing.
pub(super) fn digest(
    record: &Record,
    fields: &[&Column],
    lists: &[(&str, &[Column])],
    today: LocalTime,
) -> String {
    let of_fields = fields
        .iter()
        .map(|column| shown(record, column, today).replace('\n', ", "));
    let of_lists = lists.iter().flat_map(|(key, columns)| {
        entries(record, key)
            .iter()
            .filter_map(Value::as_object)
            .map(|entry| {
                let texts = columns
                    .iter()
                    .map(|column| shown(entry, column, today).replace('\n', ", "));
                let texts: Vec<String> = texts.filter(|text| !text.is_empty()).take(3).collect();
                texts.join(", ")
            })
    });
    let parts: Vec<String> = of_lists
        .chain(of_fields)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

/// How old a person of the record is, in words; empty where nobody knows.
pub(super) fn age(entry: &Record, today: LocalTime) -> String {
    let age = Person::from(entry.clone()).age(today);
    age.map(portrait::age).unwrap_or_default()
}

fn put_labelled(record: &mut Record, key: &str, typed: &str) {
    let mut labels = match record.remove("labels") {
        Some(Value::Object(labels)) => labels,
        _ => Map::new(),
    };
    for value in texts(record, key) {
        labels.remove(&value);
    }
    let mut values = Vec::new();
    for line in lines(typed) {
        let (value, label) = labelled(&line);
        if !label.is_empty() {
            labels.insert(value.to_owned(), label.into());
        }
        values.push(Value::from(value));
    }
    record.insert(key.to_owned(), values.into());
    if !labels.is_empty() {
        record.insert("labels".to_owned(), labels.into());
    }
}

/// A line apart from what it is for. Brackets without a letter are part of a phone number.
fn labelled(line: &str) -> (&str, &str) {
    let label = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('))
        .filter(|(value, label)| label.contains(char::is_alphabetic) && !value.trim().is_empty());
    label.map_or((line, ""), |(value, label)| (value.trim_end(), label.trim()))
}

fn put_born(record: &mut Record, typed: &str, today: LocalTime) -> Result<(), String> {
    let mut person = Person::from(std::mem::take(record));
    let told = match typed.parse::<u16>() {
        Ok(years) if typed.len() <= 3 => {
            let day = today.to_string();
            person.born.clear();
            person.age_on = Some(AgeOn {
                years,
                day: day.split('T').next().unwrap_or_default().to_owned(),
                ..person.age_on.take().unwrap_or_default()
            });
            Ok(())
        }
        _ if typed.is_empty() => {
            person.born.clear();
            person.age_on = None;
            Ok(())
        }
        _ => read_day(typed, "7, 2019 or 21 April 2019").map(|born| {
            born.as_str().unwrap_or_default().clone_into(&mut person.born);
            person.age_on = None;
        }),
    };
    *record = person.into();
    told
}

fn read_day(typed: &str, examples: &str) -> Result<Value, String> {
    let day = day_words::read(typed)
        .ok_or_else(|| format!("“{typed}” is not understood here: write {examples}."))?;
    Ok(day.to_string().into())
}

fn text(record: &Record, key: &str) -> String {
    let value = match key.split_once('.') {
        Some((object, key)) => record.get(object).and_then(|object| object.get(key)),
        None => record.get(key),
    };
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(record: &Record, key: &str) -> Vec<String> {
    let texts = entries(record, key).iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const WHOLE: &str = include_str!("../../tests/fixtures/clients/whole.json");

    fn today() -> LocalTime {
        "2026-11-22T09:00".parse().unwrap()
    }

    fn anna() -> Client {
        let [anna] = serde_json::from_str::<[Client; 1]>(WHOLE).unwrap();
        anna
    }

    fn column(key: &str, kind: Kind) -> Column {
        Column {
            key: key.to_owned(),
            kind,
        }
    }

    #[track_caller]
    fn check(record: Value, column: &Column, shows: &str, typed: &str, expected: Value) {
        let Value::Object(mut record) = record else {
            panic!()
        };
        assert_eq!(shown(&record, column, today()), shows);
        put(&mut record, column, typed, today()).unwrap();
        let Value::Object(expected) = expected else {
            panic!()
        };
        assert_eq!(record, expected);
    }

    #[test]
    fn every_kind_of_field_shows_what_there_is_and_takes_what_is_typed() {
        check(
            json!({"role": "Baker"}),
            &column("role", Kind::Text),
            "Baker",
            " Owner ",
            json!({"role": "Owner"}),
        );
        check(
            json!({"offers": ["bread", "rooms"]}),
            &column("offers", Kind::Lines),
            "bread\nrooms",
            "bread\n\n tea ",
            json!({"offers": ["bread", "tea"]}),
        );
        check(
            json!({"cadence": 14}),
            &column("cadence", Kind::Number),
            "14",
            "",
            json!({}),
        );
        check(
            json!({"day": "--04-21"}),
            &column("day", Kind::Day),
            "21 April",
            "April 1, 1980",
            json!({"day": "1980-04-01"}),
        );
        check(
            json!({"name_parts": {"given": "Ann", "newer": 1}}),
            &column("name_parts.given", Kind::Text),
            "Ann",
            "Anna",
            json!({"name_parts": {"given": "Anna", "newer": 1}}),
        );
    }

    #[test]
    fn a_label_stands_behind_what_it_is_about() {
        check(
            json!({"phones": ["+1 (212) 555-0117", "555 (0118)"], "labels": {"+1 (212) 555-0117": "work", "a@b.example": "home"}}),
            &column("phones", Kind::Labelled),
            "+1 (212) 555-0117 (work)\n555 (0118)",
            "555 (0118) (mobile)\n(212)",
            json!({"phones": ["555 (0118)", "(212)"], "labels": {"555 (0118)": "mobile", "a@b.example": "home"}}),
        );
    }

    #[test]
    fn an_age_is_told_or_a_day_of_birth() {
        let born = column("born", Kind::Born);
        check(
            json!({"name": "Tom", "relation": "child", "age_on": {"years": 5, "day": "2024-01-10"}}),
            &born,
            "7",
            "2019",
            json!({"name": "Tom", "relation": "child", "born": "2019"}),
        );
        check(
            json!({"name": "Tom", "relation": "child", "born": "2019-04-21"}),
            &born,
            "21 April 2019",
            "8",
            json!({"name": "Tom", "relation": "child", "age_on": {"years": 8, "day": "2026-11-22"}}),
        );
        let mut tom = Record::new();
        assert!(put(&mut tom, &born, "soon", today()).is_err());
        assert!(put(&mut tom, &column("cadence", Kind::Number), "often", today()).is_err());
    }

    #[test]
    fn edits_of_a_list_leave_alone_what_others_wrote_into_it() {
        let mut client = anna();
        let people = Record::from(client.clone())["people"].clone();
        let edits = Edits {
            fields: vec![(column("role", Kind::Text), "Chair".into())],
            lists: vec![ListEdits {
                key: "people".into(),
                removed: vec![people[0].clone()],
                changed: vec![(people[1].clone(), json!({"relation": "child", "name": "Thomas"}))],
                added: vec![json!({"relation": "pet", "name": "Rex"})],
            }],
            today: today(),
        };
        client.people.insert(
            0,
            Person {
                name: "Bo".into(),
                ..Person::default()
            },
        );
        edits.apply(&mut client);
        let names: Vec<&str> = client.people.iter().map(|person| &*person.name).collect();
        assert_eq!(names, ["Bo", "Thomas", "Rex"]);
        assert_eq!(client.role, "Chair");
        assert!(client.other.contains_key("newer"));
    }

    /// Whatever a record may hold can be seen and changed on the client page.
    #[test]
    fn every_field_of_the_card_has_a_place_on_the_page() {
        let page = include_str!("../../extension/clients.html");
        let record = Record::from(anna());
        let elsewhere = ["id", "labels", "newer", "notes", "contacts", "promises"];
        for (key, value) in record
            .iter()
            .filter(|(key, _)| !elsewhere.contains(&key.as_str()))
        {
            let own = match value {
                Value::Array(list) if list[0].is_object() => format!("data-list=\"{key}\""),
                Value::Object(_) => format!("data-key=\"{key}."),
                _ => format!("data-key=\"{key}\""),
            };
            assert!(page.contains(&own), "the page has no {own}");
            let inner = value.as_array().map_or(value, |list| &list[0]).as_object();
            for part in inner
                .into_iter()
                .flat_map(Map::keys)
                .filter(|part| !["newer", "age_on"].contains(&part.as_str()))
            {
                let of_object = format!("data-key=\"{key}.{part}\"");
                let of_row = format!("data-key=\"{part}\"");
                assert!(
                    page.contains(&of_object) || page.contains(&of_row),
                    "{key} has no {part}"
                );
            }
        }
    }
}
