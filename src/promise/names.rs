//! The words of date phrases: names of days, months and feasts, numbers, and the words around them.
//!
//! Of words that begin alike the longer stand first.

use std::sync::LazyLock;

use super::calendar::WeekdayNumber;
use super::phrase::{END_OF_DAY, NamedFeast};
use super::when::{Feast, Lead, Part, When};
use super::words::{NUMBERS, OF_DATES, ORDINALS};

/// Words that lead to a date.
pub(super) const LEADS: &[(&str, Lead)] = &[
    ("by no later than", Lead::By),
    ("by the latest", Lead::By),
    ("no later than", Lead::By),
    ("not later than", Lead::By),
    ("at the latest by", Lead::By),
    ("at the latest on", Lead::By),
    ("latest by", Lead::By),
    ("give me until", Lead::By),
    ("give us until", Lead::By),
    ("give me till", Lead::By),
    ("give us till", Lead::By),
    ("give me", Lead::On),
    ("give us", Lead::On),
    ("on my return on", Lead::On),
    ("on my return", Lead::On),
    ("on our return", Lead::On),
    ("in time for", Lead::By),
    ("in good time for", Lead::By),
    ("by", Lead::By),
    ("come", Lead::By),
    ("well ahead of", Lead::Before),
    ("ahead of", Lead::Before),
    ("prior to", Lead::Before),
    ("well before", Lead::Before),
    ("just before", Lead::Before),
    ("this side of", Lead::Before),
    ("before", Lead::Before),
    ("no earlier than", Lead::Other),
    ("not before", Lead::Other),
    ("no sooner than", Lead::Other),
    ("earlier than", Lead::Other),
    ("later than", Lead::Other),
    ("as of", Lead::From),
    ("as from", Lead::From),
    ("with effect from", Lead::From),
    ("starting", Lead::Other),
    ("until", Lead::Other),
    ("till", Lead::Other),
    ("til", Lead::Other),
    ("after", Lead::Other),
    ("from", Lead::From),
    ("since", Lead::Other),
    ("every", Lead::Other),
    ("each", Lead::Other),
    ("last", Lead::Other),
    ("past", Lead::Other),
    ("of", Lead::Other),
    ("than", Lead::Other),
    ("dated", Lead::Other),
    ("except", Lead::Other),
    ("for", Lead::For),
    ("on or before", Lead::By),
    ("on or about", Lead::On),
    ("on or around", Lead::On),
    ("in the course of", Lead::On),
    ("over the course of", Lead::On),
    ("within the space of", Lead::On),
    ("in the space of", Lead::On),
    ("within", Lead::On),
    ("inside of", Lead::On),
    ("inside", Lead::On),
    ("on", Lead::On),
    ("at", Lead::On),
    ("over", Lead::On),
    ("during", Lead::On),
    ("between", Lead::On),
    ("around", Lead::On),
    ("circa", Lead::On),
    ("approx", Lead::On),
    ("approximately", Lead::On),
    ("roughly", Lead::On),
    ("about", Lead::On),
    ("in", Lead::On),
];

/// Days told from the day of sending, by how many days they are away.
pub(super) const NEAR_DAYS: &[(&str, i64)] = &[
    ("the day after tomorrow", 2),
    ("day after tomorrow", 2),
    ("this time tomorrow", 1),
    ("this time next week", 7),
    ("this very day", 0),
    ("this same day", 0),
    ("this morning", 0),
    ("this afternoon", 0),
    ("this evening", 0),
    ("this lunchtime", 0),
    ("this very morning", 0),
    ("this very afternoon", 0),
    ("this very evening", 0),
    ("this arvo", 0),
    ("this aft", 0),
    ("this eve", 0),
    ("this pm", 0),
    ("this day week", 7),
    ("today", 0),
    ("tonight", 0),
    ("tonite", 0),
    ("2nite", 0),
    ("2day", 0),
    ("tomorrow", 1),
    ("tomorow", 1),
    ("tommorow", 1),
    ("tommorrow", 1),
    ("tmrw", 1),
    ("tmw", 1),
    ("tomoz", 1),
    ("2moro", 1),
    ("2morrow", 1),
];

/// As early as a day begins.
pub(super) const FIRST_THING: [&str; 2] = ["first thing", "1st thing"];

/// Parts of a week, month, quarter or year.
pub(super) const PARTS: &[(&str, Part)] = &[
    ("the very end of", Part::End),
    ("the end of", Part::End),
    ("end of", Part::End),
    ("the close of", Part::End),
    ("close of", Part::End),
    ("the back end of", Part::End),
    ("back end of", Part::End),
    ("the tail end of", Part::End),
    ("tail end of", Part::End),
    ("the latter part of", Part::End),
    ("the latter half of", Part::End),
    ("the second half of", Part::End),
    ("the first half of", Part::Middle),
    ("the beginning of", Part::Start),
    ("beginning of", Part::Start),
    ("the start of", Part::Start),
    ("start of", Part::Start),
    ("the middle of", Part::Middle),
    ("middle of", Part::Middle),
    ("the early part of", Part::Early),
    ("early on", Part::Early),
    ("early", Part::Early),
    ("mid", Part::Middle),
    ("later", Part::End),
    ("late", Part::End),
    ("end", Part::End),
];

