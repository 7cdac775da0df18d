//! What a date phrase means, and which days that is for a mail sent at a given moment.
//!
//! Nothing is guessed. A phrase that people read in two ways has two readings: `03/04`, "next Friday" while
//! this week's is still to come, a weekday named on that very day, "by next week". A reading that lies
//! before the day of sending cannot be meant.

use super::Due;
use super::calendar::{Day, FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, WEDNESDAY, WeekdayNumber};
use crate::draft::LocalTime;
use crate::order::sort_by_key;

/// A day without its year that is gone by for no longer than this is not promised for next year.
const JUST_GONE_BY: i64 = 60;

/// How a phrase stands in its sentence, by the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// No word: "tomorrow", "I'll send it Friday".
    Bare,
    /// "by", "no later than".
    By,
    /// "before", "ahead of".
    Before,
    /// "on", "at", "in", "over", "this".
    On,
    /// "for": the day of a thing, or the day for which it is ready.
    For,
    /// "from", "as of": the day from which something is there or done.
    From,
    /// "until", "after", "since", "every", "of": a day on which nothing is due.
    Other,
}

/// A part of a week, a month, a quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Start,
    Early,
    Middle,
    End,
    /// So many weeks of a month.
    Weeks(i64),
}

/// Which of the days of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// "Friday"
    Coming,
    /// "next Friday"
    Next,
    /// "the Friday after next"
    AfterNext,
    /// "Friday of this week": so many weeks on.
    OfWeek(i64),
}

/// A day that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day.
    Fixed(i64, i64),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// So many days after the fourth Thursday of November.
    Thanksgiving(i64),
    /// The first Monday of September.
    LaborDay,
    /// The last Monday of May.
    MemorialDay,
}

/// What a date phrase says. Months count from 1; numbers of weeks, months and years from the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum When {
    Days(i64),
    WorkingDays(i64),
    Months(i64),
    Minutes(i64),
    /// A time of day: the minute, and whether it is certain which half of the day is meant.
    Clock(i64, bool),
    /// "in the morning": tomorrow's, once the day has begun.
    Morning,
    Weekday(WeekdayNumber, Which),
    /// "the 3rd", "Thursday the 3rd", "the 3rd of next month".
    DayOfMonth {
        day: i64,
        months: Option<i64>,
        weekday: Option<WeekdayNumber>,
    },
    Date {
        year: Option<i64>,
        month: i64,
        day: i64,
        weekday: Option<WeekdayNumber>,
    },
    /// `03/04`: day and month in the order of the writer's country, which nobody knows.
    Numbers {
        first: i64,
        second: i64,
        year: Option<i64>,
    },
    Week(i64, Part),
    WeekOf(Box<When>),
    /// So many weeks into the year, as ISO 8601 counts them, and which part of that week.
    NumberedWeek(i64, Part),
    Weekend(i64),
    Month(i64, Part),
    NamedMonth(i64, Option<i64>, Part),
    /// "Q3": the quarter, its year, its part.
    NamedQuarter(i64, Option<i64>, Part),
    Quarter(i64, Part),
    Year(i64, Part),
    NamedYear(i64, Part),
    Feast(Feast, Option<i64>),
    /// So many days after another day, or before it.
    Shifted(Box<When>, i64),
    /// A time that no calendar tells: "before the bank holiday".
    Untold,
}

/// First and last day of what a phrase names.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: Day,
    last: Day,
    /// Whether it names a longer time as a whole, so that "by" may mean its beginning or its end.
    whole: bool,
}

impl Stretch {
    fn day(day: Day) -> Self {
        Self {
            first: day,
            last: day,
            whole: false,
        }
    }

    fn whole(first: Day, last: Day) -> Self {
        Self {
            first,
            last,
            whole: true,
        }
    }
}

impl When {
    /// Whether there can be such a day in some year: there is no 31 June.
    pub(super) fn exists(&self) -> bool {
        // A leap year has every day there is.
        let is_day = |year: Option<i64>, month, day| Day::new(year.unwrap_or(2028), month, day).is_some();
        match *self {
            Self::Date { year, month, day, .. } => is_day(year, month, day),
            Self::Numbers { first, second, year } => {
                is_day(year, first, second) || is_day(year, second, first)
            }
            Self::DayOfMonth { day, .. } => (1..=31).contains(&day),
            Self::WeekOf(ref day) | Self::Shifted(ref day, _) => day.exists(),
            _ => true,
        }
    }

