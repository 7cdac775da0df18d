//! What a damaged notebook can be put together from: its records, its journal, the second copy.
//!
//! The journal numbers every change, so whatever of it is left tells which of two records is newer. A
//! record that nothing speaks of is kept: nobody is dropped but who was deleted.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::guard::Holdings;

/// A client's record as JSON, by its key.
pub(super) type Records = BTreeMap<String, String>;

/// What is left, wherever it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Remains {
    /// The records of the database.
    pub(super) records: Records,
    /// The generation of the database by its own account; 0 where it has none.
    pub(super) generation: u32,
    /// All records as they were at a number.
    pub(super) snapshot: Option<(u32, Records)>,
    /// Entries of the journal as JSON, by their numbers.
    pub(super) journal: BTreeMap<u32, String>,
}

/// What can be put back.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Salvaged {
    pub(super) records: Records,
    /// The last change that is in it.
    pub(super) newest: u32,
}

/// One entry, as far as it matters here.
#[derive(Deserialize)]
struct Line<'a> {
    number: u32,
    client: String,
    #[serde(borrow)]
    after: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Keyed {
    id: String,
}

/// A record with its key; `None` for what is no record.
pub(super) fn keyed(record: &str) -> Option<(String, String)> {
    let Keyed { id } = serde_json::from_str(record).ok()?;
    Some((id, record.to_owned()))
}

