//! Bad news sent when the client cannot reach the writer.
//!
//! Judged on the client's clock where their time zone is known and else on the writer's; public holidays are not
//! known.

use super::bad_news::CHECK as BAD_NEWS;
use super::{Check, Context, Example, Judge, Section, examples, of};
use crate::draft::{LocalTime, Weekday};
use crate::{Finding, Place};

pub(super) const CHECK: Check = Check {
    name: "bad-hour",
    section: Section::BadNews,
    summary: "Bad news sent at an hour when nobody can answer.",
    why: "Bad news at 5:15 pm on a Friday leaves the client alone with it for the whole weekend.",
    source: "S",
    hint: false,
    fires: examples(&[
        Example::body("We missed the 14 May deadline.").at("2026-10-16T17:15"),
        Example::body("We missed the 14 May deadline.").at("2026-10-17T11:00"),
        Example::body("We missed the 14 May deadline.").at("2026-10-14T07:59"),
        Example::body("We missed the 14 May deadline.").at("2026-10-14T18:01"),
    ]),
    passes: examples(&[
        Example::body("We missed the 14 May deadline.").at("2026-10-16T16:30"),
        Example::body("We missed the 14 May deadline.").at("2026-10-14T08:00"),
        Example::body("We missed the 14 May deadline.").at("2026-10-14T18:00"),
        Example::body("We missed the 14 May deadline."),
        Example::body("All is well for 14 May.").at("2026-10-16T17:15"),
    ]),
    judge: Judge::Whole {
        find,
        say: None,
        sure: true,
    },
};

fn find(context: &Context, findings: &[Finding]) -> Option<Finding> {
    of(findings, &BAD_NEWS).next()?;
    let when = bad_hour(context.at?)?;
    let client = context.client_name();
    Some(Finding {
        rule: CHECK.name,
        place: Place::Draft,
        headline: format!("This would reach {client} {when}."),
        advice: "Nobody can be asked then. Tell it by voice, or in working hours early in the week."
            .to_owned(),
    })
}

/// Why this is no hour for bad news, as the end of a sentence.
fn bad_hour(at: LocalTime) -> Option<&'static str> {
    const OPENS: u32 = 8 * 60;
    const CLOSES: u32 = 18 * 60;
    const FRIDAY_CLOSES: u32 = 16 * 60 + 30;
    let minute = at.minute_of_day();
    match at.weekday() {
        Weekday::Saturday | Weekday::Sunday => Some("at the weekend"),
        Weekday::Friday if minute > FRIDAY_CLOSES => Some("late on a Friday"),
        _ if minute < OPENS => Some("before their working day"),
        _ if minute > CLOSES => Some("after their working day"),
        _ => None,
    }
}
