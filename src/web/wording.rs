//! How times and numbers read in a sentence.

use crate::client::Contact;
use crate::draft::LocalTime;

/// A time of day as it is said: `4:15 pm`, `9 am`, `noon`.
pub(super) fn clock(at: LocalTime) -> String {
    let (hour, minute) = (at.minute_of_day() / 60, at.minute_of_day() % 60);
    let half = if hour < 12 { "am" } else { "pm" };
    match (hour, minute) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{} {half}", twelve(hour)),
        _ => format!("{}:{minute:02} {half}", twelve(hour)),
    }
}

fn twelve(hour: u32) -> u32 {
    match hour % 12 {
        0 => 12,
        hour => hour,
    }
}

/// How long ago a day was: `today`, `3 weeks ago`. A day still to come reads `in 3 days`. The text
/// as it stands where `date` is no date of the form `2026-10-16`.
pub(super) fn ago(date: &str, today: LocalTime) -> String {
    let Some(days) = days_since(date, today) else {
        return date.to_owned();
    };
    match days {
        1 => "yesterday".to_owned(),
        ..=0 => in_days(-days),
        _ => format!("{} ago", length(days)),
    }
}

/// How soon a day comes that is so many days ahead: `today`, `tomorrow`, `in 3 days`.
pub(super) fn in_days(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("in {}", length(days)),
    }
}

/// How many days ago a day of the form `2026-10-16` was, negative where it is still to come; `None` where it
/// is no such day.
pub(super) fn days_since(date: &str, today: LocalTime) -> Option<i64> {
    let day: LocalTime = format!("{date}T00:00").parse().ok()?;
    Some(today.days_since_1970() - day.days_since_1970())
}

/// A number of days, at least 2, in the largest unit that says enough.
fn length(days: i64) -> String {
    match days {
        ..=13 => count(days, "day"),
        14..=59 => count(days / 7, "week"),
        60..=729 => count(days / 30, "month"),
        _ => count(days / 365, "year"),
    }
}

/// When a client likes to be called, by their noted hours: `likes mornings`; empty when there are none.
pub(super) fn likes(call_hours: &str) -> String {
    match call_hours.trim() {
        "" => String::new(),
        hours => format!("likes {hours}"),
    }
}

/// What a conversation was: `Call: Wording of the product pages`.
pub(super) fn conversation(contact: &Contact) -> String {
    joined(": ", [sentence_case(&contact.kind).as_str(), &contact.topic])
}

/// A number with its noun: `1 finding`, `3 findings`.
pub(super) fn count<N: Copy + From<u8> + PartialEq + std::fmt::Display>(number: N, noun: &str) -> String {
    let plural = if number == N::from(1) { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Names in a row: `Ann`, `Ann and Bo`, `Ann, Bo and 2 others`.
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

/// The parts that say something, with this between them.
pub(super) fn joined<'a>(between: &str, parts: impl IntoIterator<Item = &'a str>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(between)
}

/// The text with its first letter in upper case.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_read_as_they_are_said() {
        for (at, said) in [
            ("00:00", "midnight"),
            ("00:05", "12:05 am"),
            ("09:00", "9 am"),
            ("12:00", "noon"),
            ("12:30", "12:30 pm"),
            ("16:15", "4:15 pm"),
        ] {
            assert_eq!(clock(format!("2026-10-16T{at}").parse().unwrap()), said);
        }
    }

    #[test]
    fn days_read_in_the_largest_unit_that_says_enough() {
        let today = "2026-11-22T18:00".parse().unwrap();
        for (date, said) in [
            ("2026-11-22", "today"),
            ("2026-11-21", "yesterday"),
            ("2026-11-09", "13 days ago"),
            ("2026-11-01", "3 weeks ago"),
            ("2026-09-23", "2 months ago"),
            ("2024-01-01", "2 years ago"),
            ("2026-11-25", "in 3 days"),
            ("last spring", "last spring"),
        ] {
            assert_eq!(ago(date, today), said, "{date}");
        }
    }

    #[test]
    fn long_lists_of_names_are_cut_short() {
        assert_eq!(list(&["Ann"]), "Ann");
        assert_eq!(list(&["Ann", "Bo", "Cy"]), "Ann, Bo and Cy");
        assert_eq!(list(&["Ann", "Bo", "Cy", "Di"]), "Ann, Bo and 2 others");
    }
}
