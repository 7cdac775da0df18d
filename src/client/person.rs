//! A client's name, the people around them, and the days they keep.

use serde::{Deserialize, Serialize};

use super::date::{Age, PartialDate};
use super::{Client, Other};
use crate::draft::LocalTime;

/// A name in the parts that address books exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct NameParts {
    /// `Dr.`
    pub prefix: String,
    /// `Anna`
    pub given: String,
    /// `Maria`
    pub middle: String,
    /// `van den Berg`
    pub family: String,
    /// `MBA`
    pub suffix: String,
    /// Keys this version does not know.
    pub other: Other,
}

impl NameParts {
    /// Whether nothing is known of them.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts in the order in which most of the world writes a full name.
    pub fn full_name(&self) -> String {
        let parts = [
            &self.prefix,
            &self.given,
            &self.middle,
            &self.family,
            &self.suffix,
        ];
        let words: Vec<&str> = parts
            .into_iter()
            .flat_map(|part| part.split_whitespace())
            .collect();
        words.join(" ")
    }

    /// Whether these are still the parts of the client's name: it may have been changed since, and some
    /// are written in another order.
    pub fn is_of(&self, client: &Client) -> bool {
        let is_in_name = |part: &String| {
            let mut words = part.split_whitespace().peekable();
            words.peek().is_some() && words.all(|word| client.name.contains(word))
        };
        let named = [&self.given, &self.family];
        named.iter().any(|part| is_in_name(part))
            && named
                .iter()
                .all(|part| part.trim().is_empty() || is_in_name(part))
    }
}

/// Somebody around a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Person {
    /// What they are to the client: `partner`, `child`, `assistant`, `pet`, or other words.
    pub relation: String,
    /// What they are called.
    pub name: String,
    /// When they were born, as much of it as is known, read by [`PartialDate`]: `2019-04-21`, `2019`.
    pub born: String,
    /// How old they were on some day, where nobody knows when they were born.
    pub age_on: Option<AgeOn>,
    /// What is worth remembering about them: `plays the cello`.
    pub about: String,
    /// Keys this version does not know.
    pub other: Other,
}

/// An age that was told on some day: it grows by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct AgeOn {
    /// Full years.
    pub years: u16,
    /// The day on which they were that old, `2026-10-16`.
    pub day: String,
    /// Keys this version does not know.
    pub other: Other,
}

impl Person {
    /// How old they are today; `None` when nobody knows.
    pub fn age(&self, today: LocalTime) -> Option<Age> {
        if let Ok(born) = self.born.parse::<PartialDate>() {
            return born.age(today);
        }
        let told = self.age_on.as_ref()?;
        let on: PartialDate = told.day.parse().ok()?;
        let since = on.age(today)?.years();
        Some(Age::About(told.years.saturating_add(since)))
    }
}

/// A day that comes back each year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Occasion {
    /// What it is: `birthday`, `anniversary`, or the name of their event.
    pub what: String,
    /// The day, with its first year or without one, read by [`PartialDate`]: `1980-04-21`, `--04-21`.
    pub day: String,
    /// Keys this version does not know.
    pub other: Other,
}

impl Occasion {
    /// What the client's own birthday is called in a record.
    pub const BIRTHDAY: &str = "birthday";

    /// How many days it is until this day comes next, 0 when it is today; `None` when it names no day.
    pub fn days_until(&self, today: LocalTime) -> Option<i64> {
        self.day.parse::<PartialDate>().ok()?.days_until(today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> LocalTime {
        "2026-11-22T09:00".parse().unwrap()
    }

    #[test]
    fn ages_grow_from_what_was_told() {
        let age = |born: &str, age_on: Option<(u16, &str)>| {
            let age_on = age_on.map(|(years, day)| AgeOn {
                years,
                day: day.to_owned(),
                ..AgeOn::default()
            });
            Person {
                born: born.to_owned(),
                age_on,
                ..Person::default()
            }
            .age(today())
        };
        assert_eq!(age("2019-11-22", None), Some(Age::Exactly(7)));
        assert_eq!(age("2019-11-23", None), Some(Age::Exactly(6)));
        assert_eq!(age("2019", None), Some(Age::About(7)));
        assert_eq!(age("", Some((5, "2024-01-10"))), Some(Age::About(7)));
        assert_eq!(
            age("", Some((u16::MAX, "2024-01-10"))),
            Some(Age::About(u16::MAX))
        );
        assert_eq!(age("--04-21", None), None);
        assert_eq!(age("soon", None), None);
    }

    #[test]
    fn parts_are_of_the_name_that_they_make_up_in_any_order() {
        let parts = NameParts {
            given: "Anna Maria".into(),
            family: "van den Berg".into(),
            ..NameParts::default()
        };
        let of = |name: &str| {
            parts.is_of(&Client {
                name: name.to_owned(),
                ..Client::default()
            })
        };
        assert!(of("Anna Maria van den Berg"));
        assert!(of("van den Berg, Anna Maria"));
        assert!(!of("Anna Maria Smith"));
        assert!(!NameParts::default().is_of(&Client::default()));
    }
}