    /// Whether it names one day or hour, not a longer time.
    pub(super) fn is_fine(&self) -> bool {
        !matches!(
            self,
            Self::Week(..)
                | Self::WeekOf(_)
                | Self::NumberedWeek(..)
                | Self::Weekend(_)
                | Self::Month(..)
                | Self::NamedMonth(..)
                | Self::Quarter(..)
                | Self::NamedQuarter(..)
                | Self::Year(..)
                | Self::NamedYear(..)
        )
    }

    /// Whether it is told as a time that goes by from now: "in three weeks", "six weeks from today".
    pub(super) fn is_counted(&self) -> bool {
        match self {
            Self::Days(days) => *days > 2,
            Self::WorkingDays(_) | Self::Months(_) | Self::Shifted(..) => true,
            _ => false,
        }
    }

    fn is_end(&self) -> bool {
        matches!(
            self,
            Self::Week(_, Part::End)
                | Self::NumberedWeek(_, Part::End)
                | Self::Month(_, Part::End)
                | Self::NamedMonth(_, _, Part::End)
                | Self::Quarter(_, Part::End)
                | Self::NamedQuarter(_, _, Part::End)
                | Self::Year(_, Part::End)
                | Self::NamedYear(_, Part::End)
        )
    }

    /// By which day this is due for a mail sent at this moment; `None` where that cannot be told, or lies
    /// before it.
    pub(super) fn due(&self, lead: Lead, sent: Option<LocalTime>) -> Option<Due> {
        let stretches = match sent {
            Some(sent) => self.stretches(sent),
            None => self.stretches_without_sending(),
        };
        let mut days: Vec<Day> = stretches
            .into_iter()
            .flatten()
            .flat_map(|stretch| match (lead, self) {
                // What is there before an end is there by the end.
                (Lead::Before, Self::Clock(..) | Self::Morning | Self::Minutes(_)) => [stretch.last; 2],
                (Lead::Before, _) if self.is_end() => [stretch.last; 2],
                // "By the weekend" is before it, as everybody reads it.
                (Lead::By, Self::Weekend(_)) | (Lead::Before, _) => [stretch.first.plus(-1); 2],
                (Lead::By, _) if stretch.whole => [stretch.first, stretch.last],
                _ => [stretch.last; 2],
            })
            .filter(|&day| sent.is_none_or(|sent| Day::of(sent) <= day))
            .collect();
        sort_by_key(&mut days, |&day| day);
        match *days.as_slice() {
            [] => None,
            [first, .., last] if first != last => Some(Due::Either(first, last)),
            [day, ..] => Some(Due::On(day)),
        }
    }

    /// What is certain though nobody knows when the mail is sent: days with their year.
    fn stretches_without_sending(&self) -> [Option<Stretch>; 2] {
        let year = match *self {
            Self::Date { year, .. }
            | Self::Numbers { year, .. }
            | Self::NamedMonth(_, year, _)
            | Self::NamedQuarter(_, year, _)
            | Self::Feast(_, year) => year,
            Self::NamedYear(year, _) => Some(year),
            _ => None,
        };
        // The beginning of that year does as well as any moment.
        let new_year = year.and_then(|year| format!("{year:04}-01-01T00:00").parse().ok());
        new_year.map_or([None, None], |new_year| self.stretches(new_year))
    }