/// Ends of periods in one word.
pub(super) const ABBREVIATED_ENDS: &[(&str, When)] = &[
    ("eow", When::Week(0, Part::End)),
    ("eom", When::Month(0, Part::End)),
    ("eoq", When::Quarter(0, Part::End)),
    ("eoy", When::Year(0, Part::End)),
    ("midweek", When::Week(0, Part::Middle)),
];

/// Times that people know and no calendar tells.
pub(super) const UNTOLD: &[&str] = &[
    "bank holiday weekend",
    "bank holiday",
    "long weekend",
    "half term",
    "start of term",
    "beginning of term",
    "end of term",
    "start of half-term",
    "end of half-term",
    "end of half term",
    "new year",
    "holidays",
    "holiday season",
    "festive season",
    "clocks go back",
    "clocks go forward",
    "clocks change",
    "payday",
    "diwali",
    "turn of the month",
    "turn of the year",
    "eid",
    "ramadan",
    "passover",
    "hanukkah",
    "mother day",
    "father day",
    "board meeting",
];

/// Times of the year that can be kept to as an end, while "in the spring" leaves everything open.
pub(super) const SEASONS: &[&str] = &["spring", "summer", "autumn", "winter"];

/// Times of day by name, in minutes.
pub(super) const TIMES: &[(&str, i64)] = &[
    ("the end of the working day", END_OF_DAY),
    ("the end of the business day", END_OF_DAY),
    ("end of the working day", END_OF_DAY),
    ("end of the business day", END_OF_DAY),
    ("the end of business", END_OF_DAY),
    ("the end of play", END_OF_DAY),
    ("the end of the day", END_OF_DAY),
    ("the end of my day", END_OF_DAY),
    ("the end of your day", END_OF_DAY),
    ("the close of business", END_OF_DAY),
    ("the close of play", END_OF_DAY),
    ("end of the day", END_OF_DAY),
    ("end of working day", END_OF_DAY),
    ("end of business day", END_OF_DAY),
    ("end of business", END_OF_DAY),
    ("end of day", END_OF_DAY),
    ("end of play", END_OF_DAY),
    ("end of shift", END_OF_DAY),
    ("close of business", END_OF_DAY),
    ("close of play", END_OF_DAY),
    ("close of trading", END_OF_DAY),
    ("day end", END_OF_DAY),
    ("start of business", 9 * 60),
    ("eod", END_OF_DAY),
    ("eob", END_OF_DAY),
    ("cob", END_OF_DAY),
    ("cop", END_OF_DAY),
    ("c.o.b", END_OF_DAY),
    ("e.o.d", END_OF_DAY),
    ("12 noon", 12 * 60),
    ("twelve noon", 12 * 60),
    ("noon", 12 * 60),
    ("midday", 12 * 60),
    ("lunchtime", 13 * 60),
    ("lunch", 13 * 60),
    ("mid morning", 11 * 60),
    ("mid afternoon", 16 * 60),
    ("breakfast", 9 * 60),
    ("teatime", 17 * 60),
    ("midnight", END_OF_DAY),
    ("bedtime", 22 * 60),
];

/// Times of day that are told loosely, and only after words that lead to them.
pub(super) const LOOSE_TIMES: &[(&str, i64)] = &[
    ("late morning", 12 * 60),
    ("early afternoon", 14 * 60),
    ("late afternoon", 17 * 60),
    ("early evening", 18 * 60),
    ("late evening", 22 * 60),
    ("first light", 7 * 60),
    ("sunrise", 7 * 60),
    ("dawn", 7 * 60),
    ("tea time", 17 * 60),
    ("tea", 17 * 60),
    ("sunset", 19 * 60),
    ("dusk", 19 * 60),
    ("nightfall", 20 * 60),
    ("dinner time", 19 * 60),
    ("dinnertime", 19 * 60),
    ("dinner", 19 * 60),
    ("supper", 20 * 60),
];

