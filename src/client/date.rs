//! Days of which not all is known: a birthday without its year, a year without its day.

use std::fmt;
use std::str::FromStr;

use crate::draft::LocalTime;

/// The months as they are written.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day by the Gregorian calendar of which the year, or all but the year, may be unknown.
///
/// ```
/// use candor::client::PartialDate;
///
/// let birthday: PartialDate = "--0421".parse()?;
/// assert_eq!(birthday.to_string(), "--04-21");
/// assert_eq!(birthday.days_until("2026-04-20T12:00".parse().unwrap()), Some(1));
/// # Ok::<(), candor::client::date::NotADate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    year: Option<u16>,
    day: Option<DayOfYear>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DayOfYear {
    month: u8,
    day: u8,
}

/// How old somebody is, in full years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// By the day of their birth.
    Exactly(u16),
    /// Give or take a year.
    About(u16),
}

/// The text names no day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(String);

impl Age {
    /// The number of years.
    pub fn years(self) -> u16 {
        match self {
            Self::Exactly(years) | Self::About(years) => years,
        }
    }
}

impl PartialDate {
    /// The year, where it is known.
    pub fn year(self) -> Option<u16> {
        self.year
    }

    /// As it reads: `21 April 1980`, `21 April`, `1980`.
    pub fn in_words(self) -> String {
        let day = self.day.and_then(|DayOfYear { month, day }| {
            let month = MONTHS.get(usize::from(month).checked_sub(1)?)?;
            Some(format!("{day} {month}"))
        });
        match (day, self.year) {
            (Some(day), Some(year)) => format!("{day} {year:04}"),
            (Some(day), None) => day,
            (None, Some(year)) => format!("{year:04}"),
            (None, None) => String::new(),
        }
    }

    /// How many days it is until this day of the year comes next, 0 when it is today; `None` when only
    /// the year is known. The 29th of February comes on the 28th in a year without one: rather early
    /// than late.
    pub fn days_until(self, today: LocalTime) -> Option<i64> {
        let day = self.day?;
        let days = |year| Some(day.in_year(year)?.days_since_1970() - today.days_since_1970());
        match days(today.year())? {
            until if until >= 0 => Some(until),
            _ => days(today.year() + 1),
        }
    }

    /// How old is who was born on it; `None` when the year is unknown, or still to come.
    pub fn age(self, today: LocalTime) -> Option<Age> {
        let years = u16::try_from(today.year() - i32::from(self.year?)).ok()?;
        let Some(day) = self.day else {
            return Some(Age::About(years));
        };
        let is_to_come = day.in_year(today.year())?.days_since_1970() > today.days_since_1970();
        Some(Age::Exactly(years.checked_sub(u16::from(is_to_come))?))
    }
}

impl DayOfYear {
    fn in_year(self, year: i32) -> Option<LocalTime> {
        let at = |day| format!("{year:04}-{:02}-{day:02}T00:00", self.month).parse();
        at(self.day).or_else(|_| at(28)).ok()
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    /// Reads `2019-04-21`, `--04-21` and `2019`, also without the hyphens between numbers, as vCards
    /// write them, and with a time of day, which is dropped. `2019-04` is the year alone.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        read(text.trim()).ok_or_else(|| NotADate(text.to_owned()))
    }
}

fn read(text: &str) -> Option<PartialDate> {
    let date = text.split(['T', ' ']).next()?;
    let (yearless, date) = match date.strip_prefix("--") {
        Some(date) => (true, date),
        None => (false, date),
    };
    let is_plain = |byte: u8| byte.is_ascii_digit() || byte == b'-';
    if !date.bytes().all(is_plain) {
        return None;
    }
    let digits: String = date.split('-').collect();
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u16>().ok();
    let day = |from: usize| {
        let day = DayOfYear {
            month: number(from, from + 2)?.try_into().ok()?,
            day: number(from + 2, from + 4)?.try_into().ok()?,
        };
        // A leap year has every day there is.
        format!("2024-{:02}-{:02}T00:00", day.month, day.day)
            .parse::<LocalTime>()
            .is_ok()
            .then_some(day)
    };
    match (yearless, digits.len()) {
        (true, 4) => Some(PartialDate {
            year: None,
            day: Some(day(0)?),
        }),
        (false, 8) => Some(PartialDate {
            year: Some(number(0, 4)?),
            day: Some(day(4)?),
        }),
        (false, 4 | 6) => Some(PartialDate {
            year: Some(number(0, 4)?),
            day: None,
        }),
        _ => None,
    }
}

impl fmt::Display for PartialDate {
    /// `2019-04-21`, `--04-21` or `2019`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.year, self.day) {
            (Some(year), None) => write!(f, "{year:04}"),
            (Some(year), Some(DayOfYear { month, day })) => write!(f, "{year:04}-{month:02}-{day:02}"),
            (None, Some(DayOfYear { month, day })) => write!(f, "--{month:02}-{day:02}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no date like 2019-04-21, --04-21 or 2019", self.0)
    }
}

impl std::error::Error for NotADate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_of_people_and_of_vcards() {
        for (text, shown) in [
            ("2019-04-21", "2019-04-21"),
            ("20190421", "2019-04-21"),
            ("2019-04-21T00:00:00Z", "2019-04-21"),
            ("--04-21", "--04-21"),
            ("--0421", "--04-21"),
            ("--02-29", "--02-29"),
            ("2019", "2019"),
            ("2019-04", "2019"),
        ] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), shown, "{text}");
        }
        for text in [
            "",
            "soon",
            "--13-01",
            "2019-02-30",
            "--",
            "04/21",
            "٢٠١٩",
            "12345",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_comes_back_each_year() {
        let until = |day: &str, today: &str| {
            let today = format!("{today}T23:59").parse().unwrap();
            day.parse::<PartialDate>().unwrap().days_until(today)
        };
        assert_eq!(until("--11-22", "2026-11-22"), Some(0));
        assert_eq!(until("1980-11-21", "2026-11-22"), Some(364));
        assert_eq!(until("--02-29", "2026-02-27"), Some(1));
        assert_eq!(until("--02-29", "2028-02-27"), Some(2));
        assert_eq!(until("1980", "2026-11-22"), None);
    }

    #[test]
    fn nobody_is_younger_than_nothing() {
        let age = |born: &str| {
            born.parse::<PartialDate>()
                .unwrap()
                .age("2026-11-22T00:00".parse().unwrap())
        };
        assert_eq!(age("2027"), None);
        assert_eq!(age("2026-12-01"), None);
        assert_eq!(age("2026-11-22"), Some(Age::Exactly(0)));
    }
}