    fn stretches(&self, sent: LocalTime) -> [Option<Stretch>; 2] {
        let today = Day::of(sent);
        let minute = i64::from(sent.minute_of_day());
        let day = |day: Day| days(Some(day), None);
        let one = |stretch: Stretch| [Some(stretch), None];
        match *self {
            Self::Days(count) => day(today.plus(count)),
            Self::WorkingDays(count) => day(today.plus_working_days(count)),
            Self::Months(count) => day(today.plus_months(count)),
            Self::Minutes(count) => day(today.plus((minute + count).div_euclid(24 * 60))),
            Self::Clock(at, sure) => {
                let tomorrow = today.plus(1);
                match (at > minute, sure || at + 12 * 60 <= minute) {
                    (true, _) => day(today),
                    (false, true) => day(tomorrow),
                    // "By 9", written at noon.
                    (false, false) => days(Some(today), Some(tomorrow)),
                }
            }
            Self::Morning if minute < 12 * 60 => days(Some(today), Some(today.plus(1))),
            Self::Morning => day(today.plus(1)),
            Self::Weekday(weekday, which) => weekdays(today, weekday, which),
            Self::DayOfMonth {
                day: of_month,
                months: Some(months),
                ..
            } => {
                let (year, month, _) = today.first_of_month(months).date();
                days(Day::new(year, month, of_month), None)
            }
            Self::DayOfMonth {
                day: of_month,
                months: None,
                weekday,
            } => days_of_month(today, of_month, weekday),
            Self::Date {
                year,
                month,
                day: of_month,
                weekday,
            } => {
                let date = dated(today, year, true, |year| Day::new(year, month, of_month));
                // A weekday that is not the date's: one of the two is wrong.
                let by_weekday = weekday.and_then(|weekday| Some(date?.nearest(weekday)));
                days(by_weekday.or(date), date)
            }
            Self::Numbers { first, second, year } => days(
                dated(today, year, false, |year| Day::new(year, second, first)),
                dated(today, year, false, |year| Day::new(year, first, second)),
            ),
            Self::Week(0, Part::Whole | Part::End) if today.weekday() >= SATURDAY => {
                // Written at a weekend, it is the week that ends or the one that begins.
                days(
                    Some(today.monday(0).plus(SUNDAY)),
                    Some(today.monday(1).plus(FRIDAY)),
                )
            }
            Self::Week(weeks, part) => one(week(today.monday(weeks), part)),
            Self::WeekOf(ref inner) => inner
                .stretches(sent)
                .map(|found| found.map(|found| week(found.first.monday(0), Part::Whole))),
            Self::NumberedWeek(number, part) => {
                // The first week of a year is that of 4 January.
                let stretch = |year| Some(week(Day::new(year, 1, 4)?.monday(number - 1), part));
                [coming(today, None, stretch), None]
            }
            Self::Weekend(weeks) => {
                let weekend = |weeks| {
                    let monday = today.monday(weeks);
                    Some(Stretch::whole(monday.plus(SATURDAY), monday.plus(SUNDAY)))
                };
                let earlier = (weeks > 0 && today.weekday() < SATURDAY).then(|| weekend(weeks - 1));
                [earlier.flatten(), weekend(weeks)]
            }
            Self::Month(months, part) => one(month(today.first_of_month(months), part)),
            Self::NamedMonth(number, year, part) => {
                let stretch = |year| Some(month(Day::new(year, number, 1)?, part));
                [coming(today, year, stretch), None]
            }
            Self::Quarter(ahead, part) => {
                let (_, month, _) = today.date();
                one(quarter(today.first_of_month(3 * ahead - (month - 1) % 3), part))
            }
            Self::NamedQuarter(number, year, part) => {
                let stretch = |year| Some(quarter(Day::new(year, 3 * number - 2, 1)?, part));
                [coming(today, year, stretch), None]
            }
            Self::Year(ahead, part) => [year_of(today.date().0 + ahead, part), None],
            Self::NamedYear(number, part) => [year_of(number, part), None],
            Self::Feast(feast, year) => days(dated(today, year, false, |year| feast.in_year(year)), None),
            Self::Untold => [None, None],
            Self::Shifted(ref inner, by) => inner
                .stretches(sent)
                .map(|found| found.map(|found| Stretch::day(found.last.plus(by)))),
        }
    }
}

impl Feast {
    fn in_year(self, year: i64) -> Option<Day> {
        let first_after = |month, day, weekday| Some(Day::new(year, month, day)?.on_or_after(weekday));
        match self {
            Self::Fixed(month, day) => Day::new(year, month, day),
            Self::Easter(days) => Some(Day::easter(year).plus(days)),
            Self::Thanksgiving(days) => Some(first_after(11, 22, THURSDAY)?.plus(days)),
            Self::LaborDay => first_after(9, 1, MONDAY),
            Self::MemorialDay => first_after(5, 25, MONDAY),
        }
    }
}

fn days(first: Option<Day>, second: Option<Day>) -> [Option<Stretch>; 2] {
    [first.map(Stretch::day), second.map(Stretch::day)]
}

