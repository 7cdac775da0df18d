//! The next moment at which a call is welcome, on the client's clock and the writer's.
//!
//! Clocks are functions from instants to what they show, so that days on which they are put forward or back
//! come out right, whoever knows the time zones: the browser, or a database.

use super::CallHours;
use crate::draft::LocalTime;

/// Minutes since 1970 in UTC.
pub type Instant = i64;

/// The same moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the client's clock shows.
    pub theirs: LocalTime,
    /// What the writer's clock shows.
    pub ours: LocalTime,
}

/// How far to look: a week on, every hour of one has been seen.
const HORIZON: i64 = 8 * 24 * 60;

/// How far to look for one at which the writer is awake.
const NEAR: i64 = 3 * 24 * 60;

/// Nobody plans a call by the minute.
const STEP: i64 = 30;

/// When the writer makes calls, in minutes of their day.
const AWAKE: std::ops::Range<u32> = 7 * 60..21 * 60;

/// The first moment after now within the client's hours; within three days one at which the writer is awake
/// goes before. `None` where a clock does not tell, or the hours never come.
pub fn good_moment(
    now: Instant,
    hours: &CallHours,
    theirs: impl Fn(Instant) -> Option<LocalTime>,
    ours: impl Fn(Instant) -> Option<LocalTime>,
) -> Option<Moment> {
    let start = theirs(now)?.minutes_since_1970();
    let suits = |wall: i64| hours.suit_minutes(wall);
    // Where hours begin, and every half hour within them.
    let walls =
        (start + 1..start + HORIZON).filter(|&wall| suits(wall) && (!suits(wall - 1) || wall % STEP == 0));
    let mut first = None;
    for wall in walls {
        if first.is_some() && wall > start + NEAR {
            break;
        }
        let instant = instant_at(wall, now, &theirs)?;
        let moment = Moment {
            theirs: theirs(instant)?,
            ours: ours(instant)?,
        };
        if AWAKE.contains(&moment.ours.minute_of_day()) {
            return Some(moment);
        }
        first.get_or_insert(moment);
    }
    first
}

/// When a clock shows these minutes since 1970. Where it never does, since it is put forward over them, the
/// minute at which it has been; where it does twice, either.
fn instant_at(wall: i64, near: Instant, clock: impl Fn(Instant) -> Option<LocalTime>) -> Option<Instant> {
    let ahead = |instant: Instant| Some(clock(instant)?.minutes_since_1970() - instant);
    // The clock is as far ahead of UTC then as now, or else as far as it turns out to be around then.
    let guess = wall - ahead(near)?;
    let corrected = wall - ahead(guess)?;
    let shows = |instant: Instant| Some(clock(instant)?.minutes_since_1970());
    Some(if shows(corrected)? == wall {
        corrected
    } else if shows(guess)? == wall {
        guess
    } else {
        guess.max(corrected)
    })
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::*;

    fn clock(zone: &str) -> impl Fn(Instant) -> Option<LocalTime> {
        let zone = TimeZone::get(zone).unwrap();
        move |instant| {
            let at = Timestamp::from_second(instant * 60).ok()?.to_zoned(zone.clone());
            at.strftime("%Y-%m-%dT%H:%M").to_string().parse().ok()
        }
    }

    fn instant(utc: &str) -> Instant {
        utc.parse::<LocalTime>().unwrap().minutes_since_1970()
    }

    #[track_caller]
    fn check(now: &str, hours: &str, theirs: &str, ours: &str, wanted: (&str, &str)) {
        let hours = CallHours::read(hours).unwrap();
        let moment = good_moment(instant(now), &hours, clock(theirs), clock(ours)).unwrap();
        assert_eq!((&*moment.theirs.to_string(), &*moment.ours.to_string()), wanted);
    }

    const NEW_YORK: &str = "America/New_York";
    const BERLIN: &str = "Europe/Berlin";

    #[test]
    fn the_next_hours_are_told_on_both_clocks() {
        // Friday evening in New York: Monday at 9 there.
        check(
            "2026-10-16T22:00",
            "weekdays 9-17",
            NEW_YORK,
            BERLIN,
            ("2026-10-19T09:00", "2026-10-19T15:00"),
        );
        // At 8 the writer in California still sleeps.
        check(
            "2026-10-16T22:00",
            "mornings",
            NEW_YORK,
            "America/Los_Angeles",
            ("2026-10-19T10:00", "2026-10-19T07:00"),
        );
        // Nobody is awake on both sides: then their hours count.
        check(
            "2026-10-16T22:00",
            "Tuesdays 9-11",
            "Asia/Tokyo",
            NEW_YORK,
            ("2026-10-20T09:00", "2026-10-19T20:00"),
        );
        check(
            "2026-10-16T22:00",
            "9-11",
            "Pacific/Auckland",
            "Europe/London",
            ("2026-10-19T09:00", "2026-10-18T21:00"),
        );
    }

    #[test]
    fn clocks_that_are_put_forward_or_back_come_out_right() {
        // Europe puts its clocks back on 25 October 2026, a week before New York does.
        check(
            "2026-10-24T12:00",
            "Mondays 9-10",
            NEW_YORK,
            BERLIN,
            ("2026-10-26T09:00", "2026-10-26T14:00"),
        );
        check(
            "2026-10-31T12:00",
            "Mondays 9-10",
            NEW_YORK,
            BERLIN,
            ("2026-11-02T09:00", "2026-11-02T15:00"),
        );
        // On the day itself, from before the change to after it.
        check(
            "2026-10-25T00:30",
            "Sundays 9-10",
            BERLIN,
            NEW_YORK,
            // 4 am in New York, yet the only hour there is.
            ("2026-10-25T09:00", "2026-10-25T04:00"),
        );
        check(
            "2026-03-29T00:30",
            "Sundays 9-10",
            BERLIN,
            BERLIN,
            ("2026-03-29T09:00", "2026-03-29T09:00"),
        );
        // 2:30 never came that night: they are called when it is 3:30 already.
        check(
            "2026-03-29T00:30",
            "Sundays 2:30 am - 2:45 am",
            BERLIN,
            "America/Los_Angeles",
            ("2026-03-29T03:30", "2026-03-28T18:30"),
        );
        // Lord Howe moves by half an hour.
        check(
            "2026-10-03T13:00",
            "Sundays 9-10",
            "Australia/Lord_Howe",
            "Australia/Lord_Howe",
            ("2026-10-04T09:00", "2026-10-04T09:00"),
        );
        // Samoa crossed the date line and had no 30 December in 2011.
        check(
            "2011-12-29T20:00",
            "mornings",
            "Pacific/Apia",
            "Pacific/Apia",
            ("2011-12-29T10:30", "2011-12-29T10:30"),
        );
    }

    #[test]
    fn a_clock_that_does_not_tell_gives_no_moment() {
        let hours = CallHours::working();
        assert_eq!(good_moment(0, &hours, |_| None, |_| None), None);
        let never = CallHours::read("mornings, not mornings").unwrap();
        let utc = clock("UTC");
        assert_eq!(good_moment(0, &never, &utc, &utc), None);
    }
}