/// Whether a client may keep this key: one such as the notebook makes, not just anything that a file says.
pub(super) fn is_key(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The records of a JSON list, as many as can be read.
pub(super) fn records(list: &str) -> Records {
    let list: Vec<&RawValue> = serde_json::from_str(list).unwrap_or_default();
    list.iter().filter_map(|record| keyed(record.get())).collect()
}

impl Remains {
    /// Takes in an entry of the journal, and gives its number; `None` when it is no entry.
    pub(super) fn add_entry(&mut self, entry: &str) -> Option<u32> {
        let number = serde_json::from_str::<Line>(entry).ok()?.number;
        self.journal.insert(number, entry.to_owned());
        Some(number)
    }

    /// Takes in what is left by a later look. What was written in between comes with it; what could be
    /// read only before stays.
    pub(super) fn join(&mut self, later: Self) {
        self.journal.extend(later.journal);
        if later.snapshot.as_ref().map(|(number, _)| *number)
            >= self.snapshot.as_ref().map(|(number, _)| *number)
        {
            self.snapshot = later.snapshot;
        }
        if later.generation >= self.generation {
            self.generation = later.generation;
            self.records.extend(later.records);
        } else {
            for (id, record) in later.records {
                self.records.entry(id).or_insert(record);
            }
        }
    }

    /// Puts together the newest of everything.
    pub(super) fn salvage(&self) -> Salvaged {
        let mut last: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        let mut newest = 0;
        if let Some((number, records)) = &self.snapshot {
            newest = *number;
            last.extend(
                records
                    .iter()
                    .map(|(id, record)| (id.as_str(), Some(record.as_str()))),
            );
        }
        let lines: Vec<Line> = self
            .journal
            .values()
            .filter_map(|entry| serde_json::from_str(entry).ok())
            .collect();
        let start = self.snapshot.as_ref().map_or(0, |(number, _)| *number);
        for line in lines.iter().filter(|line| line.number > start) {
            newest = newest.max(line.number);
            if !line.client.is_empty() {
                last.insert(&line.client, line.after.map(RawValue::get));
            }
        }
        // A database that is ahead of all that is left of the journal has the newer records.
        let ahead = self.generation > newest;
        for (id, record) in &self.records {
            if ahead || !last.contains_key(id.as_str()) {
                last.insert(id, Some(record));
            }
        }
        let records = last
            .into_iter()
            .filter_map(|(id, record)| Some((id.to_owned(), record?.to_owned())))
            .collect();
        Salvaged {
            records,
            newest: newest.max(self.generation),
        }
    }
}

impl Salvaged {
    /// Whether this is, to the letter, what was written last.
    pub(super) fn is_all_of(&self, kept: &Holdings) -> bool {
        Holdings::of(kept.generation, self.records.values().map(String::as_str)) == *kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, name: &str) -> String {
        format!(r#"{{"id":"{id}","name":"{name}"}}"#)
    }

    fn entry(number: u32, id: &str, after: Option<&str>) -> String {
        let after = after.map_or("null".to_owned(), |name| record(id, name));
        format!(
            r#"{{"number":{number},"at":"","what":"edit","client":"{id}","before":null,"after":{after}}}"#
        )
    }

    fn set(records: &[(&str, &str)]) -> Records {
        records
            .iter()
            .map(|(id, name)| ((*id).to_owned(), record(id, name)))
            .collect()
    }

    fn remains(entries: &[(u32, &str, Option<&str>)]) -> Remains {
        let mut remains = Remains::default();
        for (number, id, after) in entries {
            assert_eq!(remains.add_entry(&entry(*number, id, *after)), Some(*number));
        }
        remains
    }

    const STORY: [(u32, &str, Option<&str>); 5] = [
        (1, "a", Some("Ann")),
        (2, "b", Some("Bob")),
        (3, "a", Some("Anna")),
        (4, "b", None),
        (5, "c", Some("Cy")),
    ];

    #[test]
    fn an_empty_database_is_put_together_from_the_copied_journal() {
        let salvaged = remains(&STORY).salvage();
        assert_eq!(salvaged.records, set(&[("a", "Anna"), ("c", "Cy")]));
        assert_eq!(salvaged.newest, 5);
        let texts = set(&[("a", "Anna"), ("c", "Cy")]);
        assert!(salvaged.is_all_of(&Holdings::of(5, texts.values().map(String::as_str))));
    }

    #[test]
    fn stale_records_give_way_to_the_journal_and_unknown_ones_stay() {
        let mut remains = remains(&STORY);
        remains.records = set(&[("a", "Ann"), ("b", "Bob"), ("z", "Zoe")]);
        assert_eq!(
            remains.salvage().records,
            set(&[("a", "Anna"), ("c", "Cy"), ("z", "Zoe")]),
            "the deleted one stays deleted, the one that nothing speaks of stays"
        );
    }

    #[test]
    fn a_database_ahead_of_the_copy_keeps_its_own() {
        let mut remains = remains(&STORY[..2]);
        remains.records = set(&[("a", "Anna"), ("c", "Cy")]);
        remains.generation = 5;
        let salvaged = remains.salvage();
        assert_eq!(salvaged.newest, 5);
        assert_eq!(salvaged.records["a"], record("a", "Anna"));
        assert_eq!(salvaged.records["c"], record("c", "Cy"));
        assert_eq!(salvaged.records["b"], record("b", "Bob"), "rather one too many");
    }

    #[test]
    fn a_snapshot_stands_for_all_before_it() {
        let mut remains = remains(&STORY[2..]);
        remains.snapshot = Some((2, set(&[("a", "Ann"), ("b", "Bob"), ("d", "Dan")])));
        assert_eq!(
            remains.salvage().records,
            set(&[("a", "Anna"), ("c", "Cy"), ("d", "Dan")])
        );
        remains.snapshot = Some((4, set(&[("a", "Anna")])));
        assert_eq!(
            remains.salvage().records,
            set(&[("a", "Anna"), ("c", "Cy")]),
            "entries up to it are in it already"
        );
    }

    #[test]
    fn a_later_look_adds_what_was_written_since_and_loses_nothing() {
        let mut seen = remains(&STORY[..3]);
        seen.records = set(&[("a", "Anna"), ("b", "Bob"), ("z", "Zoe")]);
        seen.generation = 3;
        seen.snapshot = Some((1, set(&[("a", "Ann")])));

        let mut written_to = seen.clone();
        let mut later = remains(&STORY);
        later.records = set(&[("a", "Anna"), ("c", "Cy")]);
        later.generation = 5;
        written_to.join(later);
        assert_eq!(
            written_to.salvage().records,
            set(&[("a", "Anna"), ("c", "Cy"), ("z", "Zoe")]),
            "what the other page wrote is there"
        );
        assert_eq!(written_to.salvage().newest, 5);

        let mut emptied = seen.clone();
        emptied.join(Remains::default());
        assert_eq!(emptied, seen, "the browser has begun the database anew");
    }

    #[test]
    fn only_what_the_notebook_would_make_is_a_key() {
        assert!(is_key("6f1d9c1e-2f0a-4c39-9d3a-0d5c0f6f3b11"));
        for other in ["", "a\"]", "Zoë", "a b", &"a".repeat(65)] {
            assert!(!is_key(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_entry_is_said_to_be_none() {
        let mut remains = Remains::default();
        assert_eq!(remains.add_entry("{\"number\":1,\"cli"), None);
        assert!(remains.salvage().records.is_empty());
    }
}