/// Names of the months and how they are cut short.
pub(super) const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// Days that have a name of their own.
pub(super) const FEASTS: &[NamedFeast] = &[
    ("christmas eve", Feast::Fixed(12, 24)),
    ("christmas day", Feast::Fixed(12, 25)),
    ("christmas", Feast::Fixed(12, 25)),
    ("xmas", Feast::Fixed(12, 25)),
    ("boxing day", Feast::Fixed(12, 26)),
    ("new year eve", Feast::Fixed(12, 31)),
    ("new year day", Feast::Fixed(1, 1)),
    ("new year", Feast::Fixed(1, 1)),
    ("epiphany", Feast::Fixed(1, 6)),
    ("burns night", Feast::Fixed(1, 25)),
    ("bonfire night", Feast::Fixed(11, 5)),
    ("st george day", Feast::Fixed(4, 23)),
    ("all saints", Feast::Fixed(11, 1)),
    ("all souls", Feast::Fixed(11, 2)),
    ("st andrew day", Feast::Fixed(11, 30)),
    ("st nicholas", Feast::Fixed(12, 6)),
    ("australia day", Feast::Fixed(1, 26)),
    ("valentine day", Feast::Fixed(2, 14)),
    ("st patrick day", Feast::Fixed(3, 17)),
    ("anzac day", Feast::Fixed(4, 25)),
    ("canada day", Feast::Fixed(7, 1)),
    ("independence day", Feast::Fixed(7, 4)),
    ("halloween", Feast::Fixed(10, 31)),
    ("bonfire night", Feast::Fixed(11, 5)),
    ("veterans day", Feast::Fixed(11, 11)),
    ("remembrance day", Feast::Fixed(11, 11)),
    ("good friday", Feast::Easter(-2)),
    ("easter sunday", Feast::Easter(0)),
    ("easter monday", Feast::Easter(1)),
    ("easter", Feast::Easter(0)),
    ("ascension day", Feast::Easter(39)),
    ("pentecost", Feast::Easter(49)),
    ("thanksgiving", Feast::Thanksgiving(0)),
    ("black friday", Feast::Thanksgiving(1)),
    ("cyber monday", Feast::Thanksgiving(4)),
    ("labor day", Feast::LaborDay),
    ("memorial day", Feast::MemorialDay),
];

/// The weekday of this name; cut short to another word ("sat", "sun", "wed") only where it is known to be a name.
pub(super) fn weekday(word: &str, is_name: bool) -> Option<WeekdayNumber> {
    let day = match word {
        "monday" => 0,
        "tuesday" | "tue" | "tues" => 1,
        "wednesday" | "weds" => 2,
        "thursday" | "thu" | "thur" | "thurs" => 3,
        "friday" | "fri" => 4,
        "saturday" => 5,
        "sunday" => 6,
        "mon" if is_name => 0,
        "wed" if is_name => 2,
        "sat" if is_name => 5,
        "sun" if is_name => 6,
        _ => return None,
    };
    Some(day)
}

pub(super) fn quarter(word: &str) -> Option<i64> {
    match word {
        "q1" => Some(1),
        "q2" => Some(2),
        "q3" => Some(3),
        "q4" => Some(4),
        _ => None,
    }
}

pub(super) fn number(word: &str) -> Option<i64> {
    let tens = match word {
        "a" | "an" => Some(1),
        "thirty" => Some(30),
        "forty" => Some(40),
        "fifty" => Some(50),
        "sixty" => Some(60),
        "seventy" => Some(70),
        "ninety" => Some(90),
        _ => None,
    };
    tens.or_else(|| {
        (1..)
            .zip(NUMBERS.iter())
            .find(|&(_, &name)| name == word)
            .map(|(number, _)| number)
    })
}

pub(super) fn ordinal(word: &str) -> Option<i64> {
    if word == "thirtieth" {
        return Some(30);
    }
    (1..)
        .zip(ORDINALS.iter())
        .find(|&(_, &name)| name == word)
        .map(|(number, _)| number)
}

/// Hour, minutes, and whether it is after noon where that is said: `5`, `5.30`, `5pm`, `17h`, `five`.
pub(super) fn clock_word(word: &str) -> Option<(i64, i64, Option<bool>)> {
    if let Some(hour) = number(word).filter(|hour| (1..=12).contains(hour) && word != "a" && word != "an") {
        return Some((hour, 0, None));
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (figures, half) = match &word[digits.len()..] {
        "am" => (digits, Some(false)),
        "pm" => (digits, Some(true)),
        "" | "h" => (digits, None),
        // The last letter of `5p.m` follows a full stop, `5 p.m` is two words.
        "m" => match digits.strip_suffix("p.") {
            Some(figures) => (figures, Some(true)),
            None => (digits.strip_suffix("a.")?, Some(false)),
        },
        _ => return None,
    };
    let (hour, minutes) = figures.split_once(['.', 'h']).unwrap_or((figures, "0"));
    let number = |text: &str| -> Option<i64> {
        ((1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    Some((number(hour)?, number(minutes)?, half))
}

/// Whether a word may belong to a date phrase. Asked of every word of a mail, so it looks among the few that
/// begin alike.
pub(super) fn is_of_dates(word: &str) -> bool {
    static BY_LETTER: LazyLock<[Vec<&str>; 26]> = LazyLock::new(|| {
        let letter = |at: usize| {
            let begins = |word: &&&str| usize::from(word.as_bytes()[0] - b'a') == at;
            OF_DATES.iter().filter(begins).copied().collect()
        };
        std::array::from_fn(letter)
    });
    let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    match first {
        b'0'..=b'9' => true,
        b'a'..=b'z' => {
            let word = word.trim_end_matches("'s").trim_end_matches("’s");
            let among = &BY_LETTER[usize::from(first - b'a')];
            among.iter().any(|known| known.eq_ignore_ascii_case(word))
        }
        _ => false,
    }
}
