//! A moment on somebody's wall clock.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Date and time of day as a clock on the wall shows them: no zone, no seconds.
///
/// Turning an instant into the client's local time needs a time zone database, which the core does
/// not have: the pages ask the browser, the command line asks the system.
///
/// ```
/// use candor::draft::{LocalTime, Weekday};
///
/// let friday: LocalTime = "2026-10-16T17:15".parse()?;
/// assert_eq!(friday.weekday(), Weekday::Friday);
/// # Ok::<(), candor::draft::NotALocalTime>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalTime {
    year: i32,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// The text is not of the form `2026-10-16T17:15`, or names a day or hour that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotALocalTime(String);

impl LocalTime {
    /// The minute of the day, 0 to 1439.
    pub fn minute_of_day(self) -> u32 {
        u32::from(self.hour) * 60 + u32::from(self.minute)
    }

    /// What the clock has counted since 1970, in minutes, as if it had never been put forward or back.
    pub(crate) fn minutes_since_1970(self) -> i64 {
        self.days_since_1970() * 24 * 60 + i64::from(self.minute_of_day())
    }

    /// The year, by the Gregorian calendar.
    pub(crate) fn year(self) -> i32 {
        self.year
    }

    /// The day of the week, by the Gregorian calendar.
    pub fn weekday(self) -> Weekday {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        // Day 0, 1 January 1970, was a Thursday.
        let days = [Thursday, Friday, Saturday, Sunday, Monday, Tuesday, Wednesday];
        days[self.days_since_1970().rem_euclid(7) as usize]
    }

    /// Days from 1 January 1970, negative before it.
    ///
    /// Counts years from March, so that the leap day is the last of its year.
    pub(crate) fn days_since_1970(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + leap_days + day_of_year - 719_468
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
        } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

impl FromStr for LocalTime {
    type Err = NotALocalTime;

    /// Reads `2026-10-16T17:15`; seconds after it are allowed and dropped.
    fn from_str(text: &str) -> Result<Self, NotALocalTime> {
        let read = || {
            let (date, time) = text.split_once('T')?;
            let mut date = date.splitn(3, '-');
            let mut time = time.splitn(3, ':');
            let at = Self {
                year: date.next()?.parse().ok()?,
                month: date.next()?.parse().ok()?,
                day: date.next()?.parse().ok()?,
                hour: time.next()?.parse().ok()?,
                minute: time.next()?.parse().ok()?,
            };
            let leap = at.year % 4 == 0 && (at.year % 100 != 0 || at.year % 400 == 0);
            let days = match at.month {
                1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                4 | 6 | 9 | 11 => 30,
                2 => 28 + u8::from(leap),
                _ => return None,
            };
            ((1..=days).contains(&at.day) && at.hour < 24 && at.minute < 60).then_some(at)
        };
        read().ok_or_else(|| NotALocalTime(text.to_owned()))
    }
}

impl TryFrom<String> for LocalTime {
    type Error = NotALocalTime;

    fn try_from(text: String) -> Result<Self, NotALocalTime> {
        text.parse()
    }
}

impl From<LocalTime> for String {
    fn from(at: LocalTime) -> Self {
        at.to_string()
    }
}

impl fmt::Display for NotALocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date and time like 2026-10-16T17:15", self.0)
    }
}

impl std::error::Error for NotALocalTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_follow_the_calendar() {
        for (text, day) in [
            ("1969-12-31T00:00", Weekday::Wednesday),
            ("1970-01-01T00:00", Weekday::Thursday),
            ("2000-02-29T12:00", Weekday::Tuesday),
            ("2024-03-01T12:00", Weekday::Friday),
            ("2026-11-22T03:34", Weekday::Sunday),
            ("2100-02-28T23:59", Weekday::Sunday),
        ] {
            assert_eq!(text.parse::<LocalTime>().unwrap().weekday(), day, "{text}");
        }
    }

    #[test]
    fn days_and_hours_that_do_not_exist_are_refused() {
        for text in [
            "",
            "2026-02-29T10:00",
            "2026-13-01T10:00",
            "2026-01-01T24:00",
            "2026-01-01",
            "soon",
        ] {
            assert!(text.parse::<LocalTime>().is_err(), "{text}");
        }
    }
}
