//! What the call card says of the hour: what time it is for the client, whether that suits them, and when it
//! does if not.
//!
//! Each thing that may be missing has its words: no time zone, one that the browser does not know, hours
//! that nobody can make out, a clock that is behind.

use super::{day_words, wording};
use crate::Client;
use crate::call::{CallHours, Instant, Moment, good_moment};
use crate::draft::LocalTime;

/// A note may be dated tomorrow, made where it was tomorrow already.
const AHEAD: i64 = 1;

/// What there is to say; what is empty is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CallTime {
    /// `4:15 pm for them, outside their hours (mornings)`.
    pub now: String,
    /// `Next good moment: tomorrow at 3 pm, 9 am for them.`
    pub next: String,
    /// What the rest should not be relied on for.
    pub doubt: String,
}

/// Works it out. A clock gives what it shows at an instant; there is none of theirs where their time zone is
/// not noted, or not known to the browser.
pub(super) fn call_time(
    client: &Client,
    now: Instant,
    theirs: Option<&dyn Fn(Instant) -> Option<LocalTime>>,
    ours: &dyn Fn(Instant) -> Option<LocalTime>,
) -> CallTime {
    let clock = theirs.unwrap_or(ours);
    let (Some(at), Some(today)) = (clock(now), ours(now)) else {
        return CallTime::default();
    };
    let noted = client.call_hours.trim();
    let read = CallHours::read(noted);
    let hours = match &read {
        Some(_) => format!("their hours ({noted})"),
        None => "working hours".to_owned(),
    };
    let judged = read.clone().unwrap_or_else(CallHours::working);
    let suits = judged.suit(at);
    let verdict = if read.is_none() && !noted.is_empty() {
        wording::likes(noted)
    } else if suits {
        format!("within {hours}")
    } else {
        format!("outside {hours}")
    };
    let now_words = match theirs {
        Some(_) => format!("{} for them, {verdict}", wording::clock(at)),
        None => wording::sentence_case(&verdict),
    };
    let is_judged = read.is_some() || noted.is_empty();
    let moment = if suits || !is_judged {
        None
    } else {
        good_moment(now, &judged, clock, ours)
    };
    let next = moment.map_or(String::new(), |moment| {
        format!("Next good moment: {}.", when(moment, today))
    });
    CallTime {
        now: now_words,
        next,
        doubt: wording::joined(
            " ",
            [
                &*zone_doubt(client, theirs.is_some()),
                &clock_doubt(client, today),
            ],
        ),
    }
}

fn zone_doubt(client: &Client, is_known: bool) -> String {
    match client.timezone.trim() {
        _ if is_known => String::new(),
        "" => "Their time zone is not noted, so this goes by your clock.".to_owned(),
        zone => format!("“{zone}” is no time zone that this browser knows, so this goes by your clock."),
    }
}

/// A notebook that is ahead of the computer's clock tells that the clock was put back.
fn clock_doubt(client: &Client, today: LocalTime) -> String {
    let noted = client.notes.iter().map(|note| &note.date);
    let dates = noted.chain(client.contacts.iter().map(|contact| &contact.date));
    let ahead = dates.filter(|date| wording::days_since(date, today).is_some_and(|days| days < -AHEAD));
    ahead.max().map_or(String::new(), |date| {
        format!(
            "You noted something on {}: is this computer’s clock right?",
            day_words::written(date)
        )
    })
}

/// `tomorrow at 3 pm, 9 am for them`: the writer's clock first, who has to be there.
fn when(moment: Moment, today: LocalTime) -> String {
    let Moment { theirs, ours } = moment;
    let day = match ours.days_since_1970() - today.days_since_1970() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => format!("{:?}", ours.weekday()),
        _ => format!("{:?} in a week", ours.weekday()),
    };
    let for_them = if theirs == ours {
        String::new()
    } else if theirs.weekday() == ours.weekday() {
        format!(", {} for them", wording::clock(theirs))
    } else {
        format!(", {} on {:?} for them", wording::clock(theirs), theirs.weekday())
    };
    format!("{day} at {}{for_them}", wording::clock(ours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Contact;

    /// A clock so many hours ahead of UTC.
    fn clock(ahead: i64) -> impl Fn(Instant) -> Option<LocalTime> {
        move |instant| {
            // All instants here lie within one month.
            let first: LocalTime = "2026-11-01T00:00".parse().unwrap();
            let minutes = instant + ahead * 60 - first.minutes_since_1970();
            let (day, minute) = (minutes.div_euclid(1440) + 1, minutes.rem_euclid(1440));
            format!("2026-11-{day:02}T{:02}:{:02}", minute / 60, minute % 60)
                .parse()
                .ok()
        }
    }

    fn client(timezone: &str, call_hours: &str) -> Client {
        Client {
            timezone: timezone.to_owned(),
            call_hours: call_hours.to_owned(),
            ..Client::default()
        }
    }

    /// Said in London to somebody in New York.
    #[track_caller]
    fn check(utc: &str, client: &Client, now: &str, next: &str, doubt: &str) {
        let instant = utc.parse::<LocalTime>().unwrap().minutes_since_1970();
        let (theirs, ours) = (clock(-5), clock(0));
        let is_known = client.timezone.starts_with("America/");
        let said = call_time(client, instant, is_known.then_some(&theirs as _), &ours);
        assert_eq!((&*said.now, &*said.next, &*said.doubt), (now, next, doubt));
    }

    #[test]
    fn the_hour_is_told_with_the_next_good_one() {
        let cathy = client("America/New_York", "mornings");
        check(
            "2026-11-20T15:15",
            &cathy,
            "10:15 am for them, within their hours (mornings)",
            "",
            "",
        );
        check(
            "2026-11-20T17:30",
            &cathy,
            "12:30 pm for them, outside their hours (mornings)",
            "Next good moment: Monday at 1 pm, 8 am for them.",
            "",
        );
        check(
            "2026-11-19T12:00",
            &cathy,
            "7 am for them, outside their hours (mornings)",
            "Next good moment: today at 1 pm, 8 am for them.",
            "",
        );
        check(
            "2026-11-19T23:00",
            &client("America/New_York", ""),
            "6 pm for them, outside working hours",
            "Next good moment: tomorrow at 2 pm, 9 am for them.",
            "",
        );
        check(
            "2026-11-20T15:15",
            &client("America/New_York", "Fridays before 9"),
            "10:15 am for them, outside their hours (Fridays before 9)",
            "Next good moment: Friday in a week at 1 pm, 8 am for them.",
            "",
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        check(
            "2026-11-20T15:15",
            &client("", "mornings"),
            "Outside their hours (mornings)",
            "Next good moment: Monday at 8 am.",
            "Their time zone is not noted, so this goes by your clock.",
        );
        check(
            "2026-11-20T15:15",
            &client("US/Pacific-New", ""),
            "Within working hours",
            "",
            "“US/Pacific-New” is no time zone that this browser knows, so this goes by your clock.",
        );
        check(
            "2026-11-20T15:15",
            &client("America/New_York", "ask her assistant"),
            "10:15 am for them, likes ask her assistant",
            "",
            "",
        );
        let mut ahead = client("America/New_York", "");
        ahead.contacts.push(Contact {
            date: "2026-12-01".to_owned(),
            ..Contact::default()
        });
        check(
            "2026-11-20T15:15",
            &ahead,
            "10:15 am for them, within working hours",
            "",
            "You noted something on 1 December 2026: is this computer’s clock right?",
        );
        let blind = call_time(&ahead, 0, None, &|_| None);
        assert_eq!(blind, CallTime::default());
    }
}
