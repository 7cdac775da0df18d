//! Days as people write and read them: `21 April`, `April 21st, 1980`, `1980`.

use crate::client::PartialDate;
use crate::client::date::MONTHS;

/// What a day can look like, for whoever typed something else.
pub(super) const EXAMPLES: &str = "21 April, 21 April 1980 or 1980";

/// The day that is meant; `None` where that is not beyond doubt, as in `4/5`.
pub(super) fn read(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let (mut month, mut day, mut year) = (None, None, None);
    for word in text.split(|char: char| !char.is_alphanumeric()) {
        let digits = word.trim_end_matches(char::is_alphabetic);
        let slot = match (digits.len(), &word[digits.len()..]) {
            (0, "") => continue,
            (0, name) => {
                let number = month_named(name)?;
                (&mut month, number)
            }
            (1 | 2, "" | "st" | "nd" | "rd" | "th") => (&mut day, digits.parse().ok()?),
            (4, "") => (&mut year, digits.parse().ok()?),
            _ => return None,
        };
        let (slot, number): (&mut Option<u16>, u16) = slot;
        if slot.replace(number).is_some() {
            return None;
        }
    }
    let (month, day) = (month?, day?);
    match year {
        Some(year) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("--{month:02}-{day:02}"),
    }
    .parse()
    .ok()
}

/// A day as it reads: `21 April 1980`, `21 April`, `1980`. Other text stands as it is.
pub(super) fn written(day: &str) -> String {
    day.parse::<PartialDate>()
        .map_or_else(|_| day.to_owned(), PartialDate::in_words)
}

/// The number of the month that begins so, by at least three letters.
fn month_named(start: &str) -> Option<u16> {
    let start = start.to_lowercase();
    let is_named = |month: &&str| start.len() >= 3 && month.to_lowercase().starts_with(&start);
    let at = MONTHS.iter().position(is_named)?;
    u16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, day) in [
            ("21 April", "--04-21"),
            ("April 21st, 1980", "1980-04-21"),
            ("3. sept. 2001", "2001-09-03"),
            ("29 feb", "--02-29"),
            ("1980-04-21", "1980-04-21"),
            ("--0421", "--04-21"),
            ("1980", "1980"),
        ] {
            assert_eq!(
                read(text).map(|date| date.to_string()).as_deref(),
                Some(day),
                "{text}"
            );
        }
        for text in [
            "4/5",
            "31 June",
            "soon",
            "April",
            "21",
            "21 22 April",
            "ap 21",
            "1st 1980",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (day, text) in [
            ("--04-01", "1 April"),
            ("1980-12-21", "21 December 1980"),
            ("1980", "1980"),
            ("in spring", "in spring"),
        ] {
            assert_eq!(written(day), text);
            assert_eq!(
                read(text).map(|date| date.to_string()),
                day.parse::<PartialDate>().ok().map(|date| date.to_string())
            );
        }
    }
}
