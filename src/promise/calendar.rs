//! Days by the Gregorian calendar: the arithmetic that date phrases need.

use std::fmt;

use crate::draft::LocalTime;

/// One day by the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Days from 1 January 1970, negative before it.
    number: i64,
}

/// Monday is 0, Sunday is 6.
pub(super) type WeekdayNumber = i64;

pub(super) const MONDAY: WeekdayNumber = 0;
pub(super) const WEDNESDAY: WeekdayNumber = 2;
pub(super) const THURSDAY: WeekdayNumber = 3;
pub(super) const FRIDAY: WeekdayNumber = 4;
pub(super) const SATURDAY: WeekdayNumber = 5;
pub(super) const SUNDAY: WeekdayNumber = 6;

impl Day {
    /// The day on which this moment falls.
    pub(super) fn of(at: LocalTime) -> Self {
        Self {
            number: at.days_since_1970(),
        }
    }

    /// The day of this date; `None` where the calendar has none: 31 June, 29 February 2027.
    pub(super) fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let date = (year, month, day);
        let found = Self::counted(year, month, day);
        ((1..=12).contains(&month) && found.date() == date).then_some(found)
    }

    /// Counts years from March, so that the leap day is the last of its year.
    fn counted(year: i64, month: i64, day: i64) -> Self {
        let march_year = year - i64::from(month <= 2);
        let leap_days = march_year.div_euclid(4) - march_year.div_euclid(100) + march_year.div_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self {
            number: march_year * 365 + leap_days + day_of_year - 719_468,
        }
    }

    /// Year, month and day of the month.
    pub(super) fn date(self) -> (i64, i64, i64) {
        let days = self.number + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }

    pub(super) fn weekday(self) -> WeekdayNumber {
        // Day 0 was a Thursday.
        (self.number + THURSDAY).rem_euclid(7)
    }

    #[must_use]
    pub(super) fn plus(self, days: i64) -> Self {
        Self {
            number: self.number + days,
        }
    }

    /// As many days on that are neither Saturdays nor Sundays.
    #[must_use]
    pub(super) fn plus_working_days(self, count: i64) -> Self {
        let mut day = self;
        for _ in 0..count {
            day = day.plus(1);
            while day.weekday() >= SATURDAY {
                day = day.plus(1);
            }
        }
        day
    }

    /// The same day so many months on, or the last of a month that is too short for it.
    #[must_use]
    pub(super) fn plus_months(self, months: i64) -> Self {
        let (_, _, day) = self.date();
        let first = self.first_of_month(months);
        first.plus(day - 1).min(first.last_of_month())
    }

    /// The first day of the month so many months on.
    #[must_use]
    pub(super) fn first_of_month(self, months: i64) -> Self {
        let (year, month, _) = self.date();
        let counted = year * 12 + month - 1 + months;
        Self::counted(counted.div_euclid(12), counted.rem_euclid(12) + 1, 1)
    }

    /// The last day of this day's month.
    #[must_use]
    pub(super) fn last_of_month(self) -> Self {
        self.first_of_month(1).plus(-1)
    }

    /// The Monday of the week so many weeks on.
    #[must_use]
    pub(super) fn monday(self, weeks: i64) -> Self {
        self.plus(7 * weeks - self.weekday())
    }

    /// The first such weekday on this day or after it.
    #[must_use]
    pub(super) fn on_or_after(self, weekday: WeekdayNumber) -> Self {
        self.plus((weekday - self.weekday()).rem_euclid(7))
    }

    /// The such weekday that is nearest, at most three days away.
    #[must_use]
    pub(super) fn nearest(self, weekday: WeekdayNumber) -> Self {
        self.plus(-3).on_or_after(weekday)
    }

    /// Easter Sunday of the western churches, by the reckoning of Meeus, Jones and Butcher.
    pub(super) fn easter(year: i64) -> Self {
        let golden = year.rem_euclid(19);
        let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
        let shift = century - (century + 8).div_euclid(25) + 1;
        let epact = (19 * golden + century - century.div_euclid(4) - shift.div_euclid(3) + 15).rem_euclid(30);
        let weekday =
            (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
        let correction = (golden + 11 * epact + 22 * weekday) / 451;
        let counted = epact + weekday - 7 * correction + 114;
        Self::counted(year, counted / 31, counted % 31 + 1)
    }
}

impl fmt::Display for Day {
    /// `2026-10-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (year, month, day) in [
            (2026, 6, 31),
            (2027, 2, 29),
            (2100, 2, 29),
            (2026, 13, 1),
            (2026, 0, 1),
            (2026, 1, 0),
            (2026, 1, 32),
        ] {
            assert_eq!(Day::new(year, month, day), None);
        }
        assert!(Day::new(2028, 2, 29).is_some() && Day::new(2000, 2, 29).is_some());
    }

    #[test]
    fn easter_is_when_the_churches_keep_it() {
        for (year, easter) in [
            (1961, "1961-04-02"),
            (2000, "2000-04-23"),
            (2024, "2024-03-31"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(Day::easter(year).to_string(), easter);
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let day = Day::new(2027, 1, 31).unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2027-02-28");
        assert_eq!(day.plus_months(13).to_string(), "2028-02-29");
        assert_eq!(day.plus_months(-2).to_string(), "2026-11-30");
        assert_eq!(day.last_of_month().to_string(), "2027-01-31");
    }

    #[test]
    fn working_days_leave_out_weekends() {
        let friday = Day::new(2026, 10, 16).unwrap();
        assert_eq!(friday.plus_working_days(1).to_string(), "2026-10-19");
        assert_eq!(friday.plus(1).plus_working_days(5).to_string(), "2026-10-23");
    }

    proptest! {
        #[test]
        fn a_day_is_the_day_of_its_date(number in -10_000_000i64..10_000_000) {
            let day = Day { number };
            let (year, month, of_month) = day.date();
            prop_assert_eq!(Day::new(year, month, of_month), Some(day));
            prop_assert_eq!(day.monday(0).weekday(), MONDAY);
            prop_assert!((day.nearest(WEDNESDAY).number - number).abs() <= 3);
        }
    }
}
