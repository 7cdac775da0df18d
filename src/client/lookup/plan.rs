//! On which days something falls due, counted and without a word of what or for whom.
//!
//! The extension's background has no notebook. It counts by this what to remind of on the day that it is, so
//! that a reminder needs no page that was opened, and a clock that was set back does no harm.

use std::collections::BTreeMap;

use serde::Serialize;

use super::agenda::{GONE, day};
use super::shelf::{Head, rows_of};
use crate::client::PartialDate;

/// How many things fall due on which day. Days are counted from 1 January 1970, in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Open promises, by the day on which they are due.
    pub promises: BTreeMap<String, i32>,
    /// Days that come back each year, by month and day: `04-21`.
    pub occasions: BTreeMap<String, i32>,
    /// By how many more clients, or fewer, have heard nothing for too long from this day on.
    pub silent: BTreeMap<String, i32>,
}

impl Plan {
    /// From the heads of all shelves.
    pub fn of<S: AsRef<str>>(shelves: &[S]) -> Self {
        let mut plan = Self::default();
        for head in shelves.iter().flat_map(|shelf| rows_of(shelf.as_ref())).map(Head) {
            for due in head.promises().filter_map(|(due, _)| day(due)) {
                *plan.promises.entry(due.to_string()).or_default() += 1;
            }
            let dates = head
                .occasions()
                .filter_map(|(_, day)| day.parse::<PartialDate>().ok());
            for date in dates.map(|date| date.to_string()) {
                // "--04-21" and "1980-04-21" end alike; a year alone is no day.
                if let Some(start) = date.len().checked_sub("04-21".len()) {
                    *plan.occasions.entry(date[start..].to_owned()).or_default() += 1;
                }
            }
            if let Some(last) = head.last_contact().and_then(|(last, ..)| day(last)) {
                *plan
                    .silent
                    .entry((last + head.patience() + 1).to_string())
                    .or_default() += 1;
                if !head.is_awaited() {
                    *plan.silent.entry((last + GONE).to_string()).or_default() -= 1;
                }
            }
        }
        plan.silent.retain(|_, clients| *clients != 0);
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Client;
    use crate::client::lookup::Shelf;

    #[test]
    fn days_are_counted_and_nothing_else_is_told() {
        let client = |record: &str| serde_json::from_str::<Client>(record).unwrap();
        let mut shelf = Shelf::default();
        shelf.append(&client(
            r#"{"name":"Anna","dates":[{"what":"birthday","day":"1980-04-21"},{"what":"fair","day":"--04-21"},
               {"what":"founded","day":"1999"}],
               "promises":[{"text":"plans","due":"1970-01-11"},{"text":"bricks","due":"1970-01-11","kept":true},
                           {"text":"tiles","due":"soon"}],
               "contacts":[{"date":"1970-01-01"}]}"#,
        ));
        shelf.append(&client(
            r#"{"name":"Ben","contacts":[{"date":"1970-01-01"}],"projects":[{"name":"the shop","state":"going well"}]}"#,
        ));
        let plan = Plan::of(&[shelf.heads]);
        assert_eq!(plan.promises, BTreeMap::from([("10".to_owned(), 1)]));
        assert_eq!(plan.occasions, BTreeMap::from([("04-21".to_owned(), 2)]));
        assert_eq!(
            plan.silent,
            BTreeMap::from([15, 91, 730].map(|day: i32| (day.to_string(), if day == 730 { -1 } else { 1 })))
        );
        let told = serde_json::to_string(&plan).unwrap();
        assert!(!told.contains("plans") && !told.contains("Anna"));
    }
}
