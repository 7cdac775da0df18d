//! Days of the year as they stand in texts and as they are typed: `14 March`, `March 14th`.
//!
//! A day is indexed as one word beside its own two. Who has something on that day then comes before whoever
//! lives at number 14 and was spoken with in March.

use super::wanted::{LetterSet, Wanted};
use crate::client::date::MONTHS;

/// What a word may be of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Day(u8),
    Month(u8),
}

/// Finds the days among the words of a text, which it hears one after the other.
#[derive(Debug, Default)]
pub(super) struct Days {
    before: Option<Piece>,
}

impl Days {
    /// The word for the day that this folded word and the one before it name.
    pub(super) fn hear(&mut self, word: &str) -> Option<String> {
        let now = piece(word);
        let before = std::mem::replace(&mut self.before, now);
        let found = match (before?, now?) {
            (Piece::Day(day), Piece::Month(month)) | (Piece::Month(month), Piece::Day(day)) => {
                word_of(month, day)
            }
            _ => return None,
        };
        // In `14 March 15 chairs` the second number is of no day.
        self.before = None;
        Some(found)
    }
}

/// A day that is looked for.
#[derive(Debug)]
pub(super) struct WantedDay {
    /// What it is indexed as.
    pub(super) word: String,
    /// How many letters of the month are wrong.
    pub(super) typos: u32,
}

/// The day that two words of a query name, in either order; the month may be begun, or have typos.
pub(super) fn wanted_day(one: &str, other: &str) -> Option<WantedDay> {
    let in_order = |day: &str, month: &str| {
        let day = number(day)?;
        let (month, typos) = month_like(month)?;
        Some(WantedDay {
            word: word_of(month, day),
            typos,
        })
    };
    in_order(one, other).or_else(|| in_order(other, one))
}

/// The number in front of what makes it an ordinal; any other word as it is.
pub(super) fn without_ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    match &word[digits.len()..] {
        "st" | "nd" | "rd" | "th" if !digits.is_empty() => digits,
        _ => word,
    }
}

/// What no text and no query has.
fn word_of(month: u8, day: u8) -> String {
    format!("\u{1}{month:02}{day:02}")
}

fn piece(word: &str) -> Option<Piece> {
    if word.as_bytes().first()?.is_ascii_digit() {
        number(word).map(Piece::Day)
    } else {
        month_named(word).map(Piece::Month)
    }
}

fn number(word: &str) -> Option<u8> {
    let digits = without_ordinal(word);
    // A year is none, and neither is a number with more zeros than a day has.
    if digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The number of the month with this name, or the first three letters of it or more.
fn month_named(word: &str) -> Option<u8> {
    // Asked of every word of every text, so most are turned away by one look.
    let number: u8 = match word.as_bytes().get(..3)? {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        _ => return None,
    };
    let name = MONTHS[usize::from(number) - 1].as_bytes().get(..word.len())?;
    name.eq_ignore_ascii_case(word.as_bytes()).then_some(number)
}

/// The month that a typed word is most like, and how many letters of it are wrong.
fn month_like(word: &str) -> Option<(u8, u32)> {
    if word.len() < 3 || word.contains(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let wanted = Wanted::new(word);
    let like = |(number, name): (u8, &&str)| {
        let name = name.to_ascii_lowercase();
        let likeness = wanted.likeness(&name, LetterSet::of(&name), false)?;
        Some((number, likeness.typos))
    };
    (1..)
        .zip(&MONTHS)
        .filter_map(like)
        .min_by_key(|&(_, typos)| typos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_in_either_order() {
        let found = |text: &str| -> Vec<String> {
            let mut days = Days::default();
            text.split(' ').filter_map(|word| days.hear(word)).collect()
        };
        let march = vec![word_of(3, 14)];
        for text in [
            "birthday 14 march 1980",
            "march 14th",
            "14 mar",
            "1980 march 14 15 chairs",
        ] {
            assert_eq!(found(text), march, "{text}");
        }
        assert_eq!(found("14 march 2 april"), [word_of(3, 14), word_of(4, 2)]);
        for text in [
            "14 marching",
            "1980 march",
            "32 march",
            "march",
            "14",
            "014 may",
            "ma 14",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_typed_day_may_be_begun_or_have_typos() {
        let typed = |one: &str, other: &str| {
            let day = wanted_day(one, other)?;
            Some((day.word, day.typos))
        };
        assert_eq!(typed("14", "march"), Some((word_of(3, 14), 0)));
        assert_eq!(typed("mar", "14th"), Some((word_of(3, 14), 0)));
        assert_eq!(typed("2nd", "febuary"), Some((word_of(2, 2), 1)));
        assert_eq!(typed("14", "ma"), None);
        assert_eq!(typed("14", "lane"), None);
        assert_eq!(typed("14", "15"), None);
    }
}