fn weekdays(today: Day, weekday: WeekdayNumber, which: Which) -> [Option<Stretch>; 2] {
    let coming = today.on_or_after(weekday);
    let of_this_week = today.monday(0).plus(weekday);
    match which {
        Which::OfWeek(weeks) => days(Some(today.monday(weeks).plus(weekday)), None),
        Which::Coming => days(Some(coming), (coming == today).then(|| today.plus(7))),
        Which::Next | Which::AfterNext => {
            let more = if which == Which::Next { 0 } else { 7 };
            let next = of_this_week.plus(7 + more);
            // Of a day that is still to come this week, some call that one the next.
            let earlier = (of_this_week > today).then(|| next.plus(-7));
            days(Some(next), earlier)
        }
    }
}

/// The next such day of a month, in which it is this weekday where one is named.
fn days_of_month(today: Day, of_month: i64, weekday: Option<WeekdayNumber>) -> [Option<Stretch>; 2] {
    let mut dates = (0..=3)
        .filter_map(|months| {
            let (year, month, _) = today.first_of_month(months).date();
            Day::new(year, month, of_month)
        })
        .filter(|&day| day >= today);
    let next = dates.next();
    match (next, weekday) {
        (Some(next), Some(weekday)) if next.weekday() != weekday => {
            match dates.find(|day| day.weekday() == weekday) {
                Some(fitting) => days(Some(fitting), None),
                None => days(Some(next.nearest(weekday)), Some(next)),
            }
        }
        _ => days(next, None),
    }
}

/// The day in its year, or the next time it comes round: within a year, and not when it has only just gone by.
fn dated(
    today: Day,
    year: Option<i64>,
    may_be_late: bool,
    in_year: impl Fn(i64) -> Option<Day>,
) -> Option<Day> {
    if let Some(year) = year {
        return in_year(year);
    }
    let (this_year, _, _) = today.date();
    let years = this_year - 1..=this_year + 1;
    let found: Vec<Day> = years.filter_map(in_year).collect();
    let gone_by = found
        .iter()
        .any(|&day| day < today && day.plus(JUST_GONE_BY) >= today);
    found
        .into_iter()
        .find(|&day| day >= today)
        .filter(|_| !(may_be_late && gone_by))
}

/// The stretch in its year, or the next of its name that is not over.
fn coming(today: Day, year: Option<i64>, in_year: impl Fn(i64) -> Option<Stretch>) -> Option<Stretch> {
    let (this_year, _, _) = today.date();
    match year {
        Some(year) => in_year(year),
        None => (this_year..=this_year + 1)
            .filter_map(in_year)
            .find(|stretch| stretch.last >= today),
    }
}

fn week(monday: Day, part: Part) -> Stretch {
    match part {
        Part::Whole | Part::Weeks(_) => Stretch::whole(monday, monday.plus(FRIDAY)),
        Part::Start => Stretch::day(monday),
        Part::Early => Stretch::day(monday.plus(1)),
        Part::Middle => Stretch::day(monday.plus(WEDNESDAY)),
        Part::End => Stretch::day(monday.plus(FRIDAY)),
    }
}

fn month(first: Day, part: Part) -> Stretch {
    match part {
        Part::Whole => Stretch::whole(first, first.last_of_month()),
        Part::Start => Stretch::day(first),
        Part::Early => Stretch::day(first.plus(9)),
        Part::Middle => Stretch::day(first.plus(14)),
        Part::End => Stretch::day(first.last_of_month()),
        Part::Weeks(weeks) => Stretch::day(first.plus(7 * weeks - 1)),
    }
}

fn quarter(first: Day, part: Part) -> Stretch {
    let last = first.first_of_month(2).last_of_month();
    match part {
        Part::Whole | Part::Weeks(_) => Stretch::whole(first, last),
        Part::Start => Stretch::day(first),
        Part::Early => Stretch::day(first.last_of_month()),
        Part::Middle => Stretch::day(first.first_of_month(1).plus(14)),
        Part::End => Stretch::day(last),
    }
}

fn year_of(year: i64, part: Part) -> Option<Stretch> {
    let (first, last) = (Day::new(year, 1, 1)?, Day::new(year, 12, 31)?);
    Some(match part {
        Part::Whole | Part::Weeks(_) => Stretch::whole(first, last),
        Part::Start => Stretch::day(first),
        Part::Early => Stretch::day(first.first_of_month(2).last_of_month()),
        Part::Middle => Stretch::day(first.first_of_month(5).last_of_month()),
        Part::End => Stretch::day(last),
    })
}
